// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** Take whole cameras elsewhere, each with its path, moves and aim, as one step. */
export interface FrameAgain {
  readonly kind: "frame_again";
  readonly shots: readonly Shifted[];
}

/** How far the camera of a shot goes. */
export interface Shifted {
  readonly shot: string;
  readonly by_m: readonly [number, number, number];
}
