import { expect, test } from "vitest";
import { engraved, nearest, ribs, stepped, turnedTo } from "./barrel";

const PRIMES = [18, 25, 35, 50, 85, 135];

test("what is set stands under the witness line, longer glass to the right", () => {
  const seen = engraved(PRIMES, 35);
  expect(seen.find(({ value }) => value === 35)).toMatchObject({ x: 0, facing: 1 });
  const places = seen.map(({ x }) => x);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(engraved(PRIMES, 35).every(({ facing }) => facing > 0)).toBe(true);
});

test("marks go out of sight round the barrel", () => {
  expect(engraved([8, 300], 35, 0.5).map(({ value }) => value)).toEqual([8]);
  expect(engraved([1000], 35)).toEqual([]);
});

test("dragging the barrel to the left brings the longer mark under the line", () => {
  const longer = turnedTo(35, -0.3);
  expect(longer).toBeGreaterThan(35);
  expect(turnedTo(longer, 0.3)).toBeCloseTo(35, 9);
});

test("it clicks into the mark that is nearest by turning", () => {
  expect(nearest(PRIMES, 41)).toBe(35);
  expect(nearest(PRIMES, 43)).toBe(50);
  expect(nearest([], 43)).toBe(43);
});

test("steps go from mark to mark, also from between two, and stop at the last", () => {
  expect(stepped(PRIMES, 35, 1)).toBe(50);
  expect(stepped(PRIMES, 40, 1)).toBe(50);
  expect(stepped(PRIMES, 40, -1)).toBe(35);
  expect(stepped(PRIMES, 135, 1)).toBe(135);
});

test("ribs turn with the ring and fill the barrel", () => {
  const [before, after] = [ribs(35), ribs(36)];
  expect(before.length).toBeGreaterThan(15);
  expect(after[3]?.x).not.toBeCloseTo(before[3]?.x ?? 0, 3);
  expect(before.every(({ x }) => Math.abs(x) <= 1)).toBe(true);
});
