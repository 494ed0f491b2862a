"""Places that looks go through, spread evenly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["disc", "spread"]


def spread(count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return places in a unit square in an order of their own, shape (count, 2).

    Hammersley's points, shifted (Cranley and Patterson 1976): along either side, and
    over the square, no part has many more than its share.

    Args:
        count: At least 1.
        rng: Shifts and orders them.
    """
    number = np.arange(count)
    mirrored = np.zeros(count)
    share, rest = 0.5, number.copy()
    while rest.any():
        mirrored += share * (rest & 1)
        rest >>= 1
        share /= 2
    places = np.stack([number / count, mirrored], axis=1)
    return np.asarray(rng.permutation((places + rng.random(2)) % 1.0))


def disc(places: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """Return places of a unit square as places in a disc, evenly, shape (n, 2)."""
    ring, turn = radius * np.sqrt(places[:, 0]), 2 * np.pi * places[:, 1]
    return np.stack([ring * np.cos(turn), ring * np.sin(turn)], axis=1)
