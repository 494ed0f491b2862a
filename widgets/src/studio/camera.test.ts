import { describe, expect, it } from "vitest";
import type { Shot } from "../schema";
import fixture from "../stage/fixture.json";
import { dollied, keyFrames, panned, trucked } from "./camera";
import type { Vec3 } from "./edits";

const FOCAL = 400;

describe("a drag in the picture", () => {
  it("turns the camera against the drag, so that the picture follows", () => {
    const { pan_deg, tilt_deg } = panned(400, 0, FOCAL);
    expect([pan_deg, tilt_deg]).toEqual([45, 0]);
    expect(panned(0, -231, FOCAL).tilt_deg).toBeCloseTo(-30, 1);
  });

  it("trucks left and pedestals up by what a pixel is at that depth", () => {
    const { right_m, up_m } = trucked(40, 20, FOCAL, 3);
    expect(right_m).toBeCloseTo(-0.3);
    expect(up_m).toBeCloseTo(0.15);
  });

  it("dollies by an eighth of the way a notch, and never through", () => {
    expect(dollied(4, 1)).toBeCloseTo(0.5);
    expect(dollied(4, 100)).toBeLessThanOrEqual(4);
    expect(dollied(4, -1)).toBeLessThan(0);
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
});
