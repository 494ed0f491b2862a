"""Keys of a camera's path by the frame at which the camera is there."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence

import numpy as np

from previz.camera.path import along_path, key_shares
from previz.camera.timing import travel_over
from previz.errors import ModelError
from previz.model import Camera, CameraPose, Shot, TimingKey

__all__ = [
    "SAME_SHARE",
    "check_frame",
    "key_frames",
    "keyed",
    "on_the_path",
    "with_keys",
    "without_key",
]

SAME_SHARE = 1e-6
"""Shares of a path that differ by less are one place on it."""


def key_frames(camera: Camera, *, length_frames: int) -> tuple[int, ...]:
    """Return the shot frame at which the camera is at each pose of its path.

    A camera that waits at a pose is there at the frame at which it leaves the first,
    or comes to a later one. Frames never fall; a pose that the shot's timing never
    reaches has the last frame.
    """
    if len(camera.poses) == 1:
        return (0,)
    shares = key_shares(camera)
    travel = travel_over(camera.timing, length_frames=length_frames)
    frames = []
    for index, share in enumerate(shares):
        timed = [k.frame for k in camera.timing if abs(k.travel - share) < SAME_SHARE]
        if timed:
            frames.append(timed[-1] if index == 0 else timed[0])
            continue
        passed = int(np.searchsorted(travel, share - SAME_SHARE))
        frames.append(min(passed, length_frames - 1))
    return tuple(int(f) for f in np.maximum.accumulate(frames))


def keyed(
    camera: Camera,
    poses: Sequence[CameraPose],
    frames: Sequence[int],
    *,
    shot: Shot,
    moved: int | None = None,
) -> Camera:
    """Return a camera that is at each of these poses at its frame.

    A path of two poses that takes the whole shot keeps its timing, and so does one
    with a timing of its own between its poses, unless a key was `moved` in time.

    Args:
        camera: The camera before.
        poses: At least one.
        frames: As many, never falling; of each pose.
        shot: The shot before.
        moved: The new frame of the key that was moved in time, if one was.
    """
    if len(poses) == 1:
        return camera.changed(poses=tuple(poses), timing=())
    fresh = camera.changed(poses=tuple(poses), timing=())
    same = len(poses) == len(camera.poses)
    if same and moved is None and (len(poses) == 2 or not _timed_by_keys(camera)):
        return camera.changed(poses=tuple(poses))
    shares, speeds = key_shares(fresh), _speeds(camera, poses, frames, shot=shot)
    whole = frames[0] == 0 and frames[-1] >= shot.length_frames - 1
    if whole and len(poses) == 2 and speeds == [0.0, 0.0]:
        return fresh
    timing: list[TimingKey] = []
    for frame, share, speed in zip(frames, shares, speeds, strict=True):
        if timing and frame <= timing[-1].frame:
            continue
        timing.append(TimingKey(frame=frame, travel=float(share), speed=speed))
    return fresh.changed(timing=tuple(timing))


def _speeds(
    camera: Camera, poses: Sequence[CameraPose], frames: Sequence[int], *, shot: Shot
) -> list[float | None]:
    """Return the speed at each key: its ends' and its own, where it was eased.

    Keys that are spread over more time are passed as much slower.
    """
    if not camera.timing:
        return [0.0, *[None] * (len(poses) - 2), 0.0]
    same = len(poses) == len(camera.poses)
    old = dict(enumerate(camera.poses)) if same else {}
    eased = [_speed_at(camera, share) for share in key_shares(camera)]
    speeds: list[float | None] = []
    for index, pose in enumerate(poses):
        at = index if index in old else _place_of(pose, camera.poses)
        speeds.append(None if at is None else eased[at])
    speeds[0], speeds[-1] = camera.timing[0].speed, camera.timing[-1].speed
    was = key_frames(camera, length_frames=shot.length_frames)
    longer = (frames[-1] - frames[0]) / max(was[-1] - was[0], 1) if same else 1.0
    if longer in (0.0, 1.0):
        return speeds
    return [None if speed is None else speed / longer for speed in speeds]


def _speed_at(camera: Camera, share: float) -> float | None:
    near = (k.speed for k in camera.timing if abs(k.travel - share) < SAME_SHARE)
    return next(near, None)


def _place_of(pose: CameraPose, poses: Sequence[CameraPose]) -> int | None:
    return next((i for i, one in enumerate(poses) if one is pose), None)


def _timed_by_keys(camera: Camera) -> bool:
    """Whether all that a camera's timing says is when it is at which pose."""
    shares = key_shares(camera)
    return bool(camera.timing) and all(
        np.abs(shares - key.travel).min() < SAME_SHARE for key in camera.timing
    )


