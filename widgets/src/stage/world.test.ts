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
