"""Streets and roofs: house fronts, lamps, signs and what stands about."""

from __future__ import annotations

import numpy as np

from previz.model import RGB, Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
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

__all__ = ["KINDS"]

PANE = Coat((0.05, 0.065, 0.08), Matter.GLASS)
IRON = Coat((0.05, 0.052, 0.055), Matter.METAL)
STONE = Coat((0.42, 0.4, 0.36), Matter.STONE)
LIT: tuple[RGB, ...] = (
    (1.0, 0.72, 0.4),
    (1.0, 0.8, 0.52),
    (1.0, 0.62, 0.3),
    (0.8, 0.9, 1.0),
)


def sidewalk(piece: SetPiece) -> list[Solid]:
    """A pavement with its kerb along +z, 0.12 m above the road."""
    w, h, d = piece.size_m
    flag, kerb = main(piece, Matter.STONE), accent(piece, Matter.STONE)
    solids = [
        box((w, h, d - 0.16), (0, 0, -0.08), flag),
        box((w, h + 0.004, 0.16), (0, 0, d / 2 - 0.08), kerb, bevel=0.02),
    ]
    seam, y = shade(flag, 0.6), h + 0.002
    for k in range(1, max(2, round(w / 1.5))):
        x = -w / 2 + w * k / max(2, round(w / 1.5))
        solids.append(
            quads(
                [
                    [
                        (x - 0.008, y, d / 2 - 0.17),
                        (x + 0.008, y, d / 2 - 0.17),
                        (x + 0.008, y, -d / 2),
                        (x - 0.008, y, -d / 2),
                    ]
                ],
                seam,
            )
        )
    return solids


def marking(piece: SetPiece) -> list[Solid]:
    """Dashes of road paint along x."""
    w, _, d = piece.size_m
    paint, y = main(piece), 0.006
    solids = []
    x = -w / 2
    while x < w / 2 - 1.0:
        ring = [
            (x, y, d / 2),
            (x + 2.0, y, d / 2),
            (x + 2.0, y, -d / 2),
            (x, y, -d / 2),
        ]
        solids.append(quads([ring], paint))
        x += 5.0
    return solids


def lamp_post(piece: SetPiece) -> list[Solid]:
    """A street lamp whose arm reaches over +z."""
    _w, h, d = piece.size_m
    iron = main(piece, Matter.METAL)
    arm = min(1.2, d)
    return [
        lathe(
            [(0.17, 0), (0.16, 0.3), (0.09, 0.42), (0.07, 0.9), (0.045, h - 0.3)],
            iron,
            segments=10,
        ),
        tube(
            [(0, h - 0.35, 0), (0, h - 0.05, arm * 0.35), (0, h - 0.05, arm * 0.8)],
            0.035,
            iron,
        ),
        lathe(
            [(0.2, 0), (0.22, 0.03), (0.12, 0.16), (0.04, 0.2)],
            iron,
            at=(0, h - 0.2, arm * 0.8),
            crease_deg=60,
        ),
        lathe(
            [(0.06, -0.08), (0.16, 0.0)],
            glow((1.0, 0.74, 0.42), 1800.0),
            at=(0, h - 0.2, arm * 0.8),
        ),
    ]


def sign(piece: SetPiece) -> list[Solid]:
    """A lit box sign with bars for letters; hangs on its back."""
    w, h, d = piece.size_m
    solids = [
        box((w, h, d * 0.8), (0, 0, 0), main(piece, Matter.PLASTIC), bevel=0.02),
        box((w * 0.94, 0.025, d), (0, h * 0.08, 0), glow(piece.accent, 60.0)),
        box((w * 0.94, 0.025, d), (0, h * 0.88, 0), glow(piece.accent, 60.0)),
    ]
    letters = max(3, round(w / 0.32))
    rng = np.random.default_rng(piece.seed)
    each = w * 0.84 / letters
    tube_coat = glow(piece.accent, 90.0)
    for k in range(letters):
        x = -w * 0.42 + each * (k + 0.5)
        solids += [
            moved(s, (x, h * 0.24, d * 0.42))
            for s in _letter(each * 0.66, h * 0.52, int(rng.integers(5)), tube_coat)
        ]
    return solids


