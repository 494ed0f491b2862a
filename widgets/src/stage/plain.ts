// Surfaces for browsers without a graphics card: light is worked out at the vertices,
// and a pixel costs little more than its colour.

import {
  DoubleSide,
  GLSL3,
  ShaderMaterial,
  UniformsLib,
  UniformsUtils,
  type WebGLRenderer,
} from "three";

/** How surfaces are drawn: each pixel lit and shadowed, or only each vertex lit. */
export type Shading = "lit" | "plain";

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

// A face and its back are lit apart, since sets are seen from both sides.
const VERTEX = /* glsl */ `
in vec2 gloss;
in vec3 glow;
out vec3 vFront;
out vec3 vBack;
#include <common>
#include <lights_pars_begin>

void addTo(inout vec3 front, inout vec3 back, IncidentLight light, vec3 normal) {
  float facing = dot(normal, light.direction);
  front += light.color * max(facing, 0.0);
  back += light.color * max(-facing, 0.0);
}

void main() {
  vec3 facing = normalize(normalMatrix * normal);
  vec4 seen = modelViewMatrix * vec4(position, 1.0);
  vec3 front = ambientLightColor;
  vec3 back = ambientLightColor;
  IncidentLight light;
  #if NUM_DIR_LIGHTS > 0
  for (int i = 0; i < NUM_DIR_LIGHTS; i++) {
    getDirectionalLightInfo(directionalLights[i], light);
    addTo(front, back, light, facing);
  }
  #endif
  #if NUM_POINT_LIGHTS > 0
  for (int i = 0; i < NUM_POINT_LIGHTS; i++) {
    getPointLightInfo(pointLights[i], seen.xyz, light);
    addTo(front, back, light, facing);
  }
  #endif
  #if NUM_SPOT_LIGHTS > 0
  for (int i = 0; i < NUM_SPOT_LIGHTS; i++) {
    getSpotLightInfo(spotLights[i], seen.xyz, light);
    addTo(front, back, light, facing);
  }
  #endif
  #if NUM_HEMI_LIGHTS > 0
  for (int i = 0; i < NUM_HEMI_LIGHTS; i++) {
    front += getHemisphereLightIrradiance(hemisphereLights[i], facing);
    back += getHemisphereLightIrradiance(hemisphereLights[i], -facing);
  }
  #endif
  vec3 diffuse = color * (1.0 - gloss.y) * RECIPROCAL_PI;
  vFront = front * diffuse + glow;
  vBack = back * diffuse + glow;
  gl_Position = projectionMatrix * seen;
}
`;

// It writes what is shown, on the canvas as on a picture that is kept for it.
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

/** The cheap stand-in of `surfaceMaterial`, for the same attributes. */
export function plainMaterial(exposure: number): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: GLSL3,
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: UniformsUtils.merge([
      UniformsLib.lights,
      { toneMappingExposure: { value: exposure } },
    ]),
    lights: true,
    toneMapped: false,
    vertexColors: true,
    side: DoubleSide,
  });
}

/** What the browser says that it draws with. */
export function deviceOf(gl: ReturnType<WebGLRenderer["getContext"]>): string {
  const known = gl.getExtension("WEBGL_debug_renderer_info");
  const asked = known ? known.UNMASKED_RENDERER_WEBGL : gl.RENDERER;
  return String(gl.getParameter(asked) ?? "");
}

/** Whether the browser draws without a graphics card. */
export function drawsInSoftware(): boolean {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return false;
  const software = SOFTWARE.test(deviceOf(gl));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return software;
}
