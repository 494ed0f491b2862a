"""Motion blur: what moves while the shutter is open is drawn along its way.

McGuire, Hennessy, Bukowski and Osman 2012, A Reconstruction Filter for Plausible
Motion Blur (I3D), sections 3.1 to 3.3: each pixel gathers along the longest way that
crosses its neighbourhood, and counts what moves over it, what it uncovers and what
moves with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, lean, woven

__all__ = ["blur_by_motion"]

_LARGEST_SHARE = 0.15
_MOST_SAMPLES = 32
_DEPTH_SHARE = 0.05
"""Difference of 1/depth, as a share, at which one thing lies clearly before another."""


def blur_by_motion(
    picture: NDArray[np.float32],
    inverse_depth: NDArray[np.float32],
    motion_px: NDArray[np.float32],
    *,
    shutter_deg: float,
) -> NDArray[np.float32]:
    """Return the picture as the open shutter sees it; itself where nothing moves.

    The shutter is open for shutter_deg/360 of a frame, centred on its instant, and
    what is seen moves on as it did since the frame before. Ways longer than 0.3 of
    the picture's width are cut to that.

    Args:
        picture: Linear Rec.709, shape (h, w, 3).
        inverse_depth: 1/m along the axis, 0 for the sky, shape (h, w).
        motion_px: Since the frame before, x right and y down, shape (h, w, 2).
        shutter_deg: Angle of the shutter; 360 is open for the whole frame.
    """
    height, width = inverse_depth.shape
    way = np.empty((height, width, 3), np.float32)
    longest = _ways(motion_px, shutter_deg / 720.0, _LARGEST_SHARE * width, way)
    if longest < 0.5:
        return picture
    tile = max(4, int(np.ceil(longest)))
    tiles = np.zeros((-(-height // tile), -(-width // tile), 3), np.float32)
    _longest_of_tiles(way, tile, tiles)
    around = np.empty_like(tiles)
    _longest_around(tiles, around)
    out = np.empty_like(picture)
    _gather_along(picture, inverse_depth, way, around, tile, out)
    return out


@lean
def _ways(motion: Array, share: float, most: float, way: Array) -> float:
    """Write half of each pixel's way and its length; return the longest."""
    longest = 0.0
    for row in range(way.shape[0]):
        for col in range(way.shape[1]):
            x, y = motion[row, col, 0] * share, motion[row, col, 1] * share
            length = np.sqrt(x * x + y * y)
            if length > most:
                x, y, length = x * most / length, y * most / length, most
            way[row, col, 0], way[row, col, 1], way[row, col, 2] = x, y, length
            longest = max(longest, length)
    return longest


@lean
def _longest_of_tiles(way: Array, tile: int, tiles: Array) -> None:
    for row in range(way.shape[0]):
        for col in range(way.shape[1]):
            i, j = row // tile, col // tile
            if way[row, col, 2] > tiles[i, j, 2]:
                for k in range(3):
                    tiles[i, j, k] = way[row, col, k]


@lean
def _longest_around(tiles: Array, around: Array) -> None:
    rows, cols = tiles.shape[0], tiles.shape[1]
    for i in range(rows):
        for j in range(cols):
            for k in range(3):
                around[i, j, k] = tiles[i, j, k]
            for a in range(max(i - 1, 0), min(i + 2, rows)):
                for b in range(max(j - 1, 0), min(j + 2, cols)):
                    if tiles[a, b, 2] > around[i, j, 2]:
                        for k in range(3):
                            around[i, j, k] = tiles[a, b, k]


@lean
def _gather_along(
    picture: Array, inverse: Array, way: Array, around: Array, tile: int, out: Array
) -> None:
    height, width = inverse.shape
    for row in range(height):
        for col in range(width):
            along = around[row // tile, col // tile]
            for k in range(3):
                out[row, col, k] = picture[row, col, k]
            if along[2] < 0.5:
                continue
            number = min(int(1.4 * along[2]) + 3, _MOST_SAMPLES)
            shift = 0.06711056 * col + 0.00583715 * row
            shift = 52.9829189 * (shift - np.floor(shift))
            shift = (shift - np.floor(shift)) / number
            own, here = way[row, col, 2], inverse[row, col]
            weight = 1.0 / max(own, 0.5)
            r = picture[row, col, 0] * weight
            g = picture[row, col, 1] * weight
            b = picture[row, col, 2] * weight
            for n in range(number):
                at = 2.0 * (n / number + shift) - 1.0
                j = int(np.floor(col + along[0] * at + 0.5))
                i = int(np.floor(row + along[1] * at + 0.5))
                i, j = min(max(i, 0), height - 1), min(max(j, 0), width - 1)
                away = abs(at) * along[2]
                other = way[i, j, 2]
                over = _nearer(inverse[i, j], here) * _cone(away, other)
                under = _nearer(here, inverse[i, j]) * _cone(away, own)
                both = 2.0 * _cylinder(away, other) * _cylinder(away, own)
                # What moves alike is drawn out evenly, not by the cones as well.
                share = max(over + under, both)
                weight += share
                r += picture[i, j, 0] * share
                g += picture[i, j, 1] * share
                b += picture[i, j, 2] * share
            out[row, col, 0], out[row, col, 1] = r / weight, g / weight
            out[row, col, 2] = b / weight


@woven
def _nearer(a: float, b: float) -> float:
    """Return 1 where 1/depth a lies before b or level with it, falling to 0."""
    behind = (b - a) / (_DEPTH_SHARE * max(b, 1e-6))
    return float(min(max(1.0 - behind, 0.0), 1.0))


@woven
def _cone(away: float, length: float) -> float:
    return float(max(1.0 - away / max(length, 1e-3), 0.0))


@woven
def _cylinder(away: float, length: float) -> float:
    """Return 1 within the way, smoothly 0 beyond it."""
    edge = (away - 0.95 * length) / max(0.1 * length, 1e-3)
    edge = min(max(edge, 0.0), 1.0)
    return float(1.0 - edge * edge * (3.0 - 2.0 * edge))
