"""Fittings of public places: booths, bars of a cell, racks, benches, rows of seats."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from previz.model import RGB, Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.furniture import BOOK_COLORS, STEEL
from previz.stage.pieces.seating import cushion
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    lathe,
    moved,
    quads,
    tube,
    turned,
)

__all__ = ["KINDS"]

IRON = Coat((0.07, 0.072, 0.078), Matter.METAL)
GLASSWARE: tuple[RGB, ...] = (
    (0.1, 0.3, 0.16), (0.35, 0.2, 0.04), (0.08, 0.18, 0.34), (0.4, 0.42, 0.42),
)  # fmt: skip


def booth_seat(piece: SetPiece) -> list[Solid]:
    """A diner's upholstered bench with a high buttoned back; the sitter faces +z."""
    w, h, d = piece.size_m
    hide, frame = main(piece, Matter.LEATHER), accent(piece, Matter.WOOD)
    solids = [
        box((w, 0.3, d * 0.86), (0, 0, -d * 0.05), frame, bevel=0.01),
        cushion((w, 0.16, d * 0.8), (0, 0.3, d * 0.08), hide),
        box((w, h, 0.07), (0, 0, -d / 2 + 0.035), frame, bevel=0.015),
        tube([(-w / 2, h, -d / 2 + 0.035), (w / 2, h, -d / 2 + 0.035)], 0.025, STEEL),
    ]
    each = w / max(2, round(w / 0.3))
    for k in range(max(2, round(w / 0.3))):
        roll = cushion((each, h - 0.5, 0.12), (0, 0, 0), hide)
        solids.append(
            moved(
                turned(roll, pitch_deg=-7), (-w / 2 + each * (k + 0.5), 0.45, -d * 0.28)
            )
        )
    return solids


def waiting_seats(piece: SetPiece) -> list[Solid]:
    """A row of joined shells on a beam, one each 0.58 m."""
    w, h, d = piece.size_m
    shell, steel = main(piece, Matter.PLASTIC), accent(piece, Matter.METAL)
    count = max(1, round(w / 0.58))
    each = w / count
    solids = [box((w, 0.06, 0.08), (0, 0.32, 0), steel, bevel=0.01)]
    for k in range(count):
        x = -w / 2 + each * (k + 0.5)
        seat = box((each - 0.07, 0.05, d * 0.72), (x, 0.4, d * 0.06), shell, bevel=0.02)
        back = box((each - 0.07, h - 0.45, 0.045), (0, 0, 0), shell, bevel=0.02)
        solids += [seat, moved(turned(back, pitch_deg=-12), (x, 0.44, -d * 0.28))]
    for s in (-1, 1):
        x = s * (w / 2 - 0.3)
        solids.append(box((0.05, 0.32, 0.05), (x, 0, 0), steel))
        solids.append(box((0.05, 0.03, d * 0.8), (x, 0, 0), steel, bevel=0.008))
        solids.append(box((0.045, 0.03, d * 0.5), (s * (w / 2), 0.62, 0.05), steel))
        solids.append(box((0.03, 0.2, 0.04), (s * (w / 2), 0.42, 0.05), steel))
    return solids


def cell_bars(piece: SetPiece) -> list[Solid]:
    """Bars from floor to head with a barred gate in their middle."""
    w, h, _ = piece.size_m
    iron = main(piece, Matter.METAL)
    solids = [box((w, 0.06, 0.05), (0, y, 0), iron) for y in (0.0, 1.05, h - 0.06)]
    count = max(4, round(w / 0.13))
    for k in range(count + 1):
        x = -w / 2 + w * k / count
        solids.append(cylinder(0.014, h - 0.02, (x, 0.01, 0), iron, segments=6))
    for s in (-1, 1):
        solids.append(box((0.07, h, 0.07), (s * 0.46, 0, 0), iron))
    solids.append(box((0.2, 0.26, 0.09), (0.34, 0.98, 0), shade(iron, 1.6), bevel=0.01))
    return solids


