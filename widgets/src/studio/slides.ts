// A slider's slide is one drag: one step of history, and Esc takes it back.

import { useEffect, useRef } from "preact/hooks";
import { type Studio, settle, useStudio } from "./context";
import type { Edit } from "./edits";

interface Slide {
  readonly drag: string;
  latest: Edit;
  over: boolean;
  /** Esc took it back: nothing counts until it is let go. */
  cancelled: boolean;
}

/** Returns what takes a slider's edits; `last` as it is let go. */
export function useSlide(): (edit: Edit, last: boolean) => void {
  const studio = useStudio();
  const slide = useRef<Slide | undefined>(undefined);
  // What slides out of sight is let go: a colour field may never say so.
  useEffect(
    () => () => {
      if (slide.current) drop(studio, slide.current);
    },
    [studio],
  );
  return (edit, last) => {
    if (slide.current?.over && !slide.current.cancelled) slide.current = undefined;
    const now = slide.current ?? begin(studio, edit);
    slide.current = now;
    now.latest = edit;
    if (!now.over && !last) studio.store.link.drag(edit, now.drag);
    if (!last) return;
    drop(studio, now);
    slide.current = undefined;
  };
}

function begin(studio: Studio, latest: Edit): Slide {
  settle(studio);
  const { store, cancelDrag, settleDrag } = studio;
  const drag = store.newDrag();
  const slide: Slide = { drag, latest, over: false, cancelled: false };
  store.dragging.value = slide.drag;
  settleDrag.value = () => drop(studio, slide);
  cancelDrag.value = () => {
    slide.cancelled = true;
    finish(studio, slide);
    store.link.cancel(slide.drag);
  };
  return slide;
}

/** Let go of a slide, unless it is over. */
function drop(studio: Studio, slide: Slide): void {
  if (slide.over) return;
  finish(studio, slide);
  studio.store.link.drop(slide.latest, slide.drag);
}

function finish({ store, cancelDrag, settleDrag }: Studio, slide: Slide): void {
  slide.over = true;
  store.dragging.value = "";
  cancelDrag.value = settleDrag.value = undefined;
}
