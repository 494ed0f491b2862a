"""Why nobody can stand or get somewhere, in the words of a set."""

from __future__ import annotations

import math

from previz.direct.floor import Floor, apart_m
from previz.model import SetPiece, Vec3

__all__ = ["no_room", "no_time", "no_way"]

_LOW_M, _CHEST_M = 0.3, 1.4
"""What is lower is stepped over, what begins higher is walked under."""
_NEAR_M = 0.5


def no_room(floor: Floor, place: Vec3, near: Vec3) -> str:
    """Say what stands where somebody would have to, and how far the next room is.

    Args:
        floor: Of the set.
        place: Where nobody can stand.
        near: The nearest place where one can.
    """
    if not floor.contains(place, margin_m=0.0):
        why = "that is outside of the set"
    else:
        pieces = [piece for piece in floor.set_.pieces if _stands_up(piece)]
        piece = min(pieces, key=lambda one: _off_m(one, place), default=None)
        found = piece is not None and _off_m(piece, place) <= _NEAR_M
        name = piece.kind.replace("-", " ") if piece is not None and found else "wall"
        why = f"the {name} is in the way"
    off = f"{apart_m(place, near):.1f} m"
    return f"Nobody can stand there: {why}. There is room {off} off."


def no_way(goal: Vec3, near: Vec3) -> str:
    """Say that no way leads somewhere, and how far from it one ends."""
    return (
        "No way leads there between walls and furniture. The nearest place that one "
        f"leads to is {apart_m(goal, near):.1f} m off."
    )


def no_time(long_m: float, *, arrive: int, leave: int, earliest: int) -> str:
    """Say that a way is too long for the time there is."""
    return (
        f"There is no time to walk the {long_m:.1f} m: the mark before is reached at "
        f"frame {leave}, this one at {arrive}. Put it nearer, or reach it at frame "
        f"{earliest} or later."
    )


def _stands_up(piece: SetPiece) -> bool:
    base = piece.position_m[1]
    return base < _CHEST_M and base + piece.size_m[1] > _LOW_M


def _off_m(piece: SetPiece, place: Vec3) -> float:
    """Return how far a place on the floor is from a piece, in metres; 0 on it."""
    x, z = place[0] - piece.position_m[0], place[2] - piece.position_m[2]
    yaw = math.radians(piece.yaw_deg)
    across = x * math.cos(yaw) - z * math.sin(yaw)
    along = x * math.sin(yaw) + z * math.cos(yaw)
    return math.hypot(
        max(abs(across) - piece.size_m[0] / 2, 0.0),
        max(abs(along) - piece.size_m[2] / 2, 0.0),
    )
