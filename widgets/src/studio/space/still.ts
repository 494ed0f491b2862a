// What stands still in a pane, drawn once and kept with its depth.

import {
  AlwaysDepth,
  BufferAttribute,
  BufferGeometry,
  type Camera,
  DepthTexture,
  FloatType,
  GLSL3,
  LinearFilter,
  Mesh,
  NearestFilter,
  Scene,
  ShaderMaterial,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import { ACTING_LAYER, STILL_LAYER, type World } from "../../stage/world";

/** What is drawn anew each time: handles, lines, glass. */
const OVER_LAYER = 0;

const VERTEX = /* glsl */ `
out vec2 at;
void main() {
  at = position.xy * 0.5 + 0.5;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
uniform sampler2D color;
uniform sampler2D depth;
in vec2 at;
out vec4 shown;
void main() {
  gl_FragDepth = texture(depth, at).r;
  if (gl_FragDepth >= 1.0) discard;
  shown = texture(color, at);
}
`;

/** Pixels of a pane. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export class Still {
  readonly #target = new WebGLRenderTarget(1, 1, {
    minFilter: LinearFilter,
    magFilter: LinearFilter,
    generateMipmaps: false,
    depthTexture: new DepthTexture(1, 1, FloatType),
  });
  readonly #quad = new Scene();
  readonly #mesh: Mesh<BufferGeometry, ShaderMaterial>;
  #world: World | undefined;
  #seen = "";
  #share = 0;
  /** Counts what was kept. */
  taken = 0;

  constructor() {
    const depth = this.#target.depthTexture;
    if (depth) depth.minFilter = depth.magFilter = NearestFilter;
    const corners = new BufferGeometry();
    const places = Float32Array.of(-1, -1, 0, 3, -1, 0, -1, 3, 0);
    corners.setAttribute("position", new BufferAttribute(places, 3));
    const material = new ShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { color: { value: this.#target.texture }, depth: { value: depth } },
      depthFunc: AlwaysDepth,
      toneMapped: false,
    });
    this.#mesh = new Mesh(corners, material);
    this.#mesh.frustumCulled = false;
    this.#quad.add(this.#mesh);
  }

  /** Whether what is kept is what the camera sees, at least at this share of pixels. */
  holds(world: World, camera: Camera, size: Size, share: number): boolean {
    const seen = seenBy(camera, size);
    return this.#world === world && this.#seen === seen && this.#share >= share;
  }

  /** Draw what stands still at a share of the pane's width in pixels. */
  take(
    renderer: WebGLRenderer,
    world: World,
    camera: Camera,
    size: Size,
    share: number,
  ): void {
    const pixels = (length: number) => Math.max(Math.round(length * share), 1);
    this.#target.setSize(pixels(size.width), pixels(size.height));
    this.#world = world;
    this.#seen = seenBy(camera, size);
    this.#share = share;
    this.taken += 1;
    renderer.setRenderTarget(this.#target);
    renderer.clear();
    this.#draw(renderer, world, camera, [STILL_LAYER]);
    renderer.setRenderTarget(null);
  }

  /** Keep what another keeps, and those who act in it as they stand. */
  takeOver(renderer: WebGLRenderer, world: World, camera: Camera, set: Still): void {
    this.#target.setSize(set.#target.width, set.#target.height);
    renderer.setRenderTarget(this.#target);
    renderer.clear();
    renderer.autoClear = false;
    renderer.render(set.#quad, camera);
    this.#draw(renderer, world, camera, [ACTING_LAYER]);
    renderer.autoClear = true;
    renderer.setRenderTarget(null);
  }

  /** Show what is kept, and before it what moves: those who act too, or not. */
  show(renderer: WebGLRenderer, world: World, camera: Camera, acting: boolean): void {
    this.#quad.background = world.scene.background;
    renderer.render(this.#quad, camera);
    this.#quad.background = null;
    renderer.autoClear = false;
    const layers = acting ? [OVER_LAYER, ACTING_LAYER] : [OVER_LAYER];
    this.#draw(renderer, world, camera, layers);
    renderer.autoClear = true;
  }

  #draw(
    renderer: WebGLRenderer,
    world: World,
    camera: Camera,
    layers: readonly number[],
  ): void {
    const { background } = world.scene;
    world.scene.background = null;
    camera.layers.disableAll();
    for (const layer of layers) camera.layers.enable(layer);
    renderer.render(world.scene, camera);
    camera.layers.set(OVER_LAYER);
    world.scene.background = background;
  }

  /** Forget what is kept: light or set are others. */
  forget(): void {
    this.#seen = "";
  }

  dispose(): void {
    this.#target.depthTexture?.dispose();
    this.#target.dispose();
    this.#mesh.geometry.dispose();
    this.#mesh.material.dispose();
  }
}

function seenBy(camera: Camera, { width, height }: Size): string {
  camera.updateMatrixWorld();
  const { matrixWorld, projectionMatrix } = camera;
  return [width, height, ...matrixWorld.elements, ...projectionMatrix.elements].join();
}
