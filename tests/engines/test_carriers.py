"""What carries jobs goes on: after kernels that died, and films that are gone."""

import json
import shutil
import subprocess
import sys

import psutil
import pytest

from previz.errors import PromoteError
from previz.promote import ledger
from previz.promote.engines import courier
from previz.promote.engines.courier import carry_all
from previz.promote.engines.kernel import LocalCarrier
from previz.promote.lease import Owner, myself
from previz.promote.ledger import Ledger
from previz.promote.taken import part_of


class Refusing:
    """Carries nothing, and writes down what it was given."""

    at_once = 1

    def __init__(self):
        self.given = []

    def carry(self, folder, job):
        self.given.append(folder)
        raise PromoteError("Nothing must be carried, got a job. Wait.")

    def rest(self):
        pass


class Kernel:
    """A kernel that makes one frame more each time, if any, and then dies."""

    alive = True

    def __init__(self, frames=None, *, lives=0, error=None):
        self.frames, self.lives, self.error = frames, lives, error
        self.runs, self.closed = 0, False

    def run(self, code):
        self.runs += 1
        if self.error:
            raise self.error
        if self.frames is not None:
            (self.frames / f"{self.runs:06d}.png").touch()
        return self.runs == self.lives

    def close(self):
        self.closed = True


@pytest.fixture
def carried(film):
    """Have a job of the film carried by a kernel."""
    job = film.queue()
    frames = part_of(film.place.promoted, job) / "frames"
    frames.mkdir()

    def carry(kernel):
        carrier = LocalCarrier("python3")
        carrier._kernel = kernel
        carrier.carry(film.place.path, job)

    return carry, frames


def order(folder, job):
    return json.dumps({"folder": str(folder), "job": job})


def test_a_notebook_that_was_killed_in_mid_word_leaves_what_it_gave_before(film):
    job, carrier = film.queue(), Refusing()
    given = order(film.place.path, job)
    carry_all(carrier, [given, given[:-9]])
    assert carrier.given == [film.place.path]
    assert film.ledger.job(job).state == "failed"


def test_a_film_that_is_gone_does_not_keep_others_waiting(film, tmp_path):
    job, carrier = film.queue(), Refusing()
    gone = tmp_path / "gone"
    shutil.copytree(film.place.path, gone)
    shutil.rmtree(gone)
    carry_all(carrier, [order(gone, job), order(film.place.path, job)])
    assert carrier.given == [gone, film.place.path]
    assert film.ledger.job(job).error.startswith("Nothing must be carried")


@pytest.mark.parametrize("dies", ["before it is looked at", "after"])
def test_a_job_of_a_worker_that_dies_after_its_engine_is_taken_on(
    film, monkeypatch, dies
):
    """A kernel outlives its killed courier for a moment, and the next one finds it."""
    job, looked = film.queue(), courier._stands
    worker = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began_s = psutil.Process(worker.pid).create_time()
    owner = Owner(myself().host, worker.pid, began_s, "its own")
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "myself", lambda: owner)
        assert film.ledger.claim(job) is not None

    def die():
        worker.kill()
        worker.communicate()

    def stands(*told):
        found = looked(*told)
        if found == "held":
            die()
        return found

    class Carrier(Refusing):
        def carry(self, folder, job):
            self.given.append(job)
            if dies.startswith("before"):
                die()
            if claim := film.ledger.claim(job) if len(self.given) > 1 else None:
                film.ledger.finish(claim, "done")

    monkeypatch.setattr(courier, "_stands", stands)
    monkeypatch.setattr(courier, "_LOOK_S", 0.01)
    carrier = Carrier()
    carry_all(carrier, [order(film.place.path, job)])
    assert carrier.given == [job, job]
    assert film.ledger.job(job).state == "done"


def test_a_ledger_that_cannot_be_written_is_told_later(film, monkeypatch):
    job, tries = film.queue(), []
    give_up = Ledger.give_up

    def full_at_first(ledger, take, why):
        tries.append(why)
        if len(tries) < 3:
            raise PromoteError("FilmFolder.path must be on a disk with room, got none.")
        return give_up(ledger, take, why)

    monkeypatch.setattr(Ledger, "give_up", full_at_first)
    monkeypatch.setattr(courier, "_AGAIN_S", (0.0, 0.0, 0.0))
    carry_all(Refusing(), [order(film.place.path, job)])
    assert (len(tries), film.ledger.job(job).state) == (3, "failed")


def test_kernels_that_die_after_a_frame_are_followed_by_others(carried):
    carry, frames = carried
    kernel = Kernel(frames, lives=6)
    carry(kernel)
    assert kernel.runs == 6


def test_kernels_that_die_without_a_frame_are_given_up(carried):
    carry, _ = carried
    kernel = Kernel()
    with pytest.raises(PromoteError, match="3 kernels of 'python3' that died"):
        carry(kernel)
    assert kernel.runs == 3


def test_a_kernel_that_could_not_give_a_job_back_is_ended(carried):
    carry, _ = carried
    kernel = Kernel(error=PromoteError("Ledger.path must be writable, got a full disk"))
    with pytest.raises(PromoteError, match="full disk"):
        carry(kernel)
    assert kernel.closed
