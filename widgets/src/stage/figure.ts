import { Box3, type Material, Mesh, Vector3 } from "three";
import type { FigureTrack, StageHeader } from "../schema";
import { coarsened } from "./coarse";
import type { FigureArrays } from "./payload";
import { Skin } from "./skin";

/** How many triangles: all, or few while it moves where drawing takes long. */
export type Detail = "fine" | "coarse";

/** One character's skin, posed frame by frame as the stage baked it. */
export class Figure {
  readonly mesh: Mesh;
  /** Middle of the topmost point, for a label; metres. */
  readonly top = new Vector3();
  readonly middle = new Vector3();
  readonly bounds = new Box3();
  readonly #fine: Skin;
  #coarse: Skin | undefined;
  #detail: Detail = "fine";
  #posed:
    | { counts: Int16Array; origin: FigureTrack["origin_m"]; step: number }
    | undefined;

  constructor(
    readonly track: FigureTrack,
    readonly arrays: FigureArrays,
    readonly header: StageHeader,
    material: Material,
  ) {
    const { surface, weld, triangles } = arrays;
    const vertices = Uint32Array.from({ length: arrays.vertices }, (_, i) => i);
    this.#fine = new Skin({ vertices, surface, weld, triangles }, header);
    this.mesh = new Mesh(this.#fine.geometry, material);
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
    this.#posed = { counts, origin, step };
    const skin = this.#detail === "fine" ? this.#fine : this.#coarseOf(counts, step);
    const { bounds, middle } = this;
    skin.pose(counts, origin, step, this);
    this.mesh.geometry = skin.geometry;
    bounds.getCenter(middle).setY(bounds.max.y * 0.55);
  }

  /** Show it finer or coarser from now on; returns whether that is another picture. */
  showIn(detail: Detail): boolean {
    if (detail === this.#detail) return false;
    this.#detail = detail;
    if (!this.#posed || !this.mesh.visible) return false;
    const { counts, origin, step } = this.#posed;
    this.pose(counts, origin, step);
    return true;
  }

  #coarseOf(counts: Int16Array, step: number): Skin {
    this.#coarse ??= new Skin(coarsened(this.arrays, counts, step), this.header);
    return this.#coarse;
  }

  dispose(): void {
    this.#fine.dispose();
    this.#coarse?.dispose();
    this.mesh.removeFromParent();
  }
}
