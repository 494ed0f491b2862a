// The queue's browser half: the comm in, the cards out.

import type { AnyModel, AnyWidget } from "@anywidget/types";
import { render } from "preact";
import type { ToQueuePage } from "../queue";
import { followTheme } from "../theme";
import { Queue } from "./queue";
import { QueueStore, type Wire } from "./store";

type Model = {
  /** One job's card, which opens at once, and no list. */
  _alone: boolean;
};

function wireOf(model: AnyModel<Model>): Wire {
  return {
    send: (content) => model.send(content),
    listen(heard) {
      const take = (content: unknown, buffers: DataView[]) =>
        heard(content as ToQueuePage, buffers);
      model.on("msg:custom", take);
      return () => model.off("msg:custom", take);
    },
  };
}

const widget: AnyWidget<Model> = {
  render({ model, el }) {
    const store = new QueueStore(wireOf(model));
    const close = store.open();
    store.watch();
    const root = document.createElement("div");
    root.className = "pq-queue";
    // JupyterLab's own keys would move to another cell.
    root.setAttribute("data-lm-suppress-shortcuts", "true");
    el.append(root);
    const paint = followTheme(el);
    render(<Queue store={store} alone={model.get("_alone")} />, root);
    return () => {
      close();
      paint();
      render(null, root);
    };
  },
};

export default widget;
