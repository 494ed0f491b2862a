// The stage panel: layout of panes, what they show, and how hands move things in them.

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { StageError } from "../../stage/payload";
import { type Studio, useStudio } from "../context";
import { Button, Choice, Empty } from "../controls";
import { watchDensity } from "../density";
import { watchSize } from "../sized";
import { aimGizmo, releaseGizmo } from "./gizmo";
import { type Held, middleOf } from "./grab";
import { hold } from "./hands";
import { HoldBar } from "./holdbar";
import { watchContext } from "./lost";
import { fly, PANE_NAMES, Pane, type PaneKind } from "./panes";
import { record } from "./record";
import { Shelf } from "./shelf";
import { SHOWN, type Shown } from "./shown";
import { GRID_M } from "./snap";
import { Space } from "./space";
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
  const shown = useSignal(SHOWN);
  const recording = useSignal(false);
  const opened = store.stage.value;
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
            {
              value: "select",
              label: "Q",
              tip: "Choose only (Q): drag a frame round what is wanted; with another tool hold Shift",
            },
            { value: "move", label: "W", tip: "Move what is chosen (W), metres" },
            { value: "turn", label: "E", tip: "Turn what is chosen (E), degrees" },
            { value: "size", label: "R", tip: "Size of chosen set pieces (R), metres" },
          ]}
          value={gizmo.value}
          onPick={(picked) => {
            gizmo.value = picked;
          }}
        />
        <Button
          icon="plus"
          tip="Bring people, furniture, lights and cameras to the stage (Shift-A)"
          pressed={store.shelved.value}
          onClick={() => {
            store.shelved.value = !store.shelved.value;
          }}
        >
          Add
        </Button>
        <Button
          tip={`Snap to spots, eyelines, furniture and the ${GRID_M} m grid; Ctrl inverts it while you drag`}
          pressed={store.snaps.value}
          onClick={() => {
            store.snaps.value = !store.snaps.value;
          }}
        >
          Snap
        </Button>
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
        <Overlays shown={shown} />
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

const OVERLAYS: readonly (readonly [keyof Shown, string, string])[] = [
  ["marks", "Marks", "Everybody's marks and ways"],
  ["lights", "Lamps", "Lamps and their throw; a chosen one shows its cone"],
  ["focus", "Focus", "The plane in focus and the depth that is sharp, blue"],
  ["rig", "Rig", "Sticks, dolly track or crane arm under the camera"],
  ["axis", "180° line", "The line between the two people of the shot"],
  [
    "ghosts",
    "Ghosts",
    "Onion skin: 6 and 12 frames before (blue) and after (orange), of who is chosen or in the shot",
  ],
  ["work", "Work light", "Even light to see by; the scene's own stays as it is"],
];

