"""Edits by hand on the camera: reframing in the monitor, recording a move."""

from __future__ import annotations

import math
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from previz.edits.edit import AbstractEdit, Frame, Name, degrees, metres, with_shot
from previz.edits.keys import key_frames, on_the_path, with_keys
from previz.edits.recorded import checked_frames, fitted, smoothed
from previz.model import Aim, Camera, CameraPose, Film, Model, RigKind, Shot, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["RecordMove", "RecordedPose", "Reframe"]

Angle = Annotated[float, Field(ge=-180, le=180, examples=[5.0])]
Way = Annotated[float, Field(ge=-1000, le=1000, examples=[0.5])]

_STEEPEST_DEG = 89.0
_AT_KEY_FRAMES = 1
"""As near to a key in time, it is that key which is reframed."""


class Reframe(AbstractEdit):
    """Pan, tilt, truck, pedestal or dolly the camera from where it is at a frame.

    A camera that moves along its path gets a key there (or the key that is there is
    moved); another is moved as a whole. Where the operator follows somebody, pan and
    tilt place them elsewhere in the frame.

    Attributes:
        shot: Whose camera.
        at_frame: Of the shot.
        pan_deg: Positive to the left.
        tilt_deg: Positive up.
        right_m: Truck.
        up_m: Pedestal.
        forward_m: Dolly, on the level.
    """

    kind: Literal["reframe"] = "reframe"
    shot: Name
    at_frame: Frame = 0
    pan_deg: Angle = 0.0
    tilt_deg: Angle = 0.0
    right_m: Way = 0.0
    up_m: Way = 0.0
    forward_m: Way = 0.0

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the camera reframed."""
        _, shot = film.find_shot(self.shot)
        pose, camera = on_the_path(shot, self.at_frame), shot.camera
        pan, tilt = self.pan_deg, self.tilt_deg
        if camera.aim is not None:
            aim = _elsewhere(camera.aim, camera, pan, tilt)
            camera = camera.changed(aim=aim)
            pan, tilt = 0.0, 0.0
        if pan or tilt or self.right_m or self.up_m or self.forward_m:
            moved = self._moved(pose, pan, tilt)
            camera = _put(shot.changed(camera=camera), self.at_frame, moved)
        return with_shot(film, shot.changed(camera=camera))

    def words(self, film: Film) -> str:
        """Say what the operator does."""
        _, shot = film.find_shot(self.shot)
        ways = (
            (self.pan_deg, "pan left", "pan right", degrees),
            (self.tilt_deg, "tilt up", "tilt down", degrees),
            (self.right_m, "truck right", "truck left", metres),
            (self.up_m, "pedestal up", "pedestal down", metres),
            (self.forward_m, "dolly in", "dolly out", metres),
        )
        said = [
            f"{more if amount > 0 else less} {shown(abs(amount))}"
            for amount, more, less, shown in ways
            if abs(amount) > 1e-3
        ]
        return f"{shot.slate}: {', '.join(said) or 'as framed'}"

    def _moved(self, pose: CameraPose, pan_deg: float, tilt_deg: float) -> CameraPose:
        ahead = [t - p for p, t in zip(pose.position_m, pose.target_m, strict=True)]
        reach = math.hypot(*ahead)
        yaw = math.atan2(-ahead[0], -ahead[2])
        tilt = math.asin(max(-1.0, min(1.0, ahead[1] / reach)))
        x, y, z = pose.position_m
        x += self.right_m * math.cos(yaw) - self.forward_m * math.sin(yaw)
        z -= self.right_m * math.sin(yaw) + self.forward_m * math.cos(yaw)
        y += self.up_m
        yaw += math.radians(pan_deg)
        if tilt_deg:
            steepest = math.radians(_STEEPEST_DEG)
            wanted = tilt + math.radians(tilt_deg)
            tilt = max(-steepest, min(steepest, wanted))
        level = reach * math.cos(tilt)
        return pose.changed(
            position_m=(x, y, z),
            target_m=(
                x - level * math.sin(yaw),
                y + reach * math.sin(tilt),
                z - level * math.cos(yaw),
            ),
        )


class RecordedPose(Model):
    """Where a camera that is flown was at a shot frame."""

    frame: Frame
    position_m: Vec3
    target_m: Vec3


class RecordMove(AbstractEdit):
    """Take the camera's way as it was flown; it becomes a handheld path of keys.

    Moves, aim and timing of the shot go. `smooth_s` smooths the way over as long.
    """

    kind: Literal["record_move"] = "record_move"
    shot: Name
    poses: Annotated[tuple[RecordedPose, ...], Field(min_length=1, max_length=20_000)]
    smooth_s: Annotated[float, Field(ge=0, le=5, examples=[0.25])] = 0.0

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the recording as the shot's path."""
        _, shot = film.find_shot(self.shot)
        frames = checked_frames(shot, [pose.frame for pose in self.poses])
        places = np.array([(*p.position_m, *p.target_m) for p in self.poses], float)
        if self.smooth_s > 0:
            every = np.arange(frames[0], frames[-1] + 1)
            places = np.column_stack(
                [np.interp(every, frames, column) for column in places.T]
            )
            over = self.smooth_s / film.rate.seconds(1) / 2
            frames, places = every, smoothed(places, over_frames=over)
        camera = fitted(shot, frames, places)
        # The hand is in the recording: the rig must not add unrest of its own.
        rig = camera.rig.changed(kind=RigKind.HANDHELD, unrest=0.0)
        return with_shot(film, shot.changed(camera=camera.changed(rig=rig)))

    def words(self, film: Film) -> str:
        """Say how long a move was recorded."""
        _, shot = film.find_shot(self.shot)
        count = self.poses[-1].frame - self.poses[0].frame + 1
        smooth = f", smoothed {self.smooth_s:g} s" if self.smooth_s else ""
        return f"{shot.slate}: handheld move, {film.rate.seconds(count):.1f} s{smooth}"


def _put(shot: Shot, frame: int, pose: CameraPose) -> Camera:
    """Return a shot's camera with its key at or near a frame put to a pose."""
    camera = shot.camera
    if len(camera.poses) == 1:
        return camera.changed(poses=(pose,))
    frames = key_frames(camera, length_frames=shot.length_frames)
    near = min(frames, key=lambda f: abs(f - frame))
    at = near if abs(near - frame) <= _AT_KEY_FRAMES else frame
    return with_keys(shot, {at: pose})


def _elsewhere(aim: Aim, camera: Camera, pan_deg: float, tilt_deg: float) -> Aim:
    """Return an aim that holds its subjects where a pan and a tilt put them."""
    focal, gate = camera.poses[0].focal_length_mm, camera.sensor
    across = gate.width_mm * camera.lens.squeeze
    held_deg = 60.0
    x = math.tan(math.radians(max(-held_deg, min(held_deg, pan_deg)))) * focal / across
    y = math.tan(math.radians(max(-held_deg, min(held_deg, tilt_deg)))) * focal
    y /= gate.height_mm
    return aim.changed(
        at=tuple((_held(u + x), _held(v + y)) for u, v in aim.at),
    )


def _held(share: float) -> float:
    return max(-4.0, min(5.0, share))
