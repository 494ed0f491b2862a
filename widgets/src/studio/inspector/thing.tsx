// What is placed in the scene: a lamp, a set piece, somebody's mark.

import type { PlaceSent } from "../../messages";
import type { Light, Matter, SetPiece } from "../../schema";
import { useStudio } from "../context";
import { Button, Empty, NumberField, Section, Select, Slider } from "../controls";
import type { Vec3 } from "../edits";
import { useSlide } from "../slides";
import { Color } from "./color";
import { kelvinColor } from "./colors";

const STOPS = [
  ["−1", -1],
  ["−⅓", -1 / 3],
  ["+⅓", 1 / 3],
  ["+1", 1],
] as const;
/** Height of the chest as a share of the whole. */
const CHEST = 0.74;
const COLDEST_K = 15_000;
const WARMEST_K = 1_800;
const KELVINS = Array.from({ length: 9 }, (_, step) =>
  kelvinColor(WARMEST_K * (COLDEST_K / WARMEST_K) ** (step / 8)),
).join(", ");
/** Others are fitted into these: they keep their size. */
const BUILT = new Set(["wall", "floor", "ceiling", "ground", "road", "pavement"]);
const SIDES = [
  ["Width", "Width before it is turned"],
  ["Height", "Height"],
  ["Depth", "Depth before it is turned"],
] as const;
const MATTERS: readonly Matter[] = [
  "wood",
  "plaster",
  "brick",
  "tile",
  "stone",
  "metal",
  "plastic",
  "glass",
  "cloth",
  "leather",
  "paper",
  "ground",
  "grass",
  "foliage",
  "asphalt",
  "water",
];

export function LightInspector({ place, id }: { place: PlaceSent; id: string }) {
  const { store } = useStudio();
  const slide = useSlide();
  const light = place.lights.find((one) => one.id === id);
  if (!light) return <Gone />;
  const { scene } = place;
  const unit = light.kind === "sun" || light.kind === "sky" ? "lx" : "cd";
  const what = unit === "lx" ? "lux" : "candela on its axis";
  const kelvin = light.color_temperature_k;
  return (
    <>
      <Section title={`${light.role}, ${light.kind}`}>
        <Slider
          label="Intensity"
          tip={`How bright, ${what}`}
          value={Math.max(light.intensity, 0.1)}
          min={0.1}
          max={unit === "lx" ? 120_000 : 200_000}
          step={1}
          log
          show={(value) => `${Number(value.toPrecision(3))} ${unit}`}
          onSlide={(value, last) => {
            const intensity = Number(value.toPrecision(3));
            slide({ kind: "set_light", scene, light: id, intensity }, last);
          }}
        />
        <Stops
          intensity={Math.max(light.intensity, 0.1)}
          onSet={(intensity) =>
            store.link.edit({ kind: "set_light", scene, light: id, intensity })
          }
        />
        <div class="ps-kelvin-slide" style={`--ps-kelvins: ${KELVINS}`}>
          <Slider
            label="Colour"
            tip="Colour temperature, kelvin: lower is warmer"
            value={kelvin}
            min={WARMEST_K}
            max={COLDEST_K}
            step={50}
            log
            show={(value) => `${Math.round(value / 10) * 10} K`}
            onSlide={(value, last) => {
              const color_temperature_k = Math.round(value / 10) * 10;
              slide({ kind: "set_light", scene, light: id, color_temperature_k }, last);
            }}
          />
        </div>
        <div class="ps-field">
          <span class="ps-label">Looks</span>
          <i
            class="ps-kelvin"
            title={`About what ${Math.round(kelvin)} K looks like beside daylight`}
            style={{ background: kelvinColor(kelvin) }}
          />
          <span />
        </div>
      </Section>
      {light.kind === "sky" ? null : (
        <Section title="Place">
          <Place
            at={light.position_m}
            onSet={(position_m) =>
              store.link.edit({ kind: "set_light", scene, light: id, position_m })
            }
          />
        </Section>
      )}
      {light.kind === "sky" ? null : (
        <Section title="Aim">
          <Aim place={place} light={light} />
        </Section>
      )}
    </>
  );
}

/** How much brighter or darker than before, as a gaffer says it. */
function Stops(props: { intensity: number; onSet: (intensity: number) => void }) {
  const by = (stops: number) =>
    props.onSet(Number((props.intensity * 2 ** stops).toPrecision(4)));
  return (
    <div class="ps-field">
      <span class="ps-label">Stops</span>
      <span class="ps-stops">
        {STOPS.map(([label, stops]) => (
          <Button
            key={label}
            tip={`${stops > 0 ? "Up" : "Down"} ${label.slice(1)} stop: ${stops > 0 ? "brighter" : "darker"}`}
            onClick={() => by(stops)}
          >
            {label}
          </Button>
        ))}
      </span>
      <span />
    </div>
  );
}

function Aim({ place, light }: { place: PlaceSent; light: Light }) {
  const { store } = useStudio();
  const { scene } = place;
  const aim = (aim_m: Vec3) =>
    store.link.edit({ kind: "set_light", scene, light: light.id, aim_m });
  return (
    <>
      {place.walks.length ? (
        <div class="ps-field">
          <span class="ps-label">At</span>
          <Select
            tip="Aim at somebody's chest, where they are at this frame"
            value=""
            options={[
              ["", "somebody …"],
              ...place.walks.map(
                ({ character }) => [character, store.nameOf(character)] as const,
              ),
            ]}
            onPick={(character) => {
              const walk = place.walks.find((one) => one.character === character);
              const at = walk && whereIn(walk, store.frame.value);
              const tall = store.film.value?.characters.find(
                ({ id }) => id === character,
              );
              if (at) aim([at[0], (tall?.height_m ?? 1.7) * CHEST, at[2]]);
            }}
          />
          <span />
        </div>
      ) : null}
      <Place at={light.aim_m} onSet={aim} />
    </>
  );
}

