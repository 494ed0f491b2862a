"""From an empty cache to weights with their model card, stage by stage.

truth      path-traced pictures, to learn from and to evaluate on (hours)
plates     what the preview sees of the same pictures (minutes)
fit        regression, then the student by a scoring rule
flow       the flow-matching teacher and the student distilled from it
card       figures on what training never saw; weights and card to `out`
sheets     every place as buffers, plain, generated and traced, to look at
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from previz.train.recipe import Recipe
from previz.train.truth import make_truth

__all__ = ["STAGES", "Works"]

STAGES = ("truth", "reference", "plates", "fit", "flow", "card", "sheets")


class Works:
    """The stages over one cache folder.

    Args:
        recipe: How much of everything.
        cache: Folder outside the repository; grows to some gigabytes.
        out: Where the weights go.
        part: Which of how many sharers of the data's work this is.
        minutes: At most for each training stage; None for no limit.
        told: Hears lines of progress.
    """

    def __init__(
        self,
        recipe: Recipe,
        *,
        cache: Path,
        out: Path,
        part: tuple[int, int] = (0, 1),
        minutes: float | None = None,
        told: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.recipe, self.out, self.part = recipe, out, part
        self.minutes, self.told = minutes, told
        self.root = cache / f"{recipe.name}-{recipe.truth_key}"

    def run(self, stage: str) -> None:
        """Run a stage; what is there already is kept.

        Raises:
            PrevizError: If the stage before it has left nothing.
        """
        stages: dict[str, Callable[[], None]] = {
            "truth": lambda: self._truth(held_out=False),
            "reference": lambda: self._truth(held_out=True),
            "plates": self._plates,
            "fit": lambda: self._making().fit(),
            "flow": lambda: self._making().flow(),
            "card": lambda: self._making().card(),
            "sheets": lambda: self._making().sheets(),
        }
        stages[stage]()

    def _folder(self, kind: str, *, held_out: bool) -> Path:
        return self.root / ("held-out" if held_out else "learn") / kind

    def _truth(self, *, held_out: bool) -> None:
        make_truth(
            self.recipe, self._folder("truth", held_out=held_out), held_out=held_out,
            part=self.part, told=self.told,
        )  # fmt: skip

    def _making(self) -> Any:
        from previz.train.making import Making

        return Making(self.recipe, self.root, self.out, self.minutes, self.told)

    def _plates(self) -> None:
        from previz.train.plates import make_plates

        for held_out in (True, False):
            make_plates(
                self.recipe, self._folder("truth", held_out=held_out),
                self._folder("plates", held_out=held_out), part=self.part,
                told=self.told,
            )  # fmt: skip
