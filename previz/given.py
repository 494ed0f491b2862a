"""What a caller gives at the façade, checked before anything is done with it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from numbers import Integral, Real
from pathlib import Path

from previz.errors import FilmFolderError, ModelError

__all__ = ["amount_given", "is_whole", "names_given", "path_given"]


def path_given(value: object, field: str) -> Path:
    """Return a path that was given, its `~` filled in.

    Args:
        value: Text or a path.
        field: What it is, as `Thing.field`.

    Raises:
        FilmFolderError: If it is neither, empty, or holds a null byte.
    """
    text = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if isinstance(text, str) and text and "\0" not in text:
        return Path(text).expanduser()
    raise FilmFolderError(
        f"{field} must be a path, got {_short(value)}. Write such as 'out/2B'."
    )


def names_given(value: object, field: str, example: str) -> tuple[str, ...]:
    """Return names that were given; one of them may stand alone.

    Args:
        value: A name, or several.
        field: What they are, as `Thing.field`.
        example: How they are written.

    Raises:
        ModelError: If they are no names.
    """
    names = (value,) if isinstance(value, str) else value
    if isinstance(names, Iterable) and not isinstance(names, bytes):
        found = tuple(names)
        if all(isinstance(name, str) for name in found):
            return found
    raise ModelError(
        f"{field} must be a name or a list of names, got {_short(value)}. "
        f"Write {example}."
    )


def amount_given(value: object, field: str, otherwise: str) -> float | None:
    """Return a number above 0 that was given, or None where none was.

    Args:
        value: What was given.
        field: What it is, as `Thing.field`.
        otherwise: What to do instead.

    Raises:
        ModelError: If it is no such number.
    """
    if value is None:
        return None
    if not isinstance(value, bool) and isinstance(value, Real):
        try:
            amount = float(value)
        except OverflowError:
            amount = math.inf
        if amount > 0:
            return amount
    raise ModelError(f"{field} must be a number > 0, got {_short(value)}. {otherwise}")


def is_whole(value: object) -> bool:
    """Tell whether a value is a whole number; True and False are none."""
    return not isinstance(value, bool) and isinstance(value, Integral)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:59]}…"
