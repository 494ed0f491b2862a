"""Figures as a few spheres each, for the dark where they meet the set."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, Vector, lean
from previz.stage import PROP_OBJECT_BASE, Geometry

__all__ = ["Spheres", "near_spheres", "openness", "spheres_of"]

Spheres = NDArray[np.float64]
"""Middle, radius and object id, shape (k, 5)."""

_REACH = 5.0
"""How many radii away a sphere still darkens."""
_FEWEST = 3
"""Of how few points no sphere is made."""


def spheres_of(geometry: Geometry, parts: NDArray[np.int32] | None = None) -> Spheres:
    """Return spheres that stand for the figures, one for each of their parts.

    Args:
        geometry: What moves, in world space.
        parts: As `StageState.moving_parts`; None takes each object for one part.
    """
    count = len(geometry.positions)
    if count == 0 or len(geometry.triangles) == 0:
        return np.zeros((0, 5))
    owner = np.zeros(count, np.int32)
    owner[geometry.triangles] = geometry.triangle_object[:, None]
    if parts is None:
        parts = np.unique(owner, return_inverse=True)[1].astype(np.int32)
    total = np.zeros((int(parts.max()) + 1, 6))
    _add_up(geometry.positions, owner, parts, total)
    total = total[total[:, 0] >= _FEWEST]
    middle = total[:, 1:4] / total[:, :1]
    square = total[:, 4] / total[:, 0] - (middle**2).sum(axis=1)
    radius, owners = np.sqrt(np.maximum(square, 1e-6)), total[:, 5]
    for thing in np.unique(owners[owners >= PROP_OBJECT_BASE]):
        mine = owners == thing
        # A door or a letter is thin however wide it is: a ball would darken a room.
        points = geometry.positions[owner == thing].astype(np.float64)
        radius[mine] = np.minimum(radius[mine], _half_thickness(points))
    return np.column_stack([middle, radius, owners])


@lean
def _add_up(positions: Array, owner: Array, parts: Array, total: Array) -> None:
    """Add up each part's points: number, place, its square; write whose they are."""
    for v in range(positions.shape[0]):
        if owner[v] == 0:
            continue
        part, square = total[parts[v]], 0.0
        part[0] += 1.0
        for c in range(3):
            x = np.float64(positions[v, c])
            part[1 + c] += x
            square += x * x
        part[4] += square
        part[5] = owner[v]


def _half_thickness(points: NDArray[np.float64]) -> float:
    """Return about half of the least extent of a shape, however it is turned."""
    spread = np.linalg.eigvalsh(np.cov(points.T))
    return float(np.sqrt(3 * max(float(spread[0]), 1e-8)))


def near_spheres(
    spheres: Spheres, bounds: NDArray[np.float32]
) -> tuple[NDArray[np.int16], NDArray[np.int32]]:
    """List the spheres that may darken each tile of a picture.

    Args:
        spheres: As `Spheres`.
        bounds: As in `Points`, shape (rows, cols, 6).

    Returns:
        Indices into `spheres`, shape (rows, cols, k); how many of them count, shape
        (rows, cols).
    """
    rows, cols = bounds.shape[:2]
    near = np.empty((rows, cols, len(spheres)), np.int16)
    count = np.zeros((rows, cols), np.int32)
    _list_near(spheres, bounds, near, count)
    return near, count


@lean
def _list_near(spheres: Array, bounds: Array, near: Array, count: Array) -> None:
    for row in range(bounds.shape[0]):
        for col in range(bounds.shape[1]):
            box = bounds[row, col]
            if box[0] > box[3]:
                continue
            number = 0
            for s in range(spheres.shape[0]):
                square = 0.0
                for c in range(3):
                    middle = spheres[s, c]
                    away = max(max(box[c] - middle, middle - box[3 + c]), 0.0)
                    square += away * away
                reach = _REACH * spheres[s, 3]
                if square < reach * reach:
                    near[row, col, number] = s
                    number += 1
            count[row, col] = number


@lean
def openness(
    spheres: Array, near: Array, number: int, own: int, p: Vector, n: Vector
) -> float:
    """Return which share of the surroundings the spheres leave to a point.

    The form factor of a sphere, clipped softly at the horizon (Quilez 2006, Sphere
    ambient occlusion).

    Args:
        spheres: As `Spheres`.
        near: Indices of the spheres worth a look, shape (k,).
        number: How many of them.
        own: Object id of what the point is on; a thing's own spheres do not count,
            being rough. Of a figure's own those behind the surface count nothing.
        p: World point.
        n: Its unit normal.
    """
    total = 0.0
    for i in range(number):
        s = near[i]
        if spheres[s, 4] == own and own >= PROP_OBJECT_BASE:
            continue
        x, y, z = spheres[s, 0] - p[0], spheres[s, 1] - p[1], spheres[s, 2] - p[2]
        square = x * x + y * y + z * z
        r2 = spheres[s, 3] * spheres[s, 3]
        if square > _REACH * _REACH * r2:
            continue
        distance = np.sqrt(max(square, r2))
        lean = spheres[s, 3] / distance
        cosine = (x * n[0] + y * n[1] + z * n[2]) / distance
        height = (cosine + 0.5 * lean) / (1.0 + 0.5 * lean)
        if height > 0:
            fade = 1.0 - square / (_REACH * _REACH * r2)
            total += height * lean * lean * fade
    return float(max(np.exp(-0.9 * total), 0.22))
