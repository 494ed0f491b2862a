import { createElement, render } from "preact";
import { expect, it } from "vitest";
import { Slider } from "./controls";

function slider() {
  const told: [number, boolean][] = [];
  const into = document.createElement("div");
  document.body.replaceChildren(into);
  const props = { label: "Age", tip: "Age", min: 0, max: 90, step: 1, value: 30 };
  const onSlide = (value: number, last: boolean) => told.push([value, last]);
  render(createElement(Slider, { ...props, show: String, onSlide }), into);
  const input = into.querySelector("input");
  if (!input) throw new Error("a slider is an input");
  const step = (value: number) => {
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    input.value = String(value);
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new Event("change"));
  };
  return { told, input, step };
}

it("is one slide while an arrow is held", () => {
  const { told, input, step } = slider();
  for (const value of [31, 32, 33]) step(value);
  expect(told.some(([, last]) => last)).toBe(false);
  input.dispatchEvent(new KeyboardEvent("keyup", { key: "ArrowRight" }));
  expect(told.at(-1)).toEqual([33, true]);
  expect(told.filter(([, last]) => last)).toHaveLength(1);
});

it("ends where the pointer lets go", () => {
  const { told, input } = slider();
  input.value = "50";
  input.dispatchEvent(new Event("input"));
  input.dispatchEvent(new Event("change"));
  expect(told).toEqual([
    [50, false],
    [50, true],
  ]);
});
