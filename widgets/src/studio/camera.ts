// What a drag in the picture means for the camera. Right-handed, y up, metres.

import type { Camera } from "../schema";
import { focalPx } from "../stage/lens";
import type { Vec3 } from "./edits";

export function subtract(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function add(a: Vec3, b: Vec3, scale = 1): Vec3 {
  return [a[0] + b[0] * scale, a[1] + b[1] * scale, a[2] + b[2] * scale];
}

export function length([x, y, z]: Vec3): number {
  return Math.hypot(x, y, z);
}

const DEGREES = 180 / Math.PI;

/** The pan (left) and tilt (up) that let the picture follow the pointer by pixels. */
export function panned(
  dx: number,
  dy: number,
  focalInPx: number,
): { pan_deg: number; tilt_deg: number } {
  return {
    pan_deg: Math.atan(dx / focalInPx) * DEGREES,
    tilt_deg: Math.atan(dy / focalInPx) * DEGREES,
  };
}

/** The truck (right) and pedestal that let what is `depth_m` away follow the pointer. */
export function trucked(
  dx: number,
  dy: number,
  focalInPx: number,
  depth_m: number,
): { right_m: number; up_m: number } {
  const metre = depth_m / focalInPx;
  return { right_m: -dx * metre, up_m: dy * metre };
}

/** How far notches of the wheel dolly: each an eighth of what is left to go. */
export function dollied(reach_m: number, notches: number): number {
  const least = Math.max(reach_m, 0.4);
  return least * (1 - (7 / 8) ** notches);
}

/** Focal length in pixels of the shot's camera for a picture this wide. */
export function focalOf(
  camera: Camera,
  focal_length_mm: number,
  widthPx: number,
): number {
  return focalPx(camera, focal_length_mm, widthPx);
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
