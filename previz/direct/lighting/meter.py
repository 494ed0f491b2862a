"""How much light falls on faces, worked out without a picture."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from previz.camera.metering import beam_share
from previz.direct.lighting.ways import direction, unit
from previz.model import Light, LightKind, Set
from previz.stage import Obstacles

__all__ = ["bounced_lx", "illuminance_lx", "lux_at"]

Floats = NDArray[np.float64]

_ABOUT = np.array(
    [(0, 0, 0), *((x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1))], float
)

_CORNERS = np.array([(x, y) for x in (-1, 1) for y in (-1, 1)], float)

_SUN_FAR_M = 60.0
_NEAR_M = 0.5
"""Nobody holds a face nearer to a lamp than this."""
_ALBEDO = 0.3
"""How much of the light that meets them the surfaces of a dressed room give back."""
_SHADED = 0.25
"""Share of a bulb's light that its shade and its corner let into the room."""
_GROUND = 0.2


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
    total = lux_at(points, normals, lights=lights, set_=set_, obstacles=solid)
    bounce = 1.35 if set_.interior else 1.12
    here = 0.4 * total.max(axis=1) + 0.6 * total.mean(axis=1)
    share = 0.5 if set_.interior else 0.65
    return max(0.05, float(np.quantile(here, share)) * bounce)


def lux_at(
    points: Floats,
    normals: Floats,
    *,
    lights: Iterable[Light],
    set_: Set,
    obstacles: Obstacles,
    about_m: float = 0.0,
) -> Floats:
    """Return the direct light on surfaces at some points, as the renderer reckons it.

    The set's solids shade; flags and doors, which stand where they do not touch the
    faces that they are set for, are left out. A sky counts indoors only where no
    window lamps stand for it, a sun not at all.

    Args:
        points: World points, shape (p, 3).
        normals: Unit normals, shape (n, 3).
        lights: What shines.
        set_: The set.
        obstacles: Its solids.
        about_m: From how far about each point a lamp must be seen to be seen whole:
            the picture's light in the air is kept on a grid of about half a metre.

    Returns:
        Lux, shape (p, n).
    """
    lamps = [x.changed(intensity=x.intensity * _passed(x)) for x in lights]
    total = np.zeros((len(points), len(normals)))
    windows = any(x.role == "window" for x in lamps)
    for lamp in lamps:
        if lamp.kind is LightKind.SKY:
            if not (set_.interior and windows):
                total += lamp.intensity * _sky_share(points, normals, obstacles)
        elif not (set_.interior and lamp.kind is LightKind.SUN):
            total += _from_lamp(lamp, points, normals, obstacles, about_m)
    return total


def bounced_lx(lights: Iterable[Light], *, set_: Set) -> float:
    """Estimate the light that the set throws back on a face from all sides.

    Indoors that of an integrating sphere: E = Φ·ρ / (A·(1 - ρ)). Outdoors the ground
    gives back what sun and sky lay on it, and a face sees it in half of its view.

    Args:
        lights: What shines.
        set_: The set.

    Returns:
        Lux.
    """
    if set_.interior:
        w, h, d = set_.size_m
        area = 2 * (w * h + w * d + h * d)
        lumens = sum(_lumens(x) * _passed(x) for x in lights)
        return lumens * _ALBEDO / (area * (1 - _ALBEDO))
    level = 0.0
    for lamp in lights:
        if lamp.kind is LightKind.SKY:
            level += lamp.intensity * _passed(lamp)
        elif lamp.kind is LightKind.SUN:
            towards = unit(np.array(lamp.position_m) - np.array(lamp.aim_m))
            level += lamp.intensity * _passed(lamp) * max(float(towards[1]), 0.0)
    return 0.5 * _GROUND * level


def _passed(lamp: Light) -> float:
    """Share of a lamp's light that its gel passes, by luminance (ITU-R BT.709)."""
    r, g, b = lamp.gel
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _lumens(lamp: Light) -> float:
    """Luminous flux of an area, a bulb or a spot; suns and skies stay outside."""
    if lamp.kind is LightKind.AREA:
        return math.pi * lamp.intensity
    if lamp.kind is not LightKind.POINT:
        return 0.0
    if lamp.beam_deg is None:
        shaded = _SHADED if lamp.role == "practical" else 1.0
        return 4.0 * math.pi * lamp.intensity * shaded
    # A Gaussian fall holds I·π·θ²/ln 2 within a small cone (θ half the beam).
    return math.pi * lamp.intensity * math.radians(lamp.beam_deg / 2) ** 2 / math.log(2)


def _sky_share(points: Floats, normals: Floats, solid: Obstacles) -> Floats:
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
    lamp: Light, points: Floats, normals: Floats, solid: Obstacles, about_m: float
) -> Floats:
    """Lux on each heading at each point, shape (points, headings)."""
    place, aim = np.array(lamp.position_m), np.array(lamp.aim_m)
    if lamp.kind is LightKind.SUN:
        towards = np.broadcast_to(unit(place - aim), points.shape)
        ends = points + towards * _SUN_FAR_M
        seen = ~np.array(
            [solid.blocked(a, b) for a, b in zip(points, ends, strict=True)]
        )
        lux = lamp.intensity * seen
        return np.asarray(lux[:, None] * np.maximum(0.0, towards @ normals.T))
    offset = place - points
    square = np.maximum((offset**2).sum(axis=1), _NEAR_M**2)
    towards = offset / np.sqrt(square)[:, None]
    emitted = -(towards @ unit(aim - place))
    area = 0.0
    if lamp.kind is LightKind.AREA:
        area = lamp.width_m * lamp.height_m / math.pi
        lux = lamp.intensity * np.maximum(0.0, emitted) / (square + area)
    else:
        lux = lamp.intensity / square
        if lamp.beam_deg or lamp.field_deg:
            angles = np.degrees(np.arccos(np.clip(emitted, -1.0, 1.0)))
            lux = lux * np.array([beam_share(lamp, float(a)) for a in angles])
    # A lamp in its own canopy or shade is not hidden by it.
    housed = solid.inside(tuple(place), margin_m=0.0)
    seen = np.array([1.0 if housed else _seen(lamp, p, solid, about_m) for p in points])
    cosine = towards @ normals.T
    spread = np.sqrt(area / (square + area))[:, None]
    soft = (cosine + spread) ** 2 / np.maximum(4.0 * spread, 1e-9)
    cosine = np.where(cosine >= spread, cosine, np.where(cosine <= -spread, 0.0, soft))
    return np.asarray((lux * seen)[:, None] * np.maximum(cosine, 0.0))


def _seen(lamp: Light, point: Floats, solid: Obstacles, about_m: float) -> float:
    """Return the share of places about a point from which a lamp's face is seen."""
    place = np.array(lamp.position_m)
    if about_m <= 0.0:
        return 1.0 - float(solid.blocked(place, point))
    ends = point + _ABOUT * about_m
    faces = place[None]
    if lamp.kind is LightKind.AREA:
        axis = unit(np.array(lamp.aim_m) - place)
        right = unit(np.cross(axis, (0.0, 1.0, 1e-6)))
        corners = _CORNERS * (0.35 * lamp.width_m, 0.35 * lamp.height_m)
        faces = place + corners @ np.stack([right, np.cross(right, axis)])
    return 1.0 - float(np.mean([solid.blocked_each(face, ends) for face in faces]))
