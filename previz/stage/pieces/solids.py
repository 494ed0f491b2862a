"""The few shapes that every set piece is made of.

Shapes live in the piece's own space: x right, y up, z towards its front, metres,
with the middle of the piece's base at the origin. `at` is the middle of a shape's
base. Triangles are counter-clockwise seen from outside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.model import Vec2, Vec3
from previz.stage.pieces.coats import Coat

__all__ = [
    "Solid",
    "box",
    "cylinder",
    "ellipsoid",
    "lathe",
    "loft",
    "moved",
    "prism",
    "quads",
    "rounded_ring",
    "tube",
    "turned",
]


@dataclass(frozen=True)
class Solid:
    """One shape with one coat.

    Attributes:
        positions: Vertices in metres, shape (n, 3).
        normals: Unit vertex normals, shape (n, 3).
        surface: Surface coordinates in metres, shape (n, 2).
        triangles: Vertex indices, shape (m, 3).
        coat: What the shape is covered with.
        closed: Whether the triangles bound a volume.
        part: The moving part that it belongs to; empty for what stands still.
        seen: Always; or only while no part of the piece ever opens; or only where one
            does, as the inside of a cupboard.
    """

    positions: NDArray[np.float64]
    normals: NDArray[np.float64]
    surface: NDArray[np.float64]
    triangles: NDArray[np.int32]
    coat: Coat
    closed: bool = True
    part: str = ""
    seen: Literal["always", "shut", "opened"] = "always"

    @property
    def volume_m3(self) -> float:
        """Signed volume by the divergence theorem; positive when facing outward."""
        a, b, c = (self.positions[self.triangles[:, k]] for k in range(3))
        return float(np.einsum("ij,ij->", a, _cross(b, c)) / 6)


def moved(solid: Solid, by: ArrayLike) -> Solid:
    """Return the shape shifted by a vector in metres."""
    return replace(solid, positions=solid.positions + np.asarray(by, float))


def turned(
    solid: Solid,
    *,
    yaw_deg: float = 0.0,
    pitch_deg: float = 0.0,
    roll_deg: float = 0.0,
    about: Vec3 = (0.0, 0.0, 0.0),
) -> Solid:
    """Return the shape turned by roll (z), then pitch (x), then yaw (y)."""
    turn = _turn(yaw_deg, pitch_deg, roll_deg)
    centre = np.asarray(about)
    return replace(
        solid,
        positions=(solid.positions - centre) @ turn.T + centre,
        normals=solid.normals @ turn.T,
    )


@cache
def _turn(yaw_deg: float, pitch_deg: float, roll_deg: float) -> NDArray[np.float64]:
    y, p, r = (math.radians(v) for v in (yaw_deg, pitch_deg, roll_deg))
    yaw = np.array(
        [[math.cos(y), 0, math.sin(y)], [0, 1, 0], [-math.sin(y), 0, math.cos(y)]]
    )
    pitch = np.array(
        [[1, 0, 0], [0, math.cos(p), -math.sin(p)], [0, math.sin(p), math.cos(p)]]
    )
    roll = np.array(
        [[math.cos(r), -math.sin(r), 0], [math.sin(r), math.cos(r), 0], [0, 0, 1]]
    )
    turn: NDArray[np.float64] = yaw @ pitch @ roll
    return turn


def _cross(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cross product of the last axis; numpy's own is slow for small arrays."""
    out = np.empty(np.broadcast_shapes(a.shape, b.shape))
    out[..., 0] = a[..., 1] * b[..., 2] - a[..., 2] * b[..., 1]
    out[..., 1] = a[..., 2] * b[..., 0] - a[..., 0] * b[..., 2]
    out[..., 2] = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return out


