import { expect, test } from "vitest";
import { nextTab } from "./tabs";

test("arrows go round among tabs, Home and End to the ends", () => {
  expect(nextTab("ArrowRight", 2, 3)).toBe(0);
  expect(nextTab("ArrowLeft", 0, 3)).toBe(2);
  expect(nextTab("Home", 2, 3)).toBe(0);
  expect(nextTab("End", 0, 3)).toBe(2);
  expect(nextTab("l", 0, 3)).toBeUndefined();
});
