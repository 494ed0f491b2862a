// A pane of the stage: one camera on the set, and how one moves about in it.

import { MOUSE, OrthographicCamera, PerspectiveCamera, Plane, Vector3 } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

export type PaneKind = "perspective" | "plan" | "front" | "side";

export const PANE_NAMES: Record<PaneKind, string> = {
  perspective: "Perspective",
  plan: "Plan",
  front: "Front",
  side: "Side",
};

/** How a pane looks at the set. */
export interface Look {
  readonly from: Vector3;
  readonly at: Vector3;
  readonly zoom: number;
  readonly tall: number;
}

/** How the panes of a scene looked at it last, to be taken up again. */
export interface Looks {
  scene: string;
  readonly panes: Map<PaneKind, Look>;
}

const FOV_DEG = 38;
const FAR_M = 60;
const FROM: Record<Exclude<PaneKind, "perspective">, Vector3> = {
  plan: new Vector3(0, FAR_M, 0),
  front: new Vector3(0, 0, FAR_M),
  side: new Vector3(FAR_M, 0, 0),
};

export class Pane {
  readonly camera: PerspectiveCamera | OrthographicCamera;
  readonly controls: OrbitControls;
  #width = 1;
  #height = 1;
  /** Metres that an orthographic pane shows from top to bottom. */
  #tall = 8;

  constructor(
    readonly kind: PaneKind,
    readonly element: HTMLElement,
    onChange: () => void,
  ) {
    if (kind === "perspective") {
      this.camera = new PerspectiveCamera(FOV_DEG, 1, 0.05, 400);
    } else {
      this.camera = new OrthographicCamera(-1, 1, 1, -1, 0.1, FAR_M * 2.5);
      if (kind === "plan") this.camera.up.set(0, 0, -1);
    }
    this.controls = new OrbitControls(this.camera, element);
    const flat = kind !== "perspective";
    this.controls.enableDamping = false;
    this.controls.enableRotate = !flat;
    this.controls.screenSpacePanning = true;
    this.controls.minDistance = 0.3;
    this.controls.maxDistance = 120;
    this.controls.mouseButtons = {
      LEFT: flat ? MOUSE.PAN : MOUSE.ROTATE,
      MIDDLE: MOUSE.PAN,
      // The right button flies; see `fly`.
      RIGHT: flat ? MOUSE.PAN : null,
    };
    this.controls.addEventListener("change", onChange);
  }

