// What is done to everything that is chosen: take out, double, hide, lock, isolate.

import { effect } from "@preact/signals";
import { type Studio, settle } from "../context";
import type { Edit } from "../edits";
import type { Selection } from "../state";
import type { Store } from "../store";
import { keyOf } from "./choice";

type Part = Extract<Edit, { kind: "together" }>["edits"][number];

/** Longer than this after an edit, what comes in is somebody else's. */
const NEW_MS = 8000;

export function canRemove({ kind }: Selection): boolean {
  return !["nothing", "aim", "target", "tangent"].includes(kind);
}

export function canDouble({ kind }: Selection): boolean {
  return kind === "piece" || kind === "light";
}

/** What can be hidden; lamps that are hidden light the picture all the same. */
export const canHide = canDouble;

/** Take out everything that is chosen and not locked. */
export function remove(studio: Studio): void {
  const { store } = studio;
  const items = open(store).filter(canRemove);
  const edits = removals(store, items);
  if (!edits.length) return;
  settle(studio);
  store.choice.put([]);
  store.link.edit(asOne(edits));
}

/** The edits that take things out, in an order in which each is still there. */
export function removals(store: Store, items: readonly Selection[]): Part[] {
  const shot = store.track.value?.shot.id ?? "";
  const place = store.place.value;
  if (!place) return [];
  const { scene } = place;
  const high = (item: Selection) =>
    item.kind === "piece"
      ? (place.set.pieces.find(({ id }) => id === item.id)?.position_m[1] ?? 0)
      : "index" in item
        ? item.index
        : 0;
  // From the top down and from the last on: what is below carries what is above.
  const sorted = [...items].sort((a, b) => high(b) - high(a));
  return sorted.flatMap((item): Part[] => {
    if (item.kind === "piece") return [{ kind: "remove_piece", scene, piece: item.id }];
    if (item.kind === "light") return [{ kind: "remove_light", scene, light: item.id }];
    if (item.kind === "character")
      return [{ kind: "remove_person", scene, character: item.id }];
    if (item.kind === "camera" && shot)
      return [{ kind: "remove_key", shot, index: item.index }];
    if (item.kind !== "mark") return [];
    const { character, index } = item;
    return [{ kind: "remove_mark", scene, character, index }];
  });
}

/** Double the pieces and lamps that are chosen; the copies are then chosen. */
export function double(studio: Studio): void {
  const { store } = studio;
  const place = store.place.value;
  const items = open(store).filter(canDouble);
  if (!place || !items.length) return;
  const { scene } = place;
  const edits = items.flatMap((item): Part[] => {
    if (item.kind === "piece")
      return [{ kind: "duplicate_piece", scene, piece: item.id }];
    if (item.kind === "light")
      return [{ kind: "duplicate_light", scene, light: item.id }];
    return [];
  });
  settle(studio);
  chooseNew(store);
  store.link.edit(asOne(edits));
}

/** Choose the pieces and lamps that come in with the next answer. */
export function chooseNew(store: Store): void {
  const before = new Set(things(store).map(keyOf));
  const scene = store.place.value?.scene;
  const timer = setTimeout(() => stop(), NEW_MS);
  const stop = effect(() => {
    if (store.place.value?.scene !== scene) return;
    const fresh = things(store).filter((item) => !before.has(keyOf(item)));
    if (!fresh.length) return;
    clearTimeout(timer);
    queueMicrotask(() => {
      stop();
      store.choice.put(fresh);
    });
  });
}

function things({ place }: Store): Selection[] {
  const { set, lights } = place.value ?? { set: { pieces: [] }, lights: [] };
  return [
    ...set.pieces.map(({ id }): Selection => ({ kind: "piece", id })),
    ...lights.map(({ id }): Selection => ({ kind: "light", id })),
  ];
}

function open(store: Store): Selection[] {
  return store.choice.all.value.filter((item) => !store.choice.isLocked(item));
}

function asOne(edits: readonly Part[]): Edit {
  const [only] = edits;
  return edits.length === 1 && only ? only : { kind: "together", edits };
}

/** Hide what is chosen; it is then let go of. */
export function hide({ store }: Studio): void {
  const items = store.choice.all.value.filter(canHide);
  if (!items.length) return;
  store.choice.hide(items, true);
  store.choice.put([]);
}

/** Act on a key of the stage's; true where it was one. */
export function stageKey(studio: Studio, event: KeyboardEvent): boolean {
  const { choice } = studio.store;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const command = event.ctrlKey || event.metaKey;
  const some = choice.all.value.length > 0;
  if (key === "d" && (command || event.shiftKey)) {
    if (!event.repeat) double(studio);
    return true;
  }
  if (command) return false;
  if (key === "h" && event.altKey) {
    choice.showAll();
    return true;
  }
  if (event.altKey || event.repeat) return false;
  if (key === "a" && event.shiftKey) {
    studio.store.shelved.value = !studio.store.shelved.value;
    return true;
  }
  if ((key === "Delete" || key === "Backspace") && some) remove(studio);
  else if (key === "h" && some) hide(studio);
  else if (key === "/") choice.isolate(choice.all.value);
  else if (key === "r") studio.gizmo.value = "size";
  else return false;
  return true;
}
