"""Where a body looks: eyes first, then the head, then the torso."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import atan2, hypot, pi

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep

__all__ = ["EYES_S", "HEAD_S", "TORSO_S", "Aim", "attend", "flick", "share_of"]

EYES_S, HEAD_S, TORSO_S = 0.14, 0.52, 0.95
"""How long eyes, head and torso take to a new target, in seconds."""

_RESTS_S, _JUMPS_S = 0.83, 0.05
_HEAD_YAW = np.radians(70.0)
_HEAD_UP, _HEAD_DOWN = np.radians(-42.0), np.radians(48.0)
_TORSO_YAW = np.radians(42.0)

Aim = tuple[float, Callable[[float], NDArray[np.float64] | None]]
"""From when (scene seconds), and where the target is at a time; None is ahead."""


def attend(
    aims: tuple[Aim, ...],
    seconds: float,
    *,
    eye: NDArray[np.float64],
    frame: NDArray[np.float64],
    ahead: tuple[float, float],
    takes_s: float,
) -> tuple[float, float]:
    """Return yaw and pitch of the line of sight in the axes `frame`, radians.

    Args:
        aims: In order of time.
        seconds: Scene time.
        eye: Between the eyes in the world, shape (3,).
        frame: World from body axes, shape (3, 3).
        ahead: Yaw and pitch of looking straight ahead in these axes.
        takes_s: Time to turn to a new target.
    """
    yaw, pitch = ahead
    begun = [aim for aim in aims if aim[0] <= seconds]
    done = [i for i, aim in enumerate(begun) if seconds - aim[0] >= takes_s]
    for start, where in begun[done[-1] if done else 0 :]:
        share = smoothstep((seconds - start) / takes_s) if start > 0 else 1.0
        target = where(seconds)
        new = ahead if target is None else _angles(frame.T @ (target - eye))
        yaw += share * (new[0] - yaw)
        pitch += share * (new[1] - pitch)
    return yaw, pitch


def share_of(yaw: float, pitch: float) -> tuple[float, float, float]:
    """Return torso yaw, then yaw and pitch that head and neck take together."""
    torso = _limited(max(abs(yaw) - 0.45, 0.0) * 0.75, _TORSO_YAW)
    torso = torso if yaw > 0 else -torso
    head = _limited(yaw - torso, _HEAD_YAW)
    return torso, head, min(max(pitch, _HEAD_UP), _HEAD_DOWN)


def flick(seconds: float, *, seed: int) -> tuple[float, float]:
    """Return yaw and pitch by which eyes stray over what they look at, radians.

    They rest for most of a second and jump by up to a degree: from eye to eye of a
    face, or over a thing. Source: Yarbus 1967, Eye Movements and Vision.
    """
    index = int(seconds // _RESTS_S)
    share = smoothstep((seconds - index * _RESTS_S) / _JUMPS_S)
    (a, b), (c, d) = _strayed(seed, index - 1), _strayed(seed, index)
    return a + share * (c - a), b + share * (d - b)


@lru_cache(maxsize=4096)
def _strayed(seed: int, index: int) -> tuple[float, float]:
    rng = np.random.default_rng([seed, index + 1, 91])
    yaw, pitch = rng.uniform(-1.0, 1.0, 2) * (0.018, 0.011)
    return float(yaw), float(pitch)


def _limited(angle: float, limit: float) -> float:
    return min(max(angle, -limit), limit)


def _angles(local: NDArray[np.float64]) -> tuple[float, float]:
    x, y, z = (float(v) for v in local)
    yaw = atan2(x, z)
    # What is right behind is not looked at over a suddenly changing shoulder.
    behind = smoothstep((abs(yaw) - 0.50 * pi) / (0.48 * pi))
    pitch = -atan2(y, max(hypot(x, z), 1e-6))
    return yaw * (1 - behind), pitch * (1 - behind)
