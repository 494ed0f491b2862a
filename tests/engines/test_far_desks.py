"""A kernel that shares no disk, asked without a server: what one take leaves there."""

import time
from types import SimpleNamespace

import numpy as np
import pytest

from previz.errors import GenerateError
from previz.promote import Frame, Frozen
from previz.promote.backends import backend_of
from previz.promote.engines import carrying, far
from previz.promote.engines.carrying import FarKernel
from previz.promote.engines.server import ServerGoneError
from previz.promote.taken import FROZEN, part_of


class Here:
    """A kernel in this process, whose line breaks when it is told to."""

    url, kernel, alive = "https://gpu.example", "one", True

    def __init__(self):
        self.broken_at, self.broken_s, self.mended_at_s = "", 0.0, 0.0

    def ask(self, expression, *, timeout_s):
        if self.broken_at and self.broken_at in expression:
            self.broken_at = ""
            self.mended_at_s = time.monotonic() + self.broken_s
            raise ServerGoneError("no answer")
        if time.monotonic() < self.mended_at_s:
            raise ServerGoneError("no answer")
        return repr(eval(expression))


@pytest.fixture
def kernel(monkeypatch):
    desk = far.Desk()
    monkeypatch.setattr(far, "DESK", desk)
    monkeypatch.setattr(carrying, "_LOOK_S", 0.01)
    yield Here()
    desk.close()


@pytest.fixture
def made(film, kernel, tmp_path):
    """Make frames of a take of the film there, what is kept at home being flat."""

    def make(wanted, *, kept=0.0, stopped=lambda: False, **options):
        job = film.queue(**options)
        text = (part_of(film.place.promoted, job) / FROZEN).read_bytes()
        frozen = Frozen.from_json(text)
        task = SimpleNamespace(
            frozen=frozen,
            wanted=tuple(wanted),
            plan=backend_of("tiny").plan(frozen.order, length_frames=10, rate_fps=24),
            made=lambda n: Frame(n, np.full((9, 16, 3), kept, np.float32)),
            scratch=tmp_path,
            stopped=stopped,
            budget_usd=None,
            report=lambda what, done, of: None,
            note=lambda note: None,
            spent=lambda usd: None,
        )
        frames = FarKernel(kernel, "python3").frames(task, folder=film.place.path)
        return {frame.number: frame.picture for frame in frames}

    return make


def test_a_take_does_not_continue_from_another_takes_frame(made):
    how = {"chunk": 5, "overlap": 1}
    one = made(range(5, 10), kept=0.2, take="one", **how)
    other = made(range(5, 10), kept=0.8, take="other", **how)
    assert np.allclose(other[5] - one[5], 0.3, atol=2e-3)


def test_what_was_stopped_before_its_first_frame_is_begun_again(made):
    with pytest.raises(GenerateError, match="got a stop"):
        made(range(3), pause_s=0.05, stopped=lambda: True)
    assert list(made(range(3), pause_s=0.05)) == [0, 1, 2]


def test_a_line_that_breaks_has_no_frame_made_twice(made, kernel, film):
    kernel.broken_at = "length_of('made2')"
    assert len(made(range(10), pause_s=0.02)) == 10
    assert sorted(film.made()) == [*range(10)]


def test_a_laptop_that_slept_goes_on_where_it_was(made, kernel, film, monkeypatch):
    monkeypatch.setattr(far, "_FORSAKEN_S", 0.1)
    kernel.broken_at, kernel.broken_s = "length_of('made3')", 0.4
    assert len(made(range(10), pause_s=0.03)) == 10
    assert 10 <= len(film.made()) <= 11
