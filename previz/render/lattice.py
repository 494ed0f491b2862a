"""Sample points on the set, regular within each triangle, where light is kept.

Mesh colours (Yuksel, Keyser and House 2010): a triangle of resolution n carries
(n + 1)(n + 2) / 2 samples on a barycentric lattice, so that no unwrapping is needed
and neighbours that share an edge share its samples.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel, lean, woven
from previz.stage import Geometry

__all__ = ["Lattice", "lattice_of", "read_lattice", "sample_at"]

_FINEST = 96


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
    """

    charts: Array
    sample: Array
    position: Array
    normal: Array
    inward: Array
    triangle: Array
    near: Array


def lattice_of(
    geometry: Geometry,
    *,
    spacing_m: float,
    most: int,
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> Lattice:
    """Spread samples over a set.

    Args:
        geometry: The set in world space.
        spacing_m: How far apart the samples are, where `most` allows it.
        most: About how many lattice points there may be on triangles that carry more
            than their corners.
        low: Lowest corner of where people are, world metres, shape (3,); further
            away, and on triangles that reach far beyond, samples are sparser.
        high: Highest corner.
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
    sparse[extent > 3.0 * float((high - low).max())] *= 2.0
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
    sample, kept = _merge(position, normal)
    return Lattice(
        charts=np.stack([resolution.astype(np.int64), first.astype(np.int64)], axis=1),
        sample=sample.astype(np.int32),
        position=position[kept],
        normal=normal[kept],
        inward=inward[kept],
        triangle=owner[kept].astype(np.int32),
        near=(apart[owner[kept]] < 0.6).astype(np.uint8),
    )


def _merge(
    position: NDArray[np.float64], normal: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which sample each point becomes, and which points are kept.

    Points within a millimetre or so that face the same way are one sample.
    """
    place = np.rint(position * 500.0).astype(np.int64)
    facing = np.rint(normal * 6.0).astype(np.int64)
    primes = np.array([73856093, 19349663, 83492791, 49979687, 86028121, 15485863])
    with np.errstate(over="ignore"):
        mixed = np.concatenate([place, facing], axis=1) * primes
        key = mixed[:, 0] ^ (mixed[:, 1] << 11) ^ (mixed[:, 2] << 23)
        key ^= (mixed[:, 3] << 5) ^ (mixed[:, 4] << 17) ^ (mixed[:, 5] << 29)
    _, kept, sample = np.unique(key, return_index=True, return_inverse=True)
    return sample, kept


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
    return sample[charts[t, 1] + i * (n + 1) - i * (i - 1) // 2 + j]


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