def check_frame(shot: Shot, frames: Sequence[int], index: int, frame: int) -> int:
    """Return the frame that a key is moved to, if it lies between its neighbours'.

    Raises:
        ModelError: If it does not.
    """
    least = frames[index - 1] + 1 if index else 0
    after = index + 1 < len(frames)
    most = frames[index + 1] - 1 if after else shot.length_frames - 1
    if len(frames) == 1:
        least, most = 0, 0
    if not least <= frame <= most:
        raise ModelError(
            f"Camera.key_frame must be {least} to {most} frames for key {index + 1} of "
            f"{shot.slate}, got {frame}. Move the key next to it first."
        )
    return frame


def on_the_path(shot: Shot, frame: int) -> CameraPose:
    """Return where a shot's camera is on its path at a frame, before moves and aim.

    Raises:
        ModelError: If the shot has no such frame.
    """
    if frame >= shot.length_frames:
        raise ModelError(
            f"Shot.frame must be 0 to {shot.length_frames - 1} frames in {shot.slate}, "
            f"got {frame}. Pass a frame of the shot."
        )
    camera = shot.camera
    if len(camera.poses) == 1:
        return camera.poses[0]
    along = along_path(camera, length_frames=shot.length_frames)
    x, y, z = (float(v) for v in along.position[frame])
    yaw, tilt = float(along.yaw[frame]), float(along.tilt[frame])
    reach = max(float(along.reach_m[frame]), 0.01)
    level = reach * math.cos(tilt)
    return CameraPose(
        position_m=(x, y, z),
        target_m=(
            x - level * math.sin(yaw),
            y + reach * math.sin(tilt),
            z - level * math.cos(yaw),
        ),
        roll_deg=_turned(math.degrees(float(along.roll[frame]))),
        focal_length_mm=float(along.focal_mm[frame]),
        focus_distance_m=float(along.focus_m[frame]),
    )


def _turned(roll_deg: float) -> float:
    return (roll_deg + 180.0) % 360.0 - 180.0


def with_keys(shot: Shot, fresh: Mapping[int, CameraPose]) -> Camera:
    """Return a shot's camera with keys at frames; one that is there is replaced."""
    camera = shot.camera
    frames = list(key_frames(camera, length_frames=shot.length_frames))
    poses = list(camera.poses)
    for frame, pose in fresh.items():
        index = bisect_left(frames, frame)
        if index < len(frames) and frames[index] == frame:
            poses[index] = pose.changed(tangent_m=poses[index].tangent_m)
        else:
            poses.insert(index, pose)
            frames.insert(index, frame)
    return keyed(camera, poses, frames, shot=shot)


def without_key(shot: Shot, index: int) -> Camera:
    """Return a shot's camera without one of its keys.

    Raises:
        ModelError: If it is the only one.
    """
    camera = shot.camera
    if len(camera.poses) == 1:
        raise ModelError(
            f"Camera.poses must be at least 1 long in {shot.slate}, got none left. "
            "Move the key instead."
        )
    frames = list(key_frames(camera, length_frames=shot.length_frames))
    poses = list(camera.poses)
    del poses[index], frames[index]
    return keyed(camera, poses, frames, shot=shot)
