// Where a dragged thing is drawn to: a spot, somebody's eyeline, an edge, the grid.

import { Vector3 } from "three";
import type { PlaceSent } from "../../messages";
import type { SetPiece } from "../../schema";
import { type Held, markAt } from "./grab";

export interface Snapped {
  readonly at: Vector3;
  /** What it is drawn to, as a hint; empty: nothing. */
  readonly words: string;
  /** The line that it is on, to be drawn. */
  readonly guide?: readonly [Vector3, Vector3];
}

export const GRID_M = 0.1;
const SPOT_M = 0.25;
const EYELINE_M = 0.16;
const EYELINE_REACH_M = 8;
const EDGE_M = 0.13;

/**
 * Draw a place to what is near it.
 *
 * @param held what is dragged; camera and lamps go free
 * @param to where the pointer has it
 * @param frame of the scene: where others are and look
 * @param name what a person is called
 */
export function snapped(
  held: Held,
  to: Vector3,
  place: PlaceSent | undefined,
  frame: number,
  name: (character: string) => string,
): Snapped {
  if (held.item.kind === "mark") {
    const who = held.item.character;
    return onSpot(to, place) ?? onEyeline(who, to, place, frame, name) ?? onGrid(to);
  }
  if (held.item.kind !== "piece") return { at: to, words: "" };
  return onEdges(held, to, place) ?? onGrid(to);
}

function onGrid(to: Vector3): Snapped {
  const on = (metres: number) => Math.round(metres / GRID_M) * GRID_M;
  return { at: new Vector3(on(to.x), to.y, on(to.z)), words: `grid ${GRID_M} m` };
}

function onSpot(to: Vector3, place: PlaceSent | undefined): Snapped | undefined {
  let best: Snapped | undefined;
  let near = SPOT_M;
  for (const { position_m: spot, name, posture } of place?.set.spots ?? []) {
    const far = Math.hypot(spot[0] - to.x, spot[2] - to.z);
    if (far >= near) continue;
    near = far;
    const does = posture === "stand" ? "" : `, ${posture}`;
    best = { at: new Vector3(spot[0], to.y, spot[2]), words: `${name}${does}` };
  }
  return best;
}

/** Before the eyes of somebody else, where the two can look at each other. */
function onEyeline(
  who: string,
  to: Vector3,
  place: PlaceSent | undefined,
  frame: number,
  name: (character: string) => string,
): Snapped | undefined {
  for (const { character, marks } of place?.blocking ?? []) {
    const mark = character === who ? undefined : marks[markAt(place, character, frame)];
    if (!mark) continue;
    const from = new Vector3(...mark.position_m).setY(to.y);
    const turn = (mark.facing_deg * Math.PI) / 180;
    const ahead = new Vector3(Math.sin(turn), 0, Math.cos(turn));
    const far = to.clone().sub(from).dot(ahead);
    if (far < 0.5 || far > EYELINE_REACH_M) continue;
    const at = from.clone().addScaledVector(ahead, far);
    if (at.distanceTo(to) > EYELINE_M) continue;
    const words = `${name(character)}’s eyeline, ${far.toFixed(2)} m`;
    return { at, words, guide: [from, from.clone().addScaledVector(ahead, far + 1)] };
  }
  return undefined;
}

interface Extent {
  readonly x: number;
  readonly z: number;
}

/** Half of what a turned piece takes of the floor, along both axes. */
function extent({ size_m, yaw_deg }: Pick<SetPiece, "size_m" | "yaw_deg">): Extent {
  const turn = (yaw_deg * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  return {
    x: (size_m[0] * cos + size_m[2] * sin) / 2,
    z: (size_m[0] * sin + size_m[2] * cos) / 2,
  };
}

/** Flush against another piece or a wall, or in line with its middle. */
function onEdges(
  held: Held,
  to: Vector3,
  place: PlaceSent | undefined,
): Snapped | undefined {
  const { size_m, facing_deg = 0, item } = held;
  if (!size_m || item.kind !== "piece") return undefined;
  const own = extent({ size_m, yaw_deg: facing_deg });
  const at = to.clone();
  const said: string[] = [];
  for (const axis of ["x", "z"] as const) {
    const across = axis === "x" ? "z" : "x";
    let near = EDGE_M;
    let words = "";
    for (const piece of place?.set.pieces ?? []) {
      if (piece.id === item.id || !besides(piece, held)) continue;
      const theirs = extent(piece);
      const middle = { x: piece.position_m[0], z: piece.position_m[2] };
      const gap = Math.abs(to[across] - middle[across]) - own[across] - theirs[across];
      if (gap > 0.3) continue;
      const reach = own[axis] + theirs[axis];
      for (const [goal, how] of [
        [middle[axis] - reach, "against the"],
        [middle[axis] + reach, "against the"],
        [middle[axis], "in line with the"],
      ] as const) {
        const far = Math.abs(goal - to[axis]);
        // In line counts only beside it, where it is not inside of it.
        if (far >= near || (how === "in line with the" && gap < -0.01)) continue;
        near = far;
        at[axis] = goal;
        words = `${how} ${piece.kind.replaceAll("-", " ")}`;
      }
    }
    if (words) said.push(words);
    else at[axis] = Math.round(to[axis] / GRID_M) * GRID_M;
  }
  const words = [...new Set(said)].join(", ");
  return words ? { at, words } : undefined;
}

const FLAT = new Set(["floor", "ground", "ceiling", "rug", "road", "sidewalk"]);

/** Whether two pieces stand at the same height, so that one can be against the other. */
function besides(piece: SetPiece, { at, size_m }: Held): boolean {
  if (FLAT.has(piece.kind) || !size_m) return false;
  const low = Math.max(piece.position_m[1], at.y);
  const high = Math.min(piece.position_m[1] + piece.size_m[1], at.y + size_m[1]);
  return high - low > 0.02;
}
