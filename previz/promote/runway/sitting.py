"""All that making one take at the service needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from previz.promote.backend import Task
from previz.promote.plan import Chunk
from previz.promote.runway.clips import Reel
from previz.promote.runway.models import Fit, HostedModel, seconds_of
from previz.promote.runway.prices import Price
from previz.promote.runway.purse import Purse
from previz.promote.runway.service import Service

__all__ = ["Sitting"]


@dataclass(frozen=True)
class Sitting:
    """One take at the service.

    Attributes:
        task: What is asked.
        row: The model.
        fit: How the picture lies in what it makes.
        price: What it costs.
        purse: What was spent.
        connect: Returns the service; the key is looked up at the first call.
    """

    task: Task
    row: HostedModel
    fit: Fit
    price: Price
    purse: Purse
    connect: Callable[[], Service]

    def chunk(self, number: int) -> Chunk:
        """Return a part of the plan."""
        return self.task.plan.chunks[number]

    def seconds(self, number: int) -> int:
        """Return how long a part is made."""
        rate = self.task.frozen.film.rate.fraction
        return seconds_of(self.row, float(self.chunk(number).length_frames / rate))

    def credits(self, number: int) -> float:
        """Return what a part is charged, by the table."""
        return self.price.credits(self.seconds(number))

    def called(self, number: int) -> str:
        """Return a part in words."""
        return f"{self.seconds(number)} s of {self.row.name}"

    def clip_path(self, number: int) -> Path:
        """Return where a part's clip lies once it is home."""
        return self.task.scratch / f"clip-{number}.mp4"

    def times(self, reel: Reel, number: int) -> tuple[Fraction, ...]:
        """Return when each frame of a part stands in a clip, in seconds.

        Where first and last picture are given, the whole clip lies between them;
        else film runs at its own speed and what is too long is left.
        """
        length = self.chunk(number).length_frames
        if not self.row.has_last:
            rate = self.task.frozen.film.rate.fraction
            return tuple((frame + Fraction(1, 2)) / rate for frame in range(length))
        step = reel.seconds / reel.length
        whole = reel.seconds - step
        return tuple(
            whole * Fraction(frame, max(1, length - 1)) + step / 2
            for frame in range(length)
        )
