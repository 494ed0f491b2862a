"""Old halls, camps, graves, ships and ships of the stars."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from previz.model import RGB, Matter, SetPiece, Vec3
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.seating import cushion
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    lathe,
    moved,
    prism,
    quads,
    tube,
    turned,
)

__all__ = ["KINDS"]

FLAME = glow((1.0, 0.5, 0.16), 900.0)
IRON = Coat((0.06, 0.06, 0.065), Matter.METAL)
BARK = Coat((0.12, 0.075, 0.045), Matter.WOOD)


def throne(piece: SetPiece) -> list[Solid]:
    """A high-backed chair with arms, a pointed back and cushions."""
    w, h, d = piece.size_m
    wood, cloth = main(piece), accent(piece, Matter.CLOTH)
    back = [
        (-w / 2, 0.0),
        (w / 2, 0.0),
        (w / 2, h * 0.82),
        (0.0, h),
        (-w / 2, h * 0.82),
    ]
    solids = [
        box((w, 0.36, d * 0.86), (0, 0, 0), wood, bevel=0.02),
        prism(back, 0.1, (0, 0, -d / 2 + 0.05), wood),
        cushion((w * 0.76, 0.1, d * 0.7), (0, 0.36, d * 0.05), cloth),
        box((w * 0.62, h * 0.42, 0.05), (0, 0.62, -d / 2 + 0.11), cloth, bevel=0.02),
    ]
    gold = Coat((0.6, 0.45, 0.18), Matter.METAL)
    for s in (-1, 1):
        x = s * (w / 2 - 0.06)
        solids.append(box((0.12, 0.08, d * 0.9), (x, 0.64, 0.02), wood, bevel=0.02))
        solids.append(box((0.1, 0.3, 0.1), (x, 0.36, d * 0.36), wood, bevel=0.015))
        solids.append(ellipsoid((0.07, 0.07, 0.07), (x, 0.75, d * 0.42), gold, rows=6))
        solids.append(
            ellipsoid((0.06, 0.08, 0.06), (x, h * 0.84, -d / 2 + 0.05), gold, rows=6)
        )
    return solids


def torch(piece: SetPiece) -> list[Solid]:
    """A burning torch in an iron bracket on a wall; hangs on its back."""
    w, h, d = piece.size_m
    shaft = [(0.02, 0), (0.025, h * 0.4), (0.06, h * 0.62), (0.05, h * 0.66)]
    fire = [(0.05, 0), (0.065, h * 0.1), (0.03, h * 0.24), (0.004, h * 0.36)]
    return [
        box((w * 0.5, h * 0.3, 0.02), (0, h * 0.1, -d / 2 + 0.01), IRON),
        tube([(0, h * 0.25, -d / 2), (0, h * 0.3, 0)], 0.015, IRON),
        lathe(shaft, BARK, segments=8),
        lathe(fire, FLAME, at=(0, h * 0.62, 0), segments=7, crease_deg=80),
    ]


def barrel(piece: SetPiece) -> list[Solid]:
    """An upright cask with hoops, or an oil drum when it is of metal."""
    w, h, _ = piece.size_m
    r, coat = w / 2, main(piece)
    if piece.matter is Matter.METAL:
        ribs = [(r, 0), (r, h * 0.33), (r * 1.03, h * 0.34), (r, h * 0.36),
                (r, h * 0.65), (r * 1.03, h * 0.66), (r, h * 0.68), (r, h)]  # fmt: skip
        return [lathe(ribs, Coat(piece.color, Matter.PLASTIC), segments=16)]
    belly = [
        (r * 0.82, 0),
        (r * 0.94, h * 0.25),
        (r, h * 0.5),
        (r * 0.94, h * 0.75),
        (r * 0.82, h),
    ]
    solids = [lathe(belly, coat, segments=16, crease_deg=40)]
    for y, wide in ((0.08, 0.87), (0.27, 0.965), (0.7, 0.965), (0.88, 0.87)):
        hoop = [(r * wide, 0), (r * wide * 1.01, h * 0.05)]
        solids.append(lathe(hoop, IRON, at=(0, h * y, 0), segments=16))
    return solids


def hay(piece: SetPiece) -> list[Solid]:
    """Bales in two layers, or one where the piece is low."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    straw = Coat(piece.color, Matter.GRASS)
    solids: list[Solid] = []
    rows = max(1, round(h / 0.45))
    for row in range(rows):
        count = max(1, round(w / 0.95) - row)
        for k in range(count):
            x = (k - (count - 1) / 2) * 0.97 * w / max(1, round(w / 0.95))
            bale = box(
                (w / max(1, round(w / 0.95)) * 0.95, h / rows * 0.98, d * 0.95),
                (0, 0, 0),
                shade(straw, float(rng.uniform(0.8, 1.15))),
                bevel=0.05,
            )
            solids.append(
                moved(
                    turned(bale, yaw_deg=float(rng.uniform(-3, 3))),
                    (x, row * h / rows, 0),
                )
            )
    return solids


