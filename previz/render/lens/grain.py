"""Grain: the noise of light that was counted, fixed to the frame."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, Number, kernel, woven

__all__ = ["add_grain"]

_GREY = 0.18
_FLOOR = 0.08
"""Share of the variance at middle grey that stays in black: base fog, read noise."""

_CLUMPS = 960
"""Clumps of grain across the frame; of a smaller picture each pixel is one."""


def add_grain(
    picture: NDArray[np.float32], *, grain: float, frame: int
) -> NDArray[np.float32]:
    """Return the picture with noise; itself for 0.

    Counted light has a variance in proportion to it, and a little stays in black: a
    deviation of grain · 0.18 · √(0.92 · x/0.18 + 0.08) at a value of x (Foi, Trimeche,
    Katkovnik and Egiazarian 2008, Practical Poissonian-Gaussian Noise Modeling,
    eq. 2). Two stops more ISO double it. Clumps are independent of each other (a
    white spectrum), a 960th of the frame wide and never less than a pixel. The same
    frame gives the same grain.

    Args:
        picture: Exposed linear Rec.709, shape (h, w, 3).
        grain: Deviation at middle grey as a share of it.
        frame: Seeds the noise.
    """
    if grain == 0.0:
        return picture
    out = np.empty_like(picture)
    clump = max(1.0, picture.shape[1] / _CLUMPS)
    _grain(picture, grain * _GREY, frame & 0x7FFFFFFF, 1.0 / clump, out)
    return out


@kernel
def _grain(
    picture: Array, strength: float, frame: int, scale: float, out: Array
) -> None:
    none, fine = np.float32(0.0), scale == 1.0
    by_light, floor = np.float32((1.0 - _FLOOR) / _GREY), np.float32(_FLOOR)
    # The deviation of the four bytes' sum is √(4 · (256² - 1) / 12).
    unit = np.float32(strength / np.sqrt((65536.0 - 1.0) / 3.0))
    for row in range(picture.shape[0]):
        for col in range(picture.shape[1]):
            for c in range(3):
                if fine:
                    noise = _noise(row, col, c, frame)
                else:
                    noise = _between(row * scale, col * scale, c, frame)
                x = max(picture[row, col, c], none)
                deviation = unit * np.sqrt(x * by_light + floor)
                out[row, col, c] = max(picture[row, col, c] + deviation * noise, none)


@woven
def _between(y: float, x: float, channel: int, frame: int) -> float:
    """Return noise between clumps, with the deviation that it has at them."""
    i, j = int(y), int(x)
    fy, fx = y - i, x - j
    total = (1.0 - fy) * (1.0 - fx) * _noise(i, j, channel, frame)
    total += (1.0 - fy) * fx * _noise(i, j + 1, channel, frame)
    total += fy * (1.0 - fx) * _noise(i + 1, j, channel, frame)
    total += fy * fx * _noise(i + 1, j + 1, channel, frame)
    kept = ((1.0 - fy) ** 2 + fy * fy) * ((1.0 - fx) ** 2 + fx * fx)
    return float(total / np.sqrt(kept))


@woven
def _noise(row: int, col: int, channel: int, frame: int) -> Number:
    """Return the centred sum of a hash's four bytes, near enough a Gaussian.

    The hash is lowbias32 (Wellons 2018, Prospecting for Hash Functions).
    """
    # Products are of 64 bits here: each is cut back to 32.
    h = np.uint32(
        row * np.uint32(0x9E3779B1) + col * np.uint32(0x85EBCA77)
        + frame * np.uint32(0xC2B2AE3D) + channel * np.uint32(0x27D4EB2F)
    )  # fmt: skip
    h = np.uint32(h ^ (h >> np.uint32(16)))
    h = np.uint32(h * np.uint32(0x21F0AAAD))
    h = np.uint32(h ^ (h >> np.uint32(15)))
    h = np.uint32(h * np.uint32(0x735A2D97))
    h = np.uint32(h ^ (h >> np.uint32(15)))
    byte = np.uint32(255)
    total = (h & byte) + ((h >> np.uint32(8)) & byte)
    total += ((h >> np.uint32(16)) & byte) + (h >> np.uint32(24))
    return np.float32(total) - np.float32(510.0)
