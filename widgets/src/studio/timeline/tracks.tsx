// The rows of the timeline, and what dragging in them means.

import type { SceneCard, ShotCard } from "../../messages";
import type { Blocking, Mark } from "../../schema";
import { keyFrames } from "../camera";
import { useStudio } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";
import { signOf } from "../people";
import { type Span, share, snapped } from "./maths";

export interface Lane {
  readonly span: Span;
  /** Width of the row's body, CSS pixels. */
  readonly width: number;
  readonly scene: SceneCard;
}

const SNAP_PX = 6;

function place(lane: Lane, first: number, end: number): Record<string, string> {
  const from = share(lane.span, first);
  return {
    left: `${from * 100}%`,
    width: `${(share(lane.span, end) - from) * 100}%`,
  };
}

/** Frames that a number of pixels are, snapped to cuts and beats. */
function moved(lane: Lane, frame: number, dx: number, free: boolean): number {
  const perPixel = lane.span.length / lane.width;
  const raw = frame + dx * perPixel;
  const { shots, beats } = lane.scene;
  const to = free
    ? []
    : [...shots.map((s) => s.first_frame), ...beats.map((b) => b.start_frame)];
  return Math.round(snapped(raw, to, SNAP_PX * perPixel));
}

export function ShotTrack({ lane }: { lane: Lane }) {
  const { store, playback } = useStudio();
  const now = store.shot.value?.id;
  return (
    <div class="ps-lane ps-shots">
      <span class="ps-lane-head" title="The cut: drag a shot's right edge to trim it">
        Shots
      </span>
      <div class="ps-lane-body">
        {lane.scene.shots.map((shot) => (
          <div
            key={shot.id}
            class="ps-clip"
            aria-current={shot.id === now}
            style={place(lane, shot.first_frame, shot.first_frame + shot.length_frames)}
            title={`${shot.slate}: ${shot.size} ${shot.coverage}, ${Number(shot.focal_length_mm.toFixed(1))} mm, ${shot.move}, ${shot.length_frames} frames`}
            onPointerDown={(event) => {
              if (event.button === 0) playback.seek(shot.first_frame);
            }}
          >
            <b>{shot.slate}</b>
            <span>
              {shot.size} {shot.move === "static" ? "" : shot.move}
            </span>
            <TrimEdge lane={lane} shot={shot} />
          </div>
        ))}
      </div>
    </div>
  );
}

function TrimEdge({ lane, shot }: { lane: Lane; shot: ShotCard }) {
  const studio = useStudio();
  return (
    <i
      class="ps-edge"
      title="Drag to trim the shot's end, frames; what follows ripples (Alt: no snapping)"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        const end = shot.first_frame + shot.length_frames;
        follow(studio, event, {
          edit({ dx, event: now }) {
            const to = moved(lane, end, dx, now.altKey);
            const length_frames = Math.max(to - shot.first_frame, 1);
            return { kind: "trim_shot", shot: shot.id, length_frames };
          },
        });
      }}
    />
  );
}

export function BeatTrack({ lane }: { lane: Lane }) {
  const { store, playback } = useStudio();
  const people = store.film.value?.characters ?? [];
  return (
    <div class="ps-lane ps-beats">
      <span class="ps-lane-head" title="Dialogue and action from the screenplay">
        Script
      </span>
      <div class="ps-lane-body">
        {lane.scene.beats.map((beat) => {
          const spoken = beat.kind === "dialogue";
          const color = spoken ? signOf(people, beat.character).color : "";
          return (
            <div
              key={beat.id}
              class={spoken ? "ps-beat ps-spoken" : "ps-beat"}
              style={{
                ...place(lane, beat.start_frame, beat.start_frame + beat.length_frames),
                ...(color ? { "--ps-person": color } : {}),
              }}
              title={spoken ? `${beat.name}: ${beat.text}` : beat.text}
              onPointerDown={(event) => {
                if (event.button === 0) playback.seek(beat.start_frame);
              }}
            >
              {spoken ? <b>{beat.name}</b> : null} {beat.text}
            </div>
          );
        })}
      </div>
    </div>
  );
}

