"""What the kernel says to pages: the film as lists show it, pictures, answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct.fitting import Fitted
from previz.edits.reframed import Shifted
from previz.model import (
    RGB,
    Angle,
    Blocking,
    Character,
    Coverage,
    ElementKind,
    Identifier,
    Light,
    Medium,
    Model,
    Move,
    Note,
    Prop,
    Rate,
    Set,
    Shot,
    ShotSize,
    Status,
    Swing,
    TimeOfDay,
    Vec3,
)
from previz.widgets.protocol import (
    MESSAGES_VERSION,
    ArrayView,
    CameraTrack,
    Figure,
    ShelfLamp,
    ShelfPiece,
    StageHeader,
)
from previz.widgets.queue_messages import ToQueuePage

__all__ = [
    "BeatCard",
    "ColorShare",
    "CoverageSent",
    "FiguresSent",
    "FilmCard",
    "FilmSent",
    "FittingSent",
    "HistoryEntry",
    "HistorySent",
    "LostSent",
    "Picked",
    "PictureSent",
    "PlaceSent",
    "QueueTold",
    "ReferenceSent",
    "Refused",
    "SceneCard",
    "SceneSent",
    "ShelfSent",
    "ShotCard",
    "Snapped",
    "Spent",
    "StageBlock",
    "StageSent",
    "TracksSent",
    "Walk",
]


class BeatCard(Model):
    """A story moment of a scene; frames count from the scene's first."""

    id: Identifier
    kind: ElementKind
    character: Annotated[str, Field(description="Id of who speaks or acts.")]
    name: Annotated[str, Field(description="Theirs, as it is read.")]
    text: str
    start_frame: int
    length_frames: int


class ShotCard(Model):
    """A shot as lists show it; `tracks` has the whole of it."""

    id: Identifier
    slate: str
    first_frame: Annotated[int, Field(description="In its scene.")]
    length_frames: int
    coverage: Coverage
    size: ShotSize
    angle: Angle
    subjects: tuple[Identifier, ...]
    focal_length_mm: float
    t_stop: float
    move: Move
    aspect: Annotated[float, Field(description="Width over height of the picture.")]
    medium: Medium
    status: Status
    notes: tuple[Note, ...]
    note: Annotated[str, Field(description="Of who planned it.")]


class SceneCard(Model):
    """A scene as lists and the timeline show it."""

    id: Identifier
    number: str
    slugline: str
    time_of_day: TimeOfDay
    interior: bool
    first_frame: Annotated[int, Field(description="In the film.")]
    length_frames: int
    characters: tuple[Identifier, ...]
    beats: tuple[BeatCard, ...]
    shots: tuple[ShotCard, ...]


class FilmCard(Model):
    """The film without sets and paths."""

    title: str
    rate: Rate
    length_frames: int
    generator: Annotated[
        str, Field(description="What makes the pictures; empty: plain shading.")
    ]
    characters: tuple[Character, ...]
    scenes: tuple[SceneCard, ...]


class _ToPage(Model):
    v: Literal[1] = MESSAGES_VERSION


class FilmSent(_ToPage):
    """The whole film, at first and after an edit that changes more than one scene."""

    kind: Literal["film"] = "film"
    revision: int
    film: FilmCard


class SceneSent(_ToPage):
    """One scene in place of the one with its id."""

    kind: Literal["scene"] = "scene"
    revision: int
    scene: SceneCard


class TracksSent(_ToPage):
    """An open shot and its camera at every frame; the buffer has the arrays."""

    kind: Literal["tracks"] = "tracks"
    revision: int
    shot: Shot
    camera: CameraTrack
    key_frames: Annotated[
        tuple[int, ...], Field(description="Shot frame of each pose of the path.")
    ]
    key_shares: Annotated[
        tuple[float, ...], Field(description="Share of the path behind each, 0 to 1.")
    ]
    travel: Annotated[
        ArrayView, Field(description="float64 (f,): share of the path at each frame.")
    ]
    path_m: Annotated[float, Field(description="Length of the path.")]
    payload_bytes: int


class Walk(Model):
    """Where a character's hips are over the floor, every `step_frames` of the scene."""

    character: Identifier
    first_frame: int
    step_frames: int
    points_m: tuple[Vec3, ...]


class PlaceSent(_ToPage):
    """The open shot's scene: set, lights, blocking, what moves, the ways people go."""

    kind: Literal["place"] = "place"
    revision: int
    scene: Identifier
    set: Set
    lights: tuple[Light, ...]
    blocking: tuple[Blocking, ...]
    props: tuple[Prop, ...]
    swings: tuple[Swing, ...]
    walks: tuple[Walk, ...]


class StageBlock(Model):
    """A piece of a stage's payload, named by its content."""

    key: str
    size_bytes: int
    sent: Annotated[bool, Field(description="Whether the buffer has it.")]


