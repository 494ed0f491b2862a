"""Rotations as quaternions (x, y, z, w) and as an axis times its angle."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.model import Quaternion

__all__ = ["about", "matrix_of", "quaternion_of", "rigid", "slerp", "turn_between"]


def matrix_of(rotation: Quaternion) -> NDArray[np.float64]:
    """Return a quaternion as a matrix, shape (3, 3)."""
    x, y, z, w = np.asarray(rotation, float) / math.hypot(*rotation)
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )


def quaternion_of(turn: ArrayLike) -> Quaternion:
    """Return a rotation matrix as a quaternion with w >= 0.

    Source: Shepperd 1978, by the largest of the four components.
    """
    m = np.asarray(turn, float)
    squares = np.array(
        [
            1 + m[0, 0] - m[1, 1] - m[2, 2],
            1 - m[0, 0] + m[1, 1] - m[2, 2],
            1 - m[0, 0] - m[1, 1] + m[2, 2],
            1 + m[0, 0] + m[1, 1] + m[2, 2],
        ]
    )
    largest = int(np.argmax(squares))
    x, y, z = m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]
    xy, xz, yz = m[0, 1] + m[1, 0], m[0, 2] + m[2, 0], m[1, 2] + m[2, 1]
    rows = (
        (squares[0], xy, xz, x),
        (xy, squares[1], yz, y),
        (xz, yz, squares[2], z),
        (x, y, z, squares[3]),
    )
    q = np.array(rows[largest])
    q = q / np.linalg.norm(q) * (1.0 if q[3] >= 0 else -1.0)
    return float(q[0]), float(q[1]), float(q[2]), float(q[3])


def slerp(a: Quaternion, b: Quaternion, share: float) -> Quaternion:
    """Return the rotation a share of the shorter way from one to another.

    Source: Shoemake 1985.
    """
    p, q = np.asarray(a, float), np.asarray(b, float)
    cosine = float(p @ q)
    if cosine < 0:
        q, cosine = -q, -cosine
    if cosine > 0.9995:
        mixed = p + (q - p) * share
    else:
        angle = math.acos(cosine)
        mixed = math.sin((1 - share) * angle) * p + math.sin(share * angle) * q
    mixed = mixed / np.linalg.norm(mixed)
    return float(mixed[0]), float(mixed[1]), float(mixed[2]), float(mixed[3])


def about(turn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the rotation about an axis whose length is the angle, shape (3, 3)."""
    angle = float(np.linalg.norm(turn))
    if angle < 1e-12:
        return np.eye(3)
    x, y, z = turn / angle
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    out = np.eye(3) + math.sin(angle) * skew + (1 - math.cos(angle)) * skew @ skew
    return np.asarray(out)


def turn_between(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what turns a into b, as an axis in the world times radians, shape (3,)."""
    x, y, z, w = quaternion_of(b @ a.T)
    sine = math.sqrt(x * x + y * y + z * z)
    if sine < 1e-12:
        return np.zeros(3)
    return np.array([x, y, z]) / sine * (2 * math.atan2(sine, w))


def rigid(turn: NDArray[np.float64], shift: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the transform that turns, then shifts, shape (4, 4)."""
    out = np.eye(4)
    out[:3, :3], out[:3, 3] = turn, shift
    return out
