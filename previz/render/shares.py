"""Which share of each lamp reaches a point through the set."""

from __future__ import annotations

import numpy as np

from previz.render.kernel import Array, kernel, lean
from previz.render.lights import (
    AREA,
    AXIS,
    HALF_U,
    HALF_V,
    INTENSITY,
    KIND,
    PLACE,
    POINT,
    RADIUS,
    SUN,
    bare_lamp_on,
    light_at,
)  # fmt: skip
from previz.render.rays import DEPTH_LIMIT, blocked

__all__ = ["fraction", "lay_lamps", "lift", "share_lamp", "share_seen"]

_LIFT_M = 0.003
_PATCHES, _NEAR, _MOST_OVER = 6, 6.0, 8.0
"""Along an area light's side; within how many radii it is more than a disc; and by how
much more than a disc's its light may be."""
_FITTING_M = 0.1
"""What is nearer to a bulb is its own fitting, which throws nothing back: one sample
speaks for more of it than the spot that the bulb all but touches."""


@lean
def fraction(a: int, b: int) -> float:
    """Return a number from 0 to 1 that is fixed for (a, b) and looks random."""
    x = np.uint32(a * 374761393 + b * 668265263 + 974711)
    x = np.uint32((x ^ (x >> np.uint32(15))) * np.uint32(2246822519))
    x = np.uint32((x ^ (x >> np.uint32(13))) * np.uint32(3266489917))
    x = x ^ (x >> np.uint32(16))
    return x / 4294967296.0


@lean
def lift(position: Array, normal: Array, inward: Array, s: int, p: Array) -> None:
    """Write where a sample's rays begin: a little off its surface, away from edges."""
    for c in range(3):
        p[c] = position[s, c] + normal[s, c] * _LIFT_M + inward[s, c] * 3 * _LIFT_M


@lean
def _light_point(
    lamps: Array, i: int, s: float, t: float, p: Array, ray: Array
) -> float:
    """Write the ray from p to the place (s, t) in 0..1 of a lamp; return its reach."""
    a, b = 2.0 * s - 1.0, 2.0 * t - 1.0
    if lamps[i, KIND] == SUN:
        for c in range(3):
            ray[c] = -lamps[i, AXIS + c]
        ray[0] += lamps[i, RADIUS] * a
        ray[2] += lamps[i, RADIUS] * b
        return 1e4
    if lamps[i, KIND] == AREA:
        for c in range(3):
            on = (
                lamps[i, PLACE + c]
                + a * lamps[i, HALF_U + c]
                + b * lamps[i, HALF_V + c]
            )
            ray[c] = on - p[c]
        return 0.995
    for c in range(3):
        ray[c] = lamps[i, PLACE + c] - p[c]
    return 0.98


@lean
def _seen(
    nodes: Array, corners: Array, lamps: Array, i: int, p: Array, side: int, a: int,
    b: int, seed: int, stack: Array, ray: Array,
) -> int:  # fmt: skip
    """Return 1 where a spot in a lamp's square (a, b) of side² is seen from p."""
    s = (a + fraction(seed, 0)) / side
    t = (b + fraction(seed, 1)) / side
    far = _light_point(lamps, i, s, t, p, ray)
    return 0 if blocked(nodes, corners, p, ray, far, stack) else 1


@kernel
def share_seen(
    nodes: Array, corners: Array, lamps: Array, i: int, p: Array, side: int, seed: int,
    stack: Array, ray: Array,
) -> float:  # fmt: skip
    """Return which share of a lamp is seen from p, by side² rays (1 for a point).

    An area light's diagonals are looked along first: where all of their rays arrive,
    or none, they speak for what lies between them.
    """
    rays = side if lamps[i, KIND] == AREA else (2 if lamps[i, KIND] == SUN else 1)
    free, asked, last = 0, 0, rays - 1
    if rays > 2:
        for a in range(rays):
            for b in range(rays):
                if a in (b, last - b):
                    free += _seen(
                        nodes, corners, lamps, i, p, rays, a, b, seed, stack, ray
                    )
                    asked += 1
        if free in (0, asked):
            return free / asked
    for a in range(rays):
        for b in range(rays):
            if rays <= 2 or a not in (b, last - b):
                free += _seen(nodes, corners, lamps, i, p, rays, a, b, seed, stack, ray)
    return free / (rays * rays)


@lean
def _over_disc(lamps: Array, i: int, p: Array, n: Array, ray: Array) -> float:
    """Return what an area light lays on a surface against what `lamp_on` says.

    It counts as a disc there; near a window or a panel its true shape is summed up.
    """
    disc, distance, _ = bare_lamp_on(lamps, i, p, n)
    if distance > _NEAR * lamps[i, RADIUS] or disc <= 0.0:
        return 1.0
    total = 0.0
    for a in range(_PATCHES):
        for b in range(_PATCHES):
            s, t = (a + 0.5) / _PATCHES, (b + 0.5) / _PATCHES
            _light_point(lamps, i, s, t, p, ray)
            square, onto, out = 1e-6, 0.0, 0.0
            for c in range(3):
                square += ray[c] * ray[c]
                onto += ray[c] * n[c]
                out -= ray[c] * lamps[i, AXIS + c]
            if onto > 0.0 and out > 0.0:
                total += onto * out / (square * square)
    return float(min(total / (_PATCHES * _PATCHES * disc), _MOST_OVER))


@kernel
def share_lamp(
    nodes: Array, corners: Array, position: Array, normal: Array, inward: Array,
    lamps: Array, i: int, side: int, first: int, last: int, share: Array,
) -> None:  # fmt: skip
    """Write which share of a lamp's light reaches each sample from first to last.

    It is against what `lamp_on` says, so near an area light it may be more than 1.
    Neither the light's intensity nor its flags count, nor its place among the lamps.
    """
    p, n, ray = np.empty(3), np.empty(3), np.empty(3)
    stack = np.empty(DEPTH_LIMIT, np.int64)
    for s in range(first, last):
        lift(position, normal, inward, s, p)
        for c in range(3):
            n[c] = normal[s, c]
        share[s] = 1.0
        factor, _, _ = bare_lamp_on(lamps, i, p, n)
        if factor <= 0.0:
            continue
        seen = share_seen(nodes, corners, lamps, i, p, side, s, stack, ray)
        if lamps[i, KIND] == AREA and seen > 0.0:
            seen *= _over_disc(lamps, i, p, n, ray)
        share[s] = seen


@kernel
def lay_lamps(
    position: Array, normal: Array, inward: Array, lamps: Array, kept: int,
    first: int, last: int, share: Array, direct: Array, extra: Array,
) -> None:  # fmt: skip
    """Write the lux of the kept lamps and of the others on samples, by their shares."""
    p, n, towards = np.empty(3), np.empty(3), np.empty(3)
    for s in range(first, last):
        lift(position, normal, inward, s, p)
        for c in range(3):
            n[c] = normal[s, c]
            direct[s, c], extra[s, c] = 0.0, 0.0
        for i in range(lamps.shape[0]):
            factor, distance = light_at(lamps, i, p, n, towards)
            if lamps[i, KIND] == POINT and distance < _FITTING_M:
                continue
            lux = factor * share[i, s]
            for c in range(3):
                if i < kept:
                    direct[s, c] += lux * lamps[i, INTENSITY + c]
                else:
                    extra[s, c] += lux * lamps[i, INTENSITY + c]
