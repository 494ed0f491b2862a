// Paints the world: the director's orbiting view, or the film camera's through the lens.

import {
  ACESFilmicToneMapping,
  PCFShadowMap,
  PerspectiveCamera,
  Vector3,
  WebGLRenderer,
} from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";
import { focalPx, frameAspect, frameWithin, type Rect, viewFovDeg } from "./lens";
import type { Stage } from "./payload";
import { StageError } from "./payload";
import { ACTING_LAYER, EXPOSURE, type Lighting, STILL_LAYER, World } from "./world";

export type Look = "director" | "lens";

const INSET_SHARE = 0.27;
const INSET_MARGIN_PX = 12;
const FRAME_MARGIN_PX = 26;

export interface Painted {
  readonly look: Look;
  /** The film's frame within the view, in CSS pixels from the top left. */
  readonly frameRect: Rect;
  /** Where each present figure's head is, for its label; director's view only. */
  readonly labels: readonly { name: string; x: number; y: number }[];
}

export class StageView {
  readonly canvas: HTMLCanvasElement;
  look: Look = "director";
  inset = true;
  readonly #renderer: WebGLRenderer;
  readonly #world: World;
  readonly #director = new PerspectiveCamera(38, 1, 0.05, 400);
  readonly #lens = new PerspectiveCamera(38, 1, 0.03, 400);
  readonly #controls: OrbitControls;
  readonly #onPaint: (painted: Painted) => void;
  #frame = 0;
  #width = 1;
  #height = 1;
  #request = 0;

