"""What a time of day brings."""

from __future__ import annotations

from dataclasses import dataclass

from previz.model import RGB, TimeOfDay

__all__ = ["BACKING", "HOURS", "INDOORS_STOPS", "MOON_GEL", "MOST_KEY", "Hour"]


BACKING = {
    TimeOfDay.DAY: 3.2,
    TimeOfDay.DAWN: 1.6,
    TimeOfDay.DUSK: 0.8,
    TimeOfDay.NIGHT: 0.4,
}
"""Light on what stands outside a window, against the light on faces inside."""


INDOORS_STOPS = {
    TimeOfDay.DAY: 0.2,
    TimeOfDay.DAWN: 0.2,
    TimeOfDay.DUSK: 0.4,
    TimeOfDay.NIGHT: 0.45,
}
"""How much longer an interior is exposed: its walls take more light than they give."""


MOST_KEY = {
    TimeOfDay.DAY: 0.8,
    TimeOfDay.DAWN: 0.8,
    TimeOfDay.DUSK: 0.8,
    TimeOfDay.NIGHT: 0.34,
}
"""What a grey card that faces the light may reach, where 0.18 is grey."""

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
        17_000,
        11_500,
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
        8_200, 2500, 10, 4_800, 12_000, 330, 7600, 0.035, lamps=True, darker_stops=-0.35
    ),
    TimeOfDay.NIGHT: Hour(
        14, 6500, 38, 1.6, 9500, 16.0, 7500, 1.0, lamps=True, darker_stops=-0.3
    ),
}
