"""The network in NumPy: slow, on any processor, and what others are checked against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.generate.graph import draw_network
from previz.generate.weights import Weights

__all__ = ["NumpyRuntime"]

Picture = NDArray[np.float32]


class NumpyRuntime:
    """Runs the network on the processor, in float32.

    Args:
        weights: Of the network.

    Attributes:
        name: What it is called in a report.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.name = f"NumPy {np.__version__}, f32"

    def run(self, planes: Picture) -> Picture:
        """Return the network's answer, shape (3, h, w).

        Args:
            planes: Shape (in_channels, h, w), both multiples of 16.
        """
        plan, tensors = self._weights.plan, self._weights.tensors
        return np.asarray(draw_network(_Pen(), planes, plan, tensors), np.float32)


class _Pen:
    """Works layers out at once; pictures are (channels, h, w)."""

    def conv(
        self,
        x: Picture,
        weight: Picture,
        bias: Picture,
        *,
        stride: int = 1,
        alone: bool = False,
    ) -> Picture:
        if alone:
            return _each_alone(x, weight[:, 0]) + bias[:, None, None]
        x = self.gathered(x, stride)
        mixed = weight.reshape(len(weight), -1) @ x.reshape(len(x), -1)
        made: Picture = mixed.reshape(-1, *x.shape[1:]) + bias[:, None, None]
        return made

    def gathered(self, x: Picture, edge: int) -> Picture:
        count, height, width = x.shape
        rows, cols = height // edge, width // edge
        blocks = x.reshape(count, rows, edge, cols, edge).transpose(0, 2, 4, 1, 3)
        return blocks.reshape(count * edge * edge, rows, cols)

    def spread(self, x: Picture, edge: int) -> Picture:
        count, rows, cols = x.shape
        parts = x.reshape(count // edge**2, edge, edge, rows, cols)
        return parts.transpose(0, 3, 1, 4, 2).reshape(-1, rows * edge, cols * edge)

    def add(self, x: Picture, y: Picture) -> Picture:
        return x + y

    def times(self, x: Picture, y: Picture | float) -> Picture:
        return x * y

    def sigmoid(self, x: Picture) -> Picture:
        half = np.float32(0.5)
        return np.asarray(half * np.tanh(half * x) + half)

    def tanh(self, x: Picture) -> Picture:
        return np.tanh(x)


def _each_alone(x: Picture, kernels: Picture) -> Picture:
    """Convolve each channel with its own kernel, kept at its size."""
    edge = kernels.shape[1]
    pad = edge // 2
    wide = np.pad(x, ((0, 0), (pad, pad), (pad, pad)))
    height, width = x.shape[1:]
    made = np.zeros_like(x)
    for i in range(edge):
        for j in range(edge):
            near = wide[:, i : i + height, j : j + width]
            made += kernels[:, i, j, None, None] * near
    return made
