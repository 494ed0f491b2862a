"""Acts between two: hands that meet, arms that go round somebody."""

from __future__ import annotations

from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import ActKind
from previz.stage.acting.goals import FLAT, GRASP, RELAXED, Goal
from previz.stage.acting.moment import Moment
from previz.stage.acting.played import Partner, Played
from previz.stage.skeleton import BONE_INDEX, Skeleton

__all__ = ["meeting_point", "partner_goal", "pressed", "toward_partner"]

_Vector = NDArray[np.float64]
_CHEST, _NECK = BONE_INDEX["chest"], BONE_INDEX["neck"]
_UP = np.array([0.0, 1.0, 0.0])
_FREE = np.zeros(3)


def meeting_point(own: Partner, other: Partner, seconds: float) -> _Vector:
    """Return where the hands of two people meet: between them, below their chests.

    The same for both of them.
    """
    mine, theirs = own.bones(seconds)[_CHEST], other.bones(seconds)[_CHEST]
    tall = (own.skeleton.height_m + other.skeleton.height_m) / 2
    middle = (mine[:3, 3] + theirs[:3, 3]) / 2
    return np.asarray(middle - 0.075 * tall * _UP)


def toward_partner(act: Played, moment: Moment, seconds: float) -> _Vector:
    """Return the level direction to the other one, of unit length."""
    if act.partner is None:
        return moment.ahead
    gap = act.partner.bones(seconds)[_CHEST, :3, 3] - moment.root
    gap = gap * (1.0, 0.0, 1.0)
    far = float(np.linalg.norm(gap))
    return moment.ahead if far < 1e-3 else np.asarray(gap / far)


def partner_goal(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    """Return what a hand does in an act between two, or None without the other."""
    if act.partner is None or act.own is None:
        return None
    if act.kind is ActKind.EMBRACE:
        return _round(act, act.own, act.partner, moment, side, seconds)
    point = meeting_point(act.own, act.partner, seconds)
    to = toward_partner(act, moment, seconds)
    inward = -moment.outward(side)
    if act.kind is ActKind.SHAKE_HANDS:
        since = seconds - act.at_s
        held = smoothstep(since / 0.15) * smoothstep((act.end_s - seconds) / 0.15)
        point = point + 0.022 * held * sin(2 * pi * 1.8 * since) * _UP
        curls = _closed(act, seconds, FLAT, (0.4, 0.5, 0.55))
        return Goal(point, 0.5 * inward, _UP, 0.6 * to, (0.35, -0.9, -0.5), curls)
    if act.kind is ActKind.HAND_OVER:
        curls = _closed(act, seconds, GRASP, RELAXED)
        return Goal(point, 0.4 * inward, _UP, 0.5 * to, (0.4, -0.9, -0.5), curls)
    curls = _closed(act, seconds, (0.1, 0.1, 0.15), GRASP)
    return Goal(
        point, 0.6 * inward + 0.3 * _UP, _UP, 0.5 * to, (0.4, -0.9, -0.5), curls
    )


def _closed(
    act: Played,
    seconds: float,
    before: tuple[float, float, float],
    after: tuple[float, float, float],
) -> tuple[float, float, float]:
    share = smoothstep((seconds - act.at_s + 0.04) / 0.2)
    x, y, z = (p + share * (q - p) for p, q in zip(before, after, strict=True))
    return x, y, z


def pressed(
    s: Skeleton, other: Skeleton, gap: _Vector, to: _Vector
) -> NDArray[np.float64]:
    """Return how far a body comes to another's chest, a little to its own left.

    Args:
        s: Whose body.
        other: The other one's measures.
        gap: From one pelvis to the other.
        to: The level direction to the other one, unit.
    """
    wide = 0.5 * (s.height_m + other.height_m)
    far = float(np.hypot(gap[0], gap[2]))
    near = min(max((far - 0.178 * wide) / 2, 0.0), 0.075 * s.height_m)
    left = np.array([to[2], 0.0, -to[0]])
    return np.asarray(near * to + 0.022 * s.height_m * left)


def _round(
    act: Played, own: Partner, other: Partner, moment: Moment, side: int, seconds: float
) -> Goal:
    """Lay an arm round the other one: the left over the shoulder, the right below.

    Who faces one has the left arm on one's right, so both go over and both under. The
    other one comes closer and leans as oneself does.
    """
    bones, s, share = other.bones(seconds), other.skeleton, act.share(seconds)
    gap = own.bones(seconds)[0, :3, 3] - bones[0, :3, 3]
    to = -toward_partner(act, moment, seconds)
    come = share * pressed(s, own.skeleton, gap, to)
    leant = 0.01 * share * s.height_m * (to + np.array([to[2], 0.0, -to[0]]))
    chest, neck = bones[_CHEST].copy(), bones[_NECK, :3, 3] + come + 2 * leant
    chest[:3, 3] += come + leant
    across, ahead = chest[:3, 0], chest[:3, 2]
    over = side == 0
    deep = 0.036 * s.height_m
    sign = 1.0 if over else -1.0
    back = -ahead
    level = neck if over else (chest[:3, 3] + bones[0, :3, 3] + come) / 2
    lift = -0.035 if over else 0.02
    palm = (
        level
        + (deep + 0.02) * back
        - sign * 0.035 * s.height_m * across
        + lift * s.height_m * chest[:3, 1]
    )
    inward = -moment.outward(side)
    elbow = (1.0, 0.15, 0.25) if over else (1.0, -0.5, 0.1)
    return Goal(
        palm, ahead, _FREE, 0.8 * inward + (0.3 if over else 0.0) * -_UP, elbow,
        (0.1, 0.12, 0.15),
    )  # fmt: skip
