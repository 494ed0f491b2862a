"""A frame of which nothing can be seen, where there is something to see."""

import numpy as np
import pytest

from previz.controls import Footage
from previz.errors import PromoteError
from previz.promote import Frame
from previz.promote.backends import backend_of
from previz.promote.fit import frame_check
from previz.promote.shooting import footage_of

SIZE = (320, 180)
SHAPE = (SIZE[1], SIZE[0], 3)


def noisy(code):
    rng = np.random.default_rng(0)
    return np.clip(rng.normal(code, 3.0, SHAPE), 0, 255).astype(np.uint8)


EMPTY = {
    "grey": np.full(SHAPE, 128, np.uint8),
    "white": np.full(SHAPE, 255, np.uint8),
    "grey with a model's noise": noisy(120),
    "one colour": np.broadcast_to(np.uint8([200, 30, 90]), SHAPE),
    "light of one tone": np.full(SHAPE, 0.18, np.float32),
    "blown light": np.full(SHAPE, 4000.0, np.float32),
}


@pytest.fixture
def check(shop):
    """Return what judges a frame of the shot, drawn with the preview that is given."""
    frozen = shop.freeze(width_px=SIZE[0], height_px=SIZE[1])
    plan = backend_of("cards").plan(frozen.order, length_frames=5, rate_fps=24)
    footage = footage_of(frozen, shop.place.path)

    def judged(picture, preview, monkeypatch):
        monkeypatch.setattr(Footage, "preview", preview)
        frame_check(plan, footage)(Frame(0, np.ascontiguousarray(picture)))

    return judged


def structured(self, number, *, size):
    out = np.full((size[1], size[0], 3), 60, np.uint8)
    out[:, size[0] // 2 :] = 150
    return out


def plain(self, number, *, size):
    """A blank sky, or a fade to white."""
    return np.full((size[1], size[0], 3), 235, np.uint8)


@pytest.mark.parametrize("picture", EMPTY.values(), ids=EMPTY)
def test_an_empty_frame_of_a_shot_with_something_in_it_is_refused(
    check, monkeypatch, picture
):
    with pytest.raises(PromoteError, match=r"must show the shot, got an empty frame 0"):
        check(picture, structured, monkeypatch)


@pytest.mark.parametrize("picture", EMPTY.values(), ids=EMPTY)
def test_an_empty_frame_of_an_empty_shot_is_kept(check, monkeypatch, picture):
    check(picture, plain, monkeypatch)


def test_a_faint_picture_is_one(check, monkeypatch):
    faint = np.full(SHAPE, 120, np.uint8)
    faint[:, :160] += 5
    check(faint, structured, monkeypatch)
