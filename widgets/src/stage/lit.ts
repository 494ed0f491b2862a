// Light on what stands still, worked out once: `plainMaterial` does so at each picture.

import {
  BufferAttribute,
  type BufferGeometry,
  type Color,
  DirectionalLight,
  DoubleSide,
  GLSL3,
  type Group,
  HemisphereLight,
  PointLight,
  ShaderMaterial,
  SpotLight,
  Vector3,
} from "three";

const VERTEX = /* glsl */ `
in vec3 front;
in vec3 back;
out vec3 vFront;
out vec3 vBack;
void main() {
  vFront = front;
  vBack = back;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
in vec3 vFront;
in vec3 vBack;
out vec4 shown;
#include <common>
#include <tonemapping_pars_fragment>
void main() {
  vec3 light = gl_FrontFacing ? vFront : vBack;
  shown = sRGBTransferOETF(vec4(ACESFilmicToneMapping(light), 1.0));
}
`;

/** Nearer than this no lamp shines brighter, metres squared; three.js has it so. */
const NEAREST_M2 = 0.01;

/** Shows light that `litBy` has written. */
export function litMaterial(exposure: number): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: { toneMappingExposure: { value: exposure } },
    toneMapped: false,
    side: DoubleSide,
  });
}

/** A light from a place or a direction: its colour, and whence it comes to a point. */
interface Shining {
  readonly color: Color;
  /** Writes the direction to the light; returns how much of it arrives. */
  reach(x: number, y: number, z: number, way: Vector3): number;
}

/**
 * Write the light on each vertex of a geometry, and on its back, as attributes.
 *
 * As `plainMaterial` does: matt surfaces, no shadows.
 */
export function litBy(geometry: BufferGeometry, lights: Group): void {
  const [shining, skies] = [shiningOf(lights), skiesOf(lights)];
  const at = (name: string) => geometry.getAttribute(name).array;
  const [positions, normals] = [at("position"), at("normal")];
  const [color, gloss, glow] = [at("color"), at("gloss"), at("glow")];
  const front = new Float32Array(positions.length);
  const back = new Float32Array(positions.length);
  const way = new Vector3();
  const [sum, behind] = [new Float64Array(3), new Float64Array(3)];
  for (let vertex = 0; vertex < positions.length / 3; vertex++) {
    const i = vertex * 3;
    const [x, y, z] = [positions[i] ?? 0, positions[i + 1] ?? 0, positions[i + 2] ?? 0];
    const [nx, ny, nz] = [normals[i] ?? 0, normals[i + 1] ?? 0, normals[i + 2] ?? 0];
    sum.fill(0);
    behind.fill(0);
    for (const one of shining) {
      const arrives = one.reach(x, y, z, way);
      const facing = (nx * way.x + ny * way.y + nz * way.z) * arrives;
      add(facing > 0 ? sum : behind, one.color, Math.abs(facing));
    }
    for (const { sky, ground } of skies)
      for (const [into, up] of [
        [sum, 0.5 + 0.5 * ny],
        [behind, 0.5 - 0.5 * ny],
      ] as const) {
        add(into, sky, up);
        add(into, ground, 1 - up);
      }
    const matt = (1 - (gloss[vertex * 2 + 1] ?? 0)) / Math.PI;
    for (let axis = 0; axis < 3; axis++) {
      const diffuse = (color[i + axis] ?? 0) * matt;
      const own = glow[i + axis] ?? 0;
      front[i + axis] = (sum[axis] ?? 0) * diffuse + own;
      back[i + axis] = (behind[axis] ?? 0) * diffuse + own;
    }
  }
  keep(geometry, "front", front);
  keep(geometry, "back", back);
}

/** Geometries that share an attribute are lit together. */
function keep(geometry: BufferGeometry, name: string, values: Float32Array): void {
  if (!geometry.hasAttribute(name)) {
    geometry.setAttribute(name, new BufferAttribute(values, 3));
    return;
  }
  const kept = geometry.getAttribute(name);
  kept.array.set(values);
  kept.needsUpdate = true;
}

function add(into: Float64Array, { r, g, b }: Color, much: number): void {
  into[0] = (into[0] ?? 0) + r * much;
  into[1] = (into[1] ?? 0) + g * much;
  into[2] = (into[2] ?? 0) + b * much;
}

function shiningOf(lights: Group): Shining[] {
  return lights.children.flatMap((light): Shining[] => {
    if (light instanceof DirectionalLight) return [parallel(light)];
    if (light instanceof PointLight || light instanceof SpotLight) return [from(light)];
    return [];
  });
}

function skiesOf(lights: Group): { sky: Color; ground: Color }[] {
  return lights.children.flatMap((light) => {
    if (!(light instanceof HemisphereLight)) return [];
    const [sky, ground] = [light.color, light.groundColor].map((color) =>
      color.clone().multiplyScalar(light.intensity),
    );
    return sky && ground ? [{ sky, ground }] : [];
  });
}

function parallel({ color, intensity, position, target }: DirectionalLight): Shining {
  const towards = position.clone().sub(target.position).normalize();
  return {
    color: color.clone().multiplyScalar(intensity),
    reach(_x, _y, _z, way) {
      way.copy(towards);
      return 1;
    },
  };
}

function from(light: PointLight | SpotLight): Shining {
  const { color, intensity, position } = light;
  const cone = light instanceof SpotLight ? coneOf(light) : () => 1;
  return {
    color: color.clone().multiplyScalar(intensity),
    reach(x, y, z, way) {
      way.set(position.x - x, position.y - y, position.z - z);
      const far2 = way.lengthSq();
      way.normalize();
      return cone(way) / Math.max(far2, NEAREST_M2);
    },
  };
}

/** What of a spot's light goes a way, from its edge to where it is whole. */
function coneOf({ position, target, angle, penumbra }: SpotLight) {
  const axis = position.clone().sub(target.position).normalize();
  const [edge, whole] = [Math.cos(angle), Math.cos(angle * (1 - penumbra))];
  return (way: Vector3) => {
    const t = Math.min(Math.max((way.dot(axis) - edge) / (whole - edge || 1), 0), 1);
    return t * t * (3 - 2 * t);
  };
}
