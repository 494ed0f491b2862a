"""Spread each pixel's light over its disc, at a cost that grows with the disc's edge.

A disc of even light is a stack of rows; of each row only the two ends are written, and
one running sum along the rows fills all discs at once. This is true scattering: light
is neither lost nor made, and each pixel has a disc of its own. Kosloff, Hensley and
Barsky 2009, Fast Filter Spreading and its Applications (UCB/EECS-2009-54), section 5.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, Number, kernel, lean, woven
from previz.render.lens.four import add_four
from previz.render.lens.iris import STEPS, Iris

__all__ = ["spread"]


def spread(
    cells: NDArray[np.float32],
    radius_px: NDArray[np.float32],
    iris: Iris,
    *,
    flipped: bool = False,
    cats_eye: float = 0.0,
    squeeze: float = 1.0,
    centre_px: tuple[float, float] = (0.0, 0.0),
    corner_px: float = 1.0,
    beyond: bool = True,
) -> NDArray[np.float32]:
    """Return the light of all cells spread over their discs.

    Beyond the border the picture goes on as its outermost cells, unless told not to,
    so that an edge of the frame neither darkens nor grows transparent.

    Args:
        cells: Premultiplied colour and coverage, shape (h, w, 4).
        radius_px: Vertical radius in cells, at most that of `iris`, shape (h, w).
        iris: Its shape.
        flipped: Whether the iris shows upside down, as before the focus.
        cats_eye: Share of the disc's width that the barrel clips at the corner: the
            disc is cut by its like, shifted towards the picture's centre.
        squeeze: Height of a disc over its width, for the barrel.
        centre_px: Of the optical axis, x and y in cells.
        corner_px: Distance at which `cats_eye` is reached, in cells.
        beyond: Whether the picture goes on beyond its border.

    Returns:
        Premultiplied colour and coverage, shape (h, w + 2, 4); the last two columns,
        where discs end beyond the border, are no part of the picture. Rounding may
        leave values a hair below 0.
    """
    height, width = radius_px.shape
    out = np.zeros((height, width + 2, 4), np.float32)
    margin = int(np.ceil(radius_px.max(initial=0.0))) + 1 if beyond else 0
    rows = iris.spans.shape[1]
    _scatter(
        cells, radius_px, iris.spans, iris.inverse_area, iris.reach, iris.sides,
        iris.starts, iris.shares, margin,
        -1 if flipped else 1, np.array([2.0 * cats_eye, squeeze, *centre_px,
        max(corner_px, 1e-6)]), np.empty((rows, 3), np.float32), out,
    )  # fmt: skip
    _run_up(out.reshape(-1), height, width + 2)
    return out


@kernel
def _scatter(
    cells: Array, radius: Array, spans: Array, inverse_area: Array, reaches: Array,
    sides: Array, starts: Array, shares: Array, margin: int, turn: int, barrel: Array,
    own: Array, out: Array,
) -> None:  # fmt: skip
    height, width = radius.shape
    steps, half = np.float32(STEPS), np.float32(0.5)
    clips = barrel[0] > 0.0
    flat, light = out.reshape(-1), cells.reshape(-1)
    for i in range(-margin, height + margin):
        row = min(max(i, 0), height - 1)
        for j in range(-margin, width + margin):
            col = min(max(j, 0), width - 1)
            if cells[row, col, 3] <= 0.0:
                continue
            k = min(int(radius[row, col] * steps + half), spans.shape[0] - 1)
            reach = reaches[k]
            if k == 0 or i + reach < 0 or i - reach >= height:
                continue
            cell = 4 * (row * width + col)
            if clips:
                scale = _clip(spans[k], k, i, j, reach, turn, barrel, own)
                _write_ends(light, cell, own, scale, i, j, reach, turn, width, height,
                            flat)  # fmt: skip
            elif j + sides[k, 0] < 0 or j + sides[k, 1] >= width:
                _write_ends(light, cell, spans[k], inverse_area[k], i, j, reach, turn,
                            width, height, flat)  # fmt: skip
            else:
                _write_inside(light, cell, starts[k], shares[k], i, j, reach, turn,
                              width, height, flat)  # fmt: skip


@woven
def _write_inside(
    cells: Array, cell: int, starts: Array, shares: Array, i: int, j: int, reach: int,
    turn: int, width: int, height: int, flat: Array,
) -> None:  # fmt: skip
    """Write the ends of a disc's rows that all lie within the picture's width."""
    middle = starts.shape[0] // 2
    for dy in range(max(-reach, -i), min(reach, height - 1 - i) + 1):
        at = middle + turn * dy
        line = 4 * ((i + dy) * (width + 2) + j)
        left, right = line + 4 * starts[at, 0], line + 4 * starts[at, 1]
        add_four(flat, left, cells, cell, shares[at, 0])
        add_four(flat, left + 4, cells, cell, shares[at, 1])
        add_four(flat, right, cells, cell, shares[at, 2])
        add_four(flat, right + 4, cells, cell, shares[at, 3])


@lean
def _clip(
    disc: Array, k: int, i: int, j: int, reach: int, turn: int, barrel: Array,
    own: Array,
) -> float:  # fmt: skip
    """Cut a disc by the barrel's rim; return 1/area of what is left."""
    middle = disc.shape[0] // 2
    radius = k / STEPS
    # Beyond the focus the rim seems shifted to the picture's centre, else from it; a
    # flipped disc is written from its last row up, which turns y once more. Disc and
    # rim each take half of the shift, so that what is left stays where it was.
    shift_x = turn * (barrel[2] - j - 0.5) / barrel[4] * barrel[0] * radius / barrel[1]
    shift_y = (barrel[3] - i - 0.5) / barrel[4] * barrel[0] * radius
    shift_x, shift_y = 0.5 * shift_x, 0.5 * shift_y
    area = 0.0
    for dy in range(-reach, reach + 1):
        from_row = min(max(middle + dy + shift_y, 0.0), disc.shape[0] - 1.001)
        at = int(from_row)
        below = from_row - at
        above = 1.0 - below
        y = dy - shift_y
        half = np.sqrt(max(radius * radius - y * y, 0.0)) / barrel[1]
        left = disc[at, 0] * above + disc[at + 1, 0] * below - shift_x
        right = disc[at, 1] * above + disc[at + 1, 1] * below - shift_x
        left, right = max(left, shift_x - half), min(right, shift_x + half)
        cover = disc[at, 2] * above + disc[at + 1, 2] * below
        at = middle + dy
        own[at, 0], own[at, 1], own[at, 2] = left, max(right, left), cover
        area += max(right - left, 0.0) * cover
    return 1.0 / max(area, 0.5)


