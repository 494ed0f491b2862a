import { h, render } from "preact";
import { Group, Vector3 } from "three";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { PlaceSent } from "../../messages";
import fixture from "../../stage/fixture.json";
import { makeStudio, type Studio, StudioContext } from "../context";
import type { Selection } from "../state";
import { bring } from "./bring";
import { hold } from "./hands";
import { HoldBar } from "./holdbar";
import { Pane } from "./panes";
import { SHOWN } from "./shown";
import { Space } from "./space";

// All but the drawing: no page here has a graphics card.
vi.mock("./painter", () => ({
  Painter: class {
    software = false;
    canvas = document.createElement("canvas");
    touch = () => undefined;
    relight = vi.fn();
    castShadows = vi.fn();
    resize = () => undefined;
    dispose = () => undefined;
  },
}));

type Sent = { kind: string; edit?: { kind: string; [field: string]: unknown } };
const TABLE: Selection = { kind: "piece", id: "table-4" };
const LAMP: Selection = { kind: "piece", id: "lamp-5" };
const SIDE_PX = 400;

let studio: Studio;
let sent: Sent[];
let hear: (content: unknown, buffers: readonly DataView[]) => void;
let space: Space;
let pane: Pane;
let ends: () => void;

const lay = (id: string, kind: string, at: number[], size: number[]) => ({
  id,
  kind,
  position_m: at,
  yaw_deg: 0,
  size_m: size,
});

const PLACE = {
  v: 1,
  kind: "place",
  revision: 1,
  scene: "1",
  set: {
    pieces: [
      lay("floor-1", "floor", [0, 0, 0], [6, 0.1, 6]),
      lay("wall-2", "wall", [0, 0, -3], [6, 2.7, 0.1]),
      lay("wall-3", "wall", [-3, 0, 0], [0.1, 2.7, 6]),
      lay("table-4", "table", [0.9, 0, -0.6], [1.2, 0.75, 0.8]),
      lay("lamp-5", "lamp", [-2.2, 0, -2.2], [0.3, 1.5, 0.3]),
      lay("glass-door-6", "glass-door", [2.9, 0, -1], [0.02, 2, 1.4]),
    ],
    spots: [],
  },
  lights: fixture.header.lights,
  blocking: [
    {
      character: "ann",
      marks: [
        { position_m: [-0.7, 0, 0.3], facing_deg: 0, arrive_frame: 0, leave_frame: 9 },
      ],
    },
  ],
  walks: [],
} as unknown as PlaceSent;

beforeEach(() => {
  sent = [];
  studio = makeStudio({
    send: (content) => sent.push(content as Sent),
    listen(heard) {
      hear = heard;
      return () => undefined;
    },
  });
  studio.store.open();
  const { header, payload } = fixture;
  const bytes = () =>
    new DataView(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0)).buffer);
  const shot = { id: "shot-1a", slate: "1A", first_frame: 0, length_frames: 12 };
  const scene = { id: "1", number: "1", length_frames: 12, shots: [shot], beats: [] };
  const people = [{ id: "ann", name: "Ann" }];
  const film = { title: "", scenes: [scene], characters: people };
  hear({ v: 1, kind: "film", revision: 1, film }, []);
  const { shot: own, camera } = header;
  const travel = camera.focal_length_mm;
  const rest = { revision: 1, shot: own, camera, travel, key_frames: [0] };
  hear({ v: 1, kind: "tracks", ...rest, key_shares: [0] }, [bytes()]);
  hear(PLACE, []);
  const blocks = [{ key: "all", size_bytes: header.payload_bytes, sent: true }];
  const stage = { v: 1, kind: "stage", revision: 1, shot: "shot-1a", header, blocks };
  hear(stage, [bytes()]);
  const element = document.createElement("div");
  document.body.append(element);
  const box = { left: 0, top: 0, width: SIDE_PX, height: SIDE_PX };
  element.getBoundingClientRect = () => box as DOMRect;
  element.setPointerCapture = () => undefined;
  element.hasPointerCapture = () => false;
  space = new Space(studio.store, element);
  pane = new Pane("plan", element, () => undefined);
  space.panes.push(pane);
  pane.resize(SIDE_PX, SIDE_PX);
  pane.frame(new Vector3(), 3.5);
  pane.camera.updateMatrixWorld();
  space.open(studio.store.stage.value);
  space.track(studio.store.track.value);
  space.show(0);
  space.dress();
  ends = hold(studio, space, pane);
});

