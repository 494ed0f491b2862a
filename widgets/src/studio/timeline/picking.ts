// Keys picked, and what hands do with them: drag, nudge, spread, copy, paste, delete.

import { batch, useComputed, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { type Studio, settle, useStudio } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";
import { useSlide } from "../slides";
import { type Copied, copied, pasted } from "./copies";
import { keysOf, moved, ref, shifted, spread, type TimelineKey } from "./keys";
import { dragged, type Lane } from "./lane";

/** What has its keys moved by the arrows while it has the focus. */
const HELD = "[data-key]";
const ELSEWHERE = new Set<string>(["character", "light", "piece"]);

export interface Picking {
  readonly all: readonly TimelineKey[];
  readonly picked: readonly TimelineKey[];
  isPicked(name: string): boolean;
  /** A key was pressed: pick it, or what it stands for; drag whatever is picked. */
  press(lane: Lane, name: string, event: PointerEvent, whole?: readonly string[]): void;
  /** Drag an end of what is picked: it is spread over other time. */
  stretch(lane: Lane, end: "first" | "last", event: PointerEvent): void;
  /** Move that end by frames; `over` as the keyboard lets go. */
  widen(end: "first" | "last", by: number): void;
  settle(): void;
  pick(names: Iterable<string>): void;
}

export function usePicking(sceneId: string): Picking {
  const studio = useStudio();
  const { store, picked: names } = studio;
  const keys = useComputed(() => {
    const scene = store.scene.value;
    return scene ? keysOf(scene, store.tracks.value, store.place.value) : [];
  });
  const slide = useSlide();
  const clipboard = useRef<readonly Copied[]>([]);
  const nudged = useRef<Nudge | undefined>(undefined);
  const picking = useMemo(
    () => new Hands(studio, () => keys.value, slide, nudged),
    [studio],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => picking.key(event, clipboard);
    const up = (event: KeyboardEvent) => {
      if (event.key.startsWith("Arrow")) picking.settle();
    };
    studio.panelKeys.add(press);
    window.addEventListener("keyup", up, true);
    return () => {
      studio.panelKeys.delete(press);
      window.removeEventListener("keyup", up, true);
    };
  }, [studio]);
  useEffect(() => {
    names.value = new Set();
  }, [sceneId]);
  useSignalEffect(() => {
    // What is selected elsewhere is what Delete means.
    if (ELSEWHERE.has(store.selected.value.kind)) names.value = new Set();
  });
  // Read while drawing, so that what shows picked keys is drawn anew.
  names.value;
  keys.value;
  return picking;
}

/** A nudge goes on while its key is held: from these keys, by so many frames. */
interface Nudge {
  readonly from: readonly TimelineKey[];
  readonly edit: (by: number) => Edit | undefined;
  by: number;
}

class Hands implements Picking {
  constructor(
    readonly studio: Studio,
    readonly keys: () => readonly TimelineKey[],
    readonly slide: (edit: Edit, last: boolean) => void,
    readonly nudge: { current: Nudge | undefined },
  ) {}

  get all(): readonly TimelineKey[] {
    return this.keys();
  }

  get picked(): readonly TimelineKey[] {
    const names = this.studio.picked.value;
    return this.all.filter(({ name }) => names.has(name));
  }

