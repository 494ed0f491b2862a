"""Hatching that lies on surfaces: strokes at even distances from any distance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.buffers import Buffers
from previz.render.kernel import Array, lean, woven
from previz.render.looks.lines import swing

__all__ = ["Strokes", "hatch"]


class Strokes(NamedTuple):
    """A layer of strokes.

    Attributes:
        spacing_px: Least distance of strokes, in pixels of the finished picture.
        angle_deg: Against the surface's first axis.
        lightest: Darkness from which on there are strokes.
        darkest: Darkness at which they are widest.
        widest: Width of the widest as a share of the spacing.
    """

    spacing_px: float
    angle_deg: float
    lightest: float
    darkest: float
    widest: float


def hatch(
    buffers: Buffers, darkness: NDArray[np.float32], strokes: Strokes, *, fine: int = 2
) -> NDArray[np.float32]:
    """Return how much of each pixel a layer of strokes covers, 0 to 1.

    Strokes are lines of the surface coordinate whose distance is a power of two in
    metres, picked so that they keep their distance in the picture. Between two
    picks the strokes in the gaps grow from nothing, so every stroke of the coarser
    layer is one of the finer too (tonal art maps: Praun et al. 2001): nothing swims
    and nothing jumps. In the dark they get wider.

    Args:
        buffers: What is seen, `fine` times as fine as the finished picture.
        darkness: 0 paper to 1 black, of the buffers' shape.
        strokes: The layer.
        fine: Buffer pixels a picture pixel.
    """
    out = np.zeros(darkness.shape, np.float32)
    angle = np.radians(strokes.angle_deg)
    _hatch(
        buffers.object_id, buffers.surface_m, buffers.depth_m, darkness,
        fine * strokes.spacing_px, float(np.cos(angle)), float(np.sin(angle)),
        strokes.lightest, strokes.darkest, strokes.widest, out,
    )  # fmt: skip
    return out


@lean
def _hatch(
    owner: Array, surface: Array, depth: Array, darkness: Array, spacing: float,
    cosine: float, sine: float, lightest: float, darkest: float, widest: float,
    out: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    scale = 1.0 / (darkest - lightest)
    period = 1.0
    for row in range(height):
        for col in range(width):
            dark = (darkness[row, col] - lightest) * scale
            thing = owner[row, col]
            if dark <= 0.0:
                continue
            dark = min(dark, 1.0)
            u, v = float(surface[row, col, 0]), float(surface[row, col, 1])
            across, along = u * cosine + v * sine, v * cosine - u * sine
            right = _step(owner, surface, row, col, 0, 1, cosine, sine, across)
            down = _step(owner, surface, row, col, 1, 0, cosine, sine, across)
            pixel = max(np.sqrt(right * right + down * down), 1e-5)
            pixel = min(pixel, 0.02 * min(max(depth[row, col], 0.1), 400.0))
            least = pixel * spacing
            while period > least:
                period *= 0.5
            while period < least:
                period *= 2.0
            # 0 where the strokes in the gaps are full, 1 where they are not there.
            between = 2.0 - period / least
            across += 0.9 * pixel * swing(along * 0.8 + 0.38 * thing)
            cover = _stroke(
                across, period, along, pixel, dark * widest * spacing, thing
            )
            gap = _stroke(
                across + 0.5 * period, period, along, pixel,
                (1.0 - between) * dark * widest * spacing, thing + 77,
            )  # fmt: skip
            out[row, col] = max(cover, gap)


@woven
def _step(
    owner: Array, surface: Array, row: int, col: int, down: int, right: int,
    cosine: float, sine: float, here: float,
) -> float:  # fmt: skip
    """Return how far the coordinate across strokes moves to the next pixel.

    The smaller of the steps to both sides, so that a seam of the surface does not
    count.
    """
    thing, least = owner[row, col], 1e9
    for sign in range(-1, 2, 2):
        r, c = row + sign * down, col + sign * right
        inside = 0 <= r < owner.shape[0] and 0 <= c < owner.shape[1]
        if inside and owner[r, c] == thing:
            there = surface[r, c, 0] * cosine + surface[r, c, 1] * sine
            least = min(least, abs(there - here))
    return least if least < 1e8 else 0.0


@woven
def _stroke(
    across: float, period: float, along: float, pixel: float, width: float, thing: int
) -> float:
    """Return the cover by the stroke nearest to a place."""
    index = np.floor(across / period + 0.5)
    middle = index * period
    off = (across - middle) / pixel
    if abs(off) > 0.55 * width + 0.5 + 0.11 * period / pixel:
        return 0.0
    # Told apart by where it is, since its number depends on the pick.
    shade = middle * 97.31 + 0.6180339887 * thing
    shade = (shade - np.floor(shade)) * 57.13
    shade = shade - np.floor(shade)
    press = 0.8 + 0.3 * swing(along * (1.0 + 0.8 * shade) + 7.0 * shade)
    away = abs(off - (shade - 0.5) * 0.22 * period / pixel)
    half = 0.5 * width * press
    if half <= 0.05:
        return 0.0
    return float(min(max(half + 0.5 - away, 0.0), 1.0) * min(1.0, 2.0 * half))
