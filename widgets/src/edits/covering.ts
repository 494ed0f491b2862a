// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * Shoot a scene in another coverage; who acts how, set and light stay.
 *
 * All its shots are new ones, so notes and status go with the old; undo brings them
 * back.
 */
export interface CoverScene {
  readonly kind: "cover_scene";
  readonly scene: string;
  readonly style: string;
}
