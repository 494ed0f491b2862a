// The film as panels: put in order, cut, approved or held, and noted on.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { SceneCard, ShotCard } from "../../messages";
import { useKept, useStudio } from "../context";
import { Button, Choice, Empty, Select } from "../controls";
import { Card } from "./card";
import { Coverages } from "./coverage";
import { Notes } from "./notes";
import { reordered, same, stepped } from "./order";
import { usePanels } from "./pictures";

type Filter = { scene: string; character: string; status: string };

export const STATUSES: readonly {
  value: ShotCard["status"];
  label: string;
  tip: string;
}[] = [
  { value: "open", label: "Open", tip: "Still being worked on" },
  { value: "approved", label: "Approved", tip: "Approved as it is" },
  { value: "hold", label: "Hold", tip: "On hold: not to be made yet" },
];

export function Boards() {
  const { store } = useStudio();
  const comparing = useKept("coverages", false);
  const filter = useKept<Filter>("filter", { scene: "", character: "", status: "" });
  const film = store.film.value;
  if (!film?.scenes.length)
    return (
      <Empty title="No panels yet">A film with scenes shows its shots here.</Empty>
    );
  const set = (changed: Partial<Filter>) => {
    filter.value = { ...filter.value, ...changed };
  };
  const { scene, character, status } = filter.value;
  const compared = film.scenes.find(({ id }) => id === scene) ?? store.scene.value;
  const shown = film.scenes
    .filter(({ id }) => !scene || id === scene)
    .map((one) => ({
      scene: one,
      shots: one.shots.filter(
        (shot) =>
          (!character || shot.subjects.includes(character)) &&
          (!status || shot.status === status),
      ),
    }))
    .filter(({ shots }) => shots.length);
  return (
    <div class="ps-boards">
      <div class="ps-boards-bar">
        <Select
          tip="Only this scene"
          value={scene}
          options={[
            ["", "All scenes"],
            ...film.scenes.map((one) => [one.id, `Scene ${one.number}`] as const),
          ]}
          onPick={(picked) => set({ scene: picked })}
        />
        <Select
          tip="Only shots of this character"
          value={character}
          options={[
            ["", "Everybody"],
            ...film.characters.map(({ id, name }) => [id, name] as const),
          ]}
          onPick={(picked) => set({ character: picked })}
        />
        <Select
          tip="Only shots of this status"
          value={status}
          options={[
            ["", "Any status"],
            ...STATUSES.map(({ value, label }) => [value, label] as const),
          ]}
          onPick={(picked) => set({ status: picked })}
        />
        <Button
          pressed={comparing.value}
          tip={`Compare three coverages of scene ${compared?.number ?? ""} side by side`}
          disabled={!compared}
          onClick={() => {
            comparing.value = !comparing.value;
          }}
        >
          Coverage
        </Button>
        <span class="ps-space" />
        {comparing.value ? null : <PromoteChosen />}
        {comparing.value ? null : <CutButtons />}
      </div>
      {comparing.value && compared ? (
        <Coverages
          key={compared.id}
          scene={compared}
          onClose={() => {
            comparing.value = false;
          }}
        />
      ) : (
        <>
          <Rows shown={shown} />
          <Notes />
        </>
      )}
    </div>
  );
}

interface Shown {
  readonly scene: SceneCard;
  readonly shots: readonly ShotCard[];
}

function Rows({ shown }: { shown: readonly Shown[] }) {
  const watch = usePanels();
  return (
    <div class="ps-board-rows">
      {shown.length ? (
        shown.map((one) => <Row key={one.scene.id} watch={watch} {...one} />)
      ) : (
        <Empty title="No shot like that">Take a filter away to see more.</Empty>
      )}
    </div>
  );
}

