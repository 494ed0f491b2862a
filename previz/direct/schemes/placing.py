"""Where a lamp can stand: out of the picture, in the room, in sight of its subject."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import Set
from previz.stage import CameraState, Obstacles

__all__ = ["ABOUT_M", "Room", "in_frame", "place_lamp", "way_of"]

Floats = NDArray[np.float64]

ABOUT_M = 0.35
"""How far about its target a lamp must have a free way."""

_CORNERS = np.array(
    [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float
)
_HOUSING_M = 0.12
_FROM_WALLS_M = 0.12
_TURNS = (0.0, 10.0, -10.0, 20.0, -20.0, 32.0, -32.0, 46.0, -46.0)
_RISES = (0.0, 8.0, 16.0, 26.0, 38.0, -10.0)
_NEARER = (1.0, 0.8, 0.62, 1.3, 0.48)


@dataclass(frozen=True)
class Room:
    """What a lamp must respect.

    Attributes:
        set_: The set.
        obstacles: Its solids.
        cameras: What sees the shot; no lamp may stand in their pictures.
    """

    set_: Set
    obstacles: Obstacles
    cameras: Sequence[CameraState]


def way_of(yaw_deg: float, rise_deg: float) -> Floats:
    """Return a unit direction: yaw 0 is +z, 90 is +x; rise is above the horizon."""
    a, e = math.radians(yaw_deg), math.radians(rise_deg)
    return np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])


def in_frame(place: Floats, radius_m: float, camera: CameraState) -> bool:
    """Return whether a ball would be seen, hidden or not.

    Args:
        place: Its middle, world metres, shape (3,).
        radius_m: Its radius.
        camera: The camera.
    """
    x, y, z, _ = camera.camera_from_world @ np.append(place, 1.0)
    depth = -float(z)
    if depth < -radius_m:
        return False
    across = camera.sensor.width_mm * camera.squeeze / (2 * camera.focal_length_mm)
    up = camera.sensor.height_mm / (2 * camera.focal_length_mm)
    for at, half in ((abs(float(x)), across), (abs(float(y)), up)):
        # Distance from the plane through the eye and the picture's edge.
        if (at - half * depth) / math.hypot(1.0, half) > radius_m:
            return False
    return True


def place_lamp(
    target: Floats,
    *,
    yaw_deg: float,
    rise_deg: float,
    distance_m: float,
    radius_m: float,
    room: Room,
) -> Floats:
    """Return where a lamp stands that is asked for in a direction from its target.

    The nearest to what is asked that is out of every picture, out of walls and
    furniture and in sight of the target; where nothing is, the one that breaks the
    fewest of these rules.

    Args:
        target: What it lights, world metres, shape (3,).
        yaw_deg: World yaw of the lamp seen from the target.
        rise_deg: Above the horizon.
        distance_m: From the target.
        radius_m: The lamp's, with its housing.
        room: What it must respect.
    """
    best, fewest = target + way_of(yaw_deg, rise_deg) * distance_m, math.inf
    for turn, rise, nearer in _asked():
        way = way_of(yaw_deg + turn, float(np.clip(rise_deg + rise, -40.0, 78.0)))
        place = target + way * distance_m * nearer
        broken = _broken(place, target, radius_m, room)
        if broken < fewest:
            best, fewest = place, broken
        if not broken:
            break
    return np.asarray(best)


def _asked() -> Iterator[tuple[float, float, float]]:
    """Yield changes of yaw, rise and distance, the slightest first."""
    tries = [(t, r, n) for t in _TURNS for r in _RISES for n in _NEARER]

    def cost(change: tuple[float, float, float]) -> float:
        turn, rise, nearer = change
        return abs(turn) / 30.0 + abs(rise) / 26.0 + abs(math.log(nearer)) * 1.1

    yield from sorted(tries, key=cost)


def _broken(place: Floats, target: Floats, radius_m: float, room: Room) -> float:
    """Return how badly a place breaks the rules; 0 where it breaks none."""
    broken = 0.0
    if room.obstacles.inside(place, margin_m=_FROM_WALLS_M):
        broken += 4.0
    if any(in_frame(place, radius_m + _HOUSING_M, x) for x in room.cameras):
        broken += 2.0
    if room.obstacles.blocked(target, place):
        broken += 1.0
    ends = target + _CORNERS * ABOUT_M
    return broken + float(room.obstacles.blocked_each(place, ends).mean())