def _letter(w: float, h: float, shape: int, coat: Coat) -> list[Solid]:
    """A letter-like sign of strokes: A-like, B-like, E-like, L-like, O-like."""
    t, z = w * 0.2, 0.03
    left, right = (-w / 2 + t / 2, 0.0), (w / 2 - t / 2, 0.0)
    stroke = {
        0: [(left, t, h), (right, t, h), ((0.0, h - t), w, t), ((0.0, h * 0.45), w, t)],
        1: [
            (left, t, h),
            (right, t, h),
            ((0.0, 0.0), w, t),
            ((0.0, h - t), w, t),
            ((0.0, h * 0.42), w, t),
        ],
        2: [
            (left, t, h),
            ((0.0, 0.0), w, t),
            ((0.0, h * 0.42), w * 0.8, t),
            ((0.0, h - t), w, t),
        ],
        3: [(left, t, h), ((0.0, 0.0), w, t)],
        4: [(left, t, h), (right, t, h), ((0.0, 0.0), w, t), ((0.0, h - t), w, t)],
    }[shape]
    return [box((sw, sh, z), (at[0], at[1], 0), coat) for at, sw, sh in stroke]


def dumpster(piece: SetPiece) -> list[Solid]:
    """A steel refuse container with sloping lids."""
    w, h, d = piece.size_m
    steel, y = main(piece, Matter.PLASTIC), h * 0.78
    solids = [
        box((w * 0.97, y - 0.16, d * 0.9), (0, 0.14, 0), steel, bevel=0.02),
        box((w, 0.08, d), (0, y - 0.06, 0), shade(steel, 0.8), bevel=0.01),
    ]
    for k in (-1, 1):
        lid = turned(
            box(
                (w * 0.48, 0.04, d * 1.0),
                (0, 0, 0),
                Coat((0.03, 0.03, 0.035), Matter.PLASTIC),
                bevel=0.012,
            ),
            pitch_deg=9,
        )
        solids.append(moved(lid, (k * w * 0.25, y + 0.09, 0)))
        side = prism(
            [(-d / 2, 0), (d / 2, 0), (d / 2, 0.02), (-d / 2, 0.16)],
            0.04,
            (0, 0, 0),
            steel,
        )
        solids.append(moved(turned(side, yaw_deg=-90), (k * (w / 2 - 0.02), y, 0)))
    for x in np.linspace(-w * 0.4, w * 0.4, 5):
        solids.append(
            box((0.06, y - 0.2, 0.05), (float(x), 0.15, d * 0.46), shade(steel, 0.9))
        )
    for sx in (-1, 1):
        for sz in (-1, 1):
            wheel = turned(
                cylinder(0.08, 0.06, (0, -0.03, 0), Coat((0.02,) * 3, Matter.PLASTIC)),
                roll_deg=90,
            )
            solids.append(moved(wheel, (sx * w * 0.4, 0.08, sz * d * 0.36)))
    return solids


def bin_bags(piece: SetPiece) -> list[Solid]:
    """A round litter bin."""
    w, h, _ = piece.size_m
    r = w / 2
    return [
        lathe(
            [
                (r * 0.8, 0),
                (r, h * 0.85),
                (r * 1.05, h * 0.86),
                (r * 1.05, h * 0.92),
                (r * 0.7, h),
            ],
            main(piece, Matter.PLASTIC),
            segments=14,
        )
    ]


def cross_street_light(piece: SetPiece) -> list[Solid]:
    """A traffic light with its red lit."""
    _w, h, _d = piece.size_m
    solids = [
        cylinder(0.06, h - 0.9, (0, 0, 0), IRON, segments=8),
        box((0.3, 0.9, 0.24), (0, h - 0.9, 0), IRON, bevel=0.02),
    ]
    lamps: tuple[tuple[RGB, float], ...] = (
        ((0.1, 1.0, 0.3), 3.0),
        ((1.0, 0.6, 0.1), 3.0),
        ((1.0, 0.08, 0.05), 240.0),
    )
    for k, (color, level) in enumerate(lamps):
        disc = turned(
            cylinder(0.095, 0.03, (0, 0, 0), glow(color, level)), pitch_deg=90
        )
        solids.append(moved(disc, (0, h - 0.9 + 0.16 + 0.29 * k, 0.11)))
    return solids


