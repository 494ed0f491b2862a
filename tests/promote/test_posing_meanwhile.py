"""When the next frame of a trace is posed: meanwhile, where there is a core for it."""

from types import SimpleNamespace

import pytest

from previz.errors import ModelError
from previz.promote.backends import path
from previz.trace.threads import THREADS


@pytest.fixture
def traced(monkeypatch):
    """Trace three frames of nothing; return what was done in which order."""
    done = []

    def posed(task, asked, number):
        if number == 7:
            raise ModelError("Mark.position_m must be a place, got none. Give it one.")
        done.append(f"pose {number}")
        return SimpleNamespace(number=number, asks=None)

    monkeypatch.setattr(path, "_posed", posed)
    monkeypatch.setattr(path, "_traced", lambda *_: None)
    monkeypatch.setattr(
        path, "_finished", lambda task, posed, light: done.append(posed.number)
    )

    def trace(threads, wanted=(4, 5, 6)):
        monkeypatch.setenv(THREADS, threads)
        list(path._made(SimpleNamespace(wanted=wanted), None, None))
        return done

    trace.done = done
    return trace


def test_one_core_poses_a_frame_once_the_one_before_is_finished(traced):
    assert traced("1") == ["pose 4", 4, "pose 5", 5, "pose 6", 6]


def test_more_cores_pose_it_meanwhile(traced):
    assert traced("2") == ["pose 4", "pose 5", 4, "pose 6", 5, 6]


@pytest.mark.parametrize("threads", ["1", "2"])
def test_a_frame_that_is_traced_is_kept_where_the_next_cannot_be_posed(traced, threads):
    with pytest.raises(ModelError, match="must be a place"):
        traced(threads, wanted=(6, 7))
    assert traced.done == ["pose 6", 6]
