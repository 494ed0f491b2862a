import {
  Box3,
  BufferAttribute,
  BufferGeometry,
  type Material,
  Mesh,
  Sphere,
  Vector3,
} from "three";
import type { FigureTrack, StageHeader } from "../schema";
import { smoothNormals } from "./normals";
import type { FigureArrays } from "./payload";
import { setSurfaces } from "./surfaces";

/** One character's skin, posed frame by frame as the stage baked it. */
export class Figure {
  readonly mesh: Mesh;
  /** Middle of the topmost point, for a label; metres. */
  readonly top = new Vector3();
  readonly middle = new Vector3();
  readonly bounds = new Box3();
  readonly #positions: Float32Array;
  readonly #normals: Float32Array;
  readonly #sphere = new Sphere();

  constructor(
    readonly track: FigureTrack,
    readonly arrays: FigureArrays,
    { surfaces, exposure_ev100: ev100 }: StageHeader,
    material: Material,
  ) {
    const geometry = new BufferGeometry();
    this.#positions = new Float32Array(arrays.vertices * 3);
    this.#normals = new Float32Array(arrays.vertices * 3);
    geometry.setAttribute("position", new BufferAttribute(this.#positions, 3));
    geometry.setAttribute("normal", new BufferAttribute(this.#normals, 3));
    geometry.setIndex(new BufferAttribute(arrays.triangles, 1));
    setSurfaces(geometry, arrays.surface, surfaces, ev100);
    geometry.boundingSphere = this.#sphere;
    this.mesh = new Mesh(geometry, material);
    this.mesh.castShadow = this.mesh.receiveShadow = true;
  }

  /** Pose the figure, or take it off the set where it has not entered or has left. */
  show(frame: number): void {
    const row = frame - this.track.first_frame;
    this.mesh.visible = row >= 0 && row < this.arrays.frames;
    if (!this.mesh.visible) return;
    const { vertices, positions } = this.arrays;
    const from = row * vertices * 3;
    const { origin_m, step_m } = this.track;
    this.pose(positions.subarray(from, from + vertices * 3), origin_m, step_m);
  }

  /** Pose the figure by counts of a step from an origin, in metres. */
  pose(counts: Int16Array, origin: FigureTrack["origin_m"], step: number): void {
    this.#place(counts, origin, step);
    const geometry = this.mesh.geometry;
    smoothNormals(
      this.#positions,
      this.arrays.triangles,
      this.arrays.weld,
      this.#normals,
    );
    geometry.getAttribute("position").needsUpdate = true;
    geometry.getAttribute("normal").needsUpdate = true;
  }

  #place(counts: Int16Array, origin: FigureTrack["origin_m"], step: number): void {
    const { vertices } = this.arrays;
    let [lowest, highest] = [Infinity, -Infinity];
    let [minX, maxX, minZ, maxZ] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < vertices * 3; i += 3) {
      const x = origin[0] + (counts[i] ?? 0) * step;
      const y = origin[1] + (counts[i + 1] ?? 0) * step;
      const z = origin[2] + (counts[i + 2] ?? 0) * step;
      this.#positions[i] = x;
      this.#positions[i + 1] = y;
      this.#positions[i + 2] = z;
      if (y > highest) {
        highest = y;
        this.top.set(x, y, z);
      }
      lowest = Math.min(lowest, y);
      minX = Math.min(minX, x);
      maxX = Math.max(maxX, x);
      minZ = Math.min(minZ, z);
      maxZ = Math.max(maxZ, z);
    }
    this.middle.set((minX + maxX) / 2, highest * 0.55, (minZ + maxZ) / 2);
    this.bounds.min.set(minX, lowest, minZ);
    this.bounds.max.set(maxX, highest, maxZ);
    this.bounds.getBoundingSphere(this.#sphere);
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.removeFromParent();
  }
}
