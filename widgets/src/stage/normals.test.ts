import { describe, expect, it } from "vitest";
import { smoothNormals } from "./normals";

// Two triangles that fold along x at a right angle; the fold's vertices are doubled.
const positions = new Float32Array([
  0, 0, 0, 1, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0, 0, 0, -1, 0,
]);
const triangles = new Uint32Array([0, 1, 2, 3, 5, 4]);

function normal(weld: number[], vertex: number): number[] {
  const normals = new Float32Array(positions.length);
  smoothNormals(positions, triangles, new Uint32Array(weld), normals);
  return [...normals.subarray(vertex * 3, vertex * 3 + 3)];
}

describe("smoothNormals", () => {
  it("keeps an edge hard where the vertices are their own", () => {
    expect(normal([0, 1, 2, 3, 4, 5], 0)).toEqual([0, 1, 0]);
    expect(normal([0, 1, 2, 3, 4, 5], 3)).toEqual([0, 0, 1]);
  });

  it("smooths over a seam whose vertices are welded", () => {
    const [x = 1, y = 0, z = 0] = normal([0, 1, 2, 0, 1, 5], 3);
    expect(x).toBe(0);
    expect(y).toBeCloseTo(Math.SQRT1_2, 6);
    expect(z).toBeCloseTo(Math.SQRT1_2, 6);
  });
});
