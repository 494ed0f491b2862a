// What is chosen on the stage, and what of it is hidden, locked or alone. Page only.

import { computed, type Signal, signal } from "@preact/signals";
import type { Selection } from "../state";

export function keyOf(item: Selection): string {
  return JSON.stringify(item);
}

export class Choice {
  readonly #group = signal<readonly Selection[]>([]);
  readonly #hidden = signal<ReadonlySet<string>>(new Set());
  readonly #locked = signal<ReadonlySet<string>>(new Set());
  /** What alone is seen; undefined: all. */
  readonly #alone = signal<{ scene: string; keys: ReadonlySet<string> } | undefined>(
    undefined,
  );

  /** Everything that is chosen, the one whose fields are shown last. */
  readonly all = computed<readonly Selection[]>(() => {
    const last = this.primary.value;
    if (last.kind === "nothing") return [];
    const key = keyOf(last);
    const group = this.#group.value;
    // Chosen elsewhere, alone: the group is over.
    if (!group.some((item) => keyOf(item) === key)) return [last];
    return [...group.filter((item) => keyOf(item) !== key), last];
  });
  /** Another one each time that something is hidden, locked, or seen again. */
  readonly seen = computed(() => [
    this.#hidden.value,
    this.#locked.value,
    this.#alone.value,
  ]);
  readonly keys = computed<ReadonlySet<string>>(
    () => new Set(this.all.value.map(keyOf)),
  );

  /**
   * @param primary what is chosen, or of several the last
   * @param scene id of the open scene: things have their names within it
   */
  constructor(
    readonly primary: Signal<Selection>,
    readonly scene: () => string,
  ) {}

  /** Choose these and nothing else. */
  put(items: readonly Selection[]): void {
    this.#group.value = items;
    this.primary.value = items.at(-1) ?? { kind: "nothing" };
  }

  /** Choose one more, or let go of it. */
  toggle(item: Selection): void {
    const key = keyOf(item);
    const had = this.keys.value.has(key);
    const rest = this.all.value.filter((one) => keyOf(one) !== key);
    this.put(had ? rest : [...rest, item]);
  }

  isHidden(item: Selection): boolean {
    const alone = this.#alone.value;
    if (alone && alone.scene === this.scene() && canAlone(item))
      return !alone.keys.has(this.#key(item));
    return this.#hidden.value.has(this.#key(item));
  }

  isLocked(item: Selection): boolean {
    return this.#locked.value.has(this.#key(item));
  }

  get isAlone(): boolean {
    return this.#alone.value?.scene === this.scene();
  }

  get hidesSome(): boolean {
    const scene = `${this.scene()}|`;
    const here = [...this.#hidden.value].some((key) => key.startsWith(scene));
    return here || this.isAlone;
  }

  hide(items: readonly Selection[], on: boolean): void {
    this.#hidden.value = this.#with(this.#hidden.value, items, on);
  }

  lock(items: readonly Selection[], on: boolean): void {
    this.#locked.value = this.#with(this.#locked.value, items, on);
  }

  /** See these alone; the same again: all. */
  isolate(items: readonly Selection[]): void {
    const keys = new Set(items.filter(canAlone).map((item) => this.#key(item)));
    const same = this.isAlone || !keys.size;
    this.#alone.value = same ? undefined : { scene: this.scene(), keys };
  }

  /** See everything in this scene again. */
  showAll(): void {
    const scene = `${this.scene()}|`;
    const rest = [...this.#hidden.value].filter((key) => !key.startsWith(scene));
    this.#hidden.value = new Set(rest);
    this.#alone.value = undefined;
  }

  #key(item: Selection): string {
    return `${this.scene()}|${keyOf(item)}`;
  }

  #with(
    old: ReadonlySet<string>,
    items: readonly Selection[],
    on: boolean,
  ): ReadonlySet<string> {
    const next = new Set(old);
    for (const item of items)
      if (on) next.add(this.#key(item));
      else next.delete(this.#key(item));
    return next;
  }
}

/** Set pieces and lamps are what hides others; people and marks are always seen. */
function canAlone({ kind }: Selection): boolean {
  return kind === "piece" || kind === "light";
}
