// Before anything is spent: how shots are to be made, and what comes of it.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { ChoicesSent, Ordered, PlanSent, SignalUse, Tier } from "../../queue";
import { duration } from "../../queue/words";
import { useStudio } from "../context";
import { Button, Choice, NumberField, Select } from "../controls";

const SIZES: readonly (readonly [number, number])[] = [
  [320, 180],
  [640, 360],
  [960, 540],
  [1280, 720],
  [1920, 1080],
  [2560, 1440],
  [3840, 2160],
];

const TIERS: readonly { value: Tier["quality"]; label: string; tip: string }[] = [
  { value: "draft", label: "Draft", tip: "Quick and small: is it the right shot?" },
  { value: "standard", label: "Standard", tip: "To show and to cut with" },
  { value: "final", label: "Final", tip: "Large, with all that the backend can do" },
];

const LENGTHS: readonly {
  value: "whole" | "proof";
  label: string;
  tip: string;
}[] = [
  { value: "whole", label: "Whole take", tip: "Every frame, and a film of them" },
  {
    value: "proof",
    label: "Proof",
    tip: "First, middle and last frame: finished ones, which the take keeps",
  },
];

/** Lies over the studio while an order is looked at. */
export function Confirm() {
  const { promotion } = useStudio();
  const box = useRef<HTMLDivElement>(null);
  const draft = promotion.draft.value;
  const open = draft !== null;
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    if (!open) return;
    box.current?.focus({ preventScroll: true });
    return () => before?.focus?.({ preventScroll: true });
  }, [open]);
  if (!draft) return null;
  return (
    <div
      class="ps-over"
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) promotion.leave();
      }}
    >
      <div
        ref={box}
        class="ps-confirm"
        role="dialog"
        aria-modal="true"
        aria-label="Promote"
        tabIndex={-1}
        onKeyDown={(event) => {
          // The studio's keys would change the film behind it.
          event.stopPropagation();
          if (event.key === "Escape") promotion.leave();
          else if (event.key === "Tab") keepIn(event, box.current);
          else return;
          event.preventDefault();
        }}
      >
        <Order shots={draft.shots} order={draft.order} />
      </div>
    </div>
  );
}

/** Tab goes round among the controls of the dialog. */
function keepIn(event: KeyboardEvent, box: HTMLElement | null): void {
  const all = box?.querySelectorAll<HTMLElement>(
    "button:not(:disabled), select, input, summary",
  );
  const stops = [...(all ?? [])].filter((one) => one.offsetParent !== null);
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 && event.shiftKey ? stops.length : at;
  stops.at((next + (event.shiftKey ? -1 : 1)) % stops.length)?.focus();
}

function Order({ shots, order }: { shots: readonly string[]; order: Ordered }) {
  const { store, promotion } = useStudio();
  const slates = store.allShots
    .filter(({ shot }) => shots.includes(shot.id))
    .map(({ shot }) => shot.slate);
  const plan = promotion.plan.value;
  const busy = promotion.sending.value;
  const { of, heading, what, button } = orderWords(slates, order.proof ?? false);
  return (
    <>
      <header class="ps-confirm-top">
        <b>{busy ? `Reading ${of}` : heading}</b>
        <span class="ps-confirm-slates" title={slates.join(", ")}>
          {what}
        </span>
        <Button icon="close" tip="Leave it (Esc)" onClick={() => promotion.leave()} />
      </header>
      <Choices order={order} plan={plan} />
      <div class="ps-confirm-body">
        {plan ? <Planned plan={plan} /> : <p class="ps-confirm-wait">Planning …</p>}
      </div>
      {promotion.refused.value ? (
        <p class="ps-confirm-refused" role="alert">
          {promotion.refused.value}
        </p>
      ) : null}
      <footer class="ps-confirm-foot">
        <span class="ps-quiet">
          {busy
            ? "Every frame is read once, so that an edit during the work changes nothing"
            : foreseen(plan)}
        </span>
        <Button tip="Leave it (Esc)" solid onClick={() => promotion.leave()}>
          Cancel
        </Button>
        <button
          type="button"
          class="ps-button ps-primary"
          title="Begin; the studio stays free meanwhile"
          disabled={busy || !plan || plan.refused !== ""}
          onClick={() => promotion.give()}
        >
          {button}
        </button>
      </footer>
    </>
  );
}

/** What an order is of: its heading, what is made, and the button that gives it. */
export function orderWords(slates: readonly string[], proof: boolean) {
  const many = slates.length > 1;
  const of = many ? `${slates.length} shots` : (slates[0] ?? "");
  const one = proof
    ? "its first, middle and last frame at full quality"
    : "the same shot at full quality";
  const what = many ? slates.join(" ") : one;
  if (!proof) return { of, what, heading: `Promote ${of}`, button: `Promote ${of}` };
  const proofs = many ? "proofs" : "a proof";
  const heading = `${many ? "Proofs" : "Proof"} of ${of}`;
  return { of, what, heading, button: `Make ${proofs} of ${of}` };
}

/** Time and money in one line. */
export function foreseen(plan: PlanSent | null): string {
  if (!plan || plan.refused) return "";
  const seconds = plan.shots.map((shot) => shot.seconds);
  const known = seconds.filter((s) => s !== null);
  const time = known.length
    ? `about ${duration(known.reduce((sum, s) => sum + s, 0))}`
    : "time not measured yet";
  const open =
    known.length && known.length < seconds.length
      ? `, ${seconds.length - known.length} not measured yet`
      : "";
  const usd = plan.shots.reduce((sum, shot) => sum + (shot.cost_usd ?? 0), 0);
  return `${time}${open}${usd ? ` · $${usd.toFixed(2)}` : ""}`;
}

