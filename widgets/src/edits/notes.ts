// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Status,
} from "./../schema";

/** Leave a note on a frame of a shot, written or drawn on the picture. */
export interface AddNote {
  readonly kind: "add_note";
  readonly shot: string;
  readonly frame?: number;
  readonly text?: string;
  readonly strokes?: readonly (readonly (readonly [number, number])[])[];
  readonly author?: string;
}

/** Take a note off a shot. */
export interface RemoveNote {
  readonly kind: "remove_note";
  readonly shot: string;
  readonly index: number;
}

/** Approve a shot, hold it, or open it again. */
export interface SetStatus {
  readonly kind: "set_status";
  readonly shot: string;
  readonly status: Status;
}
