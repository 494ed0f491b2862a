// What the studio shows: signals, and what the kernel says put into them.

import { batch, computed, effect, signal } from "@preact/signals";
import type {
  CoverageSent,
  FilmCard,
  FittingSent,
  HistorySent,
  LostSent,
  Picked,
  PictureSent,
  PlaceSent,
  SceneCard,
  ShelfSent,
  ShotCard,
  StageSent,
  ToPage,
} from "../messages";
import type { Character } from "../schema";
import { ownBuffer, readArray, readCamera, StageError, unpack } from "../stage/payload";
import { assemble, blocksOf } from "./blocks";
import type { Reference } from "./inspector/references";
import {
  type Asked,
  dragName,
  type Line,
  Link,
  type Refused,
  type Wanted,
  type Wire,
} from "./link";
import { Choice } from "./space/choice";
import {
  coverName,
  KEPT_STAGES,
  KEPT_TRACKS,
  type Lead,
  NOTHING,
  type OpenStage,
  type Picture,
  type Posed,
  type Selection,
  type ShotTracks,
  shotAt,
} from "./state";

/** A large still that is being made. */
interface Snap {
  readonly shot: string;
  readonly frame: number;
  readonly done: (png: Blob) => void;
  readonly fail: (why: Error) => void;
}

export class Store {
  readonly link: Link;
  readonly film = signal<FilmCard | null>(null);
  readonly revision = signal(0);
  readonly sceneId = signal("");
  /** Frame of the scene that is shown. */
  readonly frame = signal(0);
  readonly tracks = signal<ReadonlyMap<string, ShotTracks>>(new Map());
  readonly place = signal<PlaceSent | null>(null);
  readonly stages = signal<ReadonlyMap<string, OpenStage>>(new Map());
  readonly posed = signal<Posed | null>(null);
  readonly picture = signal<Picture | null>(null);
  readonly panels = signal<ReadonlyMap<string, Picture>>(new Map());
  /** The open scene in other coverages, by style, and their pictures by style and shot. */
  readonly coverages = signal<ReadonlyMap<string, CoverageSent>>(new Map());
  readonly covers = signal<ReadonlyMap<string, Picture>>(new Map());
  readonly history = signal<Pick<HistorySent, "entries" | "at">>({
    entries: [],
    at: 0,
  });
  readonly picked = signal<Picked | null>(null);
  readonly refused = signal("");
  /** Shots that lost somebody who was cast anew, until it is told. */
  readonly lost = signal<LostSent | null>(null);
  /** Counts edits of this page that were refused: what was ahead of them is not so. */
  readonly refusals = signal(0);
  readonly line = signal<Line>("open");
  readonly selected = signal<Selection>(NOTHING);
  readonly dragging = signal("");
  /** What is chosen on the stage, and what of it is hidden or locked. */
  readonly choice = new Choice(this.selected, () => this.scene.value?.id ?? "");
  /** What can be brought to the stage, and the sheet of its pictures. */
  readonly shelf = signal<{ sent: ShelfSent; sheet: string } | null>(null);
  /** The shelf is open. */
  readonly shelved = signal(false);
  /** Dragged things are drawn to what is near; Ctrl inverts it. */
  readonly snaps = signal(true);
  /** Characters whose seed is not re-rolled. */
  readonly lockedSeeds = signal<ReadonlySet<string>>(new Set());
  /** Width that the monitor has on the screen; 0: it is not seen. */
  readonly monitorWidth = signal(0);
  /** The picture of somebody alone that this page was sent last. */
  readonly fitted = signal<{ sent: FittingSent; jpeg: Blob } | null>(null);
  /** Reference pictures that were shown, by their SHA-256. */
  readonly references = signal<ReadonlyMap<string, Reference>>(new Map());
  /** Id of who was selected last. */
  readonly personId = signal("");
  readonly wantedPanels = signal<readonly Wanted[]>([]);
  /** Of each scene, the revision that changed it last. */
  readonly sceneRevisions = signal<ReadonlyMap<string, number>>(new Map());

  readonly scene = computed<SceneCard | undefined>(() => {
    const scenes = this.film.value?.scenes;
    return scenes?.find(({ id }) => id === this.sceneId.value) ?? scenes?.[0];
  });
  readonly shot = computed<ShotCard | undefined>(() =>
    shotAt(this.scene.value, this.frame.value),
  );
  readonly shotFrame = computed(() =>
    Math.max(this.frame.value - (this.shot.value?.first_frame ?? 0), 0),
  );
  /** Who is fitted: whoever was selected last, else the first of the cast. */
  readonly person = computed<Character | undefined>(() => {
    const people = this.film.value?.characters;
    return people?.find(({ id }) => id === this.personId.value) ?? people?.[0];
  });
  readonly track = computed(() => this.tracks.value.get(this.shot.value?.id ?? ""));
  readonly stage = computed(() => this.stages.value.get(this.shot.value?.id ?? ""));

