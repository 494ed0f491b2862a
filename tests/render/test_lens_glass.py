"""Distortion, lateral colour, vignetting: laws measured on pictures."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from previz.render.lens.glass import bend, displaced_radius, overscan, swallow

WIDTH, HEIGHT = 320, 180
CENTRE = (WIDTH / 2, HEIGHT / 2)
CORNER = math.hypot(*CENTRE)


def dot(x, y, *, size=2.0):
    """Return a soft dot at a place in pixels from the top left."""
    rows, cols = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    light = np.exp(-((cols - x) ** 2 + (rows - y) ** 2) / (2 * size**2))
    return np.repeat(light[..., None], 3, axis=2).astype(np.float32)


def place(light):
    """Return the centre of a picture's light, x and y."""
    rows, cols = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    total = light.sum(dtype=float)
    return (light * cols).sum() / total, (light * rows).sum() / total


def bent(x, y, *, distortion=0.0, aberration=0.0):
    """Draw a dot at the place that a perfect lens gives it, and bend the picture."""
    wider = overscan(distortion=distortion, aberration=aberration, width_px=WIDTH,
                     height_px=HEIGHT, centre_px=CENTRE)  # fmt: skip
    drawn = [c + (p - c) / wider for p, c in zip((x, y), CENTRE, strict=True)]
    return bend(dot(*drawn), distortion=distortion, aberration=aberration, wider=wider,
                centre_px=CENTRE)  # fmt: skip


@given(distortion=st.floats(-0.5, 0.5), radius=st.floats(0.0, 1.0))
def test_displacing_solves_the_inverse_law(distortion, radius):
    seen = displaced_radius(radius, distortion=distortion)
    c = -distortion / (1 + distortion) ** 3
    assert seen * (1 + c * seen * seen) == pytest.approx(radius, abs=1e-9)
    assert displaced_radius(1.0, distortion=distortion) == pytest.approx(1 + distortion)


@pytest.mark.parametrize("distortion", [-0.2, -0.05, 0.08, 0.3])
def test_a_point_is_seen_where_the_law_displaces_it(distortion):
    for x, y in ((220.0, 60.0), (60.0, 90.0), (250.0, 150.0)):
        out = bent(x, y, distortion=distortion)
        dx, dy = x - CENTRE[0], y - CENTRE[1]
        radius = math.hypot(dx, dy) / CORNER
        grown = displaced_radius(radius, distortion=distortion) / radius
        got = place(out[..., 1])
        assert got[0] == pytest.approx(CENTRE[0] + dx * grown, abs=0.2)
        assert got[1] == pytest.approx(CENTRE[1] + dy * grown, abs=0.2)


def test_lines_through_the_centre_stay_straight_and_others_bow():
    wider = overscan(distortion=-0.1, aberration=0.0, width_px=WIDTH, height_px=HEIGHT,
                     centre_px=CENTRE)  # fmt: skip
    picture = np.zeros((HEIGHT, WIDTH, 3), np.float32)
    picture[[HEIGHT // 2 - 1, HEIGHT // 2]] = 1.0
    picture[30:32] = 1.0
    out = bend(picture, distortion=-0.1, aberration=0.0, wider=wider, centre_px=CENTRE)
    rows = np.arange(HEIGHT) + 0.5
    through = out[60:120, :, 0]
    at = (through * rows[60:120, None]).sum(axis=0) / through.sum(axis=0)
    assert np.abs(at - CENTRE[1]).max() < 0.02
    beside = out[:60, :, 0]
    at = (beside * rows[:60, None]).sum(axis=0) / beside.sum(axis=0)
    assert at[5] - at[WIDTH // 2] > 2.0


@pytest.mark.parametrize("distortion", [-0.3, -0.05, 0.0, 0.2])
@pytest.mark.parametrize("centre", [CENTRE, (CENTRE[0] + 40, CENTRE[1] - 30)])
def test_no_bent_edge_of_the_frame_is_empty(distortion, centre):
    wider = overscan(distortion=distortion, aberration=0.02, width_px=WIDTH,
                     height_px=HEIGHT, centre_px=centre)  # fmt: skip
    rows, cols = np.mgrid[:HEIGHT, :WIDTH].astype(np.float32)
    ramp = np.stack([cols, rows, cols], axis=2)
    out = bend(ramp, distortion=distortion, aberration=0.02, wider=wider,
               centre_px=centre)  # fmt: skip
    # Where the picture had to be continued beyond its edge, the ramp would stand still.
    assert (np.diff(out[:, :, 0], axis=1) > 0).mean() > 0.98
    assert (np.diff(out[:, :, 1], axis=0) > 0).mean() > 0.98


def test_lateral_colour_is_a_difference_of_magnification():
    x, y = 290.0, 150.0
    out = bent(x, y, aberration=0.04)
    red, blue = place(out[..., 0]), place(out[..., 2])
    assert red[0] - blue[0] == pytest.approx(0.04 * (x - CENTRE[0]), abs=0.15)
    assert red[1] - blue[1] == pytest.approx(0.04 * (y - CENTRE[1]), abs=0.15)
    assert place(out[..., 1])[0] == pytest.approx(x, abs=0.05)


def test_glass_that_bends_nothing_returns_the_same_picture():
    picture = dot(50.0, 50.0)
    assert bend(picture, distortion=0.0, aberration=0.0, wider=1.0,
                centre_px=CENTRE) is picture  # fmt: skip
    assert swallow(picture, stops=0.0, centre_px=CENTRE) is picture
    assert overscan(distortion=0.0, aberration=0.0, width_px=9, height_px=5,
                    centre_px=(4.5, 2.5)) == 1.0  # fmt: skip


def test_a_lamp_does_not_ring_where_the_picture_is_bent():
    picture = np.full((HEIGHT, WIDTH, 3), 0.1, np.float32)
    picture[40:44, 60:64] = 500.0
    out = bend(picture, distortion=0.05, aberration=0.0, wider=1.0, centre_px=CENTRE)
    assert out.min() >= 0.1 - 1e-6
    assert out.max() <= 500.0


@settings(max_examples=20, deadline=None)
@given(stops=st.floats(0.05, 6.0))
def test_the_corner_loses_its_stops_by_the_cosines_fourth_power(stops):
    out = swallow(np.ones((HEIGHT, WIDTH, 3), np.float32), stops=stops,
                  centre_px=CENTRE)[..., 0]  # fmt: skip
    corner = math.hypot(WIDTH / 2 - 0.5, HEIGHT / 2 - 0.5) / CORNER
    tangent = math.sqrt(2 ** (stops / 2) - 1)
    assert out[0, 0] == pytest.approx(
        math.cos(math.atan(tangent * corner)) ** 4, rel=1e-4
    )
    assert -math.log2(out[0, 0]) == pytest.approx(stops, rel=0.02)
    assert out[HEIGHT // 2, WIDTH // 2] == pytest.approx(1.0, abs=2e-3)
    assert np.allclose(out, out[::-1, ::-1], atol=1e-6)
