"""How an arm carries what its hand holds, standing and going."""

from __future__ import annotations

import numpy as np

from previz.curves import smoothstep
from previz.stage.acting.played import Held
from previz.stage.gestures import Hand, hanging
from previz.stage.pose import Pose
from previz.stage.skeleton import Skeleton

__all__ = ["carry"]

_HANGS_M = 0.30
"""A thing taller than this, or longer than twice this, hangs from its hand."""
_HUGGED_M = (0.40, 0.12)
"""What is no wider and no higher is held to the chest by two hands."""
_SHEAF_M = (0.008, 0.05, 0.28)
"""A folder: thicker and thinner than these, longer than the last; it hangs too."""
_GRIP = (0.55, 0.58, 0.62)


def carry(
    pose: Pose,
    s: Skeleton,
    held: tuple[Held, ...],
    seconds: float,
    *,
    walking: float,
    upright: float,
) -> None:
    """Bring the hands that hold something to where things are carried."""
    # Of two things in one hand, the larger says how the arm carries them.
    for thing in sorted(held, key=lambda h: max(h.size_m)):
        share = 1.0
        if thing.start_s > 0:
            share = smoothstep((seconds - thing.start_s + 0.4) / 0.5)
        share *= smoothstep((thing.end_s + 0.5 - seconds) / 0.5)
        if share <= 0.0:
            continue
        for side in thing.sides:
            before = Hand(
                pose.hands[side],
                pose.elbows[side],
                float(pose.wrists[side, 0]),
                float(pose.wrists[side, 1]),
                float(pose.on_thighs[side]),
            )
            hand = before.toward(_carrying(s, thing, side, walking, upright), share)
            pose.hands[side] = hand.wrist
            pose.elbows[side] = hand.elbow
            pose.wrists[side, :2] = (hand.pronation, hand.flexion)
            pose.on_thighs[side] = hand.on_thigh
            pose.curls[side] += share * (np.array(_GRIP) - pose.curls[side])


def _carrying(
    s: Skeleton, thing: Held, side: int, walking: float, upright: float
) -> Hand:
    sign = 1.0 if side == 0 else -1.0
    h, (wide, tall, deep) = s.height_m, thing.size_m
    shoulder = s.joint("upper_arm_l") * (sign, 1.0, 1.0)
    if len(thing.sides) > 1:
        apart = min(max(wide / 2 / h, 0.05), 0.16)
        belly = 0.072 * h * (1 + 0.55 * s.build) + min(deep / 2, 0.16)
        hugged = wide <= _HUGGED_M[0] and tall <= _HUGGED_M[1]
        low = (0.12 if hugged else 0.19) * h
        wrist = np.array([sign * apart * h, shoulder[1] - low, belly + 0.05 * h])
        return Hand(wrist, np.array([sign * 0.8, -0.6, -0.8]), pronation=-0.35)
    thin, thick, long = _SHEAF_M
    sheaf = upright > 0.5 and thin < tall < thick and max(wide, deep) > long
    if sheaf or tall > _HANGS_M or max(wide, deep) > 2 * _HANGS_M:
        return hanging(s, side, swing=0.04, bend=0.02)
    upper, lower = s.arm_m
    lift = 0.20 + 0.15 * (1 - walking)
    wrist = shoulder + np.array(
        [sign * 0.02 * h, -upper + lower * (lift - 0.25), 0.04 * h + 0.93 * lower]
    )
    return Hand(wrist, np.array([sign * 0.4, -0.6, -1.0]), pronation=0.0, flexion=0.0)
