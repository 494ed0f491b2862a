"""The camera that took a picture, from places of known points in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.controls.opencv import opencv

__all__ = ["Solved", "solved"]

_TOLERANCE_PX = 2.0
"""How far a place may be off and still be believed, at the working width."""
_LEAST_POINTS = 14
_LEAST_SHARE = 0.2
_LEAST_SPAN = 0.15
_TRIES = 400
_ROUNDS = 12
_SURE = 0.012
"""Standard deviation of the focal length, as a share of it, up to which it counts."""
_FOR_FOCAL = 60
"""Places that have to bear a focal length out: few agree on a wrong one too easily."""


@dataclass(frozen=True)
class Solved:
    """A solved camera, in the convention of vision code (y down, looking along +z).

    Attributes:
        camera_from_world: Shape (4, 4), rigid, metres.
        focal_share: Solved focal length over the shot's; None where perspective is
            too weak to tell it from distance.
        inliers: How many places bear it out.
        share: Which share of all places that was.
    """

    camera_from_world: NDArray[np.float64]
    focal_share: float | None
    inliers: int
    share: float


def solved(
    points_world: NDArray[np.float64],
    places_px: NDArray[np.float64],
    camera: CameraState,
    *,
    size: tuple[int, int],
    least_span: float = _LEAST_SPAN,
) -> Solved | None:
    """Return the camera from which points lie at these places, or None.

    Perspective from points with RANSAC (Lepetit et al. 2009, Fischler and Bolles
    1981), then least squares with Huber's weights.

    Args:
        points_world: Metres, shape (n, 3).
        places_px: Where a pinhole's picture shows them, shape (n, 2).
        camera: The shot's, for its lens.
        size: Width and height of the picture.
        least_span: Over what share of either side the places must be spread.
    """
    if len(points_world) < _LEAST_POINTS:
        return None
    cv2 = opencv()
    cv2.setRNGSeed(0)
    focal = camera.focal_px(*size)[0]
    cx, cy = camera.axis_px(*size)
    lens = np.array([[focal, 0.0, cx], [0.0, focal, cy], [0.0, 0.0, 1.0]])
    middle = points_world.mean(axis=0)
    good, turn, shift, kept = cv2.solvePnPRansac(
        np.ascontiguousarray(points_world - middle), np.ascontiguousarray(places_px),
        lens, None, iterationsCount=_TRIES, reprojectionError=_TOLERANCE_PX,
        confidence=0.999, flags=cv2.SOLVEPNP_EPNP,
    )  # fmt: skip
    if not good or kept is None:
        return None
    rows = kept.ravel()
    share = len(rows) / len(points_world)
    if len(rows) < _LEAST_POINTS or share < _LEAST_SHARE:
        return None
    if not _spread_out(places_px[rows], size, least_span):
        return None
    local, seen = points_world[rows] - middle, places_px[rows]
    start = np.concatenate([turn.ravel(), shift.ravel()])
    pose, _ = _refined(local, seen, start, focal, (cx, cy), zooms=False)
    zoomed, doubt = _refined(
        local, seen, np.append(pose, 0.0), focal, (cx, cy), zooms=True
    )
    sure = doubt < _SURE and len(rows) >= _FOR_FOCAL
    found = np.eye(4)
    found[:3, :3] = cv2.Rodrigues(pose[:3])[0]
    found[:3, 3] = pose[3:6] - found[:3, :3] @ middle
    return Solved(
        camera_from_world=found,
        focal_share=float(np.exp(zoomed[6])) if sure else None,
        inliers=len(rows),
        share=share,
    )


def _spread_out(
    places_px: NDArray[np.float64], size: tuple[int, int], least_span: float
) -> bool:
    """Return whether places lie all over a picture, not in one spot of it."""
    span = np.quantile(places_px, 0.95, axis=0) - np.quantile(places_px, 0.05, axis=0)
    return bool((span > least_span * np.array(size)).all())


def _refined(
    points: NDArray[np.float64],
    places: NDArray[np.float64],
    start: NDArray[np.float64],
    focal: float,
    axis: tuple[float, float],
    *,
    zooms: bool,
) -> tuple[NDArray[np.float64], float]:
    """Return turn, shift (and logarithm of zoom) that fit best; doubt of the last.

    Gauss and Newton's method, each place weighed by Huber's function of its error.
    """
    value = start.copy()
    steps = 1e-5 * np.ones(len(value))
    cv2 = opencv()

    def errors(now: NDArray[np.float64]) -> NDArray[np.float64]:
        turn = cv2.Rodrigues(now[:3])[0]
        local = points @ turn.T + now[3:6]
        scale = focal * (np.exp(now[6]) if zooms else 1.0)
        depth = np.maximum(local[:, 2:], 1e-3)
        return np.asarray((scale * local[:, :2] / depth + axis - places).ravel())

    doubt = np.inf
    for _ in range(_ROUNDS):
        off = errors(value)
        slopes = np.stack(
            [(errors(value + step * unit) - off) / step
             for step, unit in zip(steps, np.eye(len(value)), strict=True)], axis=1,
        )  # fmt: skip
        length = np.maximum(np.abs(off), 1e-9)
        weight = np.minimum(1.0, 0.5 / length)
        normal = slopes.T @ (weight[:, None] * slopes)
        normal += 1e-9 * np.diag(np.diag(normal)) + 1e-12 * np.eye(len(value))
        move = np.linalg.solve(normal, -slopes.T @ (weight * off))
        value = value + move
        variance = float((weight * off**2).sum() / max(len(off) - len(value), 1))
        doubt = float(np.sqrt(np.linalg.inv(normal)[-1, -1] * variance))
        if np.abs(move).max() < 1e-7:
            break
    return value, doubt
