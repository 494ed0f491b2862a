// The camera's moves as a list of words: add, edit, put in order, take away.

import { useSignal } from "@preact/signals";
import type { CameraMove, Move, Shot } from "../../schema";
import { useStudio } from "../context";
import { Button, NumberField, Select } from "../controls";
import { EASES, easeOf, spokenOf, UNITS, USUAL, WAYS, wordsOf } from "./words";

const KINDS = Object.keys(UNITS) as Move[];

export function Moves({ shot }: { shot: Shot }) {
  const { store } = useStudio();
  const open = useSignal(-1);
  const { moves } = shot.camera;
  const rate = store.film.value?.rate ?? { numerator: 24, denominator: 1 };
  const set = (next: readonly CameraMove[]) =>
    store.link.edit({ kind: "set_moves", shot: shot.id, moves: next.map(wordsOf) });
  const put = (at: number, move: CameraMove) =>
    set(moves.map((old, i) => (i === at ? move : old)));
  const swap = (at: number) => {
    const next = [...moves];
    const [move] = next.splice(at, 1);
    if (move) next.splice(at - 1, 0, move);
    open.value = -1;
    set(next);
  };
  return (
    <div class="ps-moves">
      {moves.map((move, at) => (
        <div key={at} class="ps-move">
          <div class="ps-move-row">
            <button
              type="button"
              class="ps-move-words"
              title="Change this move"
              aria-expanded={open.value === at}
              onClick={() => {
                open.value = open.value === at ? -1 : at;
              }}
            >
              {spokenOf(move, rate, move.subject ? store.nameOf(move.subject) : "")}
            </button>
            <Button
              icon="up"
              tip="Earlier in the order of moves"
              disabled={at === 0}
              onClick={() => swap(at)}
            />
            <Button
              icon="close"
              tip="Take this move away"
              onClick={() => {
                open.value = -1;
                set(moves.filter((_, i) => i !== at));
              }}
            />
          </div>
          {open.value === at ? (
            <MoveFields shot={shot} move={move} onSet={(next) => put(at, next)} />
          ) : null}
        </div>
      ))}
      <Select
        tip="Add a move after the others"
        value=""
        options={[
          ["", moves.length ? "Add a move …" : "Static: add a move …"],
          ...KINDS.map((kind) => [kind, kind] as const),
        ]}
        onPick={(kind) => {
          if (!kind) return;
          open.value = moves.length;
          set([...moves, fresh(kind as Move)]);
        }}
      />
    </div>
  );
}

function fresh(kind: Move): CameraMove {
  return {
    kind,
    amount: USUAL[UNITS[kind] ?? "m"],
    start_frame: 0,
    length_frames: null,
    ease_in: 0.3,
    ease_out: 0.3,
    subject: "",
  };
}

function MoveFields(props: {
  shot: Shot;
  move: CameraMove;
  onSet: (move: CameraMove) => void;
}) {
  const { store } = useStudio();
  const { shot, move, onSet } = props;
  const rate = store.film.value?.rate ?? { numerator: 24, denominator: 1 };
  const fps = rate.numerator / rate.denominator;
  const unit = UNITS[move.kind] ?? "m";
  const ways = WAYS[move.kind];
  const length = move.length_frames ?? shot.length_frames - move.start_frame;
  return (
    <div class="ps-move-fields">
      {ways ? (
        <div class="ps-field">
          <span class="ps-label">Way</span>
          <Select
            tip="Which way"
            value={move.amount >= 0 ? "+" : "-"}
            options={[
              ["+", ways[0]],
              ["-", ways[1]],
            ]}
            onPick={(way) => {
              const amount = Math.abs(move.amount) * (way === "+" ? 1 : -1);
              onSet({ ...move, amount });
            }}
          />
          <span />
        </div>
      ) : null}
      <NumberField
        label={move.kind === "zoom" || move.kind === "rack focus" ? "To" : "By"}
        tip={`How much, ${unit === "deg" ? "degrees" : unit === "m" ? "metres" : "millimetres"}`}
        value={Math.abs(move.amount)}
        unit={unit === "deg" ? "°" : unit}
        digits={unit === "m" ? 2 : 1}
        onSet={(value) =>
          onSet({ ...move, amount: Math.abs(value) * (move.amount < 0 ? -1 : 1) })
        }
      />
      <NumberField
        label="Begins"
        tip="When the move begins, seconds from the shot's first frame"
        value={move.start_frame / fps}
        unit="s"
        digits={2}
        onSet={(value) =>
          onSet({ ...move, start_frame: Math.max(Math.round(value * fps), 0) })
        }
      />
      <NumberField
        label="Lasts"
        tip="How long the move takes, seconds"
        value={length / fps}
        unit="s"
        digits={2}
        onSet={(value) =>
          onSet({ ...move, length_frames: Math.max(Math.round(value * fps), 1) })
        }
      />
      <div class="ps-field">
        <span class="ps-label">Ease</span>
        <Select
          tip="Where the move gathers and loses speed"
          value={easeOf(move) ?? ""}
          options={[
            ...(easeOf(move) ? [] : [["", "as it is"] as const]),
            ...Object.keys(EASES).map((word) => [word, word] as const),
          ]}
          onPick={(word) => {
            const [ease_in = 0, ease_out = 0] = EASES[word] ?? [];
            onSet({ ...move, ease_in, ease_out });
          }}
        />
        <span />
      </div>
      <div class="ps-field">
        <span class="ps-label">On</span>
        <Select
          tip="Whom the move is about"
          value={move.subject}
          options={[
            ["", "what it looks at"],
            ...shot.subjects.map((id) => [id, store.nameOf(id)] as const),
          ]}
          onPick={(subject) => onSet({ ...move, subject })}
        />
        <span />
      </div>
    </div>
  );
}
