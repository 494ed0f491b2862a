// What a DP reads off a picture: false colour, focus peaking, waveform.
// All from display-referred pixels as they are painted, in percent of full signal.

/** Rec. 709 luma of gamma-encoded 8-bit values, 0 to 100. */
export function luma(r: number, g: number, b: number): number {
  return ((0.2126 * r + 0.7152 * g + 0.0722 * b) / 255) * 100;
}

export interface Band {
  readonly upTo: number;
  readonly color: readonly [number, number, number] | null;
  readonly what: string;
}

/** The bands of false colour; null keeps the grey of the luma. */
export const BANDS: readonly Band[] = [
  { upTo: 2, color: [106, 58, 150], what: "crushed black" },
  { upTo: 6, color: [44, 92, 190], what: "just above black" },
  { upTo: 38, color: null, what: "" },
  { upTo: 43, color: [70, 160, 84], what: "middle grey" },
  { upTo: 52, color: null, what: "" },
  { upTo: 58, color: [232, 150, 160], what: "fair skin's key side" },
  { upTo: 94, color: null, what: "" },
  { upTo: 98.5, color: [240, 216, 60], what: "just below white" },
  { upTo: Number.POSITIVE_INFINITY, color: [224, 48, 40], what: "clipped white" },
];

/** Paint RGBA pixels in false colour, in place. */
export function falseColour(pixels: Uint8ClampedArray): void {
  for (let i = 0; i < pixels.length; i += 4) {
    const level = luma(pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0);
    const band = BANDS.find(({ upTo }) => level < upTo);
    const grey = (level / 100) * 255;
    const [r, g, b] = band?.color ?? [grey, grey, grey];
    pixels[i] = r;
    pixels[i + 1] = g;
    pixels[i + 2] = b;
  }
}

const PEAK_SLOPE = 22;

/**
 * Mark sharp edges, in place: where luma changes by more than 22 % a pixel
 * (central differences), relative to how bright it is there.
 */
export function peaking(
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
  color: readonly [number, number, number],
): void {
  const levels = lumas(pixels);
  const at = (x: number, y: number) => levels[y * width + x] ?? 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const slope = Math.hypot(
        at(x + 1, y) - at(x - 1, y),
        at(x, y + 1) - at(x, y - 1),
      );
      const near = (at(x + 1, y) + at(x - 1, y) + at(x, y + 1) + at(x, y - 1)) / 4;
      if (slope > PEAK_SLOPE * (0.35 + near / 100))
        pixels.set(color, (y * width + x) * 4);
    }
  }
}

/**
 * Count how often each luma occurs in each column of the picture.
 *
 * @returns (rows, columns), row by row; row 0 is 100 %
 */
export function waveform(
  pixels: Uint8ClampedArray,
  width: number,
  columns: number,
  rows: number,
): Uint32Array {
  const counts = new Uint32Array(rows * columns);
  const levels = lumas(pixels);
  for (let i = 0; i < levels.length; i++) {
    const column = Math.floor(((i % width) * columns) / width);
    const share = 1 - (levels[i] ?? 0) / 100;
    const row = Math.min(Math.max(Math.round(share * (rows - 1)), 0), rows - 1);
    const slot = row * columns + column;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}

/** The waveform as RGBA: brighter where more pixels are. */
export function traced(counts: Uint32Array, perColumn: number): Uint8ClampedArray {
  const picture = new Uint8ClampedArray(counts.length * 4);
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0;
    if (!count) continue;
    const glow = Math.min(0.28 + (count / perColumn) * 7, 1);
    picture.set([150, 226, 178, glow * 255], i * 4);
  }
  return picture;
}

function lumas(pixels: Uint8ClampedArray): Float32Array {
  const levels = new Float32Array(pixels.length / 4);
  for (let i = 0; i < levels.length; i++) {
    const at = i * 4;
    levels[i] = luma(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0);
  }
  return levels;
}