def gravestone(piece: SetPiece) -> list[Solid]:
    """A headstone: round, square or a cross by seed, a little out of true."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    stone = main(piece, Matter.STONE)
    form = int(rng.integers(3))
    foot = box((w * 1.15, 0.12, d * 1.6), (0, 0, 0), shade(stone, 0.8), bevel=0.02)
    pitch, roll = float(rng.uniform(-5, 5)), float(rng.uniform(-4, 4))
    if form == 2:
        parts = [
            box((w * 0.26, h, d), (0, 0, 0), stone, bevel=0.015),
            box((w, h * 0.2, d), (0, h * 0.58, 0), stone, bevel=0.015),
        ]
    else:
        arc = [math.pi * k / 8 for k in range(9)]
        top = [(w / 2 * math.cos(a), h - w / 2 + w / 2 * math.sin(a)) for a in arc]
        square = [(w / 2, h * 0.92), (w * 0.34, h), (-w * 0.34, h), (-w / 2, h * 0.92)]
        outline = [(-w / 2, 0.0), (w / 2, 0.0), *(top if form else square)]
        parts = [
            prism(outline, d, (0, 0, 0), stone),
            box((w * 0.6, h * 0.22, 0.01), (0, h * 0.5, d / 2), shade(stone, 0.75)),
        ]
    leaning = (turned(part, pitch_deg=pitch, roll_deg=roll) for part in parts)
    return [foot, *leaning]


def tent(piece: SetPiece) -> list[Solid]:
    """A ridge tent with open flaps, guy lines and pegs; it opens at +z."""
    w, h, d = piece.size_m
    cloth = main(piece, Matter.CLOTH)
    a, z0, z1 = w / 2, -d / 2, d / 2
    t = 0.03
    solids: list[Solid] = []
    for s in (-1, 1):
        face = [(s * a, 0.0), (0.0, h), (0.0, h - t * 1.6), (s * (a - t * 1.3), 0.0)]
        outline = face if s < 0 else face[::-1]
        side = prism([(x, y) for x, y in outline], d, (0, 0, 0), cloth)
        if side.volume_m3 < 0:
            side = prism([(x, y) for x, y in outline[::-1]], d, (0, 0, 0), cloth)
        solids.append(side)
        flap = [
            (s * a, 0.0, z1),
            (s * a * 0.35, 0.0, z1 + 0.12),
            (0.0, h * 0.98, z1),
            (s * a * 0.5, h * 0.5, z1),
        ]
        solids.append(quads([flap if s > 0 else flap[::-1]], shade(cloth, 0.8)))
        for z in (z0, z1):
            solids.append(
                tube(
                    [(s * a * 0.6, h * 0.4, z), (s * (a + 0.6), 0.02, z)],
                    0.006,
                    Coat((0.5, 0.48, 0.4), Matter.CLOTH),
                    sides=4,
                )
            )
    back = [[(a, 0.0, z0), (-a, 0.0, z0), (0.0, h, z0), (0.0, h, z0)]]
    solids.append(quads(back, shade(cloth, 0.9)))
    for z in (z0 + 0.04, z1 - 0.04):
        solids.append(cylinder(0.022, h + 0.06, (0, 0, z), BARK, segments=6))
    return [*solids, box((w * 0.9, 0.02, d * 0.96), (0, 0, 0), shade(cloth, 0.5))]


def campfire(piece: SetPiece) -> list[Solid]:
    """Logs alight in a ring of stones."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    solids: list[Solid] = []
    granite = Coat((0.22, 0.21, 0.19), Matter.STONE)
    for k in range(9):
        a = 2 * math.pi * k / 9
        at = (math.sin(a) * w * 0.43, 0.05, math.cos(a) * w * 0.43)
        coat = shade(granite, float(rng.uniform(0.7, 1.3)))
        stone = ellipsoid(
            (0.11, 0.09, 0.1), at, coat, rows=4, segments=6, lumps=0.15, seed=k
        )
        solids.append(stone)
    for k in range(5):
        a = 2 * math.pi * k / 5 + 0.3
        foot = (math.sin(a) * w * 0.3, 0.05, math.cos(a) * w * 0.3)
        log = [foot, (-foot[0] * 0.1, h * 0.34, -foot[2] * 0.1)]
        solids.append(tube(log, 0.045, BARK, sides=6))
    flames = ((0, 0, 1.0), (0.1, 0.05, 0.65), (-0.09, 0.06, 0.75), (0.02, -0.1, 0.6))
    for x, z, tall in flames:
        flame = [
            (0.07, 0), (0.1, h * 0.2 * tall), (0.05, h * 0.5 * tall), (0.004, h * tall),
        ]  # fmt: skip
        solids.append(lathe(flame, FLAME, at=(x, 0.08, z), segments=7, crease_deg=80))
    return solids


