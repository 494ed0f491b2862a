// The glass: focal lengths of the gear list's sets, and the stop.

import { useSignal } from "@preact/signals";
import { lens_sets as LENS_SETS } from "../../../../previz/data/gear.json";
import type { Shot } from "../../schema";
import { useStudio } from "../context";
import { Button, Select, Slider } from "../controls";
import { useSlide } from "../slides";

const STOPS = [1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22];

function focalsOf(set: (typeof LENS_SETS)[number] | undefined): number[] {
  return (set?.lenses ?? []).flatMap((one) =>
    "focal_length_mm" in one && typeof one.focal_length_mm === "number"
      ? [one.focal_length_mm]
      : [],
  );
}

/** The first set of the gear list that has a focal length, else the first of all. */
function setWith(focal_length_mm: number): string {
  const having = LENS_SETS.find((set) => focalsOf(set).includes(focal_length_mm));
  return (having ?? LENS_SETS[0])?.name ?? "";
}

export function Lens({ shot }: { shot: Shot }) {
  const { store } = useStudio();
  const slide = useSlide();
  const maker = useSignal(setWith(shot.camera.poses[0]?.focal_length_mm ?? 0));
  const chosen = LENS_SETS.find(({ name }) => name === maker.value);
  const frame = store.shotFrame.value;
  const track = store.track.value;
  const mm =
    track?.camera.focalLengthMm[frame] ?? shot.camera.poses[0]?.focal_length_mm ?? 35;
  const { t_stop } = shot.camera.lens;
  const lens = (focal_length_mm: number, last: boolean) =>
    slide({ kind: "set_lens", shot: shot.id, focal_length_mm }, last);
  const primes = focalsOf(chosen);
  return (
    <>
      <div class="ps-field">
        <span class="ps-label">Set</span>
        <Select
          tip="Lens set of the gear list; its focal lengths stand below"
          value={maker.value}
          options={LENS_SETS.map(({ name }) => [name, name])}
          onPick={(name) => {
            maker.value = name;
          }}
        />
        <span />
      </div>
      <div class="ps-ring" title="Focal lengths of the set, millimetres">
        {primes.map((focal) => (
          <Button
            key={focal}
            tip={`Put on the ${focal} mm`}
            pressed={Math.abs(focal - mm) < 0.05}
            onClick={() => lens(focal, true)}
          >
            {focal}
          </Button>
        ))}
      </div>
      <Slider
        label="Focal length"
        tip="Focal length, millimetres; whole millimetres as engraved"
        value={mm}
        min={8}
        max={300}
        step={1}
        log
        show={(value) => `${Number(value.toFixed(1))} mm`}
        onSlide={(value, last) => lens(Math.round(value), last)}
      />
      <Slider
        label="Stop"
        tip="T-stop, in thirds: smaller opens up and blurs more"
        value={t_stop}
        min={1}
        max={22}
        step={0.1}
        log
        show={(value) => `T${Number(value.toFixed(1))}`}
        onSlide={(value, last) =>
          slide({ kind: "set_stop", shot: shot.id, t_stop: third(value) }, last)
        }
      />
      <div class="ps-ring" title="Full stops, T">
        {STOPS.map((stop) => (
          <Button
            key={stop}
            tip={`Set the stop to T${stop}`}
            pressed={Math.abs(stop - t_stop) < 0.05}
            onClick={() =>
              store.link.edit({ kind: "set_stop", shot: shot.id, t_stop: stop })
            }
          >
            {stop}
          </Button>
        ))}
      </div>
    </>
  );
}

/** The nearest third of a stop. */
function third(t_stop: number): number {
  const thirds = Math.round(Math.log2(t_stop) * 6);
  return Math.round(2 ** (thirds / 6) * 100) / 100;
}
