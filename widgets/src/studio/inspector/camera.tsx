// The shot's camera: framing by name, lens, stop, focus, rig, moves, keys.

import { useSignal } from "@preact/signals";
import type { RigKind, Shot } from "../../schema";
import { useStudio } from "../context";
import { Button, Section, Select } from "../controls";
import { useSlide } from "../slides";
import { Lens } from "./lens";
import { Moves } from "./moves";
import { Ring } from "./ring";

const SIZES = ["EWS", "LS", "FS", "MLS", "cowboy", "MS", "MCU", "CU", "BCU", "ECU"];
const OF_TWO = ["two-shot", "OTS", "POV"];
const ANGLES = ["eye", "low", "high", "overhead", "dutch"];
const FOCUS_M = [0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.4, 2, 2.8, 4, 6, 9, 14, 25, 50, 100];
const RIGS: readonly RigKind[] = [
  "sticks",
  "slider",
  "dolly",
  "curved track",
  "pedestal",
  "jib",
  "crane",
  "steadicam",
  "gimbal",
  "handheld",
  "drone",
  "car mount",
];

export function CameraInspector({ shot }: { shot: Shot }) {
  return (
    <>
      <Section title="Framing">
        <Framing shot={shot} />
      </Section>
      <Section title="Lens">
        <Lens shot={shot} />
      </Section>
      <Section title="Focus">
        <Focus shot={shot} />
      </Section>
      <Section title="Moves">
        <Moves shot={shot} />
      </Section>
      <Section title="Rig and keys">
        <RigAndKeys shot={shot} />
      </Section>
    </>
  );
}

function Framing({ shot }: { shot: Shot }) {
  const { store } = useStudio();
  const scene = store.scene.value;
  const on = useSignal(shot.subjects[0] ?? scene?.characters[0] ?? "");
  const angle = useSignal<string>(shot.angle);
  const frame = (framing: string, character: string) =>
    store.link.edit({
      kind: "frame_on",
      shot: shot.id,
      framing,
      character,
      angle: angle.value,
    });
  if (!scene?.characters.length)
    return <p class="ps-hint">Nobody is in this scene to frame.</p>;
  return (
    <>
      <div class="ps-field">
        <span class="ps-label">On</span>
        <Select
          tip="Whom the framing is on"
          value={on.value}
          options={scene.characters.map((id) => [id, store.nameOf(id)])}
          onPick={(id) => {
            on.value = id;
          }}
        />
        <Select
          tip="From what height: angle of the framing"
          value={angle.value}
          options={ANGLES.map((name) => [name, name])}
          onPick={(name) => {
            angle.value = name;
          }}
        />
      </div>
      <div class="ps-ring">
        {SIZES.map((size) => (
          <Button
            key={size}
            tip={`${size} on ${store.nameOf(on.value)}: the camera is placed for it`}
            pressed={shot.size === size}
            onClick={() => frame(size, on.value)}
          >
            {size}
          </Button>
        ))}
        {shot.subjects.length === 2
          ? OF_TWO.map((name) => (
              <Button
                key={name}
                tip={`${name} of ${shot.subjects.map((id) => store.nameOf(id)).join(" and ")}`}
                onClick={() => frame(name, "")}
              >
                {name}
              </Button>
            ))
          : null}
      </div>
    </>
  );
}

function Focus({ shot }: { shot: Shot }) {
  const { store } = useStudio();
  const slide = useSlide();
  const frame = store.shotFrame.value;
  const metres = store.track.value?.camera.focusDistanceM[frame] ?? 3;
  const { focus } = shot.camera;
  const on = focus.findLast((key) => key.frame <= frame)?.subject ?? "";
  const pulled = focus.length > 1 ? { at_frame: frame } : {};
  const people = store.scene.value?.characters ?? [];
  return (
    <>
      <Ring
        label="Distance"
        tip="Focus distance from the sensor, metres"
        value={metres}
        marks={FOCUS_M}
        min={0.2}
        max={100}
        snap={hundredths}
        show={(value) => `${value.toFixed(2)} m`}
        mark={(distance) => `Focus at ${distance} m`}
        onTurn={(distance_m, last) =>
          slide({ kind: "set_focus", shot: shot.id, distance_m, ...pulled }, last)
        }
      />
      <div class="ps-field">
        <span class="ps-label">Held on</span>
        <Select
          tip="Whom focus follows"
          value={on}
          options={[
            ["", "a distance"],
            ...people.map((id) => [id, store.nameOf(id)] as const),
          ]}
          onPick={(character) => {
            const what = character
              ? { character }
              : { distance_m: Math.round(metres * 100) / 100 };
            store.link.edit({ kind: "set_focus", shot: shot.id, ...what, ...pulled });
          }}
        />
        <span class="ps-value" title="Focus keys over the shot">
          {focus.length > 1 ? `${focus.length} keys` : ""}
        </span>
      </div>
    </>
  );
}

function RigAndKeys({ shot }: { shot: Shot }) {
  const { store, playback } = useStudio();
  const frames = store.track.value?.keyFrames ?? [];
  const selected = store.selected.value;
  return (
    <>
      <div class="ps-field">
        <span class="ps-label">On</span>
        <Select
          tip="What carries the camera"
          value={shot.camera.rig.kind}
          options={RIGS.map((kind) => [kind, kind])}
          onPick={(rig) => store.link.edit({ kind: "set_rig", shot: shot.id, rig })}
        />
        <Button
          icon="plus"
          tip="Set a camera key at this frame"
          onClick={() => {
            const at_frame = store.shotFrame.value;
            store.link.edit({ kind: "add_key", shot: shot.id, at_frame });
          }}
        >
          Key
        </Button>
      </div>
      {frames.map((frame, index) => (
        <div
          key={index}
          class="ps-key-row"
          aria-current={selected.kind === "camera" && selected.index === index}
        >
          <button
            type="button"
            class="ps-move-words"
            title="Select this key and go to its frame"
            onClick={() => {
              const first = store.shot.value?.first_frame ?? 0;
              playback.seek(first + frame);
              store.selected.value = { kind: "camera", index };
            }}
          >
            <b>{index + 1}</b> frame {frame}
            <i>
              {shot.camera.poses[index]?.position_m.map((m) => m.toFixed(2)).join("  ")}{" "}
              m
            </i>
          </button>
          <Button
            icon="close"
            tip="Take this camera key out of the path"
            disabled={frames.length < 2}
            onClick={() =>
              store.link.edit({ kind: "remove_key", shot: shot.id, index })
            }
          />
        </div>
      ))}
    </>
  );
}

function hundredths(metres: number): number {
  return Math.round(metres * 100) / 100;
}
