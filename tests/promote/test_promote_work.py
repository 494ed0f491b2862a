import errno
import json
import threading
import time
from functools import partial

import numpy as np
import pytest

from previz.controls import Footage
from previz.cut import read_frames
from previz.deliver import read_exr
from previz.promote import Frame
from previz.promote import work as working
from previz.promote.backends import add_backend
from previz.promote.finishing import film_take
from previz.promote.frames import FrameStore
from previz.promote.taken import part_of, taken_in

work = partial(working.work, finisher=film_take)

LONG_S = 60
"""After which a test that waits for something has failed."""


def offered(cards, **wrong):
    add_backend("cards", type("Wrong", (cards,), wrong))


def test_a_take_is_whole_with_each_frame_and_its_film(shop):
    take = shop.queue("1B")
    assert work(shop.place.path, take) == "done"
    made = taken_in(shop.place.promoted, take)
    assert made.damage() == ""
    assert [*made.frames.paths()] == list(range(7))
    assert sum(1 for _ in read_frames(made.video)) == 7
    assert made.frozen.hash == take
    assert not part_of(shop.place.promoted, take).exists()


def test_a_frame_keeps_its_layers_and_its_timecode(shop):
    take = shop.queue("1B")
    work(shop.place.path, take)
    made = taken_in(shop.place.promoted, take)
    frame = made.frames.read(3)
    assert np.all(frame.layers["depth"] == 4.0)
    said = read_exr(made.frames.paths()[3]).attributes
    assert said["timeCode"] == shop.film.rate.timecode(5 + 3)
    assert said["slate"] == "1B"


def test_the_same_take_is_never_made_twice(shop, cards):
    take = shop.queue()
    work(shop.place.path, take)
    offered(cards, frames=lambda self, task: pytest.fail("made again"))
    assert shop.queue() == take
    assert work(shop.place.path, take) == "done"
    assert shop.ledger.job(take).attempts == 1


def test_two_notebooks_make_each_frame_once_between_them(shop, cards):
    made, gate, left_alone = [], threading.Barrier(2), threading.Event()

    def held(self, task):
        for frame in cards.frames(self, task):
            made.append(frame.number)
            # The other one has looked by then, however slow it is.
            left_alone.wait(LONG_S)
            yield frame

    offered(cards, frames=held)
    take, states = shop.queue(), []

    def notebook():
        gate.wait()
        try:
            states.append(work(shop.place.path, take))
        finally:
            left_alone.set()

    hands = [threading.Thread(target=notebook) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(states) == ["done", "running"]
    assert made == [0, 1, 2, 3, 4]


def test_a_job_goes_on_at_the_first_missing_frame(shop, cards):
    def breaks(self, task):
        for number in task.wanted[:3]:
            yield self.frame(task, number)
        raise RuntimeError("out of luck")

    offered(cards, frames=breaks)
    take = shop.queue()
    assert work(shop.place.path, take) == "failed"
    assert "RuntimeError: out of luck" in shop.ledger.job(take).error
    assert shop.ledger.job(take).made_frames == 3
    wanted = []

    def watched(self, task):
        wanted.extend(task.wanted)
        return cards.frames(self, task)

    offered(cards, frames=watched)
    shop.queue()
    assert work(shop.place.path, take) == "done"
    assert wanted == [3, 4]


def test_a_damaged_frame_is_made_again(shop, cards):
    def breaks(self, task):
        yield self.frame(task, 0)
        yield self.frame(task, 1)
        raise RuntimeError("out of luck")

    offered(cards, frames=breaks)
    take = shop.queue()
    work(shop.place.path, take)
    part = part_of(shop.place.promoted, take)
    path = FrameStore(part / "frames").paths()[1]
    path.write_bytes(path.read_bytes()[:200])
    (part / "frames" / ".000002.aa.part.exr").write_bytes(b"half a frame")
    offered(cards)
    shop.queue()
    assert work(shop.place.path, take) == "done"
    made = taken_in(shop.place.promoted, take)
    assert np.all(made.frames.read(1).layers["depth"] == 2.0)
    assert len([*(made.folder / "frames").iterdir()]) == 5


def nan(self, task, number):
    frame = Frame(number, np.full((18, 32, 3), 0.2, np.float32))
    frame.picture[4, 5, 1] = np.nan
    return frame


def lit(self, number, *, size):
    return np.full((size[1], size[0], 3), 90, np.uint8)


def dark(self, number, *, size):
    return np.full((size[1], size[0], 3), 6, np.uint8)


def test_a_black_frame_of_a_dark_shot_is_kept(shop, cards, monkeypatch):
    monkeypatch.setattr(Footage, "preview", dark)
    black = np.zeros((18, 32, 3), np.float32)
    offered(cards, frame=lambda self, task, number: Frame(number, black))
    assert work(shop.place.path, shop.queue()) == "done"


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        (nan, "NaN"),
        (lambda s, t, n: Frame(n, np.zeros((18, 32, 3), np.float32)), "black"),
        (lambda s, t, n: Frame(n, np.zeros((18, 32, 3), np.uint8)), "black"),
        (lambda s, t, n: Frame(n, np.ones((18, 30, 3), np.float32)), "32×18"),
        (lambda s, t, n: Frame(n + 1, np.ones((18, 32, 3), np.float32)), "not wanted"),
    ],
    ids=["nan", "black light", "black code", "size", "number"],
)
def test_an_unsound_frame_is_refused_by_name_and_not_kept(
    shop, cards, frame, says, monkeypatch
):
    monkeypatch.setattr(Footage, "preview", lit)

    def last_is_wrong(self, task):
        for number in task.wanted:
            make = frame if number == task.wanted[-1] else cards.frame
            yield make(self, task, number)

    offered(cards, frames=last_is_wrong)
    take = shop.queue()
    assert work(shop.place.path, take) == "failed"
    assert says in shop.ledger.job(take).error
    part = part_of(shop.place.promoted, take)
    assert [*FrameStore(part / "frames").paths()] == [0, 1, 2, 3]
    assert taken_in(shop.place.promoted, take) is None


