// Written by `python -m previz.widgets.schema`. Edit the Python models, never this file.

export const SCHEMA_VERSION = 5;
export const PROTOCOL_VERSION = 2;

/**
 * One act. Frames count from the scene's start.
 *
 * `frame` is the moment that counts: the hand touches, the arm points, the cup is at
 * the lips. It is held for `length_frames`; the body gets ready before and comes
 * back after. `target` is a character, a spot, a set piece or a prop of the scene.
 */
export interface Act {
  readonly kind: ActKind;
  readonly frame: number;
  readonly length_frames: number;
  readonly target: string;
  /** Empty: the nearer free hand. */
  readonly hand: "" | "left" | "right" | "both";
}

/** Something a body does with its hands or head, standing, sitting or walking. */
export type ActKind =
  | "point"
  | "reach"
  | "take"
  | "put down"
  | "hand over"
  | "receive"
  | "embrace"
  | "shake hands"
  | "touch"
  | "open"
  | "close"
  | "push"
  | "throw"
  | "drink"
  | "read"
  | "phone"
  | "wave"
  | "knock"
  | "nod"
  | "shake head"
  | "shrug"
  | "head in hands";

/**
 * Whom the operator keeps where in the frame.
 *
 * `at` is a place for each subject as shares of the frame from its top left
 * corner: (0.5, 0.5) is the middle, (0.33, 0.33) the upper left third.
 *
 * Attributes:
 * subjects: One or two characters.
 * at: Where each is held.
 * part: What of them is held there.
 * solve: "pan and tilt" turns the camera; "position" moves it too (two
 * subjects are then hit exactly).
 * lag_s: How far the operator trails; 0 holds exactly.
 */
export interface Aim {
  readonly subjects: readonly string[];
  readonly at: readonly (readonly [number, number])[];
  readonly part: string;
  readonly solve: string;
  readonly lag_s: number;
}

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

/**
 * Four leaves at the lamp: how far each lets light off the axis, in degrees.
 *
 * 90 is wide open; 0 cuts at the axis; negative cuts past it.
 */
export interface BarnDoors {
  readonly left_deg: number;
  readonly right_deg: number;
  readonly top_deg: number;
  readonly bottom_deg: number;
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
  readonly acts: readonly Act[];
  readonly feelings: readonly Feeling[];
  readonly clips: readonly Clip[];
  readonly enter_frame: number;
  readonly exit_frame: number | null;
}

/**
 * A camera over a shot: geometry (poses) and, separately, timing; then moves.
 *
 * The path is a spline through the poses, measured by arc length; timing is a
 * monotone curve from shot frame to share of the path. Endpoints are reached. Moves
 * come on top, then the aim turns the camera, then the rig adds its unrest.
 *
 * `iso` is what the body is rated at; None exposes for the scene's meter reading
 * instead of for stop, shutter, ISO and ND. `white_balance_k` None balances as a
 * crew would for the scene's lights.
 */
export interface Camera {
  readonly sensor: Sensor;
  readonly lens: Lens;
  readonly rig: Rig;
  readonly poses: readonly CameraPose[];
  readonly timing: readonly TimingKey[];
  readonly moves: readonly CameraMove[];
  readonly aim: Aim | null;
  readonly focus: readonly FocusKey[];
  readonly shutter_deg: number;
  readonly iso: number | null;
  readonly nd_stops: number;
  readonly white_balance_k: number | null;
  readonly look: Look;
  readonly tracks: readonly Track[];
  /** Seeds handheld unrest. */
  readonly seed: number;
}

/**
 * One move as a word: "push in 1.2 m over 3 s, ease out".
 *
 * Moves are applied in order on top of the path. `amount` is in the unit of
 * `MOVE_UNITS`: degrees (positive: pan left, tilt up, roll clockwise, arc and orbit
 * counter-clockwise seen from above), metres (truck right, dolly forward, pedestal
 * and crane up, push in and pull out by their own sense; for a rack focus the end
 * distance) or millimetres (a zoom's end).
 *
 * Attributes:
 * start_frame: Shot frame at which it begins.
 * length_frames: Until `start_frame + length_frames`; None: the shot's last.
 * ease_in: Share of the time spent gathering speed, 0 to 1.
 * ease_out: Share spent losing it; together with `ease_in` at most 1.
 * subject: Character it pushes towards, arcs around, holds in size or racks to;
 * empty: what the camera looks at as it begins.
 */
