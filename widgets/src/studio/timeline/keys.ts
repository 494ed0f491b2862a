// Every key of the timeline, wherever it is kept, as one list; and what moving means.

import type { KeyRef } from "../../edits";
import type { PlaceSent, SceneCard } from "../../messages";
import type { Edit } from "../edits";
import type { ShotTracks } from "../state";

export interface TimelineKey {
  readonly name: string;
  readonly track: KeyRef["track"];
  readonly of: string;
  readonly part: string;
  readonly index: number;
  /** Scene frame. */
  readonly at: number;
  /** Scene frame of its frame 0: its shot's first, or the scene's. */
  readonly base: number;
  /** Scene frames that it can be at. */
  readonly least: number;
  readonly most: number;
}

type Row = Pick<TimelineKey, "track" | "of" | "part" | "base" | "least" | "most">;

export function nameOf(
  track: string,
  of: string,
  index: number,
  part: string = "",
): string {
  return [track, of, part, index].join("/");
}

function row(shared: Row, frames: readonly number[]): TimelineKey[] {
  return frames.map((frame, index) => ({
    ...shared,
    name: nameOf(shared.track, shared.of, index, shared.part),
    index,
    at: shared.base + frame,
  }));
}

/** All keys of a scene that the page knows of: its acting's and its open shots'. */
export function keysOf(
  scene: SceneCard,
  tracks: ReadonlyMap<string, ShotTracks>,
  place: PlaceSent | null,
): TimelineKey[] {
  const keys: TimelineKey[] = [];
  for (const card of scene.shots) {
    const known = tracks.get(card.id);
    if (!known) continue;
    const base = card.first_frame;
    const most = base + card.length_frames - 1;
    const shared = { of: card.id, part: "", base, least: base, most };
    const { camera } = known.shot;
    const still = camera.poses.length < 2;
    const path = { ...shared, track: "camera" as const, most: still ? base : most };
    keys.push(...row(path, known.keyFrames));
    keys.push(
      ...row(
        { ...shared, track: "focus" },
        camera.focus.map((key) => key.frame),
      ),
    );
    keys.push(
      ...row(
        { ...shared, track: "move" },
        camera.moves.map((move) => move.start_frame),
      ),
    );
    for (const { control, keys: own } of camera.tracks)
      keys.push(
        ...row(
          { ...shared, track: "control", part: control },
          own.map((key) => key.frame),
        ),
      );
  }
  if (place?.scene === scene.id) keys.push(...acted(scene, place));
  return keys;
}

function acted(scene: SceneCard, place: PlaceSent): TimelineKey[] {
  const most = Math.max(scene.length_frames - 1, 0);
  const shared = { part: "", base: 0, least: 0, most };
  return [
    ...place.blocking.flatMap(({ character, marks }) =>
      row(
        { ...shared, track: "mark", of: character },
        marks.map((mark) => mark.arrive_frame),
      ),
    ),
    ...place.props.flatMap(({ piece, keys, holds }) => [
      ...row(
        { ...shared, track: "prop", of: piece.id },
        keys.map((key) => key.frame),
      ),
      ...row(
        { ...shared, track: "hold", of: piece.id },
        holds.map((hold) => hold.frame),
      ),
    ]),
    ...place.swings.flatMap(({ piece, part, keys }) =>
      row(
        { ...shared, track: "swing", of: piece, part },
        keys.map((key) => key.frame),
      ),
    ),
  ];
}

const rowName = (key: TimelineKey) => nameOf(key.track, key.of, 0, key.part);
/** Tracks whose keys keep their order. */
const ORDERED = new Set<string>(["camera", "mark"]);

/** Return by how many frames picked keys can be shifted, at least and at most. */
export function room(
  picked: readonly TimelineKey[],
  all: readonly TimelineKey[],
): readonly [number, number] {
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const own = new Set(picked.map(({ name }) => name));
  for (const key of picked) {
    least = Math.max(least, key.least - key.at);
    most = Math.min(most, key.most - key.at);
    if (!ORDERED.has(key.track)) continue;
    const beside = all.filter((one) => rowName(one) === rowName(key));
    const before = beside[key.index - 1];
    const after = beside[key.index + 1];
    if (before && !own.has(before.name))
      least = Math.max(least, before.at + 1 - key.at);
    if (after && !own.has(after.name)) most = Math.min(most, after.at - 1 - key.at);
  }
  return least > most ? [0, 0] : [least, most];
}

export function shifted(
  scene: string,
  picked: readonly TimelineKey[],
  all: readonly TimelineKey[],
  by: number,
): Edit | undefined {
  const [least, most] = room(picked, all);
  const step = Math.round(Math.min(Math.max(by, least), most));
  return moved(scene, picked, (key) => key.at + step);
}

export function moved(
  scene: string,
  picked: readonly TimelineKey[],
  to: (key: TimelineKey) => number,
): Edit | undefined {
  if (!picked.length) return undefined;
  return {
    kind: "move_keys",
    scene,
    keys: picked.map((key) => ({ ...ref(key), frame: to(key) - key.base })),
  };
}

export function ref({ track, of, part, index }: TimelineKey): KeyRef {
  return { track, of, part, index };
}

export interface Extent {
  readonly first: number;
  readonly last: number;
}

/** From the first to the last of these keys; undefined where that is no time. */
export function extent(keys: readonly TimelineKey[]): Extent | undefined {
  const frames = keys.map(({ at }) => at);
  const [first, last] = [Math.min(...frames), Math.max(...frames)];
  return frames.length > 1 && last > first ? { first, last } : undefined;
}

/**
 * Spread picked keys over other time: `end` goes to a frame, the other end stays.
 * No two keys of a track come to one frame, and none leaves its shot.
 */
export function spread(
  picked: readonly TimelineKey[],
  end: "first" | "last",
  to: number,
): (key: TimelineKey) => number {
  const whole = extent(picked);
  if (!whole) return ({ at }) => at;
  const pivot = end === "first" ? whole.last : whole.first;
  const from = whole[end];
  let factor = Math.max((to - pivot) / (from - pivot), leastFactor(picked));
  for (const { at, least, most } of picked) {
    const way = at - pivot;
    if (way > 0) factor = Math.min(factor, (most - pivot) / way);
    if (way < 0) factor = Math.min(factor, (least - pivot) / way);
  }
  return ({ at }) => pivot + Math.round((at - pivot) * factor);
}

function leastFactor(picked: readonly TimelineKey[]): number {
  const rows = new Map<string, number[]>();
  for (const key of picked) {
    const name = rowName(key);
    rows.set(name, [...(rows.get(name) ?? []), key.at]);
  }
  let closest = Number.POSITIVE_INFINITY;
  for (const frames of rows.values()) {
    frames.sort((a, b) => a - b);
    for (let i = 1; i < frames.length; i++)
      closest = Math.min(closest, (frames[i] ?? 0) - (frames[i - 1] ?? 0));
  }
  // Rounded apart: two keys a frame and a half apart never meet.
  return closest < Number.POSITIVE_INFINITY ? Math.min(1, 1 / closest) : 0.01;
}