class StageSent(_ToPage):
    """A shot as the stage shows it; the buffer has those blocks that were not known.

    `shot` is the id of the shot that `header.shot` was baked from. The payload of the
    header's arrays is all blocks in order.
    """

    kind: Literal["stage"] = "stage"
    revision: int
    shot: Identifier
    header: StageHeader
    blocks: tuple[StageBlock, ...]


class FiguresSent(_ToPage):
    """People at one frame while a drag moves them; the buffer has the arrays."""

    kind: Literal["figures"] = "figures"
    revision: int
    shot: Identifier
    frame: int
    figures: tuple[Figure, ...]


class Spent(Model):
    """What the parts of a picture took, in milliseconds."""

    stage_ms: Annotated[float, Field(description="What is where.")]
    light_ms: Annotated[float, Field(description="Light that changed, if any.")]
    picture_ms: Annotated[float, Field(description="Shading and network.")]
    jpeg_ms: float


class PictureSent(_ToPage):
    """The frame that `page` asked for by this number; the buffer is a JPEG.

    `light_is_whole` is false while light that changed is still being worked out: ask
    again when painted, and it will have gone further.
    """

    kind: Literal["picture"] = "picture"
    page: str
    number: int
    revision: int
    shot: Identifier
    frame: int
    width_px: int
    height_px: int
    ms: Annotated[
        float, Field(description="What it took to make, maybe ahead of the question.")
    ]
    spent: Spent
    light_is_whole: bool


class FittingSent(_ToPage):
    """The character that `page` asked to see by this number; the buffer is a JPEG.

    The whole figure stands on a scale: `middle_m` is the height that the middle of
    the picture shows, `field_m` how much its height spans there.
    """

    kind: Literal["fitting"] = "fitting"
    page: str
    number: int
    revision: int
    character: Identifier
    yaw_deg: float
    fitted: Fitted
    width_px: int
    height_px: int
    middle_m: float
    field_m: float
    ms: Annotated[float, Field(description="From the question's arrival.")]


class ColorShare(Model):
    """A colour of a picture, and how much of the picture has it."""

    color: RGB
    share: float


class ReferenceSent(_ToPage):
    """A picture that is pinned up and its colours; the buffer is a JPEG."""

    kind: Literal["reference"] = "reference"
    picture: str
    palette: tuple[ColorShare, ...]


class HistoryEntry(Model):
    """A step in film words, such as "2B: 35 → 85 mm"."""

    words: str


class HistorySent(_ToPage):
    """The steps made, oldest first; those from `at` on are taken back."""

    kind: Literal["history"] = "history"
    revision: int
    entries: tuple[HistoryEntry, ...]
    at: int


class Refused(_ToPage):
    """What was asked for was not done, and why; the film is as before."""

    kind: Literal["refused"] = "refused"
    page: str
    asked: Annotated[str, Field(description="The kind of the message refused.")]
    text: str


class LostSent(_ToPage):
    """Shots no longer frame somebody who was cast anew; `shots` frames them again."""

    kind: Literal["lost"] = "lost"
    text: str
    shots: tuple[Shifted, ...]


class Picked(_ToPage):
    """What is at the place that `page` asked about; nothing: sky."""

    kind: Literal["picked"] = "picked"
    page: str
    shot: Identifier
    frame: int
    distance_m: Annotated[
        float | None, Field(description="From the sensor along the optical axis.")
    ]
    what: str
    character: Annotated[str, Field(description="Id, where it is a person.")]
    piece: Annotated[str, Field(description="Id, where it is a set piece.")]
    point_m: Vec3 | None


class CoverageSent(_ToPage):
    """A scene as a style would cover it, for `page` to compare; the film is as it was.

    `words` says what the style does.
    """

    kind: Literal["coverage"] = "coverage"
    page: str
    revision: int
    style: str
    words: str
    scene: SceneCard


class ShelfSent(_ToPage):
    """What is in stock; the buffer is a PNG sheet of the pieces' pictures."""

    kind: Literal["shelf"] = "shelf"
    pieces: tuple[ShelfPiece, ...]
    lamps: tuple[ShelfLamp, ...]
    columns: int
    tile_width_px: int
    tile_height_px: int


class Snapped(_ToPage):
    """The still that `page` asked for; the buffer is a PNG."""

    kind: Literal["snapped"] = "snapped"
    page: str
    shot: Identifier
    frame: int
    width_px: int
    height_px: int


class QueueTold(_ToPage):
    """What `page` asked of the promotions; the buffer is its pictures, one by one."""

    kind: Literal["queue"] = "queue"
    page: str
    told: ToQueuePage
    sizes_bytes: Annotated[tuple[int, ...], Field(description="Of each picture.")]
