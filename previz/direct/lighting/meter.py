"""How much light falls on faces, worked out without a picture."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.direct.lighting.ways import direction, unit
from previz.model import Light, LightKind, Set
from previz.stage import Obstacles

__all__ = ["illuminance_lx"]


def illuminance_lx(
    set_: Set, lights: tuple[Light, ...], *, obstacles: Obstacles | None = None
) -> float:
    """Estimate the light on faces over the playing area.

    At each spot, 1.5 m up, the light on upright surfaces of eight headings is
    summed; what counts lies between the mean heading and the best lit one.

    Args:
        set_: The set.
        lights: What lights it.
        obstacles: The set's obstacles, if they are at hand.

    Returns:
        Lux, at least 0.05.
    """
    solid = obstacles or Obstacles(set_)
    points = np.array(
        [(s.position_m[0], 1.5, s.position_m[2]) for s in set_.spots] or [(0, 1.5, 0)]
    )
    turn = np.linspace(0, 2 * math.pi, 8, endpoint=False)
    normals = np.stack([np.sin(turn), np.zeros(8), np.cos(turn)], 1)
    total = np.zeros((len(points), 8))
    windows = any(x.role == "window" for x in lights)
    for lamp in lights:
        if lamp.kind is LightKind.SKY:
            if not (set_.interior and windows):
                total += lamp.intensity * _sky_share(points, normals, solid)
        elif not (set_.interior and lamp.kind is LightKind.SUN):
            total += _from_lamp(lamp, points, normals, solid)
    bounce = 1.35 if set_.interior else 1.12
    here = 0.4 * total.max(axis=1) + 0.6 * total.mean(axis=1)
    share = 0.5 if set_.interior else 0.65
    return max(0.05, float(np.quantile(here, share)) * bounce)


def _sky_share(
    points: NDArray[np.float64], normals: NDArray[np.float64], solid: Obstacles
) -> NDArray[np.float64]:
    """Share of an open sky's level light on each heading at each point."""
    ways = [
        direction(azimuth + 0.5 * height, height)
        for height in (14.0, 40.0)
        for azimuth in range(0, 360, 45)
    ]
    share = np.full((len(points), len(normals)), 0.12)
    for way in ways:
        seen = [not solid.blocked(p, p + way * 40.0) for p in points]
        share += np.outer(seen, np.maximum(0.0, normals @ way)) * (0.43 / 4.3)
    return share


def _from_lamp(
    lamp: Light,
    points: NDArray[np.float64],
    normals: NDArray[np.float64],
    solid: Obstacles,
) -> NDArray[np.float64]:
    """Lux on each heading at each point, shape (points, headings)."""
    place, aim = np.array(lamp.position_m), np.array(lamp.aim_m)
    if lamp.kind is LightKind.SUN:
        towards = np.broadcast_to(unit(place - aim), points.shape)
        lux = np.full(len(points), lamp.intensity)
        ends = points + towards * 60.0
        seen = ~np.array(
            [solid.blocked(a, b) for a, b in zip(points, ends, strict=True)]
        )
    else:
        offset = place - points
        far = np.maximum(np.linalg.norm(offset, axis=1), 0.5)
        towards = offset / far[:, None]
        lux = lamp.intensity / far**2
        if lamp.kind is LightKind.AREA:
            lux = lux * np.maximum(0.0, -(towards @ unit(aim - place)))
        # A lamp in its own canopy or shade is not hidden by it.
        housed = solid.inside(tuple(place), margin_m=0.0)
        seen = np.array(housed) | ~solid.blocked_each(place, points)
    return np.asarray((lux * seen)[:, None] * np.maximum(0.0, towards @ normals.T))
