// Draws the panes of the stage: on a graphics card whole, without one bit by bit.

import type { Camera, WebGLRenderer } from "three";
import { deviceOf, drawsInSoftware } from "../../stage/plain";
import { makeRenderer } from "../../stage/view";
import { ACTING_LAYER, STILL_LAYER, type World } from "../../stage/world";
import { type Box, Front, overlap } from "./front";
import { type Drawn, fenceOf, Pace } from "./pace";
import type { Pane } from "./panes";
import { type Size, Still } from "./still";

/** Shadows are cast anew once nothing has moved for so long. */
const SHADOWS_REST_MS = 160;

/** What moves as a picture is drawn. */
export interface Motions {
  /** Nothing at all any more. */
  readonly rests: boolean;
  /** The view, of a pane at least. */
  readonly turns: boolean;
}

export interface Painted {
  readonly panes: readonly Pane[];
  readonly world: World | undefined;
  /** Called before all panes, and before each. */
  ready(moves: Motions): void;
  readyFor(pane: Pane): void;
  /** Counts how those who act were posed, drawn finer or coarser. */
  readonly poses: number;
  /** Whether the monitor waits for a picture of something that moves. */
  pictureIsDue(): boolean;
}

/** What is kept of a pane: the set, and the set with those who act in it. */
interface Kept {
  readonly set: Still;
  readonly acted: Still;
  /** Which set and poses were shown last, and which `acted` has. */
  shown: string;
  has: string;
}

export class Painter {
  readonly software = drawsInSoftware();
  readonly device: string;
  readonly pace: Pace;
  readonly #renderer: WebGLRenderer;
  readonly #painted: Painted;
  readonly #kept = new Map<Pane, Kept>();
  /** What the page shows where drawing takes long; else the renderer's own canvas. */
  readonly #front: Front | undefined;
  /** Panes that show something else than is drawn in them. */
  #stale = new Set<Pane>();
  #poses = 0;
  #sized = "";
  #brought: { box: Box; covered: Box[] }[] = [];
  #shadows: ReturnType<typeof setTimeout> | undefined;

