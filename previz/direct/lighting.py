"""Light by rule: what the hour and the set ask for, as a gaffer would rig it.

Intensities are photometric: lux for sun and sky, candela for lamps. Outdoors they
are what a meter reads. Windows are treated as a crew treats them, with the outside
held down so that both sides of the glass fit the exposure.
"""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import (
    RGB,
    Light,
    LightKind,
    LightRole,
    Opening,
    Set,
    SetPiece,
    TimeOfDay,
    Vec3,
)
from previz.stage import Obstacles

__all__ = ["illuminance_lx", "light"]

MOST_LIGHTS = 6
MOST_BACKINGS = 2
BACKING = {
    TimeOfDay.DAY: 3.2,
    TimeOfDay.DAWN: 1.6,
    TimeOfDay.DUSK: 0.8,
    TimeOfDay.NIGHT: 0.16,
}
"""Light on what stands outside a window, against the light on faces inside."""
INDOORS_STOPS = {
    TimeOfDay.DAY: 0.2,
    TimeOfDay.DAWN: 0.2,
    TimeOfDay.DUSK: 0.4,
    TimeOfDay.NIGHT: 0.55,
}
"""How much longer an interior is exposed: its walls take more light than they give."""
MOON_GEL: RGB = (0.62, 0.8, 1.0)


@dataclass(frozen=True)
class Hour:
    """What a time of day brings.

    Attributes:
        sun_lx: Sun or moon at normal incidence, outdoors.
        sun_k: Its colour temperature.
        elevation_deg: Its height.
        sky_lx: The sky on open level ground, outdoors.
        sky_k: Its colour temperature.
        window_cd_m2: Luminance of a window seen from inside, held down.
        window_k: Its colour temperature.
        indoors: Share of sun and sky that is let be outside an interior's windows.
        lamps: Whether practical lamps burn for the picture.
        darker_stops: How far below middle grey the exposure puts the scene.
    """

    sun_lx: float
    sun_k: float
    elevation_deg: float
    sky_lx: float
    sky_k: float
    window_cd_m2: float
    window_k: float
    indoors: float
    lamps: bool
    darker_stops: float


HOURS: dict[TimeOfDay, Hour] = {
    TimeOfDay.DAY: Hour(
        78_000,
        5500,
        42,
        19_000,
        7200,
        3000,
        6200,
        0.05,
        lamps=False,
        darker_stops=-0.85,
    ),
    TimeOfDay.DAWN: Hour(
        11_000, 3300, 13, 6_000, 7600, 900, 6000, 0.06, lamps=False, darker_stops=-0.6
    ),
    TimeOfDay.DUSK: Hour(
        8_200, 2500, 10, 4_800, 8_000, 330, 7600, 0.035, lamps=True, darker_stops=-0.35
    ),
    TimeOfDay.NIGHT: Hour(
        14, 6500, 38, 1.6, 9500, 16.0, 7500, 1.0, lamps=True, darker_stops=-0.15
    ),
}

LAMPS: dict[str, tuple[float, float, float]] = {
    "pendant": (130.0, 2800.0, -0.12),
    "floor-lamp": (95.0, 2700.0, -0.15),
    "table-lamp": (60.0, 2700.0, -0.12),
    "strip-light": (330.0, 4100.0, -0.06),
    "lamp-post": (520.0, 2900.0, -0.35),
    "stair-house": (90.0, 2800.0, -0.3),
    "canopy": (140.0, 3400.0, -0.8),
    "station-canopy": (640.0, 4000.0, -0.6),
    "bus-stop": (70.0, 3600.0, -0.25),
}
"""Candela, kelvin, and how far below the piece's top its lamp hangs."""


