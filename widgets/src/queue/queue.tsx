// The queue: a line of figures, and the jobs below it.

import { Card } from "./card";
import { LeftOut } from "./left_out";
import type { QueueStore } from "./store";
import { summary } from "./words";

export function Queue({ store, alone }: { store: QueueStore; alone: boolean }) {
  const cards = store.cards.value;
  const leftOut = store.leftOut.value;
  if (cards === undefined) return <p class="pq-none">Reading the queue</p>;
  return (
    <>
      {alone ? null : (
        <header class="pq-top">
          <b>Queue</b>
          <span>{summary(cards)}</span>
        </header>
      )}
      {store.silent.value ? (
        <p class="pq-warning" role="alert">
          The kernel does not answer. Jobs go on without it; run this cell again to see
          how they stand.
        </p>
      ) : null}
      {cards.length || leftOut.length ? (
        cards.map((card) => (
          <Card key={card.job} card={card} store={store} open={alone} />
        ))
      ) : (
        <p class="pq-none">
          Nothing is promoted yet. film["2B"].promote() makes a shot at full quality.
        </p>
      )}
      <LeftOut shots={leftOut} />
    </>
  );
}
