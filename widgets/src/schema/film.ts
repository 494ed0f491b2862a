// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Camera,
} from "./camera";

import type {
  Light,
  Set,
} from "./place";

import type {
  Blocking,
  Character,
} from "./people";

import type {
  Element,
  Slugline,
} from "./screenplay";

import type {
  Prop,
  Swing,
} from "./props";

import type {
  Medium,
} from "./medium";

import type {
  Note,
  Status,
} from "./notes";

import type {
  Rate,
} from "./time";

/** From where the camera looks at the subject, in height. */
export type Angle =
  | "eye"
  | "low"
  | "high"
  | "overhead"
  | "dutch";

/** A story moment: an element of the screenplay with its place in scene time. */
export interface Beat {
  readonly id: string;
  readonly element: Element;
  readonly start_frame: number;
  readonly length_frames: number;
  /** Id of who speaks or acts. */
  readonly character: string;
}

/** What a shot is for. */
export type Coverage =
  | "establishing"
  | "master"
  | "two-shot"
  | "group"
  | "over the shoulder"
  | "single"
  | "reaction"
  | "insert"
  | "follow";

/** A whole film. */
export interface Film {
  readonly schema_version: number;
  readonly title: string;
  readonly author: string;
  /** Screenplay's file name. */
  readonly source: string;
  readonly rate: Rate;
  readonly seed: number;
  readonly medium: Medium;
  readonly characters: readonly Character[];
  readonly scenes: readonly Scene[];
}

/**
 * One scene: where, who, what happens, and the shots that cover it.
 *
 * The shots follow each other without gap or overlap from frame 0 to the end.
 * `exposure_ev100` is what the camera is set to (ISO 100, no ND). A scene or shot
 * whose `medium` is None is in that of the scene or film it belongs to.
 */
export interface Scene {
  readonly id: string;
  readonly number: string;
  readonly slugline: Slugline;
  readonly time_of_day: TimeOfDay;
  readonly set: Set;
  readonly lights: readonly Light[];
  readonly exposure_ev100: number;
  readonly beats: readonly Beat[];
  readonly blocking: readonly Blocking[];
  readonly props: readonly Prop[];
  readonly swings: readonly Swing[];
  readonly length_frames: number;
  readonly medium: Medium | null;
  readonly shots: readonly Shot[];
}

/**
 * A planned picture: `length_frames` of scene time through one camera.
 *
 * Camera timing counts from the shot's first frame; `first_frame` is in the scene.
 * `note` is what was seen to when it was planned; `notes` and `status` are what
 * people say of it, and change no picture.
 */
export interface Shot {
  readonly id: string;
  readonly slate: string;
  readonly first_frame: number;
  readonly length_frames: number;
  readonly coverage: Coverage;
  readonly size: ShotSize;
  readonly angle: Angle;
  readonly subjects: readonly string[];
  readonly beats: readonly string[];
  readonly camera: Camera;
  readonly medium: Medium | null;
  readonly note: string;
  readonly notes: readonly Note[];
  readonly status: Status;
}

/** How much of the subject the frame holds. */
export type ShotSize =
  | "EWS"
  | "LS"
  | "FS"
  | "MLS"
  | "cowboy"
  | "MS"
  | "MCU"
  | "CU"
  | "BCU"
  | "ECU";

/** The light a scene plays in. */
export type TimeOfDay =
  | "day"
  | "night"
  | "dawn"
  | "dusk";
