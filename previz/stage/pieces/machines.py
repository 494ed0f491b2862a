"""Screens, telephones, a piano, film projectors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from previz.model import Matter, SetPiece
from previz.stage.pieces.coats import Coat, glow, main, shade
from previz.stage.pieces.furniture import STEEL
from previz.stage.pieces.joints import Joint, hinged, part_of
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    lathe,
    moved,
    prism,
    tube,
    turned,
)

__all__ = ["JOINTS", "KINDS"]


BLACK = Coat((0.025, 0.025, 0.028), Matter.PLASTIC)
CREAM = Coat((0.62, 0.58, 0.48), Matter.PAPER)


def computer(piece: SetPiece) -> list[Solid]:
    """A monitor with keyboard and mouse; its face is +z."""
    w, h, d = piece.size_m
    screen = _screen(w, h * 0.74, luminance=34.0)
    return [
        lathe(
            [(w * 0.2, 0), (w * 0.19, 0.012), (0.03, 0.02)], BLACK, at=(0, 0, -d * 0.3)
        ),
        box((0.06, h * 0.4, 0.03), (0, 0, -d * 0.34), BLACK),
        *[moved(s, (0, h * 0.26, -d * 0.28)) for s in screen],
        box((w * 0.8, 0.018, 0.13), (0, 0, d * 0.3), BLACK, bevel=0.006),
        box((w * 0.76, 0.006, 0.1), (0, 0.017, d * 0.3), shade(BLACK, 2.2)),
        ellipsoid(
            (0.03, 0.016, 0.05), (w * 0.52, 0.014, d * 0.3), BLACK, rows=4, segments=8
        ),
    ]


def _screen(w: float, h: float, *, luminance: float) -> list[Solid]:
    cool = glow((0.55, 0.75, 1.0), luminance)
    pale = glow((0.85, 0.92, 1.0), luminance * 2.0)
    return [
        box((w, h, 0.03), (0, 0, 0), BLACK, bevel=0.006),
        box((w - 0.024, h - 0.03, 0.006), (0, 0.015, 0.014), cool),
        box((w * 0.5, h * 0.6, 0.004), (-w * 0.18, h * 0.24, 0.018), pale),
        box(
            (w * 0.24, h * 0.3, 0.004), (w * 0.3, h * 0.5, 0.018), shade_glow(cool, 0.4)
        ),
    ]


def shade_glow(coat: Coat, factor: float) -> Coat:
    """Return a glowing coat with its luminance multiplied."""
    r, g, b = (channel * factor for channel in coat.emission)
    return Coat(coat.color, coat.matter, (r, g, b))


def television(piece: SetPiece) -> list[Solid]:
    """A flat television on a low cabinet."""
    w, h, d = piece.size_m
    low = h * 0.38
    solids = [
        box((w, low - 0.1, d), (0, 0.1, 0), main(piece), bevel=0.01),
        box((w * 0.9, 0.1, d * 0.8), (0, 0, 0), shade(main(piece), 0.4)),
        box((w * 0.3, 0.02, d * 0.5), (0, low, 0), BLACK, bevel=0.005),
        box((0.06, 0.08, 0.05), (0, low, -0.02), BLACK),
    ]
    for s in (-1, 1):
        front = shade(main(piece), 1.2)
        solids.append(
            box(
                (w * 0.47, low - 0.14, 0.02),
                (s * w * 0.245, 0.12, d / 2),
                front,
                bevel=0.006,
            )
        )
    panel = _screen(w * 0.86, h - low - 0.06, luminance=22.0)
    return solids + [moved(s, (0, low + 0.06, 0)) for s in panel]


def phone(piece: SetPiece) -> list[Solid]:
    """A desk telephone with its handset on, or a cradle whose handset is off."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.PLASTIC, gloss=0.3)
    wedge = prism(
        [(-d / 2, 0), (d / 2, 0), (d / 2, h * 0.35), (-d / 2, h * 0.7)],
        w * 0.86,
        (0, 0, 0),
        coat,
    )
    solids = [turned(wedge, yaw_deg=-90)]
    dial = turned(cylinder(w * 0.26, 0.012, (0, 0, 0), shade(CREAM, 1.0)), pitch_deg=20)
    solids.append(moved(dial, (0, h * 0.5, d * 0.12)))
    if piece.kind == "phone-cradle":
        return solids
    y = h * 0.78
    solids.append(box((w, h * 0.16, d * 0.22), (0, y, -d * 0.26), coat, bevel=0.02))
    for s in (-1, 1):
        solids.append(
            cylinder(d * 0.15, h * 0.2, (s * w * 0.42, y - 0.03, -d * 0.26), coat)
        )
    return solids


