"""Shadow maps: the set's for the sun once a scene, the figures' for lamps a frame."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, Vector, lean
from previz.render.lights import AXIS, KIND, PLACE, SUN, Lamps
from previz.render.visibility import fill_screen

__all__ = [
    "Shadows", "figure_share", "no_shadows", "shade_sun", "shadows_of", "sun_share",
]  # fmt: skip

_TAPS_SEARCH, _TAPS_SOFT = 6, 12


def _disc(count: int) -> NDArray[np.float64]:
    """Return points spread evenly over a unit disc (Vogel 1979), shape (count, 2)."""
    k = np.arange(count)
    radius, angle = np.sqrt((k + 0.5) / count), k * np.pi * (3.0 - np.sqrt(5.0))
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _turned(count: int) -> NDArray[np.float64]:
    """Return `_disc` at each of `_TURNS` turns, shape (turns, count, 2)."""
    angle = 2.0 * np.pi * np.arange(_TURNS) / _TURNS
    cosine, sine = np.cos(angle), np.sin(angle)
    turn = np.stack([cosine, -sine, sine, cosine], axis=1).reshape(_TURNS, 1, 2, 2)
    return np.ascontiguousarray((turn @ _disc(count)[None, :, :, None])[..., 0])


_TURNS = 64
_SEARCH, _SOFT = _turned(_TAPS_SEARCH), _turned(_TAPS_SOFT)
_STEEPEST = 4.0


class Shadows(NamedTuple):
    """Depth as some lamps see it.

    Attributes:
        view: For each lamp the rows right, up and away of its space with their
            shifts (12 values); 1 for a sun, 0 for a lamp at a place; pixels per metre
            (sun) or per unit of slope; and the least depth in the map, infinite for
            an empty map. Shape (k, 15).
        depth: Metres along `away`, infinite for nothing, shape (k, n, n), float32.
    """

    view: Array
    depth: Array


_PARALLEL, _FOCAL, _NEAREST = 12, 13, 14


def no_shadows() -> Shadows:
    """Return maps of no lamp."""
    return Shadows(np.zeros((0, 15)), np.zeros((0, 1, 1), np.float32))


def shadows_of(
    positions: NDArray[np.float32],
    triangles: NDArray[np.int32],
    skipped: NDArray[np.uint8],
    *,
    lamps: Lamps,
    chosen: list[int],
    edge_px: int,
) -> Shadows:
    """Draw triangles as each chosen lamp sees them.

    Args:
        positions: World vertices in metres, shape (n, 3).
        triangles: Shape (m, 3).
        skipped: 1 for triangles that let light through, shape (m,), uint8.
        lamps: The lamps.
        chosen: Which of them.
        edge_px: Edge of each map.
    """
    count = len(chosen) if len(triangles) else 0
    if count == 0:
        return no_shadows()
    sphere = np.empty(4)
    _enclose(positions, sphere)
    center, reach = sphere[:3], float(sphere[3]) + 0.02
    made = Shadows(
        view=np.zeros((count, 15)),
        depth=np.full((count, edge_px, edge_px), np.inf, np.float32),
    )
    for slot, lamp in enumerate(chosen):
        _aim(made.view[slot], lamps[lamp], center, reach, edge_px)
        _draw(made.view[slot], made.depth[slot], positions, triangles, skipped)
    return made


@lean
def _enclose(positions: Array, sphere: Array) -> None:
    """Write a sphere round all points: middle and radius, shape (4,)."""
    for c in range(3):
        low, high = positions[0, c], positions[0, c]
        for i in range(positions.shape[0]):
            low, high = min(low, positions[i, c]), max(high, positions[i, c])
        sphere[c] = 0.5 * (np.float64(low) + np.float64(high))
    most = 0.0
    for i in range(positions.shape[0]):
        x, y = positions[i, 0] - sphere[0], positions[i, 1] - sphere[1]
        z = positions[i, 2] - sphere[2]
        most = max(most, x * x + y * y + z * z)
    sphere[3] = np.sqrt(most)


def _aim(
    view: NDArray[np.float64],
    lamp: NDArray[np.float64],
    center: NDArray[np.float64],
    reach: float,
    edge_px: int,
) -> None:
    """Point a map at a sphere."""
    sun = lamp[KIND] == SUN
    origin = lamp[PLACE : PLACE + 3]
    if sun:
        origin = center - lamp[AXIS : AXIS + 3] * reach
    away = center - origin
    distance = max(float(np.linalg.norm(away)), 1e-6)
    away = away / distance if distance > 1e-5 else np.array([0.0, -1.0, 0.0])
    steep = abs(away[1]) > 0.9
    right = np.cross(away, [0.0, 0.0, 1.0] if steep else [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, away), away])
    view[:12] = np.concatenate([axes, -(axes @ origin)[:, None]], axis=1).ravel()
    view[_PARALLEL] = 1.0 if sun else 0.0
    if sun:
        view[_FOCAL] = 0.5 * edge_px / reach
    else:
        inside = distance <= reach * 1.03
        slope = _STEEPEST if inside else reach / np.sqrt(distance**2 - reach**2)
        view[_FOCAL] = 0.5 * edge_px / min(slope, _STEEPEST)


def _draw(
    view: NDArray[np.float64],
    depth: NDArray[np.float32],
    positions: NDArray[np.float32],
    triangles: NDArray[np.int32],
    skipped: NDArray[np.uint8],
) -> None:
    """Draw triangles into one lamp's map and note the least depth."""
    edge_px = depth.shape[0]
    screen = np.empty((len(positions), 3))
    _project(view, positions, edge_px, screen)
    drawn = np.empty(len(triangles), np.uint8)
    _choose(screen, triangles, skipped, drawn)
    depth[:] = -np.inf if view[_PARALLEL] else 0.0
    owner = np.empty((edge_px, edge_px), np.int32)
    fill_screen(screen, triangles, drawn, 1, 0, owner, depth)
    _to_depth(view, depth)


