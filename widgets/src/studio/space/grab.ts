// Things taken hold of together: where each was, and the edits that put it elsewhere.

import { Vector3 } from "three";
import type { PlaceSent } from "../../messages";
import type { Shot } from "../../schema";
import type { Edit, Vec3 } from "../edits";
import type { Selection } from "../state";
import { keyOf } from "./choice";
import { tangentAt } from "./optics";

/** A Hermite tangent is so many times as long as its Bézier handle. */
const HANDLE_SHARE = 3;

type Part = Extract<Edit, { kind: "together" }>["edits"][number];

/** One thing as it was when it was taken hold of. */
export interface Held {
  readonly item: Selection;
  readonly key: string;
  readonly at: Vector3;
  /** It keeps to its height. */
  readonly grounded: boolean;
  /** Where it faces, degrees; marks and pieces. */
  readonly facing_deg?: number;
  /** What it looks or shines at; keys and lamps. */
  readonly aim?: Vector3;
  readonly size_m?: Vec3;
}

/** What hands do to everything that is held. */
export interface Motion {
  readonly by?: Vector3;
  /** About the vertical through `middle`. */
  readonly angle_rad?: number;
  readonly middle?: Vector3;
  readonly factor?: Vec3;
  /** What things look at goes along with them, as with a whole set-up. */
  readonly whole?: boolean;
}

export function heldOf(
  item: Selection,
  shot: Shot | undefined,
  place: PlaceSent | undefined,
  frame = 0,
): Held | undefined {
  const held = (at: Vec3, rest: Omit<Held, "item" | "key" | "at">): Held => ({
    item,
    key: keyOf(item),
    at: new Vector3(...at),
    ...rest,
  });
  switch (item.kind) {
    case "camera":
    case "tangent":
    case "target": {
      const pose = shot?.camera.poses[item.index];
      if (!shot || !pose) return undefined;
      if (item.kind === "tangent") return tangentHeld(item, shot, pose.position_m);
      if (item.kind === "target") return held(pose.target_m, { grounded: false });
      const aim = new Vector3(...pose.target_m);
      return held(pose.position_m, { grounded: false, aim });
    }
    case "mark": {
      const own = place?.blocking.find(({ character }) => character === item.character);
      const mark = own?.marks[item.index];
      if (!mark) return undefined;
      const { facing_deg } = mark;
      return held(mark.position_m, { grounded: true, facing_deg });
    }
    case "character": {
      const index = markAt(place, item.id, frame);
      if (index < 0) return undefined;
      const mark: Selection = { kind: "mark", character: item.id, index };
      const own = heldOf(mark, shot, place);
      return own && { ...own, item: mark, key: keyOf(mark) };
    }
    case "light":
    case "aim": {
      const light = place?.lights.find(({ id }) => id === item.id);
      if (!light || light.kind === "sky") return undefined;
      if (item.kind === "aim") return held(light.aim_m, { grounded: false });
      const aim = new Vector3(...light.aim_m);
      return held(light.position_m, { grounded: false, aim });
    }
    case "piece": {
      const piece = place?.set.pieces.find(({ id }) => id === item.id);
      if (!piece) return undefined;
      const { position_m, yaw_deg, size_m } = piece;
      return held(position_m, { grounded: true, facing_deg: yaw_deg, size_m });
    }
    default:
      return undefined;
  }
}

/** The end of a key's handle: a third of its tangent away, as Bézier has it. */
function tangentHeld(
  item: Selection & { kind: "tangent" },
  shot: Shot,
  key: Vec3,
): Held | undefined {
  const tangent = tangentAt(shot.camera.poses, item.index);
  if (!tangent) return undefined;
  const from = new Vector3(...key);
  const at = from.clone().addScaledVector(tangent, 1 / HANDLE_SHARE);
  return { item, key: keyOf(item), at, grounded: false, aim: from };
}

/** The mark that somebody is on, or going on from, at a scene frame; -1: none. */
export function markAt(
  place: PlaceSent | undefined,
  character: string,
  frame: number,
): number {
  const own = place?.blocking.find((one) => one.character === character);
  if (!own?.marks.length) return -1;
  const later = own.marks.findIndex(({ arrive_frame }) => arrive_frame > frame);
  return Math.max((later < 0 ? own.marks.length : later) - 1, 0);
}

/** Where a held thing is after a motion. */
export function movedTo(held: Held, motion: Motion): Vector3 {
  const at = turnedAbout(held.at, motion);
  if (motion.by) at.add(motion.by);
  // What stands goes up or down only where it is told so.
  if (held.grounded && held.item.kind === "mark") at.setY(held.at.y);
  return at;
}

