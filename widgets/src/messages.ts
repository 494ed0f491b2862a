// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  AskCoverage,
  AskFitting,
  AskPicture,
  AskReference,
  AskShelf,
  Bye,
  Cancel,
  DropPicture,
  EditAsked,
  Hello,
  OpenShot,
  Painted,
  Pick,
  QueueAsked,
  Redo,
  Snapshot,
  Undo,
} from "./messages/asked";

import type {
  CoverageSent,
  FiguresSent,
  FilmSent,
  FittingSent,
  HistorySent,
  LostSent,
  Picked,
  PictureSent,
  PlaceSent,
  QueueTold,
  ReferenceSent,
  Refused,
  SceneSent,
  ShelfSent,
  Snapped,
  StageSent,
  TracksSent,
} from "./messages/told";

export type * from "./messages/asked";
export type * from "./messages/told";

export const MESSAGES_VERSION = 1;
export const PARTS = [
  "outliner",
  "stage",
  "monitor",
  "timeline",
  "inspector",
  "boards",
  "history",
  "cast",
  "curves",
  "queue",
] as const;

export type FromPage =
  | Hello
  | Bye
  | EditAsked
  | Cancel
  | Undo
  | Redo
  | AskPicture
  | AskCoverage
  | Painted
  | OpenShot
  | Pick
  | Snapshot
  | AskFitting
  | DropPicture
  | AskReference
  | AskShelf
  | QueueAsked;

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
  | CoverageSent
  | Snapped
  | FittingSent
  | ReferenceSent
  | ShelfSent
  | QueueTold
  | LostSent;
