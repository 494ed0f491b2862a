import { element } from "./dom";
import type { Rect } from "./lens";
import type { Painted } from "./view";

/**
 * What lies over the picture: the frame with its guides, mattes and names.
 *
 * Safe areas: 93 % action, 90 % title (SMPTE ST 2046-1).
 */
export class Guides {
  readonly root = element("div", "pv-overlay");
  readonly #frame = element("div", "pv-frame");
  readonly #labels = element("div", "pv-labels");
  readonly #insetHit: HTMLButtonElement;

  constructor(onInset: () => void) {
    for (const third of ["v1", "v2", "h1", "h2"]) {
      this.#frame.append(element("i", `pv-guide pv-third pv-${third}`));
    }
    for (const area of ["action", "titlesafe"]) {
      this.#frame.append(element("i", `pv-guide pv-${area}`));
    }
    this.#frame.append(element("i", "pv-cross"));
    this.#insetHit = element("button", "pv-inset");
    this.#insetHit.type = "button";
    this.#insetHit.title = "Look through the lens (C)";
    this.#insetHit.addEventListener("click", onInset);
    this.root.append(this.#labels, this.#frame, this.#insetHit);
  }

  show(painted: Painted, options: { guides: boolean; inset: boolean }): void {
    const lens = painted.look === "lens";
    this.#frame.hidden = !lens;
    this.#frame.classList.toggle("pv-plain", !options.guides);
    this.#insetHit.hidden = lens || !options.inset;
    place(lens ? this.#frame : this.#insetHit, painted.frameRect);
    this.#labels.replaceChildren(
      ...painted.labels.map(({ name, x, y }) => {
        const label = element("span", "pv-label", name);
        label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
        return label;
      }),
    );
  }
}

function place(target: HTMLElement, rect: Rect): void {
  target.style.left = `${rect.x}px`;
  target.style.top = `${rect.y}px`;
  target.style.width = `${rect.width}px`;
  target.style.height = `${rect.height}px`;
}
