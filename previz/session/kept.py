"""The history beside the film, so that undo goes on after the kernel was restarted.

`undo.json` has for each entry what it changed in the text of film.json. It is written
before film.json: a kernel that is killed in between leaves a film that is one of the
chain all the same, and the entry can be redone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from previz.errors import ModelError
from previz.folder import UNDO_JSON, write_atomic
from previz.model import Film, Model, film_from_json
from previz.session.history import AnyStep
from previz.session.patch import Patch, digest, patch_of

__all__ = ["KeptHistory", "KeptStep"]

_MOST_STEPS = 100
"""So many entries each way can be made undone by the next kernel."""
_MOST_CHARACTERS = 8_000_000
_MOST_BYTES = 64 << 20
_ASIDE = "undo-set-aside.json"


class _Kept(Model):
    previz_history: Literal[1] = 1
    at: Annotated[int, Field(ge=0, description="So many are done.")]
    steps: Annotated[tuple[Patch, ...], Field(max_length=2 * _MOST_STEPS)]


@dataclass(frozen=True, eq=False)
class KeptStep:
    """An entry of an earlier kernel; its films are read when they are asked for."""

    patch: Patch
    number: int
    kept: KeptHistory

    @property
    def words(self) -> str:
        """As it is called on a set."""
        return self.patch.words

    @property
    def before(self) -> Film:
        """The film before it."""
        return self.kept.film_at(self.number)

    @property
    def after(self) -> Film:
        """The film after it."""
        return self.kept.film_at(self.number + 1)


class KeptHistory:
    """The newest entries of a film's history, in its folder.

    Args:
        folder: The film's folder.

    Attributes:
        trouble: What was found there and set aside; empty for nothing.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / UNDO_JSON
        self.trouble = ""
        self._patches: dict[AnyStep, Patch] = {}
        self._texts: list[tuple[Film, str]] = []
        self._written = ""
        self._recalled: tuple[Patch, ...] = ()
        self._cursor, self._text = 0, ""

    def recall(self, film: Film) -> tuple[list[KeptStep], list[KeptStep]]:
        """Return the entries that led to a film, and those undone, in order of time.

        A file that is torn, or the history of another film, is set aside.
        """
        try:
            kept = self._read()
            text = self._text_of(film)
            at = _place_of(digest(text), kept)
            _check(kept.steps, at, text)
        except FileNotFoundError:
            return [], []
        except (OSError, ModelError) as error:
            self._put_aside(error)
            return [], []
        self._recalled, self._cursor, self._text = kept.steps, at, text
        steps = [KeptStep(patch, i, self) for i, patch in enumerate(kept.steps)]
        return steps[:at], steps[at:]

    def film_at(self, number: int) -> Film:
        """Return the film after so many of the recalled entries.

        Raises:
            ModelError: If that is no film.
        """
        while self._cursor > number:
            self._text = self._recalled[self._cursor - 1].back(self._text)
            self._cursor -= 1
        while self._cursor < number:
            self._text = self._recalled[self._cursor].forth(self._text)
            self._cursor += 1
        return film_from_json(self._text)

    def write(self, done: Sequence[AnyStep], undone: Sequence[AnyStep]) -> None:
        """Keep the newest entries; those undone are in order of time.

        Raises:
            FilmFolderError: If the folder cannot be written.
        """
        past, future = done[-_MOST_STEPS:], undone[:_MOST_STEPS]
        self._patches = {step: self._patch(step) for step in (*past, *future)}
        newest_first = [self._patches[step] for step in reversed(past)]
        steps = tuple(_chained(newest_first, back=True))[::-1]
        after = tuple(_chained([self._patches[step] for step in future], back=False))
        kept = _Kept(at=len(steps), steps=steps + after)
        text = kept.model_dump_json()
        if text != self._written and (kept.steps or self._path.exists()):
            write_atomic(self._path, text)
            self._written = text

    def _patch(self, step: AnyStep) -> Patch:
        if isinstance(step, KeptStep):
            return step.patch
        known = self._patches.get(step)
        if known is not None:
            return known
        before, after = self._text_of(step.before), self._text_of(step.after)
        return patch_of(step.words, before, after)

    def _text_of(self, film: Film) -> str:
        for known, text in self._texts:
            if known is film:
                return text
        text = film.to_json()
        self._texts = [*self._texts[-1:], (film, text)]
        return text

    def _read(self) -> _Kept:
        size = self._path.stat().st_size
        if self._path.is_symlink() or size > _MOST_BYTES:
            raise ModelError(
                f"History.size must be <= {_MOST_BYTES >> 20} MiB in a file of its "
                f"own, got {size >> 20} MiB."
            )
        return _Kept.from_json(self._path.read_bytes())

    def _put_aside(self, why: Exception) -> None:
        aside = self._path.with_name(_ASIDE)
        # In a folder that cannot be written it stays where it is.
        with contextlib.suppress(OSError):
            self._path.replace(aside)
        self.trouble = (
            f"FilmFolder.undo must be the history of its film.json, got another: "
            f"{why!s:.200} The film is whole; what can be undone begins anew, and "
            f"what was there is kept as {aside.name}."
        )


def _place_of(name: str, kept: _Kept) -> int:
    """Return how many entries led to a version; the likeliest where several could."""
    versions = [patch.before for patch in kept.steps[:1]]
    versions += [patch.after for patch in kept.steps]
    places = [place for place, version in enumerate(versions) if version == name]
    if not places and kept.steps:
        raise ModelError("Film.json is none of its versions.")
    return min(places, key=lambda place: abs(place - kept.at), default=0)


def _check(steps: Sequence[Patch], at: int, text: str) -> None:
    """Go through all versions once.

    Raises:
        ModelError: If one does not come from the one beside it.
    """
    back = forth = text
    for patch in reversed(steps[:at]):
        back = patch.back(back)
    for patch in steps[at:]:
        forth = patch.forth(forth)


def _chained(patches: Sequence[Patch], *, back: bool) -> Iterator[Patch]:
    """Yield as many as follow from each other, away from now, and have room."""
    room, version = _MOST_CHARACTERS, ""
    for patch in patches:
        near, far = patch.before, patch.after
        if back:
            near, far = far, near
        room -= patch.size
        if room < 0 or version not in ("", near):
            return
        version = far
        yield patch