export function CameraTrackRow({ lane }: { lane: Lane }) {
  const studio = useStudio();
  const { store } = studio;
  const tracks = lane.scene.shots.flatMap((card) => {
    const track = store.tracks.value.get(card.id);
    return track ? [{ card, shot: track.shot }] : [];
  });
  const selected = store.selected.value;
  return (
    <div class="ps-lane ps-camera">
      <span class="ps-lane-head" title="Camera keys of shots that were opened">
        Camera
      </span>
      <div class="ps-lane-body">
        {tracks.flatMap(({ card, shot }) =>
          keyFrames(shot).map((frame, index) => {
            const own = card.id === store.shot.value?.id;
            const on = own && selected.kind === "camera" && selected.index === index;
            const at = card.first_frame + frame;
            return (
              <button
                type="button"
                key={`${card.id}-${index}`}
                class="ps-key"
                aria-pressed={on}
                style={{ left: `${share(lane.span, at) * 100}%` }}
                title={`${card.slate}: camera key ${index + 1} at frame ${frame}. Drag to move it in time.`}
                onPointerDown={(event) => {
                  if (event.button !== 0) return;
                  event.stopPropagation();
                  studio.playback.seek(at);
                  store.selected.value = { kind: "camera", index };
                  follow(studio, event, {
                    edit({ dx, event: now }) {
                      const to = moved(lane, at, dx, now.altKey) - card.first_frame;
                      const last = card.length_frames - 1;
                      const time = Math.min(Math.max(to, 0), last);
                      return { kind: "move_key", shot: shot.id, index, at_frame: time };
                    },
                  });
                }}
              />
            );
          }),
        )}
      </div>
    </div>
  );
}

export function PersonTrack({ lane, blocking }: { lane: Lane; blocking: Blocking }) {
  const { store } = useStudio();
  const people = store.film.value?.characters ?? [];
  const sign = signOf(people, blocking.character);
  const name = store.nameOf(blocking.character);
  const end = blocking.exit_frame ?? lane.scene.length_frames;
  return (
    <div class="ps-lane ps-person" style={{ "--ps-person": sign.color }}>
      <span class="ps-lane-head" title={`${name}: marks over the scene`}>
        <svg viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
          <path d={sign.shape} />
        </svg>
        {name}
      </span>
      <div class="ps-lane-body">
        <i class="ps-there" style={place(lane, blocking.enter_frame, end)} />
        {blocking.marks.map((mark, index) => (
          <Stay
            key={`${blocking.character}-${index}`}
            lane={lane}
            blocking={blocking}
            mark={mark}
            index={index}
          />
        ))}
      </div>
    </div>
  );
}

/** A mark from arriving to leaving: its edges and its middle can be dragged. */
function Stay(props: { lane: Lane; blocking: Blocking; mark: Mark; index: number }) {
  const studio = useStudio();
  const { store } = studio;
  const { lane, blocking, mark, index } = props;
  const { character } = blocking;
  const selected = store.selected.value;
  const on =
    selected.kind === "mark" &&
    selected.character === character &&
    selected.index === index;
  const drag = (what: "arrive" | "leave" | "both") => (down: PointerEvent) => {
    if (down.button !== 0) return;
    down.stopPropagation();
    store.selected.value = { kind: "mark", character, index };
    follow(studio, down, {
      edit({ dx, event }): Edit {
        const from = what === "leave" ? mark.leave_frame : mark.arrive_frame;
        const by = moved(lane, from, dx, event.altKey) - from;
        const arrive = what === "leave" ? mark.arrive_frame : mark.arrive_frame + by;
        const leave = what === "arrive" ? mark.leave_frame : mark.leave_frame + by;
        return {
          kind: "time_mark",
          scene: lane.scene.id,
          character,
          index,
          arrive_frame: Math.max(Math.min(arrive, leave), 0),
          leave_frame: Math.max(arrive, leave, 0),
        };
      },
    });
  };
  const leave = Math.max(mark.leave_frame, mark.arrive_frame + 1);
  const words = mark.spot ? ` at ${mark.spot}` : "";
  return (
    <div
      class="ps-stay"
      aria-current={on}
      style={place(lane, mark.arrive_frame, Math.min(leave, lane.scene.length_frames))}
      title={`Mark ${index + 1}${words}: frames ${mark.arrive_frame} to ${mark.leave_frame}. Drag to move it in time.`}
      onPointerDown={drag("both")}
    >
      <i class="ps-edge ps-edge-left" onPointerDown={drag("arrive")} />
      {index + 1}
      {words}
      <i class="ps-edge" onPointerDown={drag("leave")} />
    </div>
  );
}
