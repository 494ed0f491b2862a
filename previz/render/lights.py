"""The scene's lights as tables that the kernels read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from previz.model import Light, LightKind, LightRole, Scene
from previz.render.color import DAYLIGHT_K, light_color, luminance
from previz.render.flags import FLAG_WIDTH, door_rows, flag_rows, flags_open
from previz.render.kernel import Array, Vector, lean, woven
from previz.render.sky import Sky, sky_from

__all__ = [
    "AREA", "AXIS", "HALF_U", "HALF_V", "INTENSITY", "KIND", "PLACE", "POINT", "RADIUS",
    "SUN", "Lamps", "bare_lamp_on", "lamp_on", "lamps_of", "light_at", "sky_of",
    "white_balance_of", "windows_are_lamps",
]  # fmt: skip

SUN, AREA, POINT = 0, 1, 2
_KINDS = {LightKind.SUN: SUN, LightKind.AREA: AREA, LightKind.POINT: POINT}
_SUN_RADIUS = 0.009
"""Tangent of the sun disc's half angle, widened a little for haze."""
_BULB_RADIUS_M = 0.04
_LEAF = 2.0
"""How long the leaves of barn doors are, in larger sides of the lamp."""


Lamps = NDArray[np.float64]
"""Suns, areas and points, the strongest first, one a row: kind; radius; position; the
unit axis along which it shines; half an area's width and height as vectors; and
intensity (lux at normal incidence of a sun, candela on axis of the others, linear
Rec.709); a spot's half beam in radians (0 for none) and the power of its fall; how
many flags stand before it, and these. The radius is that of a disc of the light's
area in metres; for a sun the tangent of its half angle."""

KIND, RADIUS, PLACE, AXIS, HALF_U, HALF_V, INTENSITY, _BEAM = 0, 1, 2, 5, 8, 11, 14, 17
_FALL, _FLAGS, _FIRST_FLAG = 18, 19, 20
_SUN_FAR_M = 1e6
_GAUSS, _HARDEST = 2.0, 16.0


def _unit(vector: NDArray[np.float64], otherwise: tuple[float, float, float]) -> Array:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-9 else np.array(otherwise)


def _strength(light: Light, around: NDArray[np.float64]) -> float:
    """Return the lux that a light would lay on a surface turned to it at `around`."""
    if light.kind is LightKind.SUN:
        return light.intensity
    away = around - np.array(light.position_m)
    return light.intensity / float(max(away @ away, 0.25))


def lamps_of(
    lights: Sequence[Light],
    *,
    center: NDArray[np.float64],
    limit: int,
    white_balance_k: float,
) -> Lamps:
    """Return the `limit` strongest suns, areas and points.

    Strength is the illuminance at `center` without obstacles; ties keep the scene's
    order. What lights only the ground behind windows comes last, however strong.

    Args:
        lights: The scene's lights; skies are left out here.
        center: The middle of the playing area, world metres, shape (3,).
        limit: How many lights to keep.
        white_balance_k: What the camera is balanced for.
    """
    lit = [x for x in lights if x.kind in _KINDS and x.intensity > 0]
    order = sorted(
        lit, key=lambda x: (x.role is LightRole.BACKING, -_strength(x, center))
    )
    kept = order[:limit]
    flags = [_flags_before(light) for light in kept]
    most = max((len(rows) for rows in flags), default=0)
    made = np.zeros((len(kept), _FIRST_FLAG + most * FLAG_WIDTH))
    for row, light, rows in zip(made, kept, flags, strict=True):
        axis, right, up = _frame_of(light)
        row[KIND] = _KINDS[light.kind]
        row[PLACE : PLACE + 3] = light.position_m
        row[AXIS : AXIS + 3] = axis
        color = light_color(light.color_temperature_k, white_balance_k=white_balance_k)
        row[INTENSITY : INTENSITY + 3] = light.intensity * color * np.array(light.gel)
        row[RADIUS] = _radius_of(light)
        if light.kind is LightKind.AREA:
            row[HALF_U : HALF_U + 3] = right * light.width_m / 2
            row[HALF_V : HALF_V + 3] = up * light.height_m / 2
        row[_BEAM], row[_FALL] = _fall_of(light)
        row[_FLAGS] = len(rows)
        row[_FIRST_FLAG : _FIRST_FLAG + rows.size] = rows.ravel()
    return made


