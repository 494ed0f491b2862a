// Messages of what was refused, or lost by an edit, over the lower right corner.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { LostSent } from "../messages";
import { useStudio } from "./context";
import { Button } from "./controls";
import { Notices, type Offer } from "./notices";

const LOOK_MS = 500;

function framedAgain(shots: LostSent["shots"]): Offer {
  const tip = "Take these cameras to where they frame as before, as one step";
  return { label: "Frame again", tip, edit: { kind: "frame_again", shots } };
}

export function Refusals() {
  const { store } = useStudio();
  const notices = useMemo(() => new Notices(), []);
  useSignalEffect(() => {
    const text = store.refused.value;
    if (!text) return;
    store.refused.value = "";
    notices.add(text, store.revision.peek(), performance.now());
  });
  useSignalEffect(() => {
    const lost = store.lost.value;
    if (!lost) return;
    store.lost.value = null;
    const { text, shots } = lost;
    const offer = shots.length > 0 ? framedAgain(shots) : undefined;
    notices.add(text, store.revision.peek(), performance.now(), offer);
  });
  const shown = notices.shown.value;
  const any = shown.length > 0;
  useEffect(() => {
    if (!any) return;
    const look = () => notices.tidy(store.revision.peek(), performance.now());
    const turns = setInterval(look, LOOK_MS);
    return () => clearInterval(turns);
  }, [any]);
  const hold = (held: boolean) => () => {
    notices.held = held;
  };
  return (
    <div
      class="ps-notices"
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      {shown.map(({ id, text, count, offer }) => (
        <div key={id} class="ps-refused" role="alert">
          <span>
            {text}
            {count > 1 ? <i class="ps-faint"> × {count}</i> : null}
          </span>
          {offer ? (
            <Button
              solid
              tip={offer.tip}
              onClick={() => {
                notices.held = false;
                notices.close(id);
                store.link.edit(offer.edit);
              }}
            >
              {offer.label}
            </Button>
          ) : null}
          <Button
            icon="close"
            tip="Close this message"
            onClick={() => {
              notices.held = false;
              notices.close(id);
            }}
          />
        </div>
      ))}
    </div>
  );
}
