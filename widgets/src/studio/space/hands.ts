// Dragging on the stage: handles in every pane, the gizmo in the perspective.

import { Vector3 } from "three";
import { type Studio, settle } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";
import { keyOf, moveTo, placeOf, snap, turnBy } from "./items";
import type { Pane } from "./panes";
import type { Space } from "./space";

/** Let a pane's pointer select, and drag what it takes hold of. */
export function hold(studio: Studio, space: Space, pane: Pane): () => void {
  const { store } = studio;
  const { element } = pane;
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || event.altKey || space.gizmo.axis) return;
    const item = space.pick(pane, event);
    const handle = item && space.handles.find(({ key }) => key === keyOf(item));
    if (!item || !handle) return clicked(studio, event, () => item);
    // Before the controls see it: taking hold of a thing turns no view.
    event.stopImmediatePropagation();
    store.selected.value = item;
    const start = handle.at.clone();
    const from = space.meet(pane, event, start);
    if (!from) return;
    follow(studio, event, {
      edit({ event: now }): Edit | undefined {
        const to = space.meet(pane, now, start);
        if (!to) return undefined;
        let at = start.clone().add(to.sub(from));
        if (handle.grounded) at = at.setY(0);
        if (handle.grounded && !now.ctrlKey) at = snap(at, store.place.value);
        space.dragged = { key: handle.key, at };
        space.dress(store.place.value ?? undefined, item);
        return moveTo(store, item, at);
      },
      end(cancelled) {
        // What was let go stays there until the kernel says where it is.
        if (cancelled) space.dragged = undefined;
        space.dress(store.place.value ?? undefined, store.selected.value);
        space.dragged = undefined;
      },
    });
  };
  element.addEventListener("pointerdown", down, true);
  return () => element.removeEventListener("pointerdown", down, true);
}

const CLICK_PX = 3;

/** A press that does not move selects what it was on; one that moves turns the view. */
function clicked(
  studio: Studio,
  down: PointerEvent,
  item: () => Studio["store"]["selected"]["value"] | undefined,
): void {
  const up = (event: PointerEvent) => {
    const moved = Math.hypot(
      event.clientX - down.clientX,
      event.clientY - down.clientY,
    );
    if (moved < CLICK_PX) studio.store.selected.value = item() ?? { kind: "nothing" };
  };
  window.addEventListener("pointerup", up, { once: true });
}

/** Turn what the gizmo does into the edits of one drag. */
export function releaseGizmo(studio: Studio, space: Space): () => void {
  const { store, cancelDrag } = studio;
  const { gizmo, held } = space;
  const start = new Vector3();
  let drag = "";
  let latest: Edit | undefined;
  const end = (cancelled: boolean) => {
    if (!drag) return;
    if (latest && cancelled) store.link.cancel(drag);
    else if (latest) store.link.drop(latest, drag);
    drag = "";
    latest = undefined;
    cancelDrag.value = undefined;
    store.dragging.value = "";
    space.dragged = undefined;
    held.rotation.set(0, 0, 0);
    if (cancelled) held.position.copy(start);
  };
  const dragging = ({ value }: { value: unknown }) => {
    for (const pane of space.panes) pane.controls.enabled = !value;
    if (!value) return end(false);
    settle(studio);
    start.copy(held.position);
    drag = store.newDrag();
    store.dragging.value = drag;
    cancelDrag.value = () => {
      end(true);
      gizmo.detach();
    };
  };
  const changed = () => {
    const item = store.selected.value;
    if (!drag) return;
    if (gizmo.mode === "rotate") {
      latest = turnBy(store, item, held.rotation.y) ?? latest;
    } else {
      const at = held.position.clone();
      if (placeOf(store, item)?.grounded && item.kind === "mark") at.setY(0);
      space.dragged = { key: keyOf(item), at };
      space.dress(store.place.value ?? undefined, item);
      latest = moveTo(store, item, at) ?? latest;
    }
    if (latest) store.link.drag(latest, drag);
  };
  gizmo.addEventListener("dragging-changed", dragging);
  gizmo.addEventListener("objectChange", changed);
  return () => {
    gizmo.removeEventListener("dragging-changed", dragging);
    gizmo.removeEventListener("objectChange", changed);
    if (drag) end(true);
  };
}
