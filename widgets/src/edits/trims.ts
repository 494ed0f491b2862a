// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Let a shot come later in its scene, or sooner if negative, at its length.
 *
 * Both of its cuts move: the shot before is longer and the one after shorter by as
 * much, and the shot sees what happens then.
 */
export interface SlideShot {
  readonly kind: "slide_shot";
  readonly shot: string;
  readonly frames: number;
}

/**
 * Let what the camera does in a shot happen later, or sooner if negative.
 *
 * The shot keeps its place and its length in the cut, and the scene plays as
 * before: the camera's keys, moves, pulls and zooms slip under it.
 */
export interface SlipShot {
  readonly kind: "slip_shot";
  readonly shot: string;
  readonly frames: number;
}

/**
 * Let a shot begin so many frames later in itself, or sooner if negative.
 *
 * Later: its first frames go from the scene, and the camera goes on as it did behind
 * them. Sooner: time is put into the scene before what the shot shows, in which its
 * camera waits. All later ripples.
 */
export interface TrimHead {
  readonly kind: "trim_head";
  readonly shot: string;
  readonly frames: number;
}

/**
 * Make a shot longer or shorter at its end.
 *
 * With "roll" the cut to the next shot moves and the scene plays as before; with
 * "ripple" time is put into the scene there or taken out, and all later is later
 * or sooner.
 */
export interface TrimShot {
  readonly kind: "trim_shot";
  readonly shot: string;
  readonly length_frames: number;
  readonly mode?: "roll" | "ripple";
}
