// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * The glass. The field of view is never stored: it follows from gate and focal.
 *
 * Attributes:
 * focal_length_mm: As engraved; a zoom's wide end.
 * longest_mm: A zoom's long end; None for a prime.
 * squeeze: Of an anamorphic; 1 for spherical glass.
 * t_stop: As set.
 * widest_t_stop: As far as it opens.
 * close_focus_m: From the sensor.
 * blades: Of the iris; 0 is a perfect circle.
 * breathing: By how much the focal length falls from infinity to close focus,
 * as a share of it.
 * cats_eye: How much the barrel clips the pupil at the picture's corner, as a
 * share of the pupil.
 * image_circle_mm: Diameter that it covers; None if not published.
 */
export interface Lens {
  readonly name: string;
  readonly focal_length_mm: number;
  readonly longest_mm: number | null;
  readonly squeeze: number;
  readonly t_stop: number;
  readonly widest_t_stop: number;
  readonly close_focus_m: number;
  readonly blades: number;
  readonly breathing: number;
  readonly cats_eye: number;
  readonly image_circle_mm: number | null;
}

/** A camera body's gate: the part of the sensor that makes the picture. */
export interface Sensor {
  readonly name: string;
  readonly width_mm: number;
  readonly height_mm: number;
  readonly native_iso: number;
}
