// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Edit,
} from "./../edits";

import type {
  FromQueuePage,
} from "./../queue";

/** Ask how a scene looks covered in a style; answered by `coverage`. */
export interface AskCoverage {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "ask_coverage";
  readonly coverage: Covering;
}

/**
 * Ask for a picture of a character alone, turned so far from the camera.
 *
 * A page asks again only once the answer is painted.
 */
export interface AskFitting {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "ask_fitting";
  readonly number: number;
  readonly character: string;
  readonly yaw_deg?: number;
  readonly fitted?: "figure" | "bust" | "face";
  readonly height_px?: number;
}

/**
 * Ask for one frame; a page asks again only once the answer is painted.
 *
 * Over a slow line a film would play no faster than questions come and go: while it
 * plays, a page may have `at_once` pictures that it has not painted. `board` asks for
 * a panel: lit more coarsely, so that a film of many scenes opens in time. `coverage`
 * says how the shot's scene is covered, if not as the film has it. `painted` is the
 * number of the picture that is on the screen by now, as `painted` says it.
 * `then_frame` is what the page will most likely ask for next: it is got ready while
 * this one is on its way.
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
  readonly coverage?: Covering | null;
  readonly painted?: number | null;
  readonly then_frame?: number | null;
  readonly at_once?: number;
}

/** Ask for a picture that is pinned up, by its SHA-256. */
export interface AskReference {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "ask_reference";
  readonly picture: string;
}

/** Ask what can be brought to the stage. */
export interface AskShelf {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "ask_shelf";
}

/** A page has closed; what it is not told it will not miss. */
export interface Bye {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "bye";
}

/** Undo a drag that has not ended. */
export interface Cancel {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "cancel";
  readonly drag: string;
}

/** A scene, and the style in which it is covered. */
export interface Covering {
  readonly scene: string;
  readonly style: string;
}

/** Pin up a picture that somebody is to look like; its file is the buffer. */
export interface DropPicture {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "drop_picture";
  readonly character: string;
  readonly name?: string;
}

/**
 * Change the film. Edits with one `drag` are one step of history.
 *
 * Within a drag each edit says where the drag now stands, counted from the film
 * before it, and none but the newest need be sent; the one with `last` ends it.
 * Where it is `pictured` the page asks for a picture of it at once, which is made
 * before anything else that follows from the edit.
 */
export interface EditAsked {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "edit";
  readonly edit: Edit;
  readonly drag?: string;
  readonly last?: boolean;
  readonly pictured?: boolean;
}

/** A page has opened and wants to know everything. */
export interface Hello {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "hello";
}

/**
 * Show this shot; answered by its `tracks`, its `place`, and later its `stage`.
 *
 * `has` names the blocks of stages that the page still holds.
 */
export interface OpenShot {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "open_shot";
  readonly shot: string;
  readonly has?: readonly string[];
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

/** Ask something of the promotions; answered by `queue`. */
export interface QueueAsked {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "queue";
  readonly asked: FromQueuePage;
}

/** Make the step that was taken back last again. */
export interface Redo {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "redo";
}

/** Ask for a frame as a large still. */
export interface Snapshot {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "snapshot";
  readonly shot: string;
  readonly frame: number;
}

/** Take back the last step. */
export interface Undo {
  readonly v: 1;
  readonly page?: string;
  readonly kind: "undo";
}
