// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  CameraMove,
  CameraPose,
  Control,
  PlaceKey,
} from "./../schema";

/** The value of a control of the lens or the look at a shot frame. */
export interface PutControl {
  readonly track: "control";
  readonly shot: string;
  readonly control: Control;
  readonly frame: number;
  readonly value: number;
}

/** What is sharp at a shot frame: a distance, or somebody. */
export interface PutFocus {
  readonly track: "focus";
  readonly shot: string;
  readonly frame: number;
  readonly distance_m?: number | null;
  readonly subject?: string;
  readonly pull_frames?: number | null;
}

/** Who holds a prop from a scene frame on. */
export interface PutHold {
  readonly track: "hold";
  readonly piece: string;
  readonly frame: number;
  readonly character: string;
  readonly hand?: "left" | "right" | "both";
}

/** Set keys at frames of a scene; one that is at its frame already is replaced. */
export interface PutKeys {
  readonly kind: "put_keys";
  readonly scene: string;
  readonly keys: readonly (PutPose | PutFocus | PutControl | PutMove | PutMark | PutSwing | PutHold | PutProp)[];
}

/** A mark of somebody's at a scene frame. */
export interface PutMark {
  readonly track: "mark";
  readonly character: string;
  readonly frame: number;
  readonly position_m: readonly [number, number, number];
  readonly facing_deg?: number | null;
}

/** A move in words that begins at a shot frame, after the moves there are. */
export interface PutMove {
  readonly track: "move";
  readonly shot: string;
  readonly frame: number;
  readonly move: CameraMove;
}

/** A key of the camera's path at a shot frame. */
export interface PutPose {
  readonly track: "camera";
  readonly shot: string;
  readonly frame: number;
  readonly pose: CameraPose;
}

/** Where a prop is at a scene frame. */
export interface PutProp {
  readonly track: "prop";
  readonly piece: string;
  readonly frame: number;
  readonly key: PlaceKey;
}

/** How far a door or drawer is open at a scene frame: 0 shut to 1 wide open. */
export interface PutSwing {
  readonly track: "swing";
  readonly piece: string;
  readonly part?: string;
  readonly frame: number;
  readonly open: number;
}
