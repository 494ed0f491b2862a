// One panel: picture, slate, size, length, status and how many notes.

import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ShotCard } from "../../messages";
import { seconds } from "../../stage/timecode";
import { useStudio } from "../context";
import { choose } from "./choose";
import { usePainted } from "./painted";

export function Card(props: {
  shot: ShotCard;
  drop: "before" | "after" | "";
  watch: (element: HTMLElement | null, shot: ShotCard) => void;
  onDrag: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}) {
  const { store, promotion } = useStudio();
  const { shot, drop, watch, onDrag } = props;
  const card = useRef<HTMLButtonElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  // Of many cards only those are built anew whose own picture or place changed.
  const picture = useComputed(() => store.panels.value.get(shot.id)).value;
  const open = useComputed(() => shot.id === store.shot.value?.id).value;
  const chosen = useComputed(() => promotion.chosen.value.has(shot.id)).value;
  useEffect(() => watch(card.current, shot), [shot.id]);
  usePainted(canvas, picture?.bitmap);
  const rate = store.film.value?.rate ?? { numerator: 24, denominator: 1 };
  const who = shot.subjects.map((id) => store.nameOf(id)).join(", ");
  return (
    <button
      type="button"
      ref={card}
      class="ps-card"
      data-shot={shot.id}
      data-status={shot.status}
      data-drop={drop}
      aria-current={open}
      data-chosen={chosen}
      aria-pressed={chosen}
      draggable
      title={`${shot.slate}: ${shot.size} ${shot.coverage}, ${shot.status}. Drag to another place in the cut, or press Alt with ← or →. Ctrl-click chooses several, Shift-click all up to here.`}
      onClick={(event) => {
        choose(promotion.chosen, store, shot.id, event);
        store.goShot(shot.id);
      }}
      onKeyDown={props.onKeyDown}
      onDragStart={(event) => {
        // As text a cell would take it.
        event.dataTransfer?.setData("application/x-previz-shot", shot.id);
        onDrag();
      }}
    >
      <canvas ref={canvas} width={16} height={9} />
      <span class="ps-card-line">
        <b>{shot.slate}</b>
        <span>
          {shot.size} {who}
        </span>
        {shot.notes.length ? (
          <i class="ps-card-notes" title="Notes on this shot">
            {shot.notes.length}
          </i>
        ) : null}
        <i title="Length, seconds">{seconds(rate, shot.length_frames).toFixed(1)} s</i>
      </span>
    </button>
  );
}
