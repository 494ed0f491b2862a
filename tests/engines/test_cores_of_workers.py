"""What of a machine a Dask worker takes: its own share, and one piece at a time."""

import threading
import time
from types import SimpleNamespace

import distributed
import pytest

from previz.promote.engines import dask, piece
from previz.render import hands
from previz.trace import threads
from previz.trace.threads import THREADS


@pytest.fixture
def worker(monkeypatch):
    """Be on a worker of so many threads: `worker.state.nthreads`."""
    made = SimpleNamespace(
        state=SimpleNamespace(nthreads=1),
        address="tcp://here",
        get_current_task=lambda: "make-1",
        log_event=lambda topic, event: None,
    )
    monkeypatch.setattr(distributed, "get_worker", lambda: made)
    monkeypatch.setattr(hands._hands(), "cores", 16)
    # Set and removed again, so that what the worker sets is undone as well.
    monkeypatch.setenv(THREADS, "")
    monkeypatch.delenv(THREADS)
    return made


@pytest.mark.parametrize("nthreads", [1, 4])
def test_a_worker_traces_and_computes_with_as_many_cores_as_it_says(worker, nthreads):
    worker.state.nthreads = nthreads
    piece._keep_to_own_cores()
    assert threads.threads_asked() == nthreads
    assert hands._hands().cores == nthreads


def test_a_worker_that_is_told_more_takes_more(worker, monkeypatch):
    monkeypatch.setenv(THREADS, "8")
    piece._keep_to_own_cores()
    assert threads.threads_asked() == 8
    assert hands._hands().cores == 8


def test_a_worker_of_many_threads_makes_one_piece_at_a_time(worker, monkeypatch):
    at_work, most = [], []

    def made(*told, **more):
        at_work.append(told)
        most.append(len(at_work))
        time.sleep(0.02)
        at_work.pop()

    monkeypatch.setattr(piece, "_made", made)
    asked = {"assets": {}, "kept": {}, "flag": "f"}
    crowd = [
        threading.Thread(target=piece.make, args=(b"",), kwargs=asked) for _ in range(4)
    ]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert most == [1, 1, 1, 1]


@pytest.mark.parametrize(("cores", "each"), [(8, "2"), (7, "1"), (2, "1")])
def test_workers_of_one_machine_divide_its_cores(monkeypatch, cores, each):
    monkeypatch.delenv(THREADS, raising=False)
    monkeypatch.setattr(dask, "cores_here", lambda: cores)
    assert dask._share(4) == {THREADS: each}


def test_workers_of_one_machine_take_what_they_are_told(monkeypatch):
    monkeypatch.setenv(THREADS, "3")
    assert dask._share(4) == {THREADS: "3"}
