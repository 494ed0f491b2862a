"""Which weights each backend knows, and what a tier asks of a model: two tables.

Nothing here needs torch. What a pipeline class takes of a shot stands in
`previz.generate.pipelines.caps`; here is what its weights are, how heavy, under which
licence, and how much of them a draft, a standard and a final take use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from previz.generate.pipelines.caps import Caps, Recipe
from previz.generate.pipelines.tuning import PLAIN, Tuning
from previz.promote.frozen import Quality

__all__ = [
    "TIERS",
    "UNKNOWN",
    "WEIGHTS",
    "Tier",
    "Weights",
    "below",
    "recipe_of",
    "tuning_of",
]


@dataclass(frozen=True)
class Tier:
    """What a quality asks of any model.

    Attributes:
        steps: Share of the steps that the model is used with.
        few_steps: The same of a model or LoRA of few steps.
        area: Share of the pixels that the weights are best at.
        tuning: What makes steps cheaper where there are many of them.
        exact: Whether weights stay as they are where memory is short; else they may
            lie in 8 bits, or run in half the bits on a processor.
    """

    steps: float
    few_steps: float
    area: float
    tuning: Tuning
    exact: bool


TIERS: Mapping[Quality, Tier] = {
    "draft": Tier(0.4, 0.67, 0.5, Tuning("taylorseer", every=4), exact=False),
    "standard": Tier(0.8, 1.0, 1.0, Tuning("taylorseer", every=2), exact=False),
    "final": Tier(1.34, 1.34, 1.0, PLAIN, exact=True),
}
_MANY = 12
"""Steps from which a cache has something to foretell."""


@dataclass(frozen=True)
class Weights:
    """Weights that a backend knows by a short name.

    Attributes:
        source: The id they are published under.
        pipeline: The class in diffusers that they are run with.
        billions: Parameters of what denoises, and of what reads the words.
        area_px: Pixels of the size they are best at; 0 for the class's own.
        licence: Under which they may be used.
        asks: What the licence asks of who earns money with it; empty if nothing.
        negative: What their makers advise to ask against.
    """

    source: str
    pipeline: str
    billions: tuple[float, float]
    area_px: int = 0
    licence: str = ""
    asks: str = ""
    negative: str = ""

    @property
    def bytes(self) -> int:
        """What they take in memory at 16 bits each."""
        return round(2e9 * sum(self.billions))


UNKNOWN = Weights("", "", (0.0, 0.0), licence="as its makers say")
"""Weights of the user's own."""

_UGLY = (
    "overexposed, static, blurry details, subtitles, still picture, worst quality, "
    "low quality, JPEG artifacts, deformed, extra fingers, poorly drawn hands, "
    "poorly drawn faces, fused fingers"
)
_APACHE = "Apache-2.0"
_LTX = "LTX-2 Community License"
_LTX_ASKS = "from 10 million USD of revenue a year on it must be bought"
WEIGHTS: Mapping[str, Mapping[str, Weights]] = {
    "wan-vace": {
        "1.3b": Weights(
            "Wan-AI/Wan2.1-VACE-1.3B-diffusers", "WanVACEPipeline", (2.2, 5.7),
            832 * 480, _APACHE, negative=_UGLY,
        ),
        "14b": Weights(
            "Wan-AI/Wan2.1-VACE-14B-diffusers", "WanVACEPipeline", (17.3, 5.7),
            1280 * 720, _APACHE, negative=_UGLY,
        ),
    },
    "ltx-2": {
        "19b": Weights(
            "Lightricks/LTX-2", "LTX2ConditionPipeline", (18.9, 12.2), 1216 * 704,
            _LTX, _LTX_ASKS, _UGLY,
        ),
        "2.3": Weights(
            "diffusers/LTX-2.3-Diffusers", "LTX2ConditionPipeline", (22.0, 12.2),
            1216 * 704, _LTX, _LTX_ASKS, _UGLY,
        ),
        "2.3-distilled": Weights(
            "diffusers/LTX-2.3-Distilled-Diffusers", "LTX2ConditionPipeline",
            (22.0, 12.2), 1216 * 704, _LTX, _LTX_ASKS,
        ),
    },
    "diffusers": {},
}  # fmt: skip
"""By backend and short name; the first is the backend's own choice. Checked against
their makers' pages in November 2026."""


def recipe_of(caps: Caps, quality: Quality, *, distilled: bool) -> Recipe:
    """Return steps and guidance of a tier."""
    tier, usual = TIERS[quality], caps.fast if distilled else caps.recipe
    if distilled and caps.family.startswith("ltx"):
        # Distilled at eight noise levels, which are given as they are.
        return usual
    share = tier.few_steps if distilled else tier.steps
    return Recipe(max(1, round(usual.steps * share)), usual.guidance)


def tuning_of(quality: Quality, *, steps: int) -> Tuning:
    """Return what makes a tier's steps cheaper, where there are enough of them."""
    return TIERS[quality].tuning if steps >= _MANY else PLAIN


def below(quality: Quality) -> Quality | None:
    """Return the next cheaper tier, or None."""
    order: tuple[Quality, ...] = ("draft", "standard", "final")
    at = order.index(quality)
    return order[at - 1] if at else None
