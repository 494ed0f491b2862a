"""Exposure: stop, shutter, ISO and ND against light in lux or candela a square metre.

One stop is a factor of two. The exposure value at ISO 100, EV100, names both a light
and the settings that are right for it:

    EV100 = log2(T² / t) - log2(ISO / 100) + ND       settings (T-stop, seconds, stops)
    EV100 = log2(100 E / C), C = 250                  incident light, E in lux
    EV100 = log2(100 L / K), K = 12.5                 reflected light, L in cd/m²

Source: ISO 2720:1974, calibration of exposure meters (K 10.6 to 13.4; C 240 to 400,
250 of a flat receptor); EV after ISO 2721. A T-stop is an f-stop without the glass's
loss, so it goes in without correction.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from previz.errors import PrevizError
from previz.model import Rate

__all__ = [
    "INCIDENT_C",
    "ISOS",
    "ND_DENSITIES",
    "REFLECTED_K",
    "T_STOPS",
    "Settings",
    "exposure_ev100",
    "meter",
    "meter_reflected",
    "nd_density",
    "settings_for",
    "shutter_s",
    "stop_for",
    "stop_name",
]

INCIDENT_C = 250.0
"""Incident calibration: C lux are EV 0 at ISO 1, 2.5 lux at ISO 100."""
REFLECTED_K = 12.5
"""Reflected calibration: 0.125 cd/m² are EV 0 at ISO 100."""

T_STOPS = tuple(2 ** (k / 6) for k in range(-3, 37))
"""Stops in thirds from T0.7 to T64, exact: the engraved 2.8 is 2.828."""
ISOS = (
    100.0, 125.0, 160.0, 200.0, 250.0, 320.0, 400.0, 500.0, 640.0, 800.0, 1000.0,
    1250.0, 1600.0, 2000.0, 2500.0, 3200.0, 4000.0, 5000.0, 6400.0, 8000.0, 10000.0,
    12800.0, 16000.0, 20000.0, 25600.0, 32000.0, 40000.0, 51200.0, 64000.0, 80000.0,
    102400.0, 128000.0, 160000.0, 204800.0, 256000.0, 320000.0, 409600.0,
)  # fmt: skip
"""Ratings in thirds of a stop, as cameras are engraved."""
ND_DENSITIES = tuple(round(0.3 * k, 1) for k in range(9))
"""Neutral densities of a filter set: 0.3 is one stop, 2.4 eight."""

_FULL_STOPS = (0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 22, 32, 45, 64)
_PARTS = {0: "", 1: "⅓", 2: "⅔"}
_DENSITY_A_STOP = 0.3
_MOST_ND_STOPS = 16
"""Two filters of the set in one matte box."""
_LEAST, _MOST = 1e-9, 1e12
"""What any figure of light, time or gear lies between, whatever its unit."""
_DARKEST_ND_STOPS = 40
_FARTHEST_EV = 100


@dataclass(frozen=True)
class Settings:
    """What a camera is set to.

    Attributes:
        t_stop: Of the iris.
        iso: The body's rating.
        nd_stops: Neutral density before the lens, in stops.
        residual_stops: How much brighter than wanted the picture comes out; negative
            is darker.
    """

    t_stop: float
    iso: float
    nd_stops: float
    residual_stops: float


def shutter_s(shutter_deg: float, rate: Rate) -> float:
    """Return the exposure time of a shutter angle: 180° at 24 a second is 1/48 s.

    Raises:
        PrevizError: If the angle is not above 0 and at most 360°.
    """
    if not 0 < shutter_deg <= 360:
        raise PrevizError(
            f"Exposure.shutter_deg must be > 0 and <= 360 deg, got {shutter_deg}. "
            "Pass an angle such as 180."
        )
    return shutter_deg / 360 / float(rate.fraction)


def exposure_ev100(
    *, t_stop: float, shutter_s: float, iso: float, nd_stops: float = 0.0
) -> float:
    """Return the EV100 that settings are right for.

    Args:
        t_stop: Of the iris; > 0.
        shutter_s: Exposure time; > 0.
        iso: The body's rating; > 0.
        nd_stops: Neutral density, in stops; >= 0.

    Raises:
        PrevizError: If a setting is none that a camera has.
    """
    _check(t_stop=t_stop, shutter_s=shutter_s, iso=iso)
    _check_nd(nd_stops)
    return math.log2(t_stop**2 / shutter_s) - math.log2(iso / 100) + nd_stops


def meter(lux: float) -> float:
    """Return what an incident meter reads: EV100 = log2(100 E / 250).

    Raises:
        PrevizError: If there is no light.
    """
    _check(lux=lux)
    return math.log2(100 * lux / INCIDENT_C)


def meter_reflected(cd_m2: float) -> float:
    """Return what a spot meter reads: EV100 = log2(100 L / 12.5).

    A diffuse card reads as the incident meter does where it reflects
    π K / C = 15.7 %: a grey card of 18 % reads 0.2 stops more.

    Raises:
        PrevizError: If there is no light.
    """
    _check(cd_m2=cd_m2)
    return math.log2(100 * cd_m2 / REFLECTED_K)


def stop_for(
    lux: float, *, iso: float, shutter_s: float, nd_stops: float = 0.0
) -> float:
    """Return the stop for a mark: T = sqrt(E t ISO / (C 2^ND)).

    Args:
        lux: What falls on the mark, towards the lens.
        iso: The body's rating.
        shutter_s: Exposure time.
        nd_stops: Neutral density, in stops.

    Raises:
        PrevizError: If there is no light, or a setting is none that a camera has.
    """
    _check(lux=lux, iso=iso, shutter_s=shutter_s)
    _check_nd(nd_stops)
    return math.sqrt(lux * shutter_s * iso / INCIDENT_C / 2**nd_stops)


def settings_for(
    ev100: float,
    *,
    t_stop: float,
    shutter_s: float,
    native_iso: float,
    widest_t_stop: float = 1.0,
    most_iso: float = ISOS[-1],
) -> Settings:
    """Return what a director of photography would set for a light and a wanted stop.

    In more light than needed: native ISO, neutral density in whole stops, and the
    iris trimmed in thirds, by half a stop at most, for what is left. In less: the
    iris opens in thirds as far as the lens does, then the rating goes up in thirds.
    The residual is at most a sixth of a stop where the gear reaches, and what
    engraved ratings are rounded by (1250 for 1270, 0.02 stops), and the same for
    all stops of `T_STOPS`, so the shots of one scene match.

    Args:
        ev100: Of the light, or as the scene is to be exposed.
        t_stop: Wanted; the next of `T_STOPS` is meant.
        shutter_s: Exposure time.
        native_iso: Where the body has its full range.
        widest_t_stop: As far as the lens opens.
        most_iso: As far as the body goes.

    Raises:
        PrevizError: If a figure is none that gear has.
    """
    _check(
        t_stop=t_stop, shutter_s=shutter_s, native_iso=native_iso,
        widest_t_stop=widest_t_stop,
    )  # fmt: skip
    if not abs(ev100) <= _FARTHEST_EV:
        raise PrevizError(
            f"Exposure.ev100 must be -{_FARTHEST_EV} to {_FARTHEST_EV}, got {ev100}. "
            "Meter the light."
        )
    wanted = _thirds(max(t_stop, widest_t_stop))
    base = exposure_ev100(t_stop=2 ** (wanted / 6), shutter_s=shutter_s, iso=native_iso)
    over = ev100 - base
    nd = float(min(max(round(over), 0), _MOST_ND_STOPS))
    trim = round(3 * (over - nd))
    widest = math.ceil(6 * math.log2(widest_t_stop) - 0.12)
    stop = min(max(wanted + trim, widest), 36)
    iso = _iso_for(native_iso * 2 ** ((stop - wanted - trim) / 3), native_iso, most_iso)
    stop_number = max(2 ** (stop / 6), widest_t_stop)
    made = exposure_ev100(t_stop=stop_number, shutter_s=shutter_s, iso=iso, nd_stops=nd)
    return Settings(round(stop_number, 4), iso, nd, ev100 - made)


def stop_name(t_stop: float) -> str:
    """Return a stop as it is called on set: T2.8, T2.8⅓, T4⅔; thirds are rounded.

    Raises:
        PrevizError: If the stop is none that an iris has.
    """
    _check(t_stop=t_stop)
    thirds = min(max(_thirds(t_stop), -3), 36)
    full, part = divmod(thirds + 3, 3)
    return f"T{_FULL_STOPS[full]:g}{_PARTS[part]}"


def nd_density(nd_stops: float) -> float:
    """Return the density engraved on a filter of so many stops: 2 stops are ND 0.6.

    Raises:
        PrevizError: If the stops are none that a filter has.
    """
    _check_nd(nd_stops)
    return round(_DENSITY_A_STOP * nd_stops, 2)


def _thirds(t_stop: float) -> int:
    """Return a stop's place in `T_STOPS`, counted from T1, nearest."""
    return round(6 * math.log2(t_stop))


def _iso_for(wanted: float, native: float, most: float) -> float:
    """Return the engraved rating nearest to a wanted one; the native one if it is."""
    choices = [iso for iso in (*ISOS, native) if iso <= most] or [native]
    return min(choices, key=lambda iso: (abs(math.log2(iso / wanted)), iso != native))


def _check(**figures: float) -> None:
    for name, value in figures.items():
        if not value > 0:
            raise PrevizError(
                f"Exposure.{name} must be > 0, got {value}. Pass a value above 0."
            )
        if not _LEAST <= value <= _MOST:
            raise PrevizError(
                f"Exposure.{name} must be {_LEAST:g} to {_MOST:g}, got {value}. Pass a "
                "value that gear and light have."
            )


def _check_nd(nd_stops: float) -> None:
    if not 0 <= nd_stops <= _DARKEST_ND_STOPS:
        raise PrevizError(
            f"Exposure.nd_stops must be 0 to {_DARKEST_ND_STOPS} stops, got {nd_stops}."
            " Pass 0 for none."
        )
