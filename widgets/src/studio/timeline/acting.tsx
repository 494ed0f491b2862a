// Who is where when, what hands hold and what opens: over the scene.

import type { Blocking, Mark, Prop, Swing } from "../../schema";
import { useStudio } from "../context";
import type { Edit } from "../edits";
import { signOf } from "../people";
import { Key } from "./camera";
import { End } from "./end";
import { held } from "./held";
import { nameOf } from "./keys";
import { dragged, type Lane, left, place, Row } from "./lane";
import type { Picking } from "./picking";

/** Keys nearer to each other than this were baked: they are one flight. */
const FLIGHT_FRAMES = 3;

export function PersonTrack(props: {
  lane: Lane;
  picking: Picking;
  blocking: Blocking;
}) {
  const { lane, picking, blocking } = props;
  const { store } = useStudio();
  const people = store.film.value?.characters ?? [];
  const sign = signOf(people, blocking.character);
  const name = store.nameOf(blocking.character);
  const end = blocking.exit_frame ?? lane.scene.length_frames;
  return (
    <Row
      name="person"
      color={sign.color}
      tip={`${name}: marks over the scene`}
      head={
        <>
          <svg viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
            <path d={sign.shape} />
          </svg>
          {name}
        </>
      }
    >
      <i class="ps-there" style={place(lane, blocking.enter_frame, end)} />
      {blocking.marks.map((mark, index) => (
        <Stay
          key={`${blocking.character}-${index}`}
          lane={lane}
          picking={picking}
          blocking={blocking}
          mark={mark}
          index={index}
        />
      ))}
    </Row>
  );
}

/** A mark from arriving to leaving: its edges and its middle can be dragged. */
function Stay(props: {
  lane: Lane;
  picking: Picking;
  blocking: Blocking;
  mark: Mark;
  index: number;
}) {
  const { store } = useStudio();
  const { lane, picking, blocking, mark, index } = props;
  const { character } = blocking;
  const name = nameOf("mark", character, index);
  const selected = store.selected.value;
  const on =
    selected.kind === "mark" &&
    selected.character === character &&
    selected.index === index;
  const timed = (what: "arrive" | "leave", to: number): Edit => {
    const arrive = what === "arrive" ? to : mark.arrive_frame;
    const leave = what === "leave" ? to : mark.leave_frame;
    return {
      kind: "time_mark",
      scene: lane.scene.id,
      character,
      index,
      arrive_frame: Math.max(Math.min(arrive, leave), 0),
      leave_frame: Math.max(arrive, leave, 0),
    };
  };
  const leave = Math.max(mark.leave_frame, mark.arrive_frame + 1);
  const until = Math.min(leave, lane.scene.length_frames);
  const end = (what: "arrive" | "leave", at: number) => (
    <End
      class={what === "arrive" ? "ps-end" : "ps-end ps-end-right"}
      style={left(lane, at)}
      label={`Mark ${index + 1} of ${store.nameOf(character)}: ${what}s`}
      tip={`Mark ${index + 1}: ${what}s at frame ${at}`}
      value={at}
      text={`frame ${at}`}
      onTake={() => {
        picking.pick([name]);
        store.selected.value = { kind: "mark", character, index };
      }}
      dragged={(dx, free) => timed(what, dragged(lane, at, dx, free))}
      stepped={(by) => timed(what, at + by)}
    />
  );
  const words = mark.spot ? ` at ${mark.spot}` : "";
  return (
    <>
      <button
        type="button"
        class="ps-stay"
        {...held(lane, picking, name)}
        aria-current={on}
        style={place(lane, mark.arrive_frame, until)}
        title={`Mark ${index + 1}${words}: frames ${mark.arrive_frame} to ${mark.leave_frame}. Drag, or ← and →, to move it in time; Delete takes it out`}
      >
        {index + 1}
        {words}
      </button>
      {end("arrive", mark.arrive_frame)}
      {end("leave", mark.leave_frame)}
    </>
  );
}

