// The studio's browser half: the comm in, the panels out.

import type { AnyModel, AnyWidget } from "@anywidget/types";
import { effect } from "@preact/signals";
import { render } from "preact";
import { followTheme } from "../theme";
import { makeStudio, type Studio, settle } from "./context";
import { Frame } from "./frame";
import { lifeline } from "./lifeline";
import type { Wire } from "./link";
import { type PlayheadModel, sharePlayhead } from "./playhead";

/** What the kernel shares as state; all else are messages. */
type Model = {
  _part: string;
  /** Id of the shot that is open at first; empty: the film's first. */
  _shot: string;
  /** Id of who is fitted at first; empty: the first of the cast. */
  _character: string;
  _height_px: number;
  /** Ids of characters whose seed is not re-rolled; kept over a reload of the page. */
  _locked_seeds: string[];
};

function wireOf(model: AnyModel<Model>): Wire {
  return {
    send: (content, buffers) =>
      model.send(content, undefined, buffers ? [...buffers] : undefined),
    listen(heard) {
      const take = (content: unknown, buffers: DataView[]) => heard(content, buffers);
      model.on("msg:custom", take);
      return () => model.off("msg:custom", take);
    },
  };
}

/** A shot is opened once one rests on it: its whole stage is baked for it. */
const RESTS_MS = 140;
/** The first one waits for the monitor to ask: its picture is there before the set. */
const FIRST_MS = 60;

/** Parts that show lists alone need no shot opened. */
const LISTS = new Set(["outliner", "boards", "history", "cast", "queue"]);

/** Keep the kernel asked for what is looked at. */
export function keepAsking(studio: Studio, part: string): () => void {
  const { store, playback } = studio;
  let rests: ReturnType<typeof setTimeout> | undefined;
  let opened = "";
  const open = effect(() => {
    const shot = store.shot.value?.id ?? "";
    clearTimeout(rests);
    if (!shot || shot === opened || playback.speed.value || LISTS.has(part)) return;
    const ask = () => {
      opened = shot;
      store.openShot(shot);
    };
    rests = setTimeout(ask, opened ? RESTS_MS : FIRST_MS);
  });
  const asked = effect(() => {
    store.shot.value;
    store.shotFrame.value;
    store.revision.value;
    store.monitorWidth.value;
    store.wantedPanels.value;
    store.link.ask();
  });
  return () => {
    clearTimeout(rests);
    open();
    asked();
  };
}

const widget: AnyWidget<Model> = {
  render({ model, el }) {
    const studio = makeStudio(
      wireOf(model),
      model.get("_shot"),
      model.get("_character"),
    );
    const end = studio.promotion.open();
    const close = studio.store.open();
    const rest = keepAsking(studio, model.get("_part"));
    const unshare = sharePlayhead(model as unknown as PlayheadModel, studio.store);
    const leave = lifeline(studio.store.link, {
      // An event of ipywidgets that anywidget's types do not name.
      on: (name, heard) => model.on(name as "msg:custom", heard),
      off: (name, heard) => model.off(name as "msg:custom", heard),
    });
    studio.store.lockedSeeds.value = new Set(model.get("_locked_seeds"));
    const keep = effect(() => {
      const locked = [...studio.store.lockedSeeds.value].sort();
      if (locked.join() === [...(model.get("_locked_seeds") ?? [])].sort().join())
        return;
      model.set("_locked_seeds", locked);
      model.save_changes();
    });
    el.style.setProperty("--ps-height", `${model.get("_height_px")}px`);
    const paint = followTheme(el);
    render(<Frame studio={studio} part={model.get("_part")} />, el);
    return () => {
      studio.playback.stop();
      // What is in hand is let go of while the kernel still hears of it.
      settle(studio);
      studio.cancelDrag.value?.();
      keep();
      unshare();
      rest();
      render(null, el);
      paint();
      leave();
      end();
      close();
    };
  },
};

export default widget;
