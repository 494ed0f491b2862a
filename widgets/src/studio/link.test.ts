import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Edit } from "./edits";
import {
  CUT_MS,
  type Line,
  Link,
  LOST_MS,
  PATIENCE_MS,
  SILENT_MS,
  type Wanted,
} from "./link";

type Sent = {
  kind: string;
  number?: number;
  painted?: number;
  edit?: Edit;
  last?: boolean;
  frame?: number;
};

class FakeWire {
  sent: Sent[] = [];
  hear: (content: unknown) => void = () => undefined;
  send(content: unknown) {
    this.sent.push(content as Sent);
  }
  listen(heard: (content: unknown, buffers: readonly DataView[]) => void) {
    this.hear = (content) => heard(content, []);
    return () => undefined;
  }
  of(kind: string) {
    return this.sent.filter((message) => message.kind === kind);
  }
}

const lens = (focal_length_mm: number): Edit => ({
  kind: "set_lens",
  shot: "1A",
  focal_length_mm,
});

let wire: FakeWire;
let link: Link;
let wanted: Wanted | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  wire = new FakeWire();
  link = new Link(wire);
  link.hear(() => undefined);
  wanted = { shot: "1A", frame: 0, width_px: 256 };
  link.wants(() => wanted);
});

afterEach(() => vi.useRealTimers());

const answer = () => wire.hear({ v: 1, kind: "tracks" });
const paint = () => link.painted(wire.of("ask_picture").at(-1)?.number ?? 0);

describe("pictures", () => {
  it("never has more than one on its way", () => {
    for (let frame = 0; frame < 100; frame++) {
      wanted = { shot: "1A", frame };
      link.ask();
    }
    expect(wire.of("ask_picture")).toHaveLength(1);
  });

  it("asks for the newest state once the last answer is painted", () => {
    link.ask();
    wanted = { shot: "1A", frame: 7 };
    link.ask();
    wanted = { shot: "1A", frame: 42 };
    paint();
    expect(wire.of("ask_picture").map(({ frame }) => frame)).toEqual([0, 42]);
    // The question says it, and nothing else needs to.
    expect(wire.of("painted")).toHaveLength(0);
    const [first, second] = wire.of("ask_picture");
    expect([first?.painted, second?.painted]).toEqual([undefined, first?.number]);
  });

  it("ignores an answer to nothing", () => {
    link.ask();
    link.painted(99);
    expect(wire.of("painted")).toHaveLength(0);
    expect(link.asking).toBe(true);
  });

  it("may ask again after a refusal once the film is another", () => {
    link.ask();
    const refusal = { v: 1, kind: "refused", page: link.page, asked: "ask_picture" };
    wire.hear({ ...refusal, text: "no" });
    answer();
    link.ask();
    expect(wire.of("ask_picture")).toHaveLength(2);
  });
});

describe("pictures of a film that plays over a slow line", () => {
  const plays = (frame: number) => {
    wanted = { shot: "1A", frame, at_once: 3 };
    link.ask();
  };
  const frames = () => wire.of("ask_picture").map(({ frame }) => frame);

  it("are on their way together, each once, as many as it says", () => {
    for (const frame of [0, 0, 1, 2, 3]) plays(frame);
    expect(frames()).toEqual([0, 1, 2]);
    wanted = { shot: "1A", frame: 4, at_once: 3 };
    link.painted(1);
    expect(frames()).toEqual([0, 1, 2, 4]);
    expect(wire.of("ask_picture").at(-1)?.painted).toBe(1);
  });

  it("are given up where a newer one is on the screen", () => {
    for (const frame of [0, 1, 2]) plays(frame);
    wanted = undefined;
    link.painted(2);
    expect([1, 2, 3].map((number) => link.askedAs(number)?.number)).toEqual([
      undefined,
      undefined,
      3,
    ]);
    wanted = { shot: "1A", frame: 9 };
    link.ask();
    expect(frames()).toEqual([0, 1, 2]);
    link.painted(3);
    expect(frames()).toEqual([0, 1, 2, 9]);
  });

  it("tell which one has to wait for no other", () => {
    for (const frame of [0, 1]) plays(frame);
    expect([1, 2].map((number) => link.askedAs(number)?.alone)).toEqual([true, false]);
  });

  it("lose but the first that did not come where one is refused", () => {
    for (const frame of [0, 1, 2]) plays(frame);
    wire.hear({ v: 1, kind: "picture", page: link.page, number: 1 });
    wanted = undefined;
    wire.hear({ v: 1, kind: "refused", page: link.page, asked: "ask_picture" });
    expect([1, 2, 3].map((number) => link.askedAs(number)?.number)).toEqual([
      1,
      undefined,
      3,
    ]);
  });

  it("are asked for anew once a kernel that lost them answers", () => {
    for (const frame of [0, 1, 2]) plays(frame);
    vi.advanceTimersByTime(LOST_MS);
    wire.hear({ v: 1, kind: "history" });
    expect(frames()).toEqual([0, 1, 2, 2]);
  });
});

