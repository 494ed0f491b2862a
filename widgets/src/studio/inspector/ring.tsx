// A ring of the lens: dragged round the barrel, stepped by keys, clicked on a mark.

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { useStudio } from "../context";
import { engraved, nearest, ribs, stepped, turnedTo } from "./barrel";

const MOVED_PX = 3;

export interface RingProps {
  readonly label: string;
  readonly tip: string;
  readonly value: number;
  /** What is engraved, in the ring's unit. */
  readonly marks: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly show: (value: number) => string;
  readonly engrave?: (mark: number) => string;
  /** What a mark does, for its tooltip. */
  readonly mark: (value: number) => string;
  /** Called while the ring turns (`last` false) and once when it is let go. */
  readonly onTurn: (value: number, last: boolean) => void;
  /** It clicks from mark to mark; else `snap` says where it may rest. */
  readonly clicks?: boolean;
  /** Turned for each doubling of the value, radians: more where marks are dense. */
  readonly octave?: number;
  readonly snap?: (value: number) => number;
}

export function Ring(props: RingProps) {
  const {
    label,
    tip,
    marks,
    min,
    max,
    show,
    onTurn,
    snap = String,
    clicks,
    octave,
  } = props;
  const { cancelDrag } = useStudio();
  const barrel = useRef<HTMLDivElement>(null);
  const turning = useRef(false);
  // While it turns it is where the hand has it, not where answers put it.
  const here = useSignal(props.value);
  const value = turning.current ? here.value : props.value;
  const within = (wanted: number) => Math.min(Math.max(wanted, min), max);
  const rest = (wanted: number) =>
    clicks ? nearest(marks, wanted) : Number(snap(within(wanted)));
  const set = (next: number) => onTurn(within(next), true);
  const press = (down: PointerEvent) => {
    const element = barrel.current;
    if (!element || down.button !== 0) return;
    const from = props.value;
    const half = element.clientWidth / 2;
    let moved = false;
    const move = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      const dx = event.clientX - down.clientX;
      if (!moved && Math.abs(dx) < MOVED_PX) return;
      // Only now, so that a click reaches the mark it is on.
      if (!moved) element.setPointerCapture(down.pointerId);
      moved = turning.current = true;
      here.value = within(turnedTo(from, dx / half, octave));
      onTurn(rest(here.value), false);
    };
    const up = (event: PointerEvent) => {
      if (event.pointerId !== down.pointerId) return;
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", up);
      if (!moved) return;
      turning.current = false;
      // The browser took the pointer: the turn is taken back as any other drag.
      if (event.type === "pointercancel") cancelDrag.value?.();
      onTurn(rest(here.value), true);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", up);
  };
  const key = (event: KeyboardEvent) => {
    const next = {
      ArrowLeft: stepped(marks, value, -1),
      ArrowDown: stepped(marks, value, -1),
      ArrowRight: stepped(marks, value, 1),
      ArrowUp: stepped(marks, value, 1),
      Home: Math.min(...marks),
      End: Math.max(...marks),
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (next !== value) set(next);
  };
  return (
    <div class="ps-barrel-row">
      <span class="ps-label" title={tip}>
        {label}
      </span>
      <span class="ps-value">{show(rest(value))}</span>
      <div
        ref={barrel}
        class="ps-barrel"
        role="slider"
        tabIndex={0}
        aria-label={tip}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={show(value)}
        title={`${tip}: drag the ring, arrow keys step`}
        onPointerDown={press}
        onKeyDown={key}
      >
        {ribs(value, octave).map(({ x, facing }, at) => (
          <i key={at} class="ps-rib" style={placed(x, facing)} />
        ))}
        {engraved(marks, value, octave).map(({ value: mark, x, facing }) => (
          <button
            key={mark}
            type="button"
            tabIndex={-1}
            class="ps-engraved"
            title={props.mark(mark)}
            aria-label={props.mark(mark)}
            aria-pressed={Math.abs(mark / value - 1) < 2e-3}
            style={placed(x, facing)}
            onClick={() => set(mark)}
          >
            {props.engrave?.(mark) ?? mark}
          </button>
        ))}
        <i class="ps-witness" />
      </div>
    </div>
  );
}

function placed(x: number, facing: number) {
  return {
    left: `${50 + x * 50}%`,
    transform: `translateX(-50%) scaleX(${facing.toFixed(3)})`,
    opacity: (0.15 + 0.85 * facing).toFixed(3),
  };
}