  constructor(painted: Painted) {
    this.#painted = painted;
    this.#renderer = makeRenderer({
      antialias: !this.software,
      keeps: this.software,
    });
    this.#front = this.software ? new Front(this.#renderer.domElement) : undefined;
    this.#renderer.setScissorTest(true);
    const gl = this.#renderer.getContext() as WebGL2RenderingContext;
    this.device = deviceOf(gl);
    this.pace = new Pace(
      {
        draw: (share, rests) => this.#draw(share, rests),
        show: () => this.#front?.bring(this.#brought),
        pictureIsDue: () => painted.pictureIsDue(),
      },
      fenceOf(gl),
      this.software,
    );
  }

  /** What the page shows. */
  get canvas(): HTMLCanvasElement {
    return this.#front?.canvas ?? this.#renderer.domElement;
  }

  /** What is drawn on, whose context may be lost. */
  get drawnOn(): HTMLCanvasElement {
    return this.#renderer.domElement;
  }

  /** Draw a pane anew, or all of them, when there is time. */
  touch(pane?: Pane): void {
    for (const one of pane ? [pane] : this.#painted.panes) this.#stale.add(one);
    this.pace.touch();
  }

  resize(width: number, height: number): void {
    const ratio = Math.min(window.devicePixelRatio, 2);
    const sized = [width, height, ratio].join();
    // What comes back to the page has what is drawn in it still.
    if (sized === this.#sized) return;
    this.#sized = sized;
    this.#renderer.setPixelRatio(ratio);
    this.#renderer.setSize(width, height, false);
    // At once, since the canvas is empty now.
    if (!this.#front) this.#draw(1, false);
    this.touch();
  }

  /** Light or set changed: all is drawn anew, shadows at once. */
  relight(): void {
    this.#renderer.shadowMap.needsUpdate = !this.software;
    for (const { set } of this.#kept.values()) set.forget();
    this.touch();
  }

  /** Shadows cost as much as the picture, so what moves drags its old ones along. */
  castShadows(): void {
    if (this.software) return;
    clearTimeout(this.#shadows);
    this.#shadows = setTimeout(() => {
      this.#renderer.shadowMap.needsUpdate = true;
      this.touch();
    }, SHADOWS_REST_MS);
  }

  dispose(): void {
    clearTimeout(this.#shadows);
    this.pace.stop();
    for (const { set, acted } of this.#kept.values())
      for (const still of [set, acted]) still.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
    this.canvas.remove();
  }

  #draw(share: number, rests: boolean): Drawn | undefined {
    const { world, panes } = this.#painted;
    if (!world) return undefined;
    const outer = this.canvas.getBoundingClientRect();
    const seen = panes.flatMap((pane) => {
      const box = pane.element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) return [];
      const old = this.software && this.#isOld(pane, world, box, share);
      return [{ pane, box, old }];
    });
    const turns = seen.some(({ old }) => old);
    this.#painted.ready({ rests, turns });
    const { poses } = this.#painted;
    if (poses !== this.#poses) for (const pane of panes) this.#stale.add(pane);
    this.#poses = poses;
    this.#brought = [];
    let whole = false;
    let more = false;
    for (const [i, { pane, box, old }] of seen.entries()) {
      if (this.software && !old && !this.#stale.has(pane)) continue;
      // One a frame, so that none waits for the others.
      if (old && whole) {
        more = true;
        continue;
      }
      this.#painted.readyFor(pane);
      world.prepare("director", pane.camera.position);
      if (old) this.#take(pane, world, box, share);
      whole ||= old;
      this.#place(box.left - outer.left, outer.bottom - box.bottom, box);
      this.#show(pane, world);
      this.#stale.delete(pane);
      const own = this.#inPixels(box, outer);
      const covered = seen
        .slice(i + 1)
        .map((one) => this.#inPixels(one.box, outer))
        .filter((one) => overlap(one, own));
      this.#brought.push({ box: own, covered });
    }
    return this.#brought.length ? { whole, more } : undefined;
  }

  #inPixels({ left, top, width, height }: DOMRect, outer: DOMRect): Box {
    const ratio = this.#renderer.getPixelRatio();
    const [x, y, across, down] = [
      left - outer.left,
      top - outer.top,
      width,
      height,
    ].map((length) => Math.round(length * ratio));
    return { x: x ?? 0, y: y ?? 0, width: across ?? 0, height: down ?? 0 };
  }

  #isOld(pane: Pane, world: World, box: DOMRect, share: number): boolean {
    return !this.#keptOf(pane).set.holds(world, pane.camera, this.#pixels(box), share);
  }

  #take(pane: Pane, world: World, box: DOMRect, share: number): void {
    const { camera } = pane;
    const { set } = this.#keptOf(pane);
    set.take(this.#renderer, world, camera, this.#pixels(box), share);
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
      this.#showKept(pane, world);
      return;
    }
    for (const layer of [STILL_LAYER, ACTING_LAYER]) camera.layers.enable(layer);
    this.#renderer.render(world.scene, camera);
  }

  /** Those who stood still since the last picture are kept too, until they move. */
  #showKept(pane: Pane, world: World): void {
    const kept = this.#keptOf(pane);
    const { set, acted } = kept;
    const of = `${set.taken} ${this.#poses}`;
    if (kept.has !== of && kept.shown === of) {
      acted.takeOver(this.#renderer, world, pane.camera, set);
      kept.has = of;
    }
    const stands = kept.has === of;
    (stands ? acted : set).show(this.#renderer, world, pane.camera, !stands);
    kept.shown = of;
  }

  #keptOf(pane: Pane): Kept {
    const kept = this.#kept.get(pane);
    if (kept) return kept;
    const made = { set: new Still(), acted: new Still(), shown: "", has: "" };
    this.#kept.set(pane, made);
    return made;
  }
}
