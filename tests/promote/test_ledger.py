import os
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from previz.errors import PromoteError, UnknownNameError
from previz.model import (
    Camera,
    CameraPose,
    Coverage,
    Film,
    Scene,
    Set,
    Setting,
    Shot,
    ShotSize,
    Slugline,
)
from previz.promote import Frozen, Order
from previz.promote import ledger as ledger_module
from previz.promote.lease import SILENCE_S, Owner, is_gone, myself
from previz.promote.ledger import Ledger
from previz.promote.plan import Run

POSE = CameraPose(position_m=(0, 1.5, 4), target_m=(0, 1.4, 0), focal_length_mm=35)


def frozen(number=0, length=5):
    shot = Shot(
        id=f"s{number}", slate=f"{number}A", first_frame=0, length_frames=length,
        coverage=Coverage.MASTER, size=ShotSize.LS, camera=Camera(poses=(POSE,)),
    )  # fmt: skip
    scene = Scene(
        id="scene-1", number="1", length_frames=length,
        slugline=Slugline(text="INT. BAR - DAY", setting=Setting.INTERIOR, place="BAR"),
        set=Set(id="bar", name="Bar", template="bar", interior=True, size_m=(5, 3, 4)),
    )  # fmt: skip
    state = f"{number:064x}"
    return Frozen(film=Film(scenes=(scene,)), shot=shot, order=Order(), state=state)


@pytest.fixture
def ahead_s():
    """By how much the ledger's clock is ahead of ours; a test may turn it on."""
    return [0.0]


@pytest.fixture
def ledger(tmp_path, ahead_s):
    path = tmp_path / "ledger.sqlite"
    with Ledger(path, clock=lambda: time.time() + ahead_s[0]) as made:
        yield made


@pytest.fixture
def dead():
    """A process of this machine that is no more."""
    return Owner(myself().host, 2**22 + 1, 0.0, "gone")


@pytest.fixture
def claimed_by(ledger, monkeypatch):
    def claim(take, owner):
        with monkeypatch.context() as patched:
            patched.setattr(ledger_module, "myself", lambda: owner)
            return ledger.claim(take)

    return claim


def test_a_take_has_one_job_however_often_it_is_asked_for(ledger):
    first = ledger.enqueue(frozen(), engine="inline")
    assert ledger.enqueue(frozen(), engine="dask") == replace(
        first, engine="dask", queued_s=ledger.job(first.take).queued_s
    )
    assert len(ledger.jobs()) == 1


