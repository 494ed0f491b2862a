import { expect, test } from "vitest";
import type { QueueCard } from "../queue";
import {
  adherenceOf,
  duration,
  framingOf,
  isMade,
  isOver,
  nearestMade,
  newestMade,
  nextMade,
  places,
  progress,
  stripOf,
  summary,
} from "./words";

const CARD: QueueCard = {
  shot: "s",
  job: "a1",
  slate: "2B",
  words: "",
  state: "running",
  engine: "",
  backend: "path",
  quality: "final",
  model: "",
  width_px: 960,
  height_px: 540,
  length_frames: 48,
  proof: [],
  rate_fps: 24,
  made: [
    [0, 5],
    [8, 9],
  ],
  made_frames: 8,
  step: "frame 8",
  steps_done: 3,
  steps: 8,
  elapsed_s: 65,
  left_s: 125,
  attempts: 1,
  plan: [],
  uses: [],
  warnings: [],
  error: "",
  verdict: "",
  adherence: [],
  figures_of: "",
  manifest: [],
  files: [],
};

test("times are said as people say them", () => {
  expect([0, 59.4, 200, 7510].map(duration)).toEqual([
    "0 s",
    "59 s",
    "3:20",
    "2:05:10",
  ]);
});

test("the nearest finished frame stands for one that is not made", () => {
  expect(isMade(CARD, 5)).toBe(true);
  expect(isMade(CARD, 6)).toBe(false);
  expect(nearestMade(CARD, 6)).toBe(5);
  expect(nearestMade(CARD, 7)).toBe(8);
  expect(nearestMade(CARD, 40)).toBe(9);
  expect(nearestMade({ ...CARD, made: [] }, 3)).toBeUndefined();
});

test("the newest frame is not a proof's while the whole take is made", () => {
  const made: QueueCard["made"] = [
    [0, 21],
    [47, 47],
  ];
  expect(newestMade({ ...CARD, made })).toBe(21);
  expect(newestMade({ ...CARD, made, state: "cancelled" })).toBe(47);
  const proof = [0, 24, 47].map((frame) => ({ frame, framing: "", good: null }));
  expect(newestMade({ ...CARD, proof, made })).toBe(47);
  expect(newestMade({ ...CARD, made: [] })).toBeUndefined();
});

test("steps go from one finished frame to the next, over what is not made", () => {
  const made: QueueCard["made"] = [
    [0, 1],
    [24, 24],
    [47, 47],
  ];
  const forwards = [-1, 0, 1, 24, 47].map((at) => nextMade({ ...CARD, made }, at, 1));
  expect(forwards).toEqual([0, 1, 24, 47, undefined]);
  const back = [48, 47, 24, 1, 0].map((at) => nextMade({ ...CARD, made }, at, -1));
  expect(back).toEqual([47, 24, 1, 0, undefined]);
});

test("a strip has the first and the last frame, and no frame twice", () => {
  expect(places(48, 4)).toEqual([0, 16, 31, 47]);
  expect(places(3, 8)).toEqual([0, 1, 2]);
  expect(places(1, 8)).toEqual([0]);
});

test("a proof is over, and says and shows its frames alone", () => {
  const proof = [0, 24, 47].map((frame) => ({ frame, framing: "0.06 %", good: true }));
  const card: QueueCard = { ...CARD, proof, made_frames: 3, state: "proof" };
  expect(isOver(card)).toBe(true);
  expect(progress(card)).toBe("3 of 3 frames, proof of 48 · took 1:05");
  expect(stripOf(card, 8)).toEqual([0, 24, 47]);
  expect(framingOf(card, 24)).toBe(", framing off by 0.06 %");
  expect(framingOf(card, 23)).toBe("");
  expect(stripOf(CARD, 4)).toEqual([0, 16, 31, 47]);
  expect(summary([card])).toBe("1 proofed");
});

test("figures of a proof are headed as such while the whole take is made", () => {
  expect(adherenceOf(CARD)).toBe("Adherence");
  expect(adherenceOf({ ...CARD, figures_of: "its proof, frames 0, 24, 47" })).toBe(
    "Adherence of its proof, frames 0, 24, 47",
  );
});

test("what runs says its step and what is left", () => {
  expect(progress(CARD)).toBe("8 of 48 frames · frame 8 3/8 · 1:05 · 2:05 left");
  expect(progress({ ...CARD, left_s: null })).toContain("no forecast yet");
  expect(progress({ ...CARD, state: "done" })).toBe("8 of 48 frames · took 1:05");
});

test("a queue says what is left only where that is known of all", () => {
  const waits: QueueCard = { ...CARD, state: "queued", left_s: 60 };
  const done: QueueCard = { ...CARD, state: "done", left_s: null };
  expect(summary([CARD, waits, done])).toBe(
    "1 running · 1 waiting · 1 done · 3:05 left",
  );
  expect(summary([CARD, { ...waits, left_s: null }])).toBe("1 running · 1 waiting");
});