export interface CameraMove {
  readonly kind: Move;
  readonly amount: number;
  readonly start_frame: number;
  readonly length_frames: number | null;
  readonly ease_in: number;
  readonly ease_out: number;
  readonly subject: string;
}

/**
 * Where the camera is and what it looks at, at one point of its path.
 *
 * `tangent_m` is the direction and pull of the path there, the derivative with
 * respect to the spline's parameter of one segment, as a Hermite handle; None lets
 * the spline choose.
 */
export interface CameraPose {
  readonly position_m: readonly [number, number, number];
  readonly target_m: readonly [number, number, number];
  readonly roll_deg: number;
  readonly focal_length_mm: number;
  readonly focus_distance_m: number;
  readonly tangent_m: readonly [number, number, number] | null;
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
  readonly muscle: number;
  /** 0 uncommon, 1 ideal. */
  readonly proportions: number;
  readonly african: number;
  readonly asian: number;
  /** Ancestry counts by its share; all 0 is even. */
  readonly european: number;
  readonly skin: readonly [number, number, number];
  readonly hair: readonly [number, number, number];
  readonly hair_style: "short" | "bob" | "long" | "bun" | "bald" | "ponytail" | "curly" | "buzz";
  readonly wardrobe: Wardrobe;
  /** Varies face, bearing and habits. */
  readonly manner: number;
  /** Of what pictures invent of them, such as hair. */
  readonly seed: number;
  /** One of a crowd: plays loops, drawn coarser. */
  readonly background: boolean;
}

/**
 * Motion that a user brought, played from `frame` on for `length_frames`.
 *
 * `asset` is the SHA-256 of the imported motion in the film's assets.
 */
export interface Clip {
  readonly asset: string;
  readonly frame: number;
  readonly length_frames: number;
}

/** What a track can key over time: a field of the camera, lens or look. */
export type Control =
  | "focal_length_mm"
  | "t_stop"
  | "roll_deg"
  | "squeeze"
  | "shutter_deg"
  | "iso"
  | "nd_stops"
  | "white_balance_k"
  | "distortion"
  | "chromatic_aberration"
  | "vignette_stops"
  | "breathing"
  | "cats_eye"
  | "bloom"
  | "halation"
  | "flare"
  | "diffusion"
  | "grain"
  | "exposure_stops"
  | "tint"
  | "gate_crop"
  | "tilt_deg"
  | "swing_deg"
  | "shift_x"
  | "shift_y";

