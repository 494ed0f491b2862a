// Asks for the pictures of those panels that are seen, after the monitor's.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { ShotCard } from "../../messages";
import { useStudio } from "../context";
import type { Store } from "../store";

const PANEL_PX = 192;

class Watcher {
  readonly #seen = new Set<string>();
  readonly #shots = new WeakMap<Element, string>();
  readonly #observer: IntersectionObserver;

  constructor(readonly store: Store) {
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const shot = this.#shots.get(target);
        if (!shot) continue;
        if (isIntersecting) this.#seen.add(shot);
        else this.#seen.delete(shot);
      }
      this.update();
    });
  }

  watch(element: HTMLElement | null, shot: ShotCard): void {
    if (!element) return;
    this.#shots.set(element, shot.id);
    this.#observer.observe(element);
  }

  /** Say which panels are missing or older than their scene. */
  update(): void {
    const { panels, sceneRevisions, wantedPanels, scene } = this.store;
    // As the film has them now: one that is cut or merged away is asked for no more.
    const seen = this.store.allShots.filter(({ shot }) => this.#seen.has(shot.id));
    const stale = (shot: ShotCard, own: string) => {
      const shown = panels.value.get(shot.id);
      return !shown || shown.sent.revision < (sceneRevisions.value.get(own) ?? 0);
    };
    // The open scene's first: changes are made there.
    const order = (own: string) => (own === scene.value?.id ? 0 : 1);
    wantedPanels.value = seen
      .filter((one) => stale(one.shot, one.scene.id))
      .sort((a, b) => order(a.scene.id) - order(b.scene.id))
      .map(({ shot }) => ({
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
