"""The camera's path as arrays: poses, intrinsics and rays, frame by frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from previz.camera import CameraState

__all__ = ["CameraTrack", "camera_track", "plucker_rays"]

_CV_FROM_GL = np.diag([1.0, -1.0, -1.0, 1.0])
"""Vision code has y down and looks along +z; ours has y up and looks down -z."""


class CameraTrack(NamedTuple):
    """A camera over a clip in the convention of vision code (x right, y down).

    Attributes:
        world_from_camera: Rigid, metres, shape (n, 4, 4).
        intrinsics_px: fx, fy, cx, cy of each frame, shape (n, 4).
    """

    world_from_camera: NDArray[np.float64]
    intrinsics_px: NDArray[np.float64]

    @property
    def world_from_camera_gl(self) -> NDArray[np.float64]:
        """The same poses for cameras with y up that look along -z, shape (n, 4, 4).

        The convention of OpenGL, Blender, USD and glTF; the world is the same.
        """
        return self.world_from_camera @ _CV_FROM_GL

    def matrices_px(self) -> NDArray[np.float64]:
        """Return each frame's 3 by 3 matrix of intrinsics, shape (n, 3, 3)."""
        out = np.zeros((len(self.intrinsics_px), 3, 3))
        out[:, 0, 0], out[:, 1, 1] = self.intrinsics_px[:, :2].T
        out[:, 0, 2], out[:, 1, 2] = self.intrinsics_px[:, 2:].T
        out[:, 2, 2] = 1.0
        return out

    def from_first(self) -> NDArray[np.float64]:
        """Return the poses relative to the first frame's, shape (n, 4, 4)."""
        return np.asarray(np.linalg.inv(self.world_from_camera[0])) @ (
            self.world_from_camera
        )


def camera_track(
    cameras: Sequence[CameraState], *, width_px: int, height_px: int
) -> CameraTrack:
    """Return a clip's cameras for pictures of this size."""
    poses = [camera.world_from_camera @ _CV_FROM_GL for camera in cameras]
    gear = [
        (*camera.focal_px(width_px, height_px), *camera.axis_px(width_px, height_px))
        for camera in cameras
    ]
    return CameraTrack(np.array(poses), np.array(gear, np.float64))


def plucker_rays(
    track: CameraTrack, *, width_px: int, height_px: int
) -> NDArray[np.float32]:
    """Return each pixel's ray as moment and direction, shape (n, h, w, 6).

    The six numbers of Plücker: o × d and the unit direction d, in the space of the
    first frame's camera, as CameraCtrl (He et al. 2024, section 3.2) takes them.
    """
    poses = track.from_first()
    rows, cols = np.mgrid[0:height_px, 0:width_px] + 0.5
    out = np.empty((len(poses), height_px, width_px, 6), np.float32)
    gear = zip(poses, track.intrinsics_px, strict=True)
    for frame, (pose, (fx, fy, cx, cy)) in enumerate(gear):
        local = np.stack([(cols - cx) / fx, (rows - cy) / fy, np.ones_like(cols)], -1)
        towards = local @ pose[:3, :3].T
        towards /= np.linalg.norm(towards, axis=-1, keepdims=True)
        out[frame, ..., :3] = np.cross(pose[:3, 3], towards)
        out[frame, ..., 3:] = towards
    return out