def _frame_of(light: Light) -> tuple[Array, Array, Array]:
    """Return the unit vectors along which a light shines, to its right, and up."""
    axis = _unit(np.array(light.aim_m) - np.array(light.position_m), (0.0, -1.0, 0.0))
    right = _unit(np.cross(axis, (0.0, 1.0, 0.0)), (1.0, 0.0, 0.0))
    return axis, right, np.cross(right, axis)


def _is_spot(light: Light) -> bool:
    return light.kind is LightKind.POINT and bool(light.beam_deg or light.field_deg)


def _radius_of(light: Light) -> float:
    if light.kind is LightKind.SUN:
        return _SUN_RADIUS
    if light.kind is LightKind.POINT and not _is_spot(light):
        return _BULB_RADIUS_M
    return float(np.sqrt(max(light.width_m * light.height_m, 1e-6) / np.pi))


def _fall_of(light: Light) -> tuple[float, float]:
    """Return a spot's half beam angle in radians and the power of its fall.

    A super-Gaussian I = I₀ · 2^-(θ/θ_beam)^p through both points that define a beam
    (half of the axial candela) and a field (a tenth), ANSI/IES LS-1. Without a field
    p = 2, without a beam that beam; a field no wider than the beam is a hard edge.
    """
    if not _is_spot(light):
        return 0.0, 0.0
    ratio = np.log2(10.0) ** (1.0 / _GAUSS)
    beam = light.beam_deg or (light.field_deg or 0.0) / ratio
    wider = (light.field_deg / beam) if light.field_deg else ratio
    power = np.log(np.log2(10.0)) / np.log(max(wider, 1.0 + 1e-6))
    return float(np.radians(beam / 2)), float(min(max(power, 1.0), _HARDEST))


def _flags_before(light: Light) -> NDArray[np.float64]:
    """Return the rows of a light's flags and of its doors, shape (n, FLAG_WIDTH)."""
    axis, right, up = _frame_of(light)
    if light.kind is LightKind.AREA:
        half_u, half_v = right * light.width_m / 2, up * light.height_m / 2
    else:
        half = _radius_of(light) * np.sqrt(np.pi) / 2
        half *= _SUN_FAR_M if light.kind is LightKind.SUN else 1.0
        half_u, half_v = right * half, up * half
    rows = flag_rows(light.flags, half_u=half_u, half_v=half_v)
    if light.kind is LightKind.SUN:
        return rows
    doors = door_rows(
        light.barn_doors, place=np.array(light.position_m), axis=axis,
        half_u=half_u, half_v=half_v,
        length_m=_LEAF * max(light.width_m, light.height_m, 0.02),
    )  # fmt: skip
    return np.concatenate([doors, rows])


def sky_of(lights: Sequence[Light], *, white_balance_k: float) -> Sky:
    """Return the sky that the scene's sky lights and strongest sun make."""
    sky, sun, towards = np.zeros(3), np.zeros(3), np.zeros(3)
    for light in lights:
        color = light_color(light.color_temperature_k, white_balance_k=white_balance_k)
        value = light.intensity * color * np.array(light.gel)
        if light.kind is LightKind.SKY:
            sky = sky + value
        elif light.kind is LightKind.SUN and luminance(value) > luminance(sun):
            sun = value
            towards = _unit(
                np.array(light.position_m) - np.array(light.aim_m), (0.0, 1.0, 0.0)
            )
    return sky_from(sky, sun_illuminance=sun, sun_towards=towards)


_BALANCE_INDOORS, _BALANCE_OUTDOORS = 2 / 3, 1 / 4


def white_balance_of(scene: Scene) -> float:
    """Return the balance a crew would set, in kelvin.

    The mean of the lights in mired, weighted by their illuminance in the middle of the
    set, then part of the way there from daylight: rooms are balanced for their lamps,
    outdoors a low sun and lamps stay warm.
    """
    center = np.array([0.0, 1.2, 0.0])
    share = _BALANCE_INDOORS if scene.set.interior else _BALANCE_OUTDOORS
    weight, total = 0.0, 0.0
    for light in scene.lights:
        strength = (
            light.intensity if light.kind is LightKind.SKY else _strength(light, center)
        )
        weight += strength
        total += strength * 1e6 / light.color_temperature_k
    if weight <= 0:
        return DAYLIGHT_K
    daylight = 1e6 / DAYLIGHT_K
    return 1e6 / (daylight + (total / weight - daylight) * share)


