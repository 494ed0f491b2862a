import { expect, it } from "vitest";
import type { Camera } from "../../schema";
import { depthOfField, stopsOver, tangentAt } from "./optics";

const SUPER35 = {
  sensor: { width_mm: 24.89, height_mm: 14 },
  lens: { t_stop: 2.8 },
} as unknown as Camera;

const key = (x: number, z: number, tangent_m: readonly number[] | null = null) => ({
  position_m: [x, 1.5, z],
  tangent_m,
});
const poses = (...keys: ReturnType<typeof key>[]) => keys as unknown as Camera["poses"];

it("has the limits that a slide rule gives", () => {
  // What `previz.camera.depth_of_field` says of 50 mm at T2.8 on 3 m.
  const { near_m, far_m } = depthOfField(SUPER35, 50, 3);
  expect(near_m).toBeCloseTo(2.822, 3);
  expect(far_m).toBeCloseTo(3.201, 3);
});

it("is sharp without end from the hyperfocal distance on", () => {
  expect(depthOfField(SUPER35, 18, 7).far_m).toBe(Number.POSITIVE_INFINITY);
});

it("has a straight path's handles along it, and a key's own where it has one", () => {
  const straight = poses(key(0, 0), key(3, 0));
  expect(tangentAt(straight, 0)?.toArray()).toEqual([3, 0, 0]);
  expect(tangentAt(straight, 1)?.toArray()).toEqual([3, 0, 0]);
  expect(tangentAt(poses(key(0, 0, [0, 0, 2]), key(3, 0)), 0)?.z).toBe(2);
  expect(tangentAt(poses(key(0, 0)), 0)).toBeUndefined();
});

it("bends as the spline does at a key in the middle", () => {
  // Of equal steps the tangent is half of the way between the neighbours.
  const corner = poses(key(0, 0), key(1, 0), key(1, 1));
  const tangent = tangentAt(corner, 1)?.toArray() ?? [];
  expect(tangent[0]).toBeCloseTo(0.5);
  expect(tangent[2]).toBeCloseTo(0.5);
});

it("counts stops against what a grey card needs", () => {
  expect(stopsOver(2.5 * 2 ** 7, 7)).toBeCloseTo(0);
  expect(stopsOver(5 * 2 ** 7, 7)).toBeCloseTo(1);
});
