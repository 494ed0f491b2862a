// What is placed in the scene: a lamp, a set piece, somebody's mark.

import type { PlaceSent } from "../../messages";
import type { Light } from "../../schema";
import { useStudio } from "../context";
import { Button, Empty, NumberField, Section, Slider } from "../controls";
import type { Vec3 } from "../edits";
import { useSlide } from "../slides";
import { kelvinColor } from "./colors";

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
        <Slider
          label="Colour"
          tip="Colour temperature, kelvin: lower is warmer"
          value={kelvin}
          min={1800}
          max={15000}
          step={50}
          log
          show={(value) => `${Math.round(value / 10) * 10} K`}
          onSlide={(value, last) => {
            const color_temperature_k = Math.round(value / 10) * 10;
            slide({ kind: "set_light", scene, light: id, color_temperature_k }, last);
          }}
        />
        <i class="ps-kelvin" style={{ background: kelvinColor(kelvin) }} />
      </Section>
      {light.kind === "sky" ? null : (
        <Section title="Place">
          <Place
            at={light.position_m}
            onSet={(position_m) =>
              store.link.edit({ kind: "set_light", scene, light: id, position_m })
            }
          />
          <AimNote light={light} />
        </Section>
      )}
    </>
  );
}

function AimNote({ light }: { light: Light }) {
  const [x, y, z] = light.aim_m;
  return (
    <p class="ps-hint">
      Aimed at {x.toFixed(2)}, {y.toFixed(2)}, {z.toFixed(2)} m. Turn it on the stage
      with E.
    </p>
  );
}

export function PieceInspector({ place, id }: { place: PlaceSent; id: string }) {
  const { store } = useStudio();
  const piece = place.set.pieces.find((one) => one.id === id);
  if (!piece) return <Gone />;
  const { scene } = place;
  return (
    <Section title={piece.kind}>
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
      <p class="ps-hint">
        {piece.size_m.map((side) => side.toFixed(2)).join(" × ")} m, {piece.matter}
      </p>
    </Section>
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
