"""Where people and things are, as the camera department asks: by part and frame."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.camera import Where
from previz.errors import UnknownNameError
from previz.stage.landmarks import Landmarks

__all__ = ["where_in"]

_REMEMBERED = 512
"""Answers kept: an operator who trails looks at many frames of the past."""


def where_in(
    landmarks: Callable[[str, int], Landmarks | None],
    middle: Callable[[str, int], NDArray[np.float64] | None],
    *,
    things: Collection[str],
    first_frame: int,
) -> Where:
    """Return a function that says where a part of somebody is at a shot frame.

    A thing has one part: its middle.

    Args:
        landmarks: Of a character at a scene frame; None where nobody is.
        middle: Of a thing at a scene frame; None where it is not.
        things: Names of props, set pieces and parts that open.
        first_frame: Scene frame of the shot's first.
    """

    @lru_cache(maxsize=_REMEMBERED)
    def where(subject: str, part: str, frame: int) -> NDArray[np.float64] | None:
        if part not in _PARTS:
            raise UnknownNameError("Aim.part", part, _PARTS)
        if subject in things:
            return middle(subject, first_frame + frame)
        found = landmarks(subject, first_frame + frame)
        return None if found is None else _PARTS[part](found)

    return where


_PARTS: dict[str, Callable[[Landmarks], NDArray[np.float64]]] = {
    "eyes": lambda marks: marks.eyes,
    "head": lambda marks: (marks.head_top + marks.chin) / 2,
    "chest": lambda marks: marks.shoulders,
    "hips": lambda marks: marks.hips,
    "feet": lambda marks: marks.feet,
}
