"""A placed view as a camera: gear, rig, the move over the shot, and the focus."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from previz.camera import camera_at
from previz.camera.framing import Body, View
from previz.direct.following import Lookup, aim_of, turned_to
from previz.direct.package import Package
from previz.direct.placement import Placed
from previz.direct.plan import Plan
from previz.direct.screen import Screen
from previz.model import (
    Angle,
    Camera,
    CameraMove,
    CameraPose,
    Coverage,
    FocusKey,
    Move,
    Rate,
    Rig,
    RigKind,
    TimingKey,
    Vec3,
)

__all__ = ["Grip", "camera_for"]

_PUSH = 0.16
"""Share of the distance to the subject that a push-in travels."""
_DUTCH_DEG = 9.0
_SAMPLE_S = 0.5
_TRUCK_MPS, _CRANE_MPS = 0.11, 0.28
"""How fast an opening glides or sinks: slow enough that the place is read."""
_LONGEST_TRUCK_M, _LONGEST_CRANE_M = 0.9, 1.7
_PULL_S = 0.45
"""How long a focus puller takes from one speaker to the other."""
_FAR_M = 60.0
_ACROSS, _UP = (-0.8, -0.4, 0.0, 0.4, 0.8), (-0.2, 0.1, 0.4)
_FILLED = 0.3
"""An opening does not begin behind leaves or a post that fill more than this."""

Speeches = tuple[tuple[int, str], ...]
"""Scene frame and speaker of each speech, in order."""


@dataclass(frozen=True)
class Grip:
    """What moving a camera through a scene needs to know of it.

    Attributes:
        rate: Frames a second.
        package: Body, primes and settings.
        body: Looks up landmarks at a scene frame.
        stands: Whether a camera can be at a position.
        screen: The set, to be looked past.
        outdoors: Whether there is room for a crane.
        speeches: Who speaks when.
    """

    rate: Rate
    package: Package
    body: Lookup
    stands: Callable[[Vec3], bool]
    screen: Screen
    outdoors: bool
    speeches: Speeches


def camera_for(plan: Plan, placed: Placed, grip: Grip, *, seed: int) -> Camera:
    """Return the camera of a planned and placed shot.

    Args:
        plan: The shot.
        placed: Its view at one frame.
        grip: The scene.
        seed: Of handheld unrest.
    """
    view = placed.view
    subject = plan.subjects[0] if plan.subjects else ""
    body = grip.body(subject, placed.frame) if subject else None
    focus = _focus(view, body, grip.screen)
    pose = _pose(view, focus, _DUTCH_DEG if plan.angle is Angle.DUTCH else 0.0)
    poses: tuple[CameraPose, ...] = (pose,)
    timing: tuple[TimingKey, ...] = ()
    moves: tuple[CameraMove, ...] = ()
    rig = RigKind.HANDHELD if plan.move is Move.HANDHELD else RigKind.STICKS
    if plan.travels and subject:
        poses, timing = _panned(plan, placed, rate=grip.rate, body=grip.body)
    elif plan.move in (Move.PUSH_IN, Move.PULL_OUT):
        pose, moves = _dollied(plan, view, pose, grip)
        poses, rig = (pose,), RigKind.DOLLY
    elif _opens(plan):
        pose, moves, rig = _opened(plan, view, pose, grip)
        poses = (pose,)
    package = grip.package
    return Camera(
        sensor=package.sensor,
        lens=package.lens(
            view.focal_mm, focus_m=min(p.focus_distance_m for p in poses)
        ),
        rig=Rig(kind=rig),
        poses=poses,
        timing=timing,
        moves=moves,
        focus=_pulls(plan, grip),
        shutter_deg=package.shutter_deg,
        iso=package.settings.iso,
        nd_stops=package.settings.nd_stops,
        seed=seed,
    )


def _focus(view: View, body: Body | None, screen: Screen) -> float:
    """Return the distance along the axis to the subject's eyes, or to what is there.

    Metres; the middle of the picture is what an insert or an empty place is of.
    """
    if body is not None:
        return max(0.3, view.project(body.eyes)[2])
    ways = np.geomspace(0.3, _FAR_M, 160)
    points = np.asarray(view.position) + ways[:, None] * np.asarray(view.forward)
    hidden = screen.hides(view.position, points)
    return float(ways[int(hidden.argmax())]) if hidden.any() else _FAR_M / 2


def _pulls(plan: Plan, grip: Grip) -> tuple[FocusKey, ...]:
    """Return who is sharp when: the subject, or of several whoever speaks."""
    if not plan.subjects:
        return ()
    keys = {0: plan.subjects[0]}
    if len(plan.subjects) > 1 and plan.coverage is not Coverage.FOLLOW:
        for frame, speaker in grip.speeches:
            if speaker not in plan.subjects or frame >= plan.end:
                continue
            keys[max(frame - plan.start, 0)] = speaker
    pull = max(1, grip.rate.frames(_PULL_S))
    found: list[FocusKey] = []
    for frame, who in sorted(keys.items()):
        if not found or found[-1].subject != who:
            found.append(FocusKey(frame=frame, subject=who, pull_frames=pull))
    return tuple(found)


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


def _shifted(pose: CameraPose, by: Vec3) -> CameraPose:
    """Return a pose moved without turning."""
    return pose.changed(
        position_m=_rounded(_plus(pose.position_m, by)),
        target_m=_rounded(_plus(pose.target_m, by)),
    )


def _plus(a: Vec3, b: Vec3) -> Vec3:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def _times(a: Vec3, scale: float) -> Vec3:
    return (a[0] * scale, a[1] * scale, a[2] * scale)


def _dollied(
    plan: Plan, view: View, pose: CameraPose, grip: Grip
) -> tuple[CameraPose, tuple[CameraMove, ...]]:
    """Return a push-in that ends on the view, or a pull-out that begins on it.

    Where there is no room behind, a push-in begins on the view instead and ends
    closer, and a pull-out the other way round.
    """
    away = pose.focus_distance_m
    travel = round(min(away * _PUSH, 1.2), 3)
    back = _shifted(pose, _times(view.forward, -travel))
    inward = plan.move is Move.PUSH_IN
    if not grip.stands(back.position_m):
        travel = round(travel * 0.7, 3)
        back, pose = pose, _shifted(pose, _times(view.forward, travel))
    far, near = max(away, 0.3), max(away - travel, 0.3)
    start = back.changed(focus_distance_m=round(far, 3)) if inward else pose
    if not inward:
        start = pose.changed(focus_distance_m=round(near, 3))
    return start, (CameraMove(kind=plan.move, amount=travel, ease_out=0.45),)


def _opens(plan: Plan) -> bool:
    """Whether a still picture is the first of its place."""
    wide = plan.coverage in (Coverage.ESTABLISHING, Coverage.MASTER)
    return wide and plan.start == 0 and plan.move is Move.STATIC


def _opened(
    plan: Plan, view: View, pose: CameraPose, grip: Grip
) -> tuple[CameraPose, tuple[CameraMove, ...], RigKind]:
    """Return how a place is opened: a crane that sinks outdoors, a glide indoors.

    Either ends on the view, where the people of the scene are framed.
    """
    seconds = grip.rate.seconds(plan.end - plan.start)
    if grip.outdoors:
        drop = round(min(_CRANE_MPS * seconds, _LONGEST_CRANE_M), 2)
        sinks = CameraMove(kind=Move.CRANE, amount=-drop, ease_out=0.5)
        high = _before(pose, sinks, RigKind.CRANE)
        if grip.stands(high.position_m) and _clear(high, view, grip):
            return high, (sinks,), RigKind.CRANE
    length = round(min(_TRUCK_MPS * seconds, _LONGEST_TRUCK_M), 2)
    for side in (-1.0, 1.0):
        aside = _shifted(pose, _times(view.right, side * length))
        if grip.stands(aside.position_m) and _clear(aside, view, grip):
            glide = CameraMove(kind=Move.TRUCK, amount=-side * length, ease_out=0.5)
            return aside, (glide,), RigKind.DOLLY
    return pose, (), RigKind.STICKS


def _clear(start: CameraPose, view: View, grip: Grip) -> bool:
    """Whether nothing fills the picture on the way from a pose to a view."""
    reach = start.focus_distance_m * 0.75
    for share in (0.0, 0.5):
        pairs = zip(start.position_m, view.position, strict=True)
        x, y, z = (a + (b - a) * share for a, b in pairs)
        there = replace(view, position=(x, y, z))
        points = [
            there.at(across * view.half_width, up, reach)
            for across in _ACROSS
            for up in _UP
        ]
        hidden = grip.screen.hides(there.position, points)
        if float(hidden.mean()) > _FILLED:
            return False
    return True


def _panned(
    plan: Plan, placed: Placed, *, rate: Rate, body: Lookup
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


def _before(pose: CameraPose, move: CameraMove, rig: RigKind) -> CameraPose:
    """Return the pose from which a move ends on this one, turned the same way."""
    trial = Camera(poses=(pose,), moves=(move,), rig=Rig(kind=rig))
    end = camera_at(trial, length_frames=2, frame=1).position_m
    x, y, z = (float(a - b) for a, b in zip(pose.position_m, end, strict=True))
    return _shifted(pose, (x, y, z))


def _rounded(point: Vec3) -> Vec3:
    return (round(point[0], 4), round(point[1], 4), round(point[2], 4))
