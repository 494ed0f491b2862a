// The stage panel: layout of panes, what they show, and how hands move things in them.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Vector3 } from "three";
import { StageError } from "../../stage/payload";
import { type Studio, useStudio } from "../context";
import { Button, Choice, Empty } from "../controls";
import { hold, releaseGizmo } from "./hands";
import { placeOf } from "./items";
import { watchContext } from "./lost";
import { fly, PANE_NAMES, Pane, type PaneKind } from "./panes";
import { record } from "./record";
import { type Shown, Space } from "./space";
import { answerWhere } from "./where";

type Layout = "inset" | "plan" | "four";

const LAYOUTS: readonly { value: Layout; label: string; tip: string }[] = [
  { value: "inset", label: "3D", tip: "Perspective with the plan as an inset" },
  { value: "plan", label: "Plan", tip: "The plan large: drag marks on the floor" },
  { value: "four", label: "Four", tip: "Perspective, plan, front and side" },
];

const PANES: Record<Layout, readonly PaneKind[]> = {
  inset: ["perspective", "plan"],
  plan: ["plan"],
  four: ["plan", "perspective", "front", "side"],
};

export function Stage() {
  const { store, gizmo } = useStudio();
  const layout = useSignal<Layout>("inset");
  const shown = useSignal<Shown>({
    marks: true,
    axis: false,
    lights: true,
    work: false,
  });
  const recording = useSignal(false);
  const opened = store.stage.value;
  const toggle = (what: keyof Shown) => () => {
    shown.value = { ...shown.value, [what]: !shown.value[what] };
  };
  const { marks, axis, lights, work } = shown.value;
  return (
    <div class="ps-stage-panel">
      <div class="ps-space-bar">
        <Choice
          options={LAYOUTS}
          value={layout.value}
          onPick={(picked) => {
            layout.value = picked;
          }}
        />
        <Choice
          options={[
            { value: "select", label: "Q", tip: "Select only (Q)" },
            { value: "move", label: "W", tip: "Move what is selected (W), metres" },
            { value: "turn", label: "E", tip: "Turn what is selected (E), degrees" },
          ]}
          value={gizmo.value}
          onPick={(picked) => {
            gizmo.value = picked;
          }}
        />
        {layout.value === "plan" ? null : (
          <Button
            tip="Record a handheld take: the shot plays once, and where you fly the perspective (hold the right button; W A S D, Q E) becomes the camera's move. Esc throws it away."
            pressed={recording.value}
            disabled={!store.track.value || opened?.shot !== store.shot.value?.id}
            onClick={() => {
              recording.value = true;
            }}
          >
            ● Rec
          </Button>
        )}
        <span class="ps-space" />
        <Button
          tip="Everybody's marks and ways"
          pressed={marks}
          onClick={toggle("marks")}
        >
          Marks
        </Button>
        <Button
          tip="The 180° line between the two people of the shot"
          pressed={axis}
          onClick={toggle("axis")}
        >
          180°
        </Button>
        <Button tip="Lamps and their throw" pressed={lights} onClick={toggle("lights")}>
          Lamps
        </Button>
        <Button
          tip="Work light: even light to see by, the scene's own stays as it is"
          pressed={work}
          onClick={toggle("work")}
        >
          Work
        </Button>
      </div>
      {store.shot.value || opened ? (
        <Views
          key={layout.value}
          layout={layout.value}
          shown={shown}
          recording={recording}
        />
      ) : (
        <Empty title="An empty stage">Pick a shot, and its set is built here.</Empty>
      )}
    </div>
  );
}

function Views(props: {
  layout: Layout;
  shown: Signal<Shown>;
  recording: Signal<boolean>;
}) {
  const { layout, shown, recording } = props;
  const studio = useStudio();
  const { store } = studio;
  const root = useRef<HTMLDivElement>(null);
  const space = useRef<Space | null>(null);
  const failed = useSignal("");
  const lost = useSignal(false);
  const made = useSignal(1);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    lost.value = false;
    const end = mount(studio, element, layout, space, failed);
    const leave = outlive(space.current, lost, made);
    return () => {
      leave();
      end();
    };
  }, [layout, made.value]);
  useFollow(studio, space, shown);
  useEffect(() => {
    const made = space.current;
    if (!recording.value || !made) return;
    return record(studio, made, () => {
      recording.value = false;
    });
  }, [recording.value]);
  const shot = store.shot.value;
  const waits = shot && store.stage.value?.shot !== shot.id;
  return (
    <div class="ps-views" data-layout={layout} ref={root}>
      {PANES[layout].map((kind) => (
        <div key={kind} class="ps-pane" data-pane={kind}>
          <span class="ps-pane-name">{PANE_NAMES[kind]}</span>
        </div>
      ))}
      {recording.value ? (
        <div class="ps-recording">● Recording: hold the right button and fly</div>
      ) : null}
      {waits ? <div class="ps-waiting">Building the set of {shot.slate} …</div> : null}
      {lost.value ? (
        <div class="ps-waiting">
          The graphics card dropped the 3D view; drawing anew …
        </div>
      ) : null}
      {failed.value ? <Empty title="No 3D here">{failed.value}</Empty> : null}
    </div>
  );
}

