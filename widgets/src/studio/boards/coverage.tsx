// Coverages of a scene side by side, from which one is picked.

import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { SceneCard, ShotCard } from "../../messages";
import { seconds } from "../../stage/timecode";
import { useStudio } from "../context";
import { Button } from "../controls";
import type { Wanted } from "../link";
import { coverName } from "../state";
import { usePainted } from "./painted";

const PANEL_PX = 192;
/** A scene is covered anew once nothing has changed in it for so long. */
const RESTS_MS = 400;
/** As `previz.direct.alternatives` has them. */
const STYLES = ["classical", "close", "wide"] as const;

export function Coverages(props: { scene: SceneCard; onClose: () => void }) {
  const { store } = useStudio();
  const { scene, onClose } = props;
  const changed = store.sceneRevisions.value.get(scene.id) ?? 0;
  const drags = store.dragging.value !== "";
  const asked = useRef(-1);
  useEffect(() => {
    // Each is planned anew for the whole scene: not for every step of a drag.
    if (drags || asked.current === changed) return;
    const ask = () => {
      asked.current = changed;
      store.coverages.value = new Map();
      for (const style of STYLES)
        store.link.say({ kind: "ask_coverage", coverage: { scene: scene.id, style } });
    };
    const later = setTimeout(ask, asked.current < 0 ? 0 : RESTS_MS);
    return () => clearTimeout(later);
  }, [scene.id, changed, drags]);
  useEffect(() => () => store.dropCovers(), [store]);
  const seen = useSeen(scene);
  return (
    <div class="ps-coverages">
      <Column
        title="As it is"
        words="The film's own shots"
        style=""
        scene={scene}
        watch={seen}
      />
      {STYLES.map((style) => {
        const sent = store.coverages.value.get(style);
        const fits = sent?.scene.id === scene.id;
        return fits ? (
          <Column
            key={style}
            title={style}
            words={sent.words}
            style={style}
            scene={sent.scene}
            watch={seen}
            onPick={() => {
              store.link.edit({ kind: "cover_scene", scene: scene.id, style });
              onClose();
            }}
          />
        ) : (
          <section class="ps-coverage" key={style} aria-busy="true">
            <header>
              <b>{style}</b>
            </header>
            <p class="ps-hint">Placing cameras for scene {scene.number}…</p>
          </section>
        );
      })}
    </div>
  );
}

type Watch = (element: HTMLElement | null, style: string, shot: ShotCard) => void;

function Column(props: {
  title: string;
  words: string;
  style: string;
  scene: SceneCard;
  watch: Watch;
  onPick?: () => void;
}) {
  const { store } = useStudio();
  const { title, words, style, scene, watch, onPick } = props;
  const { shots } = scene;
  const rate = store.film.value?.rate ?? { numerator: 24, denominator: 1 };
  const mean = seconds(rate, scene.length_frames) / Math.max(shots.length, 1);
  return (
    <section class="ps-coverage" data-style={style}>
      <header>
        <b>{title}</b>
        <span title="Shots, and how long they last on average, seconds">
          {shots.length} shots · {mean.toFixed(1)} s
        </span>
        {onPick ? (
          <Button
            solid
            tip={`Cover scene ${scene.number} like this: its shots are replaced, undo brings them back`}
            onClick={onPick}
          >
            Use
          </Button>
        ) : null}
        <p title={words}>{words}</p>
      </header>
      <ol>
        {shots.map((shot) => (
          <Panel key={shot.id} style={style} shot={shot} watch={watch} />
        ))}
      </ol>
    </section>
  );
}

function Panel(props: { style: string; shot: ShotCard; watch: Watch }) {
  const { store } = useStudio();
  const { style, shot, watch } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const item = useRef<HTMLLIElement>(null);
  const picture = useComputed(() =>
    (style ? store.covers : store.panels).value.get(coverName(style, shot.id)),
  ).value;
  useEffect(() => watch(item.current, style, shot), [shot.id, style]);
  usePainted(canvas, picture?.bitmap);
  const rate = store.film.value?.rate ?? { numerator: 24, denominator: 1 };
  const who = shot.subjects.map((id) => store.nameOf(id)).join(", ");
  const move = shot.move === "static" ? "" : `, ${shot.move}`;
  return (
    <li ref={item} title={`${shot.slate}: ${shot.size} ${shot.coverage}${move}`}>
      <canvas ref={canvas} width={16} height={9} />
      <span class="ps-card-line">
        <b>{shot.slate}</b>
        <span>
          {shot.size} {who}
        </span>
        <i title="Length, seconds">{seconds(rate, shot.length_frames).toFixed(1)} s</i>
      </span>
    </li>
  );
}

/** Asks for the pictures of panels that are seen, of all columns in turn. */
function useSeen(scene: SceneCard): Watch {
  const { store } = useStudio();
  const shown = useSignal<ReadonlySet<Element>>(new Set());
  const panels = useMemo(
    () => new Map<Element, { style: string; shot: ShotCard }>(),
    [],
  );
  const observer = useMemo(
    () =>
      new IntersectionObserver((entries) => {
        const next = new Set(shown.value);
        for (const { target, isIntersecting } of entries)
          if (isIntersecting) next.add(target);
          else next.delete(target);
        shown.value = next;
      }),
    [],
  );
  useEffect(
    () => () => {
      observer.disconnect();
      store.wantedPanels.value = [];
    },
    [observer],
  );
  useSignalEffect(() => {
    const least = store.sceneRevisions.value.get(scene.id) ?? 0;
    const { panels: own, covers } = store;
    const wanted: (Wanted & { at: number })[] = [];
    for (const element of shown.value) {
      const panel = element.isConnected ? panels.get(element) : undefined;
      if (!panel) continue;
      const { style, shot } = panel;
      const kept = (style ? covers : own).value.get(coverName(style, shot.id));
      if (kept && kept.sent.revision >= least) continue;
      wanted.push({
        at: shot.first_frame,
        shot: shot.id,
        frame: Math.floor(shot.length_frames / 2),
        width_px: PANEL_PX,
        board: true,
        ...(style && { coverage: { scene: scene.id, style } }),
      });
    }
    // The scene's beginning first, so that the columns can be compared soon.
    wanted.sort((a, b) => a.at - b.at);
    store.wantedPanels.value = wanted.map(({ at: _, ...rest }) => rest);
  });
  return (element, style, shot) => {
    if (!element) return;
    panels.set(element, { style, shot });
    observer.observe(element);
  };
}
