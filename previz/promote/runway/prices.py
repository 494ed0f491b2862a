"""What a second of each hosted model costs: a dated table, which can be replaced."""

from __future__ import annotations

import os
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import Field

from previz.errors import PrevizError
from previz.model import Model

__all__ = ["OLD_DAYS", "PRICES_VARIABLE", "Price", "price_of"]

PRICES_VARIABLE = "PREVIZ_HOSTED_PRICES"
"""Environment variable that names a newer table in the same form as `prices.json`."""

OLD_DAYS = 90
"""Days after which a price is warned of."""


class _Row(Model):
    credits: Annotated[float, Field(gt=0, le=10_000)]
    as_of: date | None
    source: str


class _Table(Model):
    service: str
    usd_per_credit: Annotated[float, Field(gt=0, le=100)]
    usd_per_credit_source: str
    credits_per_second: dict[str, _Row]


class Price(Model):
    """What one model costs.

    Attributes:
        model: Its name.
        credits_per_second: Of film.
        usd_per_credit: What a credit is bought for.
        as_of: When its source said so; None where the source has no date.
        source: Who said so.
    """

    model: str
    credits_per_second: float
    usd_per_credit: float
    as_of: date | None
    source: str

    def credits(self, seconds: int) -> float:
        """Return what a request of so many seconds is charged, in credits."""
        return self.credits_per_second * seconds

    def warning(self, today: date) -> str | None:
        """Return what to say of its age; None while it is young."""
        says = f"${self.credits_per_second * self.usd_per_credit:.2f} a second"
        if self.as_of is None:
            age = "is of no known date"
        elif (days := (today - self.as_of).days) > OLD_DAYS:
            age = f"is {days} days old ({self.as_of.isoformat()})"
        else:
            return None
        return (
            f"The price of {self.model}, {says}, {age}. Look at the service's own; "
            f"{PRICES_VARIABLE} can name a newer table."
        )


def price_of(model: str) -> Price:
    """Return the price of a model.

    Raises:
        PrevizError: If the table cannot be read or lacks the model.
    """
    named = os.environ.get(PRICES_VARIABLE, "")
    table = _table(named)
    row = table.credits_per_second.get(model)
    if row is None:
        raise PrevizError(
            f"{PRICES_VARIABLE} must price {model}, got a table of "
            f"{', '.join(sorted(table.credits_per_second))}. Add it to {named}."
        )
    return Price(
        model=model,
        credits_per_second=row.credits,
        usd_per_credit=table.usd_per_credit,
        as_of=row.as_of,
        source=row.source,
    )


def _table(named: str) -> _Table:
    if not named:
        own = files("previz.promote.runway") / "prices.json"
        return _Table.from_json(own.read_bytes())
    try:
        return _Table.from_json(Path(named).read_bytes())
    except (OSError, ValueError) as error:
        raise PrevizError(
            f"{PRICES_VARIABLE} must name a table of prices, got {named} ({error}). "
            "Write it in the form of previz/promote/runway/prices.json."
        ) from None