def lockers(piece: SetPiece) -> list[Solid]:
    """A run of steel lockers with louvres."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.PLASTIC)
    count = max(1, round(w / 0.38))
    each = w / count
    solids = [
        box((w, h - 0.08, d - 0.02), (0, 0.08, -0.01), shade(coat, 0.7)),
        box((w - 0.04, 0.08, d - 0.08), (0, 0, -0.02), shade(coat, 0.4)),
    ]
    for k in range(count):
        x = -w / 2 + each * (k + 0.5)
        front = (each - 0.012, h - 0.11, 0.015)
        solids.append(box(front, (x, 0.095, d / 2 - 0.012), coat, bevel=0.004))
        for n in range(4):
            slot = (each * 0.5, 0.012, 0.006)
            at = (x, h - 0.16 - 0.035 * n, d / 2 - 0.002)
            solids.append(box(slot, at, shade(coat, 0.3)))
        solids.append(box((0.02, 0.1, 0.02), (x + each * 0.34, h * 0.5, d / 2), STEEL))
    return solids


def pallet_rack(piece: SetPiece) -> list[Solid]:
    """High racking with cartons on pallets."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    post, beam = main(piece, Matter.METAL), accent(piece, Matter.METAL)
    solids = [
        box((0.09, h, 0.07), (sx * (w / 2 - 0.045), 0, sz * (d / 2 - 0.04)), post)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    levels = max(1, int(h / 1.35))
    pale = Coat((0.36, 0.25, 0.14), Matter.WOOD)
    for level in range(levels):
        y = level * (h - 0.2) / levels
        if level:
            for sz in (-1, 1):
                solids.append(
                    box((w, 0.12, 0.05), (0, y - 0.12, sz * (d / 2 - 0.04)), beam)
                )
        for k in range(max(1, round(w / 1.3))):
            if rng.random() < 0.14:
                continue
            each = w / max(1, round(w / 1.3))
            x = -w / 2 + each * (k + 0.5)
            solids.append(box((each * 0.86, 0.12, d * 0.9), (x, y, 0), pale))
            room = (h - 0.2) / levels - 0.35
            solids += _stack(rng, x, y + 0.12, each * 0.8, room, d * 0.84)
    return solids


def _stack(
    rng: np.random.Generator, x: float, y: float, w: float, h: float, d: float
) -> list[Solid]:
    """Cartons two by one on each other, or a wrapped block."""
    if rng.random() < 0.35:
        wrap = Coat((0.34, 0.35, 0.36), Matter.PLASTIC, gloss=0.3)
        tall = h * float(rng.uniform(0.6, 1.0))
        return [box((w, tall, d), (x, y, 0), wrap, bevel=0.04)]
    solids = []
    rows = 1 + int(rng.integers(1, 3))
    for row in range(rows):
        for s in (-1, 1):
            tone = shade(
                Coat((0.36, 0.23, 0.12), Matter.PAPER), float(rng.uniform(0.7, 1.2))
            )
            size = (w * 0.48, h / 3.2, d * float(rng.uniform(0.85, 1.0)))
            solids.append(
                box(size, (x + s * w * 0.25, y + row * h / 3.2, 0), tone, bevel=0.008)
            )
    return solids


def workbench(piece: SetPiece) -> list[Solid]:
    """A heavy bench with a vice, a board of tools behind it and a drawer unit."""
    w, h, d = piece.size_m
    wood = main(piece)
    top = min(h, 0.9)
    solids = [box((w, 0.07, d), (0, top - 0.07, 0), wood, bevel=0.01)]
    for sx in (-1, 1):
        for sz in (-1, 1):
            at = (sx * (w / 2 - 0.08), 0, sz * (d / 2 - 0.07))
            solids.append(box((0.1, top - 0.07, 0.1), at, shade(wood, 0.75)))
    drawers = Coat((0.3, 0.04, 0.03), Matter.PLASTIC)
    vice = (-w / 2 + 0.25, top, d * 0.28)
    solids += [
        box((w - 0.1, 0.03, d - 0.1), (0, 0.2, 0), shade(wood, 0.7)),
        box((0.5, 0.42, d * 0.8), (w / 2 - 0.45, 0.4, 0), drawers),
        box((0.12, 0.16, 0.2), vice, IRON, bevel=0.02),
    ]
    if h > 1.2:
        board = (w, h - top - 0.15, 0.02)
        behind = (0, top + 0.15, -d / 2 + 0.01)
        solids.append(box(board, behind, shade(wood, 0.6)))
        solids += _hung_tools(piece, top + 0.16)
    return solids


def _hung_tools(piece: SetPiece, low: float) -> Iterator[Solid]:
    """Yield blades and grips in a row, none that would hang below a height."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    steel = accent(piece, Matter.METAL)
    for k in range(max(3, round(w / 0.16))):
        x = -w / 2 + 0.12 + k * 0.16
        long = float(rng.uniform(0.14, 0.34))
        y = h - 0.08 - long
        if x > w / 2 - 0.08 or y < low:
            continue
        yield box((0.025, long, 0.02), (x, y, -d / 2 + 0.03), steel)
        grip = (0.07 if rng.random() < 0.4 else 0.035, long * 0.4, 0.03)
        color = BOOK_COLORS[int(rng.integers(9))]
        yield box(grip, (x, y, -d / 2 + 0.035), Coat(color, Matter.PLASTIC))


def lab_bench(piece: SetPiece) -> list[Solid]:
    """A laboratory bench: cupboards, a dark top, a shelf of flasks, a microscope."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    white, slate = main(piece, Matter.PLASTIC), accent(piece, Matter.STONE)
    top = 0.92
    solids = [
        box((w - 0.04, top - 0.14, d - 0.08), (0, 0.1, -0.02), white),
        box((w - 0.08, 0.1, d - 0.16), (0, 0, -0.02), shade(white, 0.3)),
        box((w, 0.04, d), (0, top - 0.04, 0), slate, bevel=0.006),
    ]
    doors = max(1, round(w / 0.6))
    leaf = (w / doors - 0.03, top - 0.2, 0.018)
    for k in range(doors):
        x = -w / 2 + w * (k + 0.5) / doors
        front = (x, 0.13, d / 2 - 0.055)
        solids.append(box(leaf, front, shade(white, 0.92), bevel=0.004))
        solids.append(box((0.12, 0.016, 0.02), (x, top - 0.15, d / 2 - 0.04), STEEL))
    rows = [(top, -d * 0.2)]
    if h > top + 0.3:
        for s in (-1, 1):
            at = (s * (w / 2 - 0.1), top, -d * 0.3)
            solids.append(box((0.03, h - top, 0.03), at, STEEL))
        solids.append(box((w - 0.1, 0.025, 0.22), (0, h - 0.2, -d * 0.3), white))
        rows = [(h - 0.175, -d * 0.3), (top, -d * 0.25)]
    for y, z in rows:
        x = -w / 2 + 0.2
        while x < w / 2 - 0.25:
            solids.append(_flask(rng, x, y, z))
            x += float(rng.uniform(0.12, 0.34))
    return solids + _microscope(w * 0.18, top, d, shade(white, 0.8))


def _microscope(x: float, y: float, d: float, arm: Coat) -> list[Solid]:
    """Foot, arm and tube, on a bench so deep."""
    limb = box((0.05, 0.3, 0.06), (x, y + 0.03, d * 0.05), arm)
    eye = (x, y + 0.26, d * 0.1)
    barrel = cylinder(0.025, 0.16, eye, IRON, segments=8)
    return [
        box((0.16, 0.03, 0.2), (x, y, d * 0.12), IRON, bevel=0.008),
        turned(limb, pitch_deg=12, about=(x, y, d * 0.05)),
        turned(barrel, pitch_deg=-25, about=eye),
    ]


def _flask(rng: np.random.Generator, x: float, y: float, z: float) -> Solid:
    """A flask, a beaker or a bottle with something in it."""
    tint = GLASSWARE[int(rng.integers(len(GLASSWARE)))]
    coat = Coat(tint, Matter.PLASTIC, gloss=0.7)
    r = float(rng.uniform(0.035, 0.065))
    forms = (
        [(r, 0), (r, 0.01), (r * 0.3, r * 2.4), (r * 0.3, r * 3.2), (r * 0.4, r * 3.3)],
        [(r, 0), (r, r * 2.4)],
        [(r * 0.8, 0), (r * 0.8, r * 2.6), (r * 0.35, r * 3.2), (r * 0.35, r * 3.8)],
    )
    form = forms[int(rng.integers(3))]
    return lathe(form, coat, at=(x, y, z), segments=8, crease_deg=50)


def judges_bench(piece: SetPiece) -> list[Solid]:
    """A panelled front with a desk behind it, as a judge or a clerk sits at."""
    w, h, d = piece.size_m
    wood, dark = main(piece), accent(piece)
    solids = [
        box((w, h - 0.06, 0.06), (0, 0, d / 2 - 0.03), wood),
        box((w + 0.12, 0.06, 0.34), (0, h - 0.06, d / 2 - 0.14), dark, bevel=0.012),
        box((w + 0.06, 0.16, 0.1), (0, 0, d / 2 - 0.02), dark, bevel=0.015),
        box((w, 0.04, d - 0.06), (0, min(0.76, h - 0.1), -0.03), wood),
    ]
    for s in (-1, 1):
        solids.append(box((0.06, h - 0.06, d), (s * (w / 2 - 0.03), 0, 0), wood))
    count = max(1, round(w / 0.75))
    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        tall = h - 0.44
        solids.append(
            box(
                (w / count * 0.72, tall, 0.03),
                (x, 0.26, d / 2 + 0.012),
                shade(wood, 0.88),
                bevel=0.012,
            )
        )
    return solids


def bunk(piece: SetPiece) -> list[Solid]:
    """A steel bunk with two mattresses and a ladder."""
    w, h, d = piece.size_m
    iron, cloth = main(piece, Matter.METAL), accent(piece, Matter.CLOTH)
    solids: list[Solid] = []
    for sx in (-1, 1):
        for sz in (-1, 1):
            at = (sx * (w / 2 - 0.03), 0, sz * (d / 2 - 0.03))
            solids.append(box((0.05, h, 0.05), at, iron))
    for y in (0.32, max(1.2, h - 0.5)):
        solids.append(box((w - 0.06, 0.05, d - 0.06), (0, y, 0), shade(iron, 1.4)))
        solids.append(
            cushion((w - 0.12, 0.13, d - 0.12), (0, y + 0.05, 0), cloth, puff=0.15)
        )
        pillow = Coat((0.55, 0.54, 0.5), Matter.CLOTH)
        solids.append(
            cushion((w * 0.6, 0.1, 0.34), (0, y + 0.17, -d / 2 + 0.28), pillow)
        )
        for s in (-1, 1):
            solids.append(
                box((0.035, 0.035, d - 0.06), (s * (w / 2 - 0.03), y + 0.26, 0), iron)
            )
    for k in range(4):
        rung = (w / 2 + 0.01, 0.3 + 0.28 * k, d * 0.32)
        solids.append(box((0.03, 0.03, 0.36), rung, iron))
    return solids


def reception(piece: SetPiece) -> list[Solid]:
    """A high counter with a ledge for guests; staff stand at -z."""
    w, h, d = piece.size_m
    wood, top = main(piece), accent(piece, Matter.STONE)
    solids = [
        box((w, h - 0.05, d * 0.3), (0, 0, d * 0.3), wood),
        box((w + 0.08, 0.05, d * 0.5), (0, h - 0.05, d * 0.26), top, bevel=0.01),
        box((w, 0.04, d * 0.7), (0, h - 0.32, -d * 0.15), shade(wood, 0.8)),
        box((w + 0.02, 0.1, d * 0.34), (0, 0, d * 0.31), shade(wood, 0.4)),
    ]
    for s in (-1, 1):
        solids.append(
            box((0.05, h - 0.3, d * 0.9), (s * (w / 2 - 0.025), 0, -d * 0.05), wood)
        )
    count = max(2, round(w / 0.5))
    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        solids.append(
            box(
                (w / count - 0.06, h - 0.3, 0.02),
                (x, 0.16, d * 0.45 + 0.008),
                shade(wood, 1.12),
                bevel=0.008,
            )
        )
    bell = Coat((0.5, 0.38, 0.17), Matter.METAL)
    solids.append(
        lathe(
            [(0.05, 0), (0.05, 0.01), (0.035, 0.035), (0.008, 0.05), (0.008, 0.065)],
            bell,
            at=(w * 0.2, h, d * 0.25),
        )
    )
    return solids


def pigeonholes(piece: SetPiece) -> list[Solid]:
    """A rack of cubby holes with keys and letters in them."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    wood = main(piece)
    columns, rows = max(2, round(w / 0.26)), max(2, round(h / 0.24))
    solids = [box((w, h, 0.02), (0, 0, -d / 2 + 0.01), shade(wood, 0.45))]
    for k in range(columns + 1):
        solids.append(box((0.018, h, d), (-w / 2 + w * k / columns, 0, 0), wood))
    for k in range(rows + 1):
        solids.append(box((w, 0.018, d), (0, (h - 0.018) * k / rows, 0), wood))
    brass = Coat((0.55, 0.42, 0.2), Matter.METAL)
    for i in range(columns):
        for j in range(rows):
            x, y = -w / 2 + w * (i + 0.5) / columns, h * j / rows + 0.02
            if rng.random() < 0.5:
                solids.append(box((0.04, 0.07, 0.012), (x, y + 0.03, d * 0.3), brass))
            elif rng.random() < 0.5:
                paper = Coat((0.6, 0.57, 0.48), Matter.PAPER)
                solids.append(
                    turned(
                        box((0.1, 0.13, 0.01), (x, y, 0), paper),
                        roll_deg=14,
                        about=(x, y, 0),
                    )
                )
    return solids


def chandelier(piece: SetPiece) -> list[Solid]:
    """A ring of lights on a chain; its base is the lowest drop."""
    w, h, _ = piece.size_m
    brass, r = main(piece, Matter.METAL), w / 2
    turns = np.linspace(0, 2 * math.pi, 13)
    ring = [(r * math.sin(a), 0.16, r * math.cos(a)) for a in turns]
    drop = [(0.02, 0), (0.07, 0.06), (0.05, 0.14), (0.02, 0.3)]
    solids = [
        tube(ring, 0.016, brass, sides=5),
        cylinder(0.01, h - 0.16, (0, 0.16, 0), brass, segments=5),
        lathe(drop, brass, segments=10, crease_deg=60),
    ]
    candle = Coat((0.62, 0.58, 0.48), Matter.PLASTIC)
    flame = glow((1.0, 0.72, 0.42), 2500.0)
    for k in range(8):
        a = 2 * math.pi * k / 8
        x, z = r * math.sin(a), r * math.cos(a)
        arm = [(0, 0.3, 0), (x * 0.5, 0.16, z * 0.5), (x, 0.17, z)]
        light = (0.022, 0.04, 0.022)
        solids += [
            tube(arm, 0.01, brass, sides=4),
            cylinder(0.014, 0.1, (x, 0.17, z), candle, segments=6),
            ellipsoid(light, (x, 0.31, z), flame, rows=4, segments=6),
        ]
    return solids


def grab_rail(piece: SetPiece) -> list[Solid]:
    """A rail under a carriage's roof along z, with poles to the floor and straps."""
    _, h, d = piece.size_m
    steel = main(piece, Matter.METAL)
    solids = [tube([(0, h - 0.42, -d / 2), (0, h - 0.42, d / 2)], 0.016, steel)]
    for k in range(4):
        z = -d / 2 + d * (k + 0.5) / 4 - 0.3
        solids.append(cylinder(0.017, h, (0, 0, z), steel, segments=7))
    strap = Coat((0.06, 0.06, 0.06), Matter.LEATHER)
    for k in range(round(d / 0.6)):
        z = -d / 2 + 0.3 + 0.6 * k
        solids.append(box((0.015, 0.16, 0.03), (0, h - 0.58, z), strap))
        ring = [(0.0, h - 0.64 + 0.06 * math.sin(a), z + 0.06 * math.cos(a))
                for a in np.linspace(0, 2 * math.pi, 9)]  # fmt: skip
        solids.append(tube(ring, 0.008, strap, sides=4))
    return solids


def tyre(piece: SetPiece) -> list[Solid]:
    """A tyre lying on its side."""
    w, h, _ = piece.size_m
    r = w / 2
    ring = [
        (r * 0.56, h * 0.1), (r * 0.85, 0.0), (r, h * 0.2), (r, h * 0.8), (r * 0.85, h),
        (r * 0.56, h * 0.9), (r * 0.54, h * 0.6),
    ]  # fmt: skip
    rubber = Coat(piece.color, Matter.LEATHER)
    return [lathe(ring, rubber, segments=18, crease_deg=60)]


def drape(piece: SetPiece) -> list[Solid]:
    """A heavy cloth that hangs in folds over the piece's whole width."""
    w, h, d = piece.size_m
    cloth = main(piece, Matter.CLOTH)
    folds = max(3, round(w / 0.28))
    xs = np.linspace(-w / 2, w / 2, folds * 4 + 1)
    wave = np.sin((xs / w + 0.5) * folds * 2 * np.pi) * d * 0.3
    low = np.stack([xs, np.full_like(xs, 0.01), wave], axis=1)
    high = low + np.array([0.0, h - 0.01, 0.0])
    front = np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1)
    back = front[:, ::-1] - np.array([0.0, 0.0, 0.02])
    return [quads(front, cloth), quads(back, shade(cloth, 0.8))]


