// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * A rig. A limit that is None is the usual one of its kind (`previz.camera`).
 *
 * Attributes:
 * kind: What it is.
 * arm_m: Length of a jib's or crane's arm, from pivot to camera.
 * track_m: Length of the rail or track.
 * lowest_m: Lowest height of the lens.
 * highest_m: Greatest height of the lens.
 * top_speed_mps: Fastest travel.
 * unrest: Of a handheld, Steadicam or drone, against a usual operator; 0 none.
 */
export interface Rig {
  readonly kind: RigKind;
  readonly arm_m: number | null;
  readonly track_m: number | null;
  readonly lowest_m: number | null;
  readonly highest_m: number | null;
  readonly top_speed_mps: number | null;
  readonly unrest: number;
}

/** What carries the camera. */
export type RigKind =
  | "sticks"
  | "slider"
  | "dolly"
  | "curved track"
  | "pedestal"
  | "jib"
  | "crane"
  | "steadicam"
  | "gimbal"
  | "handheld"
  | "drone"
  | "car mount";
