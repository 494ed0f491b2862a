import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Pace, RESTS_MS } from "./pace";

const FRAME_MS = 16;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal("requestAnimationFrame", (call: () => void) =>
    setTimeout(call, FRAME_MS),
  );
  vi.stubGlobal("cancelAnimationFrame", (request: number) => clearTimeout(request));
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A stage that takes so long to draw, and notes when and how it was drawn. */
function stage(takes: number | { ms: number }, { adapts = true, whole = true } = {}) {
  const drawn: { at: number; share: number }[] = [];
  const state = { due: false, most: 0, running: 0, shown: 0, early: 0, stale: true };
  const pace = new Pace(
    {
      draw(share) {
        if (!state.stale) return undefined;
        drawn.push({ at: performance.now(), share });
        return { whole, more: false };
      },
      show() {
        state.shown += 1;
        if (state.running) state.early += 1;
      },
      pictureIsDue: () => state.due,
    },
    () => {
      const takes_ms = typeof takes === "number" ? takes : takes.ms;
      const until = performance.now() + takes_ms;
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      return () => {
        const done = performance.now() >= until;
        if (done) state.running -= 1;
        return done;
      };
    },
    adapts,
  );
  return { pace, drawn, state };
}

function touchFor(pace: Pace, ms: number): void {
  for (let at = 0; at < ms; at += 8) {
    pace.touch();
    vi.advanceTimersByTime(8);
  }
}

test("nothing is drawn while nothing changes", () => {
  const { pace, drawn } = stage(10);
  vi.advanceTimersByTime(5000);
  expect(drawn).toEqual([]);
  pace.touch();
  vi.advanceTimersByTime(5000);
  // Once as it changed, once sharp.
  expect(drawn.length).toBe(2);
  expect(vi.getTimerCount()).toBe(0);
});

test("a slow stage is never asked for a frame while one is being drawn", () => {
  const { pace, drawn, state } = stage(700);
  touchFor(pace, 4000);
  vi.advanceTimersByTime(3000);
  expect(state.most).toBe(1);
  expect(drawn.length).toBeLessThan(9);
});

test("the monitor's picture has most of the time while it is due", () => {
  const { pace, drawn, state } = stage(60);
  touchFor(pace, 500);
  const before = drawn.length;
  state.due = true;
  touchFor(pace, 3600);
  expect((drawn.length - before) * 60).toBeLessThan(3600 / 5);
  expect(drawn.length).toBeGreaterThan(before + 3);
});

test("what moves is drawn with fewer pixels where it takes long, and sharp at rest", () => {
  const { pace, drawn } = stage(120);
  touchFor(pace, 1500);
  expect(drawn.at(-1)?.share).toBeLessThan(1);
  vi.advanceTimersByTime(RESTS_MS + 400);
  expect(drawn.at(-1)?.share).toBeGreaterThanOrEqual(1);
});

test("a stage that cannot be drawn sharper in time is not", () => {
  const { pace, drawn } = stage(500);
  touchFor(pace, 100);
  vi.advanceTimersByTime(3000);
  touchFor(pace, 100);
  vi.advanceTimersByTime(3000);
  expect(drawn.at(-1)?.share).toBe(1);
});

test("on a graphics card every change is drawn whole at the next frame", () => {
  const { pace, drawn, state } = stage(60, { adapts: false });
  state.due = true;
  touchFor(pace, 480);
  vi.advanceTimersByTime(1000);
  expect(drawn.length).toBeGreaterThan(20);
  expect(new Set(drawn.map(({ share }) => share))).toEqual(new Set([1]));
});

test("nothing is drawn once it has stopped", () => {
  const { pace, drawn } = stage(10);
  pace.touch();
  pace.stop();
  pace.touch();
  vi.advanceTimersByTime(1000);
  expect(drawn).toEqual([]);
});

test("a picture is shown once, when it is done", () => {
  const { pace, drawn, state } = stage(300);
  pace.touch();
  vi.advanceTimersByTime(200);
  expect(state.shown).toBe(0);
  vi.advanceTimersByTime(3000);
  expect(state.shown).toBe(drawn.length);
  expect(state.early).toBe(0);
});

test("a stage that shows nothing else than is drawn is not drawn again", () => {
  const { pace, drawn, state } = stage(10);
  state.stale = false;
  touchFor(pace, 1000);
  vi.advanceTimersByTime(3000);
  expect(drawn).toEqual([]);
  expect(pace.drawn).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("after a frame that took long, a stage that is quick again is not put off", () => {
  const slow = { ms: 3000 };
  const { pace, drawn, state } = stage(slow);
  pace.touch();
  vi.advanceTimersByTime(8000);
  slow.ms = 20;
  state.due = true;
  const before = drawn.length;
  touchFor(pace, 3000);
  expect(drawn.length - before).toBeGreaterThan(10);
});
