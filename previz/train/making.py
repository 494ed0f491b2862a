"""The stages that need torch: training, and the figures of what was trained."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from previz.errors import PrevizError
from previz.folder import write_atomic
from previz.generate.network import PreviewNetwork
from previz.generate.pipeline import write_weights
from previz.train.card import card_of
from previz.train.evaluation import Answer, figures_of, motion_of
from previz.train.pictures import Pictures
from previz.train.recipe import Recipe
from previz.train.sheets import one_of_each_place, write_sheets
from previz.train.stages import (
    Run,
    distil,
    first_network,
    regress,
    score,
    teach,
    teacher_answer,
)

__all__ = ["Making"]

_CANDIDATES = ("regression", "student", "distilled")


@dataclass(frozen=True)
class Making:
    """Training over one folder of data.

    Attributes:
        recipe: How much of everything.
        root: Folder of the data, the checkpoints and the figures.
        out: Where the weights go.
        minutes: At most for each training stage; None for no limit.
        told: Hears lines of progress.
    """

    recipe: Recipe
    root: Path
    out: Path
    minutes: float | None
    told: Callable[[str], None]

    def fit(self) -> None:
        """Train the regression, then the student by a scoring rule."""
        run = self._run()
        start = regress(run)
        self._save(start, "regression")
        self._save(score(run, start), "student")

    def flow(self) -> None:
        """Train the teacher and the student that is distilled from it."""
        run = self._run()
        teacher = teach(run)
        self._save(teacher, "teacher")
        self._save(distil(run, teacher, self.network("regression")), "distilled")

    def _answers(self) -> dict[str, Answer]:
        """Return what was trained so far, by name; the teacher by its steps."""
        answers: dict[str, Answer] = {}
        for name in _CANDIDATES:
            if self._at(name).exists():
                answers[name] = self.network(name)
        if self._at("teacher").exists():
            answers |= _by_steps(self.network("teacher", timed=True))
        return answers

    def card(self) -> None:
        """Measure all that was trained; write the best with its card."""
        answers = self._answers()
        held_out, learned = self._pictures("held-out"), self._pictures("learn")
        told: dict[str, Any] = {
            "figures": figures_of(held_out, answers),
            "motion": motion_of(self.recipe, self.root / "held-out" / "truth", answers),
            "pictures": {"learned": len(learned), "held_out": len(held_out)},
        }
        write_atomic(self.root / "figures.json", json.dumps(told, indent=1) + "\n")
        found = told["figures"]
        best = min(
            (name for name in _CANDIDATES if name in answers),
            key=lambda name: found[name]["all"]["flip"],
        )
        sha256 = write_weights(self.network(best), self.out, half=True)
        card = card_of(self.recipe, told, best=best, sha256=sha256)
        write_atomic(self.out / "README.md", card)
        self.told(f"{best} → {self.out}, sha256 {sha256}")

    def sheets(self) -> None:
        """Write sheets of every place under its light, to be looked at."""
        answers = self._answers()
        for part in ("held-out", "learn"):
            pictures, truth = self._pictures(part), self.root / part / "truth"
            rows = one_of_each_place(pictures, truth)
            found = write_sheets(
                pictures, answers, rows, self.root / "sheets", name=part
            )
            worst = sorted(found, key=lambda name: -found[name])[:5]
            told = ", ".join(f"{name} {found[name]:.3f}" for name in worst)
            self.told(f"sheets of {len(found)} places, {part}; worst FLIP: {told}")

    def _pictures(self, part: str) -> Pictures:
        made = Pictures(self.root / part / "truth", self.root / part / "plates")
        if not len(made):
            raise PrevizError(
                f"train.cache must hold pictures with their plates, got {self.root} "
                "without. Run the stages truth, reference and plates first."
            )
        return made

    def _run(self) -> Run:
        return Run(
            self.recipe, self._pictures("learn"), self.root / "fits", self.told,
            self.minutes,
        )  # fmt: skip

    def _at(self, name: str) -> Path:
        return self.root / "weights" / f"{name}.pt"

    def _save(self, network: PreviewNetwork, name: str) -> None:
        path = self._at(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), path)

    def network(self, name: str, *, timed: bool = False) -> PreviewNetwork:
        """Return a network as its stage left it."""
        network = first_network(self.recipe, timed=timed)
        network.load_state_dict(torch.load(self._at(name), weights_only=True))
        return network.eval()


def _by_steps(teacher: PreviewNetwork) -> dict[str, Answer]:
    """Return the teacher's answers from one draw of noise, by number of steps."""

    def of(steps: int) -> Answer:
        def answer(planes: torch.Tensor) -> torch.Tensor:
            chance = torch.Generator().manual_seed(7)
            shape = (len(planes), 3, *planes.shape[-2:])
            noise = torch.randn(shape, generator=chance)
            return teacher_answer(teacher, planes, noise, steps=steps)

        return answer

    return {f"teacher, {n} steps": of(n) for n in (1, 4, 8)}
