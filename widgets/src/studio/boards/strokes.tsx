// Lines drawn on a picture, as shares of it from its top left corner.

import { useSignal } from "@preact/signals";

export type Strokes = readonly (readonly (readonly [number, number])[])[];

/** A point nearer than this share of the picture to the last one is left out. */
const NEAR = 0.004;
const MOST_POINTS = 2000;

export function points(stroke: Strokes[number], width: number, height: number): string {
  return stroke
    .map(([x, y]) => `${(x * width).toFixed(1)},${(y * height).toFixed(1)}`)
    .join(" ");
}

export function Drawn(props: { strokes: Strokes; width: number; height: number }) {
  return (
    <g class="ps-strokes">
      {props.strokes.map((stroke, i) => (
        <polyline
          key={`${i}-${stroke.length}`}
          points={points(stroke, props.width, props.height)}
        />
      ))}
    </g>
  );
}

/** A sheet over the picture to draw on. */
export function Sheet(props: { strokes: Strokes; onDraw: (strokes: Strokes) => void }) {
  const live = useSignal<(readonly [number, number])[]>([]);
  const at = (event: PointerEvent & { currentTarget: Element }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (value: number) =>
      Math.round(Math.min(Math.max(value, 0), 1) * 1e4) / 1e4;
    return [
      share((event.clientX - box.left) / box.width),
      share((event.clientY - box.top) / box.height),
    ] as const;
  };
  return (
    <svg
      class="ps-sheet"
      viewBox="0 0 160 90"
      preserveAspectRatio="none"
      role="img"
      aria-label="Draw on the picture"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        live.value = [at(event)];
      }}
      onPointerMove={(event) => {
        if (!live.value.length) return;
        const [x, y] = at(event);
        const [lastX, lastY] = live.value.at(-1) ?? [x, y];
        if (Math.hypot(x - lastX, y - lastY) < NEAR) return;
        if (live.value.length < MOST_POINTS) live.value = [...live.value, [x, y]];
      }}
      onPointerUp={() => {
        if (live.value.length) props.onDraw([...props.strokes, live.value]);
        live.value = [];
      }}
      onLostPointerCapture={() => {
        live.value = [];
      }}
    >
      <title>Draw on the picture</title>
      <Drawn strokes={[...props.strokes, live.value]} width={160} height={90} />
    </svg>
  );
}
