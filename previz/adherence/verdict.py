"""What a take's figures mean: it passes, a person has to look, or it is made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from previz.errors import UnknownNameError

__all__ = ["LIMITS", "TIERS", "Limit", "Tier", "Verdict", "verdict_of"]

Tier = Literal["draft", "standard", "final"]
Verdict = Literal["pass", "review", "retry"]
TIERS: tuple[Tier, ...] = ("draft", "standard", "final")


@dataclass(frozen=True)
class Limit:
    """What a figure may be in each tier.

    Attributes:
        figure: Its name.
        words: What it is called to a director.
        unit: Behind the number.
        passes: Up to (or, where more is better, from) what it passes, by tier.
        fails: Beyond what the take is made again, in every tier.
        more_is_better: Whether it is a figure that should be high.
        floor: Whether what the estimator makes of the preview itself is added to what
            is allowed.
    """

    figure: str
    words: str
    unit: str
    passes: tuple[float, float, float]
    fails: float
    more_is_better: bool = False
    floor: bool = False

    def judged(self, value: float, *, tier: Tier, floor: float = 0.0) -> Verdict:
        """Return what one figure alone would decide."""
        sign = -1.0 if self.more_is_better else 1.0
        extra = floor if self.floor else 0.0
        if sign * value <= sign * self.allowed(tier) + extra:
            return "pass"
        return "review" if sign * value <= sign * self.fails + extra else "retry"

    def is_blind(self, floor: float | None) -> bool:
        """Return whether the estimator fails even the preview, and tells nothing.

        What is allowed would grow with its error until everything passes.
        """
        return self.floor and floor is not None and floor > self.fails

    def allowed(self, tier: Tier) -> float:
        """Return up to, or from, what it passes."""
        return self.passes[TIERS.index(tier)]


_ROWS = (
    Limit("registered", "frames in which the camera was found", "%",
          (40.0, 60.0, 80.0), 30.0, more_is_better=True),
    Limit("framing_pct", "framing is off by, of the picture's width", "%",
          (2.5, 1.0, 0.5), 5.0, floor=True),
    Limit("rot_err_frame_deg", "the camera turns otherwise, a frame looked at", "°",
          (3.0, 1.5, 0.75), 6.0, floor=True),
    Limit("focal_pct", "the lens is longer or shorter by", "%",
          (12.0, 8.0, 6.0), 30.0, floor=True),
    Limit("outline", "people's outlines against the preview's", "%",
          (65.0, 75.0, 82.0), 45.0, more_is_better=True),
    Limit("joints_found", "joints found again near their place", "%",
          (30.0, 45.0, 60.0), 15.0, more_is_better=True),
    Limit("joint_pct", "joints are off by, of the figure's height", "%",
          (6.0, 4.0, 2.5), 12.0, floor=True),
    Limit("movement", "movement against the preview's", "%",
          (40.0, 50.0, 60.0), 25.0, more_is_better=True),
    Limit("warp", "surfaces change as they move, over the preview's own", "×",
          (4.0, 3.0, 2.2), 6.0),
    Limit("flicker", "brightness wavers, over the preview's own", "×",
          (4.0, 2.5, 1.8), 8.0),
    Limit("colour_off", "colours of people against the cast (ΔE)", "",
          (26.0, 20.0, 15.0), 32.0),
    Limit("colour_wavers", "colours of people stray over the frames (ΔE)", "",
          (12.0, 8.0, 5.0), 20.0),
)  # fmt: skip
LIMITS: dict[str, Limit] = {row.figure: row for row in _ROWS}
"""What decides, in the order in which it is told."""

_NEEDED = ("framing_pct", "outline", "joints_found")
"""A take of which none of these can be told is for a person to look at."""


def verdict_of(
    figures: Mapping[str, float | None],
    floors: Mapping[str, float | None],
    *,
    tier: Tier,
) -> tuple[Verdict, tuple[str, ...]]:
    """Return the verdict and the figures that decided it.

    Args:
        figures: By name; None is what could not be told and decides nothing.
        floors: The same of the preview itself, as far as it is known. A figure whose
            estimator fails the preview decides nothing either.
        tier: How strict.

    Raises:
        UnknownNameError: If there is no such tier.
    """
    if tier not in TIERS:
        raise UnknownNameError("Adherence.tier", tier, TIERS)
    found: dict[str, Verdict] = {}
    for name, limit in LIMITS.items():
        value, floor = figures.get(name), floors.get(name)
        if value is not None and not limit.is_blind(floor):
            found[name] = limit.judged(value, tier=tier, floor=floor or 0.0)
    for verdict in ("retry", "review"):
        reasons = tuple(name for name, said in found.items() if said == verdict)
        if reasons:
            return verdict, reasons
    told = any(name in found for name in _NEEDED)
    return ("pass", ()) if told else ("review", ())
