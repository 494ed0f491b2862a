"""What each pixel sees: the G-buffers of one frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.render.frame import Frame
from previz.render.kernel import Array, kernel, woven
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
        normal_world: Unit normal towards the viewer, shape (h, w, 3).
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
    materials = frame.materials
    _gather(
        owner, frame.points_camera, frame.positions_before, frame.normals,
        frame.surface, frame.triangles, frame.triangle_object, frame.triangle_material,
        materials.base_color, materials.roughness, materials.metalness,
        materials.matter, frame.world_from_camera, frame.camera_from_world_before,
        frame.focal_px, frame.focal_px_before, made.depth_m, made.normal_world,
        made.base_color, made.roughness, made.metalness, made.object_id, made.matter,
        made.surface_m, made.motion_px, made.position_world,
    )  # fmt: skip
    return made


@woven
def weights_at(
    points: Array, a: int, b: int, c: int, dx: float, dy: float
) -> tuple[float, float, float]:
    """Return where the ray (dx, dy, 1) meets a triangle's plane: depth, v, w.

    The point is (1 - v - w)·a + v·b + w·c; v and w are held inside the triangle.
    Möller and Trumbore 1997, written out for a ray from the origin.

    Args:
        points: Camera points (x, y, depth), shape (n, 3).
        a: Index of a corner.
        b: Index of the second corner.
        c: Index of the third corner.
        dx: The ray's x for a depth of 1.
        dy: The ray's y for a depth of 1.
    """
    x, y, z = points[a, 0], points[a, 1], points[a, 2]
    e1x, e1y, e1z = points[b, 0] - x, points[b, 1] - y, points[b, 2] - z
    e2x, e2y, e2z = points[c, 0] - x, points[c, 1] - y, points[c, 2] - z
    px, py, pz = dy * e2z - e2y, e2x - dx * e2z, dx * e2y - dy * e2x
    det = e1x * px + e1y * py + e1z * pz
    if abs(det) < 1e-18:
        return z, 0.0, 0.0
    v = -(x * px + y * py + z * pz) / det
    qx = -(y * e1z - z * e1y)
    qy = -(z * e1x - x * e1z)
    qz = -(x * e1y - y * e1x)
    w = (dx * qx + dy * qy + qz) / det
    v, w = min(max(v, 0.0), 1.0), min(max(w, 0.0), 1.0)
    if v + w > 1.0:
        total = v + w
        v, w = v / total, w / total
    return z + v * e1z + w * e2z, v, w


@kernel
def _gather(
    owner: Array, points: Array, before: Array, normals: Array, surface: Array,
    triangles: Array, triangle_object: Array, triangle_material: Array,
    base_color: Array, roughness: Array, metalness: Array, matter: Array, m: Array,
    camera_before: Array, focal_px: float, focal_px_before: float, out_depth: Array,
    out_normal: Array, out_base: Array, out_rough: Array, out_metal: Array,
    out_object: Array, out_matter: Array, out_surface: Array, out_motion: Array,
    out_position: Array,
) -> None:  # fmt: skip
    height, width = owner.shape
    was = np.empty(3)
    for row in range(height):
        dy = (0.5 * height - (row + 0.5)) / focal_px
        for col in range(width):
            dx = (col + 0.5 - 0.5 * width) / focal_px
            t = owner[row, col]
            far = 0.0
            if t == NOTHING:
                # The sky is infinitely far: only the camera's turn moves it.
                for axis in range(3):
                    was[axis] = m[axis, 0] * dx + m[axis, 1] * dy - m[axis, 2]
            else:
                far = 1.0
                i, j, k = triangles[t, 0], triangles[t, 1], triangles[t, 2]
                depth, v, w = weights_at(points, i, j, k, dx, dy)
                u = 1.0 - v - w
                length, towards = 0.0, 0.0
                for axis in range(3):
                    n = u * normals[i, axis] + v * normals[j, axis]
                    n += w * normals[k, axis]
                    ray = m[axis, 0] * dx + m[axis, 1] * dy - m[axis, 2]
                    out_normal[row, col, axis] = n
                    out_position[row, col, axis] = m[axis, 3] + depth * ray
                    length += n * n
                    towards += n * ray
                    was[axis] = u * before[i, axis] + v * before[j, axis]
                    was[axis] += w * before[k, axis]
                scale = 1.0 / np.sqrt(max(length, 1e-20))
                if towards > 0:
                    scale = -scale
                s = triangle_material[t]
                for axis in range(3):
                    out_normal[row, col, axis] *= scale
                    out_base[row, col, axis] = base_color[s, axis]
                for axis in range(2):
                    place = u * surface[i, axis] + v * surface[j, axis]
                    out_surface[row, col, axis] = place + w * surface[k, axis]
                out_depth[row, col] = depth
                out_rough[row, col] = roughness[s]
                out_metal[row, col] = metalness[s]
                out_matter[row, col] = matter[s]
                out_object[row, col] = triangle_object[t]
            right = _row_of(camera_before, 0, was, far)
            up = _row_of(camera_before, 1, was, far)
            away = -_row_of(camera_before, 2, was, far)
            if away < 1e-6:
                continue
            scale = focal_px_before / away
            out_motion[row, col, 0] = col + 0.5 - (0.5 * width + right * scale)
            out_motion[row, col, 1] = row + 0.5 - (0.5 * height - up * scale)


@woven
def _row_of(matrix: Array, row: int, point: Array, far: float) -> float:
    """Return one coordinate of a point (far 1) or a direction (far 0) transformed."""
    turned = matrix[row, 0] * point[0] + matrix[row, 1] * point[1]
    return float(turned + matrix[row, 2] * point[2] + far * matrix[row, 3])
