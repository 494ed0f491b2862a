// The model's colours are linear Rec. 709; a colour field's are sRGB.

import type { RGB } from "../edits";

function encoded(linear: number): number {
  const x = Math.min(Math.max(linear, 0), 1);
  return x <= 0.0031308 ? x * 12.92 : 1.055 * x ** (1 / 2.4) - 0.055;
}

function decoded(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** A linear colour as #rrggbb. */
export function toHex(color: RGB): string {
  const hex = color.map((linear) =>
    Math.round(encoded(linear) * 255)
      .toString(16)
      .padStart(2, "0"),
  );
  return `#${hex.join("")}`;
}

/** #rrggbb as a linear colour. */
export function fromHex(hex: string): RGB {
  const part = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return Math.round(decoded(value) * 1e4) / 1e4;
  };
  return [part(1), part(3), part(5)];
}

/** About what a black body of this temperature looks like on a screen, as CSS. */
export function kelvinColor(kelvin: number): string {
  // Tanner Helland's fit to Charity's black-body table, 2012.
  const t = Math.min(Math.max(kelvin, 1000), 40000) / 100;
  const red = t <= 66 ? 255 : 329.7 * (t - 60) ** -0.1332;
  const green = t <= 66 ? 99.47 * Math.log(t) - 161.12 : 288.12 * (t - 60) ** -0.0755;
  const blue = t >= 66 ? 255 : t <= 19 ? 0 : 138.52 * Math.log(t - 10) - 305.04;
  const byte = (value: number) => Math.round(Math.min(Math.max(value, 0), 255));
  return `rgb(${byte(red)} ${byte(green)} ${byte(blue)})`;
}
