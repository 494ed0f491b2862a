"""One thing to show: what it does, in which unit, where it is from, and its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from previz.gallery.location import Location, Take

__all__ = ["CHAPTERS", "Entry"]

CHAPTERS = ("Moves", "Rigs", "Framing", "Lens and body", "Light")


@dataclass(frozen=True)
class Entry:
    """One thing to show.

    Attributes:
        chapter: One of `CHAPTERS`.
        name: As it is called on a set; unique within the chapter.
        does: What one sees, in a sentence.
        unit: Of its amount; "" where it has none.
        source: Where the formula or the convention is from.
        location: Where it is filmed, one of `previz.gallery.location.LOCATIONS`.
        film: Makes the shot there.
        lasts_s: Length; 0 for a still.
        without: Makes the same shot with the effect off, shown beside it.
    """

    chapter: str
    name: str
    does: str
    unit: str
    source: str
    location: str
    film: Callable[[Location], Take]
    lasts_s: float = 0.0
    without: Callable[[Location], Take] | None = None
