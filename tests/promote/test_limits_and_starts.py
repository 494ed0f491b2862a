"""What counts against a limit, what a failed start leaves alone, what plans know."""

import os
from dataclasses import replace

import pytest

from previz.errors import PromoteError
from previz.promote.backends import add_backend, backend_of
from previz.promote.forecast import forecast
from previz.promote.frozen import Order
from previz.promote.ledger import Ledger
from previz.promote.plan import Forecast
from previz.promote.plan_text import plans_text

CARDS = {"backend": "cards", "size": (32, 18)}


class Nowhere:
    """An engine that cannot start anything."""

    name = "nowhere"

    def start(self, folder, job):
        raise PromoteError("Nowhere.server must answer, got nobody. Start it.")


class Patient:
    """An engine that takes jobs on and gets to them later."""

    name = "patient"

    def start(self, folder, job):
        """Leave it in the queue, as a courier with much to do does."""


def test_a_shot_that_is_named_twice_is_counted_once(film, cards):
    class Dear(cards):
        def plan(self, order, **told):
            price = Forecast(seconds=600.0, cost_usd=2.0)
            return replace(super().plan(order, **told), forecast=price)

    add_backend("cards", Dear)
    twice = ["1A", "1A", "1B", "1A"]
    made = film.promote_all(twice, budget=6.0, engine=Patient(), **CARDS)
    assert [job.slate for job in made.jobs()] == ["1A", "1B"]
    assert made.left_out == ()


def test_a_failed_start_fails_its_own_jobs_and_none_that_waits_elsewhere(film):
    held = film["1A"].promote(engine=Patient(), **CARDS)
    with pytest.raises(PromoteError, match="Nowhere"):
        film.promote_all(["1A", "1B"], engine=Nowhere(), **CARDS)
    states = {job.slate: job.state for job in film.promotions.jobs()}
    assert states == {"1A": "queued", "1B": "failed"}
    assert held.job.error == ""


def test_a_plan_in_a_folder_that_is_only_read_foretells_as_any_other(
    film, quick, cards, monkeypatch
):
    class Foretold(cards):
        def plan(self, order, *, runs=(), **told):
            plan = super().plan(order, **told)
            return replace(plan, forecast=forecast(plan, runs))

    add_backend("cards", Foretold)
    film["1A"].promote(engine=quick, **CARDS)
    folder, may = film.folder, os.access
    known = film["1B"].promotion_plan(**CARDS).forecast
    assert known.from_runs == 1
    monkeypatch.setattr(
        os, "access", lambda path, mode: not mode & os.W_OK and may(path, mode)
    )
    with Ledger(folder / "ledger.sqlite") as ledger:
        ledger.runs()
        before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
        assert film["1B"].promotion_plan(**CARDS).forecast == known
        after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert after == before


def test_a_plan_counts_paths_where_light_is_traced_and_steps_elsewhere():
    plans = {
        name: backend_of(name).plan(
            Order(backend=name, options={}), length_frames=9, rate_fps=24.0
        )
        for name in ("path", "wan-vace")
    }
    said = [plans_text({"1A": made}).splitlines() for made in plans.values()]
    heads = [next(line for line in lines if "picture" in line) for lines in said]
    assert "paths" in heads[0]
    assert "steps" not in heads[0]
    assert "steps" in heads[1]
    assert "paths" not in heads[1]