def train(piece: SetPiece) -> list[Solid]:
    """A railway carriage along x with lit windows and two doors towards +z."""
    w, h, d = piece.size_m
    body, z = main(piece, Matter.PLASTIC, gloss=0.3), d / 2
    solids = [
        box((w, h - 1.15, d), (0, 0.9, 0), body, bevel=0.12),
        box((w - 0.3, 0.25, d * 0.8), (0, h - 0.26, 0), shade(body, 0.7), bevel=0.1),
        box(
            (w, 0.3, d + 0.02), (0, 1.35, 0), accent(piece, Matter.PLASTIC), bevel=0.01
        ),
        box(
            (w * 0.94, 0.45, d * 0.7),
            (0, 0.4, 0),
            Coat((0.03, 0.03, 0.03), Matter.PLASTIC),
        ),
    ]
    count = max(3, round(w / 1.8))
    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        if k in (1, count - 2):
            solids.append(
                box((1.3, 2.05, 0.03), (x, 1.0, z), shade(body, 0.75), bevel=0.01)
            )
            solids.append(box((0.5, 0.8, 0.05), (x - 0.3, 1.9, z), glow(LIT[1], 22.0)))
            solids.append(box((0.5, 0.8, 0.05), (x + 0.3, 1.9, z), glow(LIT[1], 22.0)))
        else:
            solids.append(
                box(
                    (w / count * 0.78, 0.86, 0.03),
                    (x, 1.85, z),
                    glow(LIT[1], 22.0),
                    bevel=0.01,
                )
            )
    for x in np.linspace(-w * 0.4, w * 0.4, 6):
        wheel = turned(
            cylinder(0.42, 0.12, (0, -0.06, 0), IRON, segments=14), pitch_deg=90
        )
        solids.append(moved(wheel, (float(x), 0.42, z - 0.3)))
    return solids


def rails(piece: SetPiece) -> list[Solid]:
    """A railway track along x on sleepers."""
    w, _h, d = piece.size_m
    solids = [box((w, 0.12, d), (0, -0.1, 0), Coat((0.16, 0.15, 0.14), Matter.STONE))]
    for s in (-1, 1):
        solids.append(
            box(
                (w, 0.14, 0.07),
                (0, 0.06, s * 0.72),
                Coat((0.3, 0.28, 0.26), Matter.METAL),
            )
        )
    for x in np.arange(-w / 2 + 0.3, w / 2, 0.65):
        solids.append(box((0.24, 0.1, 2.4), (float(x), 0, 0), main(piece)))
    return solids


def slope_panel(piece: SetPiece) -> list[Solid]:
    """A flat canopy on posts along x: a platform roof or a bus shelter."""
    w, h, d = piece.size_m
    iron = main(piece, Matter.METAL)
    solids = [
        box((w, 0.14, d), (0, h - 0.14, 0), accent(piece), bevel=0.02),
        box((w, 0.26, 0.06), (0, h - 0.32, d / 2 - 0.03), iron),
    ]
    count = max(2, round(w / 4.0))
    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        solids.append(
            lathe(
                [
                    (0.16, 0),
                    (0.15, 0.25),
                    (0.08, 0.35),
                    (0.07, h - 0.5),
                    (0.16, h - 0.14),
                ],
                iron,
                at=(x, 0, -d * 0.36),
                segments=10,
            )
        )
        solids.append(
            tube([(x, h - 0.7, -d * 0.36), (x, h - 0.2, d * 0.1)], 0.04, iron)
        )
        solids.append(
            box(
                (1.2, 0.05, 0.14), (x, h - 0.19, d * 0.1), glow((1.0, 0.9, 0.72), 700.0)
            )
        )
    return solids


KINDS = {
    "sidewalk": sidewalk,
    "marking": marking,
    "lamp-post": lamp_post,
    "sign": sign,
    "dumpster": dumpster,
    "bin": bin_bags,
    "traffic-light": cross_street_light,
    "train": train,
    "rails": rails,
    "canopy": slope_panel,
}
