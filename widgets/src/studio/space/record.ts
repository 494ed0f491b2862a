// Fly the perspective as if it were the film's camera, and keep the way as a handheld move.

import { effect } from "@preact/signals";
import { Matrix4, PerspectiveCamera, Vector3 } from "three";
import { focalPx, viewFovDeg } from "../../stage/lens";
import type { Studio } from "../context";
import type { Edit, Vec3 } from "../edits";
import type { Space } from "./space";

type Poses = Extract<Edit, { kind: "record_move" }>["poses"];

const SMOOTH_S = 0.25;
/** The view shows somewhat more than the frame, as an operator's finder does. */
const FINDER = 1.1;

/** Put the perspective where the film's camera is at this frame, with its lens. */
export function sitIn(studio: Studio, space: Space): void {
  const track = studio.store.track.value;
  const pane = space.panes.find(({ kind }) => kind === "perspective");
  const camera = pane?.camera;
  if (!track || !pane || !(camera instanceof PerspectiveCamera)) return;
  const frame = studio.store.shotFrame.value;
  const rows = track.camera.worldFromCamera.subarray(frame * 16, frame * 16 + 16);
  const world = new Matrix4().fromArray(Array.from(rows)).transpose();
  const at = new Vector3().setFromMatrixPosition(world);
  const reach = Math.max(track.camera.focusDistanceM[frame] ?? 3, 0.5);
  const mm = track.camera.focalLengthMm[frame] ?? 35;
  const { clientWidth, clientHeight } = pane.element;
  const focal = focalPx(track.shot.camera, mm, clientWidth / FINDER);
  camera.position.copy(at);
  camera.fov = viewFovDeg(focal, clientHeight);
  camera.updateProjectionMatrix();
  pane.controls.target.copy(new Vector3(0, 0, -reach).applyMatrix4(world));
  pane.controls.update();
  space.invalidate();
}

/** Note where a pane looks from; returns what takes it back there. */
function leaveSeat(space: Space, pane: Space["panes"][number]): () => void {
  const { camera, controls } = pane;
  const [from, at] = [camera.position.clone(), controls.target.clone()];
  const fov = camera instanceof PerspectiveCamera ? camera.fov : undefined;
  return () => {
    camera.position.copy(from);
    controls.target.copy(at);
    if (camera instanceof PerspectiveCamera && fov) camera.fov = fov;
    camera.updateProjectionMatrix();
    controls.update();
    space.invalidate();
  };
}

/**
 * Play the shot once and keep where the perspective goes; Esc throws it away. The
 * perspective is then where it was before.
 *
 * @returns what throws it away where the stage goes
 */
export function record(studio: Studio, space: Space, onEnd: () => void): () => void {
  const { store, playback, cancelDrag } = studio;
  const card = store.shot.value;
  const scene = store.scene.value;
  const pane = space.panes.find(({ kind }) => kind === "perspective");
  if (!card || !scene || !pane || !store.track.value) {
    onEnd();
    return () => undefined;
  }
  const loop = playback.loop.value;
  const marked = playback.marked.value;
  const poses = new Map<number, Poses[number]>();
  const [first, last] = [card.first_frame, card.first_frame + card.length_frames - 1];
  playback.stop();
  store.go(scene.id, first);
  const back = leaveSeat(space, pane);
  sitIn(studio, space);
  playback.loop.value = "off";
  playback.setMarks({ first, last });
  let ended = false;
  const end = (keep: boolean) => {
    if (ended) return;
    ended = true;
    stop();
    playback.stop();
    playback.loop.value = loop;
    playback.setMarks(marked, scene.id);
    cancelDrag.value = undefined;
    back();
    // Somebody may have gone elsewhere meanwhile.
    const kept = [...poses.values()].filter(
      ({ frame }) => frame >= 0 && frame < card.length_frames,
    );
    if (keep && kept.length > 1)
      store.link.edit({
        kind: "record_move",
        shot: card.id,
        poses: kept,
        smooth_s: SMOOTH_S,
      });
    onEnd();
  };
  cancelDrag.value = () => end(false);
  playback.toggle();
  const stop = effect(() => {
    const frame = store.frame.value - first;
    poses.set(frame, {
      frame,
      position_m: place(pane.camera.position),
      target_m: place(pane.controls.target),
    });
    // Not within the effect: ending it disposes of it.
    if (!playback.speed.value) queueMicrotask(() => end(store.frame.peek() >= last));
  });
  return () => end(false);
}

function place({ x, y, z }: Vector3): Vec3 {
  const round = (metres: number) => Math.round(metres * 1e4) / 1e4;
  return [round(x), round(y), round(z)];
}
