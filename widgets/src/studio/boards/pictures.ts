// Asks for the pictures of those panels that are seen, after the monitor's.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { ShotCard } from "../../messages";
import { useStudio } from "../context";
import type { Store } from "../store";

const PANEL_PX = 192;

class Watcher {
  readonly #seen = new Map<string, ShotCard>();
  readonly #shots = new WeakMap<Element, ShotCard>();
  readonly #observer: IntersectionObserver;

  constructor(readonly store: Store) {
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const shot = this.#shots.get(target);
        if (!shot) continue;
        if (isIntersecting) this.#seen.set(shot.id, shot);
        else this.#seen.delete(shot.id);
      }
      this.update();
    });
  }

  watch(element: HTMLElement | null, shot: ShotCard): void {
    if (!element) return;
    this.#shots.set(element, shot);
    if (this.#seen.has(shot.id)) this.#seen.set(shot.id, shot);
    this.#observer.observe(element);
  }

  /** Say which panels are missing or older than their scene. */
  update(): void {
    const { panels, sceneRevisions, wantedPanels, scene } = this.store;
    const stale = (shot: ShotCard) => {
      const shown = panels.value.get(shot.id);
      const own = this.store.sceneOf(shot.id);
      const revision = sceneRevisions.value.get(own?.id ?? "") ?? 0;
      return !shown || shown.sent.revision < revision;
    };
    // The open scene's first: changes are made there.
    const open = new Set(scene.value?.shots.map(({ id }) => id));
    const order = (shot: ShotCard) => (open.has(shot.id) ? 0 : 1);
    wantedPanels.value = [...this.#seen.values()]
      .filter(stale)
      .sort((a, b) => order(a) - order(b))
      .map((shot) => ({
        shot: shot.id,
        frame: Math.floor(shot.length_frames / 2),
        width_px: PANEL_PX,
        board: true,
      }));
  }

  close(): void {
    this.#observer.disconnect();
    this.store.wantedPanels.value = [];
  }
}

/** Returns what a panel calls with its element to have its picture kept fresh. */
export function usePanels(): (element: HTMLElement | null, shot: ShotCard) => void {
  const { store } = useStudio();
  const watcher = useMemo(() => new Watcher(store), [store]);
  useEffect(() => () => watcher.close(), [watcher]);
  useSignalEffect(() => {
    store.panels.value;
    store.sceneRevisions.value;
    watcher.update();
  });
  return (element, shot) => watcher.watch(element, shot);
}