  constructor(stage: Stage, onPaint: (painted: Painted) => void) {
    this.#onPaint = onPaint;
    this.#renderer = makeRenderer();
    this.canvas = this.#renderer.domElement;
    this.#world = new World(stage);
    this.#world.light("scene");
    this.#lens.matrixAutoUpdate = false;
    for (const camera of [this.#director, this.#lens])
      for (const layer of [STILL_LAYER, ACTING_LAYER]) camera.layers.enable(layer);
    this.#controls = new OrbitControls(this.#director, this.canvas);
    this.#controls.enableDamping = false;
    this.#controls.enableZoom = false;
    this.#controls.minDistance = 0.3;
    this.#controls.maxDistance = 120;
    this.#controls.addEventListener("change", () => this.invalidate());
    this.show(0);
    this.home();
  }

  /** The wheel dollies only while the widget has the focus, else the page scrolls. */
  set dolly(on: boolean) {
    this.#controls.enableZoom = on;
  }

  show(frame: number): void {
    this.#frame = frame;
    this.#world.show(frame);
    this.#renderer.shadowMap.needsUpdate = true;
    this.invalidate();
  }

  light(lighting: Lighting): void {
    this.#world.light(lighting);
    this.#renderer.shadowMap.needsUpdate = true;
    this.invalidate();
  }

  setLook(look: Look): void {
    this.look = look;
    this.#controls.enabled = look === "director";
    this.invalidate();
  }

  /** Frame the action and the film camera from behind the camera's shoulder. */
  home(): void {
    const { middle, reach, worldFromCamera } = this.#world;
    const camera = new Vector3().setFromMatrixPosition(worldFromCamera);
    const back = camera.clone().sub(middle).setY(0);
    if (back.length() < 0.1) back.set(0.5, 0, 1);
    back.normalize().applyAxisAngle(new Vector3(0, 1, 0), 0.66);
    const target = middle.clone().lerp(camera, 0.35).setY(0.9);
    const distance = reach * 2.2 + 2.6;
    this.#director.position
      .copy(target)
      .addScaledVector(back, distance * 0.8)
      .add(new Vector3(0, distance * 0.58, 0));
    this.#controls.target.copy(target);
    this.#controls.update();
    this.invalidate();
  }

  resize(width: number, height: number): void {
    if (width < 2 || height < 2) return;
    this.#width = width;
    this.#height = height;
    this.#renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
    this.#renderer.setSize(width, height, false);
    this.#director.aspect = width / height;
    this.#director.updateProjectionMatrix();
    this.paint();
  }

  /** Paint before the next repaint of the page; many calls make one picture. */
  invalidate(): void {
    if (this.#request) return;
    this.#request = requestAnimationFrame(() => this.paint());
  }

  paint(): void {
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    const renderer = this.#renderer;
    renderer.setScissorTest(false);
    renderer.setViewport(0, 0, this.#width, this.#height);
    const frameRect = this.#frameRect();
    if (this.look === "lens") {
      this.#aimLens(frameRect.width, this.#width, this.#height);
      this.#world.prepare("lens", this.#lens.position);
      renderer.render(this.#world.scene, this.#lens);
    } else {
      this.#world.prepare("director", this.#director.position);
      renderer.render(this.#world.scene, this.#director);
      if (this.inset) this.#paintInset(frameRect);
    }
    this.#onPaint({ look: this.look, frameRect, labels: this.#labels() });
  }

  /** The view as it is painted, as a PNG. */
  async grab(): Promise<Blob> {
    this.paint();
    return new Promise((resolve, reject) => {
      this.canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else
          reject(new StageError("The browser could not make a picture of the view."));
      }, "image/png");
    });
  }

  dispose(): void {
    cancelAnimationFrame(this.#request);
    this.#controls.dispose();
    this.#world.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.canvas.remove();
  }

  #frameRect(): Rect {
    const aspect = frameAspect(this.#world.stage.header.shot.camera);
    if (this.look === "lens") {
      return frameWithin(this.#width, this.#height, aspect, FRAME_MARGIN_PX);
    }
    const width = Math.max(Math.round(this.#width * INSET_SHARE), 140);
    const height = width / aspect;
    return {
      x: this.#width - width - INSET_MARGIN_PX,
      y: this.#height - height - INSET_MARGIN_PX,
      width,
      height,
    };
  }

  #aimLens(frameWidth: number, viewWidth: number, viewHeight: number): void {
    const { header, camera } = this.#world.stage;
    const mm = camera.focalLengthMm[this.#frame] ?? 35;
    const focal = focalPx(header.shot.camera, mm, frameWidth);
    this.#lens.fov = viewFovDeg(focal, viewHeight);
    this.#lens.aspect = viewWidth / viewHeight;
    this.#lens.updateProjectionMatrix();
    this.#lens.matrix.copy(this.#world.worldFromCamera);
    this.#lens.matrixWorldNeedsUpdate = true;
    this.#lens.position.setFromMatrixPosition(this.#world.worldFromCamera);
  }

  #paintInset({ x, y, width, height }: Rect): void {
    const renderer = this.#renderer;
    const bottom = this.#height - y - height;
    this.#aimLens(width, width, height);
    this.#world.prepare("lens", this.#lens.position);
    renderer.setViewport(x, bottom, width, height);
    renderer.setScissor(x, bottom, width, height);
    renderer.setScissorTest(true);
    renderer.render(this.#world.scene, this.#lens);
    renderer.setScissorTest(false);
  }

  #labels(): Painted["labels"] {
    if (this.look === "lens") return [];
    return this.#world.figures
      .filter((figure) => figure.mesh.visible)
      .map((figure) => {
        const at = figure.top
          .clone()
          .add(new Vector3(0, 0.12, 0))
          .project(this.#director);
        return {
          name: figure.track.name,
          x: ((at.x + 1) / 2) * this.#width,
          y: ((1 - at.y) / 2) * this.#height,
          ahead: at.z < 1,
        };
      })
      .filter((label) => label.ahead);
  }
}

/**
 * A renderer as all 3D views use it; a StageError where the browser has none.
 *
 * `keeps`: what is drawn stays there until something is drawn over it.
 */
export function makeRenderer({ antialias = true, keeps = false } = {}): WebGLRenderer {
  try {
    const renderer = new WebGLRenderer({
      antialias,
      preserveDrawingBuffer: keeps,
      powerPreference: "low-power",
    });
    renderer.toneMapping = ACESFilmicToneMapping;
    renderer.toneMappingExposure = EXPOSURE;
    renderer.shadowMap.enabled = true;
    renderer.shadowMap.type = PCFShadowMap;
    renderer.shadowMap.autoUpdate = false;
    // Asking whether a shader compiled keeps the page waiting until it has.
    renderer.debug.checkShaderErrors = false;
    return renderer;
  } catch {
    throw new StageError(
      "This browser gives the page no WebGL, so the stage cannot be drawn. Turn on " +
        "hardware acceleration, or close other 3D pages and run the cell again.",
    );
  }
}