/** What is drawn over the set. */
function Overlays({ shown }: { shown: Signal<Shown> }) {
  return (
    <details class="ps-overlays">
      <summary class="ps-button" title="What is drawn over the set">
        Overlays
      </summary>
      <div class="ps-overlays-list">
        {OVERLAYS.map(([what, label, tip]) => (
          <label key={what} title={tip}>
            <input
              type="checkbox"
              checked={shown.value[what]}
              onChange={(event) => {
                shown.value = { ...shown.value, [what]: event.currentTarget.checked };
              }}
            />
            {label}
          </label>
        ))}
      </div>
    </details>
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
  const shown3d = useSignal<Space | null>(null);
  const failed = useSignal("");
  const lost = useSignal(false);
  const made = useSignal(1);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    lost.value = false;
    const end = mount(studio, element, layout, space, failed);
    const leave = outlive(space.current, lost, made);
    shown3d.value = space.current;
    return () => {
      shown3d.value = null;
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
          {shown3d.value ? <DragHint space={shown3d.value} pane={kind} /> : null}
        </div>
      ))}
      <HoldBar />
      {store.shelved.value && !failed.value ? (
        <Shelf
          space={shown3d.value}
          onClose={() => {
            store.shelved.value = false;
          }}
        />
      ) : null}
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
  return watchContext(space.painter.drawnOn, {
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

/** What a drag comes to, beside the pointer. */
function DragHint({ space, pane }: { space: Space; pane: PaneKind }) {
  const hint = space.hint.value;
  if (hint?.pane !== pane) return null;
  const { x, y, text, snap, free } = hint;
  const ctrl = snap ? "Ctrl: free" : free ? "Ctrl: snap" : "";
  return (
    <div class="ps-drag-hint" style={{ left: `${x + 16}px`, top: `${y + 14}px` }}>
      <b>{text}</b>
      {snap ? <span>{snap}</span> : null}
      {ctrl ? <i>{ctrl}</i> : null}
    </div>
  );
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
    const pane: Pane = new Pane(kind, place, () => made.invalidate(pane));
    made.panes.push(pane);
    const look = studio.looks.panes.get(kind);
    if (look && studio.looks.scene === sceneOf(studio)) pane.take(look);
    if (kind === "perspective") made.gizmo.camera = pane.camera;
    return [fly(pane, () => made.invalidate(pane)), hold(studio, made, pane)];
  });
  const released = releaseGizmo(studio, made);
  const unasked = answerWhere(made, element);
  space.current = made;
  const unsized = watchSize(element, (width, height) => made.resize(width, height));
  const coarse = watchDensity(() =>
    made.resize(element.clientWidth, element.clientHeight),
  );
  // Its signals draw what is there already.
  studio.framed.value += 1;
  return () => {
    unsized();
    coarse();
    released();
    unasked();
    for (const end of ends) end();
    remember(studio, made);
    space.current = null;
    made.dispose();
  };
}

function sceneOf({ store }: Studio): string {
  return store.scene.peek()?.id ?? "";
}

/** Another layout looks from where this one did. */
function remember(studio: Studio, { panes }: Space): void {
  const { looks } = studio;
  if (looks.scene !== sceneOf(studio)) looks.panes.clear();
  looks.scene = sceneOf(studio);
  for (const pane of panes) if (!pane.isUnframed) looks.panes.set(pane.kind, pane.look);
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
  const chosen = store.choice.all.value;
  const seen = store.choice.seen.value;
  const scene = store.scene.value?.id;
  const place = store.place.value?.scene === scene ? store.place.value : undefined;
  const asked = framed.value;
  // What was let go where it may not be goes back.
  const refusals = store.refusals.value;
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
    made.dress();
    aimGizmo(studio, made);
    made.invalidate();
  }, [
    opened,
    track,
    place,
    chosen,
    seen,
    shown.value,
    gizmo.value,
    axisFrame,
    asked,
    refusals,
  ]);
  useEffect(() => {
    const made = space.current;
    if (!made?.world || !scene) return;
    if (!lastAsked.has(made) && made.panes.some((pane) => !pane.isUnframed)) {
      lastAsked.set(made, asked);
      sceneSeen.current = scene;
      const rest = made.panes.filter(({ isUnframed }) => isUnframed);
      return frameAll(made, [], rest);
    }
    const fresh =
      sceneSeen.current !== scene || made.panes.every(({ isUnframed }) => isUnframed);
    if (!fresh && asked === lastAsked.get(made)) return;
    lastAsked.set(made, asked);
    const held = fresh ? [] : made.grabbed();
    sceneSeen.current = scene;
    frameAll(made, held);
  }, [asked, opened, scene]);
}

const lastAsked = new WeakMap<Space, number>();

/** Show what is chosen, or the action and the camera. */
function frameAll(space: Space, held: readonly Held[], panes = space.panes): void {
  const world = space.world;
  if (!world) return;
  const at = held.length ? middleOf(held) : undefined;
  const wide = held.map(({ at: own, size_m }) => {
    const half = size_m ? Math.hypot(...size_m) / 2 : 0;
    return own.distanceTo(at ?? own) + half;
  });
  for (const pane of panes) {
    const middle = (at ?? world.middle).clone();
    const flat = pane.kind !== "perspective";
    if (!at && !flat) middle.setY(0.9);
    const reach = at ? Math.max(1.6, ...wide) : world.reach + (flat ? 1.2 : 0.6);
    pane.frame(middle, reach);
  }
  space.invalidate();
}
