// The picture through the lens. Dragging in it moves the camera.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { frameWithin } from "../../stage/lens";
import { type Studio, useStudio } from "../context";
import { Button, Choice, Empty, Select } from "../controls";
import { ASPECTS, type OverlayChoice, Overlays } from "./overlays";
import { Painter, type View } from "./painter";
import { reframe, Wheel } from "./reframe";
import { BANDS } from "./scopes";

/** Pictures are asked for in steps of this many pixels, and smaller while moving. */
const STEP_PX = 32;
const MOVING_PX = 256;

const VIEWS: readonly { value: View; label: string; tip: string }[] = [
  { value: "picture", label: "Picture", tip: "The picture as it is graded" },
  {
    value: "false colour",
    label: "False",
    tip: `False colour by % of signal: ${BANDS.filter(({ what }) => what)
      .map(({ what, upTo }) => (Number.isFinite(upTo) ? `${what} to ${upTo} %` : what))
      .join(", ")}`,
  },
  {
    value: "peaking",
    label: "Peak",
    tip: "Focus peaking: sharp edges in red",
  },
];

export function Monitor() {
  const studio = useStudio();
  const { store } = studio;
  const choice = useSignal<OverlayChoice>({
    thirds: false,
    centre: false,
    safe: false,
    aspect: "",
  });
  const view = useSignal<View>("picture");
  const wave = useSignal(false);
  const shot = store.shot.value;
  if (!shot)
    return (
      <Empty title="No picture yet">Pick a shot on the left, or in the timeline.</Empty>
    );
  const set = (changed: Partial<OverlayChoice>) => {
    choice.value = { ...choice.value, ...changed };
  };
  const { thirds, centre, safe, aspect } = choice.value;
  return (
    <div class="ps-monitor">
      <Report />
      <Screen
        aspect={shot.aspect}
        choice={choice.value}
        view={view.value}
        wave={wave.value}
      />
      <div class="ps-monitor-bar">
        <Choice
          options={VIEWS}
          value={view.value}
          onPick={(picked) => {
            view.value = picked;
          }}
        />
        <Button
          tip="Waveform of the picture: left to right as in the frame, 0 to 100 % upwards"
          pressed={wave.value}
          onClick={() => {
            wave.value = !wave.value;
          }}
        >
          Wave
        </Button>
        <span class="ps-divider" />
        <Button tip="Thirds" pressed={thirds} onClick={() => set({ thirds: !thirds })}>
          ⅓
        </Button>
        <Button
          tip="Centre cross"
          pressed={centre}
          onClick={() => set({ centre: !centre })}
        >
          +
        </Button>
        <Button
          tip="Safe areas: 93 % action, 90 % title"
          pressed={safe}
          onClick={() => set({ safe: !safe })}
        >
          Safe
        </Button>
        <span class="ps-aspect">
          <Select
            tip="One more frame over the delivery's, width : height"
            value={aspect}
            options={ASPECTS}
            onPick={(picked) => set({ aspect: picked })}
          />
        </span>
        <span class="ps-space" />
        <Button
          icon="still"
          tip="Save this frame as a large still (PNG)"
          onClick={() => void save(studio)}
        />
      </div>
    </div>
  );
}

