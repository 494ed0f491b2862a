"""What carries a body: where its pelvis is over its feet, standing, going, resting."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import Posture
from previz.stage.feet import Foot, foot_at
from previz.stage.pose import TURNED, Pose, turn
from previz.stage.skeleton import Skeleton
from previz.stage.timeline import Stay, Timeline

__all__ = ["Carriage", "carriage_at", "pelvis_height", "phases", "strides_ahead"]

_SPINE, _CHEST = TURNED.index("spine"), TURNED.index("chest")
_COLLARS = (TURNED.index("clavicle_l"), TURNED.index("clavicle_r"))


@dataclass(frozen=True)
class Carriage:
    """A body from the hips down, with its trunk upright over them.

    Attributes:
        pose: The arms and the head of it are not set yet.
        yaw: Where the body faces, radians.
        feet: Left and right.
        stay: The mark that it is at or left last.
        walking: 0 standing to 1 going at a stroll or faster.
        running: 0 walking to 1 running.
        afoot: Whether it is between two marks.
        upright: 1 on its feet to 0 sitting, lying or crouching.
    """

    pose: Pose
    yaw: float
    feet: tuple[Foot, Foot]
    stay: Stay
    walking: float
    running: float
    afoot: bool
    upright: float


def carriage_at(line: Timeline, s: Skeleton, seconds: float, *, seed: int) -> Carriage:
    """Return how a body is carriage_at at a time of the scene."""
    index, afoot = line.at(seconds)
    stay = line.stays[index]
    walk = line.walks[index] if afoot else None
    speed = running = 0.0
    if walk is not None:
        come = walk.distance(seconds)
        x, y, z, yaw = walk.place(come)
        yaw += _fade(come, 0.7) * (stay.yaw_out - float(walk.yaw[0]))
        after = line.stays[index + 1]
        yaw += _fade(walk.length_m - come, 0.7) * (after.yaw_in - float(walk.yaw[-1]))
        speed = walk.speed(seconds)
        running = smoothstep((speed - 1.2) / 0.9) if walk.runs else 0.0
    else:
        (x, y, z), yaw = stay.place, stay.facing(seconds)
    settled = 0.0 if afoot else stay.settled(seconds)
    calm = 0.0 if afoot else stay.calm(seconds) * (1 - settled)
    raised = 0.65 * settled if stay.posture is Posture.CROUCH else 0.0
    feet = (
        foot_at(line.falls[0], line.first[0], seconds, side=0, skeleton=s),
        foot_at(
            line.falls[1], line.first[1], seconds, side=1, skeleton=s, raised=raised
        ),
    )
    pose = Pose()
    lean = calm * _weight(seed, seconds)
    _stand(pose, s, (x, y, z), yaw, feet, lean, speed, running)
    if settled > 0:
        _settle(pose, s, stay, yaw, feet, settled)
    breath = (1 + running) * sin(2 * pi * 0.25 * seconds + seed % 7)
    pose.turns[_CHEST, 1] -= 0.010 * breath
    pose.turns[_COLLARS[0], 2] += 0.014 * breath
    pose.turns[_COLLARS[1], 2] -= 0.014 * breath
    down = settled if stay.posture not in (Posture.STAND, Posture.LEAN) else 0.0
    walking = min(speed / 0.9, 1.0)
    return Carriage(pose, yaw, feet, stay, walking, running, afoot, 1 - down)


def strides_ahead(feet: tuple[Foot, Foot], yaw: float) -> float:
    """Return how far the left foot is ahead of the right, metres."""
    gap = feet[0].ankle - feet[1].ankle
    return float(gap[0] * sin(yaw) + gap[2] * cos(yaw))


def pelvis_height(
    pose: Pose, s: Skeleton, feet: tuple[Foot, Foot], highest: float
) -> float:
    """Return the pelvis' height, at most `highest`: no leg is longer than it is."""
    result = highest
    reach = 0.9985 * s.leg_m
    for side, bone in ((0, "thigh_l"), (1, "thigh_r")):
        hip = pose.facing @ (s.joint(bone) - s.joint("pelvis"))
        gap = feet[side].ankle - pose.root - hip
        flat = min(gap[0] ** 2 + gap[2] ** 2, (0.9 * reach) ** 2)
        limit = float(feet[side].ankle[1] + sqrt(reach**2 - flat) - hip[1])
        result = _soft_min(result, limit, 0.008 * s.height_m)
    return result


