// What every key on the timeline has in common, whatever it looks like.

import type { Lane } from "./lane";
import type { Picking } from "./picking";

/** Attributes of a button that stands for a key; `whole` are all keys it stands for. */
export function held(
  lane: Lane,
  picking: Picking,
  name: string,
  whole: readonly string[] = [name],
) {
  const take = () => {
    if (!picking.isPicked(name)) picking.pick(whole);
  };
  return {
    "data-key": name,
    "aria-pressed": picking.isPicked(name),
    onFocus: ({ currentTarget }: { currentTarget: HTMLElement }) => {
      // Reached by Tab it is what the arrows move.
      if (currentTarget.matches(":focus-visible")) take();
    },
    onBlur: () => picking.settle(),
    onPointerDown: (event: PointerEvent) => picking.press(lane, name, event, whole),
  };
}
