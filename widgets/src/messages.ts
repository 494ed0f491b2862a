// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Angle,
  ArrayView,
  Blocking,
  CameraTrack,
  Character,
  Coverage,
  ElementKind,
  Light,
  Medium,
  Move,
  Note,
  Rate,
  Set,
  Shot,
  ShotSize,
  StageHeader,
  Status,
  TimeOfDay,
} from "./schema";

export const MESSAGES_VERSION = 1;
export const PARTS = [
  "outliner",
  "stage",
  "monitor",
  "timeline",
  "inspector",
  "boards",
  "history",
] as const;

/** A story moment of a scene; frames count from the scene's first. */
export interface BeatCard {
  readonly id: string;
  readonly kind: ElementKind;
  /** Id of who speaks or acts. */
  readonly character: string;
  /** Theirs, as it is read. */
  readonly name: string;
  readonly text: string;
  readonly start_frame: number;
  readonly length_frames: number;
}

/**
 * A character's skin at one frame, its vertices in the order of its `FigureTrack`.
 *
 * World position = `origin_m` + count * `step_m`, for int16 counts.
 */
export interface Figure {
  readonly character: string;
  readonly origin_m: readonly [number, number, number];
  readonly step_m: number;
  /** int16 (n, 3). */
  readonly positions: ArrayView;
}

/** People at one frame while a drag moves them; the buffer has the arrays. */
export interface FiguresSent {
  readonly v: 1;
  readonly kind: "figures";
  readonly revision: number;
  readonly shot: string;
  readonly frame: number;
  readonly figures: readonly Figure[];
}

/** The film without sets and paths. */
export interface FilmCard {
  readonly title: string;
  readonly rate: Rate;
  readonly length_frames: number;
  /** What makes the pictures; empty: plain shading. */
  readonly generator: string;
  readonly characters: readonly Character[];
  readonly scenes: readonly SceneCard[];
}

/** The whole film, at first and after an edit that changes more than one scene. */
export interface FilmSent {
  readonly v: 1;
  readonly kind: "film";
  readonly revision: number;
  readonly film: FilmCard;
}

/** A step in film words, such as "2B: 35 → 85 mm". */
export interface HistoryEntry {
  readonly words: string;
}

/** The steps made, oldest first; those from `at` on are taken back. */
export interface HistorySent {
  readonly v: 1;
  readonly kind: "history";
  readonly revision: number;
  readonly entries: readonly HistoryEntry[];
  readonly at: number;
}

/** What is at the place that `page` asked about; nothing: sky. */
export interface Picked {
  readonly v: 1;
  readonly kind: "picked";
  readonly page: string;
  readonly shot: string;
  readonly frame: number;
  /** From the sensor along the optical axis. */
  readonly distance_m: number | null;
  readonly what: string;
  /** Id, where it is a person. */
  readonly character: string;
  /** Id, where it is a set piece. */
  readonly piece: string;
  readonly point_m: readonly [number, number, number] | null;
}

/**
 * The frame that `page` asked for by this number; the buffer is a JPEG.
 *
 * `light_is_whole` is false while light that changed is still being worked out: ask
 * again when painted, and it will have gone further.
 */
export interface PictureSent {
  readonly v: 1;
  readonly kind: "picture";
  readonly page: string;
  readonly number: number;
  readonly revision: number;
  readonly shot: string;
  readonly frame: number;
  readonly width_px: number;
  readonly height_px: number;
  /** From the question's arrival. */
  readonly ms: number;
  readonly spent: Spent;
  readonly light_is_whole: boolean;
}

/** The open shot's scene: its set, lights and blocking, and the ways people go. */
export interface PlaceSent {
  readonly v: 1;
  readonly kind: "place";
  readonly revision: number;
  readonly scene: string;
  readonly set: Set;
  readonly lights: readonly Light[];
  readonly blocking: readonly Blocking[];
  readonly walks: readonly Walk[];
}

/** What was asked for was not done, and why; the film is as before. */
export interface Refused {
  readonly v: 1;
  readonly kind: "refused";
  readonly page: string;
  /** The kind of the message refused. */
  readonly asked: string;
  readonly text: string;
}

/** A scene as lists and the timeline show it. */
export interface SceneCard {
  readonly id: string;
  readonly number: string;
  readonly slugline: string;
  readonly time_of_day: TimeOfDay;
  readonly interior: boolean;
  /** In the film. */
  readonly first_frame: number;
  readonly length_frames: number;
  readonly characters: readonly string[];
  readonly beats: readonly BeatCard[];
  readonly shots: readonly ShotCard[];
}

/** One scene in place of the one with its id. */
export interface SceneSent {
  readonly v: 1;
  readonly kind: "scene";
  readonly revision: number;
  readonly scene: SceneCard;
}