afterEach(() => {
  ends();
  space.dispose();
  document.body.replaceChildren();
});

/** A pointer over a place of the floor. */
function pointer(kind: string, x: number, z: number, more: object = {}): PointerEvent {
  const at = pane.toScreen(new Vector3(x, 0, z)) ?? { x: 0, y: 0 };
  const where = {
    clientX: at.x,
    clientY: at.y,
    pointerId: 1,
    button: 0,
    bubbles: true,
  };
  return new PointerEvent(kind, { ...where, cancelable: true, ...more });
}

function press(x: number, z: number, more: object = {}): void {
  pane.element.dispatchEvent(pointer("pointerdown", x, z, more));
}

function release(x: number, z: number, more: object = {}): void {
  const event = pointer("pointerup", x, z, more);
  pane.element.dispatchEvent(event);
}

const click = (x: number, z: number, more: object = {}) => {
  press(x, z, more);
  release(x, z, more);
};
const edits = () => sent.filter(({ kind }) => kind === "edit").map(({ edit }) => edit);
const chosen = () => studio.store.choice.all.value;

it("chooses the piece under a click, and one more with Shift", () => {
  click(1.3, -0.8);
  expect(chosen()).toEqual([TABLE]);
  click(-2.2, -2.2, { shiftKey: true });
  expect(chosen()).toEqual([TABLE, LAMP]);
  click(1.3, -0.8, { shiftKey: true });
  expect(chosen()).toEqual([LAMP]);
});

it("lets go of all where a click is on floor or wall", () => {
  click(1.3, -0.8);
  click(-1.5, 2);
  expect(chosen()).toEqual([]);
});

it("takes neither what is locked nor what is hidden", () => {
  const { choice } = studio.store;
  choice.lock([TABLE], true);
  click(1.3, -0.8);
  expect(chosen()).toEqual([]);
  choice.hide([LAMP], true);
  space.dress();
  click(-2.2, -2.2);
  expect(chosen()).toEqual([]);
});

it("drags all that is chosen as one edit of one drag, drawn at once", () => {
  studio.store.snaps.value = false;
  studio.store.choice.put([LAMP, TABLE]);
  space.dress();
  press(1.3, -0.8);
  window.dispatchEvent(pointer("pointermove", 1.8, -0.5));
  const carried = () =>
    space.world?.scene.children.filter(({ userData }) => userData.piece) ?? [];
  expect(
    carried()
      .map(({ userData }) => userData.piece)
      .sort(),
  ).toEqual(["lamp-5", "table-4"]);
  expect(space.hint.value?.text).toBe("0.58 m");
  window.dispatchEvent(pointer("pointerup", 1.8, -0.5));
  const last = edits().at(-1) as { kind: string; edits: { position_m: number[] }[] };
  expect(last.kind).toBe("together");
  const at = last.edits.map(({ position_m: [x, , z] }) => [x, z]);
  expect(at[0]?.[0]).toBeCloseTo(-1.7, 2);
  expect(at[1]?.[0]).toBeCloseTo(1.4, 2);
  expect(at[1]?.[1]).toBeCloseTo(-0.3, 2);
  expect(new Set(sent.flatMap((one) => ("drag" in one ? [one.drag] : []))).size).toBe(
    1,
  );
});

it("drags nothing by a piece that is not chosen: the view goes instead", () => {
  press(1.3, -0.8);
  window.dispatchEvent(pointer("pointermove", 1.8, -0.5));
  window.dispatchEvent(pointer("pointerup", 1.8, -0.5));
  expect(edits()).toEqual([]);
});

it("chooses what a frame is drawn round, walls and floor left out", () => {
  press(-2.7, -2.7, { shiftKey: true });
  pane.element.dispatchEvent(pointer("pointermove", 1.6, 0.1));
  release(1.6, 0.1, { shiftKey: true });
  expect(chosen().filter(({ kind }) => kind === "piece")).toEqual([TABLE, LAMP]);
});

it("shows what an answer moved or took out before the set is baked anew", () => {
  const { set } = PLACE;
  const pieces = set.pieces.filter(({ id }) => id !== "lamp-5");
  hear({ ...PLACE, revision: 2, set: { ...set, pieces } }, []);
  space.dress();
  click(-2.2, -2.2);
  expect(chosen()).toEqual([]);
});

