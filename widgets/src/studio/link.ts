// Talk with the kernel. The newest state wins, and the last one always arrives.

import {
  type AskPicture,
  type FromPage,
  MESSAGES_VERSION,
  type ToPage,
} from "../messages";
import type { Edit } from "./edits";

/** What carries messages: the widget's comm, or a test. */
export interface Wire {
  send(content: unknown, buffers?: readonly ArrayBuffer[]): void;
  listen(heard: (content: unknown, buffers: readonly DataView[]) => void): () => void;
}

type Bare<T> = T extends unknown ? Omit<T, "v" | "page"> : never;
export type Said = Bare<FromPage>;
export type Wanted = Omit<Bare<AskPicture>, "kind" | "number">;

/** After this long without an answer a drag's newest edit is sent all the same. */
export const PATIENCE_MS = 250;
/** A picture that is not there after this long may be lost; the kernel is asked. */
export const LOST_MS = 10_000;
/** A kernel that says nothing for this long is busy or gone. */
export const SILENT_MS = 4_000;
/** After its comm was cut it has this long to answer. */
export const CUT_MS = 1_200;

/** What of the kernel is heard: it answers, is busy for long, or was restarted. */
export type Line = "open" | "silent" | "cut";

/** These have an answer whatever the film is like. */
const ANSWERED: readonly string[] = [
  "hello",
  "open_shot",
  "ask_picture",
  "pick",
  "snapshot",
];

