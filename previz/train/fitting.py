"""The training loop: steps, a running mean of the weights, checkpoints."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from previz.folder import new_part, put_in_place
from previz.train.pictures import Batch

__all__ = ["Fit", "fit"]

_KEPT_EVERY = 200
_TOLD_EVERY = 50
_MEAN_STEPS = 400
_LONGEST_GRADIENT = 1.0
_WARM_UP = 0.03

Loss = Callable[[nn.Module, Batch, torch.Generator], Tensor]


@dataclass(frozen=True)
class Fit:
    """How a stage is trained.

    Attributes:
        name: Of its checkpoint.
        steps: How many.
        rate: Highest learning rate; it rises, then falls as a cosine.
        seed: Of what a loss draws by chance.
        minutes: The stage ends its schedule by then at the latest; None for no limit.
            Then how fast the machine was decides over the weights.
    """

    name: str
    steps: int
    rate: float
    seed: int
    minutes: float | None = None


def fit(
    network: nn.Module,
    how: Fit,
    batches: Callable[[int], Iterator[Batch]],
    loss: Loss,
    *,
    folder: Path,
    told: Callable[[str], None] = lambda line: None,
) -> int:
    """Train a network in place; it ends with the running mean of its weights.

    A stage that was stopped goes on from its last checkpoint, and one that is done
    is only read.

    Args:
        network: To train, on the CPU.
        how: Steps and rates.
        batches: Yields the batches from a step on.
        loss: Of the network, a batch and a source of chance.
        folder: Of checkpoints.
        told: Hears lines of progress.

    Returns:
        How many steps the weights have behind them.
    """
    path = folder / f"{how.name}.pt"
    rule = torch.optim.AdamW(network.parameters(), lr=how.rate, weight_decay=1e-4,
                             betas=(0.9, 0.98))  # fmt: skip
    mean, first, share = _resumed(path, network, rule)
    began, heard, lately = time.perf_counter(), first, 0.0
    start = share
    source = batches(first)
    step = first
    while share < 1.0:
        for group in rule.param_groups:
            group["lr"] = how.rate * _height(share)
        chance = torch.Generator().manual_seed(how.seed * 1_000_003 + step)
        value = loss(network, next(source), chance)
        _descend(network, rule, value)
        step += 1
        lately += float(value.detach())
        _follow(mean, network, min(1.0 - 1.0 / _MEAN_STEPS, step / (step + 20.0)))
        spent = time.perf_counter() - began
        share = _share(how, step, start, spent)
        if step % _TOLD_EVERY == 0:
            left = spent / max(share - start, 1e-6) * max(1.0 - share, 0.0)
            told(
                f"{how.name} step {step}: loss {lately / (step - heard):.4f}, "
                f"{(step - first) / spent:.2f} steps/s, {left / 60:.0f} min left"
            )
            heard, lately = step, 0.0
        if step % _KEPT_EVERY == 0 or share >= 1.0:
            _keep(path, network, rule, mean, step, min(share, 1.0))
    network.load_state_dict(mean)
    return step


def _resumed(
    path: Path, network: nn.Module, rule: torch.optim.Optimizer
) -> tuple[dict[str, Tensor], int, float]:
    """Return the running mean, the step and the share of the work that are done.

    Network and rule are put back to the checkpoint, where there is one.
    """
    if path.exists():
        kept = torch.load(path, weights_only=True)
        network.load_state_dict(kept["network"])
        rule.load_state_dict(kept["rule"])
        return kept["mean"], int(kept["step"]), float(kept["share"])
    states = network.state_dict().items()
    return {name: value.detach().clone() for name, value in states}, 0, 0.0


def _share(how: Fit, step: int, start: float, spent_s: float) -> float:
    """Return how much of the work is done: by its steps, or its time if that is more.

    Args:
        how: Steps, and minutes if they are limited.
        step: Steps done.
        start: Share that was done as this run began.
        spent_s: Seconds of this run.
    """
    share = step / how.steps
    if how.minutes is not None:
        share = max(share, start + (1.0 - start) * spent_s / (60.0 * how.minutes))
    return share


def _descend(network: nn.Module, rule: torch.optim.Optimizer, value: Tensor) -> None:
    """Take one step down a loss, no longer than is safe."""
    rule.zero_grad(set_to_none=True)
    torch.autograd.backward([value])
    nn.utils.clip_grad_norm_(network.parameters(), _LONGEST_GRADIENT)
    rule.step()


def _height(share: float) -> float:
    """Return the learning rate over its highest, at a share of the way."""
    warm = min((share + 1e-4) / _WARM_UP, 1.0)
    return warm * (0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * min(share, 1.0))))


@torch.no_grad()
def _follow(mean: dict[str, Tensor], network: nn.Module, kept: float) -> None:
    for name, value in network.state_dict().items():
        mean[name].lerp_(value, 1.0 - kept)


def _keep(
    path: Path,
    network: nn.Module,
    rule: torch.optim.Optimizer,
    mean: dict[str, Tensor],
    step: int,
    share: float,
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = new_part(path)
    torch.save(
        {"network": network.state_dict(), "rule": rule.state_dict(), "mean": mean,
         "step": step, "share": share},
        part,
    )  # fmt: skip
    put_in_place(part, path)
