// The camera over time: keys of its path, moves in words, and the timing curve.

import { useSignal } from "@preact/signals";
import type { ShotCard } from "../../messages";
import type { CameraMove } from "../../schema";
import { useStudio } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";
import type { ShotTracks } from "../state";
import { drawn, handle, slopeAt, slopeOf, steepest } from "./curve";
import { useStep } from "./cut";
import { End } from "./end";
import { held } from "./held";
import { nameOf } from "./keys";
import { dragged, Fold, framePx, type Lane, left, place, Row } from "./lane";
import { share } from "./maths";
import type { Picking } from "./picking";

const CURVE_PX = 96;
const PAD_PX = 9;

export interface OpenShot {
  readonly card: ShotCard;
  readonly known: ShotTracks;
}

/** The scene's shots whose camera the page knows, and those it does not. */
export function useShots(lane: Lane): { open: OpenShot[]; shut: ShotCard[] } {
  const { store } = useStudio();
  const all = store.tracks.value;
  const open: OpenShot[] = [];
  const shut: ShotCard[] = [];
  for (const card of lane.scene.shots) {
    const known = all.get(card.id);
    if (known) open.push({ card, known });
    else shut.push(card);
  }
  return { open, shut };
}

/** Where a shot was never opened, a row says so. */
export function Unseen({ lane, shots }: { lane: Lane; shots: readonly ShotCard[] }) {
  const { playback } = useStudio();
  return (
    <>
      {shots.map((shot) => (
        <i
          key={shot.id}
          class="ps-unseen"
          style={place(lane, shot.first_frame, shot.first_frame + shot.length_frames)}
          title={`Go to ${shot.slate} to see its keys`}
          onPointerDown={(event) => {
            if (event.button === 0) playback.seek(shot.first_frame);
          }}
        />
      ))}
    </>
  );
}

export function Key(props: {
  lane: Lane;
  picking: Picking;
  name: string;
  at: number;
  tip: string;
  topPx?: number;
  round?: boolean;
  onKeyDown?: (event: KeyboardEvent) => void;
  onKeyUp?: () => void;
  onPointerDown?: (event: PointerEvent) => void;
}) {
  const { lane, picking, name, at, tip, topPx, round } = props;
  const style = left(lane, at);
  if (topPx !== undefined) style.top = `${topPx}px`;
  return (
    <button
      type="button"
      class={round ? "ps-key ps-round" : "ps-key"}
      {...held(lane, picking, name)}
      aria-label={tip}
      style={style}
      title={`${tip}. Drag, or ← and →, to move it in time; Delete takes it out`}
      {...(props.onPointerDown && { onPointerDown: props.onPointerDown })}
      onKeyDown={props.onKeyDown}
      onKeyUp={props.onKeyUp}
    />
  );
}

export function CameraTrack({ lane, picking }: { lane: Lane; picking: Picking }) {
  const folded = useSignal(true);
  const { open, shut } = useShots(lane);
  const height = folded.value ? undefined : CURVE_PX;
  return (
    <Row
      name="camera"
      tip="Keys of the camera's path, and its moves in words"
      {...(height ? { heightPx: height } : {})}
      head={
        <Fold
          label="Camera"
          tip="Show the timing curve: share of the path over frames"
          open={!folded.value}
          onToggle={() => {
            folded.value = !folded.value;
          }}
        />
      }
    >
      <Unseen lane={lane} shots={shut} />
      {open.map((shot) => (
        <Moves key={shot.card.id} lane={lane} shot={shot} picking={picking} />
      ))}
      {open.map((shot) =>
        folded.value ? (
          <PathKeys key={shot.card.id} lane={lane} shot={shot} picking={picking} />
        ) : (
          <TimingCurve key={shot.card.id} lane={lane} shot={shot} picking={picking} />
        ),
      )}
    </Row>
  );
}

function PathKeys(props: {
  lane: Lane;
  shot: OpenShot;
  picking: Picking;
  tops?: readonly number[];
}) {
  const { lane, picking, tops } = props;
  const { card, known } = props.shot;
  const ease = useEase(props.shot);
  return (
    <>
      {known.keyFrames.map((frame, index) => {
        const name = nameOf("camera", card.id, index);
        const more =
          known.keyFrames.length > 1 ? "; ↑ and ↓ pass it faster or slower" : "";
        return (
          <Key
            key={name}
            lane={lane}
            picking={picking}
            name={name}
            at={card.first_frame + frame}
            {...(tops ? { topPx: (tops[index] ?? 0) - 5.5 } : {})}
            tip={`${card.slate}: camera key ${index + 1} at frame ${frame}${more}`}
            onKeyDown={(event) => ease.press(event, index)}
            onKeyUp={ease.up}
          />
        );
      })}
    </>
  );
}

