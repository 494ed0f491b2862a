"""The display transform: the baked cube against OpenColorIO itself."""

import numpy as np
import pytest

from previz.errors import PrevizError
from previz.render import display


def test_the_cube_stays_near_the_exact_view():
    rng = np.random.default_rng(1)
    grey = 2.0 ** rng.uniform(-8, 4, (64, 64, 1))
    linear = (grey * rng.uniform(0.25, 1.0, (64, 64, 3))).astype(np.float32)
    gap = np.abs(display(linear).astype(int) - display(linear, exact=True).astype(int))
    assert gap.mean() < 0.6
    assert np.percentile(gap, 99) <= 2


def test_grey_stays_grey_and_brightness_rises():
    ramp = np.geomspace(1e-3, 30.0, 256, dtype=np.float32)
    codes = display(np.repeat(ramp[None, :, None], 3, axis=2)).astype(int)[0]
    assert (np.ptp(codes, axis=1) <= 1).all()
    assert (np.diff(codes[:, 1]) >= -1).all()
    assert codes[0, 1] <= 3
    assert codes[-1, 1] >= 250


def test_no_light_and_broken_light_are_black():
    linear = np.array([[[0, 0, 0], [-1, -1, -1], [np.nan] * 3]], np.float32)
    assert display(linear).max() <= 1


def test_another_shape_says_so():
    with pytest.raises(PrevizError, match=r"must be of shape \(h, w, 3\)"):
        display(np.zeros((4, 4)))
