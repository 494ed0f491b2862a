"""What every engine does alike: inline, kernel, a kernel far away, Dask."""

import json
import subprocess
import sys
import threading

import numpy as np
import pytest
from tiny_film import Film

from previz.promote.engines import post
from previz.promote.engines.inline import InlineEngine
from previz.promote.engines.kernel import KernelEngine

ALL = list(range(10))


def start(engine, film, job):
    """Start a job as a notebook does; inline takes a thread to be like the others."""
    if isinstance(engine, InlineEngine):
        go = threading.Thread(target=engine.start, args=(film.place.path, job))
        go.start()
    else:
        engine.start(film.place.path, job)


@pytest.fixture(scope="module")
def reference(offered, tmp_path_factory):
    """Return the frames of a take as this process makes them, by its options."""
    kept = {}

    def frames(**options):
        key = tuple(sorted(options.items()))
        if key not in kept:
            folder = tmp_path_factory.mktemp("reference")
            film = Film(folder / "film", folder / "made.txt")
            job = film.queue(**options)
            InlineEngine().start(film.place.path, job)
            kept[key] = [film.taken(job).frames.read(n) for n in ALL]
        return kept[key]

    return frames


def assert_done(film, job):
    """Wait for a job, and say why where it did not come out well."""
    found = film.wait(job)
    assert (found.state, found.error) == ("done", "")


def assert_same(film, job, frames):
    """Check that a take's frames are those, to the bit, with their depth."""
    store = film.taken(job).frames
    for number, known in zip(ALL, frames, strict=True):
        found = store.read(number)
        np.testing.assert_array_equal(found.picture, known.picture)
        np.testing.assert_array_equal(found.layers["depth"], known.layers["depth"])


def test_the_same_take_of_the_same_frames(engine, film, reference):
    job = film.queue()
    start(engine, film, job)
    assert_done(film, job)
    assert sorted(film.made()) == ALL
    assert film.taken(job).damage() == ""
    assert_same(film, job, reference())


def test_chunks_that_continue_each_other_are_the_same(engine, film, reference):
    options = {"chunk": 4, "overlap": 2}
    job = film.queue(**options)
    start(engine, film, job)
    assert_done(film, job)
    assert_same(film, job, reference(**options))


def test_a_proof_is_its_frames_and_the_whole_take_later_the_rest(
    engine, film, reference
):
    proof = film.queue(frames=(0, 4, 9))
    start(engine, film, proof)
    assert film.wait(proof).state == "proof"
    assert sorted(film.made()) == [0, 4, 9]
    kept = film.frames(proof)
    assert len(kept) == 3
    assert film.queue() == proof
    start(engine, film, proof)
    assert_done(film, proof)
    assert sorted(film.made()) == ALL
    assert {name: film.frames(proof)[name] for name in kept} == kept
    assert_same(film, proof, reference())


def test_a_cancelled_job_stops_and_goes_on_where_it_stopped(engine, film, reference):
    job = film.queue(gate=4)
    start(engine, film, job)
    film.wait(job, lambda job: job.made_frames >= 2)
    film.ledger.cancel(job)
    stopped = film.wait(job)
    assert stopped.state == "cancelled"
    kept = film.frames(job)
    assert 2 <= len(kept) <= 4
    film.open_gate()
    assert film.queue(gate=4) == job
    start(engine, film, job)
    assert_done(film, job)
    assert {name: film.frames(job)[name] for name in kept} == kept
    assert_same(film, job, reference())


def test_a_killed_worker_costs_no_finished_frame(engine, film, reference):
    job = film.queue(die_at=5)
    if isinstance(engine, InlineEngine):
        _die_inline(film, job)
        assert film.ledger.job(job).interrupted
    start(engine, film, job)
    assert_done(film, job)
    made, kept = film.made(), film.kept_before_a_death()
    assert sorted(set(made)) == ALL
    assert len(kept) >= 2
    assert [made.count(number) for number in kept] == [1] * len(kept)
    assert_same(film, job, reference())


def test_a_proof_whose_worker_was_killed_goes_on_with_its_own_frames(film):
    asked = (0, 2, 5, 9)
    job = film.queue(frames=asked, die_at=5)
    _die_inline(film, job)
    assert (film.ledger.job(job).state, len(film.frames(job))) == ("queued", 2)
    InlineEngine().start(film.place.path, job)
    assert film.ledger.job(job).state == "proof"
    assert sorted(film.made()) == [*asked]


def test_a_killed_courier_costs_no_finished_frame_and_blocks_nothing(film, reference):
    engine = KernelEngine()
    job = film.queue(gate=4)
    engine.start(film.place.path, job)
    film.wait(job, lambda job: job.made_frames >= 2)
    opening = {"engine": "kernel", "kernelspec": "python3", "server": "", "token": ""}
    (courier,) = (
        courier
        for (told, _), courier in post._couriers.items()
        if json.loads(told) == opening
    )
    courier.kill()
    courier.wait()
    film.wait(job, lambda job: job.interrupted)
    kept = film.frames(job)
    film.open_gate()
    assert film.queue(gate=4) == job
    engine.start(film.place.path, job)
    assert_done(film, job)
    assert {name: film.frames(job)[name] for name in kept} == kept
    assert_same(film, job, reference())


def _die_inline(film, job):
    code = (
        "from pathlib import Path; from previz.promote.work import work; "
        f"work(Path({str(film.place.path)!r}), {job!r})"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9


def test_an_error_of_the_backend_is_told_as_it_is(engine, film):
    job = film.queue(wrong_at=3)
    start(engine, film, job)
    found = film.wait(job)
    assert found.state == "failed"
    assert found.error == "Tiny must make frame 3, got none. Try another."
    assert len(film.frames(job)) >= 1
