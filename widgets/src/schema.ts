// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

export const SCHEMA_VERSION = 1;
export const PROTOCOL_VERSION = 1;

/** From where the camera looks at the subject, in height. */
export type Angle =
  | "eye"
  | "low"
  | "high"
  | "overhead"
  | "dutch";

/** Where an array lies in the payload; little-endian, row-major, 8-byte aligned. */
export interface ArrayView {
  readonly dtype: "int16" | "uint16" | "uint32" | "float32" | "float64";
  readonly offset_bytes: number;
  readonly shape: readonly number[];
}

/** A story moment: an element of the screenplay with its place in scene time. */
export interface Beat {
  readonly id: string;
  readonly element: Element;
  readonly start_frame: number;
  readonly length_frames: number;
  /** Id of who speaks or acts. */
  readonly character: string;
}

/**
 * One character's marks over a scene; frames count from the scene's start.
 *
 * The character is seen from `enter_frame` up to, not including, `exit_frame`.
 */
export interface Blocking {
  readonly character: string;
  readonly marks: readonly Mark[];
  readonly gazes: readonly Gaze[];
  readonly enter_frame: number;
  readonly exit_frame: number | null;
}

/**
 * A camera over a shot: geometry (poses) and, separately, timing.
 *
 * The path is a spline through the poses, measured by arc length; timing is a
 * monotone curve from shot frame to share of the path. Endpoints are reached.
 */
export interface Camera {
  readonly sensor: Sensor;
  readonly lens: Lens;
  readonly move: Move;
  readonly support: string;
  readonly poses: readonly CameraPose[];
  readonly timing: readonly TimingKey[];
  readonly shutter_deg: number;
  /** Seeds handheld unrest. */
  readonly seed: number;
}