/** ↑ and ↓ pass a key faster or slower, by a tenth of the camera's even pace. */
function useEase({ card, known }: OpenShot) {
  const step = useStep("ArrowDown", "ArrowUp");
  const press = (event: KeyboardEvent, index: number) => {
    const { keyFrames: frames, keyShares: values } = known;
    if (frames.length < 2) return;
    const most = steepest({ frames, values }, index);
    const even = 1 / Math.max((frames.at(-1) ?? 0) - (frames[0] ?? 0), 1);
    const now = speedAt(known, index);
    step(event, (by) => {
      const speed = Math.min(Math.max(now + (by * even) / 10, 0), most);
      return { kind: "ease_key", shot: card.id, index, speed };
    });
  };
  return { press, up: step.up };
}

/** The speed at a key, as its timing says or the curve has it, in shares a frame. */
function speedAt({ shot, keyShares, keyFrames, travel }: ShotTracks, index: number) {
  const way = keyShares[index] ?? 0;
  const key = shot.camera.timing.find((k) => Math.abs(k.travel - way) < 1e-6);
  if (key?.speed !== undefined && key.speed !== null) return key.speed;
  const ends = index === 0 || index === keyShares.length - 1;
  if (ends && !shot.camera.timing.length) return 0;
  return slopeOf(travel, keyFrames[index] ?? 0);
}

function TimingCurve(props: { lane: Lane; shot: OpenShot; picking: Picking }) {
  const { store } = useStudio();
  const { lane, picking, shot } = props;
  const { card, known } = shot;
  const x = (frame: number) => share(lane.span, card.first_frame + frame) * lane.width;
  const inner = CURVE_PX - 2 * PAD_PX - 20;
  const y = (value: number) => CURVE_PX - PAD_PX - value * inner;
  if (known.keyFrames.length < 2) {
    const where = place(lane, card.first_frame, card.first_frame + card.length_frames);
    return (
      <>
        {card.id === store.shot.value?.id ? (
          <span class="ps-curve-hint" style={where}>
            Set a second key to time a path
          </span>
        ) : null}
        <PathKeys {...props} tops={[y(0)]} />
      </>
    );
  }
  const tops = known.keyShares.map(y);
  return (
    <>
      <svg class="ps-lane-curve" aria-hidden="true">
        <path d={drawn(known.travel, x, y)} />
      </svg>
      {known.keyFrames.map((frame, index) => (
        <Handles
          key={index}
          lane={lane}
          shot={shot}
          index={index}
          x={x(frame)}
          y={tops[index] ?? 0}
          valuePx={inner}
          shown={picking.isPicked(nameOf("camera", card.id, index))}
        />
      ))}
      <PathKeys lane={lane} shot={shot} picking={picking} tops={tops} />
    </>
  );
}

