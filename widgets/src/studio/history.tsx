// Every step in film words; those taken back stand dimmed at the end.

import { settle, useStudio } from "./context";
import { Button, Empty } from "./controls";

export function History() {
  const { store } = useStudio();
  const { entries, at } = store.history.value;
  if (!entries.length)
    return (
      <Empty title="Nothing changed yet">
        Each step stands here in film words. A drag is one step; Ctrl-Z takes it back.
      </Empty>
    );
  return (
    <ol class="ps-history">
      {entries.map(({ words }, i) => (
        <li key={i} class={i >= at ? "ps-undone" : ""} aria-current={i === at - 1}>
          {words}
        </li>
      ))}
    </ol>
  );
}

export function UndoButtons() {
  const studio = useStudio();
  const { store } = studio;
  const { entries, at } = store.history.value;
  const last = entries[at - 1]?.words;
  const next = entries[at]?.words;
  return (
    <>
      <Button
        icon="undo"
        tip={last ? `Undo “${last}” (Ctrl-Z)` : "Nothing to undo (Ctrl-Z)"}
        disabled={!last}
        onClick={() => {
          settle(studio);
          store.link.say({ kind: "undo" });
        }}
      />
      <Button
        icon="redo"
        tip={next ? `Redo “${next}” (Ctrl-Shift-Z)` : "Nothing to redo (Ctrl-Shift-Z)"}
        disabled={!next}
        onClick={() => {
          settle(studio);
          store.link.say({ kind: "redo" });
        }}
      />
    </>
  );
}
