"""The camera's curves over a shot."""

import numpy as np
import pytest

from previz.model import (
    Camera,
    CameraPose,
    Coverage,
    Rate,
    Shot,
    ShotSize,
    TimingKey,
)
from previz.report import camera_curves, curves_figure

RATE = Rate.of(24)


def shot(*, timing=()):
    poses = (
        CameraPose(position_m=(0, 1.6, 4), target_m=(0, 1.6, 0), focal_length_mm=35),
        CameraPose(position_m=(0, 1.6, 2), target_m=(0, 1.6, 0), focal_length_mm=50),
    )
    camera = Camera(poses=poses, timing=timing)
    return Shot(
        id="1a",
        slate="1A",
        first_frame=0,
        length_frames=49,
        coverage=Coverage.SINGLE,
        size=ShotSize.CU,
        camera=camera,
    )


def test_the_curves_begin_and_end_where_the_camera_does():
    curves = camera_curves(shot(), rate=RATE)
    assert len(curves.seconds) == 49
    assert (curves.focal_length_mm[0], curves.focal_length_mm[-1]) == (35, 50)
    assert curves.seconds[-1] == pytest.approx(2.0)


def test_speed_adds_up_to_the_way():
    curves = camera_curves(shot(), rate=RATE)
    assert curves.speed_m_s.sum() / 24 == pytest.approx(2.0, abs=0.01)
    assert curves.speed_m_s[0] == 0


def test_a_level_camera_has_no_tilt():
    curves = camera_curves(shot(), rate=RATE)
    assert np.abs(curves.tilt_deg).max() < 1e-9
    assert np.allclose(curves.height_m, 1.6)


def test_a_hold_stands_still():
    keys = (TimingKey(frame=24, travel=0.0), TimingKey(frame=48, travel=1.0))
    curves = camera_curves(shot(timing=keys), rate=RATE)
    assert curves.speed_m_s[:24].max() < 1e-9


def test_the_figure_shows_five_curves():
    figure = curves_figure(shot(), rate=RATE)
    assert len(figure.data) == 5
    assert figure.layout.title.text == "1A: push in"
