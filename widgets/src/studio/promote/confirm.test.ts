import { expect, test } from "vitest";
import type { PlanSent, SignalUse } from "../../queue";
import { alike, foreseen, orderWords } from "./confirm";

const plan = (...shots: PlanSent["shots"]): PlanSent => ({
  kind: "plan",
  number: 1,
  shots,
  rows: [],
  uses: [],
  warnings: [],
  refused: "",
});
const shot = (seconds: number | null, cost_usd: number | null = null) => ({
  slate: "1A",
  length_frames: 10,
  seconds,
  cost_usd,
});

test("time and money of several shots are added, and what is open is said", () => {
  expect(foreseen(plan(shot(60), shot(65)))).toBe("about 2:05");
  expect(foreseen(plan(shot(60, 1.5), shot(null, 2)))).toBe(
    "about 1:00, 1 not measured yet · $3.50",
  );
  expect(foreseen(plan(shot(null)))).toBe("time not measured yet");
});

test("signals of one fate for one reason share a line, the used first", () => {
  const use = (signal: string, fate: SignalUse["fate"], how: string) => ({
    signal,
    fate,
    how,
  });
  const rows = alike([
    use("depth", "merged", "inside"),
    use("prompt", "dropped", "unread"),
    use("camera", "used", "traced"),
    use("normal", "merged", "inside"),
  ]);
  expect(rows.map(({ signals, fate }) => `${fate}: ${signals.join()}`)).toEqual([
    "used: camera",
    "merged: depth,normal",
    "dropped: prompt",
  ]);
});

test("an order says whether it is of a proof or the whole take, of one shot or more", () => {
  const words = (slates: string[], proof: boolean) => {
    const { heading, what, button } = orderWords(slates, proof);
    return [heading, what, button];
  };
  expect(words(["1A"], true)).toEqual([
    "Proof of 1A",
    "its first, middle and last frame at full quality",
    "Make a proof of 1A",
  ]);
  expect(words(["1A", "2B"], true)).toEqual([
    "Proofs of 2 shots",
    "1A 2B",
    "Make proofs of 2 shots",
  ]);
  expect(words(["1A"], false)).toEqual([
    "Promote 1A",
    "the same shot at full quality",
    "Promote 1A",
  ]);
  expect(orderWords(["1A", "2B"], false).button).toBe("Promote 2 shots");
});
