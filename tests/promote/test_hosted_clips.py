"""Clips that come back, read at the shot's own frames."""

from fractions import Fraction

import numpy as np
import pytest
from runway_server import Service, clip, made, served, task_of

from previz import cut
from previz.model import Rate
from previz.promote.runway.clips import Reel, clip_bytes, sent_rate
from previz.promote.runway.models import Fit

FIT = Fit((1280, 720), 720.0)


def reel(tmp_path, *, frames=48, rate=24, fit=FIT, size=(64, 36), **drawn):
    path = tmp_path / f"{frames}-{rate}.mp4"
    path.write_bytes(clip(frames, rate=rate, **drawn))
    return Reel(path, fit=fit, size=size)


def centres(length, rate):
    return tuple((frame + Fraction(1, 2)) / Fraction(rate) for frame in range(length))


def test_the_same_rate_is_taken_frame_for_frame(tmp_path):
    assert reel(tmp_path).picks(centres(48, 24)) == tuple(range(48))


def test_other_rates_show_the_frame_that_stands_then(tmp_path):
    at_24 = reel(tmp_path)
    assert at_24.picks(centres(12, 12)) == tuple(range(1, 24, 2))
    assert at_24.picks(centres(8, 48)) == (0, 0, 1, 1, 2, 2, 3, 3)
    picks = at_24.picks(centres(50, 25))
    assert picks == tuple(sorted(picks))
    assert len(set(picks)) == 48  # two repeat, none is skipped
    at_30 = reel(tmp_path, frames=60, rate=30)
    assert len(set(at_30.picks(centres(48, 24)))) == 48


def test_a_crop_is_cut_from_the_middle(tmp_path):
    """The upper and lower sixth are white, which a cut to two thirds leaves out."""

    def bars(number):
        picture = np.full((36, 64, 3), 50, np.uint8)
        picture[:5] = picture[-5:] = 235
        return picture

    fit = Fit((1280, 720), 480.0)
    wide = reel(tmp_path, frames=2, fit=fit, size=(96, 36), paint=bars)
    (picture,) = wide.pictures((1,))
    assert picture.shape == (36, 96, 3)
    assert picture.max() < 70


def test_untagged_pictures_are_read_as_rec_709(tmp_path):
    red = np.zeros((36, 64, 3), np.uint8)
    red[...] = (200, 30, 30)
    data = clip_bytes(
        lambda _frame: red,
        range(4),
        rate=Rate(),
        seconds=0.1,
        path=tmp_path / "sent.mp4",
    )
    path = tmp_path / "back.mp4"
    path.write_bytes(data)
    (picture,) = Reel(path, fit=FIT, size=(64, 36)).pictures((2,))
    assert np.abs(picture.mean(axis=(0, 1)) - (200, 30, 30)).max() < 4


@pytest.mark.parametrize(
    ("rate", "sent", "step"),
    [("24", "24", 1), ("23.976", "23.976", 1), ("48", "24", 2), ("60", "30", 2),
     ("100", "25", 4)],
)  # fmt: skip
def test_a_clip_is_shown_at_no_more_than_thirty(rate, sent, step):
    assert sent_rate(Rate.of(rate)) == (Rate.of(sent), step)


def test_a_sent_clip_is_held_until_it_is_long_enough(tmp_path):
    data = clip_bytes(
        lambda frame: np.full((36, 64, 3), 40 + 4 * frame, np.uint8),
        range(10, 22),
        rate=Rate.of(48),
        seconds=1.0,
        path=tmp_path / "sent.mp4",
    )
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "back.mp4"
    path.write_bytes(data)
    shown = [frame.to_ndarray(format="gray") for frame in cut.read_frames(path)]
    assert len(shown) == 24
    steps = np.diff([picture.mean() for picture in shown])
    assert (steps[:5] > 4).all()
    assert np.abs(steps[5:]).max() < 1.5


def test_a_film_at_another_rate_gets_as_many_frames_as_it_has(tmp_path):
    service = Service()
    with served(service, tmp_path):
        task, told = task_of(tmp_path / "scratch", length=60, rate=30)
        frames = made(task)
    assert [frame.number for frame in frames] == list(range(60))
    assert told.notes == ["12 of 60 frames repeat: the clip has 60"]
