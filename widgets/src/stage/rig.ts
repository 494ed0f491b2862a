// The film camera as the director's view shows it: body, frustum, path, focus plane.

import {
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  CylinderGeometry,
  Group,
  Line,
  LineBasicMaterial,
  LineSegments,
  type Matrix4,
  Mesh,
  MeshBasicMaterial,
  MeshStandardMaterial,
  type Object3D,
  Points,
  PointsMaterial,
} from "three";
import type { Camera } from "../schema";
import type { Stage } from "./payload";

export const ACCENT = 0xe9a23b;
const MAX_FRUSTUM_M = 8;

export class CameraRig {
  readonly group = new Group();
  readonly #body = new Group();
  readonly #frustum = new LineSegments(new BufferGeometry(), line(0.9));
  readonly #ghost = new LineSegments(this.#frustum.geometry, line(0.22, true));
  #camera: Camera;
  #path: (Line | Points)[] = [];

  constructor(stage: Stage) {
    this.#camera = stage.header.shot.camera;
    this.#frustum.geometry.setAttribute(
      "position",
      new BufferAttribute(new Float32Array(16 * 3), 3),
    );
    this.#body.add(...cameraBody());
    this.#body.matrixAutoUpdate = false;
    this.#frustum.matrixAutoUpdate = this.#ghost.matrixAutoUpdate = false;
    this.#frustum.frustumCulled = this.#ghost.frustumCulled = false;
    this.group.add(this.#body, this.#frustum, this.#ghost);
    this.take(stage);
  }

  /** Take another camera and its way; it stands where it stood until it is shown. */
  take(stage: Stage): void {
    this.#camera = stage.header.shot.camera;
    for (const old of this.#path) {
      free(old);
      old.removeFromParent();
    }
    this.#path = path(stage);
    // It stands still where there is none, and three.js calls adding nothing an error.
    for (const made of this.#path) this.group.add(made);
  }

  /** Put the camera where it is at one frame. */
  show(worldFromCamera: Matrix4, focalLengthMm: number, focusDistanceM: number): void {
    for (const object of [this.#body, this.#frustum, this.#ghost]) {
      object.matrix.copy(worldFromCamera);
      object.matrixWorldNeedsUpdate = true;
    }
    const { sensor, lens } = this.#camera;
    const far = Math.min(focusDistanceM, MAX_FRUSTUM_M);
    const x = (far * sensor.width_mm * lens.squeeze) / focalLengthMm / 2;
    const y = (x * sensor.height_mm) / (sensor.width_mm * lens.squeeze);
    const corner = (i: number) => [i === 0 || i === 3 ? -x : x, i < 2 ? y : -y, -far];
    const segments: number[] = [];
    for (let i = 0; i < 4; i++) {
      segments.push(0, 0, 0, ...corner(i), ...corner(i), ...corner((i + 1) % 4));
    }
    const position = this.#frustum.geometry.getAttribute("position") as BufferAttribute;
    position.set(segments);
    position.needsUpdate = true;
  }

  dispose(): void {
    this.group.traverse(free);
    this.group.removeFromParent();
  }
}

function free(object: Object3D): void {
  if (object instanceof Mesh || object instanceof Line || object instanceof Points) {
    object.geometry.dispose();
    object.material.dispose();
  }
}

function line(opacity: number, through = false): LineBasicMaterial {
  return new LineBasicMaterial({
    color: ACCENT,
    transparent: true,
    opacity,
    depthTest: !through,
    depthWrite: false,
    toneMapped: false,
  });
}

function cameraBody(): Mesh[] {
  const dark = new MeshStandardMaterial({
    color: 0x3c4046,
    roughness: 0.5,
    emissive: 0x1c1e21,
  });
  const accent = new MeshBasicMaterial({ color: ACCENT, toneMapped: false });
  const body = new Mesh(new BoxGeometry(0.14, 0.15, 0.26), dark);
  body.position.z = 0.2;
  const lens = new Mesh(new CylinderGeometry(0.045, 0.05, 0.13, 24), dark);
  lens.rotation.x = Math.PI / 2;
  lens.position.z = 0.02;
  const matteBox = new Mesh(new BoxGeometry(0.17, 0.12, 0.05), dark);
  matteBox.position.z = -0.04;
  const tally = new Mesh(new BoxGeometry(0.145, 0.012, 0.262), accent);
  tally.position.set(0, 0.078, 0.2);
  const magazine = new Mesh(new BoxGeometry(0.1, 0.12, 0.16), dark);
  magazine.position.set(0, 0.14, 0.26);
  return [body, lens, matteBox, tally, magazine];
}

/** The way the camera goes, with a bead a second; nothing where it stands still. */
function path(stage: Stage): (Line | Points)[] {
  const { worldFromCamera } = stage.camera;
  const { rate, shot } = stage.header;
  const places: number[] = [];
  for (let frame = 0; frame < shot.length_frames; frame++) {
    for (const row of [3, 7, 11]) places.push(worldFromCamera[frame * 16 + row] ?? 0);
  }
  const spread = [0, 1, 2].map((axis) => {
    const values = places.filter((_, i) => i % 3 === axis);
    return Math.max(...values) - Math.min(...values);
  });
  if (Math.hypot(...spread) < 0.02) return [];
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(places), 3));
  const fps = Math.round(rate.numerator / rate.denominator);
  const beads = places.filter((_, i) => Math.floor(i / 3) % fps === 0);
  const beadGeometry = new BufferGeometry();
  beadGeometry.setAttribute(
    "position",
    new BufferAttribute(new Float32Array(beads), 3),
  );
  const bead = new PointsMaterial({
    color: ACCENT,
    size: 5,
    sizeAttenuation: false,
    depthTest: false,
    transparent: true,
    toneMapped: false,
  });
  return [new Line(geometry, line(0.95, true)), new Points(beadGeometry, bead)];
}
