"""Where the glass shows a place, and what it shows at one: each undoes the other."""

import numpy as np
import pytest

from previz.render.lens.glass import bend, displaced_radius, drawn_at, seen_at

SIZE, CENTRE = (96, 54), (50.0, 28.0)


def glass(distortion):
    how = {"wider": 1.2, "centre_px": CENTRE, "size": SIZE}
    return how | {"distortion": distortion}


@pytest.mark.parametrize("distortion", [-0.3, -0.08, 0.0, 0.12, 0.3])
def test_one_undoes_the_other(distortion):
    places = np.random.default_rng(0).uniform((0, 0), SIZE, (500, 2))
    there = drawn_at(places, **glass(distortion))
    assert np.abs(seen_at(there, **glass(distortion)) - places).max() < 1e-3


def test_places_are_those_that_the_picture_is_read_at():
    picture = np.zeros((SIZE[1], SIZE[0], 3), np.float32)
    picture[..., 0], picture[..., 1] = np.arange(SIZE[0]), np.arange(SIZE[1])[:, None]
    read = bend(
        picture, distortion=0.1, aberration=0.0, wider=1.2, centre_px=CENTRE
    )[..., :2]  # fmt: skip
    rows, cols = np.mgrid[0 : SIZE[1], 0 : SIZE[0]] + 0.5
    told = drawn_at(np.stack([cols, rows], axis=-1), **glass(0.1)) - 0.5
    assert np.abs(told - read).max() < 1e-3


def test_a_corner_lies_where_the_displaced_radius_says():
    half = np.hypot(*SIZE) / 2
    centre = (SIZE[0] / 2, SIZE[1] / 2)
    place = np.array([centre[0] + 0.8 * half, centre[1]])
    out = seen_at(place, distortion=0.1, wider=1.0, centre_px=centre, size=SIZE)
    told = SIZE[0] / 2 + half * displaced_radius(0.8, distortion=0.1)
    assert out == pytest.approx((told, SIZE[1] / 2), abs=1e-6)
