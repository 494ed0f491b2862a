"""Views that follow their subjects: the same place, panned and tilted."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from previz.camera.framing import Body, View
from previz.direct.floor import apart_m, bearing_deg
from previz.direct.plan import Plan
from previz.model import Vec3

__all__ = ["Lookup", "aim_of", "panned", "turned_to"]

Lookup = Callable[[str, int], Body | None]
"""Somebody's landmarks at a scene frame; None when they are away."""


def aim_of(plan: Plan, frame: int, body: Lookup) -> Vec3 | None:
    """Return the middle of the subjects' eyes at a frame; None when all are away."""
    eyes = [b.eyes for s in plan.subjects if (b := body(s, frame)) is not None]
    if not eyes:
        return None
    x, y, z = (sum(e[i] for e in eyes) / len(eyes) for i in range(3))
    return (x, y, z)


def turned_to(view: View, home: Vec3, aim: Vec3) -> View:
    """Return a view panned and tilted so that `aim` lies where `home` lay."""
    turn = bearing_deg(view.position, aim) - bearing_deg(view.position, home)
    tilt = _rise_deg(view.position, aim) - _rise_deg(view.position, home)
    return replace(
        view,
        yaw_deg=view.yaw_deg + math.remainder(turn, 360.0),
        pitch_deg=max(-60.0, min(60.0, view.pitch_deg + tilt)),
    )


def _rise_deg(start: Vec3, goal: Vec3) -> float:
    """Return how far one looks up from `start` to see `goal`."""
    return math.degrees(math.atan2(goal[1] - start[1], max(apart_m(start, goal), 1e-6)))


def panned(
    plan: Plan, view: View, frames: tuple[int, ...], anchor: int, body: Lookup
) -> list[tuple[View, int]]:
    """Return the view at each frame, following its subjects if they travel."""
    home = aim_of(plan, anchor, body) if plan.travels else None
    result = []
    for frame in frames:
        aim = aim_of(plan, frame, body) if home is not None else None
        if home is None or aim is None:
            result.append((view, frame))
        else:
            result.append((turned_to(view, home, aim), frame))
    return result
