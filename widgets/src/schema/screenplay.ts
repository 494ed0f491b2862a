// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * One paragraph of a screenplay, or one speech.
 *
 * A speech carries its cue (`character`, `extension`, `parenthetical`); emphasis
 * marks are removed from `text`.
 */
export interface Element {
  readonly kind: ElementKind;
  readonly text: string;
  /** Line in the source, from 1. */
  readonly line: number;
  /** Page of the screenplay. */
  readonly page: number;
  /** The cue as written; ANN. */
  readonly character: string;
  /** V.O., O.S., CONT'D … */
  readonly extension: string;
  readonly parenthetical: string;
  /** Spoken at the same time as the speech before it. */
  readonly dual: boolean;
}

/** What an element of a screenplay is, in Fountain's words. */
export type ElementKind =
  | "action"
  | "dialogue"
  | "lyric"
  | "centered"
  | "transition"
  | "section"
  | "synopsis"
  | "note"
  | "page_break";

/** Where a slugline says the scene is shot. */
export type Setting =
  | "INT"
  | "EXT"
  | "INT/EXT"
  | "";

/** A scene heading: `INT. KITCHEN - NIGHT #12A#`. */
export interface Slugline {
  readonly text: string;
  readonly setting: Setting;
  readonly place: string;
  /** As written: NIGHT, CONTINUOUS, … */
  readonly time: string;
  /** Scene number as written. */
  readonly number: string;
  readonly line: number;
  readonly page: number;
}
