"""A courier that was killed is followed by another, with what it had not finished."""

import json

import pytest

from previz.errors import PromoteError
from previz.folder import FilmFolder
from previz.promote.engines import post
from previz.promote.ledger import Ledger
from previz.promotion import Promotion
from previz.queued import FilmQueue

OPENING = {"engine": "kernel", "kernelspec": "python3", "server": "", "token": ""}


class Courier:
    """A process that carries at once what it is given, or is killed at the first."""

    returncode = None

    def __init__(self, killed):
        self.stdin = self
        self.killed, self.given = killed, []

    def poll(self):
        return self.returncode

    def wait(self):
        return self.returncode

    def write(self, line):
        self.given.append(json.loads(line))
        if self.killed:
            self.returncode = -9
        else:
            with Ledger(FilmFolder(self.given[-1]["folder"]).ledger) as ledger:
                ledger.finish(ledger.claim(self.given[-1]["job"]), "done")

    def flush(self):
        pass

    def close(self):
        pass


@pytest.fixture
def started(monkeypatch):
    """Couriers as they are sent; so many of the first are killed."""
    couriers, killed = [], [1]

    def start(told):
        couriers.append(Courier(len(couriers) < killed[0]))
        return couriers[-1]

    for name in ("_couriers", "_given", "_deaths"):
        monkeypatch.setattr(post, name, {})
    monkeypatch.setattr(post, "_started", start)
    return couriers, killed


def test_who_waits_for_a_take_has_another_courier_sent(film, started):
    job, (couriers, _) = film.queue(), started
    post.send(OPENING, folder=film.place.path, job=job)
    assert Promotion(film.place.path, job).wait(timeout_s=60).state in (
        "done", "review",
    )  # fmt: skip
    assert [one.given[0]["job"] for one in couriers] == [job, job]


def test_the_next_job_takes_along_what_the_killed_had(film, started):
    couriers, _ = started
    first, second = film.queue(), film.queue(take="two")
    post.send(OPENING, folder=film.place.path, job=first)
    post.send(OPENING, folder=film.place.path, job=second)
    assert [x["job"] for x in couriers[-1].given] == [first, second]
    post.relieve()
    assert len(couriers) == 2


def test_couriers_that_die_again_and_again_are_named(film, started):
    job, (couriers, killed) = film.queue(), started
    killed[0] = 9
    post.send(OPENING, folder=film.place.path, job=job)
    with pytest.raises(PromoteError, match=r"3 that ended with -9"):
        Promotion(film.place.path, job).wait(timeout_s=60)
    assert len(couriers) == 3


def test_couriers_that_die_over_a_long_night_are_followed_while_frames_are_made(
    film, started
):
    job, (couriers, killed) = film.queue(), started
    killed[0] = 9
    post.send(OPENING, folder=film.place.path, job=job)
    claim = film.ledger.claim(job)
    for made in range(1, 7):
        film.ledger.beat(claim, made_frames=made)
        post.relieve(job)
    assert len(couriers) == 7
    post.relieve(job)
    with pytest.raises(PromoteError, match=r"3 that ended with -9"):
        post.relieve(job)


def test_who_waits_for_one_engine_does_not_hear_of_anothers_couriers(film, started):
    hopeless, job = film.queue(take="one"), film.queue()
    couriers, killed = started
    killed[0] = 3
    post.send(OPENING, folder=film.place.path, job=hopeless)
    for _ in range(3):
        post.relieve()
    with pytest.raises(PromoteError, match=r"3 that ended with -9"):
        post.relieve(hopeless)
    killed[0] = 4
    post.send(OPENING | {"kernelspec": "gpu"}, folder=film.place.path, job=job)
    assert Promotion(film.place.path, job).wait(timeout_s=60).state in (
        "done", "review",
    )  # fmt: skip
    assert [x["job"] for x in couriers[-1].given] == [job]


def test_who_looks_at_the_queue_has_another_courier_sent(film, started):
    job, (couriers, _) = film.queue(), started
    post.send(OPENING, folder=film.place.path, job=job)
    queue = FilmQueue(film.place, [job])
    assert [card.state for card in queue.cards()] == ["done"]
    assert [one.given[0]["job"] for one in couriers] == [job, job]
    queue.cards()
    assert len(couriers) == 2
