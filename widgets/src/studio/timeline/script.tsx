// What is said and done, as the screenplay has it, over the scene.

import { useStudio } from "../context";
import { signOf } from "../people";
import { type Lane, place, Row } from "./lane";

export function ScriptTrack({ lane }: { lane: Lane }) {
  const { store, playback } = useStudio();
  const people = store.film.value?.characters ?? [];
  return (
    <Row name="beats" head="Script" tip="Dialogue and action from the screenplay">
      {lane.scene.beats.map((beat) => {
        const spoken = beat.kind === "dialogue";
        const color = spoken ? signOf(people, beat.character).color : "";
        return (
          <div
            key={beat.id}
            class={spoken ? "ps-beat ps-spoken" : "ps-beat"}
            style={{
              ...place(lane, beat.start_frame, beat.start_frame + beat.length_frames),
              ...(color ? { "--ps-person": color } : {}),
            }}
            title={spoken ? `${beat.name}: ${beat.text}` : beat.text}
            onPointerDown={(event) => {
              if (event.button === 0) playback.seek(beat.start_frame);
            }}
          >
            {spoken ? <b>{beat.name}</b> : null} {beat.text}
          </div>
        );
      })}
    </Row>
  );
}
