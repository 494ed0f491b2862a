"""Where people and things are, as the camera department asks: by part and frame."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from previz.camera import Where
from previz.errors import UnknownNameError
from previz.model import Set
from previz.stage.landmarks import Landmarks
from previz.stage.pieces.build import world_from_piece

__all__ = ["places_of", "where_in"]

_REMEMBERED = 512
"""Answers kept: an operator who trails looks at many frames of the past."""
_AT_WINDOW_M = 2.0
"""Spots that are called after a window are no farther from it."""
_HAND_HIGH_M = 1.45


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


def places_of(set_: Set) -> dict[str, NDArray[np.float64]]:
    """Return where one looks at each spot and piece, the first of a name counting.

    At a window that is the glass before which the spot lies.
    """
    found: dict[str, NDArray[np.float64]] = {}
    glass = _glass(set_)
    for spot in set_.spots:
        x, y, z = spot.position_m
        near = [g for g in glass if np.hypot(g[0] - x, g[2] - z) < _AT_WINDOW_M]
        if near and "window" in spot.words:
            away = [float(np.hypot(g[0] - x, g[2] - z)) for g in near]
            found.setdefault(spot.name, near[int(np.argmin(away))])
        found.setdefault(spot.name, np.array([x, y + 1.15 if y < 0.3 else y, z]))
    for piece in set_.pieces:
        x, y, z = piece.position_m
        found.setdefault(piece.id, np.array([x, y + 0.6 * piece.size_m[1], z]))
    found.pop("", None)
    return found


def _glass(set_: Set) -> list[NDArray[np.float64]]:
    """Return the middle of each window's glass, no higher than a hand goes easily."""
    found = []
    for piece in set_.pieces:
        for hole in piece.openings:
            if hole.kind == "window":
                high = min(hole.y_m + hole.height_m / 2, max(hole.y_m, _HAND_HIGH_M))
                at = np.array([hole.x_m, high, 0.0])
                found.append(world_from_piece(piece) @ at + piece.position_m)
    return found
