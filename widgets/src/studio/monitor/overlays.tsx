// Lines over the picture: frame, thirds, centre, safe areas, one extra aspect.

import type { ComponentChildren } from "preact";

export const ASPECTS: readonly (readonly [value: string, label: string])[] = [
  ["", "Delivery"],
  ["2.39", "+ 2.39 : 1"],
  ["1.85", "+ 1.85 : 1"],
  ["1.7778", "+ 16 : 9"],
  ["1.3333", "+ 4 : 3"],
  ["1", "+ 1 : 1"],
  ["0.5625", "+ 9 : 16"],
];

export interface OverlayChoice {
  readonly thirds: boolean;
  readonly centre: boolean;
  readonly safe: boolean;
  readonly aspect: string;
}

/** The largest frame of an aspect within another, as shares of it. */
export function within(
  aspect: number,
  outer: number,
): { x: number; y: number; width: number; height: number } {
  const width = Math.min(aspect / outer, 1);
  const height = Math.min(outer / aspect, 1);
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

/** Safe areas: 93 % action, 90 % title (SMPTE ST 2046-1). */
const SAFE = [
  { share: 0.93, what: "action" },
  { share: 0.9, what: "title" },
];

export function Overlays(props: {
  width: number;
  height: number;
  choice: OverlayChoice;
  children?: ComponentChildren;
}) {
  const { width, height, choice } = props;
  const line = (x1: number, y1: number, x2: number, y2: number) => (
    <line
      x1={Math.round(x1 * width) + 0.5}
      y1={Math.round(y1 * height) + 0.5}
      x2={Math.round(x2 * width) + 0.5}
      y2={Math.round(y2 * height) + 0.5}
    />
  );
  return (
    <svg class="ps-overlay" width={width} height={height} aria-hidden="true">
      {choice.aspect ? extraAspect(Number(choice.aspect), width, height) : null}
      {choice.thirds ? (
        <g class="ps-thirds">
          {line(1 / 3, 0, 1 / 3, 1)}
          {line(2 / 3, 0, 2 / 3, 1)}
          {line(0, 1 / 3, 1, 1 / 3)}
          {line(0, 2 / 3, 1, 2 / 3)}
        </g>
      ) : null}
      {choice.safe
        ? SAFE.map(({ share, what }) => (
            <rect
              key={what}
              class={`ps-safe ps-safe-${what}`}
              x={((1 - share) / 2) * width}
              y={((1 - share) / 2) * height}
              width={share * width}
              height={share * height}
            />
          ))
        : null}
      {choice.centre ? (
        <path
          class="ps-centre"
          d={`M${width / 2 - 9} ${height / 2}h18M${width / 2} ${height / 2 - 9}v18`}
        />
      ) : null}
      {props.children}
    </svg>
  );
}

function extraAspect(aspect: number, width: number, height: number) {
  const frame = within(aspect, width / height);
  const [x, y] = [frame.x * width, frame.y * height];
  const [w, h] = [frame.width * width, frame.height * height];
  const outside = `M0 0H${width}V${height}H0zM${x} ${y}v${h}h${w}v${-h}z`;
  return (
    <g class="ps-extra">
      <path d={outside} fill-rule="evenodd" />
      <rect
        x={x + 0.5}
        y={y + 0.5}
        width={Math.max(w - 1, 0)}
        height={Math.max(h - 1, 0)}
      />
    </g>
  );
}
