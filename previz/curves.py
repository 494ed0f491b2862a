"""Interpolation that the camera and the figures share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Monotone", "smoothstep", "spline"]


def smoothstep(value: float) -> float:
    """Return 0 to 1 with zero slope at both ends; values outside are clamped."""
    x = min(max(value, 0.0), 1.0)
    return x * x * (3.0 - 2.0 * x)


@dataclass(frozen=True)
class Monotone:
    """Cubics through knots that never overshoot a knot's value.

    Source: Fritsch and Carlson 1980, with Butland's weighted harmonic mean.

    Attributes:
        knots: Rising, shape (k,), k >= 1.
        values: Shape (k, c).
        tangents: Slopes at the knots, shape (k, c).
    """

    knots: NDArray[np.float64]
    values: NDArray[np.float64]
    tangents: NDArray[np.float64]

    @classmethod
    def through(
        cls, knots: ArrayLike, values: ArrayLike, *, slopes: ArrayLike | None = None
    ) -> Self:
        """Return the curve through `values` at `knots`.

        Args:
            knots: Rising, shape (k,).
            values: Shape (k, c).
            slopes: Wanted at the knots, shape (k, c); NaN lets the curve choose.
                Held to what keeps the curve monotone: of the sign of both
                neighbouring chords and at most three times the flatter one.
        """
        x, y = np.asarray(knots, np.float64), np.asarray(values, np.float64)
        if len(x) == 1:
            return cls(x, y, np.zeros_like(y))
        h = np.diff(x)[:, None]
        chords = np.diff(y, axis=0) / h
        tangents = _tangents(h, chords)
        if slopes is not None:
            wanted = np.asarray(slopes, np.float64)
            held = _held_monotone(wanted, chords)
            tangents = np.where(np.isnan(wanted), tangents, held)
        return cls(x, y, tangents)

    def at(self, place: float) -> NDArray[np.float64]:
        """Return the values at a place, shape (c,); outside, the end values hold."""
        x, y = self.knots, self.values
        if place <= x[0]:
            return np.asarray(y[0])
        if place >= x[-1]:
            return np.asarray(y[-1])
        i = int(np.searchsorted(x, place, side="right")) - 1
        width = float(x[i + 1] - x[i])
        t = (place - float(x[i])) / width
        return np.asarray(
            (1 + 2 * t) * (1 - t) ** 2 * y[i]
            + t * (1 - t) ** 2 * width * self.tangents[i]
            + t * t * (3 - 2 * t) * y[i + 1]
            + t * t * (t - 1) * width * self.tangents[i + 1]
        )

    def over(self, places: ArrayLike) -> NDArray[np.float64]:
        """Return the values at many places of shape (n,), shape (n, c)."""
        x, y = self.knots, self.values
        at = np.clip(np.asarray(places, np.float64), x[0], x[-1])
        if len(x) == 1:
            return np.repeat(y, len(at), axis=0)
        i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
        width = (x[i + 1] - x[i])[:, None]
        t = (at - x[i])[:, None] / width
        inside = (
            (1 + 2 * t) * (1 - t) ** 2 * y[i]
            + t * (1 - t) ** 2 * width * self.tangents[i]
            + t * t * (3 - 2 * t) * y[i + 1]
            + t * t * (t - 1) * width * self.tangents[i + 1]
        )
        # Rounding must not leave the two values that a curve runs between.
        return np.clip(inside, np.minimum(y[i], y[i + 1]), np.maximum(y[i], y[i + 1]))


def _held_monotone(
    wanted: NDArray[np.float64], chords: NDArray[np.float64]
) -> NDArray[np.float64]:
    before = np.concatenate([chords[:1], chords])
    after = np.concatenate([chords, chords[-1:]])
    steepest = 3 * np.minimum(np.abs(before), np.abs(after))
    sign = np.sign(after)
    same = (before * after > 0) & (wanted * sign >= 0)
    return np.where(same, sign * np.minimum(np.abs(wanted), steepest), 0.0)


def _tangents(
    h: NDArray[np.float64], slope: NDArray[np.float64]
) -> NDArray[np.float64]:
    if len(slope) == 1:
        return np.concatenate([slope, slope])
    before, after = slope[:-1], slope[1:]
    w1, w2 = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    # A slope next to nothing is none: its inverse would overflow.
    same = (before * after > 0) & (np.minimum(abs(before), abs(after)) > 1e-200)
    weighted = np.where(same, w1 / np.where(same, before, 1), 0) + np.where(
        same, w2 / np.where(same, after, 1), 0
    )
    inner = np.where(same, (w1 + w2) / np.where(same, weighted, 1), 0)
    first = _end_tangent(h[0], h[1], slope[0], slope[1])
    last = _end_tangent(h[-1], h[-2], slope[-1], slope[-2])
    return np.concatenate([first[None], inner, last[None]])


def _end_tangent(
    h0: NDArray[np.float64],
    h1: NDArray[np.float64],
    s0: NDArray[np.float64],
    s1: NDArray[np.float64],
) -> NDArray[np.float64]:
    tangent = ((2 * h0 + h1) * s0 - h0 * s1) / (h0 + h1)
    tangent = np.where(tangent * s0 <= 0, 0.0, tangent)
    steep = (s0 * s1 <= 0) & (np.abs(tangent) > 3 * np.abs(s0))
    return np.asarray(np.where(steep, 3 * s0, tangent))


def spline(
    points: NDArray[np.float64],
    segment: int,
    t: NDArray[np.float64],
    *,
    handles: Sequence[NDArray[np.float64] | None] | None = None,
) -> NDArray[np.float64]:
    """Return points on the centripetal Catmull-Rom curve through `points`.

    Centripetal knots make neither cusps nor loops within a segment (Yuksel 2011).

    Args:
        points: Shape (k, 3), k >= 2.
        segment: Between `points[segment]` and the next.
        t: Places in the segment, 0 to 1, shape (n,).
        handles: Hermite tangents at the points, the derivative by `t`; where None,
            the curve chooses.

    Returns:
        Shape (n, 3).
    """
    p1, p2 = points[segment], points[segment + 1]
    m1, m2 = _catmull_rom(points, segment)
    if handles is not None:
        first, last = handles[segment], handles[segment + 1]
        m1 = m1 if first is None else first
        m2 = m2 if last is None else last
    u = np.asarray(t, np.float64)[:, None]
    return np.asarray(
        (1 + 2 * u) * (1 - u) ** 2 * p1
        + u * (1 - u) ** 2 * m1
        + u * u * (3 - 2 * u) * p2
        + u * u * (u - 1) * m2
    )


def _catmull_rom(
    points: NDArray[np.float64], segment: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the centripetal tangents at both ends of a segment, shape (3,) each."""
    p1, p2 = points[segment], points[segment + 1]
    p0 = points[segment - 1] if segment > 0 else 2 * p1 - p2
    p3 = points[segment + 2] if segment + 2 < len(points) else 2 * p2 - p1
    d01, d12, d23 = (
        max(float(np.linalg.norm(b - a)) ** 0.5, 1e-6)
        for a, b in ((p0, p1), (p1, p2), (p2, p3))
    )
    m1 = d12 * ((p1 - p0) / d01 - (p2 - p0) / (d01 + d12)) + (p2 - p1)
    m2 = d12 * ((p3 - p2) / d23 - (p3 - p1) / (d12 + d23)) + (p2 - p1)
    return m1, m2
