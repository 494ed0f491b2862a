"""How strong the fill is, and how the picture is exposed, from what faces get."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.direct.lighting.meter import bounced_lx, illuminance_lx, lux_at
from previz.model import Light, LightKind, LightRole, Set
from previz.stage import Obstacles

__all__ = ["exposure_of", "filled"]

Floats = NDArray[np.float64]

_MOST_RATIO = 4.0
"""Best lit heading to worst, at the middle spot: two stops."""
_FACTORS = (1.0, 1.4, 2.0)
_SUN_INDOORS = 1.5
_KEYED = 0.5
_ROOF_STOPS = 0.8
_MOST_CLOSED_STOPS = 0.25
_GREY = 0.18
_GROUND = 0.2
_UP = np.array([0.0, 9.0, 0.0])
_METER = 2.5
_OUTSIDE = (LightRole.SKY, LightRole.BACKING, LightRole.SUN)


def filled(
    set_: Set, lights: tuple[Light, ...], *, obstacles: Obstacles
) -> tuple[Light, ...]:
    """Return the lights with the fill and the silk that hold faces nearest to 4:1.

    Faces at every spot turn to eight headings. Fill grows in half stops, two at the
    most, and only while it helps: what no fill reaches stays dark.

    Args:
        set_: The set.
        lights: What lights it, with fills.
        obstacles: The set's solids.
    """
    lights = _softened(set_, lights, obstacles)
    fills = tuple(x for x in lights if x.role is LightRole.FILL)
    if not fills:
        return lights
    rest = _on_faces(
        set_, tuple(x for x in lights if x.role is not LightRole.FILL), obstacles
    )
    soft = _on_faces(set_, fills, obstacles)
    ratios = [_ratio(rest + factor * soft) for factor in _FACTORS]
    best = min(ratios)
    enough = max(_MOST_RATIO, 1.05 * best)
    factor = next(f for f, r in zip(_FACTORS, ratios, strict=True) if r <= enough)
    return tuple(
        x.changed(intensity=round(x.intensity * factor, 2)) if x in fills else x
        for x in lights
    )


def _softened(
    set_: Set, lights: tuple[Light, ...], obstacles: Obstacles
) -> tuple[Light, ...]:
    """Hold the sun that falls through a window to half as much again as the best face.

    Outdoors a silk over the set would take the sun from all that is behind the faces:
    there the sun is the sun, and the fill does what it can.
    """
    suns = tuple(x for x in lights if x.kind is LightKind.SUN)
    if not suns or not set_.interior:
        return lights
    rest = _on_faces(set_, tuple(x for x in lights if x not in suns), obstacles)
    best = _SUN_INDOORS * float(np.median(rest.max(axis=1)))
    share = min(1.0, best / max(suns[0].intensity, 1e-6))
    return tuple(
        x.changed(intensity=round(x.intensity * share, 2)) if x in suns else x
        for x in lights
    )


def exposure_of(
    set_: Set,
    lights: tuple[Light, ...],
    *,
    obstacles: Obstacles,
    darker_stops: float,
    most_key: float,
) -> float:
    """Return the exposure value at ISO 100 for a set's light.

    Args:
        set_: The set.
        lights: What lights it.
        obstacles: The set's solids.
        darker_stops: How far below middle grey a face at the mean of its headings is.
        most_key: What a grey card that faces the light may reach in the picture,
            where grey is 0.18, at the middle spot; it closes the stop by 0.25 at
            the most.
    """
    lux = illuminance_lx(set_, lights, obstacles=obstacles)
    exposure = math.log2(_GREY * lux / math.pi / 0.144) + darker_stops
    if not set_.interior:
        exposure += _ROOF_STOPS * _roofed(set_, obstacles)
    # A roof's box may hide a soft source that the roof itself lets by.
    fills = tuple(x for x in lights if x.role is LightRole.FILL)
    bare = Obstacles(set_.changed(pieces=()))
    seen = _on_faces(set_, lights, obstacles), _on_faces(set_, fills, bare)
    key = max(float(np.quantile(lux.max(axis=1), _KEYED)) for lux in seen)
    least = math.log2(max(key, 1e-3) / _METER * _GREY / most_key)
    return max(exposure, min(least, exposure + _MOST_CLOSED_STOPS))


def _roofed(set_: Set, obstacles: Obstacles) -> float:
    """Return the share of spots under a roof, which throws the lamps' light back."""
    spots = [np.array((s.position_m[0], 1.5, s.position_m[2])) for s in set_.spots]
    if not spots:
        return 0.0
    return float(np.mean([obstacles.blocked(p, p + _UP) for p in spots]))


def _ratio(lux: Floats) -> float:
    """Return the median over the spots of best to worst lit heading."""
    return float(np.median(lux.max(axis=1) / np.maximum(lux.min(axis=1), 1e-3)))


def _on_faces(set_: Set, lights: tuple[Light, ...], obstacles: Obstacles) -> Floats:
    """Return lux with the set's bounce, a row a spot, a column a heading."""
    points = np.array(
        [(s.position_m[0], 1.5, s.position_m[2]) for s in set_.spots] or [(0, 1.5, 0)]
    )
    turn = np.linspace(0.0, 2.0 * math.pi, 8, endpoint=False)
    headings = np.stack([np.sin(turn), np.zeros(8), np.cos(turn)], 1)
    direct = lux_at(points, headings, lights=lights, set_=set_, obstacles=obstacles)
    if set_.interior:
        inside = [x for x in lights if x.role not in _OUTSIDE]
        return np.asarray(direct + bounced_lx(inside, set_=set_))
    floor = points * (1.0, 0.0, 1.0) + (0.0, 0.05, 0.0)
    up = np.array([[0.0, 1.0, 0.0]])
    ground = lux_at(floor, up, lights=lights, set_=set_, obstacles=obstacles)
    return np.asarray(direct + 0.5 * _GROUND * ground)
