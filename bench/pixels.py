"""What pictures are measured with, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

__all__ = ["around", "largest"]

_LEAST_PX = 200


def largest(ids: Any, allowed: Callable[[Any], Any]) -> int:
    """Return the object that covers most of a picture, among some; 0 for none."""
    numbers, counts = np.unique(ids[(ids > 0) & allowed(ids)], return_counts=True)
    if len(numbers) == 0 or counts.max() < _LEAST_PX:
        return 0
    return int(numbers[np.argmax(counts)])


def around(values: Any, reach_px: int, by: Callable[..., Any]) -> Any:
    """Return what a function makes of the square round each pixel."""
    rows, cols = values.shape
    wide, size = np.pad(values, reach_px, mode="edge"), 2 * reach_px + 1
    parts = [wide[i : i + rows, j : j + cols] for i in range(size) for j in range(size)]
    return by(parts, axis=0)
