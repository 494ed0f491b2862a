import { expect, test } from "vitest";
import { choose, type Panels } from "./choose";

const panels = (open: string): Panels => ({
  shot: { value: { id: open } },
  allShots: ["a", "b", "c", "d"].map((id) => ({ shot: { id } })),
});
const keys = { ctrlKey: false, metaKey: false, shiftKey: false };

function after(before: string[], open: string, clicked: string, held: object) {
  const chosen = { value: new Set(before) as ReadonlySet<string> };
  choose(chosen, panels(open), clicked, { ...keys, ...held });
  return [...chosen.value].sort().join("");
}

test("Ctrl adds a panel to the open one, and takes it away again", () => {
  expect(after([], "a", "c", { ctrlKey: true })).toBe("ac");
  expect(after(["a", "c"], "c", "c", { metaKey: true })).toBe("a");
});

test("Shift chooses all between, in the order of the cut, whichever way", () => {
  expect(after([], "b", "d", { shiftKey: true })).toBe("bcd");
  expect(after([], "d", "b", { shiftKey: true })).toBe("bcd");
});

test("a click alone chooses none", () => {
  expect(after(["a", "c"], "a", "b", {})).toBe("");
});