/** Draw anew after the graphics card dropped the view, or else build it anew. */
function outlive(
  space: Space | null,
  lost: Signal<boolean>,
  made: Signal<number>,
): () => void {
  if (!space) return () => undefined;
  return watchContext(space.canvas, {
    lost: () => {
      lost.value = true;
    },
    restored: () => {
      lost.value = false;
      space.painter.relight();
    },
    gone: () => {
      made.value += 1;
    },
  });
}

function mount(
  studio: Studio,
  element: HTMLElement,
  layout: Layout,
  space: { current: Space | null },
  failed: Signal<string>,
): () => void {
  const first = element.querySelector<HTMLElement>('[data-pane="perspective"]');
  let made: Space;
  try {
    made = new Space(studio.store, first ?? element);
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    failed.value = error.message;
    return () => undefined;
  }
  element.prepend(made.canvas);
  // Unseen without a perspective, it must not be taken hold of either.
  made.gizmo.enabled = first !== null;
  const ends = PANES[layout].flatMap((kind) => {
    const place = element.querySelector<HTMLElement>(`[data-pane="${kind}"]`);
    if (!place) return [];
    const pane = new Pane(kind, place, () => made.invalidate());
    made.panes.push(pane);
    if (kind === "perspective") made.gizmo.camera = pane.camera;
    return [fly(pane, () => made.invalidate()), hold(studio, made, pane)];
  });
  const released = releaseGizmo(studio, made);
  const unasked = answerWhere(made, element);
  space.current = made;
  const resizes = new ResizeObserver(() =>
    made.resize(element.clientWidth, element.clientHeight),
  );
  resizes.observe(element);
  // Its signals draw what is there already.
  studio.framed.value += 1;
  return () => {
    resizes.disconnect();
    released();
    unasked();
    for (const end of ends) end();
    space.current = null;
    made.dispose();
  };
}

/** Keep the stage showing what the store holds. */
function useFollow(
  studio: Studio,
  space: { current: Space | null },
  shown: Signal<Shown>,
): void {
  const { store, framed, gizmo } = studio;
  const sceneSeen = useRef("");
  const opened = store.stage.value;
  const track = store.track.value;
  const frame = store.shotFrame.value;
  const posed = store.posed.value;
  const selected = store.selected.value;
  const scene = store.scene.value?.id;
  const place = store.place.value?.scene === scene ? store.place.value : undefined;
  const asked = framed.value;
  // Only the line between two people moves with them.
  const axisFrame = shown.value.axis ? frame : 0;
  useEffect(() => {
    const made = space.current;
    if (!made) return;
    made.open(opened);
    made.track(track);
    made.show(frame);
    made.pose(posed);
  }, [opened, track, frame, posed, asked]);
  useEffect(() => {
    const made = space.current;
    if (!made) return;
    const { work } = made.shown;
    made.shown = shown.value;
    if (work !== shown.value.work) made.light(shown.value.work);
    made.dress(place ?? undefined, selected);
    const at = placeOf(store, selected);
    if (at && gizmo.value !== "select" && !store.dragging.value) {
      made.held.position.copy(at.at);
      made.held.rotation.set(0, 0, 0);
      const turning = gizmo.value === "turn";
      made.gizmo.setMode(turning ? "rotate" : "translate");
      made.gizmo.showX = made.gizmo.showZ = !turning;
      made.gizmo.showY = turning || !at.grounded;
      made.gizmo.attach(made.held);
    } else if (!store.dragging.value) made.gizmo.detach();
    made.invalidate();
  }, [opened, track, place, selected, shown.value, gizmo.value, axisFrame, asked]);
  useEffect(() => {
    const made = space.current;
    if (!made?.world || !scene) return;
    const fresh = sceneSeen.current !== scene || made.panes.every(unframed);
    if (!fresh && asked === lastAsked.get(made)) return;
    lastAsked.set(made, asked);
    const at = fresh ? undefined : placeOf(store, selected)?.at;
    sceneSeen.current = scene;
    frameAll(made, at);
  }, [asked, opened, scene]);
}

const lastAsked = new WeakMap<Space, number>();

function unframed(pane: Pane): boolean {
  return pane.camera.position.lengthSq() === 0;
}

/** Show the selection, or the action and the camera. */
function frameAll(space: Space, at: Vector3 | undefined): void {
  const world = space.world;
  if (!world) return;
  for (const pane of space.panes) {
    const middle = (at ?? world.middle).clone();
    const flat = pane.kind !== "perspective";
    if (!at && !flat) middle.setY(0.9);
    pane.frame(middle, at ? 1.6 : flat ? world.reach + 1.2 : world.reach + 0.6);
  }
  space.invalidate();
}
