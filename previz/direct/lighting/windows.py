"""Windows as a crew treats them: lamps in the openings, light outside held down."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.direct.lighting.hours import MOON_GEL, Hour
from previz.direct.lighting.ways import direction, rounded
from previz.model import Light, LightKind, LightRole, Opening, Set, SetPiece

__all__ = [
    "backings",
    "middle_of",
    "outward",
    "sun_through",
    "window_light",
    "windows_of",
]


MOST_BACKINGS = 2


def windows_of(set_: Set) -> list[tuple[SetPiece, Opening]]:
    """The room's windows, the largest first."""
    found = [
        (piece, opening)
        for piece in set_.pieces
        if piece.kind == "wall"
        for opening in piece.openings
        if opening.kind == "window" and opening.width_m * opening.height_m > 0.4
    ]
    ranked = sorted(found, key=lambda pair: -pair[1].width_m * pair[1].height_m)
    walls: list[tuple[SetPiece, Opening]] = []
    for pair in ranked:
        if all(pair[0].id != other[0].id for other in walls):
            walls.append(pair)
    return walls + [pair for pair in ranked if pair not in walls]


def outward(wall: SetPiece) -> NDArray[np.float64]:
    """Return the unit direction out of the room through a wall."""
    yaw = math.radians(wall.yaw_deg)
    return -np.array([math.sin(yaw), 0.0, math.cos(yaw)])


def middle_of(wall: SetPiece, o: Opening) -> NDArray[np.float64]:
    """Return the middle of an opening in the world."""
    yaw = math.radians(wall.yaw_deg)
    across = np.array([math.cos(yaw), 0.0, -math.sin(yaw)])
    base = np.array(wall.position_m)
    return np.asarray(
        base + across * o.x_m + np.array([0.0, o.y_m + o.height_m / 2, 0.0])
    )


def window_light(
    wall: SetPiece, o: Opening, hour: Hour, *, number: int, night: bool
) -> Light:
    """An area light that fills the opening, just inside the frame."""
    inward = -outward(wall)
    place = middle_of(wall, o) + inward * (wall.size_m[2] / 2 + 0.04)
    return Light(
        id=f"window-{number}",
        kind=LightKind.AREA,
        role=LightRole.WINDOW,
        position_m=rounded(place),
        aim_m=rounded(place + inward * 3.0 - (0, 0.35, 0)),
        width_m=o.width_m,
        height_m=o.height_m,
        intensity=round(hour.window_cd_m2 * o.width_m * o.height_m, 1),
        color_temperature_k=hour.window_k,
        gel=MOON_GEL if night else (1.0, 1.0, 1.0),
    )


def backings(
    windows: list[tuple[SetPiece, Opening]], lux: float, hour: Hour
) -> tuple[Light, ...]:
    """Soft light from over the windows on the houses and trees that they look at."""
    lights = []
    walls = {wall.id: (wall, opening) for wall, opening in reversed(windows)}
    for k, (wall, opening) in enumerate(list(walls.values())[::-1][:MOST_BACKINGS]):
        out = outward(wall)
        place = middle_of(wall, opening) + out * 0.8 + (0.0, 3.2, 0.0)
        lights.append(
            Light(
                id=f"backing-{k + 1}",
                kind=LightKind.AREA,
                role=LightRole.BACKING,
                position_m=rounded(place),
                aim_m=rounded(place + out * 12.0 - (0.0, 4.5, 0.0)),
                width_m=4.0,
                height_m=1.5,
                intensity=round(lux * 12.0**2, 1),
                color_temperature_k=hour.window_k,
            )
        )
    return tuple(lights)


def sun_through(
    windows: list[tuple[SetPiece, Opening]], hour: Hour, rng: np.random.Generator
) -> Light:
    """The sun behind the largest window, high enough to lay a patch on the floor."""
    out = outward(windows[-1 if len(windows) == 2 else 0][0])
    heading = math.degrees(math.atan2(out[0], out[2]))
    slant = float(rng.uniform(24.0, 40.0)) * (1 if rng.random() < 0.5 else -1)
    height = min(34.0, hour.elevation_deg + float(rng.uniform(4.0, 9.0)))
    towards = direction(heading + slant, height)
    return Light(
        id="sun",
        kind=LightKind.SUN,
        role=LightRole.SUN,
        position_m=rounded(towards * 40.0),
        intensity=round(hour.sun_lx * hour.indoors, 1),
        color_temperature_k=hour.sun_k,
    )
