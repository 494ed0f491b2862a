"""How a thing lies in a hand: where it is taken, which way up, what it keeps level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from previz.model import SetPiece, Vec3
from previz.stage.rotation import about, rigid

__all__ = ["Carry", "carried", "carry_of"]

_HOLLOW_M = 0.02
"""Half the width of what fits into a fist; what is wider lies before the palm."""
_FOLLOWS_DEG, _UPRIGHT_DEG = 65.0, 88.0
"""A cup tilts with the hand up to the first; a hand tilted by more than the second
holds it upright between its fingers."""
_LOWEST = 0.35
"""Share of a box's height that is below the hands which carry it."""


@dataclass(frozen=True)
class Carry:
    """How one hand takes a kind of thing.

    Attributes:
        at: Where the fist closes, as shares of the size: x and z from the middle (-0.5
            to 0.5), y from the base (0 to 1).
        thumb: Direction in the thing that lies along the fist's axis, out at the
            thumb; of what hangs, the one that points ahead.
        ahead: Direction in the thing that points away from the forearm; of what hangs,
            the one that points up.
        keeps: What its turn keeps to: the hand's, the hand's while that is about
            level, or the vertical.
        other: What the left hand does: the same, the same turned about the fist's
            axis, or the same at the thing's other side.
        before_palm: Whether it lies before the palm where it is too wide for a fist.
    """

    at: Vec3 = (0.0, 0.5, 0.0)
    thumb: Vec3 = (0.0, 1.0, 0.0)
    ahead: Vec3 = (0.0, 0.0, 1.0)
    keeps: Literal["hand", "level", "hangs"] = "level"
    other: Literal["same", "turned", "side"] = "turned"
    before_palm: bool = False


_UP, _X, _Z = (0.0, 1.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)
_C, _S = math.cos(math.radians(40)), math.sin(math.radians(40))
_VESSEL = Carry(at=(0.0, 0.5, 0.0), before_palm=True)
_CUP = Carry(at=(-0.46, 0.5, 0.0))
_SHEET = Carry(
    at=(0.42, 0.5, 0.3),
    thumb=(0.0, _C, -_S),
    ahead=(0.0, -_S, -_C),
    keeps="hand",
    other="side",
)
_TOOL = Carry(
    at=(0.0, 0.5, -0.2),
    thumb=(0.0, math.sqrt(0.75), 0.5),
    ahead=(0.0, -0.5, math.sqrt(0.75)),
    keeps="hand",
    other="same",
)


def _hung(at: Vec3, *, up: Vec3 = _UP) -> Carry:
    return Carry(at=at, thumb=_X, ahead=up, keeps="hangs", other="same")


_CARRIES: dict[str, Carry] = {
    "cup": _CUP,
    "mug": _CUP,
    "plate": Carry(at=(-0.44, 0.8, 0.0)),
    "flowers": Carry(at=(0.0, 0.2, 0.0)),
    "table-lamp": Carry(at=(0.0, 0.35, 0.0)),
    "letter": _SHEET,
    "photo": _SHEET,
    "book": _SHEET,
    "newspaper": _SHEET,
    "film-strip": _hung((0.0, 0.5, 0.46), up=_Z),
    "chain": _hung((0.0, 0.2, 0.0)),
    "pen": _TOOL,
    "papers": _SHEET,
    "mobile": Carry(thumb=(0.0, 0.0, -1.0), ahead=(-1.0, 0.0, 0.0), keeps="hand"),
    "pistol": Carry(
        at=(-0.05, 0.5, -0.28), thumb=_X, ahead=_Z, keeps="hand", other="same"
    ),
    "bag": _hung((0.0, 0.985, 0.0)),
    "suitcase": _hung((0.0, 0.98, 0.0)),
    "lantern": _hung((0.0, 0.98, 0.0)),
    "chair": _hung((0.0, 0.95, -0.45)),
    "umbrella": _hung((0.0, 0.5, 0.28), up=_Z),
    "keys": _hung((0.0, 0.5, 0.1), up=(0.0, 0.0, -1.0)),
    "torch": _TOOL,
    "knife": _TOOL,
}


def carry_of(piece: SetPiece) -> Carry:
    """Return how a hand takes a piece; what the table lacks is held upright."""
    return _CARRIES.get(piece.kind, _VESSEL)


def carried(
    piece: SetPiece,
    grips: Sequence[NDArray[np.float64]],
    sides: Sequence[int],
    *,
    facing: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return world from prop for a thing in a hand or between two, shape (4, 4).

    Args:
        piece: The thing.
        grips: World from grip of each hand that holds it, shape (4, 4).
        sides: 0 for a left hand, 1 for a right one.
        facing: Where the body faces, level, of unit length, shape (3,).
    """
    if len(grips) == 2:
        middle = (grips[0][:3, 3] + grips[1][:3, 3]) / 2
        middle[1] -= _LOWEST * piece.size_m[1]
        return rigid(np.stack([np.cross(_UP, facing), _UP, facing], axis=1), middle)
    grip, side, carry = grips[0], sides[0], carry_of(piece)
    thumb, ahead = np.array(carry.thumb), np.array(carry.ahead)
    point = np.array(carry.at) * piece.size_m
    if side == 0 and carry.other == "side":
        point[0] = -point[0]
    spare = max(0.0, min(piece.size_m[0], piece.size_m[2]) / 2 - _HOLLOW_M)
    side_of_body = np.cross(_UP, facing) * (1.0 if side == 0 else -1.0)
    if carry.keeps == "hangs":
        world = np.stack([np.cross(_UP, facing), _UP, facing], axis=1)
        turn = world @ np.stack([np.cross(ahead, thumb), ahead, thumb])
        # What is wide hangs clear of the leg.
        aside = side_of_body * spare * 0.75
    else:
        palm = grip[:3, 0] * (1.0 if side == 1 else -1.0)
        aside = palm * spare * carry.before_palm
        own = np.stack([np.cross(thumb, ahead), thumb, ahead])
        if side == 0 and carry.other == "turned":
            own = own * np.array([[-1.0], [1.0], [-1.0]])
        turn = grip[:3, :3] @ own
        if carry.keeps == "level":
            turn = _leveled(turn)
    return rigid(turn, grip[:3, 3] - turn @ point + aside)


def _leveled(turn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the turn with a tilt that is too much taken out of it."""
    up = turn[:, 1]
    tilt = math.acos(min(max(float(up[1]), -1.0), 1.0))
    low, high = math.radians(_FOLLOWS_DEG), math.radians(_UPRIGHT_DEG)
    share = min(max((tilt - low) / (high - low), 0.0), 1.0)
    excess = tilt * share * share * (3 - 2 * share)
    axis = np.cross(up, _UP)
    length = float(np.linalg.norm(axis))
    if excess < 1e-9 or length < 1e-9:
        return turn
    return about(axis / length * excess) @ turn
