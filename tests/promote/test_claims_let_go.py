"""What a worker leaves behind that could not end as it should."""

import sqlite3

import numpy as np
import pytest

from previz import promotion
from previz.errors import FilmFolderError, PromoteError
from previz.promote import work as working
from previz.promote.backends import add_backend
from previz.promote.finishing import Finished, film_take, thumbnail
from previz.promote.ledger import Ledger
from previz.promote.taken import part_of, taken_in
from previz.promote.work import work
from previz.promotion import Promotion


def test_a_claim_that_could_not_be_given_back_is_free_again(shop, monkeypatch):
    take, finish = shop.queue(), Ledger.finish

    def full(*told, **asked):
        raise PromoteError("FilmFolder.path must be on a disk with room, got none.")

    monkeypatch.setattr(Ledger, "finish", full)
    with pytest.raises(PromoteError, match="disk with room"):
        work(shop.place.path, take, finisher=film_take)
    monkeypatch.setattr(Ledger, "finish", finish)
    assert shop.ledger.job(take).interrupted
    assert work(shop.place.path, take, finisher=film_take) == "done"


def test_a_claim_of_this_process_is_kept_while_it_works(shop):
    take = shop.queue()
    assert shop.ledger.claim(take) is not None
    assert shop.ledger.claim(take) is None
    assert shop.ledger.job(take).state == "running"


def test_a_take_that_failed_once_does_not_ship_its_trouble(shop, cards):
    class Stumbles(cards):
        falls = 1

        def frames(self, task):
            if Stumbles.falls:
                Stumbles.falls = 0
                raise RuntimeError("no such lamp")
            yield from super().frames(task)

    add_backend("cards", Stumbles)
    take = shop.queue()
    assert work(shop.place.path, take, finisher=film_take) == "failed"
    assert "trouble.txt" in shop.ledger.job(take).error
    shop.queue()
    assert work(shop.place.path, take, finisher=film_take) == "done"
    taken = taken_in(shop.place.promoted, take)
    assert "video.mp4" in taken.manifest["files"]
    assert "trouble.txt" not in taken.manifest["files"]
    assert not (taken.folder / "trouble.txt").exists()


def test_a_worker_that_lost_its_job_while_it_checked_seals_nothing(shop):
    def slept(frozen, footage, store, part):
        made = film_take(frozen, footage, store, part)
        with sqlite3.connect(shop.place.ledger) as other:
            other.execute("UPDATE jobs SET token = 'of another'")
        other.close()
        return made

    take = shop.queue()
    work(shop.place.path, take, finisher=slept)
    assert taken_in(shop.place.promoted, take) is None


def test_a_try_with_another_seed_is_made_though_its_worker_was_killed(
    shop, monkeypatch
):
    def killed(*_, **__):
        raise SystemExit

    def never_right(*_):
        return Finished("retry")

    take = shop.queue()
    with monkeypatch.context() as patched:
        patched.setattr(working, "queue_take", killed)
        with pytest.raises(SystemExit):
            work(shop.place.path, take, finisher=never_right)
    assert taken_in(shop.place.promoted, take) is not None
    work(shop.place.path, take, finisher=never_right)
    states = [job.state for job in shop.ledger.jobs()]
    assert states == ["review", "review", "review"]


def test_who_waits_for_a_take_that_nobody_makes_any_more_is_told(shop, monkeypatch):
    take = shop.queue()
    shop.ledger.claim(take)
    with sqlite3.connect(shop.place.ledger) as other:
        other.execute("UPDATE jobs SET pid = ?", (2**22 + 1,))
    other.close()
    monkeypatch.setattr(promotion, "_DEAD_S", 0.1)
    with pytest.raises(PromoteError, match="1A, whose worker died at 0 of"):
        Promotion(shop.place.path, take).wait(timeout_s=20)


def test_what_a_killed_worker_was_writing_is_not_sealed_into_the_take(shop):
    take = shop.queue()
    part = part_of(shop.place.promoted, take)
    torn = {".video.5f0c1a2b3c4d.part.mp4", ".notes.json.00aa11bb22cc33dd.part"}
    for name in torn:
        (part / name).write_bytes(b"torn")
    assert work(shop.place.path, take, finisher=film_take) == "done"
    taken = taken_in(shop.place.promoted, take)
    assert torn.isdisjoint(taken.manifest["files"])
    assert torn.isdisjoint(path.name for path in taken.folder.iterdir())


def test_a_thumbnail_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FilmFolderError, match="must be inside a folder"):
        thumbnail(tmp_path / "file" / "thumb.jpg", np.zeros((9, 16, 3), np.uint8))
