// A graphics card may drop a view at any time; it comes back, or is made anew.

/** A browser that can restore a context does so within this. */
export const RESTORES_MS = 3_000;

export interface Loss {
  lost(): void;
  /** The context is back, without anything in it. */
  restored(): void;
  /** It did not come back. */
  gone(): void;
}

/** Follow the context of a canvas; returns what ends that. */
export function watchContext(canvas: EventTarget, loss: Loss): () => void {
  let waits: ReturnType<typeof setTimeout> | undefined;
  const lost = (event: Event) => {
    // Else the browser does not restore it.
    event.preventDefault();
    clearTimeout(waits);
    waits = setTimeout(() => loss.gone(), RESTORES_MS);
    loss.lost();
  };
  const restored = () => {
    clearTimeout(waits);
    loss.restored();
  };
  canvas.addEventListener("webglcontextlost", lost);
  canvas.addEventListener("webglcontextrestored", restored);
  return () => {
    clearTimeout(waits);
    canvas.removeEventListener("webglcontextlost", lost);
    canvas.removeEventListener("webglcontextrestored", restored);
  };
}
