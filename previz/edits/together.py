"""Several edits as one step: what is moved or taken out at once is undone at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Literal

from pydantic import Field

from previz.edits.blocking import MoveMark, RemoveMark
from previz.edits.camera import MoveKey, RemoveKey
from previz.edits.dressing import DressPiece
from previz.edits.edit import AbstractEdit
from previz.edits.lamps import AddLight, DuplicateLight, RemoveLight
from previz.edits.people import RemovePerson
from previz.edits.pieces import AddPiece, DuplicatePiece, RemovePiece
from previz.edits.place import PlacePiece, SetLight
from previz.errors import UnknownNameError
from previz.model import Film
from previz.stage import NO_ASSETS, Assets

__all__ = ["Together"]

Part = Annotated[
    MoveKey
    | RemoveKey
    | MoveMark
    | RemoveMark
    | PlacePiece
    | DressPiece
    | AddPiece
    | DuplicatePiece
    | RemovePiece
    | RemovePerson
    | SetLight
    | AddLight
    | DuplicateLight
    | RemoveLight,
    Field(discriminator="kind"),
]
_MOST_TOLD = 2


class Together(AbstractEdit):
    """Do several things on the stage as one step; all of them or none.

    They are done in order, each to the film that the one before left.
    """

    kind: Literal["together"] = "together"
    edits: Annotated[tuple[Part, ...], Field(min_length=1, max_length=200)]

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with all of them made."""
        for edit in self.edits:
            film = edit.apply(film, assets=assets)
        return film

    def words(self, film: Film) -> str:
        """Say the first of them, and how many more there are."""
        said = list(islice(self._said(film), _MOST_TOLD))
        where, colon, _ = said[0].partition(": ")
        told = [said[0], *(s.removeprefix(where + colon) for s in said[1:])]
        rest = len(self.edits) - len(told)
        return ", ".join(told) + (f" and {rest} more" if rest else "")

    def _said(self, film: Film) -> Iterator[str]:
        """Yield what is said of the edits that are called otherwise than before."""
        known: set[str] = set()
        for index, edit in enumerate(self.edits):
            try:
                words = edit.words(film)
            except UnknownNameError:
                # It may be about what one before it brought.
                words = edit.words(_after(film, self.edits[:index]))
            if words not in known:
                known.add(words)
                yield words


def _after(film: Film, edits: tuple[Part, ...]) -> Film:
    for edit in edits:
        film = edit.apply(film)
    return film
