import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FilmCard } from "../messages";
import { Playback } from "./playback";
import { Store } from "./store";

const shot = (id: string, first_frame: number) => ({
  id,
  first_frame,
  length_frames: 48,
  subjects: [],
});
const scene = (id: string) => ({
  id,
  length_frames: 96,
  shots: [shot(`${id}a`, 0), shot(`${id}b`, 48)],
});
const film = {
  rate: { numerator: 24, denominator: 1 },
  characters: [],
  scenes: [scene("1"), scene("2")],
} as unknown as FilmCard;

let store: Store;
let playback: Playback;

beforeEach(() => {
  vi.useFakeTimers();
  store = new Store({ send: () => undefined, listen: () => () => undefined });
  store.film.value = film;
  store.monitorWidth.value = 256;
  playback = new Playback(store);
});

afterEach(() => vi.useRealTimers());

it("plays on from the shot that is gone to meanwhile", () => {
  playback.toggle();
  vi.advanceTimersByTime(500);
  store.go("2", 48);
  vi.advanceTimersByTime(500);
  expect(store.scene.value?.id).toBe("2");
  expect(store.frame.value).toBeGreaterThan(55);
  expect(playback.speed.value).toBe(1);
});

it("counts a frame as seen once, however often it is painted", () => {
  playback.toggle();
  playback.sawPicture("1a 0");
  playback.sawPicture("1a 0");
  playback.sawPicture("1a 0");
  vi.advanceTimersByTime(500);
  expect(playback.dropped.value).toBeGreaterThan(8);
});

it("drops no frame where no monitor is seen", () => {
  store.monitorWidth.value = 0;
  playback.toggle();
  vi.advanceTimersByTime(500);
  expect(playback.dropped.value).toBe(0);
});

it("keeps in and out points to their scene", () => {
  store.go("1", 60);
  playback.mark("first");
  store.go("2", 10);
  expect(playback.marked.value).toEqual({});
  playback.loop.value = "scene";
  expect(playback.range).toEqual({ first: 0, last: 95 });
  store.go("1", 0);
  expect(playback.range).toEqual({ first: 60, last: 95 });
});

it("plays a scene that was trimmed to end before its out point", () => {
  playback.mark("first");
  store.go("1", 90);
  playback.mark("last");
  const [one, two] = film.scenes;
  const short = { ...one, length_frames: 50 } as typeof one;
  store.film.value = { ...film, scenes: [short, two] } as FilmCard;
  expect(playback.range).toEqual({ first: 0, last: 49 });
});

it("asks for the frame that is due once its picture can be there", () => {
  store.latencyMs = 100;
  expect(store.lead()).toBeUndefined();
  playback.toggle();
  vi.advanceTimersByTime(500);
  // Frame 12 by now; 14 in 100 ms, and 16 in 200.
  expect(store.lead()).toEqual({ frame: 14, after: 16, atOnce: 1 });
  playback.stop();
  expect(store.lead()).toBeUndefined();
});

it("asks for what it announced, unless that is long over", () => {
  store.latencyMs = 100;
  playback.toggle();
  vi.advanceTimersByTime(500);
  const announced = vi.spyOn(store, "announced", "get").mockReturnValue(13);
  expect(store.lead()?.frame).toBe(13);
  announced.mockReturnValue(11);
  expect(store.lead()?.frame).toBe(14);
});

it("has the kernel make round the loop what comes next", () => {
  store.latencyMs = 10;
  playback.toggle();
  vi.advanceTimersByTime((47.2 / 24) * 1000);
  expect(store.lead()).toEqual({ frame: 47, after: 0, atOnce: 1 });
});

it("keeps to in and out points that are set while it plays", () => {
  playback.loop.value = "scene";
  playback.toggle();
  vi.advanceTimersByTime(500);
  playback.setMarks({ first: 10, last: 14 });
  const seen = new Set<number>();
  for (let ms = 0; ms < 1000; ms += 20) {
    vi.advanceTimersByTime(20);
    if (ms > 60) seen.add(store.frame.value);
  }
  expect([...seen].sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14]);
  expect(playback.speed.value).toBe(1);
});

it("has as many pictures on their way as a slow line takes, and no more", () => {
  playback.toggle();
  Object.assign(store.spent, { kernelMs: 20, wayMs: 100 });
  expect(store.lead()?.atOnce).toBe(3);
  Object.assign(store.spent, { wayMs: 5000 });
  expect(store.lead()?.atOnce).toBe(4);
  // A kernel that is slower than the film has no use for a row of questions.
  Object.assign(store.spent, { kernelMs: 200, wayMs: 60 });
  expect(store.lead()?.atOnce).toBe(1);
});
