"""When the next frame of a trace is posed: meanwhile, where there is a core for it."""

from types import SimpleNamespace

import pytest

from previz.promote.backends import path
from previz.trace.threads import THREADS


@pytest.fixture
def traced(monkeypatch):
    """Trace three frames of nothing; return what was done in which order."""
    done = []

    def posed(task, asked, number):
        done.append(f"pose {number}")
        return SimpleNamespace(number=number, asks=None)

    monkeypatch.setattr(path, "_posed", posed)
    monkeypatch.setattr(path, "_traced", lambda *_: None)
    monkeypatch.setattr(
        path, "_finished", lambda task, posed, light: done.append(posed.number)
    )

    def trace(threads):
        monkeypatch.setenv(THREADS, threads)
        list(path._made(SimpleNamespace(wanted=(4, 5, 6)), None, None))
        return done

    return trace


def test_one_core_poses_a_frame_once_the_one_before_is_finished(traced):
    assert traced("1") == ["pose 4", 4, "pose 5", 5, "pose 6", 6]


def test_more_cores_pose_it_meanwhile(traced):
    assert traced("2") == ["pose 4", "pose 5", 4, "pose 6", 5, 6]