  get #scene(): string {
    return this.studio.store.scene.value?.id ?? "";
  }

  isPicked(name: string): boolean {
    return this.studio.picked.value.has(name);
  }

  pick(names: Iterable<string>): void {
    this.studio.picked.value = new Set(names);
  }

  press(
    lane: Lane,
    name: string,
    event: PointerEvent,
    whole: readonly string[] = [name],
  ): void {
    const { studio } = this;
    if (event.button !== 0) return;
    event.stopPropagation();
    const more = event.shiftKey || event.ctrlKey || event.metaKey;
    const had = this.isPicked(name);
    if (more) {
      const names = new Set(studio.picked.value);
      for (const one of whole)
        if (had) names.delete(one);
        else names.add(one);
      this.pick(names);
    } else if (!had) this.pick(whole);
    const key = this.all.find((one) => one.name === name);
    if (!key) return;
    this.#select(key);
    const held = this.picked.some((one) => one.name === name) ? this.picked : [];
    const all = this.all;
    follow(studio, event, {
      edit: ({ dx, event: now }) =>
        shifted(this.#scene, held, all, dragged(lane, key.at, dx, now.altKey) - key.at),
      click: () => {
        if (had && !more) this.pick(whole);
        if (!more) studio.playback.seek(key.at);
      },
    });
  }

  stretch(lane: Lane, end: "first" | "last", event: PointerEvent): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    const held = this.picked;
    const frames = held.map(({ at }) => at);
    const from = end === "first" ? Math.min(...frames) : Math.max(...frames);
    follow(this.studio, event, {
      edit: ({ dx, event: now }) =>
        moved(
          this.#scene,
          held,
          spread(held, end, dragged(lane, from, dx, now.altKey)),
        ),
    });
  }

  widen(end: "first" | "last", by: number): void {
    const from = this.picked;
    const frames = from.map(({ at }) => at);
    const at = end === "first" ? Math.min(...frames) : Math.max(...frames);
    this.#nudge(from, by, (step) =>
      moved(this.#scene, from, spread(from, end, at + step)),
    );
  }

  settle(): void {
    const now = this.nudge.current;
    this.nudge.current = undefined;
    const edit = now?.edit(now.by);
    if (edit) this.slide(edit, true);
  }

  key(event: KeyboardEvent, clipboard: { current: readonly Copied[] }): boolean {
    const into = event.target as Element | null;
    const { picked, studio } = this;
    const { store } = studio;
    const held = event.ctrlKey || event.metaKey;
    const letter = event.key.toLowerCase();
    if (held && letter === "c" && picked.length) {
      clipboard.current = copied(picked, store.tracks.value, store.place.value);
      return true;
    }
    if (held && letter === "v" && clipboard.current.length) {
      this.#paste(clipboard.current);
      return true;
    }
    if (held && letter === "a" && into?.closest?.(".ps-timeline")) {
      this.pick(this.all.map(({ name }) => name));
      return true;
    }
    if (held || event.altKey || !picked.length) return false;
    if (event.key === "Escape") {
      this.pick([]);
      return true;
    }
    if (event.key === "Delete" || event.key === "Backspace") {
      if (!event.repeat) this.#remove(picked);
      return true;
    }
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || !into?.closest?.(HELD)) return false;
    const all = this.all;
    this.#nudge(picked, by * (event.shiftKey ? 10 : 1), (step) =>
      shifted(this.#scene, picked, all, step),
    );
    return true;
  }

  #nudge(
    from: readonly TimelineKey[],
    by: number,
    edit: (by: number) => Edit | undefined,
  ): void {
    // While it goes on, the kernel's answers move the keys that it began with.
    const now = this.nudge.current ?? { from, by: 0, edit };
    this.nudge.current = now;
    now.by += by;
    const wanted = now.edit(now.by);
    if (wanted) this.slide(wanted, false);
  }

  #paste(copies: readonly Copied[]): void {
    const { store } = this.studio;
    const scene = store.scene.value;
    const edit = scene && pasted(scene, copies, store.frame.value);
    settle(this.studio);
    if (edit) store.link.edit(edit);
    else
      store.refused.value =
        "The copied keys do not fit here. Put the playhead further to the left.";
  }

  #remove(picked: readonly TimelineKey[]): void {
    settle(this.studio);
    this.studio.store.link.edit({
      kind: "remove_keys",
      scene: this.#scene,
      keys: picked.map(ref),
    });
    this.pick([]);
  }

  /** The stage and the inspector show what was taken hold of. */
  #select({ track, of, index, base }: TimelineKey): void {
    const { store, playback } = this.studio;
    batch(() => {
      if (track === "camera") {
        if (store.shot.value?.id !== of) playback.seek(base);
        store.selected.value = { kind: "camera", index };
      }
      if (track === "mark")
        store.selected.value = { kind: "mark", character: of, index };
    });
  }
}
