// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  CameraPose,
  Control,
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
 * Shoot a scene in another coverage; who acts how, set and light stay.
 *
 * All its shots are new ones, so notes and status go with the old; undo brings them
 * back.
 */
export interface CoverScene {
  readonly kind: "cover_scene";
  readonly scene: string;
  readonly style: string;
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
 * Say how fast the camera passes a key of its path: the handle of its timing curve.
 *
 * `speed` is in shares of the path a frame: 0 stops there, None lets the curve
 * choose. The curve stays monotone: a handle counts up to three times as steep as
 * the flatter of the two stretches beside it.
 */
export interface EaseKey {
  readonly kind: "ease_key";
  readonly shot: string;
  readonly index: number;
  readonly speed?: number | null;
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
 * One key of the timeline.
 *
 * Attributes:
 * track: What it keys: the camera's path, focus, a control of the lens or look,
 * a move in words (by its start), somebody's mark (by its arrival), a prop's
 * place or who holds it, a door or drawer.
 * of: A shot; of a mark the character, else the prop or piece.
 * part: Which control, or which part of the piece; empty else.
 * index: Which of its keys, from 0.
 */
export interface KeyRef {
  readonly track: "camera" | "focus" | "control" | "move" | "mark" | "prop" | "hold" | "swing";
  readonly of: string;
  readonly part?: string;
  readonly index: number;
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
 * Move keys in time: one, or several at once as when a selection is dragged.
 *
 * A mark is held as long as before. Keys of focus and controls may pass each other;
 * the camera's keys and somebody's marks may not.
 */
export interface MoveKeys {
  readonly kind: "move_keys";
  readonly scene: string;
  readonly keys: readonly MovedKey[];
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

/** A key and the frame that it goes to: of its shot, or of its scene. */
export interface MovedKey {
  readonly track: "camera" | "focus" | "control" | "move" | "mark" | "prop" | "hold" | "swing";
  readonly of: string;
  readonly part?: string;
  readonly index: number;
  readonly frame: number;
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

/** The value of a control of the lens or the look at a shot frame. */
export interface PutControl {
  readonly track: "control";
  readonly shot: string;
  readonly control: Control;
  readonly frame: number;
  readonly value: number;
}

/** What is sharp at a shot frame: a distance, or somebody. */
export interface PutFocus {
  readonly track: "focus";
  readonly shot: string;
  readonly frame: number;
  readonly distance_m?: number | null;
  readonly subject?: string;
  readonly pull_frames?: number | null;
}

/** Set keys at frames of a scene; one that is at its frame already is replaced. */
export interface PutKeys {
  readonly kind: "put_keys";
  readonly scene: string;
  readonly keys: readonly (PutPose | PutFocus | PutControl | PutMark | PutSwing)[];
}

/** A mark of somebody's at a scene frame. */
export interface PutMark {
  readonly track: "mark";
  readonly character: string;
  readonly frame: number;
  readonly position_m: readonly [number, number, number];
  readonly facing_deg?: number | null;
}

/** A key of the camera's path at a shot frame. */
export interface PutPose {
  readonly track: "camera";
  readonly shot: string;
  readonly frame: number;
  readonly pose: CameraPose;
}

/** How far a door or drawer is open at a scene frame: 0 shut to 1 wide open. */
export interface PutSwing {
  readonly track: "swing";
  readonly piece: string;
  readonly part?: string;
  readonly frame: number;
  readonly open: number;
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

/** Take keys out; the camera's last pose and somebody's last mark stay. */
export interface RemoveKeys {
  readonly kind: "remove_keys";
  readonly scene: string;
  readonly keys: readonly KeyRef[];
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

/** Say when a move in words begins, how long it takes and how softly; None stays. */
export interface TimeMove {
  readonly kind: "time_move";
  readonly shot: string;
  readonly index: number;
  readonly start_frame?: number | null;
  readonly length_frames?: number | null;
  readonly ease_in?: number | null;
  readonly ease_out?: number | null;
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
  | CoverScene
  | DressPiece
  | DuplicateShot
  | EaseKey
  | FrameOn
  | MergeShots
  | MoveKey
  | MoveKeys
  | MoveMark
  | PlacePiece
  | PutKeys
  | RecordMove
  | Reframe
  | RemoveKey
  | RemoveKeys
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
  | SlideShot
  | SlipShot
  | SplitShot
  | TimeMark
  | TimeMove
  | TrimShot;
