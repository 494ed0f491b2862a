"""How light or dark a draughtsman sees things: lightness under local exposure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, lean

__all__ = ["lightness", "twice_as_fine"]

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
_CELLS = 24
"""Cells across the picture of what counts as the surroundings of a place."""

_SPREAD = (0.06, 0.24, 0.4, 0.24, 0.06)
_MOOD = 0.21
"""How far the surroundings, however dark or bright, move what is drawn in them."""

_DARKEST_STOPS, _BRIGHTEST_STOPS = -7.0, 5.0


def lightness(
    lit: NDArray[np.float32],
    *,
    middle: float = 0.52,
    surroundings: float = 0.07,
    detail: float = 0.14,
) -> NDArray[np.float32]:
    """Return how light each pixel is against its surroundings, 0 to 1.

    Stops above grey are split into the mean of the surroundings and what stands out
    of it, and the former is compressed more (Reinhard et al. 2002, local dodging and
    burning; Durand and Dorsey 2002). So a night scene keeps its darkness as a mood
    while what is in it can still be drawn. There is no measure of the whole frame in
    it: nothing pumps when somebody enters.

    Args:
        lit: Exposed linear Rec.709, shape (h, w, 3).
        middle: What grey surroundings become.
        surroundings: Lightness a stop of the surroundings, near grey.
        detail: Lightness a stop against the surroundings.

    Returns:
        Shape (h, w).
    """
    shining = np.nan_to_num(lit @ _LUMINANCE, nan=0.0, posinf=64.0)
    stops = np.log2(np.maximum(shining, 1e-6) * np.float32(1 / 0.18))
    stops = np.clip(stops, _DARKEST_STOPS, _BRIGHTEST_STOPS).astype(np.float32)
    out = np.empty(stops.shape, np.float32)
    _split(stops, _surroundings(stops), middle, surroundings, detail, out)
    return out


def _surroundings(stops: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of the surroundings in cells, padded by one, shape (a, b)."""
    height, width = stops.shape
    cell = max(1, width // _CELLS)
    rows, cols = -(-height // cell), -(-width // cell)
    padded = np.pad(
        stops, ((0, rows * cell - height), (0, cols * cell - width)), mode="edge"
    )
    mean = padded.reshape(rows, cell, cols, cell).mean(axis=(1, 3))
    for _ in range(2):
        for axis in (0, 1):
            wide = np.pad(mean, [(2, 2) if a == axis else (0, 0) for a in (0, 1)],
                          mode="edge")  # fmt: skip
            length = mean.shape[axis]
            mean = sum(
                np.float32(share) * wide.take(range(i, i + length), axis=axis)
                for i, share in enumerate(_SPREAD)
            )
    return np.ascontiguousarray(np.pad(mean, 1, mode="edge"), np.float32)


@lean
def _split(
    stops: Array, around: Array, middle: float, surroundings: float, detail: float,
    out: Array,
) -> None:  # fmt: skip
    height, width = stops.shape
    cell = max(1, width // _CELLS)
    for row in range(height):
        y = (row + 0.5) / cell + 0.5
        i = int(y)
        fy = y - i
        for col in range(width):
            x = (col + 0.5) / cell + 0.5
            j = int(x)
            fx = x - j
            upper = around[i, j] + (around[i, j + 1] - around[i, j]) * fx
            lower = around[i + 1, j] + (around[i + 1, j + 1] - around[i + 1, j]) * fx
            mean = upper + (lower - upper) * fy
            mood = _MOOD * np.tanh(surroundings * mean / _MOOD)
            value = middle + mood + detail * (stops[row, col] - mean)
            out[row, col] = min(max(value, 0.0), 1.0)


def twice_as_fine(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a picture of shape (h, w) at (2h, 2w), interpolated."""
    height, width = picture.shape
    out = np.empty((2 * height, 2 * width), np.float32)
    _refine(picture, out)
    return out


@lean
def _refine(picture: Array, out: Array) -> None:
    height, width = picture.shape
    near, far = np.float32(0.75), np.float32(0.25)
    for row in range(out.shape[0]):
        a = row >> 1
        b = min(max(a + (1 if row & 1 else -1), 0), height - 1)
        for col in range(out.shape[1]):
            c = col >> 1
            d = min(max(c + (1 if col & 1 else -1), 0), width - 1)
            upper = near * picture[a, c] + far * picture[a, d]
            lower = near * picture[b, c] + far * picture[b, d]
            out[row, col] = near * upper + far * lower
