import { describe, expect, it } from "vitest";
import type { CameraMove } from "../../schema";
import { fromHex, toHex } from "./colors";
import { easeOf, spokenOf, wordsOf } from "./words";

const RATE = { numerator: 24, denominator: 1 };
const move = (changed: Partial<CameraMove>): CameraMove => ({
  kind: "push in",
  amount: 1.2,
  start_frame: 0,
  length_frames: null,
  ease_in: 0.3,
  ease_out: 0.3,
  subject: "",
  ...changed,
});

describe("a move in words", () => {
  it("says where it begins, so that the move before it does not decide", () => {
    expect(wordsOf(move({}))).toBe("push in 1.2 m, from frame 0");
  });

  it("says which way, how long, how eased and on whom", () => {
    const pan = move({
      kind: "pan",
      amount: -20,
      start_frame: 48,
      length_frames: 72,
      ease_in: 0,
      ease_out: 0.6,
      subject: "ann",
    });
    expect(wordsOf(pan)).toBe(
      "pan right 20 deg over 72 frames, ease out, from frame 48, on ann",
    );
    expect(spokenOf(pan, RATE, "Ann")).toBe("pan right 20 ° over 3 s on Ann");
  });

  it("keeps an ease that has no word of its own", () => {
    const own = move({ kind: "zoom", amount: 70, ease_in: 0.25, ease_out: 0.1 });
    expect(easeOf(own)).toBeUndefined();
    expect(wordsOf(own)).toBe(
      "zoom to 70 mm, ease in 25 %, ease out 10 %, from frame 0",
    );
  });
});

describe("colours", () => {
  it("go to the screen and back within a step of it", () => {
    for (const hex of ["#000000", "#808080", "#e9a23b", "#ffffff"])
      expect(toHex(fromHex(hex))).toBe(hex);
  });

  it("are linear in the model", () => {
    expect(fromHex("#808080")[0]).toBeCloseTo(0.2158, 3);
  });
});