def light(
    set_: Set, *, time_of_day: TimeOfDay, seed: int
) -> tuple[tuple[Light, ...], float]:
    """Light a set for a time of day and set the exposure for it.

    Args:
        set_: The set; its windows and lamps decide where light comes from.
        time_of_day: The hour.
        seed: Varies the sun's side and height a little.

    Returns:
        At most six lights, two more on what windows look out on, and the exposure
        value at ISO 100 that puts a grey card on the playing area near the middle of
        the picture's tones.
    """
    rng = np.random.default_rng([seed, zlib.crc32(set_.id.encode())])
    hour = HOURS[time_of_day]
    obstacles = Obstacles(set_)
    rig = _indoors if set_.interior else _outdoors
    lights = tuple(rig(set_, hour, time_of_day, obstacles, rng)[:MOST_LIGHTS])
    lux = illuminance_lx(set_, lights, obstacles=obstacles)
    if set_.interior:
        lights += _backings(_windows(set_), lux * BACKING[time_of_day], hour)
    exposure = math.log2(0.18 * lux / math.pi / 0.144) + hour.darker_stops
    if set_.interior:
        exposure -= INDOORS_STOPS[time_of_day]
    return lights, round(min(24.0, max(-4.0, exposure)), 2)


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
        _direction(azimuth + 0.5 * height, height)
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
        towards = np.broadcast_to(_unit(place - aim), points.shape)
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
            lux = lux * np.maximum(0.0, -(towards @ _unit(aim - place)))
        # A lamp in its own canopy or shade is not hidden by it.
        housed = solid.inside(tuple(place), margin_m=0.0)
        seen = np.array(housed) | ~solid.blocked_each(place, points)
    return np.asarray((lux * seen)[:, None] * np.maximum(0.0, towards @ normals.T))


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))


def _outdoors(
    set_: Set, hour: Hour, time: TimeOfDay, solid: Obstacles, rng: np.random.Generator
) -> list[Light]:
    """Sun or moon, sky, up to two lamps where they burn, and a fill at night."""
    night = time is TimeOfDay.NIGHT
    sky = Light(
        id="sky",
        kind=LightKind.SKY,
        role=LightRole.SKY,
        intensity=hour.sky_lx,
        color_temperature_k=hour.sky_k,
    )
    lights = [_sun(set_, hour, solid, rng, night=night), sky]
    if hour.lamps:
        lights += _practicals(set_, most=2, share=1.0 if night else 3.0)
    if night:
        lights.append(_fill(set_, lux=5.0, kelvin=4600.0))
        lights.append(_fill(set_, lux=2.2, kelvin=7200.0, opposite=True))
    else:
        lux = 0.16 * hour.sun_lx
        lights.append(_reflector(set_, lights[0], solid, lux=lux, kelvin=hour.sky_k))
    return lights


def _reflector(
    set_: Set, sun: Light, solid: Obstacles, *, lux: float, kelvin: float
) -> Light:
    """A large frame of white cloth on the side that the sun leaves dark."""
    w, _, d = set_.size_m
    away = -_unit(np.array(sun.position_m) * (1, 0, 1))
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
        position_m=_rounded(best),
        aim_m=_rounded(aim),
        width_m=3.6,
        height_m=2.4,
        intensity=round(lux * float(np.sum((best - aim) ** 2)), 1),
        color_temperature_k=kelvin,
    )


def _sun(
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
    best, best_score = _direction(side * 55.0, height), -1.0
    for rise in (0.0, 0.35 * height, 0.65 * height):
        for rank, azimuth in enumerate(
            (55, -55, 78, -78, 100, -100, 30, -30, 140, -140, 5)
        ):
            towards = _direction(side * azimuth, height + rise)
            seen = [not solid.blocked(p, p + towards * 60.0) for p in points]
            score = float(np.mean(seen)) - 0.03 * rank - 0.006 * rise
            if score > best_score + 1e-9:
                best, best_score = towards, score
    return Light(
        id="moon" if night else "sun",
        kind=LightKind.SUN,
        role=LightRole.MOON if night else LightRole.KEY,
        position_m=_rounded(best * 40.0),
        intensity=hour.sun_lx,
        color_temperature_k=hour.sun_k,
        gel=MOON_GEL if night else (1.0, 1.0, 1.0),
    )


def _direction(azimuth_deg: float, elevation_deg: float) -> NDArray[np.float64]:
    a, e = math.radians(azimuth_deg), math.radians(min(elevation_deg, 75.0))
    return np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])