export class Link {
  /** Told whenever the line becomes another. */
  onLine: (line: Line) => void = () => undefined;
  #line: Line = "open";
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly page = `p${Math.random().toString(36).slice(2, 12)}`;
  /** Counts edits sent, so that a picture asked for before one is known to be old. */
  epoch = 0;
  readonly #wire: Wire;
  #number = 0;
  #asked: { number: number; wanted: Wanted; epoch: number } | undefined;
  #next: () => Wanted | undefined = () => undefined;
  #waiting: { edit: Edit; drag: string } | undefined;
  #unanswered = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #lost: ReturnType<typeof setTimeout> | undefined;
  /** Number of the picture after which the kernel was greeted again. */
  #greeted = 0;
  #heard: (message: ToPage, buffers: readonly DataView[]) => void = () => undefined;

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Listen; a message of another version becomes a refusal to reload. */
  hear(heard: (message: ToPage, buffers: readonly DataView[]) => void): () => void {
    this.#heard = heard;
    const stop = this.#wire.listen((content, buffers) => {
      const message = content as ToPage;
      if (typeof message?.kind !== "string") return;
      this.#hush(false);
      if (message.v !== MESSAGES_VERSION) {
        const text = `The kernel speaks version ${String(message.v)} of the studio's messages, this page ${MESSAGES_VERSION}. Restart the kernel and reload the page.`;
        this.#refuse("", text);
        return;
      }
      this.#note(message);
      heard(message, buffers);
    });
    return () => {
      stop();
      clearTimeout(this.#patience);
      clearTimeout(this.#lost);
      clearTimeout(this.#silence);
    };
  }

  /** The comm was cut or came back: a kernel that does not answer now was restarted. */
  cut(): void {
    this.#hush(false);
    this.#silence = setTimeout(() => this.#set("cut"), CUT_MS);
    this.say({ kind: "hello" });
  }

  say(said: Said, buffers?: readonly ArrayBuffer[]): void {
    // What is said to a kernel that has gone would only fill the next one's log.
    if (this.#line === "cut" && said.kind !== "hello") return;
    if (ANSWERED.includes(said.kind)) this.#hush(true);
    try {
      this.#wire.send({ v: MESSAGES_VERSION, page: this.page, ...said }, buffers);
    } catch {
      // A closed comm throws; looking about goes on without a kernel.
      this.#set("cut");
    }
  }

  /** Make an edit that stands alone. */
  edit(edit: Edit): void {
    this.#send(edit, "", true);
  }

  /** Say where a drag now stands; where an answer is due, only the newest is kept. */
  drag(edit: Edit, drag: string): void {
    this.#waiting = { edit, drag };
    if (!this.#unanswered) this.#flush();
  }

  /** End a drag: its last state is sent whatever is on its way. */
  drop(edit: Edit, drag: string): void {
    this.#waiting = undefined;
    this.#send(edit, drag, true);
  }

  cancel(drag: string): void {
    this.#waiting = undefined;
    this.epoch++;
    this.say({ kind: "cancel", drag });
    this.ask();
  }

  /** Let `next` say which picture is wanted whenever one may be asked for. */
  wants(next: () => Wanted | undefined): void {
    this.#next = next;
  }

  get asking(): boolean {
    return this.#asked !== undefined;
  }

  /** Ask for the picture that is wanted now, unless one is on its way. */
  ask(): void {
    if (this.#asked) return;
    const wanted = this.#next();
    if (!wanted) return;
    const number = ++this.#number;
    this.#asked = { number, wanted, epoch: this.epoch };
    clearTimeout(this.#lost);
    this.#lost = setTimeout(() => this.#greet(number), LOST_MS);
    this.say({ kind: "ask_picture", number, ...wanted });
  }

  /** What was asked for under a number, if that is still on its way. */
  askedAs(number: number): { wanted: Wanted; epoch: number } | undefined {
    return this.#asked?.number === number ? this.#asked : undefined;
  }

  /** The picture of this number is on the screen: the next may be asked for. */
  painted(number: number): void {
    if (this.#asked?.number !== number) return;
    this.#free();
    this.say({ kind: "painted", number });
    this.#flush();
    this.ask();
  }

  /** Wait for an answer, or have heard one. */
  #hush(waits: boolean): void {
    if (waits) {
      this.#silence ??= setTimeout(() => this.#set("silent"), SILENT_MS);
      return;
    }
    clearTimeout(this.#silence);
    this.#silence = undefined;
    this.#set("open");
  }

  #set(line: Line): void {
    // Once it is known to be gone, nothing but its voice says otherwise.
    if (line === this.#line || (line === "silent" && this.#line === "cut")) return;
    this.#line = line;
    this.onLine(line);
  }

  #note(message: ToPage): void {
    if (message.kind === "refused" && message.page === this.page) {
      if (message.asked === "ask_picture") this.#refused();
      if (message.asked === "edit") this.#answered();
    }
    if (message.kind === "film" || message.kind === "scene") this.#answered();
    if (message.kind === "tracks" || message.kind === "place") this.#answered();
    if (message.kind === "picture" && message.page === this.page) {
      if (message.number === this.#asked?.number) clearTimeout(this.#lost);
      // It came after it was given up: the kernel holds the next back for it.
      else this.say({ kind: "painted", number: message.number });
    }
    // The kernel answers in order: what was asked before a greeting is not to come.
    if (message.kind === "history" && this.#greeted === this.#asked?.number) {
      this.#free();
      this.ask();
    }
  }

  #free(): void {
    clearTimeout(this.#lost);
    this.#asked = undefined;
  }

  /** Ask for what is wanted by now; the same again would be refused again. */
  #refused(): void {
    const before = JSON.stringify(this.#asked?.wanted);
    this.#free();
    if (JSON.stringify(this.#next()) !== before) this.ask();
  }

  /** Where an interrupt swallowed a picture, a greeting frees the kernel to send on. */
  #greet(number: number): void {
    if (this.#asked?.number !== number) return;
    this.#greeted = number;
    this.say({ kind: "hello" });
  }

  #refuse(asked: string, text: string): void {
    const { page } = this;
    this.#heard({ v: MESSAGES_VERSION, kind: "refused", page, asked, text }, []);
  }

  #answered(): void {
    this.#unanswered = false;
    // A picture on its way comes first: an edit that overtakes it only delays it.
    if (this.#asked) return;
    clearTimeout(this.#patience);
    this.#flush();
  }

  #flush(): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    this.#send(waiting.edit, waiting.drag, false);
  }

  #send(edit: Edit, drag: string, last: boolean): void {
    this.epoch++;
    this.#unanswered = true;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      this.#unanswered = false;
      this.#flush();
    }, PATIENCE_MS);
    const pictured = this.asking || this.#next() !== undefined;
    this.say({ kind: "edit", edit: { ...edit }, drag, last, pictured });
    this.ask();
  }
}

let drags = 0;

/** A name for a drag that no other of this page has. */
export function dragName(page: string): string {
  drags += 1;
  return `${page}-${drags}`;
}
