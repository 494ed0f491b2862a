// A colour that is set: its field, and how it reads in sRGB.

import type { RGB } from "../edits";
import { fromHex, toHex } from "./colors";

export function Color(props: {
  label: string;
  color: RGB;
  onSet: (color: RGB, last: boolean) => void;
}) {
  const hex = toHex(props.color);
  return (
    <div class="ps-field ps-hue">
      <span class="ps-label">{props.label}</span>
      <span class="ps-hex">{hex}</span>
      <ColorField {...props} />
    </div>
  );
}

export function ColorField(props: {
  label: string;
  color: RGB;
  onSet: (color: RGB, last: boolean) => void;
}) {
  const { label, onSet } = props;
  const hex = toHex(props.color);
  return (
    <input
      type="color"
      class="ps-swatch"
      title={`${label}: colour ${hex}`}
      aria-label={`${label}: colour`}
      value={hex}
      onInput={(event) => onSet(fromHex(event.currentTarget.value), false)}
      onChange={(event) => onSet(fromHex(event.currentTarget.value), true)}
    />
  );
}
