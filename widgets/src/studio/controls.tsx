// The small controls that panels are made of. Every one has a tooltip.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

export const ICONS = {
  first: "M3 3h2v10H3zM14 3v10L6 8z",
  back: "M11 3v10L4 8z M12 3h1.6v10H12z",
  play: "M4 2.5v11l10-5.5z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  forward: "M5 3v10l7-5z M2.4 3H4v10H2.4z",
  last: "M11 3h2v10h-2zM2 3v10l8-5z",
  undo: "M6 2 1.5 6 6 10V7.300h3.500a2.7 2.7 0 0 1 0 5.400H5V14h4.500a4 4 0 0 0 0-8.100H6z",
  redo: "M10 2l4.5 4L10 10V7.300H6.500a2.7 2.7 0 0 0 0 5.400H11V14H6.500a4 4 0 0 1 0-8.100H10z",
  full: "M2 2h5v1.500H3.500V7H2zM9 2h5v5h-1.500V3.500H9zM2 9h1.500v3.500H7V14H2zM12.5 9H14v5H9v-1.500h3.500z",
  close: "M4 3 8 7l4-4 1 1-4 4 4 4-1 1-4-4-4 4-1-1 4-4-4-4z",
  plus: "M7.2 3h1.600v4.200H13v1.600H8.800V13H7.200V8.800H3V7.200h4.200z",
  up: "M8 4l5 6H3z",
  down: "M8 12 3 6h10z",
  still:
    "M6 3h4l1 1.600h3a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1H2a1 1 0 0 1-1-1V5.600a1 1 0 0 1 1-1h3zM8 6a2.7 2.7 0 1 0 0 5.400A2.7 2.7 0 0 0 8 6z",
  dice: "M3 2h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V3a1 1 0 0 1 1-1zM5 4a1.2 1.2 0 1 0 0 2.400A1.2 1.2 0 0 0 5 4zM11 9.600a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400zM8 6.800a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400z",
  lock: "M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zM5.6 7h4.800V5a2.4 2.4 0 0 0-4.8 0z",
  key: "M8 2l6 6-6 6-6-6z",
  split: "M7.2 1h1.600v14H7.200zM1 4h4.500v8H1zM10.5 4H15v8h-4.500z",
  copy: "M5 1h9v10h-3v4H2V5h3zM6.5 5H11v4.500h1.500v-7h-6z",
  pencil: "M11.5 1.5 14.5 4.5 5.5 13.5 1.5 14.5 2.5 10.500z",
  bin: "M6 1h4l.6 1.500H14V4H2V2.500h3.400zM3 5h10l-.8 10H3.800zM6 7v6h1V7zM9 7v6h1V7z",
  eye: "M8 3c3.500 0 6 2.500 7.500 5-1.500 2.500-4 5-7.500 5S2 10.500 .5 8C2 5.500 4.500 3 8 3zM8 4.800a3.200 3.200 0 1 0 0 6.400 3.200 3.200 0 0 0 0-6.400zM8 6.300a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 0 1 0-3.400z",
  loop: "M4 4h7V2l4 3-4 3V6H5v3H3V5a1 1 0 0 1 1-1zM12 12H5v2l-4-3 4-3v2h6V7h2v4a1 1 0 0 1-1 1z",
} as const;

export type IconName = keyof typeof ICONS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg viewBox="0 0 16 16" class="ps-icon" aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}

export function Button(props: {
  tip: string;
  onClick: () => void;
  icon?: IconName;
  children?: ComponentChildren;
  pressed?: boolean;
  disabled?: boolean;
  solid?: boolean;
}) {
  const { tip, onClick, icon, children, pressed, disabled = false, solid } = props;
  return (
    <button
      type="button"
      class={solid ? "ps-button ps-solid" : "ps-button"}
      title={tip}
      aria-label={tip}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {icon ? <Icon name={icon} /> : null}
      {children}
    </button>
  );
}

/** One of a few, as a row of buttons. */
export function Choice<T extends string>(props: {
  options: readonly { value: T; label: string; tip: string }[];
  value: T;
  onPick: (value: T) => void;
}) {
  return (
    <span class="ps-choice">
      {props.options.map(({ value, label, tip }) => (
        <Button
          key={value}
          tip={tip}
          pressed={value === props.value}
          onClick={() => props.onPick(value)}
        >
          {label}
        </Button>
      ))}
    </span>
  );
}

/** Give the focus of a control to its studio. */
function handOver(control: HTMLElement): void {
  control.closest<HTMLElement>(".ps-studio")?.focus({ preventScroll: true });
}

