// The open shot's camera as curves over its frames; a press goes to that frame.

import type { CameraArrays } from "../stage/payload";
import { useStudio } from "./context";
import { Empty } from "./controls";

export interface Curve {
  readonly name: string;
  readonly unit: string;
  readonly tip: string;
  readonly digits: number;
  readonly values: readonly number[];
}

/** What a camera does at each frame; speed is the way from the frame before. */
export function curvesOf(camera: CameraArrays, framesPerSecond: number): Curve[] {
  const frames = Array.from(camera.focalLengthMm.keys());
  const at = (frame: number, row: number) =>
    camera.worldFromCamera[16 * frame + 4 * row + 3] ?? 0;
  const speed = (frame: number) =>
    Math.hypot(...[0, 1, 2].map((row) => at(frame, row) - at(frame - 1, row)));
  return [
    {
      name: "Lens",
      unit: "mm",
      tip: "Focal length",
      digits: 0,
      values: Array.from(camera.focalLengthMm),
    },
    {
      name: "Focus",
      unit: "m",
      tip: "Distance from the sensor to what is sharp",
      digits: 2,
      values: Array.from(camera.focusDistanceM),
    },
    {
      name: "Height",
      unit: "m",
      tip: "Of the sensor above the floor",
      digits: 2,
      values: frames.map((frame) => at(frame, 1)),
    },
    {
      name: "Speed",
      unit: "m/s",
      tip: "Along the camera's path",
      digits: 2,
      values: frames.map((frame) => (frame ? speed(frame) * framesPerSecond : 0)),
    },
  ];
}

/** Points of a curve in a box of 100 by 100; what stands still is in its middle. */
export function pointsOf(values: readonly number[]): string {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const spread = Math.max(high - low, Math.abs(high + low) * 0.05, 0.02);
  const last = Math.max(values.length - 1, 1);
  return values
    .map((value, frame) => {
      const up = (value - (low + high) / 2) / spread;
      return `${((100 * frame) / last).toFixed(2)},${(50 - 80 * up).toFixed(2)}`;
    })
    .join(" ");
}

export function Curves() {
  const { store, playback } = useStudio();
  const shot = store.shot.value;
  const track = store.track.value;
  const rate = store.film.value?.rate;
  if (!shot || !track || !rate)
    return (
      <Empty title="No camera yet">
        The curves of the shot that is open stand here: lens, focus, height and speed.
      </Empty>
    );
  const last = Math.max(shot.length_frames - 1, 1);
  const goTo = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const frame = Math.round(Math.min(Math.max(share, 0), 1) * last);
    playback.seek(shot.first_frame + frame);
  };
  return (
    <div class="ps-curves">
      {curvesOf(track.camera, rate.numerator / rate.denominator).map((curve) => (
        <div class="ps-curve" key={curve.name} title={`${curve.tip}, ${curve.unit}`}>
          <span class="ps-label">{curve.name}</span>
          <svg
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            role="img"
            aria-label={`${curve.name} over the shot's frames`}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              goTo(event);
            }}
            onPointerMove={(event) => event.buttons & 1 && goTo(event)}
          >
            <polyline points={pointsOf(curve.values)} />
            <Now last={last} />
          </svg>
          <Value curve={curve} />
        </div>
      ))}
    </div>
  );
}

function Now({ last }: { last: number }) {
  const x = (100 * useStudio().store.shotFrame.value) / last;
  return <line x1={x} x2={x} y1="0" y2="100" />;
}

function Value({ curve }: { curve: Curve }) {
  const value = curve.values[useStudio().store.shotFrame.value] ?? curve.values.at(-1);
  return (
    <span class="ps-value">
      {value?.toFixed(curve.digits)} {curve.unit}
    </span>
  );
}
