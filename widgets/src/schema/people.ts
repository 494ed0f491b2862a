// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Act,
  Clip,
  Feeling,
} from "./acting";

import type {
  Posture,
} from "./place";

/**
 * One character's marks over a scene; frames count from the scene's start.
 *
 * The character is seen from `enter_frame` up to, not including, `exit_frame`.
 */
export interface Blocking {
  readonly character: string;
  readonly marks: readonly Mark[];
  readonly gazes: readonly Gaze[];
  readonly acts: readonly Act[];
  readonly feelings: readonly Feeling[];
  readonly clips: readonly Clip[];
  readonly enter_frame: number;
  readonly exit_frame: number | null;
}

/** A person of the film and what holds their look. */
export interface Character {
  readonly id: string;
  readonly name: string;
  readonly age: number;
  readonly height_m: number;
  /** 0 slight, 1 heavy. */
  readonly build: number;
  readonly femininity: number;
  readonly muscle: number;
  /** 0 uncommon, 1 ideal. */
  readonly proportions: number;
  readonly african: number;
  readonly asian: number;
  /** Ancestry counts by its share; all 0 is even. */
  readonly european: number;
  readonly skin: readonly [number, number, number];
  readonly hair: readonly [number, number, number];
  readonly hair_style: "short" | "bob" | "long" | "bun" | "bald" | "ponytail" | "curly" | "buzz";
  readonly wardrobe: Wardrobe;
  /** Varies face, bearing and habits. */
  readonly manner: number;
  /** Of what pictures invent of them, such as hair. */
  readonly seed: number;
  /** One of a crowd: plays loops, drawn coarser. */
  readonly background: boolean;
  readonly references: readonly Reference[];
}

/** From `frame` on, look at a character, a spot, or (empty) straight ahead. */
export interface Gaze {
  readonly frame: number;
  readonly target: string;
}

/**
 * A place to hit. Frames count from the scene's start.
 *
 * The character arrives by straight lines through `via`, holds, and leaves at
 * `leave_frame`. `facing_deg` 0 faces +z, 90 faces +x. With a `pace_m_s` the way to
 * this mark is begun so late that it is walked at that pace; without one it fills
 * the time there is, no slower than a stroll.
 */
export interface Mark {
  readonly position_m: readonly [number, number, number];
  readonly facing_deg: number;
  readonly arrive_frame: number;
  readonly leave_frame: number;
  readonly posture: Posture;
  readonly via: readonly (readonly [number, number, number])[];
  /** Name of the set's spot, if any. */
  readonly spot: string;
  readonly pace_m_s: number | null;
}

/** A picture that somebody is to look like, kept with the film's assets. */
export interface Reference {
  /** SHA-256 of its file. */
  readonly picture: string;
  /** Of the file. */
  readonly name: string;
}

/**
 * What a character wears, as colours and shapes by body region.
 *
 * `coat` and `skirt` are the short ways to say that the top is a coat and the bottom
 * a skirt. A dress hides the bottom. The shirt is what a jacket or coat leaves open.
 */
export interface Wardrobe {
  readonly top: readonly [number, number, number];
  readonly bottom: readonly [number, number, number];
  readonly shoes: readonly [number, number, number];
  /** The top reaches the knees. */
  readonly coat: boolean;
  readonly skirt: boolean;
  readonly hat: readonly [number, number, number] | null;
  readonly top_kind: "shirt" | "t-shirt" | "sweater" | "jacket" | "coat" | "dress";
  readonly sleeves: "long" | "short" | "none";
  readonly bottom_kind: "trousers" | "shorts" | "skirt";
  readonly shoe_kind: "shoes" | "boots" | "flats";
  readonly hat_kind: "brim" | "cap" | "beanie";
  readonly shirt: readonly [number, number, number] | null;
}