def _indoors(
    set_: Set, hour: Hour, time: TimeOfDay, solid: Obstacles, rng: np.random.Generator
) -> list[Light]:
    """Windows with sun or moon behind them, lamps, a soft fill from above."""
    windows = _windows(set_)
    night = time is TimeOfDay.NIGHT
    if not windows:
        return _windowless(set_)
    sky = Light(
        id="sky",
        kind=LightKind.SKY,
        role=LightRole.SKY,
        intensity=hour.sky_lx * hour.indoors,
        color_temperature_k=hour.sky_k,
    )
    most = 1 if hour.lamps else 2
    lights = [sky]
    for k, (wall, opening) in enumerate(windows[:most]):
        lights.append(_window_light(wall, opening, hour, number=k + 1, night=night))
    if not night:
        lights.append(_sun_through(windows, hour, rng))
    if night:
        lights += _practicals(set_, most=2, share=1.8)
        lights.append(_fill(set_, lux=62.0, kelvin=3300.0))
        lights.append(_fill(set_, lux=36.0, kelvin=4200.0, opposite=True))
    elif hour.lamps:
        lights += _practicals(set_, most=1, share=3.0)
        lights.append(_fill(set_, lux=110.0, kelvin=4000.0))
        lights.append(_fill(set_, lux=75.0, kelvin=6200.0, opposite=True))
    else:
        level = hour.window_cd_m2 * 0.2
        lights.append(_fill(set_, lux=level, kelvin=5200.0))
        lights.append(_fill(set_, lux=0.55 * level, kelvin=5800.0, opposite=True))
    return lights


def _windowless(set_: Set) -> list[Light]:
    """Rooms that know no hour: their own lamps, a screen, a fill."""
    lights = []
    for piece in set_.pieces:
        if (
            piece.kind == "screen"
            and piece.size_m[0] > 3
            and abs(piece.position_m[2]) < set_.size_m[2]
        ):
            x, y, z = piece.position_m
            w, h, _ = piece.size_m
            lights.append(
                Light(
                    id="screen",
                    kind=LightKind.AREA,
                    role=LightRole.SCREEN,
                    position_m=_rounded(np.array([x, y + h * 0.5, z + 0.2])),
                    aim_m=_rounded(np.array([x, 1.0, z + 6.0])),
                    width_m=w * 0.9,
                    height_m=h * 0.85,
                    intensity=48.0 * w * h * 0.75,
                    color_temperature_k=6800.0,
                )
            )
    lights += _practicals(set_, most=3, share=1.8)
    lights.append(_fill(set_, lux=52.0, kelvin=3300.0))
    lights.append(_fill(set_, lux=30.0, kelvin=3900.0, opposite=True))
    return lights


def _windows(set_: Set) -> list[tuple[SetPiece, Opening]]:
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


def _outward(wall: SetPiece) -> NDArray[np.float64]:
    yaw = math.radians(wall.yaw_deg)
    return -np.array([math.sin(yaw), 0.0, math.cos(yaw)])


def _middle(wall: SetPiece, o: Opening) -> NDArray[np.float64]:
    yaw = math.radians(wall.yaw_deg)
    across = np.array([math.cos(yaw), 0.0, -math.sin(yaw)])
    base = np.array(wall.position_m)
    return np.asarray(
        base + across * o.x_m + np.array([0.0, o.y_m + o.height_m / 2, 0.0])
    )


def _window_light(
    wall: SetPiece, o: Opening, hour: Hour, *, number: int, night: bool
) -> Light:
    """An area light that fills the opening, just inside the frame."""
    inward = -_outward(wall)
    place = _middle(wall, o) + inward * (wall.size_m[2] / 2 + 0.04)
    return Light(
        id=f"window-{number}",
        kind=LightKind.AREA,
        role=LightRole.WINDOW,
        position_m=_rounded(place),
        aim_m=_rounded(place + inward * 3.0 - (0, 0.35, 0)),
        width_m=o.width_m,
        height_m=o.height_m,
        intensity=round(hour.window_cd_m2 * o.width_m * o.height_m, 1),
        color_temperature_k=hour.window_k,
        gel=MOON_GEL if night else (1.0, 1.0, 1.0),
    )


