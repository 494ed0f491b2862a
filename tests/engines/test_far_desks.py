"""A kernel that shares no disk, asked without a server: what one take leaves there."""

import time
from types import SimpleNamespace

import numpy as np
import pytest

from previz.errors import GenerateError, PromoteError
from previz.promote import Frame, Frozen
from previz.promote.backends import backend_of
from previz.promote.engines import carrying, far
from previz.promote.engines.carrying import FarKernel
from previz.promote.engines.probe import PROBE
from previz.promote.engines.server import ServerGoneError
from previz.promote.taken import FROZEN, part_of


class Clock:
    """What a room takes for the time: it goes on as it does, and leaps."""

    def __init__(self):
        self.ahead_s = 0.0

    def monotonic(self):
        return time.monotonic() + self.ahead_s

    def sleep(self, seconds):
        time.sleep(min(seconds, 0.01))


class Here:
    """A kernel in this process, whose line breaks when it is told to."""

    url, kernel, alive = "https://gpu.example", "one", True

    def __init__(self):
        self.broken_at, self.at_a_break = "", lambda: None

    def ask(self, expression, *, timeout_s):
        if self.broken_at and self.broken_at in expression:
            self.broken_at = ""
            self.at_a_break()
            raise ServerGoneError("no answer")
        return repr(eval(expression))


class Late:
    """A kernel that starts so late that its first answer is given up."""

    url, kernel, closed = "https://gpu.example", "", False

    @property
    def alive(self):
        return bool(self.kernel)

    def check(self, kernelspec):
        pass

    def start(self, kernelspec):
        self.kernel = "one"
        raise ServerGoneError("no answer within 120 s")

    def ask(self, expression, *, timeout_s):
        return repr(("3.11", "/opt/python", "0.0.1" if expression == PROBE else None))

    def close(self):
        self.closed = True


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(far, "time", made)
    monkeypatch.setattr(carrying, "time", made)
    return made


@pytest.fixture
def kernel(monkeypatch, clock):
    desk = far.Desk()
    monkeypatch.setattr(far, "DESK", desk)
    yield Here()
    desk.close()


@pytest.fixture
def made(film, kernel, tmp_path):
    """Make frames of a take of the film there, what is kept at home being flat."""

    def make(wanted, *, kept=0.0, stopped=lambda: False, there=kernel, **options):
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
        frames = FarKernel(there, "python3").frames(task, folder=film.place.path)
        return {frame.number: frame.picture for frame in frames}

    return make


def test_a_take_does_not_continue_from_another_takes_frame(made):
    how = {"chunk": 5, "overlap": 1}
    one = made(range(5, 10), kept=0.2, take="one", **how)
    other = made(range(5, 10), kept=0.8, take="other", **how)
    assert np.allclose(other[5] - one[5], 0.3, atol=2e-3)


def test_what_was_stopped_before_its_first_frame_is_begun_again(made, film):
    with pytest.raises(GenerateError, match="got a stop"):
        made(range(3), gate=0, stopped=lambda: True)
    film.open_gate()
    assert list(made(range(3), gate=0)) == [0, 1, 2]


def test_a_line_that_breaks_has_no_frame_made_twice(made, kernel, film):
    kernel.broken_at = "length_of('made2')"
    assert len(made(range(10))) == 10
    assert sorted(film.made()) == [*range(10)]


@pytest.mark.parametrize("broken_at", ["length_of('sound.wav')", "has("])
def test_sound_comes_home_though_the_line_breaks_at_the_last_moment(
    made, kernel, tmp_path, broken_at
):
    kernel.broken_at = broken_at
    assert len(made(range(4), sound="heard")) == 4
    assert (tmp_path / "sound.wav").read_text() == "heard"


def test_a_laptop_that_slept_goes_on_where_it_was(made, kernel, film, clock):
    def sleep():
        clock.ahead_s += 1000.0
        far.DESK._thread.join()
        film.open_gate()

    kernel.broken_at, kernel.at_a_break = "length_of('made3')", sleep
    assert len(made(range(10), gate=4)) == 10
    assert far.DESK._forsaken is False
    assert sorted(film.made()) == [*range(10)]


def test_breaks_with_answers_between_them_are_not_one_long_silence(
    made, kernel, film, clock
):
    """A frame may take longer than a server that has gone is waited for."""
    breaks = []

    def again():
        breaks.append(clock.ahead_s)
        if len(breaks) < 4:
            kernel.broken_at = "news()"
        else:
            film.open_gate()

    def stopped():
        clock.ahead_s += 20.0  # asked between any two questions
        return False

    kernel.broken_at, kernel.at_a_break = "news()", again
    ask = kernel.ask

    def rarely(expression, **how):
        if kernel.broken_at and clock.ahead_s - (breaks or [0.0])[-1] < 200:
            return repr(eval(expression))
        return ask(expression, **how)

    kernel.ask = rarely
    assert len(made(range(10), gate=0, stopped=stopped)) == 10
    assert breaks[-1] - breaks[0] > 500


def test_a_kernel_that_was_late_is_still_asked_what_it_has(made):
    late = Late()
    with pytest.raises(PromoteError, match=r"got version 0\.0\.1"):
        made(range(3), there=late)
    assert late.closed
