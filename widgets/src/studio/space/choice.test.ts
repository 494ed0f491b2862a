import { type Signal, signal } from "@preact/signals";
import { beforeEach, expect, it } from "vitest";
import type { Selection } from "../state";
import { Choice } from "./choice";

const CHAIR: Selection = { kind: "piece", id: "chair" };
const TABLE: Selection = { kind: "piece", id: "table" };
const KEY: Selection = { kind: "light", id: "key" };

let scene: string;
let primary: Signal<Selection>;
let choice: Choice;

beforeEach(() => {
  scene = "1";
  primary = signal<Selection>({ kind: "nothing" });
  choice = new Choice(primary, () => scene);
});

it("chooses one more with each toggle, and lets go of the same again", () => {
  choice.put([CHAIR]);
  choice.toggle(TABLE);
  expect(choice.all.value).toEqual([CHAIR, TABLE]);
  expect(primary.value).toEqual(TABLE);
  choice.toggle(TABLE);
  expect(choice.all.value).toEqual([CHAIR]);
  choice.toggle(CHAIR);
  expect(primary.value.kind).toBe("nothing");
});

it("ends where something else is chosen elsewhere", () => {
  choice.put([CHAIR, TABLE]);
  primary.value = KEY;
  expect(choice.all.value).toEqual([KEY]);
});

it("hides by scene, and shows all of it again", () => {
  choice.hide([CHAIR], true);
  expect(choice.isHidden(CHAIR)).toBe(true);
  scene = "2";
  expect(choice.isHidden(CHAIR)).toBe(false);
  expect(choice.hidesSome).toBe(false);
  scene = "1";
  choice.showAll();
  expect(choice.isHidden(CHAIR)).toBe(false);
});

it("isolates pieces and lamps, never people, and the same again ends it", () => {
  choice.isolate([TABLE]);
  expect([CHAIR, TABLE, KEY].map((item) => choice.isHidden(item))).toEqual([
    true,
    false,
    true,
  ]);
  expect(choice.isHidden({ kind: "character", id: "ann" })).toBe(false);
  choice.isolate([TABLE]);
  expect(choice.isHidden(CHAIR)).toBe(false);
});

it("isolates nothing where only people are chosen", () => {
  choice.isolate([{ kind: "character", id: "ann" }]);
  expect(choice.isAlone).toBe(false);
});
