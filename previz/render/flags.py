"""What stands in a lamp's way: flags, gobos and barn doors, with soft edges.

Seen from a lit point, the lamp's face is projected onto the flag: a rectangle about
the place where the ray to the lamp's middle crosses. The share of that rectangle
which the flag leaves open is the share of the lamp that is seen, so penumbras follow
from the lamp's size and the distances (similar triangles) without any rays. Exact for
a rectangular lamp whose sides are parallel to the flag's; a disc counts as the square
of its area.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from previz.model import BarnDoors, Flag, Gobo
from previz.render.kernel import Array, Vector, lean

__all__ = ["FLAG_WIDTH", "door_rows", "flag_rows", "flags_open"]

_CENTER, _ACROSS, _UP, _NORMAL, _HALF_ACROSS, _HALF_UP = 0, 3, 6, 9, 12, 13
_PATTERN, _SEED, _LAMP_ACROSS, _LAMP_UP = 14, 15, 16, 17

FLAG_WIDTH = 18
"""Numbers of a flag in a lamp's row: middle; unit across, up and normal; half width
and half height in metres; pattern; seed; and the lamp's half extents across and up."""

_SOLID, _WINDOW, _BLINDS, _LEAVES, _SLASH, _DOTS = range(6)
_PATTERNS = {
    Gobo.SOLID: _SOLID, Gobo.WINDOW: _WINDOW, Gobo.BLINDS: _BLINDS,
    Gobo.LEAVES: _LEAVES, Gobo.SLASH: _SLASH, Gobo.DOTS: _DOTS,
}  # fmt: skip

_PANES_ACROSS, _PANES_UP, _PANE_OPEN = 2, 3, 0.86
_SLATS, _SLAT_OPEN = 12, 0.55
_SLASH_OPEN = 0.2
_DOTS_UP, _DOT_RADIUS = 5, 0.34
_LEAVES_UP = 7
_DOOR_SPAN = 500.0
"""Half the width and length of a door's leaf in lamp sizes: nothing passes beside."""

_WIDE_OPEN_DEG = 89.0