describe("a drag whose pictures come", () => {
  const arrive = (number: number) =>
    wire.hear({ v: 1, kind: "picture", page: link.page, number });

  it("has its newest edit made while the picture before is painted", () => {
    link.ask();
    link.drag(lens(20), "d");
    link.drag(lens(30), "d");
    link.drag(lens(40), "d");
    expect(wire.of("edit")).toHaveLength(0);
    arrive(1);
    expect(wire.of("edit").map(({ edit }) => edit)).toEqual([lens(40)]);
    expect(wire.of("ask_picture")).toHaveLength(1);
  });

  it("leaves the kernel the picture of that edit, and no other, to make", () => {
    link.ask();
    link.drag(lens(30), "d");
    arrive(1);
    // What the edit before changed is told after its picture.
    answer();
    link.drag(lens(40), "d");
    link.painted(1);
    expect(wire.of("edit")).toHaveLength(1);
    expect(wire.of("ask_picture")).toHaveLength(2);
    // However long that takes, another edit has no picture of its own.
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(wire.of("edit")).toHaveLength(2);
    link.drag(lens(50), "d");
    arrive(2);
    expect(wire.of("edit").at(-1)?.edit).toEqual(lens(50));
  });
});

describe("a picture that does not come", () => {
  const refusal = () => ({
    v: 1,
    kind: "refused",
    page: link.page,
    asked: "ask_picture",
    text: "no",
  });

  it("is followed by the one wanted by then, where it was refused", () => {
    link.ask();
    wanted = { shot: "1A", frame: 3 };
    link.ask();
    wire.hear(refusal());
    expect(wire.of("ask_picture").map(({ frame }) => frame)).toEqual([0, 3]);
    wire.hear(refusal());
    expect(wire.of("ask_picture")).toHaveLength(2);
  });

  it("is asked for again once the kernel answers a greeting", () => {
    link.ask();
    vi.advanceTimersByTime(LOST_MS);
    expect(wire.of("hello")).toHaveLength(1);
    wire.hear({ v: 1, kind: "history" });
    expect(wire.of("ask_picture").map(({ number }) => number)).toEqual([1, 2]);
    wire.hear({ v: 1, kind: "picture", page: link.page, number: 1 });
    expect(wire.of("painted").map(({ number }) => number)).toEqual([1]);
  });

  it("greets a busy kernel once, and none whose picture waits to be painted", () => {
    link.ask();
    vi.advanceTimersByTime(LOST_MS * 20);
    expect(wire.of("hello")).toHaveLength(1);
    paint();
    wire.hear({ v: 1, kind: "picture", page: link.page, number: 2 });
    vi.advanceTimersByTime(LOST_MS * 20);
    expect(wire.of("hello")).toHaveLength(1);
  });
});

it("says that the kernel is gone where the comm is closed", () => {
  const lines: Line[] = [];
  link.onLine = (line) => lines.push(line);
  wire.send = () => {
    throw new Error("Cannot send");
  };
  link.ask();
  expect(lines).toEqual(["cut"]);
});

describe("drags", () => {
  it("keep only the newest edit while an answer is due", () => {
    wanted = undefined;
    for (let mm = 20; mm < 60; mm++) link.drag(lens(mm), "d");
    expect(wire.of("edit")).toHaveLength(1);
    answer();
    expect(wire.of("edit").map(({ edit }) => edit)).toEqual([lens(20), lens(59)]);
  });

  it("wait for the picture on its way, and go on when it is painted", () => {
    link.drag(lens(20), "d");
    link.drag(lens(30), "d");
    answer();
    expect(wire.of("edit")).toHaveLength(1);
    paint();
    expect(wire.of("edit").at(-1)?.edit).toEqual(lens(30));
  });

  it("always send their last state, whatever is on its way", () => {
    for (let drag = 0; drag < 1000; drag++) {
      link.drag(lens(20), `d${drag}`);
      link.drag(lens(30), `d${drag}`);
      link.drop(lens(40 + (drag % 7)), `d${drag}`);
      const last = wire.of("edit").at(-1);
      expect([last?.edit, last?.last]).toEqual([lens(40 + (drag % 7)), true]);
    }
  });

  it("send nothing more of a drag after its last state", () => {
    wanted = undefined;
    link.drag(lens(20), "d");
    link.drag(lens(30), "d");
    link.drop(lens(40), "d");
    answer();
    vi.advanceTimersByTime(PATIENCE_MS * 4);
    expect(wire.of("edit").at(-1)?.edit).toEqual(lens(40));
    expect(wire.of("edit")).toHaveLength(2);
  });

  it("go on after a while where the kernel is silent", () => {
    link.drag(lens(20), "d");
    link.drag(lens(30), "d");
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(wire.of("edit")).toHaveLength(2);
  });

  it("drop what waits when they are cancelled", () => {
    link.drag(lens(20), "d");
    link.drag(lens(30), "d");
    link.cancel("d");
    answer();
    paint();
    vi.advanceTimersByTime(PATIENCE_MS * 4);
    expect(wire.of("edit")).toHaveLength(1);
    expect(wire.of("cancel")).toHaveLength(1);
  });
});

