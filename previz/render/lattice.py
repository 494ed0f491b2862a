"""Sample points on the set, regular within each triangle, where light is kept.

Mesh colours (Yuksel, Keyser and House 2010): a triangle of resolution n carries
(n + 1)(n + 2) / 2 samples on a barycentric lattice, so that no unwrapping is needed
and neighbours that share an edge share its samples. Triangles smaller than the
spacing share more: one sample for each cell of their object and way they face.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel, lean, woven
from previz.stage import Geometry

__all__ = ["Lattice", "lattice_of", "read_lattice", "sample_at"]

_FINEST = 96
_WELD_M = 0.002
_WELD_TURN = 6.0
_LAYER_M = 0.005
_CELL_TURN = 1.5
"""Normals are one where they agree after scaling by this and rounding."""


class Lattice(NamedTuple):
    """Where the light of the set is kept.

    Attributes:
        charts: Samples along a triangle's edge less one, and the triangle's first
            entry in `sample`, shape (m, 2), int64.
        sample: Which sample stands at each lattice point, shape (p,).
        position: Of each sample, world metres, shape (s, 3).
        normal: Unit, shape (s, 3).
        inward: Unit direction along the surface to the triangle's middle, (s, 3).
        triangle: A triangle that the sample lies on, shape (s,).
        near: 1 where the sample is near where people are, shape (s,), uint8.
        spacing_m: How far apart samples came to be where people are.
    """

    charts: Array
    sample: Array
    position: Array
    normal: Array
    inward: Array
    triangle: Array
    near: Array
    spacing_m: float


def lattice_of(
    geometry: Geometry,
    *,
    spacing_m: float,
    most: int,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    coarser_beyond: float = 2.0,
) -> Lattice:
    """Spread samples over a set.

    Args:
        geometry: The set in world space.
        spacing_m: How far apart the samples are, where `most` allows it.
        most: About how many lattice points there may be on triangles larger than
            the spacing; the others are counted by the cells they fill.
        low: Lowest corner of where people are, world metres, shape (3,); further
            away samples are sparser.
        high: Highest corner.
        coarser_beyond: How many times as sparse samples are on triangles that reach
            far beyond.
    """
    corners = geometry.positions[geometry.triangles].astype(np.float64)
    edges = np.roll(corners, -1, axis=1) - corners
    longest = np.sqrt((edges**2).sum(axis=2)).max(axis=1, initial=0.0)
    cross = np.cross(edges[:, 0], edges[:, 1])
    area = 0.5 * np.sqrt((cross**2).sum(axis=1))
    extent = np.maximum(np.sqrt(2.0 * area), longest / 4.0)
    below = (low - corners.max(axis=1)).max(axis=1, initial=0.0)
    above = (corners.min(axis=1) - high).max(axis=1, initial=0.0)
    apart = np.maximum(below, above)
    sparse = np.clip(1.0 + 2.0 * (apart - 0.4), 1.0, 12.0)
    sparse[longest > 3.0 * float((high - low).max())] *= coarser_beyond
    spacing = spacing_m
    while True:
        resolution = np.clip(np.ceil(extent / (spacing * sparse)), 1, _FINEST).astype(
            np.int32
        )
        counts = (resolution.astype(np.int64) + 1) * (resolution + 2) // 2
        if counts[resolution > 1].sum() <= most or resolution.max(initial=1) == 1:
            break
        spacing *= 1.2
    first = np.concatenate([[0], np.cumsum(counts)[:-1]]) if len(counts) else counts
    points = int(counts.sum())
    position, normal = np.empty((points, 3)), np.empty((points, 3))
    inward = np.empty((points, 3))
    owner = np.repeat(np.arange(len(counts)), counts)
    _place(
        geometry.positions, geometry.normals, geometry.triangles, resolution,
        first.astype(np.int64), position, normal, inward,
    )  # fmt: skip
    part = geometry.triangle_object.astype(np.int64) * 4096 + geometry.triangle_material
    cell = np.where(resolution == 1, 0.5 * spacing * sparse, 0.0)
    sample, kept = _merge(
        position, normal, part[owner], cell_m=cell[owner], area=area[owner]
    )
    # What stands on a piece hides its corners sooner than its triangles' middles.
    pull = np.where(cell[owner[kept]] > 0, 0.6, 0.0)[:, None]
    stands = position[kept] + pull * (
        corners.mean(axis=1)[owner[kept]] - position[kept]
    )
    return Lattice(
        charts=np.stack([resolution.astype(np.int64), first.astype(np.int64)], axis=1),
        sample=sample.astype(np.int32),
        position=stands,
        normal=normal[kept],
        inward=inward[kept],
        triangle=owner[kept].astype(np.int32),
        near=(apart[owner[kept]] < 0.6).astype(np.uint8),
        spacing_m=spacing,
    )


def _merge(
    position: NDArray[np.float64],
    normal: NDArray[np.float64],
    part: NDArray[np.int64],
    *,
    cell_m: NDArray[np.float64],
    area: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which sample each point becomes, and which points are kept.

    Points within a millimetre or so that face the same way are one sample; on small
    triangles those within a cell that face about the same way.

    Args:
        position: World metres, shape (p, 3).
        normal: Unit, shape (p, 3).
        part: What a point belongs to, shape (p,).
        cell_m: Edge of a cell, 0 on triangles that are not small, shape (p,).
        area: Of the points' triangles, shape (p,). Of the outermost points of a
            cell, which the piece itself covers least, that of the largest triangle
            is kept.
    """
    key = np.empty(len(position), np.uint64)
    rise = np.empty(len(position))
    _key(position, normal, part, cell_m, key, rise)
    order = np.lexsort((-area, -np.rint(rise / _LAYER_M)))
    _, kept, found = np.unique(key[order], return_index=True, return_inverse=True)
    sample = np.empty(len(position), np.int64)
    sample[order] = found
    return sample, order[kept]


