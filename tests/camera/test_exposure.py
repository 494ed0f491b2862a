"""Exposure arithmetic, the settings a director of photography makes, and the meter."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera.exposure import (
    ISOS,
    ND_DENSITIES,
    T_STOPS,
    exposure_ev100,
    meter,
    meter_reflected,
    nd_density,
    settings_for,
    shutter_s,
    stop_for,
    stop_name,
)
from previz.camera.metering import illuminance_lx
from previz.errors import PrevizError
from previz.model import Light, LightKind, Rate

LAW = settings(deadline=None, max_examples=80)
SHUTTER = shutter_s(180.0, Rate())

stops = st.sampled_from([t for t in T_STOPS if 1.4 <= t <= 16])
scenes = st.floats(-4, 18)


def test_half_a_turn_at_24_frames_is_a_48th():
    assert pytest.approx(1 / 48) == SHUTTER
    assert shutter_s(172.8, Rate(numerator=24)) == pytest.approx(0.02)


def test_the_lists_are_those_of_a_set():
    assert [stop_name(t) for t in T_STOPS[9:19]] == [
        "T2", "T2⅓", "T2⅔", "T2.8", "T2.8⅓", "T2.8⅔", "T4", "T4⅓", "T4⅔", "T5.6",
    ]  # fmt: skip
    assert [stop_name(t) for t in (1.4, 2.8, 4.5, 5.0, 11.0, 22.0)] == [
        "T1.4", "T2.8", "T4⅓", "T4⅔", "T11", "T22",
    ]  # fmt: skip
    for low, high in itertools.pairwise(ISOS):
        assert 3 * math.log2(high / low) == pytest.approx(1, abs=0.12)
    assert ND_DENSITIES[:4] == (0.0, 0.3, 0.6, 0.9)
    assert nd_density(2) == 0.6


def test_sunny_sixteen():
    # f/16 at 1/ISO in the sun: EV 15, which an incident meter reads in 82,000 lux.
    ev = exposure_ev100(t_stop=16, shutter_s=1 / 100, iso=100)
    assert ev == pytest.approx(14.64, abs=0.01)
    assert meter(81_920) == pytest.approx(15.0)
    assert meter_reflected(4096) == pytest.approx(15.0)


def test_a_keyed_face_of_the_handbook():
    # ISO 800, 180 degrees at 24 a second: T2.8 asks for 118 lux (11 foot-candles).
    assert stop_for(117.6, iso=800, shutter_s=1 / 48) == pytest.approx(2.8, abs=0.001)


@LAW
@given(st.floats(0.05, 1e5), st.sampled_from(ISOS), st.floats(0, 9))
def test_the_meters_stop_exposes_for_the_light(lux, iso, nd):
    stop = stop_for(lux, iso=iso, shutter_s=SHUTTER, nd_stops=nd)
    set_for = exposure_ev100(t_stop=stop, shutter_s=SHUTTER, iso=iso, nd_stops=nd)
    assert set_for == pytest.approx(meter(lux), abs=1e-9)


@LAW
@given(stops, st.sampled_from(ISOS[:20]))
def test_a_stop_is_a_factor_of_two_by_every_control(stop, iso):
    ev = exposure_ev100(t_stop=stop, shutter_s=SHUTTER, iso=iso)
    for same in (
        exposure_ev100(t_stop=stop * math.sqrt(2), shutter_s=SHUTTER * 2, iso=iso),
        exposure_ev100(t_stop=stop, shutter_s=SHUTTER / 2, iso=iso * 2),
        exposure_ev100(t_stop=stop, shutter_s=SHUTTER, iso=iso * 2, nd_stops=1),
    ):
        assert same == pytest.approx(ev)


@LAW
@given(scenes, stops, st.sampled_from([500.0, 800.0, 1600.0]))
def test_settings_expose_within_a_sixth_and_tell_the_rest(ev, stop, native):
    made = settings_for(
        ev, t_stop=stop, shutter_s=SHUTTER, native_iso=native, widest_t_stop=1.3
    )
    set_for = exposure_ev100(
        t_stop=made.t_stop, shutter_s=SHUTTER, iso=made.iso, nd_stops=made.nd_stops
    )
    assert ev - set_for == pytest.approx(made.residual_stops, abs=2e-4)
    assert abs(made.residual_stops) <= 1 / 6 + 0.03
    assert made.nd_stops == round(made.nd_stops)
    assert made.t_stop >= 1.3


@LAW
@given(scenes, stops, stops)
def test_shots_of_one_light_match_whatever_their_stop(ev, one, other):
    first, second = (
        settings_for(ev, t_stop=t, shutter_s=SHUTTER, native_iso=800, widest_t_stop=2.0)
        for t in (one, other)
    )
    assert abs(first.residual_stops - second.residual_stops) <= 0.03


@LAW
@given(st.floats(8, 18), stops)
def test_in_light_the_rating_stays_native_and_the_stop_near(ev, stop):
    made = settings_for(ev, t_stop=stop, shutter_s=SHUTTER, native_iso=800)
    need = ev - exposure_ev100(t_stop=stop, shutter_s=SHUTTER, iso=800)
    if 0 <= need <= 16:
        assert made.iso == 800
        assert abs(2 * math.log2(made.t_stop / stop)) <= 0.5 + 1 / 6


def test_in_the_dark_the_iris_opens_before_the_rating_goes_up():
    dim = exposure_ev100(t_stop=2.828427, shutter_s=SHUTTER, iso=800) - 1
    made = settings_for(
        dim, t_stop=2.8, shutter_s=SHUTTER, native_iso=800, widest_t_stop=1.9
    )
    assert (made.t_stop, made.iso, made.nd_stops) == (2.0, 800, 0)
    made = settings_for(
        dim - 3, t_stop=2.8, shutter_s=SHUTTER, native_iso=800, widest_t_stop=1.9
    )
    assert (made.t_stop, made.iso) == (2.0, 6400)


def test_beyond_the_body_the_rest_is_told():
    made = settings_for(
        -4, t_stop=2, shutter_s=SHUTTER, native_iso=800, widest_t_stop=2, most_iso=3200
    )
    assert made.iso == 3200
    assert made.residual_stops < -6


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: meter(0.0), r"lux must be > 0, got 0\.0"),
        (lambda: meter(math.nan), "lux must be > 0, got nan"),
        (lambda: meter(math.inf), "lux must be 1e-09 to"),
        (lambda: meter(5e-324), "lux must be 1e-09 to"),
        (lambda: stop_name(0.0), "t_stop must be > 0"),
        (lambda: stop_name(math.nan), "t_stop must be > 0"),
        (lambda: nd_density(math.nan), "nd_stops must be 0 to"),
        (
            lambda: settings_for(1e308, t_stop=2.8, shutter_s=0.02, native_iso=800),
            "ev100 must be -100 to 100",
        ),
        (lambda: stop_for(100, iso=-1, shutter_s=0.02), "iso must be > 0, got -1"),
        (
            lambda: exposure_ev100(t_stop=-2.8, shutter_s=0.02, iso=800),
            r"t_stop must be > 0, got -2\.8",
        ),
        (
            lambda: exposure_ev100(t_stop=2, shutter_s=0.02, iso=800, nd_stops=-1),
            "nd_stops must be 0 to 40 stops",
        ),
        (lambda: shutter_s(0, Rate()), "shutter_deg must be > 0"),
        (lambda: shutter_s(361, Rate()), "<= 360 deg"),
        (
            lambda: settings_for(math.nan, t_stop=2, shutter_s=0.02, native_iso=800),
            "Meter the light",
        ),
        (lambda: illuminance_lx((0, 0, 0), (0, 0, 0), ()), "must be a direction"),
    ],
)
def test_what_no_camera_can_be_set_to_is_refused(ask, told):
    with pytest.raises(PrevizError, match=told):
        ask()


def lamp(kind, intensity, **fields):
    return Light(id="lamp", kind=kind, intensity=intensity, **fields)


UP, FRONT = (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)


def test_a_sun_by_the_cosine():
    sun = lamp(LightKind.SUN, 80_000, position_m=(0, 40, 40))
    assert illuminance_lx((3, 1, 2), UP, [sun]) == pytest.approx(
        80_000 * math.cos(math.pi / 4)
    )
    assert illuminance_lx((3, 1, 2), (0, 0, -1), [sun]) == 0


def test_a_sky_lays_half_on_a_wall_and_none_from_below():
    sky = lamp(LightKind.SKY, 10_000)
    assert illuminance_lx((0, 1, 0), UP, [sky]) == pytest.approx(10_000)
    assert illuminance_lx((0, 1, 0), FRONT, [sky]) == pytest.approx(5_000)
    assert illuminance_lx((0, 1, 0), (0, -2, 0), [sky]) == pytest.approx(0)

    def walled(_, far):
        return 1.0 if far[2] > 0 else 0.0

    open_half = illuminance_lx((0, 1, 0), UP, [sky], passing=walled)
    assert open_half == pytest.approx(5_000, rel=0.15)


@LAW
@given(st.floats(0.5, 20))
def test_a_bulb_by_the_inverse_square(away):
    bulb = lamp(LightKind.POINT, 400, position_m=(0, 1, away))
    assert illuminance_lx((0, 1, 0), FRONT, [bulb]) == pytest.approx(400 / away**2)


def test_a_spot_gives_half_at_its_beam_and_a_tenth_at_its_field():
    def at(off_deg, **angles):
        spot = lamp(
            LightKind.POINT, 1000, position_m=(0, 0, 0), aim_m=(0, 0, -1), **angles
        )
        off = math.radians(off_deg)
        place = (5 * math.sin(off), 0.0, -5 * math.cos(off))
        facing = (-place[0], 0.0, -place[2])
        return illuminance_lx(place, facing, [spot]) / 40

    for angles in ({"beam_deg": 40.0, "field_deg": 60.0}, {"beam_deg": 40.0}):
        assert at(0, **angles) == pytest.approx(1)
        assert at(20, **angles) == pytest.approx(0.5)
    assert at(30, beam_deg=40.0, field_deg=60.0) == pytest.approx(0.1)
    assert at(30, field_deg=60.0) == pytest.approx(0.1)
    assert at(90) == pytest.approx(1)


def test_an_area_shines_to_its_front_and_near_by_less_than_a_point():
    def area(size):
        return lamp(
            LightKind.AREA, 900, position_m=(0, 1, 3), aim_m=(0, 1, 0),
            width_m=size, height_m=size,
        )  # fmt: skip

    assert illuminance_lx((0, 1, 0), FRONT, [area(0.01)]) == pytest.approx(
        100, rel=1e-3
    )
    assert illuminance_lx((0, 1, 6), (0, 0, -1), [area(1.0)]) == 0
    # A square of side a on axis at d: E = 4 L x / sqrt(d² + x²) atan(x / sqrt(d² + x²))
    # with x = a / 2 (Howell, configuration factor C-11 by four corners).
    half, d = 1.0, 3.0
    leg = math.hypot(half, d)
    exact = 4 * (900 / 4) * half / leg * math.atan(half / leg)
    assert illuminance_lx((0, 1, 0), FRONT, [area(2.0)]) == pytest.approx(
        exact, rel=0.01
    )


def test_what_is_hidden_or_gelled_counts_less():
    bulb = lamp(LightKind.POINT, 400, position_m=(0, 1, 2), gel=(0.5, 0.5, 0.5))
    here = (0.0, 1.0, 0.0)
    assert illuminance_lx(here, FRONT, [bulb]) == pytest.approx(50)
    assert illuminance_lx(here, FRONT, [bulb], passing=lambda _a, _b: 0.25) == 12.5
    assert illuminance_lx(here, FRONT, [bulb, bulb]) == pytest.approx(100)
