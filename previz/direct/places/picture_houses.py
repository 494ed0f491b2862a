"""A picture house among a street's fronts, with doors that people go through."""

from __future__ import annotations

from previz.direct.places.dressing import Dressing
from previz.model import RGB, Matter, Opening, SetPiece
from previz.stage.pieces.picture_house import FOYER_M, entrance_m

__all__ = ["picture_house"]

_PROUD_M = 0.5
"""How far it stands before its neighbours."""
_RECESS_M = 0.25
_DOOR_M = (1.7, 2.08)
_RED: RGB = (0.2, 0.025, 0.02)
_BRASS: RGB = (0.3, 0.1, 0.045)


def picture_house(d: Dressing, index: int, front: float) -> None:
    """Put a picture house where a front of a row stood.

    Args:
        d: The street.
        index: Of the front among the pieces.
        front: Where the fronts stand; they face +z.
    """
    old = d.pieces[index]
    w, h, depth = old.size_m
    x, face = old.position_m[0], front + _PROUD_M
    house = d.add(
        "picture-house", (w, max(h, 10.0), depth), x, face - depth / 2,
        color=(0.23, 0.185, 0.14), accent=_RED, matter=Matter.PLASTER,
    )  # fmt: skip
    d.pieces[index] = d.pieces.pop()
    _doors(d, house, face)
    d.wish("marquee", ("marquee", "board", "letters", "sign"), x, face + 2.3, 180.0)


def _doors(d: Dressing, house: SetPiece, face: float) -> None:
    """Close the foyer with a wall of two double doors."""
    wide, (_, high) = entrance_m(house), FOYER_M
    each, tall = _DOOR_M
    d.add(
        "wall", (wide, high, 0.16), house.position_m[0], face - _RECESS_M,
        color=_BRASS, accent=(0.1, 0.035, 0.025), matter=Matter.WOOD,
        openings=tuple(
            Opening(kind="door", x_m=s * wide * 0.24, width_m=each, height_m=tall)
            for s in (-1, 1)
        ),
    )  # fmt: skip
