"""What a session tells: its entries, and each change as it comes about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from previz.model import Film

__all__ = ["AnyStep", "Change", "Entry", "Step"]


@dataclass(frozen=True)
class Entry:
    """One line of the history: an edit, or a whole drag.

    Attributes:
        words: As it is called on a set.
        done: False once it is undone and can be redone.
    """

    words: str
    done: bool = True


@dataclass(frozen=True)
class Change:
    """The film has become another.

    Attributes:
        revision: Of the session; each change has the next.
        before: The film before it.
        value: The film now.
        words: The edit in words; of an undo or a cancelled drag, what is taken back.
        way: How it came about.
        drag: The drag it belongs to; empty where there is none.
        open: Whether more edits of the drag may follow.
    """

    revision: int
    before: Film
    value: Film
    words: str
    way: Literal["edit", "undo", "redo", "cancel"]
    drag: str = ""
    open: bool = False


class AnyStep(Protocol):
    """An entry with what takes it back and makes it again."""

    @property
    def words(self) -> str:
        """As it is called on a set."""

    @property
    def before(self) -> Film:
        """The film before it."""

    @property
    def after(self) -> Film:
        """The film after it."""


@dataclass(frozen=True, eq=False)
class Step:
    """An entry with what takes it back and makes it again."""

    words: str
    before: Film
    after: Film
