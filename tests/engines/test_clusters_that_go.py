"""A cluster's client that gave up is not asked again."""

from types import SimpleNamespace

from previz.promote.engines import dask
from previz.promote.engines.dask import ClusterCarrier, DaskEngine


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
