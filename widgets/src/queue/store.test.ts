import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FromQueuePage, QueueSent, ToQueuePage } from "../queue";
import { QueueStore } from "./store";

let said: FromQueuePage[];
let hear: (content: ToQueuePage, buffers: DataView[]) => void;
let store: QueueStore;
let close: () => void;

const JPEG = () => new DataView(new ArrayBuffer(4));
const queue = (revision: string, told: Partial<QueueSent> = {}): QueueSent => ({
  kind: "queue",
  revision,
  cards: [],
  left_out: [],
  active: false,
  ...told,
});
const kinds = () => said.map(({ kind }) => kind);

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  store = new QueueStore({
    send: (content) => said.push(content),
    listen(heard) {
      hear = heard;
      return () => {
        hear = () => {};
      };
    },
  });
  close = store.open();
  store.watch();
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

test("jobs that go on are asked for often, others seldom", () => {
  hear(queue("1", { active: true }), []);
  vi.advanceTimersByTime(800);
  expect(said.at(-1)).toEqual({ kind: "queue", seen: "1" });
  expect(said).toHaveLength(2);
  hear(queue("1", { cards: null }), []);
  vi.advanceTimersByTime(800);
  expect(said).toHaveLength(2);
  expect(store.cards.value).toEqual([]);
});

test("a kernel that is silent is asked again, and that is said", () => {
  vi.advanceTimersByTime(13_000);
  expect(store.silent.value).toBe(true);
  expect(kinds()).toEqual(["queue", "queue"]);
  hear(queue("2"), []);
  expect(store.silent.value).toBe(false);
});

test("one picture is asked for at a time, and once", () => {
  store.thumb("a", 0);
  store.thumb("a", 0);
  store.thumb("a", 8);
  expect(kinds()).toEqual(["queue", "thumb"]);
  hear({ kind: "thumb", job: "a", frame: 0 }, [JPEG()]);
  expect(kinds()).toEqual(["queue", "thumb", "thumb"]);
  expect(store.thumb("a", 0)).toMatch(/^blob:/);
});

test("of the frames one scrubs over only the newest is wished for", () => {
  store.thumb("a", 0);
  for (const frame of [1, 2, 3]) store.pair("a", frame);
  hear({ kind: "thumb", job: "a", frame: 0 }, [JPEG()]);
  expect(said.at(-1)).toEqual({ kind: "pair", job: "a", frame: 3 });
  hear({ kind: "pair", job: "a", frame: 3 }, [JPEG(), JPEG()]);
  expect(said).toHaveLength(3);
  expect(store.pair("a", 3)?.preview).toMatch(/^blob:/);
});

test("a picture that is not there can be asked for again", () => {
  store.pair("a", 1);
  hear({ kind: "pair", job: "a", frame: 1 }, []);
  store.pair("a", 1);
  expect(kinds()).toEqual(["queue", "pair", "pair"]);
});

test("a closed page asks no more", () => {
  close();
  vi.advanceTimersByTime(60_000);
  expect(said).toHaveLength(1);
});
