"""One frame's triangles in one list, with the cameras that see them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.render.visibility import NOTHING, rasterise, to_camera
from previz.stage import MATTERS, Geometry, Materials, StageState, join

__all__ = ["GLASS", "Frame", "frame_of", "glass_mask", "see"]

GLASS = next(i for i, matter in enumerate(MATTERS) if matter == "glass")


@dataclass(frozen=True)
class Frame:
    """Set and figures of one frame, the set first.

    Attributes:
        positions: World vertices in metres, shape (n, 3).
        positions_before: The same one frame earlier.
        points_camera: x right, y up, depth along the axis, shape (n, 3), float64.
        normals: Unit vertex normals, shape (n, 3).
        surface: Surface coordinates in metres, shape (n, 2).
        triangles: Shape (m, 3).
        triangle_object: Shape (m,).
        triangle_material: Rows of `materials`, shape (m,).
        glass: 1 where the triangle is glass, shape (m,), uint8.
        materials: Of set and figures.
        set_triangles: How many of the triangles are the set's.
        world_from_camera: Shape (4, 4).
        camera_from_world_before: Shape (4, 4).
        focal_px: Focal length in pixels.
        focal_px_before: One frame earlier.
    """

    positions: NDArray[np.float32]
    positions_before: NDArray[np.float32]
    points_camera: NDArray[np.float64]
    normals: NDArray[np.float32]
    surface: NDArray[np.float32]
    triangles: NDArray[np.int32]
    triangle_object: NDArray[np.int32]
    triangle_material: NDArray[np.int32]
    glass: NDArray[np.uint8]
    materials: Materials
    set_triangles: int
    world_from_camera: NDArray[np.float64]
    camera_from_world_before: NDArray[np.float64]
    focal_px: float
    focal_px_before: float


def glass_mask(geometry: Geometry) -> NDArray[np.uint8]:
    """Return 1 for each triangle of glass, shape (m,)."""
    if len(geometry.triangles) == 0:
        return np.zeros(0, np.uint8)
    is_glass = geometry.materials.matter[geometry.triangle_material] == GLASS
    return np.asarray(is_glass, np.uint8)


def frame_of(
    state: StageState, *, set_geometry: Geometry, width_px: int, height_px: int
) -> Frame:
    """Bring the set and the posed figures of a frame before the camera."""
    world = join([set_geometry, state.figure_geometry])
    before = np.concatenate(
        [set_geometry.positions, state.figure_positions_before]
    ).astype(np.float32)
    points = np.empty((len(world.positions), 3))
    to_camera(world.positions, state.camera.camera_from_world, points)
    return Frame(
        positions=world.positions,
        positions_before=before,
        points_camera=points,
        normals=world.normals,
        surface=world.surface,
        triangles=world.triangles,
        triangle_object=world.triangle_object,
        triangle_material=world.triangle_material,
        glass=glass_mask(world),
        materials=world.materials,
        set_triangles=len(set_geometry.triangles),
        world_from_camera=np.ascontiguousarray(state.camera.world_from_camera),
        camera_from_world_before=state.camera_before.camera_from_world,
        focal_px=state.camera.focal_px(width_px, height_px)[0],
        focal_px_before=state.camera_before.focal_px(width_px, height_px)[0],
    )


def see(
    frame: Frame, *, width_px: int, height_px: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Return the nearest opaque triangle and its 1/depth, each of shape (h, w)."""
    owner = np.full((height_px, width_px), NOTHING, np.int32)
    inverse_depth = np.zeros((height_px, width_px), np.float32)
    rasterise(
        frame.points_camera, frame.triangles, frame.glass, 0, frame.focal_px,
        owner, inverse_depth,
    )  # fmt: skip
    return owner, inverse_depth
