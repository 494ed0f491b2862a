// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Matter,
  Status,
} from "./schema";

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

/** Give somebody a mark at a scene frame; the way there and on is planned. */
export interface AddMark {
  readonly kind: "add_mark";
  readonly scene: string;
  readonly character: string;
  readonly at_frame: number;
  readonly position_m?: readonly [number, number, number] | null;
  readonly to?: string;
  readonly facing_deg?: number | null;
}

/** Leave a note on a frame of a shot, written or drawn on the picture. */
export interface AddNote {
  readonly kind: "add_note";
  readonly shot: string;
  readonly frame?: number;
  readonly text?: string;
  readonly strokes?: readonly (readonly (readonly [number, number])[])[];
  readonly author?: string;
}

/** Pin up a picture that somebody is to look like; it is an asset of the film. */
export interface AddReference {
  readonly kind: "add_reference";
  readonly character: string;
  readonly picture: string;
  readonly name?: string;
}

/**
 * Make a set piece of another matter, colour or size; what is None stays.
 *
 * `size_m` is width, height and depth before the piece is turned. What stands on it
 * stays on it, and ways lead round it.
 */
export interface DressPiece {
  readonly kind: "dress_piece";
  readonly scene: string;
  readonly piece: string;
  readonly color?: readonly [number, number, number] | null;
  readonly accent?: readonly [number, number, number] | null;
  readonly matter?: Matter | null;
  readonly size_m?: readonly [number, number, number] | null;
}

/**
 * Shoot the same setup again: a copy takes over the second half of the shot.
 *
 * The copy begins its move anew and can be made another shot without touching the
 * first.
 */
