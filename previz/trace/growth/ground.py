"""Level ground near the camera: its cells, its height, and what lies on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from previz.stage import Geometry
from previz.trace.growth.cloud import Points
from previz.trace.growth.eye import Eye

__all__ = ["CELL_M", "cells_near", "clear", "dropped"]

CELL_M = 0.5
"""Edge of the cells that ground is divided into."""
_SQUARE_M, _CLEAR_M = 0.04, 0.3
"""Of the grid of what lies on the ground; how high above it nothing may lie."""


def cells_near(corners: Points, eye: Eye, *, reach_m: float) -> NDArray[np.int64]:
    """Return rows and columns of cells near the camera and in its view, (c, 2)."""
    below = float(eye.place[1] - corners[:, :, 1].max())
    reach = np.sqrt(max(reach_m**2 - below**2, 0.0))
    low = np.maximum(corners.min(axis=(0, 1))[[0, 2]], eye.place[[0, 2]] - reach)
    high = np.minimum(corners.max(axis=(0, 1))[[0, 2]], eye.place[[0, 2]] + reach)
    first, last = np.floor(low / CELL_M), np.floor(high / CELL_M)
    if (last < first).any():
        return np.zeros((0, 2), np.int64)
    i, j = (np.arange(a, b + 1) for a, b in zip(first, last, strict=True))
    cells = np.stack(np.meshgrid(i, j, indexing="ij"), -1).reshape(-1, 2)
    middle = (cells + 0.5) * CELL_M
    level = np.full(len(middle), corners[:, :, 1].max())
    spots = np.stack([middle[:, 0], level, middle[:, 1]], axis=1)
    seen = eye.sees(spots, CELL_M) & (eye.away(spots) < reach_m)
    return cells[seen].astype(np.int64)


def dropped(x: Points, z: Points, corners: Points) -> tuple[Points, NDArray[np.int64]]:
    """Return heights of places on triangles seen from above; -1 for none under."""
    row, y = np.full(len(x), -1, np.int64), np.zeros(len(x))
    for k, (a, b, c) in enumerate(corners):
        e, f = b - a, c - a
        area = e[0] * f[2] - e[2] * f[0]
        if abs(area) < 1e-9:
            continue
        u = ((x - a[0]) * f[2] - (z - a[2]) * f[0]) / area
        v = ((z - a[2]) * e[0] - (x - a[0]) * e[2]) / area
        height = a[1] + u * e[1] + v * f[1]
        under = (u >= 0) & (v >= 0) & (u + v <= 1) & ((row < 0) | (height > y))
        row[under], y[under] = k, height[under]
    return y, row


def clear(
    geometry: Geometry, lawn: NDArray[np.int64], x: Points, z: Points, *, level_m: float
) -> NDArray[np.bool_]:
    """Return at which places nothing of the set lies on a lawn, shape (n,)."""
    if len(x) == 0:
        return np.zeros(0, bool)
    corners = geometry.positions[geometry.triangles].astype(np.float64)
    low, high = corners[..., 1].min(axis=1), corners[..., 1].max(axis=1)
    west, north = x.min(), z.min()
    wide, deep = np.ceil(np.array([np.ptp(x), np.ptp(z)]) / _SQUARE_M).astype(int) + 1
    squares = (corners[..., [0, 2]] - (west, north)) / _SQUARE_M
    on = (low < level_m + _CLEAR_M) & (high > level_m + 0.004)
    on &= (squares.max(axis=1) > 0).all(axis=1)
    on &= (squares.min(axis=1) < (wide, deep)).all(axis=1)
    on[lawn] = False
    picture = Image.new("1", (int(wide), int(deep)))
    pen = ImageDraw.Draw(picture)
    for triangle in squares[on].tolist():
        pen.polygon([(u, v) for u, v in triangle], fill=1)
    taken = np.asarray(picture)
    column = ((x - west) / _SQUARE_M).astype(int)
    line = ((z - north) / _SQUARE_M).astype(int)
    return np.asarray(~taken[line, column])
