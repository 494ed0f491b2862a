// A camera move as words, as `previz.camera.words` writes and reads them.

import type { CameraMove, Move, Rate } from "../../schema";

/** Unit of a move's amount; a kind that is not here cannot be composed. */
export const UNITS: Partial<Record<Move, "deg" | "m" | "mm">> = {
  "push in": "m",
  "pull out": "m",
  pan: "deg",
  tilt: "deg",
  truck: "m",
  dolly: "m",
  pedestal: "m",
  crane: "m",
  arc: "deg",
  orbit: "deg",
  zoom: "mm",
  "dolly zoom": "m",
  "rack focus": "m",
  roll: "deg",
  "whip pan": "deg",
};

/** What a new move of a kind asks for, in its unit. */
export const USUAL: Record<"deg" | "m" | "mm", number> = { deg: 20, m: 0.6, mm: 70 };

/** The word for a positive amount, then for a negative one. */
export const WAYS: Partial<Record<Move, readonly [string, string]>> = {
  pan: ["left", "right"],
  "whip pan": ["left", "right"],
  tilt: ["up", "down"],
  roll: ["clockwise", "counter-clockwise"],
  truck: ["right", "left"],
  dolly: ["forward", "back"],
  pedestal: ["up", "down"],
  crane: ["up", "down"],
  arc: ["counter-clockwise", "clockwise"],
  orbit: ["counter-clockwise", "clockwise"],
  "dolly zoom": ["in", "out"],
};

export const EASES: Record<string, readonly [number, number]> = {
  "in and out": [0.3, 0.3],
  in: [0.6, 0],
  out: [0, 0.6],
  none: [0, 0],
};

export function easeOf({ ease_in, ease_out }: CameraMove): string | undefined {
  return Object.keys(EASES).find(
    (word) => EASES[word]?.[0] === ease_in && EASES[word]?.[1] === ease_out,
  );
}

function number(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** Say a move so that it is read back whatever stands before it. */
export function wordsOf(move: CameraMove): string {
  const unit = UNITS[move.kind] ?? "m";
  const way = WAYS[move.kind]?.[move.amount >= 0 ? 0 : 1];
  const to = move.kind === "zoom" || move.kind === "rack focus" ? "to" : way;
  const words = [move.kind, to, number(Math.abs(move.amount)), unit];
  const clauses = [words.filter(Boolean).join(" ")];
  if (move.length_frames !== null) clauses[0] += ` over ${move.length_frames} frames`;
  const ease = easeOf(move);
  if (ease === undefined) {
    clauses.push(`ease in ${number(move.ease_in * 100)} %`);
    clauses.push(`ease out ${number(move.ease_out * 100)} %`);
  } else if (ease !== "in and out") clauses.push(`ease ${ease}`);
  clauses.push(`from frame ${move.start_frame}`);
  if (move.subject) clauses.push(`on ${move.subject}`);
  return clauses.join(", ");
}

/** Say a move to a reader: in seconds, and without what goes without saying. */
export function spokenOf(move: CameraMove, rate: Rate, name: string): string {
  const unit = UNITS[move.kind] ?? "m";
  const way = WAYS[move.kind]?.[move.amount >= 0 ? 0 : 1];
  const to = move.kind === "zoom" || move.kind === "rack focus" ? "to" : way;
  const amount = `${number(Math.abs(move.amount))} ${unit === "deg" ? "°" : unit}`;
  const said = [[move.kind, to, amount].filter(Boolean).join(" ")];
  if (move.length_frames !== null) {
    const seconds = (move.length_frames * rate.denominator) / rate.numerator;
    said.push(`over ${number(Math.round(seconds * 10) / 10)} s`);
  }
  if (name) said.push(`on ${name}`);
  return said.join(" ");
}