def phases(seed: int) -> tuple[float, float]:
    """Return two angles that differ from seed to seed, radians."""
    first = (zlib.crc32(seed.to_bytes(8, "little")) % 6283) / 1000
    second = (zlib.crc32((seed + 1).to_bytes(8, "little")) % 6283) / 1000
    return first, second


def _weight(seed: int, seconds: float) -> float:
    """Return which leg carries: 1 left to -1 right, shifting now and then."""
    first, second = phases(seed)
    wave = sin(2 * pi * 0.041 * seconds + first)
    wave += 0.8 * sin(2 * pi * 0.067 * seconds + second)
    return float(np.tanh(3.0 * wave))


def _stand(
    pose: Pose,
    s: Skeleton,
    floor: tuple[float, float, float],
    yaw: float,
    feet: tuple[Foot, Foot],
    lean: float,
    speed: float,
    running: float,
) -> None:
    """Put the pelvis over the feet, as high as both legs reach."""
    ahead = strides_ahead(feet, yaw) / s.leg_m
    swing = feet[1].swing - feet[0].swing
    pace = min(speed / 1.3, 1.6)
    brisk = min(pace, 1.0) * (1 - 0.6 * running)
    sway = 0.012 * s.height_m * swing * brisk + 0.021 * s.height_m * lean
    list_ = 0.045 * swing * brisk + 0.065 * lean
    pelvis_yaw = -0.22 * ahead
    bow = 0.02 + 0.022 * pace + 0.055 * running
    pose.facing = turn(yaw + pelvis_yaw, bow, list_)
    left = np.array([cos(yaw), 0.0, -sin(yaw)])
    base = s.joint("pelvis")[1]
    pose.root = np.array([floor[0], floor[1] + base, floor[2]]) + sway * left
    # A runner is lowest over the standing foot and leaves the floor between.
    both = smoothstep(4.0 * min(feet[0].swing, feet[1].swing))
    aloft = 0.040 * both - 0.028
    highest = floor[1] + base - 0.0015 * s.height_m + running * aloft * s.height_m
    pose.root[1] = pelvis_height(pose, s, feet, highest)
    turned = 0.5 * -pelvis_yaw
    pose.turns[_SPINE] = (turned, 0.01 + 0.012 * pace + 0.05 * running, -0.55 * list_)
    pose.turns[_CHEST] = (1.3 * -pelvis_yaw, 0.01 + 0.03 * running, -0.45 * list_)
    for side in (0, 1):
        toes = feet[side].yaw
        knee = yaw + 0.6 * _wrap(toes - yaw)
        pose.knees[side] = (sin(knee), 0.0, cos(knee))
        pose.ankles[side] = feet[side].ankle
        pose.feet[side] = (toes, feet[side].pitch, feet[side].toes)


def _settled(
    pose: Pose, s: Skeleton, stay: Stay, ahead: NDArray[np.float64], bow: float
) -> tuple[NDArray[np.float64], float, float, float] | None:
    """Return where a posture brings the pelvis, and how far it and the back bend.

    Args:
        pose: As it stands.
        s: Whose.
        stay: Its posture, and what it is on.
        ahead: Where the body faces.
        bow: How far it bows on the way, 0 to 1.

    Returns:
        The pelvis in the world, then radians of pelvis, spine and chest; None for
        a posture that stands.
    """
    h = s.height_m
    x, surface, z = stay.rest
    match stay.posture:
        case Posture.SIT:
            goal = np.array([x, surface + 0.080 * h + 0.012 * h * s.build, z])
            return goal, -0.17 + 0.50 * bow, 0.12 + 0.10 * bow, 0.06
        case Posture.CROUCH:
            low = stay.place[1] + 0.47 * s.leg_m
            return np.array([x, low, z]) - 0.055 * h * ahead, 0.26, 0.22, 0.12
        case Posture.LEAN:
            goal = np.array([x, pose.root[1] - 0.012 * h, z]) + 0.02 * h * ahead
            return goal, -0.05, -0.04, 0.04
        case Posture.LIE:
            goal = np.array([x, surface + 0.062 * h * (1 + 0.3 * s.build), z])
            return goal, -pi / 2 + 0.03, 0.02, 0.03
        case _:
            return None


