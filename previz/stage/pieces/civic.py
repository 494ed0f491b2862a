"""Fronts of public buildings, and what waits before them."""

from __future__ import annotations

import numpy as np

from previz.model import Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, lit_pane, main, shade
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    lathe,
    moved,
    prism,
    quads,
    tube,
    turned,
)
from previz.stage.pieces.street import sign

__all__ = ["KINDS"]

PANE = Coat((0.05, 0.065, 0.08), Matter.GLASS)
STONE = Coat((0.42, 0.4, 0.36), Matter.STONE)
STEEL = Coat((0.2, 0.21, 0.22), Matter.METAL)
DARK = Coat((0.05, 0.052, 0.055), Matter.PLASTIC)
STAINED = Coat((0.022, 0.026, 0.045), Matter.PLASTIC)
WARM = (1.0, 0.84, 0.6)


def _glazed(x: float, y: float, w: float, h: float, z: float, coat: Coat) -> Solid:
    return quads(
        [
            [
                (x - w / 2, y, z),
                (x + w / 2, y, z),
                (x + w / 2, y + h, z),
                (x - w / 2, y + h, z),
            ]
        ],
        coat,
    )


def modern_front(piece: SetPiece) -> list[Solid]:
    """A public building of bands of windows; lit double doors under a canopy."""
    w, h, d = piece.size_m
    wall, z = main(piece), d / 2
    rng = np.random.default_rng(piece.seed)
    solids = [
        box((w, h, d), (0, 0, 0), wall),
        box((w + 0.1, 0.3, d + 0.1), (0, h, 0), shade(wall, 0.7)),
    ]
    floors = max(1, int((h - 3.6) / 3.2))
    for k in range(floors):
        y = 4.6 + k * 3.2
        solids.append(box((w, 0.14, 0.12), (0, y - 0.24, z + 0.05), STONE))
        count = max(2, round(w / 1.9))
        for n in range(count):
            x = -w / 2 + w * (n + 0.5) / count
            lit = float(rng.uniform(1.5, 5.0)) if rng.random() < 0.35 else 0.0
            pane = lit_pane(WARM, lit) if lit else PANE
            solids.append(_glazed(x, y, w / count * 0.8, 1.6, z + 0.015, pane))
            solids.append(box((0.05, 1.6, 0.05), (x, y, z + 0.03), STEEL))
    return solids + _entrance(piece, w, z)


def _entrance(piece: SetPiece, w: float, z: float) -> list[Solid]:
    """Glazed doors up a step, a canopy on two posts, a lit name above."""
    trim = accent(piece, Matter.PLASTIC)
    wide = min(7.0, w * 0.5)
    solids = [
        box((wide, 0.12, 3.0), (0, 0, z + 1.5), STONE, bevel=0.03),
        box((wide, 0.34, 3.0), (0, 3.05, z + 1.5), trim, bevel=0.03),
        box((wide * 0.92, 0.04, 1.6), (0, 3.02, z + 1.4), glow(WARM, 160.0)),
        box((4.4, 2.9, 0.1), (0, 0.1, z + 0.03), DARK),
    ]
    for k in range(4):
        x = -1.59 + 1.06 * k
        level = 7.0 if k in (1, 2) else 5.0
        solids.append(_glazed(x, 0.3, 0.94, 2.3, z + 0.09, lit_pane(WARM, level)))
        solids.append(_glazed(x, 2.66, 0.94, 0.3, z + 0.09, lit_pane(WARM, level)))
        solids.append(box((0.05, 0.5, 0.05), (x + 0.36, 1.0, z + 0.12), STEEL))
        solids.append(box((0.94, 0.1, 0.04), (x, 1.0, z + 0.1), STEEL))
    for s in (-1, 1):
        solids.append(
            cylinder(0.09, 3.0, (s * (wide / 2 - 0.4), 0.1, z + 2.6), STEEL, segments=9)
        )
        room = max(0.3, w / 2 - wide / 2 - 0.8)
        count = max(1, round(room / 2.2))
        for n in range(count):
            x = s * (wide / 2 + 0.4 + room * (n + 0.5) / count)
            solids.append(_glazed(x, 1.0, room / count * 0.75, 1.7, z + 0.015, PANE))
            solids.append(
                box((room / count * 0.8, 0.1, 0.14), (x, 0.9, z + 0.05), STONE)
            )
    return solids + _name(piece, min(4.6, w * 0.4), 3.46, z + 2.9)


