import { describe, expect, it } from "vitest";
import type { Shot } from "../schema";
import fixture from "../stage/fixture.json";
import { project } from "../stage/lens";
import {
  axes,
  dollied,
  keyFrames,
  length,
  nearestKey,
  panned,
  subtract,
  trucked,
} from "./camera";
import type { Vec3 } from "./edits";

const pose = {
  position_m: [1, 1.5, 4] as Vec3,
  target_m: [0, 1, 0] as Vec3,
};
const FOCAL = 400;

/** Where a world point lies in a picture of 480 × 270 pixels. */
function seen(placed: typeof pose, point: Vec3) {
  const { right, up, ahead } = axes(placed);
  const at = placed.position_m;
  const rows = [0, 1, 2].flatMap((i) => [right[i], up[i], -(ahead[i] ?? 0), at[i]]);
  return project(point, [...rows, 0, 0, 0, 1] as number[], FOCAL, 480, 270);
}

describe("a drag in the picture", () => {
  it("pans and tilts so that what was grabbed follows the pointer", () => {
    const before = seen(pose, pose.target_m);
    const after = seen(panned(pose, 40, 0, FOCAL) as typeof pose, pose.target_m);
    expect(after.x - before.x).toBeCloseTo(40, 0);
    const tilted = seen(panned(pose, 0, 25, FOCAL) as typeof pose, pose.target_m);
    expect(tilted.y - before.y).toBeCloseTo(25, 0);
  });

  it("keeps the camera where it stands and its target as far", () => {
    const turned = panned(pose, 123, -45, FOCAL);
    expect(turned.position_m).toEqual(pose.position_m);
    const reach = length(subtract(turned.target_m, turned.position_m));
    expect(reach).toBeCloseTo(length(subtract(pose.target_m, pose.position_m)));
  });

  it("never tilts over the top", () => {
    const { ahead } = axes(panned(pose, 0, 1e6, FOCAL));
    expect(ahead[1]).toBeLessThan(1);
    expect(ahead[1]).toBeGreaterThan(0.99);
  });

  it("trucks what is in focus along with the pointer, and stays level", () => {
    const reach = length(subtract(pose.target_m, pose.position_m));
    const moved = trucked(pose, 30, 0, FOCAL, reach) as typeof pose;
    expect(seen(moved, pose.target_m).x - 240).toBeCloseTo(30, 5);
    expect(moved.position_m[1]).toBe(pose.position_m[1]);
  });

  it("dollies through its target and goes on looking the same way", () => {
    const through = dollied(pose, 50);
    const [before, after] = [axes(pose).ahead, axes(through).ahead];
    for (const axis of [0, 1, 2] as const)
      expect(after[axis]).toBeCloseTo(before[axis]);
  });
});

describe("keys in time", () => {
  const base = fixture.header.shot as unknown as Shot;
  const [first] = base.camera.poses;
  if (!first) throw new Error("The fixture has a pose.");
  const poses = [0, 1, 4].map((x) => ({ ...first, position_m: [x, 1, 0] as Vec3 }));
  const shot = (timing: Shot["camera"]["timing"]): Shot => ({
    ...base,
    length_frames: 101,
    camera: { ...base.camera, poses, timing },
  });

  it("lie where the camera passes them, by the way it has gone", () => {
    const keys = [
      { frame: 20, travel: 0, speed: null },
      { frame: 60, travel: 1, speed: null },
    ];
    expect(keyFrames(shot(keys))).toEqual([20, 30, 60]);
  });

  it("start and stop softly without timing", () => {
    const [start, middle = 0, end] = keyFrames(shot([]));
    expect([start, end]).toEqual([0, 100]);
    const share = middle / 100;
    expect(share * share * (3 - 2 * share)).toBeCloseTo(0.25, 1);
  });

  it("are taken hold of by the nearest in time", () => {
    expect(nearestKey(shot([]), 95)).toBe(2);
    expect(nearestKey(shot([]), 3)).toBe(0);
  });
});
