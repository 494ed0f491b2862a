/**
 * Smooth normals of a posed skin, area-weighted over welded vertices.
 *
 * @param positions metres, (n, 3)
 * @param weld (n,): vertices of one number share a normal
 * @param normals written, (n, 3)
 */
export function smoothNormals(
  positions: Float32Array,
  triangles: Uint32Array,
  weld: Uint32Array,
  normals: Float32Array,
): void {
  const sums = new Float32Array(normals.length);
  for (let i = 0; i < triangles.length; i += 3) {
    const a = triangles[i] ?? 0;
    const b = triangles[i + 1] ?? 0;
    const c = triangles[i + 2] ?? 0;
    const ux = at(positions, b, 0) - at(positions, a, 0);
    const uy = at(positions, b, 1) - at(positions, a, 1);
    const uz = at(positions, b, 2) - at(positions, a, 2);
    const vx = at(positions, c, 0) - at(positions, a, 0);
    const vy = at(positions, c, 1) - at(positions, a, 1);
    const vz = at(positions, c, 2) - at(positions, a, 2);
    const x = uy * vz - uz * vy;
    const y = uz * vx - ux * vz;
    const z = ux * vy - uy * vx;
    add(sums, weld[a] ?? 0, x, y, z);
    add(sums, weld[b] ?? 0, x, y, z);
    add(sums, weld[c] ?? 0, x, y, z);
  }
  for (let vertex = 0; vertex < weld.length; vertex++) {
    const from = weld[vertex] ?? 0;
    const x = at(sums, from, 0);
    const y = at(sums, from, 1);
    const z = at(sums, from, 2);
    const length = Math.sqrt(x * x + y * y + z * z) || 1;
    normals[vertex * 3] = x / length;
    normals[vertex * 3 + 1] = y / length;
    normals[vertex * 3 + 2] = z / length;
  }
}

function at(values: Float32Array, vertex: number, axis: number): number {
  return values[vertex * 3 + axis] ?? 0;
}

function add(sums: Float32Array, slot: number, x: number, y: number, z: number): void {
  sums[slot * 3] = at(sums, slot, 0) + x;
  sums[slot * 3 + 1] = at(sums, slot, 1) + y;
  sums[slot * 3 + 2] = at(sums, slot, 2) + z;
}