def _name(piece: SetPiece, wide: float, y: float, z: float) -> list[Solid]:
    """A lit name, as wide as given."""
    board = piece.changed(
        size_m=(max(0.9, wide), 0.55, 0.14),
        color=(0.05, 0.06, 0.08),
        accent=(0.9, 0.95, 1.0),
    )
    return [moved(part, (0, y, z)) for part in sign(board)]


def classical_front(piece: SetPiece) -> list[Solid]:
    """A public building of stone: steps, columns, a pediment, tall doors."""
    w, h, d = piece.size_m
    wall, z = main(piece, Matter.STONE), d / 2
    trim = shade(wall, 1.12)
    solids = [
        box((w, h * 0.86, d), (0, 0, 0), wall),
        box((w + 0.4, 0.4, d + 0.4), (0, h * 0.86, 0), trim, bevel=0.05),
    ]
    wide, rise = min(10.0, w * 0.56), 0.75
    for k in range(5):
        tread = (wide + 0.3 * (5 - k), rise / 5, 3.8 - 0.34 * k)
        solids.append(box(tread, (0, k * rise / 5, z + tread[2] / 2), STONE))
    tall = h * 0.62
    for k in range(6):
        x = -wide / 2 + 0.5 + (wide - 1.0) * k / 5
        r = 0.3
        shaft = [(r * 1.3, 0), (r * 1.3, 0.16), (r, 0.3), (r * 0.84, tall - 0.4),
                 (r * 1.25, tall - 0.14), (r * 1.25, tall)]  # fmt: skip
        solids.append(lathe(shaft, trim, at=(x, rise, z + 1.7), segments=12))
    top = rise + tall
    solids.append(box((wide + 0.6, 0.6, 2.6), (0, top, z + 1.1), trim, bevel=0.04))
    gable = [(-wide / 2 - 0.5, 0), (wide / 2 + 0.5, 0), (0, h * 0.2)]
    solids.append(prism(gable, 2.8, (0, top + 0.6, z + 1.1), trim))
    bronze = Coat(piece.accent, Matter.WOOD)
    solids.append(box((2.2, 3.5, 0.12), (0, rise, z + 0.03), STONE))
    for s in (-1, 1):
        leaf = box((0.9, 3.2, 0.1), (s * 0.47, rise, z + 0.08), bronze, bevel=0.01)
        solids.append(leaf)
        for y in (0.3, 1.3, 2.3):
            panel = box((0.66, 0.75, 0.05), (s * 0.47, rise + y, z + 0.12),
                        shade(bronze, 0.75), bevel=0.02)  # fmt: skip
            solids.append(panel)
        solids += _side_windows(s, w, wide, h, z)
    return solids


def _side_windows(s: int, w: float, wide: float, h: float, z: float) -> list[Solid]:
    """Two storeys of windows on one side of the portico."""
    room = max(0.3, w / 2 - wide / 2 - 0.6)
    count = max(1, round(room / 2.4))
    solids = []
    for n in range(count):
        x = s * (wide / 2 + 0.3 + room * (n + 0.5) / count)
        for y, tall in ((1.3, h * 0.24), (h * 0.5, h * 0.2)):
            pane = lit_pane(WARM, 4.0) if (n + int(y)) % 3 == 0 else PANE
            solids.append(_glazed(x, y, 1.1, tall, z + 0.015, pane))
            solids.append(box((1.4, 0.14, 0.2), (x, y - 0.14, z + 0.06), STONE))
            solids.append(box((1.4, 0.2, 0.12), (x, y + tall, z + 0.04), STONE))
    return solids


