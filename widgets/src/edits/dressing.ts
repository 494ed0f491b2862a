// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Matter,
} from "./../schema";

/**
 * Make a set piece of another matter, colour or size; what is None stays.
 *
 * `size_m` is width, height and depth before the piece is turned. What stands on it
 * stays on it, and ways lead round it.
 */
export interface DressPiece {
  readonly kind: "dress_piece";
  readonly scene: string;
  readonly piece: string;
  readonly color?: readonly [number, number, number] | null;
  readonly accent?: readonly [number, number, number] | null;
  readonly matter?: Matter | null;
  readonly size_m?: readonly [number, number, number] | null;
}
