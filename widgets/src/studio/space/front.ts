// Without a graphics card a view takes long to draw, and the page would wait for a canvas
// of its own that is not done. So it is drawn behind, and brought to the front once it is.

/** A part of a canvas in its pixels, from the top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether two boxes have pixels in common. */
export function overlap(a: Box, b: Box): boolean {
  const along = (from: number, size: number, other: number, its: number) =>
    from < other + its && other < from + size;
  return along(a.x, a.width, b.x, b.width) && along(a.y, a.height, b.y, b.height);
}

export class Front {
  readonly canvas = document.createElement("canvas");

  /** @param back what is drawn on, which is in no page */
  constructor(readonly back: HTMLCanvasElement) {}

  /** Show what was drawn in these boxes, without what lies over each. */
  bring(drawn: readonly { box: Box; covered: readonly Box[] }[]): void {
    this.#fit();
    const context = this.canvas.getContext("2d", { alpha: false });
    if (!context) return;
    for (const { box, covered } of drawn) {
      const seen = new Path2D();
      for (const { x, y, width, height } of [box, ...covered])
        seen.rect(x, y, width, height);
      context.save();
      context.clip(seen, "evenodd");
      context.drawImage(this.back, 0, 0);
      context.restore();
    }
  }

  /** Take the size of what is drawn on; what was shown is stretched until then. */
  #fit(): void {
    const { canvas, back } = this;
    if (canvas.width === back.width && canvas.height === back.height) return;
    const before = document.createElement("canvas");
    [before.width, before.height] = [canvas.width, canvas.height];
    before.getContext("2d")?.drawImage(canvas, 0, 0);
    [canvas.width, canvas.height] = [back.width, back.height];
    canvas.getContext("2d")?.drawImage(before, 0, 0, back.width, back.height);
  }
}
