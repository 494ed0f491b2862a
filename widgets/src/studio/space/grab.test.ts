import { Vector3 } from "three";
import { expect, it } from "vitest";
import type { Selection } from "../state";
import { PLACE, SHOT } from "./fixtures";
import { editsOf, type Held, heldOf, type Motion, markAt, middleOf } from "./grab";

const TABLE: Selection = { kind: "piece", id: "table" };
const CUP: Selection = { kind: "piece", id: "cup" };
const MARK: Selection = { kind: "mark", character: "ann", index: 0 };
const KEY: Selection = { kind: "light", id: "key" };
const CAMERA: Selection = { kind: "camera", index: 0 };

const held = (item: Selection, frame = 0): Held => {
  const found = heldOf(item, SHOT, PLACE, frame);
  if (!found) throw new Error(`Nothing to hold of ${item.kind}.`);
  return found;
};
const edits = (items: Selection[], motion: Motion) =>
  editsOf(
    items.map((item) => held(item)),
    motion,
    "scene-1",
    "shot-1a",
  );

it("moves one thing by one edit of its own kind", () => {
  const by = new Vector3(0.5, 0, -0.25);
  expect(edits([TABLE], { by })).toEqual({
    kind: "place_piece",
    scene: "scene-1",
    piece: "table",
    position_m: [0.5, 0, -0.25],
  });
  expect(edits([CAMERA], { by })).toEqual({
    kind: "move_key",
    shot: "shot-1a",
    index: 0,
    position_m: [0.5, 1.5, 3.75],
  });
});

it("moves several by one edit: what stands below first, then lamps, marks, camera", () => {
  const edit = edits([CAMERA, MARK, CUP, KEY, TABLE], { by: new Vector3(1, 0, 0) });
  if (edit?.kind !== "together") throw new Error("It is not one edit.");
  expect(edit.edits.map((one) => one.kind)).toEqual([
    "place_piece",
    "place_piece",
    "set_light",
    "move_mark",
    "move_key",
  ]);
  expect(edit.edits.slice(0, 2)).toMatchObject([{ piece: "table" }, { piece: "cup" }]);
  // A whole set-up goes on looking where it looked.
  expect(edit.edits[2]).toMatchObject({ position_m: [3, 2, 2], aim_m: [1, 1, 0] });
  expect(edit.edits[4]).toMatchObject({ target_m: [1, 1.2, 0] });
});

it("keeps marks on the floor", () => {
  expect(edits([MARK], { by: new Vector3(0.2, 1, 0) })).toMatchObject({
    position_m: [-0.8, 0, 1],
  });
});

it("turns things about their middle, with where they face and shine", () => {
  const quarter = { angle_rad: Math.PI / 2, middle: new Vector3(0, 0, 0) };
  expect(edits([TABLE], quarter)).toEqual({
    kind: "place_piece",
    scene: "scene-1",
    piece: "table",
    yaw_deg: 90,
  });
  expect(edits([MARK], quarter)).toMatchObject({
    facing_deg: 90,
    position_m: [1, 0, 1],
  });
  const own = { angle_rad: Math.PI / 2, middle: new Vector3(2, 2, 2) };
  expect(edits([KEY], own)).toMatchObject({ aim_m: [0, 1, 4] });
  expect(
    edits([CAMERA], { angle_rad: Math.PI, middle: held(CAMERA).at }),
  ).toMatchObject({
    target_m: [-0, 1.2, 8],
  });
});

it("makes only pieces another size, and never nothing", () => {
  expect(edits([TABLE], { factor: [2, 1, 0] })).toMatchObject({
    kind: "dress_piece",
    size_m: [2.8, 0.75, 0.01],
  });
  expect(edits([MARK], { factor: [2, 2, 2] })).toBeUndefined();
});

it("says nothing where nothing moves", () => {
  expect(edits([TABLE, MARK], { by: new Vector3() })).toBeUndefined();
});

it("holds a person by the mark that they are on", () => {
  expect(held({ kind: "character", id: "ann" }, 39).item).toEqual(MARK);
  expect(held({ kind: "character", id: "ann" }, 40).item).toMatchObject({ index: 1 });
  expect(markAt(PLACE, "nobody", 0)).toBe(-1);
});

it("has the middle of what is held between all of it", () => {
  expect(middleOf([held(TABLE), held(MARK)]).toArray()).toEqual([-0.5, 0, 0.5]);
});
