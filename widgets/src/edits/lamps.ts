// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Bring a lamp in from stock, aimed at a place and as bright as the scene's key.
 *
 * `stock` is the name of one of `previz.direct.stock.LAMPS`.
 */
export interface AddLight {
  readonly kind: "add_light";
  readonly scene: string;
  readonly stock: string;
  readonly position_m: readonly [number, number, number];
  readonly aim_m: readonly [number, number, number];
}

/** Hang another light like one that is there; beside it unless told where. */
export interface DuplicateLight {
  readonly kind: "duplicate_light";
  readonly scene: string;
  readonly light: string;
  readonly position_m?: readonly [number, number, number] | null;
}

/** Take a light out; the exposure stays. */
export interface RemoveLight {
  readonly kind: "remove_light";
  readonly scene: string;
  readonly light: string;
}
