"""Whole pictures through the lens: framing, exposure, balance, shutter, focus."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import camera, facing_quad, floor, stage, state

from previz.model import Light, LightKind, Look
from previz.render import Renderer
from previz.render.lens.glass import displaced_radius
from previz.render.lens.shutter import blur_by_motion
from previz.stage import join

WIDTH, HEIGHT = 160, 90
SHARP = Look(depth_of_field=False, bloom=0.0)


def glowing(depth_m=4.0, *, center=(0.0, 0.0), size_m=0.3, cd_m2=60.0):
    """A small square that shines by itself."""
    return facing_quad(depth_m, size_m=size_m, center=center, color=(0, 0, 0),
                       emission=(cd_m2,) * 3)  # fmt: skip


def made(*things, lights=(), **how):
    where = stage(join(things), lights=lights)
    return Renderer(
        where,
        width_px=WIDTH,
        height_px=HEIGHT,
        exposure_ev100=5.0,
        quality="board",
        **how,
    )


def seen(look=SHARP, **how):
    return dataclasses.replace(camera(), look=look, **how)


def place(picture, *, floor_value=0.02):
    """Return the centre of what shines, x and y."""
    light = np.maximum(picture[..., 1] - floor_value, 0.0).astype(float)
    rows, cols = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    return (light * cols).sum() / light.sum(), (light * rows).sum() / light.sum()


@settings(max_examples=8, deadline=None)
@given(shift_x=st.floats(-0.3, 0.3), shift_y=st.floats(-0.3, 0.3))
def test_a_shifted_lens_shows_things_where_the_camera_projects_them(shift_x, shift_y):
    view = seen(Look(depth_of_field=False, bloom=0.0, shift_x=shift_x, shift_y=shift_y))
    ((x, y),) = view.project(
        np.array([[0.0, 0.0, -4.0]]), width_px=WIDTH, height_px=HEIGHT
    )[0]
    got = place(made(glowing()).linear(state(view)))
    assert got[0] == pytest.approx(x, abs=0.3)
    assert got[1] == pytest.approx(y, abs=0.3)


@pytest.mark.parametrize("distortion", [-0.12, 0.15])
def test_distortion_displaces_from_where_the_camera_projects(distortion):
    spot = (1.1, 0.6)
    view = seen(Look(depth_of_field=False, bloom=0.0, distortion=distortion))
    ((x, y),) = view.project(
        np.array([[*spot, -4.0]]), width_px=WIDTH, height_px=HEIGHT
    )[0]
    got = place(made(glowing(center=spot)).linear(state(view)))
    dx, dy = x - WIDTH / 2, y - HEIGHT / 2
    corner = np.hypot(WIDTH / 2, HEIGHT / 2)
    radius = np.hypot(dx, dy) / corner
    grown = displaced_radius(radius, distortion=distortion) / radius
    assert got[0] == pytest.approx(WIDTH / 2 + dx * grown, abs=0.5)
    assert got[1] == pytest.approx(HEIGHT / 2 + dy * grown, abs=0.5)


def test_the_cameras_exposure_rules_over_the_renderers():
    renderer = made(glowing())
    at_scene = renderer.linear(state(seen()))
    closed = renderer.linear(state(seen(exposure_ev100=7.0)))
    assert np.allclose(closed, at_scene / 4, rtol=1e-4, atol=1e-6)
    assert np.array_equal(renderer.linear(state(seen(exposure_ev100=5.0))), at_scene)
    pushed = renderer.linear(
        state(seen(Look(depth_of_field=False, bloom=0.0, exposure_stops=-2.0)))
    )
    assert np.allclose(pushed, at_scene / 4, rtol=1e-5)


def test_a_camera_balanced_for_the_lamp_sees_a_white_floor_white():
    lamp = Light(id="key", kind=LightKind.POINT, position_m=(0.0, 2.0, -3.0),
                 intensity=300.0, color_temperature_k=3200.0)  # fmt: skip
    ground = floor(20.0, height_m=-1.0, color=(0.8, 0.8, 0.8))
    renderer = made(ground, lights=(lamp,), white_balance_k=5600.0)
    warm = renderer.linear(state(seen()))[80, 80]
    white = renderer.linear(state(seen(white_balance_k=3200.0)))[80, 80]
    assert warm[0] > 1.5 * warm[2]
    assert white == pytest.approx(white.mean(), rel=0.03)


def test_what_lies_off_the_focus_blurs_and_what_lies_in_it_does_not():
    things = glowing(2.0, center=(-0.4, 0.0)), glowing(8.0, center=(1.6, 0.0))
    how = {"focal_length_mm": 24.89, "t_stop": 0.6}
    renderer = made(*things)
    sharp = renderer.linear(state(seen(**how)))
    blurred = renderer.linear(state(seen(Look(bloom=0.0), focus_distance_m=2.0, **how)))
    assert np.allclose(sharp[:, :60], blurred[:, :60], atol=0.02)
    steepest = [np.abs(np.diff(x[:, 80:], axis=1)).max() for x in (sharp, blurred)]
    assert steepest[1] < 0.5 * steepest[0]
    assert sharp[:, 80:].sum() == pytest.approx(blurred[:, 80:].sum(), rel=0.06)


def moving(shutter_deg, *, pan_px=12.0):
    """Return a still lamp as a panning camera sees it, sharp and blurred."""
    angle = pan_px / seen().focal_px(WIDTH, HEIGHT)[0]
    before = camera(target=(-np.sin(angle), 0.0, -np.cos(angle)))
    renderer = made(glowing())
    look = Look(depth_of_field=False, bloom=0.0, motion_blur=True)
    view = seen(look, shutter_deg=shutter_deg)
    return (
        renderer.linear(state(seen(), view_before=before)),
        renderer.linear(state(view, view_before=before)),
    )


@pytest.mark.parametrize("shutter_deg", [90.0, 180.0, 360.0])
def test_a_pan_draws_a_lamp_out_by_the_open_part_of_its_way(shutter_deg):
    sharp, blurred = moving(shutter_deg)
    widths = []
    for picture in (sharp, blurred):
        light = np.maximum(picture[..., 1] - 0.02, 0.0).sum(axis=0).astype(float)
        cols = np.arange(WIDTH)
        middle = (light * cols).sum() / light.sum()
        widths.append(12 * (light * (cols - middle) ** 2).sum() / light.sum())
    way = np.sqrt(max(widths[1] - widths[0], 0.0))
    assert way == pytest.approx(12.0 * shutter_deg / 360.0, rel=0.2, abs=0.6)
    assert place(blurred)[0] == pytest.approx(place(sharp)[0], abs=0.4)
    assert blurred.sum() == pytest.approx(sharp.sum(), rel=0.03)


def test_a_still_background_keeps_sharp_behind_what_moves():
    rng = np.random.default_rng(0)
    picture = rng.random((HEIGHT, WIDTH, 3), np.float32)
    inverse = np.full((HEIGHT, WIDTH), 0.1, np.float32)
    motion = np.zeros((HEIGHT, WIDTH, 2), np.float32)
    inverse[30:60, 60:90], motion[30:60, 60:90] = 0.5, (20.0, 0.0)
    out = blur_by_motion(picture, inverse, motion, shutter_deg=180.0)
    assert np.array_equal(out[:, 100:], picture[:, 100:])
    assert (
        np.abs(np.diff(out[35:55, 70:80], axis=1)).mean()
        < 0.3 * np.abs(np.diff(picture[35:55, 70:80], axis=1)).mean()
    )
    still = np.zeros_like(motion)
    assert blur_by_motion(picture, inverse, still, shutter_deg=180.0) is picture


def test_a_frame_is_the_same_each_time_it_is_made():
    look = Look(grain=0.2, vignette_stops=1.0, distortion=-0.04, flare=0.5,
                halation=0.3, diffusion=0.5, chromatic_aberration=0.004)  # fmt: skip
    view = seen(look, t_stop=1.3, focal_length_mm=50.0)
    one, other = made(glowing(8.0)), made(glowing(8.0))
    assert np.array_equal(one.picture(state(view)), one.picture(state(view)))
    assert np.array_equal(one.picture(state(view)), other.picture(state(view)))
