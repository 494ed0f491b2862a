// The playhead that the notebook knows of: curves follow it, a click in them moves it.

import { effect, signal } from "@preact/signals";
import type { Store } from "./store";

/** While it moves, what follows is told so often at most. */
export const TOLD_MS = 80;

/** What of the widget's state it uses. */
export interface PlayheadModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(name: string, heard: () => void): void;
  off(name: string, heard: () => void): void;
}

interface At {
  readonly shot: string;
  readonly frame: number;
}

/** Tell the kernel where this page stands while something follows; go where it says. */
export function sharePlayhead(model: PlayheadModel, store: Store): () => void {
  const followed = signal(model.get("_followed") === true);
  let last = 0;
  let later: ReturnType<typeof setTimeout> | undefined;
  const tell = (at: At) => {
    last = performance.now();
    model.set("_at", at);
    model.save_changes();
  };
  const follow = () => {
    followed.value = model.get("_followed") === true;
  };
  const go = () => {
    const { shot, frame } = (model.get("_go") ?? {}) as Partial<At>;
    if (shot === undefined || frame === undefined) return;
    const scene = store.sceneOf(shot);
    const first = scene?.shots.find(({ id }) => id === shot)?.first_frame;
    if (scene && first !== undefined) store.go(scene.id, first + frame);
  };
  const stop = effect(() => {
    const shot = store.shot.value?.id;
    const frame = store.shotFrame.value;
    clearTimeout(later);
    if (!shot || !followed.value) return;
    const wait = last + TOLD_MS - performance.now();
    if (wait <= 0) tell({ shot, frame });
    else later = setTimeout(() => tell({ shot, frame }), wait);
  });
  model.on("change:_followed", follow);
  model.on("change:_go", go);
  return () => {
    stop();
    clearTimeout(later);
    model.off("change:_followed", follow);
    model.off("change:_go", go);
  };
}