  /** Says which pictures are due while it plays. */
  lead: () => Lead | undefined = () => undefined;
  /** What a picture of the monitor takes from the question to the screen, lately. */
  latencyMs = 60;
  /** What of that the kernel works, and what the way there, back and to the screen is. */
  readonly spent = { kernelMs: 20, wayMs: 20 };

  #snaps: readonly Snap[] = [];
  #closed = false;

  /**
   * @param wire carries messages to the kernel and back
   * @param firstShot id of the shot that the film opens on; empty: its first
   */
  constructor(
    wire: Wire,
    readonly firstShot = "",
  ) {
    this.link = new Link(wire);
    this.link.wants((refused) => this.#wanted(refused));
    this.link.onLine = (line) => {
      this.line.value = line;
    };
  }

  /** Begin to listen and ask for everything; returns what ends it. */
  open(): () => void {
    const stop = this.link.hear((message, buffers) => this.#take(message, buffers));
    const follow = effect(() => {
      const selected = this.selected.value;
      if (selected.kind === "character") this.personId.value = selected.id;
    });
    this.link.say({ kind: "hello" });
    return () => {
      this.link.say({ kind: "bye" });
      this.#closed = true;
      stop();
      follow();
      for (const { url } of this.references.value.values()) URL.revokeObjectURL(url);
      // Pictures lie outside of the page's own heap: nothing else frees them soon.
      this.picture.value?.bitmap.close();
      if (this.shelf.value) URL.revokeObjectURL(this.shelf.value.sheet);
      for (const kept of [this.panels, this.covers])
        for (const { bitmap } of kept.value.values()) bitmap.close();
    };
  }

  newDrag(): string {
    return dragName(this.link.page);
  }

  /** Go to a frame of a scene. */
  go(sceneId: string, frame: number): void {
    batch(() => {
      const scene = this.film.value?.scenes.find(({ id }) => id === sceneId);
      if (!scene || Number.isNaN(frame)) return;
      if (sceneId !== this.scene.value?.id) this.selected.value = NOTHING;
      this.sceneId.value = sceneId;
      const last = Math.max(scene.length_frames - 1, 0);
      this.frame.value = Math.min(Math.max(Math.round(frame), 0), last);
    });
  }

  goShot(shotId: string): void {
    for (const scene of this.film.value?.scenes ?? []) {
      const shot = scene.shots.find(({ id }) => id === shotId);
      if (shot) this.go(scene.id, shot.first_frame);
    }
  }

  /** The film's shots in order, with their scenes. */
  get allShots(): readonly { scene: SceneCard; shot: ShotCard }[] {
    const scenes = this.film.value?.scenes ?? [];
    return scenes.flatMap((scene) => scene.shots.map((shot) => ({ scene, shot })));
  }

  /** Have the kernel send a shot, except what of its stage is here. */
  openShot(shot: string): void {
    const has = blocksOf(this.stages.value.values());
    this.link.say({ kind: "open_shot", shot, has });
  }

  stepShot(step: 1 | -1): void {
    const all = this.allShots;
    const at = all.findIndex(({ shot }) => shot.id === this.shot.value?.id);
    const next = all[at + step];
    if (next) this.go(next.scene.id, next.shot.first_frame);
  }

  sceneOf(shotId: string): SceneCard | undefined {
    const scenes = this.film.value?.scenes ?? [];
    return scenes.find(({ shots }) => shots.some(({ id }) => id === shotId));
  }

  nameOf(character: string): string {
    const people = this.film.value?.characters ?? [];
    return people.find(({ id }) => id === character)?.name ?? character;
  }

  snapshot(): Promise<Blob> {
    const shot = this.shot.value;
    if (!shot) return Promise.reject(new Error("No shot is open."));
    const at = { shot: shot.id, frame: this.shotFrame.value };
    this.link.say({ kind: "snapshot", ...at });
    return new Promise((done, fail) => {
      this.#snaps = [...this.#snaps, { ...at, done, fail }];
    });
  }

  /** Let go of the pictures of other coverages. */
  dropCovers(): void {
    for (const { bitmap } of this.covers.value.values()) bitmap.close();
    this.covers.value = new Map();
    this.coverages.value = new Map();
  }

  /** Frame of the open scene that the kernel was told to have ready; -1: none. */
  get announced(): number {
    const { shot: id, then_frame: frame } = this.link.announced ?? {};
    const shot = this.scene.value?.shots.find((one) => one.id === id);
    return shot && frame != null ? shot.first_frame + frame : -1;
  }

  /** Which picture is missing: the monitor's before a panel's. */
  #wanted(refused: Refused): Wanted | undefined {
    const lead = this.lead();
    const shot = lead ? shotAt(this.scene.value, lead.frame) : this.shot.value;
    const width = this.monitorWidth.value;
    if (shot && width) {
      const frame = lead ? lead.frame - shot.first_frame : this.shotFrame.value;
      const then = lead ? lead.after - shot.first_frame : -1;
      const next = then >= 0 && then < shot.length_frames ? { then_frame: then } : {};
      const many = lead && !this.dragging.value ? { at_once: lead.atOnce } : {};
      const wanted = { shot: shot.id, frame, width_px: width, ...next, ...many };
      if (!this.#isShown(wanted) && !refused(wanted)) return wanted;
    }
    return this.wantedPanels.value.find((wanted) => !refused(wanted));
  }

  #isShown(wanted: Wanted): boolean {
    const shown = this.picture.value;
    if (!shown) return false;
    const { sent, wanted: asked } = shown;
    return (
      asked.shot === wanted.shot &&
      asked.frame === wanted.frame &&
      asked.width_px === wanted.width_px &&
      sent.revision >= this.revision.value &&
      shown.epoch >= this.link.epoch &&
      sent.light_is_whole
    );
  }

  #take(message: ToPage, buffers: readonly DataView[]): void {
    try {
      batch(() => this.#put(message, buffers));
    } catch (error) {
      if (!(error instanceof StageError)) throw error;
      this.refused.value = error.message;
    }
  }

  #put(message: ToPage, buffers: readonly DataView[]): void {
    switch (message.kind) {
      case "film":
        // A page that says hello has it sent to all, changed or not.
        if (message.revision > this.revision.value)
          this.#touch(
            message.film.scenes.map(({ id }) => id),
            message.revision,
          );
        this.#putFilm(message.film, message.revision);
        break;
      case "scene":
        this.#putScene(message.scene, message.revision);
        this.#touch([message.scene.id], message.revision);
        break;
      case "tracks": {
        const { shot, revision } = message;
        const buffer = ownBuffer(buffers[0]);
        const next = new Map(this.tracks.value);
        next.delete(shot.id);
        next.set(shot.id, {
          revision,
          shot,
          camera: readCamera(buffer, message.camera),
          keyFrames: message.key_frames,
          keyShares: message.key_shares,
          travel: readArray(buffer, message.travel, "float64"),
          pathM: message.path_m,
        });
        for (const old of [...next.keys()])
          if (next.size > KEPT_TRACKS && old !== this.shot.value?.id) next.delete(old);
        this.tracks.value = next;
        this.#changed([this.sceneOf(shot.id)?.id ?? ""], revision);
        break;
      }
      case "place":
        // Another page may have another scene open.
        if (message.scene === this.scene.value?.id) this.place.value = message;
        this.#changed([message.scene], message.revision);
        break;
      case "stage":
        this.#putStage(message, buffers[0]);
        break;
      case "figures": {
        const buffer = ownBuffer(buffers[0]);
        const figures = message.figures.map((figure) => ({
          ...figure,
          counts: readArray(buffer, figure.positions, "int16"),
        }));
        this.posed.value = { shot: message.shot, frame: message.frame, figures };
        break;
      }
      case "picture":
        if (message.page === this.link.page) void this.#decode(message, buffers[0]);
        break;
      case "history":
        this.history.value = { entries: message.entries, at: message.at };
        break;
      case "refused":
        if (message.page && message.page !== this.link.page) break;
        this.refused.value = message.text;
        if (message.asked === "edit") this.refusals.value += 1;
        if (message.asked === "snapshot") {
          const [first, ...rest] = this.#snaps;
          this.#snaps = rest;
          first?.fail(new Error(message.text));
        }
        break;
      case "lost":
        this.lost.value = message;
        break;
      case "fitting": {
        const jpeg = new Blob([ownBuffer(buffers[0])], { type: "image/jpeg" });
        if (message.page === this.link.page)
          this.fitted.value = { sent: message, jpeg };
        break;
      }
      case "reference": {
        const { picture, palette } = message;
        if (this.references.value.has(picture)) break;
        const jpeg = new Blob([ownBuffer(buffers[0])], { type: "image/jpeg" });
        const shown = { url: URL.createObjectURL(jpeg), palette };
        this.references.value = new Map(this.references.value).set(picture, shown);
        break;
      }
      case "picked":
        if (message.page === this.link.page) this.picked.value = message;
        break;
      case "coverage":
        if (message.page === this.link.page)
          this.coverages.value = new Map(this.coverages.value).set(
            message.style,
            message,
          );
        break;
      case "shelf": {
        if (this.shelf.value) break;
        const blob = new Blob([ownBuffer(buffers[0])], { type: "image/png" });
        this.shelf.value = { sent: message, sheet: URL.createObjectURL(blob) };
        break;
      }
      case "snapped": {
        const png = buffers[0];
        if (message.page !== this.link.page || !png) break;
        const blob = new Blob([ownBuffer(png)], { type: "image/png" });
        // One that a restarted kernel never answered must not be taken for another.
        const asked = this.#snaps.find(
          ({ shot, frame }) => shot === message.shot && frame === message.frame,
        );
        this.#snaps = this.#snaps.filter((one) => one !== asked);
        asked?.done(blob);
        break;
      }
    }
  }

  #putStage(message: StageSent, sent: DataView | undefined): void {
    const { shot, revision } = message;
    const kept = new Map(this.stages.value);
    const made = assemble(message, sent, kept.values());
    if (!made) {
      // What the kernel thought to be here has been dropped, or another page asked.
      if (shot === this.shot.value?.id) this.openShot(shot);
      return;
    }
    const { payload, blocks } = made;
    kept.delete(shot);
    kept.set(shot, { shot, revision, stage: unpack(message.header, payload), blocks });
    // Other pages open shots too: the one that is looked at here stays.
    for (const old of [...kept.keys()])
      if (kept.size > KEPT_STAGES && old !== this.shot.value?.id) kept.delete(old);
    this.stages.value = kept;
    this.posed.value = null;
  }

  /** What was sent anew without being another leaves the panels as they are. */
  #changed(scenes: readonly string[], revision: number): void {
    if (revision <= this.revision.value) return;
    this.#touch(scenes, revision);
    this.revision.value = revision;
  }

  /** Panels of these scenes are older than the scenes. */
  #touch(scenes: readonly string[], revision: number): void {
    const next = new Map(this.sceneRevisions.value);
    for (const id of scenes) next.set(id, revision);
    this.sceneRevisions.value = next;
  }

  #putFilm(film: FilmCard, revision: number): void {
    const first = !this.film.value;
    this.film.value = film;
    this.#dropPanels(film);
    if (first && this.firstShot) this.goShot(this.firstShot);
    this.revision.value = revision;
    const scene = this.scene.value;
    this.sceneId.value = scene?.id ?? "";
    const last = Math.max((scene?.length_frames ?? 1) - 1, 0);
    this.frame.value = Math.min(this.frame.value, last);
  }

  /** Shots that are gone leave no picture behind. */
  #dropPanels(film: FilmCard): void {
    const old = this.panels.value;
    if (!old.size) return;
    const here = new Set(film.scenes.flatMap(({ shots }) => shots.map(({ id }) => id)));
    const kept = new Map([...old].filter(([shot]) => here.has(shot)));
    if (kept.size === old.size) return;
    for (const [shot, { bitmap }] of old) if (!here.has(shot)) bitmap.close();
    this.panels.value = kept;
  }

  #putScene(scene: SceneCard, revision: number): void {
    const film = this.film.value;
    if (!film) return;
    const scenes = film.scenes.map((old) => (old.id === scene.id ? scene : old));
    this.#putFilm({ ...film, scenes }, Math.max(revision, this.revision.value));
  }

  async #decode(sent: PictureSent, jpeg: DataView | undefined): Promise<void> {
    const asked = this.link.askedAs(sent.number);
    if (!asked) return;
    try {
      const blob = new Blob([ownBuffer(jpeg)], { type: "image/jpeg" });
      const bitmap = await createImageBitmap(blob);
      // A newer one may have been decoded sooner.
      if (this.#closed || !this.link.askedAs(sent.number)) return bitmap.close();
      const { wanted, epoch } = asked;
      const picture = { sent, wanted, epoch, bitmap };
      if (wanted.board) {
        const kept = wanted.coverage ? this.covers : this.panels;
        const name = coverName(wanted.coverage?.style ?? "", sent.shot);
        kept.value.get(name)?.bitmap.close();
        kept.value = new Map(kept.value).set(name, picture);
      } else {
        this.picture.value?.bitmap.close();
        this.picture.value = picture;
      }
    } catch {
      this.refused.value = "A picture arrived broken; the next one replaces it.";
    }
    // After the next repaint the page shows it, and may ask for another.
    requestAnimationFrame(() => {
      if (!asked.wanted.board) this.#timed(asked, sent.ms);
      this.link.painted(sent.number);
    });
  }

  #timed({ at, alone }: Asked, kernelMs: number): void {
    const took = performance.now() - at;
    const { spent } = this;
    this.latencyMs += 0.2 * (took - this.latencyMs);
    spent.kernelMs += 0.2 * (kernelMs - spent.kernelMs);
    // Of one that stood in a row the waiting is no part of the way.
    if (alone) spent.wayMs += 0.2 * (Math.max(took - kernelMs, 0) - spent.wayMs);
  }
}
