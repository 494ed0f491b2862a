"""A shot promoted by a hosted model from the order to the sealed take."""

from functools import partial

import numpy as np
import pytest
from runway_server import KEY, QUICK, Service, clip, served

from previz.controls import Footage
from previz.promote import backends
from previz.promote.backends.hosted import HostedBackend
from previz.promote.finishing import Finished, film_take
from previz.promote.taken import part_of, taken_in
from previz.promote.work import work

ORDER = {"backend": "hosted", "options": {"model": "gen4_turbo"}}


@pytest.fixture
def service(tmp_path_factory, monkeypatch):
    monkeypatch.setitem(backends._added, "hosted", partial(HostedBackend, QUICK))
    monkeypatch.setattr(Footage, "preview", grey)
    service = Service()
    with served(service, tmp_path_factory.mktemp("served")):
        yield service


def grey(footage, frame, *, size):
    """Return a preview that costs nothing to draw."""
    return np.full((size[1], size[0], 3), 120, np.uint8)


def stands(shop, take):
    job = shop.ledger.job(take)
    return job.state, pytest.approx(job.spent_usd), job.error


def test_a_take_is_paid_once_and_nothing_on_disk_holds_the_key(service, shop):
    take = shop.queue("1B", **ORDER, budget_usd=0.10)
    assert work(shop.place.path, take, finisher=film_take) == "done"
    assert stands(shop, take) == ("done", 0.10, "")
    made = taken_in(shop.place.promoted, take)
    assert made.manifest["spent_usd"] == pytest.approx(0.10)
    assert made.frozen.told["model"] == "gen4_turbo"
    assert len(made.frames.paths()) == 7
    shop.queue("1B", **ORDER, budget_usd=5.0)
    assert work(shop.place.path, take, finisher=film_take) == "done"
    assert len(service.asked) == 1
    files = [file for file in shop.place.path.rglob("*") if file.is_file()]
    assert {"ledger.sqlite", "take.json"} <= {file.name for file in files}
    assert not any(KEY.encode() in file.read_bytes() for file in files)


def test_a_failed_job_goes_on_with_a_larger_budget_and_what_is_paid_for(service, shop):
    service.output = clip(2)
    take = shop.queue("1B", **ORDER, budget_usd=0.05)
    assert work(shop.place.path, take) == "failed"
    _, spent, error = stands(shop, take)
    assert spent == 0
    assert "$0.10" in error
    shop.queue("1B", **ORDER, budget_usd=0.10)
    assert work(shop.place.path, take) == "failed"
    assert "got 2 frames" in shop.ledger.job(take).error
    (part_of(shop.place.promoted, take) / "scratch" / "clip-0.mp4").unlink()
    service.output = clip(60)
    shop.queue("1B", **ORDER, budget_usd=0.10)
    assert work(shop.place.path, take, finisher=film_take) == "done"
    assert len(service.asked) == 1
    assert stands(shop, take) == ("done", 0.10, "")


def test_a_budget_is_for_all_tries_of_a_shot(service, shop):
    def never_right(*_):
        return Finished("retry")

    take = shop.queue("1B", **ORDER, budget_usd=0.25)
    assert work(shop.place.path, take, finisher=never_right) == "failed"
    jobs = shop.ledger.jobs()
    assert [job.state for job in jobs] == ["review", "review", "failed"]
    assert "budget_usd" in jobs[-1].error
    assert sum(job.spent_usd for job in jobs) == pytest.approx(0.20)
    assert len(service.asked) == 2
    assert [asked["seed"] for asked in service.asked] == [
        shop.film.seed + n for n in (0, 1)
    ]
