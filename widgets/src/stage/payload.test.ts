import { describe, expect, it } from "vitest";
import fixture from "./fixture.json";
import { crc32, decode, StageError, triangleCount } from "./payload";

const bytes = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
const header = JSON.stringify(fixture.header);

function viewAt(offset: number): DataView {
  const shifted = new Uint8Array(bytes.length + offset + 3);
  shifted.set(bytes, offset);
  return new DataView(shifted.buffer, offset, bytes.length);
}

function changed(fields: Record<string, unknown>): string {
  return JSON.stringify({ ...fixture.header, ...fields });
}

describe("decode", () => {
  it("reads what Python baked, wherever the message's buffer starts", () => {
    for (const offset of [0, 1, 4, 7]) {
      const stage = decode(header, viewAt(offset));
      expect(stage.set.positions.length % 3).toBe(0);
      expect(stage.camera.focalLengthMm[0]).toBe(28);
      expect(stage.camera.focalLengthMm[11]).toBe(32);
      expect(stage.figures.map((figure) => figure.frames)).toEqual([12, 2]);
    }
  });

  it("puts a figure where the stage has it", () => {
    const stage = decode(header, viewAt(0));
    const [ann] = stage.figures;
    const [track] = stage.header.figures;
    if (!ann || !track) throw new Error("the fixture has two figures");
    const row = ann.positions.subarray(11 * ann.vertices * 3);
    for (const axis of [0, 1, 2] as const) {
      const values = [...row]
        .filter((_, i) => i % 3 === axis)
        .map((count) => track.origin_m[axis] + count * track.step_m);
      expect(Math.min(...values)).toBeCloseTo(fixture.ann_at_11.low[axis] ?? 0, 4);
      expect(Math.max(...values)).toBeCloseTo(fixture.ann_at_11.high[axis] ?? 0, 4);
    }
  });

  it("moves a thing only while it is there", () => {
    const [cup] = decode(header, viewAt(0)).things;
    if (!cup) throw new Error("the fixture has a cup");
    const there = [...Array(12).keys()].filter(
      (frame) => cup.worldFromThing[frame * 16 + 15] === 1,
    );
    expect(there).toEqual([4, 5, 6, 7, 8, 9]);
    expect(cup.worldFromThing[7 * 16 + 3]).toBeCloseTo(0.7, 9);
    expect(Math.max(...cup.positions)).toBeCloseTo(0.08, 5);
  });

  it("counts triangles of set, people and things", () => {
    expect(triangleCount(decode(header, viewAt(0)))).toBe(6 * 12 + 2 * 3 * 12 + 12);
  });

  it.each([
    ["empty", "", undefined, /No stage arrived/],
    ["cut short", header, new DataView(bytes.buffer, 0, 80), /80 of \d+ bytes/],
    ["missing payload", header, undefined, /0 of \d+ bytes/],
    [
      "of a later protocol",
      changed({ protocol_version: 99 }),
      viewAt(0),
      /protocol 99/,
    ],
    ["no stage at all", "null", undefined, /protocol unknown/],
  ])("explains a message that is %s", (_, text, payload, message) => {
    expect(() => decode(text, payload)).toThrow(StageError);
    expect(() => decode(text, payload)).toThrow(message);
  });

  it("refuses an array that points past the payload", () => {
    const camera = { ...fixture.header.camera };
    const focal_length_mm = {
      ...camera.focal_length_mm,
      offset_bytes: 8 * bytes.length,
    };
    const text = changed({ camera: { ...camera, focal_length_mm } });
    expect(() => decode(text, viewAt(0))).toThrow(/damaged/);
  });

  it("refuses a camera of another length than the shot", () => {
    const shot = { ...fixture.header.shot, length_frames: 13 };
    expect(() => decode(changed({ shot }), viewAt(0))).toThrow(/12 of 13 frames/);
  });
});

describe("crc32", () => {
  it("agrees with zlib on the standard's check value", () => {
    expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });
});
