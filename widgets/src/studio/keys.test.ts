import { expect, it, vi } from "vitest";
import { makeStudio } from "./context";
import { passOn, press } from "./keys";

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
  for (const key of ["Delete", "D"]) expect(pressed(key)).toBe(true);
  expect(pressed("d", "div", { ctrlKey: true })).toBe(true);
  expect(cancelled).toBe(0);
  expect(pressed("z", "div", { ctrlKey: true })).toBe(true);
  expect(cancelled).toBe(1);
});

it("lets Esc clear a search before it lets go of what is chosen", () => {
  const field = Object.assign(document.createElement("input"), { type: "search" });
  field.placeholder = "Find";
  const pressEsc = () => {
    const event = new KeyboardEvent("keydown", { key: "Escape" });
    vi.spyOn(event, "target", "get").mockReturnValue(field);
    return press(studio, event);
  };
  studio.store.choice.put([{ kind: "piece", id: "chair" }]);
  vi.spyOn(field, "matches").mockReturnValue(true);
  expect(pressEsc()).toBe(false);
  expect(studio.store.choice.all.value).toHaveLength(1);
  vi.spyOn(field, "matches").mockReturnValue(false);
  expect(pressEsc()).toBe(true);
  expect(studio.store.choice.all.value).toHaveLength(0);
});

it("has the notebook saved by what would save it elsewhere", () => {
  const heard: string[] = [];
  const hear = ({ key, code, ctrlKey }: KeyboardEvent) =>
    heard.push(`${ctrlKey ? "Ctrl-" : ""}${key} ${code}`);
  document.addEventListener("keydown", hear, true);
  passOn(new KeyboardEvent("keydown", { key: "s", code: "KeyS", ctrlKey: true }));
  document.removeEventListener("keydown", hear, true);
  expect(heard).toEqual(["Ctrl-s KeyS"]);
});
