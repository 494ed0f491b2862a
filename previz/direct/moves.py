"""A placed view as a camera: gear, support, and the move over the shot."""

from __future__ import annotations

import math
from collections.abc import Callable

from previz.camera.framing import Body, View
from previz.direct.following import aim_of, turned_to
from previz.direct.package import Package
from previz.direct.placement import Placed
from previz.direct.plan import Plan
from previz.model import (
    Angle,
    Camera,
    CameraPose,
    Move,
    Rate,
    Rig,
    RigKind,
    TimingKey,
    Vec3,
)

__all__ = ["camera_for"]

_PUSH = 0.16
"""Share of the distance to the subject that a push-in travels."""
_DUTCH_DEG = 9.0
_SAMPLE_S = 0.5


def camera_for(
    plan: Plan,
    placed: Placed,
    *,
    rate: Rate,
    seed: int,
    package: Package,
    body: Callable[[str, int], Body | None],
    stands: Callable[[Vec3], bool],
) -> Camera:
    """Return the camera of a planned and placed shot.

    Args:
        plan: The shot.
        placed: Its view at one frame.
        rate: Frames a second.
        seed: Of handheld unrest.
        package: Body, primes and settings.
        body: Looks up landmarks at a scene frame.
        stands: Whether a camera can be at a position.
    """
    view = placed.view
    subject = plan.subjects[0] if plan.subjects else ""
    focus = _focus(view, body(subject, placed.frame) if subject else None)
    roll = _DUTCH_DEG if plan.angle is Angle.DUTCH else 0.0
    poses: tuple[CameraPose, ...] = (_pose(view, focus, roll),)
    timing: tuple[TimingKey, ...] = ()
    move = plan.move
    if plan.travels and subject:
        poses, timing = _panned(plan, placed, rate=rate, body=body)
        move = move if move is Move.HANDHELD else Move.PAN
    elif move in (Move.PUSH_IN, Move.PULL_OUT):
        poses = _dollied(view, focus, roll, stands, inward=move is Move.PUSH_IN)
    if len(poses) == 1 and move is not Move.HANDHELD:
        move = Move.STATIC
    return Camera(
        sensor=package.sensor,
        lens=package.lens(
            view.focal_mm, focus_m=min(pose.focus_distance_m for pose in poses)
        ),
        rig=_rig(move),
        poses=poses,
        timing=timing,
        shutter_deg=package.shutter_deg,
        iso=package.settings.iso,
        nd_stops=package.settings.nd_stops,
        seed=seed,
    )


def _rig(move: Move) -> Rig:
    if move is Move.HANDHELD:
        return Rig(kind=RigKind.HANDHELD)
    dollied = move in (Move.PUSH_IN, Move.PULL_OUT)
    return Rig(kind=RigKind.DOLLY if dollied else RigKind.STICKS)


def _focus(view: View, body: Body | None) -> float:
    """Return the distance along the axis to the subject's eyes, in metres."""
    if body is None:
        return 3.0
    return max(0.3, view.project(body.eyes)[2])


def _pose(view: View, focus_m: float, roll_deg: float) -> CameraPose:
    return CameraPose(
        position_m=_rounded(view.position),
        target_m=_rounded(_along(view, focus_m)),
        roll_deg=roll_deg,
        focal_length_mm=view.focal_mm,
        focus_distance_m=round(focus_m, 3),
    )


def _along(view: View, distance_m: float) -> Vec3:
    x, y, z = (
        p + f * distance_m for p, f in zip(view.position, view.forward, strict=True)
    )
    return (x, y, z)


def _dollied(
    view: View,
    focus_m: float,
    roll_deg: float,
    stands: Callable[[Vec3], bool],
    *,
    inward: bool,
) -> tuple[CameraPose, ...]:
    """Return the poses of a push-in (or, reversed, a pull-out) that frames exactly."""
    travel = min(focus_m * _PUSH, 1.2)
    back = View(
        _along(view, -travel), view.yaw_deg, view.pitch_deg, view.focal_mm, view.sensor
    )
    if stands(back.position):
        far, near = (
            _pose(back, focus_m + travel, roll_deg),
            _pose(view, focus_m, roll_deg),
        )
    else:
        ahead = View(
            _along(view, travel * 0.7),
            view.yaw_deg,
            view.pitch_deg,
            view.focal_mm,
            view.sensor,
        )
        far, near = (
            _pose(view, focus_m, roll_deg),
            _pose(ahead, max(0.3, focus_m - travel * 0.7), roll_deg),
        )
    return (far, near) if inward else (near, far)


def _panned(
    plan: Plan, placed: Placed, *, rate: Rate, body: Callable[[str, int], Body | None]
) -> tuple[tuple[CameraPose, ...], tuple[TimingKey, ...]]:
    """Return poses that keep the subjects where the framing has them."""
    view = placed.view
    length = plan.end - plan.start
    count = max(2, min(24, 1 + math.ceil(rate.seconds(length) / _SAMPLE_S)))
    frames = sorted({round(i * (length - 1) / (count - 1)) for i in range(count)})
    home = aim_of(plan, placed.frame, body)
    if home is None or len(frames) < 2:
        return (_pose(view, 3.0, 0.0),), ()
    poses = []
    aim = home
    for frame in frames:
        aim = aim_of(plan, plan.start + frame, body) or aim
        turned = turned_to(view, home, aim)
        poses.append((turned, max(0.3, turned.project(aim)[2])))
    turns = [p[0].yaw_deg for p in poses]
    tilts = [p[0].pitch_deg for p in poses]
    if max(turns) - min(turns) < 1.5 and max(tilts) - min(tilts) < 1.5:
        return (_pose(view, poses[0][1], 0.0),), ()
    keys = tuple(
        TimingKey(frame=f, travel=i / (len(frames) - 1)) for i, f in enumerate(frames)
    )
    return tuple(_pose(v, focus, 0.0) for v, focus in poses), keys


def _rounded(point: Vec3) -> Vec3:
    return (round(point[0], 4), round(point[1], 4), round(point[2], 4))
