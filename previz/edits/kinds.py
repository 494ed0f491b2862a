"""Every kind of edit, by its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, get_args

from pydantic import Field

from previz.edits.blocking import AddMark, MoveMark, RemoveMark, TimeMark
from previz.edits.camera import (
    AddKey,
    FrameOn,
    MoveKey,
    RemoveKey,
    SetFocus,
    SetLens,
    SetMoves,
    SetRig,
    SetStop,
)
from previz.edits.cast import (
    AddReference,
    RemoveReference,
    SetBody,
    SetSeed,
    SetWardrobe,
)
from previz.edits.covering import CoverScene
from previz.edits.cut import (
    DuplicateShot,
    MergeShots,
    ReorderShots,
    SplitShot,
)
from previz.edits.dressing import DressPiece
from previz.edits.easing import EaseKey, TimeMove
from previz.edits.keying import MoveKeys, RemoveKeys
from previz.edits.lamps import AddLight, DuplicateLight, RemoveLight
from previz.edits.notes import AddNote, RemoveNote, SetStatus
from previz.edits.operating import RecordMove, Reframe
from previz.edits.people import AddPerson, RemovePerson
from previz.edits.pieces import AddPiece, DuplicatePiece, RemovePiece
from previz.edits.place import PlacePiece, SetLight
from previz.edits.putting import PutKeys
from previz.edits.reframed import FrameAgain
from previz.edits.setups import AddCamera
from previz.edits.together import Together
from previz.edits.trims import SlideShot, SlipShot, TrimHead, TrimShot
from previz.errors import ModelError, UnknownNameError

__all__ = ["KINDS", "Edit", "edit_of"]

_Any = (
    MoveKey
    | AddKey
    | RemoveKey
    | SetLens
    | SetStop
    | SetFocus
    | SetMoves
    | SetRig
    | FrameOn
    | FrameAgain
    | Reframe
    | RecordMove
    | MoveKeys
    | RemoveKeys
    | PutKeys
    | EaseKey
    | TimeMove
    | MoveMark
    | TimeMark
    | AddMark
    | RemoveMark
    | PlacePiece
    | DressPiece
    | AddPiece
    | DuplicatePiece
    | RemovePiece
    | SetLight
    | AddLight
    | DuplicateLight
    | RemoveLight
    | AddPerson
    | RemovePerson
    | AddCamera
    | Together
    | SetBody
    | SetWardrobe
    | SetSeed
    | AddReference
    | RemoveReference
    | CoverScene
    | ReorderShots
    | TrimShot
    | TrimHead
    | SlipShot
    | SlideShot
    | SplitShot
    | DuplicateShot
    | MergeShots
    | AddNote
    | RemoveNote
    | SetStatus
)

Edit = Annotated[_Any, Field(discriminator="kind")]
"""Any edit; which one, its `kind` says."""

KINDS: dict[str, type[_Any]] = {
    str(one.model_fields["kind"].default): one for one in get_args(_Any)
}
"""The class of each kind."""


def edit_of(fields: Mapping[str, Any]) -> _Any:
    """Return the edit that a mapping says, such as came from a browser.

    Raises:
        UnknownNameError: If there is no such kind; lists those there are.
        ModelError: If a field breaks its rule, is missing or is unknown.
    """
    kind = fields.get("kind")
    if not isinstance(kind, str):
        raise ModelError(
            f"Edit.kind must be the name of an edit, got {kind!r}. Pass such as "
            '"set_lens".'
        )
    if kind not in KINDS:
        raise UnknownNameError("Edit.kind", kind[:80], KINDS)
    return KINDS[kind](**dict(fields))