/** The edit that makes a motion of one thing, if it means anything to it. */
function editOf(
  held: Held,
  motion: Motion,
  scene: string,
  shot: string,
): Part | undefined {
  const { item } = held;
  const at = movedTo(held, motion);
  const moves = motion.by !== undefined || motion.angle_rad !== undefined;
  const position_m = moves && !at.equals(held.at) ? vec(at) : undefined;
  const angle = ((motion.angle_rad ?? 0) * 180) / Math.PI;
  const turns = motion.angle_rad !== undefined && Math.abs(angle) > 1e-3;
  const facing = turns ? wrapped((held.facing_deg ?? 0) + angle) : undefined;
  const aim = held.aim && turns ? vec(aimOf(held, motion, at)) : undefined;
  const put = position_m && { position_m };
  const along = motion.whole && motion.by && held.aim;
  const looked = aim ?? (along ? vec(along.clone().add(motion.by)) : undefined);
  switch (item.kind) {
    case "camera": {
      if (!put && !looked) return undefined;
      const seen = looked && { target_m: looked };
      return { kind: "move_key", shot, index: item.index, ...put, ...seen };
    }
    case "target":
      return position_m
        ? { kind: "move_key", shot, index: item.index, target_m: position_m }
        : undefined;
    case "tangent": {
      const tangent = at
        .clone()
        .sub(held.aim ?? at)
        .multiplyScalar(HANDLE_SHARE);
      const tangent_m = vec(tangent);
      return position_m
        ? { kind: "move_key", shot, index: item.index, tangent_m }
        : undefined;
    }
    case "mark": {
      if (!put && facing === undefined) return undefined;
      const { character, index } = item;
      const faces = facing === undefined ? undefined : { facing_deg: facing };
      return { kind: "move_mark", scene, character, index, ...put, ...faces };
    }
    case "light": {
      if (!put && !looked) return undefined;
      const shines = looked && { aim_m: looked };
      return { kind: "set_light", scene, light: item.id, ...put, ...shines };
    }
    case "aim":
      return position_m
        ? { kind: "set_light", scene, light: item.id, aim_m: position_m }
        : undefined;
    case "piece": {
      const size_m = motion.factor && held.size_m && scaled(held.size_m, motion.factor);
      if (!put && facing === undefined && !size_m) return undefined;
      // Moved, turned or sized: hands do one of them at a time.
      if (size_m) return { kind: "dress_piece", scene, piece: item.id, size_m };
      const faces = facing === undefined ? undefined : { yaw_deg: facing };
      return { kind: "place_piece", scene, piece: item.id, ...put, ...faces };
    }
    default:
      return undefined;
  }
}

/** One edit for all that is held: what is lowest first, so that what it carries follows. */
export function editsOf(
  all: readonly Held[],
  motion: Motion,
  scene: string,
  shot: string,
): Edit | undefined {
  const order = ["piece", "light", "aim", "mark", "camera", "target", "tangent"];
  const sorted = [...all].sort(
    (a, b) =>
      order.indexOf(a.item.kind) - order.indexOf(b.item.kind) || a.at.y - b.at.y,
  );
  const whole = motion.whole ?? all.length > 1;
  const said = { ...motion, whole };
  const edits = sorted.flatMap((held) => editOf(held, said, scene, shot) ?? []);
  const [only] = edits;
  return edits.length > 1 ? { kind: "together", edits } : only;
}

/** The middle of what is held, on the ground where all of it is. */
export function middleOf(all: readonly Held[]): Vector3 {
  const middle = new Vector3();
  for (const { at } of all) middle.addScaledVector(at, 1 / all.length);
  return middle;
}

/** What was looked at before a turn is left for what lies the same way after it. */
function aimOf(held: Held, motion: Motion, at: Vector3): Vector3 {
  const aim = held.aim ?? at;
  const sight = aim.clone().sub(held.at);
  return at.clone().add(rotated(sight, motion.angle_rad ?? 0));
}

function turnedAbout(at: Vector3, { angle_rad, middle }: Motion): Vector3 {
  if (angle_rad === undefined || !middle) return at.clone();
  return rotated(at.clone().sub(middle), angle_rad).add(middle);
}

function rotated({ x, y, z }: Vector3, angle: number): Vector3 {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return new Vector3(x * cos + z * sin, y, z * cos - x * sin);
}

function scaled(size: Vec3, factor: Vec3): Vec3 {
  const side = (i: 0 | 1 | 2) => round(Math.max(size[i] * factor[i], 0.01));
  return [side(0), side(1), side(2)];
}

function wrapped(degrees: number): number {
  return Math.round((((((degrees + 180) % 360) + 360) % 360) - 180) * 100) / 100;
}

function vec({ x, y, z }: Vector3): Vec3 {
  return [round(x), round(y), round(z)];
}

function round(metres: number): number {
  return Math.round(metres * 1000) / 1000;
}
