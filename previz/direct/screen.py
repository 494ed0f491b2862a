"""What the set hides from a camera, to the triangle; glass is looked through."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import ArrayLike, NDArray

from previz.model import Matter
from previz.stage import MATTERS, Geometry

__all__ = ["Screen"]

_CLUSTER = 32
_GLASS = MATTERS.index(Matter.GLASS)


class Screen:
    """The opaque triangles of a set, ready to be looked past many times.

    Neighbouring triangles share a box, so that a look asks only the triangles of
    the boxes that it passes through.

    Args:
        geometry: The set in the world, in metres.
    """

    def __init__(self, geometry: Geometry) -> None:
        solid = geometry.materials.matter[geometry.triangle_material] != _GLASS
        corners = geometry.positions[geometry.triangles[solid]].astype(np.float64)
        spare = -len(corners) % _CLUSTER
        if spare:
            corners = np.concatenate([corners, np.repeat(corners[-1:], spare, axis=0)])
        boxes = corners.reshape(-1, _CLUSTER * 3, 3)
        low, high = boxes.min(axis=1), boxes.max(axis=1)
        self._boxes = np.concatenate([low - 1e-6, high + 1e-6], axis=1)
        edges = corners - corners[:, :1]
        edges[:, 0] = corners[:, 0]
        self._corners = edges.reshape(-1, 9)

    def hides(self, eye: ArrayLike, points: ArrayLike) -> NDArray[np.bool_]:
        """Say for each point whether something opaque stands before it.

        Args:
            eye: Where one looks from, world metres, shape (3,).
            points: What one looks at, world metres, shape (n, 3).

        Returns:
            Shape (n,).
        """
        ends = np.asarray(points, np.float64).reshape(-1, 3)
        return hidden_each(
            np.asarray(eye, np.float64), ends, self._boxes, self._corners
        )


@numba.njit(cache=True, nogil=True)
def hidden_each(
    eye: NDArray[np.float64],
    ends: NDArray[np.float64],
    boxes: NDArray[np.float64],
    corners: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Say for each way from the eye to an end whether it meets a triangle.

    Möller and Trumbore, "Fast, minimum storage ray-triangle intersection", Journal
    of Graphics Tools 2 (1997).

    Args:
        eye: Shape (3,).
        ends: Shape (n, 3).
        boxes: Low and high corner of each cluster's box, shape (k, 6).
        corners: One corner and the two edges from it, shape (k * 32, 9).

    Returns:
        Shape (n,).
    """
    hidden = np.zeros(len(ends), np.bool_)
    ox, oy, oz = eye
    for i in range(len(ends)):
        dx, dy, dz = ends[i, 0] - ox, ends[i, 1] - oy, ends[i, 2] - oz
        sx = 1.0 / (dx if abs(dx) > 1e-12 else 1e-12)
        sy = 1.0 / (dy if abs(dy) > 1e-12 else 1e-12)
        sz = 1.0 / (dz if abs(dz) > 1e-12 else 1e-12)
        for k in range(len(boxes)):
            a, b = (boxes[k, 0] - ox) * sx, (boxes[k, 3] - ox) * sx
            enter, leave = min(a, b), max(a, b)
            a, b = (boxes[k, 1] - oy) * sy, (boxes[k, 4] - oy) * sy
            enter, leave = max(enter, min(a, b)), min(leave, max(a, b))
            a, b = (boxes[k, 2] - oz) * sz, (boxes[k, 5] - oz) * sz
            enter, leave = max(enter, min(a, b)), min(leave, max(a, b))
            if enter > leave or leave < 0.0 or enter > 1.0:
                continue
            for j in range(k * 32, k * 32 + 32):
                px, py, pz, ax, ay, az, bx, by, bz = corners[j]
                cx, cy, cz = dy * bz - dz * by, dz * bx - dx * bz, dx * by - dy * bx
                area = ax * cx + ay * cy + az * cz
                if abs(area) < 1e-14:
                    continue
                px, py, pz = ox - px, oy - py, oz - pz
                u = (px * cx + py * cy + pz * cz) / area
                if u < 0.0 or u > 1.0:
                    continue
                qx, qy, qz = py * az - pz * ay, pz * ax - px * az, px * ay - py * ax
                v = (dx * qx + dy * qy + dz * qz) / area
                t = (bx * qx + by * qy + bz * qz) / area
                if v >= 0.0 and u + v <= 1.0 and 1e-4 < t < 0.995:
                    hidden[i] = True
                    break
            if hidden[i]:
                break
    return hidden
