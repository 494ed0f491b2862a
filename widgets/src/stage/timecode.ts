import type { Rate } from "../schema";

/** Seconds that a number of frames last. */
export function seconds(rate: Rate, frames: number): number {
  return (frames * rate.denominator) / rate.numerator;
}

/**
 * SMPTE timecode, drop-frame (with `;`) at 29.97 and 59.94; as `Rate.timecode`.
 *
 * Source: SMPTE ST 12-1, drop-frame counting.
 */
export function timecode(rate: Rate, frame: number): string {
  const fps = Math.round(rate.numerator / rate.denominator);
  const dropped = rate.denominator === 1001 && fps % 30 === 0 ? 2 * (fps / 30) : 0;
  let count = frame;
  if (dropped) {
    const perTenMinutes = fps * 600 - dropped * 9;
    const tens = Math.floor(frame / perTenMinutes);
    const rest = frame % perTenMinutes;
    count += dropped * 9 * tens;
    if (rest >= dropped) {
      count += dropped * Math.floor((rest - dropped) / (fps * 60 - dropped));
    }
  }
  const whole = Math.floor(count / fps);
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = [whole / 3600, (whole / 60) % 60, whole % 60];
  const head = clock.map((part) => two(Math.floor(part))).join(":");
  return `${head}${dropped ? ";" : ":"}${two(count % fps)}`;
}

/** A rate as people write it: "24", "23.976", "29.97". */
export function rateName(rate: Rate): string {
  const value = (rate.numerator / rate.denominator).toFixed(3);
  return value.replace(/^29\.970$/, "29.97").replace(/\.?0+$/, "");
}
