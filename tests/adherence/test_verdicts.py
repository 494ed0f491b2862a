"""From figures to a verdict; from places to the camera that saw them there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.adherence import LIMITS
from previz.adherence.solving import solved
from previz.adherence.verdict import TIERS, verdict_of
from previz.errors import UnknownNameError
from previz.model import Sensor
from previz.stage import CameraState

SIZE = (480, 270)
GOOD = {name: limit.allowed("final") for name, limit in LIMITS.items()}


def camera(focal_mm=28.0):
    pose = np.eye(4)
    pose[:3, 3] = (0.4, 1.5, 3.0)
    return CameraState(world_from_camera=pose, sensor=Sensor(),
                       focal_length_mm=focal_mm, squeeze=1.0, t_stop=4.0,
                       focus_distance_m=3.0)  # fmt: skip


def cloud(seed=3, count=120):
    rng = np.random.default_rng(seed)
    return rng.uniform((-1.6, 0.4, -4.0), (2.2, 2.4, 0.5), (count, 3))


def test_the_camera_is_found_among_wrong_matches():
    points, rng = cloud(), np.random.default_rng(1)
    places, _ = camera().project(points, width_px=SIZE[0], height_px=SIZE[1])
    places += rng.normal(0.0, 0.2, places.shape)
    places[:50] = rng.uniform((0, 0), SIZE, (50, 2))
    fit = solved(points, places, camera(), size=SIZE)
    assert fit.inliers >= 68
    place = np.linalg.inv(fit.camera_from_world)[:3, 3]
    assert place == pytest.approx((0.4, 1.5, 3.0), abs=0.02)
    assert fit.focal_share == pytest.approx(1.0, abs=0.02)


def test_a_face_alone_tells_no_camera_that_a_wall_tells():
    """What its few degrees say of the corners of the picture is little."""
    rng = np.random.default_rng(4)
    face = rng.uniform((0.2, 1.3, 0.5), (0.6, 1.7, 0.7), (120, 3))
    places, _ = camera().project(face, width_px=SIZE[0], height_px=SIZE[1])
    span = np.ptp(places, axis=0) / SIZE
    assert 0.15 < span.min() < 0.35
    assert solved(face, places, camera(), size=SIZE) is not None
    assert solved(face, places, camera(), size=SIZE, least_span=0.35) is None
    wall = cloud()
    places, _ = camera().project(wall, width_px=SIZE[0], height_px=SIZE[1])
    assert solved(wall, places, camera(), size=SIZE, least_span=0.35) is not None


def test_a_longer_lens_is_told_from_a_step_forward():
    points = cloud()
    places, _ = camera(28.0 * 1.06).project(points, width_px=SIZE[0],
                                            height_px=SIZE[1])  # fmt: skip
    assert solved(points, places, camera(), size=SIZE).focal_share == pytest.approx(
        1.06, abs=0.005
    )


def test_wild_matches_are_no_camera():
    places = np.random.default_rng(2).uniform((0, 0), SIZE, (120, 2))
    assert solved(cloud(), places, camera(), size=SIZE) is None
    assert solved(cloud(count=5), places[:5], camera(), size=SIZE) is None


def test_a_take_within_all_limits_passes_and_each_figure_alone_can_stop_it():
    assert verdict_of(GOOD, {}, tier="final") == ("pass", ())
    for name, limit in LIMITS.items():
        beyond = limit.fails * (0.9 if limit.more_is_better else 1.1)
        assert verdict_of(GOOD | {name: beyond}, {}, tier="draft") == (
            "retry", (name,)
        )  # fmt: skip
        between = (limit.allowed("draft") + limit.fails) / 2
        assert verdict_of(GOOD | {name: between}, {}, tier="draft") == (
            "review", (name,)
        )  # fmt: skip


@settings(max_examples=25)
@given(
    st.sampled_from(sorted(LIMITS)),
    st.floats(0, 200, allow_nan=False),
    st.floats(0, 5, allow_nan=False),
)
def test_what_passes_strictly_passes_leniently(name, value, floor):
    said = [
        verdict_of(GOOD | {name: value}, {name: floor}, tier=tier)[0] for tier in TIERS
    ]
    worse = ("pass", "review", "retry")
    assert [worse.index(one) for one in said] == sorted(worse.index(x) for x in said)


def test_the_estimators_own_error_is_allowed_for():
    off = GOOD | {"framing_pct": 0.8}
    assert verdict_of(off, {}, tier="final")[0] == "review"
    assert verdict_of(off, {"framing_pct": 0.4}, tier="final")[0] == "pass"


def test_what_cannot_be_told_decides_nothing_but_all_of_it_needs_a_person():
    assert verdict_of(GOOD | {"outline": None}, {}, tier="final")[0] == "pass"
    nothing = dict.fromkeys(LIMITS)
    assert verdict_of(nothing, {}, tier="draft") == ("review", ())
    with pytest.raises(UnknownNameError, match="standard"):
        verdict_of(GOOD, {}, tier="best")
