"""What the studio's page and the kernel say to each other, as comm messages.

Each message is one JSON object with `v` and `kind`; arrays and pictures travel in the
buffers beside it. After an edit run `python -m previz.widgets.schema`, and raise
`MESSAGES_VERSION` where the other side of an older version would misread it.

A page is one view in one browser tab; it names itself by a word of its own choice, so
that an answer finds whoever asked although the kernel tells all pages everything.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from previz.widgets.asked import (
    AskCoverage,
    AskFitting,
    AskPicture,
    AskReference,
    AskShelf,
    Bye,
    Cancel,
    Covering,
    DropPicture,
    EditAsked,
    Hello,
    OpenShot,
    Painted,
    Pick,
    QueueAsked,
    Redo,
    Snapshot,
    Undo,
)
from previz.widgets.protocol import MESSAGES_VERSION
from previz.widgets.told import (
    BeatCard,
    ColorShare,
    CoverageSent,
    FiguresSent,
    FilmCard,
    FilmSent,
    FittingSent,
    HistoryEntry,
    HistorySent,
    LostSent,
    Picked,
    PictureSent,
    PlaceSent,
    QueueTold,
    ReferenceSent,
    Refused,
    SceneCard,
    SceneSent,
    ShelfSent,
    ShotCard,
    Snapped,
    Spent,
    StageBlock,
    StageSent,
    TracksSent,
    Walk,
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
    "LostSent",
    "OpenShot",
    "Painted",
    "Part",
    "Pick",
    "Picked",
    "PictureSent",
    "PlaceSent",
    "QueueAsked",
    "QueueTold",
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
    "queue",
]
PARTS: tuple[Part, ...] = (
    "outliner", "stage", "monitor", "timeline", "inspector", "boards", "history",
    "cast", "curves", "queue",
)  # fmt: skip

FromPage: TypeAlias = (
    Hello | Bye | EditAsked | Cancel | Undo | Redo | AskPicture | AskCoverage
    | Painted | OpenShot | Pick | Snapshot | AskFitting | DropPicture | AskReference
    | AskShelf | QueueAsked
)  # fmt: skip
"""Everything that a page says, told apart by `kind`."""


ToPage: TypeAlias = (
    FilmSent | SceneSent | TracksSent | PlaceSent | StageSent | FiguresSent
    | PictureSent | HistorySent | Refused | Picked | CoverageSent | Snapped
    | FittingSent | ReferenceSent | ShelfSent | QueueTold | LostSent
)  # fmt: skip
"""Everything that the kernel says, told apart by `kind`."""
