// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  AddMark,
  MoveMark,
  RemoveMark,
  TimeMark,
} from "./edits/blocking";

import type {
  AddKey,
  FrameOn,
  MoveKey,
  RemoveKey,
  SetFocus,
  SetLens,
  SetMoves,
  SetRig,
  SetStop,
} from "./edits/camera";

import type {
  AddReference,
  RemoveReference,
  SetBody,
  SetSeed,
  SetWardrobe,
} from "./edits/cast";

import type {
  CoverScene,
} from "./edits/covering";

import type {
  DuplicateShot,
  MergeShots,
  ReorderShots,
  SplitShot,
} from "./edits/cut";

import type {
  DressPiece,
} from "./edits/dressing";

import type {
  EaseKey,
  TimeMove,
} from "./edits/easing";

import type {
  MoveKeys,
  RemoveKeys,
} from "./edits/keying";

import type {
  AddLight,
  DuplicateLight,
  RemoveLight,
} from "./edits/lamps";

import type {
  AddNote,
  RemoveNote,
  SetStatus,
} from "./edits/notes";

import type {
  RecordMove,
  Reframe,
} from "./edits/operating";

import type {
  AddPerson,
  RemovePerson,
} from "./edits/people";

import type {
  AddPiece,
  DuplicatePiece,
  RemovePiece,
} from "./edits/pieces";

import type {
  PlacePiece,
  SetLight,
} from "./edits/place";

import type {
  PutKeys,
} from "./edits/putting";

import type {
  FrameAgain,
} from "./edits/reframed";

import type {
  AddCamera,
} from "./edits/setups";

import type {
  Together,
} from "./edits/together";

import type {
  SlideShot,
  SlipShot,
  TrimHead,
  TrimShot,
} from "./edits/trims";

export type * from "./edits/blocking";
export type * from "./edits/camera";
export type * from "./edits/cast";
export type * from "./edits/covering";
export type * from "./edits/cut";
export type * from "./edits/dressing";
export type * from "./edits/easing";
export type * from "./edits/keying";
export type * from "./edits/lamps";
export type * from "./edits/notes";
export type * from "./edits/operating";
export type * from "./edits/people";
export type * from "./edits/pieces";
export type * from "./edits/place";
export type * from "./edits/putting";
export type * from "./edits/reframed";
export type * from "./edits/setups";
export type * from "./edits/together";
export type * from "./edits/trims";

export type Edit =
  | AddCamera
  | AddKey
  | AddLight
  | AddMark
  | AddNote
  | AddPerson
  | AddPiece
  | AddReference
  | CoverScene
  | DressPiece
  | DuplicateLight
  | DuplicatePiece
  | DuplicateShot
  | EaseKey
  | FrameAgain
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
  | RemoveLight
  | RemoveMark
  | RemoveNote
  | RemovePerson
  | RemovePiece
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
  | Together
  | TrimHead
  | TrimShot;
