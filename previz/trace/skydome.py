"""The renderer's sky as a picture all round."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, lean
from previz.render.sky import Sky, sky_luminance

__all__ = ["sky_along", "sky_picture"]

_WIDTH_PX, _HEIGHT_PX = 1024, 512


def sky_picture(sky: Sky) -> NDArray[np.float32]:
    """Return the sky's luminance in cd/m², equirectangular, shape (512, 1024, 3).

    Rows fall from straight up to straight down; columns turn from -z by +x.
    """
    across = (np.arange(_WIDTH_PX) + 0.5) / _WIDTH_PX * 2 * np.pi
    down = (np.arange(_HEIGHT_PX) + 0.5)[:, None] / _HEIGHT_PX * np.pi
    x, z = np.sin(across) * np.sin(down), -np.cos(across) * np.sin(down)
    y = np.broadcast_to(np.cos(down), x.shape)
    return sky_along(sky, np.stack([x, y, z], axis=-1))


def sky_along(sky: Sky, directions: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the sky's luminance in cd/m² along unit directions, shape (..., 3)."""
    flat = np.ascontiguousarray(directions, np.float64).reshape(-1, 3)
    out = np.empty((len(flat), 3), np.float32)
    _look_along(sky, flat, np.empty(3), out)
    return out.reshape(directions.shape)


@lean
def _look_along(sky: Array, directions: Array, seen: Array, out: Array) -> None:
    for i in range(directions.shape[0]):
        sky_luminance(sky, directions[i, 0], directions[i, 1], directions[i, 2], seen)
        for c in range(3):
            out[i, c] = seen[c]
