// The transport: buttons, clock, rate, what was dropped, what loops.

import { rateName, timecode } from "../../stage/timecode";
import { useStudio } from "../context";
import { Button, Choice } from "../controls";
import type { Loop } from "../playback";
import { TRIMS } from "./cut";

const LOOPS: readonly { value: Loop; label: string; tip: string }[] = [
  { value: "shot", label: "Shot", tip: "Play the shot over and over" },
  { value: "scene", label: "Scene", tip: "Play the scene over and over" },
  { value: "off", label: "Once", tip: "Play the scene to its end and stop" },
];

export function TransportBar() {
  const { store, playback, trim } = useStudio();
  const scene = store.scene.value;
  const shot = store.shot.value;
  const film = store.film.value;
  const speed = playback.speed.value;
  const first = shot?.first_frame ?? 0;
  const last = first + (shot?.length_frames ?? 1) - 1;
  return (
    <div class="ps-transport">
      <Button
        icon="first"
        tip="First frame of the shot (Home)"
        onClick={() => playback.seek(first)}
      />
      <Button icon="back" tip="One frame back (←)" onClick={() => playback.step(-1)} />
      <Button
        solid
        icon={speed ? "pause" : "play"}
        tip={speed ? "Pause (space or K)" : "Play (space); J and L shuttle"}
        onClick={() => playback.toggle()}
      />
      <Button icon="forward" tip="One frame on (→)" onClick={() => playback.step(1)} />
      <Button
        icon="last"
        tip="Last frame of the shot (End)"
        onClick={() => playback.seek(last)}
      />
      <Choice
        options={LOOPS}
        value={playback.loop.value}
        onPick={(loop) => {
          playback.stop();
          playback.loop.value = loop;
        }}
      />
      <Marks />
      <span class="ps-divider" />
      <Choice
        options={TRIMS}
        value={trim.value}
        onPick={(mode) => {
          trim.value = mode;
        }}
      />
      <span class="ps-space" />
      {playback.dropped.value ? (
        <span
          class="ps-faint"
          title="Frames since play began that the monitor had no picture of; time is never slowed"
        >
          {playback.dropped.value} dropped
        </span>
      ) : null}
      <span class="ps-count" title="Frame of the shot, counted from 0, of its last">
        {store.shotFrame.value} / {Math.max((shot?.length_frames ?? 1) - 1, 0)}
      </span>
      <span class="ps-clock" title="Timecode from the scene's first frame">
        {film && scene ? timecode(film.rate, store.frame.value) : "--:--:--:--"}
      </span>
      <span class="ps-rate" title="Frames a second, and how fast it plays">
        {film ? rateName(film.rate) : "–"} fps
        {speed && speed !== 1 ? ` × ${speed}` : ""}
      </span>
    </div>
  );
}

/** In and out points. */
function Marks() {
  const { playback } = useStudio();
  const { first, last } = playback.marked.value;
  const set = first !== undefined || last !== undefined;
  return (
    <>
      <Button
        tip="In point at this frame (I)"
        pressed={first !== undefined}
        onClick={() => playback.mark("first")}
      >
        In
      </Button>
      <Button
        tip="Out point at this frame (O)"
        pressed={last !== undefined}
        onClick={() => playback.mark("last")}
      >
        Out
      </Button>
      {set ? (
        <Button
          icon="close"
          tip="Take the in and out points away"
          onClick={() => playback.clearMarks()}
        />
      ) : null}
    </>
  );
}
