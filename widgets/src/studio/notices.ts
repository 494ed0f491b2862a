// What was refused, one below the other: each is there to be read, and goes in time.

import { type Signal, signal } from "@preact/signals";
import type { Edit } from "./edits";

/** What mends it, and what the button says. */
export interface Offer {
  readonly label: string;
  readonly tip: string;
  readonly edit: Edit;
}

export interface Notice {
  readonly id: number;
  readonly text: string;
  /** How often it was said. */
  readonly count: number;
  /** When it was said last, and the film's revision then. */
  readonly atMs: number;
  readonly revision: number;
  readonly offer?: Offer | undefined;
}

const MOST = 3;
/** So long it is to be read, whatever succeeds meanwhile. */
export const READ_MS = 6_000;
/** After so long it is gone. */
export const LAST_MS = 45_000;

export class Notices {
  readonly shown: Signal<readonly Notice[]> = signal([]);
  /** Somebody's hand or focus is on one: none goes. */
  held = false;
  #ids = 0;

  add(text: string, revision: number, nowMs: number, offer?: Offer): void {
    const before = this.shown.value.find((one) => one.text === text);
    const others = this.shown.value.filter((one) => one !== before);
    const id = before?.id ?? ++this.#ids;
    const count = (before?.count ?? 0) + 1;
    const next = { id, text, count, atMs: nowMs, revision, offer };
    this.shown.value = [...others, next].slice(-MOST);
  }

  close(id: number): void {
    this.shown.value = this.shown.value.filter((one) => one.id !== id);
  }

  /** Let those go that were read, after which an edit succeeded, or that are old. */
  tidy(revision: number, nowMs: number): void {
    if (this.held) return;
    const kept = this.shown.value.filter(({ atMs, revision: then }) => {
      const age = nowMs - atMs;
      return age < READ_MS || (age < LAST_MS && revision <= then);
    });
    if (kept.length < this.shown.value.length) this.shown.value = kept;
  }
}
