// Large faces cut up, so that light which is worked out at vertices shows on them.

const MOST_VERTICES = 2 ** 26;

export interface Faces {
  /** Metres, (n, 3). */
  readonly positions: Float32Array;
  /** (n, 3). */
  readonly normals: Float32Array;
  /** (n,). */
  readonly surface: Uint16Array;
  /** (m, 3), row by row. */
  readonly triangles: Uint32Array;
}

export interface Split extends Omit<Faces, "triangles"> {
  /** The triangles of each run that was asked for. */
  readonly runs: readonly Uint32Array[];
}

/** How long edges may be, metres: more in the same measure beyond `within_m` of 0, 0. */
export interface Longest {
  readonly edge_m: number;
  readonly within_m: number;
}

/**
 * Cut every edge that is too long in halves, again and again.
 *
 * Ground may reach twenty times as far as the set that stands on it, and whoever looks
 * at the set sees little of that: far away edges may be longer. Whether and where an
 * edge is cut follows from its ends alone, so neighbours that share vertices stay joined.
 *
 * @param runs first and one past the last index of each run of triangles
 */
export function splitLong(
  faces: Faces,
  runs: readonly (readonly [number, number])[],
  { edge_m, within_m }: Longest,
): Split {
  const positions = Array.from(faces.positions);
  const normals = Array.from(faces.normals);
  const surface = Array.from(faces.surface);
  const middles = new Map<number, number>();
  /** Square of an edge's length where that is too long, else 0. */
  const excess = (a: number, b: number) => {
    let sum = 0;
    for (let axis = 0; axis < 3; axis++)
      sum += ((positions[a * 3 + axis] ?? 0) - (positions[b * 3 + axis] ?? 0)) ** 2;
    return sum <= edge_m * edge_m || sum <= (edge_m * far(a, b)) ** 2 ? 0 : sum;
  };
  const far = (a: number, b: number) => {
    const across = (axis: number) =>
      ((positions[a * 3 + axis] ?? 0) + (positions[b * 3 + axis] ?? 0)) / 2;
    return Math.max(Math.hypot(across(0), across(2)) / within_m, 1);
  };
  const middleOf = (a: number, b: number) => {
    const key = Math.min(a, b) * MOST_VERTICES + Math.max(a, b);
    const known = middles.get(key);
    if (known !== undefined) return known;
    const made = surface.length;
    for (const values of [positions, normals])
      for (let axis = 0; axis < 3; axis++)
        values.push(((values[a * 3 + axis] ?? 0) + (values[b * 3 + axis] ?? 0)) / 2);
    surface.push(surface[a] ?? 0);
    middles.set(key, made);
    return made;
  };
  const cut = (out: number[], a: number, b: number, c: number): void => {
    const [ab, bc, ca] = [excess(a, b), excess(b, c), excess(c, a)];
    const longest = Math.max(ab, bc, ca);
    if (longest === 0) {
      out.push(a, b, c);
    } else if (longest === ab) {
      const middle = middleOf(a, b);
      cut(out, a, middle, c);
      cut(out, middle, b, c);
    } else if (longest === bc) cut(out, b, c, a);
    else cut(out, c, a, b);
  };
  const made = runs.map(([first, end]) => {
    const out: number[] = [];
    for (let at = first; at < end; at += 3) {
      const [a = 0, b = 0, c = 0] = faces.triangles.subarray(at, at + 3);
      cut(out, a, b, c);
    }
    return Uint32Array.from(out);
  });
  return {
    positions: Float32Array.from(positions),
    normals: Float32Array.from(normals),
    surface: Uint16Array.from(surface),
    runs: made,
  };
}
