import { expect, test } from "vitest";
import { overlap } from "./front";

const box = (x: number, y: number, width: number, height: number) => ({
  x,
  y,
  width,
  height,
});

test("an inset lies over its pane, and panes beside each other do not", () => {
  const pane = box(0, 0, 400, 300);
  expect(overlap(box(250, 200, 140, 90), pane)).toBe(true);
  expect(overlap(pane, box(250, 200, 140, 90))).toBe(true);
  expect(overlap(box(400, 0, 400, 300), pane)).toBe(false);
  expect(overlap(box(0, 300, 400, 300), pane)).toBe(false);
});
