"""Blades of grass: a lawn on level ground near the camera, and tall tufts.

A lawn is divided into cells in its own plane; the n-th blade of a cell is always at
the same place. Blades are fewer and wider with distance, until the plain ground shows
as much as they would.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.stage import Geometry
from previz.trace.growth.chance import Keys, bell, keys_of, share, ways
from previz.trace.growth.cloud import Cloud, Points, spots_on, unit
from previz.trace.growth.eye import Eye
from previz.trace.growth.ground import CELL_M, cells_near, clear, dropped

__all__ = ["lawn_of", "tufts_of"]

_REACH_M, _FADE_M = 20.0, 5.0
"""How far a lawn grows, and from where on it thins out to the plain ground."""
_TALL_M, _WIDE_M = 0.042, 0.0042
_COVER = 1.3
"""Area of a lawn's blades over its own, near by."""
_LEAST_PX = 0.75
_GAIN = 1.9
"""By how much brighter a blade is than the ground it stands for, since blades shade
each other; measured against it."""
_UP = np.array([0.0, 1.0, 0.0])


class _Blades(NamedTuple):
    """Where blades stand, each of shape (n,) or (n, 3)."""

    root: Points
    way: Points
    tall: Points
    wide: Points
    color: Points
    keys: Keys


def lawn_of(
    geometry: Geometry,
    chosen: NDArray[np.int64],
    *,
    seed: int,
    eye: Eye,
    most: int,
) -> Cloud | None:
    """Grow a lawn on triangles near the camera; None where there is none near.

    Args:
        geometry: In the world.
        chosen: Triangles under grass that lie level, shape (t,).
        seed: Of the ground.
        eye: Who sees it.
        most: How many blades at most.
    """
    corners = geometry.positions[geometry.triangles[chosen]].astype(np.float64)
    cells = cells_near(corners, eye, reach_m=_REACH_M)
    if len(cells) == 0:
        return None
    middle = (cells + 0.5) * CELL_M
    level = float(corners[:, :, 1].max())
    spots = np.stack([middle[:, 0], np.full(len(middle), level), middle[:, 1]], axis=1)
    wide = np.maximum(_WIDE_M, _LEAST_PX * eye.pixels_m(spots, CELL_M))
    thin = np.clip(1.0 - (eye.away(spots) - _FADE_M) / (_REACH_M - _FADE_M), 0.0, 1.0)
    count = thin * _COVER * CELL_M**2 / (0.55 * wide * _TALL_M)
    crowd = max(float(count.sum()) / most, 1.0)
    count, wide = count / crowd, wide * min(np.sqrt(crowd), 1.5)
    keys = keys_of(seed, cells[:, 0], cells[:, 1])
    roots = spots_on(keys, np.floor(count + share(keys, 7)).astype(np.int64))
    x = (cells[roots.triangle, 0] + share(roots.keys, 8)) * CELL_M
    z = (cells[roots.triangle, 1] + share(roots.keys, 9)) * CELL_M
    y, row = dropped(x, z, corners)
    there = (row >= 0) & clear(geometry, chosen, x, z, level_m=level)
    row, keys = row[there], roots.keys[there]
    color = geometry.materials.base_color[geometry.triangle_material[chosen[row]]]
    tall = _TALL_M * np.exp(0.3 * bell(keys, 0)) * (1.0 + 0.35 * _patchy(x, z)[there])
    out = ways(keys, 0) * (1.0, 0.0, 1.0)
    return _grown(
        _Blades(
            root=np.stack([x, y, z], axis=1)[there],
            way=unit(_UP + out * (0.2 + 0.9 * share(keys, 10))[:, None]),
            tall=tall, wide=wide[roots.triangle[there]],
            color=color.astype(np.float64) * _GAIN,
            keys=keys,
        )
    )  # fmt: skip


def _patchy(x: Points, z: Points) -> Points:
    """Return where a lawn is higher and lower, about -1 to 1."""
    return np.asarray(
        np.sin(1.3 * x + 0.7 * np.sin(0.9 * z))
        * np.sin(1.1 * z + 0.8 * np.sin(1.7 * x))
    )


