// Notes on the open shot: each on a frame, in words and drawn on its picture.

import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { ShotCard } from "../../messages";
import { useStudio } from "../context";
import { Button } from "../controls";
import { Sheet, type Strokes } from "./strokes";

const ALONE_PX = 480;

export function Notes() {
  const { store } = useStudio();
  const shot = store.shot.value;
  // A note that is begun waits at its shot.
  const drafts = useMemo(() => new Map<string, Draft>(), []);
  if (!shot) return null;
  return <NotesOf key={shot.id} shot={shot} drafts={drafts} />;
}

interface Draft {
  readonly text: string;
  readonly strokes: Strokes;
  readonly drawnOn: number;
}

function NotesOf({ shot, drafts }: { shot: ShotCard; drafts: Map<string, Draft> }) {
  const { store, playback } = useStudio();
  const begun = drafts.get(shot.id);
  const text = useSignal(begun?.text ?? "");
  const strokes = useSignal<Strokes>(begun?.strokes ?? []);
  const shown = store.shotFrame.value;
  /** The frame that is drawn on, wherever the playhead goes until the note is left. */
  const drawnOn = useSignal(begun?.drawnOn ?? shown);
  useSignalEffect(() => {
    drafts.set(shot.id, {
      text: text.value,
      strokes: strokes.value,
      drawnOn: drawnOn.value,
    });
  });
  const frame = strokes.value.length ? drawnOn.value : shown;
  const here = shot.notes.filter((note) => note.frame === shown);
  const fresh = frame === shown ? strokes.value : [];
  const seen: Strokes = here.flatMap((note) => note.strokes);
  const empty = !text.value.trim() && !strokes.value.length;
  const save = () => {
    if (empty) return;
    store.link.edit({
      kind: "add_note",
      shot: shot.id,
      frame,
      text: text.value.trim(),
      strokes: strokes.value,
    });
    text.value = "";
    strokes.value = [];
  };
  return (
    <div class="ps-notes">
      <div class="ps-note-picture" title={`Draw on frame ${shown} of ${shot.slate}`}>
        <Picture shot={shot} />
        <Sheet
          strokes={[...seen, ...fresh]}
          onDraw={(all) => {
            const added = all.slice(seen.length);
            // What was drawn on another frame is a note of that frame.
            if (frame !== shown) save();
            drawnOn.value = shown;
            strokes.value = added;
          }}
        />
      </div>
      <div class="ps-note-side">
        <ul>
          {shot.notes.map((note, index) => (
            <li key={`${index}-${note.frame}`} aria-current={note.frame === shown}>
              <button
                type="button"
                class="ps-move-words"
                title="Go to this note's frame"
                onClick={() => playback.seek(shot.first_frame + note.frame)}
              >
                <b>{note.frame}</b>
                <span>{note.text || "drawn"}</span>
              </button>
              <Button
                icon="close"
                tip="This note is done: take it off"
                onClick={() =>
                  store.link.edit({ kind: "remove_note", shot: shot.id, index })
                }
              />
            </li>
          ))}
        </ul>
        {shot.notes.length ? null : (
          <p class="ps-hint">
            No notes on {shot.slate} yet. Draw on the picture, say what to change, and
            press Enter.
          </p>
        )}
        <div class="ps-note-new">
          <input
            class="ps-input"
            placeholder={`Note on frame ${frame}`}
            title="A note on this frame; Enter leaves it"
            aria-label="A note on this frame"
            maxLength={2000}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
            }}
            onKeyDown={(event) => {
              // An input method's own Enter only ends a word.
              if (event.key === "Enter" && !event.isComposing) save();
            }}
          />
          {strokes.value.length ? (
            <Button
              icon="undo"
              tip="Take the last line off"
              onClick={() => {
                strokes.value = strokes.value.slice(0, -1);
              }}
            />
          ) : null}
          <Button
            solid
            icon="pencil"
            tip="Leave the note"
            disabled={empty}
            onClick={save}
          >
            Note
          </Button>
        </div>
      </div>
    </div>
  );
}

/** The frame's picture, the monitor's where there is one. */
function Picture({ shot }: { shot: ShotCard }) {
  const { store } = useStudio();
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = store.picture.value;
  const picture =
    shown?.wanted.shot === shot.id ? shown : store.panels.value.get(shot.id);
  useEffect(() => {
    if (store.monitorWidth.peek()) return;
    store.monitorWidth.value = ALONE_PX;
    return () => {
      if (store.monitorWidth.peek() === ALONE_PX) store.monitorWidth.value = 0;
    };
  }, [store]);
  useEffect(() => {
    const target = canvas.current;
    if (!target || !picture?.bitmap.width) return;
    target.width = picture.bitmap.width;
    target.height = picture.bitmap.height;
    target.getContext("2d")?.drawImage(picture.bitmap, 0, 0);
  }, [picture]);
  return <canvas ref={canvas} width={16} height={9} />;
}
