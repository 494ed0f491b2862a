// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

import type {
  Move,
} from "./camera";

import type {
  Shot,
} from "./film";

import type {
  Light,
  Matter,
} from "./place";

import type {
  Rate,
} from "./time";

/** Where an array lies in the payload; little-endian, row-major, 8-byte aligned. */
export interface ArrayView {
  readonly dtype: "int16" | "uint16" | "uint32" | "float32" | "float64";
  readonly offset_bytes: number;
  readonly shape: readonly number[];
}

/** The camera at every frame of the shot. */
export interface CameraTrack {
  /** float64 (f, 4, 4). */
  readonly world_from_camera: ArrayView;
  /** float64 (f,). */
  readonly focal_length_mm: ArrayView;
  /** float64 (f,). */
  readonly focus_distance_m: ArrayView;
}

/**
 * One character's skin at each shot frame from `first_frame` on.
 *
 * World position = `origin_m` + count * `step_m`, for int16 counts.
 */
export interface FigureTrack {
  readonly character: string;
  readonly name: string;
  readonly first_frame: number;
  readonly origin_m: readonly [number, number, number];
  readonly step_m: number;
  /** int16 (frames, n, 3). */
  readonly positions: ArrayView;
  /** uint16 (n,). */
  readonly vertex_surface: ArrayView;
  /** uint32 (n,): vertices of one number share a normal. */
  readonly weld: ArrayView;
  /** uint32 (m, 3). */
  readonly triangles: ArrayView;
}

/** A speech within the shot; `first_frame` counts from the shot's start. */
export interface Line {
  readonly first_frame: number;
  readonly length_frames: number;
  readonly name: string;
  readonly text: string;
}

/** A run of the set's triangle indices, within one part, that is one set piece. */
export interface PieceRun {
  /** Id of the set piece. */
  readonly piece: string;
  readonly first_index: number;
  readonly index_count: number;
  readonly position_m: readonly [number, number, number];
  readonly yaw_deg: number;
  readonly size_m: readonly [number, number, number];
}

/** The set, at rest in world space. */
export interface SetMesh {
  /** float32 (n, 3), metres. */
  readonly positions: ArrayView;
  /** float32 (n, 3), unit. */
  readonly normals: ArrayView;
  /** uint16 (n,). */
  readonly vertex_surface: ArrayView;
  /** uint32 (m, 3). */
  readonly triangles: ArrayView;
  readonly parts: readonly SetPart[];
  readonly runs: readonly PieceRun[];
}

/**
 * A run of the set's triangle indices that is shown or concealed as one.
 *
 * A wall seen from outside and a ceiling seen from above are concealed in the
 * director's view, so that one looks into the room.
 */
export interface SetPart {
  readonly name: string;
  readonly first_index: number;
  readonly index_count: number;
  readonly glass: boolean;
  readonly conceal: "never" | "from outside" | "from above";
  readonly center_m: readonly [number, number, number];
  /** Unit normal into the room. */
  readonly inward: readonly [number, number, number];
}

/** What the browser says once it has decoded the payload and painted it. */
export interface StageAnswer {
  readonly protocol_version: number;
  readonly payload_bytes: number;
  readonly payload_crc32: number;
  readonly triangles: number;
}

/** A shot as the stage widget shows it; arrays are views into one payload. */
export interface StageHeader {
  readonly protocol_version: number;
  readonly payload_bytes: number;
  readonly scene: string;
  readonly slugline: string;
  readonly interior: boolean;
  readonly size_m: readonly [number, number, number];
  readonly rate: Rate;
  readonly shot: Shot;
  readonly move: Move;
  readonly subjects: readonly string[];
  readonly lines: readonly Line[];
  readonly surfaces: readonly Surface[];
  readonly set_mesh: SetMesh;
  readonly figures: readonly FigureTrack[];
  readonly things: readonly ThingTrack[];
  readonly camera: CameraTrack;
  readonly lights: readonly Light[];
  /** Of each light as the camera records it; luminance 1. */
  readonly light_colors: readonly (readonly [number, number, number])[];
  readonly exposure_ev100: number;
}

/** What a vertex is made of; emission in cd/m². */
export interface Surface {
  readonly base_color: readonly [number, number, number];
  readonly roughness: number;
  readonly metalness: number;
  readonly emission: readonly [number, number, number];
  readonly matter: Matter;
}

/**
 * A prop, or a part of the set that opens: one stiff shape and its way.
 *
 * A frame whose last element is 0 has it not.
 */
export interface ThingTrack {
  readonly name: string;
  readonly glass: boolean;
  /** float64 (shot frames, 4, 4). */
  readonly world_from_thing: ArrayView;
  /** float32 (n, 3), own space. */
  readonly positions: ArrayView;
  /** float32 (n, 3), own space. */
  readonly normals: ArrayView;
  /** uint16 (n,). */
  readonly vertex_surface: ArrayView;
  /** uint32 (m, 3). */
  readonly triangles: ArrayView;
}
