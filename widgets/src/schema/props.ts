// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  SetPiece,
} from "./place";

/** From `frame` on, somebody holds the prop; until the next hold or key. */
export interface Hold {
  readonly frame: number;
  readonly character: string;
  readonly hand: "left" | "right" | "both";
}

/** Where a thing's base is at a frame, and how it is turned. */
export interface PlaceKey {
  readonly frame: number;
  readonly position_m: readonly [number, number, number];
  readonly rotation: readonly [number, number, number, number];
}

/**
 * A thing that is moved during a scene: carried, put down, pushed, thrown.
 *
 * It lies where `piece` says until its first hold or key. At any frame the latest
 * hold or key counts: a hold follows the hand; keys are passed through in order, and
 * the last one is where it stays. Frames count from the scene's start; the prop is
 * there from `from_frame` up to, not including, `until_frame`.
 */
export interface Prop {
  readonly piece: SetPiece;
  readonly holds: readonly Hold[];
  readonly keys: readonly PlaceKey[];
  readonly from_frame: number;
  readonly until_frame: number | null;
}

/**
 * A door, drawer or lid of a set piece that opens and shuts during a scene.
 *
 * `part` is one of the piece's moving parts; empty is its first. Before the first
 * key it is as that key says.
 */
export interface Swing {
  readonly piece: string;
  readonly part: string;
  readonly keys: readonly SwingKey[];
}

/** How far a part is open at a frame: 0 shut to 1 wide open. */
export interface SwingKey {
  readonly frame: number;
  readonly open: number;
}
