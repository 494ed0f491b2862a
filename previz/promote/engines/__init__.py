"""Where jobs run, by name.

All state is the ledger's, through which jobs are stopped; an engine starts workers.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol

from previz.errors import PromoteError, UnknownNameError

__all__ = ["DEFAULT_ENGINE", "ENGINES", "Engine", "engine_of"]


class Engine(Protocol):
    """Starts `previz.promote.work` somewhere."""

    @property
    def name(self) -> str:
        """Its name in the ledger."""

    def start(self, folder: Path, job: str) -> None:
        """See to it that somebody works on a job; returns at once, but for `inline`.

        Args:
            folder: The film's.
            job: Its name in the ledger.

        Raises:
            PromoteError: If no worker can be started.
        """


DEFAULT_ENGINE = "kernel"
"""Where takes are made unless somebody says otherwise."""

ENGINES = {
    "inline": "previz.promote.engines.inline:InlineEngine",
    "kernel": "previz.promote.engines.kernel:KernelEngine",
    "dask": "previz.promote.engines.dask:DaskEngine",
}


def engine_of(asked: str | Engine) -> Engine:
    """Return an engine by its name, or the one that was given.

    Raises:
        PromoteError: If it is neither a name nor an engine.
        UnknownNameError: If there is none of that name.
    """
    if not isinstance(asked, str):
        if callable(getattr(asked, "start", None)) and hasattr(asked, "name"):
            return asked
        raise PromoteError(
            "Shot.promote.engine must be the name of one or an engine, got "
            f"{asked!r:.60}. Write engine='kernel', or engine=KernelEngine(…)."
        )
    if asked not in ENGINES:
        raise UnknownNameError("Shot.promote.engine", asked, ENGINES)
    module, _, kind = ENGINES[asked].partition(":")
    make: Callable[[], Engine] = getattr(import_module(module), kind)
    return make()
