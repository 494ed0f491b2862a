import { beforeEach, expect, it } from "vitest";
import { makeStudio, type Studio } from "../context";
import type { Selection } from "../state";
import { chooseNew, double, hide, remove, stageKey } from "./commands";
import { PLACE } from "./fixtures";

let studio: Studio;
let sent: { kind: string; edit?: unknown }[];

const piece = (id: string): Selection => ({ kind: "piece", id });

beforeEach(() => {
  sent = [];
  studio = makeStudio({
    send: (content) => sent.push(content as (typeof sent)[number]),
    listen: () => () => undefined,
  });
  studio.store.place.value = PLACE;
});

const edits = () => sent.filter(({ kind }) => kind === "edit").map(({ edit }) => edit);

it("takes out what stands on a table before the table, in one step", () => {
  studio.store.choice.put([piece("table"), piece("cup")]);
  remove(studio);
  expect(edits()).toEqual([
    {
      kind: "together",
      edits: [
        { kind: "remove_piece", scene: "scene-1", piece: "cup" },
        { kind: "remove_piece", scene: "scene-1", piece: "table" },
      ],
    },
  ]);
  expect(studio.store.selected.value.kind).toBe("nothing");
});

it("takes out later marks first, so that the others keep their numbers", () => {
  const mark = (index: number): Selection => ({
    kind: "mark",
    character: "ann",
    index,
  });
  studio.store.choice.put([mark(0), mark(1)]);
  remove(studio);
  expect(edits()).toMatchObject([{ edits: [{ index: 1 }, { index: 0 }] }]);
});

it("leaves alone what is locked", () => {
  studio.store.choice.lock([piece("table")], true);
  studio.store.choice.put([piece("table")]);
  remove(studio);
  double(studio);
  expect(edits()).toEqual([]);
});

it("chooses the copies once they are there", async () => {
  studio.store.choice.put([piece("chair")]);
  double(studio);
  expect(edits()).toEqual([
    { kind: "duplicate_piece", scene: "scene-1", piece: "chair" },
  ]);
  const { set } = PLACE;
  const copy = { ...set.pieces[2], id: "chair-2" } as (typeof set.pieces)[number];
  const pieces = [...set.pieces, copy];
  studio.store.place.value = { ...PLACE, set: { ...set, pieces } };
  await Promise.resolve();
  expect(studio.store.choice.all.value).toEqual([piece("chair-2")]);
});

it("does not choose what comes with another scene", async () => {
  chooseNew(studio.store);
  studio.store.place.value = { ...PLACE, scene: "scene-2", lights: [] };
  await Promise.resolve();
  expect(studio.store.selected.value.kind).toBe("nothing");
});

it("hides what is chosen and lets go of it", () => {
  studio.store.choice.put([piece("table"), { kind: "character", id: "ann" }]);
  hide(studio);
  expect(studio.store.choice.isHidden(piece("table"))).toBe(true);
  expect(studio.store.choice.all.value).toEqual([]);
});

it("takes its keys, and no others", () => {
  const press = (key: string, more: object = {}) =>
    stageKey(studio, { key, ...more } as KeyboardEvent);
  expect(press("Delete")).toBe(false);
  studio.store.choice.put([piece("chair")]);
  expect(press("d")).toBe(false);
  expect(press("d", { ctrlKey: true })).toBe(true);
  expect(press("r")).toBe(true);
  expect(studio.gizmo.value).toBe("size");
  expect(press("Delete")).toBe(true);
  expect(edits()).toMatchObject([
    { kind: "duplicate_piece" },
    { kind: "remove_piece" },
  ]);
});
