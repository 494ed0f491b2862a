"""The scene's lights as lamps of a trace.

The renderer's table says where each stands, how large it is and what it gives. A lamp
without flags or doors becomes a shape that shines: a ball, a panel, the sun's disc far
away. What has a beam, flags or doors becomes a bundle of spots spread over the lamp's
face, each throwing the picture that is left open as seen from its own place, so that
penumbras follow from the lamp's size.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.render.flags import FLAG_WIDTH
from previz.render.kernel import Array, lean
from previz.render.lights import (
    AREA,
    AXIS,
    HALF_U,
    HALF_V,
    INTENSITY,
    KIND,
    PLACE,
    RADIUS,
    SUN,
    Lamps,
    lamp_on,
)
from previz.trace.order import Disc, Lamp, Panel, Spot

__all__ = ["traced_lamps"]

_SUN_FAR_M = 4000.0
_BEAM, _FLAGS, _FIRST_FLAG = 17, 19, 20
_HALF_ACROSS, _HALF_UP, _PATTERN, _LAMP_ACROSS, _LAMP_UP = 12, 13, 14, 16, 17
_POINT_LIKE = 1e-5
_WIDEST_DEG = 80.0
_LEAST_WEIGHT = 0.02
_FLAGGED, _BEAMED, _SMALL_M = 6, 3, 0.03
"""Spots along a side of a lamp's face; lamps below this half width are small."""
_REACH_M = 60.0
"""How far from a lamp its picture is read: past all of its flags."""
_SUN_SPAN_M = 25.0
"""Half the width of what a flagged sun lights."""


def traced_lamps(lamps: Lamps, *, around: NDArray[np.float64]) -> tuple[Lamp, ...]:
    """Return the lamps of a trace.

    Args:
        lamps: As `previz.render.lights.lamps_of` makes them.
        around: Where the light counts that decides how often a lamp is asked, (3,).
    """
    lux = np.array([_lux(row, around) for row in lamps])
    weights = np.maximum(lux / max(lux.sum(), 1e-12) * len(lux), _LEAST_WEIGHT)
    made: list[Lamp] = []
    for row, weight in zip(lamps, weights, strict=True):
        made += _lamp(row, float(weight))
    return tuple(made)


def _lux(row: NDArray[np.float64], around: NDArray[np.float64]) -> float:
    given = float(row[INTENSITY : INTENSITY + 3].sum())
    if row[KIND] == SUN:
        return given
    away = row[PLACE : PLACE + 3] - around
    return given / max(float(away @ away), 0.25)


def _lamp(row: NDArray[np.float64], weight: float) -> list[Lamp]:
    if row[_FLAGS] > 0 or row[_BEAM] > 0:
        return _spots(row, weight)
    axis, place = row[AXIS : AXIS + 3], row[PLACE : PLACE + 3]
    given, radius = row[INTENSITY : INTENSITY + 3], float(row[RADIUS])
    if row[KIND] == SUN:
        far = -axis * _SUN_FAR_M
        radiance = given / (math.pi * radius**2)
        disc = radius * _SUN_FAR_M
        return [Disc(_rgb(far), _rgb(axis), disc, _rgb(radiance), weight)]
    if row[KIND] == AREA:
        u, v = row[HALF_U : HALF_U + 3], row[HALF_V : HALF_V + 3]
        area = 4.0 * float(np.linalg.norm(u) * np.linalg.norm(v))
        if area > 1e-8:
            shine = _rgb(given / area)
            return [Panel(_rgb(place), _rgb(u), _rgb(v), _rgb(axis), shine, weight)]
        return _spots(row, weight)
    radiance = given / (math.pi * radius**2)
    return [Disc(_rgb(place), (0.0, 0.0, 0.0), radius, _rgb(radiance), weight)]


def _spots(row: NDArray[np.float64], weight: float) -> list[Lamp]:
    """Return the bundle of spots of a lamp with a beam, flags or doors."""
    row, count, sun = row.copy(), int(row[_FLAGS]), row[KIND] == SUN
    for k in range(count):
        at = _FIRST_FLAG + k * FLAG_WIDTH
        row[at + _LAMP_ACROSS] = row[at + _LAMP_UP] = _POINT_LIKE
    axis = row[AXIS : AXIS + 3].copy()
    middle, span_m = _flagged(row, count) if sun else (np.zeros(3), 0.0)
    place = middle - axis * _SUN_FAR_M if sun else row[PLACE : PLACE + 3].copy()
    cutoff = math.degrees(math.atan(span_m / _SUN_FAR_M)) if sun else _cutoff(row)
    places = _face(row, place, _FLAGGED if count else _BEAMED)
    given = row[INTENSITY : INTENSITY + 3] / len(places)
    given = given * _SUN_FAR_M**2 if sun else given
    out: list[Lamp] = []
    for spot in places:
        row[PLACE : PLACE + 3] = spot
        aim = _unit(middle - spot) if sun else axis
        picture = _picture(row, spot, aim, cutoff, 256 if count else 128, sun=sun)
        up = _upward(aim)
        out.append(
            Spot(
                _rgb(spot),
                _rgb(aim),
                _rgb(up),
                cutoff,
                _rgb(given),
                picture,
                weight / len(places),
            )
        )
    return out


