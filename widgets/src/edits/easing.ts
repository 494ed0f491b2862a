// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Say how fast the camera passes a key of its path: the handle of its timing curve.
 *
 * `speed` is in shares of the path a frame: 0 stops there, None lets the curve
 * choose. The curve stays monotone: a handle counts up to three times as steep as
 * the flatter of the two stretches beside it.
 */
export interface EaseKey {
  readonly kind: "ease_key";
  readonly shot: string;
  readonly index: number;
  readonly speed?: number | null;
}

/** Say when a move in words begins, how long it takes and how softly; None stays. */
export interface TimeMove {
  readonly kind: "time_move";
  readonly shot: string;
  readonly index: number;
  readonly start_frame?: number | null;
  readonly length_frames?: number | null;
  readonly ease_in?: number | null;
  readonly ease_out?: number | null;
}
