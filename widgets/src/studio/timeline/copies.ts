// Keys copied with what they key, and put down again at the playhead.

import type { PutKeys } from "../../edits";
import type { PlaceSent, SceneCard } from "../../messages";
import type { Edit } from "../edits";
import { type ShotTracks, shotAt } from "../state";
import type { TimelineKey } from "./keys";

export type Put = PutKeys["keys"][number];

export interface Copied {
  /** Scene frame. */
  readonly at: number;
  readonly put: Put;
}

/** Copy picked keys with what they key. */
export function copied(
  picked: readonly TimelineKey[],
  tracks: ReadonlyMap<string, ShotTracks>,
  place: PlaceSent | null,
): Copied[] {
  return picked.flatMap((key) => {
    const put = keyed(key, tracks.get(key.of), place);
    return put ? [{ at: key.at, put }] : [];
  });
}

function keyed(
  { track, of, part, index }: TimelineKey,
  known: ShotTracks | undefined,
  place: PlaceSent | null,
): Put | undefined {
  const camera = known?.shot.camera;
  switch (track) {
    case "camera": {
      const pose = camera?.poses[index];
      return pose && { track, shot: of, frame: 0, pose };
    }
    case "focus": {
      const key = camera?.focus[index];
      return key && { track, shot: of, ...key, frame: 0 };
    }
    case "control": {
      const curve = camera?.tracks.find(({ control }) => control === part);
      const key = curve?.keys[index];
      return (
        curve &&
        key && {
          track,
          shot: of,
          control: curve.control,
          frame: 0,
          value: key.value,
        }
      );
    }
    case "mark": {
      const mark = place?.blocking.find(({ character }) => character === of)?.marks[
        index
      ];
      if (!mark) return undefined;
      const { position_m, facing_deg } = mark;
      return { track, character: of, frame: 0, position_m, facing_deg };
    }
    case "move": {
      const move = camera?.moves[index];
      return move && { track, shot: of, frame: 0, move };
    }
    case "hold": {
      const hold = propOf(place, of)?.holds[index];
      return hold && { track, piece: of, ...hold, frame: 0 };
    }
    case "prop": {
      const key = propOf(place, of)?.keys[index];
      return key && { track, piece: of, frame: 0, key };
    }
    case "swing": {
      const swing = place?.swings.find((s) => s.piece === of && s.part === part);
      const key = swing?.keys[index];
      return key && { track, piece: of, part, frame: 0, open: key.open };
    }
  }
}

function propOf(place: PlaceSent | null, id: string) {
  return place?.props.find(({ piece }) => piece.id === id);
}

/**
 * Put copies down so that the first comes to a scene frame; the camera's go into the
 * shot that is there, and what would lie outside of it is left out.
 */
export function pasted(
  scene: SceneCard,
  copies: readonly Copied[],
  at: number,
): Edit | undefined {
  const shot = shotAt(scene, at);
  const first = Math.min(...copies.map((copy) => copy.at));
  const keys: Put[] = [];
  for (const { at: was, put } of copies) {
    const frame = at + was - first;
    if (!("shot" in put)) {
      if (frame < scene.length_frames) keys.push({ ...put, frame });
    } else if (shot && frame < shot.first_frame + shot.length_frames)
      keys.push({ ...put, shot: shot.id, frame: frame - shot.first_frame });
  }
  return keys.length ? { kind: "put_keys", scene: scene.id, keys } : undefined;
}
