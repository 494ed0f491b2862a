// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** Give somebody a mark at a scene frame; the way there and on is planned. */
export interface AddMark {
  readonly kind: "add_mark";
  readonly scene: string;
  readonly character: string;
  readonly at_frame: number;
  readonly position_m?: readonly [number, number, number] | null;
  readonly to?: string;
  readonly facing_deg?: number | null;
}

/**
 * Put a mark elsewhere, at the same time, or turn who stands on it.
 *
 * `to` names a spot, a piece of the set or somebody; or pass `position_m`, whose
 * height does not count.
 */
export interface MoveMark {
  readonly kind: "move_mark";
  readonly scene: string;
  readonly character: string;
  readonly index: number;
  readonly position_m?: readonly [number, number, number] | null;
  readonly to?: string;
  readonly facing_deg?: number | null;
}

/** Take a mark out; who had it walks on past. */
export interface RemoveMark {
  readonly kind: "remove_mark";
  readonly scene: string;
  readonly character: string;
  readonly index: number;
}

/** Let a mark be reached at another scene frame, and left at one. */
export interface TimeMark {
  readonly kind: "time_mark";
  readonly scene: string;
  readonly character: string;
  readonly index: number;
  readonly arrive_frame: number;
  readonly leave_frame?: number | null;
}