function Choices({ order, plan }: { order: Ordered; plan: PlanSent | null }) {
  const { promotion } = useStudio();
  const choices = promotion.choices.value;
  const costs = plan?.shots.some(({ cost_usd }) => cost_usd) || order.budget_usd;
  return (
    <div class="ps-confirm-choices">
      <span class="ps-label">Quality</span>
      <Choice
        options={TIERS}
        value={order.quality ?? "standard"}
        onPick={(quality) => promotion.change({ quality })}
      />
      <span class="ps-label">Frames</span>
      <Choice
        options={LENGTHS}
        value={order.proof ? "proof" : "whole"}
        onPick={(length) => promotion.change({ proof: length === "proof" })}
      />
      <span class="ps-label">Backend</span>
      <Select
        tip="What makes the pictures; backend= in shot.promote()"
        value={order.backend ?? "path"}
        options={(choices?.backends ?? [order.backend ?? "path"]).map(
          (name) => [name, name] as const,
        )}
        onPick={(backend) => promotion.change({ backend })}
      />
      <span class="ps-label">Size</span>
      <Select
        tip="Width × height, pixels"
        value={order.size_px ? order.size_px.join("x") : ""}
        options={[["", tierSize(choices, order)], ...SIZES.map(named)]}
        onPick={(picked) => {
          const found = SIZES.find((size) => size.join("x") === picked);
          promotion.change({ size_px: found ?? null });
        }}
      />
      {costs ? <Budget order={order} /> : null}
    </div>
  );
}

function Budget({ order }: { order: Ordered }) {
  const { promotion } = useStudio();
  return (
    <div class="ps-confirm-budget">
      <NumberField
        label="Budget"
        tip="What all of it may cost, US dollars; 0: nothing may be charged"
        unit="$"
        value={order.budget_usd ?? 0}
        digits={2}
        onSet={(usd) => promotion.change({ budget_usd: usd > 0 ? usd : null })}
      />
    </div>
  );
}

function named([width, height]: readonly [number, number]) {
  return [`${width}x${height}`, `${width} × ${height}`] as const;
}

function tierSize(choices: ChoicesSent | null, order: Ordered): string {
  const tier = choices?.tiers.find(({ quality }) => quality === order.quality);
  return tier ? `${tier.width_px} × ${tier.height_px}, the tier's` : "The tier's";
}

function Planned({ plan }: { plan: PlanSent }) {
  if (plan.refused)
    return (
      <p class="ps-confirm-refused" role="alert">
        {plan.refused}
      </p>
    );
  // Too long for a column of figures.
  const licence = plan.rows.find(({ name }) => name === "licence");
  const rows = plan.rows.filter((row) => row !== licence);
  return (
    <>
      {plan.warnings.map((warning) => (
        <p key={warning} class="ps-confirm-warning">
          {warning}
        </p>
      ))}
      <dl class="ps-confirm-rows">
        {rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {licence ? <p class="ps-confirm-licence">{licence.value}</p> : null}
      {plan.shots.length > 1 ? <Shots plan={plan} /> : null}
      {plan.uses.length ? <Uses uses={plan.uses} /> : null}
    </>
  );
}

function Shots({ plan }: { plan: PlanSent }) {
  return (
    <table class="ps-confirm-table">
      <thead>
        <tr>
          <th>Shot</th>
          <th>Frames</th>
          <th>Time</th>
          <th>Cost</th>
        </tr>
      </thead>
      <tbody>
        {plan.shots.map((shot) => (
          <tr key={shot.slate}>
            <td>{shot.slate}</td>
            <td>{shot.length_frames}</td>
            <td>{shot.seconds === null ? "open" : duration(shot.seconds)}</td>
            <td>{shot.cost_usd ? `$${shot.cost_usd.toFixed(2)}` : "none"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const FATES: readonly SignalUse["fate"][] = ["used", "merged", "dropped"];

/** Signals of one fate for one reason, those that are used first. */
export function alike(uses: readonly SignalUse[]) {
  const rows = new Map<
    string,
    { signals: string[]; fate: SignalUse["fate"]; how: string }
  >();
  for (const fate of FATES)
    for (const { signal, how } of uses.filter((use) => use.fate === fate)) {
      const row = rows.get(`${fate} ${how}`) ?? { signals: [], fate, how };
      row.signals.push(signal);
      rows.set(`${fate} ${how}`, row);
    }
  return [...rows.values()];
}

/** What the backend is told of the shot: used first, what it cannot take last. */
function Uses({ uses }: { uses: readonly SignalUse[] }) {
  const all = useSignal(true);
  const count = (fate: SignalUse["fate"]) =>
    uses.filter((use) => use.fate === fate).length;
  return (
    <details
      class="ps-section ps-confirm-uses"
      open={all.value}
      onToggle={(event) => {
        all.value = event.currentTarget.open;
      }}
    >
      <summary>
        What it is told
        <span class="ps-faint">
          {FATES.filter(count)
            .map((fate) => `${count(fate)} ${fate}`)
            .join(" · ")}
        </span>
      </summary>
      <ul>
        {alike(uses).map(({ signals, fate, how }) => (
          <li key={signals[0]} data-fate={fate}>
            <i>{fate}</i>
            <b>{signals.join(", ").replaceAll("_", " ")}</b>
            <span>{how}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
