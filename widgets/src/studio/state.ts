// What the store holds, in words of types.

import type { PictureSent, SceneCard, ShotCard } from "../messages";
import type { Shot } from "../schema";
import type { CameraArrays, Stage } from "../stage/payload";
import type { KeptBlock } from "./blocks";
import type { Wanted } from "./link";

export type Selection =
  | { kind: "nothing" }
  | { kind: "camera"; index: number }
  | { kind: "mark"; character: string; index: number }
  | { kind: "character"; id: string }
  | { kind: "light"; id: string }
  | { kind: "aim"; id: string }
  | { kind: "target"; index: number }
  | { kind: "tangent"; index: number }
  | { kind: "piece"; id: string };

export const NOTHING: Selection = { kind: "nothing" };
/** Open stages are kept, so that stepping back to a shot shows it at once. */
export const KEPT_STAGES = 4;
/** Cameras over their shots, of the shots that were told of last. */
export const KEPT_TRACKS = 64;

export interface ShotTracks {
  readonly revision: number;
  readonly shot: Shot;
  readonly camera: CameraArrays;
  /** Shot frame of each pose of the path, and the share of the path behind it. */
  readonly keyFrames: readonly number[];
  readonly keyShares: readonly number[];
  /** Share of the path behind the camera at each frame. */
  readonly travel: Float64Array;
  readonly pathM: number;
}

export interface OpenStage {
  readonly shot: string;
  readonly revision: number;
  readonly stage: Stage;
  readonly blocks: readonly KeptBlock[];
}

export interface Posed {
  readonly shot: string;
  readonly frame: number;
  readonly figures: readonly {
    readonly character: string;
    readonly origin_m: readonly [number, number, number];
    readonly step_m: number;
    readonly counts: Int16Array;
  }[];
}

export interface Picture {
  readonly sent: PictureSent;
  readonly wanted: Wanted;
  readonly epoch: number;
  readonly bitmap: ImageBitmap;
}

/** What is asked for while it plays: frames of the open scene. */
export interface Lead {
  readonly frame: number;
  /** What will be asked for next, most likely. */
  readonly after: number;
  /** How many pictures may be on their way. */
  readonly atOnce: number;
}

/** What a panel's picture is kept by: its shot, in the style it is covered in if any. */
export function coverName(style: string, shot: string): string {
  return style ? `${style}/${shot}` : shot;
}

/** The shot that shows a frame of a scene. */
export function shotAt(
  scene: SceneCard | undefined,
  frame: number,
): ShotCard | undefined {
  const shots = scene?.shots ?? [];
  return (
    shots.find(
      (shot) =>
        frame >= shot.first_frame && frame < shot.first_frame + shot.length_frames,
    ) ?? shots.at(-1)
  );
}
