"""What each pixel sees: the G-buffers of one frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.render.frame import Frame
from previz.render.kernel import Array, lean, woven
from previz.render.points import PLAN, meet, plan_triangle, seen_side
from previz.render.visibility import NOTHING

__all__ = ["SKY_MATTER", "Buffers", "gather"]

SKY_MATTER = 255
"""Matter class of a pixel that sees the sky."""


@dataclass(frozen=True)
class Buffers:
    """What each pixel centre sees; the first row is the top of the picture.

    Panes of glass are looked through. Where the sky is seen, object id is 0, depth
    is infinite, matter is `SKY_MATTER` and all else is 0 save motion.

    Attributes:
        depth_m: Distance along the camera's axis in metres, shape (h, w).
        normal_world: Unit normal of the side that is seen, shape (h, w, 3); on a bend
            it may lean a little away from the viewer.
        base_color: Linear Rec.709 reflectance, shape (h, w, 3).
        roughness: Shape (h, w), 0 to 1.
        metalness: Shape (h, w), 0 to 1.
        object_id: As in `Geometry.triangle_object`, shape (h, w), int32.
        matter: Index into `previz.stage.MATTERS`, shape (h, w), uint8.
        surface_m: Place on the surface of `object_id`, metres, shape (h, w, 2).
        motion_px: How far what is seen came since the frame before, x right and y
            down, in pixels, shape (h, w, 2). The place in the frame before is the
            pixel centre minus this; it is exact for moving geometry and cameras. 0
            for what was behind the camera then.
        position_world: Point seen in metres, shape (h, w, 3).
    """

    depth_m: NDArray[np.float32]
    normal_world: NDArray[np.float32]
    base_color: NDArray[np.float32]
    roughness: NDArray[np.float32]
    metalness: NDArray[np.float32]
    object_id: NDArray[np.int32]
    matter: NDArray[np.uint8]
    surface_m: NDArray[np.float32]
    motion_px: NDArray[np.float32]
    position_world: NDArray[np.float32]


def gather(frame: Frame, owner: NDArray[np.int32]) -> Buffers:
    """Read all buffers at the triangles that the pixels see.

    Args:
        frame: The geometry and cameras of this frame and the one before.
        owner: Triangle index or `NOTHING`, shape (h, w).
    """
    h, w = owner.shape
    made = Buffers(
        depth_m=np.full((h, w), np.inf, np.float32),
        normal_world=np.zeros((h, w, 3), np.float32),
        base_color=np.zeros((h, w, 3), np.float32),
        roughness=np.zeros((h, w), np.float32),
        metalness=np.zeros((h, w), np.float32),
        object_id=np.zeros((h, w), np.int32),
        matter=np.full((h, w), SKY_MATTER, np.uint8),
        surface_m=np.zeros((h, w, 2), np.float32),
        motion_px=np.zeros((h, w, 2), np.float32),
        position_world=np.zeros((h, w, 3), np.float32),
    )
    _gather(
        owner, frame.points_camera, frame.positions_before, frame.normals,
        frame.surface, frame.triangles, frame.materials, frame.world_from_camera,
        frame.camera_from_world_before, frame.focal_px, frame.focal_px_before,
        np.empty(PLAN), made.depth_m, made.normal_world, made.base_color,
        made.roughness, made.metalness, made.object_id, made.matter, made.surface_m,
        made.motion_px, made.position_world,
    )  # fmt: skip
    return made


@lean
def _gather(
    owner: Array, points: Array, before: Array, normals: Array, surface: Array,
    triangles: Array, materials: Array, m: Array, camera_before: Array,
    focal_px: float, focal_px_before: float, plan: Array, out_depth: Array,
    out_normal: Array, out_base: Array, out_rough: Array, out_metal: Array,
    out_object: Array, out_matter: Array, out_surface: Array, out_motion: Array,
    out_position: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    pixel, last = 1.0 / focal_px, NOTHING
    for row in range(height):
        dy = (0.5 * height - (row + 0.5)) * pixel
        for col in range(width):
            dx = (col + 0.5 - 0.5 * width) * pixel
            r0 = m[0, 0] * dx + m[0, 1] * dy - m[0, 2]
            r1 = m[1, 0] * dx + m[1, 1] * dy - m[1, 2]
            r2 = m[2, 0] * dx + m[2, 1] * dy - m[2, 2]
            t = owner[row, col]
            # The sky is infinitely far: only the camera's turn moves it.
            was, far = (r0, r1, r2), 0.0
            if t != NOTHING:
                corners = triangles[t]
                if t != last:
                    plan_triangle(points, normals, corners, plan)
                    last = t
                depth, v, w = meet(plan, points, corners, dx, dy)
                n0 = plan[10] + v * plan[13] + w * plan[16]
                n1 = plan[11] + v * plan[14] + w * plan[17]
                n2 = plan[12] + v * plan[15] + w * plan[18]
                scale = seen_side(plan[9], (n0, n1, n2), (r0, r1, r2))
                out = out_normal[row, col]
                out[0], out[1], out[2] = n0 * scale, n1 * scale, n2 * scale
                out = out_position[row, col]
                out[0], out[1] = m[0, 3] + depth * r0, m[1, 3] + depth * r1
                out[2] = m[2, 3] + depth * r2
                out_surface[row, col, 0] = _mean(surface, corners, v, w, 0)
                out_surface[row, col, 1] = _mean(surface, corners, v, w, 1)
                out_depth[row, col] = depth
                out_object[row, col] = corners[3]
                look, base = materials[corners[4]], out_base[row, col]
                base[0], base[1], base[2] = look[0], look[1], look[2]
                out_rough[row, col], out_metal[row, col] = look[3], look[4]
                out_matter[row, col] = look[5]
                was, far = (
                    _mean(before, corners, v, w, 0), _mean(before, corners, v, w, 1),
                    _mean(before, corners, v, w, 2),
                ), 1.0  # fmt: skip
            right = _row_of(camera_before, 0, was, far)
            up = _row_of(camera_before, 1, was, far)
            away = -_row_of(camera_before, 2, was, far)
            if away < 1e-6:
                continue
            scale = focal_px_before / away
            out_motion[row, col, 0] = col + 0.5 - (0.5 * width + right * scale)
            out_motion[row, col, 1] = row + 0.5 - (0.5 * height - up * scale)


@woven
def _mean(values: Array, corners: Array, v: float, w: float, axis: int) -> float:
    """Return one coordinate of a triangle's corners, interpolated."""
    first = (1.0 - v - w) * values[corners[0], axis]
    rest = v * values[corners[1], axis] + w * values[corners[2], axis]
    return float(first + rest)


@woven
def _row_of(
    matrix: Array, row: int, point: tuple[float, float, float], far: float
) -> float:
    """Return one coordinate of a point (far 1) or a direction (far 0) transformed."""
    turned = matrix[row, 0] * point[0] + matrix[row, 1] * point[1]
    return float(turned + matrix[row, 2] * point[2] + far * matrix[row, 3])