def test_one_of_many_that_claim_at_once_gets_the_job(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with Ledger(path) as ledger:
        take = ledger.enqueue(frozen(), engine="inline").take
    got, gate = [], threading.Barrier(8)

    def grab():
        with Ledger(path) as mine:
            gate.wait()
            got.append(mine.claim(take))

    hands = [threading.Thread(target=grab) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sum(claim is not None for claim in got) == 1


def test_a_job_whose_worker_died_is_queued_and_can_be_claimed(ledger, claimed_by, dead):
    take = ledger.enqueue(frozen(), engine="inline").take
    assert claimed_by(take, dead) is not None
    job = ledger.job(take)
    assert (job.state, job.interrupted) == ("queued", True)
    assert ledger.claim(take).attempt == 2
    assert [a["outcome"] for a in ledger.attempts(take)] == ["died", None]


def test_a_job_whose_worker_lives_is_left_to_it(ledger):
    take = ledger.enqueue(frozen(), engine="inline").take
    assert ledger.claim(take) is not None
    assert ledger.job(take).state == "running"
    assert ledger.claim(take) is None
    assert ledger.enqueue(frozen(), engine="inline").state == "running"


def test_a_process_that_has_the_number_of_a_dead_one_is_another():
    mine = myself()
    assert not is_gone(mine, silent_s=1e9)
    other = replace(mine, began_s=mine.began_s - 60)
    assert is_gone(other, silent_s=SILENCE_S + 1)


def test_a_worker_whose_machine_had_its_clock_set_still_has_its_job(
    ledger, claimed_by, ahead_s
):
    """The system reckons when a process began from the clock as it is now."""
    take = ledger.enqueue(frozen(), engine="inline").take
    mine = myself()
    claim = claimed_by(take, replace(mine, began_s=mine.began_s - 3600))
    ahead_s[0] += 3600
    ledger.beat(claim, made_frames=1)
    assert ledger.job(take).state == "running"
    assert ledger.claim(take) is None
    ahead_s[0] += SILENCE_S + 1
    assert ledger.job(take).interrupted


def test_a_process_that_nobody_waited_for_is_gone():
    child = subprocess.Popen([sys.executable, "-c", ""])
    owner = replace(myself(), pid=child.pid, began_s=time.time())
    deadline = time.monotonic() + 20
    while not is_gone(owner, silent_s=0.0) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert is_gone(owner, silent_s=0.0)
    child.wait()


def test_a_worker_elsewhere_is_gone_once_it_is_silent():
    away = Owner("another", os.getpid(), 0.0, "x")
    assert not is_gone(away, silent_s=SILENCE_S - 1)
    assert is_gone(away, silent_s=SILENCE_S + 1)


def test_a_worker_that_lost_its_job_hears_so_and_changes_nothing(
    ledger, claimed_by, dead
):
    take = ledger.enqueue(frozen(), engine="inline").take
    old = claimed_by(take, dead)
    new = ledger.claim(take)
    assert ledger.beat(old, made_frames=4) == "lost"
    assert ledger.finish(old, "failed", error="late") == "running"
    assert ledger.beat(new, made_frames=1) == "go"
    assert ledger.job(take).made_frames == 1


def test_a_cancelled_job_stops_its_worker_or_ends_at_once(ledger, claimed_by, dead):
    waiting = ledger.enqueue(frozen(1), engine="inline").take
    assert ledger.cancel(waiting).state == "cancelled"
    running = ledger.enqueue(frozen(2), engine="inline").take
    claim = ledger.claim(running)
    assert ledger.cancel(running).state == "running"
    assert ledger.beat(claim) == "stop"
    assert ledger.finish(claim, "cancelled") == "cancelled"
    orphan = ledger.enqueue(frozen(3), engine="inline").take
    claimed_by(orphan, dead)
    assert ledger.cancel(orphan).state == "cancelled"


def test_a_job_asked_for_again_before_it_stopped_goes_on(ledger):
    take = ledger.enqueue(frozen(), engine="inline").take
    claim = ledger.claim(take)
    ledger.cancel(take)
    assert ledger.beat(claim) == "stop"
    ledger.enqueue(frozen(), engine="inline")
    assert ledger.finish(claim, "cancelled") == "queued"
    assert ledger.claim(take) is not None


@pytest.fixture
def lives_on(ledger, ahead_s):
    """Let a claim's worker give its last sign of life so many seconds later."""

    def live(claim, seconds):
        ahead_s[0] += seconds
        ledger.beat(claim)

    return live


def test_workers_that_die_without_a_frame_are_counted(
    ledger, claimed_by, dead, lives_on
):
    take = ledger.enqueue(frozen(), engine="inline").take
    for number in range(3):
        claim = claimed_by(take, replace(dead, token=str(number)))
        lives_on(claim, 20)
    assert ledger.job(take).deaths == 2
    ledger.beat(claim, made_frames=1)
    claimed_by(take, replace(dead, token="next"))
    assert ledger.job(take).deaths == 0
    assert ledger.give_up(take, "dies too often").state == "failed"
    assert ledger.enqueue(frozen(), engine="inline").state == "queued"


def test_a_job_at_which_all_workers_die_is_given_up(ledger, claimed_by, dead, lives_on):
    take = ledger.enqueue(frozen(), engine="inline").take
    claims = 0
    while claim := claimed_by(take, replace(dead, token=str(claims))):
        lives_on(claim, 20)
        claims += 1
        assert claims < 50
    assert claims > 10
    assert "Job.workers must finish a frame before they die, got 12 in a row" in (
        ledger.job(take).error
    )
    assert ledger.claim(take) is None
    ledger.enqueue(frozen(), engine="inline")
    assert ledger.claim(take) is not None


def test_workers_killed_as_soon_as_they_begin_end_no_job(
    ledger, claimed_by, dead, lives_on
):
    take = ledger.enqueue(frozen(), engine="inline").take
    for number in range(100):
        lives_on(claimed_by(take, replace(dead, token=str(number))), 2)
    assert ledger.job(take).state == "queued"
    assert ledger.claim(take) is not None


def test_time_of_a_worker_that_died_ends_with_its_last_sign_of_life(
    ledger, claimed_by, dead
):
    now = [1000.0]
    ledger._clock = lambda: now[0]
    take = ledger.enqueue(frozen(), engine="inline").take
    old = claimed_by(take, dead)
    now[0] += 10.0
    ledger.beat(old, made_frames=2)
    now[0] += 30_000.0
    assert ledger.worked_s() == {take: 10.0}
    ledger.enqueue(frozen(), engine="inline")
    assert [a["outcome"] for a in ledger.attempts(take)] == ["died"]
    new = ledger.claim(take)
    now[0] += 5.0
    ledger.finish(new, "done")
    now[0] += 30_000.0
    assert ledger.worked_s() == {take: 15.0}


def test_who_only_looks_makes_no_ledger(tmp_path):
    with Ledger(tmp_path / "none.sqlite") as ledger:
        assert (ledger.jobs(), ledger.runs(), ledger.worked_s()) == ((), (), {})
    assert not [*tmp_path.iterdir()]


def test_what_is_spent_never_shrinks(ledger):
    take = ledger.enqueue(frozen(), engine="inline").take
    claim = ledger.claim(take)
    ledger.beat(claim, spent_usd=2.5)
    ledger.beat(claim, spent_usd=0.5)
    assert ledger.job(take).spent_usd == 2.5


def test_a_thousand_jobs_are_listed_quickly(ledger):
    one = frozen()
    with ledger._writing() as db:
        for number in range(1000):
            db.execute(
                "INSERT INTO jobs (take, shot, slate, backend, quality, engine,"
                " length_frames, state, queued_s)"
                " VALUES (?, ?, '1A', 'path', 'final', 'kernel', 100, ?, 0)",
                (f"{number:064x}", one.shot.id, "done" if number % 2 else "queued"),
            )
    began = time.process_time()
    assert len(ledger.jobs()) == 1000
    assert time.process_time() - began < 0.5


def test_runs_and_states_are_remembered(tmp_path):
    run = Run("path", "path", "cpu", 2.0, 3.0, 4, None)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        assert ledger.runs() == ()
        assert ledger.state_of("key") is None
        ledger.measured("take", run)
        ledger.keep_states([("key", "state")])
    with Ledger(tmp_path / "ledger.sqlite") as again:
        assert again.runs() == (run,)
        assert again.state_of("key") == "state"


def test_an_unknown_job_lists_those_there_are(ledger):
    take = ledger.enqueue(frozen(), engine="inline").take
    with pytest.raises(UnknownNameError, match=take[:12]):
        ledger.job("0" * 64)


def test_a_broken_ledger_is_named(tmp_path):
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a ledger at all" * 100)
    with Ledger(path) as ledger, pytest.raises(PromoteError, match="Move ledger"):
        ledger.jobs()


def test_a_ledger_of_a_newer_previz_is_left_alone(tmp_path):
    path = tmp_path / "ledger.sqlite"
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with Ledger(path) as ledger, pytest.raises(PromoteError, match="Update previz"):
        ledger.jobs()
