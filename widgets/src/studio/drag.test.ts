import { beforeEach, expect, it } from "vitest";
import { makeStudio, type Studio } from "./context";
import { follow } from "./drag";
import { press } from "./keys";

type Sent = { kind: string; edit?: { focal_length_mm: number }; last?: boolean };

let sent: Sent[];
let studio: Studio;
let handle: HTMLElement;

const pointer = (type: string, pointerId: number, clientX: number) =>
  Object.assign(new Event(type, { bubbles: true }), { pointerId, clientX, clientY: 0 });

const take = (pointerId: number) => {
  const down = pointer("pointerdown", pointerId, 0);
  Object.defineProperty(down, "currentTarget", { value: handle });
  follow(studio, down as unknown as PointerEvent, {
    edit: ({ dx }) =>
      dx === 0 ? null : { kind: "set_lens", shot: "1a", focal_length_mm: dx },
  });
};

beforeEach(() => {
  sent = [];
  studio = makeStudio({
    send: (content) => sent.push(content as Sent),
    listen: () => () => undefined,
  });
  handle = document.createElement("i");
  Object.assign(handle, {
    setPointerCapture: () => undefined,
    hasPointerCapture: () => false,
  });
  document.body.replaceChildren(handle);
});

const lasts = () => sent.filter(({ last }) => last).map((one) => one.edit);

it("ends where its pointer is let go, though its handle was drawn anew", () => {
  take(1);
  window.dispatchEvent(pointer("pointermove", 1, 20));
  handle.remove();
  window.dispatchEvent(pointer("pointerup", 1, 20));
  expect(lasts()).toMatchObject([{ focal_length_mm: 20 }]);
  expect(studio.store.dragging.value).toBe("");
});

it("takes no part from a second finger", () => {
  take(1);
  window.dispatchEvent(pointer("pointermove", 1, 20));
  take(2);
  window.dispatchEvent(pointer("pointermove", 2, 90));
  window.dispatchEvent(pointer("pointerup", 2, 90));
  expect(lasts()).toEqual([]);
  window.dispatchEvent(pointer("pointerup", 1, 20));
  expect(lasts()).toMatchObject([{ focal_length_mm: 20 }]);
});

it("settles turns of the wheel before it begins", () => {
  let settled = 0;
  studio.cancelDrag.value = () => undefined;
  studio.settleDrag.value = () => {
    settled += 1;
    studio.cancelDrag.value = studio.settleDrag.value = undefined;
  };
  take(1);
  expect(settled).toBe(1);
  expect(studio.cancelDrag.value).toBeDefined();
});

it("leaves sliders their arrows, and a held space plays once", () => {
  const slider = Object.assign(document.createElement("input"), { type: "range" });
  const key = (name: string, target: Element, repeat = false) => {
    const event = { key: name, target, repeat };
    return press(studio, event as unknown as KeyboardEvent);
  };
  expect(key("ArrowLeft", slider)).toBe(false);
  expect(key("ArrowLeft", handle)).toBe(true);
  studio.gizmo.value = "select";
  expect(key("w", handle, true)).toBe(true);
  expect(studio.gizmo.value).toBe("select");
});

it("ends where the pointer was let go, though no move said so", () => {
  take(7);
  window.dispatchEvent(pointer("pointermove", 7, 20));
  window.dispatchEvent(pointer("pointerup", 7, 55));
  expect(lasts()).toMatchObject([{ focal_length_mm: 55 }]);
});

it("gives a ticked box its space, and the studio all other keys", () => {
  const box = Object.assign(document.createElement("input"), { type: "checkbox" });
  const key = (name: string) =>
    press(studio, { key: name, target: box } as unknown as KeyboardEvent);
  expect(key(" ")).toBe(false);
  expect(key("q")).toBe(true);
});

it("leaves all as it was where it ends as it began", () => {
  take(8);
  window.dispatchEvent(pointer("pointermove", 8, 20));
  window.dispatchEvent(pointer("pointermove", 8, 0));
  expect(sent.filter(({ kind }) => kind === "cancel")).toHaveLength(1);
  window.dispatchEvent(pointer("pointermove", 8, 0));
  window.dispatchEvent(pointer("pointerup", 8, 0));
  expect(sent.map(({ kind }) => kind)).toEqual(["edit", "cancel"]);
  expect(studio.store.dragging.value).toBe("");
});

it("goes on after it was as it began", () => {
  take(9);
  for (const x of [20, 0]) window.dispatchEvent(pointer("pointermove", 9, x));
  window.dispatchEvent(pointer("pointerup", 9, 45));
  expect(lasts()).toMatchObject([{ focal_length_mm: 45 }]);
});
