import { describe, expect, it } from "vitest";
import { dollied, panned, trucked } from "./camera";

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