export function PropTrack(props: { lane: Lane; picking: Picking; prop: Prop }) {
  const { lane, picking, prop } = props;
  const { store } = useStudio();
  const people = store.film.value?.characters ?? [];
  const { id } = prop.piece;
  const name = prop.piece.kind.replaceAll("-", " ");
  const end = prop.until_frame ?? lane.scene.length_frames;
  return (
    <Row name="prop" tip={`${name}: who holds it, where it moves`} head={name}>
      <i class="ps-there" style={place(lane, prop.from_frame, end)} />
      {prop.holds.map((hold, index) => {
        const until = nextOf(prop, hold.frame, end);
        const who = store.nameOf(hold.character);
        const key = nameOf("hold", id, index);
        return (
          <button
            type="button"
            key={key}
            class="ps-stay"
            {...held(lane, picking, key)}
            style={{
              ...place(lane, hold.frame, Math.max(until, hold.frame + 1)),
              "--ps-person": signOf(people, hold.character).color,
            }}
            title={`${who} holds the ${name}, ${hold.hand} hand, frames ${hold.frame} to ${until}. Drag, or ← and →, to take it sooner or later`}
          >
            {who}
          </button>
        );
      })}
      <Flights lane={lane} picking={picking} prop={prop} name={name} />
    </Row>
  );
}

/** The frame up to which what happens to a prop at a frame goes on. */
function nextOf({ holds, keys }: Prop, frame: number, end: number): number {
  const later = [...holds, ...keys].map((one) => one.frame).filter((f) => f > frame);
  return Math.min(end, ...later);
}

function Flights(props: { lane: Lane; picking: Picking; prop: Prop; name: string }) {
  const { lane, picking, prop, name } = props;
  const { id } = prop.piece;
  return (
    <>
      {flights(prop.keys.map(({ frame }) => frame)).map(([from, to]) => {
        const first = prop.keys[from]?.frame ?? 0;
        const last = prop.keys[to]?.frame ?? first;
        const key = nameOf("prop", id, from);
        if (from === to)
          return (
            <Key
              key={key}
              lane={lane}
              picking={picking}
              name={key}
              at={first}
              round
              tip={`${name}: key ${from + 1} at frame ${first}`}
            />
          );
        const names = Array.from({ length: to - from + 1 }, (_, i) =>
          nameOf("prop", id, from + i),
        );
        return (
          <button
            type="button"
            key={key}
            class="ps-stay ps-flight"
            {...held(lane, picking, key, names)}
            style={place(lane, first, last + 1)}
            title={`${name}: moves, frames ${first} to ${last}. Drag, or ← and →, to move all of it in time`}
          >
            moves
          </button>
        );
      })}
    </>
  );
}

/** Runs of keys that lie close together, by index of the first and the last. */
export function flights(frames: readonly number[]): (readonly [number, number])[] {
  const runs: [number, number][] = [];
  frames.forEach((frame, index) => {
    const run = runs.at(-1);
    const before = frames[index - 1];
    if (run && before !== undefined && frame - before <= FLIGHT_FRAMES) run[1] = index;
    else runs.push([index, index]);
  });
  return runs;
}

export function SwingTrack(props: { lane: Lane; picking: Picking; swing: Swing }) {
  const { lane, picking, swing } = props;
  const name = `${swing.piece} ${swing.part}`.trim().replaceAll("-", " ");
  return (
    <Row name="prop" tip={`${name}: how far it is open`} head={name}>
      {swing.keys.map(({ frame, open }, index) => {
        const key = nameOf("swing", swing.piece, index, swing.part);
        return (
          <Key
            key={key}
            lane={lane}
            picking={picking}
            name={key}
            at={frame}
            round
            tip={`${name}: ${Math.round(open * 100)} % open at frame ${frame}`}
          />
        );
      })}
    </Row>
  );
}
