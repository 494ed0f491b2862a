// The studio's frame: what stands where at which width.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { type Studio, StudioContext, useKept, useStudio } from "./context";
import { Button } from "./controls";
import { keepFocus } from "./focus";
import { UndoButtons } from "./history";
import { Anchors } from "./inspector/inspector";
import { isSave, passOn, press } from "./keys";
import { Lifeline } from "./lifeline";
import { PANELS, type Panel } from "./panels";
import { Confirm } from "./promote/confirm";
import { PromoteButton } from "./promote/queue";
import { Refusals } from "./refusals";
import { watchSize } from "./sized";
import { Tabs, tabId } from "./tabs";

/** Below these widths, in CSS pixels, sides fold into tabs. */
const NARROW_PX = 940;
const SLIM_PX = 620;

/** Parts that are looked at without a time. */
const TIMELESS = new Set(["boards", "cast", "queue"]);

type Side = Panel["side"];

/** Which sides share a place, by width: the first panel of each place is seen. */
function places(width: number): readonly (readonly Side[])[] {
  if (width < SLIM_PX) return [["picture", "middle", "right", "left"]];
  if (width < NARROW_PX) return [["middle", "left"], ["picture"], ["right"]];
  return [["left"], ["middle"], ["picture"], ["right"]];
}

export function Frame({ studio, part }: { studio: Studio; part: string }) {
  const root = useRef<HTMLDivElement>(null);
  const width = useSignal(1200);
  const alone = part !== "studio";
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const unsized = watchSize(element, (wide) => {
      width.value = wide;
    });
    const leave = keepFocus(element);
    return () => {
      unsized();
      leave();
    };
  }, []);
  // JupyterLab listens while events go down: the studio's keys must not get there.
  const keyed = (event: KeyboardEvent) => {
    if (press(studio, event)) event.preventDefault();
    event.stopPropagation();
    if (isSave(event)) passOn(event);
  };
  return (
    <StudioContext.Provider value={studio}>
      <div
        ref={root}
        class={alone ? "ps-studio ps-alone" : "ps-studio"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the studio's keys.
        tabIndex={0}
        role="application"
        aria-label="Studio"
        data-lm-suppress-shortcuts="true"
        onKeyDown={keyed}
        onKeyUp={(event) => {
          // Firefox presses a focused button as space is let go; here space plays.
          const into = event.target as Element;
          if (event.key === " " && into.matches("button, summary"))
            event.preventDefault();
        }}
        // While it goes down: panels keep presses to themselves.
        onPointerDownCapture={(event) => {
          const into = event.target as Element;
          if (!into.closest("input, select, textarea, button, summary"))
            root.current?.focus({ preventScroll: true });
        }}
      >
        {alone ? <Alone part={part} /> : <Whole root={root} width={width.value} />}
        <Confirm />
        <Lifeline />
        <Refusals />
      </div>
    </StudioContext.Provider>
  );
}

function Alone({ part }: { part: string }) {
  const panel = PANELS.find((one) => one.part === part) ?? PANELS[0];
  if (!panel) return null;
  const needsTime = panel.side !== "bottom" && !TIMELESS.has(panel.part);
  const timeline = PANELS.find(({ side }) => side === "bottom");
  const beside = sideOf(part);
  return (
    <>
      <div class={beside ? "ps-body ps-beside" : "ps-body"}>
        <Group panels={[panel]} />
        {beside}
      </div>
      {needsTime && timeline ? (
        <div class="ps-bottom">
          <timeline.view />
        </div>
      ) : null}
    </>
  );
}

/** What a part that stands alone has at its side. */
function sideOf(part: string) {
  if (part === "cast")
    return (
      <section class="ps-group" data-part="anchors">
        <div class="ps-panel">
          <Anchors />
        </div>
      </section>
    );
  if (part !== "stage") return null;
  const panels = ["monitor", "inspector"].flatMap((name) =>
    PANELS.filter((panel) => panel.part === name),
  );
  return (
    <div class="ps-stack">
      {panels.map((panel) => (
        <Group key={panel.part} panels={[panel]} />
      ))}
    </div>
  );
}

