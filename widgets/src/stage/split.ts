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

/**
 * Cut every edge longer than `limit` metres in halves, again and again.
 *
 * Whether and where an edge is cut follows from its ends alone, so neighbours that share
 * vertices stay joined.
 *
 * @param runs first and one past the last index of each run of triangles
 */
export function splitLong(
  faces: Faces,
  runs: readonly (readonly [number, number])[],
  limit: number,
): Split {
  const positions = Array.from(faces.positions);
  const normals = Array.from(faces.normals);
  const surface = Array.from(faces.surface);
  const middles = new Map<number, number>();
  const squared = (a: number, b: number) => {
    let sum = 0;
    for (let axis = 0; axis < 3; axis++)
      sum += ((positions[a * 3 + axis] ?? 0) - (positions[b * 3 + axis] ?? 0)) ** 2;
    return sum;
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
    const [ab, bc, ca] = [squared(a, b), squared(b, c), squared(c, a)];
    const longest = Math.max(ab, bc, ca);
    if (longest <= limit * limit) {
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