/** A shot as lists show it; `tracks` has the whole of it. */
export interface ShotCard {
  readonly id: string;
  readonly slate: string;
  /** In its scene. */
  readonly first_frame: number;
  readonly length_frames: number;
  readonly coverage: Coverage;
  readonly size: ShotSize;
  readonly angle: Angle;
  readonly subjects: readonly string[];
  readonly focal_length_mm: number;
  readonly t_stop: number;
  readonly move: Move;
  /** Width over height of the picture. */
  readonly aspect: number;
  readonly medium: Medium;
  readonly status: Status;
  readonly notes: readonly Note[];
  /** Of who planned it. */
  readonly note: string;
}

/** The still that `page` asked for; the buffer is a PNG. */
export interface Snapped {
  readonly v: 1;
  readonly kind: "snapped";
  readonly page: string;
  readonly shot: string;
  readonly frame: number;
  readonly width_px: number;
  readonly height_px: number;
}

/** What the parts of a picture took, in milliseconds. */
export interface Spent {
  /** What is where. */
  readonly stage_ms: number;
  /** Light that changed, if any. */
  readonly light_ms: number;
  /** Shading and network. */
  readonly picture_ms: number;
  readonly jpeg_ms: number;
}

/**
 * A shot as the stage shows it; the buffer has the arrays.
 *
 * `shot` is the id of the shot that `header.shot` was baked from.
 */
export interface StageSent {
  readonly v: 1;
  readonly kind: "stage";
  readonly revision: number;
  readonly shot: string;
  readonly header: StageHeader;
}

/** An open shot and its camera at every frame; the buffer has the arrays. */
export interface TracksSent {
  readonly v: 1;
  readonly kind: "tracks";
  readonly revision: number;
  readonly shot: Shot;
  readonly camera: CameraTrack;
  readonly payload_bytes: number;
}

/** Where a character's hips are over the floor, every `step_frames` of the scene. */
export interface Walk {
  readonly character: string;
  readonly first_frame: number;
  readonly step_frames: number;
  readonly points_m: readonly (readonly [number, number, number])[];
}

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

/**
 * Ask for one frame; a page asks again only once the answer is painted.
 *
 * `board` asks for a panel: lit more coarsely, so that a film of many scenes opens
 * in time.
 */
export interface AskPicture {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "ask_picture";
  readonly number: number;
  readonly shot: string;
  readonly frame: number;
  readonly width_px?: number;
  readonly board?: boolean;
}

/** Undo a drag that has not ended. */
export interface Cancel {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "cancel";
  readonly drag: string;
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
 * Change the film. Edits with one `drag` are one step of history.
 *
 * Within a drag each edit says where the drag now stands, counted from the film
 * before it, and none but the newest need be sent; the one with `last` ends it.
 */
export interface EditAsked {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "edit";
  readonly edit: MoveKey | AddKey | RemoveKey | SetLens | SetStop | SetFocus | SetMoves | SetRig | FrameOn | Reframe | RecordMove | MoveMark | TimeMark | AddMark | RemoveMark | PlacePiece | SetLight | SetBody | SetWardrobe | SetSeed | ReorderShots | TrimShot | SplitShot | DuplicateShot | MergeShots | AddNote | RemoveNote | SetStatus;
  readonly drag?: string;
  readonly last?: boolean;
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

/** A page has opened and wants to know everything. */
export interface Hello {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "hello";
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

/** Show this shot; answered by its `tracks`, its `place` and its `stage`. */
export interface OpenShot {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "open_shot";
  readonly shot: string;
}

/** The picture of this number is on the screen. */
export interface Painted {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "painted";
  readonly number: number;
}

/** Ask what is at a place of the picture, as shares from its top left corner. */
export interface Pick {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "pick";
  readonly shot: string;
  readonly frame: number;
  readonly x: number;
  readonly y: number;
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

/** Make the step that was taken back last again. */
export interface Redo {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "redo";
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

/** Roll somebody's face and figure again. */
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

/** Ask for a frame as a large still. */
export interface Snapshot {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "snapshot";
  readonly shot: string;
  readonly frame: number;
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

/** Take back the last step. */
export interface Undo {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "undo";
}

export type FromPage =
  | Hello
  | EditAsked
  | Cancel
  | Undo
  | Redo
  | AskPicture
  | Painted
  | OpenShot
  | Pick
  | Snapshot;

export type ToPage =
  | FilmSent
  | SceneSent
  | TracksSent
  | PlaceSent
  | StageSent
  | FiguresSent
  | PictureSent
  | HistorySent
  | Refused
  | Picked
  | Snapped;

export type Edit = EditAsked["edit"];
