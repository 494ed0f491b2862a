import { PerspectiveCamera, Vector3 } from "three";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FilmCard } from "../../messages";
import fixture from "../../stage/fixture.json";
import { makeStudio, type Studio } from "../context";
import { record } from "./record";
import type { Space } from "./space";

type Sent = { kind: string; edit?: { kind: string; poses: { frame: number }[] } };

const LENGTH = 12;
const camera = new PerspectiveCamera();
const controls = { target: new Vector3(), update: () => undefined };
const element = { clientWidth: 320, clientHeight: 180 };
const space = {
  panes: [{ kind: "perspective", camera, controls, element }],
  invalidate: () => undefined,
} as unknown as Space;

let studio: Studio;
let sent: Sent[];

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  let hear: (content: unknown, buffers: readonly DataView[]) => void = () => undefined;
  studio = makeStudio({
    send: (content) => sent.push(content as Sent),
    listen(heard) {
      hear = heard;
      return () => undefined;
    },
  });
  studio.store.open();
  const shot = { id: "shot-1a", slate: "1A", first_frame: 0, length_frames: LENGTH };
  const scene = {
    id: "1",
    number: "1",
    length_frames: LENGTH,
    shots: [shot],
    beats: [],
  };
  const film = { title: "", rate: { numerator: 24, denominator: 1 }, scenes: [scene] };
  hear({ v: 1, kind: "film", revision: 1, film: film as unknown as FilmCard }, []);
  const bytes = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
  const { shot: own, camera: tracks } = fixture.header;
  const travel = tracks.focal_length_mm;
  const message = {
    v: 1,
    kind: "tracks",
    revision: 1,
    shot: own,
    camera: tracks,
    travel,
  };
  hear(message, [new DataView(bytes.buffer)]);
});

afterEach(() => vi.useRealTimers());

const edits = () => sent.filter(({ kind }) => kind === "edit");

it("begins where the film's camera is and keeps the way that is flown", async () => {
  const ended = vi.fn();
  record(studio, space, ended);
  expect(camera.position.toArray()).toEqual([1.6, 1.55, 4.2]);
  await vi.advanceTimersByTimeAsync(200);
  camera.position.x += 1;
  await vi.advanceTimersByTimeAsync(1000);
  expect(ended).toHaveBeenCalledOnce();
  const [made] = edits();
  expect(made?.edit?.kind).toBe("record_move");
  const poses = made?.edit?.poses ?? [];
  expect([poses[0]?.frame, poses.at(-1)?.frame]).toEqual([0, LENGTH - 1]);
  expect(poses.at(-1)).toMatchObject({ position_m: [2.6, 1.55, 4.2] });
});

it.each([
  ["kept", (_: Studio) => undefined],
  ["thrown away", (made: Studio) => made.cancelDrag.value?.()],
])("leaves the view where it was once a take is %s", async (_, end) => {
  camera.position.set(5, 6, 7);
  camera.fov = 33;
  controls.target.set(0, 1, 0);
  record(studio, space, () => undefined);
  await vi.advanceTimersByTimeAsync(100);
  camera.position.x += 1;
  end(studio);
  await vi.advanceTimersByTimeAsync(1000);
  expect(camera.position.toArray()).toEqual([5, 6, 7]);
  expect(controls.target.toArray()).toEqual([0, 1, 0]);
  expect(camera.fov).toBe(33);
});

it("keeps nothing of a take that is thrown away", async () => {
  record(studio, space, () => undefined);
  await vi.advanceTimersByTimeAsync(100);
  studio.cancelDrag.value?.();
  await vi.advanceTimersByTimeAsync(1000);
  expect(edits()).toHaveLength(0);
  expect(studio.playback.marked.value).toEqual({});
});
