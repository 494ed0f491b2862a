"""The whole camera at a frame: tracks, focus, breathing, exposure, purity."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera import camera_at
from previz.camera import moves as mv
from previz.camera.motion import _course
from previz.errors import ModelError
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
    Rig,
    RigKind,
    Sensor,
    TimingKey,
    Track,
)

LAW = settings(deadline=None, max_examples=30)
LENGTH = 49


def camera(**fields):
    pose = CameraPose(position_m=(0, 1.5, 5), target_m=(0, 1.5, 0), focus_distance_m=5)
    return Camera(poses=(pose,), **fields)


def at(of, frame=0, **others):
    return camera_at(of, length_frames=LENGTH, frame=frame, rate=Rate(), **others)


def track(control, *keys):
    return Track(
        control=control, keys=tuple(ControlKey(frame=f, value=v) for f, v in keys)
    )


def read(state, control):
    """Return what a control reads in a state."""
    match control:
        case Control.FOCAL_LENGTH:
            return state.focal_length_mm
        case Control.ROLL:
            turn = state.world_from_camera
            return math.degrees(math.atan2(-turn[1, 0], turn[1, 1]))
        case Control.ISO:
            time = 180 / 360 / 24
            ev = math.log2(state.t_stop**2 / time) - state.exposure_ev100
            return 100 * 2**ev
        case Control.ND:
            time = 180 / 360 / 24
            return state.exposure_ev100 - math.log2(2.8**2 / time) + math.log2(8)
        case Control.GATE_CROP:
            return state.sensor.width_mm / Sensor().width_mm
        case Control.SHUTTER | Control.WHITE_BALANCE | Control.T_STOP | Control.SQUEEZE:
            return getattr(state, str(control))
        case Control.BREATHING | Control.CATS_EYE:
            return getattr(state.lens, str(control))
    return getattr(state.look, str(control))


ENDS = {
    Control.FOCAL_LENGTH: (24.0, 70.0),
    Control.T_STOP: (2.0, 8.0),
    Control.ROLL: (-5.0, 12.0),
    Control.SQUEEZE: (1.0, 2.0),
    Control.SHUTTER: (90.0, 180.0),
    Control.ISO: (400.0, 1600.0),
    Control.ND: (0.0, 3.0),
    Control.WHITE_BALANCE: (3200.0, 5600.0),
    Control.CHROMATIC_ABERRATION: (0.0, 0.01),
    Control.DISTORTION: (-0.1, 0.1),
    Control.BREATHING: (0.0, 0.1),
}


@pytest.mark.parametrize("control", list(Control))
def test_every_control_follows_its_track(control):
    first, last = ENDS.get(control, (0.1, 0.5))
    moved = camera(
        lens=Lens(focal_length_mm=18, longest_mm=100),
        iso=800,
        tracks=(track(control, (8, first), (40, last)),),
    )
    values = [read(at(moved, f), control) for f in range(LENGTH)]
    assert values[0] == pytest.approx(first)
    assert values[8] == pytest.approx(first)
    assert values[48] == pytest.approx(last)
    assert np.all(np.diff(values) * np.sign(last - first) >= -1e-9)
    assert min(first, last) < values[24] < max(first, last)


def test_a_track_leaves_the_other_controls_as_stored():
    look = Look(grain=0.2, vignette_stops=1.0)
    state = at(camera(look=look, tracks=(track(Control.GRAIN, (0, 0.4)),)))
    assert state.look == look.changed(grain=0.4)


def test_exposure_follows_the_scene_until_an_iso_is_set():
    assert at(camera(), exposure_ev100=6.5).exposure_ev100 == 6.5
    set_ = at(camera(iso=800, nd_stops=2.0), exposure_ev100=6.5).exposure_ev100
    assert set_ == pytest.approx(math.log2(2.8**2 * 48) - 3 + 2)


def test_a_shutter_twice_as_open_is_a_stop_brighter():
    wide, narrow = (
        at(camera(iso=800, shutter_deg=deg)).exposure_ev100 for deg in (180, 90)
    )
    assert narrow - wide == pytest.approx(1)


def test_focus_keys_hold_until_the_pull_and_pull_by_a_curve():
    keys = (
        FocusKey(frame=0, distance_m=4.0),
        FocusKey(frame=40, distance_m=1.0, pull_frames=16),
    )
    focus = [at(camera(focus=keys), f).focus_distance_m for f in range(LENGTH)]
    assert focus[:25] == [pytest.approx(4.0)] * 25
    assert focus[32] == pytest.approx(1 / ((1 / 4 + 1) / 2))
    assert focus[40:] == [pytest.approx(1.0)] * 9
    assert np.all(np.diff(focus) <= 0)


def goes(subject, part, frame):
    return {"ann": (0.5, 1.6, 3.0 - 0.05 * frame), "bob": (-0.5, 1.6, -2.0)}.get(
        subject
    )


def test_focus_pulls_between_people_wherever_they_go():
    keys = (
        FocusKey(frame=0, subject="ann"),
        FocusKey(frame=48, subject="bob", pull_frames=12),
    )
    held = camera(focus=keys)
    assert at(held, 30, where=goes).focus_distance_m == pytest.approx(5 - 1.5)
    assert at(held, 48, where=goes).focus_distance_m == pytest.approx(7)


def test_a_rack_to_somebody_ends_on_them():
    racked = mv.rack_focus(camera(), over_s=1, rate=Rate(), subject="bob")
    assert at(racked, 24, where=goes).focus_distance_m == pytest.approx(7)
    assert at(racked, 24).focus_distance_m == pytest.approx(mv.UNKNOWN_FOCUS_M)


def test_focus_on_nobody_stays_as_stored():
    held = camera(focus=(FocusKey(frame=0, subject="cat"),))
    assert at(held, 3, where=goes).focus_distance_m == pytest.approx(5)
    assert at(held, 3).focus_distance_m == pytest.approx(5)


@pytest.mark.parametrize("z", [4.9, 9.0])
def test_focus_nearer_than_the_lens_or_behind_the_camera_rests_at_close_focus(z):
    held = camera(
        focus=(FocusKey(frame=0, subject="ann"),), lens=Lens(close_focus_m=0.6)
    )
    state = at(held, where=lambda *_: (0.0, 1.5, z))
    assert state.focus_distance_m == pytest.approx(0.6)


def test_a_breathing_lens_widens_towards_close_focus():
    lens = Lens(breathing=0.1, close_focus_m=0.5)
    far, near, between = (
        at(camera(lens=lens, focus=(FocusKey(frame=0, distance_m=d),))).focal_length_mm
        for d in (10_000, 0.5, 1.0)
    )
    assert far == pytest.approx(35, rel=1e-4)
    assert near == pytest.approx(35 * 0.9)
    assert between == pytest.approx(35 * 0.95)


@st.composite
def busy(draw):
    """Return a camera with everything on."""
    poses = tuple(
        CameraPose(
            position_m=(draw(st.floats(-3, 3)), 1.5, 4.0 + i),
            target_m=(0, draw(st.floats(1, 2)), -3),
            roll_deg=draw(st.floats(-10, 10)),
        )
        for i in range(draw(st.integers(1, 4)))
    )
    made = Camera(
        poses=poses,
        timing=(TimingKey(frame=0, travel=0), TimingKey(frame=30, travel=1)),
        lens=Lens(focal_length_mm=10, longest_mm=300, breathing=0.07),
        rig=Rig(kind=draw(st.sampled_from(RigKind))),
        aim=Aim(subjects=("ann",), lag_s=draw(st.sampled_from((0.0, 0.3)))),
        focus=(FocusKey(frame=0, subject="ann"), FocusKey(frame=30, subject="bob")),
        tracks=(track(Control.GRAIN, (0, 0.0), (20, 0.3)),),
        seed=draw(st.integers(0, 99)),
    )
    made = mv.push_in(made, 0.7, over_s=1, subject="ann")
    return mv.dolly_zoom(mv.arc(made, 20, subject="bob"), -0.6, subject="ann")


def seen(state):
    return (
        state.world_from_camera.tobytes(),
        state.focal_length_mm,
        state.focus_distance_m,
        state.look,
    )


@settings(LAW, max_examples=10)
@given(busy(), st.randoms(use_true_random=False))
def test_any_order_of_frames_gives_the_same_bits(moved, rng):
    frames = list(range(0, LENGTH, 5))
    forward = {f: seen(at(moved, f, where=goes)) for f in frames}
    random.Random(rng.random()).shuffle(frames)
    _course.cache_clear()
    for frame in frames:
        assert seen(at(moved, frame, where=goes)) == forward[frame]


@LAW
@given(busy(), st.integers(-5, LENGTH + 5))
def test_a_camera_is_always_rigid_and_finite(moved, frame):
    state = at(moved, frame, where=goes)
    turn = state.world_from_camera[:3, :3]
    assert np.all(np.isfinite(state.world_from_camera))
    assert np.allclose(turn.T @ turn, np.eye(3), atol=1e-9)
    assert state.focal_length_mm > 0
    assert state.focus_distance_m > 0


def test_an_equal_camera_gives_equal_bits():
    one, other = (mv.push_in(camera(), 1.0) for _ in range(2))
    assert one is not other
    assert seen(at(one, 20)) == seen(at(other, 20))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: track(Control.T_STOP, (0, -2.0)), "0.5 to 64"),
        (lambda: track(Control.GRAIN, (0, math.nan)), "finite"),
        (lambda: track(Control.GRAIN, (5, 0.1), (5, 0.2)), "drop the second key"),
        (lambda: FocusKey(frame=0, distance_m=-1.0), ">= 0.001 m"),
        (lambda: FocusKey(frame=0, distance_m=1e-300), ">= 0.001 m"),
        (lambda: Lens(focal_length_mm=1e-300), ">= 1 mm"),
        (lambda: Lens(t_stop=1e-300, widest_t_stop=1e-300), ">= 0.5"),
        (lambda: Sensor(width_mm=1e-300), ">= 1 mm"),
        (lambda: Look(gate_crop=1e-300), "gate_crop must be >= 0.05"),
        (lambda: camera(iso=1e-300), "iso must be >= 1"),
        (lambda: camera(shutter_deg=1e-300), "shutter_deg must be >= 1"),
        (lambda: Aim(subjects=("ann",), at=((1e300, 0.0),)), "<= 5"),
        (lambda: Aim(subjects=()), "at least 1 long"),
        (lambda: ControlKey(frame=10**30, value=1.0), "<= 10000000, got 1"),
        (
            lambda: camera(
                lens=Lens(t_stop=4.0, widest_t_stop=2.8),
                tracks=(track(Control.T_STOP, (0, 4.0), (9, 2.0)),),
            ),
            "must be >= T2.8.*got 2 at frame 9",
        ),
        (lambda: Lens(t_stop=-2.8), "t_stop must be >= 0.5"),
        (
            lambda: camera(
                focus=(FocusKey(frame=4, distance_m=1), FocusKey(frame=4, distance_m=2))
            ),
            "drop the second key",
        ),
    ],
)
def test_settings_that_no_camera_has_are_said(make, said):
    with pytest.raises(ModelError, match=said):
        make()