@kernel
def _key(
    position: Array, normal: Array, part: Array, cell_m: Array, out: Array, rise: Array
) -> None:
    """Write a number that is the same for points that share a sample.

    In `rise` goes how far out a point lies in its cell, metres along its normal.
    """
    mix = np.uint64(0x9E3779B97F4A7C15)
    for i in range(position.shape[0]):
        alone = cell_m[i] <= _WELD_M
        scale = 1.0 / (_WELD_M if alone else cell_m[i])
        turn = _WELD_TURN if alone else _CELL_TURN
        key = np.uint64(0 if alone else part[i] + 1)
        rise[i] = 0.0
        for c in range(3):
            # Half a step aside, since pieces stand on round numbers.
            step = np.int64(np.floor(position[i, c] * scale + 0.317))
            rise[i] += (position[i, c] - step / scale) * normal[i, c]
            key = (key ^ np.uint64(step)) * mix
            key ^= key >> np.uint64(29)
            step = np.int64(np.floor(normal[i, c] * turn + 0.5))
            key = (key ^ np.uint64(step)) * mix
            key ^= key >> np.uint64(32)
        out[i] = key


@kernel
def _place(
    positions: Array,
    normals: Array,
    triangles: Array,
    resolution: Array,
    first: Array,
    out_position: Array,
    out_normal: Array,
    out_inward: Array,
) -> None:
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        n = resolution[t]
        at = first[t]
        for i in range(n + 1):
            for j in range(n + 1 - i):
                v, w = i / n, j / n
                u = 1.0 - v - w
                length, span = 0.0, 0.0
                for axis in range(3):
                    pa, pb, pc = (
                        positions[a, axis],
                        positions[b, axis],
                        positions[c, axis],
                    )
                    p = u * pa + v * pb + w * pc
                    m = u * normals[a, axis] + v * normals[b, axis]
                    m += w * normals[c, axis]
                    middle = (pa + pb + pc) / 3.0 - p
                    out_position[at, axis] = p
                    out_normal[at, axis] = m
                    out_inward[at, axis] = middle
                    length += m * m
                    span += middle * middle
                length = 1.0 / np.sqrt(max(length, 1e-20))
                span = 1.0 / np.sqrt(max(span, 1e-20))
                for axis in range(3):
                    out_normal[at, axis] *= length
                    out_inward[at, axis] *= span
                at += 1


@lean
def sample_at(charts: Array, sample: Array, t: int, v: float, w: float) -> int:
    """Return the sample nearest to a place on a triangle.

    Args:
        charts: As in `Lattice`.
        sample: As in `Lattice`.
        t: Triangle of the set.
        v: Barycentric coordinate of its second corner.
        w: Barycentric coordinate of its third corner.
    """
    n = charts[t, 0]
    i = min(np.int64(v * n + 0.5), n)
    j = min(np.int64(w * n + 0.5), n - i)
    return int(sample[charts[t, 1] + i * (n + 1) - i * (i - 1) // 2 + j])


@woven
def read_lattice(
    charts: Array,
    sample: Array,
    values: Array,
    t: int,
    v: float,
    w: float,
    out: Array,
) -> None:
    """Interpolate what is kept at the samples to a place on a triangle.

    Args:
        charts: As in `Lattice`.
        sample: As in `Lattice`.
        values: What is kept, shape (s, k).
        t: Triangle of the set.
        v: Barycentric coordinate of its second corner.
        w: Barycentric coordinate of its third corner.
        out: Filled, shape (k,).
    """
    n = charts[t, 0]
    x, y = v * n, w * n
    i, j = min(np.int64(x), n - 1), min(np.int64(y), n - 1)
    if i + j > n - 1:
        if i > j:
            i = n - 1 - j
        else:
            j = n - 1 - i
    fx, fy = x - i, y - j
    base = charts[t, 1]
    here = base + i * (n + 1) - i * (i - 1) // 2 + j
    below = here + (n + 1 - i)
    p, q = sample[below], sample[here + 1]
    if fx + fy <= 1.0 or i + j > n - 2:
        r = sample[here]
        wp, wq, wr = fx, fy, 1.0 - fx - fy
    else:
        r = sample[below + 1]
        wp, wq, wr = 1.0 - fy, 1.0 - fx, fx + fy - 1.0
    for k in range(out.shape[0]):
        out[k] = wp * values[p, k] + wq * values[q, k] + wr * values[r, k]
