// What is selected, to be changed; the shot's camera where nothing is.

import { useStudio } from "../context";
import { Button, Empty } from "../controls";
import { CameraInspector } from "./camera";
import { PersonInspector } from "./person";
import { LightInspector, MarkInspector, PieceInspector } from "./thing";

export function Inspector() {
  const { store } = useStudio();
  const selected = store.selected.value;
  const shot = store.shot.value;
  if (!shot && selected.kind !== "character")
    return (
      <Empty title="Nothing selected">Pick a shot, and its camera is set here.</Empty>
    );
  return (
    <div class="ps-inspector">
      {["nothing", "camera", "target"].includes(selected.kind) ? null : (
        <div class="ps-inspector-head">
          <Button
            icon="close"
            tip="Back to the camera (Esc)"
            onClick={() => {
              store.selected.value = { kind: "nothing" };
            }}
          />
          <Title />
        </div>
      )}
      <Selected />
    </div>
  );
}

/** What holds the look of who is fitted, where the cast stands alone. */
export function Anchors() {
  const { store } = useStudio();
  const person = store.person.value;
  if (!person) return null;
  return (
    <div class="ps-inspector">
      <PersonInspector key={person.id} person={person} />
    </div>
  );
}

function Title() {
  const { store } = useStudio();
  const selected = store.selected.value;
  if (selected.kind === "character") return <b>{store.nameOf(selected.id)}</b>;
  if (selected.kind === "mark") return <b>{store.nameOf(selected.character)}</b>;
  return <b>{selected.kind === "piece" ? "Set piece" : "Light"}</b>;
}

function Selected() {
  const { store } = useStudio();
  const selected = store.selected.value;
  const scene = store.scene.value?.id;
  const place = store.place.value?.scene === scene ? store.place.value : null;
  const track = store.track.value;
  if (selected.kind === "character") {
    const people = store.film.value?.characters ?? [];
    const person = people.find(({ id }) => id === selected.id);
    return person ? <PersonInspector key={person.id} person={person} /> : null;
  }
  if ((selected.kind === "light" || selected.kind === "aim") && place)
    return <LightInspector key={selected.id} place={place} id={selected.id} />;
  if (selected.kind === "piece" && place)
    return <PieceInspector key={selected.id} place={place} id={selected.id} />;
  if (selected.kind === "mark" && place)
    return (
      <MarkInspector
        place={place}
        character={selected.character}
        index={selected.index}
      />
    );
  if (!track) return <Empty title="Asking for the camera">The kernel is busy.</Empty>;
  return <CameraInspector key={track.shot.id} shot={track.shot} />;
}
