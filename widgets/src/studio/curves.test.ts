import { describe, expect, it } from "vitest";
import { curvesOf, pointsOf } from "./curves";
import { PANELS } from "./panels";

function camera(places: readonly (readonly [number, number, number])[]) {
  const worldFromCamera = new Float64Array(16 * places.length);
  places.forEach((place, frame) => {
    for (const row of [0, 1, 2])
      worldFromCamera[16 * frame + 4 * row + 3] = place[row] ?? 0;
  });
  return {
    worldFromCamera,
    focalLengthMm: Float64Array.from(places, (_, frame) => 35 + frame),
    focusDistanceM: Float64Array.from(places, () => 2),
  };
}

describe("curves", () => {
  const made = curvesOf(
    camera([
      [0, 1, 0],
      [0, 1.3, 0.4],
      [0, 1.3, 0.4],
    ]),
    24,
  );
  const of = (name: string) => made.find((curve) => curve.name === name)?.values;

  it("say what the camera does at each frame", () => {
    expect(of("Lens")).toEqual([35, 36, 37]);
    expect(of("Height")).toEqual([1, 1.3, 1.3]);
    expect(of("Speed")?.map((value) => value.toFixed(6))).toEqual([
      "0.000000",
      "12.000000",
      "0.000000",
    ]);
  });

  it("run from edge to edge, up where it is more", () => {
    expect(pointsOf([1, 3])).toBe("0.00,90.00 100.00,10.00");
  });

  it("lie in the middle where nothing changes", () => {
    expect(pointsOf([2, 2])).toBe("0.00,50.00 100.00,50.00");
    expect(pointsOf([0])).toBe("0.00,50.00");
  });

  it("are a panel of the studio", () => {
    expect(PANELS.map(({ part }) => part)).toContain("curves");
  });
});
