"""How finely a picture sees what grows: level of detail by distance and view."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState

__all__ = ["Eye", "eye_of"]

_UNSEEN = 4.0
"""How much coarser grows what only throws shadows into the picture."""


class Eye(NamedTuple):
    """From where a picture sees.

    Attributes:
        place: World metres, shape (3,).
        ahead: Unit direction of view, shape (3,).
        pixel: Width of a pixel one metre ahead, metres.
        half_rad: Between the axis and the picture's corners.
    """

    place: NDArray[np.float64]
    ahead: NDArray[np.float64]
    pixel: float
    half_rad: float

    def away(self, points: NDArray[np.floating]) -> NDArray[np.float64]:
        """Return how far points are, shape (n,), metres, at least 5 cm."""
        far = np.linalg.norm(np.asarray(points, np.float64) - self.place, axis=1)
        return np.asarray(np.maximum(far, 0.05))

    def sees(
        self, points: NDArray[np.floating], around_m: NDArray[np.float64] | float
    ) -> NDArray[np.bool_]:
        """Return which balls round points reach into the cone of view, shape (n,)."""
        way = np.asarray(points, np.float64) - self.place
        far = np.maximum(np.linalg.norm(way, axis=1), 1e-6)
        off = np.arccos(np.clip(way @ self.ahead / far, -1.0, 1.0))
        wide = np.arcsin(np.clip(around_m / far, 0.0, 1.0))
        return np.asarray(off <= self.half_rad + wide)

    def pixels_m(
        self, points: NDArray[np.floating], around_m: NDArray[np.float64] | float
    ) -> NDArray[np.float64]:
        """Return how wide a pixel is at points, metres; coarser where unseen."""
        width = self.away(points) * self.pixel
        return np.where(self.sees(points, around_m), width, width * _UNSEEN)


def eye_of(camera: CameraState, *, width_px: int, height_px: int) -> Eye:
    """Return the eye of a camera in a picture of this size."""
    focal_px = camera.focal_px(width_px, height_px)[0]
    return Eye(
        place=np.asarray(camera.position_m, np.float64),
        ahead=-np.asarray(camera.world_from_camera[:3, 2], np.float64),
        pixel=1.0 / focal_px,
        half_rad=math.atan(0.55 * math.hypot(width_px, height_px) / focal_px),
    )
