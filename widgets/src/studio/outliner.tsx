// The film as a list: scenes with their shots, then who and what is in the open scene.

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { SceneCard, ShotCard } from "../messages";
import { useKept, useStudio } from "./context";
import { Button, Empty } from "./controls";
import { signOf } from "./people";
import { keyOf } from "./space/choice";
import { canHide } from "./space/commands";
import type { Selection } from "./state";

/** Longer films show only the shots that match, and of long scenes the open one's. */
const MANY_SHOTS = 150;

export function Outliner() {
  const { store } = useStudio();
  const asked = useKept("outliner", "");
  const film = store.film.value;
  if (!film)
    return <Empty title="Waiting for the film">The kernel has not answered yet.</Empty>;
  if (!film.scenes.length)
    return (
      <Empty title="An empty film">
        Direct a screenplay: Film.from_screenplay("my.fountain").studio()
      </Empty>
    );
  const word = asked.value.trim().toLowerCase();
  const many = store.allShots.length > MANY_SHOTS;
  return (
    <div class="ps-outliner">
      <input
        class="ps-input ps-search"
        type="search"
        placeholder="Find shot or scene"
        title="Find by slate, size, place or name"
        aria-label="Find by slate, size, place or name"
        value={asked.value}
        onInput={(event) => {
          asked.value = event.currentTarget.value;
        }}
      />
      <div class="ps-list">
        {film.scenes.map((scene) => (
          <SceneRows
            key={scene.id}
            scene={scene}
            word={word}
            folded={many && !word && scene.id !== store.scene.value?.id}
          />
        ))}
      </div>
      <InScene />
    </div>
  );
}

function matches(scene: SceneCard, shot: ShotCard, word: string): boolean {
  const words = [
    shot.slate,
    shot.size,
    shot.coverage,
    scene.slugline,
    ...shot.subjects,
  ];
  return words.join(" ").toLowerCase().includes(word);
}

function SceneRows(props: { scene: SceneCard; word: string; folded: boolean }) {
  const { store } = useStudio();
  const { scene, word, folded } = props;
  const shots = scene.shots.filter((shot) => !word || matches(scene, shot, word));
  if (word && !shots.length) return null;
  const open = scene.id === store.scene.value?.id;
  return (
    <>
      <button
        type="button"
        class="ps-row ps-scene-row"
        aria-expanded={!folded}
        title={`${scene.slugline}: ${scene.shots.length} shots`}
        onClick={() => store.go(scene.id, 0)}
      >
        <b>{scene.number}</b>
        <span>{scene.slugline.replace(/^(INT|EXT)[./ ]+/, "")}</span>
      </button>
      {folded
        ? null
        : shots.map((shot) => (
            <ShotRow
              key={shot.id}
              shot={shot}
              on={open && shot.id === store.shot.value?.id}
            />
          ))}
    </>
  );
}

function ShotRow({ shot, on }: { shot: ShotCard; on: boolean }) {
  const { store } = useStudio();
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Only the list scrolls, never the notebook.
    const list = row.current?.closest<HTMLElement>(".ps-panel");
    if (!on || !row.current || !list) return;
    const box = row.current.getBoundingClientRect();
    const around = list.getBoundingClientRect();
    if (box.top < around.top + 30) list.scrollTop += box.top - around.top - 30;
    if (box.bottom > around.bottom) list.scrollTop += box.bottom - around.bottom;
  }, [on]);
  const who = shot.subjects.map((id) => store.nameOf(id)).join(", ");
  return (
    <button
      type="button"
      ref={row}
      class="ps-row ps-shot-row"
      aria-current={on}
      title={`${shot.slate}: ${shot.size} ${shot.coverage} ${who}, ${Number(shot.focal_length_mm.toFixed(1))} mm, ${shot.length_frames} frames`}
      onClick={() => store.goShot(shot.id)}
    >
      <b>{shot.slate}</b>
      <span>
        {shot.size} {who}
      </span>
      <i>{Number(shot.focal_length_mm.toFixed(0))}</i>
    </button>
  );
}

function InScene() {
  const { store } = useStudio();
  const scene = store.scene.value;
  const place = store.place.value;
  const people = store.film.value?.characters ?? [];
  if (!scene) return null;
  const here = people.filter(({ id }) => scene.characters.includes(id));
  const own = place?.scene === scene.id ? place : undefined;
  return (
    <>
      <Group title="Cast" count={here.length}>
        {here.map(({ id, name }) => {
          const sign = signOf(people, id);
          return (
            <Item
              key={id}
              item={{ kind: "character", id }}
              tip={`${name}: body, clothes`}
            >
              <svg
                viewBox="-1.4 -1.4 2.8 2.8"
                class="ps-sign"
                style={{ fill: sign.color }}
                aria-hidden="true"
              >
                <path d={sign.shape} />
              </svg>
              <span>{name}</span>
            </Item>
          );
        })}
      </Group>
      <Group title="Lights" count={own?.lights.length ?? 0}>
        {own?.lights.map((light) => (
          <Item
            key={light.id}
            item={{ kind: "light", id: light.id }}
            tip={`${light.role}: ${light.kind}, ${Math.round(light.color_temperature_k)} K`}
          >
            <span>{light.role}</span>
            <i>{Math.round(light.color_temperature_k)} K</i>
          </Item>
        ))}
      </Group>
      <Group title="Set pieces" count={own?.set.pieces.length ?? 0} shut>
        {own?.set.pieces.map((piece) => (
          <Item
            key={piece.id}
            item={{ kind: "piece", id: piece.id }}
            tip={`${piece.kind}, ${piece.size_m.map((side) => side.toFixed(2)).join(" × ")} m`}
          >
            <span>{piece.kind}</span>
          </Item>
        ))}
      </Group>
    </>
  );
}

function Group(props: {
  title: string;
  count: number;
  shut?: boolean;
  children?: ComponentChildren;
}) {
  if (!props.count) return null;
  return (
    <details class="ps-outliner-group" open={!props.shut}>
      <summary>
        {props.title} <i>{props.count}</i>
      </summary>
      {props.children}
    </details>
  );
}

function Item(props: { item: Selection; tip: string; children: ComponentChildren }) {
  const { choice } = useStudio().store;
  const { item, tip } = props;
  const on = choice.keys.value.has(keyOf(item));
  const hidden = choice.isHidden(item);
  const locked = choice.isLocked(item);
  return (
    <div class="ps-item" data-hidden={hidden} data-locked={locked}>
      <button
        type="button"
        class="ps-row ps-item-row"
        aria-current={on}
        title={`${tip}. Shift chooses several.`}
        onClick={(event) => {
          if (event.shiftKey || event.ctrlKey || event.metaKey) choice.toggle(item);
          else choice.put(on && choice.all.value.length === 1 ? [] : [item]);
        }}
      >
        {props.children}
      </button>
      {canHide(item) ? (
        <Button
          icon="eye"
          tip={hidden ? "Show it on the stage" : "Hide it on the stage (H)"}
          pressed={hidden}
          onClick={() => choice.hide([item], !hidden)}
        />
      ) : null}
      <Button
        icon="lock"
        tip={locked ? "Unlock it" : "Lock it: the stage does not take it"}
        pressed={locked}
        onClick={() => choice.lock([item], !locked)}
      />
    </div>
  );
}
