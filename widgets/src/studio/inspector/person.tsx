// A character's anchors: body, skin and hair, clothes, and the seed of the rest.

import type { ComponentChildren } from "preact";
import type { Character, Wardrobe } from "../../schema";
import { useStudio } from "../context";
import { Button, Section, Select, Slider } from "../controls";
import type { Edit, RGB, SetWardrobe } from "../edits";
import { useSlide } from "../slides";
import { ColorField } from "./color";
import { toHex } from "./colors";
import { Chips, paletteOf, References } from "./references";

const PARTS = [
  ["build", "Build", "slight to heavy"],
  ["femininity", "Femininity", "masculine to feminine"],
  ["muscle", "Muscle", "soft to muscular"],
  ["proportions", "Proportions", "uncommon to ideal"],
  ["african", "African", "share of ancestry"],
  ["asian", "Asian", "share of ancestry"],
  ["european", "European", "share of ancestry"],
] as const;
const HAIR = [
  "short",
  "bob",
  "long",
  "bun",
  "bald",
  "ponytail",
  "curly",
  "buzz",
] as const;
const TOPS = ["shirt", "t-shirt", "sweater", "jacket", "coat", "dress"] as const;
const SLEEVES = ["long", "short", "none"] as const;
const BOTTOMS = ["trousers", "shorts", "skirt"] as const;
const SHOES = ["shoes", "boots", "flats"] as const;
const HATS = ["none", "brim", "cap", "beanie"] as const;
/** Felt, before it is dyed. */
const NEW_HAT: RGB = [0.06, 0.05, 0.045];

export function PersonInspector({ person }: { person: Character }) {
  const { store } = useStudio();
  const slide = useSlide();
  const character = person.id;
  const palette = paletteOf(store, person);
  return (
    <>
      <Section title="Body">
        <Slider
          label="Age"
          tip="Age, years"
          value={person.age}
          min={4}
          max={95}
          step={1}
          show={(value) => `${Math.round(value)} years`}
          onSlide={(value, last) =>
            slide({ kind: "set_body", character, age: Math.round(value) }, last)
          }
        />
        <Slider
          label="Height"
          tip="Height, metres"
          value={person.height_m}
          min={0.9}
          max={2.15}
          step={0.01}
          show={(value) => `${value.toFixed(2)} m`}
          onSlide={(height_m, last) =>
            slide({ kind: "set_body", character, height_m }, last)
          }
        />
        {PARTS.map(([field, label, tip]) => (
          <Slider
            key={field}
            label={label}
            tip={`${label}: ${tip}, %`}
            value={person[field]}
            min={0}
            max={1}
            step={0.01}
            show={(value) => `${Math.round(value * 100)} %`}
            onSlide={(value, last) =>
              slide({ kind: "set_body", character, [field]: value }, last)
            }
          />
        ))}
      </Section>
      <Section title="Face">
        <Roll
          label="Face"
          tip="Face, bearing and habits"
          value={person.manner}
          edit={(manner) => ({ kind: "set_body", character, manner })}
          person={person}
        />
        <Hue
          label="Skin"
          color={person.skin}
          palette={palette}
          onSet={(skin, last) => slide({ kind: "set_body", character, skin }, last)}
        />
      </Section>
      <Section title="Hair">
        <Hue
          label="Hair"
          color={person.hair}
          palette={palette}
          onSet={(hair, last) => slide({ kind: "set_body", character, hair }, last)}
        >
          <Select
            tip="Cut of the hair"
            value={person.hair_style}
            options={HAIR.map((name) => [name, name])}
            onPick={(cut) =>
              store.link.edit({
                kind: "set_body",
                character,
                hair_style: cut as (typeof HAIR)[number],
              })
            }
          />
        </Hue>
      </Section>
      <Section title="Wardrobe">
        <Clothes character={character} wardrobe={person.wardrobe} palette={palette} />
      </Section>
      <Section title="Reference pictures">
        <References person={person} />
      </Section>
      <Section title="Seed">
        <Roll
          label="Seed"
          tip="What pictures invent of this character, such as strands of hair"
          value={person.seed}
          edit={(seed) => ({ kind: "set_seed", character, seed })}
          person={person}
          lockable
        />
      </Section>
    </>
  );
}

type Region = "top" | "bottom" | "shoes" | "shirt" | "hat";

