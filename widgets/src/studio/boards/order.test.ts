import { expect, it } from "vitest";
import { reordered, same, stepped } from "./order";

const ids = ["a", "b", "c"];

it("a card goes before another, or to the end", () => {
  expect(reordered(ids, "c", "a")).toEqual(["c", "a", "b"]);
  expect(reordered(ids, "a", "")).toEqual(["b", "c", "a"]);
  expect(same(reordered(ids, "a", "b"), ids)).toBe(true);
});

it("a card steps by a place, and not out of its scene", () => {
  expect(stepped(ids, "b", 1)).toEqual(["a", "c", "b"]);
  expect(stepped(ids, "b", -1)).toEqual(["b", "a", "c"]);
  expect(stepped(ids, "c", 1)).toBe(ids);
  expect(stepped(ids, "z", 1)).toBe(ids);
});
