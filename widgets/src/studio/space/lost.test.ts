import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { RESTORES_MS, watchContext } from "./lost";

let canvas: EventTarget;
let told: string[];
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  canvas = new EventTarget();
  told = [];
  end = watchContext(canvas, {
    lost: () => told.push("lost"),
    restored: () => told.push("restored"),
    gone: () => told.push("gone"),
  });
});

afterEach(() => vi.useRealTimers());

const happens = (kind: string) => {
  const event = new Event(kind, { cancelable: true });
  canvas.dispatchEvent(event);
  return event;
};

it("asks for a lost context to be restored and waits for it", () => {
  expect(happens("webglcontextlost").defaultPrevented).toBe(true);
  happens("webglcontextrestored");
  vi.advanceTimersByTime(RESTORES_MS * 2);
  expect(told).toEqual(["lost", "restored"]);
});

it("gives up a context that does not come back", () => {
  happens("webglcontextlost");
  vi.advanceTimersByTime(RESTORES_MS);
  expect(told).toEqual(["lost", "gone"]);
});

it("takes no notice of a view that was closed", () => {
  happens("webglcontextlost");
  end();
  happens("webglcontextrestored");
  vi.advanceTimersByTime(RESTORES_MS * 2);
  expect(told).toEqual(["lost"]);
});
