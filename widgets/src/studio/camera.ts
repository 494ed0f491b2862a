// What a drag in the picture means for the camera. Right-handed, y up, metres.

import type { Camera, CameraPose, Shot, TimingKey } from "../schema";
import { focalPx } from "../stage/lens";
import type { Vec3 } from "./edits";

const STEEPEST = (89 * Math.PI) / 180;
const NEAREST_M = 0.3;

type Placed = Pick<CameraPose, "position_m" | "target_m">;

export function subtract(a: Vec3, b: Vec3): Vec3 {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function add(a: Vec3, b: Vec3, scale = 1): Vec3 {
  return [a[0] + b[0] * scale, a[1] + b[1] * scale, a[2] + b[2] * scale];
}

export function length([x, y, z]: Vec3): number {
  return Math.hypot(x, y, z);
}

export function cross(a: Vec3, b: Vec3): Vec3 {
  return [
    a[1] * b[2] - a[2] * b[1],
    a[2] * b[0] - a[0] * b[2],
    a[0] * b[1] - a[1] * b[0],
  ];
}

function scaled(a: Vec3, scale: number): Vec3 {
  return add([0, 0, 0], a, scale);
}

/** The camera's axes in the world, before roll: right, up, ahead. */
export function axes({
  position_m,
  target_m,
}: Placed): Record<"right" | "up" | "ahead", Vec3> {
  const sight = subtract(target_m, position_m);
  const ahead = scaled(sight, 1 / (length(sight) || 1));
  const flat = cross(ahead, [0, 1, 0]);
  const wide = length(flat);
  const right: Vec3 = wide < 1e-6 ? [1, 0, 0] : scaled(flat, 1 / wide);
  return { right, up: cross(right, ahead), ahead };
}

/** Turn the camera so that the picture follows the pointer by (dx, dy) pixels. */
export function panned(
  pose: Placed,
  dx: number,
  dy: number,
  focalInPx: number,
): Placed {
  const sight = subtract(pose.target_m, pose.position_m);
  const reach = length(sight);
  const yaw = Math.atan2(-sight[0], -sight[2]) + Math.atan(dx / focalInPx);
  const raised = Math.asin(Math.min(Math.max(sight[1] / (reach || 1), -1), 1));
  const tilt = clamp(raised + Math.atan(dy / focalInPx), -STEEPEST, STEEPEST);
  const target_m = add(pose.position_m, [
    -Math.sin(yaw) * Math.cos(tilt) * reach,
    Math.sin(tilt) * reach,
    -Math.cos(yaw) * Math.cos(tilt) * reach,
  ]);
  return { position_m: pose.position_m, target_m };
}

/** Truck and pedestal so that what is `depth_m` away follows the pointer. */
export function trucked(
  pose: Placed,
  dx: number,
  dy: number,
  focalInPx: number,
  depth_m: number,
): Placed {
  const { right } = axes(pose);
  const metre = depth_m / focalInPx;
  const shift = add(scaled(right, -dx * metre), [0, dy * metre, 0]);
  return {
    position_m: add(pose.position_m, shift),
    target_m: add(pose.target_m, shift),
  };
}

/** Dolly towards the target (positive) or back, and keep looking the same way. */
export function dollied(pose: Placed, by_m: number): Placed {
  const { ahead } = axes(pose);
  const position_m = add(pose.position_m, ahead, by_m);
  const left = length(subtract(pose.target_m, pose.position_m)) - by_m;
  return { position_m, target_m: add(position_m, ahead, Math.max(left, NEAREST_M)) };
}

/** How far a notch of the wheel dollies: an eighth of the way, 5 cm at least. */
export function dollyStep(pose: Placed, notches: number): number {
  const reach = length(subtract(pose.target_m, pose.position_m));
  return notches * Math.max(reach / 8, 0.05);
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

/** The key that is nearest in time to a shot frame. */
export function nearestKey(shot: Shot, frame: number): number {
  const frames = keyFrames(shot);
  let best = 0;
  frames.forEach((at, i) => {
    if (Math.abs(at - frame) < Math.abs((frames[best] ?? 0) - frame)) best = i;
  });
  return best;
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
