"""The network as a plan: which layers there are, for every runtime alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["BLOCK_PX", "LEVELS", "MULTIPLE_PX", "PlanOf", "reflected"]

BLOCK_PX = 4
"""Edge of the blocks of pixels that the network sees as one place."""

LEVELS = 3
"""How often a picture is looked at, each time half as fine."""

MULTIPLE_PX = 16
"""What sizes are brought to a multiple of: a block, halved twice."""

_NEAR, _FAR = 3, 5
"""How many places wide a block of layers looks, and the lowest level's."""


class PlanOf(NamedTuple):
    """What a network is made of.

    Attributes:
        in_channels: Planes it reads.
        widths: Channels of its levels.
        depths: Blocks of its levels.
    """

    in_channels: int
    widths: tuple[int, ...]
    depths: tuple[int, ...]

    def of(self, stage: str) -> tuple[str, ...]:
        """Return the names of a stage's blocks: down0, down1, middle, up1, up0."""
        level = LEVELS - 1 if stage == "middle" else int(stage[-1])
        return tuple(f"{stage}_{i}" for i in range(self.depths[level]))

    def blocks(self) -> Iterator[tuple[str, int, int]]:
        """Yield name, width and kernel of each block in the order they are passed."""
        last = LEVELS - 1
        ways = [(f"down{i}", i) for i in range(last)]
        ways += [("middle", last)]
        ways += [(f"up{i}", i) for i in reversed(range(last))]
        for stage, level in ways:
            kernel = _FAR if level == last else _NEAR
            for name in self.of(stage):
                yield name, self.widths[level], kernel

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every weight by its name in the torch module."""
        first, *_ = self.widths
        shapes = _conv("first", first, self.in_channels * BLOCK_PX**2, 1)
        for name, width, kernel in self.blocks():
            block = f"blocks.{name}"
            shapes |= _conv(f"{block}.spread", 2 * width, width, 1)
            shapes |= _conv(f"{block}.near", 2 * width, 1, kernel)
            shapes |= _conv(f"{block}.mixed", width, width, 1)
            shapes |= _conv(f"{block}.wide", 2 * width, width, 1)
            shapes |= _conv(f"{block}.narrow", width, width, 1)
        for level, (a, b) in enumerate(pairwise(self.widths)):
            shapes |= _conv(f"down.{level}", b, a, 2)
            shapes |= _conv(f"up.{level}", 4 * a, b, 1)
        return shapes | _conv("last", 3 * BLOCK_PX**2, first, 1)


def _conv(name: str, out: int, into: int, kernel: int) -> dict[str, tuple[int, ...]]:
    return {f"{name}.weight": (out, into, kernel, kernel), f"{name}.bias": (out,)}


def reflected(size: int) -> NDArray[np.int64]:
    """Return which rows make up a picture that is mirrored to a whole multiple.

    Args:
        size: Rows there are, at least 1.
    """
    more = -size % MULTIPLE_PX
    return np.pad(np.arange(size), (0, more), mode="reflect")
