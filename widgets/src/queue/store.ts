// What the page knows of the jobs: asked again and again, pictures once each.

import { type Signal, signal } from "@preact/signals";
import type {
  AskFrame,
  AskPair,
  AskThumb,
  FromQueuePage,
  LeftOutShot,
  QueueCard,
  ToQueuePage,
} from "../queue";

/** How often is asked while something goes on, and while nothing does. */
const ACTIVE_MS = 700;
const IDLE_MS = 4000;
/** An answer that has not come by then never will. */
const LOST_MS = 12_000;
/** Pictures that are kept; older ones are asked for again. */
const MOST_PICTURES = 240;

export interface Wire {
  send(content: FromQueuePage): void;
  listen(heard: (content: ToQueuePage, buffers: DataView[]) => void): () => void;
}

export interface Pair {
  readonly take: string;
  readonly preview: string;
}

function addressOf(jpeg: DataView): string {
  // Its buffer may be shared by the whole message.
  const bytes = new Uint8Array(jpeg.byteLength);
  bytes.set(new Uint8Array(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength));
  return URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
}

/** Keep a picture; of many the oldest are let go. */
function keep(
  pictures: Signal<ReadonlyMap<string, string>>,
  key: string,
  jpeg: DataView,
): void {
  const kept = new Map(pictures.value).set(key, addressOf(jpeg));
  for (const [oldest, gone] of kept) {
    if (kept.size <= MOST_PICTURES) break;
    kept.delete(oldest);
    URL.revokeObjectURL(gone);
  }
  pictures.value = kept;
}

type AskPicture = AskFrame | AskPair | AskThumb;

export class QueueStore {
  readonly cards: Signal<readonly QueueCard[] | undefined> = signal(undefined);
  /** Shots that were not ordered beside them. */
  readonly leftOut: Signal<readonly LeftOutShot[]> = signal([]);
  readonly thumbs: Signal<ReadonlyMap<string, string>> = signal(new Map());
  readonly pairs: Signal<ReadonlyMap<string, Pair>> = signal(new Map());
  readonly frames: Signal<ReadonlyMap<string, string>> = signal(new Map());
  /** Shows a job's frames elsewhere, where there is such a place. */
  compare: ((card: QueueCard) => void) | undefined;
  /** The kernel has not answered for a while. */
  readonly silent = signal(false);

  private revision = "";
  private watchers = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly asked = new Set<string>();
  private readonly wanted: AskPicture[] = [];
  private waiting: { timer: ReturnType<typeof setTimeout> } | undefined;
  private unlisten = () => {};

  constructor(private readonly wire: Wire) {}

  open(): () => void {
    this.unlisten = this.wire.listen((content, buffers) => this.hear(content, buffers));
    return () => {
      clearTimeout(this.timer);
      clearTimeout(this.waiting?.timer);
      this.unlisten();
      for (const kept of [this.thumbs, this.frames])
        for (const url of kept.value.values()) URL.revokeObjectURL(url);
      for (const { take, preview } of this.pairs.value.values()) {
        URL.revokeObjectURL(take);
        URL.revokeObjectURL(preview);
      }
    };
  }

  /** Ask how the jobs stand for as long as somebody looks; returns what ends it. */
  watch(): () => void {
    this.watchers += 1;
    if (this.watchers === 1) this.look();
    return () => {
      this.watchers -= 1;
    };
  }

  cancel(job: string): void {
    this.wire.send({ kind: "cancel", job });
    this.look();
  }

  /** Have a small picture of a finished frame; it appears in `thumbs`. */
  thumb(job: string, frame: number): string | undefined {
    const key = `${job}/${frame}`;
    const known = this.thumbs.value.get(key);
    if (known === undefined) this.want(`thumb ${key}`, { kind: "thumb", job, frame });
    return known;
  }

  /** Have a frame of take and preview; only the newest wish is kept. */
  pair(job: string, frame: number): Pair | undefined {
    const key = `${job}/${frame}`;
    const known = this.pairs.value.get(key);
    if (known === undefined) {
      this.forget("pair");
      this.want(`pair ${key}`, { kind: "pair", job, frame });
    }
    return known;
  }

  /** Have a finished frame at its size; it appears in `frames`. */
  frame(job: string, frame: number): string | undefined {
    const key = `${job}/${frame}`;
    const known = this.frames.value.get(key);
    if (known === undefined) {
      this.forget("frame");
      this.want(`frame ${key}`, { kind: "frame", job, frame });
    }
    return known;
  }

  /** Ask now, whenever it was asked last. */
  look(): void {
    clearTimeout(this.timer);
    this.wire.send({ kind: "queue", seen: this.revision });
    this.timer = setTimeout(() => {
      this.silent.value = true;
      if (this.watchers) this.look();
    }, LOST_MS);
  }

  /** Let go of older wishes of a kind of which only the newest counts. */
  private forget(kind: "pair" | "frame"): void {
    for (const other of this.wanted.filter((one) => one.kind === kind)) {
      this.wanted.splice(this.wanted.indexOf(other), 1);
      this.asked.delete(`${kind} ${other.job}/${other.frame}`);
    }
  }

  private want(key: string, ask: AskPicture): void {
    if (this.asked.has(key)) return;
    this.asked.add(key);
    if (ask.kind === "thumb") this.wanted.push(ask);
    else this.wanted.unshift(ask);
    this.next();
  }

  /** Ask for one picture at a time, so that a wish is never behind many. */
  private next(): void {
    if (this.waiting) return;
    const ask = this.wanted.shift();
    if (!ask) return;
    const timer = setTimeout(() => {
      this.waiting = undefined;
      this.next();
    }, LOST_MS);
    this.waiting = { timer };
    this.wire.send(ask);
  }

  private hear(content: ToQueuePage, buffers: DataView[]): void {
    if (content.kind === "queue") {
      this.silent.value = false;
      this.revision = content.revision;
      if (content.cards) {
        this.cards.value = content.cards;
        this.leftOut.value = content.left_out;
      }
      clearTimeout(this.timer);
      const seen = this.watchers > 0;
      const pause = content.active && seen ? ACTIVE_MS : IDLE_MS;
      // What goes on is heard of to its end, in a panel that is closed too.
      if (seen || content.active) this.timer = setTimeout(() => this.look(), pause);
      return;
    }
    if (!("job" in content)) return;
    clearTimeout(this.waiting?.timer);
    this.waiting = undefined;
    const key = `${content.job}/${content.frame}`;
    const [first, second] = buffers;
    this.asked.delete(`${content.kind} ${key}`);
    if (content.kind === "thumb" && first) keep(this.thumbs, key, first);
    if (content.kind === "frame" && first) keep(this.frames, key, first);
    if (content.kind === "pair" && first && second)
      this.keepPair(key, { take: addressOf(first), preview: addressOf(second) });
    this.next();
  }

  private keepPair(key: string, pair: Pair): void {
    const kept = new Map(this.pairs.value).set(key, pair);
    for (const [oldest, gone] of kept) {
      if (kept.size <= MOST_PICTURES) break;
      kept.delete(oldest);
      URL.revokeObjectURL(gone.take);
      URL.revokeObjectURL(gone.preview);
    }
    this.pairs.value = kept;
  }
}
