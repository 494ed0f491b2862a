// The picture through the lens. Dragging in it moves the camera.

import { type Studio, useKept, useStudio } from "../context";
import { Button, Choice, Empty, Select } from "../controls";
import { TakeFrame } from "../promote/take";
import { ASPECTS, type OverlayChoice } from "./overlays";
import type { View } from "./painter";
import { BANDS } from "./scopes";
import { Screen } from "./screen";
import { WipeControls } from "./wipe";

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
  const { store, comparison } = studio;
  const choice = useKept<OverlayChoice>("overlays", {
    thirds: false,
    centre: false,
    safe: false,
    aspect: "",
  });
  const view = useKept<View>("view", "picture");
  const wave = useKept("waveform", false);
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
      {comparison.mode.value === "take" ? <TakeFrame /> : null}
      <Screen
        aspect={shot.aspect}
        choice={choice.value}
        view={view.value}
        wave={wave.value}
        comparison={comparison}
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
        <WipeControls comparison={comparison} />
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
  if (!store.shot.value) return;
  const name = `${store.shot.value?.slate ?? "shot"}_${store.shotFrame.value}.png`;
  // Why not stands in the message already.
  const png = await store.snapshot().catch(() => undefined);
  if (!png) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(png);
  link.download = name;
  link.click();
  // Some browsers read it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
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
      {shown && !shown.light_is_whole ? (
        <span
          class="ps-faint ps-lighting"
          title="The light of this picture is still being worked out; it gets finer by itself"
        >
          lighting
        </span>
      ) : null}
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
