// What a drag in the picture means for the camera. Right-handed, y up, metres.

import type { Camera, CameraPose, Shot, TimingKey } from "../schema";
import { focalPx } from "../stage/lens";
import type { Vec3 } from "./edits";

type Placed = Pick<CameraPose, "position_m">;

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

/** Share of the path behind the camera at each of its keys, by straight distance. */
export function keyShares(poses: readonly Placed[]): number[] {
  const walked = [0];
  for (let i = 1; i < poses.length; i++) {
    const [from, to] = [poses[i - 1], poses[i]];
    const step = from && to ? length(subtract(to.position_m, from.position_m)) : 0;
    walked.push((walked[i - 1] ?? 0) + step);
  }
  const all = walked.at(-1) ?? 0;
  const even = Math.max(poses.length - 1, 1);
  return walked.map((way, i) => (all > 1e-6 ? way / all : i / even));
}

/** At which shot frame the camera passes each of its keys. */
export function keyFrames(shot: Shot): number[] {
  const { poses, timing } = shot.camera;
  const last = Math.max(shot.length_frames - 1, 0);
  if (poses.length < 2) return poses.map(() => 0);
  return keyShares(poses).map((share) => Math.round(frameOf(share, timing, last)));
}

function frameOf(share: number, timing: readonly TimingKey[], last: number): number {
  if (!timing.length) {
    // The inverse of the smooth step that the camera makes without keys.
    return last * (0.5 - Math.sin(Math.asin(1 - 2 * clamp(share, 0, 1)) / 3));
  }
  for (let i = 1; i < timing.length; i++) {
    const [from, to] = [timing[i - 1], timing[i]];
    if (!from || !to || share > to.travel) continue;
    const part = (share - from.travel) / (to.travel - from.travel || 1);
    return from.frame + clamp(part, 0, 1) * (to.frame - from.frame);
  }
  return timing.at(-1)?.frame ?? last;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