/** Where somebody is on their walk, at the frame nearest to one of the scene. */
function whereIn(walk: PlaceSent["walks"][number], frame: number): Vec3 | undefined {
  const row = Math.round((frame - walk.first_frame) / walk.step_frames);
  return walk.points_m[Math.min(Math.max(row, 0), walk.points_m.length - 1)];
}

export function PieceInspector({ place, id }: { place: PlaceSent; id: string }) {
  const { store } = useStudio();
  const piece = place.set.pieces.find((one) => one.id === id);
  if (!piece) return <Gone />;
  const { scene } = place;
  return (
    <>
      <Section title={piece.kind.replaceAll("-", " ")}>
        <Place
          at={piece.position_m}
          onSet={(position_m) =>
            store.link.edit({ kind: "place_piece", scene, piece: id, position_m })
          }
        />
        <NumberField
          label="Turned"
          tip="Turned about the vertical, degrees"
          value={piece.yaw_deg}
          unit="°"
          digits={1}
          onSet={(yaw_deg) =>
            store.link.edit({ kind: "place_piece", scene, piece: id, yaw_deg })
          }
        />
      </Section>
      <Section title="Made of">
        <Dressing scene={scene} piece={piece} />
      </Section>
    </>
  );
}

/** Matter, colours and size of a set piece. */
function Dressing({ scene, piece }: { scene: string; piece: SetPiece }) {
  const { store } = useStudio();
  const slide = useSlide();
  const of = { kind: "dress_piece", scene, piece: piece.id } as const;
  const built = BUILT.has(piece.kind);
  return (
    <>
      <div class="ps-field">
        <span class="ps-label">Matter</span>
        <Select
          tip="What it is made of"
          value={piece.matter}
          options={MATTERS.map((matter) => [matter, matter])}
          onPick={(matter) => store.link.edit({ ...of, matter: matter as Matter })}
        />
        <span />
      </div>
      <Color
        label="Colour"
        color={piece.color}
        onSet={(color, last) => slide({ ...of, color }, last)}
      />
      <Color
        label="Accent"
        color={piece.accent}
        onSet={(accent, last) => slide({ ...of, accent }, last)}
      />
      {built
        ? null
        : SIDES.map(([label, tip], side) => (
            <NumberField
              key={label}
              label={label}
              tip={`${tip}, metres`}
              value={piece.size_m[side] ?? 0}
              unit="m"
              digits={2}
              onSet={(value) => {
                const [w, h, d] = piece.size_m;
                const size = [w, h, d] as [number, number, number];
                size[side] = Math.min(Math.max(value, 0.01), 100);
                store.link.edit({ ...of, size_m: size });
              }}
            />
          ))}
    </>
  );
}

export function MarkInspector(props: {
  place: PlaceSent;
  character: string;
  index: number;
}) {
  const { store } = useStudio();
  const { place, character, index } = props;
  const mark = place.blocking.find((one) => one.character === character)?.marks[index];
  if (!mark) return <Gone />;
  const { scene } = place;
  const of = { scene, character, index };
  return (
    <Section title={`${store.nameOf(character)}, mark ${index + 1}`}>
      <Place
        at={mark.position_m}
        grounded
        onSet={(position_m) =>
          store.link.edit({ kind: "move_mark", ...of, position_m })
        }
      />
      <NumberField
        label="Faces"
        tip="Where the person faces, degrees: 0 is +z, 90 is +x"
        value={mark.facing_deg}
        unit="°"
        digits={0}
        onSet={(facing_deg) =>
          store.link.edit({ kind: "move_mark", ...of, facing_deg })
        }
      />
      <NumberField
        label="Arrives"
        tip="Scene frame at which the mark is hit"
        value={mark.arrive_frame}
        unit="fr"
        digits={0}
        onSet={(value) =>
          store.link.edit({
            kind: "time_mark",
            ...of,
            arrive_frame: Math.max(Math.round(value), 0),
          })
        }
      />
      <NumberField
        label="Leaves"
        tip="Scene frame at which the mark is left"
        value={mark.leave_frame}
        unit="fr"
        digits={0}
        onSet={(value) =>
          store.link.edit({
            kind: "time_mark",
            ...of,
            arrive_frame: mark.arrive_frame,
            leave_frame: Math.max(Math.round(value), mark.arrive_frame),
          })
        }
      />
      <p class="ps-hint">
        {mark.posture}
        {mark.spot ? ` at ${mark.spot}` : ""}
      </p>
      <Button
        solid
        tip="Take this mark out: the person walks on past it"
        onClick={() => {
          store.selected.value = { kind: "nothing" };
          store.link.edit({ kind: "remove_mark", ...of });
        }}
      >
        Remove mark
      </Button>
    </Section>
  );
}

function Place(props: { at: Vec3; grounded?: boolean; onSet: (at: Vec3) => void }) {
  const [x, y, z] = props.at;
  const field = (label: string, value: number, put: (value: number) => Vec3) => (
    <NumberField
      label={label}
      tip={`${label}, metres from the middle of the set's floor`}
      value={value}
      unit="m"
      digits={2}
      onSet={(next) => props.onSet(put(next))}
    />
  );
  return (
    <>
      {field("x, right", x, (next) => [next, y, z])}
      {props.grounded ? null : field("y, up", y, (next) => [x, next, z])}
      {field("z, near", z, (next) => [x, y, next])}
    </>
  );
}

function Gone() {
  return <Empty title="It is gone">What was selected is no longer in the scene.</Empty>;
}
