// When the stage is drawn: never twice at once, and after the monitor's picture.

/** Nothing has moved for so long: the view is drawn as sharp as it gets. */
export const RESTS_MS = 180;
/** While pictures are due, the stage takes at most one part in so many of the time. */
const SHARE = 6;
/** A frame that takes longer is drawn with fewer pixels. */
const SMOOTH_MS = 40;
const SHARP_MS = 140;
/** So often is asked whether drawing is done, and whether the monitor still waits. */
const POLL_MS = 8;
const MOST_WAIT_MS = 50;
/** However long a frame took, the next is not put off for longer. */
const MOST_REST_MS = 1_000;
const LEAST_SHARE = 0.5;
const MOST_SHARE = 1.5;

export interface Drawn {
  /** What stands still was drawn, which is most of the cost. */
  readonly whole: boolean;
  /** There is more to draw. */
  readonly more: boolean;
}

export interface Paced {
  /**
   * Draw at a share of the pixels across.
   *
   * @param rests whether nothing moves any more
   * @returns undefined: all is drawn as it is already
   */
  draw(share: number, rests: boolean): Drawn | undefined;
  /** Show what was drawn, which is done by now. */
  show(): void;
  /** Whether the monitor waits for a picture of something that moves. */
  pictureIsDue(): boolean;
}

interface Running {
  readonly since: number;
  readonly share: number;
  readonly whole: boolean;
  done(): boolean;
}

/** Tells when commands given so far are done; undefined where that is not known. */
export type Fence = () => (() => boolean) | undefined;

export class Pace {
  /** What drawing took lately, milliseconds. */
  costMs = 0;
  /** So many frames were drawn, and what they took together, milliseconds. */
  drawn = 0;
  spentMs = 0;
  readonly #paced: Paced;
  readonly #fence: Fence;
  /** Share of pixels while something moves, and at rest. */
  readonly #shares = { moving: 1, resting: MOST_SHARE };
  #request = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #due = false;
  #touched = Number.NEGATIVE_INFINITY;
  #ended = Number.NEGATIVE_INFINITY;
  /** What the last frame took, milliseconds. */
  #tookMs = 0;
  #running: Running | undefined;
  #stopped = false;

  /**
   * @param adapts whether pixels may be saved: on a graphics card there is no need
   */
  constructor(
    paced: Paced,
    fence: Fence,
    readonly adapts: boolean,
  ) {
    this.#paced = paced;
    this.#fence = fence;
  }

  /** Something is another than it was drawn: draw, when there is time. */
  touch(): void {
    this.#due = true;
    this.#touched = performance.now();
    this.#again();
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
    clearTimeout(this.#later);
    clearTimeout(this.#rest);
    this.#stopped = true;
  }

  #again(): void {
    if (this.#request || this.#later || this.#stopped) return;
    const wait = this.#waitMs(performance.now());
    // A page that is asked for every frame lays itself out for each.
    if (wait > 0)
      this.#later = setTimeout(() => {
        this.#later = undefined;
        this.#tick(performance.now());
      }, wait);
    else
      this.#request = requestAnimationFrame(() => {
        this.#request = 0;
        this.#tick(performance.now());
      });
  }

  #tick(now: number): void {
    const running = this.#running;
    if (running?.done()) this.#end(now, running);
    if (!this.#running && !this.#due) return;
    if (this.#waitMs(now) > 0) this.#again();
    else this.#draw(now);
  }

  /** How long to wait, milliseconds, before it is looked what is to be done. */
  #waitMs(now: number): number {
    if (this.#running) return POLL_MS;
    if (!this.adapts || !this.#due || !this.#paced.pictureIsDue()) return 0;
    const rest = Math.min(this.#tookMs * (SHARE - 1), MOST_REST_MS);
    return Math.min(Math.max(this.#ended + rest - now, 0), MOST_WAIT_MS);
  }

  #draw(now: number): void {
    const moves = now - this.#touched < RESTS_MS;
    const share = !this.adapts ? 1 : this.#shares[moves ? "moving" : "resting"];
    this.#due = false;
    const made = this.#paced.draw(share, !moves);
    if (!made) return;
    const { whole, more } = made;
    this.drawn += 1;
    this.#due = more;
    const done = this.adapts ? this.#fence() : undefined;
    if (done) this.#running = { since: now, share, whole, done };
    else this.#paced.show();
    if (done || more) this.#again();
    if (moves && this.adapts) this.#sharpenLater();
  }

  #end(now: number, { since, share, whole }: Running): void {
    this.#running = undefined;
    this.#paced.show();
    this.#ended = now;
    const took = Math.max(now - since, 1);
    this.spentMs += took;
    this.#tookMs = took;
    this.costMs = this.costMs ? this.costMs * 0.7 + took * 0.3 : took;
    if (!whole) return;
    const shares = this.#shares;
    if (share > 1 && took > SHARP_MS) shares.resting = 1;
    const fitting = share * Math.sqrt(SMOOTH_MS / took);
    if (share <= 1) shares.moving = Math.min(Math.max(fitting, LEAST_SHARE), 1);
  }

  #sharpenLater(): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#due = true;
      this.#again();
    }, RESTS_MS);
  }
}

/** A fence in the queue of a WebGL context. */
export function fenceOf(gl: WebGL2RenderingContext): Fence {
  return () => {
    const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!sync) return undefined;
    gl.flush();
    return () => {
      const done = gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.UNSIGNALED;
      if (done) gl.deleteSync(sync);
      return done;
    };
  };
}
