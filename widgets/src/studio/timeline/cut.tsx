// The cut: shots in a row, their edges trimmed and they themselves slipped and slid.

import { Fragment } from "preact";
import { useRef } from "preact/hooks";
import type { ShotCard } from "../../messages";
import { type Trim, useStudio } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";
import { useSlide } from "../slides";
import { dragged, framePx, type Lane, left, place, Row } from "./lane";

export const TRIMS: readonly { value: Trim; label: string; tip: string }[] = [
  {
    value: "ripple",
    label: "Ripple",
    tip: "A shot's head or end is dragged; what follows comes later or sooner (B)",
  },
  {
    value: "roll",
    label: "Roll",
    tip: "The cut between two shots is dragged; the scene keeps its length (N)",
  },
  {
    value: "slip",
    label: "Slip",
    tip: "The camera's keys and moves slip under a shot that stays where it is (Y)",
  },
  {
    value: "slide",
    label: "Slide",
    tip: "A shot is slid between its neighbours, which give and take (U)",
  },
];

/** Narrower clips, CSS pixels, would show half a slate. */
const SLATE_PX = 30;

export const TRIM_KEYS: Readonly<Record<string, Trim>> = {
  b: "ripple",
  n: "roll",
  y: "slip",
  u: "slide",
};

export function CutTrack({ lane }: { lane: Lane }) {
  const { store, trim } = useStudio();
  const now = store.shot.value?.id;
  const how = TRIMS.find(({ value }) => value === trim.value);
  return (
    <Row name="shots" head="Shots" tip={`The cut. ${how?.tip ?? ""}`}>
      {lane.scene.shots.map((shot, index) => (
        <Fragment key={shot.id}>
          <Clip lane={lane} shot={shot} open={shot.id === now} />
          <Head lane={lane} shot={shot} />
          <Edge lane={lane} shot={shot} last={index === lane.scene.shots.length - 1} />
        </Fragment>
      ))}
    </Row>
  );
}

function Clip({ lane, shot, open }: { lane: Lane; shot: ShotCard; open: boolean }) {
  const studio = useStudio();
  const { playback, trim } = studio;
  const mode = trim.value;
  const whole = mode === "slip" || mode === "slide";
  const slide = useStep();
  const edit = (frames: number): Edit =>
    mode === "slip"
      ? { kind: "slip_shot", shot: shot.id, frames }
      : { kind: "slide_shot", shot: shot.id, frames };
  const about = `${shot.slate}: ${shot.size} ${shot.coverage}, ${Number(shot.focal_length_mm.toFixed(1))} mm, ${shot.move}, ${shot.length_frames} frames`;
  const how = whole ? `. Drag, or ← and →, to ${mode} it by frames` : "";
  return (
    <button
      type="button"
      class="ps-clip"
      data-trim={mode}
      data-shot={shot.id}
      aria-current={open}
      style={place(lane, shot.first_frame, shot.first_frame + shot.length_frames)}
      title={about + how}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        if (!whole) {
          playback.seek(shot.first_frame);
          return;
        }
        const at = mode === "slide" ? shot.first_frame : 0;
        follow(studio, event, {
          edit: ({ dx, event: to }) =>
            edit(dragged(lane, at, dx, to.altKey || mode === "slip") - at),
          click: () => playback.seek(shot.first_frame),
        });
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") playback.seek(shot.first_frame);
        else if (whole) slide(event, edit);
      }}
      onKeyUp={slide.up}
      onBlur={slide.up}
    >
      {shot.length_frames * framePx(lane) < SLATE_PX ? null : <b>{shot.slate}</b>}
      <span>
        {shot.size} {shot.move === "static" ? "" : shot.move}
      </span>
    </button>
  );
}

/** The end of a shot: what it does when dragged is up to the mode. */
function Edge({ lane, shot, last }: { lane: Lane; shot: ShotCard; last: boolean }) {
  const studio = useStudio();
  const slide = useStep();
  const rolls = studio.trim.value === "roll";
  if (rolls && last) return null;
  const mode = rolls ? "roll" : "ripple";
  const end = shot.first_frame + shot.length_frames;
  const edit = (frames: number): Edit => ({
    kind: "trim_shot",
    shot: shot.id,
    length_frames: Math.max(shot.length_frames + frames, 1),
    mode,
  });
  const what = rolls
    ? "roll this cut; the scene keeps its length"
    : "trim the shot's end; what follows ripples";
  return (
    <button
      type="button"
      class="ps-edge"
      data-mode={mode}
      data-edge={shot.id}
      style={left(lane, end)}
      disabled={studio.trim.value === "slip" || studio.trim.value === "slide"}
      aria-label={`End of ${shot.slate}`}
      title={`${shot.slate} ends at frame ${end}. Drag, or ← and →, to ${what} (Alt: no snapping)`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        follow(studio, event, {
          edit: ({ dx, event: now }) => edit(dragged(lane, end, dx, now.altKey) - end),
        });
      }}
      onKeyDown={(event) => slide(event, edit)}
      onKeyUp={slide.up}
      onBlur={slide.up}
    />
  );
}

/** Where a shot begins: dragged, its first frames go, or more come before them. */
function Head({ lane, shot }: { lane: Lane; shot: ShotCard }) {
  const studio = useStudio();
  const slide = useStep();
  if (studio.trim.value !== "ripple") return null;
  const at = shot.first_frame;
  const edit = (frames: number): Edit => ({
    kind: "trim_head",
    shot: shot.id,
    frames: Math.min(frames, shot.length_frames - 1),
  });
  return (
    <button
      type="button"
      class="ps-edge ps-edge-head"
      data-head={shot.id}
      style={left(lane, at)}
      aria-label={`Head of ${shot.slate}`}
      title={`${shot.slate} begins at frame ${at}. Drag, or ← and →, to trim its head; what follows ripples (Alt: no snapping)`}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        follow(studio, event, {
          edit: ({ dx, event: now }) => edit(dragged(lane, at, dx, now.altKey) - at),
        });
      }}
      onKeyDown={(event) => slide(event, edit)}
      onKeyUp={slide.up}
      onBlur={slide.up}
    />
  );
}

interface Step {
  (event: KeyboardEvent, edit: (frames: number) => Edit): void;
  up: () => void;
}

/** Arrows step by one, with Shift by ten; while held they are one step of history. */
export function useStep(less = "ArrowLeft", more = "ArrowRight"): Step {
  const slide = useSlide();
  const held = useHeld();
  const step = (event: KeyboardEvent, edit: (frames: number) => Edit) => {
    const by = event.key === less ? -1 : event.key === more ? 1 : 0;
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    held.edit ??= edit;
    held.by += by * (event.shiftKey ? 10 : 1);
    slide(held.edit(held.by), false);
  };
  const up = () => {
    if (!held.edit) return;
    slide(held.edit(held.by), true);
    held.edit = undefined;
    held.by = 0;
  };
  return Object.assign(step, { up });
}

function useHeld(): { edit: ((frames: number) => Edit) | undefined; by: number } {
  const held = useRef<{ edit: ((frames: number) => Edit) | undefined; by: number }>({
    edit: undefined,
    by: 0,
  });
  return held.current;
}
