// A colour and a shape for each person: told apart also by colour-blind eyes.

/** Okabe and Ito's colours, which all kinds of eyes tell apart. */
const COLORS = ["#56b4e9", "#e08a5a", "#4fc19a", "#d79ac0", "#d9cf55", "#8aa2ff"];
/** Within a box from -1 to 1. */
const SHAPES = [
  "M-1 0a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z",
  "M-.9 -.9h1.8v1.8h-1.8z",
  "M0 -1.1L1.05 .8H-1.05z",
  "M0 -1.15L1.15 0 0 1.15 -1.15 0z",
  "M-1.1 -.8H1.1L0 1.1z",
  "M-.35 -1h.7v.65h.65v.7h-.65v.65h-.7v-.65h-.65v-.7h.65z",
];

export interface Sign {
  readonly color: string;
  readonly shape: string;
}

export function signOf(people: readonly { readonly id: string }[], id: string): Sign {
  const at = Math.max(
    people.findIndex((one) => one.id === id),
    0,
  );
  return {
    color: COLORS[at % COLORS.length] ?? "#ffffff",
    shape: SHAPES[at % SHAPES.length] ?? "",
  };
}