def piano(piece: SetPiece) -> list[Solid]:
    """An upright piano; the player sits at +z."""
    w, h, d = piece.size_m
    coat = main(piece, gloss=0.5)
    body, key_y = d * 0.5, min(0.72, h * 0.6)
    back, front = -d / 2 + body / 2, -d / 2 + body
    keys = (d - body, d / 2 - (d - body) / 2)
    ivory = Coat((0.7, 0.68, 0.62), Matter.PLASTIC, gloss=0.4)
    panel = (w * 0.84, (h - key_y) * 0.62, 0.02)
    solids = [
        box((w, h - 0.05, body), (0, 0, back), coat, bevel=0.01),
        box((w + 0.04, 0.05, body + 0.04), (0, h - 0.05, back), coat, bevel=0.014),
        box((w - 0.04, 0.09, keys[0]), (0, key_y - 0.12, keys[1]), coat, bevel=0.01),
        box((w * 0.88, 0.022, 0.15), (0, key_y - 0.03, d / 2 - 0.15), ivory),
        box(panel, (0, key_y + 0.1, front + 0.008), shade(coat, 1.25), bevel=0.008),
    ]
    for s in (-1, 1):
        x = s * (w / 2 - 0.035)
        leg, cheek = (0.06, key_y + 0.05, d * 0.1), (0.07, 0.18, keys[0])
        solids.append(box(leg, (x, 0, d / 2 - d * 0.08), coat, bevel=0.012))
        solids.append(box(cheek, (x, key_y - 0.12, keys[1]), coat, bevel=0.012))
    solids += _black_keys(w, (key_y - 0.009, d / 2 - 0.18))
    brass = Coat((0.5, 0.4, 0.2), Matter.METAL)
    for k in (-1, 0, 1):
        solids.append(box((0.05, 0.02, 0.1), (k * 0.12, 0.06, front + 0.05), brass))
    sheet = turned(box((0.4, 0.28, 0.006), (0, 0, 0), CREAM), pitch_deg=-12)
    solids.append(moved(sheet, (0, key_y + 0.1, front + 0.07)))
    return solids


def _black_keys(w: float, at: tuple[float, float]) -> list[Solid]:
    """The black keys between 52 white ones, at a height and depth."""
    whites = 52
    return [
        box(
            (0.011, 0.014, 0.095), (-w * 0.44 + w * 0.88 * (k + 1) / whites, *at), BLACK
        )
        for k in range(whites - 1)
        if k % 7 not in (2, 6)
    ]


def projector(piece: SetPiece) -> list[Solid]:
    """A 35 mm film projector on a pedestal: lamp house, two reels; lens at +z."""
    w, h, d = piece.size_m
    body, steel = main(piece, Matter.PLASTIC), shade(STEEL, 0.8)
    y, r = h * 0.52, min(h * 0.17, d * 0.32)
    head, chimney = (w * 0.5, h * 0.2, d * 0.36), (0, y + h * 0.24, -d * 0.3)
    solids = [
        box((w * 0.9, 0.08, d * 0.7), (0, 0, 0), shade(body, 0.7), bevel=0.02),
        box((w * 0.4, y - 0.08, d * 0.3), (0, 0.08, 0), shade(body, 0.85), bevel=0.03),
        box((w * 0.85, h * 0.24, d * 0.42), (0, y, -d * 0.28), body, bevel=0.03),
        box(head, (0, y + 0.02, d * 0.1), shade(body, 1.3), bevel=0.02),
        cylinder(w * 0.12, h * 0.14, chimney, shade(body, 0.6), top=w * 0.09),
    ]
    barrel = [
        (0.07, 0), (0.07, 0.12), (0.055, 0.12), (0.055, 0.24), (0.062, 0.24),
        (0.062, 0.28),
    ]  # fmt: skip
    lens = turned(lathe(barrel, steel), pitch_deg=90)
    solids.append(moved(lens, (0, y + h * 0.12, d * 0.26)))
    glass = cylinder(0.05, 0.006, (0, 0, 0), glow((1.0, 0.93, 0.8), 6000.0))
    flare = turned(glass, pitch_deg=90)
    solids.append(moved(flare, (0, y + h * 0.12, d * 0.26 + 0.279)))
    for yc, zc in ((h - r, -0.02 * d), (y - r * 0.75, 0.22 * d)):
        solids += [moved(s, (w * 0.34, yc, zc)) for s in _reel(r, steel, BLACK)]
    film = [(w * 0.3, y + 0.12, d * 0.05), (w * 0.34, h - r, 0)]
    solids.append(tube(film, 0.02, steel))
    return solids


