"""What the studio asks to be promoted, without a page."""

from dataclasses import replace

import pytest

from previz.errors import UnknownNameError
from previz.film import Film
from previz.ordering import FilmOrders
from previz.promote.backends import add_backend
from previz.promote.plan import Forecast
from previz.promote.seen import through
from previz.widgets.queue_desk import QueueDesk
from previz.widgets.queue_messages import (
    AskChoices,
    AskFrame,
    AskPlan,
    AskPromote,
    AskQueue,
    Ordered,
)

CARDS = Ordered(backend="cards", size_px=(32, 18), quality="draft")


@pytest.fixture
def film(short_film, tmp_path, cards, quick, monkeypatch):
    """Return a film in a folder, whose takes are made at once."""
    add_backend("cards", cards)
    monkeypatch.setattr("previz.promote.engines.engine_of", lambda _: quick)
    made = Film(short_film(), generator="plain")
    made.save(tmp_path / "film")
    return made


def ids(film, *slates):
    return tuple(film.value.find_shot(slate)[1].id for slate in slates)


def ask(film, asked):
    """Return what a desk says of a question."""
    orders, said = FilmOrders(film), []
    QueueDesk(orders, orders).answer(asked, lambda *told: said.append(told))
    return said


def test_a_plan_of_several_shots_adds_them_up_and_begins_nothing(film):
    shots = ids(film, "1A", "1B")
    ((plan, _),) = ask(film, AskPlan(number=7, shots=shots, order=CARDS))
    assert plan.number == 7
    assert [shot.slate for shot in plan.shots] == ["1A", "1B"]
    frames = sum(film[name].value.length_frames for name in ("1A", "1B"))
    rows = {row.name: row.value for row in plan.rows}
    assert rows["length"] == f"{frames} frames"
    assert rows["size"] == "32 × 18"
    assert len(film.promotions) == 0


def test_promoted_shots_are_made_and_seen_in_the_queue(film):
    shots = ids(film, "1A", "2A")
    ((made, _),) = ask(film, AskPromote(number=1, shots=shots, order=CARDS))
    assert made.refused == ""
    assert [take.slate for take in film.promotions] == ["1A", "2A"]
    ((queue, _),) = ask(film, AskQueue())
    assert {card.job for card in queue.cards} == set(made.jobs)
    assert {card.shot for card in queue.cards} == set(shots)
    ((_, pictures),) = ask(film, AskFrame(job=made.jobs[0], frame=1))
    assert pictures[0].startswith(b"\xff\xd8")
    ((again, _),) = ask(film, AskPromote(number=2, shots=shots, order=CARDS))
    assert again.jobs == made.jobs
    assert len(film.promotions) == 2


def test_a_proof_is_planned_and_made_of_few_frames(film):
    shots, order = ids(film, "1A", "1B"), CARDS.changed(proof=True)
    ((plan, _),) = ask(film, AskPlan(number=1, shots=shots, order=order))
    assert [shot.length_frames for shot in plan.shots] == [3, 3]
    assert {row.name: row.value for row in plan.rows}["length"] == "6 frames"
    ask(film, AskPromote(number=2, shots=shots, order=order))
    assert [len(job.proof) for job in film.promotions.jobs()] == [3, 3]
    ask(film, AskPromote(number=3, shots=shots, order=CARDS))
    assert [job.proof for job in film.promotions.jobs()] == [(), ()]


def test_a_budget_says_what_it_leaves_out_and_what_that_would_take(film, cards):
    class Dear(cards):
        def plan(self, order, **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=Forecast(cost_usd=2.0))

    add_backend("cards", Dear)
    order = CARDS.changed(budget_usd=3.5)
    shots = ids(film, "1A", "1B")
    ((made, _),) = ask(film, AskPromote(number=1, shots=shots, order=order))
    (left,) = made.left_out
    assert (len(made.jobs), left.slate, left.by) == (1, "1B", "the budget")
    assert (left.needs, left.left) == ("7 frames would cost $2.00", "$0.50 was left")


def test_what_cannot_be_made_is_said_to_the_page_that_asked(film):
    shots, magic = ids(film, "1A"), CARDS.changed(backend="magic")
    ((plan, _),) = ask(film, AskPlan(number=1, shots=shots, order=magic))
    assert "magic" in plan.refused
    ((made, _),) = ask(film, AskPromote(number=2, shots=("nobody",), order=CARDS))
    assert "nobody" in made.refused
    assert made.number == 2


def test_a_film_without_a_folder_is_planned_and_asked_to_be_saved(short_film, cards):
    add_backend("cards", cards)
    film = Film(short_film(), generator="plain")
    shots = ids(film, "1A")
    ((plan, _),) = ask(film, AskPlan(number=1, shots=shots, order=CARDS))
    assert "film.save" in plan.warnings[0]
    ((made, _),) = ask(film, AskPromote(number=2, shots=shots, order=CARDS))
    assert "Save it first" in made.refused
    ((queue, _),) = ask(film, AskQueue())
    assert queue.cards == ()
    with pytest.raises(UnknownNameError):
        FilmOrders(film).cancel("a1")


def test_a_shot_is_frozen_as_it_was_when_it_was_asked_for(film):
    shots = ids(film, "1A")
    orders = FilmOrders(film)
    steps = orders.promote(AskPromote(number=1, shots=shots, order=CARDS))
    next(steps)
    before = film["1A"].camera
    film.edit("set_lens", shot=shots[0], focal_length_mm=85)
    assert film["1A"].camera != before
    made = through(steps)
    assert film.promotions[0].hash == made.jobs[0]
    assert film.promotions[0].frozen.shot.camera == before


def test_tiers_and_backends_are_those_of_a_cell(film):
    ((choices, _),) = ask(film, AskChoices())
    assert "cards" in choices.backends
    assert [tier.quality for tier in choices.tiers] == ["draft", "standard", "final"]
    for tier in choices.tiers:
        plan = film["1A"].promotion_plan(backend="cards", quality=tier.quality)
        assert plan.shown == (tier.width_px, tier.height_px)
