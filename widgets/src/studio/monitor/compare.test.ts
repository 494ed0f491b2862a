import { beforeEach, expect, it } from "vitest";
import type { Picture } from "../state";
import { Comparison } from "./compare";

let comparison: Comparison;

beforeEach(() => {
  comparison = new Comparison((bitmap) => bitmap as unknown as HTMLCanvasElement);
});

const seen = (revision: number, name: string, frame = 3) => {
  const sent = { shot: "1a", frame, revision };
  return { bitmap: name, sent } as unknown as Picture;
};

it("keeps the picture before a step, however often each comes again", () => {
  comparison.mode.value = "before";
  expect(comparison.lack("1a", 3)).toContain("make a step");
  comparison.saw(seen(1, "coarse"), "1A");
  comparison.saw(seen(1, "fine"), "1A");
  expect(comparison.sides().left).toBeNull();
  comparison.saw(seen(2, "edited"), "1A");
  comparison.saw(seen(2, "edited, fine"), "1A");
  expect(comparison.sides().left?.image).toBe("fine");
  expect(comparison.lack("1a", 3)).toBe("");
  comparison.saw(seen(3, "undone"), "1A");
  expect(comparison.sides().left?.image).toBe("edited, fine");
});

it("says where the step was seen while another frame is open", () => {
  comparison.mode.value = "before";
  comparison.saw(seen(1, "first"), "1A");
  comparison.saw(seen(2, "edited"), "1A");
  comparison.saw(seen(2, "later", 9), "1A");
  expect(comparison.lack("1a", 9)).toBe(
    "Before: the last step was seen at 1A, frame 3",
  );
  comparison.saw(seen(3, "edited there", 9), "1A");
  expect(comparison.sides().left?.image).toBe("later");
});

it("compares a held picture with the film, and two with each other", () => {
  comparison.mode.value = "ab";
  comparison.hold("a", seen(1, "one"), "1A");
  expect(comparison.lack("1a", 3)).toContain("B");
  comparison.hold("b", seen(4, "other", 7), "1A");
  expect(comparison.lack("1a", 3)).toBe("");
  const { left, right } = comparison.sides();
  expect([left?.image, right?.image]).toEqual(["one", "other"]);
  comparison.mode.value = "a";
  expect(comparison.sides().right).toBeNull();
});
