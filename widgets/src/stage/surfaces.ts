import {
  BufferAttribute,
  type BufferGeometry,
  DoubleSide,
  MeshStandardMaterial,
} from "three";
import type { Surface } from "../schema";

// Metal without surroundings to mirror would be black, so the viewport plays it down.
const METAL_SHARE = 0.35;
// A lamp looks lit at any exposure, and a bright one still shows its colour.
const GLOW = { least: 0.25, most: 0.95 };

/** What 1 cd/m² becomes; ISO 100 saturates at 1.2 * 2^EV (ISO 12232). */
export function exposure(ev100: number): number {
  return 1 / (1.2 * 2 ** ev100);
}

/** Write each vertex's surface into attributes that `surfaceMaterial` reads. */
export function setSurfaces(
  geometry: BufferGeometry,
  vertexSurface: Uint16Array,
  surfaces: readonly Surface[],
  exposureEv100: number,
): void {
  const color = new Float32Array(vertexSurface.length * 3);
  const gloss = new Float32Array(vertexSurface.length * 2);
  const glow = new Float32Array(vertexSurface.length * 3);
  vertexSurface.forEach((row, vertex) => {
    const surface = surfaces[row];
    if (!surface) return;
    color.set(surface.base_color, vertex * 3);
    gloss.set([surface.roughness, surface.metalness * METAL_SHARE], vertex * 2);
    const brightest = Math.max(...surface.emission);
    if (brightest > 0) {
      const exposed = brightest * exposure(exposureEv100);
      const shown = Math.min(Math.max(exposed, GLOW.least), GLOW.most);
      glow.set(
        surface.emission.map((value) => (shown * value) / brightest),
        vertex * 3,
      );
    }
  });
  geometry.setAttribute("color", new BufferAttribute(color, 3));
  geometry.setAttribute("gloss", new BufferAttribute(gloss, 2));
  geometry.setAttribute("glow", new BufferAttribute(glow, 3));
}

/** One material for every opaque surface: colour, gloss and glow are per vertex. */
export function surfaceMaterial(): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ vertexColors: true, side: DoubleSide });
  material.shadowSide = DoubleSide;
  material.onBeforeCompile = (shader) => {
    const varying = "varying vec2 vGloss;\nvarying vec3 vGlow;\n";
    shader.vertexShader = shader.vertexShader
      .replace(
        "#include <common>",
        `#include <common>\nattribute vec2 gloss;\nattribute vec3 glow;\n${varying}`,
      )
      .replace(
        "#include <begin_vertex>",
        "#include <begin_vertex>\nvGloss = gloss;\nvGlow = glow;",
      );
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", `#include <common>\n${varying}`)
      .replace("#include <roughnessmap_fragment>", "float roughnessFactor = vGloss.x;")
      .replace("#include <metalnessmap_fragment>", "float metalnessFactor = vGloss.y;")
      .replace("#include <emissivemap_fragment>", "totalEmissiveRadiance += vGlow;");
  };
  material.customProgramCacheKey = () => "previz-surface";
  return material;
}

/** Casts its shadow but is not painted: a wall that one looks through. */
export function concealedMaterial(): MeshStandardMaterial {
  return new MeshStandardMaterial({
    colorWrite: false,
    depthWrite: false,
    side: DoubleSide,
  });
}

export function glassMaterial(): MeshStandardMaterial {
  return new MeshStandardMaterial({
    color: 0xb8ccd4,
    roughness: 0.08,
    transparent: true,
    opacity: 0.22,
    depthWrite: false,
    side: DoubleSide,
  });
}
