// What the monitor can be compared with: the film before the last step, and held stills.

import { signal } from "@preact/signals";
import type { Picture } from "../state";

export type Compared = "off" | "before" | "a" | "ab" | "take";

export const COMPARED: readonly (readonly [value: Compared, label: string])[] = [
  ["off", "No wipe"],
  ["before", "Before | now"],
  ["a", "A | now"],
  ["ab", "A | B"],
  ["take", "Now | take"],
];

/** A picture that is kept after the monitor has gone on. */
export interface Held {
  readonly image: HTMLCanvasElement;
  readonly shot: string;
  readonly slate: string;
  readonly frame: number;
  readonly revision: number;
}

export class Comparison {
  readonly mode = signal<Compared>("off");
  /** Where the line is, as a share of the width. */
  readonly at = signal(0.5);
  readonly before = signal<Held | null>(null);
  readonly a = signal<Held | null>(null);
  readonly b = signal<Held | null>(null);
  /** A frame of a promoted take, and why the one that is wanted is not there. */
  readonly take = signal<Held | null>(null);
  readonly takeLack = signal("");
  #recent: Held | null = null;

  /** @param copy keeps a picture's pixels, which the monitor lets go */
  constructor(readonly copy: (bitmap: ImageBitmap) => HTMLCanvasElement = copied) {}

  /** Take note of a picture at rest: with a step, the one before it is kept. */
  saw(picture: Picture, slate: string): void {
    const seen = this.#held(picture, slate);
    const recent = this.#recent;
    if (recent && isAt(recent, seen) && seen.revision > recent.revision)
      this.before.value = recent;
    this.#recent = seen;
  }

  showTake(
    image: HTMLImageElement,
    of: { shot: string; frame: number; slate: string },
  ): void {
    this.take.value = { image: drawn(image, image), revision: 0, ...of };
  }

  hold(which: "a" | "b", picture: Picture, slate: string): void {
    this[which].value = this.#held(picture, slate);
  }

  /** What is seen to the left of the line, and to the right where it is not the film. */
  sides(): { left: Held | null; right: Held | null } {
    switch (this.mode.value) {
      case "off":
        return { left: null, right: null };
      case "before":
        return { left: this.before.value, right: null };
      case "a":
        return { left: this.a.value, right: null };
      case "ab":
        return { left: this.a.value, right: this.b.value };
      case "take":
        return { left: null, right: this.take.value };
    }
  }

  /** Why there is nothing to compare at a frame of a shot; empty where there is. */
  lack(shot: string, frame: number): string {
    const { mode, before, a, b } = this;
    if (mode.value === "before") {
      const held = before.value;
      if (!held) return "Before: make a step, and the picture before it is here";
      if (!isAt(held, { shot, frame }))
        return `Before: the last step was seen at ${nameOf(held)}`;
    }
    if (mode.value === "a" && !a.value) return "Hold a picture as A below";
    if (mode.value === "ab" && !(a.value && b.value))
      return "Hold one picture as A and another as B below";
    if (mode.value === "take") {
      if (this.takeLack.value) return this.takeLack.value;
      if (this.take.value?.shot !== shot) return "The take is on its way";
    }
    return "";
  }

  #held({ bitmap, sent }: Picture, slate: string): Held {
    const { shot, frame, revision } = sent;
    return { image: this.copy(bitmap), shot, slate, frame, revision };
  }
}

export function nameOf({ slate, frame }: Held): string {
  return `${slate}, frame ${frame}`;
}

function isAt(held: Held, other: { shot: string; frame: number }): boolean {
  return held.shot === other.shot && held.frame === other.frame;
}

function copied(bitmap: ImageBitmap): HTMLCanvasElement {
  return drawn(bitmap, bitmap);
}

function drawn(
  source: CanvasImageSource,
  { width, height }: { width: number; height: number },
): HTMLCanvasElement {
  const image = document.createElement("canvas");
  image.width = width;
  image.height = height;
  image.getContext("2d", { alpha: false })?.drawImage(source, 0, 0);
  return image;
}
