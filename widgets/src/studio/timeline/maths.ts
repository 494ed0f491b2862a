// Where frames lie on the timeline, and which of them the ruler names.

import type { Rate } from "../../schema";

/** The part of a scene that the timeline shows, in frames; may be fractions. */
export interface Span {
  readonly from: number;
  readonly length: number;
}

const LEAST_FRAMES = 12;

export function share(span: Span, frame: number): number {
  return (frame - span.from) / span.length;
}

export function frameAt(span: Span, at: number): number {
  return span.from + at * span.length;
}

/** Keep a span within a scene, and neither too short nor longer than it. */
export function held(span: Span, sceneFrames: number): Span {
  const most = Math.max(sceneFrames, LEAST_FRAMES);
  const length = Math.min(Math.max(span.length, LEAST_FRAMES), most);
  const from = Math.min(Math.max(span.from, 0), most - length);
  return { from, length };
}

/** Zoom by a factor (below 1: closer) so that the frame at `at` stays where it is. */
export function zoomed(
  span: Span,
  factor: number,
  at: number,
  sceneFrames: number,
): Span {
  const most = Math.max(sceneFrames, LEAST_FRAMES);
  const length = Math.min(Math.max(span.length * factor, LEAST_FRAMES), most);
  return held({ from: frameAt(span, at) - at * length, length }, sceneFrames);
}

/** Scroll so that a frame is seen; the same span where it is already. */
export function revealed(span: Span, frame: number, sceneFrames: number): Span {
  if (frame >= span.from && frame < span.from + span.length) return span;
  return held({ ...span, from: frame - span.length * 0.1 }, sceneFrames);
}

export interface Tick {
  readonly frame: number;
  readonly label: string;
}

/** Named ticks that stand at least `leastPx` apart, on round seconds or frames. */
export function ticks(span: Span, widthPx: number, rate: Rate, leastPx = 64): Tick[] {
  const fps = Math.max(Math.round(rate.numerator / rate.denominator), 1);
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].map(
    (s) => s * fps,
  );
  const short = [1, 2, Math.round(fps / 4), Math.round(fps / 2)].filter((s) => s > 0);
  const perFrame = widthPx / span.length;
  const step =
    [...short, ...steps].find((frames) => frames * perFrame >= leastPx) ??
    (steps.at(-1) as number);
  const made: Tick[] = [];
  for (
    let frame = Math.ceil(span.from / step) * step;
    frame <= span.from + span.length;
    frame += step
  )
    made.push({ frame, label: clock(frame, fps, step < fps) });
  return made;
}

function clock(frame: number, fps: number, withFrames: boolean): string {
  const seconds = Math.floor(frame / fps);
  const two = (value: number) => String(value).padStart(2, "0");
  const head = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return withFrames ? `${head}:${two(frame % fps)}` : head;
}

/** A dragged edge or key sticks to what is within `reach` frames of it. */
export function snapped(frame: number, to: readonly number[], reach: number): number {
  let best = frame;
  let least = reach;
  for (const candidate of to) {
    const distance = Math.abs(candidate - frame);
    if (distance <= least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}
