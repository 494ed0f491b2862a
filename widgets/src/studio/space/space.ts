// The stage of the studio: one set, seen in one to four panes of one canvas.

import { signal } from "@preact/signals";
import {
  Group,
  type Mesh,
  PerspectiveCamera,
  Plane,
  Raycaster,
  Sprite,
  Vector2,
  Vector3,
} from "three";
import { TransformControls } from "three/examples/jsm/controls/TransformControls.js";
import type { PlaceSent } from "../../messages";
import type { Laid } from "../../stage/laid";
import { World } from "../../stage/world";
import { signOf } from "../people";
import type { OpenStage, Posed, Selection, ShotTracks } from "../state";
import type { Store } from "../store";
import type { Landing } from "./bring";
import { keyOf } from "./choice";
import { type Held, heldOf, type Motion, markAt, movedTo } from "./grab";
import { focusSlab, ghosts, lampShape, rigDrawn } from "./help3d";
import { bakedAs, type Handle, handlesOf, isBuilt } from "./items";
import {
  axisLine,
  Badges,
  boxLines,
  discard,
  floorMark,
  floorRing,
  guideLine,
  sprite,
  throwLine,
  way,
} from "./marks3d";
import { type Motions, type Painted, Painter } from "./painter";
import type { Pane } from "./panes";
import { type Hint, SHOWN, type Shown } from "./shown";

