import shutil
from dataclasses import replace

import numpy as np
import pytest

from previz.cut import read_frames
from previz.errors import (
    FilmFolderError,
    PrevizError,
    PromoteError,
    UnknownNameError,
)
from previz.film import Film
from previz.promote import Order
from previz.promote.backends import add_backend
from previz.promote.limit import Limit
from previz.promote.plan import Chunk, Forecast, Plan
from previz.queued import FilmQueue
from previz.widgets.queue import QueueWidget

CARDS = {"backend": "cards", "size": (32, 18)}


def test_a_promoted_shot_plays_beside_its_preview(film):
    take = film["1A"].promote(**CARDS, engine="inline")
    assert take.state == "done"
    html = take._repr_html_()
    assert html.count("<video") == 2
    assert "1A · 5 frames" in html
    assert take.frame(-1).size == (32, 18)
    assert take.plan.backend == "cards"
    assert take.manifest["verdict"] == "pass"
    assert take.adherence == {}
    assert film.promotions[0].hash == take.hash


def test_a_take_is_saved_as_its_film_once_it_is_whole(film, quick, tmp_path):
    take = film["2A"].promote(**CARDS, engine=quick)
    assert take.save(tmp_path / "a.mp4").read_bytes() == take.taken.video.read_bytes()
    shutil.rmtree(take.taken.folder)
    with pytest.raises(PromoteError, match=r"take\.wait"):
        take.save(tmp_path / "b.mp4")


def test_what_was_interrupted_goes_on_where_it_was(film, quick, cards):
    class Tired(cards):
        def frames(self, task):
            yield self.frame(task, 0)
            raise KeyboardInterrupt

    add_backend("cards", Tired)
    with pytest.raises(KeyboardInterrupt):
        film["1A"].promote(**CARDS, engine=quick)
    add_backend("cards", cards)
    (job,) = film.promotions.jobs()
    assert (job.state, job.made_frames) == ("queued", 1)
    (job,) = film.promotions.resume(engine=quick).jobs()
    assert (job.state, job.attempts) == ("done", 2)


def test_a_film_without_a_folder_is_asked_to_be_saved(short_film, cards):
    add_backend("cards", cards)
    with pytest.raises(FilmFolderError, match="Save it first"):
        Film(short_film(), generator="plain")["1A"].promote(**CARDS)


def test_an_unknown_backend_engine_or_shot_is_named(film):
    with pytest.raises(UnknownNameError, match=r"Order\.backend.*cards"):
        film["1A"].promote(backend="magic")
    with pytest.raises(UnknownNameError, match="inline"):
        film["1A"].promote(**CARDS, engine="cloud")
    with pytest.raises(UnknownNameError, match="1A"):
        film.promote_all(["9Z"], **CARDS)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"size": 320}, "width and a height"),
        ({"size": (0, 18)}, r"Order\.width_px must be >= 1"),
        ({"quality": "best"}, r"Order\.quality must be one of"),
        ({"picture": object()}, "path of a file"),
        ({"budget": -1.0}, r"Order\.budget_usd must be > 0"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_wrong_order_is_refused_in_one_line(film, wrong, says):
    with pytest.raises(PrevizError, match=says):
        film["1A"].promote(**CARDS | wrong)
    assert not (film.folder / "promoted").exists()


def test_a_folder_of_takes_that_is_a_link_is_refused(film, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (film.folder / "promoted").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FilmFolderError, match="must hold its own promoted"):
        film["1A"].promote(**CARDS)


def test_all_that_changed_is_promoted_and_nothing_else(film, quick):
    first = film.promote_all(**CARDS, engine=quick)
    assert [job.slate for job in first.jobs()] == ["1A", "1B", "1C", "2A", "2B"]
    film.edit("set_lens", shot="1B", focal_length_mm=50)
    again = film.promote_all(**CARDS, engine=quick)
    fresh = {take.hash for take in again} - {take.hash for take in first}
    assert [film.promotions[-1].hash] == [*fresh]
    assert [job.attempts for job in again.jobs()] == [1] * 5
    assert len(film.promotions) == 6


def test_a_budget_leaves_out_what_it_cannot_pay(film, cards, quick):
    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=Forecast(seconds=600.0, cost_usd=2.0))

    add_backend("cards", Dear)
    made = film.promote_all(budget=5.0, **CARDS, engine=quick)
    assert [job.slate for job in made.jobs()] == ["1A", "1B"]
    assert made.left_out == ("1C", "2A", "2B")
    assert made[0].frozen.order.budget_usd == 3.0
    more = film.promote_all(hours=0.4, **CARDS, engine=quick)
    assert [job.slate for job in more.jobs()] == ["1A", "1B", "1C", "2A"]
    assert more.left_out == ("2B",)


