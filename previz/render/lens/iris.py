"""The iris as spans of rows: what a point out of focus becomes on the picture."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["STEPS", "Iris", "iris_of"]

STEPS = 4
"""Radii that are told apart in a pixel."""

_PARTS = 16


class Iris(NamedTuple):
    """Discs of rising radius, each a stack of rows.

    Attributes:
        spans: Left and right end in pixels from the centre and share of the row that
            is covered, by radius in 1/`STEPS` px, row and these three; shape
            (radii, 2 · reach + 1, 3).
        inverse_area: 1/px² of each radius, shape (radii,).
        reach: Rows above and below the middle that are covered, shape (radii,).
        sides: Pixels to the left (negative) and right that are covered, (radii, 2).
        starts: In which pixel from the disc's own the two ends fall, shape
            (radii, 2 · reach + 1, 2).
        shares: What the running sum gains in that pixel and the next, at the left
            end and, negative, at the right; shape (radii, 2 · reach + 1, 4).
    """

    spans: NDArray[np.float32]
    inverse_area: NDArray[np.float32]
    reach: NDArray[np.int64]
    sides: NDArray[np.int64]
    starts: NDArray[np.int64]
    shares: NDArray[np.float32]


@lru_cache(maxsize=64)
def iris_of(*, most_px: int, blades: int, closing: float, squeeze: float) -> Iris:
    """Return the iris at all radii up to `most_px`.

    A polygon has the area of its circle, so the stop holds. Its first corner points
    up; the picture of something nearer than the focus shows it upside down.

    Args:
        most_px: Largest vertical radius in pixels.
        blades: Corners of the polygon; 0 is a circle.
        closing: 0 is a circle, 1 the whole polygon.
        squeeze: Height over width.
    """
    radii = most_px * STEPS + 1
    spans = np.zeros((radii, 2 * most_px + 5, 3), np.float32)
    reach = most_px + 2
    parts = (np.arange(_PARTS) + 0.5) / _PARTS - 0.5
    for k in range(1, radii):
        radius = k / STEPS
        y = (np.arange(-reach, reach + 1)[:, None] + parts) / radius
        half, covered = _half_width(y, blades, closing)
        rows = covered.sum(axis=1)
        mean = (half * covered).sum(axis=1) / np.maximum(rows, 1) * radius / squeeze
        spans[k, :, 0], spans[k, :, 1] = -mean, mean
        spans[k, :, 2] = rows / _PARTS
    area = ((spans[..., 1] - spans[..., 0]) * spans[..., 2]).sum(axis=1)
    inverse = (1.0 / np.maximum(area, 1e-6)).astype(np.float32)
    far = np.abs(np.arange(-reach, reach + 1)) * (spans[..., 2] > 0)
    ends = 0.5 + spans[..., :2].astype(np.float64)
    starts = np.floor(ends).astype(np.int64)
    gain = (spans[..., 2] * inverse[:, None])[..., None] * np.array([1.0, -1.0])
    after = (ends - starts) * gain
    shares = np.stack([gain - after, after], axis=-1).reshape(*starts.shape[:2], 4)
    made = Iris(
        spans, inverse, far.max(axis=1),
        np.stack([starts.min(axis=(1, 2)), starts.max(axis=(1, 2))], axis=1), starts,
        np.ascontiguousarray(shares, np.float32),
    )  # fmt: skip
    for table in made:
        table.flags.writeable = False
    return made


def _half_width(
    y: NDArray[np.float64], blades: int, closing: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return half the width of the unit iris at heights y (down), and where it is."""
    circle = np.sqrt(np.maximum(1.0 - y * y, 0.0))
    if blades < 3 or closing <= 0:
        return circle, np.abs(y) < 1.0
    # The polygon of area π: corners at this distance from the middle.
    corner = np.sqrt(2.0 * np.pi / (blades * np.sin(2.0 * np.pi / blades)))
    turns = 2.0 * np.pi * np.arange(blades + 1) / blades
    corners_x, corners_y = corner * np.sin(turns), -corner * np.cos(turns)
    half = np.zeros_like(y)
    for i in range(blades):
        x0, y0, x1, y1 = (
            corners_x[i], corners_y[i], corners_x[i + 1], corners_y[i + 1],
        )  # fmt: skip
        if abs(y1 - y0) < 1e-12:
            continue
        share = (y - y0) / (y1 - y0)
        on_edge = (share >= 0.0) & (share <= 1.0)
        half = np.where(on_edge, np.maximum(half, x0 + share * (x1 - x0)), half)
    mixed = (1.0 - closing) * circle + closing * half
    return mixed, mixed > 0.0
