// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  FocusKey,
  Look,
  Track,
} from "./look";

import type {
  Lens,
  Sensor,
} from "./lens";

import type {
  Rig,
} from "./rig";

/**
 * Whom the operator keeps where in the frame.
 *
 * `at` is a place for each subject as shares of the frame from its top left
 * corner: (0.5, 0.5) is the middle, (0.33, 0.33) the upper left third.
 *
 * Attributes:
 * subjects: One or two characters.
 * at: Where each is held.
 * part: What of them is held there.
 * solve: "pan and tilt" turns the camera; "position" moves it too (two
 * subjects are then hit exactly).
 * lag_s: How far the operator trails; 0 holds exactly.
 */
export interface Aim {
  readonly subjects: readonly string[];
  readonly at: readonly (readonly [number, number])[];
  readonly part: string;
  readonly solve: string;
  readonly lag_s: number;
}

/**
 * A camera over a shot: geometry (poses) and, separately, timing; then moves.
 *
 * The path is a spline through the poses, measured by arc length; timing is a
 * monotone curve from shot frame to share of the path. Endpoints are reached. Moves
 * come on top, then the aim turns the camera, then the rig adds its unrest.
 *
 * `iso` is what the body is rated at; None exposes for the scene's meter reading
 * instead of for stop, shutter, ISO and ND. `white_balance_k` None balances as a
 * crew would for the scene's lights.
 */
export interface Camera {
  readonly sensor: Sensor;
  readonly lens: Lens;
  readonly rig: Rig;
  readonly poses: readonly CameraPose[];
  readonly timing: readonly TimingKey[];
  readonly moves: readonly CameraMove[];
  readonly aim: Aim | null;
  readonly focus: readonly FocusKey[];
  readonly shutter_deg: number;
  readonly iso: number | null;
  readonly nd_stops: number;
  readonly white_balance_k: number | null;
  readonly look: Look;
  readonly tracks: readonly Track[];
  /** Seeds handheld unrest. */
  readonly seed: number;
}

/**
 * One move as a word: "push in 1.2 m over 3 s, ease out".
 *
 * Moves are applied in order on top of the path. `amount` is in the unit of
 * `MOVE_UNITS`: degrees (positive: pan left, tilt up, roll clockwise, arc and orbit
 * counter-clockwise seen from above), metres (truck right, dolly forward, pedestal
 * and crane up, push in and pull out by their own sense; for a rack focus the end
 * distance) or millimetres (a zoom's end).
 *
 * Attributes:
 * start_frame: Shot frame at which it begins.
 * length_frames: Until `start_frame + length_frames`; None: the shot's last.
 * ease_in: Share of the time spent gathering speed, 0 to 1.
 * ease_out: Share spent losing it; together with `ease_in` at most 1.
 * subject: Character it pushes towards, arcs around, holds in size or racks to;
 * empty: what the camera looks at as it begins.
 */
export interface CameraMove {
  readonly kind: Move;
  readonly amount: number;
  readonly start_frame: number;
  readonly length_frames: number | null;
  readonly ease_in: number;
  readonly ease_out: number;
  readonly subject: string;
}

/**
 * Where the camera is and what it looks at, at one point of its path.
 *
 * `tangent_m` is the direction and pull of the path there, the derivative with
 * respect to the spline's parameter of one segment, as a Hermite handle; None lets
 * the spline choose.
 */
export interface CameraPose {
  readonly position_m: readonly [number, number, number];
  readonly target_m: readonly [number, number, number];
  readonly roll_deg: number;
  readonly focal_length_mm: number;
  readonly focus_distance_m: number;
  readonly tangent_m: readonly [number, number, number] | null;
}

/** What the camera does during a shot, in the words of a set. */
export type Move =
  | "static"
  | "pan"
  | "tilt"
  | "roll"
  | "truck"
  | "dolly"
  | "pedestal"
  | "crane"
  | "arc"
  | "orbit"
  | "push in"
  | "pull out"
  | "zoom"
  | "dolly zoom"
  | "whip pan"
  | "rack focus"
  | "track"
  | "handheld";

/**
 * At shot frame `frame` the camera has travelled this share of its path.
 *
 * `speed` is the slope of the timing curve there, in shares of the path a frame;
 * None lets the monotone curve choose, 0 stops the camera at the key.
 */
export interface TimingKey {
  readonly frame: number;
  readonly travel: number;
  readonly speed: number | null;
}
