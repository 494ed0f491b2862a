// The end of a bar: it is dragged, or moved by the arrow keys.

import { useStudio } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";
import { useStep } from "./cut";

export function End(props: {
  class: string;
  style: Record<string, string>;
  /** What it is the end of, and where it is, for those who hear it. */
  label: string;
  tip: string;
  value: number;
  text: string;
  /** Pressed before a drag begins, such as to select. */
  onTake?: () => void;
  dragged: (dx: number, free: boolean) => Edit;
  stepped: (by: number) => Edit;
}) {
  const studio = useStudio();
  const step = useStep();
  return (
    <span
      class={props.class}
      style={props.style}
      role="slider"
      tabIndex={0}
      title={`${props.tip}. Drag, or ← and → (Shift: ten)`}
      aria-label={props.label}
      aria-valuenow={props.value}
      aria-valuetext={props.text}
      onPointerDown={(down) => {
        if (down.button !== 0) return;
        down.stopPropagation();
        props.onTake?.();
        follow(studio, down, {
          edit: ({ dx, event }) => props.dragged(dx, event.altKey),
        });
      }}
      onKeyDown={(event) => step(event, props.stepped)}
      onKeyUp={step.up}
      onBlur={step.up}
    />
  );
}