export function Select(props: {
  tip: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onPick: (value: string) => void;
}) {
  const byHand = useRef(false);
  return (
    <select
      class="ps-select"
      title={props.tip}
      aria-label={props.tip}
      value={props.value}
      onPointerDown={() => {
        byHand.current = true;
      }}
      onKeyDown={() => {
        byHand.current = false;
      }}
      onChange={(event) => {
        props.onPick(event.currentTarget.value);
        // It would take the studio's keys for words to search its options by.
        if (byHand.current) handOver(event.currentTarget);
      }}
    >
      {props.options.map(([value, label]) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

export interface SliderProps {
  readonly label: string;
  readonly tip: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly show: (value: number) => string;
  /** Called while the slider moves (`last` false) and once when it is let go. */
  readonly onSlide: (value: number, last: boolean) => void;
  /** Spread small values: the slider's place is the logarithm of the value. */
  readonly log?: boolean;
}

const STEPS = new Set([
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "PageUp",
  "PageDown",
]);

export function Slider(props: SliderProps) {
  const { label, tip, min, max, step, log = false } = props;
  const on = (number: number) => (log ? Math.log(Math.max(number, 1e-9)) : number);
  const off = (number: number) => (log ? Math.exp(number) : number);
  const sliding = useRef(false);
  // An arrow that is held is one slide, though each step of it is told as a change.
  const keyed = useRef(false);
  // While it slides, the thumb is where the hand has it, not where answers put it.
  const here = useSignal(props.value);
  const value = sliding.current ? here.value : props.value;
  const share = ((on(value) - on(min)) / (on(max) - on(min) || 1)) * 100;
  const slide = ({ value: at }: HTMLInputElement, last: boolean) => {
    if (last && (!sliding.current || keyed.current)) return;
    sliding.current = !last;
    here.value = off(Number(at));
    props.onSlide(here.value, last);
  };
  return (
    <div class="ps-field">
      <span class="ps-label" title={tip}>
        {label}
      </span>
      <input
        type="range"
        class="ps-range"
        title={tip}
        aria-label={tip}
        aria-valuetext={props.show(value)}
        min={on(min)}
        max={on(max)}
        step={log ? "any" : step}
        value={on(value)}
        style={`--ps-share: ${Math.min(Math.max(share, 0), 100).toFixed(1)}%`}
        onInput={(event) => slide(event.currentTarget, false)}
        onChange={(event) => slide(event.currentTarget, true)}
        onKeyDown={(event) => {
          if (STEPS.has(event.key)) keyed.current = true;
        }}
        onKeyUp={(event) => {
          keyed.current = false;
          slide(event.currentTarget, true);
        }}
        // Back where it began, some browsers tell of no change.
        onBlur={(event) => {
          keyed.current = false;
          slide(event.currentTarget, true);
        }}
        onPointerUp={(event) => {
          const input = event.currentTarget;
          setTimeout(() => slide(input, true));
        }}
      />
      <span class="ps-value">{props.show(value)}</span>
    </div>
  );
}

/** A number with its unit, typed in; the arrows and the wheel do not change it. */
export function NumberField(props: {
  label: string;
  tip: string;
  value: number;
  unit: string;
  digits: number;
  onSet: (value: number) => void;
}) {
  const { label, tip, value, unit, digits } = props;
  // What is being typed stays, whatever is answered meanwhile.
  const typed = useSignal<string | null>(null);
  const commit = () => {
    if (typed.value === null) return;
    const number = Number.parseFloat(typed.value.replace(",", ".").replace("−", "-"));
    typed.value = null;
    if (Number.isFinite(number) && Math.abs(number - value) > 10 ** -digits / 2)
      props.onSet(number);
  };
  return (
    <div class="ps-field">
      <span class="ps-label" title={tip}>
        {label}
      </span>
      <input
        class="ps-input"
        inputMode="decimal"
        title={tip}
        aria-label={tip}
        value={typed.value ?? value.toFixed(digits)}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key !== "Escape" || typed.value === null) return;
          event.stopPropagation();
          typed.value = null;
        }}
      />
      <span class="ps-value ps-unit">{unit}</span>
    </div>
  );
}

export function Section(props: {
  title: string;
  open?: boolean;
  children: ComponentChildren;
}) {
  return (
    <details class="ps-section" open={props.open ?? true}>
      <summary>{props.title}</summary>
      <div class="ps-section-body">{props.children}</div>
    </details>
  );
}

/** What stands where there is nothing yet: says what to do. */
export function Empty(props: { title: string; children: ComponentChildren }) {
  return (
    <div class="ps-empty">
      <b>{props.title}</b>
      {props.children}
    </div>
  );
}