/** Where the camera is and what it looks at, at one point of its path. */
export interface CameraPose {
  readonly position_m: readonly [number, number, number];
  readonly target_m: readonly [number, number, number];
  readonly roll_deg: number;
  readonly focal_length_mm: number;
  readonly focus_distance_m: number;
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

/** A person of the film and what holds their look. */
export interface Character {
  readonly id: string;
  readonly name: string;
  readonly age: number;
  readonly height_m: number;
  /** 0 slight, 1 heavy. */
  readonly build: number;
  readonly femininity: number;
  readonly skin: readonly [number, number, number];
  readonly hair: readonly [number, number, number];
  readonly hair_style: "short" | "bob" | "long" | "bun" | "bald";
  readonly wardrobe: Wardrobe;
  readonly seed: number;
}

/** What a shot is for. */
export type Coverage =
  | "establishing"
  | "master"
  | "two-shot"
  | "group"
  | "over the shoulder"
  | "single"
  | "reaction"
  | "insert"
  | "follow";

/**
 * One paragraph of a screenplay, or one speech.
 *
 * A speech carries its cue (`character`, `extension`, `parenthetical`); emphasis
 * marks are removed from `text`.
 */
export interface Element {
  readonly kind: ElementKind;
  readonly text: string;
  /** Line in the source, from 1. */
  readonly line: number;
  /** Page of the screenplay. */
  readonly page: number;
  /** The cue as written; ANN. */
  readonly character: string;
  /** V.O., O.S., CONT'D … */
  readonly extension: string;
  readonly parenthetical: string;
  /** Spoken at the same time as the speech before it. */
  readonly dual: boolean;
}

/** What an element of a screenplay is, in Fountain's words. */
export type ElementKind =
  | "action"
  | "dialogue"
  | "lyric"
  | "centered"
  | "transition"
  | "section"
  | "synopsis"
  | "note"
  | "page_break";

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

/** A whole film. */
export interface Film {
  readonly schema_version: number;
  readonly title: string;
  readonly author: string;
  /** Screenplay's file name. */
  readonly source: string;
  readonly rate: Rate;
  readonly seed: number;
  readonly characters: readonly Character[];
  readonly scenes: readonly Scene[];
}

/** From `frame` on, look at a character, a spot, or (empty) straight ahead. */
export interface Gaze {
  readonly frame: number;
  readonly target: string;
}

/** The glass. The field of view is never stored: it follows from gate and focal. */
export interface Lens {
  readonly name: string;
  readonly focal_length_mm: number;
  readonly squeeze: number;
  readonly t_stop: number;
  readonly close_focus_m: number;
}

/**
 * One light.
 *
 * `intensity` is lux at normal incidence for a sun, lux on open level ground for a
 * sky, candela on axis for an area or a point. A sun shines from `position_m`
 * towards `aim_m` as a direction only. An area is a one-sided rectangle of
 * `width_m` by `height_m` facing `aim_m`.
 */
export interface Light {
  readonly id: string;
  readonly kind: LightKind;
  readonly role: string;
  readonly position_m: readonly [number, number, number];
  readonly aim_m: readonly [number, number, number];
  readonly width_m: number;
  readonly height_m: number;
  readonly intensity: number;
  readonly color_temperature_k: number;
  /** Multiplies the light's colour. */
  readonly gel: readonly [number, number, number];
}

/** What a light is physically. */
export type LightKind =
  | "sun"
  | "sky"
  | "area"
  | "point";

/** A speech within the shot; `first_frame` counts from the shot's start. */
export interface Line {
  readonly first_frame: number;
  readonly length_frames: number;
  readonly name: string;
  readonly text: string;
}

/**
 * A place to hit. Frames count from the scene's start.
 *
 * The character arrives by straight lines through `via`, holds, and leaves at
 * `leave_frame`. `facing_deg` 0 faces +z, 90 faces +x.
 */
export interface Mark {
  readonly position_m: readonly [number, number, number];
  readonly facing_deg: number;
  readonly arrive_frame: number;
  readonly leave_frame: number;
  readonly posture: Posture;
  readonly via: readonly (readonly [number, number, number])[];
  /** Name of the set's spot, if any. */
  readonly spot: string;
}

/** What a surface is made of. */
export type Matter =
  | "plaster"
  | "wood"
  | "brick"
  | "tile"
  | "stone"
  | "asphalt"
  | "ground"
  | "grass"
  | "foliage"
  | "glass"
  | "metal"
  | "plastic"
  | "cloth"
  | "leather"
  | "paper"
  | "water"
  | "skin"
  | "hair"
  | "emitter";

/** What the camera does during a shot. */
export type Move =
  | "static"
  | "pan"
  | "tilt"
  | "push in"
  | "pull out"
  | "truck"
  | "track"
  | "crane"
  | "arc"
  | "handheld";

/** A hole in a wall piece: x along the wall from its centre, y from the floor. */
export interface Opening {
  readonly kind: "door" | "window" | "archway";
  readonly x_m: number;
  readonly y_m: number;
  readonly width_m: number;
  readonly height_m: number;
}

/** How a person holds a mark. */
export type Posture =
  | "stand"
  | "sit"
  | "lean"
  | "crouch"
  | "lie";

/** Frames a second as a fraction: 24/1, 24000/1001, 25/1, 30000/1001, 30/1. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * One scene: where, who, what happens, and the shots that cover it.
 *
 * The shots follow each other without gap or overlap from frame 0 to the end.
 * `exposure_ev100` is what the camera is set to (ISO 100, no ND).
 */
export interface Scene {
  readonly id: string;
  readonly number: string;
  readonly slugline: Slugline;
  readonly time_of_day: TimeOfDay;
  readonly set: Set;
  readonly lights: readonly Light[];
  readonly exposure_ev100: number;
  readonly beats: readonly Beat[];
  readonly blocking: readonly Blocking[];
  readonly length_frames: number;
  readonly shots: readonly Shot[];
}

/** A camera body's gate: the part of the sensor that makes the picture. */
export interface Sensor {
  readonly name: string;
  readonly width_mm: number;
  readonly height_mm: number;
}

/**
 * A dressed place. Right-handed, y up, floor at y = 0, centred on the origin.
 *
 * `size_m` is the playing area's width (x), height (y) and depth (z): the walls of
 * an interior stand on its edges.
 */
export interface Set {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  readonly interior: boolean;
  readonly size_m: readonly [number, number, number];
  readonly pieces: readonly SetPiece[];
  readonly spots: readonly Spot[];
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

/**
 * One piece of a set: furniture, a wall, a tree; built from its kind by `stage`.
 *
 * `size_m` is width (x), height (y), depth (z) before `yaw_deg` turns the piece
 * about y; `position_m` is the middle of its base.
 */
export interface SetPiece {
  readonly id: string;
  readonly kind: string;
  readonly position_m: readonly [number, number, number];
  readonly yaw_deg: number;
  readonly size_m: readonly [number, number, number];
  readonly color: readonly [number, number, number];
  /** Second colour: legs, cushions. */
  readonly accent: readonly [number, number, number];
  readonly matter: Matter;
  readonly openings: readonly Opening[];
  readonly seed: number;
}

/** Where a slugline says the scene is shot. */
export type Setting =
  | "INT"
  | "EXT"
  | "INT/EXT"
  | "";

/**
 * A planned picture: `length_frames` of scene time through one camera.
 *
 * Camera timing counts from the shot's first frame; `first_frame` is in the scene.
 */
export interface Shot {
  readonly id: string;
  readonly slate: string;
  readonly first_frame: number;
  readonly length_frames: number;
  readonly coverage: Coverage;
  readonly size: ShotSize;
  readonly angle: Angle;
  readonly subjects: readonly string[];
  readonly beats: readonly string[];
  readonly camera: Camera;
  readonly note: string;
}

/** How much of the subject the frame holds. */
export type ShotSize =
  | "EWS"
  | "LS"
  | "FS"
  | "MLS"
  | "MS"
  | "MCU"
  | "CU"
  | "ECU";

/** A scene heading: `INT. KITCHEN - NIGHT #12A#`. */
export interface Slugline {
  readonly text: string;
  readonly setting: Setting;
  readonly place: string;
  /** As written: NIGHT, CONTINUOUS, … */
  readonly time: string;
  /** Scene number as written. */
  readonly number: string;
  readonly line: number;
  readonly page: number;
}

/**
 * A place of the set where a person can be, under the words that name it.
 *
 * `facing_deg` turns about y: 0 faces +z, 90 faces +x.
 */
export interface Spot {
  readonly name: string;
  /** Lower-case words that mean it. */
  readonly words: readonly string[];
  readonly position_m: readonly [number, number, number];
  readonly facing_deg: number;
  readonly posture: Posture;
  /** People enter and leave here. */
  readonly exit: boolean;
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
  readonly subjects: readonly string[];
  readonly lines: readonly Line[];
  readonly surfaces: readonly Surface[];
  readonly set_mesh: SetMesh;
  readonly figures: readonly FigureTrack[];
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

/** The light a scene plays in. */
export type TimeOfDay =
  | "day"
  | "night"
  | "dawn"
  | "dusk";

/** At shot frame `frame` the camera has travelled this share of its path. */
export interface TimingKey {
  readonly frame: number;
  readonly travel: number;
}

/** What a character wears, as colours by body region. */
export interface Wardrobe {
  readonly top: readonly [number, number, number];
  readonly bottom: readonly [number, number, number];
  readonly shoes: readonly [number, number, number];
  /** The top reaches the knees. */
  readonly coat: boolean;
  readonly skirt: boolean;
  readonly hat: readonly [number, number, number] | null;
}
