// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Set a key at a frame of the shot; what is None is as the path has it there.
 *
 * At the frame of a key that is there already, that key is changed.
 */
export interface AddKey {
  readonly kind: "add_key";
  readonly shot: string;
  readonly at_frame: number;
  readonly position_m?: readonly [number, number, number] | null;
  readonly target_m?: readonly [number, number, number] | null;
  readonly roll_deg?: number | null;
  readonly focal_length_mm?: number | null;
}

/**
 * Frame somebody by name of the framing: an MCU on Ann. The camera is solved.
 *
 * Path, moves and aim of the shot go; the lens stays, focus is on who is framed.
 */
export interface FrameOn {
  readonly kind: "frame_on";
  readonly shot: string;
  readonly framing: string;
  readonly character?: string;
  readonly angle?: string;
  readonly turn_deg?: number;
}

/**
 * Put a key of the camera's path elsewhere, or at another time.
 *
 * What is None stays: with a position alone the camera goes on looking where it
 * looked. `tangent_m` is the path's handle there: which way, and how hard it
 * pulls. The frames of the other keys stay.
 */
export interface MoveKey {
  readonly kind: "move_key";
  readonly shot: string;
  readonly index: number;
  readonly position_m?: readonly [number, number, number] | null;
  readonly target_m?: readonly [number, number, number] | null;
  readonly roll_deg?: number | null;
  readonly focal_length_mm?: number | null;
  readonly tangent_m?: readonly [number, number, number] | null;
  readonly at_frame?: number | null;
}

/** Take a key out of the camera's path; the last one stays. */
export interface RemoveKey {
  readonly kind: "remove_key";
  readonly shot: string;
  readonly index: number;
}

/**
 * Set focus on a distance or on somebody: for the whole shot, or from a frame on.
 *
 * With `at_frame` a focus key is set there and the puller gets there by that frame.
 */
export interface SetFocus {
  readonly kind: "set_focus";
  readonly shot: string;
  readonly distance_m?: number | null;
  readonly character?: string;
  readonly at_frame?: number | null;
}

/**
 * Put on another focal length, for the whole shot.
 *
 * A zoom is turned where it reaches; else a lens like the shot's is put on. A focal
 * length that was keyed goes.
 */
export interface SetLens {
  readonly kind: "set_lens";
  readonly shot: string;
  readonly focal_length_mm: number;
}

/** Say the camera's moves: ("push in 1.2 m over 3 s, ease out", "then pan …"). */
export interface SetMoves {
  readonly kind: "set_moves";
  readonly shot: string;
  readonly moves: readonly string[];
}

/** Put the camera on another rig: sticks, dolly, crane, handheld. */
export interface SetRig {
  readonly kind: "set_rig";
  readonly shot: string;
  readonly rig: string;
}

/** Open up or stop down, for the whole shot; a keyed stop goes. */
export interface SetStop {
  readonly kind: "set_stop";
  readonly shot: string;
  readonly t_stop: number;
}
