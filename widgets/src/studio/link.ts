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

/** Whether a picture was refused, and nothing has changed since. */
export type Refused = (wanted: Wanted) => boolean;

type Bare<T> = T extends unknown ? Omit<T, "v" | "page"> : never;
export type Said = Bare<FromPage>;
export type Wanted = Omit<Bare<AskPicture>, "kind" | "number" | "painted">;

/** What a picture is of, whatever is asked for next. */
function nameOf(wanted: Wanted): string {
  return JSON.stringify({ ...wanted, then_frame: undefined, at_once: undefined });
}

/** After this long without an answer a drag's newest edit is sent all the same. */
export const PATIENCE_MS = 250;
/** A kernel that is slower than that is given twice as long each time, up to this. */
export const MOST_PATIENCE_MS = 8_000;
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

/** A picture on its way. */
export interface Asked {
  readonly number: number;
  readonly wanted: Wanted;
  readonly epoch: number;
  /** When it was asked for, milliseconds. */
  readonly at: number;
  /** No other was on its way then: what it took is the line's doing and its own. */
  readonly alone: boolean;
}

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
  /** The pictures on their way, oldest first: one, but while a film plays. */
  #asked: readonly Asked[] = [];
  /** Number of the newest that came; the kernel answers in order. */
  #came = 0;
  /** The last question that told what would be asked for after it. */
  #announced: Wanted | undefined;
  /** An edit was sent since the newest picture was asked for or came. */
  #edited = false;
  /** Number of a picture that is on the screen, which the kernel is yet to hear. */
  #shown: number | undefined;
  #next: (refused: Refused) => Wanted | undefined = () => undefined;
  readonly #refusals = new Set<string>();
  #waiting: { edit: Edit; drag: string } | undefined;
  #unanswered = false;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #patienceMs = PATIENCE_MS;
  #closed = false;
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
      // The kernel would take whatever is said now for a page that is open.
      this.#closed = true;
      clearTimeout(this.#patience);
      clearTimeout(this.#lost);
      clearTimeout(this.#silence);
    };
  }

  /** The comm was cut or came back: a kernel that does not answer now was restarted. */
  cut(): void {
    this.#hush(false);
    this.#silence = setTimeout(() => this.#set("cut"), CUT_MS);
    // A picture that was on its way may have been lost with it.
    this.#greeted = this.#newest?.number ?? 0;
    this.say({ kind: "hello" });
  }

  say(said: Said, buffers?: readonly ArrayBuffer[]): void {
    // What is said to a kernel that has gone would only fill the next one's log.
    if (this.#closed || (this.#line === "cut" && said.kind !== "hello")) return;
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
    // It ends a drag that goes on, which keeps what it has come to.
    this.#flush();
    this.#send(edit, "", true);
  }

  /** Say where a drag now stands; where an answer is due, only the newest is kept. */
  drag(edit: Edit, drag: string): void {
    this.#waiting = { edit, drag };
    // A picture on its way is of an older edit: this one can only be of the next.
    const free = this.asking ? this.#arrived && !this.#edited : !this.#unanswered;
    if (free) this.#flush();
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

  /** Let `next` say which picture is wanted, of those that are not refused. */
  wants(next: (refused: Refused) => Wanted | undefined): void {
    this.#next = next;
  }

  get asking(): boolean {
    return this.#asked.length > 0;
  }

  get #newest(): Asked | undefined {
    return this.#asked.at(-1);
  }

  /** The picture that was asked for last has come. */
  get #arrived(): boolean {
    return this.#newest?.number === this.#came;
  }

  /** Ask for the picture that is wanted now, unless enough are on their way. */
  ask(): void {
    const wanted = this.#wanted();
    if (!wanted || this.#asked.length >= (wanted.at_once ?? 1)) return;
    const name = nameOf(wanted);
    if (this.#asked.some((one) => nameOf(one.wanted) === name)) return;
    const number = ++this.#number;
    const alone = !this.asking;
    const one = { number, wanted, epoch: this.epoch, at: performance.now(), alone };
    this.#asked = [...this.#asked, one];
    if (!wanted.board) this.#announced = wanted;
    clearTimeout(this.#lost);
    this.#lost = setTimeout(() => this.#greet(number), LOST_MS);
    const painted = this.#shown === undefined ? {} : { painted: this.#shown };
    this.#shown = undefined;
    this.#edited = false;
    this.say({ kind: "ask_picture", number, ...wanted, ...painted });
  }

  /** What the kernel was told to have ready. */
  get announced(): Wanted | undefined {
    return this.#announced;
  }

  /** What was asked for under a number, if that is still on its way. */
  askedAs(number: number): Asked | undefined {
    return this.#asked.find((one) => one.number === number);
  }

  /** The picture of this number is on the screen: the next may be asked for. */
  painted(number: number): void {
    if (!this.askedAs(number)) return;
    // Those before it come too late to be painted.
    this.#asked = this.#asked.filter((one) => one.number > number);
    // The next question says it too: a message less for each picture.
    this.#shown = number;
    if (!this.#edited) this.#flush();
    this.ask();
    if (this.#shown === undefined) return;
    this.#shown = undefined;
    this.say({ kind: "painted", number });
  }

  #wanted(): Wanted | undefined {
    const refused = (one: Wanted) => this.#refusals.has(nameOf(one));
    const wanted = this.#next(refused);
    return wanted && !refused(wanted) ? wanted : undefined;
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
    if (["film", "scene", "tracks", "place"].includes(message.kind)) {
      this.#refusals.clear();
      this.#patienceMs = PATIENCE_MS;
      this.#answered();
    }
    if (message.kind === "picture" && message.page === this.page) {
      this.#refusals.clear();
      this.#came = message.number;
      if (this.#arrived) {
        clearTimeout(this.#lost);
        // The kernel works on while this one is painted.
        this.#edited = false;
        this.#flush();
      }
      // It came after it was given up: the kernel holds the next back for it.
      if (!this.askedAs(message.number))
        this.say({ kind: "painted", number: message.number });
    }
    // The kernel answers in order: what was asked before a greeting is not to come.
    if (message.kind === "history" && this.#greeted === this.#newest?.number) {
      this.#free();
      this.ask();
    }
  }

  #free(): void {
    clearTimeout(this.#lost);
    this.#asked = [];
  }

  /** Ask for what else is wanted; the same again would be refused again. */
  #refused(): void {
    const first = this.#asked.find((one) => one.number > this.#came);
    if (first) this.#refusals.add(nameOf(first.wanted));
    this.#asked = this.#asked.filter((one) => one !== first);
    if (!this.asking) this.#free();
    this.ask();
  }

  /** Where an interrupt swallowed a picture, a greeting frees the kernel to send on. */
  #greet(number: number): void {
    if (this.#newest?.number !== number) return;
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
    if (this.asking) return;
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
    this.#edited = true;
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => {
      // Sent faster than it can make them, edits would be made long after the drag.
      this.#patienceMs = Math.min(this.#patienceMs * 2, MOST_PATIENCE_MS);
      this.#unanswered = false;
      this.#flush();
    }, this.#patienceMs);
    const pictured = this.asking || this.#wanted() !== undefined;
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
