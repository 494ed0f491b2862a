// Says what to do while the kernel does not answer; looking about goes on meanwhile.

import { useStudio } from "./context";

const SAYS = {
  silent:
    "The kernel is busy. Looking about and scrubbing go on; edits and pictures follow once it is free.",
  cut: "The kernel was restarted. Run the cells again to go on: a film in a folder has every finished step, and undo goes back beyond the restart.",
} as const;

export function Lifeline() {
  const { store } = useStudio();
  const line = store.line.value;
  if (line === "open") return null;
  return (
    <div class={`ps-lifeline ps-${line}`} role="status">
      {SAYS[line]}
    </div>
  );
}

/** Keep the kernel told of a page that goes or comes back, and the page of a cut comm. */
export function lifeline(
  link: { cut(): void; say(said: { kind: "hello" | "bye" }): void },
  comm: {
    on(name: string, heard: () => void): void;
    off(name: string, heard: () => void): void;
  },
): () => void {
  const cut = () => link.cut();
  const hides = () => link.say({ kind: "bye" });
  const shows = (event: PageTransitionEvent) => {
    // A page that the browser kept aside; a fresh one greets by itself.
    if (event.persisted) link.say({ kind: "hello" });
  };
  // ipywidgets' own event, as a kernel restarts and as it is connected again.
  comm.on("comm_live_update", cut);
  window.addEventListener("pagehide", hides);
  window.addEventListener("pageshow", shows);
  return () => {
    comm.off("comm_live_update", cut);
    window.removeEventListener("pagehide", hides);
    window.removeEventListener("pageshow", shows);
  };
}
