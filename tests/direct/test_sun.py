"""The sun against published figures, and its laws."""

from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.direct.sun import (
    HOUR_NAMES,
    daylight,
    hour_of,
    sky_k,
    sky_lx,
    sun_k,
    sun_light,
    sun_lx,
    sun_position,
)
from previz.errors import ModelError, UnknownNameError

LONDON = {"latitude_deg": 51.5074, "longitude_deg": -0.1278}
SVALBARD = {"latitude_deg": 78.22, "longitude_deg": 15.65}
latitudes = st.floats(-89.5, 89.5)
longitudes = st.floats(-180, 180)
moments = st.datetimes(datetime(1950, 1, 1), datetime(2050, 1, 1)).map(
    lambda when: when.replace(tzinfo=UTC)
)


def test_the_worked_example_of_nrel_s_algorithm():
    """Reda and Andreas 2003, NREL/TP-560-34302, table A5.1, but for altitude."""
    when = datetime(2003, 10, 17, 12, 30, 30, tzinfo=timezone(timedelta(hours=-7)))
    at = sun_position(when, latitude_deg=39.742476, longitude_deg=-105.1786)
    assert at.azimuth_deg == pytest.approx(194.34024, abs=0.05)
    assert at.elevation_deg == pytest.approx(90 - 50.11162, abs=0.05)


def test_the_worked_example_of_meeus():
    """Meeus 1998, example 25.a: 13 October 1992 at 0 h; equation of time, 28.a."""
    when = datetime(1992, 10, 13, tzinfo=UTC)
    at = sun_position(when, latitude_deg=0, longitude_deg=0)
    assert at.declination_deg == pytest.approx(-7.78507, abs=0.002)
    assert at.equation_of_time_min == pytest.approx(13.7109, abs=0.02)


@pytest.mark.parametrize(
    ("name", "day", "published"),
    [
        ("sunrise", date(2024, 6, 20), "2024-06-20T03:43"),
        ("sunset", date(2024, 6, 20), "2024-06-20T20:21"),
        ("sunrise", date(2024, 12, 21), "2024-12-21T08:04"),
        ("sunset", date(2024, 12, 21), "2024-12-21T15:53"),
    ],
)
def test_london_s_sun_rises_and_sets_by_the_almanac(name, day, published):
    came = hour_of(name, day=day, **LONDON)
    written = datetime.fromisoformat(published).replace(tzinfo=UTC)
    assert abs((came - written).total_seconds()) < 90


@settings(deadline=None)
@given(moments, latitudes, longitudes)
def test_an_hour_later_is_fifteen_degrees_further_west(when, latitude, longitude):
    now = sun_position(when, latitude_deg=latitude, longitude_deg=longitude)
    if longitude < -165:
        return
    east = sun_position(
        when + timedelta(hours=1), latitude_deg=latitude, longitude_deg=longitude - 15
    )
    assert now.elevation_deg == pytest.approx(east.elevation_deg, abs=0.08)


@settings(deadline=None)
@given(moments, latitudes, longitudes, st.floats(-180, 180))
def test_the_light_comes_from_where_the_sun_stands(when, latitude, longitude, north):
    at = sun_position(when, latitude_deg=latitude, longitude_deg=longitude)
    way = np.array(at.towards(north_deg=north))
    assert np.linalg.norm(way) == pytest.approx(1.0)
    assert np.degrees(np.arcsin(way[1])) == pytest.approx(at.elevation_deg, abs=1e-6)


def test_north_is_into_the_set_and_east_is_right():
    at = sun_position(datetime(2026, 3, 20, 6, tzinfo=UTC), latitude_deg=0,
                      longitude_deg=0)  # fmt: skip
    assert at.azimuth_deg == pytest.approx(90, abs=1)
    assert at.towards()[0] > 0.99
    noon = hour_of("noon", day=date(2026, 6, 21), latitude_deg=50, longitude_deg=0)
    assert sun_position(noon, latitude_deg=50, longitude_deg=0).towards()[2] > 0.4


@settings(deadline=None, max_examples=40)
@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), latitudes, longitudes)
def test_the_sun_never_stands_higher_than_at_noon(day, latitude, longitude):
    at = {"latitude_deg": latitude, "longitude_deg": longitude}
    noon = hour_of("noon", day=day, **at)
    top = sun_position(noon, **at).elevation_deg
    for hours in (-6, -2, -0.5, 0.5, 2, 6):
        there = sun_position(noon + timedelta(hours=hours), **at).elevation_deg
        assert there < top + 0.01


def test_the_hours_of_a_day_follow_each_other():
    order = ["dawn", "sunrise", "golden morning", "morning", "noon", "afternoon",
             "golden hour", "sunset", "blue hour", "dusk", "midnight"]  # fmt: skip
    assert sorted(order) == sorted(HOUR_NAMES)
    came = [hour_of(name, day=date(2026, 5, 1), **LONDON) for name in order]
    assert came == sorted(came)


