"""Strands of hair over the cap that blocking has.

A strand is a narrow ribbon that follows the cap's curve where it lies and leaves it a
little towards its tip. It lies along the cap's own second coordinate, which runs
between hairline and crown, or from a lock's root to its tip.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.stage import Geometry
from previz.trace.growth.chance import Keys, bell, share
from previz.trace.growth.cloud import Cloud, Points, spots_on, unit
from previz.trace.growth.eye import Eye

__all__ = ["strands_of"]

_LONG_M, _WIDE_M = 0.05, 0.0005
_BROW_M = 0.009
_BROW_ROUGHNESS = 0.6
"""Hair rougher than this is brows: short, and thin over the skin."""
_LEAST_PX = 0.45
_COVER = 3.2
"""Area of the strands over the cap's."""
_COARSEST_M = 0.012
"""Heads where a pixel is wider than this have no strands."""
_POINTS = 5


def strands_of(
    geometry: Geometry,
    chosen: NDArray[np.int64],
    *,
    up: Points,
    keys: Keys,
    eye: Eye,
    most: int,
) -> Cloud | None:
    """Grow hair on triangles; None where all are too far off to show any.

    Args:
        geometry: In the world.
        chosen: Triangles under hair, shape (t,).
        up: Towards the crown of each triangle's head, shape (t, 3).
        keys: Of each triangle, shape (t,).
        eye: Who sees them.
        most: How many strands at most.
    """
    index = geometry.triangles[chosen]
    corners = geometry.positions[index].astype(np.float64)
    normals = geometry.normals[index].astype(np.float64)
    surface = geometry.surface[index].astype(np.float64)
    table, rows = geometry.materials, geometry.triangle_material[chosen]
    brow = table.roughness[rows] > _BROW_ROUGHNESS
    b, c = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = 0.5 * np.linalg.norm(np.cross(b, c), axis=1)
    pixel = eye.pixels_m(corners.mean(axis=1), 0.1)
    long = np.where(brow, _BROW_M, _LONG_M)
    wide = np.maximum(_WIDE_M, _LEAST_PX * pixel)
    count = area * np.where(brow, 0.5, 1.0) * _COVER / (long * wide)
    count[(pixel > _COARSEST_M) | ((pixel > 0.25 * _COARSEST_M) & brow)] = 0.0
    crowd = max(float(count.sum()) / most, 1.0)
    counts = np.floor(count / crowd + share(keys, 7) * (count > 0)).astype(np.int64)
    if counts.sum() == 0:
        return None
    along = _along(corners, surface, up)
    roots = spots_on(keys, counts)
    row = roots.triangle
    way = along[row]
    out = unit(roots.at(normals))
    way = unit(way - (way * out).sum(axis=1, keepdims=True) * out)
    return _ribbons(
        _Strands(
            at=roots.at(corners), out=out, way=way,
            bow=_bow(corners, normals, row, way),
            begun=roots.at(surface)[:, 1],
            long=long[row] * np.exp(0.25 * bell(roots.keys, 0)),
            wide=wide[row] * min(crowd, 3.0) * (0.7 + 0.6 * share(roots.keys, 2)),
            color=table.base_color[rows[row]].astype(np.float64),
            keys=roots.keys,
        )
    )  # fmt: skip


class _Strands(NamedTuple):
    """Where strands lie, each of shape (n,) or (n, 3).

    `bow` is the cap's curvature along each, 1/m; `begun` the second coordinate, whose
    0 is the hairline.
    """

    at: Points
    out: Points
    way: Points
    bow: Points
    begun: Points
    long: Points
    wide: Points
    color: Points
    keys: Keys


def _along(corners: Points, surface: Points, up: Points) -> Points:
    """Return along which way each triangle's hair lies, downwards, shape (t, 3)."""
    b, c = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    p, q = surface[:, 1] - surface[:, 0], surface[:, 2] - surface[:, 0]
    turn = p[:, 0] * q[:, 1] - p[:, 1] * q[:, 0]
    turn = np.where(np.abs(turn) < 1e-12, 1e-12, turn)
    way = (c * p[:, :1] - b * q[:, :1]) / turn[:, None]
    rises = (way * up).sum(axis=1, keepdims=True) > 0
    return unit(np.where(rises, -way, way))


