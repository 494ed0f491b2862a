// Tabs as the keyboard knows them: one stop, arrows between, the panel named by its tab.

import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

export interface Tab {
  readonly name: string;
  readonly tip: string;
  readonly content: ComponentChildren;
}

export function Tabs(props: {
  label: string;
  tabs: readonly Tab[];
  value: string;
  /** Id of the element that shows what is open. */
  panel: string;
  onPick: (name: string) => void;
  listClass?: string;
  tabClass?: string;
}) {
  const { tabs, value, panel, onPick } = props;
  const list = useRef<HTMLDivElement>(null);
  const pick = (index: number) => {
    const tab = tabs[index];
    if (!tab) return;
    onPick(tab.name);
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[index]?.focus();
  };
  return (
    <div
      ref={list}
      class={props.listClass ?? "ps-tabs"}
      role="tablist"
      aria-label={props.label}
      onKeyDown={(event) => {
        const at = tabs.findIndex(({ name }) => name === value);
        const next = nextTab(event.key, at, tabs.length);
        if (next === undefined || event.ctrlKey || event.metaKey || event.altKey)
          return;
        event.preventDefault();
        event.stopPropagation();
        pick(next);
      }}
    >
      {tabs.map(({ name, tip, content }) => (
        <button
          type="button"
          key={name}
          id={tabId(panel, name)}
          role="tab"
          class={props.tabClass ?? "ps-tab"}
          title={tip}
          aria-selected={name === value}
          aria-controls={panel}
          tabIndex={name === value ? 0 : -1}
          onClick={() => onPick(name)}
        >
          {content}
        </button>
      ))}
    </div>
  );
}

/** Id of a tab, by which its panel is labelled. */
export function tabId(panel: string, name: string): string {
  return `${panel}-${name}`;
}

/** Where a key leads among so many tabs, round at the ends; none of its own: nowhere. */
export function nextTab(key: string, at: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowLeft":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