@lean
def _choose(screen: Array, triangles: Array, skipped: Array, drawn: Array) -> None:
    """Mark the triangles whose bounds hold the middle of a pixel."""
    for t in range(triangles.shape[0]):
        a, b = screen[triangles[t, 0]], screen[triangles[t, 1]]
        c = screen[triangles[t, 2]]
        # Half a step of the rasteriser's grid more on either side.
        left = min(a[0], min(b[0], c[0])) - 0.505
        right = max(a[0], max(b[0], c[0])) - 0.495
        upper = min(a[1], min(b[1], c[1])) - 0.505
        lower = max(a[1], max(b[1], c[1])) - 0.495
        holds = np.floor(right) > left and np.floor(lower) > upper
        drawn[t] = 1 if holds and skipped[t] == 0 else 0


@lean
def _to_depth(view: Array, depth: Array) -> None:
    """Turn the keys of a map into metres, in place, and note the least."""
    parallel = view[_PARALLEL] == 1.0
    one, nearest = np.float32(1.0), np.float32(np.inf)
    for row in range(depth.shape[0]):
        line = depth[row]
        for col in range(line.shape[0]):
            made = -line[col] if parallel else one / line[col]
            line[col] = made
            nearest = made if made < nearest else nearest
    view[_NEAREST] = nearest


@lean
def _project(view: Array, positions: Array, edge_px: int, screen: Array) -> None:
    """Write map x, map y and a key that grows towards the lamp, NaN behind it."""
    middle, focal = 0.5 * edge_px, view[_FOCAL]
    for i in range(positions.shape[0]):
        x, y, z = positions[i, 0], positions[i, 1], positions[i, 2]
        right = view[0] * x + view[1] * y + view[2] * z + view[3]
        up = view[4] * x + view[5] * y + view[6] * z + view[7]
        away = view[8] * x + view[9] * y + view[10] * z + view[11]
        if view[_PARALLEL] == 1.0:
            screen[i, 0], screen[i, 1] = right * focal + middle, up * focal + middle
            screen[i, 2] = -away
        else:
            inverse = 1.0 / max(away, 0.03)
            screen[i, 0] = min(max(right * inverse, -40.0), 40.0) * focal + middle
            screen[i, 1] = min(max(up * inverse, -40.0), 40.0) * focal + middle
            screen[i, 2] = inverse if away > 0.03 else np.nan


