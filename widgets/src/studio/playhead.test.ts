import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sharePlayhead, TOLD_MS } from "./playhead";
import { Store } from "./store";

function model() {
  const state = new Map<string, unknown>([["_followed", false]]);
  const heard = new Map<string, () => void>();
  const saved: unknown[] = [];
  return {
    saved,
    get: (name: string) => state.get(name),
    set: (name: string, value: unknown) => state.set(name, value),
    save_changes: () => saved.push(state.get("_at")),
    on: (name: string, act: () => void) => heard.set(name, act),
    off: (name: string) => heard.delete(name),
    kernel(name: string, value: unknown) {
      state.set(name, value);
      heard.get(`change:${name}`)?.();
    },
  };
}

function film(store: Store) {
  const shots = [
    { id: "a", first_frame: 0, length_frames: 20 },
    { id: "b", first_frame: 20, length_frames: 30 },
  ];
  // biome-ignore lint/suspicious/noExplicitAny: only what the playhead reads.
  store.film.value = { scenes: [{ id: "s", length_frames: 50, shots }] } as any;
  store.sceneId.value = "s";
}

describe("the shared playhead", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const opened = () => {
    const store = new Store({ send: () => undefined, listen: () => () => undefined });
    film(store);
    const shared = model();
    return { store, shared, stop: sharePlayhead(shared, store) };
  };

  it("tells nobody where nothing follows", () => {
    const { store, shared } = opened();
    store.go("s", 25);
    vi.advanceTimersByTime(1000);
    expect(shared.saved).toEqual([]);
  });

  it("tells shot and frame, seldom while it moves, and the last in the end", () => {
    const { store, shared } = opened();
    vi.advanceTimersByTime(TOLD_MS);
    shared.kernel("_followed", true);
    expect(shared.saved).toEqual([{ shot: "a", frame: 0 }]);
    for (let frame = 1; frame <= 25; frame++) store.go("s", frame);
    expect(shared.saved).toHaveLength(1);
    vi.advanceTimersByTime(TOLD_MS);
    expect(shared.saved.at(-1)).toEqual({ shot: "b", frame: 5 });
    expect(shared.saved).toHaveLength(2);
  });

  it("goes where a curve was clicked, and nowhere in a shot that is gone", () => {
    const { store, shared, stop } = opened();
    shared.kernel("_go", { shot: "b", frame: 7, asked: 1 });
    expect(store.frame.value).toBe(27);
    shared.kernel("_go", { shot: "gone", frame: 1, asked: 2 });
    expect(store.frame.value).toBe(27);
    stop();
    shared.kernel("_go", { shot: "a", frame: 0, asked: 3 });
    expect(store.frame.value).toBe(27);
  });
});