def test_noon_in_the_polar_night_has_no_sun_but_a_twilight():
    noon = hour_of("noon", day=date(2026, 12, 21), **SVALBARD)
    with pytest.raises(ModelError, match=r"sun_light.when must be while the sun is up"):
        sun_light(noon, **SVALBARD)
    (sky,) = daylight(noon, **SVALBARD)
    assert sky.kind == "sky"
    assert 0.001 < sky.intensity < 5


def test_no_golden_hour_in_the_polar_night_and_no_sunset_under_the_midnight_sun():
    with pytest.raises(ModelError, match="does not pass 5°"):
        hour_of("golden hour", day=date(2026, 12, 21), **SVALBARD)
    with pytest.raises(ModelError, match="Pass noon, midnight"):
        hour_of("sunset", day=date(2026, 6, 21), **SVALBARD)


def test_an_unknown_hour_lists_the_known():
    with pytest.raises(UnknownNameError, match="golden hour"):
        hour_of("goldenhour", day=date(2026, 6, 21), **LONDON)


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(float("nan"), 0), (91, 0), (0, 200), (0, float("inf"))]
)
def test_no_such_place(latitude, longitude):
    with pytest.raises(ModelError, match="must be between"):
        sun_position(
            datetime(2026, 1, 1, tzinfo=UTC),
            latitude_deg=latitude, longitude_deg=longitude,
        )  # fmt: skip


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ModelError, match="must have a time zone"):
        sun_position(datetime(2026, 1, 1, 12), **LONDON)


@given(st.floats(0.1, 89), st.floats(0.1, 89))
def test_a_higher_sun_is_stronger_and_cooler(one, other):
    low, high = sorted((one, other))
    assert sun_lx(low) <= sun_lx(high)
    assert sun_k(low) <= sun_k(high)
    assert sky_lx(low) <= sky_lx(high)


def test_daylight_in_lux_is_what_the_handbooks_print():
    assert sun_lx(90) == pytest.approx(103_000, rel=0.02)  # 127.5 exp(-0.21)
    assert sun_lx(0) == sun_lx(-5) == 0
    assert sky_lx(90) == pytest.approx(16_300, rel=0.01)
    # Seidelmann 1992: sunset less the sun, civil, nautical and astronomical twilight.
    for height, lux in ((-6, 3.4), (-12, 0.008), (-18, 0.00065)):
        assert sky_lx(height) == pytest.approx(lux, rel=0.1)


def test_the_sky_darkens_without_a_step():
    heights = np.linspace(-18.5, 5, 471)
    lux = np.log2([sky_lx(h) for h in heights])
    assert (np.diff(lux) > -1e-9).all()
    assert np.diff(lux).max() < 0.5


def test_the_sun_s_colour_follows_from_the_air_it_passes():
    """Preetham 1999, appendix 1, turbidity 2, worked out in full."""
    um = np.arange(0.38, 0.781, 0.005)

    def lobe(peak, below, above):
        t = (um * 1000 - peak) * np.where(um * 1000 < peak, below, above)
        return np.exp(-0.5 * t * t)

    x = 1.056 * lobe(599.8, 0.0264, 0.0323) + 0.362 * lobe(442, 0.0624, 0.0374)
    x -= 0.065 * lobe(501.1, 0.049, 0.0382)
    y = 0.821 * lobe(568.8, 0.0213, 0.0247) + 0.286 * lobe(530.9, 0.0613, 0.0322)
    z = 1.217 * lobe(437, 0.0845, 0.0278) + 0.681 * lobe(459, 0.0385, 0.0725)
    for height in (4.0, 10.0, 30.0, 60.0):
        air = 1 / (np.sin(np.radians(height)) + 0.50572 * (height + 6.07995) ** -1.6364)
        spectrum = um**-5 / np.expm1(14387.77 / (um * 5778))
        spectrum *= np.exp(-0.008735 * um**-4.08 * air)
        spectrum *= np.exp(-(0.04608 * 2 - 0.04586) * um**-1.3 * air)
        xyz = np.array([(spectrum * curve).sum() for curve in (x, y, z)])
        u, v = xyz[:2] / xyz.sum()
        n = (u - 0.3320) / (0.1858 - v)
        kelvin = 449 * n**3 + 3525 * n**2 + 6823.3 * n + 5520.33
        assert sun_k(height) == pytest.approx(kelvin, rel=0.01)


def test_twilight_is_bluer_than_day():
    assert sky_k(-6) > sky_k(0) > sky_k(30) >= 7000


def test_a_cloudy_day_has_a_sky_and_no_sun():
    noon = hour_of("noon", day=date(2026, 6, 21), **LONDON)
    clear = daylight(noon, **LONDON)
    (cloud,) = daylight(noon, overcast=True, **LONDON)
    assert [x.id for x in clear] == ["sun", "sky"]
    assert cloud.color_temperature_k == 6500
