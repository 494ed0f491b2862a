// The cast: somebody on a turntable, as their body, clothes and colours are by now.

import { type Signal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import type { Character } from "../../schema";
import { useKept, useStudio } from "../context";
import { Choice, Empty } from "../controls";
import { signOf } from "../people";
import { Tabs, tabId } from "../tabs";
import { type Fitted, Sitter } from "./sitter";

const MOVING_PX = 288;
const MOST_PX = 720;
const STEP_PX = 48;
/** Turned by one pixel of a drag, degrees. */
const TURN_DEG = 0.6;
const NUDGE_DEG = 15;
const SIDES = [
  ["0", "Front"],
  ["45", "¾"],
  ["90", "Side"],
  ["180", "Back"],
] as const;
const FITS: readonly { value: Fitted; label: string; tip: string }[] = [
  { value: "figure", label: "Figure", tip: "The whole figure, on a scale in metres" },
  { value: "bust", label: "Bust", tip: "Head and shoulders" },
  { value: "face", label: "Face", tip: "The face" },
];
const TICKS_M = [0.5, 1, 1.5, 2];

/** Who is fitted: the one selected last, else the first of the cast. */
export function Cast() {
  const { store } = useStudio();
  const panel = useId();
  const person = store.person.value;
  if (!person)
    return (
      <Empty title="Nobody is in this film">
        Whoever speaks in the screenplay is cast here.
      </Empty>
    );
  return (
    <div class="ps-cast">
      <Strip person={person} panel={panel} />
      <Turntable person={person} panel={panel} />
    </div>
  );
}

function Strip({ person, panel }: { person: Character; panel: string }) {
  const { store } = useStudio();
  const people = store.film.value?.characters ?? [];
  return (
    <Tabs
      label="Cast"
      listClass="ps-cast-strip"
      tabClass="ps-cast-tab"
      panel={panel}
      value={person.id}
      tabs={people.map(({ id, name }) => {
        const { color, shape } = signOf(people, id);
        const sign = (
          <svg viewBox="-1.3 -1.3 2.6 2.6" aria-hidden="true">
            <path d={shape} fill={color} />
          </svg>
        );
        return { name: id, tip: `Fit ${name}`, content: [sign, name] };
      })}
      onPick={(id) => {
        store.selected.value = { kind: "character", id };
      }}
    />
  );
}

function Turntable({ person, panel }: { person: Character; panel: string }) {
  const { store } = useStudio();
  const screen = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const yaw = useKept("yaw", 20);
  const fitted = useKept<Fitted>("fitted", "figure");
  const height = useSignal(0);
  const turning = useSignal(false);
  useHeight(screen, height);
  const sitter = useMemo(
    () =>
      new Sitter(store, () => {
        const moving = turning.value || store.dragging.value !== "";
        const full = height.value * (window.devicePixelRatio || 1);
        const high = Math.min(Math.ceil(full / STEP_PX) * STEP_PX, MOST_PX);
        const character = store.person.value?.id;
        if (!character || !height.value) return undefined;
        return {
          character,
          yaw_deg: Math.round(yaw.value),
          fitted: fitted.value,
          height_px: moving ? Math.min(high, MOVING_PX) : high,
        };
      }),
    [store],
  );
  useEffect(() => () => sitter.close(), [sitter]);
  useSignalEffect(() => {
    const figure = sitter.figure.value;
    const target = canvas.current;
    if (!figure || !target) return;
    const { bitmap } = figure;
    // A smaller picture while something moves is stretched to the same place.
    target.width = bitmap.width;
    target.height = bitmap.height;
    target.getContext("2d")?.drawImage(bitmap, 0, 0);
  });
  const turn = (by: number) => {
    yaw.value = wrapped(yaw.value + by);
  };
  const seen = sitter.figure.value;
  return (
    <>
      <div
        class="ps-cast-screen"
        ref={screen}
        id={panel}
        role="tabpanel"
        aria-labelledby={tabId(panel, person.id)}
      >
        <div
          class="ps-cast-picture"
          role="slider"
          tabIndex={0}
          aria-label={`${person.name}, turned`}
          aria-valuemin={-180}
          aria-valuemax={180}
          aria-valuenow={Math.round(yaw.value)}
          aria-valuetext={`${Math.round(yaw.value)}° from the front`}
          title="Drag turns the figure; so do the arrow keys, 15° a press"
          onKeyDown={(event) => {
            const by = { ArrowLeft: -NUDGE_DEG, ArrowRight: NUDGE_DEG }[event.key];
            if (by === undefined) return;
            event.preventDefault();
            event.stopPropagation();
            turn(by);
          }}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            turned(event, turning, turn);
          }}
        >
          <canvas ref={canvas} />
          {seen && seen.sent.fitted === "figure" ? (
            <Scale middle={seen.sent.middle_m} field={seen.sent.field_m} />
          ) : null}
          {seen ? null : <div class="ps-waiting">Waiting for {person.name} …</div>}
        </div>
        <div class="ps-cast-name">
          <b>{person.name}</b>
          <span>
            {Math.round(person.age)} years, {person.height_m.toFixed(2)} m
          </span>
        </div>
      </div>
      <div class="ps-cast-bar">
        <Choice
          options={SIDES.map(([value, label]) => ({
            value,
            label,
            tip: `Seen from: ${label}`,
          }))}
          value={String(Math.round(Math.abs(yaw.value)))}
          onPick={(side) => {
            yaw.value = Number(side);
          }}
        />
        <span class="ps-space" />
        <Choice
          options={FITS}
          value={fitted.value}
          onPick={(fit) => {
            fitted.value = fit;
          }}
        />
      </div>
    </>
  );
}

/** Metres beside the figure; who grows is seen to. */
function Scale({ middle, field }: { middle: number; field: number }) {
  return (
    <div class="ps-cast-scale" aria-hidden="true">
      {TICKS_M.map((metres) => (
        <i key={metres} style={{ top: `${(0.5 - (metres - middle) / field) * 100}%` }}>
          {metres.toFixed(1)} m
        </i>
      ))}
    </div>
  );
}

function turned(
  down: PointerEvent,
  turning: Signal<boolean>,
  turn: (by: number) => void,
): void {
  const target = down.currentTarget as HTMLElement;
  let x = down.clientX;
  target.setPointerCapture(down.pointerId);
  const move = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    turning.value = true;
    turn((event.clientX - x) * TURN_DEG);
    x = event.clientX;
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== down.pointerId) return;
    turning.value = false;
    target.removeEventListener("pointermove", move);
    target.removeEventListener("lostpointercapture", end);
  };
  target.addEventListener("pointermove", move);
  target.addEventListener("lostpointercapture", end);
}

/** Follow how high an element is, CSS pixels. */
function useHeight(element: { current: HTMLElement | null }, height: Signal<number>) {
  useEffect(() => {
    const seen = element.current;
    if (!seen) return;
    const resizes = new ResizeObserver(() => {
      height.value = seen.clientHeight;
    });
    resizes.observe(seen);
    return () => resizes.disconnect();
  }, []);
}

/** Within -180 to 180. */
function wrapped(yaw: number): number {
  return ((((yaw + 180) % 360) + 360) % 360) - 180;
}
