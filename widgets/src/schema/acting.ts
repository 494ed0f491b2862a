// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * One act. Frames count from the scene's start.
 *
 * `frame` is the moment that counts: the hand touches, the arm points, the cup is at
 * the lips. It is held for `length_frames`; the body gets ready before and comes
 * back after. `target` is a character, a spot, a set piece or a prop of the scene.
 */
export interface Act {
  readonly kind: ActKind;
  readonly frame: number;
  readonly length_frames: number;
  readonly target: string;
  /** Empty: the nearer free hand. */
  readonly hand: "" | "left" | "right" | "both";
}

/** Something a body does with its hands or head, standing, sitting or walking. */
export type ActKind =
  | "point"
  | "reach"
  | "take"
  | "put down"
  | "hand over"
  | "receive"
  | "embrace"
  | "shake hands"
  | "touch"
  | "open"
  | "close"
  | "push"
  | "throw"
  | "drink"
  | "read"
  | "phone"
  | "wave"
  | "knock"
  | "nod"
  | "shake head"
  | "shrug"
  | "head in hands";

/**
 * Motion that a user brought, played from `frame` on for `length_frames`.
 *
 * `asset` is the SHA-256 of the imported motion in the film's assets.
 */
export interface Clip {
  readonly asset: string;
  readonly frame: number;
  readonly length_frames: number;
}

/** What a face says. */
export type Emotion =
  | "neutral"
  | "joy"
  | "sadness"
  | "anger"
  | "fear"
  | "surprise"
  | "disgust"
  | "contempt"
  | "worry"
  | "determination"
  | "tenderness"
  | "pain"
  | "fatigue";

/** From `frame` on, the face says this, until the next feeling. */
export interface Feeling {
  readonly frame: number;
  readonly emotion: Emotion;
  readonly strength: number;
}
