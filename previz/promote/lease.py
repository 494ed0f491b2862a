"""Who works on a job, and whether they still do."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

__all__ = ["SILENCE_S", "Owner", "is_gone", "let_go", "myself"]

SILENCE_S = 90.0
"""After so long without a sign a worker counts as gone that cannot be looked at."""

_CLOCK_S = 2.0
"""By how much the start of a process may seem to move when the clock is set."""


@dataclass(frozen=True)
class Owner:
    """A worker: one process on one machine, and one of its claims.

    Attributes:
        host: The machine since it was started, and the container on it.
        pid: The process.
        began_s: When the process began, seconds since the epoch: numbers of
            processes are used again.
        token: Tells this claim from all others.
    """

    host: str
    pid: int
    began_s: float
    token: str


def myself() -> Owner:
    """Return this process as the owner of a new claim."""
    pid = os.getpid()
    began_s = psutil.Process(pid).create_time()
    return Owner(_host(), pid, began_s, secrets.token_hex(8))


_let_go: set[str] = set()
"""Claims that this process could not give back: it lives, but works on them no more."""


def let_go(owner: Owner) -> None:
    """Say that a claim is nobody's that the ledger could not be told the end of."""
    _let_go.add(owner.token)


def is_gone(owner: Owner, *, silent_s: float) -> bool:
    """Tell whether a worker has died or can no longer be reached.

    Of a process on this machine the system knows; one elsewhere is given time.

    Args:
        owner: The worker.
        silent_s: Since its last sign of life, in seconds.
    """
    if owner.host != _host():
        return silent_s > SILENCE_S
    if owner.token in _let_go:
        return True
    try:
        process = psutil.Process(owner.pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return True
        moved_s = abs(process.create_time() - owner.began_s)
        # Another process of that number; or the clock was set, and it lives and beats.
        return bool(moved_s > _CLOCK_S and silent_s > SILENCE_S)
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


@cache
def _host() -> str:
    """Name the machine, its start and the container, within which a pid means one."""
    parts = [socket.gethostname()]
    boot = Path("/proc/sys/kernel/random/boot_id")
    space = Path("/proc/self/ns/pid")
    if boot.is_file():
        parts.append(boot.read_text("ascii").strip()[:8])
    if space.is_symlink():
        parts.append(str(space.readlink()))
    return "/".join(parts)
