"""The booth window of a picture house: what it is called and where it is seen."""

from __future__ import annotations

import math

from previz.model import SetPiece, Vec3
from previz.stage.pieces.picture_house import booth_m

__all__ = ["BOOTH", "ahead", "booth_seen"]

BOOTH = ("booth-window",)
"""Words by which a set is asked for the window."""
_SHOWN = 6.0
"""Widths of the window that its picture is wide."""


def booth_seen(piece: SetPiece) -> tuple[Vec3, float]:
    """Return the middle of a booth window and the width to show, in metres."""
    wide, low, front = booth_m(piece)
    x, y, z = ahead(piece, front)
    return (x, y + low + wide / 2, z), _SHOWN * wide


def ahead(piece: SetPiece, off_m: float) -> Vec3:
    """Return the place `off_m` before a piece's middle, at its foot."""
    turn = math.radians(piece.yaw_deg)
    x, y, z = piece.position_m
    x, z = x + math.sin(turn) * off_m, z + math.cos(turn) * off_m
    return (round(x, 4), y, round(z, 4))
