// The stage widget's browser half: state in, events out.

import type { AnyModel, AnyWidget } from "@anywidget/types";
import type { StageAnswer } from "../schema";
import { PROTOCOL_VERSION } from "../schema";
import { followTheme } from "../theme";
import { element } from "./dom";
import { crc32, decode, type Stage, StageError, triangleCount } from "./payload";
import { Player } from "./player";

/** All state that the kernel and the browser share. */
type Model = {
  frame: number;
  still: DataView;
  _header: string;
  _payload: DataView;
  _answer: StageAnswer | Record<string, never>;
  _height_px: number;
};

function answer(stage: Stage): StageAnswer {
  return {
    protocol_version: PROTOCOL_VERSION,
    payload_bytes: stage.bytes.byteLength,
    payload_crc32: crc32(stage.bytes),
    triangles: triangleCount(stage),
  };
}

/** Put a sentence where the stage would have been. */
function explain(el: HTMLElement, error: unknown): void {
  if (!(error instanceof StageError)) throw error;
  const message = element("div", "pv-stage pv-message", error.message);
  message.setAttribute("role", "alert");
  el.append(message);
}

function mount(model: AnyModel<Model>, el: HTMLElement, stage: Stage): () => void {
  const player = new Player(
    stage,
    {
      frame: (frame, settled) => {
        if (model.get("frame") !== frame) model.set("frame", frame);
        if (settled) model.save_changes();
      },
      still: async (png) => {
        model.set("still", new DataView(await png.arrayBuffer()));
        model.save_changes();
      },
    },
    model.get("_height_px"),
  );
  const follow = () => player.follow(model.get("frame"));
  model.on("change:frame", follow);
  el.append(player.root);
  const paint = followTheme(el);
  model.set("_answer", answer(stage));
  model.save_changes();
  return () => {
    model.off("change:frame", follow);
    paint();
    player.dispose();
  };
}

const widget: AnyWidget<Model> = () => {
  // Decoded once for all views of one model.
  let stage: Stage | undefined;
  return {
    render({ model, el }) {
      try {
        stage ??= decode(model.get("_header"), model.get("_payload"));
        const start = model.get("frame");
        const dispose = mount(model, el, stage);
        model.set("frame", start);
        return dispose;
      } catch (error) {
        explain(el, error);
        return undefined;
      }
    },
  };
};

export default widget;
