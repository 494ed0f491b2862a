import { PerspectiveCamera, Vector3 } from "three";
import { expect, it } from "vitest";
import { Pane, type PaneKind } from "./panes";

const pane = (kind: PaneKind) => {
  const element = document.createElement("div");
  document.body.append(element);
  const made = new Pane(kind, element, () => undefined);
  made.resize(400, 300);
  return made;
};

it.each(["perspective", "plan", "front", "side"] as const)(
  "takes up the look that a %s of another layout had",
  (kind) => {
    const before = pane(kind);
    expect(before.isUnframed).toBe(true);
    before.frame(new Vector3(1, 0.9, -2), 3);
    before.camera.zoom = 1.7;
    before.resize(400, 300);
    const after = pane(kind);
    after.take(before.look);
    expect(after.isUnframed).toBe(false);
    const point = new Vector3(0.4, 1.2, -1.1);
    for (const one of [before, after]) one.camera.updateMatrixWorld();
    const [a, b] = [before, after].map((one) => one.toScreen(point));
    expect(b?.x).toBeCloseTo(a?.x ?? Number.NaN, 6);
    expect(b?.y).toBeCloseTo(a?.y ?? Number.NaN, 6);
  },
);

it("has its own lens again once it frames, after a take was flown", () => {
  const flown = pane("perspective");
  const { camera } = flown;
  if (!(camera instanceof PerspectiveCamera)) throw new Error("a perspective is one");
  camera.fov = 11;
  flown.frame(new Vector3(), 3);
  expect(camera.fov).toBe(38);
});
