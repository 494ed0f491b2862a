// Depth of field and the path's handles, as `previz.camera.optics` and `previz.curves`.

import { Vector3 } from "three";
import type { Camera } from "../../schema";

/** Gate diagonals to a circle of confusion. */
const DIAGONAL_TO_CIRCLE = 1500;

export interface Depth {
  readonly near_m: number;
  /** Infinite from the hyperfocal distance on. */
  readonly far_m: number;
}

/** Between where and where a picture is sharp; the T-stop counts as the f-number. */
export function depthOfField(
  { sensor, lens }: Pick<Camera, "sensor" | "lens">,
  focal_length_mm: number,
  focus_m: number,
): Depth {
  const circle = Math.hypot(sensor.width_mm, sensor.height_mm) / DIAGONAL_TO_CIRCLE;
  const focal = focal_length_mm / 1000;
  const hyperfocal = (focal_length_mm ** 2 / (lens.t_stop * circle)) * 1e-3 + focal;
  const room = hyperfocal - focal;
  return {
    near_m: (focus_m * room) / (room + focus_m - focal),
    far_m:
      focus_m < hyperfocal
        ? (focus_m * room) / (hyperfocal - focus_m)
        : Number.POSITIVE_INFINITY,
  };
}

/** The path's Hermite tangent at a key: its own, or what the spline chooses. */
export function tangentAt(
  poses: Pick<Camera, "poses">["poses"],
  index: number,
): Vector3 | undefined {
  const pose = poses[index];
  if (!pose || poses.length < 2) return undefined;
  if (pose.tangent_m) return new Vector3(...pose.tangent_m);
  const at = (i: number): Vector3 | undefined => {
    const one = poses[i];
    return one && new Vector3(...one.position_m);
  };
  // The segment that begins here, or for the last key the one that ends here.
  const last = index === poses.length - 1;
  const p1 = at(last ? index - 1 : index);
  const p2 = at(last ? index : index + 1);
  if (!p1 || !p2) return undefined;
  const beyond = (from: Vector3, to: Vector3) => to.clone().multiplyScalar(2).sub(from);
  const p0 = at(last ? index - 2 : index - 1) ?? beyond(p2, p1);
  const p3 = at(last ? index + 1 : index + 2) ?? beyond(p1, p2);
  const root = (a: Vector3, b: Vector3) => Math.max(Math.sqrt(a.distanceTo(b)), 1e-6);
  const [d01, d12, d23] = [root(p0, p1), root(p1, p2), root(p2, p3)];
  const chord = p2.clone().sub(p1);
  const side = last
    ? p3
        .clone()
        .sub(p2)
        .divideScalar(d23)
        .sub(
          p3
            .clone()
            .sub(p1)
            .divideScalar(d12 + d23),
        )
    : p1
        .clone()
        .sub(p0)
        .divideScalar(d01)
        .sub(
          p2
            .clone()
            .sub(p0)
            .divideScalar(d01 + d12),
        );
  return side.multiplyScalar(d12).add(chord);
}

/** Stops by which a lamp alone is above what a grey card needs there. */
export function stopsOver(lux: number, exposure_ev100: number): number {
  return Math.log2(Math.max(lux, 1e-9) / (2.5 * 2 ** exposure_ev100));
}