def _flagged(row: NDArray[np.float64], count: int) -> tuple[NDArray[np.float64], float]:
    """Return the middle and half the width of what a flagged sun lights.

    A pattern lets nothing by beside it; with solid flags alone it lights all around.
    """
    for k in range(count):
        flag = row[_FIRST_FLAG + k * FLAG_WIDTH :][:FLAG_WIDTH]
        if flag[_PATTERN] > 0:
            return flag[:3].copy(), 1.1 * math.hypot(*flag[_HALF_ACROSS : _HALF_UP + 1])
    return np.zeros(3), _SUN_SPAN_M


def _face(
    row: NDArray[np.float64], place: NDArray[np.float64], edge: int
) -> list[NDArray[np.float64]]:
    """Return edge² places spread evenly over a lamp's face; one for a small lamp."""
    half_u, half_v = row[HALF_U : HALF_U + 3].copy(), row[HALF_V : HALF_V + 3].copy()
    if row[KIND] != AREA:
        far = _SUN_FAR_M if row[KIND] == SUN else 1.0
        half = float(row[RADIUS]) * far * math.sqrt(math.pi) / 2
        up = _upward(row[AXIS : AXIS + 3])
        half_u, half_v = np.cross(row[AXIS : AXIS + 3], up) * half, up * half
    if np.linalg.norm(half_u) < _SMALL_M and np.linalg.norm(half_v) < _SMALL_M:
        edge = 2
    steps = (np.arange(edge) + 0.5) / edge * 2.0 - 1.0
    return [place + half_u * a + half_v * b for a in steps for b in steps]


def _cutoff(row: NDArray[np.float64]) -> float:
    """Return beyond which angle from its axis a lamp gives next to nothing."""
    if row[_BEAM] <= 0:
        return _WIDEST_DEG
    end = math.degrees(row[_BEAM]) * 9.0 ** (1.0 / row[_BEAM + 1])
    return float(min(end, _WIDEST_DEG))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vector / np.linalg.norm(vector))


def _upward(axis: NDArray[np.float64]) -> NDArray[np.float64]:
    level = np.array([0.0, 1.0, 0.0]) if abs(axis[1]) < 0.99 else np.array([0.0, 0, -1])
    up = level - axis * (level @ axis)
    return np.asarray(up / np.linalg.norm(up))


def _picture(
    row: NDArray[np.float64],
    place: NDArray[np.float64],
    axis: NDArray[np.float64],
    cutoff_deg: float,
    size: int,
    *,
    sun: bool,
) -> NDArray[np.float32]:
    """Return what a lamp gives in each direction, as a share of what its axis gets."""
    up = _upward(axis)
    right = np.cross(axis, up)
    reach = _SUN_FAR_M + _REACH_M if sun else _REACH_M
    steps = ((np.arange(size) + 0.5) / size * 2.0 - 1.0) * math.tan(
        math.radians(cutoff_deg)
    )
    ways = axis - right * steps[None, :, None] + up * steps[:, None, None]
    ways = ways / np.linalg.norm(ways, axis=-1, keepdims=True)
    out = np.empty((size, size), np.float32)
    _throw(row[None].copy(), place, ways, reach, sun, out)
    return out


@lean
def _throw(
    lamps: Array, place: Array, ways: Array, reach: float, sun: bool,  # noqa: FBT001
    out: Array,
) -> None:  # fmt: skip
    """Ask the renderer how a lamp falls on a small surface that faces it far away."""
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            x, y, z = ways[i, j, 0], ways[i, j, 1], ways[i, j, 2]
            p = (
                place[0] + reach * x, place[1] + reach * y, place[2] + reach * z,
            )  # fmt: skip
            if sun:
                lamps[0, AXIS], lamps[0, AXIS + 1], lamps[0, AXIS + 2] = x, y, z
            factor, _, _ = lamp_on(lamps, 0, p, (-x, -y, -z))
            out[i, j] = factor if sun else factor * reach * reach


def _rgb(values: NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = (float(v) for v in values)
    return x, y, z
