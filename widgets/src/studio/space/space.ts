// The stage of the studio: one set, seen in one to four panes of one canvas.

import { Group, PerspectiveCamera, Raycaster, Sprite, Vector2, Vector3 } from "three";
import { TransformControls } from "three/examples/jsm/controls/TransformControls.js";
import type { PlaceSent } from "../../messages";
import { World } from "../../stage/world";
import { signOf } from "../people";
import type { OpenStage, Posed, Selection, ShotTracks } from "../state";
import type { Store } from "../store";
import { type Handle, handlesOf, keyOf } from "./items";
import {
  axisLine,
  Badges,
  discard,
  floorMark,
  sprite,
  throwLine,
  way,
} from "./marks3d";
import { type Painted, Painter } from "./painter";
import type { Pane } from "./panes";

export interface Shown {
  readonly marks: boolean;
  readonly axis: boolean;
  readonly lights: boolean;
  readonly work: boolean;
}

const HANDLE_PX = 14;
const REACH_PX = 15;
/** Frames that follow each other so soon are played or scrubbed. */
const PLAYS_MS = 250;

export class Space {
  readonly canvas: HTMLCanvasElement;
  readonly gizmo: TransformControls;
  /** What the gizmo is on. */
  readonly held = new Group();
  panes: Pane[] = [];
  handles: Handle[] = [];
  /** Where a drag has the handle of this key, ahead of the kernel's answer. */
  dragged: { key: string; at: Vector3 } | undefined;
  shown: Shown = { marks: true, axis: false, lights: true, work: false };
  readonly painter: Painter;
  readonly #overlay = new Group();
  readonly #badges = new Badges();
  #world: World | undefined;
  #opened: OpenStage | undefined;
  #tracked: ShotTracks | undefined;
  /** Frame that is wanted, and the one that the set stands at. */
  #frame = -1;
  #stands = -1;
  #framed = Number.NEGATIVE_INFINITY;

