"""What the studio's page and the kernel say to each other, as comm messages.

Each message is one JSON object with `v` and `kind`; arrays and pictures travel in the
buffers beside it. After an edit run `python -m previz.widgets.schema`, and raise
`MESSAGES_VERSION` where the other side of an older version would misread it.

A page is one view in one browser tab; it names itself by a word of its own choice, so
that an answer finds whoever asked although the kernel tells all pages everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from previz.direct.fitting import Fitted
from previz.edits import Edit, edit_of
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
    ArrayView,
    CameraTrack,
    Figure,
    ShelfLamp,
    ShelfPiece,
    StageHeader,
)

__all__ = [
    "MESSAGES_VERSION",
    "PARTS",
    "AskCoverage",
    "AskFitting",
    "AskPicture",
    "AskReference",
    "AskShelf",
    "BeatCard",
    "Bye",
    "Cancel",
    "ColorShare",
    "CoverageSent",
    "Covering",
    "DropPicture",
    "EditAsked",
    "FiguresSent",
    "FilmCard",
    "FilmSent",
    "FittingSent",
    "FromPage",
    "Hello",
    "HistoryEntry",
    "HistorySent",
    "OpenShot",
    "Painted",
    "Part",
    "Pick",
    "Picked",
    "PictureSent",
    "PlaceSent",
    "Redo",
    "ReferenceSent",
    "Refused",
    "SceneCard",
    "SceneSent",
    "ShelfSent",
    "ShotCard",
    "Snapped",
    "Snapshot",
    "Spent",
    "StageBlock",
    "StageSent",
    "ToPage",
    "TracksSent",
    "Undo",
    "Walk",
]

MESSAGES_VERSION: Literal[1] = 1

Part: TypeAlias = Literal[
    "outliner",
    "stage",
    "monitor",
    "timeline",
    "inspector",
    "boards",
    "history",
    "cast",
    "curves",
]
PARTS: tuple[Part, ...] = (
    "outliner", "stage", "monitor", "timeline", "inspector", "boards", "history",
    "cast", "curves",
)  # fmt: skip

Page = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9_-]*$")]
Name = Annotated[str, Field(max_length=80)]
BlockKey = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
FrameNumber = Annotated[int, Field(ge=0, le=10_000_000)]
Share = Annotated[float, Field(ge=0, le=1)]


class _FromPage(Model):
    v: Literal[1] = MESSAGES_VERSION
    page: Page = ""


class Hello(_FromPage):
    """A page has opened and wants to know everything."""

    kind: Literal["hello"] = "hello"


class Bye(_FromPage):
    """A page has closed; what it is not told it will not miss."""

    kind: Literal["bye"] = "bye"


def _read_edit(fields: object) -> object:
    """Read an edit by its kind alone, whose fault then is the one that is told."""
    return edit_of(fields) if isinstance(fields, Mapping) else fields


class EditAsked(_FromPage):
    """Change the film. Edits with one `drag` are one step of history.

    Within a drag each edit says where the drag now stands, counted from the film
    before it, and none but the newest need be sent; the one with `last` ends it.
    Where it is `pictured` the page asks for a picture of it at once, which is made
    before anything else that follows from the edit.
    """

    kind: Literal["edit"] = "edit"
    edit: Annotated[Edit, BeforeValidator(_read_edit)]
    drag: Name = ""
    last: bool = True
    pictured: bool = False


class Cancel(_FromPage):
    """Undo a drag that has not ended."""

    kind: Literal["cancel"] = "cancel"
    drag: Name


class Undo(_FromPage):
    """Take back the last step."""

    kind: Literal["undo"] = "undo"


class Redo(_FromPage):
    """Make the step that was taken back last again."""

    kind: Literal["redo"] = "redo"


class Covering(Model):
    """A scene, and the style in which it is covered."""

    scene: Name
    style: Annotated[str, Field(max_length=40)]


class AskPicture(_FromPage):
    """Ask for one frame; a page asks again only once the answer is painted.

    `board` asks for a panel: lit more coarsely, so that a film of many scenes opens
    in time. `coverage` says how the shot's scene is covered, if not as the film has
    it.
    """

    kind: Literal["ask_picture"] = "ask_picture"
    number: Annotated[int, Field(ge=0, le=2**53)]
    shot: Name
    frame: FrameNumber
    width_px: Annotated[int, Field(ge=64, le=1280)] = 256
    board: bool = False
    coverage: Covering | None = None


class AskCoverage(_FromPage):
    """Ask how a scene looks covered in a style; answered by `coverage`."""

    kind: Literal["ask_coverage"] = "ask_coverage"
    coverage: Covering


class Painted(_FromPage):
    """The picture of this number is on the screen."""

    kind: Literal["painted"] = "painted"
    number: Annotated[int, Field(ge=0, le=2**53)]


class OpenShot(_FromPage):
    """Show this shot; answered by its `tracks`, its `place`, and later its `stage`.

    `has` names the blocks of stages that the page still holds.
    """

    kind: Literal["open_shot"] = "open_shot"
    shot: Name
    has: Annotated[tuple[BlockKey, ...], Field(max_length=400)] = ()


class Pick(_FromPage):
    """Ask what is at a place of the picture, as shares from its top left corner."""

    kind: Literal["pick"] = "pick"
    shot: Name
    frame: FrameNumber
    x: Share
    y: Share


class AskFitting(_FromPage):
    """Ask for a picture of a character alone, turned so far from the camera.

    A page asks again only once the answer is painted.
    """

    kind: Literal["ask_fitting"] = "ask_fitting"
    number: Annotated[int, Field(ge=0, le=2**53)]
    character: Name
    yaw_deg: Annotated[float, Field(ge=-360, le=360)] = 0.0
    fitted: Fitted = "figure"
    height_px: Annotated[int, Field(ge=64, le=1080)] = 480


class DropPicture(_FromPage):
    """Pin up a picture that somebody is to look like; its file is the buffer."""

    kind: Literal["drop_picture"] = "drop_picture"
    character: Name
    name: Annotated[str, Field(max_length=120)] = ""


class AskReference(_FromPage):
    """Ask for a picture that is pinned up, by its SHA-256."""

    kind: Literal["ask_reference"] = "ask_reference"
    picture: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class AskShelf(_FromPage):
    """Ask what can be brought to the stage."""

    kind: Literal["ask_shelf"] = "ask_shelf"


class Snapshot(_FromPage):
    """Ask for a frame as a large still."""

    kind: Literal["snapshot"] = "snapshot"
    shot: Name
    frame: FrameNumber


FromPage: TypeAlias = (
    Hello | Bye | EditAsked | Cancel | Undo | Redo | AskPicture | AskCoverage
    | Painted | OpenShot | Pick | Snapshot | AskFitting | DropPicture | AskReference
    | AskShelf
)  # fmt: skip
"""Everything that a page says, told apart by `kind`."""


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
    ms: Annotated[float, Field(description="From the question's arrival.")]
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


ToPage: TypeAlias = (
    FilmSent | SceneSent | TracksSent | PlaceSent | StageSent | FiguresSent
    | PictureSent | HistorySent | Refused | Picked | CoverageSent | Snapped
    | FittingSent | ReferenceSent | ShelfSent
)  # fmt: skip
"""Everything that the kernel says, told apart by `kind`."""
