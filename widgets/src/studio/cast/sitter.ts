// Asks for the figure that is looked at: one picture on its way, the newest wins.

import { effect, type Signal, signal } from "@preact/signals";
import type { AskFitting, FittingSent } from "../../messages";
import { LOST_MS } from "../link";
import type { Store } from "../store";

export type Fitted = NonNullable<AskFitting["fitted"]>;

export interface Sitting {
  readonly character: string;
  readonly yaw_deg: number;
  readonly fitted: Fitted;
  readonly height_px: number;
}

export interface Figure {
  readonly sent: FittingSent;
  readonly bitmap: ImageBitmap;
}

/** What decides the picture: no shot and no set. */
function key(sitting: Sitting, store: Store): string {
  const people = store.film.peek()?.characters ?? [];
  const person = people.find(({ id }) => id === sitting.character);
  return JSON.stringify([sitting, { ...person, references: [] }]);
}

export class Sitter {
  readonly figure: Signal<Figure | null> = signal(null);
  readonly #wanted: () => Sitting | undefined;
  readonly #stops: (() => void)[];
  #number = 0;
  #asked: { number: number; key: string } | undefined;
  #shown = "";
  #lost: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  /** @param wanted what is looked at; read in an effect, so made of signals */
  constructor(
    readonly store: Store,
    wanted: () => Sitting | undefined,
  ) {
    this.#wanted = wanted;
    this.#stops = [
      effect(() => {
        const sent = store.fitted.value;
        if (sent) void this.#take(sent.sent, sent.jpeg);
      }),
      effect(() => {
        wanted();
        store.film.value;
        this.ask();
      }),
    ];
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    clearTimeout(this.#lost);
    this.figure.peek()?.bitmap.close();
  }

  ask(): void {
    const wanted = this.#wanted();
    if (this.#asked || !wanted || this.#closed) return;
    const now = key(wanted, this.store);
    if (now === this.#shown) return;
    const number = ++this.#number;
    this.#asked = { number, key: now };
    this.#lost = setTimeout(() => this.#free(number), LOST_MS);
    this.store.link.say({ kind: "ask_fitting", number, ...wanted });
  }

  async #take(sent: FittingSent, jpeg: Blob): Promise<void> {
    const asked = this.#asked;
    if (asked?.number !== sent.number) return;
    try {
      const bitmap = await createImageBitmap(jpeg);
      if (this.#closed) return bitmap.close();
      this.figure.peek()?.bitmap.close();
      this.figure.value = { sent, bitmap };
      this.#shown = asked.key;
    } catch {
      this.store.refused.value = "A picture arrived broken; the next one replaces it.";
    }
    // Once it is painted the next may be asked for.
    requestAnimationFrame(() => this.#free(sent.number));
  }

  #free(number: number): void {
    if (this.#asked?.number !== number) return;
    clearTimeout(this.#lost);
    this.#asked = undefined;
    this.ask();
  }
}
