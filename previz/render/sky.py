"""The sky: a gradient that follows from the scene's sky and sun lights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, woven

__all__ = ["Sky", "sky_from", "sky_luminance"]


Sky = NDArray[np.float64]
"""Luminances in cd/m² (linear Rec.709), shape (5, 3): straight up; all round the
horizon; the land below it; the glow added at the horizon below the sun; and, fifth,
the unit direction to the sun (zeros for none)."""

_ZENITH, _HORIZON, _LAND, _GLOW, _SUN = range(5)


def sky_from(
    illuminance: NDArray[np.float64],
    *,
    sun_illuminance: NDArray[np.float64],
    sun_towards: NDArray[np.float64],
) -> Sky:
    """Return a sky that lays `illuminance` on open level ground.

    Day skies are bluer above and whiter at the horizon. Under a low sun the horizon
    below it is warm; a sky of few lux is night: deep blue with a faint glow of
    distant lights at the horizon.

    Args:
        illuminance: Lux on open level ground in linear Rec.709, shape (3,).
        sun_illuminance: Lux at normal incidence, shape (3,).
        sun_towards: Unit direction to the sun, shape (3,), zeros for none.
    """
    weights = np.array([0.2126, 0.7152, 0.0722])
    lux = float(illuminance @ weights)
    mean = illuminance / np.pi
    elevation = float(sun_towards[1])
    has_sun = bool(np.any(sun_towards)) and float(sun_illuminance @ weights) > 1.0
    low_sun = float(np.clip(1.0 - elevation / 0.4, 0.0, 1.0)) if has_sun else 0.0
    night = float(np.clip(1.0 - np.log10(max(lux, 1e-6)) / 1.5, 0.0, 1.0))
    clear = (1.0 - night) * (1.0 - low_sun) if has_sun else 0.0
    deep = np.array([0.80, 0.95, 1.22]) + clear * np.array([-0.22, -0.03, 0.30])
    pale = (
        np.array([1.08, 1.02, 0.92]) * (1 - night) + np.array([1.15, 1.0, 0.85]) * night
    )
    deep, pale = deep / (deep @ weights), pale / (pale @ weights)
    # g(y) = zenith + (horizon - zenith)·(1 - y)^4 lays π·(z + (h - z)/15) lux.
    above, at_horizon = 0.9, 0.9 + 0.1 * 15 * (1.0 - 0.25 * night)
    share = above + (at_horizon - above) / 15.0
    glow = np.array([1.0, 0.46, 0.16]) * low_sun * lux / np.pi * 2.2
    reflected = 0.18 * (mean * np.pi + sun_illuminance * max(elevation, 0.0)) / np.pi
    return np.stack(
        [
            mean * deep * above / share,
            mean * pale * at_horizon / share,
            reflected * np.array([1.0, 0.97, 0.9]),
            glow,
            sun_towards,
        ]
    )


@woven
def sky_luminance(sky: Array, x: float, y: float, z: float, out: Array) -> None:
    """Write the luminance seen along the unit direction (x, y, z), cd/m².

    Args:
        sky: The sky.
        x: Direction, world.
        y: Direction, world, up.
        z: Direction, world.
        out: Filled, shape (3,).
    """
    rise = min(max(y, 0.0), 1.0)
    fade = 1.0 - rise
    fade = fade * fade
    fade = fade * fade
    towards = x * sky[_SUN, 0] + y * sky[_SUN, 1] + z * sky[_SUN, 2]
    warm = max(0.5 + 0.5 * towards, 0.0)
    warm = warm * warm * warm * fade
    below = min(max(-y * 14.0, 0.0), 1.0)
    for c in range(3):
        up = (
            sky[_ZENITH, c]
            + (sky[_HORIZON, c] - sky[_ZENITH, c]) * fade
            + sky[_GLOW, c] * warm
        )
        out[c] = up + (sky[_LAND, c] - up) * below