/** The handles of one key of the timing curve: their slope is the camera's speed. */
function Handles(props: {
  lane: Lane;
  shot: OpenShot;
  index: number;
  x: number;
  y: number;
  valuePx: number;
  shown: boolean;
}) {
  const studio = useStudio();
  const { lane, index, x, y, valuePx, shown } = props;
  const { card, known } = props.shot;
  const ease = useEase(props.shot);
  if (!shown) return null;
  const scale = { frame: framePx(lane), value: valuePx };
  const beside = { frames: known.keyFrames, values: known.keyShares };
  const most = steepest(beside, index);
  const slope = Math.min(speedAt(known, index), most);
  const even =
    1 / Math.max((known.keyFrames.at(-1) ?? 1) - (known.keyFrames[0] ?? 0), 1);
  const sides = ([-1, 1] as const).filter((side) =>
    side < 0 ? index > 0 : index < known.keyFrames.length - 1,
  );
  const rate = studio.store.film.value?.rate;
  const pace = slope * known.pathM * (rate ? rate.numerator / rate.denominator : 24);
  return (
    <>
      {sides.map((side) => {
        const [dx, dy] = handle(slope, scale, side);
        return (
          <span key={side}>
            <svg class="ps-lane-curve" aria-hidden="true">
              <line x1={x} y1={y} x2={x + dx} y2={y + dy} />
            </svg>
            <button
              type="button"
              class="ps-handle"
              data-handle={`${card.id}/${index}/${side}`}
              style={{ left: `${x + dx}px`, top: `${y + dy}px` }}
              title={`${pace.toFixed(2)} m/s, ${(slope / even).toFixed(1)} × even pace. Drag, or ↑ and ↓, to ease; double-click or Delete lets the curve choose`}
              onKeyDown={(event) => {
                if (event.key !== "Delete" && event.key !== "Backspace")
                  return ease.press(event, index);
                event.preventDefault();
                event.stopPropagation();
                studio.store.link.edit({ kind: "ease_key", shot: card.id, index });
              }}
              onKeyUp={ease.up}
              onBlur={ease.up}
              onDblClick={() =>
                studio.store.link.edit({ kind: "ease_key", shot: card.id, index })
              }
              onPointerDown={(event) => {
                if (event.button !== 0) return;
                event.stopPropagation();
                follow(studio, event, {
                  edit: (to) => ({
                    kind: "ease_key",
                    shot: card.id,
                    index,
                    speed: slopeAt(dx + to.dx, dy + to.dy, scale, side, most),
                  }),
                });
              }}
            />
          </span>
        );
      })}
    </>
  );
}

function Moves(props: { lane: Lane; shot: OpenShot; picking: Picking }) {
  return (
    <>
      {props.shot.known.shot.camera.moves.map((move, index) => (
        <MoveBar key={index} {...props} move={move} index={index} />
      ))}
    </>
  );
}

/** A move in words as a bar; its slanted ends are how softly it begins and ends. */
function MoveBar(props: {
  lane: Lane;
  shot: OpenShot;
  picking: Picking;
  move: CameraMove;
  index: number;
}) {
  const { lane, picking, move, index } = props;
  const { card } = props.shot;
  const name = nameOf("move", card.id, index);
  const first = card.first_frame + move.start_frame;
  const last = card.first_frame + card.length_frames - 1;
  const length = move.length_frames ?? Math.max(last - first, 1);
  const widthPx = Math.max(length * framePx(lane), 1);
  const ins = (move.ease_in * 100).toFixed(1);
  const outs = ((1 - move.ease_out) * 100).toFixed(1);
  const asked = { kind: "time_move", shot: card.id, index } as const;
  const ended = (end: number): Edit => ({
    ...asked,
    length_frames: Math.max(end - first, 1),
  });
  const eased = (what: "in" | "out", by: number): Edit => {
    const ease = what === "in" ? move.ease_in + by : move.ease_out - by;
    const share = Math.round(Math.min(Math.max(ease, 0), 1) * 100) / 100;
    return what === "in" ? { ...asked, ease_in: share } : { ...asked, ease_out: share };
  };
  const ease = (what: "in" | "out") => {
    const share = what === "in" ? move.ease_in : move.ease_out;
    const percent = Math.round(share * 100);
    return (
      <End
        class="ps-ease"
        style={left(lane, first + length * (what === "in" ? share : 1 - share))}
        label={`Ease ${what} of ${move.kind}`}
        tip={`Ease ${what}: ${percent} % of the move's time`}
        value={percent}
        text={`${percent} %`}
        dragged={(dx) => eased(what, dx / widthPx)}
        stepped={(by) => eased(what, by / 100)}
      />
    );
  };
  return (
    <>
      <button
        type="button"
        class="ps-move-bar"
        {...held(lane, picking, name)}
        style={place(lane, first, first + length)}
        title={`${card.slate}: ${move.kind}, frames ${move.start_frame} to ${move.start_frame + length}. Drag, or ← and →, to move it in time; Delete takes it out`}
      >
        <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
          <polygon points={`0,10 ${ins},0 ${outs},0 100,10`} />
        </svg>
        <span>{move.kind}</span>
      </button>
      {picking.isPicked(name) ? (
        <>
          {ease("in")}
          {ease("out")}
        </>
      ) : null}
      <End
        class="ps-bar-end"
        style={left(lane, first + length)}
        label={`End of ${move.kind}`}
        tip={`${move.kind} ends after ${length} frames`}
        value={length}
        text={`after ${length} frames`}
        dragged={(dx, free) => ended(dragged(lane, first + length, dx, free))}
        stepped={(by) => ended(first + length + by)}
      />
    </>
  );
}
