// The shelf: whom and what to bring to the stage, found by a word, dropped where wanted.

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ShelfLamp, ShelfPiece } from "../../messages";
import { type Studio, useStudio } from "../context";
import { Button, Empty } from "../controls";
import { kelvinColor } from "../inspector/colors";
import { signOf } from "../people";
import { type Brought, bring } from "./bring";
import type { Space } from "./space";

const GROUPS: readonly (readonly [ShelfPiece["group"], string])[] = [
  ["seats", "Seats and beds"],
  ["tables", "Tables"],
  ["rooms", "Rooms"],
  ["things", "Things"],
  ["outdoors", "Outdoors"],
];
/** Angle of view of a camera on the shelf, by its lens. */
const LENSES_MM = [18, 25, 35, 50, 85] as const;
const DRAGS_PX = 4;

export function Shelf({
  space,
  onClose,
}: {
  space: Space | null;
  onClose: () => void;
}) {
  const { store } = useStudio();
  const asked = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const shelf = store.shelf.value;
  useEffect(() => {
    if (!store.shelf.peek()) store.link.say({ kind: "ask_shelf" });
    field.current?.focus({ preventScroll: true });
  }, []);
  const words = asked.value.trim().toLowerCase().split(/\s+/);
  const fits = (text: string) =>
    words.every((word) => text.toLowerCase().replaceAll("-", " ").includes(word));
  return (
    <div
      class="ps-shelf"
      role="dialog"
      aria-label="Add to the stage"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        onClose();
      }}
    >
      <div class="ps-shelf-head">
        <input
          ref={field}
          class="ps-input"
          type="search"
          placeholder="Add: chair, softbox, 35 mm …"
          title="Find by name, kind or use"
          aria-label="Find by name, kind or use"
          value={asked.value}
          onInput={(event) => {
            asked.value = event.currentTarget.value;
          }}
        />
        <Button icon="close" tip="Close the shelf (Esc)" onClick={onClose} />
      </div>
      <div class="ps-shelf-list">
        <People space={space} fits={fits} />
        <Cameras space={space} fits={fits} />
        {shelf ? (
          <>
            <Lamps space={space} lamps={shelf.sent.lamps} fits={fits} />
            {GROUPS.map(([group, title]) => (
              <Pieces
                key={group}
                space={space}
                group={group}
                title={title}
                fits={fits}
              />
            ))}
          </>
        ) : (
          <Empty title="Fetching the stock">The kernel draws it once.</Empty>
        )}
      </div>
      <p class="ps-hint">
        Click: under the middle of the view. Drag: where you let go.
      </p>
    </div>
  );
}

type Fits = (text: string) => boolean;

function People({ space, fits }: { space: Space | null; fits: Fits }) {
  const { store } = useStudio();
  const people = store.film.value?.characters ?? [];
  const here = new Set(store.scene.value?.characters);
  const away = people.filter(
    ({ id, name, background }) =>
      !here.has(id) && !background && fits(`${name} people cast`),
  );
  const extra = fits("somebody new extra people cast");
  if (!away.length && !extra) return null;
  return (
    <Shelved title="People">
      {extra ? (
        <Card
          space={space}
          what={{ kind: "person", character: "" }}
          tip="Somebody new to the film, on one mark for the whole scene"
          label="Somebody new"
        >
          <Figure color="#9aa0a6" />
        </Card>
      ) : null}
      {away.map(({ id, name }) => (
        <Card
          key={id}
          space={space}
          what={{ kind: "person", character: id }}
          tip={`${name}, on one mark for the whole scene`}
          label={name}
        >
          <Figure color={signOf(people, id).color} />
        </Card>
      ))}
    </Shelved>
  );
}

function Cameras({ space, fits }: { space: Space | null; fits: Fits }) {
  const { store } = useStudio();
  const found = LENSES_MM.filter((mm) => fits(`camera lens setup ${mm} mm ${mm}mm`));
  const slate = store.shot.value?.slate;
  if (!found.length || !slate) return null;
  const first = store.shotFrame.value === 0;
  const when = first
    ? `in place of ${slate}’s own`
    : `${slate} is cut at frame ${store.shotFrame.value}, on with this`;
  return (
    <Shelved title="Cameras">
      {found.map((mm) => (
        <Card
          key={mm}
          space={space}
          what={{ kind: "camera", focal_length_mm: mm }}
          tip={`A ${mm} mm camera where the perspective view stands: ${when}`}
          label={`${mm} mm`}
        >
          <ViewAngle mm={mm} />
        </Card>
      ))}
    </Shelved>
  );
}

function Lamps(props: {
  space: Space | null;
  lamps: readonly ShelfLamp[];
  fits: Fits;
}) {
  const found = props.lamps.filter(({ label, role, name }) =>
    props.fits(`${label} ${role} ${name} light lamp`),
  );
  if (!found.length) return null;
  return (
    <Shelved title="Lights">
      {found.map((lamp) => (
        <Card
          key={lamp.name}
          space={props.space}
          what={{ kind: "lamp", lamp }}
          tip={`${lamp.label}, ${Math.round(lamp.color_temperature_k)} K, as ${lamp.role}; as bright as the scene is exposed for`}
          label={lamp.label}
        >
          <Glow lamp={lamp} />
        </Card>
      ))}
    </Shelved>
  );
}

