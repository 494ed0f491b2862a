"""Shapes taken apart into compact parts, each about as long as it is wide."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage.bones import BONES

__all__ = ["LIMBS", "compact_parts"]

_LONG, _HALVINGS, _FEWEST = 1.45, 3, 8
"""What is by so much longer than wide is halved, so often at most, down to so few
points."""


def _limb(bone: str) -> str:
    """Return what a bone goes with: fingers with their hand, eyes with the head."""
    name, _, side = (
        bone.rpartition("_") if bone[-2:] in ("_l", "_r") else (bone, "", "")
    )
    if name.startswith(("thumb", "index", "fingers")):
        name = "hand"
    alike = {"eye": "head", "toe": "foot", "clavicle": "chest"}
    name = alike.get(name, name)
    return name if name in ("head", "chest") else name + side


_NAMES = [_limb(bone) for bone in BONES]

LIMBS: NDArray[np.int32] = np.array([_NAMES.index(x) for x in _NAMES], np.int32)
"""Of each bone the first that belongs to the same limb."""


def compact_parts(
    points: NDArray[np.float32], group: NDArray[np.int32]
) -> NDArray[np.int32]:
    """Return which part each point belongs to, counted from 0, shape (n,).

    Args:
        points: Of a shape at rest, metres, shape (n, 3).
        group: What is taken apart for itself, shape (n,).
    """
    part = np.zeros(len(points), np.int32)
    found = 0
    for name in np.unique(group):
        for rows in _halved(points, np.flatnonzero(group == name), _HALVINGS):
            part[rows] = found
            found += 1
    return part


def _halved(
    points: NDArray[np.float32], rows: NDArray[np.intp], left: int
) -> list[NDArray[np.intp]]:
    """Return points as compact lots, halving what is long across its length."""
    if left == 0 or len(rows) < 2 * _FEWEST:
        return [rows]
    away = points[rows].astype(np.float64) - points[rows].mean(axis=0)
    square, axes = np.linalg.eigh(away.T @ away / len(rows))
    if square[2] < _LONG * _LONG * square[1]:
        return [rows]
    along = away @ axes[:, 2]
    upper = along > 0.5 * (along.min() + along.max())
    if min(upper.sum(), (~upper).sum()) < _FEWEST:
        return [rows]
    return [
        *_halved(points, rows[upper], left - 1),
        *_halved(points, rows[~upper], left - 1),
    ]
