// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Take the camera's way as it was flown; it becomes a handheld path of keys.
 *
 * Moves, aim and timing of the shot go. `smooth_s` smooths the way over as long.
 */
export interface RecordMove {
  readonly kind: "record_move";
  readonly shot: string;
  readonly poses: readonly RecordedPose[];
  readonly smooth_s?: number;
}

/** Where a camera that is flown was at a shot frame. */
export interface RecordedPose {
  readonly frame: number;
  readonly position_m: readonly [number, number, number];
  readonly target_m: readonly [number, number, number];
}

/**
 * Pan, tilt, truck, pedestal or dolly the camera from where it is at a frame.
 *
 * A camera that moves along its path gets a key there (or the key that is there is
 * moved); another is moved as a whole. Where the operator follows somebody, pan and
 * tilt place them elsewhere in the frame.
 *
 * Attributes:
 * shot: Whose camera.
 * at_frame: Of the shot.
 * pan_deg: Positive to the left.
 * tilt_deg: Positive up.
 * right_m: Truck.
 * up_m: Pedestal.
 * forward_m: Dolly, on the level.
 */
export interface Reframe {
  readonly kind: "reframe";
  readonly shot: string;
  readonly at_frame?: number;
  readonly pan_deg?: number;
  readonly tilt_deg?: number;
  readonly right_m?: number;
  readonly up_m?: number;
  readonly forward_m?: number;
}
