// Reads what Python baked: one JSON header and one buffer that its arrays view into.

import {
  type ArrayView,
  type CameraTrack,
  PROTOCOL_VERSION,
  type StageHeader,
} from "../schema";

/** Something the reader of a notebook should see in place of a blank canvas. */
export class StageError extends Error {}

export interface FigureArrays {
  /** (frames, n, 3) counts; world = origin_m + count * step_m. */
  readonly positions: Int16Array;
  readonly surface: Uint16Array;
  readonly weld: Uint32Array;
  readonly triangles: Uint32Array;
  readonly frames: number;
  readonly vertices: number;
}

export interface ThingArrays {
  /** (frames, 4, 4), row by row; the last element is 0 where it is not there. */
  readonly worldFromThing: Float64Array;
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly surface: Uint16Array;
  readonly triangles: Uint32Array;
}

export interface CameraArrays {
  /** (frames, 4, 4), row by row. */
  readonly worldFromCamera: Float64Array;
  readonly focalLengthMm: Float64Array;
  readonly focusDistanceM: Float64Array;
}

export interface Stage {
  readonly header: StageHeader;
  readonly set: {
    readonly positions: Float32Array;
    readonly normals: Float32Array;
    readonly surface: Uint16Array;
    readonly triangles: Uint32Array;
  };
  readonly figures: readonly FigureArrays[];
  readonly things: readonly ThingArrays[];
  readonly camera: CameraArrays;
  readonly bytes: Uint8Array;
}

const ARRAYS = {
  int16: Int16Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

type ArrayOf<D extends ArrayView["dtype"]> = InstanceType<(typeof ARRAYS)[D]>;

/**
 * Read a shot.
 *
 * @throws StageError with a sentence for the reader where anything is amiss.
 */
export function decode(headerText: string, payload: DataView | undefined): Stage {
  return unpack(readHeader(headerText), payload);
}

/** A copy of its own, because a message's buffer may start at an odd address. */
export function ownBuffer(payload: DataView | undefined): ArrayBuffer {
  if (!payload) return new ArrayBuffer(0);
  const end = payload.byteOffset + payload.byteLength;
  return payload.buffer.slice(payload.byteOffset, end) as ArrayBuffer;
}

/**
 * Read a shot whose header has been read.
 *
 * @throws StageError with a sentence for the reader where anything is amiss.
 */
export function unpack(header: StageHeader, payload: DataView | undefined): Stage {
  const buffer = ownBuffer(payload);
  if (buffer.byteLength !== header.payload_bytes) {
    throw new StageError(
      `The stage's geometry is incomplete: ${buffer.byteLength} of ` +
        `${header.payload_bytes} bytes arrived. Run the cell again.`,
    );
  }
  const view = <D extends ArrayView["dtype"]>(at: ArrayView, dtype: D) =>
    readArray(buffer, at, dtype);
  const { set_mesh: set, camera } = header;
  const stage: Stage = {
    header,
    set: {
      positions: view(set.positions, "float32"),
      normals: view(set.normals, "float32"),
      surface: view(set.vertex_surface, "uint16"),
      triangles: view(set.triangles, "uint32"),
    },
    figures: header.figures.map((track) => ({
      positions: view(track.positions, "int16"),
      surface: view(track.vertex_surface, "uint16"),
      weld: view(track.weld, "uint32"),
      triangles: view(track.triangles, "uint32"),
      frames: track.positions.shape[0] ?? 0,
      vertices: track.positions.shape[1] ?? 0,
    })),
    things: header.things.map((track) => ({
      worldFromThing: view(track.world_from_thing, "float64"),
      positions: view(track.positions, "float32"),
      normals: view(track.normals, "float32"),
      surface: view(track.vertex_surface, "uint16"),
      triangles: view(track.triangles, "uint32"),
    })),
    camera: readCamera(buffer, camera),
    bytes: new Uint8Array(buffer),
  };
  if (stage.camera.focalLengthMm.length !== header.shot.length_frames) {
    throw new StageError(
      `The stage has a camera for ${stage.camera.focalLengthMm.length} of ` +
        `${header.shot.length_frames} frames. Run the cell again.`,
    );
  }
  return stage;
}

/** Read where the camera is at every frame. */
export function readCamera(buffer: ArrayBuffer, camera: CameraTrack): CameraArrays {
  return {
    worldFromCamera: readArray(buffer, camera.world_from_camera, "float64"),
    focalLengthMm: readArray(buffer, camera.focal_length_mm, "float64"),
    focusDistanceM: readArray(buffer, camera.focus_distance_m, "float64"),
  };
}

function readHeader(text: string): StageHeader {
  let header: StageHeader;
  try {
    header = JSON.parse(text) as StageHeader;
  } catch {
    throw new StageError("No stage arrived from the kernel. Run the cell again.");
  }
  if (header?.protocol_version !== PROTOCOL_VERSION) {
    throw new StageError(
      `This stage speaks protocol ${header?.protocol_version ?? "unknown"}; the viewer ` +
        `reads ${PROTOCOL_VERSION}. Restart the kernel, reload the page and run the ` +
        "cell again.",
    );
  }
  return header;
}

/**
 * View one array in a buffer.
 *
 * @throws StageError where it does not lie within the buffer.
 */
export function readArray<D extends ArrayView["dtype"]>(
  buffer: ArrayBuffer,
  at: ArrayView,
  dtype: D,
): ArrayOf<D> {
  const count = at.shape.reduce((product, side) => product * side, 1);
  const end = at.offset_bytes + count * ARRAYS[dtype].BYTES_PER_ELEMENT;
  if (at.dtype !== dtype || end > buffer.byteLength) {
    throw new StageError(
      `The stage's geometry is damaged: a ${at.dtype} array ends at byte ${end} of ` +
        `${buffer.byteLength}. Run the cell again.`,
    );
  }
  return new ARRAYS[dtype](buffer, at.offset_bytes, count) as ArrayOf<D>;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++)
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 as zlib computes it, so that Python can compare. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** How many triangles the stage has at most. */
export function triangleCount(stage: Stage): number {
  const moving = [...stage.figures, ...stage.things];
  const indices = moving.reduce((sum, one) => sum + one.triangles.length, 0);
  return (stage.set.triangles.length + indices) / 3;
}
