"""How much of everything: the recipes of the shipped weights and of their test."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass

__all__ = ["FULL", "RECIPES", "SHORT", "Recipe"]


@dataclass(frozen=True)
class Recipe:
    """A recipe. The same recipe on the same machine makes the same weights.

    Attributes:
        name: What it is called at a prompt.
        seed: Of all chance in it.
        scenes: How many scenes to learn from.
        held_out_scenes: How many to evaluate on.
        takes: Pictures of each scene to learn from.
        held_out_takes: Pictures of each scene to evaluate on.
        width_px: Of pictures.
        height_px: Of pictures.
        samples: Paths a pixel of pictures to learn from; they are denoised.
        held_out_samples: Paths a pixel of pictures to evaluate on.
        variant: Of the tracer. Plain code beats compiled code here: a scene of three
            hundred surfaces is compiled for longer than it is traced.
        crop_px: Width and height of what one step looks at.
        batch: Crops a step.
        regression_steps: Steps of the regression.
        student_steps: Steps of the student after it.
        teacher_steps: Steps of the flow-matching teacher; 0 leaves it out.
        distilled_steps: Steps of the student that learns from it.
        rate: Highest learning rate.
        widths: Channels of the network's levels.
        depths: Blocks of the network's levels.
    """

    name: str
    seed: int
    scenes: int
    held_out_scenes: int
    takes: int
    held_out_takes: int
    width_px: int
    height_px: int
    samples: int
    held_out_samples: int
    variant: str
    crop_px: tuple[int, int]
    batch: int
    regression_steps: int
    student_steps: int
    teacher_steps: int
    distilled_steps: int
    rate: float
    widths: tuple[int, int, int]
    depths: tuple[int, int, int]

    @property
    def truth_key(self) -> str:
        """Names what the truth depends on, eight hexadecimal digits."""
        parts = (self.seed, self.takes, self.width_px, self.height_px, self.samples)
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]

    def told(self) -> dict[str, object]:
        """Return it as plain values."""
        return asdict(self)


FULL = Recipe(
    name="full", seed=1, scenes=100, held_out_scenes=16, takes=4, held_out_takes=1,
    width_px=256, height_px=144, samples=4, held_out_samples=64,
    variant="scalar_rgb", crop_px=(128, 112), batch=8,
    regression_steps=3200, student_steps=300, teacher_steps=500,
    distilled_steps=150, rate=1.2e-3, widths=(64, 128, 192), depths=(2, 2, 4),
)  # fmt: skip

SHORT = Recipe(
    name="short", seed=1, scenes=2, held_out_scenes=1, takes=1, held_out_takes=1,
    width_px=64, height_px=48, samples=2, held_out_samples=2,
    variant="scalar_rgb", crop_px=(32, 32), batch=2,
    regression_steps=6, student_steps=4, teacher_steps=4,
    distilled_steps=2, rate=1e-3, widths=(8, 12, 16), depths=(1, 1, 1),
)  # fmt: skip

RECIPES = {recipe.name: recipe for recipe in (FULL, SHORT)}
