import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { watchSize } from "./sized";

let resized: () => void;
let watched: Element[];
const size = { width: 900, height: 500 };

beforeEach(() => {
  watched = [];
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(tell: () => void) {
        resized = tell;
      }
      observe = (element: Element) => watched.push(element);
      disconnect = () => {
        watched = [];
      };
    },
  );
  Object.assign(size, { width: 900, height: 500 });
});

afterEach(() => vi.unstubAllGlobals());

function element(): Element {
  const made = document.createElement("div");
  Object.defineProperty(made, "clientWidth", { get: () => size.width });
  Object.defineProperty(made, "clientHeight", { get: () => size.height });
  return made;
}

it("tells each size, and none while the element is off the page", () => {
  const told: number[][] = [];
  const end = watchSize(element(), (...both) => told.push(both));
  Object.assign(size, { width: 0, height: 0 });
  resized();
  Object.assign(size, { width: 700, height: 400 });
  resized();
  expect(told).toEqual([
    [900, 500],
    [700, 400],
  ]);
  expect(watched).toHaveLength(1);
  end();
  expect(watched).toHaveLength(0);
});