/** A control's value at a shot frame. */
export interface ControlKey {
  readonly frame: number;
  readonly value: number;
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

/** What a face says. */
export type Emotion =
  | "neutral"
  | "joy"
  | "sadness"
  | "anger"
  | "fear"
  | "surprise"
  | "disgust"
  | "contempt"
  | "worry"
  | "determination"
  | "tenderness"
  | "pain"
  | "fatigue";

/** From `frame` on, the face says this, until the next feeling. */
export interface Feeling {
  readonly frame: number;
  readonly emotion: Emotion;
  readonly strength: number;
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

/** A whole film. */
export interface Film {
  readonly schema_version: number;
  readonly title: string;
  readonly author: string;
  /** Screenplay's file name. */
  readonly source: string;
  readonly rate: Rate;
  readonly seed: number;
  readonly medium: Medium;
  readonly characters: readonly Character[];
  readonly scenes: readonly Scene[];
}

/**
 * A rectangle that stands in a light's way, in the world.
 *
 * `normal` is the direction it faces; its height lies as near the vertical as it
 * can. A gobo's pattern fills it; light passes where the pattern is open, and not
 * beside the pattern unless the flag is solid.
 */
export interface Flag {
  readonly position_m: readonly [number, number, number];
  readonly normal: readonly [number, number, number];
  readonly width_m: number;
  readonly height_m: number;
  readonly gobo: Gobo;
  readonly seed: number;
}

/**
 * What is sharp at a shot frame: a distance, or somebody, wherever they go.
 *
 * Between two keys the puller moves over `pull_frames` that end at the later key;
 * None pulls all the way between the two.
 */
export interface FocusKey {
  readonly frame: number;
  readonly distance_m: number | null;
  readonly subject: string;
  readonly pull_frames: number | null;
}

/** From `frame` on, look at a character, a spot, or (empty) straight ahead. */
export interface Gaze {
  readonly frame: number;
  readonly target: string;
}

/** What a flag is cut to. */
export type Gobo =
  | "solid"
  | "window"
  | "blinds"
  | "leaves"
  | "slash"
  | "dots";

/** From `frame` on, somebody holds the prop; until the next hold or key. */
export interface Hold {
  readonly frame: number;
  readonly character: string;
  readonly hand: "left" | "right" | "both";
}

/**
 * The glass. The field of view is never stored: it follows from gate and focal.
 *
 * Attributes:
 * focal_length_mm: As engraved; a zoom's wide end.
 * longest_mm: A zoom's long end; None for a prime.
 * squeeze: Of an anamorphic; 1 for spherical glass.
 * t_stop: As set.
 * widest_t_stop: As far as it opens.
 * close_focus_m: From the sensor.
 * blades: Of the iris; 0 is a perfect circle.
 * breathing: By how much the focal length falls from infinity to close focus,
 * as a share of it.
 * cats_eye: How much the barrel clips the pupil at the picture's corner, as a
 * share of the pupil.
 * image_circle_mm: Diameter that it covers; None if not published.
 */
export interface Lens {
  readonly name: string;
  readonly focal_length_mm: number;
  readonly longest_mm: number | null;
  readonly squeeze: number;
  readonly t_stop: number;
  readonly widest_t_stop: number;
  readonly close_focus_m: number;
  readonly blades: number;
  readonly breathing: number;
  readonly cats_eye: number;
  readonly image_circle_mm: number | null;
}

/**
 * One light.
 *
 * `intensity` is lux at normal incidence for a sun, lux on open level ground for a
 * sky, candela on axis for an area or a point. A sun shines from `position_m`
 * towards `aim_m` as a direction only. An area is a one-sided rectangle of
 * `width_m` by `height_m` facing `aim_m`. A point with a `beam_deg` is a spot: half
 * of its axial candela at the beam's edge (its full angle), a tenth at the field's.
 */
export interface Light {
  readonly id: string;
  readonly kind: LightKind;
  readonly role: LightRole;
  readonly position_m: readonly [number, number, number];
  readonly aim_m: readonly [number, number, number];
  readonly width_m: number;
  readonly height_m: number;
  readonly intensity: number;
  readonly color_temperature_k: number;
  /** Multiplies the light's colour. */
  readonly gel: readonly [number, number, number];
  readonly beam_deg: number | null;
  readonly field_deg: number | null;
  readonly barn_doors: BarnDoors | null;
  readonly flags: readonly Flag[];
}

/** What a light is physically. */
export type LightKind =
  | "sun"
  | "sky"
  | "area"
  | "point";

/** What a light is for, in the words of a set. */
export type LightRole =
  | "key"
  | "fill"
  | "back"
  | "kicker"
  | "bounce"
  | "practical"
  | "window"
  | "sun"
  | "moon"
  | "sky"
  | "screen"
  | "backing";

/** A speech within the shot; `first_frame` counts from the shot's start. */
export interface Line {
  readonly first_frame: number;
  readonly length_frames: number;
  readonly name: string;
  readonly text: string;
}

/**
 * The character of the picture beyond framing. Every control at 0 does nothing.
 *
 * Attributes:
 * depth_of_field: Whether what is off the focus plane blurs, by the lens's real
 * circle of confusion.
 * motion_blur: Whether what moves blurs, by the shutter's angle.
 * distortion: How far a point at the frame's corner is displaced outward, as a
 * share of its distance from the centre; negative is barrel.
 * chromatic_aberration: Lateral colour at the frame's corner: red against blue,
 * as a share of the distance from the centre.
 * vignette_stops: Light lost at the frame's corner.
 * bloom: Share of bright light that veils around it.
 * halation: Share of bright light that scatters back red from the film base.
 * flare: Strength of the ghosts and streak of a light in the frame.
 * diffusion: A diffusion filter in front of the lens, in its strength grade: 1
 * is a full, 0.25 a quarter.
 * grain: Noise at middle grey as a share of it.
 * exposure_stops: Brighter in post, without touching stop or shutter.
 * tint: Green (negative) to magenta (positive).
 * gate_crop: Share of the gate's width and height in use; 1 is all of it.
 * tilt_deg: Of the focus plane about the horizontal (tilt-shift).
 * swing_deg: Of the focus plane about the vertical.
 * shift_x: Of the optical axis, as a share of the gate's width.
 * shift_y: Of the optical axis, as a share of the gate's height.
 */
export interface Look {
  readonly depth_of_field: boolean;
  readonly motion_blur: boolean;
  readonly distortion: number;
  readonly chromatic_aberration: number;
  readonly vignette_stops: number;
  readonly bloom: number;
  readonly halation: number;
  readonly flare: number;
  readonly diffusion: number;
  readonly grain: number;
  readonly exposure_stops: number;
  readonly tint: number;
  readonly gate_crop: number;
  readonly tilt_deg: number;
  readonly swing_deg: number;
  readonly shift_x: number;
  readonly shift_y: number;
}

/**
 * A place to hit. Frames count from the scene's start.
 *
 * The character arrives by straight lines through `via`, holds, and leaves at
 * `leave_frame`. `facing_deg` 0 faces +z, 90 faces +x. With a `pace_m_s` the way to
 * this mark is begun so late that it is walked at that pace; without one it fills
 * the time there is, no slower than a stroll.
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
  readonly pace_m_s: number | null;
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

/** What a picture is made of; the framing is the same in all. */
export type Medium =
  | "natural"
  | "clay"
  | "noir"
  | "ink"
  | "pencil"
  | "storyboard"
  | "watercolour";

/** What the camera does during a shot, in the words of a set. */
export type Move =
  | "static"
  | "pan"
  | "tilt"
  | "roll"
  | "truck"
  | "dolly"
  | "pedestal"
  | "crane"
  | "arc"
  | "orbit"
  | "push in"
  | "pull out"
  | "zoom"
  | "dolly zoom"
  | "whip pan"
  | "rack focus"
  | "track"
  | "handheld";

/** A note on a shot's frame: words, and lines drawn on the picture. */
export interface Note {
  readonly frame: number;
  readonly text: string;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
  readonly author: string;
}

/** A hole in a wall piece: x along the wall from its centre, y from the floor. */
export interface Opening {
  readonly kind: "door" | "window" | "archway";
  readonly x_m: number;
  readonly y_m: number;
  readonly width_m: number;
  readonly height_m: number;
}

/** Where a thing's base is at a frame, and how it is turned. */
export interface PlaceKey {
  readonly frame: number;
  readonly position_m: readonly [number, number, number];
  readonly rotation: readonly [number, number, number, number];
}

/** How a person holds a mark. */
export type Posture =
  | "stand"
  | "sit"
  | "lean"
  | "crouch"
  | "lie";

/**
 * A thing that is moved during a scene: carried, put down, pushed, thrown.
 *
 * It lies where `piece` says until its first hold or key. At any frame the latest
 * hold or key counts: a hold follows the hand; keys are passed through in order, and
 * the last one is where it stays. Frames count from the scene's start; the prop is
 * there from `from_frame` up to, not including, `until_frame`.
 */
export interface Prop {
  readonly piece: SetPiece;
  readonly holds: readonly Hold[];
  readonly keys: readonly PlaceKey[];
  readonly from_frame: number;
  readonly until_frame: number | null;
}

/** Frames a second as a fraction: 24/1, 24000/1001, 25/1, 30000/1001, 30/1. */
export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * A rig. A limit that is None is the usual one of its kind (`previz.camera`).
 *
 * Attributes:
 * kind: What it is.
 * arm_m: Length of a jib's or crane's arm, from pivot to camera.
 * track_m: Length of the rail or track.
 * lowest_m: Lowest height of the lens.
 * highest_m: Greatest height of the lens.
 * top_speed_mps: Fastest travel.
 * unrest: Of a handheld, Steadicam or drone, against a usual operator; 0 none.
 */
export interface Rig {
  readonly kind: RigKind;
  readonly arm_m: number | null;
  readonly track_m: number | null;
  readonly lowest_m: number | null;
  readonly highest_m: number | null;
  readonly top_speed_mps: number | null;
  readonly unrest: number;
}

/** What carries the camera. */
export type RigKind =
  | "sticks"
  | "slider"
  | "dolly"
  | "curved track"
  | "pedestal"
  | "jib"
  | "crane"
  | "steadicam"
  | "gimbal"
  | "handheld"
  | "drone"
  | "car mount";

/**
 * One scene: where, who, what happens, and the shots that cover it.
 *
 * The shots follow each other without gap or overlap from frame 0 to the end.
 * `exposure_ev100` is what the camera is set to (ISO 100, no ND). A scene or shot
 * whose `medium` is None is in that of the scene or film it belongs to.
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
  readonly props: readonly Prop[];
  readonly swings: readonly Swing[];
  readonly length_frames: number;
  readonly medium: Medium | null;
  readonly shots: readonly Shot[];
}

/** A camera body's gate: the part of the sensor that makes the picture. */
export interface Sensor {
  readonly name: string;
  readonly width_mm: number;
  readonly height_mm: number;
  readonly native_iso: number;
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
 * about y; `position_m` is the middle of its base. An imported piece names the
 * SHA-256 of its mesh in the film's assets. Signs and boards show their lettering.
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
  readonly lettering: string;
  readonly asset: string;
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
 * `note` is what was seen to when it was planned; `notes` and `status` are what
 * people say of it, and change no picture.
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
  readonly medium: Medium | null;
  readonly note: string;
  readonly notes: readonly Note[];
  readonly status: Status;
}

/** How much of the subject the frame holds. */
export type ShotSize =
  | "EWS"
  | "LS"
  | "FS"
  | "MLS"
  | "cowboy"
  | "MS"
  | "MCU"
  | "CU"
  | "BCU"
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

/** Where a shot stands. */
export type Status =
  | "open"
  | "approved"
  | "hold";

/** What a vertex is made of; emission in cd/m². */
export interface Surface {
  readonly base_color: readonly [number, number, number];
  readonly roughness: number;
  readonly metalness: number;
  readonly emission: readonly [number, number, number];
  readonly matter: Matter;
}

/**
 * A door, drawer or lid of a set piece that opens and shuts during a scene.
 *
 * `part` is one of the piece's moving parts; empty is its first. Before the first
 * key it is as that key says.
 */
export interface Swing {
  readonly piece: string;
  readonly part: string;
  readonly keys: readonly SwingKey[];
}

/** How far a part is open at a frame: 0 shut to 1 wide open. */
export interface SwingKey {
  readonly frame: number;
  readonly open: number;
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

/** The light a scene plays in. */
export type TimeOfDay =
  | "day"
  | "night"
  | "dawn"
  | "dusk";

/**
 * At shot frame `frame` the camera has travelled this share of its path.
 *
 * `speed` is the slope of the timing curve there, in shares of the path a frame;
 * None lets the monotone curve choose, 0 stops the camera at the key.
 */
export interface TimingKey {
  readonly frame: number;
  readonly travel: number;
  readonly speed: number | null;
}

/**
 * One control keyed over the shot: a curve through its keys that never overshoots.
 *
 * Before the first and after the last key their values hold. The track decides over
 * the value that camera, lens or look store.
 */
export interface Track {
  readonly control: Control;
  readonly keys: readonly ControlKey[];
}

/**
 * What a character wears, as colours and shapes by body region.
 *
 * `coat` and `skirt` are the short ways to say that the top is a coat and the bottom
 * a skirt. A dress hides the bottom. The shirt is what a jacket or coat leaves open.
 */
export interface Wardrobe {
  readonly top: readonly [number, number, number];
  readonly bottom: readonly [number, number, number];
  readonly shoes: readonly [number, number, number];
  /** The top reaches the knees. */
  readonly coat: boolean;
  readonly skirt: boolean;
  readonly hat: readonly [number, number, number] | null;
  readonly top_kind: "shirt" | "t-shirt" | "sweater" | "jacket" | "coat" | "dress";
  readonly sleeves: "long" | "short" | "none";
  readonly bottom_kind: "trousers" | "shorts" | "skirt";
  readonly shoe_kind: "shoes" | "boots" | "flats";
  readonly hat_kind: "brim" | "cap" | "beanie";
  readonly shirt: readonly [number, number, number] | null;
}