_KEYS: tuple[RGB, ...] = (
    (0.3, 0.75, 1.0),
    (1.0, 0.55, 0.2),
    (0.35, 1.0, 0.6),
    (1.0, 0.25, 0.2),
)
"""What lights on a console shine in."""


def console(piece: SetPiece) -> list[Solid]:
    """A ship's console: a sloped panel of lit keys and screens on a pedestal."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    hull, trim = main(piece, Matter.PLASTIC), accent(piece, Matter.PLASTIC)
    side = [
        (-d / 2, 0.0), (d * 0.2, 0.0), (d / 2, h * 0.72), (d / 2, h * 0.78),
        (-d * 0.3, h), (-d / 2, h),
    ]  # fmt: skip
    body = turned(prism(side, w, (0, 0, 0), hull), yaw_deg=-90)
    if body.volume_m3 <= 0:
        body = turned(prism(side[::-1], w, (0, 0, 0), hull), yaw_deg=-90)
    solids = [body]
    slope = math.degrees(math.atan2(h * 0.22, d * 0.8))
    count = max(2, round(w / 0.4))
    screen, key = (w / count * 0.8, 0.012, d * 0.26), (w / count * 0.2, 0.016, 0.05)

    def lit(size: Vec3, tone: RGB, luminance: float, at: Vec3) -> Solid:
        flat = box(size, (0, 0, 0), glow(tone, luminance))
        return moved(turned(flat, pitch_deg=slope), at)

    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        tone = _KEYS[int(rng.integers(4))]
        level = float(rng.uniform(25, 70))
        solids.append(lit(screen, tone, level, (x, h * 0.955, -d * 0.15)))
        for n in range(3):
            at = (x + (n - 1) * w / count * 0.27, h * 0.845, d * 0.24)
            solids.append(lit(key, _KEYS[int(rng.integers(4))], 18.0, at))
    solids.append(box((w + 0.02, 0.05, 0.05), (0, h * 0.73, d / 2), trim, bevel=0.015))
    return solids


SPACE = Coat((0.015, 0.016, 0.022), Matter.PAPER)


def star_window(piece: SetPiece) -> list[Solid]:
    """A wide window onto stars and a planet, in a heavy frame; hangs on its back."""
    w, h, d = piece.size_m
    frame = main(piece, Matter.PLASTIC)
    z = -d / 2 + 0.02
    solids = [box((w, h, 0.02), (0, 0, z), SPACE)]
    solids += _stars(piece, z + 0.025)
    r = h * 0.3
    turns = [2 * math.pi * k / 20 for k in range(20)]
    disc = [(r * math.cos(a), r * math.sin(a)) for a in turns]
    day, night = (w * 0.22, h * 0.45), (w * 0.22 - r * 0.35, h * 0.45 - r * 0.16)
    solids.append(prism(disc, 0.01, (*day, z + 0.035), glow((0.4, 0.6, 1.0), 26.0)))
    solids.append(prism(disc, 0.01, (*night, z + 0.045), SPACE))
    count = max(2, round(w / 1.6))
    for k in range(count + 1):
        x = -w / 2 + w * k / count
        solids.append(box((0.12, h, d), (x, 0, 0), frame, bevel=0.03))
    for y in (0.0, h - 0.14):
        solids.append(box((w + 0.12, 0.14, d * 1.1), (0, y, 0), frame, bevel=0.03))
    return solids


def _stars(piece: SetPiece, z: float) -> Iterator[Solid]:
    """Yield small squares of light at a depth, every fifth a bright one."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    for k in range(90):
        x, y = float(rng.uniform(-0.48, 0.48)) * w, float(rng.uniform(0.03, 0.96)) * h
        s = 0.008 + 0.014 * float(rng.random()) ** 3
        corners = [
            (x - s, y, z), (x + s, y, z), (x + s, y + 2 * s, z), (x - s, y + 2 * s, z),
        ]  # fmt: skip
        yield quads([corners], glow((0.9, 0.95, 1.0), 60.0 + 500 * (k % 5 == 0)))


