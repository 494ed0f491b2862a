"""From lit pixels to the picture before the lens: smooth edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.hands import shared
from previz.render.kernel import Array, lean, woven
from previz.render.visibility import NOTHING

__all__ = ["smooth_edges"]

_CONTRAST = 0.035
_PLANS = 512
"""Triangles that stay prepared; neighbouring pixels share theirs."""
_FEWEST, _PARTS = 512, 4
"""Edge pixels that are worth being given to another thread, and in how many parts."""


@woven
def _tone(r: float, g: float, b: float) -> float:
    """Return about how bright a colour looks, 0 to 1."""
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return float(np.sqrt(y / (y + 0.5)))


def smooth_edges(
    owner: NDArray[np.int32],
    points: NDArray[np.float64],
    triangles: NDArray[np.int32],
    focal_px: float,
    lit: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Resolve edges at four more places in the pixel.

    Where neighbours see other triangles and look different, each place takes the
    colour of the neighbour whose triangle covers it first. So an edge moves smoothly
    as its true coverage changes, which blurring the picture cannot do.

    Args:
        owner: Triangle index or `NOTHING`, shape (h, w).
        points: Camera points (x, y, depth), shape (n, 3).
        triangles: Shape (m, 3).
        focal_px: Focal length in pixels.
        lit: The picture with hard edges, shape (h, w, 3).

    Returns:
        The picture, shape (h, w, 3).
    """
    edges = np.zeros(owner.shape, np.uint8)
    _mark_edges(owner, lit, edges)
    out, pixels = lit.copy(), np.flatnonzero(edges)

    def some(first: int, last: int) -> None:
        _resolve_edges(
            owner, points, triangles, focal_px, lit, pixels[first:last],
            np.empty(9, np.int64), np.empty(9, np.int64), np.empty(4, np.int64),
            np.empty(4), np.full(_PLANS, NOTHING, np.int64), np.empty((_PLANS, 9)),
            out,
        )  # fmt: skip

    shared(some, len(pixels), parts=min(len(pixels) // _FEWEST, _PARTS))
    return out


@lean
def _mark_edges(owner: Array, lit: Array, edges: Array) -> None:
    height, width = owner.shape
    for row in range(height):
        for col in range(width):
            mine = owner[row, col]
            right, below = min(col + 1, width - 1), min(row + 1, height - 1)
            here = lit[row, col]
            if owner[row, right] != mine and _contrast(here, lit[row, right]):
                edges[row, col] = edges[row, right] = 1
            if owner[below, col] != mine and _contrast(here, lit[below, col]):
                edges[row, col] = edges[below, col] = 1


@woven
def _contrast(a: Array, b: Array) -> bool:
    return abs(_tone(a[0], a[1], a[2]) - _tone(b[0], b[1], b[2])) > _CONTRAST


@lean
def _resolve_edges(
    owner: Array, points: Array, triangles: Array, focal_px: float, lit: Array,
    pixels: Array, ids: Array, seen_at: Array, chosen: Array, nearest: Array,
    planned: Array, plans: Array, out: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    pixel = 1.0 / focal_px
    for i in range(pixels.shape[0]):
        row = pixels[i] // width
        col = pixels[i] - row * width
        ids[0], seen_at[0] = owner[row, col], pixels[i]
        number = 1
        for r in range(max(row - 1, 0), min(row + 2, height)):
            for c in range(max(col - 1, 0), min(col + 2, width)):
                t = owner[r, c]
                known = False
                for k in range(number):
                    known = known or ids[k] == t
                if not known:
                    ids[number], seen_at[number] = t, r * width + c
                    number += 1
        for place in range(4):
            chosen[place], nearest[place] = 0, 0.0
        dx = (col - 0.5 * width) * pixel
        dy = (0.5 * height - row) * pixel
        sky = -1
        for k in range(number):
            if ids[k] == NOTHING:
                sky = k
            else:
                plan = plans[ids[k] % _PLANS]
                if planned[ids[k] % _PLANS] != ids[k]:
                    planned[ids[k] % _PLANS] = ids[k]
                    _plan(points, triangles[ids[k]], plan)
                _cover(plan, k, dx, dy, pixel, chosen, nearest)
        _mean(lit, row, col, seen_at, sky, chosen, nearest, out[row, col])


@lean
def _plan(points: Array, corners: Array, plan: Array) -> None:
    """Prepare a triangle: 1/depth, v/depth and w/depth are linear in the ray.

    As in `points.py`, divided by the depth's numerator; NaN covers nothing.
    """
    a, b, c = corners[0], corners[1], corners[2]
    x, y, z = points[a, 0], points[a, 1], points[a, 2]
    e1x, e1y, e1z = points[b, 0] - x, points[b, 1] - y, points[b, 2] - z
    e2x, e2y, e2z = points[c, 0] - x, points[c, 1] - y, points[c, 2] - z
    plan[0], plan[1] = e2y * e1z - e2z * e1y, e2z * e1x - e2x * e1z
    plan[2] = e2x * e1y - e2y * e1x
    plan[3], plan[4] = e2z * y - e2y * z, e2x * z - e2z * x
    plan[5] = e2y * x - e2x * y
    plan[6], plan[7] = z * e1y - y * e1z, x * e1z - z * e1x
    plan[8] = y * e1x - x * e1y
    toward = x * plan[0] + y * plan[1] + z * plan[2]
    scale = 1.0 / toward if abs(toward) >= 1e-18 else np.nan
    for i in range(9):
        plan[i] *= scale


@woven
def _cover(
    plan: Array, k: int, dx: float, dy: float, pixel: float, chosen: Array,
    nearest: Array,
) -> None:  # fmt: skip
    """Let candidate k have the places where its triangle is the nearest so far."""
    inverse0 = plan[0] * dx + plan[1] * dy + plan[2]
    v0 = plan[3] * dx + plan[4] * dy + plan[5]
    w0 = plan[6] * dx + plan[7] * dy + plan[8]
    for place in range(4):
        right = (0.375, 0.875, 0.125, 0.625)[place] * pixel
        down = (0.125, 0.375, 0.625, 0.875)[place] * pixel
        inverse = inverse0 + plan[0] * right - plan[1] * down
        v = v0 + plan[3] * right - plan[4] * down
        w = w0 + plan[6] * right - plan[7] * down
        if v >= 0.0 and w >= 0.0 and v + w <= inverse and inverse > nearest[place]:
            nearest[place], chosen[place] = inverse, k


@lean
def _mean(
    lit: Array, row: int, col: int, seen_at: Array, sky: int, chosen: Array,
    nearest: Array, out: Array,
) -> None:  # fmt: skip
    """Average the colours seen at the pixel's centre and the four places."""
    width = lit.shape[1]
    total0, total1, total2, weights = 0.0, 0.0, 0.0, 0.0
    for place in range(5):
        r, c = row, col
        if place < 4:
            k = chosen[place]
            if nearest[place] == 0.0 and sky >= 0:
                k = sky
            r = seen_at[k] // width
            c = seen_at[k] - r * width
        c0, c1, c2 = lit[r, c, 0], lit[r, c, 1], lit[r, c, 2]
        # Bright samples count less, so that edges stay smooth once displayed.
        weight = 1.0 / (1.0 + max(c0, max(c1, c2)))
        total0 += weight * c0
        total1 += weight * c1
        total2 += weight * c2
        weights += weight
    out[0], out[1], out[2] = total0 / weights, total1 / weights, total2 / weights
