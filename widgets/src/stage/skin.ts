// The posed surface of a figure: places and normals of its vertices at one frame.

import {
  type Box3,
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  Sphere,
  type Vector3,
} from "three";
import type { FigureTrack, StageHeader } from "../schema";
import type { Coarse } from "./coarse";
import { smoothNormals } from "./normals";
import { setSurfaces } from "./surfaces";

/** What of a figure its pose says, in metres. */
export interface Extent {
  /** Its topmost point. */
  readonly top: Vector3;
  readonly bounds: Box3;
}

export class Skin {
  readonly geometry = new BufferGeometry();
  readonly #positions: Float32Array;
  readonly #normals: Float32Array;
  readonly #sphere = new Sphere();

  /** @param coarse what of the whole it has, each vertex by its number there */
  constructor(
    readonly coarse: Coarse,
    { surfaces, exposure_ev100: ev100 }: StageHeader,
  ) {
    const { geometry } = this;
    const size = coarse.vertices.length * 3;
    this.#positions = new Float32Array(size);
    this.#normals = new Float32Array(size);
    for (const [name, values] of [
      ["position", this.#positions],
      ["normal", this.#normals],
    ] as const)
      geometry.setAttribute(
        name,
        new BufferAttribute(values, 3).setUsage(DynamicDrawUsage),
      );
    geometry.setIndex(new BufferAttribute(coarse.triangles, 1));
    setSurfaces(geometry, coarse.surface, surfaces, ev100);
    geometry.boundingSphere = this.#sphere;
  }

  /** Pose it by counts of a step from an origin; note how far it reaches. */
  pose(
    counts: Int16Array,
    origin: FigureTrack["origin_m"],
    step: number,
    extent: Extent,
  ): void {
    this.#place(counts, origin, step, extent);
    const { triangles, weld } = this.coarse;
    smoothNormals(this.#positions, triangles, weld, this.#normals);
    this.geometry.getAttribute("position").needsUpdate = true;
    this.geometry.getAttribute("normal").needsUpdate = true;
  }

  #place(
    counts: Int16Array,
    origin: FigureTrack["origin_m"],
    step: number,
    { top, bounds }: Extent,
  ): void {
    const { vertices } = this.coarse;
    const positions = this.#positions;
    let [lowest, highest] = [Infinity, -Infinity];
    let [minX, maxX, minZ, maxZ] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < vertices.length; i++) {
      const from = (vertices[i] ?? 0) * 3;
      const x = origin[0] + (counts[from] ?? 0) * step;
      const y = origin[1] + (counts[from + 1] ?? 0) * step;
      const z = origin[2] + (counts[from + 2] ?? 0) * step;
      positions[i * 3] = x;
      positions[i * 3 + 1] = y;
      positions[i * 3 + 2] = z;
      if (y > highest) {
        highest = y;
        top.set(x, y, z);
      }
      lowest = Math.min(lowest, y);
      minX = Math.min(minX, x);
      maxX = Math.max(maxX, x);
      minZ = Math.min(minZ, z);
      maxZ = Math.max(maxZ, z);
    }
    bounds.min.set(minX, lowest, minZ);
    bounds.max.set(maxX, highest, maxZ);
    bounds.getBoundingSphere(this.#sphere);
  }

  dispose(): void {
    this.geometry.dispose();
  }
}