it("draws focus, rig and the ghosts of who is in the shot, and only what is asked", () => {
  const complaints = vi.spyOn(console, "error");
  const drawn = () =>
    space.world?.scene.children.filter((child) => child instanceof Group) ?? [];
  const count = () =>
    drawn().reduce((sum, group) => {
      group.traverse(() => {
        sum += 1;
      });
      return sum;
    }, 0);
  space.show(5);
  space.shown = { ...SHOWN, ghosts: true };
  space.pick(pane, pointer("pointermove", 0, 0));
  const all = count();
  space.shown = { ...SHOWN, ghosts: false, focus: false, rig: false };
  space.dress();
  expect(count()).toBeLessThan(all - 5);
  expect(complaints).not.toHaveBeenCalled();
});

it("brings what is dropped to where it is dropped", () => {
  const piece = { name: "chair", group: "seats", size_m: [0.5, 0.9, 0.5] } as const;
  const event = pointer("pointerup", 1, 2);
  const what = { kind: "piece", piece: { ...piece, words: "", high_m: 0 } } as const;
  bring(studio, space, what, { pane, event });
  const [edit] = edits();
  expect(edit).toMatchObject({ kind: "add_piece", stock: "chair", scene: "1" });
  const [x, y, z] = (edit?.position_m ?? []) as number[];
  expect([x, y, z].map((metres) => Number(metres?.toFixed(2)))).toEqual([1, 0, 2]);
  bring(studio, space, { kind: "person", character: "" });
  expect(edits().at(-1)?.kind).toBe("add_person");
});

it("says in numbers where the chosen is, and takes a typed one", async () => {
  studio.store.choice.put([TABLE]);
  const bar = document.createElement("div");
  document.body.append(bar);
  const view = h(StudioContext.Provider, { value: studio, children: h(HoldBar, {}) });
  render(view, bar);
  const fields = [...bar.querySelectorAll("input")];
  expect(fields.map(({ value }) => value)).toEqual(["0.90", "0.00", "-0.60", "0.0"]);
  expect(bar.querySelector("b")?.textContent).toBe("table");
  const [x] = fields;
  if (!x) throw new Error("No field.");
  x.value = "1.25";
  x.dispatchEvent(new Event("input", { bubbles: true }));
  await Promise.resolve();
  x.dispatchEvent(new FocusEvent("blur", { bubbles: true }));
  x.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  expect(edits()).toEqual([
    { kind: "place_piece", scene: "1", piece: "table-4", position_m: [1.25, 0, -0.6] },
  ]);
  render(null, bar);
});

it("builds the set anew for the first lamp in it, where light lies on vertices", () => {
  const opened = studio.store.stage.value;
  if (!opened) throw new Error("The set is not there.");
  const { stage } = opened;
  const [light] = PLACE.lights;
  const lit = (kind: string) => [{ ...light, id: kind, kind }] as PlaceSent["lights"];
  (space.painter as { software: boolean }).software = true;
  const header = { ...stage.header, lights: lit("sun") };
  space.open({ ...opened, stage: { ...stage, header } });
  space.show(3);
  studio.store.place.value = { ...PLACE, lights: lit("sun") };
  space.dress();
  const day = space.world;
  studio.store.place.value = { ...PLACE, lights: lit("point") };
  space.dress();
  const night = space.world;
  expect(night).not.toBe(day);
  expect(night?.stage.header.lights.map(({ kind }) => kind)).toEqual(["point"]);
  space.dress();
  expect(space.world).toBe(night);
});

it("leaves people as they stand where only the camera is another", () => {
  const [figure] = space.world?.figures ?? [];
  const [track] = studio.store.tracks.value.values();
  if (!figure || !track) throw new Error("Nobody is there.");
  space.pick(pane, pointer("pointerdown", 0, 0));
  const posed = vi.spyOn(figure, "pose");
  space.track({ ...track });
  space.show(0);
  space.pick(pane, pointer("pointerdown", 0, 0));
  expect(posed).not.toHaveBeenCalled();
  space.show(1);
  space.pick(pane, pointer("pointerdown", 0, 0));
  expect(posed).toHaveBeenCalledTimes(1);
});
