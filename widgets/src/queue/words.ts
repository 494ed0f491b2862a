// Figures as a render queue says them.

import type { QueueCard } from "../queue";

/** 45 s, 3:20, 2:05:10. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours) return `${hours}:${two(minutes)}:${two(whole % 60)}`;
  return `${minutes}:${two(whole % 60)}`;
}

export const STATES: Record<QueueCard["state"], string> = {
  queued: "Waiting",
  running: "Running",
  checking: "Checking",
  proof: "Proof",
  done: "Done",
  review: "Review",
  failed: "Failed",
  cancelled: "Cancelled",
};

export function isOver({ state }: QueueCard): boolean {
  return !["queued", "running", "checking"].includes(state);
}

export function isMade(card: QueueCard, frame: number): boolean {
  return card.made.some(([first, last]) => first <= frame && frame <= last);
}

/** The finished frame that is nearest to one, or undefined while none is. */
export function nearestMade(card: QueueCard, frame: number): number | undefined {
  let best: number | undefined;
  for (const [first, last] of card.made) {
    const near = Math.min(Math.max(frame, first), last);
    if (best === undefined || Math.abs(near - frame) < Math.abs(best - frame))
      best = near;
  }
  return best;
}

/** The frame that was finished last: frames come in order, around those of a proof. */
export function newestMade(card: QueueCard): number | undefined {
  const ends = card.made.map(([, last]) => last);
  return isOver(card) || card.proof.length ? ends.at(-1) : ends[0];
}

/** The next finished frame forwards or, by less than 0, backwards, if there is one. */
export function nextMade(
  card: QueueCard,
  frame: number,
  by: number,
): number | undefined {
  const spans = by < 0 ? [...card.made].reverse() : card.made;
  for (const [first, last] of spans) {
    if (by < 0 && first < frame) return Math.min(last, frame - 1);
    if (by >= 0 && last > frame) return Math.max(first, frame + 1);
  }
  return undefined;
}

/** Frames of a card's strip: a proof's own, or such as stand for the whole take. */
export function stripOf(card: QueueCard, count: number): number[] {
  return card.proof.length
    ? card.proof.map(({ frame }) => frame)
    : places(card.length_frames, count);
}

/** How far a proof's frame is off, behind its number; nothing of others. */
export function framingOf(card: QueueCard, frame: number): string {
  const off = card.proof.find((one) => one.frame === frame)?.framing;
  return off ? `, framing off by ${off}` : "";
}

/** What a card's figures are headed by: a proof's stay while the whole is made. */
export function adherenceOf({ figures_of }: QueueCard): string {
  return figures_of ? `Adherence of ${figures_of}` : "Adherence";
}

/** Frames that stand for the whole take in a strip of so many places. */
export function places(length: number, count: number): number[] {
  const n = Math.min(count, length);
  return Array.from({ length: n }, (_, i) =>
    n === 1 ? 0 : Math.round((i * (length - 1)) / (n - 1)),
  );
}

/** Of a whole queue in one line. */
export function summary(cards: readonly QueueCard[]): string {
  const open = cards.filter((card) => !isOver(card));
  const count = (state: QueueCard["state"], word: string) => {
    const n = cards.filter((card) => card.state === state).length;
    return n ? `${n} ${word}` : "";
  };
  const left = open.reduce<number | null>(
    (sum, { left_s }) => (sum === null || left_s === null ? null : sum + left_s),
    0,
  );
  return [
    count("running", "running"),
    count("checking", "being checked"),
    count("queued", "waiting"),
    count("proof", "proofed"),
    count("done", "done"),
    count("review", "to review"),
    count("failed", "failed"),
    count("cancelled", "cancelled"),
    left ? `${duration(left)} left` : "",
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What is going on in a job, in one line. */
export function progress(card: QueueCard): string {
  const asked = card.proof.length || card.length_frames;
  const proof = card.proof.length ? `, proof of ${card.length_frames}` : "";
  const frames = `${card.made_frames} of ${asked} frames${proof}`;
  const step =
    card.step && card.steps
      ? `${card.step} ${card.steps_done}/${card.steps}`
      : card.step;
  const parts = isOver(card)
    ? [frames, card.elapsed_s ? `took ${duration(card.elapsed_s)}` : ""]
    : [
        frames,
        step,
        card.elapsed_s ? duration(card.elapsed_s) : "",
        card.left_s === null
          ? card.state === "running"
            ? "no forecast yet"
            : ""
          : card.left_s
            ? `${duration(card.left_s)} left`
            : "",
      ];
  return parts.filter(Boolean).join(" · ");
}
