"""The sun by place, date and hour: where it stands, how strong it is, its colour.

Compass azimuths run from north through east. In the world north is -z (into the set)
and east +x, unless `north_deg` turns the set: it is the world yaw to which north
points, so 180 is -z and 90 is +x.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from previz.errors import ModelError, UnknownNameError
from previz.model import Light, LightKind, LightRole, Vec3

__all__ = [
    "HOUR_NAMES",
    "NORTH_DEG",
    "SunPosition",
    "daylight",
    "hour_of",
    "sky_k",
    "sky_lx",
    "sun_k",
    "sun_light",
    "sun_lx",
    "sun_position",
]

NORTH_DEG = 180.0
_FAR_M = 40.0
_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_SUN_OUT_OF_ATMOSPHERE_LX = 127_500.0
_CLEAR_EXTINCTION = 0.21
_SUN_K = (
    (2.0, 1900.0), (4.0, 2446.0), (6.0, 2874.0), (10.0, 3458.0), (15.0, 3916.0),
    (20.0, 4217.0), (30.0, 4584.0), (45.0, 4866.0), (60.0, 5007.0), (90.0, 5096.0),
)  # fmt: skip
"""Elevation in degrees and colour temperature in kelvin of the sun's own light: a
5778 K radiator through Rayleigh and aerosol extinction at turbidity 2 (Preetham,
Shirley and Smits 1999, appendix 1), by McCamy's formula (1992). Below 2 degrees, where
that formula ends, the last figure holds."""
_SKY_K = ((-12.0, 14_000.0), (-6.0, 12_000.0), (0.0, 9000.0), (10.0, 7500.0))
"""Elevation of the sun and colour temperature of a clear sky as a whole: CIE D75 for
north sky by day (CIE 15:2018), bluer in twilight, when ozone colours it (Hulburt 1953,
figure 4; the figures in kelvin are rounded)."""
_TWILIGHT = (
    (-0.8, (2.88, 22.26, -207.64, 1034.30)),
    (-5.0, (2.88, 21.81, -258.11, -858.36)),
    (-12.0, (2.70, 12.17, -431.69, -1899.83)),
    (-18.0, (13.84, 262.72, 1447.42, 2797.93)),
)
"""From which elevation down to which a cubic in elevation / 90 gives log10 of the lux
on level ground (Seidelmann 1992, Explanatory Supplement, table 9.23)."""
_DARK_LX = 0.0006


@dataclass(frozen=True)
class SunPosition:
    """Where the sun stands.

    Attributes:
        azimuth_deg: From north through east, 0 to 360.
        elevation_deg: Above the horizon as seen, with refraction.
        declination_deg: Its latitude on the sky.
        equation_of_time_min: Sundial time less clock time, minutes.
    """

    azimuth_deg: float
    elevation_deg: float
    declination_deg: float
    equation_of_time_min: float

    def towards(self, *, north_deg: float = NORTH_DEG) -> Vec3:
        """Return the unit world direction to the sun.

        Args:
            north_deg: World yaw of north.
        """
        yaw = math.radians(north_deg - self.azimuth_deg)
        rise = math.radians(self.elevation_deg)
        level = math.cos(rise)
        return math.sin(yaw) * level, math.sin(rise), math.cos(yaw) * level


def sun_position(
    when: datetime, *, latitude_deg: float, longitude_deg: float
) -> SunPosition:
    """Return where the sun stands, within 0.02° from 1900 to 2100.

    The solar calculator of NOAA's Global Monitoring Laboratory, after Meeus 1998,
    Astronomical Algorithms, chapters 25 and 28.

    Args:
        when: The moment, with its time zone.
        latitude_deg: North positive, -90 to 90.
        longitude_deg: East positive, -180 to 180.

    Raises:
        ModelError: If the moment has no zone or a coordinate is out of range.
    """
    _check_place(latitude_deg, longitude_deg)
    if when.tzinfo is None:
        raise ModelError(
            f"sun_position.when must have a time zone, got {when.isoformat()}. Pass "
            "one such as datetime(2026, 6, 21, 12, tzinfo=ZoneInfo('Europe/Paris'))."
        )
    since = (when - _J2000).total_seconds()
    declination, equation = _declination_and_time(since / 86400.0 / 36525.0)
    moment = when.astimezone(UTC)
    minutes = moment.hour * 60 + moment.minute + moment.second / 60.0
    turn = math.radians((minutes + equation + 4.0 * longitude_deg) / 4.0 - 180.0)
    latitude = math.radians(latitude_deg)
    rise = math.asin(
        math.sin(latitude) * math.sin(declination)
        + math.cos(latitude) * math.cos(declination) * math.cos(turn)
    )
    azimuth = math.atan2(
        -math.cos(declination) * math.sin(turn),
        math.sin(declination) * math.cos(latitude)
        - math.cos(declination) * math.sin(latitude) * math.cos(turn),
    )
    height = math.degrees(rise)
    return SunPosition(
        azimuth_deg=math.degrees(azimuth) % 360.0,
        elevation_deg=height + _refraction_deg(height),
        declination_deg=math.degrees(declination),
        equation_of_time_min=equation,
    )


def _check_place(latitude_deg: float, longitude_deg: float) -> None:
    for name, value, limit in (
        ("latitude_deg", latitude_deg, 90.0),
        ("longitude_deg", longitude_deg, 180.0),
    ):
        if not abs(value) <= limit:
            raise ModelError(
                f"sun_position.{name} must be between {-limit:g}° and {limit:g}°, got "
                f"{value}. Pass degrees, north and east positive."
            )


def _declination_and_time(century: float) -> tuple[float, float]:
    """Return declination in radians and the equation of time in minutes."""
    t = century
    mean = math.radians((280.46646 + t * (36000.76983 + 0.0003032 * t)) % 360.0)
    anomaly = math.radians(357.52911 + t * (35999.05029 - 0.0001537 * t))
    round_off = 0.016708634 - t * (0.000042037 + 0.0000001267 * t)
    center = (
        math.sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * t)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * t)
    apparent = mean + math.radians(center - 0.00569 - 0.00478 * math.sin(node))
    seconds = 21.448 - t * (46.815 + t * (0.00059 - 0.001813 * t))
    tilt = math.radians(
        23.0 + (26.0 + seconds / 60.0) / 60.0 + 0.00256 * math.cos(node)
    )
    y = math.tan(tilt / 2.0) ** 2
    equation = 4.0 * math.degrees(
        y * math.sin(2 * mean)
        - 2 * round_off * math.sin(anomaly)
        + 4 * round_off * y * math.sin(anomaly) * math.cos(2 * mean)
        - 0.5 * y * y * math.sin(4 * mean)
        - 1.25 * round_off**2 * math.sin(2 * anomaly)
    )
    return math.asin(math.sin(tilt) * math.sin(apparent)), equation


def _refraction_deg(elevation_deg: float) -> float:
    """Return by how much air lifts the sun, degrees (NOAA's solar calculator)."""
    h = elevation_deg
    if h > 85.0:
        return 0.0
    tangent = math.tan(math.radians(h))
    if h > 5.0:
        seconds = 58.1 / tangent - 0.07 / tangent**3 + 0.000086 / tangent**5
    elif h > -0.575:
        seconds = 1735.0 + h * (-518.2 + h * (103.4 + h * (-12.79 + h * 0.711)))
    else:
        seconds = -20.772 / tangent
    return seconds / 3600.0


def _check_elevation(elevation_deg: float) -> None:
    if not -90.0 <= elevation_deg <= 90.0:
        raise ModelError(
            f"sun.elevation_deg must be -90 to 90°, got {elevation_deg}. Pass the "
            "height of the sun above the horizon."
        )


def sun_lx(elevation_deg: float) -> float:
    """Return the lux of the sun on a surface turned to it, under a clear sky.

    E = 127.5 klx · exp(-0.21 m) (IES RP-21-84, clear), m the air mass of Kasten and
    Young 1989; 0 below the horizon.
    """
    _check_elevation(elevation_deg)
    if elevation_deg <= 0.0:
        return 0.0
    sine = math.sin(math.radians(elevation_deg))
    air = 1.0 / (sine + 0.50572 * (elevation_deg + 6.07995) ** -1.6364)
    return _SUN_OUT_OF_ATMOSPHERE_LX * math.exp(-_CLEAR_EXTINCTION * air)


def sky_lx(elevation_deg: float, *, overcast: bool = False) -> float:
    """Return the lux of the sky on open level ground.

    From 5° up E = A + B·sin h, clear with the root of the sine (IES RP-21-84: 0.8 and
    15.5 klx; overcast 0.3 and 21 klx). Below the horizon the twilight of Seidelmann
    1992, two fifths of it when overcast. Between them in even steps of stops.

    Args:
        elevation_deg: Of the sun; below -18 it is night.
        overcast: Whether cloud covers the sky.
    """
    _check_elevation(elevation_deg)
    twilight = _twilight_lx(min(elevation_deg, 0.0)) * (0.4 if overcast else 1.0)
    if elevation_deg <= 0.0:
        return twilight
    sine = math.sin(math.radians(max(elevation_deg, 5.0)))
    day = 300.0 + 21_000.0 * sine if overcast else 800.0 + 15_500.0 * sine**0.5
    return float(twilight * (day / twilight) ** min(elevation_deg / 5.0, 1.0))


def _twilight_lx(elevation_deg: float) -> float:
    x = elevation_deg / 90.0
    for lowest, (a, b, c, d) in _TWILIGHT:
        if elevation_deg >= lowest:
            return float(max(10.0 ** (a + x * (b + x * (c + x * d))), _DARK_LX))
    return _DARK_LX


def sun_k(elevation_deg: float) -> float:
    """Return the colour temperature of the sun's own light in kelvin."""
    return _between(_SUN_K, elevation_deg)


def sky_k(elevation_deg: float) -> float:
    """Return the colour temperature of a clear sky in kelvin, by the sun's height."""
    return _between(_SKY_K, elevation_deg)


def _between(table: tuple[tuple[float, float], ...], x: float) -> float:
    """Interpolate kelvins in mired, and hold the ends."""
    if x <= table[0][0]:
        return table[0][1]
    for (x0, k0), (x1, k1) in pairwise(table):
        if x <= x1:
            share = (x - x0) / (x1 - x0)
            return 1.0 / ((1.0 - share) / k0 + share / k1)
    return table[-1][1]


_CROSSINGS = {
    "dawn": (-6.0, False),
    "sunrise": (-0.27, False),
    "morning": (30.0, False),
    "golden morning": (5.0, False),
    "afternoon": (30.0, True),
    "golden hour": (5.0, True),
    "sunset": (-0.27, True),
    "blue hour": (-5.0, True),
    "dusk": (-6.0, True),
}
"""Seen elevation of the sun's middle, and whether it sinks through it."""

HOUR_NAMES = ("noon", "midnight", *_CROSSINGS)
"""The hours that `hour_of` knows."""


def hour_of(
    name: str, *, day: date, latitude_deg: float, longitude_deg: float
) -> datetime:
    """Return when an hour known by its name comes, in UTC, within two seconds.

    "noon" is when the sun stands highest, whether or not it is up. Dawn, sunrise,
    morning and golden morning come before it, the others after it. The seen elevation
    of the sun's middle at sunrise and sunset is -0.27°: its upper edge touches.

    Args:
        name: One of `HOUR_NAMES`.
        day: The day, by the place's own sun.
        latitude_deg: North positive.
        longitude_deg: East positive.

    Raises:
        UnknownNameError: If the hour has no such name.
        ModelError: If the sun does not cross that height on that day.
    """
    if name not in HOUR_NAMES:
        raise UnknownNameError("hour_of.name", name, HOUR_NAMES)
    _check_place(latitude_deg, longitude_deg)
    noon = datetime.combine(day, time(12), tzinfo=UTC)
    noon -= timedelta(minutes=4.0 * longitude_deg)
    at = {"latitude_deg": latitude_deg, "longitude_deg": longitude_deg}
    noon -= timedelta(minutes=sun_position(noon, **at).equation_of_time_min)
    if name == "noon":
        return noon
    if name == "midnight":
        return noon + timedelta(hours=12)
    height, sinks = _CROSSINGS[name]
    early, late = 0.0, 12.0 if sinks else -12.0
    highest = sun_position(noon, **at).elevation_deg
    lowest = sun_position(noon + timedelta(hours=late), **at).elevation_deg
    if not lowest < height < highest:
        raise ModelError(
            f"hour_of.name must be an hour that comes on {day} at latitude "
            f"{latitude_deg:g}°, got {name!r}: the sun stays between {lowest:.1f}° "
            f"and {highest:.1f}° and does not pass {height:g}°. Pass noon, midnight "
            "or another day."
        )
    for _ in range(16):
        middle = 0.5 * (early + late)
        above = sun_position(noon + timedelta(hours=middle), **at).elevation_deg
        early, late = (middle, late) if above > height else (early, middle)
    return noon + timedelta(hours=0.5 * (early + late))


def sun_light(
    when: datetime,
    *,
    latitude_deg: float,
    longitude_deg: float,
    north_deg: float = NORTH_DEG,
) -> Light:
    """Return the sun as a light.

    Args:
        when: The moment, with its time zone.
        latitude_deg: North positive.
        longitude_deg: East positive.
        north_deg: World yaw of north.

    Raises:
        ModelError: If the sun is not up; `daylight` gives its twilight.
    """
    at = sun_position(when, latitude_deg=latitude_deg, longitude_deg=longitude_deg)
    if at.elevation_deg <= 0.0:
        raise ModelError(
            "sun_light.when must be while the sun is up, got "
            f"{when.isoformat(timespec='minutes')} at latitude {latitude_deg:g}°, when "
            f"it stands at {at.elevation_deg:.1f}°. Pass another hour or day, or call "
            "daylight for the twilight."
        )
    x, y, z = at.towards(north_deg=north_deg)
    place = (round(x * _FAR_M, 4), round(y * _FAR_M, 4), round(z * _FAR_M, 4))
    return Light(
        id="sun",
        kind=LightKind.SUN,
        role=LightRole.SUN,
        position_m=place,
        intensity=round(sun_lx(at.elevation_deg), 1),
        color_temperature_k=round(sun_k(at.elevation_deg)),
    )


def daylight(
    when: datetime,
    *,
    latitude_deg: float,
    longitude_deg: float,
    north_deg: float = NORTH_DEG,
    overcast: bool = False,
) -> tuple[Light, ...]:
    """Return sun and sky; the sky alone when the sun is down or behind cloud.

    Args:
        when: The moment, with its time zone.
        latitude_deg: North positive.
        longitude_deg: East positive.
        north_deg: World yaw of north.
        overcast: Whether cloud covers the sky.
    """
    at = sun_position(when, latitude_deg=latitude_deg, longitude_deg=longitude_deg)
    height = at.elevation_deg
    sky = Light(
        id="sky",
        kind=LightKind.SKY,
        role=LightRole.SKY,
        intensity=round(sky_lx(height, overcast=overcast), 4),
        color_temperature_k=6500.0 if overcast else round(sky_k(height)),
    )
    if height <= 0.0 or overcast:
        return (sky,)
    sun = sun_light(
        when, latitude_deg=latitude_deg, longitude_deg=longitude_deg,
        north_deg=north_deg,
    )  # fmt: skip
    return sun, sky
