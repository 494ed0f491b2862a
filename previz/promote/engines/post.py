"""Where couriers are sent from: one process an engine, for all of its jobs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from previz.errors import PrevizError, PromoteError
from previz.folder import FilmFolder
from previz.promote.job import Job
from previz.promote.ledger import Ledger

__all__ = ["couriers", "dismiss", "relieve", "send"]

_Key = tuple[str, str]
"""What opens an engine, and a hash of the environment that its courier has."""

_lock = threading.Lock()
_couriers: dict[_Key, subprocess.Popen[str]] = {}
_given: dict[_Key, list[str]] = {}
"""What each courier was told to carry; some of it may be done."""
_deaths: dict[_Key, tuple[int, int]] = {}
"""How many died in a row while nothing was made, and what was made by then."""
_MOST_DEATHS = 3
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
        _deaths.pop(key, None)
        courier = _couriers.get(key)
        if courier is None:
            courier = _couriers[key] = _started(told)
        lines = _given.setdefault(key, [])
        lines.append(line)
        if courier.poll() is not None:
            _replace(key)
            return
        try:
            _write(courier, line)
        except BrokenPipeError:
            # It ended between the look and the word.
            courier.wait()
            _replace(key)


def relieve(job: str = "") -> None:
    """Send others for couriers that were killed, with what those had not finished.

    Args:
        job: Whose courier is asked about, if anybody's.

    Raises:
        PromoteError: If one after the other of those that carry the job dies.
    """
    here = _environment()
    ended: int | None = None
    with _lock:
        for key, courier in [*_couriers.items()]:
            if key[1] == here and courier.poll() is not None:
                if _died(key) < _MOST_DEATHS:
                    _replace(key)
                elif job and any(_told(line)["job"] == job for line in _given[key]):
                    ended = courier.returncode
    if ended is not None:
        raise PromoteError(
            f"Engine must have a courier that lives, got {_MOST_DEATHS} that ended "
            f"with {ended}. Its memory is likely too small: promote again at a "
            "smaller size."
        )


def _died(key: _Key) -> int:
    """Count a death; return how many there were in a row while nothing was made."""
    deaths, before = _deaths.get(key, (0, 0))
    deaths = deaths + 1 if _made(key) <= before else 1
    _deaths[key] = deaths, before
    return deaths


def _replace(key: _Key) -> None:
    """Start a courier anew with what it was given and is not over, if anything."""
    _close(_couriers.pop(key))
    _given[key] = [line for line in _given.get(key, ()) if _is_open(line)]
    _deaths[key] = _deaths.get(key, (0, 0))[0], _made(key)
    if not _given[key]:
        return
    courier = _couriers[key] = _started(key[0])
    with suppress(BrokenPipeError):  # one that is killed too is followed in its turn
        for line in _given[key]:
            _write(courier, line)


def _is_open(line: str) -> bool:
    """Tell whether a job still has to be carried."""
    job = _job(line)
    return job is not None and not job.is_over


def _made(key: _Key) -> int:
    """Count what is made of all that a courier was given: frames, and jobs."""
    jobs = [_job(line) for line in _given.get(key, ())]
    return sum(job.made_frames + job.is_over for job in jobs if job is not None)


def _told(line: str) -> dict[str, str]:
    told: dict[str, str] = json.loads(line)
    return told


def _job(line: str) -> Job | None:
    told = _told(line)
    try:
        with Ledger(FilmFolder(told["folder"]).ledger) as ledger:
            return ledger.job(told["job"])
    except PrevizError:
        return None


def couriers() -> tuple[subprocess.Popen[str], ...]:
    """Return the processes that carry jobs of this one."""
    with _lock:
        return tuple(_couriers.values())


def dismiss() -> None:
    """Let the couriers go: each finishes what it was given; wait for that."""
    with _lock:
        for courier in _couriers.values():
            _close(courier)
        for courier in _couriers.values():
            courier.wait()
        _couriers.clear()
        _given.clear()


def _close(courier: subprocess.Popen[str]) -> None:
    """Tell a courier that nothing more comes; one that died has lost a word at most."""
    if courier.stdin is not None:
        with suppress(BrokenPipeError):
            courier.stdin.close()


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
