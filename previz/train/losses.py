"""How far a picture is from the truth, as gradients can follow it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from previz.generate.encode import FLOOR
from previz.render import display

__all__ = ["energy_loss", "log_light", "regression_loss", "shown"]

_LOW, _HIGH, _STEPS = -10.0, 8.0, 181
_SHOWN_SHARE, _EDGE_SHARE = 4.0, 2.0


def log_light(light: Tensor) -> Tensor:
    """Return the natural logarithm of light over the floor."""
    log: Tensor = (light.clamp_min(0.0) + FLOOR).log()
    return log


def shown(light: Tensor) -> Tensor:
    """Return about what the display transform shows, 0 to 1, colour by colour.

    The transform's curve for greys, straight between its nodes in the logarithm; its
    hue shifts are left out, which gradients would not need.
    """
    curve = _curve()
    at = (light.clamp_min(0.0) + 2.0**_LOW).log2()
    at = (at - _LOW) * ((_STEPS - 1) / (_HIGH - _LOW))
    low = at.detach().floor().clamp(0, _STEPS - 2).long()
    share = (at - low).clamp(0.0, 1.0)
    code: Tensor = curve[low] + (curve[low + 1] - curve[low]) * share
    return code


@lru_cache(maxsize=1)
def _curve() -> Tensor:
    logs = np.linspace(_LOW, _HIGH, _STEPS)
    greys = np.maximum(np.exp2(logs) - 2.0**_LOW, 0.0).astype(np.float32)
    ramp = display(np.repeat(greys[None, :, None], 3, axis=2), exact=True)
    return torch.from_numpy(ramp[0, :, 1].astype(np.float32) / 255.0)


def regression_loss(made: Tensor, truth: Tensor) -> Tensor:
    """Return the loss of the regression: light, what is shown, and its edges.

    Args:
        made: Exposed linear Rec.709, shape (b, 3, h, w).
        truth: Likewise.
    """
    light = functional.l1_loss(log_light(made), log_light(truth))
    seen, true = shown(made), shown(truth)
    edges = sum(
        functional.l1_loss(seen.diff(dim=axis), true.diff(dim=axis))
        for axis in (-2, -1)
    )
    return light + _SHOWN_SHARE * functional.l1_loss(seen, true) + _EDGE_SHARE * edges


def energy_loss(first: Tensor, second: Tensor, truth: Tensor) -> Tensor:
    """Return the energy score of two answers to the same planes with other noise.

    It is least where the answers are spread as the truth is (Gneiting and Raftery
    2007, section 4.3), over what is shown and over its detail at three scales: each
    as vectors of 4×4 pixels, so that how neighbours go together counts.

    Args:
        first: Exposed linear Rec.709, shape (b, 3, h, w).
        second: Likewise.
        truth: Likewise.
    """
    a, b, true = shown(first), shown(second), shown(truth)
    total = _score(a, b, true)
    for _ in range(3):
        fine = [x - _blurred(x) for x in (a, b, true)]
        total = total + 2.0 * _score(*fine)
        a, b, true = (functional.avg_pool2d(x, 2) for x in (a, b, true))
    level = functional.l1_loss(log_light(first), log_light(truth))
    level = level + functional.l1_loss(log_light(second), log_light(truth))
    return total + 0.25 * level


def _score(a: Tensor, b: Tensor, true: Tensor) -> Tensor:
    near = 0.5 * (_length(a - true) + _length(b - true))
    return near - 0.5 * _length(a - b)


def _length(x: Tensor) -> Tensor:
    """Return the mean length of a difference, as vectors of 4×4 pixels and 3 colours.

    Over the root of their number, so that it is as large as a value.
    """
    squares = functional.avg_pool2d(x.square(), 4).mean(dim=1)
    return (squares + 1e-8).sqrt().mean()


def _blurred(x: Tensor) -> Tensor:
    return functional.avg_pool2d(
        functional.pad(x, (1, 1, 1, 1), mode="replicate"), 3, 1
    )
