// A slider's slide is one drag: one step of history, and Esc takes it back.

import { useRef } from "preact/hooks";
import { type Studio, useStudio } from "./context";
import type { Edit } from "./edits";

interface Slide {
  drag: string;
  cancelled: boolean;
}

/** Returns what takes a slider's edits; `last` as it is let go. */
export function useSlide(): (edit: Edit, last: boolean) => void {
  const studio = useStudio();
  const slide = useRef<Slide | undefined>(undefined);
  return (edit, last) => {
    if (!slide.current) slide.current = begin(studio);
    const { drag, cancelled } = slide.current;
    if (!cancelled) {
      if (last) studio.store.link.drop(edit, drag);
      else studio.store.link.drag(edit, drag);
    }
    if (!last) return;
    if (!cancelled) finish(studio);
    slide.current = undefined;
  };
}

function begin(studio: Studio): Slide {
  const { store, cancelDrag } = studio;
  const slide = { drag: store.newDrag(), cancelled: false };
  store.dragging.value = slide.drag;
  cancelDrag.value = () => {
    slide.cancelled = true;
    store.link.cancel(slide.drag);
    finish(studio);
  };
  return slide;
}

function finish({ store, cancelDrag }: Studio): void {
  store.dragging.value = "";
  cancelDrag.value = undefined;
}
