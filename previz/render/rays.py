"""Rays against the set: a tree of boxes built once a scene, asked while it is lit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel, lean, woven

__all__ = ["Tree", "blocked", "build_tree", "first_hit"]

_BINS = 12
_LEAF = 4
DEPTH_LIMIT = 64
"""How long the stack must be that `blocked` and `first_hit` borrow."""


class Tree(NamedTuple):
    """Triangles under boxes (a bounding volume hierarchy).

    Attributes:
        nodes: Lowest and highest corner, the first of a node's two children or its
            first triangle, and how many triangles a leaf has (0 for a node with
            children), shape (n, 8), float32.
        corners: A corner and two edges of each triangle, and the triangle's index in
            the geometry, shape (m, 10), float32.
    """

    nodes: Array
    corners: Array


def build_tree(
    positions: NDArray[np.float32],
    triangles: NDArray[np.int32],
    chosen: NDArray[np.int64],
) -> Tree:
    """Build the tree over the chosen triangles.

    Binned surface-area heuristic (Wald 2007, On fast construction of SAH-based
    bounding volume hierarchies).

    Args:
        positions: World vertices in metres, shape (n, 3).
        triangles: Shape (m, 3).
        chosen: Which triangles can be hit, shape (k,).
    """
    corners = positions[triangles[chosen]].astype(np.float32).reshape(-1, 3, 3)
    count = len(chosen)
    order = np.arange(count)
    box = np.zeros((max(2 * count, 1), 6), np.float32)
    child = np.zeros(max(2 * count, 1), np.int32)
    leaf = np.zeros(max(2 * count, 1), np.int32)
    used = _split(corners.min(axis=1), corners.max(axis=1), order, box, child, leaf)
    ordered = corners[order]
    first, second, third = ordered[:, 0], ordered[:, 1], ordered[:, 2]
    index = chosen[order].astype(np.float32)[:, None]
    packed = [first, second - first, third - first, index]
    nodes = [box[:used], child[:used, None], leaf[:used, None]]
    return Tree(
        nodes=np.ascontiguousarray(np.concatenate(nodes, axis=1), np.float32),
        corners=np.ascontiguousarray(np.concatenate(packed, axis=1), np.float32),
    )


@kernel
def _split(
    low: Array, high: Array, order: Array, box: Array, child: Array, leaf: Array
) -> int:
    """Fill the nodes and sort `order` into leaves; return how many nodes there are."""
    total = order.shape[0]
    if total == 0:
        box[0, :3] = 1.0
        box[0, 3:] = -1.0
        return 1
    stack = np.empty((256, 3), np.int64)
    stack[0, 0], stack[0, 1], stack[0, 2] = 0, 0, total
    depth, used = 1, 1
    bins_low, bins_high = np.empty((_BINS, 3)), np.empty((_BINS, 3))
    right_area, right_count = np.empty(_BINS), np.empty(_BINS, np.int64)
    bins_count = np.empty(_BINS, np.int64)
    middle_low, middle_high = np.empty(3), np.empty(3)
    grown_low, grown_high = np.empty(3), np.empty(3)
    while depth > 0:
        depth -= 1
        node, start, end = stack[depth, 0], stack[depth, 1], stack[depth, 2]
        for c in range(3):
            least, most, m0, m1 = np.inf, -np.inf, np.inf, -np.inf
            for i in range(start, end):
                t = order[i]
                least, most = min(least, low[t, c]), max(most, high[t, c])
                middle = 0.5 * (low[t, c] + high[t, c])
                m0, m1 = min(m0, middle), max(m1, middle)
            box[node, c], box[node, 3 + c] = least, most
            middle_low[c], middle_high[c] = m0, m1
        size = end - start
        axis = 0
        for c in range(1, 3):
            if middle_high[c] - middle_low[c] > middle_high[axis] - middle_low[axis]:
                axis = c
        extent = middle_high[axis] - middle_low[axis]
        if size <= _LEAF or extent < 1e-7:
            child[node], leaf[node] = start, size
            continue
        scale = _BINS * (1 - 1e-6) / extent
        bins_low[:], bins_high[:], bins_count[:] = np.inf, -np.inf, 0
        for i in range(start, end):
            t = order[i]
            middle = 0.5 * (low[t, axis] + high[t, axis])
            b = min(max(int((middle - middle_low[axis]) * scale), 0), _BINS - 1)
            bins_count[b] += 1
            for c in range(3):
                bins_low[b, c] = min(bins_low[b, c], low[t, c])
                bins_high[b, c] = max(bins_high[b, c], high[t, c])
        grown_low[:], grown_high[:] = np.inf, -np.inf
        number = 0
        for b in range(_BINS - 1, 0, -1):
            number += bins_count[b]
            for c in range(3):
                grown_low[c] = min(grown_low[c], bins_low[b, c])
                grown_high[c] = max(grown_high[c], bins_high[b, c])
            right_area[b] = _area(grown_low, grown_high) if number else 0.0
            right_count[b] = number
        grown_low[:], grown_high[:] = np.inf, -np.inf
        number, best, cut = 0, np.inf, 0
        for b in range(_BINS - 1):
            number += bins_count[b]
            for c in range(3):
                grown_low[c] = min(grown_low[c], bins_low[b, c])
                grown_high[c] = max(grown_high[c], bins_high[b, c])
            if number == 0 or right_count[b + 1] == 0:
                continue
            cost = _area(grown_low, grown_high) * number
            cost += right_area[b + 1] * right_count[b + 1]
            if cost < best:
                best, cut = cost, b + 1
        i, j = start, end - 1
        while i <= j:
            t = order[i]
            middle = 0.5 * (low[t, axis] + high[t, axis])
            b = min(max(int((middle - middle_low[axis]) * scale), 0), _BINS - 1)
            if b < cut:
                i += 1
            else:
                order[i], order[j] = order[j], order[i]
                j -= 1
        if i in (start, end) or depth > 250:
            child[node], leaf[node] = start, size
            continue
        child[node], leaf[node] = used, 0
        stack[depth, 0], stack[depth, 1], stack[depth, 2] = used, start, i
        depth += 1
        stack[depth, 0], stack[depth, 1], stack[depth, 2] = used + 1, i, end
        depth += 1
        used += 2
    return used


@lean
def _area(low: Array, high: Array) -> float:
    x, y, z = high[0] - low[0], high[1] - low[1], high[2] - low[2]
    return float(x * y + y * z + z * x)


@woven
def _enter(
    box: Array, node: int, ox: float, oy: float, oz: float,
    ix: float, iy: float, iz: float, far: float,
) -> float:  # fmt: skip
    """Return where a ray enters a box, or infinity where it misses it."""
    x0, x1 = (box[node, 0] - ox) * ix, (box[node, 3] - ox) * ix
    y0, y1 = (box[node, 1] - oy) * iy, (box[node, 4] - oy) * iy
    z0, z1 = (box[node, 2] - oz) * iz, (box[node, 5] - oz) * iz
    near = max(max(min(x0, x1), min(y0, y1)), max(min(z0, z1), 0.0))
    away = min(min(max(x0, x1), max(y0, y1)), min(max(z0, z1), far))
    return float(near) if near <= away else np.inf


@lean
def _reciprocal(x: float) -> float:
    return 1.0 / x if abs(x) > 1e-12 else 1e12


@kernel
def first_hit(
    nodes: Array, corners: Array, origin: Array, direction: Array, far: float,
    stack: Array, hit: Array,
) -> int:  # fmt: skip
    """Return the first triangle along a ray, or -1.

    Args:
        nodes: As in `Tree`.
        corners: As in `Tree`.
        origin: World metres, shape (3,).
        direction: Shape (3,).
        far: How far the ray reaches, in lengths of `direction`.
        stack: Work space, shape (DEPTH_LIMIT,), int64.
        hit: Filled with distance, v and w of the hit and, fourth, 1 where the ray
            met the front and -1 where it met the back, shape (4,).
    """
    if corners.shape[0] == 0:
        return -1
    ox, oy, oz = origin[0], origin[1], origin[2]
    dx, dy, dz = direction[0], direction[1], direction[2]
    ix, iy, iz = _reciprocal(dx), _reciprocal(dy), _reciprocal(dz)
    best, found = far, -1
    stack[0] = 0
    depth = 1
    if _enter(nodes, 0, ox, oy, oz, ix, iy, iz, best) == np.inf:
        return -1
    while depth > 0:
        depth -= 1
        node = stack[depth]
        first = int(nodes[node, 6])
        count = int(nodes[node, 7])
        if count == 0:
            a = _enter(nodes, first, ox, oy, oz, ix, iy, iz, best)
            b = _enter(nodes, first + 1, ox, oy, oz, ix, iy, iz, best)
            if depth + 2 > DEPTH_LIMIT:
                continue
            nearer, further = (first, first + 1) if a <= b else (first + 1, first)
            if max(a, b) < np.inf:
                stack[depth] = further
                depth += 1
            if min(a, b) < np.inf:
                stack[depth] = nearer
                depth += 1
            continue
        for i in range(first, first + count):
            px = dy * corners[i, 8] - dz * corners[i, 7]
            py = dz * corners[i, 6] - dx * corners[i, 8]
            pz = dx * corners[i, 7] - dy * corners[i, 6]
            det = corners[i, 3] * px + corners[i, 4] * py + corners[i, 5] * pz
            if abs(det) < 1e-12:
                continue
            inverse = 1.0 / det
            sx, sy, sz = ox - corners[i, 0], oy - corners[i, 1], oz - corners[i, 2]
            v = (sx * px + sy * py + sz * pz) * inverse
            if v < 0.0 or v > 1.0:
                continue
            rx = sy * corners[i, 5] - sz * corners[i, 4]
            ry = sz * corners[i, 3] - sx * corners[i, 5]
            rz = sx * corners[i, 4] - sy * corners[i, 3]
            w = (dx * rx + dy * ry + dz * rz) * inverse
            if w < 0.0 or v + w > 1.0:
                continue
            t = (corners[i, 6] * rx + corners[i, 7] * ry + corners[i, 8] * rz) * inverse
            if 0.0 < t < best:
                best, found = t, int(corners[i, 9])
                hit[0], hit[1], hit[2] = t, v, w
                hit[3] = 1.0 if det > 0 else -1.0
    return found


@kernel
def blocked(
    nodes: Array, corners: Array, origin: Array, direction: Array, far: float,
    stack: Array,
) -> bool:  # fmt: skip
    """Return whether any triangle lies along a ray before `far`.

    Args:
        nodes: As in `Tree`.
        corners: As in `Tree`.
        origin: World metres, shape (3,).
        direction: Shape (3,).
        far: How far the ray reaches, in lengths of `direction`.
        stack: Work space, shape (DEPTH_LIMIT,), int64.
    """
    if corners.shape[0] == 0:
        return False
    ox, oy, oz = origin[0], origin[1], origin[2]
    dx, dy, dz = direction[0], direction[1], direction[2]
    ix, iy, iz = _reciprocal(dx), _reciprocal(dy), _reciprocal(dz)
    stack[0] = 0
    depth = 1
    while depth > 0:
        depth -= 1
        node = stack[depth]
        if _enter(nodes, node, ox, oy, oz, ix, iy, iz, far) == np.inf:
            continue
        first = int(nodes[node, 6])
        count = int(nodes[node, 7])
        if count == 0:
            if depth + 2 > DEPTH_LIMIT:
                continue
            stack[depth], stack[depth + 1] = first + 1, first
            depth += 2
            continue
        for i in range(first, first + count):
            px = dy * corners[i, 8] - dz * corners[i, 7]
            py = dz * corners[i, 6] - dx * corners[i, 8]
            pz = dx * corners[i, 7] - dy * corners[i, 6]
            det = corners[i, 3] * px + corners[i, 4] * py + corners[i, 5] * pz
            if abs(det) < 1e-12:
                continue
            inverse = 1.0 / det
            sx, sy, sz = ox - corners[i, 0], oy - corners[i, 1], oz - corners[i, 2]
            v = (sx * px + sy * py + sz * pz) * inverse
            if v < 0.0 or v > 1.0:
                continue
            rx = sy * corners[i, 5] - sz * corners[i, 4]
            ry = sz * corners[i, 3] - sx * corners[i, 5]
            rz = sx * corners[i, 4] - sy * corners[i, 3]
            w = (dx * rx + dy * ry + dz * rz) * inverse
            if w < 0.0 or v + w > 1.0:
                continue
            t = (corners[i, 6] * rx + corners[i, 7] * ry + corners[i, 8] * rz) * inverse
            if 0.0 < t < far:
                return True
    return False
