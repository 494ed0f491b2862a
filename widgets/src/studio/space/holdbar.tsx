// What is chosen on the stage, in numbers with units, and what can be done to it.

import { Vector3 } from "three";
import { type Studio, settle, useStudio } from "../context";
import { Button, NumberField } from "../controls";
import type { Selection } from "../state";
import type { Store } from "../store";
import { canDouble, canHide, canRemove, double, hide, remove } from "./commands";
import { editsOf, type Held, heldOf, type Motion, middleOf } from "./grab";
import { stopsOver } from "./optics";

export function HoldBar() {
  const studio = useStudio();
  const { store } = studio;
  const { choice } = store;
  const items = choice.all.value;
  if (!items.length)
    return choice.hidesSome ? (
      <div class="ps-hold">
        <Button
          tip="Show everything that is hidden (Alt-H)"
          onClick={() => choice.showAll()}
        >
          Show all
        </Button>
      </div>
    ) : null;
  const locked = items.every((item) => choice.isLocked(item));
  const does = (test: (item: Selection) => boolean) => items.some(test) && !locked;
  return (
    <div class="ps-hold" role="toolbar" aria-label="What is chosen">
      <b title={items.map((item) => nameOf(store, item)).join(", ")}>
        {items.length > 1
          ? `${items.length} chosen`
          : nameOf(store, items[0] ?? { kind: "nothing" })}
      </b>
      {locked ? null : <Numbers />}
      <Lux />
      <span class="ps-hold-acts">
        {does(canDouble) ? (
          <Button icon="copy" tip="Double (Ctrl-D)" onClick={() => double(studio)} />
        ) : null}
        {items.some(canHide) ? (
          <>
            <Button
              tip="Hide on the stage (H); the picture has it all the same"
              onClick={() => hide(studio)}
            >
              Hide
            </Button>
            <Button
              tip="See these pieces and lamps alone ( / ); the same again shows all"
              pressed={choice.isAlone}
              onClick={() => choice.isolate(items)}
            >
              Alone
            </Button>
          </>
        ) : null}
        <Button
          icon="lock"
          tip={locked ? "Unlock" : "Lock: no click or drag on the stage takes it"}
          pressed={locked}
          onClick={() => choice.lock(items, !locked)}
        />
        {does(canRemove) ? (
          <Button icon="bin" tip="Take out (Delete)" onClick={() => remove(studio)} />
        ) : null}
      </span>
    </div>
  );
}

export function nameOf(store: Store, item: Selection): string {
  const place = store.place.value;
  switch (item.kind) {
    case "camera":
      return `Camera key ${item.index + 1}`;
    case "target":
      return `Target of key ${item.index + 1}`;
    case "tangent":
      return `Path handle of key ${item.index + 1}`;
    case "mark":
      return `${store.nameOf(item.character)}, mark ${item.index + 1}`;
    case "character":
      return store.nameOf(item.id);
    case "light":
      return place?.lights.find(({ id }) => id === item.id)?.role ?? "light";
    case "aim":
      return `Aim of ${place?.lights.find(({ id }) => id === item.id)?.role ?? "light"}`;
    case "piece": {
      const piece = place?.set.pieces.find(({ id }) => id === item.id);
      return piece?.kind.replaceAll("-", " ") ?? "piece";
    }
    default:
      return "";
  }
}

/** Place and turn: of one thing where it is, of several by how much from here. */
function Numbers() {
  const studio = useStudio();
  const { store } = studio;
  const held = store.choice.all.value.flatMap((item) => {
    const shot = store.track.value?.shot;
    const place = store.place.value ?? undefined;
    return heldOf(item, shot, place, store.frame.value) ?? [];
  });
  const [only] = held;
  if (!only) return null;
  const at = held.length === 1 ? only.at : middleOf(held);
  const move = (axis: "x" | "y" | "z", value: number) => {
    const by = new Vector3();
    by[axis] = value - at[axis];
    apply(studio, held, { by });
  };
  const where = held.length > 1 ? "middle of what is chosen" : "place";
  const flat = held.every(({ item }) => item.kind === "mark");
  const facing = held.length === 1 ? only.facing_deg : undefined;
  return (
    <span class="ps-hold-numbers">
      {(["x", "y", "z"] as const).map((axis) =>
        axis === "y" && flat ? null : (
          <NumberField
            key={axis}
            label={axis}
            tip={`${AXES[axis]}: ${where}, metres from the middle of the set's floor`}
            value={at[axis]}
            unit="m"
            digits={2}
            onSet={(value) => move(axis, value)}
          />
        ),
      )}
      {facing === undefined ? null : (
        <NumberField
          label="↻"
          tip="Faces, degrees about the vertical: 0 is +z, 90 is +x"
          value={facing}
          unit="°"
          digits={1}
          onSet={(value) =>
            apply(studio, held, {
              angle_rad: ((value - facing) * Math.PI) / 180,
              middle: only.at,
            })
          }
        />
      )}
    </span>
  );
}

/** What a lamp alone gives what it is aimed at, against what the exposure needs. */
function Lux() {
  const { store } = useStudio();
  const [item, more] = store.choice.all.value;
  const ev = store.stage.value?.stage.header.exposure_ev100;
  if (more || ev === undefined || (item?.kind !== "light" && item?.kind !== "aim"))
    return null;
  const light = store.place.value?.lights.find(({ id }) => id === item.id);
  if (!light || (light.kind !== "area" && light.kind !== "point")) return null;
  const away = new Vector3(...light.position_m).distanceTo(new Vector3(...light.aim_m));
  const lux = light.intensity / Math.max(away, 0.05) ** 2;
  const stops = stopsOver(lux, ev);
  const sign = stops < 0 ? "−" : "+";
  return (
    <span
      class="ps-hold-lux"
      title="Light of this lamp alone where it is aimed, lux, and stops above or below what a grey card needs at the scene's exposure"
    >
      {Number(lux.toPrecision(3))} lx, {sign}
      {Math.abs(stops).toFixed(1)} stops
    </span>
  );
}

const AXES = { x: "Right", y: "Up", z: "Near" };

function apply(studio: Studio, held: readonly Held[], motion: Motion): void {
  const { store } = studio;
  const scene = store.place.value?.scene ?? "";
  const edit = editsOf(held, motion, scene, store.track.value?.shot.id ?? "");
  if (!edit) return;
  settle(studio);
  store.link.edit(edit);
}
