// The three.js scene of one shot: set, figures, lights and the film camera's rig.

import {
  Box3,
  BufferAttribute,
  BufferGeometry,
  Color,
  GridHelper,
  type Group,
  Matrix4,
  Mesh,
  Scene,
  Vector3,
} from "three";
import type { Light, SetPart, Shot } from "../schema";
import { Contacts } from "./contact";
import { type Detail, Figure } from "./figure";
import { joined, LaidPieces, type PartMesh, runsOf } from "./laid";
import { disposeLights, reachOf, sceneLights, workLights } from "./lights";
import { litBy, litMaterial } from "./lit";
import type { CameraArrays, Stage } from "./payload";
import { plainMaterial, type Shading } from "./plain";
import { CameraRig } from "./rig";
import { type Split, splitLong } from "./split";
import {
  concealedMaterial,
  glassMaterial,
  setSurfaces,
  surfaceMaterial,
} from "./surfaces";
import { Thing } from "./thing";

export type Lighting = "scene" | "work";

const WHITE = [1, 1, 1] as const;
const SHADOW_REACH_M = 14;
/** Of what `makeRenderer` shows. */
export const EXPOSURE = 1.15;
/** What stands still is on this layer alone, so that it can be drawn by itself. */
export const STILL_LAYER = 1;
/** People and what else moves with the frame. */
export const ACTING_LAYER = 2;
/** Where light is worked out at vertices, they are so near to each other. */
const PLAIN_EDGE = { least_m: 0.5, shareOfSet: 1 / 24 };
const BACKDROP = { director: new Color(0x2b2d30), lens: new Color(0x15171a) };

export class World {
  readonly scene = new Scene();
  readonly figures: readonly Figure[];
  readonly things: readonly Thing[];
  readonly rig: CameraRig;
  /** Middle of the action over the shot, metres. */
  readonly middle = new Vector3();
  /** The set, piece by piece. */
  readonly pieces: LaidPieces;
  readonly worldFromCamera = new Matrix4();
  readonly #materials;
  readonly #parts: PartMesh[] = [];
  readonly #grid: GridHelper;
  readonly #setGeometry = new BufferGeometry();
  readonly #contacts: Contacts | undefined;
  #lights: Group | undefined;
  #lighting: Lighting = "scene";
  /** Large faces are cut up, for lamps that are near to them. */
  readonly #cut: boolean;

