// Time that runs: the film's rate is kept, and frames nobody saw are counted.

import { computed, signal } from "@preact/signals";
import { Transport } from "../stage/transport";
import type { Lead } from "./state";
import type { Store } from "./store";

/** Nobody sees more than so many frames a second, however fast it plays. */
const LEAST_TICK_MS = 16;

/** A picture that takes longer than this to come is not asked for so far ahead. */
const MOST_LEAD_MS = 250;

/** The kernel bears no more of one page. */
const MOST_AT_ONCE = 4;

export type Loop = "shot" | "scene" | "off";

export interface Range {
  readonly first: number;
  /** The last frame that is played. */
  readonly last: number;
}

export class Playback {
  readonly speed = signal(0);
  readonly loop = signal<Loop>("shot");
  /** In and out points of the open scene in its frames, where they are set. */
  readonly marked = computed<Partial<Range>>(
    () => this.#marks.value.get(this.#scene) ?? {},
  );
  /** Frames that passed since play began without a picture of theirs. */
  readonly dropped = signal(0);
  /** By scene: frames of one mean nothing in another. */
  readonly #marks = signal<ReadonlyMap<string, Partial<Range>>>(new Map());
  #transport: Transport | undefined;
  #first = 0;
  #ticking: ReturnType<typeof setTimeout> | undefined;
  #passed = 0;
  #painted = 0;
  #seen = "";
  /** Where play was last: elsewhere, somebody went there. */
  #at = { scene: "", frame: 0 };

  constructor(readonly store: Store) {
    store.lead = () => this.#lead();
  }

  /** Which pictures will be due once they can be there, in frames of the scene. */
  #lead(): Lead | undefined {
    const transport = this.#transport;
    if (!transport || !this.speed.value) return undefined;
    const late = Math.min(this.store.latencyMs, MOST_LEAD_MS);
    const now = performance.now();
    const due = transport.frameAt(now + late);
    const ready = this.store.announced - this.#first;
    // What the kernel has ready is as good, a frame early or late.
    const frame = Math.abs(ready - due) <= 1 ? ready : due;
    const atOnce = this.#atOnce(transport);
    const next = transport.frameAt(now + late + late / atOnce);
    const step = Math.sign(transport.speed);
    const then = next === frame ? transport.placed(frame + step) : next;
    return { frame: this.#first + frame, after: this.#first + then, atOnce };
  }

  /** So many on their way come one a frame of the film, or as the kernel makes them. */
  #atOnce(transport: Transport): number {
    const { kernelMs, wayMs } = this.store.spent;
    const each = Math.max(transport.frameMs, kernelMs);
    const many = Math.round((kernelMs + wayMs) / each);
    return Math.min(Math.max(many, 1), MOST_AT_ONCE);
  }

  /** What plays and loops: between in and out, else the shot, else the scene. */
  get range(): Range {
    const { scene, shot } = this.store;
    const end = Math.max((scene.value?.length_frames ?? 1) - 1, 0);
    const { first, last } = this.marked.value;
    // A scene that was trimmed may end before them.
    if ((first ?? last) !== undefined && (first ?? 0) <= end)
      return { first: first ?? 0, last: Math.min(last ?? end, end) };
    const one = shot.value;
    if (this.loop.value === "shot" && one)
      return { first: one.first_frame, last: one.first_frame + one.length_frames - 1 };
    return { first: 0, last: end };
  }

  toggle(): void {
    if (this.speed.value) this.stop();
    else this.#run((transport) => transport.play(1, performance.now()));
  }

  shuttle(direction: 1 | -1): void {
    this.#run((transport) => transport.shuttle(direction, performance.now()));
  }

  stop(): void {
    clearTimeout(this.#ticking);
    this.#transport?.stop();
    this.speed.value = 0;
  }

  seek(frame: number): void {
    const { sceneId, scene } = this.store;
    this.store.go(scene.value?.id ?? sceneId.value, frame);
    const at = this.store.frame.value - this.#first;
    const transport = this.#transport;
    if (!transport || !this.speed.value) return;
    if (at < 0 || at > transport.last) this.stop();
    else transport.seek(at, performance.now());
    this.#note();
  }

  step(frames: number): void {
    this.stop();
    this.seek(this.store.frame.value + frames);
  }

  mark(which: "first" | "last"): void {
    const at = this.store.frame.value;
    const marked = { ...this.marked.value, [which]: at };
    const { first = 0, last = Number.POSITIVE_INFINITY } = marked;
    this.setMarks(first <= last ? marked : { [which]: at });
  }

  clearMarks(): void {
    this.setMarks({});
  }

  setMarks(marked: Partial<Range>, scene = this.#scene): void {
    this.#marks.value = new Map(this.#marks.value).set(scene, marked);
  }

  get #scene(): string {
    return this.store.scene.value?.id ?? "";
  }

  /** The monitor shows a picture of this shot and frame, maybe a better one. */
  sawPicture(of: string): void {
    if (this.speed.value && of !== this.#seen) this.#painted += 1;
    this.#seen = of;
  }

  #run(start: (transport: Transport) => void): void {
    const film = this.store.film.value;
    if (!film) return;
    const { first, last } = this.range;
    const at = this.store.frame.value;
    if (!this.#transport || !this.speed.value) {
      this.#first = first;
      this.#transport = new Transport(film.rate, last - first + 1);
      this.#transport.loop = this.loop.value !== "off";
      const within = at >= first && at <= last ? at - first : 0;
      this.#transport.seek(within, performance.now());
      this.#passed = this.#painted = this.dropped.value = 0;
    }
    this.#note();
    start(this.#transport);
    this.speed.value = this.#transport.speed;
    clearTimeout(this.#ticking);
    this.#tickLater(this.#transport);
  }

  /** Once a frame of the film, so that the page rests in between. */
  #tickLater(transport: Transport): void {
    const wait = Math.max(transport.untilNextMs(performance.now()), LEAST_TICK_MS);
    this.#ticking = setTimeout(() => this.#tick(), Math.ceil(wait));
  }

  #tick(): void {
    const transport = this.#transport;
    if (!transport || !this.speed.value) return;
    if (this.#strayed() || this.#rearranged(transport)) {
      const { speed } = transport;
      this.stop();
      this.#run((fresh) => fresh.play(speed, performance.now()));
      return;
    }
    const before = transport.frame;
    if (transport.tick(performance.now())) {
      const on = (transport.frame - before) * Math.sign(transport.speed || 1);
      // Round the loop's end it is one frame on.
      this.#passed += Math.max(on, 1);
      // Where no monitor is seen, none drops a frame.
      if (this.store.monitorWidth.value)
        this.dropped.value = Math.max(this.#passed - this.#painted - 1, 0);
      const scene = this.store.scene.value;
      if (scene) this.store.go(scene.id, this.#first + transport.frame);
      this.#note();
    }
    this.speed.value = transport.speed;
    if (transport.playing) this.#tickLater(transport);
  }

  #note(): void {
    const { scene, frame } = this.store;
    this.#at = { scene: scene.value?.id ?? "", frame: frame.value };
  }

  /** In or out, the loop or the shot's length are others than when it began. */
  #rearranged(transport: Transport): boolean {
    const { first, last } = this.range;
    const loops = this.loop.value !== "off";
    return (
      first !== this.#first ||
      last - first !== transport.last ||
      loops !== transport.loop
    );
  }

  #strayed(): boolean {
    const { scene, frame } = this.store;
    return scene.value?.id !== this.#at.scene || frame.value !== this.#at.frame;
  }
}
