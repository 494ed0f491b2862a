import { describe, expect, it } from "vitest";
import type { Camera } from "../schema";
import fixture from "./fixture.json";
import { focalPx, frameAspect, frameWithin, project, viewFovDeg } from "./lens";
import { decode } from "./payload";

const bytes = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
const stage = decode(JSON.stringify(fixture.header), new DataView(bytes.buffer));
const camera = stage.header.shot.camera;

function squeezed(squeeze: number): Camera {
  return { ...camera, lens: { ...camera.lens, squeeze } };
}

describe("project", () => {
  it("puts points on the pixels where the stage's camera puts them", () => {
    const { frame, size_px, points, pixels, depth } = fixture.projection;
    const [width = 0, height = 0] = size_px;
    const focal = focalPx(camera, stage.camera.focalLengthMm[frame] ?? 0, width);
    const rows = stage.camera.worldFromCamera.subarray(frame * 16, frame * 16 + 16);
    points.forEach((point, i) => {
      const [x = 0, y = 0, z = 0] = point;
      const at = project([x, y, z], rows, focal, width, height);
      expect(Math.abs(at.x - (pixels[i]?.[0] ?? Number.NaN))).toBeLessThan(1e-3);
      expect(Math.abs(at.y - (pixels[i]?.[1] ?? Number.NaN))).toBeLessThan(1e-3);
      expect(at.depth).toBeCloseTo(depth[i] ?? Number.NaN, 5);
    });
  });
});

describe("the frame", () => {
  it("has the gate's aspect, twice as wide through 2× glass", () => {
    expect(frameAspect(camera)).toBeCloseTo(24.89 / 14.0, 9);
    expect(frameAspect(squeezed(2))).toBeCloseTo((2 * 24.89) / 14.0, 9);
  });

  it("fits a wide and a tall view, centred", () => {
    for (const [width, height] of [
      [1600, 400],
      [300, 900],
    ] as const) {
      const rect = frameWithin(width, height, 2.39, 10);
      expect(rect.width / rect.height).toBeCloseTo(2.39, 9);
      expect(rect.x * 2 + rect.width).toBeCloseTo(width, 9);
      expect(rect.y * 2 + rect.height).toBeCloseTo(height, 9);
      expect(Math.min(rect.x, rect.y)).toBeGreaterThanOrEqual(10);
    }
  });

  it("shows the gate's angle of view whatever the view shows around it", () => {
    const gateFov = 2 * Math.atan(camera.sensor.width_mm / 2 / 50);
    const focal = focalPx(camera, 50, 640);
    expect(2 * Math.atan(320 / focal)).toBeCloseTo(gateFov, 9);
    expect(viewFovDeg(focal, 2 * focal)).toBeCloseTo(90, 9);
  });
});
