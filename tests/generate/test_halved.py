"""Large pictures answered at half their size."""

import dataclasses

import numpy as np
import pytest
from frames import plates_of

from previz.generate import PreviewGenerator
from previz.generate.halved import doubled, halved


def differing(plates):
    """An answer for half the size that is another number on each object."""
    number = halved(plates).buffers.object_id
    return np.stack([number % 3, number % 5, number % 7]).astype(np.float32) - 1.0


class Told:
    """A runtime that answers with 1 and keeps what it was shown."""

    name = "told"

    def __init__(self):
        self.shown = []

    def run(self, planes):
        self.shown.append(planes.copy())
        return np.ones((3, *planes.shape[1:]), np.float32)


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (64, 36)])
def test_half_of_a_picture_is_rounded_up_and_as_bright(size):
    plates = plates_of(width=size[0], height=size[1])
    small = halved(plates)
    assert small.lit.shape == (-(-size[1] // 2), -(-size[0] // 2), 3)
    assert small.buffers.depth_m.shape == small.pane.shape == small.lit.shape[:2]
    assert small.view.focal_px == plates.view.focal_px / 2
    if size[0] % 2 == size[1] % 2 == 0:
        assert small.lit.mean() == pytest.approx(plates.lit.mean(), rel=1e-5)


@pytest.mark.parametrize("size", [(1, 1), (33, 17), (64, 36)])
def test_an_even_answer_stays_as_it_is(size):
    plates = plates_of(width=size[0], height=size[1])
    answer = np.full((3, *halved(plates).pane.shape), 0.7, np.float32)
    made = doubled(answer, plates)
    assert made.shape == (3, size[1], size[0])
    assert np.allclose(made, 0.7, atol=1e-6)


def test_what_is_answered_of_one_thing_does_not_run_over_to_another():
    plates = plates_of(width=128, height=72)
    made, number = doubled(differing(plates), plates), plates.buffers.object_id
    wanted = np.stack([number % 3, number % 5, number % 7]) - 1.0
    # Bilinear alone is off by 0.5 and more along every edge.
    assert np.abs(made - wanted).max() < 0.1


def test_an_answer_changes_smoothly_along_a_surface():
    plates = plates_of(width=128, height=72)
    rising = np.arange(64, dtype=np.float32)[None, None].repeat(36, 1).repeat(3, 0)
    made = doubled(rising, plates)[0]
    steps, number = np.diff(made, axis=1), plates.buffers.object_id
    within = (number[:, 1:] == number[:, :-1]) & (number[:, 1:] == 2)
    within[:, :2] = within[:, -2:] = False
    assert np.median(steps[within]) == pytest.approx(0.5, abs=0.05)


def test_a_broken_buffer_does_not_spread_over_the_picture():
    plates = plates_of(width=128, height=72)
    normal = plates.buffers.normal_world.copy()
    normal[30:34, 40:44] = np.nan
    broken = dataclasses.replace(plates.buffers, normal_world=normal)
    made = doubled(differing(plates), plates._replace(buffers=broken))
    assert np.isnan(made).any(axis=0).sum() <= 12 * 12


@pytest.mark.parametrize(
    ("width", "shown"), [(320, 320), (479, 480), (480, 240), (1000, 256)]
)
def test_the_network_is_shown_pictures_of_about_the_size_it_was_trained_on(
    width, shown
):
    told = Told()
    plates = plates_of(width=width, height=32)
    made = PreviewGenerator(told, key="0" * 64)(plates)
    assert told.shown[0].shape[2] == shown
    assert np.allclose(made + 1 / 512, (plates.lit + 1 / 512) * np.e, rtol=1e-4)
