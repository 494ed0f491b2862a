"""In what medium pictures are made: as filmed, or as a hand would draw them."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from previz.errors import UnknownNameError

__all__ = ["Medium"]


class Medium(StrEnum):
    """What a picture is made of; the framing is the same in all."""

    NATURAL = "natural"
    CLAY = "clay"
    NOIR = "noir"
    INK = "ink"
    PENCIL = "pencil"
    STORYBOARD = "storyboard"
    WATERCOLOUR = "watercolour"

    @classmethod
    def of(cls, name: Medium | str) -> Self:
        """Return the medium of a name.

        Raises:
            UnknownNameError: If there is none.
        """
        try:
            return cls(str(name).strip().lower())
        except ValueError:
            raise UnknownNameError("look", str(name), [m.value for m in cls]) from None