@woven
def _write_ends(
    cells: Array, cell: int, disc: Array, scale: Number, i: int, j: int, reach: int,
    turn: int, width: int, height: int, flat: Array,
) -> None:  # fmt: skip
    """Write where each row of a disc begins and ends, shared between two cells."""
    middle = disc.shape[0] // 2
    none, edge = np.float32(0.0), np.float32(width)
    centre, scale = np.float32(j) + np.float32(0.5), np.float32(scale)
    for dy in range(max(-reach, -i), min(reach, height - 1 - i) + 1):
        at = middle + turn * dy
        share = disc[at, 2] * scale
        if share <= none:
            continue
        line = 4 * (i + dy) * (width + 2)
        left = min(max(centre + disc[at, 0], none), edge)
        right = min(max(centre + disc[at, 1], none), edge)
        first, last = int(left), int(right)
        after = (left - np.float32(first)) * share
        add_four(flat, line + 4 * first, cells, cell, share - after)
        add_four(flat, line + 4 * first + 4, cells, cell, after)
        after = (right - np.float32(last)) * share
        add_four(flat, line + 4 * last, cells, cell, after - share)
        add_four(flat, line + 4 * last + 4, cells, cell, -after)


@lean
def _run_up(flat: Array, height: int, width: int) -> None:
    """Sum along each row, in place."""
    one = np.float32(1.0)
    for row in range(height):
        at = 4 * row * width
        for _ in range(1, width):
            add_four(flat, at + 4, flat, at, one)
            at += 4