  /** Look at a sphere of the set. */
  frame(middle: Vector3, reach: number, from?: Vector3): void {
    this.controls.target.copy(middle);
    // A take was flown with the film's own lens.
    if (this.camera instanceof PerspectiveCamera) this.camera.fov = FOV_DEG;
    if (this.kind === "perspective") {
      const back = from ?? new Vector3(0.7, 0.6, 0.9).normalize();
      // A tall pane is narrow, and has to stand back for that.
      const far =
        (reach * 2.3 + 0.6) * Math.max(1, Math.sqrt(this.#height / this.#width));
      this.camera.position.copy(middle).addScaledVector(back, far);
    } else {
      this.camera.position.copy(middle).add(FROM[this.kind]);
      this.#tall = reach * 2.2 + 0.4;
      this.camera.zoom = 1;
    }
    this.resize(this.#width, this.#height);
    this.controls.update();
  }

  /** Nobody has looked through it yet. */
  get isUnframed(): boolean {
    return this.camera.position.lengthSq() === 0;
  }

  get look(): Look {
    const { position, zoom } = this.camera;
    const [from, at] = [position.clone(), this.controls.target.clone()];
    return { from, at, zoom, tall: this.#tall };
  }

  take({ from, at, zoom, tall }: Look): void {
    this.camera.position.copy(from);
    this.controls.target.copy(at);
    this.camera.zoom = zoom;
    this.#tall = tall;
    this.resize(this.#width, this.#height);
    this.controls.update();
  }

  resize(width: number, height: number): void {
    this.#width = Math.max(width, 1);
    this.#height = Math.max(height, 1);
    const aspect = this.#width / this.#height;
    if (this.camera instanceof PerspectiveCamera) this.camera.aspect = aspect;
    else {
      // What is framed fits in both directions.
      const half = (this.#tall / 2) * Math.max(1, 1 / aspect);
      this.camera.top = half;
      this.camera.bottom = -half;
      this.camera.right = half * aspect;
      this.camera.left = -half * aspect;
    }
    this.camera.updateProjectionMatrix();
  }

  /** World size, at any depth of a flat or unattenuated thing, of so many pixels. */
  scaleOf(pixels: number): number {
    return (
      (pixels * 2) / (this.#height * (this.camera.projectionMatrix.elements[5] ?? 1))
    );
  }

  /** A place of the set in CSS pixels of this pane; undefined behind the camera. */
  toScreen(point: Vector3): { x: number; y: number } | undefined {
    const at = point.clone().project(this.camera);
    if (at.z > 1 || at.z < -1) return undefined;
    return { x: ((at.x + 1) / 2) * this.#width, y: ((1 - at.y) / 2) * this.#height };
  }

  /** A pointer's place in this pane: CSS pixels and, from -1 to 1, for a ray. */
  pointer(event: PointerEvent): { x: number; y: number; ndc: [number, number] } {
    const box = this.element.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    return { x, y, ndc: [(x / box.width) * 2 - 1, 1 - (y / box.height) * 2] };
  }

  /** In which plane a drag of something at `point` moves it in this pane. */
  dragPlane(point: Vector3): Plane {
    const normal = new Vector3(0, 1, 0);
    if (this.kind === "front") normal.set(0, 0, 1);
    if (this.kind === "side") normal.set(1, 0, 0);
    return new Plane().setFromNormalAndCoplanarPoint(normal, point);
  }

  dispose(): void {
    this.controls.dispose();
  }
}

const LOOK_RAD_PX = 0.0032;
const WALK_M_S = 2.4;

/** Right-drag looks about; W A S D, and Q E down and up, walk while it is held. */
export function fly(pane: Pane, onChange: () => void): () => void {
  const held = new Set<string>();
  let last = 0;
  let request = 0;
  const { camera, controls, element } = pane;
  const walk = (now: number) => {
    const seconds = Math.min((now - last) / 1000, 0.1);
    last = now;
    const way = new Vector3(
      Number(held.has("d")) - Number(held.has("a")),
      Number(held.has("e")) - Number(held.has("q")),
      Number(held.has("s")) - Number(held.has("w")),
    );
    if (way.lengthSq()) {
      way.applyQuaternion(camera.quaternion).multiplyScalar(WALK_M_S * seconds);
      camera.position.add(way);
      controls.target.add(way);
      onChange();
    }
    request = requestAnimationFrame(walk);
  };
  const look = (event: PointerEvent) => {
    const sight = controls.target.clone().sub(camera.position);
    const reach = sight.length();
    const yaw = Math.atan2(-sight.x, -sight.z) - event.movementX * LOOK_RAD_PX;
    const rise = Math.asin(Math.min(Math.max(sight.y / reach, -1), 1));
    const tilt = Math.min(Math.max(rise - event.movementY * LOOK_RAD_PX, -1.5), 1.5);
    controls.target
      .set(
        -Math.sin(yaw) * Math.cos(tilt),
        Math.sin(tilt),
        -Math.cos(yaw) * Math.cos(tilt),
      )
      .multiplyScalar(reach)
      .add(camera.position);
    controls.update();
    onChange();
  };
  const key = (event: KeyboardEvent) => {
    const name = event.key.toLowerCase();
    if (event.type === "keyup") held.delete(name);
    else if ("wasdqe".includes(name)) {
      held.add(name);
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const stop = () => {
    cancelAnimationFrame(request);
    held.clear();
    element.removeEventListener("pointermove", look);
    element.removeEventListener("pointerup", stop);
    element.removeEventListener("lostpointercapture", stop);
    window.removeEventListener("blur", stop);
    window.removeEventListener("keydown", key, true);
    window.removeEventListener("keyup", key, true);
  };
  const start = (event: PointerEvent) => {
    if (event.button !== 2 || pane.kind !== "perspective") return;
    stop();
    element.setPointerCapture(event.pointerId);
    element.addEventListener("pointermove", look);
    element.addEventListener("pointerup", stop);
    element.addEventListener("lostpointercapture", stop);
    window.addEventListener("blur", stop);
    window.addEventListener("keydown", key, true);
    window.addEventListener("keyup", key, true);
    last = performance.now();
    request = requestAnimationFrame(walk);
  };
  element.addEventListener("pointerdown", start);
  return () => {
    stop();
    element.removeEventListener("pointerdown", start);
  };
}