def test_too_few_frames_are_named(shop, cards):
    def short(self, task):
        return (self.frame(task, n) for n in task.wanted[:2])

    offered(cards, frames=short)
    take = shop.queue()
    assert work(shop.place.path, take) == "failed"
    assert "2 of 5" in shop.ledger.job(take).error


def test_a_full_disk_is_named_and_what_was_made_is_kept(shop, monkeypatch):
    take = shop.queue()
    keep, kept = FrameStore.keep, []

    def fills(self, frame):
        if len(kept) == 2:
            from previz.deliver import whole

            with whole(self.folder / "000002.exr"):
                raise OSError(errno.ENOSPC, "No space left on device")
        kept.append(frame.number)
        return keep(self, frame)

    monkeypatch.setattr(FrameStore, "keep", fills)
    assert work(shop.place.path, take) == "failed"
    job = shop.ledger.job(take)
    assert "disk with room" in job.error
    assert job.made_frames == 2


def test_a_cancelled_job_stops_within_a_step_and_goes_on_later(shop, cards):
    def cancelled(self, task):
        for number in task.wanted:
            if number == 2:
                shop.ledger.cancel(task.frozen.hash)
            yield self.frame(task, number)
            ends = time.monotonic() + (LONG_S if number >= 2 else 0)
            while time.monotonic() < ends and not task.stopped():
                time.sleep(0.01)
            if task.stopped():
                return

    offered(cards, frames=cancelled)
    take = shop.queue()
    assert work(shop.place.path, take) == "cancelled"
    assert shop.ledger.job(take).made_frames == 3
    offered(cards)
    shop.queue()
    assert work(shop.place.path, take) == "done"


def test_a_worker_that_is_told_to_end_gives_the_job_back(shop):
    take = shop.queue()
    assert work(shop.place.path, take, stopped=lambda: True) == "queued"
    assert work(shop.place.path, take) == "done"


def test_a_changed_frozen_shot_is_refused(shop):
    take = shop.queue()
    path = part_of(shop.place.promoted, take) / "frozen.json"
    told = json.loads(path.read_text())
    told["order"]["seed"] = 7
    path.write_text(json.dumps(told))
    assert work(shop.place.path, take) == "failed"
    assert "Job.frozen" in shop.ledger.job(take).error


def test_a_run_is_measured(shop):
    take = shop.queue()
    work(shop.place.path, take)
    (run,) = shop.ledger.runs()
    assert (run.backend, run.model) == ("cards", "cards")
    assert run.work == pytest.approx(32 * 18 * 5 / 1e6)
    assert run.seconds > 0
