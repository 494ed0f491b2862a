// One pointer drag: one drag id, one step of history, Esc cancels it.

import { type Studio, settle } from "./context";
import type { Edit } from "./edits";

export interface Moved {
  /** From where the drag began, CSS pixels. */
  readonly dx: number;
  readonly dy: number;
  readonly event: PointerEvent;
}

export interface DragEvents {
  /** Say what the drag means by now: null is as it was before, undefined nothing else. */
  edit(moved: Moved): Edit | null | undefined;
  /** The drag ended or was cancelled. */
  end?(cancelled: boolean): void;
  /** It was a click: the pointer never left its place. */
  click?(event: PointerEvent): void;
}

const CLICK_PX = 3;

/** Follow a pressed pointer until it is let go. */
export function follow(studio: Studio, down: PointerEvent, events: DragEvents): void {
  const { store, cancelDrag } = studio;
  settle(studio);
  // A second finger or button joins no drag and begins none.
  if (cancelDrag.value) return;
  const target = down.currentTarget as HTMLElement;
  const drag = store.newDrag();
  let latest: Edit | undefined;
  let moved = false;
  target.setPointerCapture(down.pointerId);
  const own = (act: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === down.pointerId) act(event);
  };
  const say = (by: Moved) => {
    const now = events.edit(by);
    if (now === null && latest) store.link.cancel(drag);
    latest = now === null ? undefined : (now ?? latest);
  };
  const move = own((event) => {
    const dx = event.clientX - down.clientX;
    const dy = event.clientY - down.clientY;
    if (!moved && Math.hypot(dx, dy) < CLICK_PX) return;
    moved = true;
    store.dragging.value = drag;
    say({ dx, dy, event });
    if (latest) store.link.drag(latest, drag);
  });
  const stop = () => {
    window.removeEventListener("pointermove", move, true);
    window.removeEventListener("pointerup", up, true);
    window.removeEventListener("pointercancel", lost, true);
    target.removeEventListener("lostpointercapture", lost);
    if (target.hasPointerCapture(down.pointerId))
      target.releasePointerCapture(down.pointerId);
    cancelDrag.value = undefined;
    store.dragging.value = "";
  };
  const up = own((event) => {
    // The last move may have been swallowed: where it is let go counts.
    if (moved) {
      const [dx, dy] = [event.clientX - down.clientX, event.clientY - down.clientY];
      say({ dx, dy, event });
    }
    stop();
    if (latest) store.link.drop(latest, drag);
    else if (!moved) events.click?.(event);
    events.end?.(false);
  });
  const cancel = () => {
    stop();
    if (latest) store.link.cancel(drag);
    events.end?.(true);
  };
  const lost = own(cancel);
  cancelDrag.value = cancel;
  // At the window: what was taken hold of may be drawn anew, and another be there.
  window.addEventListener("pointermove", move, true);
  window.addEventListener("pointerup", up, true);
  window.addEventListener("pointercancel", lost, true);
  target.addEventListener("lostpointercapture", lost);
}
