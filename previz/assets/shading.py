"""Normals of a mesh: what the file gives, or smooth where edges are not sharp."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["corner_normals", "edge_keys", "place_keys", "welded"]


def welded(
    points: NDArray[np.float64], triangles: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return triangles over places instead of vertices: seams share a number."""
    used, index = np.unique(triangles, return_inverse=True)
    _, place = np.unique(place_keys(points[used]), return_inverse=True)
    return np.asarray(place[index.reshape(-1)].reshape(-1, 3))


def place_keys(points: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return a number for each place: the same within a millionth of the whole."""
    reach = float(np.ptp(points, axis=0).max()) or 1.0
    grid = np.round((points - points.min(axis=0)) / reach * 2**20)
    return np.asarray(grid.astype(np.int64) @ np.array([1 << 42, 1 << 21, 1]))


def edge_keys(
    points: NDArray[np.float64], triangles: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return a number for each edge of each triangle, shape (3 m,)."""
    weld = welded(points, triangles)
    ahead = np.roll(weld, -1, axis=1)
    low, high = np.minimum(weld, ahead), np.maximum(weld, ahead)
    return np.asarray(((low << 31) | high).reshape(-1))


def corner_normals(
    points: NDArray[np.float64],
    triangles: NDArray[np.int64],
    given: NDArray[np.float64],
    *,
    crease_deg: float,
) -> NDArray[np.float64]:
    """Return the unit normal of every corner of every face.

    Args:
        points: Metres, shape (n, 3).
        triangles: Shape (m, 3).
        given: What the file says, zero where it does not, shape (m, 3, 3).
        crease_deg: Edges that bend more stay sharp where normals are computed.
    """
    length = np.linalg.norm(given, axis=2, keepdims=True)
    known = length[..., 0] > 1e-6
    out = np.asarray(given / np.maximum(length, 1e-12))
    if known.all():
        return out
    corners = points[triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = np.linalg.norm(flat, axis=1, keepdims=True)
    flat = np.asarray(flat / np.maximum(size, 1e-30))
    group = _smooth_groups(welded(points, triangles), flat, crease_deg)
    weight = _angles(corners).reshape(-1, 1) * np.repeat(flat, 3, axis=0)
    total = np.stack([np.bincount(group, weight[:, k]) for k in range(3)], axis=1)
    norm = np.linalg.norm(total, axis=1, keepdims=True)
    total = np.asarray(total / np.maximum(norm, 1e-30))
    smooth = total[group].reshape(-1, 3, 3)
    # Where faces cancel out, each keeps its own.
    smooth = np.where((norm[group] > 1e-9).reshape(-1, 3, 1), smooth, flat[:, None])
    return np.asarray(np.where(known[..., None], out, smooth))


def _angles(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the angle at each corner in radians, shape (m, 3)."""
    ahead = np.roll(corners, -1, axis=1) - corners
    back = np.roll(corners, 1, axis=1) - corners
    dot = np.einsum("mkc,mkc->mk", ahead, back)
    cross = np.linalg.norm(np.cross(ahead, back), axis=2)
    return np.asarray(np.arctan2(cross, dot))


def _smooth_groups(
    weld: NDArray[np.int64], flat: NDArray[np.float64], crease_deg: float
) -> NDArray[np.int64]:
    """Number the corners so that those which share a normal share a number."""
    faces = len(weld)
    start, end = weld, np.roll(weld, -1, axis=1)
    low = np.minimum(start, end).reshape(-1)
    high = np.maximum(start, end).reshape(-1)
    slot = np.arange(3 * faces)
    order = np.lexsort((slot, high, low))
    same = (np.diff(low[order]) == 0) & (np.diff(high[order]) == 0)
    one, two = order[:-1][same], order[1:][same]
    bend = np.einsum("ij,ij->i", flat[one // 3], flat[two // 3])
    keep = bend >= math.cos(math.radians(crease_deg))
    one, two = one[keep], two[keep]
    ahead = slot - slot % 3 + (slot + 1) % 3
    crossed = start.reshape(-1)[one] != start.reshape(-1)[two]
    first = np.where(crossed, ahead[two], two)
    second = np.where(crossed, two, ahead[two])
    left = np.concatenate([one, ahead[one]])
    right = np.concatenate([first, second])
    return _components(left, right, 3 * faces)


def _components(
    left: NDArray[np.int64], right: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """Number what is linked together, by halving paths to the least member."""
    label = np.arange(count)
    while True:
        least = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, left, least)
        np.minimum.at(label, right, least)
        label = label[label]
        if (label == before).all():
            return np.unique(label, return_inverse=True)[1].reshape(-1)
