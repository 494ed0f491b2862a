import { BufferAttribute, BufferGeometry, type Material, Mesh } from "three";
import type { StageHeader } from "../schema";
import type { ThingArrays } from "./payload";
import { setSurfaces } from "./surfaces";

/** A prop, or a part of the set that opens: a stiff shape on its way. */
export class Thing {
  readonly mesh: Mesh;

  constructor(
    readonly arrays: ThingArrays,
    { surfaces, exposure_ev100: ev100 }: StageHeader,
    material: Material,
    glass: boolean,
  ) {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(arrays.positions, 3));
    geometry.setAttribute("normal", new BufferAttribute(arrays.normals, 3));
    geometry.setIndex(new BufferAttribute(arrays.triangles, 1));
    setSurfaces(geometry, arrays.surface, surfaces, ev100);
    this.mesh = new Mesh(geometry, material);
    this.mesh.matrixAutoUpdate = false;
    this.mesh.frustumCulled = false;
    this.mesh.castShadow = this.mesh.receiveShadow = !glass;
  }

  /** Put it where it is, or take it off the set where it is not there. */
  show(frame: number): void {
    const at = frame * 16;
    const rows = Array.from(this.arrays.worldFromThing.subarray(at, at + 16));
    this.mesh.visible = rows[15] === 1;
    if (!this.mesh.visible) return;
    this.mesh.matrix.fromArray(rows).transpose();
    this.mesh.matrixWorldNeedsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.removeFromParent();
  }
}
