"""Depth of field: sizes of discs, edges before and behind the focus, and kept light."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import camera

from previz.model import Lens, Look
from previz.render.lens.focus import blur_by_depth
from previz.render.lens.optics import blur_radius_px, optics_of

WIDTH, HEIGHT = 160, 90


def view(*, lens=None, look=None, **settings):
    how = {"focal_length_mm": 85.0, "t_stop": 2.0, "focus_distance_m": 2.0, **settings}
    return dataclasses.replace(
        camera(), lens=lens or Lens(widest_t_stop=2.0), look=look or Look(), **how
    )


def optics(seen, *, width_px=WIDTH, height_px=HEIGHT):
    focal_px = seen.focal_px(width_px, height_px)[0]
    return optics_of(seen, focal_px=focal_px, width_px=width_px, height_px=height_px)


def plane(depth_m):
    return np.full((HEIGHT, WIDTH), 1.0 / depth_m, np.float32)


def lamp(value=500.0, *, row=HEIGHT // 2, col=WIDTH // 2):
    picture = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    picture[row, col] = value
    return picture


def extent(disc):
    """Return the standard deviations across and down of a picture's light."""
    light = disc.sum(axis=2).astype(float)
    rows, cols = np.mgrid[:HEIGHT, :WIDTH]
    total = light.sum()
    x, y = (light * cols).sum() / total, (light * rows).sum() / total
    return (
        math.sqrt((light * (cols - x) ** 2).sum() / total),
        math.sqrt((light * (rows - y) ** 2).sum() / total),
    )