export interface DuplicateShot {
  readonly kind: "duplicate_shot";
  readonly shot: string;
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

/** Let a shot run on over the next one of its scene, which goes. */
export interface MergeShots {
  readonly kind: "merge_shots";
  readonly shot: string;
}

/**
 * Put a key of the camera's path elsewhere, or at another time.
 *
 * What is None stays: with a position alone the camera goes on looking where it
 * looked. The frames of the other keys stay.
 */
export interface MoveKey {
  readonly kind: "move_key";
  readonly shot: string;
  readonly index: number;
  readonly position_m?: readonly [number, number, number] | null;
  readonly target_m?: readonly [number, number, number] | null;
  readonly roll_deg?: number | null;
  readonly focal_length_mm?: number | null;
  readonly at_frame?: number | null;
}

/**
 * Put a mark elsewhere, at the same time, or turn who stands on it.
 *
 * `to` names a spot, a piece of the set or somebody; or pass `position_m`, whose
 * height does not count.
 */
export interface MoveMark {
  readonly kind: "move_mark";
  readonly scene: string;
  readonly character: string;
  readonly index: number;
  readonly position_m?: readonly [number, number, number] | null;
  readonly to?: string;
  readonly facing_deg?: number | null;
}

/**
 * Put a set piece elsewhere or turn it.
 *
 * What stands on it and whoever sits on it go along; ways lead round it.
 */
export interface PlacePiece {
  readonly kind: "place_piece";
  readonly scene: string;
  readonly piece: string;
  readonly position_m?: readonly [number, number, number] | null;
  readonly yaw_deg?: number | null;
}

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

/** Take a key out of the camera's path; the last one stays. */
export interface RemoveKey {
  readonly kind: "remove_key";
  readonly shot: string;
  readonly index: number;
}

/** Take a mark out; who had it walks on past. */
export interface RemoveMark {
  readonly kind: "remove_mark";
  readonly scene: string;
  readonly character: string;
  readonly index: number;
}

/** Take a note off a shot. */
export interface RemoveNote {
  readonly kind: "remove_note";
  readonly shot: string;
  readonly index: number;
}

/** Take a reference picture down. */
export interface RemoveReference {
  readonly kind: "remove_reference";
  readonly character: string;
  readonly index: number;
}

/**
 * Cut a scene's shots in another order; `order` names each of them once.
 *
 * Each keeps its length. The scene plays on as before: a shot that comes earlier
 * sees what happens earlier.
 */
export interface ReorderShots {
  readonly kind: "reorder_shots";
  readonly scene: string;
  readonly order: readonly string[];
}

/** Cast a body by its sliders; what is None stays. */
export interface SetBody {
  readonly kind: "set_body";
  readonly character: string;
  readonly age?: number | null;
  readonly height_m?: number | null;
  readonly build?: number | null;
  readonly femininity?: number | null;
  readonly muscle?: number | null;
  readonly proportions?: number | null;
  readonly african?: number | null;
  readonly asian?: number | null;
  readonly european?: number | null;
  readonly skin?: readonly [number, number, number] | null;
  readonly hair?: readonly [number, number, number] | null;
  readonly hair_style?: "short" | "bob" | "long" | "bun" | "bald" | "ponytail" | "curly" | "buzz" | null;
  readonly manner?: number | null;
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

/**
 * Set a light: how bright, how warm, from where, at what; what is None stays.
 *
 * `intensity` is lux for sun and sky, candela on axis for a lamp.
 */
export interface SetLight {
  readonly kind: "set_light";
  readonly scene: string;
  readonly light: string;
  readonly intensity?: number | null;
  readonly color_temperature_k?: number | null;
  readonly position_m?: readonly [number, number, number] | null;
  readonly aim_m?: readonly [number, number, number] | null;
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

/** Roll again what pictures invent of somebody, such as their hair. */
export interface SetSeed {
  readonly kind: "set_seed";
  readonly character: string;
  readonly seed: number;
}

/** Approve a shot, hold it, or open it again. */
export interface SetStatus {
  readonly kind: "set_status";
  readonly shot: string;
  readonly status: Status;
}

/** Open up or stop down, for the whole shot; a keyed stop goes. */
export interface SetStop {
  readonly kind: "set_stop";
  readonly shot: string;
  readonly t_stop: number;
}

/** Dress somebody, by region; what is None stays. `hat_off` takes the hat off. */
export interface SetWardrobe {
  readonly kind: "set_wardrobe";
  readonly character: string;
  readonly top?: readonly [number, number, number] | null;
  readonly bottom?: readonly [number, number, number] | null;
  readonly shoes?: readonly [number, number, number] | null;
  readonly shirt?: readonly [number, number, number] | null;
  readonly hat?: readonly [number, number, number] | null;
  readonly hat_off?: boolean;
  readonly top_kind?: "shirt" | "t-shirt" | "sweater" | "jacket" | "coat" | "dress" | null;
  readonly sleeves?: "long" | "short" | "none" | null;
  readonly bottom_kind?: "trousers" | "shorts" | "skirt" | null;
  readonly shoe_kind?: "shoes" | "boots" | "flats" | null;
  readonly hat_kind?: "brim" | "cap" | "beanie" | null;
}

/** Cut a shot in two at a frame; the second goes on with the same camera. */
export interface SplitShot {
  readonly kind: "split_shot";
  readonly shot: string;
  readonly at_frame: number;
}

/** Let a mark be reached at another scene frame, and left at one. */
export interface TimeMark {
  readonly kind: "time_mark";
  readonly scene: string;
  readonly character: string;
  readonly index: number;
  readonly arrive_frame: number;
  readonly leave_frame?: number | null;
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

export type Edit =
  | AddKey
  | AddMark
  | AddNote
  | AddReference
  | DressPiece
  | DuplicateShot
  | FrameOn
  | MergeShots
  | MoveKey
  | MoveMark
  | PlacePiece
  | RecordMove
  | Reframe
  | RemoveKey
  | RemoveMark
  | RemoveNote
  | RemoveReference
  | ReorderShots
  | SetBody
  | SetFocus
  | SetLens
  | SetLight
  | SetMoves
  | SetRig
  | SetSeed
  | SetStatus
  | SetStop
  | SetWardrobe
  | SplitShot
  | TimeMark
  | TrimShot;
