// A character's anchors: body, skin and hair, clothes, and the seed of the rest.

import type { Character, Wardrobe } from "../../schema";
import { useStudio } from "../context";
import { Button, Section, Select, Slider } from "../controls";
import type { RGB } from "../edits";
import { useSlide } from "../slides";
import { fromHex, toHex } from "./colors";

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
const CLOTHES = {
  top_kind: ["shirt", "t-shirt", "sweater", "jacket", "coat", "dress"],
  sleeves: ["long", "short", "none"],
  bottom_kind: ["trousers", "shorts", "skirt"],
  shoe_kind: ["shoes", "boots", "flats"],
} as const;

export function PersonInspector({ person }: { person: Character }) {
  const { store } = useStudio();
  const slide = useSlide();
  const character = person.id;
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
      <Section title="Skin and hair">
        <Swatch
          label="Skin"
          color={person.skin}
          onSet={(skin, last) => slide({ kind: "set_body", character, skin }, last)}
        />
        <Swatch
          label="Hair"
          color={person.hair}
          onSet={(hair, last) => slide({ kind: "set_body", character, hair }, last)}
        />
        <Pick
          label="Cut"
          value={person.hair_style}
          options={HAIR}
          onPick={(hair_style) =>
            store.link.edit({ kind: "set_body", character, hair_style })
          }
        />
      </Section>
      <Section title="Wardrobe">
        <Clothes character={character} wardrobe={person.wardrobe} />
      </Section>
      <Section title="Seed">
        <Seed person={person} />
      </Section>
    </>
  );
}

function Clothes({ character, wardrobe }: { character: string; wardrobe: Wardrobe }) {
  const { store } = useStudio();
  const slide = useSlide();
  const dress = (worn: Partial<Wardrobe>) =>
    store.link.edit({ kind: "set_wardrobe", character, ...worn });
  const dye = (region: "top" | "bottom" | "shoes" | "shirt" | "hat") => {
    return (color: RGB, last: boolean) =>
      slide({ kind: "set_wardrobe", character, [region]: color }, last);
  };
  return (
    <>
      <Swatch label="Top" color={wardrobe.top} onSet={dye("top")} />
      <Pick
        label="Cut"
        value={wardrobe.coat ? "coat" : wardrobe.top_kind}
        options={CLOTHES.top_kind}
        onPick={(top_kind) => dress({ top_kind })}
      />
      <Pick
        label="Sleeves"
        value={wardrobe.sleeves}
        options={CLOTHES.sleeves}
        onPick={(sleeves) => dress({ sleeves })}
      />
      {wardrobe.shirt ? (
        <Swatch label="Shirt" color={wardrobe.shirt} onSet={dye("shirt")} />
      ) : null}
      <Swatch label="Bottom" color={wardrobe.bottom} onSet={dye("bottom")} />
      <Pick
        label="Cut"
        value={wardrobe.skirt ? "skirt" : wardrobe.bottom_kind}
        options={CLOTHES.bottom_kind}
        onPick={(bottom_kind) => dress({ bottom_kind })}
      />
      <Swatch label="Shoes" color={wardrobe.shoes} onSet={dye("shoes")} />
      <Pick
        label="Kind"
        value={wardrobe.shoe_kind}
        options={CLOTHES.shoe_kind}
        onPick={(shoe_kind) => dress({ shoe_kind })}
      />
      {wardrobe.hat ? (
        <Swatch label="Hat" color={wardrobe.hat} onSet={dye("hat")} />
      ) : null}
    </>
  );
}

/** Re-roll what the seed decides, unless it is locked in this page. */
function Seed({ person }: { person: Character }) {
  const { store } = useStudio();
  const locked = store.lockedSeeds.value.has(person.id);
  return (
    <div class="ps-field">
      <span class="ps-label" title="What pictures invent of this character">
        Seed
      </span>
      <span class="ps-seed">{person.seed}</span>
      <span>
        <Button
          icon="dice"
          tip={locked ? "Locked: unlock to re-roll" : "Re-roll what pictures invent"}
          disabled={locked}
          onClick={() => {
            const seed = Math.floor(Math.random() * 1_000_000);
            store.link.edit({ kind: "set_seed", character: person.id, seed });
          }}
        />
        <Button
          icon="lock"
          tip={
            locked ? "Unlock the seed" : "Lock the seed against re-rolls in this page"
          }
          pressed={locked}
          onClick={() => {
            const next = new Set(store.lockedSeeds.value);
            if (!next.delete(person.id)) next.add(person.id);
            store.lockedSeeds.value = next;
          }}
        />
      </span>
    </div>
  );
}

function Swatch(props: {
  label: string;
  color: RGB;
  onSet: (color: RGB, last: boolean) => void;
}) {
  const tip = `${props.label}: colour`;
  return (
    <div class="ps-field">
      <span class="ps-label">{props.label}</span>
      <input
        type="color"
        class="ps-swatch"
        title={tip}
        aria-label={tip}
        value={toHex(props.color)}
        onInput={(event) => props.onSet(fromHex(event.currentTarget.value), false)}
        onChange={(event) => props.onSet(fromHex(event.currentTarget.value), true)}
      />
      <span class="ps-value">{toHex(props.color)}</span>
    </div>
  );
}

function Pick<T extends string>(props: {
  label: string;
  value: T;
  options: readonly T[];
  onPick: (value: T) => void;
}) {
  return (
    <div class="ps-field">
      <span class="ps-label">{props.label}</span>
      <Select
        tip={props.label}
        value={props.value}
        options={props.options.map((name) => [name, name])}
        onPick={(value) => props.onPick(value as T)}
      />
      <span />
    </div>
  );
}