async function save(studio: Studio): Promise<void> {
  const { store } = studio;
  const name = `${store.shot.value?.slate ?? "shot"}_${store.shotFrame.value}.png`;
  const png = await store.snapshot();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(png);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Lens, stop, focus and height at this frame, as a camera report says them. */
function Report() {
  const { store } = useStudio();
  const track = store.track.value;
  const shot = store.shot.value;
  const frame = store.shotFrame.value;
  const at = Math.min(frame, (track?.camera.focalLengthMm.length ?? 1) - 1);
  const mm = track?.camera.focalLengthMm[at] ?? shot?.focal_length_mm ?? 0;
  const focus = track?.camera.focusDistanceM[at];
  const height = track?.camera.worldFromCamera[at * 16 + 7];
  const shown = store.picture.value?.sent;
  return (
    <div class="ps-report">
      <span class="ps-slate" title="Slate">
        {shot?.slate}
      </span>
      <span title="Focal length, millimetres">{Number(mm.toFixed(1))} mm</span>
      <span title="Stop as set, T">T{Number((shot?.t_stop ?? 0).toFixed(1))}</span>
      {focus === undefined ? null : (
        <span title="Focus distance, metres">focus {focus.toFixed(2)} m</span>
      )}
      {height === undefined ? null : (
        <span title="Lens height over the floor, metres">
          height {height.toFixed(2)} m
        </span>
      )}
      <span class="ps-space" />
      {shown ? (
        <span
          class="ps-faint"
          title="Time the kernel took for this picture, and its width in pixels"
        >
          {Math.round(shown.ms)} ms · {shown.width_px} px
        </span>
      ) : null}
    </div>
  );
}

/** Where the picture was clicked, and whether focus is pulled there by this frame. */
interface Mark {
  readonly x: number;
  readonly y: number;
  readonly pull: boolean;
}

function Screen(props: {
  aspect: number;
  choice: OverlayChoice;
  view: View;
  wave: boolean;
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
  useSize(frame, size, props.aspect);
  const { width, height } = size.value;

  useSignalEffect(() => {
    const moving = store.dragging.value !== "" || studio.playback.speed.value !== 0;
    const full = Math.round(Math.min(size.value.width * density(), 960) / STEP_PX);
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
  useEffect(() => {
    const target = canvas.current;
    if (!target || !picture) return;
    painter.paint(target, picture.bitmap, props.view);
    if (scope.current) painter.wave(scope.current, picture.bitmap);
  }, [picture, props.view, props.wave, width, height]);
  useEffect(() => studio.playback.sawPicture(), [picture]);
  usePicked(mark);

  return (
    <div class="ps-screen" ref={frame}>
      <div
        class="ps-frame"
        style={{ width: `${width}px`, height: `${height}px` }}
        title="Drag pans and tilts, Shift-drag trucks and pedestals, wheel dollies, Ctrl-wheel zooms, click focuses, Alt-click pulls focus there by this frame"
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          reframe(studio, event, width, (x, y, pull) => {
            mark.value = { x, y, pull };
            const shot = store.shot.value;
            if (shot)
              store.link.say({
                kind: "pick",
                shot: shot.id,
                frame: store.shotFrame.value,
                x: Math.min(Math.max(x, 0), 1),
                y: Math.min(Math.max(y, 0), 1),
              });
          });
        }}
        onWheel={(event) => {
          event.preventDefault();
          event.stopPropagation();
          wheel.turn(event);
        }}
      >
        <canvas
          ref={canvas}
          width={Math.round(width * density())}
          height={Math.round(height * density())}
        />
        <Overlays width={width} height={height} choice={props.choice} />
        {props.wave ? (
          <div
            class="ps-wave"
            title="Waveform, % of signal: lines at 0, 25, 50, 75, 100"
          >
            <canvas ref={scope} />
          </div>
        ) : null}
        <FocusMark at={mark.value} />
        {picture && picture.sent.shot !== store.shot.value?.id ? (
          <div class="ps-waiting">Waiting for {store.shot.value?.slate} …</div>
        ) : null}
        {picture ? null : <div class="ps-waiting">Waiting for the first picture …</div>}
      </div>
    </div>
  );
}

function density(): number {
  return Math.min(window.devicePixelRatio || 1, 2);
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
    const measure = () => {
      const { clientWidth, clientHeight } = element;
      const { width, height } = frameWithin(clientWidth, clientHeight, aspect);
      size.value = { width: Math.floor(width), height: Math.floor(height) };
    };
    const resizes = new ResizeObserver(measure);
    resizes.observe(element);
    measure();
    return () => resizes.disconnect();
  }, [aspect]);
}

/** Set focus on what the kernel says was clicked. */
function usePicked(mark: { value: Mark | null }): void {
  const { store } = useStudio();
  const picked = store.picked.value;
  useEffect(() => {
    if (!picked || !mark.value) return;
    const { shot, frame, character, distance_m } = picked;
    // One focus for the shot, unless it is pulled already or is to be now.
    const keys = store.track.value?.shot.camera.focus.length ?? 0;
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
