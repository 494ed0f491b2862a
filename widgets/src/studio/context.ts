// What every panel is handed: the store, the playback and how the studio is set up.

import { type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext, useMemo } from "preact/hooks";
import type { Wire } from "./link";
import { Comparison } from "./monitor/compare";
import { Playback } from "./playback";
import { Promotion } from "./promote/promotion";
import type { Looks } from "./space/panes";
import { Store } from "./store";

export type Gizmo = "select" | "move" | "turn" | "size";

/** What dragging in the cut does. */
export type Trim = "ripple" | "roll" | "slip" | "slide";

/** What a panel does with a key before the studio; true where it was one of its own. */
export type PanelKeys = (event: KeyboardEvent) => boolean;

export interface Studio {
  readonly store: Store;
  readonly playback: Playback;
  readonly gizmo: Signal<Gizmo>;
  /** Counts requests to frame the selection in the 3D views. */
  readonly framed: Signal<number>;
  /** Ends the drag in progress, as Esc does; undefined while none is. */
  readonly cancelDrag: Signal<(() => void) | undefined>;
  /** Lets go of turns of the wheel that could still go on; undefined while none can. */
  readonly settleDrag: Signal<(() => void) | undefined>;
  /** Names of the keys that are picked on the timeline. */
  readonly picked: Signal<ReadonlySet<string>>;
  readonly trim: Signal<Trim>;
  readonly panelKeys: Set<PanelKeys>;
  /** What the monitor is compared with; it outlives the monitor's tab. */
  readonly comparison: Comparison;
  readonly looks: Looks;
  /** What a panel keeps while it is not there, by name. */
  readonly kept: Map<string, Signal<unknown>>;
  /** Shots at full quality, and how they stand. */
  readonly promotion: Promotion;
}

/** Before anything else is changed, turns of the wheel are over. */
export function settle({ settleDrag }: Studio): void {
  settleDrag.value?.();
}

export function makeStudio(wire: Wire, firstShot = "", person = ""): Studio {
  const store = new Store(wire, firstShot);
  store.personId.value = person;
  return {
    store,
    playback: new Playback(store),
    gizmo: signal<Gizmo>("move"),
    framed: signal(0),
    cancelDrag: signal<(() => void) | undefined>(undefined),
    settleDrag: signal<(() => void) | undefined>(undefined),
    picked: signal<ReadonlySet<string>>(new Set()),
    trim: signal<Trim>("ripple"),
    panelKeys: new Set(),
    comparison: new Comparison(),
    kept: new Map(),
    promotion: new Promotion(store.link, wire),
    looks: { scene: "", panes: new Map() },
  };
}

export const StudioContext = createContext<Studio | undefined>(undefined);

export function useStudio(): Studio {
  const studio = useContext(StudioContext);
  if (!studio) throw new Error("A panel stands outside of its studio.");
  return studio;
}

/** A signal that outlives its panel: another tab, or another width, loses nothing. */
export function useKept<T>(name: string, first: T): Signal<T> {
  const { kept } = useStudio();
  return useMemo(() => {
    const before = kept.get(name) as Signal<T> | undefined;
    if (before) return before;
    const made = signal(first);
    kept.set(name, made as Signal<unknown>);
    return made;
  }, [kept, name]);
}
