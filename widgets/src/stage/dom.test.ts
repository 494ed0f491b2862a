import type { AnyModel } from "@anywidget/types";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TransportBar } from "./bar";
import fixture from "./fixture.json";
import { Guides } from "./guides";
import widget from "./index";
import { decode } from "./payload";
import { lensReport, slate, spoken } from "./slate";

const bytes = Uint8Array.from(atob(fixture.payload), (c) => c.charCodeAt(0));
const payload = new DataView(bytes.buffer);
const stage = decode(JSON.stringify(fixture.header), payload);

afterEach(() => {
  document.body.replaceChildren();
});

describe("slate", () => {
  it("names shot, size, move and people, and takes their names as text", () => {
    const made = slate(stage.header);
    expect(made.querySelector(".pv-slate")?.textContent).toBe("1A");
    expect(made.querySelector(".pv-what")?.textContent).toBe("MS · two-shot · push in");
    expect(made.querySelector(".pv-who")?.textContent).toBe("Ann, Bo & <b>");
    expect(made.querySelector("b")).toBeNull();
  });

  it("reports the lens of the frame, which a zoom changes", () => {
    expect(lensReport(stage, 0)).toBe("28 mm  T2.8  focus 4.00 m  height 1.55 m");
    expect(lensReport(stage, 11)).toBe("32 mm  T2.8  focus 3.00 m  height 1.55 m");
  });

  it("names a stop between marks by one decimal", () => {
    const { shot } = stage.header;
    const lens = { ...shot.camera.lens, t_stop: 2.2449240966187465 };
    const between = {
      ...stage,
      header: { ...stage.header, shot: { ...shot, camera: { ...shot.camera, lens } } },
    };
    expect(lensReport(between, 0)).toContain("T2.2 ");
  });

  it("shows a speech from its first frame to its last", () => {
    expect(spoken(stage.header, 5)).toBe("");
    expect(spoken(stage.header, 6)).toBe("ANN  You came back <i>early</i>.");
  });
});

describe("TransportBar", () => {
  const actions = { toggle: vi.fn(), step: vi.fn(), seek: vi.fn(), setLoop: vi.fn() };
  const press = (bar: TransportBar, name: string) =>
    bar.root.querySelector<HTMLButtonElement>(`[title^="${name}"]`)?.click();

  it("shows frame, timecode and rate", () => {
    const bar = new TransportBar(stage.header, actions);
    bar.show(7, 0);
    expect(bar.root.querySelector(".pv-count")?.textContent).toBe("7 / 11");
    expect(bar.root.querySelector(".pv-clock")?.textContent).toBe("00:00:00:07");
    expect(bar.root.querySelector(".pv-speed")?.textContent).toBe("24 fps");
    expect(bar.root.querySelector("[role=slider]")?.getAttribute("aria-valuenow")).toBe(
      "7",
    );
    bar.show(7, -2);
    expect(bar.root.querySelector(".pv-speed")?.textContent).toBe("24 fps × -2");
  });

  it("calls what its buttons say", () => {
    const bar = new TransportBar(stage.header, actions);
    for (const name of ["First", "One frame back", "Play", "One frame on", "Last"]) {
      press(bar, name);
    }
    expect(actions.seek.mock.calls).toEqual([[0], [11]]);
    expect(actions.step.mock.calls).toEqual([[-1], [1]]);
    expect(actions.toggle).toHaveBeenCalledOnce();
    press(bar, "Loop");
    expect(actions.setLoop).toHaveBeenCalledWith(false);
  });

  it("marks the speech on the scrubber, in words on hover", () => {
    const bar = new TransportBar(stage.header, actions);
    const speech = bar.root.querySelector<HTMLElement>(".pv-speech");
    expect(speech?.title).toBe("Ann: You came back <i>early</i>.");
    expect(Number.parseFloat(speech?.style.left ?? "")).toBeCloseTo((6 / 11) * 100, 3);
  });
});

describe("Guides", () => {
  const frameRect = { x: 10, y: 20, width: 320, height: 180 };

  it("frames the picture through the lens, and not in the director's view", () => {
    const guides = new Guides(() => {});
    const frame = guides.root.querySelector<HTMLElement>(".pv-frame");
    const options = { guides: true, inset: true };
    guides.show({ look: "lens", frameRect, labels: [] }, options);
    expect(frame?.hidden).toBe(false);
    expect(frame?.style.width).toBe("320px");
    const labels = [{ name: "Bo & <b>", x: 5, y: 6 }];
    guides.show({ look: "director", frameRect, labels }, options);
    expect(frame?.hidden).toBe(true);
    expect(guides.root.querySelector(".pv-label")?.textContent).toBe("Bo & <b>");
    expect(guides.root.querySelectorAll(".pv-third")).toHaveLength(4);
  });
});

describe("the widget", () => {
  async function render(state: Record<string, unknown>): Promise<HTMLElement> {
    const el = document.createElement("div");
    document.body.append(el);
    const model = {
      get: (key: string) => state[key],
      set: vi.fn(),
      on: vi.fn(),
      off: vi.fn(),
      save_changes: vi.fn(),
    } as unknown as AnyModel;
    const made = typeof widget === "function" ? await widget() : widget;
    await made.render?.({ model, el } as unknown as Parameters<
      NonNullable<typeof made.render>
    >[0]);
    return el;
  }

  it.each([
    ["nothing", { _header: "", _payload: undefined }, "No stage arrived"],
    [
      "another protocol",
      { _header: JSON.stringify({ ...fixture.header, protocol_version: 7 }) },
      "protocol 7",
    ],
    [
      "half a payload",
      {
        _header: JSON.stringify(fixture.header),
        _payload: new DataView(bytes.buffer, 0, 16),
      },
      "incomplete",
    ],
    [
      "no WebGL",
      { _header: JSON.stringify(fixture.header), _payload: payload, frame: 0 },
      "no WebGL",
    ],
  ])("says so in place of a blank when it gets %s", async (_, state, message) => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    const el = await render(state);
    const alert = el.querySelector("[role=alert]");
    expect(alert?.textContent).toContain(message);
  });
});
