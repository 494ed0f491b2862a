"""An entry of the history as text: what it put in the place of what in film.json."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from previz.errors import ModelError
from previz.model import Model

__all__ = ["Patch", "digest", "patch_of"]

_Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_MOST_WORDS = 2000


class Patch(Model):
    """What is put in the place of what, between two versions of a text."""

    words: Annotated[str, Field(max_length=_MOST_WORDS)]
    start: Annotated[int, Field(ge=0, description="In characters.")]
    removed: str
    inserted: str
    before: _Digest
    after: _Digest

    @property
    def size(self) -> int:
        """How many characters it holds."""
        return len(self.removed) + len(self.inserted) + len(self.words)

    def forth(self, text: str) -> str:
        """Return the text after it.

        Raises:
            ModelError: If that is not the text it was made for.
        """
        return self._put(text, self.removed, self.inserted, self.after)

    def back(self, text: str) -> str:
        """Return the text before it.

        Raises:
            ModelError: If that is not the text it was made for.
        """
        return self._put(text, self.inserted, self.removed, self.before)

    def _put(self, text: str, old: str, new: str, expected: str) -> str:
        made = text[: self.start] + new + text[self.start + len(old) :]
        if digest(made) != expected:
            raise ModelError(
                f"Patch.start must fit the film's text, got another at {self.start} "
                f"in {self.words!r:.80}. Open the film without its history."
            )
        return made


def patch_of(words: str, before: str, after: str) -> Patch:
    """Return what lies between the common beginning and the common end of two texts."""
    most = min(len(before), len(after))
    start = _longest(most, lambda n: before[:n] == after[:n])
    end = _longest(
        most - start,
        lambda n: before[len(before) - n :] == after[len(after) - n :],
    )
    return Patch(
        words=words[:_MOST_WORDS],
        start=start,
        removed=before[start : len(before) - end],
        inserted=after[start : len(after) - end],
        before=digest(before),
        after=digest(after),
    )


def digest(text: str) -> str:
    """Return the name of a version of a text, 32 hexadecimal digits."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _longest(most: int, agrees: Callable[[int], bool]) -> int:
    """Return the largest number that agrees, where all smaller ones do."""
    low = 0
    while low < most:
        middle = (low + most + 1) // 2
        low, most = (middle, most) if agrees(middle) else (low, middle - 1)
    return low
