import { expect, test } from "vitest";
import { type Faces, type Longest, splitLong } from "./split";

/** Two triangles of a floor, `wide` by one metre. */
function floor(wide: number): Faces {
  return {
    positions: Float32Array.of(0, 0, 0, wide, 0, 0, wide, 0, 1, 0, 0, 1),
    normals: Float32Array.of(0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0),
    surface: Uint16Array.of(3, 3, 3, 3),
    triangles: Uint32Array.of(0, 1, 2, 0, 2, 3),
  };
}

/** Edges of so many metres, as far as anything reaches here. */
function within(edge_m: number): Longest {
  return { edge_m, within_m: 1000 };
}

function areaOf(positions: Float32Array, run: Uint32Array): number {
  let area = 0;
  for (let at = 0; at < run.length; at += 3) {
    const [a = 0, b = 0, c = 0] = run.subarray(at, at + 3);
    const [ax = 0, , az = 0] = positions.subarray(a * 3, a * 3 + 3);
    const [bx = 0, , bz = 0] = positions.subarray(b * 3, b * 3 + 3);
    const [cx = 0, , cz = 0] = positions.subarray(c * 3, c * 3 + 3);
    area += Math.abs((bx - ax) * (cz - az) - (cx - ax) * (bz - az)) / 2;
  }
  return area;
}

test("no edge is longer than asked for, and the area is what it was", () => {
  const faces = floor(6);
  const { positions, normals, surface, runs } = splitLong(faces, [[0, 6]], within(0.5));
  const [run = new Uint32Array()] = runs;
  expect(areaOf(positions, run)).toBeCloseTo(6, 5);
  for (let at = 0; at < run.length; at += 3)
    for (let side = 0; side < 3; side++) {
      const a = run[at + side] ?? 0;
      const b = run[at + ((side + 1) % 3)] ?? 0;
      const along = [0, 2].map(
        (axis) => (positions[a * 3 + axis] ?? 0) - (positions[b * 3 + axis] ?? 0),
      );
      expect(Math.hypot(...along)).toBeLessThanOrEqual(0.5);
    }
  expect(normals.length).toBe(positions.length);
  expect(new Set(surface)).toEqual(new Set([3]));
});

test("neighbours share the vertices of the edge between them", () => {
  const { surface, runs } = splitLong(floor(1), [[0, 6]], within(0.75));
  // The four corners, the middles of the sides, and one middle of the diagonal.
  expect(surface.length).toBe(9);
  expect(new Set(runs[0]).size).toBe(surface.length);
});

test("what is small stays as it is, run by run", () => {
  const faces = floor(0.2);
  const runs: [number, number][] = [
    [0, 3],
    [3, 6],
  ];
  const split = splitLong(faces, runs, within(2));
  expect(split.runs.map((run) => [...run])).toEqual([
    [0, 1, 2],
    [0, 2, 3],
  ]);
});

test("ground far beyond the set is cut into few pieces, and is as large as it was", () => {
  const [near, far] = [10, 400].map((wide) => {
    const { positions, runs } = splitLong(floor(wide), [[0, 6]], {
      edge_m: 0.5,
      within_m: 5,
    });
    const [run = new Uint32Array()] = runs;
    expect(areaOf(positions, run)).toBeCloseTo(wide, 3);
    return run.length / 3;
  });
  expect(near).toBeGreaterThan(50);
  // In the measure of the set's floor it would be forty times as many.
  expect(far).toBeLessThan(9 * (near ?? 0));
});
