// How far a take is: which frames are whole, and pictures along it.

import type { QueueCard } from "../queue";
import type { QueueStore } from "./store";
import { framingOf, isMade, stripOf } from "./words";

/** A bar with a mark for every span of finished frames: resumed takes have gaps. */
export function Bar({ card }: { card: QueueCard }) {
  const share = (n: number) => `${((n / card.length_frames) * 100).toFixed(3)}%`;
  return (
    <div
      class="pq-bar"
      role="progressbar"
      aria-label={`Frames of ${card.slate}`}
      aria-valuemin={0}
      aria-valuemax={card.length_frames}
      aria-valuenow={card.made_frames}
    >
      {card.made.map(([first, last]) => (
        <i
          key={first}
          style={`left:${share(first)};width:${share(last - first + 1)}`}
        />
      ))}
    </div>
  );
}

export function Strip(props: {
  card: QueueCard;
  store: QueueStore;
  count: number;
  frame: number;
  onPick: (frame: number) => void;
}) {
  const { card, store } = props;
  return (
    <div class="pq-strip">
      {stripOf(card, props.count).map((frame) => {
        const made = isMade(card, frame);
        const picture = made ? store.thumb(card.job, frame) : undefined;
        return (
          <button
            type="button"
            key={frame}
            class="pq-thumb"
            title={
              made
                ? `Frame ${frame}${framingOf(card, frame)}`
                : `Frame ${frame} is not made yet`
            }
            aria-current={frame === props.frame}
            disabled={!made}
            onClick={() => props.onPick(frame)}
          >
            {picture ? <img src={picture} alt="" draggable={false} /> : null}
            <span>{frame}</span>
          </button>
        );
      })}
    </div>
  );
}
