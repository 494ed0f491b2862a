// The glass: focal lengths of the gear list's sets, and the stop.

import { useSignal } from "@preact/signals";
import { lens_sets as LENS_SETS } from "../../../../previz/data/gear.json";
import type { Shot } from "../../schema";
import { useStudio } from "../context";
import { NumberField, Select } from "../controls";
import { useSlide } from "../slides";
import { Ring } from "./ring";

/** Engraved on zooms, millimetres. */
const ZOOM_MM = [18, 21, 25, 28, 32, 35, 40, 50, 65, 75, 85, 100, 135, 180, 240];
/** Primes stand closer than stops: the ring turns farther between them. */
const DENSE_RAD = 1;
const STOPS = [1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22];

/** What is engraved on a set's rings, and how long its zoom is; 0 for primes. */
function engravedOn(set: (typeof LENS_SETS)[number] | undefined) {
  const marks = new Set<number>();
  let longest = 0;
  for (const one of set?.lenses ?? []) {
    if (!("focal_length_mm" in one) || typeof one.focal_length_mm !== "number")
      continue;
    const shortest = one.focal_length_mm;
    marks.add(shortest);
    if (!("longest_mm" in one) || typeof one.longest_mm !== "number") continue;
    longest = one.longest_mm;
    for (const mm of ZOOM_MM) if (mm > shortest && mm < longest) marks.add(mm);
    marks.add(longest);
  }
  return { marks: [...marks].sort((one, other) => one - other), longest };
}

/** The first set of the gear list that has a focal length, else the first of all. */
function setWith(focal_length_mm: number): string {
  const having = LENS_SETS.find((set) =>
    engravedOn(set).marks.includes(focal_length_mm),
  );
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
  const { marks, longest } = engravedOn(chosen);
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
      <Ring
        label="Focal length"
        tip={longest ? "Zoom ring, millimetres" : "Prime of the set, millimetres"}
        value={mm}
        marks={marks}
        min={Math.min(...marks)}
        max={Math.max(...marks)}
        clicks={!longest}
        octave={DENSE_RAD}
        snap={Math.round}
        show={(value) => `${Number(value.toFixed(1))} mm`}
        mark={(focal) => `Put on the ${focal} mm`}
        onTurn={lens}
      />
      <NumberField
        label="Exact"
        tip="Focal length typed in, millimetres"
        value={mm}
        unit="mm"
        digits={1}
        onSet={(value) => lens(Math.min(Math.max(value, 4), 1200), true)}
      />
      <Ring
        label="Stop"
        tip="T-stop, in thirds: smaller opens up and blurs more"
        value={t_stop}
        marks={STOPS}
        min={1}
        max={22}
        snap={third}
        engrave={(stop) => String(stop)}
        show={(value) => `T${Number(value.toFixed(1))}`}
        mark={(stop) => `Set the stop to T${stop}`}
        onTurn={(stop, last) =>
          slide({ kind: "set_stop", shot: shot.id, t_stop: stop }, last)
        }
      />
    </>
  );
}

/** The nearest third of a stop. */
function third(t_stop: number): number {
  const thirds = Math.round(Math.log2(t_stop) * 6);
  return Math.round(2 ** (thirds / 6) * 100) / 100;
}