def windows_are_lamps(lights: Sequence[Light]) -> bool:
    """Return whether area lights stand for the sky at the windows."""
    return any(x.kind is LightKind.AREA and x.role is LightRole.WINDOW for x in lights)


@woven
def _above(cosine: float, spread: float) -> float:
    """Return a cosine whose zero is softened as a source of this sine sets."""
    if cosine >= spread:
        return cosine
    if cosine <= -spread:
        return 0.0
    return (cosine + spread) * (cosine + spread) / (4.0 * spread)


@woven
def lamp_on(
    lamps: Array, i: int, p: Vector, n: Vector
) -> tuple[float, float, tuple[float, float, float]]:
    """Return how a light falls on a surface, its own flags but no other obstacles.

    Far from a light this is the inverse-square law; near an area it is that of a
    disc of its size (on axis exact: E = π·L·R²/(d² + R²)), with the part of the disc
    below the surface's horizon faded out.

    Args:
        lamps: The lights.
        i: Which light.
        p: The lit point, world metres.
        n: Its unit normal.

    Returns:
        Factor that turns `intensity[i]` into illuminance in lux; distance in metres;
        unit direction to the light.
    """
    factor, distance, towards = bare_lamp_on(lamps, i, p, n)
    if lamps[i, _FLAGS] > 0.0 and factor > 0.0:
        factor *= _open_share(lamps, i, p, towards, distance)
    return factor, distance, towards


@woven
def bare_lamp_on(
    lamps: Array, i: int, p: Vector, n: Vector
) -> tuple[float, float, tuple[float, float, float]]:
    """Do as `lamp_on` does, without the light's flags."""
    if lamps[i, KIND] == SUN:
        x, y, z = -lamps[i, AXIS], -lamps[i, AXIS + 1], -lamps[i, AXIS + 2]
        return max(n[0] * x + n[1] * y + n[2] * z, 0.0), _SUN_FAR_M, (x, y, z)
    x = lamps[i, PLACE] - p[0]
    y = lamps[i, PLACE + 1] - p[1]
    z = lamps[i, PLACE + 2] - p[2]
    square = x * x + y * y + z * z
    distance = np.sqrt(max(square, 1e-8))
    scale = 1.0 / distance
    x, y, z = x * scale, y * scale, z * scale
    cosine = n[0] * x + n[1] * y + n[2] * z
    emitted = -(x * lamps[i, AXIS] + y * lamps[i, AXIS + 1] + z * lamps[i, AXIS + 2])
    if lamps[i, KIND] == POINT:
        factor = max(cosine, 0.0) / max(square, 1e-3)
        if lamps[i, _BEAM] > 0.0:
            factor *= _spot(emitted, lamps[i, _BEAM], lamps[i, _FALL])
    else:
        area = lamps[i, RADIUS] * lamps[i, RADIUS]
        spread = np.sqrt(area / (square + area))
        cosine = _above(cosine, spread)
        emitted = _above(emitted, 0.5 * spread)
        factor = cosine * emitted / (square + area)
    return factor, distance, (x, y, z)


@lean
def _spot(cosine: float, beam: float, power: float) -> float:
    """Return the share of the axial candela of a spot off its axis."""
    angle = np.arccos(min(max(cosine, -1.0), 1.0))
    return float(2.0 ** -((angle / beam) ** power))


@lean
def _open_share(
    lamps: Array, i: int, p: Vector, towards: Vector, distance: float
) -> float:
    count = int(lamps[i, _FLAGS])
    return flags_open(lamps, i, _FIRST_FLAG, count, p, towards, distance)


@woven
def light_at(
    lamps: Array, i: int, p: Array, n: Array, towards: Array
) -> tuple[float, float]:
    """Return factor and distance as `lamp_on` does, and fill `towards`, shape (3,)."""
    factor, distance, way = lamp_on(lamps, i, p, n)
    towards[0], towards[1], towards[2] = way
    return factor, distance
