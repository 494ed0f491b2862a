"""Where a foot is at an instant: planted, rolling over its ball, or swinging."""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from math import cos, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.stage.skeleton import Skeleton
from previz.stage.walk import Footfall, Stance

__all__ = ["Foot", "foot_at"]

_TOE_OFF_RAD = radians(34.0)
_HIGHEST_RAD = radians(48.0)
_HEEL_STRIKE_RAD = radians(-19.0)


@dataclass(frozen=True)
class Foot:
    """A foot at one instant.

    Attributes:
        ankle: Joint in the world, metres, shape (3,).
        yaw: Where the toes point, radians.
        pitch: Of the sole; positive stands on the ball, negative on the heel.
        toes: Pitch of the toes against the foot.
        swing: 0 planted, up to 1 in the middle of a step.
    """

    ankle: NDArray[np.float64]
    yaw: float
    pitch: float
    toes: float
    swing: float


def foot_at(
    falls: tuple[Footfall, ...],
    first: Stance,
    seconds: float,
    *,
    side: int,
    skeleton: Skeleton,
    raised: float = 0.0,
) -> Foot:
    """Return a foot at a time of the scene.

    Args:
        falls: The foot's footfalls in order.
        first: Where it stands before them.
        seconds: Scene time.
        side: 0 left, 1 right.
        skeleton: Whose foot.
        raised: Extra pitch of a planted foot on its ball, radians (crouching).
    """
    index = bisect.bisect_right([fall.lift_s for fall in falls], seconds) - 1
    fall = falls[index] if index >= 0 else None
    if fall is not None and seconds < fall.land_s:
        return _swinging(fall, seconds, side, skeleton)
    stance = fall.end if fall is not None else first
    pitch = raised
    if fall is not None:
        settle = max(0.30 * (fall.land_s - fall.lift_s), 1e-3)
        since = (seconds - fall.land_s) / settle
        pitch += _strike(fall) * (1 - smoothstep(since))
    if index + 1 < len(falls):
        after = falls[index + 1]
        lead = 0.62 * (after.land_s - after.lift_s)
        if fall is not None:
            lead = min(lead, 0.6 * (after.lift_s - fall.land_s))
        if lead > 1e-6:
            share = smoothstep(1 - (after.lift_s - seconds) / lead)
            pitch += _TOE_OFF_RAD * after.roll * share**1.3
    toes = -pitch if pitch > 0 else 0.0
    return _foot(stance, stance.yaw, pitch, toes, 0.0, 0.0, side, skeleton)


def _swinging(fall: Footfall, seconds: float, side: int, skeleton: Skeleton) -> Foot:
    u = (seconds - fall.lift_s) / (fall.land_s - fall.lift_s)
    go = smoothstep(u)
    a, b = fall.start, fall.end
    stance = Stance(
        x=a.x + go * (b.x - a.x),
        y=a.y + _climb(u, b.y - a.y) * (b.y - a.y),
        z=a.z + go * (b.z - a.z),
        yaw=a.yaw + go * (b.yaw - a.yaw),
    )
    rise = smoothstep(u / 0.18)
    fade = smoothstep((u - 0.15) / 0.50)
    strike = smoothstep((u - 0.55) / 0.45)
    pitch = _TOE_OFF_RAD + (_HIGHEST_RAD - _TOE_OFF_RAD) * rise
    pitch = pitch * (1 - fade) * fall.roll + _strike(fall) * strike
    toes = -max(pitch, 0.0) * (1 - smoothstep(u / 0.35))
    lift = fall.height_m * sin(pi * u) ** 1.5
    if fall.kick > 0:
        up = sin(pi * u**0.75) ** 2
        lift, pitch = lift + fall.kick * up, pitch + 0.55 * up * (1 - u)
    return _foot(
        stance, stance.yaw, pitch, toes, lift, sin(pi * u) ** 2, side, skeleton
    )


def _strike(fall: Footfall) -> float:
    """Return the pitch a foot lands with: on its heel, but flat on a tread."""
    level = 1.0 - smoothstep(abs(fall.end.y - fall.start.y) / 0.12)
    return _HEEL_STRIKE_RAD * fall.roll * level


def _climb(u: float, rise_m: float) -> float:
    """Return how much of a step's rise is done: first up, then on; last down."""
    return smoothstep(1.25 * u) if rise_m >= 0 else smoothstep((u - 0.25) / 0.75)


def _foot(
    stance: Stance,
    yaw: float,
    pitch: float,
    toes: float,
    lift: float,
    swing: float,
    side: int,
    skeleton: Skeleton,
) -> Foot:
    bone = "foot_l" if side == 0 else "foot_r"
    toe = "toe_l" if side == 0 else "toe_r"
    height = float(skeleton.joint(bone)[1])
    ball = skeleton.joint(toe) - skeleton.joint(bone)
    # A pitched foot turns about what touches the floor: the ball or the heel.
    if pitch >= 0:
        down, along = float(ball[1]), float(ball[2])
    else:
        down, along = -height, -skeleton.heel_m
    dy = down - (cos(pitch) * down - sin(pitch) * along)
    dz = along - (sin(pitch) * down + cos(pitch) * along)
    ankle = np.array(
        [
            stance.x + sin(yaw) * dz,
            stance.y + height + dy + lift,
            stance.z + cos(yaw) * dz,
        ]
    )
    return Foot(ankle, yaw, pitch, toes, swing)
