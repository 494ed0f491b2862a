// The monitor's screen: the picture, what lies over it, and the hands on it.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { frameWithin } from "../../stage/lens";
import { Drawn } from "../boards/strokes";
import { useStudio } from "../context";
import { useDensity } from "../density";
import { watchSize } from "../sized";
import type { Comparison } from "./compare";
import { type OverlayChoice, Overlays } from "./overlays";
import { Painter, type View } from "./painter";
import { reframe, Wheel } from "./reframe";
import { Wipe } from "./wipe";

/** Pictures are asked for in steps of this many pixels, and smaller while moving. */
const STEP_PX = 32;
const MOVING_PX = 256;

/** Where the picture was clicked, and whether focus is pulled there by this frame. */
interface Mark {
  readonly x: number;
  readonly y: number;
  readonly pull: boolean;
  readonly shot: string;
  readonly frame: number;
}

export function Screen(props: {
  aspect: number;
  choice: OverlayChoice;
  view: View;
  wave: boolean;
  comparison: Comparison;
}) {
  const studio = useStudio();
  const { store } = studio;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const scope = useRef<HTMLCanvasElement>(null);
  const size = useSignal({ width: 0, height: 0 });
  const mark = useSignal<Mark | null>(null);
  const painter = useMemo(() => new Painter(), []);
  const wheel = useMemo(() => new Wheel(studio), [studio]);
  const dense = useDensity();
  useSize(frame, size, props.aspect);
  const { width, height } = size.value;

  useSignalEffect(() => {
    const moving = store.dragging.value !== "" || studio.playback.speed.value !== 0;
    const full = Math.round(Math.min(size.value.width * dense.value, 960) / STEP_PX);
    const wide = Math.max(full * STEP_PX, 64);
    store.monitorWidth.value = moving ? Math.min(wide, MOVING_PX) : wide;
  });
  useEffect(
    () => () => {
      store.monitorWidth.value = 0;
    },
    [store],
  );
  // The picture and everything that says how it is painted.
  const picture = store.picture.value;
  // Before the next repaint, not after it as other effects are.
  useLayoutEffect(() => {
    const target = canvas.current;
    if (!target || !picture) return;
    painter.paint(target, picture.bitmap, props.view);
    if (scope.current) painter.wave(scope.current, picture.bitmap);
  }, [picture, props.view, props.wave, width, height, dense.value]);
  useEffect(() => {
    const slate = store.shot.value?.slate ?? "";
    const rests = !store.dragging.value && !studio.playback.speed.value;
    // One that another has taken the place of meanwhile is closed.
    if (picture && picture === store.picture.value && rests)
      props.comparison.saw(picture, slate);
    const seen = picture?.wanted;
    if (seen) studio.playback.sawPicture(`${seen.shot} ${seen.frame}`);
  }, [picture]);
  usePicked(mark);
  // Round a cut, what plays is a moment ahead or behind.
  const waits =
    picture &&
    !studio.playback.speed.value &&
    picture.sent.shot !== store.shot.value?.id;
  const drawn = (store.shot.value?.notes ?? [])
    .filter((note) => note.frame === store.shotFrame.value)
    .flatMap((note) => note.strokes);

  return (
    <div class="ps-screen" ref={frame}>
      <div
        class="ps-frame"
        style={{ width: `${width}px`, height: `${height}px` }}
        title="Drag pans and tilts, Shift-drag trucks and pedestals, once clicked the wheel dollies and Ctrl-wheel zooms, click focuses, Alt-click pulls focus there by this frame"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          reframe(studio, event, width, (x, y, pull) => {
            const shot = store.shot.value?.id;
            if (!shot) return;
            const at = { shot, frame: store.shotFrame.value };
            mark.value = { x, y, pull, ...at };
            store.link.say({
              kind: "pick",
              ...at,
              x: Math.min(Math.max(x, 0), 1),
              y: Math.min(Math.max(y, 0), 1),
            });
          });
        }}
        onWheel={(event) => {
          // Who scrolls the notebook past the monitor moves no camera.
          if (!event.currentTarget.closest(".ps-studio:focus-within")) return;
          event.preventDefault();
          event.stopPropagation();
          wheel.turn(event);
        }}
      >
        <canvas
          ref={canvas}
          width={Math.round(width * dense.value)}
          height={Math.round(height * dense.value)}
        />
        <Wipe
          comparison={props.comparison}
          width={width}
          height={height}
          view={props.view}
        />
        <Overlays width={width} height={height} choice={props.choice}>
          <Drawn strokes={drawn} width={width} height={height} />
        </Overlays>
        {props.wave ? (
          <div
            class="ps-wave"
            title="Waveform, % of signal: lines at 0, 25, 50, 75, 100"
          >
            <canvas ref={scope} />
          </div>
        ) : null}
        <FocusMark at={mark.value} />
        {waits ? (
          <div class="ps-waiting">Waiting for {store.shot.value?.slate} …</div>
        ) : null}
        {picture ? null : <div class="ps-waiting">Waiting for the first picture …</div>}
      </div>
    </div>
  );
}

/** Keep the largest frame of the aspect that the element holds. */
function useSize(
  frame: { current: HTMLDivElement | null },
  size: { value: { width: number; height: number } },
  aspect: number,
): void {
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    return watchSize(element, (wide, tall) => {
      const { width, height } = frameWithin(wide, tall, aspect);
      size.value = { width: Math.floor(width), height: Math.floor(height) };
    });
  }, [aspect]);
}

/** Set focus on what the kernel says was clicked. */
function usePicked(mark: { value: Mark | null }): void {
  const { store } = useStudio();
  const picked = store.picked.value;
  useEffect(() => {
    if (!picked || !mark.value) return;
    const { shot, frame, character, distance_m } = picked;
    // An answer to an older click.
    if (mark.value.shot !== shot || mark.value.frame !== frame) return;
    // One focus for the shot, unless it is pulled already or is to be now.
    const keys = store.tracks.value.get(shot)?.shot.camera.focus.length ?? 0;
    const when = mark.value.pull || keys > 1 ? { at_frame: frame } : {};
    const on = character ? { character } : distance_m ? { distance_m } : undefined;
    if (on) store.link.edit({ kind: "set_focus", shot, ...when, ...on });
    else store.refused.value = "There is nothing to focus on: that is sky.";
    if (character) store.selected.value = { kind: "character", id: character };
  }, [picked]);
}

/** A small square where focus was set, and on what. */
function FocusMark(props: { at: { x: number; y: number } | null }) {
  const { store } = useStudio();
  const picked = store.picked.value;
  const here =
    picked?.shot === store.shot.value?.id && picked?.frame === store.shotFrame.value;
  if (!props.at || !picked || !here || picked.distance_m === null) return null;
  return (
    <div
      class="ps-focus-mark"
      style={{ left: `${props.at.x * 100}%`, top: `${props.at.y * 100}%` }}
    >
      <span>
        {picked.character ? store.nameOf(picked.character) : picked.what}{" "}
        {picked.distance_m.toFixed(2)} m
      </span>
    </div>
  );
}
