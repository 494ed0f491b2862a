"""Where each pixel's ray meets the scene, kept for the passes that light it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, lean, woven
from previz.render.visibility import NOTHING
from previz.render.workspace import kept_array

__all__ = ["FOCAL", "TILE", "Points", "pixel_ray", "points_of"]

TILE = 16
"""Edge in pixels of the tiles whose bounds are kept."""

FOCAL = 12
"""Where the view's numbers hold the focal length; see `shade.air_of`."""


class Points(NamedTuple):
    """What the pixels see, as places.

    Attributes:
        owner: Triangle index or `NOTHING`, shape (h, w).
        at: World point, unit normal towards the viewer, and the barycentric
            coordinates of the second and third corner, shape (h, w, 8), float32;
            undefined where nothing is seen.
        bounds: Lowest and highest corner of what each tile sees, shape
            (h / TILE, w / TILE, 6) rounded up; low above high where it sees nothing.
    """

    owner: Array
    at: Array
    bounds: Array


def points_of(
    owner: NDArray[np.int32],
    points_camera: NDArray[np.float64],
    normals: NDArray[np.float32],
    triangles: NDArray[np.int32],
    air: NDArray[np.float64],
) -> Points:
    """Meet each pixel's ray with the triangle it sees.

    The thread's next frame uses the memory of what is returned.

    Args:
        owner: Triangle index or `NOTHING`, shape (h, w).
        points_camera: Camera points (x, y, depth), shape (n, 3).
        normals: Unit vertex normals, shape (n, 3).
        triangles: Corners in the first three columns, shape (m, 3 or more).
        air: As made by `shade.air_of`.
    """
    height, width = owner.shape
    bounds = np.empty((-(-height // TILE), -(-width // TILE), 6), np.float32)
    bounds[..., :3], bounds[..., 3:] = np.inf, -np.inf
    made = Points(owner, kept_array("at", (height, width, 8), np.float32), bounds)
    _locate(*made, points_camera, normals, triangles, air, np.empty(19))
    return made


@woven
def pixel_ray(
    air: Array, height: int, width: int, row: int, col: int
) -> tuple[float, float, float]:
    """Return the world ray of a pixel for a depth of 1."""
    dx = (col + 0.5 - 0.5 * width) / air[FOCAL]
    dy = (0.5 * height - (row + 0.5)) / air[FOCAL]
    return (
        air[0] * dx + air[1] * dy - air[2],
        air[4] * dx + air[5] * dy - air[6],
        air[8] * dx + air[9] * dy - air[10],
    )


@lean
def _plan(
    points: Array, normals: Array, a: int, b: int, c: int, plan: Array
) -> None:  # fmt: skip
    """Prepare a triangle for many rays.

    For a ray d = (dx, dy, 1) from the origin all of Möller and Trumbore 1997 is
    linear in d: det = d·plan[0:3], v = d·plan[3:6] / det, w = d·plan[6:9] / det and
    depth = plan[9] / det. The first corner's normal and the steps to the other two
    follow.
    """
    x, y, z = points[a, 0], points[a, 1], points[a, 2]
    e1x, e1y, e1z = points[b, 0] - x, points[b, 1] - y, points[b, 2] - z
    e2x, e2y, e2z = points[c, 0] - x, points[c, 1] - y, points[c, 2] - z
    plan[0] = e2y * e1z - e2z * e1y
    plan[1] = e2z * e1x - e2x * e1z
    plan[2] = e2x * e1y - e2y * e1x
    plan[3] = -(e2y * z - e2z * y)
    plan[4] = -(e2z * x - e2x * z)
    plan[5] = -(e2x * y - e2y * x)
    plan[6] = -(y * e1z - z * e1y)
    plan[7] = -(z * e1x - x * e1z)
    plan[8] = -(x * e1y - y * e1x)
    plan[9] = x * plan[0] + y * plan[1] + z * plan[2]
    for k in range(3):
        plan[10 + k] = normals[a, k]
        plan[13 + k] = normals[b, k] - normals[a, k]
        plan[16 + k] = normals[c, k] - normals[a, k]


@lean
def _locate(
    owner: Array, at: Array, bounds: Array, points: Array, normals: Array,
    triangles: Array, air: Array, plan: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    last = NOTHING
    first_depth = 0.0
    for row in range(height):
        dy = (0.5 * height - (row + 0.5)) / air[FOCAL]
        for col in range(width):
            t = int(owner[row, col])
            if t == NOTHING:
                continue
            if t != last:
                a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
                _plan(points, normals, a, b, c, plan)
                last, first_depth = t, points[a, 2]
            dx = (col + 0.5 - 0.5 * width) / air[FOCAL]
            det = dx * plan[0] + dy * plan[1] + plan[2]
            depth, v, w = first_depth, 0.0, 0.0
            if abs(det) >= 1e-18:
                scale = 1.0 / det
                v = (dx * plan[3] + dy * plan[4] + plan[5]) * scale
                w = (dx * plan[6] + dy * plan[7] + plan[8]) * scale
                depth = plan[9] * scale
                if v < 0.0 or w < 0.0 or v + w > 1.0:
                    depth, v, w = _hold_inside(points, triangles, t, v, w)
            n0 = plan[10] + v * plan[13] + w * plan[16]
            n1 = plan[11] + v * plan[14] + w * plan[17]
            n2 = plan[12] + v * plan[15] + w * plan[18]
            r0, r1, r2 = pixel_ray(air, height, width, row, col)
            scale = 1.0 / np.sqrt(max(n0 * n0 + n1 * n1 + n2 * n2, 1e-20))
            if n0 * r0 + n1 * r1 + n2 * r2 > 0.0:
                scale = -scale
            p0, p1 = air[3] + depth * r0, air[7] + depth * r1
            p2 = air[11] + depth * r2
            here = at[row, col]
            here[0], here[1], here[2] = p0, p1, p2
            here[3], here[4], here[5] = n0 * scale, n1 * scale, n2 * scale
            here[6], here[7] = v, w
            _widen(bounds[row // TILE, col // TILE], here)


@lean
def _hold_inside(
    points: Array, triangles: Array, t: int, v: float, w: float
) -> tuple[float, float, float]:
    """Return the depth and coordinates of the triangle's point near (v, w)."""
    v, w = min(max(v, 0.0), 1.0), min(max(w, 0.0), 1.0)
    if v + w > 1.0:
        total = v + w
        v, w = v / total, w / total
    a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
    depth = (1.0 - v - w) * points[a, 2] + v * points[b, 2] + w * points[c, 2]
    return depth, v, w


@woven
def _widen(bounds: Array, point: Array) -> None:
    for c in range(3):
        bounds[c] = min(bounds[c], point[c])
        bounds[3 + c] = max(bounds[3 + c], point[c])
