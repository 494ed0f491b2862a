"""What a rig cannot do, said with frame, value and limit."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera import moves as mv
from previz.camera import rig_faults
from previz.camera.limits import USUAL_LIMITS, limits_of
from previz.model import (
    Camera,
    CameraPose,
    Control,
    ControlKey,
    FocusKey,
    Lens,
    Rate,
    Rig,
    RigKind,
    Track,
)

LAW = settings(deadline=None, max_examples=15)
FILM = Rate()
HOUSE = re.compile(r"^\w+\.\w+ must .+, got .+ at frame \d+.*\. .+\.$")


def on(kind, height=1.5, z=5.0, **rig):
    pose = CameraPose(position_m=(0, height, z), target_m=(0, height, 0))
    return Camera(poses=(pose,), rig=Rig(kind=kind, **rig))


def faults(camera, length=97, **others):
    found = rig_faults(camera, length_frames=length, rate=FILM, **others)
    for fault in found:
        assert HOUSE.match(fault.text), fault.text
        assert f"frame {fault.frame}" in fault.text
    return {fault.quantity: fault for fault in found}


def test_every_kind_has_limits_with_a_reason():
    assert set(USUAL_LIMITS) == set(RigKind)
    assert all(limits.source for limits in USUAL_LIMITS.values())


@pytest.mark.parametrize("kind", RigKind)
def test_a_camera_that_stands_at_eye_height_is_within_every_rig(kind):
    assert faults(on(kind)) == {}


ABLE = [
    (RigKind.STICKS, lambda c: mv.tilt(mv.pan(c, 90), 20)),
    (RigKind.STICKS, lambda c: mv.whip_pan(c, 90, over_s=0.3, start_frame=20)),
    (RigKind.SLIDER, lambda c: mv.truck(c, 1.15)),
    (RigKind.DOLLY, lambda c: mv.push_in(c, 1.2, over_s=3)),
    (RigKind.DOLLY, lambda c: mv.pedestal(c, 0.7)),
    (RigKind.TRACK, lambda c: mv.arc(c, 45)),
    (RigKind.PEDESTAL, lambda c: mv.pedestal(c, -0.8)),
    (RigKind.JIB, lambda c: mv.crane(c, 2.0)),
    (RigKind.CRANE, lambda c: mv.crane(c, 4.0)),
    (RigKind.STEADICAM, lambda c: mv.dolly(c, 5.0)),
    (RigKind.GIMBAL, lambda c: mv.arc(c, 90)),
    (RigKind.HANDHELD, lambda c: mv.truck(c, 4.0)),
    (RigKind.DRONE, lambda c: mv.pedestal(c, 10.0)),
    (RigKind.CAR_MOUNT, lambda c: mv.dolly(c, 15.0)),
    (RigKind.CAR_MOUNT, lambda c: mv.arc(c, 90)),
]


@pytest.mark.parametrize(("kind", "move"), ABLE)
def test_what_a_rig_is_made_for_it_does(kind, move):
    assert faults(move(on(kind))) == {}


UNABLE = [
    (RigKind.STICKS, lambda c: mv.push_in(c, 1), "travel"),
    (RigKind.SLIDER, lambda c: mv.truck(c, 2), "travel"),
    (RigKind.SLIDER, lambda c: mv.arc(c, 12), "distance from a straight line"),
    (RigKind.DOLLY, lambda c: mv.pedestal(c, 1.4), "height"),
    (RigKind.DOLLY, lambda c: mv.push_in(c, 4, over_s=0.5), "speed"),
    (
        RigKind.DOLLY,
        lambda c: mv.truck(c, 4, ease="none", start_frame=9),
        "acceleration",
    ),
    (RigKind.TRACK, lambda c: mv.arc(c, 90), "radius of the bend"),
    (RigKind.PEDESTAL, lambda c: mv.pedestal(c, 0.8), "height"),
    (RigKind.JIB, lambda c: mv.pedestal(c, 2), "distance from the sweep of a 2 m arm"),
    (RigKind.CRANE, lambda c: mv.crane(c, 8.5), "height"),
    (RigKind.STEADICAM, lambda c: mv.pedestal(c, -1.1), "change of height"),
    (RigKind.GIMBAL, lambda c: mv.orbit(c, 1080), "speed"),
    (RigKind.HANDHELD, lambda c: mv.pedestal(c, 1), "height"),
    (RigKind.DRONE, lambda c: mv.pedestal(c, -1.3), "height"),
    (RigKind.CRANE, lambda c: mv.pan(c, 180, over_s=0.5), "turn"),
    (RigKind.CAR_MOUNT, lambda c: mv.pan(mv.dolly(c, 10), 30), "turn against the car"),
]


@pytest.mark.parametrize(("kind", "move", "quantity"), UNABLE)
def test_what_a_rig_cannot_do_is_said(kind, move, quantity):
    z = 1.0 if quantity == "radius of the bend" else 5.0
    found = faults(move(on(kind, z=z)))
    assert quantity in found


@LAW
@given(
    st.floats(0.1, 4),
    st.floats(0.1, 3),
    st.sampled_from((RigKind.SLIDER, RigKind.TRACK)),
)
def test_travel_is_at_fault_exactly_beyond_the_track(metres, track, kind):
    found = faults(mv.truck(on(kind, track_m=track), metres), length=240)
    assert ("travel" in found) == (metres > track + 0.02)
    if "travel" in found:
        fault = found["travel"]
        assert fault.limit == track
        assert fault.frame > 20
        assert track < fault.value <= metres + 1e-9


@LAW
@given(st.floats(-1.4, 3), st.floats(0.3, 1.4), st.floats(1.6, 4))
def test_height_is_at_fault_exactly_beyond_the_rig_s(rise, lowest, highest):
    rig = {"lowest_m": lowest, "highest_m": highest}
    found = faults(mv.pedestal(on(RigKind.DRONE, **rig), rise), length=240)
    beyond = 1.5 + rise > highest + 0.02 or 1.5 + rise < lowest - 0.02
    assert ("height" in found) == beyond


@LAW
@given(st.floats(0.5, 12), st.floats(0.5, 3))
def test_speed_is_at_fault_exactly_beyond_the_rig_s(metres, top):
    moved = mv.truck(on(RigKind.DRONE, top_speed_mps=top), metres, ease="none")
    found = faults(moved, length=97)
    assert ("speed" in found) == (metres / 4 > top * 1.01)


@LAW
@given(st.floats(-3.5, 3.5), st.floats(2, 8), st.integers(0, 360))
def test_a_swing_of_any_arm_is_on_its_sweep(rise, arm, yaw):
    pose = CameraPose(
        position_m=(0, 4.0, 0),
        target_m=(np.sin(np.radians(yaw)), 4.0, np.cos(np.radians(yaw))),
    )
    rig = Rig(kind=RigKind.CRANE, arm_m=arm, lowest_m=0, highest_m=20)
    found = faults(mv.crane(Camera(poses=(pose,), rig=rig), rise), length=240)
    assert not any("sweep" in quantity for quantity in found)


def test_a_rig_s_own_limit_decides_over_the_usual_one():
    assert limits_of(Rig(kind=RigKind.SLIDER)).travel_m == 1.2
    assert limits_of(Rig(kind=RigKind.SLIDER, track_m=0.6)).travel_m == 0.6


def test_a_zoom_out_of_range_is_said():
    lens = Lens(focal_length_mm=24, longest_mm=50)
    keys = (ControlKey(frame=0, value=30), ControlKey(frame=96, value=80))
    tracks = (Track(control=Control.FOCAL_LENGTH, keys=keys),)
    fault = faults(on(RigKind.STICKS).changed(lens=lens, tracks=tracks))["focal length"]
    assert (fault.limit, fault.unit) == (50, "mm")
    assert 50 < fault.value < 51
    assert 30 < fault.frame < 60


def test_a_dolly_zoom_on_a_prime_is_said():
    fault = faults(mv.dolly_zoom(on(RigKind.DOLLY), 1.0))["focal length"]
    assert fault.limit == 35
    assert 0 < fault.frame < 20


def test_a_dolly_zoom_past_its_subject_is_said():
    found = faults(mv.dolly_zoom(on(RigKind.DOLLY), 6.0))
    assert 50 < found["subject's depth"].frame < 96


def test_focus_nearer_than_the_lens_is_said_at_its_key():
    keys = (FocusKey(frame=0, distance_m=2), FocusKey(frame=40, distance_m=0.1))
    fault = faults(on(RigKind.STICKS).changed(focus=keys))["focus"]
    assert (fault.frame, fault.value, fault.limit) == (40, 0.1, 0.35)


def test_focus_on_somebody_behind_the_camera_is_said():
    held = on(RigKind.STICKS).changed(focus=(FocusKey(frame=0, subject="ann"),))
    walk = lambda *about: (0.0, 1.6, 0.1 * about[2])  # noqa: E731
    fault = faults(held, where=walk)["depth of ann"]
    assert fault.frame == 51
    assert fault.value < 0


def test_a_camera_in_a_wall_or_a_body_is_said():
    def inside(point, frame):
        return "the wall" if point[2] < 4.0 else ""

    fault = faults(mv.push_in(on(RigKind.DOLLY), 2.0), inside=inside)["clearance"]
    assert "out of the wall" in fault.text
    assert 20 < fault.frame < 96


def test_a_crane_move_beyond_twice_its_arm_is_said():
    fault = faults(mv.crane(on(RigKind.CRANE, arm_m=2.0), 6.0))["swing of the arm"]
    assert (fault.value, fault.limit, fault.frame) == (6.0, 4.0, 96)
    assert "swing of the arm" not in faults(mv.crane(on(RigKind.CRANE, arm_m=2.0), 4.0))
