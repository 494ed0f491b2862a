import {
  BufferAttribute,
  BufferGeometry,
  DirectionalLight,
  Group,
  HemisphereLight,
  PointLight,
  SpotLight,
} from "three";
import { expect, it } from "vitest";
import { litBy } from "./lit";

/** A floor's vertex at each x, of a white matt surface. */
function floor(...at: number[]): BufferGeometry {
  const made = new BufferGeometry();
  const put = (name: string, size: number, value: (x: number) => number[]) =>
    made.setAttribute(
      name,
      new BufferAttribute(Float32Array.from(at.flatMap(value)), size),
    );
  put("position", 3, (x) => [x, 0, 0]);
  put("normal", 3, () => [0, 1, 0]);
  put("color", 3, () => [1, 0.5, 0]);
  put("gloss", 2, () => [0.5, 0]);
  put("glow", 3, () => [0, 0, 0.25]);
  return made;
}

function light(geometry: BufferGeometry, ...lights: Group["children"]) {
  litBy(geometry, new Group().add(...lights));
  const read = (name: string) => Array.from(geometry.getAttribute(name).array);
  return { front: read("front"), back: read("back") };
}

it("gives a surface its own colour of what falls on it, and its glow", () => {
  const sun = new DirectionalLight(0xffffff, Math.PI);
  sun.position.set(0, 5, 0);
  const { front, back } = light(floor(0), sun);
  expect(front).toEqual([1, 0.5, 0.25].map((value) => expect.closeTo(value, 5)));
  expect(back).toEqual([0, 0, 0.25]);
});

it("lights a face from behind on its back alone", () => {
  const lamp = new PointLight(0xffffff, Math.PI);
  lamp.position.set(0, -2, 0);
  const { front, back } = light(floor(0), lamp);
  expect(front[0]).toBe(0);
  expect(back[0]).toBeCloseTo(1 / 4, 5);
});

it("falls off with the square of the distance and with the angle", () => {
  const lamp = new PointLight(0xffffff, Math.PI);
  lamp.position.set(0, 1, 0);
  const { front } = light(floor(0, 1), lamp);
  expect(front[0]).toBeCloseTo(1, 5);
  // Twice as far in the square, at 45 degrees.
  expect(front[3]).toBeCloseTo(Math.SQRT1_2 / 2, 5);
});

it("keeps a spot within its cone, and a sky's two colours above and below", () => {
  const spot = new SpotLight(0xffffff, Math.PI, 0, Math.PI / 6, 0.5);
  spot.position.set(0, 1, 0);
  const { front } = light(floor(0, 0.4, 2), spot);
  expect(front[0]).toBeCloseTo(1, 5);
  expect(front[3]).toBeGreaterThan(0);
  expect(front[6]).toBe(0);
  const sky = light(floor(0), new HemisphereLight(0xff0000, 0x00ff00, Math.PI));
  expect(sky.front.slice(0, 2)).toEqual([expect.closeTo(1, 5), 0]);
  expect(sky.back.slice(0, 2)).toEqual([0, expect.closeTo(0.5, 5)]);
});
