import { describe, expect, it } from "vitest";
import { rateName, seconds, timecode } from "./timecode";

const rate = (numerator: number, denominator = 1) => ({ numerator, denominator });

describe("timecode", () => {
  it.each([
    [rate(24), 0, "00:00:00:00"],
    [rate(24), 86399, "00:59:59:23"],
    [rate(24000, 1001), 24, "00:00:01:00"],
    [rate(25), 90000, "01:00:00:00"],
    [rate(30000, 1001), 1799, "00:00:59;29"],
    [rate(30000, 1001), 1800, "00:01:00;02"],
    [rate(30000, 1001), 17982, "00:10:00;00"],
    [rate(60000, 1001), 3600, "00:01:00;04"],
  ])("counts %j frame %i as SMPTE does", (at, frame, expected) => {
    expect(timecode(at, frame)).toBe(expected);
  });
});

describe("rates", () => {
  it("are named as people write them", () => {
    const rates = [rate(24), rate(30), rate(24000, 1001), rate(30000, 1001)];
    expect(rates.map(rateName)).toEqual(["24", "30", "23.976", "29.97"]);
  });

  it("last exactly as long as the fraction says", () => {
    expect(seconds(rate(24000, 1001), 24000)).toBe(1001);
  });
});
