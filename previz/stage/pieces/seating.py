"""What people sit and lie on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from previz.model import Matter, SetPiece, Vec3
from previz.stage.pieces.coats import Coat, accent, main, shade
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    lathe,
    loft,
    moved,
    rounded_ring,
    tube,
    turned,
)

__all__ = ["KINDS", "cushion", "tapered_leg"]


def cushion(size: Vec3, at: Vec3, coat: Coat, *, puff: float = 0.35) -> Solid:
    """A soft box: round corners in plan, swelling between seams."""
    w, h, d = size
    soft = min(w, h, d) * 0.5
    rings = []
    for level, inset in (
        (0.0, 0.9),
        (0.12, 0.35),
        (0.35, 0.0),
        (0.65, 0.0),
        (0.88, 0.35),
    ):
        shrink = soft * puff * inset * 2
        rings.append(
            rounded_ring(
                w - shrink, d - shrink, radius=soft * 0.7, y=h * level, corner=2
            )
        )
    shrink = soft * puff * 2
    rings.append(rounded_ring(w - shrink, d - shrink, radius=soft * 0.7, y=h, corner=2))
    return moved(loft(rings, coat), at)


def tapered_leg(height: float, at: Vec3, coat: Coat, *, width: float = 0.05) -> Solid:
    """A square leg, thinner at the foot."""
    rings = [
        rounded_ring(s * width, s * width, radius=0.004, y=y, corner=0)
        for s, y in ((0.6, 0.0), (1.0, height))
    ]
    return moved(loft(rings, coat), at)


def four_legs(
    width: float, depth: float, height: float, coat: Coat, *, leg: float = 0.05
) -> list[Solid]:
    """Legs at the corners of a rectangle of outer size width by depth."""
    x, z = width / 2 - leg * 0.7, depth / 2 - leg * 0.7
    return [
        tapered_leg(height, (sx * x, 0, sz * z), coat, width=leg)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]


def chair(piece: SetPiece) -> list[Solid]:
    """A dining chair: seat at 0.45 m, slatted back, cushion in the accent."""
    w, h, d = piece.size_m
    wood, seat = main(piece), min(0.45, h * 0.52)
    solids = four_legs(w * 0.92, d * 0.92, seat - 0.04, wood, leg=0.042)
    solids.append(box((w, 0.035, d * 0.96), (0, seat - 0.045, 0), wood, bevel=0.012))
    solids.append(
        cushion(
            (w * 0.9, 0.045, d * 0.85),
            (0, seat - 0.012, 0.01),
            accent(piece, Matter.CLOTH),
        )
    )
    back = h - seat
    posts = [
        box(
            (0.04, back, 0.03), (s * (w / 2 - 0.035), seat - 0.02, 0), wood, bevel=0.008
        )
        for s in (-1, 1)
    ]
    slats = [
        box(
            (w - 0.08, back * 0.16, 0.02),
            (0, seat + back * f, 0),
            wood,
        )
        for f in (0.3, 0.54, 0.79)
    ]
    solids += [
        moved(turned(s, pitch_deg=-7, about=(0, seat, 0)), (0, 0, -d / 2 + 0.035))
        for s in posts + slats
    ]
    return solids


def office_chair(piece: SetPiece) -> list[Solid]:
    """A swivel chair on five castors."""
    w, h, d = piece.size_m
    cloth, plastic = main(piece, Matter.CLOTH), accent(piece, Matter.PLASTIC)
    solids: list[Solid] = []
    for k in range(5):
        a = 2 * np.pi * k / 5
        x, z = float(np.sin(a)) * w * 0.44, float(np.cos(a)) * w * 0.44
        solids.append(tube([(0, 0.12, 0), (x, 0.075, z)], 0.022, plastic))
        solids.append(cylinder(0.028, 0.055, (x, 0, z), plastic, segments=6))
    solids.append(cylinder(0.028, 0.32, (0, 0.1, 0), plastic, segments=8))
    solids.append(cushion((w * 0.82, 0.09, d * 0.78), (0, 0.41, 0.02), cloth))
    back = cushion((w * 0.78, h - 0.58, 0.08), (0, 0.56, 0), cloth)
    solids.append(
        moved(turned(back, pitch_deg=-8, about=(0, 0.56, 0)), (0, 0, -d * 0.38))
    )
    solids.append(box((0.07, 0.22, 0.03), (0, 0.42, -d * 0.4), plastic, bevel=0.01))
    for s in (-1, 1):
        x = s * w * 0.44
        solids.append(box((0.05, 0.03, d * 0.4), (x, 0.64, 0), plastic, bevel=0.012))
        solids.append(box((0.03, 0.2, 0.04), (x, 0.45, -0.02), plastic))
    return solids


def stool(piece: SetPiece) -> list[Solid]:
    """A stool: round padded seat on four splayed legs with a ring."""
    w, h, _ = piece.size_m
    metal, r = main(piece), w / 2
    solids = []
    for sx in (-1, 1):
        for sz in (-1, 1):
            foot, top = (
                (sx * r * 0.72, 0, sz * r * 0.72),
                (sx * r * 0.5, h - 0.07, sz * r * 0.5),
            )
            solids.append(tube([foot, top], 0.016, metal))
    ring = [
        (float(np.sin(a)) * r * 0.88, h * 0.4, float(np.cos(a)) * r * 0.88)
        for a in np.linspace(0, 2 * np.pi, 13)
    ]
    if h > 0.6:
        solids += [tube([a, b], 0.012, metal, sides=5) for a, b in pairwise(ring)]
    profile = [(r * 0.9, 0.0), (r, 0.02), (r, 0.05), (r * 0.86, 0.075)]
    solids.append(
        lathe(
            profile,
            accent(piece, Matter.LEATHER),
            at=(0, h - 0.075, 0),
            segments=18,
            crease_deg=70,
        )
    )
    return solids


def armchair(piece: SetPiece) -> list[Solid]:
    """A soft chair for one."""
    return _upholstered(piece, seats=1)


def sofa(piece: SetPiece) -> list[Solid]:
    """A sofa; a seat cushion for each 0.7 m or so."""
    return _upholstered(piece, seats=max(2, round((piece.size_m[0] - 0.4) / 0.72)))


def _upholstered(piece: SetPiece, *, seats: int) -> list[Solid]:
    w, h, d = piece.size_m
    cloth = main(piece)
    arm, back = min(0.2, w * 0.17), 0.2
    seat = 0.44
    solids = four_legs(w * 0.95, d * 0.92, 0.13, Coat((0.07, 0.045, 0.03), Matter.WOOD))
    solids.append(box((w - arm, 0.18, d - 0.06), (0, 0.11, 0), cloth, bevel=0.03))
    for s in (-1, 1):
        solids.append(
            cushion((arm, 0.5, d * 0.96), (s * (w - arm) / 2, 0.11, 0), cloth, puff=0.3)
        )
    inner = w - 2 * arm
    each = inner / seats
    rest = cushion((inner + 0.06, h - 0.2, back), (0, 0.14, 0), cloth, puff=0.3)
    solids.append(moved(rest, (0, 0, -d / 2 + back / 2)))
    for k in range(seats):
        x = -inner / 2 + each * (k + 0.5)
        solids.append(
            cushion(
                (each * 0.99, 0.17, d - back - 0.04),
                (x, seat - 0.16, back / 2 + 0.02),
                shade(cloth, 1.08),
            )
        )
        pad = cushion(
            (each * 0.95, h - seat - 0.03, 0.15), (x, 0, 0), shade(cloth, 1.04)
        )
        pad = turned(pad, pitch_deg=-10)
        solids.append(moved(pad, (0, seat + 0.01, -d / 2 + back + 0.06)))
    throws = [1] if seats == 1 else [-1, 1]
    for s in throws:
        pillow = cushion(
            (0.42, 0.4, 0.13), (0, 0, 0), accent(piece, Matter.CLOTH), puff=0.8
        )
        pillow = turned(turned(pillow, pitch_deg=-22), yaw_deg=-s * 14)
        x = 0.0 if seats == 1 else s * (inner / 2 - 0.24)
        solids.append(moved(pillow, (x, seat + 0.02, -d / 2 + back + 0.2)))
    return solids


def bed(piece: SetPiece) -> list[Solid]:
    """A bed with its head at the back: frame, mattress, blanket, pillows."""
    w, h, d = piece.size_m
    wood, linen = main(piece), Coat((0.62, 0.6, 0.56), Matter.CLOTH)
    top = min(0.52, h * 0.6)
    solids = four_legs(w, d, 0.2, wood, leg=0.08)
    solids.append(box((w, 0.16, d), (0, 0.16, 0), wood, bevel=0.015))
    solids.append(box((w, h, 0.07), (0, 0, -d / 2 + 0.035), wood, bevel=0.02))
    solids.append(
        cushion((w - 0.05, top - 0.28, d - 0.12), (0, 0.28, 0.03), linen, puff=0.25)
    )
    blanket = accent(piece, Matter.CLOTH)
    solids.append(
        cushion(
            (w + 0.06, 0.3, d * 0.64), (0, top - 0.25, d * 0.175), blanket, puff=0.3
        )
    )
    solids.append(
        cushion((w + 0.07, 0.09, 0.24), (0, top + 0.0, -d * 0.14), shade(linen, 0.95))
    )
    count = 2 if w > 1.2 else 1
    for k in range(count):
        x = (k - (count - 1) / 2) * w * 0.47
        pillow = cushion(
            (w * 0.43 if count == 2 else w * 0.7, 0.15, 0.42),
            (0, 0, 0),
            linen,
            puff=0.9,
        )
        pillow = turned(pillow, pitch_deg=14)
        solids.append(moved(pillow, (x, top - 0.01, -d / 2 + 0.32)))
    return solids


def hospital_bed(piece: SetPiece) -> list[Solid]:
    """A ward bed on wheels with side rails and a raised head."""
    w, h, d = piece.size_m
    steel = Coat((0.6, 0.61, 0.62), Matter.PLASTIC)
    linen = Coat((0.68, 0.69, 0.7), Matter.CLOTH)
    solids = []
    for sx in (-1, 1):
        for sz in (-1, 1):
            x, z = sx * (w / 2 - 0.08), sz * (d / 2 - 0.18)
            solids.append(
                cylinder(0.06, 0.1, (x, 0, z), Coat((0.05,) * 3, Matter.PLASTIC))
            )
            solids.append(cylinder(0.025, 0.32, (x, 0.1, z), steel, segments=8))
    solids.append(box((w, 0.08, d), (0, 0.4, 0), steel, bevel=0.02))
    solids.append(cushion((w - 0.06, 0.14, d * 0.62), (0, 0.47, d * 0.18), linen))
    head = cushion((w - 0.06, 0.13, d * 0.38), (0, 0, 0), linen)
    solids.append(moved(turned(head, pitch_deg=24), (0, 0.55, -d * 0.29)))
    pillow = turned(
        cushion((w * 0.62, 0.12, 0.36), (0, 0, 0), linen, puff=0.9), pitch_deg=24
    )
    solids.append(moved(pillow, (0, 0.72, -d * 0.36)))
    cover = accent(piece, Matter.CLOTH)
    solids.append(cushion((w + 0.02, 0.2, d * 0.55), (0, 0.47, d * 0.2), cover))
    for end, tall in ((-1, h), (1, h * 0.82)):
        z = end * (d / 2 - 0.02)
        solids.append(
            box((w, tall - 0.42, 0.05), (0, 0.42, z), shade(steel, 0.9), bevel=0.024)
        )
    for s in (-1, 1):
        x = s * (w / 2 + 0.01)
        for y in (0.68, 0.8):
            solids.append(tube([(x, y, -d * 0.36), (x, y, d * 0.12)], 0.015, steel))
        for z in (-d * 0.36, -d * 0.12, d * 0.12):
            solids.append(cylinder(0.013, 0.36, (x, 0.44, z), steel, segments=6))
    return solids


def bench(piece: SetPiece) -> list[Solid]:
    """A park bench: slats on two iron sides."""
    w, h, d = piece.size_m
    wood, iron, seat = main(piece), accent(piece, Matter.METAL), 0.45
    solids = []
    for k in range(4):
        z = -d * 0.28 + k * d * 0.21
        solids.append(
            box((w, 0.035, d * 0.17), (0, seat - 0.035, z), wood, bevel=0.008)
        )
    for k in range(3):
        slat = box((w, 0.1, 0.03), (0, 0, 0), wood, bevel=0.008)
        slat = turned(slat, pitch_deg=-12)
        y = seat + 0.1 + k * (h - seat - 0.12) / 2.6
        solids.append(moved(slat, (0, y, -d * 0.4 - (y - seat) * 0.2)))
    for s in (-1, 1):
        x = s * (w / 2 - 0.14)
        solids.append(
            box((0.05, 0.05, d * 0.85), (x, seat - 0.085, 0), iron, bevel=0.01)
        )
        solids.append(tube([(x, 0, d * 0.42), (x, seat - 0.05, d * 0.36)], 0.024, iron))
        solids.append(
            tube(
                [(x, 0, -d * 0.46), (x, seat, -d * 0.36), (x, h, -d * 0.5)], 0.024, iron
            )
        )
        solids.append(
            tube(
                [
                    (x, seat + 0.2, -d * 0.42),
                    (x, seat + 0.2, d * 0.34),
                    (x, seat - 0.05, d * 0.36),
                ],
                0.02,
                iron,
            )
        )
    return solids


def pew(piece: SetPiece) -> list[Solid]:
    """A church pew."""
    w, h, d = piece.size_m
    wood = main(piece)
    back = box((w, h - 0.3, 0.03), (0, 0.3, 0), wood, bevel=0.008)
    solids = [
        box((w - 0.08, 0.04, d * 0.72), (0, 0.42, d * 0.08), wood, bevel=0.01),
        moved(turned(back, pitch_deg=-8, about=(0, 0.3, 0)), (0, 0, -d * 0.3)),
        box((w, 0.05, 0.07), (0, h - 0.05, -d * 0.42), wood, bevel=0.015),
    ]
    for s in (-1, 1):
        solids.append(
            box(
                (0.05, h * 0.75, d),
                (s * (w / 2 - 0.03), 0, 0),
                shade(wood, 0.85),
                bevel=0.015,
            )
        )
    return solids


def theatre_seats(piece: SetPiece) -> list[Solid]:
    """A row of cinema seats, one each 0.58 m."""
    w, h, d = piece.size_m
    cloth, frame = main(piece, Matter.CLOTH), accent(piece, Matter.PLASTIC)
    count = max(1, round(w / 0.58))
    each = w / count
    solids = []
    for k in range(count):
        x = -w / 2 + each * (k + 0.5)
        solids.append(
            cushion((each - 0.09, 0.13, d * 0.66), (x, 0.34, d * 0.12), cloth)
        )
        back = cushion((each - 0.07, h - 0.36, 0.12), (0, 0, 0), cloth)
        solids.append(moved(turned(back, pitch_deg=-12), (x, 0.36, -d * 0.22)))
    for k in range(count + 1):
        x = -w / 2 + each * k
        solids.append(box((0.05, 0.6, d * 0.5), (x, 0, 0), frame, bevel=0.01))
        solids.append(
            box((0.07, 0.04, d * 0.6), (x, 0.6, 0.02), shade(frame, 1.6), bevel=0.015)
        )
    return solids


KINDS = {
    "chair": chair,
    "office-chair": office_chair,
    "stool": stool,
    "bar-stool": stool,
    "armchair": armchair,
    "sofa": sofa,
    "bed": bed,
    "hospital-bed": hospital_bed,
    "bench": bench,
    "pew": pew,
    "theatre-seats": theatre_seats,
}
