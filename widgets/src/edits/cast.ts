// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** Pin up a picture that somebody is to look like; it is an asset of the film. */
export interface AddReference {
  readonly kind: "add_reference";
  readonly character: string;
  readonly picture: string;
  readonly name?: string;
}

/** Take a reference picture down. */
export interface RemoveReference {
  readonly kind: "remove_reference";
  readonly character: string;
  readonly index: number;
}

/** Cast a body by its sliders; what is None stays. */
export interface SetBody {
  readonly kind: "set_body";
  readonly character: string;
  readonly age?: number | null;
  readonly height_m?: number | null;
  readonly build?: number | null;
  readonly femininity?: number | null;
  readonly muscle?: number | null;
  readonly proportions?: number | null;
  readonly african?: number | null;
  readonly asian?: number | null;
  readonly european?: number | null;
  readonly skin?: readonly [number, number, number] | null;
  readonly hair?: readonly [number, number, number] | null;
  readonly hair_style?: "short" | "bob" | "long" | "bun" | "bald" | "ponytail" | "curly" | "buzz" | null;
  readonly manner?: number | null;
}

/** Roll again what pictures invent of somebody, such as their hair. */
export interface SetSeed {
  readonly kind: "set_seed";
  readonly character: string;
  readonly seed: number;
}

/** Dress somebody, by region; what is None stays. `hat_off` takes the hat off. */
export interface SetWardrobe {
  readonly kind: "set_wardrobe";
  readonly character: string;
  readonly top?: readonly [number, number, number] | null;
  readonly bottom?: readonly [number, number, number] | null;
  readonly shoes?: readonly [number, number, number] | null;
  readonly shirt?: readonly [number, number, number] | null;
  readonly hat?: readonly [number, number, number] | null;
  readonly hat_off?: boolean;
  readonly top_kind?: "shirt" | "t-shirt" | "sweater" | "jacket" | "coat" | "dress" | null;
  readonly sleeves?: "long" | "short" | "none" | null;
  readonly bottom_kind?: "trousers" | "shorts" | "skirt" | null;
  readonly shoe_kind?: "shoes" | "boots" | "flats" | null;
  readonly hat_kind?: "brim" | "cap" | "beanie" | null;
}
