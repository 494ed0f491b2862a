"""Put acts into a pose: the trunk that helps, the head, the hands."""

from __future__ import annotations

from math import pi, sin

import numpy as np
from numpy.typing import NDArray

from previz.curves import smoothstep
from previz.model import ActKind, Posture
from previz.stage.acting.bow import bowed
from previz.stage.acting.goals import GOALS, Goal
from previz.stage.acting.moment import Moment
from previz.stage.acting.partners import (
    meeting_point,
    partner_goal,
    pressed,
    toward_partner,
)
from previz.stage.acting.played import Played
from previz.stage.lower import Carriage, pelvis_height
from previz.stage.pose import TURNED, Pose, Rig, turn
from previz.stage.skeleton import Skeleton

__all__ = ["bow_to", "head_of_acts", "lay_hands"]

_SPINE, _CHEST = TURNED.index("spine"), TURNED.index("chest")
_COLLARS = (TURNED.index("clavicle_l"), TURNED.index("clavicle_r"))
_REACHING = frozenset(
    {
        ActKind.CLOSE,
        ActKind.HAND_OVER,
        ActKind.KNOCK,
        ActKind.OPEN,
        ActKind.PUSH,
        ActKind.PUT_DOWN,
        ActKind.REACH,
        ActKind.RECEIVE,
        ActKind.SHAKE_HANDS,
        ActKind.TAKE,
        ActKind.TOUCH,
    }
)
"""Acts for which the trunk goes where the arm is too short."""


def bow_to(
    acts: list[Played], body: Carriage, s: Skeleton, rig: Rig, seconds: float
) -> None:
    """Bring shoulders within an arm's length of what the hands reach for."""
    pose = body.pose
    for act in acts:
        share = act.share(seconds)
        if act.kind is ActKind.EMBRACE:
            _press_close(act, body, s, rig, share, seconds)
        elif act.kind is ActKind.SHRUG:
            for side, collar in enumerate(_COLLARS):
                pose.turns[collar, 2] += (0.30 if side == 0 else -0.30) * share
        elif act.kind is ActKind.HEAD_IN_HANDS:
            pose.turns[_SPINE, 1] += 0.20 * share
            pose.turns[_CHEST, 1] += 0.26 * share
        elif act.kind is ActKind.THROW:
            _wind_up(pose, act, share, seconds)
        elif act.kind in _REACHING:
            targets = _targets(act, body, s, rig, seconds)
            if targets is not None:
                _reach(pose, body, s, rig, act.sides, targets, share)


def _targets(
    act: Played, body: Carriage, s: Skeleton, rig: Rig, seconds: float
) -> NDArray[np.float64] | None:
    """Return what each hand reaches for, shape (2, 3)."""
    if (
        act.partner is not None
        and act.own is not None
        and act.kind
        in (
            ActKind.HAND_OVER,
            ActKind.RECEIVE,
            ActKind.SHAKE_HANDS,
        )
    ):
        return np.tile(meeting_point(act.own, act.partner, seconds), (2, 1))
    goals = np.zeros((2, 3))
    moment = Moment.of(body.pose, s, rig, yaw=body.yaw)
    for side in act.sides:
        goal = (
            GOALS[act.kind](act, moment, side, seconds) if act.kind in GOALS else None
        )
        if goal is None:
            return None
        goals[side] = goal.palm
    return goals


def _reach(
    pose: Pose,
    body: Carriage,
    s: Skeleton,
    rig: Rig,
    sides: tuple[int, ...],
    targets: NDArray[np.float64],
    share: float,
) -> None:
    hip = float(s.joint("thigh_l")[1])
    floor = pose.root[1] - float(s.joint("pelvis")[1])
    lowest = float(min(targets[side, 1] for side in sides)) - floor
    low = min(max((0.95 * hip - lowest) / hip, 0.0), 1.0) * body.upright
    lies = body.stay.posture is Posture.LIE and not body.afoot
    used = np.array([0 in sides, 1 in sides])
    upright = _bow_of(pose)
    pose.root, pose.facing, pose.turns = bowed(
        rig.rest,
        pose.root,
        pose.facing,
        pose.turns,
        targets,
        used,
        sum(s.arm_m) + rig.palm_m,
        body.yaw,
        0.46 * s.leg_m * low,
        0.10 * s.height_m * body.upright,
        0.0 if lies else share,
    )
    for side in {0, 1}.difference(sides):
        _let_hang(pose, s, side, _bow_of(pose) - upright)
    if body.upright > 0.99:
        pose.root[1] = pelvis_height(pose, s, body.feet, pose.root[1])


def _bow_of(pose: Pose) -> float:
    """Return how far the chest bows, radians."""
    ahead = turn(*pose.turns[_SPINE]) @ turn(*pose.turns[_CHEST])[:, 2]
    return float(-np.arcsin(np.clip((pose.facing @ ahead)[1], -1.0, 1.0)))


