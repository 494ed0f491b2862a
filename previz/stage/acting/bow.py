"""Bow, twist, step back on the hips and bend the knees until a hand reaches."""

from __future__ import annotations

from math import cos, sin

import numba
import numpy as np
from numpy.typing import NDArray

from previz.stage.chain import around, times, trunk_of
from previz.stage.skeleton import BONES

__all__ = ["bowed"]

_ARMS = np.array([BONES.index("upper_arm_l"), BONES.index("upper_arm_r")])
_COLLARS = np.array([BONES.index("clavicle_l"), BONES.index("clavicle_r")])
_STRETCHED = 0.95
"""Share of an arm's length at which the trunk begins to help."""


@numba.njit(cache=True, nogil=True)
def _bent(
    root: NDArray,
    facing: NDArray,
    turns: NDArray,
    effort: float,
    yaw: float,
    bearing: float,
    low_m: float,
    back_m: float,
) -> tuple[NDArray, NDArray, NDArray]:
    bearing = min(max(bearing, -1.9), 1.9)
    side = sin(bearing)
    amount = effort * (1 - 0.4 * abs(side))
    twist = min(max(0.5 * bearing, -0.6), 0.6) * (0.35 + 0.65 * effort)
    to = yaw + bearing
    tilt = around(np.array([cos(to), 0.0, -sin(to)]), 0.72 * amount)
    out = turns.copy()
    out[0, 0] += 0.4 * twist
    out[0, 1] += 0.42 * amount * max(cos(bearing), 0.0)
    out[0, 2] -= 0.25 * amount * side
    out[1, 0] += 0.6 * twist
    out[1, 1] += 0.36 * amount
    out[1, 2] -= 0.20 * amount * side
    place = root.copy()
    place[0] -= back_m * amount * sin(to)
    place[1] -= low_m * effort
    place[2] -= back_m * amount * cos(to)
    return place, times(tilt, facing), out


@numba.njit(cache=True, nogil=True)
def _far(
    rest: NDArray,
    root: NDArray,
    facing: NDArray,
    turns: NDArray,
    targets: NDArray,
    sides: NDArray,
) -> float:
    """Return the longest way from a shoulder to what its hand reaches for."""
    rotation, place = trunk_of(rest, root, facing, turns)
    far = 0.0
    for side in range(2):
        if not sides[side]:
            continue
        collar = _COLLARS[side]
        shoulder = place[collar].copy()
        offset = rest[_ARMS[side]] - rest[collar]
        for i in range(3):
            for j in range(3):
                shoulder[i] += rotation[collar, i, j] * offset[j]
        gap = targets[side] - shoulder
        far = max(far, np.sqrt((gap * gap).sum()))
    return far


@numba.njit(cache=True, nogil=True)
def bowed(
    rest: NDArray,
    root: NDArray,
    facing: NDArray,
    turns: NDArray,
    targets: NDArray,
    sides: NDArray,
    reach_m: float,
    yaw: float,
    low_m: float,
    back_m: float,
    share: float,
) -> tuple[NDArray, NDArray, NDArray]:
    """Return root, pelvis rotation and turns of a body that brings its hands there.

    The least effort that brings every target within an arm's length is taken; where
    none does, that which comes nearest: nobody bows to what is overhead.

    Args:
        rest: Joints at rest, shape (b, 3).
        root: The pelvis joint in the world, shape (3,).
        facing: Rotation of the pelvis, shape (3, 3).
        turns: As of a pose, shape (9, 3).
        targets: Where the palms shall be in the world, shape (2, 3).
        sides: Which hands reach, shape (2,).
        reach_m: Shoulder to palm of a stretched arm.
        yaw: Where the body faces, radians.
        low_m: How far the pelvis sinks at most.
        back_m: How far the hips go back at most, to stay in balance.
        share: How far the act has come, 0 to 1.
    """
    to = np.zeros(3)
    count = 0
    for side in range(2):
        if sides[side]:
            to = to + targets[side] - root
            count += 1
    bearing = np.arctan2(to[0], to[2]) - yaw
    bearing = (bearing + np.pi) % (2 * np.pi) - np.pi
    # What lies nearly behind is not twisted for over one shoulder or the other.
    near = max(1.0 - max(abs(bearing) - 2.0, 0.0) / 1.1, 0.0)
    bearing *= near
    # A deep bow may bring the shoulder past what a slight one reaches: the first
    # effort that is enough is looked for from below.
    low, high, nearest = 0.0, 1.0, np.inf
    for step in range(9):
        a, b, c = _bent(root, facing, turns, step / 8, yaw, bearing, low_m, back_m)
        far = _far(rest, a, b, c, targets, sides)
        if far <= _STRETCHED * reach_m:
            low, high = max(step - 1, 0) / 8, step / 8
            break
        if far < nearest - 1e-6:
            nearest, low, high = far, step / 8, step / 8
    for _ in range(11):
        effort = (low + high) / 2
        a, b, c = _bent(root, facing, turns, effort, yaw, bearing, low_m, back_m)
        if _far(rest, a, b, c, targets, sides) > _STRETCHED * reach_m:
            low = effort
        else:
            high = effort
    effort = 0.0 if high < 1e-4 else high
    whole = _bent(root, facing, turns, effort, yaw, bearing, low_m, back_m)
    if share >= 1.0:
        return whole
    part = _bent(
        root, facing, turns, effort * share, yaw, bearing * share, low_m, back_m
    )
    return part
