// What the stage shows besides the set.

import type { PaneKind } from "./panes";

export interface Shown {
  readonly marks: boolean;
  readonly axis: boolean;
  readonly lights: boolean;
  readonly work: boolean;
  /** The plane in focus and the depth that is sharp. */
  readonly focus: boolean;
  /** People a few frames before and after. */
  readonly ghosts: boolean;
  /** What carries the camera. */
  readonly rig: boolean;
}

export const SHOWN: Shown = {
  marks: true,
  axis: false,
  lights: true,
  work: false,
  focus: true,
  ghosts: false,
  rig: true,
};

/** What a drag says beside the pointer. */
export interface Hint {
  readonly pane: PaneKind;
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** What it is drawn to; empty: nothing. */
  readonly snap: string;
  /** Snapping is off, and Ctrl turns it on. */
  readonly free: boolean;
}