def planar(
    positions: NDArray[np.float64], normals: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Map each vertex along the axis that its normal is nearest to.

    Args:
        positions: Shape (n, 3), metres.
        normals: Shape (n, 3).

    Returns:
        Surface coordinates in metres, shape (n, 2).
    """
    axis = np.argmax(np.abs(normals), axis=1)
    u = np.where(axis == 0, positions[:, 2], positions[:, 0])
    v = np.where(axis == 1, positions[:, 2], positions[:, 1])
    return np.stack([u, v], axis=1)


@cache
def _box_template() -> tuple[NDArray[Any], ...]:
    """Signs of half size and of bevel inset, normals and triangles of a box.

    Vertices 0 to 23 are the faces' corners, the rest the bevels'.
    """
    built = _Template()
    for axis in range(3):
        for side in (-1, 1):
            built.add([(axis, _placed(axis, side, around)) for around in _AROUND])
    face_triangles = len(built.triangles)
    for edge in range(3):
        p, q = (k for k in range(3) if k != edge)
        for around in _AROUND:
            low, high = (_placed(edge, along, around) for along in (-1, 1))
            built.add([(p, low), (p, high), (q, high), (q, low)])
    for corner in product((-1, 1), repeat=3):
        built.add([(axis, corner) for axis in range(3)])
    return (
        np.array(built.signs, float),
        np.array(built.insets, float),
        np.array(built.normals, float),
        np.array(built.triangles[:face_triangles], np.int32),
        np.array(built.triangles, np.int32),
    )


_Corner = tuple[int, ...]
"""Sign of a box's corner along x, y and z."""

_AROUND = ((-1, -1), (1, -1), (1, 1), (-1, 1))
"""The corners of a face in turn, by the two axes that lie in it."""


def _placed(axis: int, sign: int, around: tuple[int, int]) -> _Corner:
    """Return the corner with this sign along an axis and those along the others."""
    return (*around[:axis], sign, *around[axis:])


class _Template:
    """Polygons of a box of half size 1, each with vertices of its own."""

    def __init__(self) -> None:
        self.signs: list[_Corner] = []
        self.insets: list[list[float]] = []
        self.normals: list[list[float]] = []
        self.triangles: list[tuple[int, int, int]] = []

    def add(self, vertices: list[tuple[int, _Corner]]) -> None:
        """Add a convex polygon, turned outward.

        Args:
            vertices: In turn: the axis of the face that each belongs to, and where.
        """
        first = len(self.signs)
        for axis, corner in vertices:
            along = [float(corner[k]) if k == axis else 0.0 for k in range(3)]
            across = [0.0 if k == axis else float(corner[k]) for k in range(3)]
            self.signs.append(corner)
            self.insets.append(across)
            self.normals.append(along)
        spread = np.array(self.signs[first:], float)
        spread -= 0.3 * np.array(self.insets[first:])
        outward = np.sum(self.normals[first:], axis=0)
        facing = np.cross(spread[1] - spread[0], spread[2] - spread[0]) @ outward
        ring = list(range(first, len(self.signs)))[:: 1 if facing > 0 else -1]
        self.triangles.extend(
            (ring[0], ring[k], ring[k + 1]) for k in range(1, len(ring) - 1)
        )


def box(size: Vec3, at: Vec3, coat: Coat, *, bevel: float = 0.0) -> Solid:
    """Return a box; a bevel (metres) rounds its edges in shading and outline."""
    signs, insets, normals, plain, bevelled = _box_template()
    half = np.asarray(size, float) / 2
    centre = np.asarray(at, float) + np.array([0, half[1], 0])
    rounding = min(bevel, float(half.min()) * 0.98)
    if rounding <= 0:
        signs, normals = signs[:24], normals[:24]
        positions = signs * half + centre
        triangles = plain
    else:
        positions = signs * half - insets * rounding + centre
        triangles = bevelled
    return Solid(positions, normals, planar(positions, normals), triangles, coat)


def lathe(
    profile: Sequence[Vec2],
    coat: Coat,
    *,
    at: Vec3 = (0.0, 0.0, 0.0),
    segments: int = 14,
    crease_deg: float = 35.0,
) -> Solid:
    """Turn a profile of (radius, height) about the y axis, from bottom to top.

    Ends with a radius above 0 are closed by a disc. Corners of the profile that
    bend by more than `crease_deg` stay sharp.
    """
    line, length = _closed_profile(profile)
    slopes = _profile_normals(line, length, crease_deg)
    ends = np.stack([line[:-1], line[1:]], 1)
    angle = np.linspace(0, 2 * math.pi, segments + 1)
    mean_radius = float(line[:, 0].max()) * 0.8
    arc = np.concatenate([[0], np.cumsum(length)])
    surface = np.empty((len(length), 2, segments + 1, 2))
    surface[..., 0] = angle * mean_radius + at[0]
    surface[..., 1] = np.stack([arc[:-1], arc[1:]], 1)[:, :, None] + at[2]
    return Solid(
        _swept(ends, angle) + np.asarray(at, float),
        _swept(slopes, angle),
        surface.reshape(-1, 2),
        _band_triangles(ends[..., 0] > 1e-9, segments),
        coat,
    )


def _closed_profile(
    profile: Sequence[Vec2],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a profile that begins and ends on the axis, and its segments' lengths.

    Segments without length are left out.
    """
    points = [(0.0, profile[0][1])] if profile[0][0] > 0 else []
    points += list(profile)
    points += [(0.0, profile[-1][1])] if profile[-1][0] > 0 else []
    line = np.asarray(points, float)
    step = np.diff(line, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    line = np.concatenate([line[:1], line[1:][length > 1e-9]])
    return line, length[length > 1e-9]


def _profile_normals(
    line: NDArray[np.float64], length: NDArray[np.float64], crease_deg: float
) -> NDArray[np.float64]:
    """Return the normals at both ends of each segment, shape (n, 2, 2).

    Neighbours share theirs where the profile bends by no more than the crease.
    """
    step = np.diff(line, axis=0)
    flat = np.stack([step[:, 1], -step[:, 0]], 1) / length[:, None]
    sharp = np.einsum("ij,ij->i", flat[:-1], flat[1:]) < math.cos(
        math.radians(crease_deg)
    )
    joint = flat[:-1] + flat[1:]
    joint /= np.maximum(np.linalg.norm(joint, axis=1, keepdims=True), 1e-12)
    low, high = flat.copy(), flat.copy()
    low[1:] = np.where(sharp[:, None], flat[1:], joint)
    high[:-1] = np.where(sharp[:, None], flat[:-1], joint)
    return np.stack([low, high], 1)


def _swept(
    rows: NDArray[np.float64], angle: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Turn (radius, height) of shape (n, 2, 2) to all angles, as rows of x, y, z."""
    swept = np.empty((*rows.shape[:2], len(angle), 3))
    swept[..., 0] = rows[:, :, None, 0] * np.sin(angle)
    swept[..., 1] = rows[:, :, None, 1]
    swept[..., 2] = rows[:, :, None, 0] * np.cos(angle)
    return swept.reshape(-1, 3)


def _band_triangles(wide: NDArray[np.bool_], segments: int) -> NDArray[np.int32]:
    """Return the triangles of bands round an axis.

    Args:
        wide: Whether the lower and the upper end of a band are off the axis,
            shape (n, 2); a triangle with an edge on it is left out.
        segments: How many quads a band has.
    """
    bands = len(wide)
    grid = np.arange(bands * 2 * (segments + 1)).reshape(bands, 2, segments + 1)
    a, b = grid[:, 0, :-1], grid[:, 0, 1:]
    c, d = grid[:, 1, 1:], grid[:, 1, :-1]
    low = np.stack([a, b, c], -1)[wide[:, 0]].reshape(-1, 3)
    high = np.stack([a, c, d], -1)[wide[:, 1]].reshape(-1, 3)
    return np.concatenate([low, high]).astype(np.int32)


def cylinder(
    radius: float,
    height: float,
    at: Vec3,
    coat: Coat,
    *,
    top: float | None = None,
    segments: int = 12,
) -> Solid:
    """Return an upright cylinder, or a cone frustum when `top` radius is given."""
    upper = radius if top is None else top
    return lathe(
        [(radius, 0.0), (upper, max(0.01, height))], coat, at=at, segments=segments
    )


def ellipsoid(
    radii: Vec3,
    at: Vec3,
    coat: Coat,
    *,
    rows: int = 7,
    segments: int = 10,
    lumps: float = 0.0,
    seed: int = 0,
) -> Solid:
    """Return an ellipsoid about its centre `at`; `lumps` (0 to 0.4) dents it."""
    polar = np.linspace(-math.pi / 2, math.pi / 2, rows + 1)
    ring = np.linspace(0, 2 * math.pi, segments + 1)
    unit = np.empty((rows + 1, segments + 1, 3))
    unit[..., 0] = np.cos(polar)[:, None] * np.sin(ring)
    unit[..., 1] = np.sin(polar)[:, None]
    unit[..., 2] = np.cos(polar)[:, None] * np.cos(ring)
    swell = np.ones((rows + 1, segments + 1))
    if lumps:
        rng = np.random.default_rng(seed)
        swell[1:-1, :-1] += rng.uniform(-lumps, lumps, (rows - 1, segments))
        swell[:, -1] = swell[:, 0]
    grid = unit * swell[..., None] * np.asarray(radii)
    normals = _grid_normals(grid)
    surface = np.empty((rows + 1, segments + 1, 2))
    surface[..., 0] = ring * (radii[0] + radii[2]) / 2 + at[0]
    surface[..., 1] = (polar * radii[1])[:, None] + at[1]
    return Solid(
        (grid + np.asarray(at)).reshape(-1, 3),
        normals.reshape(-1, 3),
        surface.reshape(-1, 2),
        _grid_triangles(rows + 1, segments + 1, poles=True),
        coat,
    )


def _grid_triangles(rows: int, columns: int, *, poles: bool) -> NDArray[np.int32]:
    grid = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]
    lower, upper = np.stack([a, b, c], -1), np.stack([a, c, d], -1)
    if poles:
        lower, upper = lower[1:], upper[:-1]
    return np.concatenate([lower.reshape(-1, 3), upper.reshape(-1, 3)]).astype(np.int32)


def _grid_normals(grid: NDArray[np.float64]) -> NDArray[np.float64]:
    """Smooth normals of a grid whose rows rise and whose columns run round."""
    along = np.empty_like(grid)
    along[1:-1] = grid[2:] - grid[:-2]
    along[0], along[-1] = grid[1] - grid[0], grid[-1] - grid[-2]
    inner = grid[:, :-1]
    turn = np.arange(inner.shape[1])
    across = inner[:, (turn + 1) % len(turn)] - inner[:, turn - 1]
    across = np.concatenate([across, across[:, :1]], axis=1)
    for row in (0, -1):
        if np.abs(across[row]).max() < 1e-9:
            across[row] = across[1 if row == 0 else -2]
    normals = _cross(across, along)
    length = np.linalg.norm(normals, axis=-1, keepdims=True)
    return np.asarray(normals / np.maximum(length, 1e-12))


def loft(rings: ArrayLike, coat: Coat) -> Solid:
    """Join closed rings of points into a smooth skin with flat ends.

    Args:
        rings: Shape (r, k, 3), metres. Each ring has k points, not repeated; all
            run the same way round.
        coat: What the shape is covered with.
    """
    grid = np.asarray(rings, float)
    grid = np.concatenate([grid, grid[:, :1]], axis=1)
    rows, columns = grid.shape[:2]
    normals = _grid_normals(grid)
    around = np.linalg.norm(np.diff(grid, axis=1), axis=2).cumsum(axis=1)
    rise = np.linalg.norm(np.diff(grid.mean(axis=1), axis=0), axis=1).cumsum()
    surface = np.zeros((rows, columns, 2))
    surface[:, 1:, 0] = around
    surface[1:, :, 1] = rise[:, None]
    skin = Solid(
        grid.reshape(-1, 3),
        normals.reshape(-1, 3),
        surface.reshape(-1, 2),
        _grid_triangles(rows, columns, poles=False),
        coat,
    )
    caps = (_cap(grid[0, :-1], -1, coat), _cap(grid[-1, :-1], 1, coat))
    whole = _joined([skin, *(cap for cap in caps if cap is not None)])
    return whole if whole.volume_m3 >= 0 else _inside_out(whole)


def _cap(ring: NDArray[np.float64], outward: int, coat: Coat) -> Solid | None:
    """Return the flat end of a loft: a fan round its middle; None if it has no area."""
    count = len(ring)
    centre = ring.mean(axis=0)
    spokes = ring - centre
    after = np.arange(1, count + 1) % count
    normal = _cross(spokes, spokes[after]).sum(axis=0) * outward
    size = np.linalg.norm(normal)
    if size < 1e-9:
        return None
    points = np.concatenate([centre[None], ring])
    normals = np.broadcast_to(normal / size, points.shape)
    fan = np.stack([np.zeros(count), 1 + np.arange(count), 1 + after], 1)
    fan = fan if outward > 0 else fan[:, ::-1]
    return Solid(points, normals, planar(points, normals), fan.astype(np.int32), coat)


def _joined(solids: Sequence[Solid]) -> Solid:
    """Return solids of one coat as one."""
    counts = [len(solid.positions) for solid in solids]
    firsts = np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.int32)
    faces = [solid.triangles + k for solid, k in zip(solids, firsts, strict=True)]
    return Solid(
        np.concatenate([solid.positions for solid in solids]),
        np.concatenate([solid.normals for solid in solids]),
        np.concatenate([solid.surface for solid in solids]),
        np.concatenate(faces).astype(np.int32),
        solids[0].coat,
    )