def _bow(
    corners: Points, normals: Points, row: NDArray[np.int64], way: Points
) -> Points:
    """Return how much the cap's normal turns along a way, 1/m, shape (n,)."""
    b, c = corners[row, 1] - corners[row, 0], corners[row, 2] - corners[row, 0]
    bb, bc, cc = (b * b).sum(1), (b * c).sum(1), (c * c).sum(1)
    wb, wc = (way * b).sum(1), (way * c).sum(1)
    gap = np.maximum(bb * cc - bc * bc, 1e-16)
    u, v = (wb * cc - wc * bc) / gap, (wc * bb - wb * bc) / gap
    turned = (normals[row, 1] - normals[row, 0]) * u[:, None]
    turned += (normals[row, 2] - normals[row, 0]) * v[:, None]
    return np.asarray(np.clip((turned * way).sum(axis=1), -2.0, 20.0))


def _ribbons(strands: _Strands) -> Cloud:
    keys, out = strands.keys, strands.out
    side = np.cross(out, strands.way)
    swing = 0.13 * bell(keys, 1)[:, None]
    way, side = strands.way + swing * side, side - swing * strands.way
    t = np.linspace(-0.5, 0.5, _POINTS)
    # Neither far beyond the hairline nor off the cap.
    reach = np.minimum(strands.long, 2.0 * np.maximum(strands.begun, 0.0) + 0.008)
    s = t * reach[:, None]
    bow = np.where(np.abs(strands.bow) < 0.1, 0.1, strands.bow)[:, None]
    ahead, fall = np.sin(bow * s) / bow, (1.0 - np.cos(bow * s)) / bow
    lift = 0.0004 + 0.0022 * share(keys, 3) + 0.004 * share(keys, 4) ** 8
    rise = lift[:, None] * (0.35 + 1.3 * (t + 0.5)) - 0.001 * (t < -0.4)
    wave = 0.0011 * np.sin(60.0 * s + 6.28 * share(keys, 5)[:, None])
    middle = (
        strands.at[:, None] + ahead[..., None] * way[:, None]
        + (rise - fall)[..., None] * out[:, None] + wave[..., None] * side[:, None]
    )  # fmt: skip
    width = strands.wide[:, None] * np.array([0.8, 1.0, 1.0, 0.9, 0.35]) / 2
    roll = 0.5 * bell(keys, 3)[:, None, None]
    edge = unit(side)[:, None] * np.cos(roll) + out[:, None] * np.sin(roll)
    face = (
        out[:, None] * np.cos(bow * s)[..., None]
        + way[:, None] * np.sin(bow * s)[..., None]
    )
    both = np.stack(
        [middle - edge * width[..., None], middle + edge * width[..., None]], axis=2
    )
    round_ = np.stack([face - 0.7 * edge, face + 0.7 * edge], axis=2)
    count = len(keys)
    across = np.stack([-width, width], axis=2)
    long = np.broadcast_to(s[..., None] + strands.begun[:, None, None], across.shape)
    steps = 2 * np.arange(_POINTS - 1)[:, None, None]
    pair = (np.array([[0, 1, 3], [0, 3, 2]]) + steps).reshape(-1, 3)
    first = 2 * _POINTS * np.arange(count)[:, None, None]
    return Cloud(
        positions=both.reshape(-1, 3),
        normals=unit(round_.reshape(-1, 3)),
        coordinates=np.stack([across, long], axis=-1).reshape(-1, 2),
        colors=_tones(strands).reshape(-1, 3),
        triangles=(first + pair).reshape(-1, 3),
    )


def _tones(strands: _Strands) -> Points:
    """Return each strand's colours, darker at its root, shape (n, points, 2, 3)."""
    keys = strands.keys
    # Light goes from strand to strand: the fairer, the more of it comes out again.
    fair = 1.0 + 2.0 * strands.color.mean(axis=1)
    light = 1.8 / fair * np.exp(0.25 * bell(keys, 4) - 0.03)
    warm = np.clip(0.2 * bell(keys, 5), -0.4, 0.4)[:, None]
    color = strands.color * (1 + warm * np.array([0.25, 0.05, -0.2])) * light[:, None]
    tone = np.array([0.7, 0.95, 1.05, 1.1, 1.15])[None, :, None, None]
    return np.broadcast_to(
        color[:, None, None] * tone, (len(keys), _POINTS, 2, 3)
    ).copy()
