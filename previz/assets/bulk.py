"""What of a mesh is in the way: boxes over a coarse grid of what is solid.

A cell is solid where a surface passes through it, or where it lies inside: a line
upward from it leaves more surfaces than it enters. So one walks under a table and
through an arch, into a hollow room, and not into a rock.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["bulks_of"]

_FINEST_M = 0.08
_MOST_CELLS = 40
"""Cells along the longest side."""
_MOST_BOXES = 96
_MOST_CROSSINGS = 8_000_000


def bulks_of(
    points: NDArray[np.float64], triangles: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the solid of a mesh as boxes.

    Args:
        points: Vertices in metres, shape (n, 3).
        triangles: Counter-clockwise seen from outside, shape (m, 3).

    Returns:
        Rows of centre and half extent (x, y, z, x, y, z), shape (b, 6).
    """
    low, high = points.min(axis=0), points.max(axis=0)
    cell = max(_FINEST_M, float((high - low).max()) / _MOST_CELLS)
    while True:
        shape = np.maximum(np.ceil((high - low) / cell).astype(int), 1)
        step = (high - low) / shape
        step = np.where(step > 0, step, cell)
        solid = _surface(points, triangles, low, step, shape)
        solid |= _inside(points, triangles, low, step, shape)
        boxes = _boxes(solid)
        if len(boxes) <= _MOST_BOXES:
            break
        cell *= 1.4
    first, last = boxes[:, :3], boxes[:, 3:]
    start, end = (
        low + first * step,
        np.minimum(low + last * step, np.maximum(high, low)),
    )
    return np.concatenate([(start + end) / 2, (end - start) / 2], axis=1)


def _surface(
    points: NDArray[np.float64],
    triangles: NDArray[np.int64],
    low: NDArray[np.float64],
    step: NDArray[np.float64],
    shape: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Mark the cells that surfaces pass through, by points no farther than a cell."""
    solid = np.zeros(shape, bool)
    a, b, c = (points[triangles[:, k]] for k in range(3))
    edge = np.maximum.reduce(
        [np.abs((q - p) / step).max(axis=1) for p, q in ((a, b), (b, c), (c, a))]
    )
    counts = np.clip(np.ceil(edge * 1.5).astype(int), 1, 2 * _MOST_CELLS)
    for count in np.unique(counts):
        own = counts == count
        i, j = np.meshgrid(np.arange(count + 1), np.arange(count + 1), indexing="ij")
        keep = i + j <= count
        u, v = (i[keep] / count)[:, None], (j[keep] / count)[:, None]
        pieces = 1 + int(own.sum()) * len(u) // 500_000
        for some in np.array_split(np.flatnonzero(own), pieces):
            p = a[some][:, None] * (1 - u - v) + b[some][:, None] * u
            p += c[some][:, None] * v
            # A face that lies on a cell's border belongs to the cell inside.
            at = np.clip(np.floor((p - low) / step - 1e-9), 0, shape - 1).astype(int)
            solid[at[..., 0], at[..., 1], at[..., 2]] = True
    return solid


def _inside(
    points: NDArray[np.float64],
    triangles: NDArray[np.int64],
    low: NDArray[np.float64],
    step: NDArray[np.float64],
    shape: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Mark the cells whose middle the surface winds round, looking straight up."""
    # A little off the middle: edges of modelled things lie on even places.
    flat = (points[:, [0, 2]] - low[[0, 2]]) / step[[0, 2]] - np.array([0.5013, 0.4987])
    corners = flat[triangles]
    first = np.maximum(np.ceil(corners.min(axis=1)), 0).astype(int)
    last = np.minimum(np.floor(corners.max(axis=1)), shape[[0, 2]] - 1).astype(int)
    span = np.maximum(last - first + 1, 0)
    many = span[:, 0] * span[:, 1]
    total = int(many.sum())
    winding = np.zeros((shape[0], shape[1] + 1, shape[2]), np.int32)
    if not 0 < total <= _MOST_CROSSINGS:
        return np.zeros(shape, bool)
    which = np.repeat(np.arange(len(triangles)), many)
    place = np.arange(total) - np.repeat(np.cumsum(many) - many, many)
    x = first[which, 0] + place // span[which, 1]
    z = first[which, 1] + place % span[which, 1]
    (ax, az), (bx, bz), (cx, cz) = (corners[which, k].T for k in range(3))
    area = (bx - ax) * (cz - az) - (cx - ax) * (bz - az)
    upright = np.abs(area) <= 1e-12
    size = np.where(upright, 1.0, area)
    u = ((x - ax) * (cz - az) - (cx - ax) * (z - az)) / size
    v = ((bx - ax) * (z - az) - (x - ax) * (bz - az)) / size
    hit = ~upright & (u >= 0) & (v >= 0) & (u + v <= 1)
    which, x, z, u, v = which[hit], x[hit], z[hit], u[hit], v[hit]
    high = (points[triangles[which], 1] - low[1]) / step[1]
    y = high[:, 0] + u * (high[:, 1] - high[:, 0]) + v * (high[:, 2] - high[:, 0])
    # Cells whose middle lies below a face that looks up are inside of it.
    below = np.clip(np.ceil(y - 0.5), 0, shape[1]).astype(int)
    sign = np.where(area[hit] < 0, 1, -1)
    np.add.at(winding, (x, below, z), sign)
    above = winding[:, ::-1].cumsum(axis=1)[:, ::-1]
    return np.asarray(above[:, 1:] > 0)


def _boxes(solid: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Join solid cells into boxes, greedily along x, then z, then y."""
    left = solid.copy()
    found = []
    for y in range(left.shape[1]):
        for x, z in np.argwhere(left[:, y]):
            if not left[x, y, z]:
                continue
            x1, y1, z1 = x + 1, y + 1, z + 1
            while x1 < left.shape[0] and left[x1, y, z]:
                x1 += 1
            while z1 < left.shape[2] and left[x:x1, y, z1].all():
                z1 += 1
            while y1 < left.shape[1] and left[x:x1, y1, z:z1].all():
                y1 += 1
            left[x:x1, y:y1, z:z1] = False
            found.append((x, y, z, x1, y1, z1))
    return np.array(found, float).reshape(-1, 6)
