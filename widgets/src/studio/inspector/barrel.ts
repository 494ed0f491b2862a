// A ring on a barrel: values engraved by their logarithm, turned under a witness line.

/** Turned round from the witness line to where the barrel's edge hides a mark. */
const EDGE_RAD = 1.36;
/** Turned for each doubling of the value, where a ring does not say otherwise. */
export const OCTAVE_RAD = 0.6;

/** Between two ribs of the grip. */
const RIBS_RAD = 0.075;

export interface Engraved {
  readonly value: number;
  /** From the middle of the barrel, as a share of its half width. */
  readonly x: number;
  /** How much of its width is seen, 0 at the edge to 1. */
  readonly facing: number;
}

/** Which marks are seen, and where, with a value under the witness line. */
export function engraved(
  marks: readonly number[],
  value: number,
  octave_rad = OCTAVE_RAD,
): Engraved[] {
  return marks.flatMap((mark) => {
    const turned = Math.log2(mark / value) * octave_rad;
    if (Math.abs(turned) > EDGE_RAD) return [];
    return [{ value: mark, x: Math.sin(turned), facing: Math.cos(turned) }];
  });
}

/** Ribs of the grip, which turn along; shares of the half width. */
export function ribs(value: number, octave_rad = OCTAVE_RAD): Engraved[] {
  const turned = -Math.log2(value) * octave_rad;
  const first = turned - Math.ceil((turned + EDGE_RAD) / RIBS_RAD) * RIBS_RAD;
  const made: Engraved[] = [];
  for (let at = first; at <= EDGE_RAD; at += RIBS_RAD)
    if (at >= -EDGE_RAD)
      made.push({ value: at, x: Math.sin(at), facing: Math.cos(at) });
  return made;
}

/** The value after the barrel was dragged by a share of its half width. */
export function turnedTo(from: number, share: number, octave_rad = OCTAVE_RAD): number {
  return from * 2 ** (-share / octave_rad);
}

/** The mark that is nearest by turning. */
export function nearest(marks: readonly number[], value: number): number {
  let best = marks[0] ?? value;
  for (const mark of marks)
    if (Math.abs(Math.log2(mark / value)) < Math.abs(Math.log2(best / value)))
      best = mark;
  return best;
}

/** The next mark on this side of a value; the value where there is none. */
export function stepped(marks: readonly number[], value: number, way: 1 | -1): number {
  const sorted = [...marks].sort((a, b) => (a - b) * way);
  return sorted.find((mark) => (mark - value) * way > value * 1e-3) ?? value;
}
