// Brings what is taken from the shelf to the stage: where, how turned, at what aimed.

import { PerspectiveCamera, Vector3 } from "three";
import type { ShelfLamp, ShelfPiece } from "../../messages";
import { type Studio, settle } from "../context";
import type { Edit, Vec3 } from "../edits";
import { chooseNew } from "./commands";
import type { Pane } from "./panes";
import type { Space } from "./space";

export type Brought =
  | { kind: "piece"; piece: ShelfPiece }
  | { kind: "lamp"; lamp: ShelfLamp }
  | { kind: "person"; character: string }
  | { kind: "camera"; focal_length_mm: number };

/** Where something is let go; without one, under the middle of the view. */
export interface Drop {
  readonly pane: Pane;
  readonly event: PointerEvent;
}

export interface Landing {
  readonly at: Vector3;
  /** Of the surface there. */
  readonly normal: Vector3;
}

const LAMP_HIGH_M = 2.3;
const EYES_M = 1.2;
const CAMERA_HIGH_M = 1.5;

export function bring(studio: Studio, space: Space, what: Brought, drop?: Drop): void {
  const { store } = studio;
  const edit = editOf(studio, space, what, drop);
  if (!edit) return;
  settle(studio);
  chooseNew(store);
  store.link.edit(edit);
}

function editOf(
  studio: Studio,
  space: Space,
  what: Brought,
  drop: Drop | undefined,
): Edit | undefined {
  const { store } = studio;
  const scene = store.place.value?.scene;
  const world = space.world;
  if (!scene || !world) return undefined;
  const landed = drop ? space.landing(drop.pane, drop.event) : space.centre();
  const middle = world.middle.clone().setY(EYES_M);
  switch (what.kind) {
    case "piece": {
      const place = landing(landed, what.piece);
      return { kind: "add_piece", scene, stock: what.piece.name, ...place };
    }
    case "person": {
      const position_m = vec(landed.at.clone().setY(0));
      const facing_deg = bearing(landed.at, middle);
      const { character } = what;
      return { kind: "add_person", scene, character, position_m, facing_deg };
    }
    case "lamp": {
      const position_m = vec(hung(space, landed.at, drop !== undefined));
      const aim = drop ? middle : landed.at.clone().setY(EYES_M);
      const aim_m = vec(aim);
      return { kind: "add_light", scene, stock: what.lamp.name, position_m, aim_m };
    }
    case "camera": {
      const shot = store.track.value?.shot.id;
      const eye = drop ? undefined : eyeOf(space);
      const at = eye?.at ?? landed.at.clone().setY(CAMERA_HIGH_M);
      const target = eye?.target ?? middle;
      if (!shot || at.distanceTo(target) < 0.05) return undefined;
      return {
        kind: "add_camera",
        shot,
        at_frame: store.shotFrame.value,
        position_m: vec(at),
        target_m: vec(target),
        focal_length_mm: what.focal_length_mm,
      };
    }
  }
}

/** What hangs goes flat against the wall that it is let go on; all else stands. */
export function landing(
  { at, normal }: Landing,
  piece: Pick<ShelfPiece, "high_m" | "size_m">,
): { position_m: Vec3; yaw_deg: number } {
  const wall = Math.abs(normal.y) < 0.5;
  if (piece.high_m && wall) {
    const off = piece.size_m[2] / 2 + 0.005;
    const on = at.clone().addScaledVector(normal, off);
    const y = Math.max(at.y - piece.size_m[1] / 2, 0);
    return {
      position_m: vec(on.setY(y)),
      yaw_deg: bearing(new Vector3(), normal),
    };
  }
  if (piece.high_m)
    return { position_m: vec(at.clone().setY(piece.high_m)), yaw_deg: 0 };
  if (!wall) return { position_m: vec(at), yaw_deg: 0 };
  // Before a wall it stands with its back to it.
  const before = at.clone().addScaledVector(normal, piece.size_m[2] / 2 + 0.02);
  return {
    position_m: vec(before.setY(0)),
    yaw_deg: bearing(new Vector3(), normal),
  };
}

/** Above where it is let go; else to the left of the view, on its side of the action. */
function hung(space: Space, at: Vector3, dropped: boolean): Vector3 {
  if (dropped) return at.clone().setY(Math.max(at.y, LAMP_HIGH_M));
  const pane = space.panes.find(({ kind }) => kind === "perspective");
  const back = new Vector3(0.5, 0, 1);
  if (pane) back.copy(pane.camera.position).sub(at);
  back.setY(0).normalize();
  const left = new Vector3(-back.z, 0, back.x);
  return at
    .clone()
    .addScaledVector(back, 1.5)
    .addScaledVector(left, 1.2)
    .setY(LAMP_HIGH_M);
}

/** Where the perspective stands, and what it looks at. */
function eyeOf(space: Space): { at: Vector3; target: Vector3 } | undefined {
  const pane = space.panes.find(({ camera }) => camera instanceof PerspectiveCamera);
  if (!pane) return undefined;
  return { at: pane.camera.position.clone(), target: pane.controls.target.clone() };
}

function bearing(from: Vector3, to: Vector3): number {
  const degrees = (Math.atan2(to.x - from.x, to.z - from.z) * 180) / Math.PI;
  return Math.round(degrees * 10) / 10;
}

function vec({ x, y, z }: Vector3): Vec3 {
  const round = (metres: number) => Math.round(metres * 1000) / 1000;
  return [round(x), round(y), round(z)];
}
