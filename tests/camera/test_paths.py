"""Path and timing: even speed, keyed slopes, handles, no racing and no stopping."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera import camera_at
from previz.camera.path import along_path
from previz.camera.timing import eased, minimum_jerk, travel_over
from previz.curves import Monotone
from previz.errors import ModelError
from previz.model import Camera, CameraPose, TimingKey

LAW = settings(deadline=None, max_examples=60)


def through(*positions, **first):
    poses = [CameraPose(position_m=p, target_m=(0, 1, -30)) for p in positions]
    poses[0] = poses[0].changed(**first)
    return tuple(poses)


def even(length):
    return (TimingKey(frame=0, travel=0), TimingKey(frame=length - 1, travel=1))


def speeds(camera, length):
    at = [
        camera_at(camera, length_frames=length, frame=f).position_m
        for f in range(length)
    ]
    return np.linalg.norm(np.diff(at, axis=0), axis=1)


axis = st.floats(-8, 8).map(lambda v: round(v, 2))


@LAW
@given(
    st.lists(
        st.tuples(axis, st.floats(0.3, 3), axis), min_size=2, max_size=6, unique=True
    )
)
def test_even_timing_is_even_speed_within_a_percent(positions):
    # A chord between frames cuts a cusp short, so speed is taken over many frames.
    length, each = 20_001, 200
    camera = Camera(poses=through(*positions), timing=even(length))
    at = along_path(camera, length_frames=length).position
    steps = np.linalg.norm(np.diff(at, axis=0), axis=1)
    run = np.add.reduceat(steps, np.arange(0, length - 1, each))
    assert run.max() / run.min() < 1.01


def test_handles_bend_the_path_and_leave_its_speed_even():
    camera = Camera(
        poses=through((0, 1, 0), (4, 1, 0), tangent_m=(0.0, 6.0, 0.0)), timing=even(401)
    )
    heights = [
        camera_at(camera, length_frames=401, frame=f).position_m[1] for f in range(401)
    ]
    assert max(heights) > 1.5
    steps = speeds(camera, 401)
    assert steps.max() / steps.min() < 1.01


def test_a_handle_is_the_path_s_direction_at_its_key():
    poses = through((0, 1, 0), (4, 1, 0), tangent_m=(0.0, 0.0, -5.0))
    camera = Camera(poses=poses, timing=even(2001))
    start, after = (
        camera_at(camera, length_frames=2001, frame=f).position_m for f in (0, 1)
    )
    way = (after - start) / np.linalg.norm(after - start)
    assert np.allclose(way, (0, 0, -1), atol=0.01)


def test_a_distant_key_neither_races_nor_stops_the_camera():
    poses = through((0, 1, 0), (0.4, 1, 0), (0.9, 1, 0.1), (12, 1, -3), (12.5, 1, -3))
    steps = speeds(Camera(poses=poses, timing=even(301)), 301)
    assert steps.max() / steps.min() < 1.03


def test_a_timing_key_s_speed_is_the_slope_there():
    line = through((0, 1, 0), (10, 1, 0))
    keys = (
        TimingKey(frame=0, travel=0.0),
        TimingKey(frame=50, travel=0.5, speed=0.0),
        TimingKey(frame=100, travel=1.0, speed=0.02),
    )
    x = [
        camera_at(
            Camera(poses=line, timing=keys), length_frames=101, frame=f
        ).position_m[0]
        for f in range(101)
    ]
    assert x[51] - x[50] < 0.01
    assert x[100] - x[99] == pytest.approx(10 * 0.02, rel=0.05)
    assert np.all(np.diff(x) >= 0)


@LAW
@given(
    st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True),
    st.lists(st.floats(0, 1), min_size=8, max_size=8),
    st.lists(st.none() | st.floats(0, 5), min_size=8, max_size=8),
)
def test_travel_is_monotone_whatever_speeds_are_keyed(frames, travels, slopes):
    keys = tuple(
        TimingKey(frame=f, travel=t, speed=s)
        for f, t, s in zip(sorted(frames), sorted(travels), slopes, strict=False)
    )
    found = travel_over(keys, length_frames=61)
    assert np.all(np.diff(found) >= 0)
    for key in keys:
        assert found[key.frame] == pytest.approx(key.travel, abs=1e-12)


@LAW
@given(st.floats(0, 1), st.floats(0, 1))
def test_an_eased_move_starts_ends_and_never_turns_back(begin, end):
    total = max(begin + end, 1.0)
    begin, end = begin / total, end / total
    done = eased(np.linspace(-0.2, 1.2, 400), ease_in=begin, ease_out=end)
    assert done[0] == 0.0
    assert done[-1] == 1.0
    assert np.all(np.diff(done) >= -1e-12)


def test_without_ease_a_move_is_even():
    done = eased(np.linspace(0, 1, 11), ease_in=0.0, ease_out=0.0)
    assert np.allclose(np.diff(done), 0.1)


def test_a_whip_is_steeper_in_the_middle_than_an_even_move():
    done = minimum_jerk(np.array([0.0, 0.45, 0.55, 1.0]))
    assert (done[0], done[-1]) == (0.0, 1.0)
    assert done[2] - done[1] > 0.18


@LAW
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=7), st.floats(-1, 8))
def test_one_place_of_a_curve_is_the_same_as_among_many(values, place):
    curve = Monotone.through(range(len(values)), [[v] for v in values])
    assert curve.over([place])[0, 0] == pytest.approx(curve.at(place)[0], abs=1e-12)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: TimingKey(frame=0, travel=float("nan")), "finite"),
        (
            lambda: Camera(
                poses=through((0, 1, 0)),
                timing=(TimingKey(frame=9, travel=0), TimingKey(frame=3, travel=1)),
            ),
            "rising frame",
        ),
        (
            lambda: Camera(
                poses=through((0, 1, 0)),
                timing=(TimingKey(frame=3, travel=0), TimingKey(frame=3, travel=1)),
            ),
            "drop the second key",
        ),
        (lambda: through((0, 1, 0), focal_length_mm=0), ">= 1 mm"),
        (lambda: through((0, float("inf"), 0)), "finite"),
    ],
)
def test_keys_that_no_camera_can_take_are_said(make, said):
    with pytest.raises(ModelError, match=said):
        make()