def _settle(
    pose: Pose,
    s: Skeleton,
    stay: Stay,
    yaw: float,
    feet: tuple[Foot, Foot],
    share: float,
) -> None:
    """Bring a standing pose into the posture of its stay, by `share`."""
    h = s.height_m
    ahead = np.array([sin(yaw), 0.0, cos(yaw)])
    bow = sin(pi * share)
    settled = _settled(pose, s, stay, ahead, bow)
    if settled is None:
        return
    goal, pitch, spine, chest = settled
    down, back = share, share
    if stay.posture is Posture.LIE:
        # One sits down first and lies back then.
        down, back = smoothstep(share / 0.55), smoothstep((share - 0.3) / 0.7)
        goal -= 0.18 * (1 - back) * h * ahead
    pose.root = pose.root + down * (goal - pose.root)
    reach = pitch * smoothstep(share)
    if stay.posture is Posture.LIE:
        reach = pitch * back + 0.2 * sin(pi * min(share / 0.5, 1.0))
    if stay.posture is Posture.SIT:
        reach = -0.17 * share + 0.50 * bow
    pose.facing = (
        turn(yaw, reach, 0.0) if share > 0.3 else _mixed(pose, yaw, reach, share)
    )
    pose.turns[_SPINE] *= 1 - share
    pose.turns[_CHEST] *= 1 - share
    pose.turns[_SPINE, 1] += spine * share
    pose.turns[_CHEST, 1] += chest * share
    for side in (0, 1):
        pose.knees[side] = pose.knees[side] + share * np.array([0.0, 0.35, 0.0])
    if stay.posture is Posture.LIE:
        legs = smoothstep((share - 0.12) / 0.75)
        _stretch(pose, s, ahead, stay.rest[1], feet, legs)


def _mixed(pose: Pose, yaw: float, pitch: float, share: float) -> NDArray[np.float64]:
    """Return a pelvis on its way from standing unevenly to level."""
    level = turn(yaw, pitch, 0.0)
    blend = pose.facing + smoothstep(share / 0.3) * (level - pose.facing)
    u, _, v = np.linalg.svd(blend)
    return np.asarray(u @ v)


def _stretch(
    pose: Pose,
    s: Skeleton,
    ahead: NDArray[np.float64],
    surface: float,
    feet: tuple[Foot, Foot],
    share: float,
) -> None:
    """Stretch the legs of a lying body over the surface."""
    for side, bone in ((0, "thigh_l"), (1, "thigh_r")):
        hip = pose.root + pose.facing @ (s.joint(bone) - s.joint("pelvis"))
        goal = hip + ahead * 0.985 * s.leg_m
        goal[1] = surface + 0.035 * s.height_m
        pose.ankles[side] = pose.ankles[side] + smoothstep(share) * (
            goal - pose.ankles[side]
        )
        pose.knees[side] = (1 - share) * pose.knees[side] + np.array([0, share, 0])
        pose.feet[side, 1] = feet[side].pitch - share * 1.15
        pose.feet[side, 2] = feet[side].toes


def _fade(distance: float, over: float) -> float:
    return 1.0 - smoothstep(distance / over)


def _soft_min(a: float, b: float, width: float) -> float:
    """Return a smooth minimum that is never above either value."""
    h = max(width - abs(a - b), 0.0) / width
    return min(a, b) - h * h * width * 0.25


def _wrap(angle: float) -> float:
    return float((angle + pi) % (2 * pi) - pi)