function Whole(props: { root: { current: HTMLDivElement | null }; width: number }) {
  const groups = places(props.width).map((sides) =>
    sides.flatMap((side) => PANELS.filter((panel) => panel.side === side)),
  );
  const bottom = PANELS.find(({ side }) => side === "bottom");
  const made = groups.map((panels) => <Group key={panels[0]?.part} panels={panels} />);
  // Picture and inspector stand above each other wherever there is room for both.
  const stacked = made.length > 1 ? made.slice(-2) : [];
  return (
    <>
      <Top root={props.root} />
      <div class="ps-body">
        {made.slice(0, made.length - stacked.length)}
        {stacked.length ? <div class="ps-stack">{stacked}</div> : null}
      </div>
      {bottom ? (
        <div class="ps-bottom">
          <bottom.view />
        </div>
      ) : null}
    </>
  );
}

/** One place: its panels as tabs, one of them open. */
function Group({ panels }: { panels: readonly Panel[] }) {
  const { store, promotion } = useStudio();
  const first = panels[0]?.part ?? "";
  const open = useKept(`tab of ${first}`, first);
  const id = useId();
  const asked = useRef(promotion.shown.peek().times);
  const shown = panels.find(({ part }) => part === open.value) ?? panels[0];
  useSignalEffect(() => {
    // What is selected is at hand where it can be changed.
    const has = (part: string) => panels.some((panel) => panel.part === part);
    if (store.selected.value.kind !== "nothing" && open.peek() === "history")
      if (has("inspector")) open.value = "inspector";
  });
  useSignalEffect(() => {
    const { part, times } = promotion.shown.value;
    if (times === asked.current) return;
    asked.current = times;
    if (panels.some((panel) => panel.part === part)) open.value = part;
  });
  if (!shown) return null;
  return (
    <section class="ps-group" data-part={shown.part}>
      {panels.length > 1 ? (
        <Tabs
          label="Panels"
          tabs={panels.map(({ part, title, tip }) => ({
            name: part,
            tip,
            content: title,
          }))}
          value={shown.part}
          panel={id}
          onPick={(part) => {
            open.value = part;
          }}
        />
      ) : null}
      <div
        id={id}
        class={shown.fills ? "ps-panel ps-fill" : "ps-panel"}
        {...(panels.length > 1 && {
          role: "tabpanel",
          "aria-labelledby": tabId(id, shown.part),
        })}
      >
        <shown.view />
      </div>
    </section>
  );
}

function Top({ root }: { root: { current: HTMLDivElement | null } }) {
  const { store } = useStudio();
  const film = store.film.value;
  const scene = store.scene.value;
  const shot = store.shot.value;
  const toggle = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    // A frame round the notebook may forbid it.
    else void root.current?.requestFullscreen().catch(() => undefined);
  };
  return (
    <header class="ps-top">
      <span class="ps-title" title="Title of the film">
        {film?.title || "Studio"}
      </span>
      <UndoButtons />
      <span class="ps-divider" />
      <Button icon="up" tip="Previous shot ( [ )" onClick={() => store.stepShot(-1)} />
      <Button icon="down" tip="Next shot ( ] )" onClick={() => store.stepShot(1)} />
      <div class="ps-now">
        <span class="ps-slate" title="Slate">
          {shot?.slate}
        </span>
        <span>{shot ? `${shot.size} · ${shot.coverage} · ${shot.move}` : ""}</span>
        <span>{scene?.slugline}</span>
      </div>
      {film ? (
        <span class="ps-chip" title="What makes the pictures: film.generator">
          {film.generator || "plain"}
        </span>
      ) : null}
      <PromoteButton />
      <Button icon="full" tip="Full screen (Esc leaves it)" onClick={toggle} />
    </header>
  );
}
