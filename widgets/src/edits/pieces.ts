// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Bring a set piece in from stock; ways lead round it, and seats can be sat on.
 *
 * `stock` is the name of one of `previz.direct.stock.STOCK`.
 */
export interface AddPiece {
  readonly kind: "add_piece";
  readonly scene: string;
  readonly stock: string;
  readonly position_m: readonly [number, number, number];
  readonly yaw_deg?: number;
}

/** Bring in another piece like one that is there; beside it unless told where. */
export interface DuplicatePiece {
  readonly kind: "duplicate_piece";
  readonly scene: string;
  readonly piece: string;
  readonly position_m?: readonly [number, number, number] | null;
}

/** Take a set piece out, with what stands on it; whoever sat on it stands. */
export interface RemovePiece {
  readonly kind: "remove_piece";
  readonly scene: string;
  readonly piece: string;
}
