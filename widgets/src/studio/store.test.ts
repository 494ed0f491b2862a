import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FilmCard, SceneCard, ShotCard } from "../messages";
import fixture from "../stage/fixture.json";
import { type Picture, shotAt } from "./state";
import { Store } from "./store";

const shot = (id: string, first_frame: number, length_frames: number): ShotCard => ({
  id,
  slate: id.toUpperCase(),
  first_frame,
  length_frames,
  coverage: "single",
  size: "MCU",
  angle: "eye",
  subjects: ["ann"],
  focal_length_mm: 50,
  t_stop: 2.8,
  move: "static",
  aspect: 1.7778,
  medium: "natural",
  status: "open",
  notes: [],
  note: "",
});
const scene = (id: string, ...shots: ShotCard[]): SceneCard => ({
  id,
  number: id,
  slugline: "INT. ROOM - NIGHT",
  time_of_day: "night",
  interior: true,
  first_frame: 0,
  length_frames: shots.reduce((sum, one) => sum + one.length_frames, 0),
  characters: ["ann"],
  beats: [],
  shots,
});
const film: FilmCard = {
  title: "Test",
  rate: { numerator: 24, denominator: 1 },
  length_frames: 60,
  generator: "",
  characters: [],
  scenes: [
    scene("1", shot("1a", 0, 20), shot("1b", 20, 10)),
    scene("2", shot("2a", 0, 30)),
  ],
} as unknown as FilmCard;

/** All of the fixture's stage, as it is sent to a page that has none of it. */
const blocks = [{ key: "all", size_bytes: fixture.header.payload_bytes, sent: true }];

type Hear = (content: unknown, buffers: readonly DataView[]) => void;
let hear: Hear;
let sent: { kind: string; page: string; shot?: string; frame?: number }[];
let store: Store;

beforeEach(() => {
  sent = [];
  store = new Store({
    send: (content) => sent.push(content as (typeof sent)[number]),
    listen(heard) {
      hear = heard;
      return () => undefined;
    },
  });
  store.open();
  hear({ v: 1, kind: "film", revision: 3, film }, []);
});

describe("time", () => {
  it("says hello and opens the first scene", () => {
    expect(sent[0]?.kind).toBe("hello");
    expect(store.shot.value?.id).toBe("1a");
  });

  it("shows the shot that has the frame", () => {
    store.go("1", 25);
    expect([store.shot.value?.id, store.shotFrame.value]).toEqual(["1b", 5]);
    expect(shotAt(film.scenes[0], 999)?.id).toBe("1b");
  });

  it("steps over the scene's end to the next scene and no further", () => {
    store.go("1", 25);
    store.stepShot(1);
    expect(store.shot.value?.id).toBe("2a");
    store.stepShot(1);
    expect(store.shot.value?.id).toBe("2a");
  });

  it("keeps within a scene that became shorter", () => {
    store.go("1", 29);
    hear(
      { v: 1, kind: "scene", revision: 4, scene: scene("1", shot("1a", 0, 12)) },
      [],
    );
    expect(store.frame.value).toBe(11);
    expect(store.revision.value).toBe(4);
    expect(store.film.value?.scenes[1]?.id).toBe("2");
  });
});

