"""Where couriers are sent from: one process an engine, for all of its jobs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

__all__ = ["couriers", "dismiss", "send"]

_lock = threading.Lock()
_couriers: dict[tuple[str, str], subprocess.Popen[str]] = {}
_HEEDED = ("PREVIZ_", "RUNWAYML_")
"""Environment variables that a job may need; a courier has those of its beginning."""


def send(opening: dict[str, Any], *, folder: Path, job: str) -> None:
    """Give a job to an engine's courier, which is started if there is none.

    Args:
        opening: Which engine and how it is reached; may hold a token, which travels by
            a pipe and is kept in the two processes' memory alone.
        folder: The film's.
        job: Its name in the ledger.
    """
    told = json.dumps(opening, sort_keys=True)
    key = (told, _environment())
    line = json.dumps({"folder": str(folder.resolve()), "job": job})
    with _lock:
        courier = _couriers.get(key)
        if courier is None or courier.poll() is not None:
            courier = _couriers[key] = _started(told)
        try:
            _write(courier, line)
        except BrokenPipeError:
            # It ended between the look and the word.
            courier.wait()
            courier = _couriers[key] = _started(told)
            _write(courier, line)


def couriers() -> tuple[subprocess.Popen[str], ...]:
    """Return the processes that carry jobs of this one."""
    with _lock:
        return tuple(_couriers.values())


def dismiss() -> None:
    """Let the couriers go: each finishes what it was given; wait for that."""
    with _lock:
        for courier in _couriers.values():
            if courier.stdin is not None:
                courier.stdin.close()
            courier.wait()
        _couriers.clear()


def _environment() -> str:
    """Return a hash of what a courier would inherit: a key may come after the first."""
    heeded = [pair for pair in os.environ.items() if pair[0].startswith(_HEEDED)]
    return hashlib.sha256(json.dumps(sorted(heeded)).encode()).hexdigest()


def _started(opening: str) -> subprocess.Popen[str]:
    courier = subprocess.Popen(
        [sys.executable, "-P", "-m", "previz.promote.engines.courier"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        # An interrupt of a cell is not meant for it.
        start_new_session=True,
    )
    _write(courier, opening)
    return courier


def _write(courier: subprocess.Popen[str], line: str) -> None:
    if courier.stdin is None:
        raise BrokenPipeError
    courier.stdin.write(line + "\n")
    courier.stdin.flush()
