"""Where the palms are while an act runs, one rule an act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import ActKind
from previz.stage.acting.moment import Moment
from previz.stage.acting.played import Played
from previz.stage.skeleton import BONE_INDEX

__all__ = ["FIST", "FLAT", "GOALS", "GRASP", "RELAXED", "Goal"]

_Vector = NDArray[np.float64]
_FREE = np.zeros(3)
_CHEST = BONE_INDEX["chest"]
_UP = np.array([0.0, 1.0, 0.0])

RELAXED = (0.18, 0.22, 0.30)
FLAT = (0.05, 0.02, 0.02)
GRASP = (0.55, 0.58, 0.62)
FIST = (0.8, 1.0, 1.0)
_POINTING = (0.7, 0.0, 0.95)


@dataclass(frozen=True)
class Goal:
    """What a hand is to do.

    Attributes:
        palm: Where the grip shall be in the world.
        palm_to: Where the palm shall face; zeros leave it free, as of the next two.
        thumb_to: Where the thumb's side shall point.
        along: Where the fingers shall point.
        elbow: Direction the elbow points in, chest axes of a left arm.
        curls: Of thumb, index and the other fingers.
    """

    palm: _Vector
    palm_to: _Vector
    thumb_to: _Vector
    along: _Vector
    elbow: tuple[float, float, float]
    curls: tuple[float, float, float]


_Rule = Callable[[Played, Moment, int, float], Goal | None]
_HANGING = (0.45, -0.7, -0.75)
_OUT = (0.9, -0.75, -0.25)


def _goal(
    palm: _Vector,
    *,
    palm_to: _Vector = _FREE,
    thumb_to: _Vector = _FREE,
    along: _Vector = _FREE,
    elbow: tuple[float, float, float] = _HANGING,
    curls: tuple[float, float, float] = RELAXED,
) -> Goal:
    return Goal(palm, palm_to, thumb_to, along, elbow, curls)


def _mixed(
    a: tuple[float, float, float], b: tuple[float, float, float], share: float
) -> tuple[float, float, float]:
    x, y, z = (p + share * (q - p) for p, q in zip(a, b, strict=True))
    return x, y, z


def _unit(v: _Vector) -> _Vector:
    return np.asarray(v / max(float(np.linalg.norm(v)), 1e-9))


def _closing(
    act: Played,
    seconds: float,
    before: tuple[float, float, float],
    after: tuple[float, float, float],
) -> tuple[float, float, float]:
    """Return the fingers of a hand that changes its grip at the moment of contact."""
    return _mixed(before, after, smoothstep((seconds - act.at_s + 0.04) / 0.2))


def _pair(point: _Vector, moment: Moment, act: Played, side: int) -> _Vector:
    """Return a hand's own place at something that both hands take."""
    if len(act.sides) < 2:
        return point
    return np.asarray(point + 0.055 * moment.height_m * moment.outward(side))