def _reel(radius: float, rim: Coat, film: Coat) -> list[Solid]:
    """A film reel whose axle is x."""
    flanges = [
        turned(
            lathe(
                [(radius, s * 0.035 - 0.004), (radius, s * 0.035 + 0.004)],
                rim,
                segments=24,
            ),
            roll_deg=-90,
        )
        for s in (-1, 1)
    ]
    stock = turned(
        cylinder(radius * 0.78, 0.06, (0, -0.03, 0), film, segments=20), roll_deg=-90
    )
    hub = turned(
        cylinder(radius * 0.2, 0.1, (0, -0.05, 0), shade(rim, 0.7)), roll_deg=-90
    )
    holes = []
    for k in range(5):
        a = 2 * np.pi * k / 5
        spot = turned(
            cylinder(
                radius * 0.2, 0.082, (0, -0.041, 0), shade(film, 2.0), segments=10
            ),
            roll_deg=-90,
        )
        holes.append(
            moved(
                spot,
                (0, float(np.sin(a)) * radius * 0.55, float(np.cos(a)) * radius * 0.55),
            )
        )
    return [*flanges, stock, hub, *holes]


def film_reel(piece: SetPiece) -> list[Solid]:
    """A film reel lying in the open."""
    w, h, _ = piece.size_m
    reel = _reel(w / 2, shade(STEEL, 0.9), BLACK)
    return [moved(turned(s, roll_deg=90), (0, h / 2, 0)) for s in reel]


def screen(piece: SetPiece) -> list[Solid]:
    """A cinema screen: black masking round a lit picture; its face is +z."""
    w, h, d = piece.size_m
    return [
        box(
            (w, h, d * 0.5), (0, 0, -d * 0.25), Coat((0.02, 0.02, 0.022), Matter.CLOTH)
        ),
        box(
            (w * 0.92, h * 0.86, 0.02),
            (0, h * 0.07, d * 0.2),
            glow((0.92, 0.96, 1.0), 16.0),
        ),
    ]


def laptop(piece: SetPiece) -> list[Solid]:
    """An open laptop."""
    w, h, d = piece.size_m
    lid = [turned(s, pitch_deg=-14) for s in _screen(w, h - 0.03, luminance=34.0)]
    lid = part_of("lid", lid)
    return [
        box((w, 0.018, d), (0, 0, 0), main(piece, Matter.PLASTIC), bevel=0.006),
        box((w * 0.88, 0.004, d * 0.5), (0, 0.017, -d * 0.12), BLACK),
        *[moved(s, (0, 0.018, -d / 2)) for s in lid],
    ]


def laptop_joints(piece: SetPiece) -> dict[str, Joint]:
    """The lid, which is built open."""
    _, h, d = piece.size_m
    lid = hinged(
        (0.0, 0.02, -d / 2),
        axis=(1.0, 0.0, 0.0),
        turn_deg=-104.0,
        grip=(0.0, 0.03, h - 0.03 - d / 2),
    )
    return {"lid": replace(lid, built=1.0)}


KINDS = {
    "computer": computer,
    "tv": television,
    "phone": phone,
    "phone-cradle": phone,
    "piano": piano,
    "projector": projector,
    "film-reel": film_reel,
    "screen": screen,
    "laptop": laptop,
}

JOINTS = {"laptop": laptop_joints}
