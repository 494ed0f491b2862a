// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * One key of the timeline.
 *
 * Attributes:
 * track: What it keys: the camera's path, focus, a control of the lens or look,
 * a move in words (by its start), somebody's mark (by its arrival), a prop's
 * place or who holds it, a door or drawer.
 * of: A shot; of a mark the character, else the prop or piece.
 * part: Which control, or which part of the piece; empty else.
 * index: Which of its keys, from 0.
 */
export interface KeyRef {
  readonly track: "camera" | "focus" | "control" | "move" | "mark" | "prop" | "hold" | "swing";
  readonly of: string;
  readonly part?: string;
  readonly index: number;
}

/**
 * Move keys in time: one, or several at once as when a selection is dragged.
 *
 * A mark is held as long as before. Keys of focus and controls may pass each other;
 * the camera's keys and somebody's marks may not.
 */
export interface MoveKeys {
  readonly kind: "move_keys";
  readonly scene: string;
  readonly keys: readonly MovedKey[];
}

/** A key and the frame that it goes to: of its shot, or of its scene. */
export interface MovedKey {
  readonly track: "camera" | "focus" | "control" | "move" | "mark" | "prop" | "hold" | "swing";
  readonly of: string;
  readonly part?: string;
  readonly index: number;
  readonly frame: number;
}

/** Take keys out; the camera's last pose and somebody's last mark stay. */
export interface RemoveKeys {
  readonly kind: "remove_keys";
  readonly scene: string;
  readonly keys: readonly KeyRef[];
}
