"""The engine for many shots: a Dask cluster, by address or on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from previz.errors import MissingRuntimeError, PromoteError
from previz.promote.engines.courier import Carrier
from previz.promote.engines.parcel import stays_home
from previz.promote.engines.post import send
from previz.promote.engines.spread import Spread
from previz.promote.work import work
from previz.trace.threads import THREADS, cores_here, threads_asked

__all__ = ["DaskEngine", "carrier_of"]

_CONNECT_S = 20


@dataclass(frozen=True)
class DaskEngine:
    """Makes the chunks of takes as tasks of a Dask cluster.

    Attributes:
        address: Of the scheduler, such as "tcp://10.0.0.5:8786" or what
            `cluster.scheduler_address` says; without one, a cluster of processes of
            this machine is started, and ended when there is nothing more to do.
        workers: How many processes such a cluster of this machine has, which divide
            its cores among them.
        gpus: How many of the workers' resource "GPU" a task takes; 0 for backends
            that need none. Workers offer it: `dask worker … --resources GPU=1`.
        shots: How many takes are made at the same time.
    """

    address: str = ""
    workers: int = 2
    gpus: int = 0
    shots: int = 2

    def __post_init__(self) -> None:
        for field, least in (("workers", 1), ("gpus", 0), ("shots", 1)):
            if getattr(self, field) < least:
                raise PromoteError(
                    f"DaskEngine.{field} must be >= {least}, got "
                    f"{getattr(self, field)}. Pass such as {max(least, 1)}."
                )

    @property
    def name(self) -> str:
        """How the ledger calls it."""
        return f"dask {self.address or 'on this machine'}"

    def start(self, folder: Path, job: str) -> None:
        """Begin a job and return at once.

        Raises:
            MissingRuntimeError: If the extra `dask` is not installed.
        """
        _distributed()
        opening = {
            "engine": "dask",
            "address": self.address,
            "workers": self.workers,
            "gpus": self.gpus,
            "shots": self.shots,
        }
        send(opening, folder=folder, job=job)


def carrier_of(**asked: Any) -> Carrier:
    """Return what carries jobs to an engine of this kind."""
    return ClusterCarrier(DaskEngine(**asked))


class ClusterCarrier:
    """Has jobs made by a cluster's workers; the frames come home as they are made."""

    def __init__(self, engine: DaskEngine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._client: Any = None
        self._carried = 0

    @property
    def at_once(self) -> int:
        """How many takes are made at the same time."""
        return self._engine.shots

    def carry(self, folder: Path, job: str) -> None:
        """See a job through.

        Raises:
            PrevizError: If there is no scheduler, no worker can do it, or it fails.
        """
        if stays_home(folder, job):
            work(folder, job)
            return
        with self._cluster() as client:
            spread = Spread(client, gpus=self._engine.gpus)
            work(folder, job, frames=lambda task: spread.frames(task, folder=folder))

    def rest(self) -> None:
        """Leave the cluster, if no job is on it; one of this machine ends."""
        with self._lock:
            if self._carried or self._client is None:
                return
            client, self._client = self._client, None
            cluster = client.cluster
            client.close()
            if cluster is not None:
                cluster.close()

    @contextmanager
    def _cluster(self) -> Iterator[Any]:
        with self._lock:
            # A client whose scheduler is gone gives up; the next job may find another.
            if self._client is None or self._client.status == "closed":
                self._client = _connected(self._engine)
            self._carried += 1
        try:
            yield self._client
        finally:
            with self._lock:
                self._carried -= 1


def _connected(engine: DaskEngine) -> Any:
    distributed = _distributed()
    import dask

    # A parcel may hold a mesh; a graph of it is what we mean.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
    if engine.address:
        try:
            return distributed.Client(
                engine.address, timeout=_CONNECT_S, set_as_default=False
            )
        except (OSError, ValueError, TimeoutError) as error:
            raise PromoteError(
                "DaskEngine.address must be a running scheduler's, got "
                f"{engine.address!r} ({type(error).__name__}). Start one: dask "
                "scheduler; or pass what cluster.scheduler_address says."
            ) from None
    cluster = distributed.LocalCluster(
        n_workers=engine.workers,
        threads_per_worker=1,
        # The usual port is that of the user's own clusters.
        scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
        resources={"GPU": engine.gpus} if engine.gpus else None,
        env=_share(engine.workers),
    )
    return distributed.Client(cluster, set_as_default=False)


def _share(workers: int) -> dict[str, str]:
    """Return the environment in which each worker has its share of this machine."""
    each = threads_asked() or max(cores_here() // workers, 1)
    return {THREADS: str(each)}


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise MissingRuntimeError(
            "DaskEngine must have the extra 'dask', got no distributed. "
            "Run pip install 'previz[dask]'."
        ) from error
    return distributed
