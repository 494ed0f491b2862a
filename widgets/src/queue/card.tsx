// One job: a line of the queue, and all there is to know when it is opened.

import { useSignal } from "@preact/signals";
import type { QueueCard, Row, SignalUse } from "../queue";
import type { QueueStore } from "./store";
import { Bar, Strip } from "./strip";
import { Wipe } from "./wipe";
import {
  adherenceOf,
  isOver,
  nearestMade,
  newestMade,
  progress,
  STATES,
} from "./words";

const STRIP_PLACES = 8;

export function Card(props: { card: QueueCard; store: QueueStore; open: boolean }) {
  const { card, store } = props;
  const open = useSignal(props.open);
  const newest = newestMade(card);
  const thumb = newest === undefined ? undefined : store.thumb(card.job, newest);
  return (
    <article class="pq-card" data-state={card.state} data-open={open.value}>
      <div class="pq-row">
        <button
          type="button"
          class="pq-poster"
          title={open.value ? "Close" : "Open"}
          aria-label={`${card.slate}: ${open.value ? "close" : "open"}`}
          aria-expanded={open.value}
          style={`aspect-ratio:${card.width_px}/${card.height_px}`}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          {thumb ? <img src={thumb} alt="" draggable={false} /> : null}
        </button>
        <div class="pq-main">
          <div class="pq-head">
            <b>{card.slate}</b>
            <span class="pq-words">{card.words}</span>
            <span class="pq-state">{STATES[card.state]}</span>
          </div>
          <div class="pq-spec">
            {[makerOf(card), card.quality, sizeOf(card), card.engine]
              .filter(Boolean)
              .join(" · ")}
          </div>
          <Bar card={card} />
          <div class="pq-progress">{progress(card)}</div>
        </div>
        <Tools card={card} store={store} open={open} />
      </div>
      {card.error ? (
        <p class="pq-error" role="alert">
          {card.error}
        </p>
      ) : null}
      {open.value ? <Details card={card} store={store} /> : null}
    </article>
  );
}

/** Backend and model, unless the model's name begins with the backend's. */
function makerOf({ backend, model }: QueueCard): string {
  return model.startsWith(backend)
    ? model
    : [backend, model].filter(Boolean).join(" · ");
}

function sizeOf(card: QueueCard): string {
  const rate = Number(card.rate_fps.toFixed(3));
  return `${card.width_px} × ${card.height_px} · ${card.length_frames} frames at ${rate}`;
}

function Tools(props: {
  card: QueueCard;
  store: QueueStore;
  open: { value: boolean };
}) {
  const { card, store, open } = props;
  const asked = useSignal(false);
  return (
    <div class="pq-tools">
      {store.compare && card.shot && card.made_frames ? (
        <button
          type="button"
          class="pq-button"
          title="Wipe between the film as it is now and this take, in the monitor"
          onClick={() => store.compare?.(card)}
        >
          Wipe
        </button>
      ) : null}
      {isOver(card) ? null : (
        <button
          type="button"
          class="pq-button"
          title="Stop within a step; finished frames are kept"
          disabled={asked.value}
          onClick={() => {
            asked.value = true;
            store.cancel(card.job);
          }}
        >
          {asked.value ? "Stopping" : "Cancel"}
        </button>
      )}
      <button
        type="button"
        class="pq-button pq-fold"
        title={open.value ? "Close" : "Plan, frames, checks"}
        aria-label={open.value ? "Close" : "Open"}
        aria-expanded={open.value}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M3 6l5 5 5-5z" />
        </svg>
      </button>
    </div>
  );
}

function Details({ card, store }: { card: QueueCard; store: QueueStore }) {
  // While nobody chose one, the newest frame is seen.
  const picked = useSignal<number | undefined>(undefined);
  const newest = newestMade(card) ?? 0;
  const frame = picked.value ?? (isOver(card) ? middle(card) : newest);
  const pick = (chosen: number) => {
    picked.value = chosen;
  };
  return (
    <div class="pq-details">
      <div class="pq-pictures">
        <Wipe
          card={card}
          store={store}
          frame={frame}
          glance={picked.value === undefined && !isOver(card)}
          onFrame={pick}
        />
        <Strip
          card={card}
          store={store}
          count={STRIP_PLACES}
          frame={frame}
          onPick={pick}
        />
      </div>
      <div class="pq-facts">
        {card.warnings.map((warning) => (
          <p key={warning} class="pq-warning">
            {warning}
          </p>
        ))}
        {card.adherence.length ? (
          <Facts
            title={adherenceOf(card)}
            mark={card.verdict}
            rows={card.adherence}
            open={isOver(card)}
          />
        ) : null}
        <Facts
          title="Plan"
          rows={card.plan}
          open={!card.adherence.length || !!card.figures_of}
        />
        <Signals uses={card.uses} />
        {card.manifest.length || card.files.length ? (
          <Facts
            title="Manifest"
            rows={[
              ...card.manifest,
              ...card.files.map((name) => ({ name, value: "file", good: null })),
            ]}
          />
        ) : null}
      </div>
    </div>
  );
}

function middle(card: QueueCard): number {
  return nearestMade(card, Math.floor(card.length_frames / 2)) ?? 0;
}

function Facts(props: {
  title: string;
  rows: readonly Row[];
  mark?: string;
  open?: boolean;
}) {
  if (!props.rows.length) return null;
  return (
    <details class="pq-section" open={props.open ?? false}>
      <summary>
        {props.title}
        {props.mark ? (
          <span class="pq-verdict" data-verdict={props.mark}>
            {props.mark}
          </span>
        ) : null}
      </summary>
      <dl>
        {props.rows.map(({ name, value, good }) => (
          <div key={name} data-good={good}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Signals({ uses }: { uses: readonly SignalUse[] }) {
  if (!uses.length) return null;
  const told = uses.filter(({ fate }) => fate !== "dropped").length;
  return (
    <details class="pq-section">
      <summary>
        Control signals
        <span class="pq-count">
          {told} of {uses.length} told
        </span>
      </summary>
      <ul class="pq-uses">
        {uses.map(({ signal, fate, how }) => (
          <li key={signal} data-fate={fate}>
            <b>{signal}</b>
            <i>{fate}</i>
            <span>{how}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
