"""The camera's path: a spline through its poses, measured by arc length."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.camera.timing import travel_over
from previz.curves import Monotone, spline
from previz.model import Camera, CameraPose

__all__ = ["Along", "along_path", "key_shares", "look_at", "path_length_m"]

Floats = NDArray[np.float64]

_SAMPLES = 512
_STILL_M = 1e-6
_BLIND_M = 1e-4
"""Nearer than this to its target, the camera keeps the direction it had."""


@dataclass(frozen=True)
class Along:
    """A camera on its path alone, frame by frame; n is the shot's length.

    Attributes:
        position: In metres, shape (n, 3).
        yaw: Of the line of sight about y; 0 looks down -z, positive to the left.
            Radians, shape (n,).
        tilt: Upward, radians, shape (n,).
        roll: Clockwise from behind, radians, shape (n,).
        focal_mm: Shape (n,).
        focus_m: Shape (n,).
        reach_m: To what the path looks at, shape (n,).
    """

    position: Floats
    yaw: Floats
    tilt: Floats
    roll: Floats
    focal_mm: Floats
    focus_m: Floats
    reach_m: Floats


def along_path(camera: Camera, *, length_frames: int) -> Along:
    """Return the camera along its path and timing, before moves, aim and unrest."""
    travel = travel_over(camera.timing, length_frames=length_frames)
    poses = camera.poses
    positions = np.array([p.position_m for p in poses], np.float64)
    if len(poses) == 1:
        travel = np.zeros(length_frames)
    share, table = _measured(poses, positions)
    place = _places(poses, positions, share, table, travel)
    keyed = np.array(
        [(*p.target_m, p.focal_length_mm, p.focus_distance_m) for p in poses]
    )
    roll = np.unwrap(np.radians([p.roll_deg for p in poses]))
    rest = Monotone.through(share, np.column_stack([keyed, roll])).over(travel)
    yaw, tilt, reach = _sight(rest[:, :3] - place)
    return Along(place, yaw, tilt, rest[:, 5], rest[:, 3], rest[:, 4], reach)


def key_shares(camera: Camera) -> Floats:
    """Return what share of the path lies behind the camera at each pose, 0 to 1.

    Shape (number of poses,).
    """
    positions = np.array([p.position_m for p in camera.poses], np.float64)
    return _measured(camera.poses, positions)[0]


def path_length_m(camera: Camera) -> float:
    """Return how long the camera's path is, before its moves; 0 for a pan."""
    positions = np.array([p.position_m for p in camera.poses], np.float64)
    steps, handles = np.linspace(0.0, 1.0, _SAMPLES + 1), _handles(camera.poses)
    runs = (
        spline(positions, segment, steps, handles=handles)
        for segment in range(len(camera.poses) - 1)
    )
    return float(
        sum(np.linalg.norm(np.diff(run, axis=0), axis=1).sum() for run in runs)
    )


def look_at(position: Floats, target: Floats, *, roll_deg: float = 0.0) -> Floats:
    """Return the rigid transform of a camera that looks at `target`, y up.

    Straight up or down, the top of the picture is -z when looking down and +z when
    looking up, as on a plan. Positive roll turns the camera clockwise from behind.

    Args:
        position: In metres, shape (3,).
        target: In metres, shape (3,), apart from `position`.
        roll_deg: About the line of sight.

    Returns:
        World from camera, shape (4, 4).
    """
    back = np.asarray(position, np.float64) - np.asarray(target, np.float64)
    back = back / np.linalg.norm(back)
    right = np.array([back[2], 0.0, -back[0]])
    level = float(np.hypot(back[0], back[2]))
    right = right / level if level > 1e-5 else np.array([1.0, 0.0, 0.0])
    up = np.cross(back, right)
    up = up / np.linalg.norm(up)
    right = np.cross(up, back)
    c, s = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    result = np.eye(4)
    result[:3, 0] = c * right - s * up
    result[:3, 1] = s * right + c * up
    result[:3, 2] = back
    result[:3, 3] = position
    return result


def _sight(ahead: Floats) -> tuple[Floats, Floats, Floats]:
    """Return yaw, tilt (radians) and length of lines of sight, shape (n,) each."""
    reach = np.linalg.norm(ahead, axis=1)
    seen = reach > _BLIND_M
    if not seen.all() and seen.any():
        latest = np.maximum.accumulate(np.where(seen, np.arange(len(seen)), -1))
        ahead = ahead[np.where(latest < 0, int(np.argmax(seen)), latest)]
        reach = np.where(seen, reach, _BLIND_M)
    level = np.hypot(ahead[:, 0], ahead[:, 2])
    # Straight up or down a plan's yaw is 0, as in `look_at`.
    plumb = level <= 1e-5 * reach
    yaw = np.where(plumb, 0.0, np.arctan2(-ahead[:, 0], -ahead[:, 2]))
    return yaw, np.arctan2(ahead[:, 1], level), reach


def _handles(poses: tuple[CameraPose, ...]) -> list[Floats | None]:
    return [None if p.tangent_m is None else np.array(p.tangent_m) for p in poses]


def _measured(
    poses: tuple[CameraPose, ...], positions: Floats
) -> tuple[Floats, Floats]:
    """Return the share of the path at each pose, and within each segment.

    The second has the share of its segment's length at even steps of the spline's
    parameter, shape (k - 1, _SAMPLES + 1).
    """
    steps = np.linspace(0.0, 1.0, _SAMPLES + 1)
    handles, lengths, table = _handles(poses), [], []
    for segment in range(len(poses) - 1):
        points = spline(positions, segment, steps, handles=handles)
        run = np.concatenate(
            [[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))]
        )
        lengths.append(run[-1])
        table.append(run / run[-1] if run[-1] > _STILL_M else steps)
    measure = np.array(lengths)
    # A pan in the middle of a move has no length of its own: it gets a mean one.
    moving = measure > _STILL_M
    measure[~moving] = measure[moving].mean() if moving.any() else 1.0
    run = np.concatenate([[0.0], np.cumsum(measure)])
    share = run / run[-1] if run[-1] > 0 else run
    return share, np.array(table).reshape(len(poses) - 1, _SAMPLES + 1)


def _places(
    poses: tuple[CameraPose, ...],
    positions: Floats,
    share: Floats,
    table: Floats,
    travel: Floats,
) -> Floats:
    """Return where on the path the camera is, shape (n, 3)."""
    out = np.repeat(positions[:1], len(travel), axis=0)
    segment = np.searchsorted(share, travel, side="right") - 1
    steps, handles = np.linspace(0.0, 1.0, _SAMPLES + 1), _handles(poses)
    for i in range(len(positions) - 1):
        chosen = (segment == i) & (travel > 0)
        if not chosen.any():
            continue
        local = (travel[chosen] - share[i]) / (share[i + 1] - share[i])
        t = np.interp(local, table[i], steps)
        out[chosen] = spline(positions, i, t, handles=handles)
    out[travel >= 1] = positions[-1]
    return out
