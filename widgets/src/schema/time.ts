// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** Frames a second as a fraction: 24/1, 24000/1001, 25/1, 30000/1001, 30/1. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}