def tufts_of(
    geometry: Geometry, chosen: NDArray[np.int64], *, keys: Keys, eye: Eye, most: int
) -> tuple[Cloud, NDArray[np.bool_]] | None:
    """Grow thin blades where blocking has wide ones; None where all are far off.

    Args:
        geometry: In the world.
        chosen: Triangles of the wide blades, root first, shape (t,).
        keys: Of each triangle, shape (t,).
        eye: Who sees them.
        most: How many blades at most.

    Returns:
        The blades, and which triangles they replace, shape (t,).
    """
    corners = geometry.positions[geometry.triangles[chosen]].astype(np.float64)
    spine, other = _spines(corners)
    tall = np.linalg.norm(spine, axis=1)
    broad = np.linalg.norm(np.cross(spine, other), axis=1) / np.maximum(tall, 1e-9)
    pixel = eye.pixels_m(corners[:, 0], tall)
    wide = np.maximum(0.007, _LEAST_PX * pixel)
    count = np.clip(1.5 * broad / wide, 0.0, 8.0)
    count[(wide > 0.8 * broad)] = 0.0
    count /= max(float(count.sum()) / most, 1.0)
    counts = np.floor(count + share(keys, 7) * (count > 0)).astype(np.int64)
    if counts.sum() == 0:
        return None
    roots = spots_on(keys, counts)
    row, own = roots.triangle, roots.keys
    aside = ways(own, 0) * (1.0, 0.0, 1.0)
    color = geometry.materials.base_color[geometry.triangle_material[chosen[row]]]
    cloud = _grown(
        _Blades(
            root=corners[row, 0] + aside * (0.27 * tall[row] * share(own, 8))[:, None],
            way=unit(spine[row] + aside * (0.35 * tall[row] * share(own, 9))[:, None]),
            tall=tall[row] * (0.55 + 0.6 * share(own, 10)),
            wide=wide[row], color=color.astype(np.float64) * _GAIN, keys=own,
        )
    )  # fmt: skip
    return cloud, counts > 0


def _spines(corners: Points) -> tuple[Points, Points]:
    """Return the longer and the shorter edge from each triangle's first corner."""
    b, c = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    longer = (np.linalg.norm(b, axis=1) > np.linalg.norm(c, axis=1))[:, None]
    return np.where(longer, b, c), np.where(longer, c, b)


def _grown(blades: _Blades) -> Cloud:
    """Return blades that bend over: pairs of corners at root and middle, and a tip."""
    keys, tall = blades.keys, blades.tall[:, None]
    turn = ways(keys, 1) * (1.0, 0.15, 1.0)
    side = unit(np.cross(blades.way, turn)) * (0.5 * blades.wide)[:, None]
    lean = unit(blades.way * (1.0, 0.0, 1.0) + 0.3 * turn)
    bend = (0.1 + 0.35 * share(keys, 11))[:, None]
    middle = blades.root + tall * (0.55 * blades.way + 0.15 * bend * lean)
    tip = blades.root + tall * ((1.0 - 0.3 * bend) * blades.way + bend * lean)
    spots = [blades.root - side, blades.root + side, middle - 0.8 * side,
             middle + 0.8 * side, tip]  # fmt: skip
    face = unit(np.cross(side, blades.way))
    face *= np.where(face[:, 1:2] < 0, -1.0, 1.0)
    # Bent to the sky, so that a lawn is as bright as the ground it stands for.
    lit = unit(0.6 * face + 0.8 * _UP)
    light = np.exp(0.18 * bell(keys, 2) - 0.016)[:, None]
    hue = np.clip(0.35 * bell(keys, 3), -0.6, 1.2)[:, None]
    color = blades.color * light * (1 + hue * np.array([0.3, 0.06, -0.2]))
    tones = [0.72, 0.72, 1.0, 1.0, 1.15]
    count = len(tall)
    first = np.arange(count)[:, None, None] * 5
    along = np.outer(blades.tall, [0.0, 0.0, 0.55, 0.55, 1.0])
    across = np.outer(blades.wide, [-0.5, 0.5, -0.4, 0.4, 0.0])
    return Cloud(
        positions=np.stack(spots, axis=1).reshape(-1, 3),
        normals=np.repeat(lit, 5, axis=0),
        coordinates=np.stack([along, across], axis=-1).reshape(-1, 2),
        colors=(color[:, None] * np.array(tones)[:, None]).reshape(-1, 3),
        triangles=(first + np.array([[0, 1, 3], [0, 3, 2], [2, 3, 4]])).reshape(-1, 3),
    )
