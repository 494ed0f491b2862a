"""The errors previz raises for a user's mistake or a machine's lack.

    PrevizError(ValueError)
    ├── ModelError          a value that a film cannot hold
    ├── ScriptError         a screenplay that cannot be read (names file and line)
    ├── UnknownNameError    a name that is not in a list (lists the choices)
    ├── AssetError          a mesh or motion that cannot be imported
    ├── FilmFolderError     a film folder that cannot be opened or written
    ├── GenerateError       a picture model that cannot be used, or that failed
    ├── TraceError          a path trace that was stopped or whose process failed
    ├── PromoteError        a promotion that cannot be queued, made or kept
    └── MissingRuntimeError something this machine lacks (says how to get it)

Every message has the house form:
`<Thing.field> must be <rule>, got <value>. <What to do>.`
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from pathlib import Path

__all__ = [
    "AssetError",
    "FilmFolderError",
    "GenerateError",
    "MissingRuntimeError",
    "ModelError",
    "PrevizError",
    "PromoteError",
    "ScriptError",
    "TraceError",
    "UnknownNameError",
    "check_asked",
    "nearest",
]


_NEAREST = 12
_ALIKE = 0.3
_MOST_LISTED = 30
"""So many choices can be read; a film has hundreds of slates."""


class PrevizError(ValueError):
    """A mistake the user can mend; the message says how.

    Args:
        message: What is wrong and what to do, in the house form.
        plain: The same for somebody who drags and sees no names of fields; empty where
            the message does.
    """

    def __init__(self, message: str = "", *, plain: str = "") -> None:
        super().__init__(message)
        self.plain = plain


class ModelError(PrevizError):
    """A value that a film cannot hold."""


class ScriptError(PrevizError):
    """A screenplay that cannot be read.

    Args:
        message: What is wrong and what to do.
        source: The file, where there is one.
        line: Line in the file, counted from 1; 0 when no one line is to blame.
    """

    def __init__(
        self, message: str, *, source: Path | str | None = None, line: int = 0
    ) -> None:
        where = str(source) if source is not None else "screenplay"
        super().__init__(
            f"{where}:{line}: {message}" if line else f"{where}: {message}"
        )
        self.source = source
        self.line = line


class UnknownNameError(PrevizError):
    """A name that is not among the known ones.

    Args:
        thing: What was looked up, as `Thing.field`.
        name: The name that was given.
        choices: The names that would have worked.
    """

    def __init__(self, thing: str, name: str, choices: Iterable[str]) -> None:
        known = sorted(set(choices))
        near = nearest(str(name), known)
        hint = f"Did you mean {near[0]!r}?" if near else "Pass one of these."
        listed = _listed(known, str(name))
        super().__init__(f"{thing} must be one of {listed}, got {name!r}. {hint}")
        self.name = name
        self.choices = known


def check_asked(
    thing: str, asked: Iterable[str], function: Callable[..., object]
) -> None:
    """Refuse keywords that a function does not take, or a lack of one it needs.

    Args:
        thing: What was called, such as "Film.block".
        asked: The keywords that it was called with.
        function: What they are for.

    Raises:
        UnknownNameError: If there is no such keyword.
        ModelError: If one is missing.
    """
    import inspect

    took = inspect.signature(function).parameters.values()
    named = [one for one in took if one.kind is one.KEYWORD_ONLY]
    open_ended = any(one.kind is one.VAR_KEYWORD for one in took)
    known = [one.name for one in named if one.name != "assets"]
    asked = set(asked)
    for name in sorted(asked - set(known)):
        if not open_ended and name != "assets":
            raise UnknownNameError(f"{thing}.keyword", name, known)
    for one in named:
        if one.default is one.empty and one.name not in asked:
            raise ModelError(
                f"{thing}.{one.name} must be given, got nothing. Pass a value for it."
            )


def nearest(name: str, choices: Iterable[str], *, least: float = 0.6) -> list[str]:
    """Return the choices that a misspelt name may mean, the nearest first.

    Case tells nothing: 2a is 2A, Ann is ann.
    """
    folded: dict[str, str] = {}
    for choice in choices:
        folded.setdefault(choice.casefold(), choice)
    near = difflib.get_close_matches(name.casefold(), folded, n=_NEAREST, cutoff=least)
    return [folded[found] for found in near]


def _listed(known: list[str], name: str) -> str:
    """Return the choices, or of very many those most like a name and the first."""
    if len(known) <= _MOST_LISTED:
        return ", ".join(known) or "(none)"
    alike = nearest(name, known, least=_ALIKE)
    shown = list(dict.fromkeys([*alike, *known]))[:_MOST_LISTED]
    return f"{', '.join(shown)} … ({len(known)} in all)"


class AssetError(PrevizError):
    """A mesh or motion that cannot be imported."""


class FilmFolderError(PrevizError):
    """A film folder that cannot be opened or written."""


class GenerateError(PrevizError):
    """A picture model that cannot be used, was stopped or made no picture."""


class TraceError(PrevizError):
    """A path trace that was stopped, or whose process failed."""


class PromoteError(PrevizError):
    """A promotion that cannot be queued, was stopped, or whose take is not sound."""


class MissingRuntimeError(PrevizError):
    """Something this machine lacks; the message says how to get it."""
