// What can be taken hold of on the stage, and what taking hold of it means.

import { Vector3 } from "three";
import type { PlaceSent } from "../../messages";
import type { Shot } from "../../schema";
import { add, subtract } from "../camera";
import type { Edit, Vec3 } from "../edits";
import type { Selection } from "../state";
import type { Store } from "../store";

export interface Handle {
  readonly key: string;
  readonly item: Selection;
  readonly at: Vector3;
  /** It keeps to the floor. */
  readonly grounded: boolean;
}

export function keyOf(item: Selection): string {
  return JSON.stringify(item);
}

function handle(item: Selection, [x, y, z]: Vec3, grounded: boolean): Handle {
  return { key: keyOf(item), item, at: new Vector3(x, y, z), grounded };
}

/** The camera's keys, everybody's marks and the lamps. */
export function handlesOf(
  shot: Shot | undefined,
  place: PlaceSent | undefined,
): Handle[] {
  const keys = (shot?.camera.poses ?? []).map((pose, index) =>
    handle({ kind: "camera", index }, pose.position_m, false),
  );
  const marks = (place?.blocking ?? []).flatMap(({ character, marks }) =>
    marks.map((mark, index) =>
      handle({ kind: "mark", character, index }, mark.position_m, true),
    ),
  );
  const lights = (place?.lights ?? [])
    .filter(({ kind }) => kind === "area" || kind === "point")
    .map(({ id, position_m }) => handle({ kind: "light", id }, position_m, false));
  return [...keys, ...marks, ...lights];
}

/** Where the selected thing is, for a gizmo; undefined where it has no place. */
export function placeOf(store: Store, item: Selection): Handle | undefined {
  const place = store.place.value ?? undefined;
  const own = handlesOf(store.track.value?.shot, place).find(
    ({ key }) => key === keyOf(item),
  );
  if (own) return own;
  if (item.kind !== "piece") return undefined;
  const piece = place?.set.pieces.find(({ id }) => id === item.id);
  return piece ? handle(item, piece.position_m, true) : undefined;
}

/** The edit that puts an item somewhere else. */
export function moveTo(store: Store, item: Selection, to: Vector3): Edit | undefined {
  const position_m: Vec3 = [round(to.x), round(to.y), round(to.z)];
  const shot = store.track.value?.shot;
  const scene = store.place.value?.scene;
  if (item.kind === "camera" && shot)
    return { kind: "move_key", shot: shot.id, index: item.index, position_m };
  if (!scene) return undefined;
  if (item.kind === "mark") {
    const { character, index } = item;
    const floor: Vec3 = [position_m[0], 0, position_m[2]];
    return { kind: "move_mark", scene, character, index, position_m: floor };
  }
  if (item.kind === "light")
    return { kind: "set_light", scene, light: item.id, position_m };
  if (item.kind === "piece")
    return { kind: "place_piece", scene, piece: item.id, position_m };
  return undefined;
}

/** The edit that turns an item by an angle about the vertical. */
export function turnBy(
  store: Store,
  item: Selection,
  angle_rad: number,
): Edit | undefined {
  const shot = store.track.value?.shot;
  const place = store.place.value;
  const degrees = (angle_rad * 180) / Math.PI;
  if (item.kind === "camera" && shot) {
    const pose = shot.camera.poses[item.index];
    if (!pose) return undefined;
    const sight = turned(subtract(pose.target_m, pose.position_m), angle_rad);
    const target_m = add(pose.position_m, sight);
    return { kind: "move_key", shot: shot.id, index: item.index, target_m };
  }
  if (!place) return undefined;
  const { scene } = place;
  if (item.kind === "mark") {
    const { character, index } = item;
    const mark = place.blocking.find((one) => one.character === character)?.marks[
      index
    ];
    const facing_deg = wrapped((mark?.facing_deg ?? 0) + degrees);
    return { kind: "move_mark", scene, character, index, facing_deg };
  }
  if (item.kind === "piece") {
    const piece = place.set.pieces.find(({ id }) => id === item.id);
    const yaw_deg = wrapped((piece?.yaw_deg ?? 0) + degrees);
    return { kind: "place_piece", scene, piece: item.id, yaw_deg };
  }
  if (item.kind === "light") {
    const light = place.lights.find(({ id }) => id === item.id);
    if (!light) return undefined;
    const throwing = turned(subtract(light.aim_m, light.position_m), angle_rad);
    const aim_m = add(light.position_m, throwing);
    return { kind: "set_light", scene, light: item.id, aim_m };
  }
  return undefined;
}

function turned([x, y, z]: Vec3, angle: number): Vec3 {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [x * cos + z * sin, y, z * cos - x * sin];
}

function wrapped(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

function round(metres: number): number {
  return Math.round(metres * 1000) / 1000;
}

const GRID_M = 0.1;
const SPOT_M = 0.25;

/** A place on the floor, drawn to a spot of the set that is near, else to the grid. */
export function snap(to: Vector3, place: PlaceSent | null): Vector3 {
  for (const { position_m: spot } of place?.set.spots ?? []) {
    if (Math.hypot(spot[0] - to.x, spot[2] - to.z) < SPOT_M)
      return new Vector3(spot[0], to.y, spot[2]);
  }
  const on = (metres: number) => Math.round(metres / GRID_M) * GRID_M;
  return new Vector3(on(to.x), to.y, on(to.z));
}
