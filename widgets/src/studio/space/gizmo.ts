// The gizmo in the perspective: one drag of it is one edit of everything chosen.

import { Vector3 } from "three";
import { type Studio, settle } from "../context";
import type { Edit } from "../edits";
import { editsOf, type Held, type Motion, middleOf } from "./grab";
import { GRID_M } from "./snap";
import type { Space } from "./space";

const TURN_RAD = Math.PI / 36;

/** Put the gizmo on what is chosen, or take it off. */
export function aimGizmo(studio: Studio, space: Space): void {
  const { store, gizmo: mode } = studio;
  const { gizmo, held } = space;
  if (store.dragging.value) return;
  const all = space.grabbed();
  const sizes = mode.value === "size";
  const able = sizes ? all.filter(({ size_m }) => size_m) : all;
  if (!able.length || mode.value === "select") {
    gizmo.detach();
    return;
  }
  held.position.copy(middleOf(able));
  held.rotation.set(0, 0, 0);
  held.scale.set(1, 1, 1);
  const [only] = able;
  if (sizes && able.length === 1 && only)
    held.rotation.y = ((only.facing_deg ?? 0) * Math.PI) / 180;
  const turning = mode.value === "turn";
  gizmo.setMode(turning ? "rotate" : sizes ? "scale" : "translate");
  gizmo.showX = gizmo.showZ = !turning;
  gizmo.showY = turning || sizes || able.some(({ item }) => item.kind !== "mark");
  gizmo.attach(held);
}

/** Turn what the gizmo does into the edits of one drag. */
export function releaseGizmo(studio: Studio, space: Space): () => void {
  const { store, cancelDrag } = studio;
  const { gizmo, held } = space;
  const start = new Vector3();
  let all: readonly Held[] = [];
  let yaw = 0;
  let drag = "";
  let latest: Edit | undefined;
  const snaps = (inverted: boolean) => {
    const on = store.snaps.value !== inverted;
    gizmo.setTranslationSnap(on ? GRID_M : null);
    gizmo.setRotationSnap(on ? TURN_RAD : null);
    gizmo.setScaleSnap(on ? 0.05 : null);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === "Control") snaps(event.type === "keydown");
  };
  const end = (cancelled: boolean) => {
    if (!drag) return;
    if (latest && cancelled) store.link.cancel(drag);
    else if (latest) store.link.drop(latest, drag);
    drag = "";
    latest = undefined;
    cancelDrag.value = undefined;
    space.moving = undefined;
    store.dragging.value = "";
    if (cancelled) space.dress();
  };
  const dragging = ({ value }: { value: unknown }) => {
    for (const pane of space.panes) pane.controls.enabled = !value;
    if (!value) return end(false);
    settle(studio);
    snaps(false);
    start.copy(held.position);
    yaw = held.rotation.y;
    all = space.grabbed();
    drag = store.newDrag();
    store.dragging.value = drag;
    cancelDrag.value = () => {
      end(true);
      gizmo.detach();
    };
  };
  const changed = () => {
    if (!drag) return;
    const motion = motionOf(gizmo.mode, { held, start, yaw });
    space.moving = { all, motion };
    space.dress();
    const scene = store.place.value?.scene ?? "";
    const shot = store.track.value?.shot.id ?? "";
    latest = editsOf(all, motion, scene, shot) ?? latest;
    if (latest) store.link.drag(latest, drag);
  };
  const lost = () => {
    if (!drag) return;
    end(true);
    // It hears of no pointer that the browser takes away.
    gizmo.pointerUp(null);
  };
  gizmo.domElement?.addEventListener("pointercancel", lost);
  gizmo.addEventListener("dragging-changed", dragging);
  gizmo.addEventListener("objectChange", changed);
  window.addEventListener("keydown", key, true);
  window.addEventListener("keyup", key, true);
  return () => {
    gizmo.domElement?.removeEventListener("pointercancel", lost);
    gizmo.removeEventListener("dragging-changed", dragging);
    gizmo.removeEventListener("objectChange", changed);
    window.removeEventListener("keydown", key, true);
    window.removeEventListener("keyup", key, true);
    if (drag) end(true);
  };
}

function motionOf(
  mode: string,
  at: { held: Space["held"]; start: Vector3; yaw: number },
): Motion {
  const { held, start, yaw } = at;
  if (mode === "rotate") return { angle_rad: held.rotation.y - yaw, middle: start };
  const { x, y, z } = held.scale;
  if (mode === "scale") return { factor: [x, y, z] };
  return { by: held.position.clone().sub(start) };
}
