"""Shadow maps: the set's for the sun once a scene, the figures' for each lamp a frame."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel
from previz.render.lights import SUN, Lamps
from previz.render.visibility import NOTHING, fill_screen

__all__ = ["Shadows", "figure_share", "no_shadows", "shadows_of", "sun_share"]

_TAPS_SEARCH, _TAPS_SOFT = 8, 14
_GOLDEN_ANGLE = 2.399963229728653
_STEEPEST = 4.0


class Shadows(NamedTuple):
    """Depth as some lamps see it.

    Attributes:
        axes: Rows right, up and away of each lamp's space and the shift, (k, 3, 4).
        parallel: 1 for a sun, 0 for a lamp at a place, shape (k,).
        focal: Pixels per metre (sun) or per unit of slope, shape (k,).
        nearest: Least depth in each map, metres; infinite for an empty map, (k,).
        depth: Metres along `away`, infinite for nothing, shape (k, n, n), float32.
    """

    axes: Array
    parallel: Array
    focal: Array
    nearest: Array
    depth: Array


def no_shadows() -> Shadows:
    """Return maps of no lamp."""
    return Shadows(
        np.zeros((0, 3, 4)), np.zeros(0), np.zeros(0), np.zeros(0),
        np.zeros((0, 1, 1), np.float32),
    )  # fmt: skip


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
    used = positions[np.unique(triangles)].astype(np.float64)
    center = 0.5 * (used.min(axis=0) + used.max(axis=0))
    reach = float(np.sqrt(((used - center) ** 2).sum(axis=1).max())) + 0.02
    made = Shadows(
        axes=np.zeros((count, 3, 4)),
        parallel=np.zeros(count),
        focal=np.zeros(count),
        nearest=np.full(count, np.inf),
        depth=np.full((count, edge_px, edge_px), np.inf, np.float32),
    )
    for slot, lamp in enumerate(chosen):
        _aim(made, slot, lamps, lamp, center, reach, edge_px)
        _draw(made, slot, positions, triangles, skipped)
    return made


def _aim(
    made: Shadows,
    slot: int,
    lamps: Lamps,
    lamp: int,
    center: NDArray[np.float64],
    reach: float,
    edge_px: int,
) -> None:
    """Point a map at a sphere."""
    sun = lamps.kind[lamp] == SUN
    origin = center - lamps.axis[lamp] * reach if sun else lamps.position[lamp]
    away = center - origin
    distance = max(float(np.linalg.norm(away)), 1e-6)
    away = away / distance if distance > 1e-5 else np.array([0.0, -1.0, 0.0])
    aside = np.array([0.0, 0.0, 1.0]) if abs(away[1]) > 0.9 else np.array([0.0, 1.0, 0.0])
    right = np.cross(away, aside)
    right /= np.linalg.norm(right)
    axes = np.stack([right, np.cross(right, away), away])
    made.axes[slot, :, :3] = axes
    made.axes[slot, :, 3] = -axes @ origin
    made.parallel[slot] = 1.0 if sun else 0.0
    if sun:
        made.focal[slot] = 0.5 * edge_px / reach
    else:
        inside = distance <= reach * 1.03
        slope = _STEEPEST if inside else reach / np.sqrt(distance**2 - reach**2)
        made.focal[slot] = 0.5 * edge_px / min(slope, _STEEPEST)


def _draw(
    made: Shadows,
    slot: int,
    positions: NDArray[np.float32],
    triangles: NDArray[np.int32],
    skipped: NDArray[np.uint8],
) -> None:
    edge_px = made.depth.shape[1]
    local = positions @ made.axes[slot, :, :3].T + made.axes[slot, :, 3]
    screen = np.empty_like(local, dtype=np.float64)
    depth = local[:, 2]
    if made.parallel[slot]:
        screen[:, :2] = local[:, :2] * made.focal[slot] + 0.5 * edge_px
        screen[:, 2] = -depth
    else:
        ahead = np.maximum(depth, 0.03)
        screen[:, :2] = local[:, :2] / ahead[:, None] * made.focal[slot] + 0.5 * edge_px
        screen[:, 2] = np.where(depth > 0.03, 1.0 / ahead, np.nan)
    owner = np.full((edge_px, edge_px), NOTHING, np.int32)
    empty = -np.inf if made.parallel[slot] else 0.0
    key = np.full((edge_px, edge_px), empty, np.float32)
    fill_screen(screen, triangles, skipped, 0, 0, owner, key)
    with np.errstate(divide="ignore"):
        made.depth[slot] = -key if made.parallel[slot] else 1.0 / key
    made.nearest[slot] = made.depth[slot].min()


@kernel
def figure_share(
    maps: Shadows, slot: int, radius: float, p: Array, n: Array, turn: float, at: Array
) -> float:
    """Return which share of a lamp the figures let through to a point.

    Percentage-closer soft shadows (Fernando 2005): the penumbra grows with the
    distance from what blocks.

    Args:
        maps: The figures' shadows.
        slot: Which map.
        radius: The lamp's radius in metres (sun: tangent of its half angle).
        p: World point, shape (3,).
        n: Its unit normal.
        turn: Angle by which this pixel turns the taps.
        at: Work space, shape (3,).
    """
    nearest = maps.nearest[slot]
    if nearest == np.inf:
        return 1.0
    for c in range(3):
        at[c] = p[c] + 0.012 * n[c]
    v = maps.axes[slot]
    z = v[2, 0] * at[0] + v[2, 1] * at[1] + v[2, 2] * at[2] + v[2, 3]
    if z <= nearest:
        return 1.0
    q0, q1, q2 = at[0], at[1], at[2]
    x = v[0, 0] * q0 + v[0, 1] * q1 + v[0, 2] * q2 + v[0, 3]
    y = v[1, 0] * q0 + v[1, 1] * q1 + v[1, 2] * q2 + v[1, 3]
    edge = maps.depth.shape[1]
    parallel = maps.parallel[slot] == 1.0
    scale = maps.focal[slot] if parallel else maps.focal[slot] / z
    cx, cy = 0.5 * edge + x * scale, 0.5 * edge + y * scale
    widest = radius * (z - nearest) if parallel else radius * (z - nearest) / nearest
    search = min(max(widest * scale, 1.5), edge * 0.12)
    if cx < -search or cy < -search or cx > edge + search or cy > edge + search:
        return 1.0
    depth = maps.depth[slot]
    bias = 0.01 + (0.7 / scale)
    number, total = 0, 0.0
    for k in range(_TAPS_SEARCH):
        r = search * np.sqrt((k + 0.5) / _TAPS_SEARCH)
        angle = k * _GOLDEN_ANGLE + turn
        col = np.int64(np.floor(cx + r * np.cos(angle)))
        row = np.int64(np.floor(cy + r * np.sin(angle)))
        if 0 <= col < edge and 0 <= row < edge and depth[row, col] < z - bias:
            number += 1
            total += depth[row, col]
    if number == 0:
        return 1.0
    between = total / number
    wide = radius * (z - between) if parallel else radius * (z - between) / between
    soft = min(max(wide * scale, 1.3), edge * 0.12)
    free = 0
    for k in range(_TAPS_SOFT):
        r = soft * np.sqrt((k + 0.5) / _TAPS_SOFT)
        angle = k * _GOLDEN_ANGLE + turn
        col = np.int64(np.floor(cx + r * np.cos(angle)))
        row = np.int64(np.floor(cy + r * np.sin(angle)))
        outside = col < 0 or col >= edge or row < 0 or row >= edge
        if outside or depth[row, col] >= z - bias:
            free += 1
    return free / _TAPS_SOFT


@kernel
def sun_share(maps: Shadows, p: Array, n: Array, at: Array) -> float:
    """Return which share of the sun the set lets through: 3 by 3 filtered compares.

    Args:
        maps: The set's shadow, one map; with no map all light passes.
        p: World point, shape (3,).
        n: Its unit normal.
        at: Work space, shape (3,).
    """
    if maps.depth.shape[0] == 0:
        return 1.0
    lift = 0.01 + 1.2 / maps.focal[0]
    for c in range(3):
        at[c] = p[c] + lift * n[c]
    v = maps.axes[0]
    z = v[2, 0] * at[0] + v[2, 1] * at[1] + v[2, 2] * at[2] + v[2, 3]
    x = v[0, 0] * at[0] + v[0, 1] * at[1] + v[0, 2] * at[2] + v[0, 3]
    y = v[1, 0] * at[0] + v[1, 1] * at[1] + v[1, 2] * at[2] + v[1, 3]
    edge = maps.depth.shape[1]
    cx = 0.5 * edge + x * maps.focal[0] - 0.5
    cy = 0.5 * edge + y * maps.focal[0] - 0.5
    col, row = np.int64(np.floor(cx)), np.int64(np.floor(cy))
    if col < 1 or row < 1 or col >= edge - 2 or row >= edge - 2:
        return 1.0
    fx, fy = cx - col, cy - row
    z -= 0.008
    depth = maps.depth[0]
    total = 0.0
    for j in range(-1, 3):
        wy = (1.0 - fy) if j == -1 else (fy if j == 2 else 1.0)
        for i in range(-1, 3):
            if depth[row + j, col + i] >= z:
                wx = (1.0 - fx) if i == -1 else (fx if i == 2 else 1.0)
                total += wx * wy
    return total / 9.0
