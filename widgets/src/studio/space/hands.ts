// Hands in a pane: click and Shift-click choose, a frame chooses many, a drag moves.

import type { Vector3 } from "three";
import { type Studio, settle } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";
import type { Selection } from "../state";
import { keyOf } from "./choice";
import { editsOf, type Held, type Motion } from "./grab";
import type { Pane } from "./panes";
import { snapped } from "./snap";
import type { Space } from "./space";

/** These show what they are taken by; of others only what is chosen is dragged. */
const HANDLED = new Set(["camera", "target", "mark", "light", "aim", "tangent"]);
const CLICK_PX = 3;

/** Let a pane's pointer choose, and drag what it takes hold of. */
export function hold(studio: Studio, space: Space, pane: Pane): () => void {
  const { choice } = studio.store;
  const { element } = pane;
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || event.altKey || space.gizmo.axis) return;
    // What is given back to the view turns or shifts it.
    const mine = () => event.stopImmediatePropagation();
    const item = space.pick(pane, event);
    if (!item && (event.shiftKey || studio.gizmo.value === "select")) {
      mine();
      return band(studio, space, pane, event);
    }
    if (event.shiftKey && item) {
      mine();
      return clicked(event, () => choice.toggle(item));
    }
    const chosen = item !== undefined && choice.keys.value.has(keyOf(item));
    if (!item || (!chosen && !HANDLED.has(item.kind)))
      return clicked(event, () => choice.put(item ? [item] : []));
    mine();
    if (!chosen) choice.put([item]);
    drag(studio, space, pane, event, item, chosen);
  };
  const over = (event: PointerEvent) => {
    if (event.buttons) return;
    const found = space.handleAt(pane, event);
    element.style.cursor = found ? "grab" : "";
  };
  element.addEventListener("pointerdown", down, true);
  element.addEventListener("pointermove", over);
  return () => {
    element.removeEventListener("pointerdown", down, true);
    element.removeEventListener("pointermove", over);
  };
}

/** A press that does not move is a click; one that moves turns the view. */
function clicked(down: PointerEvent, act: () => void): void {
  const up = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    window.removeEventListener("pointerup", up);
    window.removeEventListener("pointercancel", up);
    const { clientX: x, clientY: y } = down;
    const near = Math.hypot(event.clientX - x, event.clientY - y) < CLICK_PX;
    if (near && event.type === "pointerup") act();
  };
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", up);
}

/** Drag everything that is chosen, by the thing that is under the pointer. */
function drag(
  studio: Studio,
  space: Space,
  pane: Pane,
  down: PointerEvent,
  item: Selection,
  chosen: boolean,
): void {
  const { store } = studio;
  const all = space.grabbed();
  const lead = all.find(({ item: own }) => sameThing(own, item)) ?? all[0];
  const from = lead && space.meet(pane, down, lead.at);
  if (!lead || !from) return;
  follow(studio, down, {
    edit({ event }): Edit | null | undefined {
      const to = space.meet(pane, event, lead.at);
      if (!to) return undefined;
      const motion = dragged(studio, space, pane, lead, to.sub(from), event);
      space.moving = { all, motion };
      space.dress();
      const scene = store.place.value?.scene ?? "";
      // Drawn back to where it was, it is there to the last digit.
      return editsOf(all, motion, scene, store.track.value?.shot.id ?? "") ?? null;
    },
    click() {
      // Of several, the one that is clicked stays.
      if (chosen) store.choice.put([item]);
    },
    end(cancelled) {
      space.hint.value = undefined;
      // What was let go stays there until the kernel says where it is.
      if (cancelled) space.moving = undefined;
      space.dress();
      space.moving = undefined;
    },
  });
}

/** What a drag by so much means for all that is held, with what it is drawn to. */
function dragged(
  studio: Studio,
  space: Space,
  pane: Pane,
  lead: Held,
  by: Vector3,
  event: PointerEvent,
): Motion {
  const { store } = studio;
  const free = lead.at.clone().add(by);
  if (lead.item.kind === "mark") free.setY(lead.at.y);
  const on = store.snaps.value !== (event.ctrlKey || event.metaKey);
  const name = (id: string) => store.nameOf(id);
  const place = store.place.value ?? undefined;
  const drawn = on
    ? snapped(lead, free, place, store.frame.value, name)
    : { at: free, words: "" };
  const { x, y } = pane.pointer(event);
  const far = drawn.at.distanceTo(lead.at);
  space.hint.value = {
    pane: pane.kind,
    x,
    y,
    text: `${far.toFixed(2)} m`,
    snap: drawn.words,
    free: !store.snaps.value,
  };
  space.guide = drawn.guide;
  return { by: drawn.at.clone().sub(lead.at) };
}

/** Whether a held thing stands for another: a person is held by a mark. */
function sameThing(own: Selection, item: Selection): boolean {
  if (item.kind === "character" && own.kind === "mark")
    return own.character === item.id;
  return keyOf(own) === keyOf(item);
}

/** Draw a frame; what is in it is chosen, with Shift beside what was. */
function band(studio: Studio, space: Space, pane: Pane, down: PointerEvent): void {
  const { store, cancelDrag } = studio;
  settle(studio);
  if (cancelDrag.value) return;
  const { element } = pane;
  const from = pane.pointer(down);
  const box = document.createElement("div");
  box.className = "ps-band";
  element.append(box);
  element.setPointerCapture(down.pointerId);
  const corners = (event: PointerEvent) => {
    const to = pane.pointer(event);
    const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
    const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    return { left, right, top, bottom };
  };
  const move = (event: PointerEvent) => {
    const { left, right, top, bottom } = corners(event);
    Object.assign(box.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${right - left}px`,
      height: `${bottom - top}px`,
    });
  };
  const stop = () => {
    box.remove();
    cancelDrag.value = undefined;
    element.removeEventListener("pointermove", move);
    element.removeEventListener("pointerup", up);
    element.removeEventListener("lostpointercapture", stop);
  };
  const up = (event: PointerEvent) => {
    const rect = corners(event);
    stop();
    const click =
      rect.right - rect.left < CLICK_PX && rect.bottom - rect.top < CLICK_PX;
    const found = click ? [] : space.within(pane, rect);
    const before = event.shiftKey ? store.choice.all.value : [];
    const old = new Set(before.map(keyOf));
    store.choice.put([...before, ...found.filter((one) => !old.has(keyOf(one)))]);
  };
  cancelDrag.value = stop;
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", up);
  element.addEventListener("lostpointercapture", stop);
}
