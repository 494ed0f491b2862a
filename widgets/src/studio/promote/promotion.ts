// Shots at full quality: what is chosen, planned, ordered and how it stands.

import { computed, type Signal, signal } from "@preact/signals";
import type { QueueTold, ToPage } from "../../messages";
import type {
  ChoicesSent,
  FromQueuePage,
  LeftOutShot,
  Ordered,
  PlanSent,
  QueueCard,
  ToQueuePage,
} from "../../queue";
import { QueueStore } from "../../queue/store";
import { isOver } from "../../queue/words";
import type { Link, Wire } from "../link";

/** An order that is being changed asks for its plan once the hand rests. */
const RESTS_MS = 120;

/** An order that is looked at before it is given. */
export interface Draft {
  readonly shots: readonly string[];
  readonly order: Ordered;
}

export class Promotion {
  readonly queue: QueueStore;
  /** Panels that are chosen in the boards, by their shots. */
  readonly chosen: Signal<ReadonlySet<string>> = signal(new Set());
  readonly draft: Signal<Draft | null> = signal(null);
  readonly choices: Signal<ChoicesSent | null> = signal(null);
  /** Of the draft as it is; null while the kernel works it out. */
  readonly plan: Signal<PlanSent | null> = signal(null);
  /** The order was given, and its shots are being read. */
  readonly sending = signal(false);
  /** Why the order was not carried out. */
  readonly refused = signal("");
  /** The panel that is brought to the front, and how often one was. */
  readonly shown: Signal<{ part: string; times: number }> = signal({
    part: "",
    times: 0,
  });
  /** The job whose frames the monitor shows; empty: the newest of the shot. */
  readonly compared = signal("");
  /** How many jobs are not over, as far as was heard. */
  readonly underway = computed(
    () => (this.queue.cards.value ?? []).filter((card) => !isOver(card)).length,
  );
  #order: Ordered = { quality: "standard", backend: "path" };
  #number = 0;
  #ordered = 0;
  #rests: ReturnType<typeof setTimeout> | undefined;
  readonly #link: Link;
  readonly #wire: Wire;
  #heard: (told: ToQueuePage, pictures: DataView[]) => void = () => undefined;

  constructor(link: Link, wire: Wire) {
    this.#link = link;
    this.#wire = wire;
    this.queue = new QueueStore({
      send: (asked) => this.#ask(asked),
      listen: (heard) => {
        this.#heard = heard;
        return () => {
          this.#heard = () => undefined;
        };
      },
    });
  }

  /** Begin to listen; returns what ends it. */
  open(): () => void {
    const stop = this.#wire.listen((content, buffers) => {
      const message = content as ToPage;
      if (message?.kind === "queue" && message.page === this.#link.page)
        this.#take(message, buffers[0]);
    });
    const close = this.queue.open();
    return () => {
      clearTimeout(this.#rests);
      stop();
      close();
    };
  }

  /** Look at an order of these shots before it is given. */
  propose(shots: readonly string[]): void {
    if (!shots.length) return;
    if (!this.choices.value) this.#ask({ kind: "choices" });
    this.refused.value = "";
    this.draft.value = { shots, order: this.#order };
    this.#askPlan();
  }

  /** Change the order that is looked at. */
  change(changed: Partial<Ordered>): void {
    const draft = this.draft.value;
    if (!draft || this.sending.value) return;
    this.#order = { ...draft.order, ...changed };
    this.refused.value = "";
    this.draft.value = { ...draft, order: this.#order };
    clearTimeout(this.#rests);
    this.plan.value = null;
    this.#rests = setTimeout(() => this.#askPlan(), RESTS_MS);
  }

  /** Give the order that is looked at. */
  give(): void {
    const draft = this.draft.value;
    if (!draft || this.sending.value) return;
    this.sending.value = true;
    this.refused.value = "";
    this.#number += 1;
    this.#ordered = this.#number;
    this.#ask({ kind: "promote", number: this.#number, ...draft });
  }

  /** Bring a panel to the front, where it shares its place. */
  show(part: string): void {
    this.shown.value = { part, times: this.shown.value.times + 1 };
  }

  /** Leave the order; one that was given goes on. */
  leave(): void {
    clearTimeout(this.#rests);
    this.draft.value = null;
    this.plan.value = null;
    this.sending.value = false;
    this.#ordered = 0;
  }

  /** The job that the monitor shows for a shot, if any of its frames is there. */
  takeOf(shot: string): QueueCard | undefined {
    const own = (this.queue.cards.value ?? []).filter(
      (card) => card.shot === shot && card.made_frames,
    );
    return own.find(({ job }) => job === this.compared.value) ?? own[0];
  }

  #askPlan(): void {
    const draft = this.draft.value;
    if (!draft) return;
    this.plan.value = null;
    this.#number += 1;
    this.#ask({ kind: "plan", number: this.#number, ...draft });
  }

  #ask(asked: FromQueuePage): void {
    this.#link.say({ kind: "queue", asked });
  }

  #take({ told, sizes_bytes }: QueueTold, payload: DataView | undefined): void {
    switch (told.kind) {
      case "choices":
        this.choices.value = told;
        break;
      case "plan":
        if (told.number === this.#number && this.draft.value) this.plan.value = told;
        break;
      case "promoted":
        this.#promoted(told.number, told.refused, told.left_out);
        break;
      default:
        this.#heard(told, payload ? parts(payload, sizes_bytes) : []);
    }
  }

  #promoted(number: number, refused: string, leftOut: readonly LeftOutShot[]): void {
    this.queue.look();
    if (number !== this.#ordered) return;
    this.sending.value = false;
    this.refused.value =
      refused ||
      (leftOut.length
        ? `The budget does not hold ${leftOut.map(told).join("; ")}.`
        : "");
    if (this.refused.value) return;
    this.leave();
    this.chosen.value = new Set();
    this.show("queue");
  }
}

function told({ slate, needs, left }: LeftOutShot): string {
  return `${slate}: ${needs}, ${left}`;
}

/** One buffer as the pictures that it is made of. */
export function parts(payload: DataView, sizes: readonly number[]): DataView[] {
  let from = payload.byteOffset;
  return sizes.map((size) => {
    const part = new DataView(payload.buffer, from, size);
    from += size;
    return part;
  });
}
