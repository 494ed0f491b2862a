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
    faces: dict[tuple[int, tuple[int, ...]], tuple[list[float], list[float]]] = {}
    corners = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    for axis in range(3):
        for corner in corners:
            inset = [0.0 if k == axis else float(corner[k]) for k in range(3)]
            normal = [float(corner[k]) if k == axis else 0.0 for k in range(3)]
            faces[axis, corner] = (inset, normal)
    signs: list[tuple[int, ...]] = []
    insets: list[list[float]] = []
    normals: list[list[float]] = []
    triangles: list[tuple[int, int, int]] = []

    def polygon(keys: list[tuple[int, tuple[int, ...]]]) -> None:
        first = len(signs)
        for key in keys:
            signs.append(key[1])
            insets.append(faces[key][0])
            normals.append(faces[key][1])
        spread = np.array(signs[first:], float) - 0.3 * np.array(insets[first:])
        outward = np.sum(normals[first:], axis=0)
        facing = np.cross(spread[1] - spread[0], spread[2] - spread[0]) @ outward
        order = range(first, len(signs))
        ring = list(order) if facing > 0 else list(order)[::-1]
        triangles.extend(
            (ring[0], ring[k], ring[k + 1]) for k in range(1, len(ring) - 1)
        )

    around = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    for axis in range(3):
        for side in (-1, 1):
            ring = []
            for b, c in around:
                place = [b, c]
                place.insert(axis, side)
                ring.append((axis, tuple(place)))
            polygon(ring)
    face_triangles = len(triangles)
    for edge in range(3):
        p, q = (k for k in range(3) if k != edge)
        for sp, sq in around:
            ends = []
            for along in (-1, 1):
                place = [0, 0, 0]
                place[edge], place[p], place[q] = along, sp, sq
                ends.append(tuple(place))
            polygon([(p, ends[0]), (p, ends[1]), (q, ends[1]), (q, ends[0])])
    for corner in corners:
        polygon([(axis, corner) for axis in range(3)])
    return (
        np.array(signs, float),
        np.array(insets, float),
        np.array(normals, float),
        np.array(triangles[:face_triangles], np.int32),
        np.array(triangles, np.int32),
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
    points = [(0.0, profile[0][1])] if profile[0][0] > 0 else []
    points += list(profile)
    points += [(0.0, profile[-1][1])] if profile[-1][0] > 0 else []
    line = np.asarray(points, float)
    step = np.diff(line, axis=0)
    length = np.hypot(step[:, 0], step[:, 1])
    line = np.concatenate([line[:1], line[1:][length > 1e-9]])
    step, length = step[length > 1e-9], length[length > 1e-9]
    flat = np.stack([step[:, 1], -step[:, 0]], 1) / length[:, None]
    bends = np.einsum("ij,ij->i", flat[:-1], flat[1:]) < math.cos(
        math.radians(crease_deg)
    )
    joint = flat[:-1] + flat[1:]
    joint /= np.maximum(np.linalg.norm(joint, axis=1, keepdims=True), 1e-12)
    low = flat.copy()
    high = flat.copy()
    low[1:] = np.where(bends[:, None], flat[1:], joint)
    high[:-1] = np.where(bends[:, None], flat[:-1], joint)

    angle = np.linspace(0, 2 * math.pi, segments + 1)
    around = np.stack([np.sin(angle), np.cos(angle)], 1)
    ends = np.stack([line[:-1], line[1:]], 1)
    slopes = np.stack([low, high], 1)
    bands = len(length)
    positions = np.empty((bands, 2, segments + 1, 3))
    normals = np.empty_like(positions)
    for array, source in ((positions, ends), (normals, slopes)):
        array[..., 0] = source[:, :, None, 0] * around[None, None, :, 0]
        array[..., 1] = source[:, :, None, 1]
        array[..., 2] = source[:, :, None, 0] * around[None, None, :, 1]
    mean_radius = float(line[:, 0].max()) * 0.8
    arc = np.concatenate([[0], np.cumsum(length)])
    surface = np.empty((bands, 2, segments + 1, 2))
    surface[..., 0] = angle * mean_radius + at[0]
    surface[..., 1] = np.stack([arc[:-1], arc[1:]], 1)[:, :, None] + at[2]
    grid = np.arange(bands * 2 * (segments + 1)).reshape(bands, 2, segments + 1)
    a, b = grid[:, 0, :-1], grid[:, 0, 1:]
    c, d = grid[:, 1, 1:], grid[:, 1, :-1]
    keep_low = np.broadcast_to(ends[:, 0, 0, None] > 1e-9, a.shape)
    keep_high = np.broadcast_to(ends[:, 1, 0, None] > 1e-9, a.shape)
    triangles = np.concatenate(
        [
            np.stack([a, b, c], -1)[keep_low],
            np.stack([a, c, d], -1)[keep_high],
        ]
    )
    return Solid(
        positions.reshape(-1, 3) + np.asarray(at, float),
        normals.reshape(-1, 3),
        surface.reshape(-1, 2),
        triangles.astype(np.int32),
        coat,
    )


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
    triangles = _grid_triangles(rows, columns, poles=False)
    skin = Solid(
        grid.reshape(-1, 3),
        normals.reshape(-1, 3),
        surface.reshape(-1, 2),
        triangles,
        coat,
    )
    positions, vertex_normals = [skin.positions], [skin.normals]
    coordinates, faces = [skin.surface], [skin.triangles]
    first = len(skin.positions)
    for ring, outward in ((grid[0, :-1], -1), (grid[-1, :-1], 1)):
        centre = ring.mean(axis=0)
        spokes = ring - centre
        normal = (
            _cross(spokes, spokes[np.arange(1, len(spokes) + 1) % len(spokes)]).sum(
                axis=0
            )
            * outward
        )
        size = np.linalg.norm(normal)
        if size < 1e-9:
            continue
        normal = normal / size
        points = np.concatenate([centre[None], ring])
        count = len(ring)
        order = np.arange(count)
        fan = np.stack([np.zeros(count), 1 + order, 1 + (order + 1) % count], 1)
        fan = fan if outward > 0 else fan[:, ::-1]
        positions.append(points)
        vertex_normals.append(np.broadcast_to(normal, points.shape))
        coordinates.append(planar(points, vertex_normals[-1]))
        faces.append(fan.astype(np.int32) + first)
        first += len(points)
    whole = Solid(
        np.concatenate(positions),
        np.concatenate(vertex_normals),
        np.concatenate(coordinates),
        np.concatenate(faces).astype(np.int32),
        coat,
    )
    return whole if whole.volume_m3 >= 0 else _inside_out(whole)


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