def church_front(piece: SetPiece) -> list[Solid]:
    """A church: gabled nave, a tower with a spire, a pointed door, a round window."""
    w, h, d = piece.size_m
    wall, z = main(piece), d / 2
    slate = Coat((0.09, 0.095, 0.11), Matter.TILE)
    wood = Coat(piece.accent, Matter.WOOD)
    nave, eaves = w * 0.6, h * 0.34
    gable = [(-nave / 2, 0), (nave / 2, 0), (nave / 2, eaves), (0, h * 0.6),
             (-nave / 2, eaves)]  # fmt: skip
    side = w * 0.3
    solids = [prism(gable, d, (0, 0, 0), wall)]
    for s in (-1, 1):
        slope = [(0, h * 0.6), (s * (nave / 2 + 0.3), eaves - 0.2),
                 (s * (nave / 2 + 0.3), eaves + 0.05), (0, h * 0.6 + 0.28)]  # fmt: skip
        solids.append(prism(slope[::s], d + 0.4, (0, 0, 0), slate))
    solids.append(box((side, h * 0.66, side), (nave / 2 + side * 0.3, 0, z - side / 2),
                      shade(wall, 0.95)))  # fmt: skip
    solids.append(
        lathe([(side * 0.72, 0), (0.04, h * 0.34)], slate, segments=4,
              at=(nave / 2 + side * 0.3, h * 0.66, z - side / 2))
    )  # fmt: skip
    arch = [(-0.8, 0), (0.8, 0), (0.8, 1.9), (0.45, 2.5), (0, 2.8), (-0.45, 2.5),
            (-0.8, 1.9)]  # fmt: skip
    solids.append(prism([(x * 1.25, y * 1.1) for x, y in arch], 0.2, (0, 0, z), STONE))
    solids.append(prism(arch, 0.16, (0, 0.1, z + 0.06), wood))
    solids.append(box((2.8, 0.16, 1.4), (0, 0, z + 0.7), STONE, bevel=0.03))
    solids += _church_windows(w, h, d, wall)
    ring = [(1.0 * float(np.cos(a)), 1.0 * float(np.sin(a)))
            for a in np.linspace(0, 2 * np.pi, 16, endpoint=False)]  # fmt: skip
    solids.append(prism([(x * 0.9, y * 0.9) for x, y in ring], 0.1,
                        (0, h * 0.4, z + 0.01), STONE))  # fmt: skip
    solids.append(prism([(x * 0.72, y * 0.72) for x, y in ring], 0.14,
                        (0, h * 0.4, z + 0.02), STAINED))  # fmt: skip
    for k in range(4):
        spoke = box((0.05, 1.4, 0.05), (0, -0.7, 0), STONE)
        spoke = turned(spoke, roll_deg=45.0 * k)
        solids.append(moved(spoke, (0, h * 0.4, z + 0.1)))
    return solids


