// The edits that the page makes, as `previz.edits` reads them.

import type { Character, Wardrobe } from "../schema";

export type Vec3 = readonly [number, number, number];
export type RGB = readonly [number, number, number];
export type Status = "open" | "approved" | "hold";
export type Stroke = readonly (readonly [number, number])[];

interface OfShot {
  readonly shot: string;
}

interface OfScene {
  readonly scene: string;
}

interface OfCharacter {
  readonly character: string;
}

interface OfMark extends OfScene, OfCharacter {
  readonly index: number;
}

type Body = Pick<
  Character,
  | "age"
  | "height_m"
  | "build"
  | "femininity"
  | "muscle"
  | "proportions"
  | "african"
  | "asian"
  | "european"
  | "skin"
  | "hair"
  | "hair_style"
>;

type CameraEdit = OfShot &
  (
    | {
        kind: "move_key";
        index: number;
        position_m?: Vec3;
        target_m?: Vec3;
        roll_deg?: number;
        at_frame?: number;
      }
    | { kind: "add_key"; at_frame: number }
    | { kind: "remove_key"; index: number }
    | { kind: "set_lens"; focal_length_mm: number }
    | { kind: "set_stop"; t_stop: number }
    | {
        kind: "set_focus";
        at_frame?: number;
        distance_m?: number;
        character?: string;
      }
    | { kind: "set_moves"; moves: readonly string[] }
    | { kind: "set_rig"; rig: string }
    | { kind: "frame_on"; framing: string; character: string; angle?: string }
  );

type BlockingEdit =
  | (OfMark & { kind: "move_mark"; position_m?: Vec3; facing_deg?: number })
  | (OfMark & { kind: "time_mark"; arrive_frame: number; leave_frame?: number })
  | (OfScene & OfCharacter & { kind: "add_mark"; at_frame: number; position_m: Vec3 })
  | (OfMark & { kind: "remove_mark" });

type PlaceEdit = OfScene &
  (
    | { kind: "place_piece"; piece: string; position_m?: Vec3; yaw_deg?: number }
    | {
        kind: "set_light";
        light: string;
        intensity?: number;
        color_temperature_k?: number;
        position_m?: Vec3;
        aim_m?: Vec3;
      }
  );

type CastEdit = OfCharacter &
  (
    | ({ kind: "set_body" } & Partial<Body>)
    | ({ kind: "set_wardrobe"; hat_off?: boolean } & Partial<Wardrobe>)
    | { kind: "set_seed"; seed: number }
  );

type CutEdit =
  | (OfScene & { kind: "reorder_shots"; order: readonly string[] })
  | (OfShot & { kind: "trim_shot"; length_frames: number })
  | (OfShot & { kind: "split_shot"; at_frame: number })
  | (OfShot & { kind: "merge_shots" })
  | (OfShot & { kind: "duplicate_shot" });

type NoteEdit = OfShot &
  (
    | { kind: "add_note"; frame: number; text: string; strokes: readonly Stroke[] }
    | { kind: "remove_note"; index: number }
    | { kind: "set_status"; status: Status }
  );

export type Edit =
  | CameraEdit
  | BlockingEdit
  | PlaceEdit
  | CastEdit
  | CutEdit
  | NoteEdit;
