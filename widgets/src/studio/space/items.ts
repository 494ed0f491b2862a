// What can be taken hold of on the stage by a badge of its own.

import { Vector3 } from "three";
import type { PlaceSent } from "../../messages";
import type { Shot } from "../../schema";
import type { Laid } from "../../stage/laid";
import type { Vec3 } from "../edits";
import type { OpenStage, Selection } from "../state";
import { keyOf } from "./choice";
import { heldOf } from "./grab";

export interface Handle {
  readonly key: string;
  readonly item: Selection;
  readonly at: Vector3;
}

function handle(item: Selection, [x, y, z]: Vec3): Handle {
  return { key: keyOf(item), item, at: new Vector3(x, y, z) };
}

/** The camera's keys, everybody's marks and the lamps; of what is chosen, its aim. */
export function handlesOf(
  shot: Shot | undefined,
  place: PlaceSent | undefined,
  chosen: readonly Selection[],
): Handle[] {
  const aims = (kinds: readonly string[]) =>
    chosen.filter(({ kind }) => kinds.includes(kind));
  const cameras = aims(["camera", "target", "tangent"]);
  const indices = new Set(cameras.map((one) => indexOf(one)));
  const lamps = new Set(
    aims(["light", "aim"]).map((one) => ("id" in one ? one.id : "")),
  );
  const keys = (shot?.camera.poses ?? []).flatMap((pose, index) => [
    handle({ kind: "camera", index }, pose.position_m),
    ...(indices.has(index) ? aimsOf(shot, index, pose.target_m) : []),
  ]);
  const marks = (place?.blocking ?? []).flatMap(({ character, marks }) =>
    marks.map((mark, index) =>
      handle({ kind: "mark", character, index }, mark.position_m),
    ),
  );
  const lights = (place?.lights ?? [])
    .filter(({ kind }) => kind === "area" || kind === "point")
    .flatMap(({ id, position_m, aim_m }) => [
      handle({ kind: "light", id }, position_m),
      ...(lamps.has(id) ? [handle({ kind: "aim", id }, aim_m)] : []),
    ]);
  return [...keys, ...marks, ...lights];
}

/** What a key looks at, and the handle of the path there. */
function aimsOf(shot: Shot | undefined, index: number, target: Vec3): Handle[] {
  const tangent: Selection = { kind: "tangent", index };
  const held = heldOf(tangent, shot, undefined);
  const bend = held ? [{ key: held.key, item: tangent, at: held.at }] : [];
  return [handle({ kind: "target", index }, target), ...bend];
}

function indexOf(item: Selection): number {
  return "index" in item ? item.index : -1;
}

/** What a set is built of: one chooses it in the list, never by a click past things. */
const BUILT = new Set([
  "wall",
  "facade",
  "floor",
  "ground",
  "ceiling",
  "cornice",
  "beams",
  "ducts",
  "dado",
  "road",
  "sidewalk",
  "marking",
  "water",
  "foam",
  "hill",
  "mesa",
  "grass",
]);

export function isBuilt(kind: string): boolean {
  return BUILT.has(kind);
}

/** Where each piece was as the set was baked. */
export function bakedAs(opened: OpenStage | undefined): Laid[] {
  const runs = opened?.stage.header.set_mesh.runs ?? [];
  return runs.map(({ piece, ...laid }) => ({ ...laid, id: piece }));
}