def _church_windows(w: float, h: float, d: float, wall: Coat) -> list[Solid]:
    """Lancets, buttresses and string courses; louvres, clock and cross of the tower."""
    z, nave, side = d / 2, w * 0.6, w * 0.3
    tower, front = nave / 2 + side * 0.3, shade(wall, 0.85)
    solids: list[Solid] = []
    for s in (-1, 1):
        x = s * nave * 0.31
        solids += _lancet(x, h * 0.11, 0.75, h * 0.22, z)
        for z_ in (z - 0.9, 0.0, -z + 0.9):
            foot = (s * (nave / 2 + 0.22), 0, z_)
            if s < 0 or z_ < z - side:
                solids.append(box((0.5, h * 0.26, 0.7), foot, front, bevel=0.04))
        solids.append(
            box((0.55, h * 0.3, 0.5), (s * nave / 2, 0, z), front, bevel=0.04)
        )
    solids += _lancet(tower, h * 0.14, 0.6, h * 0.16, z)
    for k in range(6):
        louvre = (1.1, 0.12, 0.14)
        solids.append(
            box(louvre, (tower, h * (0.52 + 0.018 * k), z + 0.03), shade(STONE, 0.45))
        )
    for y in (h * 0.34, h * 0.49, h * 0.65):
        band = (side + 0.24, 0.22, side + 0.24)
        solids.append(box(band, (tower, y, z - side / 2), STONE, bevel=0.03))
    solids.append(box((nave, 0.2, 0.12), (0, h * 0.335, z + 0.03), STONE))
    face = lathe([(0.75, 0.0), (0.75, 0.06), (0.01, 0.07)], STONE, segments=18)
    solids.append(moved(turned(face, pitch_deg=90.0), (tower, h * 0.425, z)))
    for turn, long in ((0.0, 0.55), (110.0, 0.38)):
        hand = turned(box((0.05, long, 0.03), (0, 0, 0), DARK), roll_deg=turn)
        solids.append(moved(hand, (tower, h * 0.425, z + 0.09)))
    gilt = Coat((0.5, 0.36, 0.12), Matter.METAL)
    for size, y in (((0.1, 1.3, 0.1), h), ((0.7, 0.1, 0.1), h + 0.8)):
        solids.append(box(size, (tower, y, z - side / 2), gilt))
    return solids


def _lancet(x: float, y: float, w: float, h: float, z: float) -> list[Solid]:
    """A tall pointed window in a stone surround, with a bar down its middle."""
    arch = [(-w / 2, 0.0), (w / 2, 0.0), (w / 2, h * 0.78), (w * 0.3, h * 0.91),
            (0.0, h), (-w * 0.3, h * 0.91), (-w / 2, h * 0.78)]  # fmt: skip
    wide = [(a * 1.45, b * 1.06 - 0.1) for a, b in arch]
    return [
        prism(wide, 0.12, (x, y, z), STONE),
        prism(arch, 0.14, (x, y, z + 0.01), STAINED),
        box((0.06, h * 0.96, 0.06), (x, y, z + 0.07), STONE),
        box((w, 0.06, 0.06), (x, y + h * 0.5, z + 0.07), STONE),
        box((w * 1.7, 0.14, 0.3), (x, y - 0.2, z + 0.06), STONE, bevel=0.02),
    ]


def bus_stop(piece: SetPiece) -> list[Solid]:
    """A shelter with a glazed back and a post; open at +z."""
    w, h, d = piece.size_m
    roof = main(piece, Matter.PLASTIC)
    solids = [
        box((w, 0.1, d), (0, h - 0.1, 0), roof, bevel=0.03),
        box((w * 0.9, 0.04, 0.12), (0, h - 0.15, 0), glow(WARM, 120.0)),
    ]
    for s in (-1, 1):
        for z in (-d / 2 + 0.06, d / 2 - 0.06):
            solids.append(
                cylinder(0.035, h - 0.1, (s * (w / 2 - 0.06), 0, z), STEEL, segments=7)
            )
    for y in (0.35, h * 0.5, h - 0.3):
        solids.append(box((w, 0.05, 0.04), (0, y, -d / 2 + 0.06), STEEL))
    poster = Coat(piece.accent, Matter.PAPER)
    solids.append(box((0.05, h * 0.55, d * 0.7), (w / 2 - 0.06, 0.5, 0), poster))
    solids.append(cylinder(0.03, h * 1.1, (-w / 2 - 0.35, 0, d * 0.4), STEEL))
    solids.append(box((0.42, 0.42, 0.04), (-w / 2 - 0.35, h * 0.95, d * 0.4), poster))
    return solids


