"""Where a hand holds a thing: the frame of its palm."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.stage.skeleton import BONE_INDEX, Skeleton

__all__ = ["grip_of", "palm_of"]

_OFF_PALM = 0.35
"""How far the axis of a held stick lies in front of the hand's bones, as a share of
wrist to knuckles."""

_ALONG = 0.82
"""Where the middle of the palm is between wrist and knuckles."""


def grip_of(bones: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Return world from grip, shape (4, 4): how a hand holds what it holds.

    The origin lies in the hollow of the palm. y runs along the axis of the fist out at
    the thumb, as a held cup stands or a stick points; z points away from the forearm,
    x is square to both. With the forearm level and the thumb up a cup stands upright.

    Args:
        bones: World from bone, shape (b, 4, 4).
        side: 0 left, 1 right.
    """
    hand, index, fingers = (
        bones[BONE_INDEX[f"{name}_{'lr'[side]}"], :3, 3]
        for name in ("hand", "index", "fingers")
    )
    return _frame(hand, index, fingers, side)


def palm_of(skeleton: Skeleton, side: int) -> NDArray[np.float64]:
    """Return hand from grip, shape (4, 4): `grip_of` in the axes of the hand's bone."""
    hand, index, fingers = (
        skeleton.joint(f"{name}_{'lr'[side]}") for name in ("hand", "index", "fingers")
    )
    return _frame(hand * 0.0, index - hand, fingers - hand, side)


def _frame(
    hand: NDArray[np.float64],
    index: NDArray[np.float64],
    fingers: NDArray[np.float64],
    side: int,
) -> NDArray[np.float64]:
    along = (index + fingers) / 2 - hand
    length = float(np.linalg.norm(along))
    z = along / length
    across = index - fingers
    y = across - (across @ z) * z
    y = y / np.linalg.norm(y)
    # Written out: `np.cross` of two single vectors takes ten times as long.
    x = np.array(
        [
            y[1] * z[2] - y[2] * z[1],
            y[2] * z[0] - y[0] * z[2],
            y[0] * z[1] - y[1] * z[0],
        ]
    )
    # A left palm looks to -x when its thumb is up and its fingers point ahead.
    palm = -x if side == 0 else x
    out = np.eye(4)
    out[:3, 0], out[:3, 1], out[:3, 2] = x, y, z
    out[:3, 3] = hand + length * (_ALONG * z + _OFF_PALM * palm)
    return out
