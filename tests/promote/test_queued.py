import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from previz.controls import Footage
from previz.promote.backends import add_backend
from previz.promote.finishing import film_take, finish_take
from previz.promote.ledger import Ledger
from previz.promote.plan import Forecast, Use
from previz.promote.queueing import queue_take
from previz.promote.work import work
from previz.queued import FilmQueue
from previz.render import Renderer


@pytest.fixture
def made(shop, monkeypatch):
    """A whole take with its preview, which here is grey."""
    grey = np.full((18, 32, 3), 120, np.uint8)
    monkeypatch.setattr(Renderer, "picture", lambda *_, **__: grey)
    take = shop.queue("1B")
    monkeypatch.setattr(Footage, "preview", lambda *_, **__: grey)
    assert work(shop.place.path, take, finisher=finish_take) == "done"
    return take


def test_a_whole_take_is_a_card_with_plan_manifest_and_files(shop, made):
    (card,) = FilmQueue(shop.place, [made]).cards()
    assert (card.slate, card.state, card.made) == ("1B", "done", ((0, 6),))
    assert card.words == "MCU · 35 mm · push in"
    assert {row.name: row.value for row in card.plan}["size"] == "32 × 18"
    assert card.manifest[0].value == made
    assert {"video.mp4", "preview.mp4"} <= set(card.files)


def test_frames_come_as_pictures_beside_their_preview(shop, made):
    queued = FilmQueue(shop.place, [made])
    with Image.open(io.BytesIO(queued.thumb(made, 3))) as small:
        assert small.size == (32, 18)
    own, preview = queued.pair(made, 3)
    with Image.open(io.BytesIO(preview)) as grey:
        assert abs(np.asarray(grey).mean() - 120) < 4
    assert own != preview
    assert queued.thumb(made, 99) is None
    assert queued.pair("0" * 64, 0) is None


@pytest.mark.parametrize("look", ["thumb", "frame", "pair"])
def test_a_frame_that_was_missed_while_its_take_was_sealed_is_found_again(
    shop, made, monkeypatch, look
):
    queued, moved = FilmQueue(shop.place, [made]), shop.place.promoted / "elsewhere"
    whole, has = shop.place.promoted / made, FilmQueue._has

    def and_then_moved(self, job, frame):
        there = has(self, job, frame)
        whole.rename(moved)
        return there

    with monkeypatch.context() as patched:
        patched.setattr(FilmQueue, "_has", and_then_moved)
        assert getattr(queued, look)(made, 3) is None
    moved.rename(whole)
    assert getattr(queued, look)(made, 3) is not None


def test_a_stopped_job_shows_what_is_made_and_what_is_left(shop, cards):
    class Slow(cards):
        def plan(self, order, **told):
            uses = (Use("depth", "used", "as it is"),)
            return replace(
                super().plan(order, **told), uses=uses, forecast=Forecast(seconds=50.0)
            )

        def frames(self, task):
            for number in task.wanted[1:4]:
                yield self.frame(task, number)
            raise RuntimeError("out of luck")

    add_backend("cards", Slow)
    take = shop.queue()
    queued = FilmQueue(shop.place, [take])
    assert queued.cards()[0].left_s == 50.0
    work(shop.place.path, take)
    (card,) = queued.cards()
    assert (card.state, card.made) == ("failed", ((1, 3),))
    assert "out of luck" in card.error
    assert card.uses[0].signal == "depth"
    shop.queue()
    assert queued.cards()[0].left_s == pytest.approx(20.0)
    queued.cancel(take)
    assert queued.cards()[0].state == "cancelled"


def test_what_a_job_took_is_what_workers_were_at_it(shop, cards, monkeypatch):
    """Not the night between a proof and the rest."""
    now = [1000.0]

    class Slow(cards):
        def frames(self, task):
            for frame in super().frames(task):
                now[0] += 10.0
                yield frame

    told = {"clock": lambda: now[0]}
    monkeypatch.setattr(Ledger.__init__, "__kwdefaults__", told)
    add_backend("cards", Slow)
    frozen = shop.freeze("1B")
    take = frozen.hash
    queue_take(shop.place, shop.ledger, frozen, engine="inline", frames=(0, 3))
    work(shop.place.path, take, finisher=film_take)
    now[0] += 30_000.0
    shop.queue("1B")
    assert work(shop.place.path, take, finisher=film_take) == "done"
    (card,) = FilmQueue(shop.place, [take]).cards()
    assert card.elapsed_s == pytest.approx(70.0)


def test_the_newest_stands_first_and_others_are_not_shown(shop):
    takes = [shop.queue(slate) for slate in ("1A", "1B", "1C")]
    shown = FilmQueue(shop.place, [takes[0], takes[2]]).cards()
    assert [card.slate for card in shown] == ["1C", "1A"]