def trolley(piece: SetPiece) -> list[Solid]:
    """A steel trolley with two shelves, castors and a handle; one wheel is loose."""
    w, h, d = piece.size_m
    steel = main(piece, Matter.METAL)
    solids = [
        box((w * 0.92, 0.04, d * 0.96), (0, y, 0), steel, bevel=0.01)
        for y in (h * 0.26, h * 0.8)
    ]
    lip = shade(steel, 0.8)
    for s in (-1, 1):
        solids.append(box((w * 0.92, 0.07, 0.02), (0, h * 0.8, s * d * 0.47), lip))
        for t in (-1, 1):
            x, z = s * w * 0.43, t * d * 0.43
            solids.append(cylinder(0.014, h * 0.76, (x, h * 0.1, z), lip, segments=6))
            wheel = tube(
                [(x - 0.02, 0.06, z), (x + 0.02, 0.06, z)], 0.06, DARK, sides=10
            )
            solids.append(wheel)
    bar = [(w * 0.43, h * 0.84, -d * 0.43), (w * 0.5, h, -d * 0.4),
           (w * 0.5, h, d * 0.4), (w * 0.43, h * 0.84, d * 0.43)]  # fmt: skip
    solids.append(tube(bar, 0.014, lip))
    cloth = Coat(piece.accent, Matter.CLOTH)
    solids.append(box((w * 0.4, h * 0.1, d * 0.5), (-w * 0.15, h * 0.84, 0), cloth,
                      bevel=0.03))  # fmt: skip
    solids.append(box((w * 0.3, h * 0.2, d * 0.4), (w * 0.1, h * 0.3, 0),
                      Coat((0.4, 0.4, 0.38), Matter.PLASTIC), bevel=0.02))  # fmt: skip
    return solids


def payphone(piece: SetPiece) -> list[Solid]:
    """A coin telephone in its hood on a post; front at +z."""
    w, h, d = piece.size_m
    hood = main(piece, Matter.PLASTIC)
    low, tall = h * 0.5, h * 0.48
    solids = [
        cylinder(0.05, low, (0, 0, -d * 0.3), STEEL, segments=8),
        box((w, tall, 0.05), (0, low, -d * 0.42), hood),
        box((w, 0.06, d), (0, low + tall, 0), hood, bevel=0.02),
        box((w * 0.5, tall * 0.7, d * 0.36), (0, low + tall * 0.12, -d * 0.2), DARK,
            bevel=0.03),
        box((w * 0.3, tall * 0.24, 0.02), (w * 0.04, low + tall * 0.3, 0), STEEL),
        box((w * 0.9, 0.03, 0.03), (0, low + tall - 0.02, d * 0.4), glow(WARM, 40.0)),
    ]  # fmt: skip
    for s in (-1, 1):
        solids.append(box((0.04, tall, d * 0.8), (s * w * 0.48, low, -d * 0.05), hood))
    x, y, z = -w * 0.16, low + tall * 0.3, 0.02
    solids.append(tube([(x, y, z), (x, y + tall * 0.35, z)], 0.025, DARK))
    return solids


def suitcase(piece: SetPiece) -> list[Solid]:
    """A suitcase standing on its long edge, its handle up."""
    w, h, d = piece.size_m
    hide, steel = main(piece, Matter.LEATHER), Coat((0.45, 0.36, 0.18), Matter.METAL)
    body = h * 0.9
    solids = [
        box((w, body, d), (0, 0, 0), hide, bevel=0.025),
        box((w * 1.01, 0.015, d * 1.01), (0, body * 0.5, 0), shade(hide, 0.5)),
    ]
    handle = [
        (-w * 0.12, body, 0),
        (-w * 0.1, h, 0),
        (w * 0.1, h, 0),
        (w * 0.12, body, 0),
    ]
    solids.append(tube(handle, 0.014, shade(hide, 0.5)))
    for s in (-1, 1):
        solids.append(box((0.05, 0.05, 0.02), (s * w * 0.3, body - 0.08, d / 2), steel))
        solids.append(
            box((0.035, body * 1.005, d * 1.02), (s * w * 0.36, 0, 0), shade(hide, 0.7))
        )
    return solids


KINDS = {
    "modern-front": modern_front,
    "classical-front": classical_front,
    "church-front": church_front,
    "bus-stop": bus_stop,
    "trolley": trolley,
    "payphone": payphone,
    "suitcase": suitcase,
}
