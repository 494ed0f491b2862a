// Draws the panes of the stage: on a graphics card whole, without one bit by bit.

import type { Camera, WebGLRenderer } from "three";
import { deviceOf, drawsInSoftware } from "../../stage/plain";
import { makeRenderer } from "../../stage/view";
import { STILL_LAYER, type World } from "../../stage/world";
import { fenceOf, Pace } from "./pace";
import type { Pane } from "./panes";
import { type Size, Still } from "./still";

/** Shadows are cast anew once nothing has moved for so long. */
const SHADOWS_REST_MS = 160;

export interface Painted {
  readonly panes: readonly Pane[];
  readonly world: World | undefined;
  /** Called before all panes, and before each. */
  ready(): void;
  readyFor(pane: Pane): void;
  /** Whether the monitor waits for a picture of something that moves. */
  pictureIsDue(): boolean;
}

export class Painter {
  readonly software = drawsInSoftware();
  readonly device: string;
  readonly pace: Pace;
  readonly #renderer: WebGLRenderer;
  readonly #painted: Painted;
  readonly #stills = new Map<Pane, Still>();
  #shadows: ReturnType<typeof setTimeout> | undefined;

  constructor(painted: Painted) {
    this.#painted = painted;
    this.#renderer = makeRenderer({ antialias: !this.software });
    this.#renderer.setScissorTest(true);
    const gl = this.#renderer.getContext() as WebGL2RenderingContext;
    this.device = deviceOf(gl);
    this.pace = new Pace(
      {
        draw: (share) => this.#draw(share),
        pictureIsDue: () => painted.pictureIsDue(),
      },
      fenceOf(gl),
      this.software,
    );
  }

  get canvas(): HTMLCanvasElement {
    return this.#renderer.domElement;
  }

  resize(width: number, height: number): void {
    this.#renderer.setPixelRatio(Math.min(window.devicePixelRatio, 2));
    this.#renderer.setSize(width, height, false);
    // At once, since the canvas is empty now.
    this.#draw(1);
    this.pace.touch();
  }

  /** Light or set changed: all is drawn anew, shadows at once. */
  relight(): void {
    this.#renderer.shadowMap.needsUpdate = !this.software;
    for (const still of this.#stills.values()) still.forget();
    this.pace.touch();
  }

  /** Shadows cost as much as the picture, so what moves drags its old ones along. */
  castShadows(): void {
    if (this.software) return;
    clearTimeout(this.#shadows);
    this.#shadows = setTimeout(() => {
      this.#renderer.shadowMap.needsUpdate = true;
      this.pace.touch();
    }, SHADOWS_REST_MS);
  }

  dispose(): void {
    clearTimeout(this.#shadows);
    this.pace.stop();
    for (const still of this.#stills.values()) still.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.canvas.remove();
  }

  #draw(share: number): { whole: boolean; more: boolean } {
    const { world, panes } = this.#painted;
    if (!world) return { whole: false, more: false };
    this.#painted.ready();
    const outer = this.canvas.getBoundingClientRect();
    const seen = panes.flatMap((pane) => {
      const box = pane.element.getBoundingClientRect();
      return box.width < 2 || box.height < 2 ? [] : [{ pane, box }];
    });
    let whole = false;
    let more = false;
    for (const { pane, box } of seen) {
      this.#painted.readyFor(pane);
      world.prepare("director", pane.camera.position);
      if (this.software && this.#isOld(pane, world, box, share)) {
        // One a frame, so that none waits for the others.
        if (whole) more = true;
        else this.#take(pane, world, box, share);
        whole = true;
      }
      this.#place(box.left - outer.left, outer.bottom - box.bottom, box);
      this.#show(pane, world);
    }
    return { whole, more };
  }

  #isOld(pane: Pane, world: World, box: DOMRect, share: number): boolean {
    return !this.#stillOf(pane).holds(world, pane.camera, this.#pixels(box), share);
  }

  #take(pane: Pane, world: World, box: DOMRect, share: number): void {
    const { camera } = pane;
    this.#stillOf(pane).take(this.#renderer, world, camera, this.#pixels(box), share);
  }

  #pixels({ width, height }: DOMRect): Size {
    const ratio = this.#renderer.getPixelRatio();
    return { width: width * ratio, height: height * ratio };
  }

  #place(x: number, y: number, { width, height }: DOMRect): void {
    this.#renderer.setViewport(x, y, width, height);
    this.#renderer.setScissor(x, y, width, height);
  }

  #show(pane: Pane, world: World): void {
    const camera: Camera = pane.camera;
    if (this.software) {
      this.#stillOf(pane).show(this.#renderer, world, camera);
      return;
    }
    camera.layers.enable(STILL_LAYER);
    this.#renderer.render(world.scene, camera);
  }

  #stillOf(pane: Pane): Still {
    const kept = this.#stills.get(pane);
    if (kept) return kept;
    const made = new Still();
    this.#stills.set(pane, made);
    return made;
  }
}
