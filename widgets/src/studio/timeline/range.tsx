// What is picked, as a bar over the ruler whose ends spread it over other time.

import type { Extent } from "./keys";
import { extent } from "./keys";
import { type Lane, left, place } from "./lane";
import type { Picking } from "./picking";

export function PickedRange({ lane, picking }: { lane: Lane; picking: Picking }) {
  const whole = extent(picking.picked);
  if (!whole) return null;
  return (
    <>
      <i class="ps-range-bar" style={place(lane, whole.first, whole.last)} />
      <End lane={lane} picking={picking} whole={whole} end="first" />
      <End lane={lane} picking={picking} whole={whole} end="last" />
    </>
  );
}

function End(props: {
  lane: Lane;
  picking: Picking;
  whole: Extent;
  end: "first" | "last";
}) {
  const { lane, picking, whole, end } = props;
  const which = end === "first" ? "First" : "Last";
  return (
    <button
      type="button"
      class="ps-range-end"
      data-end={end}
      style={left(lane, whole[end])}
      aria-label={`${which} of the picked keys`}
      title={`${which} picked key at frame ${whole[end]}. Drag, or ← and →, to spread the picked keys over more or less time`}
      onPointerDown={(event) => picking.stretch(lane, end, event)}
      onKeyDown={(event) => {
        const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!by) return;
        event.preventDefault();
        event.stopPropagation();
        picking.widen(end, by * (event.shiftKey ? 10 : 1));
      }}
      onBlur={() => picking.settle()}
    />
  );
}

/** Drag over empty rows: the keys in the rectangle are picked, with Shift more. */
export function marquee(
  down: PointerEvent & { currentTarget: HTMLElement },
  picking: Picking,
  show: (box: DOMRect | undefined) => void,
): void {
  const { currentTarget: lanes, pointerId } = down;
  const before = down.shiftKey ? picking.picked.map(({ name }) => name) : [];
  let moved = false;
  const own = (act: (event: PointerEvent) => void) => (event: PointerEvent) => {
    if (event.pointerId === pointerId) act(event);
  };
  const move = own((event) => {
    const box = new DOMRect(
      Math.min(event.clientX, down.clientX),
      Math.min(event.clientY, down.clientY),
      Math.abs(event.clientX - down.clientX),
      Math.abs(event.clientY - down.clientY),
    );
    if (!moved && Math.hypot(box.width, box.height) < 4) return;
    moved = true;
    show(box);
    const inside = [...lanes.querySelectorAll<HTMLElement>("[data-key]")].filter(
      (key) => meets(box, key.getBoundingClientRect()),
    );
    picking.pick([...before, ...inside.map((key) => key.dataset.key ?? "")]);
  });
  const stop = own(() => {
    window.removeEventListener("pointermove", move, true);
    window.removeEventListener("pointerup", stop, true);
    window.removeEventListener("pointercancel", stop, true);
    show(undefined);
    if (!moved) picking.pick(before);
  });
  window.addEventListener("pointermove", move, true);
  window.addEventListener("pointerup", stop, true);
  window.addEventListener("pointercancel", stop, true);
}

function meets(a: DOMRect, b: DOMRect): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
