"""Sun, moon and the soft sources that a crew brings."""

from __future__ import annotations

import math

import numpy as np

from previz.direct.lighting.hours import MOON_GEL, Hour
from previz.direct.lighting.ways import direction, rounded, unit
from previz.model import Light, LightKind, LightRole, Set
from previz.stage import Obstacles

__all__ = ["fill", "reflector", "sun"]


def reflector(
    set_: Set, sun: Light, solid: Obstacles, *, lux: float, kelvin: float
) -> Light:
    """A large frame of white cloth on the side that the sun leaves dark."""
    w, _, d = set_.size_m
    away = -unit(np.array(sun.position_m) * (1, 0, 1))
    far = min(8.0, 0.45 * max(w, d))
    points = np.array([(x * w, 1.5, z * d) for x in (-0.2, 0.2) for z in (-0.2, 0.2)])
    best, best_score = away * far, -1.0
    for turn in (0, 30, -30, 60, -60):
        a = math.radians(turn)
        way = np.array(
            [
                away[0] * math.cos(a) + away[2] * math.sin(a),
                0.0,
                away[2] * math.cos(a) - away[0] * math.sin(a),
            ]
        )
        place = way * far + (0.0, 2.6, 0.0)
        seen = np.mean([not solid.blocked(p, place) for p in points])
        score = (
            float(seen) - 0.004 * abs(turn) - 0.5 * solid.inside(place, margin_m=0.2)
        )
        if score > best_score:
            best, best_score = place, score
    aim = np.array([0.0, 1.2, 0.0])
    return Light(
        id="fill",
        kind=LightKind.AREA,
        role=LightRole.FILL,
        position_m=rounded(best),
        aim_m=rounded(aim),
        width_m=3.6,
        height_m=2.4,
        intensity=round(lux * float(np.sum((best - aim) ** 2)), 1),
        color_temperature_k=kelvin,
    )


def sun(
    set_: Set, hour: Hour, solid: Obstacles, rng: np.random.Generator, *, night: bool
) -> Light:
    """Put the sun where it reaches the playing area, off to one side."""
    side = 1.0 if rng.random() < 0.5 else -1.0
    height = hour.elevation_deg + float(rng.uniform(-3.0, 4.0))
    points = np.array(
        [
            (x * set_.size_m[0], 1.5, z * set_.size_m[2])
            for x in (-0.3, 0.0, 0.3)
            for z in (-0.25, 0.05, 0.3)
        ]
    )
    best, best_score = direction(side * 55.0, height), -1.0
    for rise in (0.0, 0.35 * height, 0.65 * height):
        for rank, azimuth in enumerate(
            (55, -55, 78, -78, 100, -100, 30, -30, 140, -140, 5)
        ):
            towards = direction(side * azimuth, height + rise)
            seen = [not solid.blocked(p, p + towards * 60.0) for p in points]
            score = float(np.mean(seen)) - 0.03 * rank - 0.006 * rise
            if score > best_score + 1e-9:
                best, best_score = towards, score
    return Light(
        id="moon" if night else "sun",
        kind=LightKind.SUN,
        role=LightRole.MOON if night else LightRole.KEY,
        position_m=rounded(best * 40.0),
        intensity=hour.sun_lx,
        color_temperature_k=hour.sun_k,
        gel=MOON_GEL if night else (1.0, 1.0, 1.0),
    )


def fill(set_: Set, *, lux: float, kelvin: float, opposite: bool = False) -> Light:
    """A large soft source from the camera's side, high up, or from across the set."""
    w, h, d = set_.size_m
    top = h - 0.25 if set_.interior else min(h, 5.0)
    back = d * 0.36 if set_.interior else d * 0.5 + 1.0
    side = -1.0 if opposite else 1.0
    place = np.array([side * w * 0.24, top, side * back])
    aim = np.array([0.0, 1.2, -side * d * 0.08])
    far = float(np.linalg.norm(place - aim))
    return Light(
        id="fill-2" if opposite else "fill",
        kind=LightKind.AREA,
        role=LightRole.FILL,
        position_m=rounded(place),
        aim_m=rounded(aim),
        width_m=round(min(w * 0.6, 3.2), 2),
        height_m=1.6,
        intensity=round(lux * far**2, 2),
        color_temperature_k=kelvin,
    )