def mast(piece: SetPiece) -> list[Solid]:
    """A mast with a furled sail on its boom at +x, shrouds and stays."""
    w, h, d = piece.size_m
    wood, sail = main(piece, Matter.WOOD), accent(piece, Matter.CLOTH)
    solids = [
        cylinder(0.11, h, (0, 0, 0), wood, top=0.06, segments=10),
        tube([(0, 2.2, 0), (w * 0.8, 2.35, 0)], 0.06, wood),
        tube(
            [(0.1, 2.42, 0), (w * 0.4, 2.5, 0.02), (w * 0.78, 2.5, 0)],
            0.13,
            sail,
            sides=8,
        ),
        tube([(-d * 0.3, h * 0.72, 0), (d * 0.3, h * 0.72, 0)], 0.03, wood),
    ]
    for x, z in ((-0.6, 0.5), (-0.6, -0.5), (0.4, 0.5), (0.4, -0.5)):
        solids.append(
            tube([(0, h * 0.95, 0), (x * d, 0.2, z * d)], 0.012, IRON, sides=4)
        )
    solids.append(tube([(0, h * 0.98, 0), (w * 0.9, 0.9, 0)], 0.012, IRON, sides=4))
    return solids


KINDS = {
    "drape": drape,
    "mast": mast,
    "grab-rail": grab_rail,
    "tyre": tyre,
    "booth-seat": booth_seat,
    "waiting-seats": waiting_seats,
    "cell-bars": cell_bars,
    "lockers": lockers,
    "pallet-rack": pallet_rack,
    "workbench": workbench,
    "lab-bench": lab_bench,
    "judges-bench": judges_bench,
    "bunk": bunk,
    "reception": reception,
    "pigeonholes": pigeonholes,
    "chandelier": chandelier,
}
