// The studio's keys. JupyterLab gets none of those that the studio takes.

import { type Studio, settle } from "./context";
import { stageKey } from "./space/commands";

const TYPES_INTO =
  "input:not([type=range]):not([type=color]):not([type=checkbox]), textarea, select";
/** What a focused slider or colour field does itself. */
const OWN: readonly (readonly [of: string, keys: readonly string[]])[] = [
  ["input[type=range]", ["ArrowLeft", "ArrowRight", "Home", "End"]],
  ["input[type=color], input[type=checkbox]", [" "]],
];
/** These change what may just be dragged. */
const CHANGES = ["Delete", "Backspace", "D"];
/** Held down, these go on; all others act once. */
const REPEATS = ["ArrowLeft", "ArrowRight", "[", "]"];

/** Act on a key; true where it was one of the studio's. */
export function press(studio: Studio, event: KeyboardEvent): boolean {
  const into = event.target as Element | null;
  if (event.key === "Escape" && !isFilledSearch(into) && cancel(studio)) return true;
  // Each step is saved as it is made; the browser must not save its page for it.
  if (isSave(event)) return true;
  if (into?.matches?.(TYPES_INTO)) return false;
  const undoes = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
  const held = inHand(studio);
  if (held && undoes) cancel(studio);
  // Nothing else is done to the film meanwhile, or the drag would be over.
  const command = event.ctrlKey || event.metaKey;
  if (held && (command || CHANGES.includes(event.key))) return true;
  for (const own of studio.panelKeys) if (own(event)) return true;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (OWN.some(([of, keys]) => into?.matches?.(of) && keys.includes(key))) return false;
  if (stageKey(studio, event)) return true;
  // Many keyboards write brackets with Alt, which Windows tells as Ctrl and Alt.
  const written = "[]".includes(key) && event.altKey && !event.metaKey;
  if ((event.ctrlKey || event.metaKey) && !written) {
    if (key !== "z" && key !== "y") return false;
    const redo = event.shiftKey || key === "y";
    settle(studio);
    studio.store.link.say({ kind: redo ? "redo" : "undo" });
    return true;
  }
  if (event.altKey && !written) return false;
  // Enter presses the button that has the focus; space plays there too.
  if (into?.matches?.("button, summary") && key === "Enter") return false;
  const act = acts(studio, event.shiftKey)[key];
  if (!event.repeat || REPEATS.includes(key)) act?.();
  return act !== undefined;
}

/** Esc clears it before it means anything else. */
function isFilledSearch(into: Element | null): boolean {
  return into?.matches?.("input[type=search]:not(:placeholder-shown)") ?? false;
}

/** The notebook is what Ctrl-S saves, and it is outside of the studio. */
export function isSave({ ctrlKey, metaKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && key.toLowerCase() === "s";
}

/** Press a key again on the page itself, where the studio does not keep it. */
export function passOn(event: KeyboardEvent): void {
  document.body.dispatchEvent(new KeyboardEvent(event.type, event));
}

/** Whether a pointer holds something; turns of the wheel are let go of instead. */
function inHand({ cancelDrag, settleDrag }: Studio): boolean {
  return cancelDrag.value !== undefined && settleDrag.value === undefined;
}

function cancel({ cancelDrag, store }: Studio): boolean {
  if (cancelDrag.value) {
    cancelDrag.value();
    return true;
  }
  if (store.selected.value.kind === "nothing") return false;
  store.choice.put([]);
  return true;
}

function acts(studio: Studio, shift: boolean): Record<string, () => void> {
  const { store, playback, gizmo, framed } = studio;
  const stride = shift ? 10 : 1;
  const shot = store.shot.value;
  const first = shot?.first_frame ?? 0;
  return {
    " ": () => playback.toggle(),
    j: () => playback.shuttle(-1),
    k: () => playback.stop(),
    l: () => playback.shuttle(1),
    ArrowLeft: () => playback.step(-stride),
    ArrowRight: () => playback.step(stride),
    Home: () => playback.seek(first),
    End: () => playback.seek(first + (shot?.length_frames ?? 1) - 1),
    i: () => playback.mark("first"),
    o: () => playback.mark("last"),
    "[": () => store.stepShot(-1),
    "]": () => store.stepShot(1),
    f: () => {
      framed.value += 1;
    },
    w: () => {
      gizmo.value = "move";
    },
    e: () => {
      gizmo.value = "turn";
    },
    q: () => {
      gizmo.value = "select";
    },
  };
}
