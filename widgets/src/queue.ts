// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/**
 * A line of a table: what, and how much in words.
 *
 * Attributes:
 * name: What.
 * value: How much.
 * good: Whether it is within its limit; None where nothing is judged.
 */
export interface Figure {
  readonly name: string;
  readonly value: string;
  readonly good: boolean | null;
}

/** Two buffers of JPEG: the take's frame and the preview's; none if not there. */
export interface PairSent {
  readonly kind: "pair";
  readonly job: string;
  readonly frame: number;
}

/**
 * A job as its card shows it.
 *
 * Attributes:
 * job: Its id in the ledger.
 * slate: Of the shot.
 * words: The shot in film words.
 * state: As in the ledger.
 * engine: Where it is made.
 * backend: What makes it.
 * quality: The tier.
 * model: Weights, or paths a pixel.
 * width_px: Of the pictures.
 * height_px: Of the pictures.
 * length_frames: Of the take.
 * rate_fps: Of the film.
 * made: Numbers of finished frames, as spans of first and last.
 * made_frames: How many those are.
 * step: What is being done just now.
 * steps_done: Of that.
 * steps: Of that, in all.
 * elapsed_s: Since it began to be made; 0 while it waits.
 * left_s: Forecast of what is left; None where nothing was measured yet.
 * attempts: How often it was begun.
 * plan: The plan in lines.
 * uses: Every control signal.
 * warnings: What to know before it is spent.
 * error: Why it failed; empty if it did not.
 * verdict: Of the adherence; empty before it was measured.
 * adherence: Its figures.
 * manifest: What the take is made of, in lines.
 * files: What was delivered, by name.
 */
export interface QueueCard {
  readonly job: string;
  readonly slate: string;
  readonly words: string;
  readonly state: "queued" | "running" | "checking" | "done" | "review" | "failed" | "cancelled";
  readonly engine: string;
  readonly backend: string;
  readonly quality: string;
  readonly model: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly length_frames: number;
  readonly rate_fps: number;
  readonly made: readonly (readonly [number, number])[];
  readonly made_frames: number;
  readonly step: string;
  readonly steps_done: number;
  readonly steps: number;
  readonly elapsed_s: number;
  readonly left_s: number | null;
  readonly attempts: number;
  readonly plan: readonly Figure[];
  readonly uses: readonly SignalUse[];
  readonly warnings: readonly string[];
  readonly error: string;
  readonly verdict: string;
  readonly adherence: readonly Figure[];
  readonly manifest: readonly Figure[];
  readonly files: readonly string[];
}

/**
 * How the jobs stand.
 *
 * Attributes:
 * revision: Names this state.
 * cards: The jobs, newest first; None where the page has this revision.
 * active: Whether anything goes on, so that asking again is worth it.
 */
export interface QueueSent {
  readonly kind: "queue";
  readonly revision: string;
  readonly cards: readonly QueueCard[] | null;
  readonly active: boolean;
}

/** A control signal and what becomes of it. */
export interface SignalUse {
  readonly signal: string;
  readonly fate: "used" | "merged" | "dropped";
  readonly how: string;
}

/** A finished frame, small; one buffer with a JPEG, or none if it is not there. */
export interface ThumbSent {
  readonly kind: "thumb";
  readonly job: string;
  readonly frame: number;
}

/** Show a finished frame and the preview's of the same moment. */
export interface AskPair {
  readonly kind: "pair";
  readonly job: string;
  readonly frame: number;
}

/**
 * How do the jobs stand? Asked again and again while something is looked at.
 *
 * Attributes:
 * seen: The revision the page has; the same one is not sent again.
 */
export interface AskQueue {
  readonly kind: "queue";
  readonly seen?: string;
}

/** Show a finished frame small. */
export interface AskThumb {
  readonly kind: "thumb";
  readonly job: string;
  readonly frame: number;
}

/** Stop a job within a step; its finished frames are kept. */
export interface CancelJob {
  readonly kind: "cancel";
  readonly job: string;
}

export type FromQueuePage =
  | AskQueue
  | AskThumb
  | AskPair
  | CancelJob;

export type ToQueuePage =
  | QueueSent
  | ThumbSent
  | PairSent;