def test_what_is_left_out_says_what_it_would_take_wherever_it_is_shown(
    film, cards, quick, monkeypatch
):
    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=Forecast(seconds=600.0, cost_usd=2.0))

    add_backend("cards", Dear)
    made = film.promote_all(["1A", "1B", "2A"], budget=4.5, **CARDS, engine=quick)
    needs, left = "7 frames would cost $2.00 and take about 10 min", "$1.50 was left"
    assert repr(made).splitlines()[1] == (
        f"1B · left out by the budget · {needs} · {left}"
    )
    html = made._repr_html_()
    for said in ("Left out by the budget", "2 shots, not", ">1B<", needs, left):
        assert said in html
    widget = QueueWidget(FilmQueue(made.place, []), left_out=made.shots_left_out)
    sent = []
    monkeypatch.setattr(widget, "send", lambda *told: sent.append(told))
    widget.hear({"kind": "queue"})
    shown = sent[0][0]["left_out"]
    assert [(each["slate"], each["by"]) for each in shown] == [
        ("1B", "the budget"),
        ("2A", "the budget"),
    ]
    assert (shown[0]["needs"], shown[0]["left"]) == (needs, left)
    assert "left out by the budget: 1B, 2A" in repr(widget)


@pytest.mark.parametrize(
    ("limits", "by", "left"),
    [
        ({"hours": 0.25}, "the hours", "about 5 min was left"),
        ({"budget": 2.0}, "the budget", "nothing was left"),
        ({"budget": 2, "hours": 0.2}, "the budget and the hours",
         "about 2 min was left"),
        ({"budget": 3.5, "hours": 0.25}, "the budget and the hours",
         "$0.50 and about 5 min were left"),
    ],
)  # fmt: skip
def test_a_limit_says_in_its_own_terms_what_was_left(limits, by, left):
    limit = Limit(limits.get("budget"), limits.get("hours"))
    plan = Plan("cards", (32, 18), (32, 18), 1, (Chunk(0, 1),),
                forecast=Forecast(seconds=600.0, cost_usd=2.0))  # fmt: skip
    order = Order(backend="cards", width_px=32, height_px=18)
    assert limit.allows(plan, "1A")
    limit.taken(plan, order)
    assert not limit.allows(plan, "1B")
    (told,) = limit.left_out
    assert (told.by, told.left) == (by, left)
    assert told.needs == "1 frame would cost $2.00 and take about 10 min"


def test_who_waits_for_a_failed_or_cancelled_take_is_told_why(film, cards, quick):
    class Broken(cards):
        def frames(self, task):
            raise PromoteError("Cards.ink must be there, got none. Buy some.")

    add_backend("cards", Broken)
    take = film["1A"].promote(**CARDS, engine=quick)
    with pytest.raises(PromoteError, match="Buy some"):
        take.wait()
    assert "Buy some" in take._repr_html_()


def test_a_promoted_shot_is_in_the_animatic_and_in_the_report(film, quick):
    take = film["1B"].promote(**CARDS, engine=quick)
    film["1B"].promote(**CARDS, engine=quick, quality="draft")
    made = film.animatic(size=(64, 36), slate=False, subtitles=False)
    shown = [f.to_ndarray(format="rgb24").mean() for f in read_frames(made.mp4)]
    own = [np.asarray(take.frame(n)).mean() for n in range(7)]
    assert np.allclose(shown[5:12], own, atol=4)
    assert not np.allclose(shown[0], own[0], atol=4)
    page = made.files["report"].read_text()
    assert page.count('title="cards, standard, 32×18">promoted') == 1
    assert page.count(">promoted<") == 1
    film.edit("set_lens", shot="1B", focal_length_mm=50)
    assert ">promoted<" not in film.report().read_text()
    film.undo()
    assert ">promoted<" in film.report().read_text()