def _at_thing(
    before: tuple[float, float, float], after: tuple[float, float, float]
) -> _Rule:
    def rule(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
        point = act.where(min(seconds, act.at_s))
        if point is None:
            return None
        palm = _pair(point, moment, act, side)
        inward = -moment.outward(side)
        return _goal(
            palm,
            palm_to=0.5 * inward,
            thumb_to=_UP + 0.3 * inward,
            elbow=_HANGING,
            curls=_closing(act, seconds, before, after),
        )

    return rule


def _touch(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    point = act.where(seconds)
    if point is None:
        return None
    to = _unit(point - moment.shoulder(side))
    down = np.array([0.0, -0.8, 0.0])
    return _goal(
        _pair(point, moment, act, side), palm_to=0.6 * to + down, along=0.4 * to,
        elbow=_OUT, curls=FLAT,
    )  # fmt: skip


def _handle(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    point = act.where(seconds)
    if point is None:
        return None
    inward = -moment.outward(side)
    # A door that comes at the body is let go of before the hand is in the belly.
    away = (point - moment.place[_CHEST]) * (1.0, 0.0, 1.0)
    short = 0.20 * moment.height_m - float(np.linalg.norm(away))
    point = point + max(short, 0.0) * _unit(away)
    return _goal(
        point, palm_to=0.4 * inward - 0.5 * _UP, thumb_to=inward + 0.3 * _UP,
        elbow=_OUT, curls=_closing(act, seconds, RELAXED, GRASP),
    )  # fmt: skip


def _push(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    point = act.where(seconds)
    if point is None:
        return None
    palm = _pair(point, moment, act, side)
    return _goal(palm, palm_to=moment.ahead, along=0.8 * _UP, elbow=_OUT, curls=FLAT)


def _point(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    """Bring the fingertip between eye and target, as one aims along a finger."""
    target = act.where(seconds)
    shoulder = moment.shoulder(side)
    if target is None:
        target = moment.eyes + 8.0 * moment.ahead
    finger = 0.062 * moment.height_m
    length = 0.97 * moment.reach_m + finger
    sight = _unit(target - moment.eyes)
    offset = moment.eyes - shoulder
    b, c = float(offset @ sight), float(offset @ offset) - length * length
    tip = moment.eyes + (-b + max(b * b - c, 0.0) ** 0.5) * sight
    near = float(np.linalg.norm(target - shoulder))
    if near < 1.15 * length:
        tip = target - _unit(target - shoulder) * max(0.1, 0.25 * near)
    # The arm lies a little off the line of sight, so that the eye sees past it.
    tip = tip + 0.03 * moment.height_m * moment.outward(side) - np.array([0, 0.02, 0])
    to = _unit(target - tip)
    return _goal(
        tip - finger * to, palm_to=-0.5 * _UP, along=to,
        elbow=(0.5, -1.0, -0.3), curls=_POINTING,
    )  # fmt: skip


def _wave(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    h = moment.height_m
    beat = sin(2 * pi * 1.9 * (seconds - act.at_s) + act.phase)
    target = act.where(seconds)
    to = moment.ahead
    if target is not None:
        to = _unit((target - moment.eyes) * (1.0, 0.0, 1.0))
    out = moment.outward(side)
    palm = moment.shoulder(side) + h * (
        (0.115 + 0.035 * beat) * out + 0.155 * _UP + 0.085 * moment.ahead
    )
    return _goal(
        palm, palm_to=to, along=_UP + 0.35 * beat * out,
        elbow=(0.75, -1.0, -0.2), curls=FLAT,
    )  # fmt: skip


def _knock(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    point = act.where(seconds)
    if point is None:
        point = moment.shoulder(side) + 0.75 * moment.reach_m * moment.ahead
    to = _unit((point - moment.shoulder(side)) * (1.0, 0.0, 1.0))
    knocks = 0.5 - 0.5 * np.cos(2 * pi * (seconds - act.at_s) / 0.26)
    away = knocks if act.at_s <= seconds <= act.end_s else 0.0
    palm = point - (0.055 * away) * to
    return _goal(
        palm, palm_to=-0.5 * _UP - 0.4 * moment.outward(side), along=to,
        elbow=(0.6, -1.0, -0.2), curls=FIST,
    )  # fmt: skip


def _throw(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    target = act.where(act.at_s)
    to = moment.ahead
    if target is not None:
        to = _unit((target - moment.shoulder(side)) * (1.0, 0.0, 1.0))
    h, shoulder, out = moment.height_m, moment.shoulder(side), moment.outward(side)
    windup = shoulder + h * (0.10 * out + 0.11 * _UP - 0.10 * moment.ahead)
    let_go = shoulder + moment.reach_m * (0.80 * to + 0.42 * _UP)
    after = shoulder + moment.reach_m * (0.66 * to - 0.45 * _UP - 0.25 * out)
    t = seconds - act.at_s
    if t < 0:
        go = smoothstep((t + 0.26) / 0.26) ** 1.4
        palm = windup + go * (let_go - windup)
    else:
        palm = let_go + smoothstep(t / 0.35) * (after - let_go)
    curls = _mixed(GRASP, FLAT, smoothstep((t + 0.02) / 0.06))
    return _goal(
        palm, palm_to=to - 0.2 * _UP, thumb_to=-0.6 * out, elbow=(1.0, -0.25, -0.4),
        curls=curls,
    )  # fmt: skip


def _drink(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    out = moment.outward(side)
    tilt = smoothstep((seconds - act.at_s) / 0.5) * smoothstep(
        (act.end_s - seconds) / 0.4 + 0.2
    )
    palm = moment.on_head(0.0, -0.42, 0.50) + 0.012 * moment.height_m * out
    back = -moment.head[:, 2]
    return _goal(
        palm, thumb_to=_UP + (0.25 + 0.5 * tilt) * back, palm_to=-0.35 * out,
        elbow=(0.8, -0.9, 0.1), curls=GRASP,
    )  # fmt: skip


def _read(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    """Hold it before the chest, or up between the eyes and the light that is named."""
    h, out = moment.height_m, moment.outward(side)
    light = act.where(seconds)
    if light is not None:
        to = _unit((light - moment.eyes) * (1.0, 0.4, 1.0))
        # No arm holds up behind the shoulder what the eyes look at.
        to = _unit(to + max(0.6 - float(to @ moment.ahead), 0.0) * 1.6 * moment.ahead)
        palm = moment.eyes + h * (0.24 * to + 0.045 * _UP + 0.02 * out)
        return _goal(
            palm, palm_to=-0.3 * out, thumb_to=0.5 * _UP - 0.5 * to,
            elbow=(0.6, -1.0, -0.2), curls=(0.35, 0.45, 0.5),
        )  # fmt: skip
    middle = (moment.shoulder(0) + moment.shoulder(1)) / 2
    wide = 0.085 if len(act.sides) > 1 else 0.03
    palm = middle + h * (0.20 * moment.ahead - 0.115 * _UP + wide * out)
    eyes = _unit(moment.eyes - palm)
    return _goal(
        palm, palm_to=eyes - 0.5 * out, thumb_to=0.8 * out + 0.4 * moment.ahead,
        elbow=(0.6, -1.0, -0.25), curls=(0.35, 0.45, 0.5),
    )  # fmt: skip


def _phone(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    mirror = 1.0 if side == 0 else -1.0
    palm = moment.on_head(mirror * 0.42, -0.16, -0.22)
    inward = -mirror * moment.head[:, 0]
    return _goal(
        palm, palm_to=inward, along=0.8 * _UP - 0.3 * moment.ahead,
        elbow=(0.8, -1.0, 0.15), curls=(0.35, 0.35, 0.45),
    )  # fmt: skip


def _shrug(act: Played, moment: Moment, side: int, seconds: float) -> Goal | None:
    h, out = moment.height_m, moment.outward(side)
    palm = moment.shoulder(side) + h * (
        0.105 * out - 0.175 * _UP + 0.135 * moment.ahead
    )
    return _goal(
        palm, palm_to=_UP, along=moment.ahead + 0.8 * out, elbow=(0.35, -1.0, -0.6),
        curls=(0.05, 0.1, 0.15),
    )  # fmt: skip


def _head_in_hands(
    act: Played, moment: Moment, side: int, seconds: float
) -> Goal | None:
    mirror = 1.0 if side == 0 else -1.0
    palm = moment.on_head(mirror * 0.27, 0.0, 0.20)
    inward = -mirror * moment.head[:, 0]
    up = moment.head[:, 1]
    return _goal(
        palm, palm_to=inward - 0.6 * moment.head[:, 2], along=up,
        elbow=(0.55, -1.0, 0.45), curls=(0.1, 0.12, 0.15),
    )  # fmt: skip


GOALS: dict[ActKind, _Rule] = {
    ActKind.REACH: _at_thing(FLAT, RELAXED),
    ActKind.TAKE: _at_thing(RELAXED, GRASP),
    ActKind.PUT_DOWN: _at_thing(GRASP, RELAXED),
    ActKind.TOUCH: _touch,
    ActKind.OPEN: _handle,
    ActKind.CLOSE: _handle,
    ActKind.PUSH: _push,
    ActKind.POINT: _point,
    ActKind.WAVE: _wave,
    ActKind.KNOCK: _knock,
    ActKind.THROW: _throw,
    ActKind.DRINK: _drink,
    ActKind.READ: _read,
    ActKind.PHONE: _phone,
    ActKind.SHRUG: _shrug,
    ActKind.HEAD_IN_HANDS: _head_in_hands,
}
"""The rule of each act of one person; acts between two are in `partners`."""