def _backings(
    windows: list[tuple[SetPiece, Opening]], lux: float, hour: Hour
) -> tuple[Light, ...]:
    """Soft light from over the windows on the houses and trees that they look at."""
    lights = []
    walls = {wall.id: (wall, opening) for wall, opening in reversed(windows)}
    for k, (wall, opening) in enumerate(list(walls.values())[::-1][:MOST_BACKINGS]):
        outward = _outward(wall)
        place = _middle(wall, opening) + outward * 0.8 + (0.0, 3.2, 0.0)
        lights.append(
            Light(
                id=f"backing-{k + 1}",
                kind=LightKind.AREA,
                role=LightRole.BACKING,
                position_m=_rounded(place),
                aim_m=_rounded(place + outward * 12.0 - (0.0, 4.5, 0.0)),
                width_m=4.0,
                height_m=1.5,
                intensity=round(lux * 12.0**2, 1),
                color_temperature_k=hour.window_k,
            )
        )
    return tuple(lights)


def _sun_through(
    windows: list[tuple[SetPiece, Opening]], hour: Hour, rng: np.random.Generator
) -> Light:
    """The sun behind the largest window, high enough to lay a patch on the floor."""
    outward = _outward(windows[-1 if len(windows) == 2 else 0][0])
    heading = math.degrees(math.atan2(outward[0], outward[2]))
    slant = float(rng.uniform(24.0, 40.0)) * (1 if rng.random() < 0.5 else -1)
    height = min(34.0, hour.elevation_deg + float(rng.uniform(4.0, 9.0)))
    towards = _direction(heading + slant, height)
    return Light(
        id="sun",
        kind=LightKind.SUN,
        role=LightRole.SUN,
        position_m=_rounded(towards * 40.0),
        intensity=round(hour.sun_lx * hour.indoors, 1),
        color_temperature_k=hour.sun_k,
    )


def _practicals(set_: Set, *, most: int, share: float) -> list[Light]:
    """Point lights in the lamps of the set, the ones nearest its middle."""
    found = [
        piece
        for piece in set_.pieces
        if piece.kind in LAMPS
        and abs(piece.position_m[0]) < set_.size_m[0] / 2 + 3
        and abs(piece.position_m[2]) < set_.size_m[2] / 2 + 3
    ]
    found.sort(
        key=lambda p: (
            math.hypot(p.position_m[0], p.position_m[2]) - 0.004 * LAMPS[p.kind][0]
        )
    )
    dash = [p for p in set_.pieces if p.kind == "car-interior"]
    lights = [_dashboard(p) for p in dash]
    for k, piece in enumerate(found[: most - len(lights)]):
        candela, kelvin, below = LAMPS[piece.kind]
        _, h, d = piece.size_m
        reach = {"lamp-post": 0.8 * min(1.2, d), "stair-house": d / 2 + 0.3}.get(
            piece.kind, 0.0
        )
        yaw = math.radians(piece.yaw_deg)
        x, y, z = piece.position_m
        lamp_y = (
            y + below if piece.kind in ("pendant", "strip-light") else y + h + below
        )
        place = np.array([x + math.sin(yaw) * reach, lamp_y, z + math.cos(yaw) * reach])
        lights.append(
            Light(
                id=f"lamp-{k + 1}",
                kind=LightKind.POINT,
                role=LightRole.PRACTICAL,
                position_m=_rounded(place),
                aim_m=_rounded(place - (0, 1.0, 0)),
                intensity=round(candela * share, 1),
                color_temperature_k=kelvin,
            )
        )
    return lights


def _dashboard(piece: SetPiece) -> Light:
    """The glow of a car's dials on faces, stronger than life."""
    x, y, z = piece.position_m
    w, h, d = piece.size_m
    return Light(
        id="dashboard",
        kind=LightKind.AREA,
        role=LightRole.PRACTICAL,
        position_m=_rounded(np.array([x, y + h * 0.66, z + d * 0.27])),
        aim_m=_rounded(np.array([x, y + h * 0.85, z - d * 0.1])),
        width_m=w * 0.8,
        height_m=0.25,
        intensity=3.2,
        color_temperature_k=5200.0,
    )


def _fill(set_: Set, *, lux: float, kelvin: float, opposite: bool = False) -> Light:
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
        position_m=_rounded(place),
        aim_m=_rounded(aim),
        width_m=round(min(w * 0.6, 3.2), 2),
        height_m=1.6,
        intensity=round(lux * far**2, 2),
        color_temperature_k=kelvin,
    )


def _rounded(vector: NDArray[np.float64]) -> Vec3:
    x, y, z = (round(float(v), 3) for v in vector)
    return x, y, z