function Row(props: {
  scene: SceneCard;
  shots: readonly ShotCard[];
  watch: (element: HTMLElement | null, shot: ShotCard) => void;
}) {
  const { store } = useStudio();
  const { scene, shots, watch } = props;
  const dragged = useSignal("");
  const before = useSignal("");
  const section = useRef<HTMLElement>(null);
  const near = useNear(section);
  const carried = useRef("");
  const ids = scene.shots.map(({ id }) => id);
  const cut = (order: readonly string[]) => {
    if (!same(order, ids))
      store.link.edit({ kind: "reorder_shots", scene: scene.id, order });
  };
  const cardOf = (id: string) =>
    section.current?.querySelector<HTMLElement>(`[data-shot="${CSS.escape(id)}"]`);
  const keyed = (event: KeyboardEvent, shot: ShotCard) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as -1 | 1 | undefined;
    if (!step || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) {
      // Its card is drawn elsewhere, and loses the focus for that.
      carried.current = shot.id;
      cut(stepped(ids, shot.id, step));
      return;
    }
    const next = shots[shots.indexOf(shot) + step];
    if (!next) return;
    store.goShot(next.id);
    cardOf(next.id)?.focus();
  };
  const drop = () => {
    if (dragged.value) cut(reordered(ids, dragged.value, before.value));
    dragged.value = before.value = "";
  };
  useEffect(() => {
    before.value = "";
    if (carried.current) cardOf(carried.current)?.focus();
    carried.current = "";
  }, [scene]);
  return (
    <section ref={section}>
      <h3 class="ps-board-scene">
        <b>{scene.number}</b> {scene.slugline}
        <i>{scene.shots.length} shots</i>
      </h3>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its cards take the keys. */}
      <div
        class="ps-board"
        style={near ? "" : `min-height: ${Math.ceil(shots.length / 3) * CARD_PX}px`}
        onDragOver={(event) => {
          if (!dragged.value) return;
          event.preventDefault();
          const card = (event.target as Element).closest<HTMLElement>("[data-shot]");
          if (!card) return;
          const box = card.getBoundingClientRect();
          const late = event.clientX > box.left + box.width / 2;
          const own = scene.shots.findIndex(({ id }) => id === card.dataset.shot);
          before.value = scene.shots[own + (late ? 1 : 0)]?.id ?? "end";
        }}
        onDrop={(event) => {
          event.preventDefault();
          drop();
        }}
        onDragEnd={() => {
          dragged.value = before.value = "";
        }}
      >
        {(near ? shots : []).map((shot, i) => (
          <Card
            key={shot.id}
            shot={shot}
            watch={watch}
            drop={
              before.value === shot.id
                ? "before"
                : before.value === "end" && i === shots.length - 1
                  ? "after"
                  : ""
            }
            onKeyDown={(event) => keyed(event, shot)}
            onDrag={() => {
              dragged.value = shot.id;
            }}
          />
        ))}
      </div>
    </section>
  );
}

/** About how tall a row of cards is that is not built, CSS pixels. */
const CARD_PX = 130;

/** Whether an element is near to what is seen: long films build no more than that. */
function useNear(element: { current: HTMLElement | null }): boolean {
  const near = useSignal(false);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const sees = new IntersectionObserver(
      (entries) => {
        near.value = entries.at(-1)?.isIntersecting ?? false;
      },
      { root: target.closest(".ps-board-rows"), rootMargin: "600px 0px" },
    );
    sees.observe(target);
    return () => sees.disconnect();
  }, []);
  return near.value;
}

/** Promote those that are chosen, else the one that is open. */
function PromoteChosen() {
  const { store, promotion } = useStudio();
  const chosen = promotion.chosen.value;
  const all = store.allShots.map(({ shot }) => shot);
  const meant = chosen.size
    ? all.filter(({ id }) => chosen.has(id))
    : all.filter(({ id }) => id === store.shot.value?.id);
  return (
    <Button
      solid
      tip={`Make ${meant.map(({ slate }) => slate).join(", ")} at full quality: the plan comes first`}
      disabled={!meant.length}
      onClick={() => promotion.propose(meant.map(({ id }) => id))}
    >
      {meant.length > 1 ? `Promote ${meant.length}` : "Promote"}
    </Button>
  );
}

/** What can be done to the shot that is open. */
function CutButtons() {
  const { store } = useStudio();
  const shot = store.shot.value;
  const scene = store.scene.value;
  if (!shot || !scene) return null;
  const frame = store.shotFrame.value;
  const next = scene.shots[scene.shots.findIndex(({ id }) => id === shot.id) + 1];
  return (
    <>
      <Choice
        options={STATUSES}
        value={shot.status}
        onPick={(status) =>
          store.link.edit({ kind: "set_status", shot: shot.id, status })
        }
      />
      <Button
        icon="split"
        tip={`Cut ${shot.slate} in two at frame ${frame}`}
        disabled={frame < 1}
        onClick={() =>
          store.link.edit({ kind: "split_shot", shot: shot.id, at_frame: frame })
        }
      />
      <Button
        tip={next ? `Let ${shot.slate} run on over ${next.slate}` : "No shot follows"}
        disabled={!next}
        onClick={() => store.link.edit({ kind: "merge_shots", shot: shot.id })}
      >
        Merge
      </Button>
      <Button
        icon="copy"
        tip={`Duplicate ${shot.slate}: a copy takes over its second half`}
        disabled={shot.length_frames < 2}
        onClick={() => store.link.edit({ kind: "duplicate_shot", shot: shot.id })}
      />
    </>
  );
}
