// Which panels are chosen, to be promoted together.

/** What of the store says where one is, and what lies on the way. */
export interface Panels {
  readonly shot: { readonly value: { readonly id: string } | undefined };
  readonly allShots: readonly { readonly shot: { readonly id: string } }[];
}

/** Choose by a click: with Ctrl one more or one less, with Shift all from the open one. */
export function choose(
  chosen: { value: ReadonlySet<string> },
  panels: Panels,
  clicked: string,
  keys: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean },
): void {
  const open = panels.shot.value?.id;
  if (keys.shiftKey) {
    const ids = panels.allShots.map(({ shot }) => shot.id);
    const [a, b] = [ids.indexOf(open ?? clicked), ids.indexOf(clicked)];
    const span = ids.slice(Math.min(a, b), Math.max(a, b) + 1);
    chosen.value = new Set([...chosen.value, ...span]);
  } else if (keys.ctrlKey || keys.metaKey) {
    const before = chosen.value;
    // The open panel is meant as well, once there are several.
    const next = new Set(before.size || !open ? before : [open]);
    if (before.has(clicked)) next.delete(clicked);
    else next.add(clicked);
    chosen.value = next;
  } else chosen.value = new Set();
}