  constructor(
    readonly store: Store,
    element: HTMLElement,
  ) {
    this.painter = new Painter(this.#painted());
    this.canvas = this.painter.canvas;
    this.gizmo = new TransformControls(new PerspectiveCamera(), element);
    this.gizmo.setSize(0.75);
    this.gizmo.addEventListener("change", () => this.invalidate());
  }

  get world(): World | undefined {
    return this.#world;
  }

  /** Show a baked shot in place of the one before. */
  open(opened: OpenStage | undefined): void {
    if (opened === this.#opened || !opened) return;
    this.#world?.dispose();
    this.#opened = opened;
    this.#world = new World(opened.stage, this.painter.software ? "plain" : "lit");
    this.#world.light(this.shown.work ? "work" : "scene");
    this.#world.scene.add(this.#overlay, this.held, this.gizmo.getHelper());
    this.#tracked = undefined;
    this.#frame = this.#stands = -1;
    this.painter.relight();
  }

  /** Take the camera as it is after an edit. */
  track(track: ShotTracks | undefined): void {
    if (!track || track === this.#tracked || track.shot.id !== this.#opened?.shot)
      return;
    this.#tracked = track;
    this.#world?.film(track.shot, track.camera);
    this.#frame = this.#stands = -1;
  }

  show(frame: number): void {
    const world = this.#world;
    if (!world) return;
    const last = world.stage.camera.focalLengthMm.length - 1;
    const at = Math.min(frame, last);
    if (at === this.#frame) return;
    this.#frame = at;
    this.#framed = performance.now();
    this.painter.castShadows();
    this.invalidate();
  }

  /** Stand as at the frame that is wanted: frames that nobody draws cost nothing. */
  #stand(): void {
    if (this.#stands === this.#frame) return;
    this.#stands = this.#frame;
    this.#world?.show(this.#frame);
  }

  /** Pose people as the kernel has them in the middle of a drag. */
  pose(posed: Posed | null): void {
    if (!posed || posed.shot !== this.#opened?.shot || posed.frame !== this.#frame)
      return;
    this.#stand();
    for (const { character, counts, origin_m, step_m } of posed.figures) {
      const figure = this.#world?.figures.find(
        (one) => one.track.character === character,
      );
      if (figure && counts.length === figure.arrays.vertices * 3)
        figure.pose(counts, origin_m, step_m);
    }
    this.painter.castShadows();
    this.invalidate();
  }

  light(work: boolean): void {
    this.#world?.light(work ? "work" : "scene");
    this.painter.relight();
  }

  /** Draw the handles anew. */
  dress(place: PlaceSent | undefined, selected: Selection): void {
    for (const child of [...this.#overlay.children]) discard(child);
    const { store, shown } = this;
    const shot = store.track.value?.shot;
    this.handles = handlesOf(shot, place).filter(
      ({ item }) =>
        (item.kind !== "mark" || shown.marks) &&
        (item.kind !== "light" || shown.lights),
    );
    const people = store.film.value?.characters ?? [];
    const key = keyOf(selected);
    for (const handle of this.handles) {
      if (this.dragged?.key === handle.key) handle.at.copy(this.dragged.at);
      this.#overlay.add(...this.#drawn(handle, place, handle.key === key));
    }
    if (shown.marks)
      for (const { character, points_m } of place?.walks ?? [])
        if (points_m.length > 1)
          this.#overlay.add(way(points_m, signOf(people, character).color));
    this.#drawAxis(shot?.subjects ?? []);
    this.invalidate();
  }

  #drawn({ item, at }: Handle, place: PlaceSent | undefined, on: boolean) {
    const pixels = on ? HANDLE_PX + 4 : HANDLE_PX;
    if (item.kind === "camera") {
      const text = String(item.index + 1);
      return [
        sprite(this.#badges, at, {
          text,
          color: "#e9a23b",
          diamond: true,
          on,
          pixels: pixels + 4,
        }),
      ];
    }
    if (item.kind === "mark") {
      const people = this.store.film.value?.characters ?? [];
      const { color } = signOf(people, item.character);
      const blocking = place?.blocking.find((one) => one.character === item.character);
      const facing = blocking?.marks[item.index]?.facing_deg ?? 0;
      const text = String(item.index + 1);
      return [
        floorMark(at, facing, color),
        sprite(this.#badges, at, { text, color, diamond: false, on, pixels }),
      ];
    }
    if (item.kind !== "light") return [];
    const light = place?.lights.find(({ id }) => id === item.id);
    const text = (light?.role ?? "").slice(0, 1).toUpperCase();
    const look = { text, color: "#f6df9a", diamond: false, on, pixels };
    const aim = new Vector3(...(light?.aim_m ?? [0, 0, 0]));
    return [sprite(this.#badges, at, look), throwLine(at, aim, on)];
  }

  #drawAxis(subjects: readonly string[]): void {
    if (!this.shown.axis) return;
    this.#stand();
    const seen = (this.#world?.figures ?? []).filter(({ mesh }) => mesh.visible);
    const first =
      seen.find(({ track }) => subjects.includes(track.character)) ?? seen[0];
    const second = seen.find((figure) => figure !== first);
    if (first && second) this.#overlay.add(axisLine(first.middle, second.middle));
  }

  /** The handle under a pointer, or else the person or the set piece there. */
  pick(pane: Pane, event: PointerEvent): Selection | undefined {
    const { x, y, ndc } = pane.pointer(event);
    let best: { item: Selection; far: number } | undefined;
    for (const { item, at } of this.handles) {
      const screen = pane.toScreen(at);
      if (!screen) continue;
      const far = Math.hypot(screen.x - x, screen.y - y);
      if (far < REACH_PX && far < (best?.far ?? Number.POSITIVE_INFINITY))
        best = { item, far };
    }
    if (best) return best.item;
    this.#stand();
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(...ndc), pane.camera);
    const figures = (this.#world?.figures ?? []).filter(({ mesh }) => mesh.visible);
    const [hit] = ray.intersectObjects(
      figures.map(({ mesh }) => mesh),
      false,
    );
    const found = figures.find(({ mesh }) => mesh === hit?.object);
    return found && { kind: "character", id: found.track.character };
  }

  /** Where a pointer's ray meets a plane through a point, as the pane drags it. */
  meet(pane: Pane, event: PointerEvent, through: Vector3): Vector3 | undefined {
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(...pane.pointer(event).ndc), pane.camera);
    const at = ray.ray.intersectPlane(pane.dragPlane(through), new Vector3());
    return at && at.length() < 200 ? at : undefined;
  }

  resize(width: number, height: number): void {
    if (width < 2 || height < 2) return;
    for (const pane of this.panes)
      pane.resize(pane.element.clientWidth, pane.element.clientHeight);
    this.painter.resize(width, height);
  }

  invalidate(): void {
    this.painter.pace.touch();
  }

  #painted(): Painted {
    const space = this;
    return {
      get panes() {
        return space.panes;
      },
      get world() {
        return space.world;
      },
      ready: () => this.#stand(),
      readyFor: (pane) => this.#face(pane),
      pictureIsDue: () => this.#pictureIsDue(),
    };
  }

  /** Handles are of one size in every pane, and the gizmo is in one. */
  #face(pane: Pane): void {
    this.gizmo.getHelper().visible =
      this.gizmo.object !== undefined && pane.camera === this.gizmo.camera;
    for (const child of this.#overlay.children)
      if (child instanceof Sprite)
        child.scale.setScalar(pane.scaleOf((child.userData.pixels as number) * 1.9));
  }

  #pictureIsDue(): boolean {
    const { dragging, link } = this.store;
    const plays = performance.now() - this.#framed < PLAYS_MS;
    return link.asking && (dragging.value !== "" || plays);
  }

  dispose(): void {
    for (const pane of this.panes) pane.dispose();
    for (const child of [...this.#overlay.children]) discard(child);
    this.#badges.dispose();
    this.gizmo.detach();
    this.gizmo.dispose();
    this.#world?.dispose();
    this.painter.dispose();
  }
}