def _inside_out(solid: Solid) -> Solid:
    return replace(
        solid, normals=-solid.normals, triangles=solid.triangles[:, ::-1].copy()
    )


def rounded_ring(
    width: float, depth: float, *, radius: float, y: float, corner: int = 3
) -> NDArray[np.float64]:
    """Return a rounded rectangle in the plane y, shape (4 * (corner + 1), 3)."""
    r = min(radius, width / 2, depth / 2)
    points = []
    for quarter, (sx, sz) in enumerate([(1, 1), (-1, 1), (-1, -1), (1, -1)]):
        angles = np.linspace(0, math.pi / 2, corner + 1) + quarter * math.pi / 2
        x = sx * (width / 2 - r) + r * np.cos(angles)
        z = sz * (depth / 2 - r) + r * np.sin(angles)
        points.append(np.stack([x, np.full_like(x, y), z], 1))
    return np.concatenate(points)


def tube(points: Sequence[Vec3], radius: float, coat: Coat, *, sides: int = 6) -> Solid:
    """Return a round bar along a line of points."""
    path = np.asarray(points, float)
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    helper = np.array([0.0, 0.0, 1.0])
    if abs(along[:, 2]).max() > 0.9:
        helper = np.array([1.0, 0.0, 0.0])
    if abs(along @ helper).max() > 0.95:
        helper = np.array([0.0, 1.0, 0.0])
    right = _cross(helper, along)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    up = _cross(along, right)
    angle = np.arange(sides) / sides * 2 * math.pi
    rings = path[:, None] + radius * (
        np.cos(angle)[None, :, None] * right[:, None]
        + np.sin(angle)[None, :, None] * up[:, None]
    )
    return loft(rings, coat)