def ship_house(piece: SetPiece) -> list[Solid]:
    """A boat's wheelhouse with windows all round, a door and a mast on its roof."""
    w, h, d = piece.size_m
    white, band = main(piece, Matter.PLASTIC), accent(piece, Matter.PLASTIC)
    glass, teak = (
        Coat((0.05, 0.07, 0.09), Matter.GLASS),
        Coat((0.2, 0.1, 0.05), Matter.WOOD),
    )
    z, eaves = d / 2, h * 0.66
    door = (0.8, eaves * 0.86, 0.05)
    solids = [
        box((w, eaves, d), (0, 0, 0), white, bevel=0.03),
        box((w + 0.4, 0.1, d + 0.5), (0, eaves, 0.05), band, bevel=0.02),
        box((w + 0.02, 0.16, d + 0.02), (0, 0.25, 0), band),
        box(door, (w * 0.26, 0.05, z + 0.01), teak, bevel=0.01),
        box((0.4, 0.4, 0.03), (w * 0.26, eaves * 0.6, z + 0.03), glass),
        cylinder(0.05, h - eaves, (0, eaves + 0.1, -d * 0.2), IRON),
        box((w * 0.5, 0.06, 0.06), (0, h * 0.9, -d * 0.2), IRON),
    ]
    for k in range(2):
        at = (-w * 0.3 + k * w * 0.26, eaves * 0.56, z + 0.005)
        solids.append(box((w * 0.2, eaves * 0.3, 0.03), at, glass))
    for s in (-1, 1):
        for k in range(2):
            at = (s * w / 2, eaves * 0.56, (k - 0.5) * d * 0.46)
            solids.append(box((0.03, eaves * 0.3, d * 0.36), at, glass))
    turns = np.linspace(0, 2 * math.pi, 13)
    ring = [(0.3 * math.sin(a), 0.3 * math.cos(a)) for a in turns]
    buoy = [(x - w * 0.06, 0.72 + y, z + 0.07) for x, y in ring]
    red = Coat((0.5, 0.1, 0.04), Matter.PLASTIC)
    return [*solids, tube(buoy, 0.055, red)]


def posts(piece: SetPiece) -> list[Solid]:
    """A row of piles along x with a rope between them; a pier's edge."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    wood = main(piece, Matter.WOOD)
    count = max(2, round(w / 2.4))
    tops = []
    solids: list[Solid] = []
    for k in range(count + 1):
        x = -w / 2 + w * k / count
        tall = h * float(rng.uniform(0.9, 1.0))
        solids.append(
            cylinder(
                0.13,
                tall + 1.6,
                (x, -1.6, 0),
                shade(wood, float(rng.uniform(0.7, 1.1))),
                segments=9,
            )
        )
        tops.append((x, tall - 0.14, 0.0))
    rope = Coat((0.36, 0.3, 0.2), Matter.CLOTH)
    for a, b in pairwise(tops):
        dip = ((a[0] + b[0]) / 2, min(a[1], b[1]) - 0.22, 0.0)
        solids.append(tube([a, dip, b], 0.02, rope, sides=5))
    return solids


KINDS = {
    "throne": throne,
    "torch": torch,
    "barrel": barrel,
    "hay": hay,
    "gravestone": gravestone,
    "tent": tent,
    "campfire": campfire,
    "console": console,
    "star-window": star_window,
    "ship-house": ship_house,
    "posts": posts,
}
