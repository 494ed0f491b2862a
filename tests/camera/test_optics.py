"""Depth of field and its kin: laws of the thin lens, and figures from tables."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from previz.camera import gear
from previz.camera.optics import (
    angle_of_view_deg,
    blur_on_gate,
    breathed_focal_mm,
    circle_of_confusion_mm,
    depth_of_field,
    hyperfocal_m,
)
from previz.errors import PrevizError
from previz.model import Lens, Sensor

LAW = settings(deadline=None, max_examples=80)
GATE = gear.body("ARRI ALEXA 35", mode="4K 16:9")
CIRCLE = circle_of_confusion_mm(GATE)

focals = st.floats(12, 200)
stops = st.floats(1.3, 22)
distances = st.floats(0.6, 60)


def test_the_circle_of_confusion_follows_the_gate():
    assert pytest.approx(0.01903, abs=1e-5) == CIRCLE
    full = Sensor(width_mm=36.0, height_mm=24.0)
    assert circle_of_confusion_mm(full) == pytest.approx(0.02884, abs=1e-5)


def test_figures_of_the_printed_tables():
    # American Cinematographer Manual, 35 mm tables, circle 0.025 mm: 50 mm at T2.8
    # has its hyperfocal distance at 117 ft; focused at 10 ft: 9 ft 3 in to 10 ft 11 in.
    assert hyperfocal_m(50, t_stop=2.8, circle_mm=0.0254) / 0.3048 == pytest.approx(
        116, abs=1.5
    )
    sharp = depth_of_field(50, t_stop=2.8, focus_m=3.048, circle_mm=0.0254)
    assert sharp.near_m / 0.3048 == pytest.approx(9.25, abs=0.06)
    assert sharp.far_m / 0.3048 == pytest.approx(10.92, abs=0.06)


@LAW
@given(focals, stops, distances)
def test_the_limits_lie_about_the_focus_and_image_as_the_circle(focal, stop, focus):
    sharp = depth_of_field(focal, t_stop=stop, focus_m=focus, circle_mm=CIRCLE)
    assert 0 < sharp.near_m < focus < sharp.far_m
    for limit in (sharp.near_m, sharp.far_m):
        if math.isinf(limit):
            continue
        blur = blur_on_gate(
            limit, focal_length_mm=focal, t_stop=stop, focus_m=focus, sensor=GATE
        )
        assert blur.height_mm == pytest.approx(CIRCLE, rel=1e-6)


@LAW
@given(focals, stops, distances)
def test_the_limits_are_symmetric_in_one_over_distance(focal, stop, focus):
    sharp = depth_of_field(focal, t_stop=stop, focus_m=focus, circle_mm=CIRCLE)
    assume(math.isfinite(sharp.far_m))
    middle = (1 / sharp.near_m + 1 / sharp.far_m) / 2
    assert middle == pytest.approx(1 / focus, rel=1e-9)


@LAW
@given(focals, stops, distances, st.floats(1.05, 4))
def test_stopping_down_deepens(focal, stop, focus, more):
    open_, closed = (
        depth_of_field(focal, t_stop=t, focus_m=focus, circle_mm=CIRCLE)
        for t in (stop, stop * more)
    )
    assert closed.near_m < open_.near_m
    assert closed.far_m > open_.far_m or math.isinf(closed.far_m)


@LAW
@given(focals, stops)
def test_at_the_hyperfocal_distance_all_is_sharp_from_half_of_it(focal, stop):
    far = hyperfocal_m(focal, t_stop=stop, circle_mm=CIRCLE)
    sharp = depth_of_field(focal, t_stop=stop, focus_m=far, circle_mm=CIRCLE)
    assert math.isinf(sharp.far_m)
    assert sharp.near_m == pytest.approx(far / 2, rel=1e-6)
    sky = blur_on_gate(
        math.inf, focal_length_mm=focal, t_stop=stop, focus_m=far, sensor=GATE
    )
    assert sky.height_mm == pytest.approx(CIRCLE, rel=1e-9)


@LAW
@given(focals, stops, distances, distances, st.floats(1.01, 3))
def test_blur_is_none_at_the_focus_and_grows_away_from_it(focal, stop, focus, d, more):
    def blur(depth, t=stop):
        return blur_on_gate(
            depth, focal_length_mm=focal, t_stop=t, focus_m=focus, sensor=GATE
        ).height_mm

    assert blur(focus) == 0
    beyond = focus + d
    assert 0 < blur(beyond) < blur(beyond * more) < blur(math.inf)
    before = focus / (1 + d)
    assert blur(before) < blur(before / more)
    assert blur(beyond, stop * more) == pytest.approx(blur(beyond) / more)


def test_an_anamorphic_blurs_to_a_tall_oval():
    blur = blur_on_gate(
        9.0, focal_length_mm=50, t_stop=2.8, focus_m=3.0, sensor=GATE, squeeze=2.0
    )
    widened = 2.0 * blur.width_mm
    assert blur.height_mm / widened == pytest.approx(2.0)
    shape = blur.height_share * GATE.height_mm, blur.width_share * GATE.width_mm
    assert shape == pytest.approx((blur.height_mm, blur.width_mm))


def test_angles_of_view():
    academy = gear.body("35 mm film", mode="Super 35 4-perf")
    across, upright = angle_of_view_deg(academy, focal_length_mm=50)
    assert across == pytest.approx(27.96, abs=0.01)
    assert upright == pytest.approx(21.14, abs=0.01)
    wide, same = angle_of_view_deg(academy, focal_length_mm=50, squeeze=2.0)
    assert same == upright
    assert wide == pytest.approx(angle_of_view_deg(academy, focal_length_mm=25)[0])


@LAW
@given(st.floats(-0.3, 0.3), distances, distances)
def test_breathing_is_whole_at_close_focus_and_none_at_infinity(share, a, b):
    lens = Lens(breathing=share, close_focus_m=0.5)

    def focal(at):
        return breathed_focal_mm(lens, focal_length_mm=50.0, focus_distance_m=at)

    assert focal(0.5) == focal(0.2) == pytest.approx(50 * (1 - share))
    assert focal(1e9) == pytest.approx(50)
    near, far = min(a, b), max(a, b)
    assert (focal(far) - focal(near)) * share >= -1e-9


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ({"focal_length_mm": 0.0}, r"focal_length_mm must be > 0 mm, got 0\.0"),
        ({"t_stop": -2.0}, r"t_stop must be > 0, got -2\.0"),
        ({"t_stop": math.nan}, r"t_stop must be > 0, got nan"),
        ({"focus_m": -1.0}, "Focus on something before the lens"),
        ({"focus_m": 0.04}, "must be > the focal length of 0.05 m"),
        ({"circle_mm": 0.0}, "circle_mm must be > 0 mm"),
    ],
)
def test_figures_that_no_lens_has_are_refused(figure, told):
    good = {"focal_length_mm": 50.0, "t_stop": 2.8, "focus_m": 3.0, "circle_mm": 0.02}
    with pytest.raises(PrevizError, match=told):
        depth_of_field(**(good | figure))


def test_nothing_is_behind_the_lens():
    with pytest.raises(PrevizError, match="depth_m must be > 0 m"):
        blur_on_gate(-1.0, focal_length_mm=50, t_stop=2, focus_m=3, sensor=GATE)
