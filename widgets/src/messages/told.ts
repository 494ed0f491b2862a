// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Shifted,
} from "./../edits";

import type {
  ToQueuePage,
} from "./../queue";

import type {
  Angle,
  ArrayView,
  Blocking,
  CameraTrack,
  Character,
  Coverage,
  ElementKind,
  Light,
  LightRole,
  Medium,
  Move,
  Note,
  Prop,
  Rate,
  Set,
  Shot,
  ShotSize,
  StageHeader,
  Status,
  Swing,
  TimeOfDay,
} from "./../schema";

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

/** A colour of a picture, and how much of the picture has it. */
export interface ColorShare {
  readonly color: readonly [number, number, number];
  readonly share: number;
}

/**
 * A scene as a style would cover it, for `page` to compare; the film is as it was.
 *
 * `words` says what the style does.
 */
export interface CoverageSent {
  readonly v: 1;
  readonly kind: "coverage";
  readonly page: string;
  readonly revision: number;
  readonly style: string;
  readonly words: string;
  readonly scene: SceneCard;
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

/**
 * The character that `page` asked to see by this number; the buffer is a JPEG.
 *
 * The whole figure stands on a scale: `middle_m` is the height that the middle of
 * the picture shows, `field_m` how much its height spans there.
 */
export interface FittingSent {
  readonly v: 1;
  readonly kind: "fitting";
  readonly page: string;
  readonly number: number;
  readonly revision: number;
  readonly character: string;
  readonly yaw_deg: number;
  readonly fitted: "figure" | "bust" | "face";
  readonly width_px: number;
  readonly height_px: number;
  readonly middle_m: number;
  readonly field_m: number;
  /** From the question's arrival. */
  readonly ms: number;
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

/** Shots no longer frame somebody who was cast anew; `shots` frames them again. */
export interface LostSent {
  readonly v: 1;
  readonly kind: "lost";
  readonly text: string;
  readonly shots: readonly Shifted[];
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
  /** What it took to make, maybe ahead of the question. */
  readonly ms: number;
  readonly spent: Spent;
  readonly light_is_whole: boolean;
}

/** The open shot's scene: set, lights, blocking, what moves, the ways people go. */
export interface PlaceSent {
  readonly v: 1;
  readonly kind: "place";
  readonly revision: number;
  readonly scene: string;
  readonly set: Set;
  readonly lights: readonly Light[];
  readonly blocking: readonly Blocking[];
  readonly props: readonly Prop[];
  readonly swings: readonly Swing[];
  readonly walks: readonly Walk[];
}

/** What `page` asked of the promotions; the buffer is its pictures, one by one. */
export interface QueueTold {
  readonly v: 1;
  readonly kind: "queue";
  readonly page: string;
  readonly told: ToQueuePage;
  /** Of each picture. */
  readonly sizes_bytes: readonly number[];
}

/** A picture that is pinned up and its colours; the buffer is a JPEG. */
export interface ReferenceSent {
  readonly v: 1;
  readonly kind: "reference";
  readonly picture: string;
  readonly palette: readonly ColorShare[];
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

/** A lamp in stock. */
export interface ShelfLamp {
  readonly name: string;
  readonly label: string;
  readonly role: LightRole;
  readonly color_temperature_k: number;
  readonly beam_deg: number | null;
  readonly soft: boolean;
}

/** A set piece in stock; its picture has its number on the sheet, row by row. */
export interface ShelfPiece {
  readonly name: string;
  readonly group: "seats" | "tables" | "rooms" | "things" | "outdoors";
  /** What it is also called. */
  readonly words: string;
  readonly size_m: readonly [number, number, number];
  /** How high it hangs; 0: it stands. */
  readonly high_m: number;
}

/** What is in stock; the buffer is a PNG sheet of the pieces' pictures. */
export interface ShelfSent {
  readonly v: 1;
  readonly kind: "shelf";
  readonly pieces: readonly ShelfPiece[];
  readonly lamps: readonly ShelfLamp[];
  readonly columns: number;
  readonly tile_width_px: number;
  readonly tile_height_px: number;
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

/** A piece of a stage's payload, named by its content. */
export interface StageBlock {
  readonly key: string;
  readonly size_bytes: number;
  /** Whether the buffer has it. */
  readonly sent: boolean;
}

/**
 * A shot as the stage shows it; the buffer has those blocks that were not known.
 *
 * `shot` is the id of the shot that `header.shot` was baked from. The payload of the
 * header's arrays is all blocks in order.
 */
export interface StageSent {
  readonly v: 1;
  readonly kind: "stage";
  readonly revision: number;
  readonly shot: string;
  readonly header: StageHeader;
  readonly blocks: readonly StageBlock[];
}

/** An open shot and its camera at every frame; the buffer has the arrays. */
export interface TracksSent {
  readonly v: 1;
  readonly kind: "tracks";
  readonly revision: number;
  readonly shot: Shot;
  readonly camera: CameraTrack;
  /** Shot frame of each pose of the path. */
  readonly key_frames: readonly number[];
  /** Share of the path behind each, 0 to 1. */
  readonly key_shares: readonly number[];
  /** float64 (f,): share of the path at each frame. */
  readonly travel: ArrayView;
  /** Length of the path. */
  readonly path_m: number;
  readonly payload_bytes: number;
}

/** Where a character's hips are over the floor, every `step_frames` of the scene. */
export interface Walk {
  readonly character: string;
  readonly first_frame: number;
  readonly step_frames: number;
  readonly points_m: readonly (readonly [number, number, number])[];
}
