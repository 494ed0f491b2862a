"""The unrest of carried rigs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.camera import camera_at, handheld_path
from previz.camera import moves as mv
from previz.model import Camera, CameraPose, Rate, Rig, RigKind

LAW = settings(deadline=None, max_examples=40)
FILM = Rate()


@LAW
@given(st.integers(0, 2**31), st.sampled_from(RigKind), st.floats(0, 5))
def test_unrest_scales_and_only_carried_rigs_have_it(seed, kind, unrest):
    whole = handheld_path(seed, 96, rate=FILM, rig=Rig(kind=kind))
    some = handheld_path(seed, 96, rate=FILM, rig=Rig(kind=kind, unrest=unrest))
    assert np.allclose(some, whole * unrest)
    carried = kind in (
        RigKind.HANDHELD, RigKind.STEADICAM, RigKind.GIMBAL, RigKind.DRONE,
    )  # fmt: skip
    assert bool(np.any(whole)) == carried


@LAW
@given(st.integers(0, 2**31), st.integers(2, 200))
def test_unrest_does_not_depend_on_how_much_of_it_is_asked_for(seed, frames):
    short = handheld_path(seed, frames, rate=FILM)
    long = handheld_path(seed, 400, rate=FILM)
    assert np.allclose(short, long[:frames], atol=1e-15)


def test_operators_differ_by_seed():
    assert not np.allclose(
        handheld_path(1, 48, rate=FILM), handheld_path(2, 48, rate=FILM)
    )


def test_a_steadicam_is_calmer_than_a_shoulder():
    jerk = [
        np.abs(
            np.diff(handheld_path(3, 480, rate=FILM, rig=Rig(kind=k)), n=2, axis=0)
        ).mean()
        for k in (RigKind.STEADICAM, RigKind.HANDHELD)
    ]
    assert jerk[0] < jerk[1] / 5


@pytest.mark.parametrize("speed", [0.5, 1.35, 2.5])
def test_a_walking_operator_s_step_has_the_frequency_of_the_speed(speed):
    count = 24 * 60
    still = handheld_path(7, count, rate=FILM)
    walk = handheld_path(7, count, rate=FILM, speed_mps=np.full(count, speed))
    bob = (walk - still)[:, 1]
    power = np.abs(np.fft.rfft(bob * np.hanning(count)))
    hertz = np.fft.rfftfreq(count, 1 / 24)[int(np.argmax(power))]
    assert hertz == pytest.approx(2 * (speed / 1.35) ** 0.5, abs=0.05)
    assert 0.004 < bob.max() < 0.03


def test_a_camera_that_stands_takes_no_steps():
    still = handheld_path(7, 96, rate=FILM)
    assert np.array_equal(
        handheld_path(7, 96, rate=FILM, speed_mps=np.zeros(96)), still
    )


def test_a_travelling_shoulder_steps_and_lands_where_its_path_lands():
    pose = CameraPose(position_m=(0, 1.6, 8), target_m=(0, 1.6, 0))
    held = mv.dolly(mv.handheld(Camera(poses=(pose,)), seed=3), 5.0, ease="none")
    at = np.array(
        [
            camera_at(held, length_frames=97, frame=f, rate=FILM).position_m
            for f in range(97)
        ]
    )
    assert at[-1, 2] == pytest.approx(3.0, abs=0.05)
    height = at[:, 1] - at[:, 1].mean()
    # About two steps a second for four seconds: the height turns about 16 times.
    turns = int(np.sum(np.diff(np.sign(np.diff(height))) != 0))
    assert 12 <= turns <= 24
    assert 0.01 < np.ptp(at[:, 1]) < 0.08
