// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Set up a camera on sticks and cut to it from a frame of a shot on.
 *
 * From the first frame of the shot on, it takes the place of the shot's own camera.
 */
export interface AddCamera {
  readonly kind: "add_camera";
  readonly shot: string;
  readonly at_frame?: number;
  readonly position_m: readonly [number, number, number];
  readonly target_m: readonly [number, number, number];
  readonly focal_length_mm?: number;
}