def quads(corners: ArrayLike, coat: Coat, *, closed: bool = False) -> Solid:
    """Return flat quads, shape (n, 4, 3), counter-clockwise seen from outside."""
    ring = np.asarray(corners, float).reshape(-1, 4, 3)
    normal = _cross(ring[:, 2] - ring[:, 0], ring[:, 3] - ring[:, 1])
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    normals = np.repeat(normal, 4, axis=0)
    positions = ring.reshape(-1, 3)
    first = np.arange(len(ring))[:, None] * 4
    triangles = np.concatenate(
        [first + np.array([0, 1, 2]), first + np.array([0, 2, 3])]
    )
    return Solid(
        positions,
        normals,
        planar(positions, normals),
        triangles.astype(np.int32),
        coat,
        closed,
    )


def prism(outline: Sequence[Vec2], depth: float, at: Vec3, coat: Coat) -> Solid:
    """Push an outline in x and y (counter-clockwise) out to ±depth/2 in z.

    The outline may be concave; it must not cross itself.
    """
    line = np.asarray(outline, float)
    count = len(line)
    ears = _ears(line)
    z = depth / 2
    front = np.column_stack([line, np.full(count, z)])
    back = np.column_stack([line, np.full(count, -z)])
    ahead = np.roll(np.arange(count), -1)
    sides = quads(
        np.stack([front, back, back[ahead], front[ahead]], axis=1), coat, closed=True
    )
    positions = np.concatenate([sides.positions, front, back])
    normals = np.concatenate(
        [
            sides.normals,
            np.tile((0.0, 0.0, 1.0), (count, 1)),
            np.tile((0.0, 0.0, -1.0), (count, 1)),
        ]
    )
    triangles = np.concatenate(
        [sides.triangles, ears + 4 * count, ears[:, ::-1] + 5 * count]
    )
    positions = positions + np.asarray(at, float)
    return Solid(
        positions, normals, planar(positions, normals), triangles.astype(np.int32), coat
    )


def _ears(line: NDArray[np.float64]) -> NDArray[np.int32]:
    """Cut a simple counter-clockwise polygon into triangles by clipping ears."""
    left = list(range(len(line)))
    found: list[tuple[int, int, int]] = []
    while len(left) > 3:
        for k in range(len(left)):
            i, j, m = left[k - 1], left[k], left[(k + 1) % len(left)]
            others = [n for n in left if n not in (i, j, m)]
            if _is_ear(line[i], line[j], line[m], line[others]):
                found.append((i, j, m))
                del left[k]
                break
        else:
            break
    found.append((left[0], left[1], left[2]))
    return np.array(found, np.int32)


def _is_ear(
    a: NDArray[np.float64],
    b: NDArray[np.float64],
    c: NDArray[np.float64],
    others: NDArray[np.float64],
) -> bool:
    def side(p: NDArray, q: NDArray, r: NDArray) -> NDArray:
        return np.asarray(
            (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1])
            - (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0])
        )

    if side(a, b, c) <= 1e-12:
        return False
    within = (side(a, b, others) >= 0) & (side(b, c, others) >= 0)
    return not bool(np.any(within & (side(c, a, others) >= 0)))
