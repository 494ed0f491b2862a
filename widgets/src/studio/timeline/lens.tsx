// The lens over time: focal length and focus as curves, with their keys.

import { useSignal } from "@preact/signals";
import { useStudio } from "../context";
import { Button } from "../controls";
import { follow } from "../drag";
import type { ShotTracks } from "../state";
import { Key, type OpenShot, Unseen, useShots } from "./camera";
import type { Put } from "./copies";
import { bounds, drawn } from "./curve";
import { nameOf } from "./keys";
import { dragged, Fold, type Lane, Row } from "./lane";
import { share } from "./maths";
import type { Picking } from "./picking";

const LOW_PX = 22;
const HIGH_PX = 78;
const PAD_PX = 7;

interface KeyShown {
  readonly key: string;
  readonly frame: number;
  /** Undefined where it follows somebody. */
  readonly value: number | undefined;
  readonly words: string;
}

/** One value of the lens: how it is read, shown and keyed. */
interface Reading {
  readonly name: string;
  readonly label: string;
  readonly tip: string;
  /** So much is shown at least, on the scale that the curve is drawn on. */
  readonly room: number;
  readonly least: number;
  readonly most: number;
  /** The scale of the curve, and back: focus rings turn evenly in dioptres. */
  on(value: number): number;
  samples(known: ShotTracks): ArrayLike<number>;
  keys(shot: OpenShot, nameOf: (character: string) => string): readonly KeyShown[];
  put(shot: string, frame: number, value: number): Put;
}

const CONTROL = "focal_length_mm";

const FOCAL: Reading = {
  name: "lens",
  label: "Lens",
  tip: "Focal length over the shot, mm: keys of a zoom",
  room: 8,
  least: 1,
  most: 2000,
  on: (value) => value,
  samples: ({ camera }) => camera.focalLengthMm,
  keys: ({ card, known }) =>
    (
      known.shot.camera.tracks.find(({ control }) => control === CONTROL)?.keys ?? []
    ).map(({ frame, value }, index) => ({
      key: nameOf("control", card.id, index, CONTROL),
      frame,
      value,
      words: `${Number(value.toFixed(1))} mm`,
    })),
  put: (shot, frame, value) => ({
    track: "control",
    shot,
    control: CONTROL,
    frame,
    value: Math.round(value * 10) / 10,
  }),
};

const FOCUS: Reading = {
  name: "focus",
  label: "Focus",
  tip: "Focus distance over the shot, m: keys of the puller",
  room: 0.08,
  least: 0.05,
  most: 10_000,
  on: (value) => -1 / Math.max(value, 0.05),
  samples: ({ camera }) => camera.focusDistanceM,
  keys: ({ card, known }, nameOfWho) =>
    known.shot.camera.focus.map(({ frame, distance_m, subject }, index) => ({
      key: nameOf("focus", card.id, index),
      frame,
      value: distance_m ?? undefined,
      words: subject ? `on ${nameOfWho(subject)}` : `${distance_m?.toFixed(2)} m`,
    })),
  put: (shot, frame, value) => ({
    track: "focus",
    shot,
    frame,
    distance_m: Math.round(value * 100) / 100,
  }),
};

export function LensTrack(props: { lane: Lane; picking: Picking }) {
  return <ValueTrack {...props} reading={FOCAL} />;
}

export function FocusTrack(props: { lane: Lane; picking: Picking }) {
  return <ValueTrack {...props} reading={FOCUS} />;
}

function ValueTrack(props: { lane: Lane; picking: Picking; reading: Reading }) {
  const { lane, picking, reading } = props;
  const { store } = useStudio();
  const high = useSignal(false);
  const { open, shut } = useShots(lane);
  const height = high.value ? HIGH_PX : LOW_PX;
  const now = store.shot.value;
  const known = now && store.tracks.value.get(now.id);
  const set = () => {
    if (!now || !known) return;
    const frame = store.shotFrame.value;
    const value = reading.samples(known)[frame];
    if (value === undefined) return;
    const keys = [reading.put(now.id, frame, value)];
    store.link.edit({ kind: "put_keys", scene: lane.scene.id, keys });
  };
  return (
    <Row
      name={reading.name}
      tip={reading.tip}
      heightPx={height}
      head={
        <>
          <Fold
            label={reading.label}
            tip={`${reading.tip}. Open it to drag values`}
            open={high.value}
            onToggle={() => {
              high.value = !high.value;
            }}
          />
          <Button
            icon="key"
            tip={`Set a ${reading.label.toLowerCase()} key at the playhead, as it is there`}
            disabled={!known}
            onClick={set}
          />
        </>
      }
    >
      <Unseen lane={lane} shots={shut} />
      {open.map((shot) => (
        <Values
          key={shot.card.id}
          lane={lane}
          picking={picking}
          reading={reading}
          shot={shot}
          heightPx={height}
        />
      ))}
    </Row>
  );
}