def _let_hang(pose: Pose, s: Skeleton, side: int, bow: float) -> None:
    """Let an arm that does nothing hang from a chest that bows further by `bow`."""
    back = turn(0.0, -0.85 * bow, 0.0)
    shoulder = s.joint("upper_arm_l" if side == 0 else "upper_arm_r")
    pose.hands[side] = shoulder + back @ (pose.hands[side] - shoulder)
    pose.elbows[side] = back @ pose.elbows[side]


def _press_close(
    act: Played,
    body: Carriage,
    s: Skeleton,
    rig: Rig,
    share: float,
    seconds: float,
) -> None:
    """Lean to the other one, a little to one's left, so that heads pass."""
    pose = body.pose
    moment = Moment.of(pose, s, rig, yaw=body.yaw)
    to = toward_partner(act, moment, seconds)
    if act.partner is not None:
        gap = act.partner.bones(seconds)[0, :3, 3] - pose.root
        moved = pressed(s, act.partner.skeleton, gap, to)
        pose.root = pose.root + share * body.upright * moved
    pose.turns[_SPINE, 1] += 0.07 * share
    pose.turns[_CHEST, 1] += 0.05 * share
    pose.turns[_SPINE, 2] -= 0.07 * share
    if body.upright > 0.99:
        pose.root[1] = pelvis_height(pose, s, body.feet, pose.root[1])


def _wind_up(pose: Pose, act: Played, share: float, seconds: float) -> None:
    """Turn away from the target, then into the throw."""
    side = 1.0 if 0 in act.sides else -1.0
    t = seconds - act.at_s
    turned = 0.55 - 0.95 * smoothstep((t + 0.30) / 0.42)
    pose.turns[_SPINE, 0] += 0.4 * side * turned * share
    pose.turns[_CHEST, 0] += 0.6 * side * turned * share
    pose.turns[_SPINE, 1] += (-0.10 + 0.26 * smoothstep((t + 0.25) / 0.4)) * share


def head_of_acts(
    pose: Pose, acts: list[Played], seconds: float
) -> tuple[float, float, float]:
    """Return yaw, pitch and roll that acts add to the head, radians."""
    yaw = pitch = roll = 0.0
    for act in acts:
        share = act.share(seconds)
        t = seconds - act.at_s
        match act.kind:
            case ActKind.NOD:
                pitch += share * 0.15 * (1 - np.cos(2 * pi * 1.6 * t)) / 1.0
            case ActKind.SHAKE_HEAD:
                yaw += share * 0.30 * sin(2 * pi * 1.35 * t)
            case ActKind.SHRUG:
                roll += 0.10 * share
            case ActKind.HEAD_IN_HANDS:
                pitch += 0.42 * share
            case ActKind.READ:
                pitch += (0.50 if act.where(seconds) is None else -0.05) * share
            case ActKind.DRINK:
                pitch -= 0.20 * share * smoothstep((t + 0.1) / 0.5)
            case ActKind.PHONE:
                roll += (0.09 if 0 in act.sides else -0.09) * -share
            case ActKind.EMBRACE:
                roll -= 0.16 * share
                pitch += 0.08 * share
            case _:
                pass
    return yaw, float(pitch), roll


def lay_hands(pose: Pose, acts: list[Played], moment: Moment, seconds: float) -> None:
    """Set where the palms are, each act over those before it."""
    for act in acts:
        share = act.share(seconds)
        for side in act.sides:
            if act.kind in GOALS:
                goal = GOALS[act.kind](act, moment, side, seconds)
            else:
                goal = partner_goal(act, moment, side, seconds)
            if goal is not None and share > 0.0:
                _lay(pose, goal, moment, side, share)


def _lay(pose: Pose, goal: Goal, moment: Moment, side: int, share: float) -> None:
    before = pose.reaching[side] * (1 - share)
    whole = before + share
    # On the way hands rise, so that they pass over tables and in front of the body.
    arc = np.array([0.0, 0.16, 0.0]) + 0.05 * moment.ahead
    palm = goal.palm + (1 - share) * moment.height_m * arc
    face = np.stack([goal.palm_to, goal.thumb_to, goal.along])
    pose.palms[side] = (before * pose.palms[side] + share * palm) / whole
    pose.palms_face[side] = (before * pose.palms_face[side] + share * face) / whole
    pose.reaching[side] = whole
    mirror = 1.0 if side == 0 else -1.0
    elbow = np.array(goal.elbow) * (mirror, 1.0, 1.0)
    pose.elbows[side] += share * (elbow - pose.elbows[side])
    pose.curls[side] += share * (np.array(goal.curls) - pose.curls[side])
