"""Keeping people where the operator wants them in the frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.camera.toric import two_subject_camera
from previz.errors import PrevizError
from previz.model import Aim

__all__ = [
    "Stand",
    "Where",
    "aimed",
    "rotation",
    "seen_at",
    "turned_to_one",
    "turned_to_two",
]

Floats = NDArray[np.float64]

Where = Callable[[str, str, int], Sequence[float] | Floats | None]
"""Where a part (eyes, head, chest, hips, feet) of a character is in the world, in
metres, at a shot frame from 0; None where nobody is."""

Ray = tuple[float, float]
"""A place in the frame as the slopes right and up of a line of sight."""

_TAPS = 8
_WINDOW = 4.0
"""Delays of an operator, in lags, after which what they saw no longer counts."""
_STEPS = 20
_LONGEST_STEP = 0.2
"""Radians; farther is beyond what the slopes foretell."""


@dataclass(frozen=True)
class Stand:
    """Where a camera stands and how it is turned.

    Attributes:
        position: In metres, shape (3,).
        turn: World from camera, shape (3, 3).
    """

    position: Floats
    turn: Floats

    def depth_to(self, point: Floats) -> float:
        """Return the distance of a point along the line of sight, in metres."""
        back, place = self.turn[:, 2], self.position
        return float(
            (place[0] - point[0]) * back[0]
            + (place[1] - point[1]) * back[1]
            + (place[2] - point[2]) * back[2]
        )


def rotation(yaw: float, tilt: float, roll: float) -> Floats:
    """Return world from camera of a head: yaw, then tilt, then roll; shape (3, 3).

    Args:
        yaw: Left, radians.
        tilt: Up, radians.
        roll: Clockwise from behind, radians.
    """
    cy, sy = math.cos(yaw), math.sin(yaw)
    ct, st = math.cos(tilt), math.sin(tilt)
    cr, sr = math.cos(roll), math.sin(roll)
    return np.array(
        [
            [cy * cr - sy * st * sr, cy * sr + sy * st * cr, sy * ct],
            [-ct * sr, ct * cr, -st],
            [-sy * cr - cy * st * sr, -sy * sr + cy * st * cr, cy * ct],
        ]
    )


def turned_to_one(direction: Floats, ray: Ray, *, roll: float = 0.0) -> Floats:
    """Return the head that has a direction on a ray, by pan and tilt, closed form.

    Where no tilt reaches (a subject overhead held at the frame's edge) the nearest
    one is taken.

    Args:
        direction: From the camera to the subject, in the world, shape (3,).
        ray: Where in the frame.
        roll: Kept, radians.

    Returns:
        World from camera, shape (3, 3).
    """
    yaw, tilt = _head_for(direction, ray, roll)
    return rotation(yaw, tilt, roll)


def _head_for(direction: Floats, ray: Ray, roll: float) -> tuple[float, float]:
    # The ray in the axes of the head before it is rolled, as long as the direction.
    c, s = math.cos(roll), math.sin(roll)
    x, y = c * ray[0] + s * ray[1], -s * ray[0] + c * ray[1]
    dx, dy, dz = (float(v) for v in direction)
    scale = math.sqrt((dx * dx + dy * dy + dz * dz) / (x * x + y * y + 1.0))
    x, y, ahead = x * scale, y * scale, scale
    rise = min(max(dy / math.hypot(y, ahead), -1.0), 1.0)
    tilt = math.asin(rise) - math.atan2(y, ahead)
    # After the tilt the ray points at (x, dy, -level).
    level = ahead * math.cos(tilt) - y * math.sin(tilt)
    return math.atan2(-dx, -dz) - math.atan2(-x, level), tilt


def turned_to_two(
    directions: tuple[Floats, Floats], rays: tuple[Ray, Ray], *, roll: float = 0.0
) -> Floats:
    """Return the head that has two directions nearest to two rays, by pan and tilt.

    Least squares of the distances in the frame, by Gauss-Newton from the head that
    has the middle of both right.

    Args:
        directions: From the camera to the two subjects, shape (3,) each.
        rays: Where each is wanted.
        roll: Kept, radians.

    Returns:
        World from camera, shape (3, 3).
    """
    units = [d / math.sqrt(float(d @ d)) for d in directions]
    middle = (0.5 * (rays[0][0] + rays[1][0]), 0.5 * (rays[0][1] + rays[1][1]))
    yaw, tilt = _head_for(units[0] + units[1], middle, roll)
    points = [(float(u[0]), float(u[1]), float(u[2])) for u in units]
    best, least = (yaw, tilt), math.inf
    for _ in range(_STEPS):
        size, step = _newton(points, rays, (yaw, tilt, roll))
        if size < least:
            best, least = (yaw, tilt), size
        longest = max(abs(step[0]), abs(step[1]))
        if longest < 1e-11:
            break
        held = min(1.0, _LONGEST_STEP / longest)
        yaw, tilt = yaw - step[0] * held, tilt - step[1] * held
    return rotation(*best, roll)


def _newton(
    points: list[tuple[float, float, float]],
    rays: tuple[Ray, Ray],
    head: tuple[float, float, float],
) -> tuple[float, tuple[float, float]]:
    """Return the squared miss of a head, and the step that would undo it."""
    size = a11 = a12 = a22 = b1 = b2 = 0.0
    for point, ray in zip(points, rays, strict=True):
        miss, by_yaw, by_tilt = _miss(point, ray, head)
        for e, p, t in zip(miss, by_yaw, by_tilt, strict=True):
            size += e * e
            a11, a12, a22 = a11 + p * p, a12 + p * t, a22 + t * t
            b1, b2 = b1 + p * e, b2 + t * e
    a11, a22 = a11 + 1e-12, a22 + 1e-12
    whole = a11 * a22 - a12 * a12
    return size, ((a22 * b1 - a12 * b2) / whole, (a11 * b2 - a12 * b1) / whole)


def _miss(
    point: tuple[float, float, float], ray: Ray, head: tuple[float, float, float]
) -> tuple[Ray, Ray, Ray]:
    """Return how far a point is from its ray, and the slopes by yaw and tilt."""
    yaw, tilt, roll = head
    cy, sy, ct, st = math.cos(yaw), math.sin(yaw), math.cos(tilt), math.sin(tilt)
    cr, sr = math.cos(roll), math.sin(roll)
    # In the axes after yaw, after tilt, after roll.
    x, back = cy * point[0] - sy * point[2], sy * point[0] + cy * point[2]
    y, z = ct * point[1] + st * back, ct * back - st * point[1]
    across, up = cr * x - sr * y, sr * x + cr * y
    ahead = max(-z, 0.05)
    # Slopes: yaw takes x by -back and back by x; tilt takes y by z and z by -y.
    x_yaw, y_yaw, z_yaw = -back, st * x, ct * x
    slopes = []
    for dx, dy, dz in ((x_yaw, y_yaw, z_yaw), (0.0, z, -y)):
        da, du = cr * dx - sr * dy, sr * dx + cr * dy
        slopes.append(
            ((da + across * dz / ahead) / ahead, (du + up * dz / ahead) / ahead)
        )
    return (across / ahead - ray[0], up / ahead - ray[1]), slopes[0], slopes[1]


def seen_at(where: Where, subject: str, part: str, frame: int) -> Floats | None:
    """Return where a part of somebody is, or None where nobody is.

    Raises:
        PrevizError: If the place is not finite.
    """
    found = where(subject, part, frame)
    if found is None:
        return None
    point = np.asarray(found, np.float64)
    if not math.isfinite(point[0] + point[1] + point[2]):
        raise PrevizError(
            f"Camera.aim must find {subject} at a finite place, got "
            f"{[float(v) for v in point]} at frame {frame}. Mend the blocking."
        )
    return point


def aimed(
    aim: Aim,
    place: Floats,
    *,
    roll: float,
    ray_of: Callable[[tuple[float, float]], Ray],
    where: Where,
    frame: int,
    fps: float,
) -> Stand | None:
    """Return the camera as the operator turns it (or moves it) to hold the frame.

    None where none of the subjects is there, so that what is stored stays; where one
    of two is missing, the other is held alone.

    Args:
        aim: Who is held where.
        place: Of the camera, shape (3,).
        roll: To be kept, clockwise from behind, radians.
        ray_of: The line of sight through a place of the frame.
        where: Where people are.
        frame: Shot frame.
        fps: Frames a second.
    """
    held = []
    for subject, at in zip(aim.subjects, aim.at, strict=True):
        point = _trailed(where, subject, aim.part, frame, aim.lag_s * fps)
        if point is not None and math.dist(point, place) > 1e-6:
            held.append((point, ray_of(at)))
    if not held:
        return None
    if len(held) == 1:
        point, ray = held[0]
        return Stand(place, turned_to_one(point - place, ray, roll=roll))
    (a, first), (b, second) = held
    if aim.solve == "position":
        rays = (np.array([*first, -1.0]), np.array([*second, -1.0]))
        found = two_subject_camera(a, b, rays, near=place, roll=roll)
        if found is not None:
            return Stand(*found)
    turn = turned_to_two((a - place, b - place), (first, second), roll=roll)
    return Stand(place, turn)


def _trailed(
    where: Where, subject: str, part: str, frame: int, lag: float
) -> Floats | None:
    """Return where the operator believes somebody to be, `lag` frames late.

    A weighted mean over the past, heaviest one half lag ago (the response of two
    equal low passes), whose mean age is the lag. Operators have settled when the
    shot begins.
    """
    latest = seen_at(where, subject, part, frame)
    if latest is None:
        return None
    if lag <= 0:
        return latest
    ages = [round(_WINDOW * lag * i / _TAPS) for i in range(1, _TAPS + 1)]
    weights = [age * math.exp(-1.8 * age / lag) for age in ages]
    mean = sum(w * age for w, age in zip(weights, ages, strict=True))
    mean /= max(sum(weights), 1e-12)
    fresh = max(mean / lag - 1.0, 0.0) * sum(weights)
    total, point = fresh, fresh * latest
    for age, weight in zip(ages, weights, strict=True):
        before = seen_at(where, subject, part, max(frame - age, 0))
        latest = latest if before is None else before
        total, point = total + weight, point + weight * latest
    return np.asarray(point / total) if total > 0 else latest
