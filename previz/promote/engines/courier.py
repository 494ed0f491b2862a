"""The process that carries jobs to an engine and outlives the notebook.

    python -m previz.promote.engines.courier

reads JSON lines: first which engine, then one line a job. When its input ends, because
the notebook does, it finishes what it was given and goes. A token comes by this pipe
alone: other users can read a process's arguments, and children inherit its environment.
"""

from __future__ import annotations

import json
import queue
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Protocol

from previz.errors import PrevizError
from previz.folder import FilmFolder
from previz.promote.ledger import Ledger

__all__ = ["Carrier", "carry_all", "main"]

_IDLE_S = 120.0
"""How long an engine that has nothing to do keeps its kernel or its cluster."""
_LOOK_S = 1.0
_AGAIN_S = (1.0, 5.0, 25.0, 125.0)
"""Waits between tries to tell a ledger."""

_CARRIERS = {
    "kernel": "previz.promote.engines.kernel",
    "dask": "previz.promote.engines.dask",
}


_Order = dict[str, str]
"""The folder of a film, and a job."""


class Carrier(Protocol):
    """What brings jobs to where they are made."""

    @property
    def at_once(self) -> int:
        """How many jobs it carries at the same time."""

    def carry(self, folder: Path, job: str) -> None:
        """See a job through.

        Raises:
            PrevizError: If it cannot be made there; what the ledger does not know yet.
        """

    def rest(self) -> None:
        """Let go of what costs, unless another job is being carried."""


def carry_all(carrier: Carrier, lines: Iterable[str]) -> None:
    """Carry the jobs of JSON lines; return once all have ended."""
    orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
    hands = [
        threading.Thread(target=_serve, args=(carrier, orders), daemon=True)
        for _ in range(carrier.at_once)
    ]
    for hand in hands:
        hand.start()
    for line in lines:
        # A notebook that was killed in mid-word leaves what it gave before.
        with suppress(ValueError):
            orders.put(json.loads(line))
    for _ in hands:
        orders.put(None)
    for hand in hands:
        hand.join()
    carrier.rest()


def _serve(carrier: Carrier, orders: queue.SimpleQueue[_Order | None]) -> None:
    """Carry orders until there are no more; see those through that others are at."""
    left: list[_Order] = []
    goes_on, rested_s = True, time.monotonic()
    while goes_on or left:
        order = None
        if goes_on:
            with suppress(queue.Empty):
                order = orders.get(timeout=_LOOK_S if left else _IDLE_S)
                goes_on = order is not None
        else:
            time.sleep(_LOOK_S)
        if order is None:
            order = _abandoned(left)
        if order is not None:
            if not _carried(carrier, Path(order["folder"]), order["job"]):
                left.append(order)
            rested_s = time.monotonic()
        elif time.monotonic() - rested_s >= _IDLE_S:
            carrier.rest()
            rested_s = time.monotonic()


def _carried(carrier: Carrier, folder: Path, job: str) -> bool:
    """Carry a job; return whether there is nothing more to do about it."""
    try:
        carrier.carry(folder, job)
    except PrevizError as error:
        _give_up(folder, job, str(error))
    except Exception as error:
        # Nobody watches this process: what is not in the ledger is never seen.
        said = f"{type(error).__name__}: {error}"
        _give_up(folder, job, f"Engine must carry the job, got {said}. Promote again.")
    else:
        # A worker that lives on for a moment after its engine was killed still has it.
        return _stands(folder, job) == "over"
    return True


def _abandoned(left: list[_Order]) -> _Order | None:
    """Return an order at which nobody is any more; forget those that are over."""
    for order in [*left]:
        stands = _stands(Path(order["folder"]), order["job"])
        if stands != "held":
            left.remove(order)
        if stands == "free":
            return order
    return None


def _stands(folder: Path, job: str) -> Literal["over", "held", "free"]:
    """Tell whether somebody is at a job, or its worker died at it.

    One that waits was given back: whoever did so, or asks for it again, has it made.
    """
    try:
        with Ledger(FilmFolder(folder).ledger) as ledger:
            found = ledger.job(job)
    except PrevizError:
        return "over"
    if found.interrupted:
        return "free"
    return "held" if found.state in ("running", "checking") else "over"


def _give_up(folder: Path, job: str, why: str) -> None:
    """Write down why a job failed, once the ledger can be written.

    Its disk may be full; and a film that is gone must not keep others waiting.
    """
    for wait_s in _AGAIN_S:
        with suppress(PrevizError):
            path = FilmFolder(folder).ledger
            if path.is_file():
                with Ledger(path) as ledger:
                    ledger.give_up(job, why)
            return
        time.sleep(wait_s)


def main() -> None:
    """Serve standard input."""
    opening: dict[str, Any] = json.loads(sys.stdin.readline())
    room = import_module(_CARRIERS[opening.pop("engine")])
    carry_all(room.carrier_of(**opening), sys.stdin)


if __name__ == "__main__":
    main()
