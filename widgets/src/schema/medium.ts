// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** What a picture is made of; the framing is the same in all. */
export type Medium =
  | "natural"
  | "clay"
  | "noir"
  | "ink"
  | "pencil"
  | "storyboard"
  | "watercolour";
