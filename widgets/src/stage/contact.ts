// A soft dark patch on the floor under somebody, where no shadows are cast.

import {
  CanvasTexture,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  type Scene,
  type Texture,
} from "three";
import type { Figure } from "./figure";

const TEXTURE_PX = 64;
const DARK = 0.5;
/** It reaches so far beyond the body, metres. */
const BEYOND_M = 0.16;
/** Over the floor, and over what lies on it. */
const OVER_M = 0.012;

export class Contacts {
  readonly #texture = patch();
  readonly #geometry = new PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
  readonly #material = new MeshBasicMaterial({
    color: 0x000000,
    alphaMap: this.#texture,
    transparent: true,
    opacity: DARK,
    depthWrite: false,
    toneMapped: false,
  });
  readonly #patches: readonly Mesh[];

  constructor(
    readonly figures: readonly Figure[],
    scene: Scene,
  ) {
    this.#patches = figures.map(() => new Mesh(this.#geometry, this.#material));
    if (this.#patches.length) scene.add(...this.#patches);
  }

  /** Lie under everybody as they stand by now. */
  follow(): void {
    for (const [i, { mesh, bounds }] of this.figures.entries()) {
      const patch = this.#patches[i];
      if (!patch) continue;
      patch.visible = mesh.visible;
      const { min, max } = bounds;
      patch.position.set((min.x + max.x) / 2, min.y + OVER_M, (min.z + max.z) / 2);
      patch.scale.set(max.x - min.x + BEYOND_M, 1, max.z - min.z + BEYOND_M);
    }
  }

  dispose(): void {
    for (const patch of this.#patches) patch.removeFromParent();
    this.#geometry.dispose();
    this.#material.dispose();
    this.#texture.dispose();
  }
}

function patch(): Texture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TEXTURE_PX;
  const context = canvas.getContext("2d");
  const half = TEXTURE_PX / 2;
  if (context) {
    const shade = context.createRadialGradient(half, half, 0, half, half, half);
    shade.addColorStop(0, "#fff");
    shade.addColorStop(0.45, "#999");
    shade.addColorStop(1, "#000");
    context.fillStyle = shade;
    context.fillRect(0, 0, TEXTURE_PX, TEXTURE_PX);
  }
  return new CanvasTexture(canvas);
}
