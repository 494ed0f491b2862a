import { expect, test } from "vitest";
import { coarsened } from "./coarse";

const STEP_M = 0.001;

/** A patch of so many vertices each way, a centimetre apart, in two surfaces. */
function patch(side: number) {
  const counts = new Int16Array(side * side * 3);
  const surface = new Uint16Array(side * side);
  const triangles: number[] = [];
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const at = y * side + x;
      counts.set([x * 10, y * 10, 0], at * 3);
      surface[at] = x < side / 2 ? 0 : 1;
      if (x + 1 < side && y + 1 < side)
        triangles.push(at, at + 1, at + side, at + 1, at + side + 1, at + side);
    }
  const arrays = {
    positions: counts,
    surface,
    weld: Uint32Array.from(surface.keys()),
    triangles: Uint32Array.from(triangles),
    frames: 1,
    vertices: side * side,
  };
  return { arrays, counts };
}

test("a coarse skin has a few of the triangles and reaches as far", () => {
  const { arrays, counts } = patch(60);
  const made = coarsened(arrays, counts, STEP_M);
  expect(made.triangles.length).toBeLessThan(arrays.triangles.length / 8);
  expect(made.triangles.length).toBeGreaterThan(0);
  const widest = Math.max(...Array.from(made.vertices, (at) => counts[at * 3] ?? 0));
  expect(widest).toBeGreaterThan(590 - 45);
});

test("where two surfaces meet, a coarse skin does not gape", () => {
  const { arrays, counts } = patch(60);
  const { vertices, weld, surface } = coarsened(arrays, counts, STEP_M);
  const places = new Map<number, Set<number>>();
  for (const [i, cell] of weld.entries())
    places.set(cell, (places.get(cell) ?? new Set()).add(vertices[i] ?? -1));
  expect([...places.values()].every(({ size }) => size === 1)).toBe(true);
  expect(weld.length).toBeGreaterThan(places.size);
  expect(new Set(surface)).toEqual(new Set([0, 1]));
});
