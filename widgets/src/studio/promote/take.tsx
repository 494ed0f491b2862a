// The take in the monitor: its frame of the moment that is shown.

import { useEffect } from "preact/hooks";
import { isMade } from "../../queue/words";
import { useStudio } from "../context";

/** Keeps the monitor's wipe on the take's frame; draws nothing itself. */
export function TakeFrame() {
  const { store, promotion, comparison } = useStudio();
  const { queue } = promotion;
  const shot = store.shot.value;
  const frame = store.shotFrame.value;
  const card = promotion.takeOf(shot?.id ?? "");
  const there = card !== undefined && isMade(card, frame);
  const address = there ? queue.frame(card.job, frame) : undefined;
  useEffect(() => queue.watch(), [queue]);
  useEffect(() => {
    if (!shot || !card) {
      comparison.takeLack.value = shot
        ? `${shot.slate} has no take yet: promote it`
        : "";
      return;
    }
    comparison.takeLack.value = there
      ? ""
      : `Frame ${frame} of the take is not made yet`;
    if (!address) return;
    let gone = false;
    const image = new Image();
    image.src = address;
    void image.decode().then(
      () => {
        if (!gone)
          comparison.showTake(image, { shot: shot.id, frame, slate: card.quality });
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [shot?.id, frame, card?.job, there, address]);
  return null;
}
