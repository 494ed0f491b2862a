// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Four leaves at the lamp: how far each lets light off the axis, in degrees.
 *
 * 90 is wide open; 0 cuts at the axis; negative cuts past it.
 */
export interface BarnDoors {
  readonly left_deg: number;
  readonly right_deg: number;
  readonly top_deg: number;
  readonly bottom_deg: number;
}

/**
 * A rectangle that stands in a light's way, in the world.
 *
 * `normal` is the direction it faces; its height lies as near the vertical as it
 * can. A gobo's pattern fills it; light passes where the pattern is open, and not
 * beside the pattern unless the flag is solid.
 */
export interface Flag {
  readonly position_m: readonly [number, number, number];
  readonly normal: readonly [number, number, number];
  readonly width_m: number;
  readonly height_m: number;
  readonly gobo: Gobo;
  readonly seed: number;
}

/** What a flag is cut to. */
export type Gobo =
  | "solid"
  | "window"
  | "blinds"
  | "leaves"
  | "slash"
  | "dots";

/**
 * One light.
 *
 * `intensity` is lux at normal incidence for a sun, lux on open level ground for a
 * sky, candela on axis for an area or a point. A sun shines from `position_m`
 * towards `aim_m` as a direction only. An area is a one-sided rectangle of
 * `width_m` by `height_m` facing `aim_m`. A point with a `beam_deg` is a spot: half
 * of its axial candela at the beam's edge (its full angle), a tenth at the field's.
 */
export interface Light {
  readonly id: string;
  readonly kind: LightKind;
  readonly role: LightRole;
  readonly position_m: readonly [number, number, number];
  readonly aim_m: readonly [number, number, number];
  readonly width_m: number;
  readonly height_m: number;
  readonly intensity: number;
  readonly color_temperature_k: number;
  /** Multiplies the light's colour. */
  readonly gel: readonly [number, number, number];
  readonly beam_deg: number | null;
  readonly field_deg: number | null;
  readonly barn_doors: BarnDoors | null;
  readonly flags: readonly Flag[];
}

/** What a light is physically. */
export type LightKind =
  | "sun"
  | "sky"
  | "area"
  | "point";

/** What a light is for, in the words of a set. */
export type LightRole =
  | "key"
  | "fill"
  | "back"
  | "kicker"
  | "bounce"
  | "practical"
  | "window"
  | "sun"
  | "moon"
  | "sky"
  | "screen"
  | "backing";

/** What a surface is made of. */
export type Matter =
  | "plaster"
  | "wood"
  | "brick"
  | "tile"
  | "stone"
  | "asphalt"
  | "ground"
  | "grass"
  | "foliage"
  | "glass"
  | "metal"
  | "plastic"
  | "cloth"
  | "leather"
  | "paper"
  | "water"
  | "skin"
  | "hair"
  | "emitter";

/** A hole in a wall piece: x along the wall from its centre, y from the floor. */
export interface Opening {
  readonly kind: "door" | "window" | "archway";
  readonly x_m: number;
  readonly y_m: number;
  readonly width_m: number;
  readonly height_m: number;
}

/** How a person holds a mark. */
export type Posture =
  | "stand"
  | "sit"
  | "lean"
  | "crouch"
  | "lie";

/**
 * A dressed place. Right-handed, y up, floor at y = 0, centred on the origin.
 *
 * `size_m` is the playing area's width (x), height (y) and depth (z): the walls of
 * an interior stand on its edges.
 */
export interface Set {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  readonly interior: boolean;
  readonly size_m: readonly [number, number, number];
  readonly pieces: readonly SetPiece[];
  readonly spots: readonly Spot[];
}

/**
 * One piece of a set: furniture, a wall, a tree; built from its kind by `stage`.
 *
 * `size_m` is width (x), height (y), depth (z) before `yaw_deg` turns the piece
 * about y; `position_m` is the middle of its base. An imported piece names the
 * SHA-256 of its mesh in the film's assets. Signs and boards show their lettering.
 */
export interface SetPiece {
  readonly id: string;
  readonly kind: string;
  readonly position_m: readonly [number, number, number];
  readonly yaw_deg: number;
  readonly size_m: readonly [number, number, number];
  readonly color: readonly [number, number, number];
  /** Second colour: legs, cushions. */
  readonly accent: readonly [number, number, number];
  readonly matter: Matter;
  readonly openings: readonly Opening[];
  readonly seed: number;
  readonly lettering: string;
  readonly asset: string;
}

/**
 * A place of the set where a person can be, under the words that name it.
 *
 * `facing_deg` turns about y: 0 faces +z, 90 faces +x.
 */
export interface Spot {
  readonly name: string;
  /** Lower-case words that mean it. */
  readonly words: readonly string[];
  readonly position_m: readonly [number, number, number];
  readonly facing_deg: number;
  readonly posture: Posture;
  /** People enter and leave here. */
  readonly exit: boolean;
}
