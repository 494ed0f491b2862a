"""Fallen leaves on the ground round broad-leaved trees and bushes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage import Geometry
from previz.trace.growth.chance import bell, keys_of, share, ways
from previz.trace.growth.cloud import Cloud, Points, spots_on, unit
from previz.trace.growth.eye import Eye
from previz.trace.growth.ground import CELL_M, cells_near, clear, dropped

__all__ = ["litter_of"]

_REACH_M = 16.0
_PER_M2 = 110.0
_LONG_M, _WIDE = 0.075, 0.6
_LEAST_PX = 1.6
_BROWN = np.array([1.45, 0.88, 0.5])
"""Of fallen leaves over the ground's colour: as bright in all."""
_UP = np.array([0.0, 1.0, 0.0])


def litter_of(
    geometry: Geometry,
    chosen: NDArray[np.int64],
    *,
    plants: Points,
    seed: int,
    eye: Eye,
    most: int,
) -> Cloud | None:
    """Strew leaves under plants; None where there are none near.

    Args:
        geometry: In the world.
        chosen: Triangles of level ground, shape (t,).
        plants: Where each stands and how far its crown reaches: x, z, radius in
            metres, shape (p, 3).
        seed: Of the ground.
        eye: Who sees it.
        most: How many leaves at most.
    """
    corners = geometry.positions[geometry.triangles[chosen]].astype(np.float64)
    cells = cells_near(corners, eye, reach_m=_REACH_M)
    if len(cells) == 0 or len(plants) == 0:
        return None
    middle = (cells.astype(np.float64) + 0.5) * CELL_M
    level = float(corners[:, :, 1].max())
    spots = np.stack([middle[:, 0], np.full(len(middle), level), middle[:, 1]], axis=1)
    long = np.maximum(_LONG_M, _LEAST_PX * eye.pixels_m(spots, CELL_M))
    count = _shade(middle, plants) * _PER_M2 * CELL_M**2 * (_LONG_M / long) ** 2
    count *= np.clip(2.0 - 2.0 * eye.away(spots) / _REACH_M, 0.0, 1.0)
    count /= max(float(count.sum()) / most, 1.0)
    keys = keys_of(seed, cells[:, 0], cells[:, 1], 3)
    roots = spots_on(keys, np.floor(count + share(keys, 7)).astype(np.int64))
    x = (cells[roots.triangle, 0] + share(roots.keys, 8)) * CELL_M
    z = (cells[roots.triangle, 1] + share(roots.keys, 9)) * CELL_M
    y, row = dropped(x, z, corners)
    there = (row >= 0) & clear(geometry, chosen, x, z, level_m=level)
    if not there.any():
        return None
    keys, row = roots.keys[there], row[there]
    color = geometry.materials.base_color[geometry.triangle_material[chosen[row]]]
    level_of = color.astype(np.float64) @ np.array([0.2126, 0.7152, 0.0722])
    tint = _BROWN * (1.0 + 0.3 * bell(keys, 3)[:, None] * np.array([0.2, 0.5, 0.1]))
    light = np.exp(0.4 * bell(keys, 2) - 0.08)[:, None]
    return _lying(
        np.stack([x, y, z], axis=1)[there],
        long[roots.triangle[there]] * np.exp(0.2 * bell(keys, 0)),
        np.clip(level_of[:, None] * tint * light * 1.15, 0.0, 0.6),
        keys,
    )


def _shade(middle: Points, plants: Points) -> Points:
    """Return how much has fallen on places, 0 to 1, shape (c,)."""
    off = np.linalg.norm(middle[:, None] - plants[None, :, :2], axis=2)
    near = np.exp(-((off / np.maximum(plants[:, 2], 0.3)) ** 2))
    return np.asarray(near.sum(axis=1).clip(0.0, 1.0))


def _lying(at: Points, long: Points, color: Points, keys: NDArray[np.uint64]) -> Cloud:
    """Return leaves that lie nearly flat, their tips and sides a little up."""
    way = unit(ways(keys, 0) * (1.0, 0.12, 1.0))
    face = unit(_UP + 0.35 * ways(keys, 1))
    side = unit(np.cross(face, way))
    size, half = long[:, None], 0.5 * _WIDE * long[:, None]
    root = at + 0.004 * _UP - 0.5 * size * way
    root[:, 1] = np.maximum(root[:, 1], at[:, 1] + 0.002)
    curl = (0.05 + 0.3 * share(keys, 4))[:, None] * half * _UP
    middle = root + 0.45 * size * way
    tip = root + size * way + 0.5 * curl
    tip[:, 1] = np.maximum(tip[:, 1], at[:, 1] + 0.002)
    spots = [root, middle + half * side + curl, tip, middle - half * side + curl]
    first = np.arange(len(at))[:, None, None] * 4
    flat = np.broadcast_to(np.array([[0, 0], [1, 1], [2, 0], [1, -1]]), (len(at), 4, 2))
    return Cloud(
        positions=np.stack(spots, axis=1).reshape(-1, 3),
        normals=np.repeat(face, 4, axis=0),
        coordinates=(flat * half[:, None]).reshape(-1, 2),
        colors=np.repeat(color, 4, axis=0),
        triangles=(first + np.array([[0, 2, 1], [0, 3, 2]])).reshape(-1, 3),
    )
