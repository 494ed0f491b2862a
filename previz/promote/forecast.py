"""What a take would cost, from what takes of the same kind have cost."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from previz.promote.plan import Forecast, Plan, Run

__all__ = ["forecast"]

_NEAREST = 5
"""Runs that count: those whose amount of work is nearest."""


def forecast(plan: Plan, runs: Sequence[Run]) -> Forecast:
    """Return time, memory and money of a plan.

    Runs of the same backend and model count, on the device of the newest one. Time
    and money are in proportion to the work, as the middle of the nearest runs has it.
    Memory is the most that any of them held.

    Args:
        plan: What is to be made.
        runs: Oldest first.
    """
    same = [
        run
        for run in runs
        if (run.backend, run.model) == (plan.backend, plan.model) and run.work > 0
    ]
    same = [run for run in same if run.device == same[-1].device]
    if not same or plan.work <= 0:
        return Forecast()
    same.sort(key=lambda run: abs(math.log(run.work / plan.work)))
    near = same[:_NEAREST]
    held = [run.memory_bytes for run in near if run.memory_bytes is not None]
    billed = [run.cost_usd / run.work for run in near if run.cost_usd is not None]
    return Forecast(
        seconds=plan.work * statistics.median(run.seconds / run.work for run in near),
        memory_bytes=max(held) if held else None,
        cost_usd=plan.work * statistics.median(billed) if billed else None,
        from_runs=len(near),
    )
