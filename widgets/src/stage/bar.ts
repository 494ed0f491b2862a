// The transport bar: buttons, scrubber, frame count and timecode.

import type { Line, StageHeader } from "../schema";
import { button, element, ICONS, icon, press } from "./dom";
import { rateName, seconds, timecode } from "./timecode";

export interface BarActions {
  toggle(): void;
  step(frames: number): void;
  seek(frame: number): void;
  setLoop(on: boolean): void;
}

export class TransportBar {
  readonly root = element("div", "pv-bar");
  readonly #play: HTMLButtonElement;
  readonly #scrubber = element("div", "pv-scrubber");
  readonly #played = element("div", "pv-played");
  readonly #head = element("div", "pv-head");
  readonly #count = element("span", "pv-count");
  readonly #clock = element("span", "pv-clock");
  readonly #speed = element("span", "pv-speed");
  readonly #last: number;

  constructor(
    readonly header: StageHeader,
    readonly actions: BarActions,
  ) {
    this.#last = header.shot.length_frames - 1;
    this.#play = button(icon(ICONS.play), "Play (space)", () => actions.toggle());
    this.#play.classList.add("pv-play");
    let looping = true;
    const loop = button(icon(ICONS.loop), "Loop the shot", () => {
      looping = !looping;
      actions.setLoop(looping);
      press(loop, looping);
    });
    press(loop, true);
    this.#buildScrubber();
    this.#count.title = "Frame of the shot, counted from 0";
    this.#clock.title = "Timecode from the shot's first frame";
    this.#speed.title = "Frames a second; playback skips frames rather than slow down";
    this.root.append(
      button(icon(ICONS.first), "First frame (Home)", () => actions.seek(0)),
      button(icon(ICONS.back), "One frame back (←)", () => actions.step(-1)),
      this.#play,
      button(icon(ICONS.forward), "One frame on (→)", () => actions.step(1)),
      button(icon(ICONS.last), "Last frame (End)", () => actions.seek(this.#last)),
      loop,
      this.#scrubber,
      this.#count,
      this.#clock,
      this.#speed,
    );
  }

  show(frame: number, speed: number): void {
    const { rate } = this.header;
    const share = this.#last ? (frame / this.#last) * 100 : 0;
    this.#head.style.left = this.#played.style.width = `${share}%`;
    this.#count.textContent = `${frame} / ${this.#last}`;
    this.#clock.textContent = timecode(rate, frame);
    const fps = `${rateName(rate)} fps`;
    this.#speed.textContent = speed === 0 || speed === 1 ? fps : `${fps} × ${speed}`;
    this.#play.replaceChildren(icon(speed ? ICONS.pause : ICONS.play));
    this.#play.title = speed ? "Pause (space)" : "Play (space)";
    this.#scrubber.setAttribute("aria-valuenow", String(frame));
    this.#scrubber.setAttribute("aria-valuetext", `frame ${frame}`);
  }

  #buildScrubber(): void {
    const scrubber = this.#scrubber;
    const { lines, shot, rate } = this.header;
    scrubber.setAttribute("role", "slider");
    scrubber.setAttribute("aria-label", "Frame");
    scrubber.setAttribute("aria-valuemin", "0");
    scrubber.setAttribute("aria-valuemax", String(this.#last));
    const length = seconds(rate, shot.length_frames).toFixed(2);
    scrubber.title = `${shot.length_frames} frames, ${length} s. Drag to scrub.`;
    const track = element(
      "div",
      "pv-track",
      ...this.#ticks(),
      ...lines.map(this.#speech),
    );
    track.append(this.#played, this.#head);
    scrubber.append(track);
    const seek = (event: PointerEvent) => {
      const box = track.getBoundingClientRect();
      const share = (event.clientX - box.left) / Math.max(box.width, 1);
      this.actions.seek(Math.round(share * this.#last));
    };
    scrubber.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      scrubber.setPointerCapture(event.pointerId);
      seek(event);
    });
    scrubber.addEventListener("pointermove", (event) => {
      if (scrubber.hasPointerCapture(event.pointerId)) seek(event);
    });
  }

  /** One tick a second; the longer ones every five. */
  #ticks(): HTMLElement[] {
    const { rate } = this.header;
    const fps = Math.round(rate.numerator / rate.denominator);
    const ticks: HTMLElement[] = [];
    for (let frame = 0; frame <= this.#last && this.#last > 0; frame += fps) {
      const five = frame % (fps * 5) === 0;
      const tick = element("i", five ? "pv-tick pv-five" : "pv-tick");
      tick.style.left = `${(frame / this.#last) * 100}%`;
      ticks.push(tick);
    }
    return ticks;
  }

  readonly #speech = (line: Line): HTMLElement => {
    const bar = element("i", "pv-speech");
    const from = Math.max(line.first_frame, 0);
    const to = Math.min(line.first_frame + line.length_frames - 1, this.#last);
    bar.style.left = `${(from / Math.max(this.#last, 1)) * 100}%`;
    bar.style.width = `${((to - from) / Math.max(this.#last, 1)) * 100}%`;
    bar.title = `${line.name}: ${line.text}`;
    return bar;
  };
}
