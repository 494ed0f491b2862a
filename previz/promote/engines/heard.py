"""What workers of a cluster tell of their tasks, and which tasks nobody begins."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from previz.errors import PromoteError
from previz.promote.backend import Task

__all__ = ["BEGIN_S", "News", "Unbegun", "able_workers"]

BEGIN_S = 60.0
"""A task that no worker begins for so long, though one has nothing to do, is lost."""
_LOOK_S = 5.0


class News:
    """What is told on Dask's thread, kept until the job's own thread asks for it.

    Args:
        task: Whose steps it is.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        self._told: list[Mapping[str, Any]] = []
        self.begun: dict[str, str] = {}
        """Addresses of the workers that began tasks last, by the tasks' keys."""

    def hear(self, event: tuple[Any, Mapping[str, Any]]) -> None:
        """Keep what a worker told."""
        self._told.append(event[1])

    def pass_on(self) -> None:
        """Pass steps on to the job."""
        while self._told:
            told = self._told.pop(0)
            if "begun" in told:
                self.begun[told["begun"]] = told["by"]
            else:
                self._task.report(*told["steps"])


class Unbegun:
    """Looks out for tasks that a cluster has lost: they would be waited for for ever.

    Args:
        able: Returns the workers that can do them by their addresses, as a scheduler
            tells of them.
        begin_s: How long a task may lie while a worker has nothing to do.
        clock: Seconds.
    """

    def __init__(
        self,
        able: Callable[[], Mapping[str, Mapping[str, Any]]],
        *,
        begin_s: float = BEGIN_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._able, self._begin_s, self._clock = able, begin_s, clock
        self._known: tuple[frozenset[str], frozenset[str]] | None = None
        self._since_s = self._looked_s = clock()
        self._there: Mapping[str, Mapping[str, Any]] | None = None

    @property
    def workers(self) -> int | None:
        """How many could do them when that was looked at last; None before."""
        return None if self._there is None else len(self._there)

    def among(self, running: Iterable[str], begun: Mapping[str, str]) -> set[str]:
        """Return the keys of tasks that are lost.

        A cluster that is at work on something, this take or another, gets to them.

        Args:
            running: Keys of the tasks that were given out and are not finished.
            begun: By keys of tasks the addresses of the workers that began them. What
                a worker began that is gone waits for another.
        """
        now, keys = self._clock(), frozenset(running)
        if now - self._looked_s >= min(_LOOK_S, self._begin_s):
            self._looked_s, self._there = now, self._able()
            if not any(_is_idle(worker) for worker in self._there.values()):
                self._since_s = now
        waiting = frozenset(key for key in keys if not self._is_begun(key, begun))
        if not waiting or self._known != (keys, waiting):
            self._known, self._since_s = (keys, waiting), now
        if now - self._since_s < self._begin_s:
            return set()
        self._known = None
        return set(waiting)

    def _is_begun(self, key: str, begun: Mapping[str, str]) -> bool:
        return key in begun and (self._there is None or begun[key] in self._there)


def able_workers(
    client: Any, resources: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    """Return the workers that have what a task takes, by their addresses.

    Args:
        client: A `distributed.Client`.
        resources: How much of what, by name.

    Raises:
        PromoteError: If the scheduler is gone.
    """
    found = client.scheduler_info(n_workers=-1).get("workers")
    if found is None:
        raise PromoteError(
            "DaskEngine.address must be a running scheduler's, got one that is gone. "
            "The frames that came are kept: start it and promote again."
        )
    return {
        address: worker
        for address, worker in found.items()
        if all(worker["resources"].get(name, 0) >= n for name, n in resources.items())
    }


def _is_idle(worker: Mapping[str, Any]) -> bool:
    """Tell whether a worker has nothing to do; one that is paused begins nothing."""
    metrics = worker.get("metrics", {})
    executing = metrics.get("task_counts", {}).get("executing", 0)
    return not executing and not metrics.get("transfer", {}).get("incoming_bytes", 0)