const UP = new Vector3(0, 1, 0);
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
  /** What a drag does to what it holds, ahead of the kernel's answer. */
  moving: { readonly all: readonly Held[]; readonly motion: Motion } | undefined;
  readonly hint = signal<Hint | undefined>(undefined);
  /** What a dragged thing is drawn to, as a line. */
  guide: readonly [Vector3, Vector3] | undefined;
  shown: Shown = SHOWN;
  readonly painter: Painter;
  readonly #overlay = new Group();
  /** What follows the frame: focus, rig, ghosts. */
  readonly #help = new Group();
  readonly #badges = new Badges();
  #handles: Handle[] = [];
  /** What is to be drawn anew of a drag before anybody looks; undefined: nothing. */
  #undressed: { readonly moving: Space["moving"] } | undefined;
  #worn: Space["moving"];
  #world: World | undefined;
  #opened: OpenStage | undefined;
  #tracked: ShotTracks | undefined;
  /** Frame that is wanted, and the one that the set stands at. */
  #frame = -1;
  #stands = -1;
  /** Frame that people and things stand at, and who else posed them since. */
  #acts = -1;
  #posed: Posed | undefined;
  #framed = Number.NEGATIVE_INFINITY;
  #coarse = false;
  /** Counts how people were posed, finer or coarser. */
  #poses = 0;

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
    this.#putOn();
    return this.#world;
  }

  /** What can be taken hold of. */
  get handles(): readonly Handle[] {
    this.#putOn();
    return this.#handles;
  }

  /** Show a baked shot in place of the one before. */
  open(opened: OpenStage | undefined): void {
    if (opened === this.#opened || !opened) return;
    this.#opened = opened;
    this.#build(opened);
    this.#frame = -1;
  }

  #build({ stage }: OpenStage, lights = stage.header.lights): void {
    this.#world?.dispose();
    const shading = this.painter.software ? "plain" : "lit";
    this.#world = new World(stage, shading, lights);
    this.#world.light(this.shown.work ? "work" : "scene");
    this.#world.scene.add(this.#overlay, this.#help, this.held, this.gizmo.getHelper());
    this.#tracked = undefined;
    this.#stands = this.#acts = -1;
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
    this.#world?.aim(this.#frame);
    if (this.#acts !== this.#frame) {
      // Another camera on the same frame moves nobody.
      this.#acts = this.#frame;
      this.#poses += 1;
      this.#posed = undefined;
      this.#world?.act(this.#frame);
    }
    this.#drawHelp();
  }

  /** People who move are drawn coarse where drawing takes long. */
  #getReady({ rests, turns }: Motions): void {
    const moves = turns || this.#acts !== this.#frame;
    if (this.painter.software && !rests) this.#coarse ||= moves;
    else this.#coarse = false;
    if (this.#world?.showIn(this.#coarse ? "coarse" : "fine")) this.#poses += 1;
    this.#stand();
  }

  /** Draw what a set cannot show, as it is at the frame. */
  #drawHelp(): void {
    for (const child of [...this.#help.children]) discard(child);
    const world = this.#world;
    if (!world || this.#stands < 0) return;
    const { shown, store } = this;
    const { header, camera } = world.stage;
    const at = this.#stands;
    const focal = camera.focalLengthMm[at] ?? 35;
    const focus = camera.focusDistanceM[at] ?? 3;
    if (shown.focus)
      this.#help.add(focusSlab(header.shot, world.worldFromCamera, focal, focus));
    if (shown.rig) this.#help.add(rigDrawn(header.shot, camera, at));
    if (!shown.ghosts) return;
    const chosen = new Set(
      store.choice.all.value.flatMap((item) =>
        item.kind === "character" ? item.id : "character" in item ? item.character : [],
      ),
    );
    const of = chosen.size ? chosen : new Set<string>(header.shot.subjects);
    const who = world.figures.filter(({ track }) => of.has(track.character));
    this.#help.add(ghosts(who.length ? who : world.figures, at));
  }

  /** Pose people as the kernel has them in the middle of a drag. */
  pose(posed: Posed | null): void {
    if (!posed || posed.shot !== this.#opened?.shot || posed.frame !== this.#frame)
      return;
    this.#stand();
    if (posed === this.#posed) return;
    this.#posed = posed;
    for (const { character, counts, origin_m, step_m } of posed.figures) {
      const figure = this.#world?.figures.find(
        (one) => one.track.character === character,
      );
      if (figure && counts.length === figure.arrays.vertices * 3)
        figure.pose(counts, origin_m, step_m);
    }
    this.#poses += 1;
    this.#coarse = this.painter.software;
    this.painter.castShadows();
    this.invalidate();
  }

  light(work: boolean): void {
    this.#world?.light(work ? "work" : "scene");
    this.painter.relight();
  }

  get #place(): PlaceSent | undefined {
    const { place, scene } = this.store;
    return place.value?.scene === scene.value?.id
      ? (place.value ?? undefined)
      : undefined;
  }

  /** Everything chosen that can be moved, as it is by now. */
  grabbed(): Held[] {
    const { choice, track, frame } = this.store;
    const found = new Map<string, Held>();
    for (const item of choice.all.value) {
      if (choice.isLocked(item)) continue;
      const held = heldOf(item, track.value?.shot, this.#place, frame.value);
      if (held) found.set(held.key, held);
    }
    return [...found.values()];
  }

  /** Draw the handles anew, and the set as it lies, before the next picture of them. */
  dress(): void {
    this.#undressed = { moving: this.moving };
    this.invalidate();
  }

  /** A pointer moves more often than there are pictures: it is dressed for these. */
  #putOn(): void {
    if (!this.#undressed) return;
    this.#worn = this.#undressed.moving;
    this.#undressed = undefined;
    for (const child of [...this.#overlay.children]) discard(child);
    const { store, shown } = this;
    const place = this.#place;
    const shot = store.track.value?.shot;
    const { choice } = store;
    const moved = new Map(
      this.#worn?.all.map((held) => [
        held.key,
        movedTo(held, this.#worn?.motion ?? {}),
      ]),
    );
    this.#handles = handlesOf(shot, place, choice.all.value).filter(
      ({ item }) =>
        (item.kind !== "mark" || shown.marks) &&
        (item.kind !== "light" || shown.lights) &&
        !choice.isHidden(item.kind === "aim" ? { ...item, kind: "light" } : item),
    );
    for (const handle of this.#handles) {
      handle.at.copy(moved.get(handle.key) ?? handle.at);
      this.#overlay.add(...this.#drawn(handle, place));
    }
    const people = store.film.value?.characters ?? [];
    if (shown.marks)
      for (const { character, points_m } of place?.walks ?? [])
        if (points_m.length > 1)
          this.#overlay.add(way(points_m, signOf(people, character).color));
    this.#lay(place);
    this.#drawHelp();
    this.#drawAxis(shot?.subjects ?? []);
    if (this.#worn && this.guide) this.#overlay.add(guideLine(...this.guide));
  }

  /** The set's pieces where they are by now, and a box round those that are chosen. */
  #lay(place: PlaceSent | undefined): void {
    const { choice, dragging } = this.store;
    const hidden = new Set<string>();
    const now = (place?.set.pieces ?? []).map((piece): Laid => {
      const { id } = piece;
      if (choice.isHidden({ kind: "piece", id })) hidden.add(id);
      return this.#held(piece);
    });
    const baked = bakedAs(this.#opened);
    if (!this.#world || !place) return;
    if (this.#opened && !this.#world.shows(place.lights)) {
      this.#build(this.#opened, place.lights);
      const frame = this.#frame;
      this.track(this.store.track.value);
      this.#frame = frame;
    }
    const lit = !dragging.value && this.#world.lamps(this.#lit(place));
    const laid = baked.length > 0 && this.#world.pieces.lay(baked, now, hidden);
    if (lit || laid) this.painter.relight();
    const known = new Set(baked.map(({ id }) => id));
    const { primary, keys } = choice;
    const last = keyOf(primary.value);
    for (const piece of now) {
      const key = keyOf({ kind: "piece", id: piece.id });
      if (hidden.has(piece.id)) continue;
      // What is not baked yet is a box for now.
      if (keys.value.has(key) || (baked.length && !known.has(piece.id)))
        this.#overlay.add(boxLines(piece, key === last));
    }
    for (const figure of this.#world.figures) {
      const item: Selection = { kind: "character", id: figure.track.character };
      if (!figure.mesh.visible || !keys.value.has(keyOf(item))) continue;
      this.#overlay.add(floorRing(figure.middle, keyOf(item) === last));
    }
  }

  /** Lamps that are not hidden; a hidden lamp lights the picture all the same. */
  #lit(place: PlaceSent): PlaceSent["lights"] {
    const { choice } = this.store;
    return place.lights.filter(
      // What only lights the view from the windows is no lamp of the stage.
      ({ id, role }) => role !== "backing" && !choice.isHidden({ kind: "light", id }),
    );
  }

  #held(piece: Laid): Laid {
    const key = keyOf({ kind: "piece", id: piece.id });
    const held = this.#worn?.all.find((one) => one.key === key);
    if (!held || !this.#worn) return piece;
    const { motion } = this.#worn;
    const { x, y, z } = movedTo(held, motion);
    const [w, h, d] = held.size_m ?? piece.size_m;
    const [fw, fh, fd] = motion.factor ?? [1, 1, 1];
    const turn = ((motion.angle_rad ?? 0) * 180) / Math.PI;
    return {
      id: piece.id,
      position_m: [x, y, z],
      yaw_deg: (held.facing_deg ?? piece.yaw_deg) + turn,
      size_m: [w * fw, h * fh, d * fd],
    };
  }

  #drawn({ item, at, key }: Handle, place: PlaceSent | undefined) {
    const { primary, keys } = this.store.choice;
    const chosen = keys.value.has(key);
    const on = chosen && keyOf(primary.value) === key;
    const pixels = HANDLE_PX + (chosen ? 4 : 0);
    if (item.kind === "camera") {
      const text = String(item.index + 1);
      const look = { text, color: "#e9a23b", diamond: true, on: chosen };
      return [sprite(this.#badges, at, { ...look, pixels: pixels + 4 })];
    }
    if (item.kind === "target" || item.kind === "aim" || item.kind === "tangent") {
      const color = item.kind === "aim" ? "#f6df9a" : "#e9a23b";
      const text = item.kind === "tangent" ? "⌒" : "×";
      const look = { text, color, diamond: false, on: chosen, pixels };
      const from = this.#ownerOf(item);
      const line = from ? [throwLine(from, at, on)] : [];
      return [sprite(this.#badges, at, look), ...line];
    }
    if (item.kind === "mark") {
      const people = this.store.film.value?.characters ?? [];
      const { color } = signOf(people, item.character);
      const blocking = place?.blocking.find((one) => one.character === item.character);
      const turn = this.#turnOf(key);
      const facing = (blocking?.marks[item.index]?.facing_deg ?? 0) + turn;
      const text = String(item.index + 1);
      return [
        floorMark(at, facing, color),
        sprite(this.#badges, at, { text, color, diamond: false, on: chosen, pixels }),
      ];
    }
    if (item.kind !== "light") return [];
    const light = place?.lights.find(({ id }) => id === item.id);
    const text = (light?.role ?? "").slice(0, 1).toUpperCase();
    const look = { text, color: "#f6df9a", diamond: false, on: chosen, pixels };
    const aim = new Vector3(...(light?.aim_m ?? [0, 0, 0]));
    if (!chosen || !light)
      return [sprite(this.#badges, at, look), throwLine(at, aim, false)];
    const aimed = keyOf({ kind: "aim", id: item.id });
    const shines = this.#handles.find((one) => one.key === aimed)?.at ?? aim;
    return [sprite(this.#badges, at, look), lampShape(light, at, shines)];
  }

  /** Where the lamp or key is that an aim belongs to. */
  #ownerOf(item: Selection): Vector3 | undefined {
    const owner: Selection | undefined =
      item.kind === "aim"
        ? { kind: "light", id: item.id }
        : item.kind === "target" || item.kind === "tangent"
          ? { kind: "camera", index: item.index }
          : undefined;
    const key = owner && keyOf(owner);
    return this.#handles.find((one) => one.key === key)?.at;
  }

  #turnOf(key: string): number {
    const held = this.#worn?.all.some((one) => one.key === key);
    return held ? ((this.#worn?.motion.angle_rad ?? 0) * 180) / Math.PI : 0;
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

  /** The badge under a pointer. */
  handleAt(pane: Pane, event: PointerEvent): Selection | undefined {
    const { x, y } = pane.pointer(event);
    let best: { item: Selection; far: number } | undefined;
    for (const { item, at } of this.handles) {
      const screen = pane.toScreen(at);
      if (!screen || this.store.choice.isLocked(item)) continue;
      const near = Math.hypot(screen.x - x, screen.y - y);
      // Of marks on one spot, the one that somebody is on now.
      const far = near - (this.#isStoodOn(item) ? 1 : 0);
      if (near < REACH_PX && far < (best?.far ?? Number.POSITIVE_INFINITY))
        best = { item, far };
    }
    return best?.item;
  }

  #isStoodOn(item: Selection): boolean {
    const frame = this.store.frame.value;
    return (
      item.kind === "mark" && markAt(this.#place, item.character, frame) === item.index
    );
  }

  /** The badge under a pointer, or else the person or the set piece there. */
  pick(pane: Pane, event: PointerEvent): Selection | undefined {
    const own = this.handleAt(pane, event);
    const world = this.#world;
    if (own || !world) return own;
    this.#stand();
    // What is hit is what they are, not what is drawn of them.
    if (world.showIn("fine")) {
      this.#poses += 1;
      this.invalidate();
    }
    const ray = this.#ray(pane, event);
    world.prepare("director", pane.camera.position);
    const figures = world.figures.filter(({ mesh }) => mesh.visible);
    const hits = ray.intersectObjects(
      [...figures.map(({ mesh }) => mesh), ...world.solid],
      false,
    );
    for (const { object, faceIndex } of hits) {
      const figure = figures.find(({ mesh }) => mesh === object);
      const item: Selection = figure
        ? { kind: "character", id: figure.track.character }
        : { kind: "piece", id: world.pieces.pieceAt(object as Mesh, faceIndex ?? 0) };
      if (item.kind === "piece" && this.#isBuilt(item.id)) return undefined;
      if (!this.store.choice.isLocked(item)) return item;
    }
    return undefined;
  }

  #isBuilt(id: string): boolean {
    const piece = this.#place?.set.pieces.find((one) => one.id === id);
    return !piece || isBuilt(piece.kind);
  }

  /** What has its middle within a rectangle of a pane, CSS pixels. */
  within(
    pane: Pane,
    box: { left: number; right: number; top: number; bottom: number },
  ): Selection[] {
    const { choice } = this.store;
    const inside = (at: Vector3) => {
      const screen = pane.toScreen(at);
      if (!screen) return false;
      const { x, y } = screen;
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
    };
    const pieces = (this.#place?.set.pieces ?? [])
      .filter(({ kind }) => !isBuilt(kind))
      .map(({ id, position_m: [x, y, z], size_m }): Handle => {
        const item: Selection = { kind: "piece", id };
        return { key: id, item, at: new Vector3(x, y + size_m[1] / 2, z) };
      });
    return [...pieces, ...this.handles]
      .filter(
        ({ item, at }) =>
          inside(at) && !choice.isHidden(item) && !choice.isLocked(item),
      )
      .map(({ item }) => item);
  }

  /** Where a pointer's ray meets a plane through a point, as the pane drags it. */
  meet(pane: Pane, event: PointerEvent, through: Vector3): Vector3 | undefined {
    const { ray } = this.#ray(pane, event);
    const at = ray.intersectPlane(pane.dragPlane(through), new Vector3());
    return at && at.length() < 200 ? at : undefined;
  }

  /** What a thing is let go on: the set there, or else the floor. */
  landing(pane: Pane, event: PointerEvent): Landing {
    this.#world?.prepare("director", pane.camera.position);
    return this.#landed(this.#ray(pane, event));
  }

  #ray(pane: Pane, event: PointerEvent): Raycaster {
    const ray = new Raycaster();
    // What stands still has a layer of its own.
    ray.layers.enableAll();
    ray.setFromCamera(new Vector2(...pane.pointer(event).ndc), pane.camera);
    return ray;
  }

  /** The floor under the middle of the largest view. */
  centre(): Landing {
    const pane = [...this.panes].sort(
      (a, b) => b.element.clientWidth - a.element.clientWidth,
    )[0];
    const middle = this.#world?.middle.clone().setY(0) ?? new Vector3();
    if (!pane) return { at: middle, normal: UP };
    const ray = new Raycaster();
    ray.setFromCamera(new Vector2(), pane.camera);
    const floor = new Plane(UP.clone(), 0);
    const at = ray.ray.intersectPlane(floor, new Vector3());
    const size = this.#world?.stage.header.size_m ?? [0, 0, 0];
    const inside = at && Math.abs(at.x) < size[0] / 2 && Math.abs(at.z) < size[2] / 2;
    return { at: inside ? at : middle, normal: UP };
  }

  #landed(ray: Raycaster): Landing {
    const world = this.#world;
    const [hit] = world ? ray.intersectObjects(world.solid, false) : [];
    if (hit?.face) {
      const normal = hit.face.normal.clone().transformDirection(hit.object.matrixWorld);
      // Faces are seen from both sides.
      if (normal.dot(ray.ray.direction) > 0) normal.negate();
      return { at: hit.point, normal };
    }
    const at = ray.ray.intersectPlane(new Plane(UP.clone(), 0), new Vector3());
    return { at: at ?? new Vector3(), normal: UP };
  }

  resize(width: number, height: number): void {
    if (width < 2 || height < 2) return;
    for (const pane of this.panes)
      pane.resize(pane.element.clientWidth, pane.element.clientHeight);
    this.painter.resize(width, height);
  }

  /** Something is another in one pane, or in all. */
  invalidate(pane?: Pane): void {
    this.painter.touch(pane);
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
      ready: (moves) => this.#getReady(moves),
      get poses() {
        return space.#poses;
      },
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
    for (const child of [...this.#overlay.children, ...this.#help.children])
      discard(child);
    this.#badges.dispose();
    this.gizmo.detach();
    this.gizmo.dispose();
    this.#world?.dispose();
    this.painter.dispose();
  }
}
