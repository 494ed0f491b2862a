// The film's promotions, live, as in a cell of their own.

import { useEffect } from "preact/hooks";
import { Card } from "../../queue/card";
import { summary } from "../../queue/words";
import { useStudio } from "../context";
import { Empty } from "../controls";

export function Queue() {
  const { store, promotion, comparison } = useStudio();
  const { queue } = promotion;
  useEffect(() => {
    queue.compare = (card) => {
      promotion.compared.value = card.job;
      comparison.mode.value = "take";
      if (store.shot.value?.id !== card.shot) store.goShot(card.shot);
      promotion.show("monitor");
    };
    return queue.watch();
  }, [queue]);
  const cards = queue.cards.value;
  if (!cards?.length)
    return (
      <Empty title={cards ? "Nothing promoted yet" : "Reading the queue"}>
        {cards
          ? "Promote above makes the open shot at full quality; several are chosen in Boards. The studio stays free meanwhile."
          : ""}
      </Empty>
    );
  return (
    <div class="pq-queue ps-queue">
      <header class="pq-top">
        <span>{summary(cards)}</span>
      </header>
      {queue.silent.value ? (
        <p class="pq-warning" role="alert">
          The kernel does not answer. Jobs go on without it.
        </p>
      ) : null}
      {cards.map((card) => (
        <Card key={card.job} card={card} store={queue} open={false} />
      ))}
    </div>
  );
}

/** The open shot to full quality; says how many are under way. */
export function PromoteButton() {
  const { store, promotion } = useStudio();
  const shot = store.shot.value;
  const underway = promotion.underway.value;
  return (
    <button
      type="button"
      class="ps-button ps-solid ps-promote"
      title={
        shot
          ? `Make ${shot.slate} at full quality, whole or a proof of it: its plan comes first`
          : "Make a shot at full quality"
      }
      disabled={!shot}
      onClick={() => {
        if (shot) promotion.propose([shot.id]);
      }}
    >
      Promote
      {underway ? (
        <i class="ps-underway" title={`${underway} in the queue are not done yet`}>
          {underway}
        </i>
      ) : null}
    </button>
  );
}
