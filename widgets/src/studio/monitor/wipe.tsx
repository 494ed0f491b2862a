// The wipe: another picture up to a line that is dragged over the monitor.

import { useEffect, useMemo, useRef } from "preact/hooks";
import { useStudio } from "../context";
import { Button, Select } from "../controls";
import { COMPARED, type Compared, type Comparison, type Held, nameOf } from "./compare";
import { Painter, type View } from "./painter";

const KEY_STEP = 0.02;

/** Lies over the picture, as large as it. */
export function Wipe(props: {
  comparison: Comparison;
  width: number;
  height: number;
  view: View;
}) {
  const { comparison, ...size } = props;
  const { store } = useStudio();
  if (comparison.mode.value === "off") return null;
  const lack = comparison.lack(store.shot.value?.id ?? "", store.shotFrame.value);
  if (lack) return <div class="ps-waiting ps-wipe-lack">{lack}</div>;
  const { left, right } = comparison.sides();
  const at = comparison.at.value * 100;
  return (
    <>
      {left ? <Half held={left} clip={`inset(0 ${100 - at}% 0 0)`} {...size} /> : null}
      {right ? <Half held={right} clip={`inset(0 0 0 ${at}%)`} {...size} /> : null}
      <Line comparison={comparison} left={left} right={right} />
    </>
  );
}

function Half(props: {
  held: Held;
  clip: string;
  width: number;
  height: number;
  view: View;
}) {
  const { held, clip, width, height, view } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useMemo(() => new Painter(), []);
  useEffect(() => {
    if (canvas.current) painter.paint(canvas.current, held.image, view);
  }, [held, view, width, height]);
  return (
    <canvas
      ref={canvas}
      class="ps-wipe"
      width={held.image.width}
      height={held.image.height}
      style={{ clipPath: clip }}
    />
  );
}

function Line(props: {
  comparison: Comparison;
  left: Held | null;
  right: Held | null;
}) {
  const { comparison, left, right } = props;
  const { at, mode } = comparison;
  const move = (share: number) => {
    at.value = Math.min(Math.max(share, 0), 1);
  };
  const drag = (event: PointerEvent) => {
    const line = event.currentTarget as HTMLElement;
    const box = line.parentElement?.getBoundingClientRect();
    // The picture under it is neither panned nor focused.
    event.stopPropagation();
    if (event.type === "pointerdown") line.setPointerCapture(event.pointerId);
    if (box && line.hasPointerCapture(event.pointerId))
      move((event.clientX - box.left) / box.width);
  };
  const percent = Math.round(at.value * 100);
  return (
    <div
      class="ps-wipe-line"
      style={{ left: `${at.value * 100}%` }}
      role="slider"
      tabIndex={0}
      title="Drag the line, or move it with the arrow keys"
      aria-label="Line of the wipe, % of the width"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={(event) => {
        const way = { ArrowLeft: -KEY_STEP, ArrowRight: KEY_STEP }[event.key];
        if (!way) return;
        event.preventDefault();
        event.stopPropagation();
        move(at.value + way);
      }}
    >
      <span class="ps-wipe-left">{left ? named(mode.value, left) : "Now"}</span>
      <span class="ps-wipe-right">{right ? named(mode.value, right, "B") : "Now"}</span>
    </div>
  );
}

function named(mode: Compared, held: Held, letter = "A"): string {
  if (mode === "before") return "Before";
  return mode === "take"
    ? `Take ${held.slate}, frame ${held.frame}`
    : `${letter} ${nameOf(held)}`;
}

/** In the monitor's bar: what to compare, and what to hold for it. */
export function WipeControls({ comparison }: { comparison: Comparison }) {
  const { store } = useStudio();
  const mode = comparison.mode.value;
  const hold = (which: "a" | "b") => {
    const picture = store.picture.value;
    if (picture) comparison.hold(which, picture, store.shot.value?.slate ?? "");
  };
  const button = (which: "a" | "b") => {
    const name = which.toUpperCase();
    const held = comparison[which].value;
    return (
      <Button
        tip={`Hold this picture as ${name}${held ? ` in place of ${nameOf(held)}` : ""}`}
        pressed={held !== null}
        onClick={() => hold(which)}
      >
        {name}
      </Button>
    );
  };
  return (
    <>
      <span class="ps-aspect">
        <Select
          tip="Wipe between the picture and the film before the last step, stills, or the promoted take"
          value={mode}
          options={COMPARED}
          onPick={(picked) => {
            comparison.mode.value = picked as Compared;
          }}
        />
      </span>
      {mode === "a" || mode === "ab" ? button("a") : null}
      {mode === "ab" ? button("b") : null}
    </>
  );
}
