// One pointer drag: one drag id, one step of history, Esc cancels it.

import type { Studio } from "./context";
import type { Edit } from "./edits";

export interface Moved {
  /** From where the drag began, CSS pixels. */
  readonly dx: number;
  readonly dy: number;
  readonly event: PointerEvent;
}

export interface DragEvents {
  /** Say what the drag means by now; nothing where it means nothing. */
  edit(moved: Moved): Edit | undefined;
  /** The drag ended or was cancelled. */
  end?(cancelled: boolean): void;
  /** It was a click: the pointer never left its place. */
  click?(event: PointerEvent): void;
}

const CLICK_PX = 3;

/** Follow a pressed pointer until it is let go. */
export function follow(studio: Studio, down: PointerEvent, events: DragEvents): void {
  const { store, cancelDrag } = studio;
  const target = down.currentTarget as HTMLElement;
  const drag = store.newDrag();
  let latest: Edit | undefined;
  let moved = false;
  target.setPointerCapture(down.pointerId);
  const move = (event: PointerEvent) => {
    const dx = event.clientX - down.clientX;
    const dy = event.clientY - down.clientY;
    if (!moved && Math.hypot(dx, dy) < CLICK_PX) return;
    moved = true;
    store.dragging.value = drag;
    latest = events.edit({ dx, dy, event }) ?? latest;
    if (latest) store.link.drag(latest, drag);
  };
  const stop = () => {
    target.removeEventListener("pointermove", move);
    target.removeEventListener("pointerup", up);
    target.removeEventListener("pointercancel", cancel);
    target.removeEventListener("lostpointercapture", cancel);
    if (target.hasPointerCapture(down.pointerId))
      target.releasePointerCapture(down.pointerId);
    cancelDrag.value = undefined;
    store.dragging.value = "";
  };
  const up = (event: PointerEvent) => {
    stop();
    if (latest) store.link.drop(latest, drag);
    else if (!moved) events.click?.(event);
    events.end?.(false);
  };
  const cancel = () => {
    stop();
    if (latest) store.link.cancel(drag);
    events.end?.(true);
  };
  cancelDrag.value = cancel;
  target.addEventListener("pointermove", move);
  target.addEventListener("pointerup", up);
  target.addEventListener("pointercancel", cancel);
  target.addEventListener("lostpointercapture", cancel);
}
