"""The camera's answer: what it is set to and where it stands at one instant."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from previz.model import Lens, Look, Sensor

__all__ = ["CameraState"]


@dataclass(frozen=True)
class CameraState:
    """A camera at one instant. Right-handed, y up, looking down -z, x right.

    Attributes:
        world_from_camera: Rigid transform, shape (4, 4), float64.
        sensor: The part of the gate in use, in mm.
        focal_length_mm: What the field of view follows from: as engraved, less the
            lens's breathing at this focus.
        squeeze: 1 for spherical glass.
        t_stop: As set.
        focus_distance_m: From the sensor along the axis.
        shutter_deg: Angle of the shutter; 360 is open for the whole frame.
        exposure_ev100: What stop, shutter, ISO and ND are set for; None follows the
            scene's meter reading.
        white_balance_k: What the body is balanced for; None follows the scene.
        lens: The glass, with this instant's breathing and cat's eye.
        look: The picture's character at this instant.
    """

    world_from_camera: NDArray[np.float64]
    sensor: Sensor
    focal_length_mm: float
    squeeze: float
    t_stop: float
    focus_distance_m: float
    shutter_deg: float = 180.0
    exposure_ev100: float | None = None
    white_balance_k: float | None = None
    lens: Lens = field(default_factory=Lens)
    look: Look = field(default_factory=Look)

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

    def axis_px(self, width_px: int, height_px: int) -> tuple[float, float]:
        """Return where the optical axis meets the picture, from its top left corner.

        A shifted lens sees more of the side to which it is shifted, so the axis
        moves the other way: positive `shift_x` shows more on the right, positive
        `shift_y` (a rise) more above. Shifts are shares of the whole gate's width
        and height, also where only part of the gate is in use.
        """
        shown = width_px / self.look.gate_crop
        aspect = self.sensor.height_mm / (self.sensor.width_mm * self.squeeze)
        return (
            width_px / 2 - self.look.shift_x * shown,
            height_px / 2 + self.look.shift_y * shown * aspect,
        )

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
        cx, cy = self.axis_px(width_px, height_px)
        x = cx + fx * local[:, 0] / safe
        y = cy - fy * local[:, 1] / safe
        return np.stack([x, y], axis=1), depth

    def unproject(
        self,
        pixels: NDArray[np.float64],
        depth_m: NDArray[np.float64],
        *,
        width_px: int,
        height_px: int,
    ) -> NDArray[np.float64]:
        """Return the world points that `project` puts at these pixels and depths.

        Args:
            pixels: From the top left corner, x right and y down, shape (n, 2).
            depth_m: Along the axis, shape (n,).
            width_px: Width of the picture.
            height_px: Height of the picture.

        Returns:
            Points in metres, shape (n, 3).
        """
        at, depth = np.asarray(pixels, np.float64), np.asarray(depth_m, np.float64)
        fx, fy = self.focal_px(width_px, height_px)
        cx, cy = self.axis_px(width_px, height_px)
        local = np.stack(
            [(at[:, 0] - cx) / fx * depth, (cy - at[:, 1]) / fy * depth, -depth],
            axis=1,
        )
        return local @ self.world_from_camera[:3, :3].T + self.position_m
