"""The stage's answer: what is where at one frame of a shot."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.model import Light, Sensor
from previz.stage.geometry import Geometry

__all__ = ["FIGURE_OBJECT_BASE", "CameraState", "FigureState", "StageState"]

FIGURE_OBJECT_BASE = 1000
"""Object id of the film's first character; set pieces count from 1."""


@dataclass(frozen=True)
class CameraState:
    """A camera at one instant. Right-handed, y up, looking down -z, x right.

    Attributes:
        world_from_camera: Rigid transform, shape (4, 4), float64.
        sensor: The gate in mm.
        focal_length_mm: As engraved; the field of view follows from it.
        squeeze: 1 for spherical glass.
        t_stop: As set.
        focus_distance_m: From the sensor along the axis.
    """

    world_from_camera: NDArray[np.float64]
    sensor: Sensor
    focal_length_mm: float
    squeeze: float
    t_stop: float
    focus_distance_m: float

    @property
    def position_m(self) -> NDArray[np.float64]:
        """The camera's place in the world, shape (3,)."""
        return self.world_from_camera[:3, 3]

    @property
    def camera_from_world(self) -> NDArray[np.float64]:
        """The inverse of `world_from_camera`, shape (4, 4)."""
        rotation = self.world_from_camera[:3, :3]
        inverse = np.eye(4)
        inverse[:3, :3] = rotation.T
        inverse[:3, 3] = -rotation.T @ self.position_m
        return inverse

    def focal_px(self, width_px: int, height_px: int) -> tuple[float, float]:
        """Return the focal length in pixels (x, y) for a picture of this size.

        The picture's width shows the gate's width; a picture wider or taller than
        the gate shows more or less height, never a stretched picture.
        """
        across = self.focal_length_mm / self.squeeze / self.sensor.width_mm * width_px
        return across, across

    def project(
        self, points_world: NDArray[np.float64], *, width_px: int, height_px: int
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Project world points onto the picture.

        Args:
            points_world: Points in metres, shape (n, 3).
            width_px: Width of the picture.
            height_px: Height of the picture.

        Returns:
            Pixel coordinates from the top left corner, x right and y down, shape
            (n, 2), and depth along the axis in metres, shape (n,). Depth is <= 0
            behind the camera, where the coordinates have no meaning.
        """
        local = (
            np.asarray(points_world) @ self.camera_from_world[:3, :3].T
            + self.camera_from_world[:3, 3]
        )
        depth = -local[:, 2]
        safe = np.where(np.abs(depth) < 1e-9, 1e-9, depth)
        fx, fy = self.focal_px(width_px, height_px)
        x = width_px / 2 + fx * local[:, 0] / safe
        y = height_px / 2 - fy * local[:, 1] / safe
        return np.stack([x, y], axis=1), depth


@dataclass(frozen=True)
class FigureState:
    """A character at one instant.

    Attributes:
        character: The character's id.
        object_id: `FIGURE_OBJECT_BASE` plus the character's place in the film.
        world_from_bone: Bone transforms, shape (b, 4, 4), float64; the bones are
            named in `previz.stage.BONES`.
        speaking: Whether a speech of theirs runs at this frame.
    """

    character: str
    object_id: int
    world_from_bone: NDArray[np.float64]
    speaking: bool


@dataclass(frozen=True)
class StageState:
    """Everything at one frame of a shot.

    Attributes:
        frame: Shot frame, from 0.
        scene_frame: The same instant, in frames of the scene.
        camera: The camera.
        camera_before: The camera one frame earlier (at frame 0: the same camera).
        figures: Who is on the set.
        figure_geometry: All of `figures` posed, in world space, in that order.
        figure_positions_before: The vertices of `figure_geometry` one frame
            earlier, shape (n, 3), for motion vectors.
        lights: The scene's lights.
    """

    frame: int
    scene_frame: int
    camera: CameraState
    camera_before: CameraState
    figures: tuple[FigureState, ...]
    figure_geometry: Geometry
    figure_positions_before: NDArray[np.float32]
    lights: tuple[Light, ...]
