"""World, camera and pixel, there and back."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from previz.camera import CameraState, look_at
from previz.model import Look, Sensor

LAW = settings(deadline=None, max_examples=60)

metres = st.floats(-20, 20, allow_nan=False).map(lambda v: round(v, 3))
points = st.tuples(metres, metres, metres)
SIZE = {"width_px": 1920, "height_px": 804}


@st.composite
def states(draw):
    position, target = draw(points), draw(points)
    assume(np.linalg.norm(np.subtract(position, target)) > 0.1)
    squeeze = draw(st.sampled_from((1.0, 1.33, 1.8, 2.0)))
    crop = draw(st.floats(0.4, 1))
    return CameraState(
        world_from_camera=look_at(
            np.array(position), np.array(target), roll_deg=draw(st.floats(-60, 60))
        ),
        sensor=Sensor(width_mm=draw(st.floats(8, 54)) * crop, height_mm=18.0 * crop),
        focal_length_mm=draw(st.floats(12, 200)),
        squeeze=squeeze,
        t_stop=2.8,
        focus_distance_m=2.0,
        look=Look(
            shift_x=draw(st.floats(-0.5, 0.5)),
            shift_y=draw(st.floats(-0.5, 0.5)),
            gate_crop=crop,
        ),
    )


@LAW
@given(states(), st.floats(0, 1920), st.floats(0, 804), st.floats(0.2, 100))
def test_a_pixel_and_its_depth_come_back_from_the_world(state, x, y, depth):
    there = state.unproject(np.array([[x, y]]), np.array([depth]), **SIZE)
    back, found = state.project(there, **SIZE)
    assert np.allclose(back, (x, y), atol=1e-5)
    assert found[0] == pytest.approx(depth, rel=1e-9)


@LAW
@given(states(), points)
def test_a_point_comes_back_from_its_pixel(state, point):
    pixels, depth = state.project(np.array([point]), **SIZE)
    assume(depth[0] > 0.05)
    assert np.allclose(state.unproject(pixels, depth, **SIZE), point, atol=1e-6)


@LAW
@given(states(), points)
def test_world_from_camera_and_back_is_nothing(state, point):
    there = state.camera_from_world @ np.append(point, 1.0)
    assert np.allclose((state.world_from_camera @ there)[:3], point, atol=1e-9)


def shifted(**look):
    return CameraState(
        world_from_camera=np.eye(4),
        sensor=Sensor(width_mm=24.0, height_mm=12.0),
        focal_length_mm=24.0,
        squeeze=1.0,
        t_stop=2.8,
        focus_distance_m=2.0,
        look=Look(**look),
    )


def test_a_rise_shows_more_above_so_that_the_horizon_sinks():
    horizon = np.array([[0.0, 0.0, -5.0]])
    at, _ = shifted(shift_y=0.25).project(horizon, width_px=400, height_px=200)
    assert np.allclose(at, [[200, 100 + 50]])


def test_a_shift_to_the_right_shows_more_on_the_right():
    ahead = np.array([[0.0, 0.0, -5.0]])
    at, _ = shifted(shift_x=0.25).project(ahead, width_px=400, height_px=200)
    assert np.allclose(at, [[200 - 100, 100]])


def test_a_shift_keeps_its_millimetres_on_a_cropped_gate():
    ahead = np.array([[0.0, 0.0, -5.0]])
    whole = shifted(shift_x=0.1)
    crop = CameraState(
        **vars(shifted(shift_x=0.1, gate_crop=0.5))
        | {"sensor": Sensor(width_mm=12.0, height_mm=6.0)}
    )
    at = [
        state.project(ahead, width_px=400, height_px=200)[0][0, 0]
        for state in (whole, crop)
    ]
    assert at[1] - 200 == pytest.approx(2 * (at[0] - 200))


def test_an_anamorphic_sees_wider_by_its_squeeze():
    sphere = shifted()
    squeezed = CameraState(**vars(sphere) | {"squeeze": 2.0})
    edge = np.array([[5.0, 0.0, -5.0]])
    at = [
        s.project(edge, width_px=400, height_px=100)[0][0, 0]
        for s in (sphere, squeezed)
    ]
    assert at[0] - 200 == pytest.approx(2 * (at[1] - 200))
