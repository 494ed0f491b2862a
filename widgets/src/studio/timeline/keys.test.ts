import { describe, expect, it } from "vitest";
import type { SceneCard } from "../../messages";
import { flights } from "./acting";
import { copied, pasted } from "./copies";
import { bounds, handle, slopeAt, slopeOf, steepest } from "./curve";
import { extent, moved, room, shifted, spread, type TimelineKey } from "./keys";

const key = (track: TimelineKey["track"], index: number, at: number): TimelineKey => ({
  name: `${track}/a//${index}`,
  track,
  of: "a",
  part: "",
  index,
  at,
  base: 100,
  least: 100,
  most: 195,
});
const path = [key("camera", 0, 100), key("camera", 1, 130), key("camera", 2, 160)];
const pulls = [key("focus", 0, 110), key("focus", 1, 112)];
const all = [...path, ...pulls];
const frames = (edit: ReturnType<typeof shifted>) =>
  edit?.kind === "move_keys" ? edit.keys.map(({ frame }) => frame) : [];

describe("picked keys", () => {
  it("move together by as much as the shot and their neighbours leave", () => {
    expect(room([path[1] as TimelineKey], all)).toEqual([-29, 29]);
    expect(room(path, all)).toEqual([0, 35]);
    expect(room(pulls, all)).toEqual([-10, 83]);
    expect(frames(shifted("1", path, all, 500))).toEqual([35, 65, 95]);
    expect(frames(shifted("1", path, all, -3))).toEqual([0, 30, 60]);
  });

  it("are told in frames of their own shot", () => {
    expect(frames(moved("1", pulls, ({ at }) => at + 1))).toEqual([11, 13]);
    expect(moved("1", [], ({ at }) => at)).toBeUndefined();
  });

  it("spread about the end that is not dragged", () => {
    expect(extent(path)).toEqual({ first: 100, last: 160 });
    expect(path.map(spread(path, "last", 190))).toEqual([100, 145, 190]);
    expect(path.map(spread(path, "first", 130))).toEqual([130, 145, 160]);
  });

  it("never leave the shot nor come to one frame when spread", () => {
    expect(path.map(spread(path, "last", 900))).toEqual([100, 148, 195]);
    expect(pulls.map(spread(pulls, "last", 60))).toEqual([110, 111]);
    const tight = path.map(spread(path, "last", 0));
    expect(new Set(tight).size).toBe(3);
  });
});

describe("copies", () => {
  const shots = [
    { id: "a", first_frame: 100, length_frames: 96 },
    { id: "b", first_frame: 196, length_frames: 20 },
  ];
  const scene = { id: "1", length_frames: 216, shots } as unknown as SceneCard;
  const put = (frame: number) =>
    ({ track: "focus", shot: "a", frame, distance_m: 2 }) as const;

  it("go to the playhead and into the shot that is there", () => {
    const copies = [110, 112].map((at) => ({ at, put: put(0) }));
    const edit = pasted(scene, copies, 200);
    if (edit?.kind !== "put_keys") throw new Error("Nothing was pasted.");
    expect(edit.keys).toEqual([
      { ...put(4), shot: "b" },
      { ...put(6), shot: "b" },
    ]);
  });

  it("leave out what would lie outside of the shot", () => {
    const copies = [110, 190].map((at) => ({ at, put: put(0) }));
    const edit = pasted(scene, copies, 200);
    expect(edit?.kind === "put_keys" && edit.keys).toHaveLength(1);
  });

  it("of moves and of what is done with a prop are whole", () => {
    const move = { kind: "push in", amount: 1, start_frame: 9 };
    const known = { shot: { camera: { moves: [move] } } } as never;
    const prop = {
      piece: { id: "a" },
      holds: [{ frame: 3, character: "ann", hand: "left" }],
      keys: [{ frame: 7, position_m: [1, 2, 3], rotation: [0, 0, 0, 1] }],
    };
    const place = { props: [prop] } as never;
    const picked = [key("move", 0, 109), key("hold", 0, 3), key("prop", 0, 7)];
    const copies = copied(picked, new Map([["a", known]]), place);
    expect(copies.map(({ put }) => put)).toEqual([
      { track: "move", shot: "a", frame: 0, move },
      { track: "hold", piece: "a", frame: 0, character: "ann", hand: "left" },
      { track: "prop", piece: "a", frame: 0, key: prop.keys[0] },
    ]);
  });

  it("of what is not known are none", () => {
    expect(copied(path, new Map(), null)).toEqual([]);
  });
});

describe("the timing curve", () => {
  const beside = { frames: [0, 30, 60], values: [0, 0.3, 1] };

  it("passes a key at most three times as steep as its flatter side", () => {
    expect(steepest(beside, 1)).toBeCloseTo(0.03);
    expect(steepest(beside, 2)).toBeCloseTo(0.07);
  });

  it("has handles that say the slope they are dragged to", () => {
    const scale = { frame: 4, value: 80 };
    for (const side of [-1, 1] as const) {
      const [x, y] = handle(0.02, scale, side);
      expect(Math.hypot(x, y)).toBeCloseTo(34);
      expect(slopeAt(x, y, scale, side, 1)).toBeCloseTo(0.02);
      expect(slopeAt(x, y, scale, side, 0.01)).toBe(0.01);
      expect(slopeAt(x, -y - 9, scale, side, 1)).toBeGreaterThanOrEqual(0);
    }
  });

  it("is as steep as its samples, at its ends too", () => {
    expect(slopeOf([0, 0.1, 0.3], 1)).toBeCloseTo(0.15);
    expect(slopeOf([0, 0.1, 0.3], 2)).toBeCloseTo(0.2);
    expect(slopeOf([1], 0)).toBe(0);
  });

  it("has room where a value stays the same", () => {
    expect(bounds([[35, 35]], 8)).toEqual([31, 39]);
    expect(bounds([[20, 60]], 8)).toEqual([20, 60]);
  });
});

it("keys that were baked are one flight", () => {
  expect(flights([5, 40, 41, 42, 44, 90])).toEqual([
    [0, 0],
    [1, 4],
    [5, 5],
  ]);
});
