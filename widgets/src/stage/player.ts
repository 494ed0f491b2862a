// One view of a stage in one cell: picture, slate, transport, keys.

import { TransportBar } from "./bar";
import { button, element, ICONS, icon, press } from "./dom";
import { Guides } from "./guides";
import type { Stage } from "./payload";
import { lensReport, slate, spoken } from "./slate";
import { Transport } from "./transport";
import { type Look, type Painted, StageView } from "./view";
import type { Lighting } from "./world";

export interface PlayerEvents {
  /** The frame changed; `settled` once playback or scrubbing rests. */
  frame(frame: number, settled: boolean): void;
  still(png: Blob): Promise<void>;
}

const SETTLE_MS = 120;

export class Player {
  readonly root = element("div", "pv-stage");
  readonly transport: Transport;
  readonly #view: StageView;
  readonly #guides: Guides;
  readonly #bar: TransportBar;
  readonly #picture = element("div", "pv-picture");
  readonly #report = element("span", "pv-report");
  readonly #caption = element("div", "pv-caption");
  readonly #looks: Record<Look, HTMLButtonElement>;
  readonly #guideToggle: HTMLButtonElement;
  readonly #lightToggle: HTMLButtonElement;
  readonly #resizes: ResizeObserver;
  #guidesOn = true;
  #lighting: Lighting = "scene";
  #ticking = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly stage: Stage,
    readonly events: PlayerEvents,
    heightPx: number,
  ) {
    const { rate, shot } = stage.header;
    this.transport = new Transport(rate, shot.length_frames);
    this.#guides = new Guides(() => this.setLook("lens"));
    this.#view = new StageView(stage, (painted) => this.#showOverlay(painted));
    this.#bar = new TransportBar(stage.header, {
      toggle: () => this.#toggle(),
      step: (frames) => this.#move(() => this.transport.step(frames, now())),
      seek: (frame) => this.#move(() => this.transport.seek(frame, now())),
      setLoop: (on) => {
        this.transport.loop = on;
      },
    });
    this.#looks = {
      director: button("Director", "Orbit round the set (C)", () =>
        this.setLook("director"),
      ),
      lens: button("Lens", "Look through the lens (C)", () => this.setLook("lens")),
    };
    this.#guideToggle = button("Guides", "Thirds and safe areas (G)", () =>
      this.#toggleGuides(),
    );
    this.#lightToggle = button("Work light", "Even light to see by (Shift+L)", () =>
      this.#toggleLight(),
    );
    this.#build(heightPx);
    this.#resizes = new ResizeObserver(() => this.#fit());
    this.#resizes.observe(this.#picture);
    this.setLook("director");
    this.#show();
  }

  /** Go to a frame that something else chose, and tell nobody. */
  follow(frame: number): void {
    if (frame === this.transport.frame || this.transport.playing) return;
    this.transport.seek(frame, now());
    this.#show();
  }

  setLook(look: Look): void {
    this.#view.setLook(look);
    for (const [name, toggle] of Object.entries(this.#looks))
      press(toggle, name === look);
    this.root.dataset.look = look;
  }

  dispose(): void {
    cancelAnimationFrame(this.#ticking);
    clearTimeout(this.#settling);
    this.#resizes.disconnect();
    this.#view.dispose();
    this.root.remove();
  }

  #build(heightPx: number): void {
    const still = button(
      icon(ICONS.still),
      "Send a still to the kernel: widget.still",
      () => this.#grab(),
    );
    const looks = element("div", "pv-looks", this.#looks.director, this.#looks.lens);
    press(this.#guideToggle, true);
    press(this.#lightToggle, false);
    this.#report.title =
      "Focal length in mm, T-stop, focus distance and lens height in metres";
    const tools = element(
      "div",
      "pv-tools",
      this.#guideToggle,
      this.#lightToggle,
      still,
    );
    const top = element("div", "pv-top", slate(this.stage.header), looks, tools);
    this.#picture.style.height = `${heightPx}px`;
    this.#picture.append(
      this.#view.canvas,
      this.#guides.root,
      this.#report,
      this.#caption,
    );
    this.#view.canvas.title =
      "Drag orbits, right-drag pans, wheel dollies once clicked, F frames the action";
    this.root.append(top, this.#picture, this.#bar.root);
    this.root.tabIndex = 0;
    this.root.setAttribute("role", "application");
    this.root.setAttribute(
      "aria-label",
      `Stage of shot ${this.stage.header.shot.slate}`,
    );
    // JupyterLab would take J, K, space and the arrows for the notebook's own.
    this.root.dataset.lmSuppressShortcuts = "true";
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.root.addEventListener("pointerdown", () =>
      this.root.focus({ preventScroll: true }),
    );
    this.root.addEventListener("focusin", () => {
      this.#view.dolly = true;
    });
    this.root.addEventListener("focusout", () => {
      this.#view.dolly = false;
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act =
      this.#keys(event)[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #keys(event: KeyboardEvent): Record<string, () => void> {
    const { transport } = this;
    const stride = event.shiftKey ? 10 : 1;
    const shuttle = (direction: 1 | -1) => () => {
      transport.shuttle(direction, now());
      this.#run();
    };
    return {
      " ": () => this.#toggle(),
      ArrowLeft: () => this.#move(() => transport.step(-stride, now())),
      ArrowRight: () => this.#move(() => transport.step(stride, now())),
      Home: () => this.#move(() => transport.seek(0, now())),
      End: () => this.#move(() => transport.seek(transport.last, now())),
      j: shuttle(-1),
      k: () => this.#move(() => transport.stop()),
      l: event.shiftKey ? () => this.#toggleLight() : shuttle(1),
      c: () => this.setLook(this.#view.look === "lens" ? "director" : "lens"),
      g: () => this.#toggleGuides(),
      f: () => this.#view.home(),
    };
  }

  #toggle(): void {
    this.transport.toggle(now());
    if (this.transport.playing) this.#run();
    else this.#show();
  }

  #move(change: () => void): void {
    change();
    this.#show();
    if (this.transport.playing) this.#run();
  }

  #run(): void {
    cancelAnimationFrame(this.#ticking);
    this.#show();
    const tick = () => {
      if (this.transport.tick(now()) || !this.transport.playing) this.#show();
      if (this.transport.playing) this.#ticking = requestAnimationFrame(tick);
    };
    this.#ticking = requestAnimationFrame(tick);
  }

  #show(): void {
    const { frame, speed, playing } = this.transport;
    this.#view.show(frame);
    this.#bar.show(frame, speed);
    this.#report.textContent = lensReport(this.stage, frame);
    this.#caption.textContent = spoken(this.stage.header, frame);
    this.events.frame(frame, false);
    clearTimeout(this.#settling);
    if (!playing) {
      this.#settling = setTimeout(() => this.events.frame(frame, true), SETTLE_MS);
    }
  }

  #showOverlay(painted: Painted): void {
    this.#guides.show(painted, { guides: this.#guidesOn, inset: this.#view.inset });
  }

  #toggleGuides(): void {
    this.#guidesOn = !this.#guidesOn;
    press(this.#guideToggle, this.#guidesOn);
    this.#view.invalidate();
  }

  #toggleLight(): void {
    this.#lighting = this.#lighting === "scene" ? "work" : "scene";
    press(this.#lightToggle, this.#lighting === "work");
    this.#view.light(this.#lighting);
  }

  #fit(): void {
    this.#view.resize(this.#picture.clientWidth, this.#picture.clientHeight);
  }

  async #grab(): Promise<void> {
    delete this.root.dataset.sent;
    await this.events.still(await this.#view.grab());
    this.root.dataset.sent = "still";
  }
}

function now(): number {
  return performance.now();
}
