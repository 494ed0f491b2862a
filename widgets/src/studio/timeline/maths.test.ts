import { describe, expect, it } from "vitest";
import { frameAt, held, revealed, share, snapped, ticks, zoomed } from "./maths";

const RATE = { numerator: 24, denominator: 1 };

describe("span", () => {
  it("maps frames to shares and back", () => {
    const span = { from: 100, length: 50 };
    expect(share(span, 125)).toBe(0.5);
    expect(frameAt(span, 0.5)).toBe(125);
  });

  it("zooms about the pointer", () => {
    const near = zoomed({ from: 0, length: 1000 }, 0.5, 0.25, 1000);
    expect(near.length).toBe(500);
    expect(frameAt(near, 0.25)).toBe(250);
  });

  it("stays within the scene", () => {
    expect(held({ from: -20, length: 100 }, 400)).toEqual({ from: 0, length: 100 });
    expect(held({ from: 390, length: 100 }, 400)).toEqual({ from: 300, length: 100 });
    expect(held({ from: 0, length: 9000 }, 400)).toEqual({ from: 0, length: 400 });
    expect(zoomed({ from: 0, length: 20 }, 0.001, 0.5, 400).length).toBe(12);
  });

  it("scrolls to a frame that is not seen, and only then", () => {
    const span = { from: 0, length: 100 };
    expect(revealed(span, 99, 400)).toBe(span);
    expect(revealed(span, 100, 400).from).toBe(90);
  });
});

describe("ticks", () => {
  it("stand far enough apart and on round seconds", () => {
    const made = ticks({ from: 30, length: 2400 }, 800, RATE);
    const step = (made[1]?.frame ?? 0) - (made[0]?.frame ?? 0);
    expect((step / 2400) * 800).toBeGreaterThanOrEqual(64);
    expect(made.every(({ frame }) => frame % 24 === 0 && frame >= 30)).toBe(true);
    expect(made.find(({ frame }) => frame === 1440)?.label).toBe("1:00");
  });

  it("count frames when near", () => {
    const [first, second] = ticks({ from: 0, length: 24 }, 800, RATE);
    expect([first?.label, second?.label]).toEqual(["0:00:00", "0:00:02"]);
  });
});

it("snaps to the nearest within reach", () => {
  expect(snapped(98, [90, 100, 103], 4)).toBe(100);
  expect(snapped(95.4, [90, 100], 4)).toBe(95.4);
});
