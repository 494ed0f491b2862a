// A skin with fewer triangles, for while it moves where drawing takes long.

import type { FigureTrack } from "../schema";
import type { FigureArrays } from "./payload";

/** Vertices that are so near to each other become one, metres. */
const CELL_M = 0.035;
const CELLS = 1024;
const SURFACES = 65_536;

export interface Coarse {
  /** Which vertex of the whole skin each is, (n,). */
  readonly vertices: Uint32Array;
  /** What each is made of, (n,). */
  readonly surface: Uint16Array;
  /** As of `FigureArrays`, (n,). */
  readonly weld: Uint32Array;
  /** (m, 3), row by row. */
  readonly triangles: Uint32Array;
}

/**
 * Join what lies in one cell of a grid, each cell at the vertex next to its middle.
 *
 * @param counts a pose of the whole skin, (n, 3), in steps from an origin
 * @param step metres
 */
export function coarsened(
  { vertices: count, surface, triangles }: FigureArrays,
  counts: Int16Array,
  step: FigureTrack["step_m"],
): Coarse {
  const { cellOf, middle } = gridded(counts, count, CELL_M / step);
  const known = new Map<number, number>();
  const made = { vertices: [] as number[], surface: [] as number[] };
  const weld: number[] = [];
  const index = Uint32Array.from({ length: count }, (_, vertex) => {
    const cell = cellOf[vertex] ?? 0;
    const kind = surface[vertex] ?? 0;
    // Where two surfaces meet in a cell they share its place, so that none gapes.
    const key = cell * SURFACES + kind;
    const old = known.get(key);
    if (old !== undefined) return old;
    known.set(key, weld.length);
    made.vertices.push(middle[cell] ?? vertex);
    made.surface.push(kind);
    return weld.push(cell) - 1;
  });
  const kept: number[] = [];
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => index[triangles[i + k] ?? 0] ?? 0);
    if (a === undefined || b === undefined || c === undefined) continue;
    const [wa, wb, wc] = [weld[a], weld[b], weld[c]];
    if (wa !== wb && wb !== wc && wc !== wa) kept.push(a, b, c);
  }
  return {
    vertices: Uint32Array.from(made.vertices),
    surface: Uint16Array.from(made.surface),
    weld: Uint32Array.from(weld),
    triangles: Uint32Array.from(kept),
  };
}

/** The cell of each vertex, and of each cell the vertex that is next to its middle. */
function gridded(counts: Int16Array, count: number, size: number) {
  const cells = new Map<number, number>();
  const cellOf = new Uint32Array(count);
  const sums: number[] = [];
  const at = (vertex: number, axis: number) => counts[vertex * 3 + axis] ?? 0;
  for (let vertex = 0; vertex < count; vertex++) {
    let key = 0;
    for (let axis = 0; axis < 3; axis++)
      key = key * CELLS + Math.floor(at(vertex, axis) / size) + CELLS / 2;
    const cell = cells.get(key) ?? cells.size;
    cells.set(key, cell);
    cellOf[vertex] = cell;
    for (let axis = 0; axis < 3; axis++)
      sums[cell * 4 + axis] = (sums[cell * 4 + axis] ?? 0) + at(vertex, axis);
    sums[cell * 4 + 3] = (sums[cell * 4 + 3] ?? 0) + 1;
  }
  const middle = new Uint32Array(cells.size);
  const far = new Float64Array(cells.size).fill(Number.POSITIVE_INFINITY);
  for (let vertex = 0; vertex < count; vertex++) {
    const cell = cellOf[vertex] ?? 0;
    const many = sums[cell * 4 + 3] ?? 1;
    let off = 0;
    for (let axis = 0; axis < 3; axis++)
      off += (at(vertex, axis) - (sums[cell * 4 + axis] ?? 0) / many) ** 2;
    if (off >= (far[cell] ?? 0)) continue;
    far[cell] = off;
    middle[cell] = vertex;
  }
  return { cellOf, middle };
}
