"""Where each pixel's ray meets the scene, kept for the passes that light it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import Array, lean, woven
from previz.render.visibility import NOTHING
from previz.render.workspace import kept_array

__all__ = [
    "FOCAL",
    "PLAN",
    "TILE",
    "Points",
    "meet",
    "pixel_ray",
    "plan_triangle",
    "points_of",
    "seen_side",
]

TILE = 16
"""Edge in pixels of the tiles whose bounds are kept."""

PLAN = 19
"""How many numbers prepare a triangle; see `plan_triangle`."""

_LEAN = 0.5
"""Sine of how far a normal may lean away from whom its face looks at."""

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
    _locate(*made, points_camera, normals, triangles, air, np.empty(PLAN))
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
def plan_triangle(points: Array, normals: Array, corners: Array, plan: Array) -> None:
    """Prepare a triangle for many rays.

    For a ray d = (dx, dy, 1) from the origin all of Möller and Trumbore 1997 is
    linear in d: det = d·plan[0:3], v = d·plan[3:6] / det, w = d·plan[6:9] / det and
    depth = plan[9] / det. The first corner's normal and the steps to the other two
    follow.

    Args:
        points: Camera points (x, y, depth), shape (n, 3).
        normals: Unit vertex normals, shape (n, 3).
        corners: Rows of `points`, shape (3 or more,).
        plan: Filled, shape (PLAN,).
    """
    a, b, c = corners[0], corners[1], corners[2]
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


@woven
def meet(
    plan: Array, points: Array, corners: Array, dx: float, dy: float
) -> tuple[float, float, float]:
    """Return where the ray (dx, dy, 1) meets a triangle's plane: depth, v, w.

    The point is (1 - v - w)·a + v·b + w·c; v and w are held inside the triangle.

    Args:
        plan: The triangle as `plan_triangle` prepared it.
        points: Camera points (x, y, depth), shape (n, 3).
        corners: Rows of `points`, shape (3 or more,).
        dx: The ray's x for a depth of 1.
        dy: The ray's y for a depth of 1.
    """
    det = dx * plan[0] + dy * plan[1] + plan[2]
    if abs(det) < 1e-18:
        return points[corners[0], 2], 0.0, 0.0
    scale = 1.0 / det
    v = (dx * plan[3] + dy * plan[4] + plan[5]) * scale
    w = (dx * plan[6] + dy * plan[7] + plan[8]) * scale
    if v < 0.0 or w < 0.0 or v + w > 1.0:
        return _hold_inside(points, corners, v, w)
    return plan[9] * scale, v, w


@woven
def seen_side(
    winding: float, n: tuple[float, float, float], ray: tuple[float, float, float]
) -> float:
    """Return what makes an interpolated normal a unit one of the side that is seen.

    On a bend the normal may lean away from the viewer though its face is seen: it
    stays as it is, else the underside of a table's edge would be lit as its top. Only
    the back of a face turns it round.

    Args:
        winding: `plan[9]`: negative where the ray sees the triangle's front.
        n: The normal, of any length.
        ray: The line of sight, of any length.
    """
    square = max(n[0] * n[0] + n[1] * n[1] + n[2] * n[2], 1e-20)
    scale = float(1.0 / np.sqrt(square))
    along = n[0] * ray[0] + n[1] * ray[1] + n[2] * ray[2]
    if along <= 0.0:
        return scale
    far = ray[0] * ray[0] + ray[1] * ray[1] + ray[2] * ray[2]
    leans = along * along < _LEAN * _LEAN * square * far
    return scale if winding < 0.0 and leans else -scale


@lean
def _locate(
    owner: Array, at: Array, bounds: Array, points: Array, normals: Array,
    triangles: Array, air: Array, plan: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    pixel, last = 1.0 / air[FOCAL], NOTHING
    m0, m1, m2, m3 = air[0], air[1], air[2], air[3]
    m4, m5, m6, m7 = air[4], air[5], air[6], air[7]
    m8, m9, m10, m11 = air[8], air[9], air[10], air[11]
    for row in range(height):
        dy = (0.5 * height - (row + 0.5)) * pixel
        for col in range(width):
            t = owner[row, col]
            if t == NOTHING:
                continue
            corners = triangles[t]
            if t != last:
                plan_triangle(points, normals, corners, plan)
                last = t
            dx = (col + 0.5 - 0.5 * width) * pixel
            depth, v, w = meet(plan, points, corners, dx, dy)
            n0 = plan[10] + v * plan[13] + w * plan[16]
            n1 = plan[11] + v * plan[14] + w * plan[17]
            n2 = plan[12] + v * plan[15] + w * plan[18]
            r0 = m0 * dx + m1 * dy - m2
            r1 = m4 * dx + m5 * dy - m6
            r2 = m8 * dx + m9 * dy - m10
            scale = seen_side(plan[9], (n0, n1, n2), (r0, r1, r2))
            here = at[row, col]
            here[0], here[1], here[2] = (
                m3 + depth * r0,
                m7 + depth * r1,
                m11 + depth * r2,
            )
            here[3], here[4], here[5] = n0 * scale, n1 * scale, n2 * scale
            here[6], here[7] = v, w
            _widen(bounds[row // TILE, col // TILE], here)


@lean
def _hold_inside(
    points: Array, corners: Array, v: float, w: float
) -> tuple[float, float, float]:
    """Return the depth and coordinates of the triangle's point near (v, w)."""
    v, w = min(max(v, 0.0), 1.0), min(max(w, 0.0), 1.0)
    if v + w > 1.0:
        total = v + w
        v, w = v / total, w / total
    a, b, c = corners[0], corners[1], corners[2]
    depth = (1.0 - v - w) * points[a, 2] + v * points[b, 2] + w * points[c, 2]
    return depth, v, w


@woven
def _widen(bounds: Array, point: Array) -> None:
    for c in range(3):
        bounds[c] = min(bounds[c], point[c])
        bounds[3 + c] = max(bounds[3 + c], point[c])
