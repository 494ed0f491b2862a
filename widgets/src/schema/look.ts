// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** What a track can key over time: a field of the camera, lens or look. */
export type Control =
  | "focal_length_mm"
  | "t_stop"
  | "roll_deg"
  | "squeeze"
  | "shutter_deg"
  | "iso"
  | "nd_stops"
  | "white_balance_k"
  | "distortion"
  | "chromatic_aberration"
  | "vignette_stops"
  | "breathing"
  | "cats_eye"
  | "bloom"
  | "halation"
  | "flare"
  | "diffusion"
  | "grain"
  | "exposure_stops"
  | "tint"
  | "gate_crop"
  | "tilt_deg"
  | "swing_deg"
  | "shift_x"
  | "shift_y";

/** A control's value at a shot frame. */
export interface ControlKey {
  readonly frame: number;
  readonly value: number;
}

/**
 * What is sharp at a shot frame: a distance, or somebody, wherever they go.
 *
 * Between two keys the puller moves over `pull_frames` that end at the later key;
 * None pulls all the way between the two.
 */
export interface FocusKey {
  readonly frame: number;
  readonly distance_m: number | null;
  readonly subject: string;
  readonly pull_frames: number | null;
}

/**
 * The character of the picture beyond framing. Every control at 0 does nothing.
 *
 * Attributes:
 * depth_of_field: Whether what is off the focus plane blurs, by the lens's real
 * circle of confusion.
 * motion_blur: Whether what moves blurs, by the shutter's angle.
 * distortion: How far a point at the frame's corner is displaced outward, as a
 * share of its distance from the centre; negative is barrel.
 * chromatic_aberration: Lateral colour at the frame's corner: red against blue,
 * as a share of the distance from the centre.
 * vignette_stops: Light lost at the frame's corner.
 * bloom: Share of bright light that veils around it.
 * halation: Share of bright light that scatters back red from the film base.
 * flare: Strength of the ghosts and streak of a light in the frame.
 * diffusion: A diffusion filter in front of the lens, in its strength grade: 1
 * is a full, 0.25 a quarter.
 * grain: Noise at middle grey as a share of it.
 * exposure_stops: Brighter in post, without touching stop or shutter.
 * tint: Green (negative) to magenta (positive).
 * gate_crop: Share of the gate's width and height in use; 1 is all of it.
 * tilt_deg: Of the focus plane about the horizontal (tilt-shift).
 * swing_deg: Of the focus plane about the vertical.
 * shift_x: Of the optical axis, as a share of the gate's width.
 * shift_y: Of the optical axis, as a share of the gate's height.
 */
export interface Look {
  readonly depth_of_field: boolean;
  readonly motion_blur: boolean;
  readonly distortion: number;
  readonly chromatic_aberration: number;
  readonly vignette_stops: number;
  readonly bloom: number;
  readonly halation: number;
  readonly flare: number;
  readonly diffusion: number;
  readonly grain: number;
  readonly exposure_stops: number;
  readonly tint: number;
  readonly gate_crop: number;
  readonly tilt_deg: number;
  readonly swing_deg: number;
  readonly shift_x: number;
  readonly shift_y: number;
}

/**
 * One control keyed over the shot: a curve through its keys that never overshoots.
 *
 * Before the first and after the last key their values hold. The track decides over
 * the value that camera, lens or look store.
 */
export interface Track {
  readonly control: Control;
  readonly keys: readonly ControlKey[];
}
