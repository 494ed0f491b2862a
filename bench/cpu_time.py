"""What a piece of work costs the processor, whatever else the machine does."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

__all__ = ["cpu_ms"]


def cpu_ms(work: Callable[[], object], *, runs: int) -> dict[str, float]:
    """Return median, least and most of so many runs in milliseconds of this thread.

    Two runs before them warm up and do not count.
    """
    work()
    work()
    values = []
    for _ in range(runs):
        begun = time.thread_time()
        work()
        values.append(1e3 * (time.thread_time() - begun))
    return {
        "median": round(statistics.median(values), 2),
        "min": round(min(values), 2),
        "max": round(max(values), 2),
        "runs": len(values),
    }