function Pieces(props: {
  space: Space | null;
  group: string;
  title: string;
  fits: Fits;
}) {
  const shelf = useStudio().store.shelf.value;
  if (!shelf) return null;
  const { sent, sheet } = shelf;
  const { columns, tile_width_px: wide, tile_height_px: high } = sent;
  const rows = Math.ceil(sent.pieces.length / columns);
  const found = sent.pieces
    .map((piece, index) => ({ piece, index }))
    .filter(
      ({ piece }) =>
        piece.group === props.group &&
        props.fits(`${piece.name} ${piece.words} ${props.title}`),
    );
  if (!found.length) return null;
  return (
    <Shelved title={props.title}>
      {found.map(({ piece, index }) => (
        <Card
          key={piece.name}
          space={props.space}
          what={{ kind: "piece", piece }}
          tip={`${piece.name.replaceAll("-", " ")}, ${piece.size_m.map((side) => side.toFixed(2)).join(" × ")} m`}
          label={piece.name.replaceAll("-", " ")}
        >
          <i
            class="ps-tile"
            style={{
              width: `${wide}px`,
              height: `${high}px`,
              backgroundImage: `url(${sheet})`,
              backgroundSize: `${columns * wide}px ${rows * high}px`,
              backgroundPosition: `${-(index % columns) * wide}px ${-Math.floor(index / columns) * high}px`,
            }}
          />
        </Card>
      ))}
    </Shelved>
  );
}

function Shelved({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="ps-shelved">
      <h4>{title}</h4>
      <div class="ps-shelf-cards">{children}</div>
    </section>
  );
}

function Card(props: {
  space: Space | null;
  what: Brought;
  tip: string;
  label: string;
  children: ComponentChildren;
}) {
  const studio = useStudio();
  const { space, what, tip, label } = props;
  const dragged = useRef(false);
  return (
    <button
      type="button"
      class="ps-shelf-card"
      title={tip}
      aria-label={tip}
      onPointerDown={(event) => {
        dragged.current = false;
        if (space && event.button === 0)
          carry(studio, space, what, label, event, () => {
            dragged.current = true;
          });
      }}
      onClick={() => {
        if (!dragged.current && space) bring(studio, space, what);
      }}
    >
      {props.children}
      <span>{label}</span>
    </button>
  );
}

/** Carry a card over the stage and bring it in where it is let go. */
function carry(
  studio: Studio,
  space: Space,
  what: Brought,
  label: string,
  down: PointerEvent,
  onDrag: () => void,
): void {
  const { cancelDrag } = studio;
  if (cancelDrag.value) return;
  const tag = document.createElement("div");
  const paneAt = ({ clientX: x, clientY: y }: PointerEvent) =>
    space.panes
      .filter(({ element }) => {
        const box = element.getBoundingClientRect();
        return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
      })
      // The plan lies over the perspective.
      .sort((a, b) => a.element.clientWidth - b.element.clientWidth)[0];
  const move = (event: PointerEvent) => {
    const far = Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY);
    if (far < DRAGS_PX && !tag.isConnected) return;
    if (!tag.isConnected) {
      onDrag();
      tag.className = "ps-drag-hint";
      tag.textContent = label;
      space.canvas.parentElement?.append(tag);
    }
    const outer = space.canvas.getBoundingClientRect();
    tag.style.left = `${event.clientX - outer.left + 14}px`;
    tag.style.top = `${event.clientY - outer.top + 10}px`;
  };
  const stop = () => {
    tag.remove();
    cancelDrag.value = undefined;
    window.removeEventListener("pointermove", move, true);
    window.removeEventListener("pointerup", up, true);
    window.removeEventListener("pointercancel", stop, true);
  };
  const up = (event: PointerEvent) => {
    const carried = tag.isConnected;
    stop();
    const over = document.elementFromPoint(event.clientX, event.clientY);
    const pane = paneAt(event);
    if (carried && pane && !over?.closest(".ps-shelf"))
      bring(studio, space, what, { pane, event });
  };
  cancelDrag.value = stop;
  window.addEventListener("pointermove", move, true);
  window.addEventListener("pointerup", up, true);
  window.addEventListener("pointercancel", stop, true);
}

function Figure({ color }: { color: string }) {
  return (
    <svg viewBox="0 0 84 64" class="ps-tile" aria-hidden="true">
      <circle cx="42" cy="17" r="8" fill={color} />
      <path d="M30 56V40a12 12 0 0 1 24 0v16z" fill={color} />
    </svg>
  );
}

/** What a lens sees on a gate 24.9 mm wide, from above. */
function ViewAngle({ mm }: { mm: number }) {
  const half = Math.atan(24.9 / 2 / mm);
  const [x, y] = [Math.sin(half) * 40, Math.cos(half) * 40];
  return (
    <svg viewBox="0 0 84 64" class="ps-tile" aria-hidden="true">
      <path
        d={`M42 52L${42 - x} ${52 - y}A40 40 0 0 1 ${42 + x} ${52 - y}z`}
        fill="#e9a23b"
        fill-opacity=".3"
        stroke="#e9a23b"
      />
      <path d="M36 50h12v9H36z" fill="currentColor" />
    </svg>
  );
}

function Glow({ lamp }: { lamp: ShelfLamp }) {
  const color = kelvinColor(lamp.color_temperature_k);
  const half = (((lamp.beam_deg ?? 100) / 2) * Math.PI) / 180;
  const reach = Math.min(Math.tan(half) * 34, 38);
  return (
    <svg viewBox="0 0 84 64" class="ps-tile" aria-hidden="true">
      {lamp.soft || lamp.beam_deg ? (
        <path
          d={`M${42 - (lamp.soft ? 16 : 4)} 18L${42 - reach} 56H${42 + reach}L${42 + (lamp.soft ? 16 : 4)} 18z`}
          fill={color}
          fill-opacity=".35"
        />
      ) : (
        <circle cx="42" cy="34" r="26" fill={color} fill-opacity=".3" />
      )}
      {lamp.soft ? (
        <path d="M24 10h36v8H24z" fill={color} />
      ) : (
        <circle cx="42" cy={lamp.beam_deg ? 14 : 34} r="8" fill={color} />
      )}
    </svg>
  );
}
