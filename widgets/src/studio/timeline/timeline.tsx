// The scene over time: ruler, shots, what is said, camera keys, everybody's marks.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { SceneCard } from "../../messages";
import { useStudio } from "../context";
import { Empty } from "../controls";
import { watchSize } from "../sized";
import { PersonTrack, PropTrack, SwingTrack } from "./acting";
import { TransportBar } from "./bar";
import { CameraTrack } from "./camera";
import { CutTrack, TRIM_KEYS } from "./cut";
import { HEAD_PX, type Lane } from "./lane";
import { FocusTrack, LensTrack } from "./lens";
import { frameAt, held, revealed, type Span, share, ticks, zoomed } from "./maths";
import { type Picking, usePicking } from "./picking";
import { marquee, PickedRange } from "./range";
import { ScriptTrack } from "./script";

export function Timeline() {
  const { store } = useStudio();
  const scene = store.scene.value;
  return (
    <div class="ps-timeline">
      <TransportBar />
      {scene ? (
        <Lanes key={scene.id} scene={scene} />
      ) : (
        <Empty title="No scene yet">The timeline shows the scene that is open.</Empty>
      )}
    </div>
  );
}

function Lanes({ scene }: { scene: SceneCard }) {
  const { store, trim, panelKeys } = useStudio();
  const picking = usePicking(scene.id);
  const box = useSignal<DOMRect | undefined>(undefined);
  const span = useSignal<Span>({ from: 0, length: Math.max(scene.length_frames, 12) });
  const width = useSignal(800);
  const lanes = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = lanes.current;
    if (!element) return;
    return watchSize(element, (wide) => {
      width.value = Math.max(wide - HEAD_PX, 50);
    });
  }, []);
  useEffect(() => {
    span.value = held(span.value, scene.length_frames);
  }, [scene.length_frames]);
  useSignalEffect(() => {
    const at = store.frame.value;
    const now = span.peek();
    const seen = revealed(now, at, scene.length_frames);
    if (seen !== now) span.value = seen;
  });
  useEffect(() => {
    const choose = (event: KeyboardEvent) => {
      const mode = TRIM_KEYS[event.key.toLowerCase()];
      if (!mode || event.ctrlKey || event.metaKey || event.altKey) return false;
      trim.value = mode;
      return true;
    };
    panelKeys.add(choose);
    return () => {
      panelKeys.delete(choose);
    };
  }, []);
  const lane: Lane = {
    span: span.value,
    width: width.value,
    scene,
    playhead: () => store.frame.value,
  };
  const wheel = (event: WheelEvent) => {
    const box = lanes.current?.getBoundingClientRect();
    if (!box) return;
    const at = Math.min(
      Math.max((event.clientX - box.left - HEAD_PX) / width.value, 0),
      1,
    );
    const all = scene.length_frames;
    if (event.ctrlKey || event.metaKey)
      span.value = zoomed(span.value, 1.2 ** (event.deltaY / 100), at, all);
    else if (event.shiftKey || event.deltaX) {
      const pixels = event.deltaX || event.deltaY;
      const from = span.value.from + (pixels / width.value) * span.value.length;
      span.value = held({ ...span.value, from }, all);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      class="ps-lanes"
      ref={lanes}
      onWheel={wheel}
      onPointerDown={(event) => {
        const into = event.target as Element;
        if (event.button === 0 && into.closest(".ps-lane-body"))
          marquee(event, picking, (drawn) => {
            box.value = drawn;
          });
      }}
    >
      <div class="ps-lane ps-ruler-lane">
        <span class="ps-lane-head" title="Ctrl-wheel zooms, Shift-wheel scrolls">
          Scene {scene.number}
        </span>
        <Ruler lane={lane} picking={picking} />
      </div>
      <CutTrack lane={lane} />
      <ScriptTrack lane={lane} />
      <CameraTrack lane={lane} picking={picking} />
      <LensTrack lane={lane} picking={picking} />
      <FocusTrack lane={lane} picking={picking} />
      <Acting lane={lane} picking={picking} />
      <Playhead lane={lane} />
      {box.value ? <Box of={box.value} /> : null}
    </div>
  );
}

/** The rows of those who act in the scene, and of what they move. */
function Acting({ lane, picking }: { lane: Lane; picking: Picking }) {
  const { store } = useStudio();
  const place = store.place.value;
  if (place?.scene !== lane.scene.id) return null;
  const here = new Set(lane.scene.characters);
  return (
    <>
      {place.blocking
        .filter(({ character }) => here.has(character))
        .map((blocking) => (
          <PersonTrack
            key={blocking.character}
            lane={lane}
            picking={picking}
            blocking={blocking}
          />
        ))}
      {place.props
        .filter(({ keys, holds }) => keys.length || holds.length)
        .map((prop) => (
          <PropTrack key={prop.piece.id} lane={lane} picking={picking} prop={prop} />
        ))}
      {place.swings.map((swing) => (
        <SwingTrack
          key={`${swing.piece} ${swing.part}`}
          lane={lane}
          picking={picking}
          swing={swing}
        />
      ))}
    </>
  );
}

/** The rectangle that is being drawn over keys. */
function Box({ of }: { of: DOMRect }) {
  return (
    <i
      class="ps-box"
      style={{
        left: `${of.left}px`,
        top: `${of.top}px`,
        width: `${of.width}px`,
        height: `${of.height}px`,
      }}
    />
  );
}

function Ruler({ lane, picking }: { lane: Lane; picking: Picking }) {
  const { store, playback } = useStudio();
  const rate = store.film.value?.rate ?? { numerator: 24, denominator: 1 };
  const { first, last } = playback.marked.value;
  const end = lane.scene.length_frames;
  const from = share(lane.span, first ?? 0);
  const to = share(lane.span, (last ?? end - 1) + 1);
  const seek = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    playback.seek(frameAt(lane.span, (event.clientX - box.left) / box.width));
  };
  return (
    <div
      class="ps-lane-body ps-ruler"
      role="slider"
      tabIndex={-1}
      aria-label="Frame of the scene"
      aria-valuemin={0}
      aria-valuemax={end - 1}
      aria-valuenow={store.frame.value}
      title="Drag to scrub. Ctrl-wheel zooms, Shift-wheel scrolls."
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        seek(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) seek(event);
      }}
    >
      {first !== undefined || last !== undefined ? (
        <i
          class="ps-inout"
          style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }}
        />
      ) : null}
      {ticks(lane.span, lane.width, rate).map(({ frame, label }) => (
        <span
          key={frame}
          class="ps-tick"
          style={{ left: `${share(lane.span, frame) * 100}%` }}
        >
          {label}
        </span>
      ))}
      <PickedRange lane={lane} picking={picking} />
    </div>
  );
}

function Playhead({ lane }: { lane: Lane }) {
  const { store } = useStudio();
  const at = share(lane.span, store.frame.value);
  if (at < 0 || at > 1) return null;
  return (
    <i
      class="ps-playhead"
      style={{ left: `calc(${HEAD_PX}px + ${at} * (100% - ${HEAD_PX}px))` }}
    />
  );
}
