// Pictures that somebody is to look like: dropped in, shown, their colours offered.

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Character } from "../../schema";
import { useStudio } from "../context";
import { Button } from "../controls";
import type { RGB } from "../edits";
import type { Store } from "../store";
import { toHex } from "./colors";

const TYPES = ["image/png", "image/jpeg", "image/webp"];
const MOST_BYTES = 16 * 1024 * 1024;
const MOST_CHIPS = 8;

export interface Reference {
  /** Address of the picture within this page. */
  readonly url: string;
  readonly palette: readonly { readonly color: RGB; readonly share: number }[];
}

/** The colours of somebody's pictures, the newest picture's first. */
export function paletteOf(store: Store, person: Character): readonly RGB[] {
  const colors = person.references
    .toReversed()
    .flatMap(({ picture }) => store.references.value.get(picture)?.palette ?? [])
    .map(({ color }) => color);
  return colors.slice(0, MOST_CHIPS);
}

export function References({ person }: { person: Character }) {
  const { store } = useStudio();
  const over = useSignal(false);
  const chooser = useRef<HTMLInputElement>(null);
  const names = person.references.map(({ picture }) => picture).join(" ");
  useEffect(() => {
    for (const { picture } of person.references)
      if (!store.references.peek().has(picture))
        store.link.say({ kind: "ask_reference", picture });
  }, [names]);
  return (
    <fieldset
      class="ps-drop"
      aria-label="Reference pictures"
      data-over={over.value}
      onDragOver={(event) => {
        // JupyterLab would take the file for its own list.
        event.preventDefault();
        event.stopPropagation();
        over.value = true;
      }}
      onDragLeave={() => {
        over.value = false;
      }}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        over.value = false;
        dropped(store, person.id, event.dataTransfer);
      }}
    >
      {person.references.map(({ picture, name }, index) => (
        <figure key={picture} class="ps-pinned">
          <Pinned picture={picture} name={name} />
          <Button
            icon="close"
            tip={`Take down ${name || "this picture"}`}
            onClick={() =>
              store.link.edit({
                kind: "remove_reference",
                character: person.id,
                index,
              })
            }
          />
        </figure>
      ))}
      <button
        type="button"
        class="ps-drop-here"
        title="Choose a picture: PNG, JPEG or WebP, up to 16 MB"
        onClick={() => chooser.current?.click()}
      >
        Drop in a picture, or choose one
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        accept={TYPES.join(",")}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) void pin(store, person.id, file);
        }}
      />
    </fieldset>
  );
}

function Pinned({ picture, name }: { picture: string; name: string }) {
  const { store } = useStudio();
  const shown = store.references.value.get(picture);
  if (!shown) return <span class="ps-hint">{name || "…"}</span>;
  return (
    <>
      <img src={shown.url} alt={name || "Reference picture"} title={name} />
      <span class="ps-palette" title="Its colours, the commonest first">
        {shown.palette.map(({ color, share }) => (
          <i key={toHex(color)} style={{ background: toHex(color), flexGrow: share }} />
        ))}
      </span>
    </>
  );
}

/** Colours of the pictures, to be put on one region. */
export function Chips(props: {
  label: string;
  colors: readonly RGB[];
  onPick: (color: RGB) => void;
}) {
  if (!props.colors.length) return null;
  return (
    <div class="ps-chips">
      {props.colors.map((color) => {
        const hex = toHex(color);
        return (
          <button
            key={hex}
            type="button"
            class="ps-colour"
            title={`${props.label}: ${hex} of the picture`}
            aria-label={`${props.label}: ${hex} of the picture`}
            style={{ background: hex }}
            onClick={() => props.onPick(color)}
          />
        );
      })}
    </div>
  );
}

function dropped(store: Store, character: string, from: DataTransfer | null): void {
  const item = from?.items[0];
  if (item?.webkitGetAsEntry?.()?.isDirectory) {
    refuse(store, "a folder");
    return;
  }
  const file = from?.files[0];
  if (file) void pin(store, character, file);
  else refuse(store, "no file");
}

async function pin(store: Store, character: string, file: File): Promise<void> {
  if (!TYPES.includes(file.type)) {
    refuse(store, file.type || "a folder or a file of no known kind");
    return;
  }
  if (file.size > MOST_BYTES) {
    const size = `${Math.round(file.size / 2 ** 20)} MB`;
    store.refused.value = `A reference picture must be <= 16 MB, got ${size}. Drop in a smaller copy.`;
    return;
  }
  try {
    const bytes = await file.arrayBuffer();
    const name = file.name.slice(0, 120);
    store.link.say({ kind: "drop_picture", character, name }, [bytes]);
  } catch {
    refuse(store, "a file that cannot be read");
  }
}

function refuse(store: Store, got: string): void {
  store.refused.value = `A reference picture must be a PNG, JPEG or WebP picture, got ${got}. Drop in another file.`;
}
