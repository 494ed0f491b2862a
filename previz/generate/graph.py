"""The network drawn once, for every runtime that is told its layers one by one.

In torch it is a module of its own (`network.py`), which is trained; a test holds that
both are the same function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from previz.generate.encode import MOST_RESIDUAL
from previz.generate.plan import BLOCK_PX, LEVELS, PlanOf

__all__ = ["Pen", "Tensors", "draw_network"]

Tensors = Mapping[str, NDArray[np.float32]]
"""Weights by the names that the torch module gives them."""

T = TypeVar("T")


class Pen(Protocol[T]):
    """Draws layers; pictures are (1, channels, h, w)."""

    def conv(
        self,
        x: T,
        weight: NDArray[np.float32],
        bias: NDArray[np.float32],
        *,
        stride: int = 1,
        alone: bool = False,
    ) -> T:
        """Convolve; `alone` for a kernel of each channel's own, padded to keep size."""

    def gathered(self, x: T, edge: int) -> T:
        """Put the pixels of each block beside each other as channels."""

    def spread(self, x: T, edge: int) -> T:
        """Undo `gathered`."""

    def add(self, x: T, y: T) -> T:
        """Return x + y."""

    def times(self, x: T, y: T | float) -> T:
        """Return x · y."""

    def sigmoid(self, x: T) -> T:
        """Return 1 / (1 + exp(-x))."""

    def tanh(self, x: T) -> T:
        """Return tanh x."""


def draw_network(pen: Pen[Any], planes: Any, plan: PlanOf, tensors: Tensors) -> Any:
    """Draw the network from its planes to its answer.

    Args:
        pen: Who draws.
        planes: Shape (1, in_channels, h, w), both multiples of 16.
        plan: What the network is made of.
        tensors: Its weights.
    """

    def conv(x: Any, name: str, half: slice = slice(None), **how: Any) -> Any:
        weight, bias = tensors[f"{name}.weight"], tensors[f"{name}.bias"]
        return pen.conv(x, weight[half], bias[half], **how)

    def gated(make: Callable[[slice], Any], width: int) -> Any:
        # Two convolutions of half the width, for runtimes copy to cut one in two.
        value, gate = make(slice(width)), make(slice(width, None))
        return pen.times(value, pen.sigmoid(gate))

    def through(stage: str, x: Any, width: int) -> Any:
        for name in plan.of(stage):
            block = f"blocks.{name}"

            def near(half: slice, x: Any = x, block: str = block) -> Any:
                spread = conv(x, f"{block}.spread", half)
                return conv(spread, f"{block}.near", half, alone=True)

            x = pen.add(x, conv(gated(near, width), f"{block}.mixed"))

            def wide(half: slice, x: Any = x, block: str = block) -> Any:
                return conv(x, f"{block}.wide", half)

            x = pen.add(x, conv(gated(wide, width), f"{block}.narrow"))
        return x

    return _passed(pen, planes, plan.widths, conv, through)


def _passed(
    pen: Pen[Any],
    planes: Any,
    widths: tuple[int, ...],
    conv: Callable[..., Any],
    through: Callable[[str, Any, int], Any],
) -> Any:
    """Go down the levels and up again."""
    x, kept = conv(pen.gathered(planes, BLOCK_PX), "first"), []
    for level in range(LEVELS - 1):
        x = through(f"down{level}", x, widths[level])
        kept.append(x)
        x = conv(x, f"down.{level}", stride=2)
    x = through("middle", x, widths[-1])
    for level in reversed(range(LEVELS - 1)):
        x = pen.add(pen.spread(conv(x, f"up.{level}"), 2), kept[level])
        x = through(f"up{level}", x, widths[level])
    x = pen.spread(conv(x, "last"), BLOCK_PX)
    bounded = pen.tanh(pen.times(x, 1.0 / MOST_RESIDUAL))
    return pen.times(bounded, MOST_RESIDUAL)
