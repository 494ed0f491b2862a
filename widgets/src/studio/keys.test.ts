import { expect, it, vi } from "vitest";
import { makeStudio } from "./context";
import { press } from "./keys";

const studio = makeStudio({ send: () => undefined, listen: () => () => undefined });

const pressed = (key: string, into = "div", more: KeyboardEventInit = {}) => {
  const event = new KeyboardEvent("keydown", { key, ...more });
  vi.spyOn(event, "target", "get").mockReturnValue(document.createElement(into));
  return press(studio, event);
};

it("takes the key that would save the browser's page, in fields too", () => {
  expect(pressed("s", "div", { ctrlKey: true })).toBe(true);
  expect(pressed("S", "input", { metaKey: true })).toBe(true);
});

it("leaves the browser's other keys alone", () => {
  expect(pressed("c", "div", { ctrlKey: true })).toBe(false);
  expect(pressed("s", "input")).toBe(false);
});

it("takes back the drag that is in hand, and changes nothing else meanwhile", () => {
  let cancelled = 0;
  studio.cancelDrag.value = () => {
    cancelled += 1;
    studio.cancelDrag.value = undefined;
  };
  expect(pressed("Delete")).toBe(true);
  expect(cancelled).toBe(0);
  expect(pressed("z", "div", { ctrlKey: true })).toBe(true);
  expect(cancelled).toBe(1);
});
