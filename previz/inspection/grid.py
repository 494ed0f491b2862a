"""The box of a set that volumes fill, and points in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import Scene
from previz.stage import Obstacles

__all__ = ["Grid", "grid_of", "in_solids"]

_CELLS = 24_000
_FINEST_M, _SLICE_M = 0.1, 0.06
_OPEN_HEIGHT_M, _OPEN_WIDTH_M, _BESIDE_M = 4.0, 24.0, 4.0


@dataclass(frozen=True)
class Grid:
    """Points at even steps in a box of the world.

    Attributes:
        low_m: Lowest corner of the box, shape (3,).
        high_m: Highest corner, shape (3,).
        shape: Points along x, y and z; each in the middle of its cell.
    """

    low_m: NDArray[np.float64]
    high_m: NDArray[np.float64]
    shape: tuple[int, int, int]

    @property
    def points(self) -> NDArray[np.float64]:
        """The points, x slowest and z fastest, shape (n, 3)."""
        step = (self.high_m - self.low_m) / self.shape
        axes = [
            self.low_m[c] + (np.arange(self.shape[c]) + 0.5) * step[c] for c in range(3)
        ]
        return np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)

    def flat(self, axis: int, at_m: float) -> Grid:
        """Return a fine sheet of points through the box.

        Args:
            axis: 1 for a plan, 2 for a section along x.
            at_m: Its place on that axis.
        """
        step = max(float((self.high_m - self.low_m).max()) / 220, _SLICE_M)
        low, high = self.low_m.copy(), self.high_m.copy()
        low[axis] = high[axis] = at_m
        count = np.maximum(np.round((high - low) / step), 1).astype(int)
        return Grid(low, high, (int(count[0]), int(count[1]), int(count[2])))

    def read(
        self, values: NDArray[np.float64], points_world: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Return values between the points, straight from each to the next.

        Args:
            values: At the points, shape `shape`.
            points_world: World metres, shape (n, 3); beyond the box its edge counts.
        """
        step = (self.high_m - self.low_m) / self.shape
        last = np.array(self.shape) - 1
        at = np.clip((points_world - self.low_m) / step - 0.5, 0, last)
        cell = np.minimum(at.astype(int), np.maximum(last - 1, 0))
        part = at - cell
        out = np.zeros(len(at))
        for corner in np.ndindex(2, 2, 2):
            weight = np.where(np.array(corner) == 1, part, 1 - part).prod(axis=1)
            out += weight * values[tuple(np.minimum(cell + corner, last).T)]
        return out


def grid_of(scene: Scene) -> Grid:
    """Return a grid of about 24,000 points: a whole room, or where people are outdoors.

    Outdoors it reaches 4 m beyond where people go and 4 m up, and is at most 24 m wide.
    """
    width, height, depth = scene.set.size_m
    low = np.array([-width / 2, 0.0, -depth / 2])
    high = np.array([width / 2, height, depth / 2])
    if not scene.set.interior:
        places = [mark.position_m for b in scene.blocking for mark in b.marks]
        spread = np.array(places or [(0.0, 0.0, 0.0)])
        middle = (spread.min(axis=0) + spread.max(axis=0)) / 2
        half = np.ptp(spread, axis=0) / 2 + _BESIDE_M
        half = np.minimum(half, _OPEN_WIDTH_M / 2)
        low, high = middle - half, middle + half
        low[1], high[1] = 0.0, _OPEN_HEIGHT_M
    size = high - low
    step = max(float(np.prod(size) / _CELLS) ** (1 / 3), _FINEST_M)
    count = np.maximum(np.round(size / step), 2).astype(int)
    return Grid(low, high, (int(count[0]), int(count[1]), int(count[2])))


def in_solids(scene: Scene, points_world: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which points are in furniture or walls, shape (n,)."""
    solid = Obstacles(scene.set)
    return np.array([solid.inside(point, margin_m=0.0) for point in points_world], bool)
