"""Skins over rings: the pieces that a body and its clothes are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.stage.bones import BONES

__all__ = [
    "COARSER",
    "Mesh",
    "Part",
    "loft",
    "merge",
    "mirrored",
    "normals_of",
    "normals_over",
    "ring",
    "smooth",
    "weight",
]

Array = NDArray[np.float64]
Mesh = tuple[NDArray[np.int32], NDArray[np.int32]]

COARSER = (2, 4)
"""Of how many rings and columns a coarser skin keeps one."""

_UP = np.array([0.0, 1.0, 0.0])
"""Normal of a point whose triangles have no area."""

_SMALL_M = 0.06
"""The coarsest skins leave out what is smaller, such as eyelids."""


@dataclass(frozen=True)
class Part:
    """A piece of a body at rest.

    Attributes:
        positions: Shape (n, 3), metres.
        normals: Unit, shape (n, 3).
        surface: Metres along and round the piece, shape (n, 2).
        weights: Share of every bone, shape (n, b); rows sum to 1.
        triangles: Shape (m, 3).
        material: Name index of each triangle, shape (m,).
        coarser: The same piece with fewer triangles over some of the same points:
            triangles and their materials, a pair for each of `COARSER`.
    """

    positions: Array
    normals: Array
    surface: Array
    weights: Array
    triangles: NDArray[np.int32]
    material: NDArray[np.int32]
    coarser: tuple[Mesh, ...]


def smooth(value: Array | float, start: float, end: float) -> Array:
    """Return a smooth step from 0 at `start` to 1 at `end` (which may be lower)."""
    t = np.clip((np.asarray(value, np.float64) - start) / (end - start), 0.0, 1.0)
    return np.asarray(t * t * (3 - 2 * t))


def weight(shape: tuple[int, ...], **shares: Array | float) -> Array:
    """Return bone weights of points, normalised.

    Args:
        shape: Of the points without their coordinates.
        **shares: Bone name to share, broadcast to `shape`.
    """
    out = np.zeros((*shape, len(BONES)))
    for bone, share in shares.items():
        out[..., BONES.index(bone)] += share
    return np.asarray(out / np.maximum(out.sum(axis=-1, keepdims=True), 1e-9))


def ring(
    angles: Array,
    *,
    side: Array | float,
    front: Array | float,
    back: Array | float,
    power: Array | float = 2.0,
) -> tuple[Array, Array]:
    """Return x and z round rounded boxes (superellipses), shape (r, c) each.

    Args:
        angles: Round the ring from +x (0) over +z (90°), radians, shape (c,).
        side: Half width of each ring.
        front: Extent towards +z of each ring.
        back: Extent towards -z of each ring.
        power: 2 is an ellipse, more is boxier.
    """
    across, front, back, power = (
        np.atleast_1d(np.asarray(v, np.float64))[:, None]
        for v in (side, front, back, power)
    )
    c, s = np.cos(angles)[None], np.sin(angles)[None]
    x = across * np.sign(c) * np.abs(c) ** (2 / power)
    z = np.where(s > 0, front, back) * np.sign(s) * np.abs(s) ** (2 / power)
    return x, z


def _unrolled(points: Array) -> Array:
    """Return surface coordinates in metres of rings of points, shape (r, c, 2).

    Across, from the middle of each ring; along, by the mean way between rings.
    """
    around = np.linalg.norm(np.diff(points, axis=1), axis=2)
    along = np.linalg.norm(np.diff(points, axis=0), axis=2).mean(axis=1)
    u = np.concatenate([np.zeros((len(points), 1)), np.cumsum(around, axis=1)], axis=1)
    u = u - u[:, -1:] / 2
    v = np.concatenate([[0.0], np.cumsum(along)])
    return np.stack([u, np.broadcast_to(v[:, None], u.shape)], axis=-1)


def _and_then(rings: Array, middles: list[Array]) -> Array:
    """Return the rows of all rings, then those of the middles of closed ends."""
    flat = rings.reshape(-1, rings.shape[-1])
    return np.concatenate([flat, np.reshape(middles, (-1, flat.shape[1]))])


def loft(
    points: Array,
    weights: Array,
    *,
    material: int | NDArray[np.int32],
    start: bool = True,
    end: bool = True,
    closed: bool = True,
) -> Part:
    """Return a skin over rings of points.

    Args:
        points: Ring after ring, shape (r, c, 3).
        weights: Shape (r, c, b), or (r, 1, b).
        material: One index, or one for each quad, shape (r - 1, c) (c - 1 when open).
        start: Close the first ring.
        end: Close the last ring.
        closed: Whether the last column meets the first.
    """
    rows, columns = points.shape[:2]
    weights = np.broadcast_to(weights, (rows, columns, weights.shape[-1]))
    if closed:
        points = np.concatenate([points, points[:, :1]], axis=1)
        weights = np.concatenate([weights, weights[:, :1]], axis=1)
    wide = points.shape[1]
    quads = np.broadcast_to(np.asarray(material, np.int32), (rows - 1, wide - 1))
    surface = _unrolled(points)
    ends = [(0, 1)] * start + [(rows - 1, -1)] * end
    caps = [(row, rows * wide + k, order) for k, (row, order) in enumerate(ends)]
    flat = _and_then(points, [points[r, :columns].mean(axis=0) for r, _ in ends])
    uv = _and_then(surface, [np.array([0.0, surface[r, 0, 1]]) for r, _ in ends])
    shares = _and_then(weights, [weights[r, :columns].mean(axis=0) for r, _ in ends])
    triangles, names = _skin(quads, caps, step=1, least=1)
    flip = closed and _inward(flat, triangles)
    meshes = [_skin(quads, caps, step=s, least=3 if closed else 1) for s in COARSER]
    if float(np.linalg.norm(np.ptp(flat, axis=0))) < _SMALL_M:
        meshes[-1] = (triangles[:0], names[:0])
    turned = -1 if flip else 1
    triangles = triangles[:, ::turned]
    return Part(
        positions=flat,
        normals=normals_of(flat, triangles),
        surface=uv,
        weights=shares,
        triangles=triangles,
        material=names,
        coarser=tuple((corners[:, ::turned], row) for corners, row in meshes),
    )


def _skin(
    quads: NDArray[np.int32],
    caps: Sequence[tuple[int, int, int]],
    *,
    step: int,
    least: int,
) -> Mesh:
    """Return triangles and materials over one ring and column in `step`.

    Args:
        quads: Material of each quad of the finest skin, shape (r, c).
        caps: Ring, point in its middle and order of corners of each closed end.
        step: How many quads of the finest skin one spans, at most.
        least: Fewest quads round a ring.
    """
    rows, columns = quads.shape
    wide = columns + 1
    ring_at = _kept(rows, max(1, -(-rows // step)))
    at = _kept(columns, min(columns, max(least, -(-columns // step))))
    row, below = ring_at[:-1, None] * wide, ring_at[1:, None] * wide
    a, b = (row + at[:-1]).ravel(), (row + at[1:]).ravel()
    c, d = (below + at[:-1]).ravel(), (below + at[1:]).ravel()
    middle = (ring_at[:-1] + ring_at[1:]) // 2, (at[:-1] + at[1:]) // 2
    of_quad = quads[np.ix_(*middle)].ravel()
    corners = [np.stack([a, d, b], axis=1), np.stack([a, c, d], axis=1)]
    names = [of_quad, of_quad]
    for ring_row, centre, order in caps:
        rim = ring_row * wide + at
        fan = np.stack([rim[:-1], rim[1:], np.full(len(rim) - 1, centre)], axis=1)
        corners.append(fan[:, ::order])
        names.append(np.full(len(fan), quads[min(ring_row, rows - 1), 0]))
    return (
        np.concatenate(corners).astype(np.int32),
        np.concatenate(names).astype(np.int32),
    )


def _kept(last: int, count: int) -> NDArray[np.int64]:
    """Return `count` even steps from 0 to `last`, rounded."""
    return np.rint(np.linspace(0, last, count + 1)).astype(np.int64)


def mirrored(part: Part) -> Part:
    """Return the other side's piece: x turned round, left bones for right ones."""
    swap = []
    for name in BONES:
        other = name
        if name.endswith("_l"):
            other = name[:-1] + "r"
        elif name.endswith("_r"):
            other = name[:-1] + "l"
        swap.append(BONES.index(other))
    flip = np.array([-1.0, 1.0, 1.0])
    return Part(
        positions=part.positions * flip,
        normals=part.normals * flip,
        surface=part.surface,
        weights=part.weights[:, swap],
        triangles=part.triangles[:, ::-1],
        material=part.material,
        coarser=tuple((mesh[:, ::-1], names) for mesh, names in part.coarser),
    )


