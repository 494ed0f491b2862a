// From gear to projection, as `CameraState.focal_px` has it: the frame's width shows
// the gate's width, and the field of view is never stored.

import type { Camera } from "../schema";

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Width over height of the desqueezed picture. */
export function frameAspect({ sensor, lens }: Camera): number {
  return (sensor.width_mm * lens.squeeze) / sensor.height_mm;
}

/** The largest rectangle of an aspect in the middle of a view, less a margin. */
export function frameWithin(
  viewWidth: number,
  viewHeight: number,
  aspect: number,
  margin = 0,
): Rect {
  const free = { width: viewWidth - 2 * margin, height: viewHeight - 2 * margin };
  const width = Math.max(Math.min(free.width, free.height * aspect), 1);
  const height = width / aspect;
  return { x: (viewWidth - width) / 2, y: (viewHeight - height) / 2, width, height };
}

/** Focal length in pixels for a frame of this width. */
export function focalPx(
  camera: Camera,
  focalLengthMm: number,
  widthPx: number,
): number {
  return (focalLengthMm / camera.lens.squeeze / camera.sensor.width_mm) * widthPx;
}

/** Vertical field of view in degrees of a view that shows more than its frame. */
export function viewFovDeg(focalInPx: number, viewHeight: number): number {
  return (2 * Math.atan(viewHeight / 2 / focalInPx) * 180) / Math.PI;
}

/**
 * Project a world point, as `CameraState.project`.
 *
 * @param worldFromCamera sixteen numbers, row by row, of a rigid transform
 * @returns pixels from the frame's top left, and depth in metres (behind: <= 0)
 */
export function project(
  point: readonly [number, number, number],
  worldFromCamera: ArrayLike<number>,
  focalInPx: number,
  widthPx: number,
  heightPx: number,
): { x: number; y: number; depth: number } {
  const m = (row: number, column: number) => worldFromCamera[row * 4 + column] ?? 0;
  const local = [0, 1, 2].map((axis) =>
    point.reduce((sum, value, row) => sum + (value - m(row, 3)) * m(row, axis), 0),
  );
  const depth = -(local[2] ?? 0);
  const safe = Math.abs(depth) < 1e-9 ? 1e-9 : depth;
  return {
    x: widthPx / 2 + (focalInPx * (local[0] ?? 0)) / safe,
    y: heightPx / 2 - (focalInPx * (local[1] ?? 0)) / safe,
    depth,
  };
}
