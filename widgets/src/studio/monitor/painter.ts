// Puts a picture on the monitor's canvas, as it is or as a scope shows it.

import { falseColour, peaking, traced, waveform } from "./scopes";

/** What can be painted: a picture that arrived, or one that is held. */
export type Pixels = ImageBitmap | HTMLCanvasElement;
export type View = "picture" | "false colour" | "peaking";

const PEAK: readonly [number, number, number] = [255, 72, 56];
const WAVE = { columns: 256, rows: 101 };

export class Painter {
  readonly #work = document.createElement("canvas");

  /** Paint the bitmap over the whole canvas. */
  paint(canvas: HTMLCanvasElement, bitmap: Pixels, view: View): void {
    const context = canvas.getContext("2d", { alpha: false });
    // One that is closed already has no size: a newer one is on its way.
    if (!context || !bitmap.width) return;
    context.imageSmoothingQuality = "high";
    if (view === "picture") {
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      return;
    }
    const { width, height } = bitmap;
    const pixels = this.#read(bitmap);
    if (!pixels) return;
    if (view === "false colour") falseColour(pixels.data);
    else peaking(pixels.data, width, height, PEAK);
    this.#work.getContext("2d")?.putImageData(pixels, 0, 0);
    context.drawImage(this.#work, 0, 0, canvas.width, canvas.height);
  }

  /** Draw the waveform of the bitmap into a canvas of its own. */
  wave(canvas: HTMLCanvasElement, bitmap: Pixels): void {
    const context = canvas.getContext("2d");
    if (!bitmap.width) return;
    const pixels = this.#read(bitmap);
    if (!context || !pixels) return;
    const { columns, rows } = WAVE;
    const counts = waveform(pixels.data, bitmap.width, columns, rows);
    const perColumn = (bitmap.width * bitmap.height) / columns;
    canvas.width = columns;
    canvas.height = rows;
    const picture = context.createImageData(columns, rows);
    picture.data.set(traced(counts, perColumn));
    context.putImageData(picture, 0, 0);
  }

  #read(bitmap: Pixels): ImageData | undefined {
    this.#work.width = bitmap.width;
    this.#work.height = bitmap.height;
    const context = this.#work.getContext("2d", { willReadFrequently: true });
    context?.drawImage(bitmap, 0, 0);
    return context?.getImageData(0, 0, bitmap.width, bitmap.height);
  }
}