function Clothes(props: {
  character: string;
  wardrobe: Wardrobe;
  palette: readonly RGB[];
}) {
  const { store } = useStudio();
  const slide = useSlide();
  const { character, wardrobe, palette } = props;
  const dress = (worn: Partial<SetWardrobe>) =>
    store.link.edit({ kind: "set_wardrobe", character, ...worn });
  const region = (
    label: string,
    name: Region,
    color: RGB,
    kinds: ComponentChildren,
  ) => (
    <Hue
      label={label}
      color={color}
      palette={palette}
      onSet={(dye, last) =>
        slide({ kind: "set_wardrobe", character, [name]: dye }, last)
      }
    >
      {kinds}
    </Hue>
  );
  const kinds = <T extends string>(
    label: string,
    value: T,
    options: readonly T[],
    onPick: (kind: T) => void,
  ) => (
    <Select
      tip={label}
      value={value}
      options={options.map((name) => [name, name])}
      onPick={(kind) => onPick(kind as T)}
    />
  );
  const top = wardrobe.coat ? "coat" : wardrobe.top_kind;
  const bottom = wardrobe.skirt ? "skirt" : wardrobe.bottom_kind;
  const { sleeves, shoe_kind, hat_kind, hat } = wardrobe;
  return (
    <>
      {region(
        "Top",
        "top",
        wardrobe.top,
        kinds("What is worn on top", top, TOPS, (top_kind) => dress({ top_kind })),
      )}
      <div class="ps-field">
        <span class="ps-label">Sleeves</span>
        {kinds("Length of the sleeves", sleeves, SLEEVES, (long) =>
          dress({ sleeves: long }),
        )}
        <span />
      </div>
      {wardrobe.shirt ? region("Shirt", "shirt", wardrobe.shirt, null) : null}
      {/* A dress hides what is worn below. */}
      {top === "dress"
        ? null
        : region(
            "Bottom",
            "bottom",
            wardrobe.bottom,
            kinds("What is worn below", bottom, BOTTOMS, (bottom_kind) =>
              dress({ bottom_kind }),
            ),
          )}
      {region(
        "Shoes",
        "shoes",
        wardrobe.shoes,
        kinds("What is worn on the feet", shoe_kind, SHOES, (kind) =>
          dress({ shoe_kind: kind }),
        ),
      )}
      {hat ? (
        region(
          "Hat",
          "hat",
          hat,
          kinds("What is worn on the head", hat_kind, HATS, (kind) =>
            dress(kind === "none" ? { hat_off: true } : { hat_kind: kind }),
          ),
        )
      ) : (
        <div class="ps-field">
          <span class="ps-label">Hat</span>
          {kinds("What is worn on the head", "none", HATS, (kind) => {
            if (kind !== "none") dress({ hat_kind: kind, hat: NEW_HAT });
          })}
          <span />
        </div>
      )}
    </>
  );
}

/** A number that decides what chance would: roll it again, or lock it in this page. */
function Roll(props: {
  label: string;
  tip: string;
  value: number;
  person: Character;
  edit: (value: number) => Edit;
  lockable?: boolean;
}) {
  const { store } = useStudio();
  const { label, tip, value, person, edit, lockable = false } = props;
  const locked = store.lockedSeeds.value.has(person.id);
  return (
    <div class="ps-field">
      <span class="ps-label" title={tip}>
        {label}
      </span>
      <span class="ps-seed">no. {value}</span>
      <span>
        <Button
          icon="dice"
          tip={locked ? "Locked: unlock the seed to re-roll" : `Re-roll: ${tip}`}
          disabled={locked}
          onClick={() => store.link.edit(edit(Math.floor(Math.random() * 1_000_000)))}
        />
        {lockable ? (
          <Button
            icon="lock"
            tip={
              locked ? "Unlock face and seed" : "Lock face and seed against re-rolls"
            }
            pressed={locked}
            onClick={() => {
              const next = new Set(store.lockedSeeds.value);
              if (!next.delete(person.id)) next.add(person.id);
              store.lockedSeeds.value = next;
            }}
          />
        ) : null}
      </span>
    </div>
  );
}

/** A region's colour, what it is cut to, and the colours of the pictures for it. */
function Hue(props: {
  label: string;
  color: RGB;
  palette: readonly RGB[];
  onSet: (color: RGB, last: boolean) => void;
  children?: ComponentChildren;
}) {
  const { label, color, palette, onSet, children } = props;
  const hex = toHex(color);
  return (
    <>
      <div class="ps-field ps-hue">
        <span class="ps-label">{label}</span>
        {children ?? <span class="ps-hex">{hex}</span>}
        <ColorField label={label} color={color} onSet={onSet} />
      </div>
      <Chips label={label} colors={palette} onPick={(taken) => onSet(taken, true)} />
    </>
  );
}
