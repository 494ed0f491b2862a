// A take before its preview: a line that is dragged across, frame by frame.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { QueueCard } from "../queue";
import type { QueueStore } from "./store";
import { nearestMade, nextMade } from "./words";

const STEP_SHARE = 0.05;

export function Wipe(props: {
  card: QueueCard;
  store: QueueStore;
  frame: number;
  /** Nobody chose the frame: it is shown small, since a preview costs the kernel. */
  glance: boolean;
  onFrame: (frame: number) => void;
}) {
  const { card, store, frame, glance, onFrame } = props;
  const at = useSignal(0.5);
  const playing = useSignal(false);
  const shown = nearestMade(card, frame);
  const pair = shown === undefined || glance ? undefined : store.pair(card.job, shown);
  // Until the next picture is there, the last one stays.
  const last = useRef(pair);
  if (pair) last.current = pair;
  const picture = glance ? undefined : last.current;
  const small =
    shown !== undefined && !picture ? store.thumb(card.job, shown) : undefined;
  const ready = pair !== undefined;
  useEffect(() => {
    if (!playing.value || !ready) return;
    const after = nextMade(card, frame, 1) ?? card.made[0]?.[0] ?? 0;
    // A proof plays as held pictures: what is not made is time all the same.
    const round = card.proof.length ? card.rate_fps : 1;
    const held = after > frame ? after - frame : round;
    const next = setTimeout(() => onFrame(after), (1000 * held) / card.rate_fps);
    return () => clearTimeout(next);
  }, [playing.value, ready, frame]);
  const drag = (event: PointerEvent) => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    at.value = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  };
  const step = (by: number) => onFrame(nextMade(card, shown ?? frame, by) ?? frame);
  const cut = `${(at.value * 100).toFixed(2)}%`;
  return (
    <div class="pq-view">
      <div
        class="pq-wipe"
        role="slider"
        tabIndex={0}
        aria-label="Wipe between preview and take"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(at.value * 100)}
        title="Drag the line; ← and → step frames, Shift moves the line"
        style={`aspect-ratio:${card.width_px}/${card.height_px}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag(event);
        }}
        onPointerMove={(event) => {
          if (event.buttons) drag(event);
        }}
        onKeyDown={(event) => {
          const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          if (event.shiftKey)
            at.value = Math.min(Math.max(at.value + by * STEP_SHARE, 0), 1);
          else step(by);
        }}
      >
        {small ? (
          <>
            <img src={small} alt="Take" draggable={false} />
            <span class="pq-corner pq-left">
              {glance
                ? "Newest frame · choose one to compare"
                : "Its preview is being drawn"}
            </span>
          </>
        ) : picture ? (
          <>
            <img src={picture.take} alt="Take" draggable={false} />
            <img
              src={picture.preview}
              alt="Preview"
              draggable={false}
              style={`clip-path:inset(0 calc(100% - ${cut}) 0 0)`}
            />
            <span class="pq-line" style={`left:${cut}`} />
            <span class="pq-corner pq-left">Preview</span>
            <span class="pq-corner pq-right">Take</span>
          </>
        ) : (
          <span class="pq-wait">
            {shown === undefined ? "The first frame is on its way" : "Loading"}
          </span>
        )}
      </div>
      <div class="pq-transport">
        <button
          type="button"
          class="pq-button"
          title={playing.value ? "Pause" : "Play what is made"}
          aria-label={playing.value ? "Pause" : "Play"}
          disabled={card.made_frames < 2}
          onClick={() => {
            playing.value = !playing.value;
          }}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path
              d={playing.value ? "M4 3h3v10H4zM9 3h3v10H9z" : "M4 2.500v11l10-5.500z"}
            />
          </svg>
        </button>
        <input
          type="range"
          aria-label="Frame"
          title="Frame"
          min={0}
          max={card.length_frames - 1}
          value={shown ?? 0}
          disabled={!card.made_frames}
          onInput={(event) => {
            playing.value = false;
            onFrame(Number(event.currentTarget.value));
          }}
        />
        <span class="pq-frame">
          {shown ?? "–"} / {card.length_frames - 1}
        </span>
      </div>
    </div>
  );
}
