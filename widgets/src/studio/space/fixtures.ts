// A small set for tests: a table with a cup, a chair, two people, a lamp.

import type { PlaceSent } from "../../messages";
import type { Shot } from "../../schema";

const piece = (
  id: string,
  position_m: readonly [number, number, number],
  size_m: readonly [number, number, number],
) => ({ id, kind: id, position_m, yaw_deg: 0, size_m });

const mark = (
  position_m: readonly [number, number, number],
  facing_deg: number,
  arrive_frame: number,
) => ({ position_m, facing_deg, arrive_frame, leave_frame: arrive_frame + 10 });

export const PLACE = {
  v: 1,
  kind: "place",
  revision: 1,
  scene: "scene-1",
  set: {
    pieces: [
      piece("table", [0, 0, 0], [1.4, 0.75, 0.8]),
      piece("cup", [0.3, 0.75, 0.1], [0.1, 0.1, 0.1]),
      piece("chair", [0, 0, 1], [0.5, 0.9, 0.5]),
      piece("wall", [0, 0, -2.5], [6, 2.7, 0.2]),
    ],
    spots: [{ name: "window", position_m: [-2, 0, -1.5], posture: "stand" }],
  },
  lights: [
    { id: "key", kind: "area", role: "key", position_m: [2, 2, 2], aim_m: [0, 1, 0] },
    { id: "sky", kind: "sky", role: "sky", position_m: [0, 5, 0], aim_m: [0, 0, 0] },
  ],
  blocking: [
    { character: "ann", marks: [mark([-1, 0, 1], 0, 0), mark([1, 0, 1], 90, 40)] },
    { character: "bo", marks: [mark([2, 0, 1], -90, 0)] },
  ],
  walks: [],
} as unknown as PlaceSent;

export const SHOT = {
  id: "shot-1a",
  camera: { poses: [{ position_m: [0, 1.5, 4], target_m: [0, 1.2, 0] }] },
} as unknown as Shot;
