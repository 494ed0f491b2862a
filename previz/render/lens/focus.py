"""Depth of field: what lies off the focus plane spreads over its circle of confusion.

The picture is taken apart by defocus, each part spread by itself and the parts laid
over each other from back to front (Kosloff, Tao and Barsky 2009, Depth of Field
Postprocessing for Layered Scenes Using Constant-Time Rectangle Spreading), so that

- what is far out of focus never spreads over what is sharp before it;
- what is near and out of focus spreads over all behind it, which is continued under
  it from what can be seen around (push and pull, Gortler et al. 1996, section 3.4);
- light is kept: a lamp becomes a disc whose light sums to the lamp's.

Large discs are spread on coarser cells. Linear light in, linear light out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, Number, kernel, lean, woven
from previz.render.lens.iris import iris_of
from previz.render.lens.optics import Optics, blur_radius_px
from previz.render.lens.spread import spread

__all__ = ["blur_by_depth"]

_SHARP_PX = 0.5
"""Radius below which a disc is smaller than its pixel."""

_CELLS = 4.0
"""Radius in cells of the largest discs of a part."""

_FEW = 0.02
"""Share of the picture up to which bright pixels are spread on the finest cells."""

_WHOLE = 0.9
"""Coverage that counts as whole: where radii differ, discs do not add up to 1."""


class _Part(NamedTuple):
    """What is spread together: radii from, up to, and log2 of the cell's width."""

    low_px: float
    high_px: float
    level: int


def blur_by_depth(
    picture: NDArray[np.float32],
    inverse_depth: NDArray[np.float32],
    *,
    optics: Optics,
) -> NDArray[np.float32]:
    """Return the picture as the lens focuses it; itself where all of it is sharp.

    Args:
        picture: Linear Rec.709 without smoothed edges, shape (h, w, 3).
        inverse_depth: 1/m along the axis, 0 for the sky, shape (h, w).
        optics: Of the lens.
    """
    radius = blur_radius_px(inverse_depth, optics)
    nearest, farthest = float(radius.min()), float(radius.max())
    if max(-nearest, farthest) < _SHARP_PX:
        return picture
    out = np.zeros((*radius.shape, 4), np.float32)
    for part in reversed(_parts(farthest)):
        _lay_part(picture, radius, part, out, optics=optics, beside=False)
    hidden = _lay_sharp(picture, radius, np.float32(_SHARP_PX), out)
    if nearest > -_SHARP_PX:
        return _colors(out)
    if hidden:
        _fill(out)
    near = np.zeros_like(out)
    for part in _parts(-nearest):
        _lay_part(picture, -radius, part, near, optics=optics, beside=True)
    _lay_fine(near, out, 0)
    return _colors(out)


def _colors(light: NDArray[np.float32]) -> NDArray[np.float32]:
    out = np.empty((*light.shape[:2], 3), np.float32)
    _drop_coverage(light, out)
    return out


@lean
def _drop_coverage(light: Array, out: Array) -> None:
    none = np.float32(0.0)
    for row in range(out.shape[0]):
        for col in range(out.shape[1]):
            for c in range(3):
                out[row, col, c] = max(light[row, col, c], none)


def _parts(most_px: float) -> list[_Part]:
    """Return the parts up to a radius, the sharpest first."""
    parts = [_Part(_SHARP_PX, _CELLS, 0)]
    while parts[-1].high_px < most_px:
        last = parts[-1]
        parts.append(_Part(last.high_px, 2.0 * last.high_px, last.level + 1))
    return [part for part in parts if part.low_px <= most_px]


def _lay_part(
    picture: NDArray[np.float32],
    radius: NDArray[np.float32],
    part: _Part,
    out: NDArray[np.float32],
    *,
    optics: Optics,
    beside: bool,
) -> None:
    """Spread one part and lay it over the picture, or beside it, in place.

    What is brighter than white shows the iris's shape: it is spread on finer cells,
    by two levels where it is little. Parts before the focus are laid beside each
    other: a shoulder that falls into two parts lets nothing through where they meet.
    """
    lamps = 0
    if part.level > 0:
        low, high = np.float32(part.low_px), np.float32(part.high_px)
        lamps = _count_bright(picture, radius, low, high)
    if lamps == 0:
        layer = _spread_part(picture, radius, part, part.level, (0.0, np.inf),
                             optics=optics, flipped=beside)  # fmt: skip
        if layer is not None:
            _lay(layer, part.level, out, beside=beside)
        return
    both = out if beside else np.zeros_like(out)
    finer = 2 if lamps < _FEW * radius.size else 1
    for level, bright in (
        (part.level, (0.0, 1.0)), (max(part.level - finer, 0), (1.0, np.inf)),
    ):  # fmt: skip
        layer = _spread_part(picture, radius, part, level, bright,
                             optics=optics, flipped=beside)  # fmt: skip
        if layer is not None:
            _lay(layer, level, both, beside=True)
    if not beside:
        _lay_fine(both, out, 0)


