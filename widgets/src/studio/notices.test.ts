import { expect, test } from "vitest";
import { LAST_MS, Notices, READ_MS } from "./notices";

const texts = (notices: Notices) => notices.shown.value.map(({ text }) => text);

test("a refusal stays to be read, and goes once a later edit succeeds", () => {
  const notices = new Notices();
  notices.add("no", 4, 0);
  notices.tidy(5, READ_MS - 1);
  expect(texts(notices)).toEqual(["no"]);
  notices.tidy(4, READ_MS + 1);
  expect(texts(notices)).toEqual(["no"]);
  notices.tidy(5, READ_MS + 1);
  expect(texts(notices)).toEqual([]);
});

test("one does not replace another unread, and the same is counted", () => {
  const notices = new Notices();
  for (const [at, text] of ["a", "b", "a", "c", "d"].entries())
    notices.add(text, 1, at);
  expect(notices.shown.value.map(({ text, count }) => `${text}${count}`)).toEqual([
    "a2",
    "c1",
    "d1",
  ]);
});

test("none goes while a hand rests on one, and all go in the end", () => {
  const notices = new Notices();
  notices.add("no", 1, 0);
  notices.held = true;
  notices.tidy(9, LAST_MS * 2);
  expect(texts(notices)).toEqual(["no"]);
  notices.held = false;
  notices.tidy(1, LAST_MS + 1);
  expect(texts(notices)).toEqual([]);
});

test("what can be mended keeps its offer until it goes", () => {
  const notices = new Notices();
  const edit = {
    kind: "frame_again",
    shots: [{ shot: "1A", by_m: [0, 1, 0] }],
  } as const;
  notices.add("1A no longer frames Ann.", 1, 0, {
    label: "Frame again",
    tip: "",
    edit,
  });
  expect(notices.shown.value[0]?.offer?.edit).toEqual(edit);
});
