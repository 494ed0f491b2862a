import { afterEach, beforeEach, expect, it } from "vitest";
import { keepFocus } from "./focus";

let root: HTMLElement;
let inside: HTMLButtonElement;
let leave: () => void;

const settled = () => new Promise((done) => setTimeout(done));

beforeEach(() => {
  root = document.createElement("div");
  root.tabIndex = 0;
  inside = document.createElement("button");
  root.append(inside);
  document.body.replaceChildren(root);
  leave = keepFocus(root);
  inside.focus();
});

afterEach(() => leave());

it("is the studio's once the button that had it is gone", async () => {
  inside.remove();
  await settled();
  expect(document.activeElement).toBe(root);
});

it("is the studio's once the button that had it can do no more", async () => {
  inside.disabled = true;
  await settled();
  expect(document.activeElement).toBe(root);
});

it("is not taken from whoever was given it by hand", async () => {
  const cell = document.createElement("textarea");
  document.body.append(cell);
  cell.focus();
  await settled();
  inside.remove();
  await settled();
  expect(document.activeElement).toBe(cell);
  cell.blur();
  root.append(document.createElement("i"));
  await settled();
  expect(document.activeElement).toBe(document.body);
});
