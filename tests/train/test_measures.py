from types import SimpleNamespace

import numpy as np
import pytest

from previz.train.measures import (
    detail_energy,
    flip,
    psnr,
    score_of,
    static_flicker,
    warp_error,
)


@pytest.fixture
def picture():
    rng = np.random.default_rng(0)
    return rng.integers(0, 256, (40, 60, 3), dtype=np.uint8)


def seen(*, motion=(0.0, 0.0), object_id=1, shape=(40, 60)):
    return SimpleNamespace(
        motion_px=np.broadcast_to(np.float32(motion), (*shape, 2)),
        object_id=np.full(shape, object_id, np.int32),
        depth_m=np.full(shape, 3.0, np.float32),
    )


def test_ten_times_the_error_is_twenty_db_less():
    truth = np.full((8, 8, 3), 100, np.uint8)
    near, far = truth + 1, truth + 10
    assert psnr(near, truth) - psnr(far, truth) == pytest.approx(20.0, abs=1e-6)
    assert psnr(truth, truth) == 99.0


def test_flip_is_nothing_for_the_same_and_much_for_black_on_white(picture):
    white = np.full_like(picture, 255)
    assert flip(picture, picture) < 1e-6
    assert flip(np.zeros_like(white), white) > 0.9


def test_blur_loses_detail(picture):
    soft = ((picture.astype(int) + np.roll(picture, 1, 1)) // 2).astype(np.uint8)
    assert detail_energy(soft) < 0.7 * detail_energy(picture)
    linear = picture.astype(np.float32) / 255
    assert score_of(linear, linear).detail == pytest.approx(1.0)


def test_what_moves_with_its_motion_has_no_warp_error(picture):
    now = np.roll(picture, (2, 5), axis=(0, 1))
    moves = seen(motion=(5.0, 2.0))
    assert warp_error(picture, now, seen(), moves) < 1e-9
    assert warp_error(picture, now, seen(), seen()) > 50


def test_what_was_hidden_does_not_count(picture):
    other = picture[::-1].copy()
    assert warp_error(picture, other, seen(object_id=2), seen()) == 0.0


def test_a_light_that_flickers_shows_in_what_stands_still(picture):
    brighter = np.clip(picture.astype(int) + 4, 0, 255).astype(np.uint8)
    assert static_flicker(picture, picture, seen()) == 0.0
    assert static_flicker(picture, brighter, seen()) > 2.0
    assert static_flicker(picture, brighter, seen(motion=(1.0, 0.0))) == 0.0
