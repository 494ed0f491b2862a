// How many pixels of the screen one of CSS is: another on another screen, or zoomed.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const MOST = 2;

/** Call back whenever the page's pixels are denser or coarser; returns what ends that. */
export function watchDensity(changed: () => void): () => void {
  let media: MediaQueryList | undefined;
  const listen = () => {
    media?.removeEventListener("change", hear);
    // A query says that its own density is over, and nothing of the next one.
    media = window.matchMedia(`(resolution: ${window.devicePixelRatio || 1}dppx)`);
    media.addEventListener("change", hear);
  };
  const hear = () => {
    listen();
    changed();
  };
  listen();
  return () => media?.removeEventListener("change", hear);
}

/** Pixels for each of CSS, no more than are worth their cost. */
export function useDensity(): Signal<number> {
  const density = useSignal(dense());
  useEffect(
    () =>
      watchDensity(() => {
        density.value = dense();
      }),
    [],
  );
  return density;
}

function dense(): number {
  return Math.min(window.devicePixelRatio || 1, MOST);
}
