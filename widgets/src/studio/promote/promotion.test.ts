import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { QueueAsked } from "../../messages";
import type { FromQueuePage, LeftOutShot, ToQueuePage } from "../../queue";
import { Link } from "../link";
import { Promotion, parts } from "./promotion";

let asked: FromQueuePage[];
let tell: (told: ToQueuePage, page?: string) => void;
let promotion: Promotion;
let close: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  let hear: (content: unknown, buffers: readonly DataView[]) => void;
  const wire = {
    send: (content: unknown) => asked.push((content as QueueAsked).asked),
    listen: (heard: typeof hear) => {
      hear = heard;
      return () => undefined;
    },
  };
  const link = new Link(wire);
  promotion = new Promotion(link, wire);
  close = promotion.open();
  tell = (told, page = link.page) =>
    hear({ v: 1, kind: "queue", page, told, sizes_bytes: [] }, []);
});
afterEach(() => {
  close();
  vi.useRealTimers();
});

const last = (kind: string) => asked.filter((one) => one.kind === kind).at(-1);
const plan = (number: number) =>
  ({
    kind: "plan",
    number,
    shots: [],
    rows: [],
    uses: [],
    warnings: [],
    refused: "",
  }) as const;
const promoted = (number: number, refused = "", left_out: LeftOutShot[] = []) =>
  ({ kind: "promoted", number, jobs: [], left_out, refused }) as const;

test("an order is planned first, anew as it changes, and an old plan is not shown", () => {
  promotion.propose(["a", "b"]);
  expect(last("promote")).toBeUndefined();
  expect(last("plan")).toMatchObject({ number: 1, shots: ["a", "b"] });
  promotion.change({ quality: "final" });
  promotion.change({ backend: "hosted" });
  vi.advanceTimersByTime(200);
  const order = { quality: "final", backend: "hosted" };
  expect(last("plan")).toMatchObject({ number: 2, order });
  tell(plan(1));
  expect(promotion.plan.value).toBeNull();
  tell(plan(2), "another page");
  expect(promotion.plan.value).toBeNull();
  tell(plan(2));
  expect(promotion.plan.value?.number).toBe(2);
});

test("once given it closes and shows the queue; where it is refused it stays", () => {
  promotion.propose(["a"]);
  promotion.give();
  promotion.give();
  expect(asked.filter(({ kind }) => kind === "promote")).toHaveLength(1);
  tell(promoted(2, "No disk."));
  expect(promotion.refused.value).toBe("No disk.");
  expect(promotion.draft.value).not.toBeNull();
  promotion.give();
  const needs = "7 frames would cost $2.00";
  const left = "$0.50 was left";
  tell(promoted(3, "", [{ slate: "2B", by: "the budget", needs, left }]));
  expect(promotion.refused.value).toBe(
    "The budget does not hold 2B: 7 frames would cost $2.00, $0.50 was left.",
  );
  promotion.give();
  tell(promoted(4));
  expect(promotion.draft.value).toBeNull();
  expect(promotion.shown.value).toEqual({ part: "queue", times: 1 });
});

test("pictures beside an answer are told apart by their sizes", () => {
  const bytes = new Uint8Array([1, 2, 3, 4, 5, 6]);
  const payload = new DataView(bytes.buffer, 1, 5);
  const views = parts(payload, [2, 3]).map((part) => [
    ...new Uint8Array(part.buffer, part.byteOffset, part.byteLength),
  ]);
  expect(views).toEqual([
    [2, 3],
    [4, 5, 6],
  ]);
});
