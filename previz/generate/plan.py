"""The network as a plan: which layers there are, for every runtime alike."""

from __future__ import annotations

from collections.abc import Iterator
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


def reflected(size: int) -> NDArray[np.int64]:
    """Return which rows make up a picture that is mirrored to a whole multiple.

    Args:
        size: Rows there are, at least 1.
    """
    more = -size % MULTIPLE_PX
    return np.pad(np.arange(size), (0, more), mode="reflect")
