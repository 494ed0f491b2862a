"""The stages: regression, student by a scoring rule, teacher and its student."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from previz.generate.encode import MOST_RESIDUAL, NOISE_PLANES, PLANES
from previz.generate.network import PreviewNetwork, decode
from previz.generate.plan import BLOCK_PX
from previz.train.fitting import Fit, fit
from previz.train.losses import energy_loss, log_light, regression_loss
from previz.train.pictures import Batch, Pictures
from previz.train.recipe import Recipe

__all__ = [
    "NOISE",
    "Run",
    "answer",
    "distil",
    "first_network",
    "regress",
    "score",
    "teach",
    "teacher_answer",
]

NOISE = tuple(i for i, name in enumerate(PLANES) if name in NOISE_PLANES)
"""Which planes are chance."""


@dataclass(frozen=True)
class Run:
    """What all training stages share.

    Attributes:
        recipe: How long and how large.
        pictures: The data.
        folder: Of checkpoints.
        told: Hears lines of progress.
        minutes: At most for each stage; None for no limit.
    """

    recipe: Recipe
    pictures: Pictures
    folder: Path
    told: Callable[[str], None]
    minutes: float | None = None

    def batches(self, seed: int) -> Callable[[int], Iterator[Batch]]:
        """Return what yields batches from a step on."""
        recipe = self.recipe

        def begin(first: int) -> Iterator[Batch]:
            return self.pictures.crops(
                size_px=recipe.crop_px, batch=recipe.batch,
                seed=recipe.seed * 100 + seed, first=first,
            )  # fmt: skip

        return begin

    def fitted(self, network: nn.Module, name: str, steps: int, rate: float,
               loss: Callable[[nn.Module, Batch, torch.Generator], Tensor],
               ) -> None:  # fmt: skip
        """Train a network in place."""
        how = Fit(name, steps, rate, self.recipe.seed, self.minutes)
        fit(network, how, self.batches(len(name)), loss,
            folder=self.folder, told=self.told)  # fmt: skip


def first_network(recipe: Recipe, *, timed: bool = False) -> PreviewNetwork:
    """Return a network with a recipe's first weights, blind to chance.

    A stage that never shows it chance leaves it so.
    """
    torch.manual_seed(recipe.seed)
    made: PreviewNetwork = PreviewNetwork(
        widths=recipe.widths, depths=recipe.depths, timed=timed,
        state_channels=3 if timed else 0,
    )  # fmt: skip
    with torch.no_grad():
        for plane in NOISE:
            made.first.weight[:, plane * BLOCK_PX**2 : (plane + 1) * BLOCK_PX**2] = 0
    return made


def regress(run: Run) -> PreviewNetwork:
    """Train the regression: one answer, the likeliest; blind to chance."""
    network = first_network(run.recipe)

    def loss(net: nn.Module, batch: Batch, chance: torch.Generator) -> Tensor:
        return regression_loss(answer(net, _silenced(batch)), batch.truth)

    run.fitted(
        network, "regression", run.recipe.regression_steps, run.recipe.rate, loss
    )
    return network


def score(run: Run, start: PreviewNetwork) -> PreviewNetwork:
    """Train the student by the energy score, from the regression's weights."""
    network = first_network(run.recipe)
    network.load_state_dict(start.state_dict())

    def loss(net: nn.Module, batch: Batch, chance: torch.Generator) -> Tensor:
        other = _stirred(batch, chance)
        made = answer(net, _joined(batch, other))
        first, second = made.chunk(2)
        return energy_loss(first, second, batch.truth)

    run.fitted(
        network, "student", run.recipe.student_steps, 0.4 * run.recipe.rate, loss
    )
    return network


def teach(run: Run) -> PreviewNetwork:
    """Train the flow-matching teacher: from noise to the residual, in many steps.

    The state runs straight from the residual of log light (time 0) to noise (time 1);
    the network answers with the velocity of that way, as diffusers' scheduler for
    flow matching takes it (Lipman et al. 2023).
    """
    network = first_network(run.recipe, timed=True)

    def loss(net: nn.Module, batch: Batch, chance: torch.Generator) -> Tensor:
        wanted = residual_of(batch)
        time = torch.rand(len(wanted), generator=chance)
        noise = torch.randn(wanted.shape, generator=chance)
        at = time[:, None, None, None]
        state = (1.0 - at) * wanted + at * noise
        velocity = net(_silenced(batch).planes, state, time)
        return functional.mse_loss(velocity, noise - wanted)

    run.fitted(network, "teacher", run.recipe.teacher_steps, run.recipe.rate, loss)
    return network


@torch.no_grad()
def teacher_answer(
    teacher: nn.Module, planes: Tensor, noise: Tensor, *, steps: int
) -> Tensor:
    """Return the teacher's residual by Euler steps from noise.

    Args:
        teacher: Trained by `teach`.
        planes: Shape (b, channels, h, w).
        noise: Where it begins, shape (b, 3, h, w).
        steps: How many.
    """
    quiet, state = planes.clone(), noise
    quiet[:, NOISE] = 0.0
    for step in range(steps):
        time = torch.full((len(planes),), 1.0 - step / steps)
        state = state - teacher(quiet, state, time) / steps
    return state


def distil(run: Run, teacher: PreviewNetwork, start: PreviewNetwork) -> PreviewNetwork:
    """Train a one-step student on what the teacher makes of the anchored noise."""
    network = first_network(run.recipe)
    network.load_state_dict(start.state_dict())

    def loss(net: nn.Module, batch: Batch, chance: torch.Generator) -> Tensor:
        noise = batch.planes[:, NOISE[:3]]
        goal = teacher_answer(teacher, batch.planes, noise, steps=4)
        return regression_loss(answer(net, batch), decode(batch.lit, goal))

    run.fitted(
        network, "distilled", run.recipe.distilled_steps, 0.4 * run.recipe.rate, loss
    )
    return network


def answer(network: nn.Module, batch: Batch) -> Tensor:
    """Return the picture that a network makes, exposed linear, shape (b, 3, h, w).

    The layers run in bfloat16, which is a third faster to train on a CPU that has it.
    """
    with torch.autocast("cpu", torch.bfloat16):
        residual = network(batch.planes.contiguous(memory_format=torch.channels_last))
    return decode(batch.lit, residual.float())


def residual_of(batch: Batch) -> Tensor:
    """Return the logarithm of what light is to be multiplied by, (b, 3, h, w)."""
    wanted = log_light(batch.truth) - log_light(batch.lit)
    return wanted.clamp(-MOST_RESIDUAL, MOST_RESIDUAL)


def _silenced(batch: Batch) -> Batch:
    """Return a batch without chance."""
    planes = batch.planes.clone()
    planes[:, NOISE] = 0.0
    return batch._replace(planes=planes)


def _stirred(batch: Batch, chance: torch.Generator) -> Batch:
    """Return a batch with other chance in it, as another seed would give."""
    planes = batch.planes.clone()
    count, _, height, width = planes.shape
    fine = torch.randn((count, 4, height, width), generator=chance)
    coarse = torch.randn((count, 2, -(-height // 4), -(-width // 4)), generator=chance)
    wide = functional.interpolate(coarse, size=(height, width), mode="nearest")
    planes[:, NOISE] = torch.cat([fine, wide], dim=1)
    return batch._replace(planes=planes)


def _joined(first: Batch, second: Batch) -> Batch:
    return Batch(*(torch.cat([a, b]) for a, b in zip(first, second, strict=True)))
