"""Clusters that go away, and what their workers hold."""

from pathlib import Path
from types import SimpleNamespace

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
