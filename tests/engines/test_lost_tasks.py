"""Tasks that a cluster takes and never begins, and what pieces may spend."""

import itertools
from types import SimpleNamespace

import pytest

from previz.errors import PromoteError
from previz.promote.engines import spread
from previz.promote.engines.heard import News, Unbegun
from previz.promote.engines.piece import Made
from previz.promote.engines.pieces import Piece
from previz.promote.engines.shares import Shares
from previz.promote.frozen import Frozen
from previz.promote.taken import FROZEN, part_of

IDLE = {"metrics": {"task_counts": {}, "transfer": {"incoming_bytes": 0}}}
BUSY = {"metrics": {"task_counts": {"executing": 1}}}
FED = {"metrics": {"task_counts": {}, "transfer": {"incoming_bytes": 512}}}


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def looked(clock, workers, *, for_s, keys=("a", "b"), begun=None):
    """Look once a second, and return what is lost by when."""
    there = {f"tcp://{n}": worker for n, worker in enumerate(workers)}
    unbegun = Unbegun(lambda: there, begin_s=60, clock=clock)
    for second in range(for_s):
        clock.now = float(second)
        if lost := unbegun.among(keys, begun or {"a": "tcp://0"}):
            return second, lost
    return None


def test_a_task_that_nobody_begins_though_a_worker_is_idle_is_lost(clock):
    second, lost = looked(clock, [BUSY, IDLE], for_s=100)
    assert 60 <= second <= 66
    assert lost == {"b"}


def test_what_a_worker_began_that_is_gone_waits_for_another(clock):
    begun = {"a": "tcp://gone", "b": "tcp://0"}
    second, lost = looked(clock, [IDLE], for_s=100, begun=begun)
    assert lost == {"a"}
    assert second >= 60


@pytest.mark.parametrize("workers", [[BUSY, BUSY], [FED], []])
def test_a_task_waits_for_workers_that_are_busy_fed_or_not_there(clock, workers):
    assert looked(clock, workers, for_s=1000) is None


def test_a_cluster_that_begins_others_gets_to_all(clock):
    unbegun = Unbegun(lambda: {"tcp://0": IDLE}, begin_s=60, clock=clock)
    for second in range(600):
        clock.now = float(second)
        begun = {str(n): "tcp://0" for n in range(second // 50)}
        assert not unbegun.among([*begun, "last"], begun)


def test_what_was_lost_has_as_long_again(clock):
    unbegun = Unbegun(lambda: {"tcp://0": IDLE}, begin_s=60, clock=clock)
    found = []
    for second in range(200):
        clock.now = float(second)
        found += [second] if unbegun.among(["a"], {}) else []
    assert len(found) == 3
    assert all(b - a >= 60 for a, b in itertools.pairwise(found))


class Future:
    def __init__(self, key, made):
        self.key, self.made, self.gone = key, made, False

    def done(self):
        return self.made is not None

    def result(self):
        return self.made

    def release(self):
        self.gone = True

    cancel = release


class Cluster:
    """Loses the first tasks that it is given; the clock is its own."""

    def __init__(self, clock, *, loses):
        self.clock, self.loses = clock, loses
        self.given, self.held, self.budgets = [], 0, []

    def able(self):
        return {"tcp://0": IDLE}

    def hold(self, value):
        self.held += 1

    def wait(self, futures):
        self.clock.now += 7.0

    def submit(self, make, parcel, **asked):
        lost = len(self.given) < self.loses
        self.given.append(Future(f"make-{len(self.given)}", None if lost else Made(())))
        self.budgets.append(spread.Parcel.from_bytes(parcel).budget_usd)
        return self.given[-1]


@pytest.fixture
def spread_over(film, clock, monkeypatch):
    """Spread a take of four pieces over a cluster; return what its manifest says."""
    monkeypatch.setattr(
        spread, "Unbegun", lambda able, *, begin_s: Unbegun(able, clock=clock)
    )
    job = film.queue()

    def done(cluster, *, budget_usd=None, spent_usd=0.0):
        raw = (part_of(film.place.promoted, job) / FROZEN).read_bytes()
        claim = film.ledger.claim(job)
        film.ledger.beat(claim, spent_usd=spent_usd)
        notes, spent = [], []
        task = SimpleNamespace(
            frozen=Frozen.from_json(raw), wanted=tuple(range(8)), scratch=None,
            stopped=lambda: False, note=notes.append, spent=spent.append,
            report=lambda *_: None, budget_usd=budget_usd, made=None,
        )  # fmt: skip
        pieces = tuple(Piece((n, n + 1)) for n in range(0, 8, 2))
        news = News(task)
        around = spread._Round(cluster, task, film.place.path, "flag", news)
        assert list(around.frames(pieces)) == []
        return notes, spent

    return done


def test_lost_tasks_are_given_out_again_with_what_they_need(spread_over, clock):
    cluster = Cluster(clock, loses=2)
    notes, _ = spread_over(cluster)
    assert len(cluster.given) == 6
    assert cluster.held == 2
    assert notes == ["given out again, since no worker began it: 2 tasks"]
    assert all(future.gone for future in cluster.given)


def test_a_cluster_that_begins_nothing_is_given_up_with_a_reason(spread_over, clock):
    with pytest.raises(PromoteError, match="must begin frame 0, got 1 that do nothing"):
        spread_over(Cluster(clock, loses=1000))


def test_pieces_share_a_budget_and_what_was_spent_before(spread_over, clock):
    cluster = Cluster(clock, loses=0)
    spread_over(cluster, budget_usd=10.0, spent_usd=2.0)
    assert cluster.budgets == pytest.approx([2.0] * 4)


def test_what_a_piece_leaves_is_for_those_after_it():
    first, second, third = Piece((0, 1)), Piece((2, 3)), Piece((4, 5))
    shares = Shares(6.0, spent_usd=0.0, frames=6)
    assert shares.given(first) == pytest.approx(2.0)
    shares.returned(first, 0.5)
    assert shares.given(second) == pytest.approx(2.75)
    shares.lost(second)
    assert shares.given(third) + shares.given(second) <= 2.75
    shares.returned(third, 1.0)
    assert shares.spent_usd == pytest.approx(1.5)


def test_without_a_budget_no_piece_has_one_and_costs_add_up():
    shares = Shares(None, spent_usd=1.0, frames=2)
    pieces = [Piece((0,)), Piece((1,))]
    assert [shares.given(piece) for piece in pieces] == [None, None]
    for piece in pieces:
        shares.returned(piece, 0.25)
    assert shares.spent_usd == pytest.approx(1.5)
