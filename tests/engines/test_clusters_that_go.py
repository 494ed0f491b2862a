"""Clusters that go away, and what their workers hold."""

import socket
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import distributed
import pytest

from previz.errors import PromoteError
from previz.promote.engines import dask, spread
from previz.promote.engines.dask import ClusterCarrier, DaskEngine
from previz.promote.engines.spread import Spread


def test_a_job_after_a_lost_scheduler_looks_for_it_anew(monkeypatch):
    found = []

    def connected(engine):
        found.append(SimpleNamespace(status="running"))
        return found[-1]

    monkeypatch.setattr(dask, "_connected", connected)
    carrier = ClusterCarrier(DaskEngine(address="tcp://10.0.0.5:8786"))
    with carrier._cluster() as first:
        assert first.status == "running"
    with carrier._cluster() as same:
        assert same is first
    first.status = "closed"
    with carrier._cluster() as other:
        assert other is not first
    assert len(found) == 2


def test_a_cluster_of_this_machine_wants_no_port_that_others_have(monkeypatch):
    within = distributed.LocalCluster

    def here(*, env, **asked):
        return within(processes=False, **asked)

    monkeypatch.setattr(distributed, "LocalCluster", here)
    with socket.socket() as other:
        with suppress(OSError):  # a cluster may have it already
            other.bind(("127.0.0.1", 8787))
            other.listen()
        client = dask._connected(DaskEngine(workers=1))
    client.close()
    client.cluster.close()


def test_a_scheduler_that_is_gone_is_named():
    """What a client knows of it then."""
    client = SimpleNamespace(scheduler_info=lambda **_: {"type": "Scheduler"})
    with pytest.raises(PromoteError, match="scheduler's, got one that is gone"):
        Spread(client).able()


def test_tasks_are_stopped_also_where_nobody_can_be_told_of_steps(monkeypatch):
    up = []

    def gone(*_):
        raise OSError("closed")

    client = SimpleNamespace(subscribe_topic=lambda *_: None, unsubscribe_topic=gone)
    monkeypatch.setattr(
        distributed,
        "Event",
        lambda flag, client: SimpleNamespace(set=lambda: up.append(flag)),
    )
    with Spread(client)._told(None) as (flag, _):
        assert up == []
    assert up == [flag]


@pytest.mark.parametrize(
    ("size", "most"), [((960, 540), 8), ((1920, 1080), 8), ((4096, 2160), 1)]
)
def test_a_worker_holds_no_more_of_large_pictures_than_of_small_ones(
    monkeypatch, size, most
):
    asked = []

    def noted(chunks, wanted, *, most_frames):
        asked.append(most_frames)
        raise PromoteError("Enough must be enough, got it. Stop.")

    monkeypatch.setattr(spread, "pieces_of", noted)
    workers = {"a": {"resources": {}}}
    client = SimpleNamespace(scheduler_info=lambda **_: {"workers": workers})
    plan = SimpleNamespace(shown=size, chunks=())
    task = SimpleNamespace(wanted=tuple(range(240)), plan=plan)
    with pytest.raises(PromoteError, match="Enough"):
        list(Spread(client).frames(task, folder=Path()))
    assert asked == [most]
