import { createElement, render } from "preact";
import { beforeEach, expect, it } from "vitest";
import { Select } from "./controls";

let root: HTMLElement;
let select: HTMLSelectElement;
let picked: string[];

beforeEach(() => {
  picked = [];
  root = Object.assign(document.createElement("div"), { className: "ps-studio" });
  root.tabIndex = 0;
  document.body.replaceChildren(root);
  const options = [
    ["a", "Ann"],
    ["b", "Bo"],
  ] as const;
  const onPick = (value: string) => picked.push(value);
  render(createElement(Select, { tip: "Who", value: "a", options, onPick }), root);
  const made = root.querySelector("select");
  if (!made) throw new Error("a select is one");
  select = made;
  select.focus();
});

const pick = (value: string) => {
  select.value = value;
  select.dispatchEvent(new Event("change"));
};

it("hands the keys back to the studio once it was picked from by hand", () => {
  select.dispatchEvent(new Event("pointerdown"));
  pick("b");
  expect(picked).toEqual(["b"]);
  expect(document.activeElement).toBe(root);
});

it("keeps them while arrows go through it", () => {
  select.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown" }));
  pick("b");
  expect(document.activeElement).toBe(select);
});
