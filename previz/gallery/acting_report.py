"""Figures of every act, posture and gait on a child and on a tall adult."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from previz.gallery.acts import ANN, BEN, PLAYS, play_stage
from previz.model import Character, Emotion
from previz.stage import BONES
from previz.stage.limits import joint_faults, self_depth_m
from previz.stage.pose import rig_of
from previz.stage.skeleton import Skeleton, skeleton_of

__all__ = ["ActFigures", "acting_report", "contact_report"]

_CHILD = ANN.changed(age=8.0, height_m=1.28, build=0.35)
_TALL = ANN.changed(age=45.0, height_m=1.94, build=0.6, femininity=0.1)
_EVERY = 3
_HANDS_M = 0.05
"""Between the middles of two fists that hold the same thing or each other."""
_TOUCHING = ("reach", "take", "put down", "touch", "hand over", "shake hands")
_TOES = [BONES.index("toe_l"), BONES.index("toe_r")]


@dataclass(frozen=True)
class ActFigures:
    """What is measured of one thing that people do.

    Attributes:
        name: What is done.
        body: "child" or "tall".
        past_deg: How far a joint goes past its range at most, degrees.
        joint: The joint that does; "" if none.
        self_depth_m: How deep arms are in the body at most.
        slide_m: How far a standing foot moves between two frames at most.
    """

    name: str
    body: str
    past_deg: float
    joint: str
    self_depth_m: float
    slide_m: float


def acting_report(
    *, names: tuple[str, ...] = (), every: int = _EVERY
) -> tuple[ActFigures, ...]:
    """Measure what people do, each by a child and by a tall adult.

    Args:
        names: Of `PLAYS`; all but the feelings if there are none.
        every: Frames from one that is measured to the next.
    """
    feelings = {str(emotion) for emotion in Emotion}
    asked = names or tuple(name for name in PLAYS if name not in feelings)
    return tuple(
        _measured(name, label, person, every)
        for name in asked
        for label, person in (("child", _CHILD), ("tall", _TALL))
    )


def contact_report() -> dict[str, float]:
    """Return how far the palm is from what each act touches at its moment, metres.

    Of acts between two it is the way between their palms, less the two hands' depth.
    """
    return {name: _missed(name) for name in _TOUCHING}


def _missed(name: str) -> float:
    play = PLAYS[name]
    stage = play_stage(play)
    act = play.scene.blocking[0].acts[0]
    bones = stage.bones("ann", act.frame)
    assert bones is not None
    side = 0 if act.hand == "left" else 1
    skeletons = skeleton_of(ANN), skeleton_of(BEN)
    mine = [_palm(bones, skeletons[0], k) for k in (0, 1)]
    if act.target == "ben":
        other = stage.bones("ben", act.frame)
        assert other is not None
        gap = np.linalg.norm(mine[side] - _palm(other, skeletons[1], side))
        return max(float(gap) - _HANDS_M, 0.0)
    spot = np.array(play.scene.set.spots[0].position_m)
    return float(min(np.linalg.norm(palm - spot) for palm in mine))


def _palm(
    bones: NDArray[np.float64], skeleton: Skeleton, side: int
) -> NDArray[np.float64]:
    hand = bones[BONES.index("hand_l" if side == 0 else "hand_r")]
    return np.asarray(hand[:3, :3] @ rig_of(skeleton).grips[side] + hand[:3, 3])


def _measured(name: str, label: str, person: Character, every: int) -> ActFigures:
    play = PLAYS[name]
    stage, skeleton = play_stage(play, people=(person, BEN)), skeleton_of(person)
    worst, joint, deep = 0.0, "", 0.0
    last = min(play.frames[-1] + 40, play.scene.length_frames)
    for frame in range(0, last, every):
        bones = stage.bones("ann", frame)
        assert bones is not None
        for fault in joint_faults(bones, skeleton):
            if fault.past_deg > worst:
                worst, joint = fault.past_deg, fault.joint
        deep = max(deep, self_depth_m(bones, skeleton))
    toes = np.array([stage.bones("ann", f)[_TOES] for f in range(last)])  # type: ignore[index]
    flat = toes[:, :, 1, 1] > 0.99999
    still = np.abs(np.diff(toes[:, :, 1, 3], axis=0)) < 1e-5
    planted = (flat[1:] & flat[:-1] & still)[1:] & still[:-1]
    moved = np.linalg.norm(np.diff(toes[:, :, :3, 3], axis=0), axis=2)[1:]
    slide = float(np.max(moved[planted], initial=0.0))
    return ActFigures(name, label, worst, joint, deep, slide)
