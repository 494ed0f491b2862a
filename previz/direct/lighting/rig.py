"""Light by rule: what the hour and the set ask for, as a gaffer would rig it.

Intensities are photometric: lux for sun and sky, candela for lamps. Outdoors they
are what a meter reads. Windows are treated as a crew treats them, with the outside
held down so that both sides of the glass fit the exposure.
"""

from __future__ import annotations

import zlib

import numpy as np

from previz.direct.lighting.balance import exposure_of, filled
from previz.direct.lighting.hours import (
    BACKING,
    HOURS,
    INDOORS_STOPS,
    MOST_KEY,
    Hour,
)  # fmt: skip
from previz.direct.lighting.meter import illuminance_lx
from previz.direct.lighting.practicals import practicals
from previz.direct.lighting.sources import fill, reflector, sun
from previz.direct.lighting.ways import rounded
from previz.direct.lighting.windows import (
    backings,
    sun_through,
    window_light,
    windows_of,
)
from previz.model import Light, LightKind, LightRole, Set, TimeOfDay
from previz.stage import Obstacles

__all__ = ["light"]

MOST_LIGHTS = 6


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
    if time_of_day != TimeOfDay.NIGHT:
        lights = filled(set_, lights, obstacles=obstacles)
    indoors = INDOORS_STOPS[time_of_day] if set_.interior else 0.0
    exposure = exposure_of(
        set_, lights, obstacles=obstacles, darker_stops=hour.darker_stops - indoors,
        most_key=MOST_KEY[time_of_day] * (1.0 if set_.interior else 0.8),
    )  # fmt: skip
    if set_.interior:
        lux = illuminance_lx(set_, lights, obstacles=obstacles)
        lights += backings(windows_of(set_), lux * BACKING[time_of_day], hour)
    return lights, round(min(24.0, max(-4.0, exposure)), 2)


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
    lights = [sun(set_, hour, solid, rng, night=night), sky]
    if hour.lamps:
        lights += practicals(set_, most=2, share=1.0 if night else 3.0)
    if night:
        lights.append(fill(set_, lux=5.0, kelvin=4600.0))
        lights.append(fill(set_, lux=2.2, kelvin=7200.0, opposite=True))
    else:
        lux = 0.16 * hour.sun_lx
        lights.append(reflector(set_, lights[0], solid, lux=lux, kelvin=hour.sky_k))
    return lights


def _indoors(
    set_: Set, hour: Hour, time: TimeOfDay, solid: Obstacles, rng: np.random.Generator
) -> list[Light]:
    """Windows with sun or moon behind them, lamps, a soft fill from above."""
    windows = windows_of(set_)
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
        lights.append(window_light(wall, opening, hour, number=k + 1, night=night))
    if not night:
        lights.append(sun_through(windows, hour, rng))
    if night:
        lights += practicals(set_, most=2, share=1.8)
        lights.append(fill(set_, lux=62.0, kelvin=3300.0))
        lights.append(fill(set_, lux=36.0, kelvin=4200.0, opposite=True))
    elif hour.lamps:
        lights += practicals(set_, most=1, share=3.0)
        lights.append(fill(set_, lux=110.0, kelvin=4000.0))
        lights.append(fill(set_, lux=75.0, kelvin=6200.0, opposite=True))
    else:
        level = hour.window_cd_m2 * 0.2
        lights.append(fill(set_, lux=level, kelvin=5200.0))
        lights.append(fill(set_, lux=0.55 * level, kelvin=5800.0, opposite=True))
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
                    position_m=rounded(np.array([x, y + h * 0.5, z + 0.2])),
                    aim_m=rounded(np.array([x, 1.0, z + 6.0])),
                    width_m=w * 0.9,
                    height_m=h * 0.85,
                    intensity=48.0 * w * h * 0.75,
                    color_temperature_k=6800.0,
                )
            )
    lights += practicals(set_, most=3, share=1.8)
    lights.append(fill(set_, lux=52.0, kelvin=3300.0))
    lights.append(fill(set_, lux=30.0, kelvin=3900.0, opposite=True))
    return lights
