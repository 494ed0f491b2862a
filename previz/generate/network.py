"""The network: what light lacks and matter hides, in one pass over a picture.

A small U-net over blocks of 4×4 pixels. Its last layer starts at zero, so an untrained
network leaves pictures as they are. It has no memory and no statistics of a batch: the
same planes give the same answer alone or among others.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn
from torch.nn import functional

from previz.errors import PrevizError
from previz.generate.encode import CHANNELS, FLOOR, MOST_RESIDUAL
from previz.generate.plan import BLOCK_PX, LEVELS, MULTIPLE_PX, PlanOf, reflected
from previz.generate.weights import VERSION

__all__ = ["PreviewNetwork", "decode"]

_TIME_WIDTH = 128


class PreviewNetwork(ModelMixin, ConfigMixin):  # type: ignore[misc]
    """Planes in, the logarithm of what light is multiplied by out.

    Args:
        in_channels: Planes of `encode`.
        state_channels: Further planes: 3 for a picture on its way from noise.
        timed: Whether the answer depends on a time from 0 to 1.
        widths: Channels of the three levels.
        depths: Blocks of the three levels, on the way down and on the way up but for
            the last, which is passed once.
        version: Of planes and layers.

    Raises:
        PrevizError: If there are not three levels, or it is of another version.
    """

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        in_channels: int = CHANNELS,
        state_channels: int = 0,
        timed: bool = False,  # noqa: FBT001, FBT002 (diffusers' form of a config)
        widths: tuple[int, ...] = (64, 128, 192),
        depths: tuple[int, ...] = (2, 2, 4),
        version: int = VERSION,
    ) -> None:
        if version != VERSION:
            raise PrevizError(
                f"PreviewNetwork.version must be {VERSION}, got {version}. Take "
                "weights made for this previz, or make them anew."
            )
        if len(widths) != LEVELS or len(depths) != LEVELS:
            raise PrevizError(
                f"PreviewNetwork.widths and depths must have {LEVELS} levels, got "
                f"{tuple(widths)} and {tuple(depths)}. Pass three numbers each."
            )
        super().__init__()  # type: ignore[no-untyped-call]
        plan = PlanOf(in_channels + state_channels, tuple(widths), tuple(depths))
        self.plan = plan
        embedded = _TIME_WIDTH if timed else 0
        self.first = nn.Conv2d(plan.in_channels * BLOCK_PX**2, widths[0], 1)
        self.blocks = nn.ModuleDict(
            {
                name: _Block(width, kernel, embedded)
                for name, width, kernel in plan.blocks()
            }
        )
        self.down = nn.ModuleList(
            nn.Conv2d(a, b, 2, stride=2) for a, b in pairwise(widths)
        )
        self.up = nn.ModuleList(nn.Conv2d(b, 4 * a, 1) for a, b in pairwise(widths))
        self.last = nn.Conv2d(widths[0], 3 * BLOCK_PX**2, 1)
        _silence(self.last)
        self.clock = _Clock(embedded) if timed else None

    def forward(
        self, planes: Tensor, state: Tensor | None = None, time: Tensor | None = None
    ) -> Tensor:
        """Return the logarithm of what light is multiplied by, shape (b, 3, h, w).

        Any size; sizes that are no multiple of 16 are mirrored at their lower and
        right edges on the way.

        Args:
            planes: Of `encode`, shape (b, in_channels, h, w).
            state: Shape (b, state_channels, h, w), where the network has any.
            time: 0 to 1, shape (b,), where it is timed.

        Raises:
            PrevizError: If state or time are missing, or given without need.
        """
        self._check(state, time)
        height, width = planes.shape[-2:]
        x = planes if state is None else torch.cat([planes, state], dim=1)
        x = functional.pixel_unshuffle(_mirrored(x), BLOCK_PX)
        at = None if self.clock is None or time is None else self.clock(time)
        x, kept = self.first(x), []
        for level, down in enumerate(self.down):
            x = self._through(f"down{level}", x, at)
            kept.append(x)
            x = down(x)
        x = self._through("middle", x, at)
        for level in reversed(range(len(self.up))):
            x = functional.pixel_shuffle(self.up[level](x), 2) + kept[level]
            x = self._through(f"up{level}", x, at)
        x = functional.pixel_shuffle(self.last(x), BLOCK_PX)
        x = x[..., :height, :width]
        return MOST_RESIDUAL * torch.tanh(x / MOST_RESIDUAL)

    def _through(self, stage: str, x: Tensor, at: Tensor | None) -> Tensor:
        for name in self.plan.of(stage):
            x = self.blocks[name](x, at)
        return x

    def _check(self, state: Tensor | None, time: Tensor | None) -> None:
        config: Any = self.config
        for name, given, wanted in (
            ("state", state is not None, config.state_channels > 0),
            ("time", time is not None, config.timed),
        ):
            if given != wanted:
                raise PrevizError(
                    f"PreviewNetwork.{name} must be "
                    f"{'given' if wanted else 'left out'} with this config, got "
                    f"{'one' if given else 'none'}. Look at network.config."
                )


class _Block(nn.Module):
    """Mix over the neighbourhood, then over channels; each gated, each added."""

    def __init__(self, width: int, kernel: int, embedded: int) -> None:
        super().__init__()
        self.spread = nn.Conv2d(width, 2 * width, 1)
        self.near = nn.Conv2d(
            2 * width, 2 * width, kernel, padding=kernel // 2, groups=2 * width
        )
        self.mixed = nn.Conv2d(width, width, 1)
        self.wide = nn.Conv2d(width, 2 * width, 1)
        self.narrow = nn.Conv2d(width, width, 1)
        for layer in (self.mixed, self.narrow):
            _silence(layer)
            nn.init.normal_(layer.weight, std=0.2 / width**0.5)
        self.told = nn.Linear(embedded, 4 * width) if embedded else None
        if self.told is not None:
            _silence(self.told)

    def forward(self, x: Tensor, at: Tensor | None) -> Tensor:
        y = self.spread(x)
        if self.told is not None and at is not None:
            gain, lift = self.told(at)[..., None, None].chunk(2, dim=1)
            y = y * (1.0 + gain) + lift
        x = x + self.mixed(_gated(self.near(y)))
        made: Tensor = x + self.narrow(_gated(self.wide(x)))
        return made


class _Clock(nn.Module):
    """A time from 0 to 1 as `width` numbers."""

    frequencies: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        rates = 2.0 ** torch.linspace(0.0, 9.0, width // 2)
        self.register_buffer("frequencies", rates, persistent=False)
        self.mix = nn.Sequential(nn.Linear(width, width), nn.SiLU())

    def forward(self, time: Tensor) -> Tensor:
        angle = time[:, None] * self.frequencies
        mixed: Tensor = self.mix(torch.cat([angle.sin(), angle.cos()], dim=1))
        return mixed


def decode(lit: Tensor, residual: Tensor) -> Tensor:
    """Return the picture that an answer makes of the plain one, as `encode.decode`.

    Args:
        lit: Exposed linear Rec.709, shape (b, 3, h, w), >= 0.
        residual: The network's answer, shape (b, 3, h, w).
    """
    made: Tensor = (lit + FLOOR) * residual.exp() - FLOOR
    return made.clamp_min(0.0)


def _silence(layer: nn.Module) -> None:
    """Let a layer answer nothing until it has learnt something."""
    for weight in layer.parameters():
        nn.init.zeros_(weight)


def _gated(x: Tensor) -> Tensor:
    value, gate = x.chunk(2, dim=1)
    return value * torch.sigmoid(gate)


def _mirrored(x: Tensor) -> Tensor:
    """Extend a picture to whole multiples of `MULTIPLE_PX`."""
    for axis in (-2, -1):
        size = x.shape[axis]
        if size % MULTIPLE_PX:
            rows = torch.from_numpy(reflected(size)).to(x.device)
            x = x.index_select(axis, rows)
    return x
