import { h, render } from "preact";
import { act } from "preact/test-utils";
import { expect, it } from "vitest";
import { makeStudio, StudioContext } from "../context";
import { End } from "./end";

it("moves by the arrow keys, while held as one step of history", () => {
  const said: { kind: string; edit?: unknown; last?: boolean }[] = [];
  const studio = makeStudio({
    send: (content) => said.push(content as (typeof said)[number]),
    listen: () => () => undefined,
  });
  const root = document.createElement("div");
  document.body.append(root);
  const ease = (by: number) =>
    ({ kind: "time_move", shot: "a", index: 0, length_frames: 20 + by }) as const;
  const end = h(End, {
    class: "ps-bar-end",
    style: {},
    label: "End of truck",
    tip: "truck ends after 20 frames",
    value: 20,
    text: "after 20 frames",
    dragged: ease,
    stepped: ease,
  });
  act(() => render(h(StudioContext.Provider, { value: studio }, end), root));
  const slider = root.querySelector<HTMLElement>('[role="slider"]');
  expect(slider?.tabIndex).toBe(0);
  const press = (type: string, key: string, shiftKey = false) =>
    slider?.dispatchEvent(new KeyboardEvent(type, { key, shiftKey, bubbles: true }));
  press("keydown", "ArrowRight");
  press("keydown", "ArrowRight", true);
  press("keyup", "ArrowRight");
  const edits = said.filter(({ kind }) => kind === "edit");
  expect(edits.at(-1)).toMatchObject({ edit: ease(11), last: true });
  expect(edits.filter(({ last }) => last)).toHaveLength(1);
  render(null, root);
});