  /** @param lights that it is to be lit by, where they are others than it was baked with */
  constructor(
    public stage: Stage,
    readonly shading: Shading = "lit",
    lights: readonly Light[] = stage.header.lights,
  ) {
    this.#cut = shading === "plain" && lights.some(isAtPlace);
    const { figures, things } = stage.header;
    const own = shading === "plain" ? plainMaterial(EXPOSURE) : surfaceMaterial();
    this.#materials = {
      surface: own,
      still: shading === "plain" ? litMaterial(EXPOSURE) : own,
      glass: glassMaterial(),
      concealed: concealedMaterial(),
    };
    this.#buildSet();
    this.pieces = new LaidPieces(this.#parts, this.scene);
    this.figures = stage.figures.flatMap((arrays, i) => {
      const track = figures[i];
      return track
        ? [new Figure(track, arrays, stage.header, this.#materials.surface)]
        : [];
    });
    const { surface, glass } = this.#materials;
    this.things = stage.things.map((arrays, i) => {
      const clear = things[i]?.glass ?? false;
      return new Thing(arrays, stage.header, clear ? glass : surface, clear);
    });
    const moving = [...this.figures, ...this.things];
    for (const { mesh } of moving)
      if (mesh.material !== glass) mesh.layers.set(ACTING_LAYER);
    this.scene.add(...moving.map((one) => one.mesh));
    if (shading === "plain") this.#contacts = new Contacts(this.figures, this.scene);
    this.rig = new CameraRig(stage);
    this.#grid = floorGrid();
    this.scene.add(this.rig.group, this.#grid);
    this.#findMiddle();
  }

  /** The set's meshes that are seen as the view was prepared last. */
  get solid(): Mesh[] {
    const { concealed } = this.#materials;
    return this.pieces.meshes.filter(
      ({ material, visible }) => visible && material !== concealed,
    );
  }

  /** Half the width of what the action spans, camera included; metres. */
  get reach(): number {
    const box = new Box3();
    for (const figure of this.figures) {
      box.expandByPoint(new Vector3(...figure.track.origin_m));
    }
    const { worldFromCamera } = this.stage.camera;
    for (let at = 0; at < worldFromCamera.length; at += 16) {
      box.expandByPoint(this.#translation(at));
    }
    return reachOf(box, 1.6);
  }

  /** Take another camera for the same set and people. */
  film(shot: Shot, camera: CameraArrays): void {
    this.stage = { ...this.stage, camera, header: { ...this.stage.header, shot } };
    this.rig.take(this.stage);
  }

  show(frame: number): void {
    this.aim(frame);
    this.act(frame);
  }

  /** Put the film's camera where it is at a frame. */
  aim(frame: number): void {
    const { worldFromCamera, focalLengthMm, focusDistanceM } = this.stage.camera;
    const rows = Array.from(worldFromCamera.subarray(frame * 16, frame * 16 + 16));
    this.worldFromCamera.fromArray(rows).transpose();
    this.rig.show(
      this.worldFromCamera,
      focalLengthMm[frame] ?? 35,
      focusDistanceM[frame] ?? 3,
    );
  }

  /** Put people and things where they are at a frame. */
  act(frame: number): void {
    for (const one of [...this.figures, ...this.things]) one.show(frame);
  }

  /** Show people finer or coarser from now on; returns whether that changes a picture. */
  showIn(detail: Detail): boolean {
    return this.figures.map((figure) => figure.showIn(detail)).some(Boolean);
  }

  /** Take other lamps for the same set; one that is new shines white. */
  lamps(lights: readonly Light[]): boolean {
    const { header } = this.stage;
    if (JSON.stringify(lights) === JSON.stringify(header.lights)) return false;
    const colors = new Map(
      header.lights.map(({ id }, i) => [id, header.light_colors[i]]),
    );
    const light_colors = lights.map(({ id }) => colors.get(id) ?? WHITE);
    this.stage = { ...this.stage, header: { ...header, lights, light_colors } };
    if (this.#lights) this.light(this.#lighting);
    return true;
  }

  /** Whether these lamps would show on it: on faces that are cut up, where they must be. */
  shows(lights: readonly Light[]): boolean {
    return this.shading === "lit" || this.#cut || !lights.some(isAtPlace);
  }

  light(lighting: Lighting): void {
    this.#lighting = lighting;
    if (this.#lights) disposeLights(this.#lights);
    const size = this.stage.header.size_m;
    const reach = Math.min(Math.hypot(size[0], size[2]) / 2 + 2, SHADOW_REACH_M);
    this.#lights =
      lighting === "scene"
        ? sceneLights(this.stage.header, this.middle, reach)
        : workLights(this.middle, reach);
    this.#lights.traverse((light) => light.layers.enableAll());
    this.scene.add(this.#lights);
    if (this.shading === "plain") this.#lightStill(this.#lights);
    for (const { part, mesh } of this.#parts) {
      mesh.castShadow =
        !part.glass && (lighting === "scene" || part.conceal === "never");
    }
  }

  /** What stands still is lit once; what is carried off from there is lit as it goes. */
  #lightStill(lights: Group): void {
    const whole = this.#setGeometry;
    litBy(whole, lights);
    for (const { mesh } of this.#parts)
      for (const side of ["front", "back"])
        if (!mesh.geometry.hasAttribute(side))
          mesh.geometry.setAttribute(side, whole.getAttribute(side));
  }

  /** Dress the scene for a view: the director sees into rooms, the lens sees all. */
  prepare(view: "director" | "lens", from: Vector3): void {
    const director = view === "director";
    this.rig.group.visible = this.#grid.visible = director;
    this.scene.background = BACKDROP[view];
    this.#contacts?.follow();
    for (const { part, mesh } of this.#parts) {
      const open = director && this.#standsBefore(part, from);
      const own = part.glass ? this.#materials.glass : this.#materials.still;
      mesh.material = open ? this.#materials.concealed : own;
      // What is concealed casts its shadow still, where there are any.
      mesh.visible = !open || this.shading === "lit";
    }
  }

  dispose(): void {
    for (const one of [...this.figures, ...this.things]) one.dispose();
    this.rig.dispose();
    this.#contacts?.dispose();
    this.pieces.dispose();
    for (const { mesh } of this.#parts) mesh.geometry.dispose();
    this.#setGeometry.dispose();
    if (this.#lights) disposeLights(this.#lights);
    for (const material of Object.values(this.#materials)) material.dispose();
    this.#grid.dispose();
    this.scene.clear();
  }

  #standsBefore(part: SetPart, from: Vector3): boolean {
    if (part.conceal === "never") return false;
    const [x, y, z] = part.center_m;
    if (part.conceal === "from above") return from.y > y - 0.3;
    const [nx, , nz] = part.inward;
    return (from.x - x) * nx + (from.z - z) * nz < 0;
  }

  #buildSet(): void {
    const { header } = this.stage;
    const geometry = this.#setGeometry;
    const { positions, normals, surface, runs } = this.#setFaces();
    geometry.setAttribute("position", new BufferAttribute(positions, 3));
    geometry.setAttribute("normal", new BufferAttribute(normals, 3));
    setSurfaces(geometry, surface, header.surfaces, header.exposure_ev100);
    let at = 0;
    for (const part of header.set_mesh.parts) {
      const own = new BufferGeometry();
      for (const [name, attribute] of Object.entries(geometry.attributes)) {
        own.setAttribute(name, attribute);
      }
      const pieces = runsOf(part, header.set_mesh.runs).map(({ piece }) => ({
        piece,
        triangles: runs[at++] ?? new Uint32Array(),
      }));
      const whole = joined(pieces.map(({ triangles }) => triangles));
      own.setIndex(new BufferAttribute(whole, 1));
      const material = part.glass ? this.#materials.glass : this.#materials.surface;
      const mesh = new Mesh(own, material);
      mesh.frustumCulled = false;
      mesh.receiveShadow = !part.glass;
      mesh.matrixAutoUpdate = false;
      if (!part.glass) mesh.layers.set(STILL_LAYER);
      this.#parts.push({ part, mesh, material, pieces });
      this.scene.add(mesh);
    }
  }

  /** The set's vertices, and the triangles of each piece in each part. */
  #setFaces(): Split {
    const { set, header } = this.stage;
    const runs = header.set_mesh.parts.flatMap((part) =>
      runsOf(part, header.set_mesh.runs).map(
        ({ first, count }) => [first, first + count] as const,
      ),
    );
    if (!this.#cut)
      return {
        ...set,
        runs: runs.map(([from, end]) => set.triangles.slice(from, end)),
      };
    const widest = Math.max(header.size_m[0], header.size_m[2]);
    const { least_m, shareOfSet } = PLAIN_EDGE;
    const edge_m = Math.max(least_m, widest * shareOfSet);
    return splitLong(set, runs, { edge_m, within_m: Math.max(widest / 2, 2) });
  }

  #findMiddle(): void {
    const box = new Box3();
    for (const { track } of this.figures)
      box.expandByPoint(new Vector3(...track.origin_m));
    if (box.isEmpty()) {
      const ahead = new Vector3(0, 0, -(this.stage.camera.focusDistanceM[0] ?? 3));
      this.show(0);
      box.expandByPoint(ahead.applyMatrix4(this.worldFromCamera));
    }
    box.getCenter(this.middle);
  }

  #translation(at: number): Vector3 {
    const rows = this.stage.camera.worldFromCamera;
    return new Vector3(rows[at + 3] ?? 0, rows[at + 7] ?? 0, rows[at + 11] ?? 0);
  }
}

/** Sun and sky light a flat face all over alike; what stands somewhere does not. */
function isAtPlace({ kind }: Light): boolean {
  return kind !== "sun" && kind !== "sky";
}

/** One line a metre, just below the floor so that a set covers it. */
function floorGrid(): GridHelper {
  const grid = new GridHelper(60, 60, 0x54585e, 0x3c4046);
  grid.position.y = -0.02;
  grid.material.transparent = true;
  grid.material.opacity = 0.55;
  grid.material.depthWrite = false;
  return grid;
}
