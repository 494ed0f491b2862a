"""What the kernel and the browser say to each other; TypeScript follows from it.

After an edit run `python -m previz.widgets.schema`, and raise `PROTOCOL_VERSION`
where an older browser side would misread the message.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct.stock import Group
from previz.model import (
    RGB,
    Identifier,
    Light,
    LightRole,
    Matter,
    Model,
    Move,
    Rate,
    Shot,
    Vec3,
)

__all__ = [
    "MESSAGES_VERSION",
    "PROTOCOL_VERSION",
    "ArrayView",
    "CameraTrack",
    "Figure",
    "FigureTrack",
    "Line",
    "PieceRun",
    "SetMesh",
    "SetPart",
    "ShelfLamp",
    "ShelfPiece",
    "StageAnswer",
    "StageHeader",
    "Surface",
    "ThingTrack",
]

PROTOCOL_VERSION = 2
MESSAGES_VERSION: Literal[1] = 1


class ArrayView(Model):
    """Where an array lies in the payload; little-endian, row-major, 8-byte aligned."""

    dtype: Literal["int16", "uint16", "uint32", "float32", "float64"]
    offset_bytes: Annotated[int, Field(ge=0, multiple_of=8)]
    shape: tuple[int, ...]


class Surface(Model):
    """What a vertex is made of; emission in cd/m²."""

    base_color: RGB
    roughness: float
    metalness: float
    emission: RGB
    matter: Matter


class SetPart(Model):
    """A run of the set's triangle indices that is shown or concealed as one.

    A wall seen from outside and a ceiling seen from above are concealed in the
    director's view, so that one looks into the room.
    """

    name: str
    first_index: Annotated[int, Field(ge=0)]
    index_count: Annotated[int, Field(ge=0)]
    glass: bool
    conceal: Literal["never", "from outside", "from above"]
    center_m: Vec3
    inward: Annotated[Vec3, Field(description="Unit normal into the room.")]


class PieceRun(Model):
    """A run of the set's triangle indices, within one part, that is one set piece."""

    piece: Annotated[str, Field(description="Id of the set piece.")]
    first_index: Annotated[int, Field(ge=0)]
    index_count: Annotated[int, Field(ge=0)]
    position_m: Vec3
    yaw_deg: float
    size_m: Vec3


class SetMesh(Model):
    """The set, at rest in world space."""

    positions: Annotated[ArrayView, Field(description="float32 (n, 3), metres.")]
    normals: Annotated[ArrayView, Field(description="float32 (n, 3), unit.")]
    vertex_surface: Annotated[ArrayView, Field(description="uint16 (n,).")]
    triangles: Annotated[ArrayView, Field(description="uint32 (m, 3).")]
    parts: tuple[SetPart, ...]
    runs: tuple[PieceRun, ...] = ()


class FigureTrack(Model):
    """One character's skin at each shot frame from `first_frame` on.

    World position = `origin_m` + count * `step_m`, for int16 counts.
    """

    character: str
    name: str
    first_frame: Annotated[int, Field(ge=0)]
    origin_m: Vec3
    step_m: Annotated[float, Field(gt=0)]
    positions: Annotated[ArrayView, Field(description="int16 (frames, n, 3).")]
    vertex_surface: Annotated[ArrayView, Field(description="uint16 (n,).")]
    weld: Annotated[
        ArrayView,
        Field(description="uint32 (n,): vertices of one number share a normal."),
    ]
    triangles: Annotated[ArrayView, Field(description="uint32 (m, 3).")]


class Figure(Model):
    """A character's skin at one frame, its vertices in the order of its `FigureTrack`.

    World position = `origin_m` + count * `step_m`, for int16 counts.
    """

    character: Identifier
    origin_m: Vec3
    step_m: Annotated[float, Field(gt=0)]
    positions: Annotated[ArrayView, Field(description="int16 (n, 3).")]


class ThingTrack(Model):
    """A prop, or a part of the set that opens: one stiff shape and its way.

    A frame whose last element is 0 has it not.
    """

    name: str
    glass: bool
    world_from_thing: Annotated[
        ArrayView, Field(description="float64 (shot frames, 4, 4).")
    ]
    positions: Annotated[ArrayView, Field(description="float32 (n, 3), own space.")]
    normals: Annotated[ArrayView, Field(description="float32 (n, 3), own space.")]
    vertex_surface: Annotated[ArrayView, Field(description="uint16 (n,).")]
    triangles: Annotated[ArrayView, Field(description="uint32 (m, 3).")]


class CameraTrack(Model):
    """The camera at every frame of the shot."""

    world_from_camera: Annotated[ArrayView, Field(description="float64 (f, 4, 4).")]
    focal_length_mm: Annotated[ArrayView, Field(description="float64 (f,).")]
    focus_distance_m: Annotated[ArrayView, Field(description="float64 (f,).")]


class Line(Model):
    """A speech within the shot; `first_frame` counts from the shot's start."""

    first_frame: int
    length_frames: Annotated[int, Field(ge=1)]
    name: str
    text: str


class StageHeader(Model):
    """A shot as the stage widget shows it; arrays are views into one payload."""

    protocol_version: int = PROTOCOL_VERSION
    payload_bytes: Annotated[int, Field(ge=0)]
    scene: str
    slugline: str
    interior: bool
    size_m: Vec3
    rate: Rate
    shot: Shot
    move: Move
    subjects: tuple[str, ...]
    lines: tuple[Line, ...]
    surfaces: tuple[Surface, ...]
    set_mesh: SetMesh
    figures: tuple[FigureTrack, ...]
    things: tuple[ThingTrack, ...]
    camera: CameraTrack
    lights: tuple[Light, ...]
    light_colors: Annotated[
        tuple[RGB, ...],
        Field(description="Of each light as the camera records it; luminance 1."),
    ]
    exposure_ev100: float


class ShelfPiece(Model):
    """A set piece in stock; its picture has its number on the sheet, row by row."""

    name: str
    group: Group
    words: Annotated[str, Field(description="What it is also called.")]
    size_m: Vec3
    high_m: Annotated[float, Field(description="How high it hangs; 0: it stands.")]


class ShelfLamp(Model):
    """A lamp in stock."""

    name: str
    label: str
    role: LightRole
    color_temperature_k: float
    beam_deg: float | None
    soft: bool


class StageAnswer(Model):
    """What the browser says once it has decoded the payload and painted it."""

    protocol_version: int
    payload_bytes: Annotated[int, Field(ge=0)]
    payload_crc32: Annotated[int, Field(ge=0, lt=2**32)]
    triangles: Annotated[int, Field(ge=0)]
