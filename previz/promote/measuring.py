"""What a run took, for the forecasts of those that follow."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Any

import psutil

from previz.promote.plan import Plan, Run

__all__ = ["run_of"]


def run_of(
    plan: Plan, *, made_frames: int, seconds: float, cost_usd: float | None, here: bool
) -> Run:
    """Return what was measured of a job.

    Args:
        plan: What was to be made.
        made_frames: How many of its frames were made in that time.
        seconds: How long that took.
        cost_usd: What was billed, if anything.
        here: Whether it ran in this process, whose device and memory it then had.
    """
    gpu = _gpu() if here else None
    memory = None
    if here:
        memory = gpu.max_memory_allocated() if gpu else _held_bytes()
    return Run(
        backend=plan.backend,
        model=plan.model,
        device=(gpu.get_device_name() if gpu else "cpu") if here else "",
        work=plan.work * made_frames / plan.length_frames,
        seconds=seconds,
        memory_bytes=memory,
        cost_usd=cost_usd,
    )


def _held_bytes() -> int:
    """Return what this process holds, with those that it started, such as a tracer."""
    held = 0
    here = psutil.Process()
    for one in (here, *here.children(recursive=True)):
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            held += one.memory_info().rss
    return held


def _gpu() -> Any:
    """Return torch's device module if a model ran on a GPU here, else None."""
    torch = sys.modules.get("torch")
    cuda = getattr(torch, "cuda", None)
    return cuda if cuda is not None and cuda.is_initialized() else None