describe("messages", () => {
  it("of a shot bring its camera and its stage", () => {
    const payload = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
    const buffers = [new DataView(payload.buffer)];
    const { header } = fixture;
    hear({ v: 1, kind: "stage", revision: 3, shot: "1a", header, blocks }, buffers);
    expect(store.stage.value?.stage.figures).toHaveLength(2);
    const camera = header.camera;
    const own = { ...header.shot, id: "1a" };
    const travel = camera.focal_length_mm;
    hear({ v: 1, kind: "tracks", revision: 5, shot: own, camera, travel }, buffers);
    expect(store.track.value?.camera.focalLengthMm).toHaveLength(12);
    expect(store.revision.value).toBe(5);
  });

  it("for other pages' scenes and shots leave what is open here", () => {
    const payload = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
    const buffers = [new DataView(payload.buffer)];
    const { header } = fixture;
    for (const id of ["1a", "p", "q", "r", "s", "t"])
      hear({ v: 1, kind: "stage", revision: 3, shot: id, header, blocks }, buffers);
    expect([...store.stages.value.keys()]).toEqual(["1a", "r", "s", "t"]);
    hear({ v: 1, kind: "place", revision: 3, scene: "1" }, []);
    hear({ v: 1, kind: "place", revision: 3, scene: "2" }, []);
    expect(store.place.value?.scene).toBe("1");
  });

  it("of a stage that is here already bring its light and words anew", () => {
    const payload = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
    const { header } = fixture;
    const stage = { v: 1, kind: "stage", revision: 3, shot: "1a", header, blocks };
    hear(stage, [new DataView(payload.buffer)]);
    store.openShot("1a");
    expect(sent.at(-1)).toMatchObject({ kind: "open_shot", has: ["all"] });
    const known = blocks.map((block) => ({ ...block, sent: false }));
    hear({ ...stage, revision: 4, blocks: known }, []);
    expect(store.stage.value?.revision).toBe(4);
    expect(store.stage.value?.stage.bytes).toEqual(payload);
  });

  it("of a stage with a block that is here no more have it asked for again", () => {
    const { header } = fixture;
    const known = blocks.map((block) => ({ ...block, sent: false }));
    const stage = { v: 1, kind: "stage", revision: 3, header, blocks: known };
    const asked = () => sent.filter(({ kind }) => kind === "open_shot").length;
    hear({ ...stage, shot: "2a" }, []);
    expect(asked()).toBe(0);
    hear({ ...stage, shot: "1a" }, []);
    expect(asked()).toBe(1);
  });

  it("of a film that is as before leave its panels fresh", () => {
    const before = store.sceneRevisions.value;
    hear({ v: 1, kind: "film", revision: 3, film }, []);
    expect(store.sceneRevisions.value).toBe(before);
    hear({ v: 1, kind: "film", revision: 4, film }, []);
    expect(store.sceneRevisions.value.get("2")).toBe(4);
  });

  it("that are damaged are refused in a sentence and change nothing", () => {
    const { header } = fixture;
    hear({ v: 1, kind: "stage", revision: 3, shot: "1a", header, blocks }, []);
    expect(store.refused.value).toContain("incomplete");
    expect(store.stage.value).toBeUndefined();
  });

  it("of refusals for other pages stay away", () => {
    hear({ v: 1, kind: "refused", page: "other", asked: "edit", text: "no" }, []);
    expect(store.refused.value).toBe("");
    hear(
      { v: 1, kind: "refused", page: store.link.page, asked: "edit", text: "no" },
      [],
    );
    expect(store.refused.value).toBe("no");
  });
});

describe("the wanted picture", () => {
  it("is none while no monitor is seen, then that of the frame", () => {
    store.link.ask();
    expect(sent.filter(({ kind }) => kind === "ask_picture")).toHaveLength(0);
    store.monitorWidth.value = 256;
    store.go("1", 21);
    store.link.ask();
    expect(sent.at(-1)).toMatchObject({ kind: "ask_picture", shot: "1b", frame: 1 });
  });

  it("comes before the panels of the boards", () => {
    store.wantedPanels.value = [{ shot: "2a", frame: 3, width_px: 128, board: true }];
    store.link.ask();
    expect(sent.at(-1)).toMatchObject({ shot: "2a", board: true });
  });
});

describe("memory", () => {
  const picture = () => ({ bitmap: { close: () => closed++ } }) as unknown as Picture;
  let closed: number;
  beforeEach(() => {
    closed = 0;
  });

  it("lets go of panels of shots that are gone", () => {
    store.panels.value = new Map([
      ["1a", picture()],
      ["old", picture()],
    ]);
    hear(
      { v: 1, kind: "scene", revision: 4, scene: scene("1", shot("1a", 0, 30)) },
      [],
    );
    expect([...store.panels.value.keys()]).toEqual(["1a"]);
    expect(closed).toBe(1);
  });

  it("lets go of the pictures of other coverages", () => {
    store.covers.value = new Map([["close/1a", picture()]]);
    store.dropCovers();
    expect([store.covers.value.size, closed]).toEqual([0, 1]);
  });

  it("lets go of a picture that is decoded after the page was closed", async () => {
    vi.stubGlobal("createImageBitmap", async () => ({ close: () => closed++ }));
    const close = store.open();
    store.link.wants(() => ({ shot: "1a", frame: 0 }));
    store.link.ask();
    const { page } = store.link;
    hear({ v: 1, kind: "picture", page, number: 1, shot: "1a" }, []);
    close();
    const before = sent.length;
    await new Promise((done) => setTimeout(done, 50));
    expect([closed, store.picture.value, sent.length]).toEqual([1, null, before]);
    vi.unstubAllGlobals();
  });
});

describe("stills", () => {
  const snapped = (frame: number) =>
    hear({ v: 1, kind: "snapped", page: store.link.page, shot: "1a", frame }, [
      new DataView(Uint8Array.of(frame).buffer),
    ]);

  it("are not taken for one that was never answered", async () => {
    void store.snapshot();
    store.go("1", 7);
    const still = store.snapshot();
    snapped(7);
    expect(new Uint8Array(await (await still).arrayBuffer())).toEqual(Uint8Array.of(7));
  });

  it("say that they were refused", async () => {
    const still = store.snapshot();
    hear({ v: 1, kind: "refused", page: "", asked: "snapshot", text: "no" }, []);
    await expect(still).rejects.toThrow("no");
  });
});

it("counts its refused edits, so that what was ahead of them is taken back", () => {
  const { page } = store.link;
  for (const of of [page, page, "other"])
    hear({ v: 1, kind: "refused", page: of, asked: "edit", text: "no" }, []);
  expect(store.refusals.value).toBe(2);
});
