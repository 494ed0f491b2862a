"""A picture house: its foyer behind the doors, its marquee over the pavement."""

from __future__ import annotations

from previz.model import RGB, Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.lettering import lettered
from previz.stage.pieces.solids import Solid, box, moved, quads, turned

__all__ = [
    "FOYER_M",
    "KINDS",
    "MARQUEE_M",
    "board_m",
    "booth_m",
    "entrance_m",
]

FOYER_M = (2.6, 2.2)
"""Depth and height of the foyer."""
MARQUEE_M = (0.95, 2.1)
"""Height of the marquee, and how far it stands out."""
_BOARD_LOW_M = 2.32
"""Where the letters of the marquee's board stand."""

_STONE = Coat((0.42, 0.4, 0.36), Matter.STONE)
_DARK = Coat((0.03, 0.03, 0.035), Matter.PLASTIC)
_WARM: RGB = (1.0, 0.78, 0.48)
_TILE = Coat((0.16, 0.05, 0.045), Matter.TILE)
_LETTER = Coat((0.05, 0.012, 0.01), Matter.PLASTIC)
_BOOTH_M = 0.8


def entrance_m(piece: SetPiece) -> float:
    """Return how wide the entrance between the flanks is, metres."""
    return min(6.0, piece.size_m[0] * 0.58)


def board_m(piece: SetPiece) -> tuple[float, float, float]:
    """Return half the width of the marquee's board, its foot, and how far ahead it is.

    In the piece's own space, metres.
    """
    half = (entrance_m(piece) + 0.7) / 2
    return half, _BOARD_LOW_M, piece.size_m[2] / 2 + MARQUEE_M[1] + 0.02


def booth_m(piece: SetPiece) -> tuple[float, float, float]:
    """Return the booth window's width, its foot, and how far ahead its pane is.

    In the piece's own space, metres.
    """
    return _BOOTH_M, FOYER_M[1] + MARQUEE_M[0] + 1.9, piece.size_m[2] / 2 + 0.02


def pane(piece: SetPiece) -> list[Solid]:
    """A pane before a window; as an emitter it glows in its colour, in cd/m²."""
    red, green, blue = piece.color
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    lit = piece.matter is Matter.EMITTER
    coat = glow(piece.color, luminance) if lit else main(piece)
    return [box(piece.size_m, (0, 0, 0), coat)]


def picture_house(piece: SetPiece) -> list[Solid]:
    """A cinema's front: flanks with posters, an open foyer, the marquee and its sign.

    The doors are a wall of their own before the foyer. A lone square window, that of
    the projection booth, glows high above the marquee.
    """
    w, h, d = piece.size_m
    wall, z, wide = main(piece), d / 2, entrance_m(piece)
    deep, high = FOYER_M
    h, back = max(h, high + MARQUEE_M[0] + 0.8), max(d - deep, 0.1)
    flank = (w - wide) / 2
    solids = [
        box((w, h - high, d), (0, high, 0), wall),
        box((w + 0.3, 0.3, d + 0.3), (0, h - 0.3, 0.1), _STONE, bevel=0.04),
        box((wide, high, back), (0, 0, (back - d) / 2), wall),
        box((wide, 0.02, deep), (0, -0.005, z - deep / 2), _TILE),
    ]
    for s in (-1, 1):
        x = s * (w - flank) / 2
        solids.append(box((flank, high, d), (x, 0, 0), wall))
        solids.append(box((flank, 0.7, 0.06), (x, 0, z + 0.03), _STONE, bevel=0.01))
        solids += _poster(x, z, s)
        for k in range(2):
            at = s * (wide / 2 - 0.3 + k * (flank - 0.1))
            rib = (0.34, h - high - MARQUEE_M[0] - 0.6, 0.24)
            foot = high + MARQUEE_M[0]
            solids.append(box(rib, (at, foot, z + 0.12), shade(wall, 1.15), bevel=0.03))
    return [*solids, *_foyer(wide, z), *_booth(piece), *_marquee(piece), *_blade(piece)]


def _poster(x: float, z: float, side: int) -> list[Solid]:
    """A lit case with a poster on a flank."""
    tint: RGB = (0.32, 0.07, 0.05) if side < 0 else (0.05, 0.11, 0.2)
    paper, print_ = Coat(tint, Matter.PAPER), Coat((0.5, 0.42, 0.3), Matter.PAPER)
    return [
        box((1.0, 1.45, 0.1), (x, 0.85, z + 0.05), _DARK, bevel=0.02),
        box((0.84, 1.25, 0.02), (x, 0.95, z + 0.11), paper),
        box((0.5, 0.5, 0.01), (x, 1.45, z + 0.125), print_),
        box((0.84, 0.05, 0.06), (x, 2.23, z + 0.13), glow(_WARM, 20.0)),
    ]