it("refuses a message of another version and says what to do", () => {
  const heard = vi.fn();
  link.hear(heard);
  wire.hear({ v: 99, kind: "film" });
  expect(heard.mock.calls[0]?.[0].kind).toBe("refused");
  expect(heard.mock.calls[0]?.[0].text).toContain("Restart the kernel");
});

describe("a kernel that does not answer", () => {
  let lines: Line[];
  beforeEach(() => {
    lines = [];
    link.onLine = (line) => lines.push(line);
  });

  it("is said to be busy, until it is heard again", () => {
    link.ask();
    vi.advanceTimersByTime(SILENT_MS - 1);
    expect(lines).toEqual([]);
    vi.advanceTimersByTime(1);
    answer();
    expect(lines).toEqual(["silent", "open"]);
  });

  it("is not missed where it has nothing to say", () => {
    wanted = undefined;
    link.edit(lens(35));
    link.say({ kind: "undo" });
    vi.advanceTimersByTime(SILENT_MS * 2);
    expect(lines).toEqual([]);
  });

  it("was restarted where its comm was cut and a greeting finds nobody", () => {
    link.cut();
    expect(wire.of("hello")).toHaveLength(1);
    vi.advanceTimersByTime(SILENT_MS * 2);
    expect(lines).toEqual(["cut"]);
    link.edit(lens(35));
    expect(wire.of("edit")).toEqual([]);
  });

  it("goes on where the comm was only connected again", () => {
    link.cut();
    answer();
    vi.advanceTimersByTime(CUT_MS * 2);
    expect(lines).toEqual([]);
    link.edit(lens(35));
    expect(wire.of("edit")).toHaveLength(1);
  });
});

describe("a kernel that is slow or gone", () => {
  it("is sent a drag's edits no faster than it makes them", () => {
    wanted = undefined;
    for (let at = 0; at < 8000; at += 50) {
      link.drag(lens(at), "d");
      vi.advanceTimersByTime(50);
    }
    expect(wire.of("edit").length).toBeLessThan(8);
    answer();
    link.drag(lens(9000), "d");
    answer();
    expect(wire.of("edit").at(-1)?.edit).toMatchObject({ focal_length_mm: 9000 });
  });

  it("is asked for other pictures after it refused one, until the film changes", () => {
    const panels = ["1A", "1B"].map((shot) => ({ shot, frame: 0 }));
    link.wants((refused) => panels.find((one) => !refused(one)));
    link.ask();
    wire.hear({ v: 1, kind: "refused", page: link.page, asked: "ask_picture" });
    expect(wire.of("ask_picture").at(-1)).toMatchObject({ shot: "1B" });
    wire.hear({ v: 1, kind: "refused", page: link.page, asked: "ask_picture" });
    expect(wire.of("ask_picture")).toHaveLength(2);
    answer();
    link.ask();
    expect(wire.of("ask_picture").at(-1)).toMatchObject({ shot: "1A" });
  });

  it("is asked anew for a picture once its comm is back", () => {
    link.ask();
    link.cut();
    wire.hear({ v: 1, kind: "history", entries: [], at: 0 });
    expect(wire.of("ask_picture")).toHaveLength(2);
  });

  it("hears nothing more of a page that is closed", () => {
    const close = link.hear(() => undefined);
    link.ask();
    close();
    const before = wire.sent.length;
    paint();
    link.drop(lens(50), "d");
    expect(wire.sent).toHaveLength(before);
  });
});

it("lets an edit alone end a drag where the drag has come to", () => {
  link.drag(lens(40), "d");
  link.drag(lens(50), "d");
  link.edit({ kind: "set_stop", shot: "1A", t_stop: 4 });
  expect(wire.of("edit").map(({ edit }) => edit)).toMatchObject([
    { focal_length_mm: 40 },
    { focal_length_mm: 50 },
    { t_stop: 4 },
  ]);
});
