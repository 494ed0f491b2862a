// Says where things of the stage are on the screen, to whoever drives the page: a test
// or a measurement, which sees pixels alone.

import type { Space } from "./space";

/** Dispatched on `.ps-views` with an empty object; these are put into it. */
export const WHERE = "previz-where";

export interface Where {
  /** What the browser draws with, and whether that is no graphics card. */
  device: string;
  software: boolean;
  /** Frames drawn so far, what they took together and the last ones each. */
  drawn: number;
  spentMs: number;
  costMs: number;
  /** What can be taken hold of, in CSS pixels of the page. */
  handles: { key: string; pane: string; x: number; y: number }[];
}

export function answerWhere(space: Space, element: HTMLElement): () => void {
  const answer = (event: Event) => {
    const { painter, panes, handles } = space;
    const { pace, device, software } = painter;
    const { drawn, spentMs, costMs } = pace;
    const places = panes.flatMap((pane) => {
      const { left, top } = pane.element.getBoundingClientRect();
      return handles.flatMap(({ key, at }) => {
        const on = pane.toScreen(at);
        return on ? [{ key, pane: pane.kind, x: on.x + left, y: on.y + top }] : [];
      });
    });
    const told: Where = { device, software, drawn, spentMs, costMs, handles: places };
    Object.assign((event as CustomEvent<object>).detail, told);
  };
  element.addEventListener(WHERE, answer);
  return () => element.removeEventListener(WHERE, answer);
}
