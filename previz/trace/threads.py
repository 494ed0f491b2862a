"""How many cores a trace may take.

`PREVIZ_THREADS` says it for this process and all that it starts; without it a trace
takes the whole machine. A picture is the same to the bit whatever it says.
"""

from __future__ import annotations

import os

from previz.errors import PrevizError

__all__ = ["THREADS", "cores_here", "held", "threads_asked"]

THREADS = "PREVIZ_THREADS"


def cores_here() -> int:
    """Return how many cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def threads_asked() -> int | None:
    """Return how many threads a trace may have, or None for as many as there are.

    Raises:
        PrevizError: If the environment says something that is no number of threads.
    """
    said = os.environ.get(THREADS, "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or int(said) < 1:
        raise PrevizError(
            f"{THREADS} must be a whole number of threads >= 1, got {said!r:.60}. "
            "Unset it to use every core."
        )
    return int(said)


def held(threads: int) -> dict[str, str]:
    """Return the environment of a process that traces with so many threads.

    Open Image Denoise would tie each to a core of its own, counted from the first: two
    processes of one thread would share a core.
    """
    return {"OIDN_NUM_THREADS": str(threads), "OIDN_SET_AFFINITY": "0"}
