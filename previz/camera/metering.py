"""The light meter: lux at a place, on a facing, from a scene's lights.

What falls on a surface directly. Light that bounces in the set is not in it; an
incident meter under the lamps of a dark studio reads this.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from previz.errors import PrevizError
from previz.model import Light, LightKind, Vec3

__all__ = ["Passing", "beam_share", "illuminance_lx"]

Passing = Callable[[Vec3, Vec3], float]
"""The share of light, 0 to 1, that passes from one world point to another: walls,
flags and barn doors are the caller's."""

_SUN_FAR_M = 200.0
_PATCHES = 4
"""An area counts as so many patches across and up."""
_NEAREST_M = 0.02
_LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Share of each channel of linear Rec.709 in luminance (ITU-R BT.709, 3.2)."""
_SKY_RINGS = 3
_SKY_WAYS = 8


def illuminance_lx(
    position_m: Vec3,
    facing: Vec3,
    lights: Iterable[Light],
    *,
    passing: Passing | None = None,
) -> float:
    """Return the light that falls on a surface at a place, in lux.

    A sun lays its lux times the cosine. An even sky lays its level lux times
    (1 + n_y) / 2 on a free surface. A lamp of I candela lays I cos / d²; an area is
    4 by 4 such patches that shine by the cosine to their front. A spot's candela fall
    off its axis to a half at the beam's edge and a tenth at the field's. A gel counts
    by its luminance.

    Source: inverse square and cosine laws, CIE S 017 17-21-060; beam and field,
    ANSI/IES LS-1.

    Args:
        position_m: World metres.
        facing: Normal of the surface, of any length: towards the lens for a meter
            held before a face.
        lights: The scene's lights.
        passing: What lets light through; None lets all through.

    Raises:
        PrevizError: If `facing` has no direction.
    """
    length = math.hypot(*facing)
    if not 1e-9 < length < math.inf:
        raise PrevizError(
            f"illuminance_lx.facing must be a direction, got {facing}. Pass a vector "
            "such as (0.0, 0.0, 1.0)."
        )
    normal = _scaled(facing, 1 / length)
    through = passing or _all_through
    return sum(_from(light, position_m, normal, through) for light in lights)


def _from(light: Light, place: Vec3, normal: Vec3, through: Passing) -> float:
    strength = light.intensity * sum(
        g * y for g, y in zip(light.gel, _LUMINANCE, strict=True)
    )
    match light.kind:
        case LightKind.SUN:
            towards = _unit(_minus(light.position_m, light.aim_m))
            cosine = _dot(towards, normal)
            if cosine <= 0:
                return 0.0
            far = _plus(place, _scaled(towards, _SUN_FAR_M))
            return strength * cosine * through(place, far)
        case LightKind.SKY:
            return strength * _sky_share(place, normal, through)
        case LightKind.AREA:
            patches = _patches(light)
            each = strength / len(patches)
            axis = _unit(_minus(light.aim_m, light.position_m))
            return sum(
                each * _lambert(patch, axis, place, normal, through)
                for patch in patches
            )
    return strength * _spot(light, place, normal, through)


def _lambert(
    patch: Vec3, axis: Vec3, place: Vec3, normal: Vec3, through: Passing
) -> float:
    """Return the lux of a one-sided patch of one candela on axis."""
    step = _minus(patch, place)
    away = max(math.hypot(*step), _NEAREST_M)
    towards = _scaled(step, 1 / away)
    cosines = max(_dot(towards, normal), 0.0) * max(-_dot(towards, axis), 0.0)
    return cosines / away**2 * through(place, patch) if cosines > 0 else 0.0


def _spot(light: Light, place: Vec3, normal: Vec3, through: Passing) -> float:
    """Return the lux of a bulb or spot of one candela on axis."""
    step = _minus(light.position_m, place)
    away = max(math.hypot(*step), _NEAREST_M)
    towards = _scaled(step, 1 / away)
    cosine = _dot(towards, normal)
    if cosine <= 0:
        return 0.0
    share = through(place, light.position_m)
    if light.beam_deg or light.field_deg:
        axis = _unit(_minus(light.aim_m, light.position_m))
        off = math.degrees(math.acos(min(max(-_dot(towards, axis), -1.0), 1.0)))
        share *= beam_share(light, off)
    return cosine / away**2 * share


def beam_share(light: Light, off_deg: float) -> float:
    """Return a spot's candela off its axis: 2^-(θ / half beam)^p.

    p = 2 through the beam alone; with a field as well, p such that a tenth is left at
    the half field. A field no wider than the beam is a hard edge.
    """
    wider = math.sqrt(math.log2(10))
    beam = light.beam_deg or (light.field_deg or 0.0) / wider
    if light.beam_deg and light.field_deg:
        wider = max(light.field_deg / beam, 1 + 1e-6)
    power = min(max(math.log(math.log2(10)) / math.log(wider), 1.0), 16.0)
    exponent: float = (off_deg / (beam / 2)) ** power
    return 2**-exponent if exponent < 60 else 0.0


def _sky_share(place: Vec3, normal: Vec3, through: Passing) -> float:
    """Return a surface's share of an even sky's level light, by what it sees of it."""
    free = (1 + normal[1]) / 2
    if through is _all_through or free < 1e-9:
        return free
    seen = whole = 0.0
    for ring in range(_SKY_RINGS):
        sine = (ring + 0.5) / _SKY_RINGS
        level = math.sqrt(1 - sine * sine)
        for way in range(_SKY_WAYS):
            turn = 2 * math.pi * (way + 0.5 * (ring % 2)) / _SKY_WAYS
            towards = (level * math.sin(turn), sine, level * math.cos(turn))
            cosine = _dot(towards, normal)
            if cosine > 0:
                whole += cosine
                far = _plus(place, _scaled(towards, _SUN_FAR_M))
                seen += cosine * through(place, far)
    return free * seen / whole if whole > 0 else 0.0


def _patches(light: Light) -> list[Vec3]:
    """Return the middles of an area's patches."""
    axis = _unit(_minus(light.aim_m, light.position_m))
    right = _cross(axis, (0.0, 1.0, 0.0))
    right = _unit(right) if math.hypot(*right) > 1e-9 else (1.0, 0.0, 0.0)
    up = _cross(right, axis)
    steps = [(k + 0.5) / _PATCHES - 0.5 for k in range(_PATCHES)]
    return [
        _plus(
            light.position_m,
            _plus(_scaled(right, u * light.width_m), _scaled(up, v * light.height_m)),
        )
        for u in steps
        for v in steps
    ]


def _all_through(_a: Vec3, _b: Vec3) -> float:
    return 1.0


def _unit(v: Vec3) -> Vec3:
    length = math.hypot(*v)
    return _scaled(v, 1 / length) if length > 1e-9 else (0.0, -1.0, 0.0)


def _dot(a: Vec3, b: Vec3) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _cross(a: Vec3, b: Vec3) -> Vec3:
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def _plus(a: Vec3, b: Vec3) -> Vec3:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def _minus(a: Vec3, b: Vec3) -> Vec3:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def _scaled(v: Vec3, by: float) -> Vec3:
    return (v[0] * by, v[1] * by, v[2] * by)