@settings(deadline=None)
@given(
    focal_mm=st.floats(18, 200), stop=st.floats(1.3, 16), focus_m=st.floats(0.8, 20),
    depth_m=st.floats(0.5, 200),
)  # fmt: skip
def test_a_disc_has_the_thin_lenss_diameter(focal_mm, stop, focus_m, depth_m):
    seen = view(focal_length_mm=focal_mm, t_stop=stop, focus_distance_m=focus_m,
                lens=Lens(widest_t_stop=1.0))  # fmt: skip
    made = dataclasses.replace(optics(seen), longest_px=1e9)
    got = 2 * blur_radius_px(plane(depth_m), made)[0, 0]
    focus_mm, depth_mm = 1e3 * focus_m, 1e3 * depth_m
    diameter_mm = (
        focal_mm**2 / stop * (depth_mm - focus_mm) / (depth_mm * (focus_mm - focal_mm))
    )
    expected = diameter_mm * WIDTH / seen.sensor.width_mm
    assert got == pytest.approx(expected, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("depth_m", [1.5, 2.6, 4.0, 40.0])
def test_a_lamp_out_of_focus_keeps_its_light_and_shows_the_discs_size(depth_m):
    made = optics(view())
    disc = blur_by_depth(lamp(), plane(depth_m), optics=made)
    assert disc.sum() == pytest.approx(1500.0, rel=2e-3)
    radius = abs(blur_radius_px(plane(depth_m), made)[0, 0])
    assert radius > 1.0
    for side in extent(disc):
        assert side == pytest.approx(radius / 2, rel=0.12, abs=0.25)


def test_everything_in_focus_is_the_same_picture():
    picture = lamp()
    assert blur_by_depth(picture, plane(2.0), optics=optics(view())) is picture


@settings(max_examples=20, deadline=None)
@given(depth_m=st.floats(0.7, 50.0), level=st.floats(0.01, 5.0))
def test_an_even_picture_stays_even(depth_m, level):
    picture = np.full((HEIGHT, WIDTH, 3), level, np.float32)
    slope = np.linspace(1.0, 0.4, WIDTH, dtype=np.float32)[None] / np.float32(depth_m)
    inverse = np.repeat(slope, HEIGHT, axis=0)
    out = blur_by_depth(picture, inverse, optics=optics(view()))
    assert np.abs(out / level - 1).max() < 2e-3


def halves(left_m, right_m):
    """Return a white left half and a black right half at two distances."""
    picture = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    picture[:, : WIDTH // 2] = 1.0
    inverse = plane(right_m)
    inverse[:, : WIDTH // 2] = 1.0 / left_m
    return picture, inverse


def test_a_bright_background_does_not_bleed_over_a_sharp_edge():
    picture, inverse = halves(8.0, 2.0)
    out = blur_by_depth(picture, inverse, optics=optics(view()))
    assert out[:, WIDTH // 2 :].max() == 0.0
    assert out[:, : WIDTH // 2].min() > 0.99


def test_a_blurred_foreground_spreads_over_a_sharp_background():
    picture, inverse = halves(1.2, 2.0)
    made = optics(view())
    out = blur_by_depth(picture, inverse, optics=made)[HEIGHT // 2, :, 0]
    radius = round(float(-blur_radius_px(inverse, made)[0, 0]))
    middle = WIDTH // 2
    assert radius >= 4
    assert 0.05 < out[middle + radius // 2] < 0.45
    assert out[middle + radius + 3 :].max() < 0.01
    assert out[: middle - radius - 3].min() > 0.99
    assert (np.diff(out) < 0.01).all()


def test_a_foreground_at_the_frames_border_stays_opaque():
    picture = np.ones((HEIGHT, WIDTH, 3), np.float32)
    inverse = plane(2.0)
    picture[60:], inverse[60:] = 0.0, 1.0
    out = blur_by_depth(picture, inverse, optics=optics(view()))
    assert out[-3:].max() < 0.02


def test_an_anamorphics_discs_are_tall_ovals():
    disc = blur_by_depth(lamp(), plane(1.2), optics=optics(view(squeeze=2.0)))
    across, down = extent(disc)
    assert down / across == pytest.approx(2.0, rel=0.16)


def test_five_blades_make_a_pentagon_upside_down_before_the_focus():
    glass = Lens(widest_t_stop=1.0, blades=5)
    discs = [
        blur_by_depth(lamp(), plane(m), optics=optics(view(lens=glass)))[..., 0]
        for m in (1.0, 1000.0)
    ]
    for disc, turn in zip(discs, (-1, 1), strict=True):
        light = disc[::turn] > 0.25 * disc.max()
        rows = np.flatnonzero(light.any(axis=1))
        top, bottom = light[rows[1]].sum(), light[rows[-2]].sum()
        assert bottom > 1.5 * top


@pytest.mark.parametrize("col", [1, 8, 152, 158])
def test_a_disc_at_the_border_stays_in_its_rows(col):
    glass = view(lens=Lens(widest_t_stop=1.0, blades=5))
    disc = blur_by_depth(lamp(row=20, col=col), plane(12.0), optics=optics(glass))
    assert disc[20, col, 0] > 0
    far_side = disc[:, 40:] if col < 80 else disc[:, :120]
    assert np.abs(far_side).max() < 1e-3
    assert disc[40:].max() < 1e-3


def test_an_iris_wide_open_is_round_whatever_its_blades():
    round_ = blur_by_depth(lamp(), plane(9.0), optics=optics(view()))
    bladed = view(lens=Lens(widest_t_stop=2.0, blades=5))
    assert np.array_equal(blur_by_depth(lamp(), plane(9.0), optics=optics(bladed)),
                          round_)  # fmt: skip


def test_cats_eye_narrows_discs_towards_the_corner_only():
    glass = view(lens=Lens(widest_t_stop=2.0, cats_eye=0.6))
    shapes = []
    for col in (WIDTH // 2, WIDTH - 20):
        disc = blur_by_depth(lamp(col=col), plane(9.0), optics=optics(glass))
        assert disc.sum() == pytest.approx(1500.0, rel=0.04)
        shapes.append(extent(disc))
    assert shapes[0][0] == pytest.approx(shapes[0][1], rel=0.05)
    assert shapes[1][0] < 0.85 * shapes[1][1]


def test_a_tilted_lens_is_sharp_along_a_leaning_plane():
    seen = view(look=Look(tilt_deg=8.0), focal_length_mm=45.0)
    made = optics(seen)
    focal_px = seen.focal_px(WIDTH, HEIGHT)[0]
    hinge_m = 0.045 / math.sin(math.radians(8.0))
    for row in (5, 40, 85):
        up = (HEIGHT / 2 - row - 0.5) / focal_px
        depth_m = 2.0 / (1.0 - 2.0 * up / hinge_m)
        if depth_m > 0:
            assert abs(blur_radius_px(plane(depth_m), made)[row, 80]) < 0.01
    assert abs(blur_radius_px(plane(2.0), made)[85, 80]) > 1.0
