// Curves over frames: the camera's timing with its handles, and values of the lens.

/** Slopes beside a key of a monotone curve, in values a frame. */
export interface Beside {
  readonly frames: readonly number[];
  readonly values: readonly number[];
}

/** The steepest that the curve can pass a key: three times the flatter side. */
export function steepest({ frames, values }: Beside, index: number): number {
  const chord = (i: number) => {
    const [a, b] = [frames[i], frames[i + 1]];
    const [from, to] = [values[i], values[i + 1]];
    if (a === undefined || b === undefined || from === undefined || to === undefined)
      return undefined;
    return (to - from) / Math.max(b - a, 1);
  };
  const before = chord(index - 1) ?? chord(index) ?? 0;
  const after = chord(index) ?? before;
  return 3 * Math.min(Math.abs(before), Math.abs(after));
}

/** What one frame and one whole value are on the screen, CSS pixels. */
export interface Scale {
  readonly frame: number;
  readonly value: number;
}

const HANDLE_PX = 34;

/** Where a handle of a slope ends, from its key, CSS pixels; y goes down. */
export function handle(slope: number, scale: Scale, side: -1 | 1): [number, number] {
  const [x, y] = [scale.frame, -slope * scale.value];
  const length = Math.hypot(x, y) || 1;
  return [(side * HANDLE_PX * x) / length, (side * HANDLE_PX * y) / length];
}

/** The slope that a handle dragged to a place beside its key asks for. */
export function slopeAt(
  x: number,
  y: number,
  scale: Scale,
  side: -1 | 1,
  most: number,
): number {
  const along = Math.max(x * side, 0.5) / scale.frame;
  const slope = (-y * side) / scale.value / along;
  return Math.min(Math.max(slope, 0), most);
}

/** The slope of a sampled curve at a frame. */
export function slopeOf(samples: ArrayLike<number>, frame: number): number {
  const before = Math.max(frame - 1, 0);
  const after = Math.min(frame + 1, samples.length - 1);
  if (after <= before) return 0;
  return ((samples[after] ?? 0) - (samples[before] ?? 0)) / (after - before);
}

/** Points of a sampled curve as an SVG path, thinned to about a pixel. */
export function drawn(
  samples: ArrayLike<number>,
  x: (frame: number) => number,
  y: (value: number) => number,
): string {
  const last = samples.length - 1;
  if (last < 0) return "";
  const px = Math.max(Math.abs(x(1) - x(0)), 1e-6);
  const step = Math.max(Math.floor(1 / px), 1);
  const points: string[] = [];
  for (let frame = 0; frame < last; frame += step)
    points.push(`${x(frame).toFixed(1)} ${y(samples[frame] ?? 0).toFixed(1)}`);
  points.push(`${x(last).toFixed(1)} ${y(samples[last] ?? 0).toFixed(1)}`);
  return `M${points.join("L")}`;
}

/** The least and greatest of some curves, with room where they hardly differ. */
export function bounds(
  curves: readonly ArrayLike<number>[],
  room: number,
): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const samples of curves)
    for (let i = 0; i < samples.length; i++) {
      const value = samples[i] ?? 0;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  if (least > most) return [0, 1];
  const spare = Math.max(room - (most - least), 0) / 2;
  return [least - spare, most + spare];
}
