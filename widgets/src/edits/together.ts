// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  MoveKey,
  RemoveKey,
} from "./camera";

import type {
  AddLight,
  DuplicateLight,
  RemoveLight,
} from "./lamps";

import type {
  MoveMark,
  RemoveMark,
} from "./blocking";

import type {
  RemovePerson,
} from "./people";

import type {
  AddPiece,
  DuplicatePiece,
  RemovePiece,
} from "./pieces";

import type {
  DressPiece,
} from "./dressing";

import type {
  PlacePiece,
  SetLight,
} from "./place";

/**
 * Do several things on the stage as one step; all of them or none.
 *
 * They are done in order, each to the film that the one before left.
 */
export interface Together {
  readonly kind: "together";
  readonly edits: readonly (MoveKey | RemoveKey | MoveMark | RemoveMark | PlacePiece | DressPiece | AddPiece | DuplicatePiece | RemovePiece | RemovePerson | SetLight | AddLight | DuplicateLight | RemoveLight)[];
}
