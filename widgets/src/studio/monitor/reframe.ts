// Reframing in the picture itself: drags, the wheel, and the click that focuses.

import { dollied, focalOf, panned, trucked } from "../camera";
import { type Studio, settle } from "../context";
import { follow } from "../drag";
import type { Edit } from "../edits";

const WHEEL_RESTS_MS = 350;
const NOTCH = 100;

/** Let a pressed pointer pan and tilt, or with Shift truck and pedestal. */
export function reframe(
  studio: Studio,
  down: PointerEvent,
  widthPx: number,
  onClick: (x: number, y: number, pull: boolean) => void,
): void {
  const { store } = studio;
  const track = store.track.value;
  const frame = store.shotFrame.value;
  const box = (down.currentTarget as HTMLElement).getBoundingClientRect();
  studio.playback.stop();
  follow(studio, down, {
    click(event) {
      onClick(
        (event.clientX - box.left) / box.width,
        (event.clientY - box.top) / box.height,
        event.altKey,
      );
    },
    edit({ dx, dy }) {
      if (!track) return undefined;
      const { shot, camera } = track;
      const focal = focalOf(shot.camera, camera.focalLengthMm[frame] ?? 35, widthPx);
      // As it began: let go of, Shift would make one long pan of a long truck.
      const by = down.shiftKey
        ? trucked(dx, dy, focal, camera.focusDistanceM[frame] ?? 3)
        : panned(dx, dy, focal);
      return { kind: "reframe", shot: shot.id, at_frame: frame, ...by };
    },
  });
}

/** The wheel: many notches in a row are one drag. */
export class Wheel {
  #drag = "";
  #notches = 0;
  #latest: Edit | undefined;
  #base: { notches: (n: number) => Edit | undefined } | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly studio: Studio) {}

  turn(event: WheelEvent): void {
    if (!this.#drag) settle(this.studio);
    if (!this.#drag && this.studio.cancelDrag.value) return;
    const zoom = event.ctrlKey || event.metaKey;
    if (!this.#drag) this.#begin(zoom);
    this.#notches -= clampNotch(event.deltaY);
    this.#latest = this.#base?.notches(this.#notches) ?? this.#latest;
    const { link } = this.studio.store;
    if (this.#latest) link.drag(this.#latest, this.#drag);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#end(), WHEEL_RESTS_MS);
  }

  #begin(zoom: boolean): void {
    const { store, playback, cancelDrag, settleDrag } = this.studio;
    playback.stop();
    this.#drag = store.newDrag();
    store.dragging.value = this.#drag;
    this.#notches = 0;
    this.#base = { notches: zoom ? this.#zoomer() : this.#dollier() };
    settleDrag.value = () => this.#end();
    cancelDrag.value = () => {
      store.link.cancel(this.#drag);
      this.#latest = undefined;
      this.#end();
    };
  }

  #dollier(): (notches: number) => Edit | undefined {
    const { store } = this.studio;
    const track = store.track.value;
    const at_frame = store.shotFrame.value;
    const reach = track?.camera.focusDistanceM[at_frame] ?? 3;
    return (notches) =>
      track && {
        kind: "reframe",
        shot: track.shot.id,
        at_frame,
        forward_m: dollied(reach, notches),
      };
  }

  #zoomer(): (notches: number) => Edit | undefined {
    const { store } = this.studio;
    const track = store.track.value;
    const from = track?.camera.focalLengthMm[store.shotFrame.value] ?? 35;
    return (notches) => {
      const mm = Math.round(Math.min(Math.max(from * 1.06 ** notches, 8), 400));
      return track
        ? { kind: "set_lens", shot: track.shot.id, focal_length_mm: mm }
        : undefined;
    };
  }

  #end(): void {
    clearTimeout(this.#rest);
    const { store, cancelDrag, settleDrag } = this.studio;
    if (this.#latest) store.link.drop(this.#latest, this.#drag);
    cancelDrag.value = settleDrag.value = undefined;
    store.dragging.value = "";
    this.#latest = undefined;
    this.#drag = "";
  }
}

function clampNotch(deltaY: number): number {
  return Math.min(Math.max(deltaY / NOTCH, -1), 1);
}
