// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Shoot the same setup again: a copy takes over the second half of the shot.
 *
 * The copy begins its move anew and can be made another shot without touching the
 * first.
 */
export interface DuplicateShot {
  readonly kind: "duplicate_shot";
  readonly shot: string;
}

/** Let a shot run on over the next one of its scene, which goes. */
export interface MergeShots {
  readonly kind: "merge_shots";
  readonly shot: string;
}

/**
 * Cut a scene's shots in another order; `order` names each of them once.
 *
 * Each keeps its length. The scene plays on as before: a shot that comes earlier
 * sees what happens earlier.
 */
export interface ReorderShots {
  readonly kind: "reorder_shots";
  readonly scene: string;
  readonly order: readonly string[];
}

/** Cut a shot in two at a frame; the second goes on with the same camera. */
export interface SplitShot {
  readonly kind: "split_shot";
  readonly shot: string;
  readonly at_frame: number;
}
