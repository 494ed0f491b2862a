// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** A note on a shot's frame: words, and lines drawn on the picture. */
export interface Note {
  readonly frame: number;
  readonly text: string;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
  readonly author: string;
}

/** Where a shot stands. */
export type Status =
  | "open"
  | "approved"
  | "hold";
