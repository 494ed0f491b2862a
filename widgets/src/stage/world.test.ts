import type { BufferGeometry, Material, Mesh } from "three";
import { expect, it } from "vitest";
import type { StageHeader } from "../schema";
import fixture from "./fixture.json";
import { unpack } from "./payload";
import { World } from "./world";

const bytes = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
const stage = unpack(
  fixture.header as unknown as StageHeader,
  new DataView(bytes.buffer),
);

it("leaves nothing on the graphics card when another takes its place", () => {
  const world = new World(stage);
  world.light("scene");
  const made = new Set<BufferGeometry | Material>();
  world.scene.traverse((object) => {
    const { geometry, material } = object as Mesh;
    for (const one of [geometry, material].flat()) if (one) made.add(one);
  });
  const kept = new Set(made);
  for (const one of made) one.addEventListener("dispose", () => kept.delete(one));
  world.dispose();
  expect(made.size).toBeGreaterThan(4);
  expect([...kept].map(({ type }) => type)).toEqual([]);
});

it("cuts large faces up for lamps that stand near them alone", () => {
  const { lights } = stage.header;
  const [sun, lamp] = (["sun", "point"] as const).map((kind) =>
    lights.slice(0, 1).map((light) => ({ ...light, kind })),
  );
  const count = (world: World) =>
    world.pieces.meshes.reduce(
      (sum, { geometry }) => sum + (geometry.index?.count ?? 0),
      0,
    );
  const [day, night] = [
    new World(stage, "plain", sun),
    new World(stage, "plain", lamp),
  ];
  expect(count(night)).toBeGreaterThan(count(day));
  expect(count(day)).toBe(stage.set.triangles.length);
  expect([
    day.shows(sun ?? []),
    day.shows(lamp ?? []),
    night.shows(lamp ?? []),
  ]).toEqual([true, false, true]);
  expect(new World(stage, "lit", sun).shows(lamp ?? [])).toBe(true);
});
