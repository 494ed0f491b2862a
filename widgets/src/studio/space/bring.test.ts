import { Vector3 } from "three";
import { expect, it } from "vitest";
import { landing } from "./bring";

const CHAIR = { high_m: 0, size_m: [0.5, 0.9, 0.6] } as const;
const CLOCK = { high_m: 1.8, size_m: [0.4, 0.4, 0.1] } as const;
const FLOOR = new Vector3(0, 1, 0);
/** Faces +x. */
const WALL = new Vector3(1, 0, 0);

it("stands what is let go on a floor or a table where it is let go", () => {
  const at = new Vector3(1, 0.75, 2);
  expect(landing({ at, normal: FLOOR }, CHAIR)).toEqual({
    position_m: [1, 0.75, 2],
    yaw_deg: 0,
  });
});

it("stands what is let go on a wall before it, with its back to it", () => {
  const at = new Vector3(-3, 1.4, 1);
  expect(landing({ at, normal: WALL }, CHAIR)).toEqual({
    position_m: [-2.68, 0, 1],
    yaw_deg: 90,
  });
});

it("hangs what hangs flat against the wall, where it is let go", () => {
  const at = new Vector3(-3, 2, 1);
  expect(landing({ at, normal: WALL }, CLOCK)).toEqual({
    position_m: [-2.945, 1.8, 1],
    yaw_deg: 90,
  });
  expect(landing({ at: new Vector3(), normal: FLOOR }, CLOCK).position_m[1]).toBe(1.8);
});
