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