def flag_rows(
    flags: Sequence[Flag], *, half_u: NDArray[np.float64], half_v: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return flags as the kernels read them, shape (n, FLAG_WIDTH).

    Args:
        flags: Flags and gobos.
        half_u: Half of the lamp's face in one direction, world metres, shape (3,).
        half_v: Half of it in the other.
    """
    rows = np.zeros((len(flags), FLAG_WIDTH))
    for row, flag in zip(rows, flags, strict=True):
        normal = _unit(np.array(flag.normal), (0.0, 0.0, 1.0))
        level = abs(normal[1]) > 1.0 - 1e-6
        up = np.array([0.0, 0.0, -1.0]) if level else np.array([0.0, 1.0, 0.0])
        up = _unit(up - normal * (up @ normal), (0.0, 1.0, 0.0))
        _write(row, np.array(flag.position_m), np.cross(up, normal), up, normal,
               (flag.width_m / 2, flag.height_m / 2), half_u, half_v)  # fmt: skip
        row[_PATTERN], row[_SEED] = _PATTERNS[flag.gobo], flag.seed % 65_536
    return rows


def door_rows(
    doors: BarnDoors | None,
    *,
    place: NDArray[np.float64],
    axis: NDArray[np.float64],
    half_u: NDArray[np.float64],
    half_v: NDArray[np.float64],
    length_m: float,
) -> NDArray[np.float64]:
    """Return the leaves of barn doors that are not wide open as flags.

    The edge of a leaf stands `length_m` before the lamp, where a ray from the lamp's
    middle at the leaf's angle passes. Left is the lamp's own left as it looks ahead.

    Args:
        doors: The doors.
        place: The lamp's middle, shape (3,).
        axis: The unit direction in which it shines.
        half_u: Half of the lamp's face to its right.
        half_v: Half of it upwards.
        length_m: How long the leaves are.
    """
    if doors is None:
        return np.zeros((0, FLAG_WIDTH))
    right = _unit(half_u, (1.0, 0.0, 0.0))
    up = _unit(half_v, (0.0, 1.0, 0.0))
    rows = []
    for outward, angle in (
        (-right, doors.left_deg),
        (right, doors.right_deg),
        (up, doors.top_deg),
        (-up, doors.bottom_deg),
    ):
        if angle >= _WIDE_OPEN_DEG:
            continue
        span = _DOOR_SPAN * length_m
        edge = length_m * np.tan(np.radians(angle))
        row = np.zeros(FLAG_WIDTH)
        along = np.cross(axis, outward)
        center = place + axis * length_m + outward * (edge + span)
        _write(row, center, along, outward, axis, (span * 2, span), half_u, half_v)
        rows.append(row)
    return np.array(rows).reshape(-1, FLAG_WIDTH)


def _unit(
    vector: NDArray[np.float64], otherwise: tuple[float, float, float]
) -> NDArray[np.float64]:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 1e-9 else np.array(otherwise))


def _extent(
    half_u: NDArray[np.float64], half_v: NDArray[np.float64], way: NDArray[np.float64]
) -> float:
    return max(abs(float(half_u @ way)) + abs(float(half_v @ way)), 1e-5)


def _write(
    row: NDArray[np.float64],
    center: NDArray[np.float64],
    across: NDArray[np.float64],
    up: NDArray[np.float64],
    normal: NDArray[np.float64],
    half_m: tuple[float, float],
    half_u: NDArray[np.float64],
    half_v: NDArray[np.float64],
) -> None:
    row[_CENTER : _CENTER + 3] = center
    row[_ACROSS : _ACROSS + 3] = across
    row[_UP : _UP + 3] = up
    row[_NORMAL : _NORMAL + 3] = normal
    row[_HALF_ACROSS], row[_HALF_UP] = half_m
    row[_LAMP_ACROSS] = _extent(half_u, half_v, across)
    row[_LAMP_UP] = _extent(half_u, half_v, up)


@lean
def flags_open(
    lamps: Array, i: int, first: int, count: int, p: Vector, towards: Vector,
    distance: float,
) -> float:  # fmt: skip
    """Return which share of a lamp its flags leave open to a point.

    Args:
        lamps: The lights.
        i: Which light.
        first: Column at which its flags begin.
        count: How many flags it has.
        p: The lit point, world metres.
        towards: Unit direction from it to the lamp's middle.
        distance: Metres to the lamp.

    Returns:
        0 to 1; several flags multiply.
    """
    share = 1.0
    for k in range(count):
        at = first + k * FLAG_WIDTH
        row = lamps[i, at : at + FLAG_WIDTH]
        x, y, z = row[0] - p[0], row[1] - p[1], row[2] - p[2]
        slope = (
            towards[0] * row[_NORMAL]
            + towards[1] * row[_NORMAL + 1]
            + towards[2] * row[_NORMAL + 2]
        )
        if abs(slope) < 1e-9:
            continue
        ahead = (x * row[_NORMAL] + y * row[_NORMAL + 1] + z * row[_NORMAL + 2]) / slope
        if ahead <= 1e-4 or ahead >= distance:
            continue
        x, y, z = towards[0] * ahead - x, towards[1] * ahead - y, towards[2] * ahead - z
        u = x * row[_ACROSS] + y * row[_ACROSS + 1] + z * row[_ACROSS + 2]
        v = x * row[_UP] + y * row[_UP + 1] + z * row[_UP + 2]
        scale = ahead / distance
        share *= _open_at(row, u, v, row[_LAMP_ACROSS] * scale, row[_LAMP_UP] * scale)
        # What rounding leaves of a large leaf is none.
        if share <= 1e-9:
            return 0.0
    return share


@lean
def _open_at(row: Array, u: float, v: float, soft_u: float, soft_v: float) -> float:
    """Return the open share of the rectangle u ± soft_u, v ± soft_v of a flag."""
    half_u, half_v, pattern = row[_HALF_ACROSS], row[_HALF_UP], int(row[_PATTERN])
    inside = _within(u, soft_u, half_u)
    if pattern == _BLINDS:
        # The rows' own ends cut the pattern at top and bottom.
        return inside * _rows_open(v, soft_v, half_v, _SLATS, _SLAT_OPEN)
    if pattern == _WINDOW:
        return _rows_open(u, soft_u, half_u, _PANES_ACROSS, _PANE_OPEN) * _rows_open(
            v, soft_v, half_v, _PANES_UP, _PANE_OPEN
        )
    if pattern == _SLASH:
        return inside * _within(v, soft_v, half_v * _SLASH_OPEN)
    inside *= _within(v, soft_v, half_v)
    if pattern == _SOLID or inside <= 0.0:
        return 1.0 - inside if pattern == _SOLID else 0.0
    soft = np.sqrt(soft_u * soft_v)
    if pattern == _DOTS:
        return inside * _dots(u, v, soft, 2.0 * half_v / _DOTS_UP)
    return inside * _leaves(u, v, soft, 2.0 * half_v / _LEAVES_UP, int(row[_SEED]))


@lean
def _within(x: float, soft: float, half: float) -> float:
    """Return the share of x ± soft that lies within ± half."""
    shared = min(x + soft, half) - max(x - soft, -half)
    return min(max(shared / (2.0 * soft), 0.0), 1.0)


@lean
def _rows_open(x: float, soft: float, half: float, count: int, opened: float) -> float:
    """Return the open share of x ± soft across `count` rows that fill ± half."""
    pace = 2.0 * half / count
    low = _opened_below((x - soft + half) / pace, count, opened)
    high = _opened_below((x + soft + half) / pace, count, opened)
    return min(max((high - low) * pace / (2.0 * soft), 0.0), 1.0)


@lean
def _opened_below(x: float, count: int, opened: float) -> float:
    """Return how much of the rows below x is open; each is open about its middle."""
    x = min(max(x, 0.0), float(count))
    whole = np.floor(x)
    return float(
        whole * opened + min(max(x - whole - 0.5 * (1.0 - opened), 0.0), opened)
    )


@lean
def _edge(inside: float, soft: float) -> float:
    """Return the share seen of a lamp whose middle lies `inside` an edge, cubic."""
    t = min(max(0.5 + 0.5 * inside / soft, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


@lean
def _dots(u: float, v: float, soft: float, pace: float) -> float:
    """Return the open share of a staggered sheet of round holes."""
    row = np.floor(v / pace)
    shift = 0.5 * (row - 2.0 * np.floor(0.5 * row))
    x = u / pace + shift
    x, y = x - np.floor(x) - 0.5, v / pace - row - 0.5
    blur = soft / pace
    mean = np.pi * _DOT_RADIUS * _DOT_RADIUS
    sharp = _edge(_DOT_RADIUS - np.sqrt(x * x + y * y), max(blur, 1e-4))
    merged = min(max(2.0 * blur - 0.4, 0.0), 1.0)
    return float(sharp + (mean - sharp) * merged)


@lean
def _chance(a: int, b: int, seed: int) -> float:
    """Return a number from 0 to 1 fixed for its arguments."""
    x = np.uint32(a * 374761393 + b * 668265263 + seed * 2246822519 + 974711)
    x = np.uint32((x ^ (x >> np.uint32(15))) * np.uint32(2246822519))
    x = np.uint32((x ^ (x >> np.uint32(13))) * np.uint32(3266489917))
    return float((x ^ (x >> np.uint32(16))) / 4294967296.0)


@lean
def _leaves(u: float, v: float, soft: float, pace: float, seed: int) -> float:
    """Return the open share between leaves: one turned ellipse a cell."""
    x, y = u / pace, v / pace
    col, row = int(np.floor(x)), int(np.floor(y))
    blur = max(soft / pace, 1e-4)
    share = 1.0
    for j in range(row - 1, row + 2):
        for i in range(col - 1, col + 2):
            turn = np.pi * _chance(i, j, seed)
            long = 0.42 + 0.3 * _chance(i, j, seed + 1)
            narrow = long * (0.4 + 0.2 * _chance(i, j, seed + 2))
            dx = x - i - 0.2 - 0.6 * _chance(i, j, seed + 3)
            dy = y - j - 0.2 - 0.6 * _chance(i, j, seed + 4)
            along = (dx * np.cos(turn) + dy * np.sin(turn)) / long
            across = (dy * np.cos(turn) - dx * np.sin(turn)) / narrow
            inside = (1.0 - np.sqrt(along * along + across * across)) * narrow
            # A leaf smaller than the blur shades by its share of it.
            whole = min(np.pi * long * narrow / (4.0 * blur * blur), 1.0)
            share *= 1.0 - whole * _edge(inside, blur)
    return share
