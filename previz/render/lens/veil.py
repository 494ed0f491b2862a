"""Light that strays: the bloom of lamps, the film's red halation, diffusion filters.

Each spreads a share of the light over a small core and a wide skirt, as the glare of
eye and lens is measured to (Spencer, Shirley, Zimmerman and Greenberg 1995,
Physically-Based Glare Effects, section 3). Work is done on cells of 4 x 4 pixels.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, kernel, lean

__all__ = ["add_up", "bloom", "box_blur", "bright_cells", "diffuse", "halate"]

_HALATION = np.array([1.0, 0.24, 0.05], np.float32)
_SMALLEST = 16


def bright_cells(picture: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Return what is brighter than the sensor's white in cells of 4 x 4; None if none.

    Args:
        picture: Exposed linear Rec.709, shape (h, w, 3).
    """
    height, width = picture.shape[:2]
    if height < _SMALLEST or width < _SMALLEST:
        return None
    small = np.zeros((height // 4 + 1, width // 4 + 1, 3), np.float32)
    return small if _bright_parts(picture, small) else None


def bloom(picture: NDArray[np.float32], *, share: float) -> NDArray[np.float32]:
    """Return the picture with bright light veiling around it; itself for 0.

    Args:
        picture: Exposed linear Rec.709, shape (h, w, 3).
        share: Of the bright light, by core and by skirt.
    """
    small = bright_cells(picture) if share > 0.0 else None
    if small is None:
        return picture
    reach = max(2, round(picture.shape[1] / 4 * 0.012))
    wide = _blurred(small, reach)
    return _with_glow(picture, (wide + _blurred(wide, reach * 4)) * np.float32(share))


def halate(picture: NDArray[np.float32], *, share: float) -> NDArray[np.float32]:
    """Return the picture with light scattered back red from the film base.

    What passes all layers is turned back by the base about a tenth of a millimetre
    behind them and exposes the lowest layer, the red one, once more around the lamp
    (Mees and James 1966, The Theory of the Photographic Process, 22). Itself for 0.

    Args:
        picture: Exposed linear Rec.709, shape (h, w, 3).
        share: Of the bright light.
    """
    small = bright_cells(picture) if share > 0.0 else None
    if small is None:
        return picture
    spread = _blurred(small, max(1, round(picture.shape[1] / 4 * 0.008)))
    light = spread.max(axis=2, keepdims=True)
    return _with_glow(picture, light * (_HALATION * np.float32(2.0 * share)))


def diffuse(picture: NDArray[np.float32], *, grade: float) -> NDArray[np.float32]:
    """Return the picture through a diffusion filter; itself for 0.

    The filter scatters a share of all light, 1 - 2^(-grade/2): 29 % of a full, 8 % of
    a quarter, half into a core and half into a skirt. Lamps bloom and shadows lift;
    the light of the whole is kept. What lies outside the frame counts as the frame's
    edge does.

    Args:
        picture: Exposed linear Rec.709, shape (h, w, 3).
        grade: Of the filter.
    """
    height, width = picture.shape[:2]
    if grade == 0.0 or height < _SMALLEST or width < _SMALLEST:
        return picture
    small = np.zeros((height // 4 + 1, width // 4 + 1, 3), np.float32)
    full = np.zeros_like(small)
    _mean_cells(picture, small, full)
    reach = max(1, round(width / 4 * 0.012))
    strewn = np.zeros_like(small)
    for far in (reach, reach * 5):
        strewn += _blurred(small, far) / np.maximum(_blurred(full, far), 1e-6)
    share = np.float32(1.0 - 2.0 ** (-grade / 2))
    glow = strewn * (np.float32(0.5) * share)
    return _with_glow(picture * (1 - share), glow, own=True)


def _with_glow(
    picture: NDArray[np.float32], glow: NDArray[np.float32], *, own: bool = False
) -> NDArray[np.float32]:
    out = picture if own else picture.copy()
    add_up(out, glow.astype(np.float32))
    return out


def _blurred(cells: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    return box_blur(box_blur(cells, reach), reach)


def add_up(picture: NDArray[np.float32], glow: NDArray[np.float32]) -> None:
    """Add cells of 4 x 4 pixels to the picture, interpolated, in place."""
    _add_up(picture, glow, np.empty(glow.shape[1:], np.float32))


@kernel
def _bright_parts(picture: Array, small: Array) -> bool:
    height, width = picture.shape[0], picture.shape[1]
    found = False
    for row in range(height):
        for col in range(width):
            most = max(picture[row, col, 0], picture[row, col, 1], picture[row, col, 2])
            if most <= 1.0:
                continue
            found = True
            share = (min(most, 24.0) - 1.0) / most / 16.0
            for c in range(3):
                small[row // 4, col // 4, c] += picture[row, col, c] * share
    return found


@kernel
def box_blur(source: Array, reach: int) -> Array:
    """Return the mean over (2·reach + 1)² places, black beyond the edge."""
    height, width = source.shape[0], source.shape[1]
    across, out = np.empty_like(source), np.empty_like(source)
    scale = np.float32(1.0 / (2 * reach + 1))
    for row in range(height):
        for c in range(3):
            total = np.float32(0.0)
            for col in range(min(reach, width)):
                total += source[row, col, c]
            for col in range(width):
                if col + reach < width:
                    total += source[row, col + reach, c]
                if col - reach - 1 >= 0:
                    total -= source[row, col - reach - 1, c]
                across[row, col, c] = max(total, np.float32(0.0)) * scale
    for col in range(width):
        for c in range(3):
            total = np.float32(0.0)
            for row in range(min(reach, height)):
                total += across[row, col, c]
            for row in range(height):
                if row + reach < height:
                    total += across[row + reach, col, c]
                if row - reach - 1 >= 0:
                    total -= across[row - reach - 1, col, c]
                out[row, col, c] = max(total, np.float32(0.0)) * scale
    return out


@lean
def _add_up(picture: Array, glow: Array, line: Array) -> None:
    """Add the glow, interpolated up: first between its rows, then along the row."""
    height, width = picture.shape[0], picture.shape[1]
    rows, cols = glow.shape[0], glow.shape[1]
    for row in range(height):
        y = max((row + 0.5) / 4.0 - 0.5, 0.0)
        j = min(int(y), rows - 2)
        fy = np.float32(y - j)
        for i in range(cols):
            for c in range(3):
                upper, lower = glow[j, i, c], glow[j + 1, i, c]
                line[i, c] = upper + (lower - upper) * fy
        for col in range(width):
            x = max((col + 0.5) / 4.0 - 0.5, 0.0)
            i = min(int(x), cols - 2)
            fx = np.float32(x - i)
            for c in range(3):
                picture[row, col, c] += line[i, c] + (line[i + 1, c] - line[i, c]) * fx


@lean
def _mean_cells(picture: Array, small: Array, full: Array) -> None:
    """Gather the picture into cells, and how full each cell is."""
    share = np.float32(1.0 / 16.0)
    for row in range(picture.shape[0]):
        for col in range(picture.shape[1]):
            for c in range(3):
                small[row // 4, col // 4, c] += picture[row, col, c] * share
                full[row // 4, col // 4, c] += share
