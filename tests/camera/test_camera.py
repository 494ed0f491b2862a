"""The camera on its path, in its time."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from previz.model import Camera, CameraPose, Rate, Rig, RigKind, Sensor, TimingKey
from previz.stage import CameraState, camera_at, look_at

LAW = settings(deadline=None, max_examples=40)

metres = st.floats(-20, 20, allow_nan=False).map(lambda v: round(v, 3))
points = st.tuples(metres, metres, metres)


@st.composite
def poses(draw, least=1, most=5):
    out = []
    for _ in range(draw(st.integers(least, most))):
        position, target = draw(points), draw(points)
        assume(np.linalg.norm(np.subtract(position, target)) > 0.1)
        out.append(
            CameraPose(
                position_m=position,
                target_m=target,
                roll_deg=draw(st.floats(-60, 60)),
                focal_length_mm=draw(st.floats(14, 135)),
                focus_distance_m=draw(st.floats(0.5, 20)),
            )
        )
    return tuple(out)


def state(position, target, roll_deg=0.0):
    return CameraState(
        world_from_camera=look_at(
            np.array(position), np.array(target), roll_deg=roll_deg
        ),
        sensor=Sensor(),
        focal_length_mm=35.0,
        squeeze=1.0,
        t_stop=2.8,
        focus_distance_m=2.0,
    )


@LAW
@given(points, points, st.floats(-180, 180))
def test_look_at_is_a_rigid_right_handed_frame(position, target, roll):
    assume(np.linalg.norm(np.subtract(position, target)) > 1e-3)
    rotation = look_at(np.array(position), np.array(target), roll_deg=roll)[:3, :3]
    assert np.allclose(rotation.T @ rotation, np.eye(3), atol=1e-9)
    assert np.linalg.det(rotation) == pytest.approx(1.0)


@LAW
@given(points, points)
def test_what_is_looked_at_lies_in_the_middle_of_the_picture(position, target):
    gap = float(np.linalg.norm(np.subtract(position, target)))
    assume(gap > 0.1)
    xy, depth = state(position, target).project(
        np.array([target], float), width_px=640, height_px=360
    )
    assert np.allclose(xy, (320, 180), atol=1e-4)
    assert depth[0] == pytest.approx(gap)


def test_looking_straight_down_is_like_a_plan():
    frame = look_at(np.array([1.0, 5.0, 2.0]), np.array([1.0, 0.0, 2.0]))
    assert np.allclose(frame[:3, 0], (1, 0, 0))
    assert np.allclose(frame[:3, 1], (0, 0, -1))


def test_positive_roll_turns_the_camera_clockwise_seen_from_behind():
    up = look_at(np.array([0.0, 1, 5]), np.array([0.0, 1, 0]), roll_deg=10)[:3, 1]
    assert up[0] == pytest.approx(np.sin(np.radians(10)))


@LAW
@given(poses(), st.integers(2, 200))
def test_the_path_is_entered_and_left_at_its_end_poses(keyed, length):
    camera = Camera(poses=keyed)
    for frame, pose in ((0, keyed[0]), (length - 1, keyed[-1])):
        found = camera_at(camera, length_frames=length, frame=frame)
        if len(keyed) == 1:
            pose = keyed[0]
        expected = look_at(
            np.array(pose.position_m), np.array(pose.target_m), roll_deg=pose.roll_deg
        )
        assert np.allclose(found.position_m, pose.position_m, atol=1e-9)
        assert np.allclose(found.world_from_camera, expected, atol=1e-6)
        assert found.focal_length_mm == pytest.approx(pose.focal_length_mm)
        assert found.focus_distance_m == pytest.approx(pose.focus_distance_m)


@LAW
@given(
    st.lists(st.integers(0, 99), min_size=2, max_size=6, unique=True),
    st.lists(st.floats(0, 1), min_size=6, max_size=6),
)
def test_travel_never_runs_back_and_hits_its_keys(frames, travels):
    frames, travels = sorted(frames), sorted(travels)[: len(frames)]
    line = (
        CameraPose(position_m=(0, 1, 5), target_m=(0, 1, 0)),
        CameraPose(position_m=(10, 1, 5), target_m=(10, 1, 0)),
    )
    keys = tuple(
        TimingKey(frame=f, travel=t) for f, t in zip(frames, travels, strict=True)
    )
    camera = Camera(poses=line, timing=keys)
    x = [
        camera_at(camera, length_frames=100, frame=f).position_m[0] for f in range(100)
    ]
    assert np.all(np.diff(x) >= -1e-9)
    for key in keys:
        assert x[key.frame] == pytest.approx(10 * key.travel, abs=1e-6)


def test_even_timing_moves_at_even_speed_along_a_curve():
    keyed = tuple(
        CameraPose(position_m=p, target_m=(0, 1, -9))
        for p in ((0, 1, 0), (0.5, 1, 0.2), (4, 1, 3), (9, 2, 3))
    )
    keys = (TimingKey(frame=0, travel=0), TimingKey(frame=200, travel=1))
    camera = Camera(poses=keyed, timing=keys)
    at = [camera_at(camera, length_frames=201, frame=f).position_m for f in range(201)]
    steps = np.linalg.norm(np.diff(at, axis=0), axis=1)
    assert steps.std() / steps.mean() < 0.01


def test_a_pan_turns_without_moving():
    keyed = tuple(
        CameraPose(position_m=(0, 1.5, 0), target_m=t)
        for t in ((-3, 1.5, -3), (0, 1.5, -4), (3, 1.5, -3))
    )
    camera = Camera(poses=keyed)
    found = [camera_at(camera, length_frames=49, frame=f) for f in range(49)]
    assert all(np.allclose(s.position_m, (0, 1.5, 0)) for s in found)
    across = [s.world_from_camera[0, 2] for s in found]
    assert np.all(np.diff(across) <= 1e-12)
    assert across[0] - across[-1] > 1


def test_a_one_frame_shot_shows_where_its_move_begins():
    keyed = (
        CameraPose(position_m=(0, 1, 5), target_m=(0, 1, 0)),
        CameraPose(position_m=(0, 1, 2), target_m=(0, 1, 0)),
    )
    found = camera_at(Camera(poses=keyed), length_frames=1, frame=0)
    assert np.allclose(found.position_m, (0, 1, 5))


@LAW
@given(st.integers(0, 2**31), st.integers(0, 500))
def test_handheld_is_small_smooth_and_the_same_every_time(seed, frame):
    pose = CameraPose(position_m=(0, 1.6, 4), target_m=(0, 1.5, 0))
    camera = Camera(poses=(pose,), rig=Rig(kind=RigKind.HANDHELD), seed=seed)

    def at(f):
        return camera_at(camera, length_frames=600, frame=f, rate=Rate())

    here, after = at(frame), at(frame + 1)
    assert np.array_equal(here.world_from_camera, at(frame).world_from_camera)
    assert np.linalg.norm(here.position_m - pose.position_m) < 0.04
    assert 0 < np.linalg.norm(after.position_m - here.position_m) < 0.006
    rotation = here.world_from_camera[:3, :3]
    assert np.allclose(rotation.T @ rotation, np.eye(3), atol=1e-9)


def test_a_roll_across_the_half_turn_takes_the_short_way():
    keyed = tuple(
        CameraPose(position_m=(x, 1, 5), target_m=(x, 1, 0), roll_deg=r)
        for x, r in ((0, 170.0), (1, -170.0))
    )
    middle = camera_at(Camera(poses=keyed), length_frames=3, frame=1)
    assert middle.world_from_camera[1, 1] == pytest.approx(-1, abs=1e-6)
