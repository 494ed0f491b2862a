/** Make an element; text goes in as text, never as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** A 16-pixel icon from one path of filled shapes. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export const ICONS = {
  first: "M3 3h2v10H3zM14 3v10L6 8z",
  back: "M11 3v10L4 8z M12 3h1.6v10H12z",
  play: "M4 2.5v11l10-5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M5 3v10l7-5z M2.4 3H4v10H2.4z",
  last: "M11 3h2v10h-2zM2 3v10l8-5z",
  loop: "M4 4h7V2l4 3-4 3V6H5v3H3V5a1 1 0 0 1 1-1zM12 12H5v2l-4-3 4-3v2h6V7h2v4a1 1 0 0 1-1 1z",
  still:
    "M6 3h4l1 1.6h3a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V5.600a1 1 0 0 1 1-1h3zM8 6a2.700 2.700 0 1 0 0 5.400A2.700 2.700 0 0 0 8 6z",
} as const;

/** A button with an icon or a word, and a tooltip that names its key. */
export function button(
  content: SVGSVGElement | string,
  tooltip: string,
  onClick: () => void,
): HTMLButtonElement {
  const made = element("button", "pv-button", content);
  made.type = "button";
  made.title = tooltip;
  made.setAttribute("aria-label", tooltip);
  made.addEventListener("click", onClick);
  return made;
}

/** Show whether a toggle is on, to the eye and to a screen reader. */
export function press(target: HTMLElement, on: boolean): void {
  target.setAttribute("aria-pressed", String(on));
}