def _foyer(wide: float, z: float) -> list[Solid]:
    """The foyer's back wall with its curtained ways in, under a dim ceiling lamp."""
    deep, high = FOYER_M
    back = z - deep + 0.03
    solids = [
        box((wide, high, 0.04), (0, 0, back), Coat((0.24, 0.09, 0.06), Matter.CLOTH)),
        box((wide * 0.5, 0.05, 0.5), (0, high - 0.06, z - 1.3), glow(_WARM, 40.0)),
    ]
    for s in (-1, 1):
        at = (s * wide * 0.26, 0, back + 0.04)
        solids.append(box((1.3, 2.1, 0.05), at, Coat((0.1, 0.015, 0.02), Matter.CLOTH)))
    return solids


def _booth(piece: SetPiece) -> list[Solid]:
    """The booth's small square window, alone above the marquee."""
    wide, y, front = booth_m(piece)
    half, z = wide / 2, piece.size_m[2] / 2
    ring = [
        (-half, y, front),
        (half, y, front),
        (half, y + wide, front),
        (-half, y + wide, front),
    ]
    return [
        quads([ring], glow(_WARM, 30.0)),
        box((_BOOTH_M + 0.3, 0.12, 0.16), (0, y - 0.12, z + 0.06), _STONE),
        box((_BOOTH_M + 0.2, 0.16, 0.1), (0, y + _BOOTH_M, z + 0.04), _STONE),
        box((0.04, _BOOTH_M, 0.04), (0, y, z + 0.03), _DARK),
    ]


def _marquee(piece: SetPiece) -> list[Solid]:
    """The canopy: white boards for letters on three sides, bulbs under it."""
    high, out = MARQUEE_M
    wide, z = entrance_m(piece) + 0.9, piece.size_m[2] / 2
    trim = accent(piece, Matter.PLASTIC)
    foot = FOYER_M[1]
    board = glow((1.0, 0.94, 0.8), 3.0)
    solids = [
        box((wide, high, out), (0, foot, z + out / 2), trim, bevel=0.02),
        box((wide - 0.5, 0.03, 0.14), (0, foot - 0.02, z + 0.5), glow(_WARM, 25.0)),
        box((wide - 0.5, 0.03, 0.14), (0, foot - 0.02, z + 1.5), glow(_WARM, 25.0)),
    ]
    face = (wide - 0.2, high - 0.28)
    panel = box((*face, 0.02), (0, _BOARD_LOW_M - 0.02, z + out + 0.01), board)
    solids.append(panel)
    for y in (_BOARD_LOW_M - 0.03, _BOARD_LOW_M + face[1] - 0.02):
        solids.append(box((face[0], 0.03, 0.05), (0, y, z + out + 0.02), _DARK))
    for s in (-1, 1):
        side = box((out - 0.3, face[1], 0.02), (0, 0, 0), board)
        place = (s * (wide / 2 + 0.01), _BOARD_LOW_M - 0.02, z + out / 2)
        solids.append(moved(turned(side, yaw_deg=90.0), place))
    at = (0.0, _BOARD_LOW_M + 0.08, z + out + 0.024)
    return solids + lettered(
        piece.lettering, width_m=face[0] * 0.92, height_m=face[1] - 0.2, at=at,
        coat=_LETTER,
    )  # fmt: skip


def _blade(piece: SetPiece) -> list[Solid]:
    """The upright sign above one end of the marquee, CINEMA down both its sides."""
    _, h, d = piece.size_m
    foot = FOYER_M[1] + MARQUEE_M[0] + 0.5
    tall = min(max(h - foot - 0.8, 1.0), 4.8)
    x, z = -entrance_m(piece) / 2 - 0.1, d / 2 + 0.75
    solids = [
        box((0.26, tall, 0.95), (x, foot, z), accent(piece, Matter.PLASTIC), bevel=0.03)
    ]
    word = "CINEMA"
    each = (tall - 0.4) / len(word)
    coat = glow(piece.accent if max(piece.accent) > 0.5 else (1.0, 0.3, 0.16), 40.0)
    for k, letter in enumerate(word):
        y = foot + tall - 0.2 - each * (k + 0.86)
        for s in (-1, 1):
            sign = lettered(
                letter, width_m=0.6, height_m=each * 0.72, at=(0, 0, 0), coat=coat
            )
            solids += [
                moved(turned(part, yaw_deg=90.0 * s), (x + s * 0.145, y, z))
                for part in sign
            ]
    return solids


KINDS = {"pane": pane, "picture-house": picture_house}
