"""One frame's triangles in one list, with the cameras that see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState
from previz.render.visibility import NOTHING, rasterise, to_camera
from previz.stage import MATTERS, Geometry, StageState, join

__all__ = ["GLASS", "Frame", "frame_of", "glass_mask", "see"]

_REMEMBERED = 8
"""Sets with figures whose joined triangles are kept."""

GLASS = next(i for i, matter in enumerate(MATTERS) if matter == "glass")


@dataclass(frozen=True)
class Frame:
    """Set and figures of one frame, the set first.

    Attributes:
        positions_before: World vertices in metres one frame earlier, shape (n, 3).
        points_camera: x right, y up, depth along the axis, shape (n, 3), float64.
        normals: Unit vertex normals, shape (n, 3).
        surface: Surface coordinates in metres, shape (n, 2).
        triangles: Three corners, object id and row of `materials`, shape (m, 5).
        glass: 1 where the triangle is glass, shape (m,), uint8.
        materials: Base colour, roughness, metalness, matter class and emission,
            shape (k, 9), float64.
        set_triangles: How many of the triangles are the set's.
        world_from_camera: Shape (4, 4); sheared where the lens is shifted, so that
            the picture's middle lies on the axis.
        camera_from_world_before: Shape (4, 4), of the frame before likewise.
        focal_px: Focal length in pixels.
        focal_px_before: One frame earlier.
    """

    positions_before: NDArray[np.float32]
    points_camera: NDArray[np.float64]
    normals: NDArray[np.float32]
    surface: NDArray[np.float32]
    triangles: NDArray[np.int32]
    glass: NDArray[np.uint8]
    materials: NDArray[np.float64]
    set_triangles: int
    world_from_camera: NDArray[np.float64]
    camera_from_world_before: NDArray[np.float64]
    focal_px: float
    focal_px_before: float

    @property
    def triangle_object(self) -> NDArray[np.int32]:
        """The object id of each triangle, shape (m,)."""
        return self.triangles[:, 3]


class _Still(NamedTuple):
    """What no frame changes of a set and some figures."""

    surface: NDArray[np.float32]
    triangles: NDArray[np.int32]
    glass: NDArray[np.uint8]
    materials: NDArray[np.float64]


class _Pair:
    """A set and figures, the same as another pair if their triangles are."""

    def __init__(self, set_geometry: Geometry, figures: Geometry) -> None:
        self.parts = (set_geometry, figures)
        self._triangles = (set_geometry.triangles, figures.triangles)

    def __hash__(self) -> int:
        return hash((id(self._triangles[0]), id(self._triangles[1])))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Pair):
            return NotImplemented
        pairs = zip(self._triangles, other._triangles, strict=True)
        return all(mine is yours for mine, yours in pairs)


@lru_cache(maxsize=_REMEMBERED)
def _still(pair: _Pair) -> _Still:
    world = join(pair.parts)
    table = world.materials
    columns = [
        table.base_color,
        table.roughness[:, None],
        table.metalness[:, None],
        table.matter[:, None].astype(np.float32),
        table.emission,
    ]
    belongs = [world.triangle_object[:, None], world.triangle_material[:, None]]
    return _Still(
        surface=world.surface,
        triangles=np.concatenate([world.triangles, *belongs], axis=1),
        glass=glass_mask(world),
        materials=np.concatenate(columns, axis=1).astype(np.float64),
    )


def glass_mask(geometry: Geometry) -> NDArray[np.uint8]:
    """Return 1 for each triangle of glass, shape (m,)."""
    if len(geometry.triangles) == 0:
        return np.zeros(0, np.uint8)
    is_glass = geometry.materials.matter[geometry.triangle_material] == GLASS
    return np.asarray(is_glass, np.uint8)


def frame_of(
    state: StageState,
    *,
    set_geometry: Geometry,
    width_px: int,
    height_px: int,
    wider: float = 1.0,
) -> Frame:
    """Bring the set and the posed figures of a frame before the camera.

    A stage hands out the same triangles from frame to frame; what depends on them
    alone is joined once.

    Args:
        state: The frame.
        set_geometry: Of the scene.
        width_px: Of the picture.
        height_px: Of the picture.
        wider: How many times as wide as the camera's field to see.
    """
    figures = state.moving
    still = _still(_Pair(set_geometry, figures))
    count = len(set_geometry.positions)
    points = np.empty((count + len(figures.positions), 3))
    now, earlier = (
        _shear(camera, width_px, height_px)
        for camera in (state.camera, state.camera_before)
    )
    camera = now @ state.camera.camera_from_world
    to_camera(set_geometry.positions, camera, points[:count])
    to_camera(figures.positions, camera, points[count:])
    before = (set_geometry.positions, state.moving_before)
    return Frame(
        positions_before=np.concatenate(before, dtype=np.float32),
        points_camera=points,
        normals=np.concatenate([set_geometry.normals, figures.normals]),
        surface=still.surface,
        triangles=still.triangles,
        glass=still.glass,
        materials=still.materials,
        set_triangles=len(set_geometry.triangles),
        world_from_camera=np.ascontiguousarray(
            state.camera.world_from_camera @ np.linalg.inv(now)
        ),
        camera_from_world_before=earlier @ state.camera_before.camera_from_world,
        focal_px=state.camera.focal_px(width_px, height_px)[0] / wider,
        focal_px_before=state.camera_before.focal_px(width_px, height_px)[0] / wider,
    )


def _shear(camera: CameraState, width_px: int, height_px: int) -> NDArray[np.float64]:
    """Return what turns a camera with a shifted lens into one whose axis is central.

    What is seen through the middle of the picture comes to lie on the axis; depth
    stays. Shape (4, 4).
    """
    focal_px = camera.focal_px(width_px, height_px)[0]
    axis_x, axis_y = camera.axis_px(width_px, height_px)
    shear = np.eye(4)
    shear[0, 2] = -(axis_x - width_px / 2) / focal_px
    shear[1, 2] = (axis_y - height_px / 2) / focal_px
    return shear


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