@lean
def figure_share(
    view: Array, depth: Array, slot: int, radius: float, p: Vector, n: Vector,
    turn: float,
) -> float:  # fmt: skip
    """Return which share of a lamp the figures let through to a point.

    Percentage-closer soft shadows (Fernando 2005): the penumbra grows with the
    distance from what blocks.

    Args:
        view: Of the figures' shadows.
        depth: Of the figures' shadows.
        slot: Which map.
        radius: The lamp's radius in metres (sun: tangent of its half angle).
        p: World point.
        n: Its unit normal.
        turn: By which part of a full turn this pixel turns the taps.
    """
    nearest = view[slot, _NEAREST]
    if nearest == np.inf:
        return 1.0
    q0, q1, q2 = p[0] + 0.012 * n[0], p[1] + 0.012 * n[1], p[2] + 0.012 * n[2]
    z = view[slot, 8] * q0 + view[slot, 9] * q1 + view[slot, 10] * q2 + view[slot, 11]
    if z <= nearest:
        return 1.0
    x = view[slot, 0] * q0 + view[slot, 1] * q1 + view[slot, 2] * q2 + view[slot, 3]
    y = view[slot, 4] * q0 + view[slot, 5] * q1 + view[slot, 6] * q2 + view[slot, 7]
    edge = depth.shape[1]
    parallel = view[slot, _PARALLEL] == 1.0
    scale = view[slot, _FOCAL] if parallel else view[slot, _FOCAL] / z
    cx, cy = 0.5 * edge + x * scale, 0.5 * edge + y * scale
    widest = radius * (z - nearest) if parallel else radius * (z - nearest) / nearest
    search = min(max(widest * scale, 1.5), edge * 0.12)
    if cx < -search or cy < -search or cx > edge + search or cy > edge + search:
        return 1.0
    bias = 0.01 + (0.7 / scale)
    hidden, taps = z - bias, int(turn * _TURNS)
    number, total = 0, 0.0
    for k in range(_TAPS_SEARCH):
        # Truncation is the floor of what is not below -1: shifted to be so.
        col = int(cx + _SEARCH[taps, k, 0] * search + edge) - edge
        row = int(cy + _SEARCH[taps, k, 1] * search + edge) - edge
        if 0 <= col < edge and 0 <= row < edge and depth[slot, row, col] < hidden:
            number += 1
            total += depth[slot, row, col]
    soft = search
    if number > 0:
        between = total / number
        wide = radius * (z - between) if parallel else radius * (z - between) / between
        soft = min(max(wide * scale, 1.3), edge * 0.12)
    free = 0
    for k in range(_TAPS_SOFT):
        col = int(cx + _SOFT[taps, k, 0] * soft + edge) - edge
        row = int(cy + _SOFT[taps, k, 1] * soft + edge) - edge
        outside = col < 0 or col >= edge or row < 0 or row >= edge
        if outside or depth[slot, row, col] >= hidden:
            free += 1
    return free / _TAPS_SOFT


@lean
def sun_share(view: Array, depth: Array, p: Vector, n: Vector) -> float:
    """Return which share of the sun the set lets through: 3 by 3 filtered compares.

    Args:
        view: Of the set's shadow, one map; with no map all light passes.
        depth: Of the set's shadow.
        p: World point, shape (3,).
        n: Its unit normal.
    """
    if depth.shape[0] == 0:
        return 1.0
    focal = view[0, _FOCAL]
    lift = 0.01 + 1.2 / focal
    q0, q1, q2 = p[0] + lift * n[0], p[1] + lift * n[1], p[2] + lift * n[2]
    z = view[0, 8] * q0 + view[0, 9] * q1 + view[0, 10] * q2 + view[0, 11]
    x = view[0, 0] * q0 + view[0, 1] * q1 + view[0, 2] * q2 + view[0, 3]
    y = view[0, 4] * q0 + view[0, 5] * q1 + view[0, 6] * q2 + view[0, 7]
    edge = depth.shape[1]
    cx, cy = 0.5 * edge + x * focal - 0.5, 0.5 * edge + y * focal - 0.5
    col, row = int(np.floor(cx)), int(np.floor(cy))
    if col < 1 or row < 1 or col >= edge - 2 or row >= edge - 2:
        return 1.0
    fx, fy = cx - col, cy - row
    z -= 0.008
    total = 0.0
    for j in range(-1, 3):
        wy = (1.0 - fy) if j == -1 else (fy if j == 2 else 1.0)
        for i in range(-1, 3):
            if depth[0, row + j, col + i] >= z:
                wx = (1.0 - fx) if i == -1 else (fx if i == 2 else 1.0)
                total += wx * wy
    return total / 9.0


@lean
def shade_sun(
    view: Array, depth: Array, position: Array, normal: Array, share: Array
) -> None:
    """Take off samples' shares of the sun what its map says is shut out.

    Args:
        view: Of the set's shadow.
        depth: Of the set's shadow.
        position: Of the samples, shape (s, 3).
        normal: Of the samples.
        share: Changed in place, shape (s,).
    """
    for s in range(share.shape[0]):
        if share[s] > 0.0:
            p, n = position[s], normal[s]
            share[s] = min(share[s], sun_share(view, depth, p, n))
