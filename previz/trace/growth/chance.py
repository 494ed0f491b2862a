"""Chance that follows from where something grows: hashed, so it needs no history."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Keys", "bell", "branched", "keys_of", "share", "ways"]

Keys = NDArray[np.uint64]
"""What tells places apart, shape (n,); each draws numbers of its own."""

_STEP = 0x9E3779B97F4A7C15
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def _mixed(numbers: Keys) -> Keys:
    """Return well mixed bits of each number (splitmix64's finaliser, Vigna 2015)."""
    z = (numbers ^ (numbers >> np.uint64(30))) * _FIRST
    z = (z ^ (z >> np.uint64(27))) * _SECOND
    return np.asarray(z ^ (z >> np.uint64(31)))


def keys_of(seed: int, *numbers: NDArray[np.integer] | int) -> Keys:
    """Return keys from a seed and whole numbers, which broadcast.

    Args:
        seed: Of the object; >= 0.
        *numbers: What tells its places apart, such as rows and columns.
    """
    keys = _mixed(np.array([seed + 1], np.uint64) * np.uint64(_STEP))
    for number in numbers:
        keys = branched(keys, np.atleast_1d(np.asarray(number, np.int64)))
    return keys


def branched(keys: Keys, number: NDArray[np.int64] | int) -> Keys:
    """Return other keys for each key and number."""
    odd = np.asarray(number, np.int64).astype(np.uint64) + np.uint64(1)
    return _mixed(keys + odd * np.uint64(_STEP))


def share(keys: Keys, stream: int) -> NDArray[np.float64]:
    """Return a number from 0 to below 1 for each key; streams are independent."""
    bits = _mixed(keys + np.uint64(((stream + 1) * _STEP) % 2**64))
    return np.asarray((bits >> np.uint64(11)).astype(np.float64) * 2.0**-53)


def bell(keys: Keys, stream: int) -> NDArray[np.float64]:
    """Return a standard normal number for each key (Box and Muller 1958)."""
    far = np.sqrt(-2.0 * np.log(1.0 - share(keys, 2 * stream + 1000)))
    return np.asarray(far * np.cos(2 * np.pi * share(keys, 2 * stream + 1001)))


def ways(keys: Keys, stream: int) -> NDArray[np.float64]:
    """Return a unit direction for each key, even over the ball, shape (n, 3)."""
    y = 2.0 * share(keys, 2 * stream + 2000) - 1.0
    turn = 2 * np.pi * share(keys, 2 * stream + 2001)
    flat = np.sqrt(np.maximum(1.0 - y * y, 0.0))
    return np.stack([flat * np.sin(turn), y, flat * np.cos(turn)], axis=1)
