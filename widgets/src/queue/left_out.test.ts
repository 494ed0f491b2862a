import { h, render } from "preact";
import { expect, test } from "vitest";
import type { LeftOutShot } from "../queue";
import { Queue } from "./queue";
import { QueueStore } from "./store";

function shown(left_out: readonly LeftOutShot[]): HTMLElement {
  let tell: (told: object) => void = () => {};
  const store = new QueueStore({
    send: () => {},
    listen(heard) {
      tell = (told) => heard(told as Parameters<typeof heard>[0], []);
      return () => {};
    },
  });
  store.open();
  tell({ kind: "queue", revision: "1", cards: [], left_out, active: false });
  const root = document.createElement("div");
  render(h(Queue, { store, alone: false }), root);
  return root;
}

test("a queue names each shot that a limit left out, and what it would take", () => {
  const shot = (slate: string, by: string) => ({
    slate,
    by,
    needs: "7 frames would cost $2.00",
    left: "nothing was left",
  });
  const queue = shown([
    shot("1C", "the budget"),
    shot("2A", "the hours"),
    shot("2B", "the budget"),
  ]);
  const parts = [...queue.querySelectorAll(".pq-left-out")].map((part) =>
    [...part.querySelectorAll("header b, header span, li b")].map(
      (told) => told.textContent,
    ),
  );
  expect(parts).toEqual([
    ["Left out by the budget", "2 shots, not in the queue", "1C", "2B"],
    ["Left out by the hours", "1 shot, not in the queue", "2A"],
  ]);
  expect(queue.textContent).toContain("7 frames would cost $2.00nothing was left");
  expect(queue.textContent).not.toContain("Nothing is promoted yet");
});

test("a queue that left nothing out says nothing of it", () => {
  expect(shown([]).querySelector(".pq-left-out")).toBeNull();
});
