"""What several takes may cost in all, in money and in time, and what is left out."""

from __future__ import annotations

from dataclasses import dataclass

from previz.given import amount_given
from previz.promote.frozen import Order
from previz.promote.plan import Plan
from previz.promote.plan_text import forecast_time

__all__ = ["LeftOut", "Limit"]

_HOUR_S = 3600.0
_SLACK = 1.5
"""By how much a take may cost more than was forecast."""
_LEAST_USD, _LEAST_S = 0.005, 1.0
"""Less than that is nothing, as people count."""


@dataclass(frozen=True)
class LeftOut:
    """A shot that a limit did not hold.

    Attributes:
        slate: Of the shot.
        by: What left it out: "the budget", "the hours", or both.
        frames: How many would have been made.
        length_frames: Of the shot.
        cost_usd: What that was forecast to cost; None where nothing is charged.
        seconds: How long it was forecast to take; None where that is not known.
        left_usd: What was left of the budget then; None without a budget.
        left_s: What was left of the hours then; None without such a limit.
    """

    slate: str
    by: str
    frames: int
    length_frames: int
    cost_usd: float | None
    seconds: float | None
    left_usd: float | None
    left_s: float | None

    @property
    def needs(self) -> str:
        """What it would have taken, in words."""
        told = []
        if self.cost_usd:
            told.append(f"cost ${self.cost_usd:.2f}")
        if self.seconds:
            told.append(f"take {forecast_time(self.seconds)}")
        few = f"{self.frames} of " if self.frames < self.length_frames else ""
        counted = f"{self.length_frames} frame{'' if self.length_frames == 1 else 's'}"
        return f"{few}{counted} would {' and '.join(told)}"

    @property
    def left(self) -> str:
        """What was left for it, in words."""
        usd, seconds = self.left_usd, self.left_s
        told = []
        if usd is not None and usd >= _LEAST_USD and "budget" in self.by:
            told.append(f"${usd:.2f}")
        if seconds is not None and seconds >= _LEAST_S and "hours" in self.by:
            told.append(forecast_time(seconds))
        return f"{' and '.join(told) or 'nothing'} {_was(told)} left"

    def __str__(self) -> str:
        return f"{self.slate} · left out by {self.by} · {self.needs} · {self.left}"


def _was(told: list[str]) -> str:
    return "were" if len(told) > 1 else "was"


class Limit:
    """What may be spent on several takes. It is told of one after the other.

    Args:
        budget: US dollars for all of them; None for no limit.
        hours: Forecast time for all of them; None for no limit.

    Raises:
        ModelError: If one is no amount.
    """

    def __init__(self, budget: float | None, hours: float | None) -> None:
        no_limit = "Leave it out for no limit."
        self._left_usd = amount_given(budget, "Film.promote_all.budget", no_limit)
        hours = amount_given(hours, "Film.promote_all.hours", no_limit)
        self._left_s = None if hours is None else hours * _HOUR_S
        self.left_out: list[LeftOut] = []

    def allows(self, plan: Plan, slate: str) -> bool:
        """Tell whether a plan fits into what is left; write down why not."""
        told = plan.forecast
        left_usd, left_s = self._left_usd, self._left_s
        dear = left_usd is not None and (told.cost_usd or 0.0) > left_usd
        long = left_s is not None and (told.seconds or 0.0) > left_s
        if not dear and not long:
            return True
        limits = [("the budget", dear), ("the hours", long)]
        self.left_out.append(
            LeftOut(
                slate=slate,
                by=" and ".join(name for name, reached in limits if reached),
                frames=sum(len(chunk.owned) for chunk in plan.chunks),
                length_frames=plan.length_frames,
                cost_usd=told.cost_usd,
                seconds=told.seconds,
                left_usd=left_usd,
                left_s=left_s,
            )
        )
        return False

    def taken(self, plan: Plan, order: Order, *, spent_usd: float = 0.0) -> Order:
        """Count a plan, and return its order with what it may cost.

        Args:
            plan: Of what is missing of a take.
            order: The take's.
            spent_usd: What it has cost so far.
        """
        if self._left_s is not None:
            self._left_s -= plan.forecast.seconds or 0.0
        if self._left_usd is None or plan.forecast.cost_usd is None:
            return order
        most_usd = min(plan.forecast.cost_usd * _SLACK, self._left_usd)
        self._left_usd -= most_usd
        whole_usd = spent_usd + most_usd
        return order.changed(budget_usd=whole_usd) if whole_usd else order
