import { Vector3 } from "three";
import { expect, it } from "vitest";
import type { Selection } from "../state";
import { PLACE, SHOT } from "./fixtures";
import { heldOf } from "./grab";
import { snapped } from "./snap";

const drawn = (item: Selection, x: number, z: number, frame = 0) => {
  const held = heldOf(item, SHOT, PLACE, frame);
  if (!held) throw new Error("Nothing is held.");
  return snapped(held, new Vector3(x, held.at.y, z), PLACE, frame, (id) => id);
};
const MARK: Selection = { kind: "mark", character: "ann", index: 0 };
const CHAIR: Selection = { kind: "piece", id: "chair" };

it("draws a mark to a spot of the set, by its name", () => {
  const { at, words } = drawn(MARK, -1.9, -1.4);
  expect([at.x, at.z, words]).toEqual([-2, -1.5, "window"]);
});

it("draws a mark into the eyeline of somebody else, with the line", () => {
  const { at, words, guide } = drawn(MARK, 0.53, 1.1);
  expect(at.x).toBeCloseTo(0.53);
  expect(at.z).toBeCloseTo(1);
  expect(words).toBe("bo’s eyeline, 1.47 m");
  expect(guide?.[0].x).toBe(2);
});

it("draws a mark to the grid where nothing is near", () => {
  const { at, words } = drawn(MARK, 0.53, 2.26);
  expect([at.x, at.z].map((metres) => metres.toFixed(3))).toEqual(["0.500", "2.300"]);
  expect(words).toBe("grid 0.1 m");
});

it("draws a piece flush against another, and in line with it", () => {
  const { at, words } = drawn(CHAIR, 0.04, 0.72);
  expect(at.z).toBeCloseTo(0.65);
  expect(at.x).toBeCloseTo(0);
  expect(words).toContain("against the table");
});

it("draws a piece against the wall, not against what hangs above it", () => {
  const { at, words } = drawn(CHAIR, -2, -2.1);
  expect(at.z).toBeCloseTo(-2.15);
  expect(words).toBe("against the wall");
});

it("lets camera and lamps go free", () => {
  const { at, words } = drawn({ kind: "light", id: "key" }, 1.234, 0.567);
  expect([at.x, at.z, words]).toEqual([1.234, 0.567, ""]);
});
