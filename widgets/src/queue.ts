// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

/** Tiers and backends that may be ordered. */
export interface ChoicesSent {
  readonly kind: "choices";
  readonly tiers: readonly Tier[];
  readonly backends: readonly string[];
}

/** A finished frame; one buffer with a JPEG, or none if it is not there. */
export interface FrameSent {
  readonly kind: "frame";
  readonly job: string;
  readonly frame: number;
}

/**
 * A shot that a limit did not hold when the others were ordered.
 *
 * Attributes:
 * slate: Of the shot.
 * by: What left it out, such as "the budget".
 * needs: What it would have taken, in words.
 * left: What was left for it, in words.
 */
export interface LeftOutShot {
  readonly slate: string;
  readonly by: string;
  readonly needs: string;
  readonly left: string;
}

/** Two buffers of JPEG: the take's frame and the preview's; none if not there. */
export interface PairSent {
  readonly kind: "pair";
  readonly job: string;
  readonly frame: number;
}

/**
 * What an order would do.
 *
 * Attributes:
 * number: Of the question.
 * shots: The shots, each with its forecast.
 * rows: The plan in lines, of all shots together.
 * uses: Every control signal.
 * warnings: What to know before it is spent.
 * refused: Why the order cannot be carried out; empty if it can.
 */
export interface PlanSent {
  readonly kind: "plan";
  readonly number: number;
  readonly shots: readonly PlannedShot[];
  readonly rows: readonly Row[];
  readonly uses: readonly SignalUse[];
  readonly warnings: readonly string[];
  readonly refused: string;
}

/**
 * One shot of a plan.
 *
 * Attributes:
 * slate: Of the shot.
 * length_frames: Of its take.
 * seconds: Forecast; None where nothing like it was made yet.
 * cost_usd: Forecast; None where it costs nothing.
 */
export interface PlannedShot {
  readonly slate: string;
  readonly length_frames: number;
  readonly seconds: number | null;
  readonly cost_usd: number | null;
}

/**
 * Shots are in the queue.
 *
 * Attributes:
 * number: Of the question.
 * jobs: Their jobs.
 * left_out: Those that the budget does not hold.
 * refused: Why one could not be promoted, and those after it; empty if all were.
 */
export interface PromotedSent {
  readonly kind: "promoted";
  readonly number: number;
  readonly jobs: readonly string[];
  readonly left_out: readonly LeftOutShot[];
  readonly refused: string;
}

/**
 * A frame of a proof.
 *
 * Attributes:
 * frame: Of the shot.
 * framing: How far it is off, in words; empty where that was not measured.
 * good: Whether that passes, where it was measured.
 */
export interface ProofFrame {
  readonly frame: number;
  readonly framing: string;
  readonly good: boolean | null;
}

/**
 * A job as its card shows it.
 *
 * Attributes:
 * job: Its id in the ledger.
 * shot: Id of the shot.
 * slate: Of the shot when it was promoted.
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
 * proof: The frames of a proof; none of a take that is asked for whole.
 * made: Numbers of finished frames, as spans of first and last.
 * made_frames: How many of those that are asked for are finished.
 * step: What is being done just now.
 * steps_done: Of that.
 * steps: Of that, in all.
 * elapsed_s: How long workers were at it, in all.
 * left_s: Forecast of what is left; None where nothing was measured yet.
 * attempts: How often it was begun.
 * plan: The plan in lines.
 * uses: Every control signal.
 * warnings: What to know before it is spent.
 * error: Why it failed; empty if it did not.
 * verdict: Of the adherence; empty before it was measured.
 * adherence: Its figures.
 * figures_of: What verdict and figures are of, in words, where that is a proof
 * and the whole take, or a larger proof, is asked for since; else empty.
 * manifest: What the take is made of, in lines.
 * files: What was delivered, by name.
 */
export interface QueueCard {
  readonly job: string;
  readonly shot: string;
  readonly slate: string;
  readonly words: string;
  readonly state: "queued" | "running" | "checking" | "proof" | "done" | "review" | "failed" | "cancelled";
  readonly engine: string;
  readonly backend: string;
  readonly quality: string;
  readonly model: string;
  readonly width_px: number;
  readonly height_px: number;
  readonly length_frames: number;
  readonly rate_fps: number;
  readonly proof: readonly ProofFrame[];
  readonly made: readonly (readonly [number, number])[];
  readonly made_frames: number;
  readonly step: string;
  readonly steps_done: number;
  readonly steps: number;
  readonly elapsed_s: number;
  readonly left_s: number | null;
  readonly attempts: number;
  readonly plan: readonly Row[];
  readonly uses: readonly SignalUse[];
  readonly warnings: readonly string[];
  readonly error: string;
  readonly verdict: string;
  readonly adherence: readonly Row[];
  readonly figures_of: string;
  readonly manifest: readonly Row[];
  readonly files: readonly string[];
}

/**
 * How the jobs stand.
 *
 * Attributes:
 * revision: Names this state.
 * cards: The jobs, newest first; None where the page has this revision.
 * left_out: Shots that were not ordered beside them.
 * active: Whether anything goes on, so that asking again is worth it.
 */
export interface QueueSent {
  readonly kind: "queue";
  readonly revision: string;
  readonly cards: readonly QueueCard[] | null;
  readonly left_out: readonly LeftOutShot[];
  readonly active: boolean;
}

/**
 * A line of a table: what, and how much in words.
 *
 * Attributes:
 * name: What.
 * value: How much.
 * good: Whether it is within its limit; None where nothing is judged.
 */
export interface Row {
  readonly name: string;
  readonly value: string;
  readonly good: boolean | null;
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

/** A tier, and the size it makes where none is asked for. */
export interface Tier {
  readonly quality: "draft" | "standard" | "final";
  readonly width_px: number;
  readonly height_px: number;
}

/** Which tiers and backends are there? */
export interface AskChoices {
  readonly kind: "choices";
}

/** Show a finished frame large. */
export interface AskFrame {
  readonly kind: "frame";
  readonly job: string;
  readonly frame: number;
}

/** Show a finished frame and the preview's of the same moment. */
export interface AskPair {
  readonly kind: "pair";
  readonly job: string;
  readonly frame: number;
}

/** What would be done with these shots? Nothing is begun. */
export interface AskPlan {
  readonly kind: "plan";
  readonly number: number;
  readonly shots: readonly string[];
  readonly order: Ordered;
}

/** Make these shots at full quality, those that are not made or being made. */
export interface AskPromote {
  readonly kind: "promote";
  readonly number: number;
  readonly shots: readonly string[];
  readonly order: Ordered;
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

/**
 * How shots are to be made.
 *
 * Attributes:
 * quality: The tier.
 * backend: By its name.
 * size_px: Width and height; None as the tier has it.
 * budget_usd: What all of it may cost; None where nothing may be charged.
 * proof: Whether the first, the middle and the last frame of each are made alone.
 */
export interface Ordered {
  readonly quality?: "draft" | "standard" | "final";
  readonly backend?: string;
  readonly size_px?: readonly [number, number] | null;
  readonly budget_usd?: number | null;
  readonly proof?: boolean;
}

export type FromQueuePage =
  | AskQueue
  | AskThumb
  | AskPair
  | AskFrame
  | CancelJob
  | AskChoices
  | AskPlan
  | AskPromote;

export type ToQueuePage =
  | QueueSent
  | ThumbSent
  | PairSent
  | FrameSent
  | ChoicesSent
  | PlanSent
  | PromotedSent;
