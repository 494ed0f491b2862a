import type { Rate } from "../schema";

/** The fastest shuttle, in multiples of the film's rate. */
export const FASTEST = 8;

/**
 * Playback of one shot: which frame shows at which time.
 *
 * Time is true: a slow machine skips frames and never plays slower. The clock is
 * whatever the caller passes, in milliseconds.
 */
export class Transport {
  loop = true;
  #frame = 0;
  #speed = 0;
  #startedMs = 0;
  #startedFrame = 0;

  constructor(
    readonly rate: Rate,
    readonly lengthFrames: number,
  ) {}

  get frame(): number {
    return this.#frame;
  }

  /** 1 is the film's rate, negative runs backwards, 0 stands. */
  get speed(): number {
    return this.#speed;
  }

  /** How long a frame of the film shows. */
  get frameMs(): number {
    return (1000 * this.rate.denominator) / this.rate.numerator;
  }

  get playing(): boolean {
    return this.#speed !== 0;
  }

  get last(): number {
    return this.lengthFrames - 1;
  }

  /** Go to a frame and, where it runs, run on from there. */
  seek(frame: number, nowMs: number): void {
    this.#frame = Math.min(Math.max(Math.round(frame), 0), this.last);
    this.#startedFrame = this.#frame;
    this.#startedMs = nowMs;
  }

  play(speed: number, nowMs: number): void {
    const end = speed < 0 ? 0 : this.last;
    const restart = !this.loop && this.#frame === end;
    this.seek(restart ? this.last - end : this.#frame, nowMs);
    this.#speed = this.last > 0 ? speed : 0;
  }

  stop(): void {
    this.#speed = 0;
  }

  toggle(nowMs: number): void {
    if (this.playing) this.stop();
    else this.play(1, nowMs);
  }

  /** J and L: the first press runs at speed, each further one doubles it. */
  shuttle(direction: 1 | -1, nowMs: number): void {
    const same = this.#speed * direction > 0;
    const speed = same ? Math.min(Math.abs(this.#speed) * 2, FASTEST) : 1;
    this.play(direction * speed, nowMs);
  }

  step(frames: number, nowMs: number): void {
    this.stop();
    this.seek(this.#frame + frames, nowMs);
  }

  /** Advance to the frame of this instant; false where it is shown already. */
  tick(nowMs: number): boolean {
    if (!this.playing) return false;
    const raw = this.#raw(nowMs);
    const next = this.frameAt(nowMs);
    if (!this.loop && (raw < 0 || raw > this.last)) this.#speed = 0;
    const changed = next !== this.#frame;
    this.#frame = next;
    return changed;
  }

  /** The frame of an instant that may be yet to come. */
  frameAt(nowMs: number): number {
    return this.placed(this.#raw(nowMs));
  }

  /** Where a count of frames comes to rest: round the loop, or at an end. */
  placed(raw: number): number {
    const { lengthFrames } = this;
    if (this.loop) return ((raw % lengthFrames) + lengthFrames) % lengthFrames;
    return Math.min(Math.max(raw, 0), this.last);
  }

  /** Milliseconds from an instant until another frame is due. */
  untilNextMs(nowMs: number): number {
    const frameMs = this.frameMs / Math.abs(this.#speed || 1);
    const elapsed = Math.max(nowMs - this.#startedMs, 0);
    return (Math.floor(elapsed / frameMs + 1e-6) + 1) * frameMs - elapsed;
  }

  /** Frames from the first, wherever the ends are. */
  #raw(nowMs: number): number {
    const elapsed = ((nowMs - this.#startedMs) / 1000) * Math.abs(this.#speed);
    // A microsecond's grace, so that a tick on the boundary counts as the new frame.
    const passed = Math.floor(
      ((elapsed + 1e-6) * this.rate.numerator) / this.rate.denominator,
    );
    return this.#startedFrame + Math.sign(this.#speed) * Math.max(passed, 0);
  }
}
