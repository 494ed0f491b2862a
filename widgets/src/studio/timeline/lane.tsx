// One row of the timeline: a head and a body whose width is time.

import type { ComponentChildren } from "preact";
import type { SceneCard } from "../../messages";
import { type Span, share, snapped } from "./maths";

export interface Lane {
  readonly span: Span;
  /** Width of the row's body, CSS pixels. */
  readonly width: number;
  readonly scene: SceneCard;
  /** Scene frame of the playhead as the lane was drawn, to which drags stick too. */
  readonly playhead: () => number;
}

export const HEAD_PX = 92;
const SNAP_PX = 6;

/** Where a stretch of scene frames lies in a row. */
export function place(lane: Lane, first: number, end: number): Record<string, string> {
  const from = share(lane.span, first);
  return {
    left: `${from * 100}%`,
    width: `${(share(lane.span, end) - from) * 100}%`,
  };
}

export function left(lane: Lane, frame: number): Record<string, string> {
  return { left: `${share(lane.span, frame) * 100}%` };
}

/** How many CSS pixels a frame is wide. */
export function framePx(lane: Lane): number {
  return lane.width / lane.span.length;
}

/** The scene frame that a drag brings a frame to; it sticks to cuts, lines, playhead. */
export function dragged(lane: Lane, frame: number, dx: number, free: boolean): number {
  const perPixel = lane.span.length / lane.width;
  const raw = frame + dx * perPixel;
  const { shots, beats } = lane.scene;
  const to = free
    ? []
    : [
        lane.playhead(),
        ...shots.map((s) => s.first_frame),
        ...beats.map((b) => b.start_frame),
      ];
  return Math.round(snapped(raw, to, SNAP_PX * perPixel));
}

export function Row(props: {
  name: string;
  head: ComponentChildren;
  tip: string;
  heightPx?: number;
  color?: string;
  children: ComponentChildren;
}) {
  const { name, head, tip, heightPx, color, children } = props;
  const style: Record<string, string> = {};
  if (heightPx) style.height = `${heightPx}px`;
  if (color) style["--ps-person"] = color;
  return (
    <div class={`ps-lane ps-${name}`} style={style}>
      <span class="ps-lane-head" title={tip}>
        {head}
      </span>
      <div class="ps-lane-body">{children}</div>
    </div>
  );
}

/** The head of a row that can be opened to a curve. */
export function Fold(props: {
  label: string;
  tip: string;
  open: boolean;
  onToggle: () => void;
}) {
  return (
    <button
      type="button"
      class="ps-fold"
      aria-expanded={props.open}
      title={props.tip}
      onClick={props.onToggle}
    >
      {props.label}
    </button>
  );
}
