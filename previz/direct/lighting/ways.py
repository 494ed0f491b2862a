"""Directions and places as light needs them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from previz.model import Vec3

__all__ = ["direction", "rounded", "unit"]


def unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a vector at length 1."""
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9))


def direction(azimuth_deg: float, elevation_deg: float) -> NDArray[np.float64]:
    """Return the unit direction of a yaw (0 is +z, 90 is +x) and a height to 75°."""
    a, e = math.radians(azimuth_deg), math.radians(min(elevation_deg, 75.0))
    return np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])


def rounded(vector: NDArray[np.float64]) -> Vec3:
    """Return a point to the millimetre, as the model keeps it."""
    x, y, z = (round(float(v), 3) for v in vector)
    return x, y, z
