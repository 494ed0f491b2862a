"""A camera walked round what it sees, and places that it sees again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

__all__ = ["middle_of", "orbit", "same_places"]

_OFF_PX, _APART_M = 0.2, 0.03


def orbit(state: Any, angles_deg: Sequence[float], *, about: Any) -> Iterator[Any]:
    """Yield a frame as seen from each angle round a point, world metres, shape (3,).

    Each one's camera before is the last one's; all else stands still.
    """
    before = None
    for angle in angles_deg:
        now = _turned(state.camera, angle, np.asarray(about, np.float64))
        yield dataclasses.replace(state, camera=now, camera_before=before or now)
        before = now


def middle_of(buffers: Any, camera: Any) -> Any:
    """Return the place straight ahead that lies as far as half of what is seen."""
    near = float(np.median(buffers.depth_m[np.isfinite(buffers.depth_m)]))
    m = camera.world_from_camera
    return m[:3, 3] - near * m[:3, 2]


def _turned(camera: Any, angle_deg: float, pivot: Any) -> Any:
    """Return the camera walked round the vertical through a point."""
    c, s = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    turn = np.eye(4)
    turn[0, 0], turn[0, 2], turn[2, 0], turn[2, 2] = c, s, -s, c
    turn[:3, 3] = pivot - turn[:3, :3] @ pivot
    return dataclasses.replace(
        camera, world_from_camera=turn @ camera.world_from_camera
    )


def same_places(here: Any, there: Any, view: Any) -> tuple[Any, tuple[Any, Any]]:
    """Return which pixels of two pictures see the same places.

    Args:
        here: Buffers of the one.
        there: Buffers of the other, of the same size.
        view: Of the other.

    Returns:
        Flat indices into the one; rows and columns of the other.
    """
    height_px, width_px = there.object_id.shape
    points = here.position_world.reshape(-1, 3)
    m = view.world_from_camera
    at = (points - m[:3, 3]) @ m[:3, :3]
    ahead = (at[:, 2] < -0.1) & (here.object_id.ravel() > 0)
    away = np.where(ahead, -at[:, 2], 1.0)
    x = width_px / 2 + view.focal_px * at[:, 0] / away - 0.5
    y = height_px / 2 - view.focal_px * at[:, 1] / away - 0.5
    on = ahead & (x > 0) & (x < width_px - 1) & (y > 0) & (y < height_px - 1)
    on &= np.hypot(x - np.rint(x), y - np.rint(y)) < _OFF_PX
    r, c = np.rint(y[on]).astype(int), np.rint(x[on]).astype(int)
    gap = np.linalg.norm(points[on] - there.position_world[r, c], axis=1)
    both = (there.object_id[r, c] == here.object_id.ravel()[on]) & (gap < _APART_M)
    return np.flatnonzero(on)[both], (r[both], c[both])
