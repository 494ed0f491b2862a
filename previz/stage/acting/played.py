"""An act as it is played: when it begins and ends, with which hands, at what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import ActKind
from previz.stage.skeleton import Skeleton

__all__ = ["BOTH_HANDS", "READY_S", "Held", "Partner", "Played", "Where"]

Where = Callable[[float], NDArray[np.float64] | None]
"""Where a target is at a time of the scene, metres, shape (3,); None if nowhere."""

BOTH_HANDS = frozenset(
    {
        ActKind.EMBRACE,
        ActKind.PUSH,
        ActKind.READ,
        ActKind.SHRUG,
        ActKind.HEAD_IN_HANDS,
    }
)
"""What takes two hands unless one is asked for."""

_DEFAULT_S = (0.75, 0.8)
READY_S: dict[ActKind, tuple[float, float]] = {
    ActKind.POINT: (0.6, 0.7),
    ActKind.EMBRACE: (1.0, 1.0),
    ActKind.THROW: (1.0, 0.8),
    ActKind.KNOCK: (0.7, 0.6),
    ActKind.WAVE: (0.6, 0.7),
    ActKind.NOD: (0.15, 0.2),
    ActKind.SHAKE_HEAD: (0.15, 0.2),
    ActKind.SHRUG: (0.35, 0.45),
    ActKind.HEAD_IN_HANDS: (1.1, 1.0),
}
"""How long a body gets ready and how long it takes to come back."""


@dataclass(frozen=True)
class Partner:
    """The other one of an act between two.

    Attributes:
        bones: Their bones at a time, without what they do to others, (b, 4, 4).
        skeleton: Their measures.
    """

    bones: Callable[[float], NDArray[np.float64]]
    skeleton: Skeleton


@dataclass(frozen=True)
class Held:
    """A thing in a hand for a while.

    Attributes:
        start_s: From when.
        end_s: Until when.
        sides: The hands, 0 left, 1 right.
        size_m: Width, height and depth of the thing.
    """

    start_s: float
    end_s: float
    sides: tuple[int, ...]
    size_m: tuple[float, float, float]


@dataclass(frozen=True)
class Played:
    """An act as it is played.

    Attributes:
        kind: What is done.
        ready_s: When the body begins to get ready.
        at_s: The moment that counts.
        end_s: Until when it is held.
        back_s: When the body is back.
        sides: The hands that do it, 0 left, 1 right.
        where: The target.
        partner: The other one, if it is done with somebody.
        own: One's own bones without what is done to others, if there is a partner.
        phase: Varies rhythms, radians.
        to_somebody: Whether the target is a person.
    """

    kind: ActKind
    ready_s: float
    at_s: float
    end_s: float
    back_s: float
    sides: tuple[int, ...]
    where: Where
    partner: Partner | None = None
    own: Partner | None = None
    phase: float = 0.0
    to_somebody: bool = False

    def runs(self, seconds: float) -> bool:
        """Return whether anything of it is seen at a time."""
        return self.ready_s < seconds < self.back_s

    def share(self, seconds: float) -> float:
        """Return 0 before and after to 1 while it is held, without a jerk."""
        rise = _eased((seconds - self.ready_s) / max(self.at_s - self.ready_s, 1e-6))
        fall = _eased((self.back_s - seconds) / max(self.back_s - self.end_s, 1e-6))
        return min(rise, fall)


def _eased(x: float) -> float:
    """Return the minimum-jerk course from 0 to 1. Source: Flash and Hogan 1985."""
    x = min(max(x, 0.0), 1.0)
    return x * x * x * (10.0 - 15.0 * x + 6.0 * x * x)
