"""Aim: people where the operator wants them in the frame."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from previz.camera import camera_at
from previz.camera.toric import Toric, _turned, two_subject_camera
from previz.errors import PrevizError
from previz.model import (
    Aim,
    Camera,
    CameraPose,
    Control,
    ControlKey,
    FocusKey,
    Lens,
    Look,
    Rate,
    Sensor,
    Track,
)

LAW = settings(deadline=None, max_examples=80)
FRAME = np.array([1000.0, 1000.0 * 14 / 24.89])
SIZE = {"width_px": 1000, "height_px": float(FRAME[1])}

place = st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9))
people = st.tuples(st.floats(-4, 4), st.floats(0.8, 2.2), st.floats(-4, 2))


def camera(roll=0.0, **fields):
    pose = CameraPose(position_m=(0, 1.5, 6), target_m=(0, 1.5, 0), roll_deg=roll)
    return Camera(poses=(pose,), **fields)


def shares(state, *points):
    pixels, depth = state.project(np.array(points, float), **SIZE)
    assert np.all(depth > 0)
    return pixels / FRAME


def standing(**points):
    return lambda subject, part, frame: points.get(subject)


def at(moved, where, frame=0, length=100):
    return camera_at(moved, length_frames=length, frame=frame, rate=Rate(), where=where)


@LAW
@given(
    people,
    place,
    st.floats(-80, 80),
    st.floats(18, 135),
    st.floats(-0.3, 0.3),
    st.sampled_from((0.0, 0.1, -0.2)),
)
def test_one_subject_is_held_within_a_millionth_of_the_frame(
    point, wanted, roll, focal, shift, breathing
):
    moved = camera(
        roll,
        aim=Aim(subjects=("ann",), at=(wanted,)),
        focus=(FocusKey(frame=0, subject="ann"),),
        lens=Lens(focal_length_mm=focal, breathing=breathing, close_focus_m=0.6),
        look=Look(shift_x=shift, shift_y=-shift, gate_crop=0.8),
        tracks=(
            Track(
                control=Control.FOCAL_LENGTH,
                keys=(ControlKey(frame=0, value=focal),),
            ),
        ),
    )
    found = shares(at(moved, standing(ann=point)), point)
    assert np.abs(found - wanted).max() < 1e-6


def test_an_anamorphic_holds_its_subject_too():
    moved = camera(
        lens=Lens(squeeze=2.0),
        sensor=Sensor(width_mm=22.0, height_mm=18.0),
        aim=Aim(subjects=("ann",), at=((0.2, 0.3),)),
    )
    point = (1.0, 1.7, 0.5)
    state = at(moved, standing(ann=point))
    high = 1000 * 18.0 / 44.0
    pixel, _ = state.project(np.array([point]), width_px=1000, height_px=high)
    assert np.allclose(pixel[0] / (1000, high), (0.2, 0.3), atol=1e-9)


@LAW
@given(st.floats(-60, 60))
def test_the_aim_keeps_the_roll(roll):
    moved = camera(roll, aim=Aim(subjects=("ann",), at=((0.3, 0.4),)))
    right = at(moved, standing(ann=(1.0, 2.0, 0.0))).world_from_camera[:3, 0]
    back = at(moved, standing(ann=(1.0, 2.0, 0.0))).world_from_camera[:3, 2]
    level = math.hypot(back[0], back[2])
    assert right[1] == pytest.approx(-math.sin(math.radians(roll)) * level)


two = Aim(subjects=("ann", "bob"), at=((0.3, 0.4), (0.7, 0.4)))


@LAW
@given(people, people, place, place)
def test_pan_and_tilt_miss_two_subjects_as_little_as_they_can(a, b, first, second):
    moved = camera(aim=two.changed(at=(first, second)))
    where = standing(ann=a, bob=b)
    state = at(moved, where)
    _, depth = state.project(np.array([a, b]), **SIZE)
    assume(np.all(depth > 0.5))

    def miss(turn):
        local = (np.array([a, b]) - state.position_m) @ turn
        ahead = -local[:, 2]
        slope = local[:, :2] / ahead[:, None]
        wide, high = 24.89 / 35, 14.0 / 35
        wanted = [((x - 0.5) * wide, (0.5 - y) * high) for x, y in (first, second)]
        return float(np.sum((slope - wanted) ** 2))

    turn = state.world_from_camera[:3, :3]
    least = miss(turn)
    for yaw, tilt in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)):
        c, s, ct, s2 = math.cos(yaw), math.sin(yaw), math.cos(tilt), math.sin(tilt)
        about_y = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
        about_x = np.array([[1, 0, 0], [0, ct, -s2], [0, s2, ct]])
        assert least <= miss(about_y @ turn @ about_x) + 1e-9


@LAW
@given(people, people, place, place, st.floats(-20, 20), st.floats(18, 100))
def test_two_subjects_are_hit_exactly_by_position(a, b, first, second, roll, focal):
    assume(math.dist(a, b) > 0.3)
    assume(math.dist(first, second) > 0.05)
    moved = camera(
        roll,
        aim=two.changed(at=(first, second), solve="position"),
        lens=Lens(focal_length_mm=focal),
    )
    state = at(moved, standing(ann=a, bob=b))
    assert np.abs(shares(state, a, b) - (first, second)).max() < 1e-6
    turn = state.world_from_camera[:3, :3]
    assert np.allclose(turn.T @ turn, np.eye(3), atol=1e-9)


@LAW
@given(
    st.floats(0.8, 3), st.floats(-1, 1), st.floats(0.2, 0.45), st.floats(0.55, 0.8),
    st.floats(0.3, 0.6), st.floats(-20, 20),
)  # fmt: skip
def test_position_keeps_the_horizon_where_it_can(gap, nearer, left, right, high, roll):
    a, b = (-gap / 2, 1.6, nearer / 2), (gap / 2, 1.6, -nearer / 2)
    moved = camera(
        roll, aim=two.changed(at=((left, high), (right, high)), solve="position")
    )
    turn = at(moved, standing(ann=a, bob=b)).world_from_camera[:3, :3]
    level = math.hypot(turn[0, 2], turn[2, 2])
    assert turn[1, 0] == pytest.approx(-math.sin(math.radians(roll)) * level, abs=1e-6)
    # A rolled horizon under a level pair is only had by looking straight down.
    assert turn[1, 1] > -1e-9


@settings(LAW, max_examples=20)
@given(
    st.floats(-0.6, 0.6), st.floats(-2, 2), st.floats(-0.2, 0.2), st.floats(-0.2, 0.2)
)
def test_no_other_place_of_the_arc_has_a_leveller_horizon(rise, nearer, high, low):
    a, b = np.array([-0.5, 1.6, nearer]), np.array([0.5, 1.6 + rise, 0.0])
    rays = np.array([-0.2, high, -1.0]), np.array([0.25, low, -1.0])
    near = np.array([0.3, 1.7, 5.0])
    place, turn = two_subject_camera(a, b, rays, near=near)
    found = Toric.of(place, a, b)

    def lean(phi):
        at = Toric(found.alpha, found.theta, phi).position(a, b)
        return abs(_turned(a - at, b - at, *rays)[1, 0])

    least = min(lean(phi) for phi in np.linspace(-math.pi, math.pi, 181))
    assert abs(turn[1, 0]) <= least + 1e-9


def test_position_keeps_who_is_nearer():
    where = standing(ann=(-0.5, 1.6, 1.5), bob=(0.6, 1.6, -1.0))
    eye = at(camera(aim=two.changed(solve="position")), where).position_m
    assert math.dist(eye, (-0.5, 1.6, 1.5)) < math.dist(eye, (0.6, 1.6, -1.0))


@LAW
@given(
    people, people, st.floats(0.1, 3), st.floats(0.05, 0.95), st.floats(-3.1, 3.1)
)  # fmt: skip
def test_toric_coordinates_come_back_from_their_place(a, b, alpha, share, phi):
    assume(math.dist(a, b) > 0.3)
    first, second = np.array(a), np.array(b)
    wanted = Toric(alpha, share * 2 * (math.pi - alpha), phi)
    found = Toric.of(wanted.position(first, second), first, second)
    assert found.alpha == pytest.approx(alpha, abs=1e-6)
    assert found.theta == pytest.approx(wanted.theta, abs=1e-6)
    assert math.remainder(found.phi - phi, 2 * math.pi) == pytest.approx(0, abs=1e-6)


def test_two_subjects_in_one_place_have_no_toric_camera():
    here, ray = np.array([0.0, 1, 0]), np.array([0.1, 0.0, -1])
    other = np.array([-0.1, 0.0, -1])
    far = np.array([0.0, 1, 5])
    assert two_subject_camera(here, here, (ray, other), near=far) is None
    assert two_subject_camera(here, far, (ray, ray), near=far) is None


def test_where_nobody_is_the_stored_orientation_stays():
    still = at(camera(), None).world_from_camera
    for aim in (Aim(subjects=("ann",)), two, two.changed(solve="position")):
        for where in (None, standing()):
            found = at(camera(aim=aim), where).world_from_camera
            assert np.array_equal(found, still)


def test_of_two_subjects_the_one_who_is_there_is_held():
    state = at(camera(aim=two), standing(bob=(1.0, 1.7, 0.0)))
    assert np.allclose(shares(state, (1.0, 1.7, 0.0)), (0.7, 0.4), atol=1e-9)


def runs(subject, part, frame):
    return (-2.0 + 0.05 * frame, 1.6, 0.0)


@pytest.mark.parametrize("lag", [0.2, 0.5, 1.0])
def test_an_operator_trails_by_the_lag(lag):
    aim = Aim(subjects=("ann",), at=((0.5, 0.5),), lag_s=lag)
    state = at(camera(aim=aim), runs, frame=99)
    late = runs("ann", "eyes", 99 - 24 * lag)
    assert np.allclose(shares(state, late), (0.5, 0.5), atol=0.004)


def test_an_operator_has_settled_when_the_shot_begins():
    aim = Aim(subjects=("ann",), at=((0.5, 0.5),), lag_s=1.0)
    state = at(camera(aim=aim), runs)
    assert np.allclose(shares(state, runs("ann", "eyes", 0)), (0.5, 0.5), atol=1e-9)


def test_a_part_is_asked_for_by_its_name():
    asked = []

    def where(subject, part, frame):
        asked.append((subject, part, frame))
        return (0.0, 1.0, 0.0)

    at(camera(aim=Aim(subjects=("ann",), part="hips")), where, frame=7)
    assert asked == [("ann", "hips", 7)]


def test_somebody_at_no_finite_place_is_said():
    aim = Aim(subjects=("ann",))
    with pytest.raises(
        PrevizError, match=r"ann at a finite place, got .*nan.* frame 3"
    ):
        at(camera(aim=aim), standing(ann=(math.nan, 0.0, 0.0)), frame=3)
