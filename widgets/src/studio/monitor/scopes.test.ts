import { describe, expect, it } from "vitest";
import { within } from "./overlays";
import { falseColour, luma, peaking, traced, waveform } from "./scopes";

function greys(...levels: number[]): Uint8ClampedArray {
  return new Uint8ClampedArray(
    levels.flatMap((percent) => {
      const value = Math.round((percent / 100) * 255);
      return [value, value, value, 255];
    }),
  );
}

describe("false colour", () => {
  it("names crushed, middle grey and clipped, and leaves the rest grey", () => {
    const pixels = greys(0, 30, 40, 100);
    falseColour(pixels);
    const [r0 = 0, g0 = 0, b0 = 0] = pixels.subarray(0, 3);
    expect(b0 > g0 && r0 > g0).toBe(true);
    expect(pixels[4]).toBe(pixels[5]);
    const [r2 = 0, g2 = 0, b2 = 0] = pixels.subarray(8, 11);
    expect(g2 > r2 && g2 > b2).toBe(true);
    const [r3 = 0, g3 = 0] = pixels.subarray(12, 15);
    expect(r3 > 2 * g3).toBe(true);
  });

  it("weighs the primaries as Rec. 709 does", () => {
    expect(luma(255, 0, 0)).toBeCloseTo(21.26);
    expect(luma(0, 255, 0)).toBeCloseTo(71.52);
  });
});

describe("peaking", () => {
  const wide = 8;
  const edge = (high: number) =>
    greys(...Array.from({ length: wide * 5 }, (_, i) => (i % wide < 4 ? 10 : high)));
  const marked = (pixels: Uint8ClampedArray) => {
    peaking(pixels, wide, 5, [255, 0, 0]);
    let count = 0;
    for (let i = 0; i < pixels.length; i += 4)
      if (pixels[i] === 255 && pixels[i + 1] === 0) count++;
    return count;
  };

  it("marks a sharp edge and nothing else", () => {
    expect(marked(edge(90))).toBe(6);
  });

  it("leaves a soft edge alone", () => {
    expect(marked(edge(18))).toBe(0);
  });
});

describe("waveform", () => {
  it("puts white at the top, black at the bottom, left to right", () => {
    const counts = waveform(greys(0, 100, 0, 100), 2, 2, 101);
    expect(counts[100 * 2]).toBe(2);
    expect(counts[1]).toBe(2);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  });

  it("is dark where no pixel is", () => {
    const picture = traced(waveform(greys(50), 1, 1, 3), 1);
    expect([picture[3], picture[7], picture[11]]).toEqual([0, 255, 0]);
  });
});

it("fits a wider frame by its width and a taller one by its height", () => {
  expect(within(2.39, 1.7778).width).toBe(1);
  expect(within(2.39, 1.7778).height).toBeCloseTo(0.744, 3);
  expect(within(1, 1.7778).height).toBe(1);
  expect(within(1, 1.7778).x).toBeCloseTo((1 - 1 / 1.7778) / 2);
});