def merge(parts: Sequence[Part]) -> Part:
    """Return all pieces as one, each with surface coordinates of its own."""
    offsets = np.cumsum([0] + [len(p.positions) for p in parts])
    # 3 m apart, so no two places of a body share a surface coordinate.
    surface = [p.surface + np.array([0.0, 3.0 * i]) for i, p in enumerate(parts)]
    return Part(
        positions=np.concatenate([p.positions for p in parts]),
        normals=np.concatenate([p.normals for p in parts]),
        surface=np.concatenate(surface),
        weights=np.concatenate([p.weights for p in parts]),
        triangles=np.concatenate(
            [p.triangles + o for p, o in zip(parts, offsets, strict=False)]
        ),
        material=np.concatenate([p.material for p in parts]),
        coarser=tuple(
            (
                np.concatenate(
                    [p.coarser[i][0] + o for p, o in zip(parts, offsets, strict=False)]
                ),
                np.concatenate([p.coarser[i][1] for p in parts]),
            )
            for i in range(len(COARSER))
        ),
    )


def _inward(points: Array, triangles: NDArray[np.int32]) -> bool:
    """Return whether the triangles of a closed skin face inwards."""
    local = points - points.mean(axis=0)
    a, b, c = (local[triangles[:, k]] for k in range(3))
    return bool(np.einsum("ij,ij->", a, np.cross(b, c)) < 0)


def normals_over(points: Array, meshes: Sequence[Mesh], otherwise: Array) -> Array:
    """Return smooth normals of points, of which some are in coarser meshes only.

    Args:
        points: Shape (n, 3).
        meshes: From the finest to the coarsest.
        otherwise: Normals of points that no mesh gives one, shape (n, 3).
    """
    out = np.zeros_like(points)
    for triangles, _ in meshes:
        used = np.unique(triangles)
        missing = used[np.linalg.norm(out[used], axis=1) < 0.5]
        out[missing] = normals_of(points, triangles)[missing]
    missing = np.linalg.norm(out, axis=1) < 0.5
    out[missing] = otherwise[missing]
    return out


def normals_of(points: Array, triangles: NDArray) -> Array:
    """Return smooth normals; points in one place share theirs (seams)."""
    _, same = np.unique(np.round(points, 6), axis=0, return_inverse=True)
    same = same.ravel()
    a, b, c = (points[triangles[:, k]] for k in range(3))
    area = np.cross(b - a, c - a)
    total = np.zeros((same.max() + 1, 3))
    for k in range(3):
        np.add.at(total, same[triangles[:, k]], area)
    normals = total[same]
    length = np.linalg.norm(normals, axis=1, keepdims=True)
    return np.asarray(
        np.where(length > 1e-14, normals / np.maximum(length, 1e-14), _UP)
    )
