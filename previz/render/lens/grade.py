"""Balance, exposure and tint, as gains on linear light."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.color import light_color, luminance

__all__ = ["balance_gains", "graded", "tint_gains"]

_TINT_STOPS = 0.5


def balance_gains(
    *, kelvin: float | None, baked_k: float
) -> tuple[float, float, float]:
    """Return gains that turn a picture balanced for `baked_k` to `kelvin`.

    A light at the new balance turns neutral, and a neutral keeps its luminance. The
    gains act on linear Rec.709 (von Kries 1902), where baking adapts by Bradford:
    the same for a light at the new balance, within a few per cent for others.
    """
    if kelvin is None or kelvin == baked_k:
        return (1.0, 1.0, 1.0)
    seen = np.maximum(light_color(kelvin, white_balance_k=baked_k), 0.02)
    gains = 1.0 / seen
    gains /= luminance(gains)
    return float(gains[0]), float(gains[1]), float(gains[2])


def tint_gains(tint: float) -> tuple[float, float, float]:
    """Return gains of a tint: 1 takes half a stop of green away, -1 adds it.

    Grey keeps its luminance. Half a stop is about a full plus-green gel (30 CC).
    """
    if tint == 0.0:
        return (1.0, 1.0, 1.0)
    gains = np.array([1.0, 2.0 ** (-tint * _TINT_STOPS), 1.0])
    gains /= luminance(gains)
    return float(gains[0]), float(gains[1]), float(gains[2])


def graded(
    picture: NDArray[np.float32], gains: tuple[float, float, float]
) -> NDArray[np.float32]:
    """Return the picture times its gains; itself where all are 1.

    Args:
        picture: Linear Rec.709, shape (h, w, 3).
        gains: Of red, green and blue.
    """
    if gains == (1.0, 1.0, 1.0):
        return picture
    return picture * np.array(gains, np.float32)
