"""What promotion costs beside the frames themselves, and what kills do to it."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.kills import killed_workers, small_stage
from previz.folder import FilmFolder
from previz.promote import Frame, Order, Task
from previz.promote.backends import backend_of
from previz.promote.finishing import film_take
from previz.promote.freeze import freeze
from previz.promote.ledger import Ledger
from previz.promote.queueing import queue_take
from previz.promote.work import work
from previz.queued import FilmQueue

__all__ = ["promote_figures"]

_FRAMES, _SIZE, _SAMPLES = 100, (128, 72), 48
_PAIRS = 8
"""Frames that are also made by the bare backend, for what a job slows it."""
_JOBS, _KILLS = 1000, 200


def promote_figures() -> dict[str, Any]:
    """Measure orchestration, the opening of a long queue, and killed workers."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        return {
            "warm-up": orchestration(folder / "first", frames=1)["state"],
            "orchestration": orchestration(folder / "one", frames=_FRAMES),
            "queue": opening_s(folder / "many"),
            "kills": killed_workers(folder / "killed", kills=_KILLS),
        }


def orchestration(folder: Path, *, frames: int) -> dict[str, Any]:
    """Make a path-traced shot and tell the backend's own time from all the rest.

    The rest is freezing, queueing, claiming, checking and keeping frames with their
    layers, signs of life and sealing; writing the movie is told apart.
    """
    place = FilmFolder(folder)
    place.prepare()
    film, stage = small_stage(frames)
    place.save(film)
    film_s, took_s = 0.0, list[float]()
    tasks: list[Task] = []

    def timed(task: Task) -> Iterator[Frame]:
        tasks.append(task)
        return _clocked(task, took_s)

    def filmed(*made: Any) -> Any:
        nonlocal film_s
        began_s = time.perf_counter()
        found = film_take(*made)
        film_s = time.perf_counter() - began_s
        return found

    order = Order(width_px=_SIZE[0], height_px=_SIZE[1], options={"samples": _SAMPLES})
    begun_s = time.perf_counter()
    scene = film.scenes[0]
    frozen = freeze(film, scene, scene.shots[0], order=order, stage=stage)
    with Ledger(place.ledger) as ledger:
        queue_take(place, ledger, frozen, engine="inline")
    state = work(folder, frozen.hash, frames=timed, finisher=filmed)
    inside = sum(took_s)
    rest_s = time.perf_counter() - begun_s - inside - film_s
    return {
        "state": state,
        "frames": frames,
        "size": f"{_SIZE[0]}x{_SIZE[1]}",
        "samples": _SAMPLES,
        "backend_s": round(inside, 2),
        "orchestration_s": round(rest_s, 2),
        "share": round(rest_s / inside, 4),
        "movie_s": round(film_s, 2),
        "of the bare call": _of_the_bare_call(tasks[0], took_s),
    }


def _clocked(task: Task, took_s: list[float]) -> Iterator[Frame]:
    """Yield the path backend's frames and note what each took, in seconds."""
    made = backend_of("path").frames(task)
    while True:
        began_s = time.perf_counter()
        frame = next(made, None)
        took_s.append(time.perf_counter() - began_s)
        if frame is None:
            return
        yield frame


def _of_the_bare_call(task: Task, took_s: list[float]) -> float:
    """Return what frames took in a job over what the bare backend takes: the median."""
    wanted = task.wanted[-_PAIRS:]
    bare_s: list[float] = []
    for _ in _clocked(replace(task, wanted=wanted), bare_s):
        pass
    pairs = zip(took_s[-len(wanted) - 1 :], bare_s[:-1], strict=False)
    return round(statistics.median(job / bare for job, bare in pairs), 3)


def opening_s(folder: Path) -> dict[str, Any]:
    """Time how long the queue of a thousand jobs takes to open, in seconds."""
    place = FilmFolder(folder)
    place.prepare()
    film, stage = small_stage(_FRAMES)
    scene = film.scenes[0]
    frozen = freeze(film, scene, scene.shots[0], order=Order(), stage=stage)
    takes = []
    with Ledger(place.ledger) as ledger:
        for seed in range(_JOBS):
            other = frozen.changed(order=frozen.order.changed(seed=seed))
            takes.append(queue_take(place, ledger, other, engine="inline").take)
    began_s, worked_s = time.perf_counter(), time.process_time()
    with Ledger(place.ledger) as ledger:
        listed = len(ledger.jobs())
    listed_s = time.perf_counter() - began_s
    cards = len(FilmQueue(place, takes).cards())
    shown_s = time.perf_counter() - began_s - listed_s
    return {
        "jobs": listed,
        "cards": cards,
        "ledger_s": round(listed_s, 3),
        "cards_s": round(shown_s, 3),
        "cpu_s": round(time.process_time() - worked_s, 3),
    }
