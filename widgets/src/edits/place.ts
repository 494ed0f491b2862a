// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Put a set piece elsewhere or turn it.
 *
 * What stands on it and whoever sits on it go along; ways lead round it.
 */
export interface PlacePiece {
  readonly kind: "place_piece";
  readonly scene: string;
  readonly piece: string;
  readonly position_m?: readonly [number, number, number] | null;
  readonly yaw_deg?: number | null;
}

/**
 * Set a light: how bright, how warm, from where, at what; what is None stays.
 *
 * `intensity` is lux for sun and sky, candela on axis for a lamp.
 */
export interface SetLight {
  readonly kind: "set_light";
  readonly scene: string;
  readonly light: string;
  readonly intensity?: number | null;
  readonly color_temperature_k?: number | null;
  readonly position_m?: readonly [number, number, number] | null;
  readonly aim_m?: readonly [number, number, number] | null;
}