function Values(props: {
  lane: Lane;
  picking: Picking;
  reading: Reading;
  shot: OpenShot;
  heightPx: number;
}) {
  const studio = useStudio();
  const { lane, picking, reading, shot, heightPx } = props;
  const { card, known } = shot;
  const samples = Array.from(reading.samples(known), reading.on);
  const [least, most] = bounds([samples], reading.room);
  const high = heightPx > LOW_PX;
  const inner = heightPx - 2 * PAD_PX;
  const x = (frame: number) => share(lane.span, card.first_frame + frame) * lane.width;
  const y = (at: number) => heightPx - PAD_PX - ((at - least) / (most - least)) * inner;
  const first = reading.samples(known)[0];
  const keys = reading.keys(shot, (id) => studio.store.nameOf(id));
  const unit = reading === FOCAL ? "mm" : "m";
  return (
    <>
      <svg class="ps-lane-curve" aria-hidden="true">
        <path d={drawn(samples, x, y)} />
      </svg>
      {keys.length || first === undefined ? null : (
        <span class="ps-curve-value" style={{ left: `${x(0)}px` }}>
          {Number(first.toFixed(unit === "mm" ? 1 : 2))} {unit}
        </span>
      )}
      {keys.map(({ key, frame, value, words }) => {
        const top = y(samples[frame] ?? least);
        const at = card.first_frame + frame;
        const lift = high && value !== undefined;
        return (
          <span key={key}>
            <Key
              lane={lane}
              picking={picking}
              name={key}
              at={at}
              topPx={Math.min(Math.max(top, 6), heightPx - 7) - 5.5}
              round
              tip={`${card.slate}: ${words} at frame ${frame}${lift ? "; up and down changes the value" : ""}`}
              {...(lift && { onPointerDown: lifted(key, at, frame, value) })}
            />
            {high ? (
              <span
                class="ps-curve-value"
                style={{ left: `${x(frame) + 9}px`, top: `${top - 7}px` }}
              >
                {words}
              </span>
            ) : null}
          </span>
        );
      })}
    </>
  );

  /** A key of an open row goes sideways in time, or up and down in value. */
  function lifted(key: string, at: number, frame: number, value: number) {
    return (event: PointerEvent) => {
      if (event.button !== 0) return;
      if (event.shiftKey || event.ctrlKey || picking.picked.length > 1) {
        picking.press(lane, key, event);
        return;
      }
      event.stopPropagation();
      picking.pick([key]);
      let way: "time" | "value" | undefined;
      const scene = lane.scene.id;
      const part = picking.all.find(({ name }) => name === key);
      follow(studio, event, {
        edit({ dx, dy, event: to }) {
          way ??= Math.abs(dx) >= Math.abs(dy) ? "time" : "value";
          if (way === "time") {
            if (!part) return undefined;
            const goes = dragged(lane, at, dx, to.altKey) - card.first_frame;
            const held = Math.min(Math.max(goes, 0), card.length_frames - 1);
            const { track, of, index } = part;
            const moved = { track, of, part: part.part, index, frame: held };
            return { kind: "move_keys", scene, keys: [moved] };
          }
          const drawnAt = reading.on(value) - (dy / inner) * (most - least);
          const asked = reading === FOCUS ? -1 / Math.min(drawnAt, -1e-4) : drawnAt;
          const held = Math.min(Math.max(asked, reading.least), reading.most);
          return {
            kind: "put_keys",
            scene,
            keys: [reading.put(card.id, frame, held)],
          };
        },
        click: () => studio.playback.seek(at),
      });
    };
  }
}
