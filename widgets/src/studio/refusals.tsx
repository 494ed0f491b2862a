// Messages of what was refused, over the lower right corner.

import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { useStudio } from "./context";
import { Button } from "./controls";
import { Notices } from "./notices";

const LOOK_MS = 500;

export function Refusals() {
  const { store } = useStudio();
  const notices = useMemo(() => new Notices(), []);
  useSignalEffect(() => {
    const text = store.refused.value;
    if (!text) return;
    store.refused.value = "";
    notices.add(text, store.revision.peek(), performance.now());
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
      {shown.map(({ id, text, count }) => (
        <div key={id} class="ps-refused" role="alert">
          <span>
            {text}
            {count > 1 ? <i class="ps-faint"> × {count}</i> : null}
          </span>
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