def _spread_part(
    picture: NDArray[np.float32],
    radius: NDArray[np.float32],
    part: _Part,
    level: int,
    bright: tuple[float, float],
    *,
    optics: Optics,
    flipped: bool,
) -> NDArray[np.float32] | None:
    """Return the pixels of a part between two brightnesses, spread.

    In cells of 2^level pixels; None where there are no such pixels.
    """
    height, width = radius.shape
    cell = 1 << level
    shape = (-(-height // cell), -(-width // cell))
    cells, own = np.zeros((*shape, 4), np.float32), np.zeros(shape, np.float32)
    bounds = np.array([part.low_px, part.high_px, *bright], np.float32)
    if not _collect(picture, radius, bounds, level, cells, own):
        return None
    iris = iris_of(
        most_px=int(_CELLS) * 4 + 1, blades=optics.blades,
        closing=round(optics.closing, 2), squeeze=round(optics.squeeze, 3),
    )  # fmt: skip
    return spread(
        cells, own, iris, flipped=flipped, cats_eye=optics.cats_eye,
        squeeze=optics.squeeze,
        centre_px=(optics.centre_px[0] / cell, optics.centre_px[1] / cell),
        corner_px=optics.corner_px / cell,
    )  # fmt: skip


@woven
def _brightness(picture: Array, row: int, col: int) -> Number:
    value: Number = max(
        picture[row, col, 0], max(picture[row, col, 1], picture[row, col, 2])
    )
    return value


@lean
def _count_bright(picture: Array, radius: Array, low: Number, high: Number) -> int:
    found = 0
    for row in range(radius.shape[0]):
        for col in range(radius.shape[1]):
            r = radius[row, col]
            if r >= low and r < high and _brightness(picture, row, col) >= 1.0:
                found += 1
    return found


@kernel
def _collect(
    picture: Array, radius: Array, bounds: Array, level: int, cells: Array, own: Array
) -> int:
    """Gather the pixels of a part into cells; return how many there are."""
    height, width = radius.shape
    found = 0
    size = np.float32(1 << level)
    one = np.float32(1.0)
    low, high, least, most = bounds[0], bounds[1], bounds[2], bounds[3]
    for row in range(height):
        for col in range(width):
            r = radius[row, col]
            if r < low or r >= high:
                continue
            bright = _brightness(picture, row, col)
            if bright < least or bright >= most:
                continue
            found += 1
            i, j = row >> level, col >> level
            for c in range(3):
                cells[i, j, c] += picture[row, col, c]
            cells[i, j, 3] += one
            own[i, j] += r
    if level == 0 or found == 0:
        return found
    rows, cols = own.shape
    side = 1 << level
    for i in range(rows):
        high_px = np.float32(min(side, height - i * side))
        for j in range(cols):
            if cells[i, j, 3] <= 0.0:
                continue
            # Cells and the interpolation between them spread light as well, as a disc
            # of one cell's radius would: its second moment is taken off.
            r = own[i, j] / (cells[i, j, 3] * size)
            own[i, j] = np.sqrt(max(r * r - one, np.float32(0.25)))
            share = one / (high_px * np.float32(min(side, width - j * side)))
            for c in range(4):
                cells[i, j, c] *= share
    return found


def _lay(
    layer: NDArray[np.float32], level: int, out: NDArray[np.float32], *, beside: bool
) -> None:
    """Lay light over the picture, or beside what is there already, in place."""
    if level == 0:
        _lay_fine(layer, out, beside)
    else:
        scale, line = np.float32(1.0 / (1 << level)), np.empty_like(layer[0])
        _lay_coarse(layer, scale, line, np.empty(4, np.float32), out, beside)


@woven
def _lay_pixel(light: Array, out: Array, beside: int) -> None:
    cover = light[3]
    if cover <= np.float32(0.0):
        return
    if beside:
        for c in range(4):
            out[c] += light[c]
    else:
        whole = min(cover * np.float32(1.0 / _WHOLE), np.float32(1.0))
        scale, seen = whole / cover, np.float32(1.0) - whole
        for c in range(4):
            out[c] = light[c] * scale + out[c] * seen


@lean
def _lay_fine(layer: Array, out: Array, beside: int) -> None:
    for row in range(out.shape[0]):
        for col in range(out.shape[1]):
            _lay_pixel(layer[row, col], out[row, col], beside)


@lean
def _lay_coarse(
    layer: Array, scale: Number, line: Array, light: Array, out: Array, beside: int
) -> None:
    """Interpolate between cells, first down, then along the row, and lay."""
    rows, cols = layer.shape[0], layer.shape[1] - 2
    half, none = np.float32(0.5), np.float32(0.0)
    bottom, edge = np.float32(rows - 1), np.float32(cols - 1)
    for row in range(out.shape[0]):
        y = min(max((np.float32(row) + half) * scale - half, none), bottom)
        i = int(y)
        below, fy = min(i + 1, rows - 1), y - np.float32(i)
        most = none
        for j in range(cols):
            for c in range(4):
                line[j, c] = layer[i, j, c] + (layer[below, j, c] - layer[i, j, c]) * fy
            most = max(most, line[j, 3])
        if most <= none:
            continue
        for col in range(out.shape[1]):
            x = min(max((np.float32(col) + half) * scale - half, none), edge)
            j = int(x)
            right, fx = min(j + 1, cols - 1), x - np.float32(j)
            for c in range(4):
                light[c] = line[j, c] + (line[right, c] - line[j, c]) * fx
            _lay_pixel(light, out[row, col], beside)


@kernel
def _lay_sharp(picture: Array, radius: Array, sharp: Number, out: Array) -> int:
    """Lay what is in focus over the background and make what is seen opaque.

    Returns how many pixels something near and blurred hides.
    """
    hidden = 0
    none, one = np.float32(0.0), np.float32(1.0)
    for row in range(out.shape[0]):
        for col in range(out.shape[1]):
            r = radius[row, col]
            if r <= -sharp:
                hidden += 1
                cover = out[row, col, 3]
                if cover > one:
                    for c in range(4):
                        out[row, col, c] /= cover
                # What hides also continues the background, weakly: it decides deeper
                # than its disc inside its edge, where nothing behind is known.
                weak = max(one - cover, none) * min(np.float32(0.25) / (r * r), one)
                for c in range(3):
                    out[row, col, c] += picture[row, col, c] * weak
                out[row, col, 3] += weak
            elif r < sharp:
                for c in range(3):
                    out[row, col, c] = picture[row, col, c]
                out[row, col, 3] = one
            else:
                cover = out[row, col, 3]
                scale = one / cover if cover > none else none
                for c in range(3):
                    out[row, col, c] *= scale
                out[row, col, 3] = one
    return hidden


def _fill(out: NDArray[np.float32]) -> None:
    """Continue the picture where it is transparent, in place: push and pull."""
    levels = [out]
    while min(levels[-1].shape[:2]) > 1:
        above = levels[-1]
        half = np.zeros(((above.shape[0] + 1) // 2, (above.shape[1] + 1) // 2, 4),
                        np.float32)  # fmt: skip
        _pull(above, half)
        levels.append(half)
    last = levels[-1]
    last /= np.maximum(last[..., 3:], np.float32(1e-6))
    for coarse, fine in zip(levels[:0:-1], levels[-2::-1], strict=True):
        _push(coarse, fine)


@lean
def _pull(fine: Array, coarse: Array) -> None:
    """Gather four pixels into one; coverage is held to 1 and colour with it."""
    height, width = fine.shape[0], fine.shape[1]
    for i in range(coarse.shape[0]):
        for j in range(coarse.shape[1]):
            for row in range(2 * i, min(2 * i + 2, height)):
                for col in range(2 * j, min(2 * j + 2, width)):
                    for c in range(4):
                        coarse[i, j, c] += fine[row, col, c]
            cover = coarse[i, j, 3]
            if cover > 1.0:
                for c in range(4):
                    coarse[i, j, c] /= cover


@lean
def _push(coarse: Array, fine: Array) -> None:
    """Lay the coarse picture under what is transparent in the fine one, in place."""
    rows, cols = coarse.shape[0], coarse.shape[1]
    one = np.float32(1.0)
    for row in range(fine.shape[0]):
        i = row >> 1
        other = min(max(i + (1 if row & 1 else -1), 0), rows - 1)
        for col in range(fine.shape[1]):
            missing = one - fine[row, col, 3]
            if missing <= 0.0:
                continue
            j = col >> 1
            beside = min(max(j + (1 if col & 1 else -1), 0), cols - 1)
            for c in range(4):
                near = coarse[i, j, c] * np.float32(0.5625)
                near += coarse[other, j, c] * np.float32(0.1875)
                near += coarse[i, beside, c] * np.float32(0.1875)
                near += coarse[other, beside, c] * np.float32(0.0625)
                fine[row, col, c] += near * missing
