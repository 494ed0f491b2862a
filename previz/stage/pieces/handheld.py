"""Things for a hand, at their true size: cups, papers, tools, luggage.

Each rests on its base as it would be put down. A handle of a cup is at -x.
"""

from __future__ import annotations

import numpy as np

from previz.model import Matter, SetPiece, Vec2
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    lathe,
    loft,
    moved,
    prism,
    rounded_ring,
    tube,
    turned,
)

__all__ = ["KINDS"]

STEEL = Coat((0.55, 0.56, 0.58), Matter.METAL)
BLACK = Coat((0.025, 0.025, 0.028), Matter.PLASTIC)
PAGE = Coat((0.66, 0.64, 0.57), Matter.PAPER)
INK = Coat((0.08, 0.08, 0.09), Matter.PAPER)


def _vessel(piece: SetPiece, profile: list[Vec2], *, segments: int = 18) -> list[Solid]:
    """A turned vessel with a wall, from shares of (radius, height) up its outside."""
    _, h, d = piece.size_m
    r, wall = d / 2, max(0.0025, 0.035 * d)
    outside = [(x * r, y * h) for x, y in profile]
    inside = [(max(x - wall, 0.001), max(y, 2 * wall)) for x, y in reversed(outside)]
    inside = [p for k, p in enumerate(inside) if k == 0 or p[1] < inside[k - 1][1]]
    return [lathe([*outside, *inside], main(piece), segments=segments, crease_deg=50.0)]


def cup(piece: SetPiece) -> list[Solid]:
    """A cup with a handle; a mug where it is straight."""
    w, h, d = piece.size_m
    x = (w - d) / 2
    sides = [(0.82, 0.0), (0.94, 0.06), (1.0, 0.2), (1.0, 1.0)]
    if piece.kind == "cup":
        sides = [(0.5, 0.0), (0.52, 0.05), (0.8, 0.3), (0.95, 0.7), (1.0, 1.0)]
    edge = -w / 2
    ear = [
        (x - d * 0.44, h * 0.82, 0.0),
        (edge + 0.012, h * 0.8, 0.0),
        (edge + 0.005, h * 0.5, 0.0),
        (edge + 0.014, h * 0.26, 0.0),
        (x - d * 0.4, h * 0.22, 0.0),
    ]
    drink = lathe(
        [(d * 0.42, 0.0), (d * 0.42, 0.002)],
        Coat((0.07, 0.03, 0.012), Matter.WATER),
        at=(x, h * 0.78, 0),
    )
    body = [moved(s, (x, 0, 0)) for s in _vessel(piece, sides)]
    return [*body, tube(ear, 0.005, main(piece)), drink]


def glass(piece: SetPiece) -> list[Solid]:
    """A tumbler, or a stemmed glass where it is tall."""
    w, h, _ = piece.size_m
    if h > 1.7 * w:
        return _vessel(
            piece,
            [
                (0.85, 0.0), (0.8, 0.015), (0.12, 0.05), (0.1, 0.42), (0.5, 0.5),
                (0.95, 0.68), (0.9, 1.0),
            ],
        )  # fmt: skip
    return _vessel(piece, [(0.8, 0.0), (0.84, 0.04), (1.0, 1.0)])


def bottle(piece: SetPiece) -> list[Solid]:
    """A bottle with a shoulder, a neck and a label."""
    _, h, d = piece.size_m
    r = d / 2
    profile = [(0.92, 0.0), (1.0, 0.03), (1.0, 0.58), (0.75, 0.68), (0.36, 0.76)]
    profile += [(0.34, 0.95), (0.4, 0.955), (0.4, 1.0)]
    label = lathe([(r * 1.012, h * 0.2), (r * 1.012, h * 0.48)], PAGE, segments=18)
    return [*_vessel(piece, profile), label]


def vase(piece: SetPiece) -> list[Solid]:
    """A vase with a belly, a neck and a lip, and a painted band."""
    _, h, d = piece.size_m
    r = d / 2
    profile = [(0.52, 0.0), (0.56, 0.03), (0.85, 0.25), (1.0, 0.48), (0.9, 0.68)]
    profile += [(0.5, 0.85), (0.46, 0.92), (0.62, 1.0)]
    band = [(r * 1.0, h * 0.44), (r * 1.012, h * 0.48), (r * 0.975, h * 0.55)]
    return [
        *_vessel(piece, profile, segments=22),
        lathe(band, accent(piece), segments=22, crease_deg=60),
    ]


def plate(piece: SetPiece) -> list[Solid]:
    """A dinner plate."""
    _, h, d = piece.size_m
    r = d / 2
    profile = [
        (r * 0.58, 0.0), (r * 0.62, h * 0.3), (r, h * 0.9), (r, h), (r * 0.66, h * 0.5),
        (r * 0.6, h * 0.36),
    ]  # fmt: skip
    return [lathe(profile, main(piece), segments=24, crease_deg=45)]


def letter(piece: SetPiece) -> list[Solid]:
    """A sheet with a fold and lines of writing; a photograph with its border."""
    w, h, d = piece.size_m
    solids = [box((w, max(h, 0.0008), d), (0, 0, 0), main(piece, Matter.PAPER))]
    y = max(h, 0.0008)
    if piece.kind == "photo":
        picture = Coat(piece.accent, Matter.PAPER)
        dark, pale = shade(picture, 0.45), shade(picture, 1.8)
        solids.append(box((w * 0.88, 0.0004, d * 0.88), (0, y, 0), pale))
        solids.append(box((w * 0.88, 0.0005, d * 0.4), (0, y, d * 0.24), picture))
        solids.append(box((w * 0.2, 0.0006, d * 0.5), (-w * 0.1, y, d * 0.1), dark))
        solids.append(box((w * 0.12, 0.0006, d * 0.12), (-w * 0.1, y, -d * 0.2), dark))
        return solids
    rng = np.random.default_rng(piece.seed)
    for k in range(9):
        length = w * float(rng.uniform(0.5, 0.78))
        z = -d * 0.36 + d * 0.075 * k
        left = -w * 0.4 + length / 2
        solids.append(box((length, 0.0004, d * 0.016), (left, y, z), INK))
    return solids


def book(piece: SetPiece) -> list[Solid]:
    """A closed book: boards, spine at -x, pages; a newspaper where it is of paper."""
    w, h, d = piece.size_m
    cover, board = main(piece), min(0.003, h * 0.2)
    solids = [
        box((w - 0.006, h - 2 * board, d - 0.008), (-0.002, board, 0), PAGE),
        box((w, board, d), (0, 0, 0), cover),
        box((w, board, d), (0, h - board, 0), cover),
        box((board, h, d), (-w / 2 + board / 2, 0, 0), cover),
        box((w * 0.6, 0.0005, d * 0.1), (0, h, -d * 0.2), accent(piece)),
        box((w * 0.4, 0.0005, d * 0.04), (0, h, -d * 0.08), accent(piece)),
    ]
    return solids


def newspaper(piece: SetPiece) -> list[Solid]:
    """A newspaper folded in half: title, columns, a picture."""
    w, h, d = piece.size_m
    sheet = main(piece, Matter.PAPER)
    solids = [
        box((w, h, d), (0, 0, 0), sheet, bevel=h * 0.4),
        box((w * 0.8, 0.0006, d * 0.09), (0, h, -d * 0.38), INK),
        box((w * 0.4, 0.0006, d * 0.3), (w * 0.2, h, -d * 0.1), shade(sheet, 0.4)),
    ]
    for k in range(4):
        x = -w * 0.36 + k * w * 0.24
        low = -d * 0.26 if k < 2 else d * 0.1
        long = d * 0.42 - low
        grey = shade(sheet, 0.62)
        solids.append(box((w * 0.2, 0.0006, long), (x, h, low + long / 2), grey))
    return solids


def mobile(piece: SetPiece) -> list[Solid]:
    """A mobile telephone on its back, its screen lit."""
    w, h, d = piece.size_m
    lit = glow((0.7, 0.85, 1.0), 60.0)
    return [
        box((w, h, d), (0, 0, 0), main(piece), bevel=0.003),
        box((w * 0.9, 0.0006, d * 0.9), (0, h, 0), lit),
    ]


def pistol(piece: SetPiece) -> list[Solid]:
    """A pistol on its side: barrel towards +z, its grip towards -x."""
    w, h, d = piece.size_m
    steel, wood = main(piece), accent(piece)
    slide = w * 0.26
    x = w / 2 - slide / 2
    frame = (slide * 0.9, h * 0.6, d * 0.6)
    grip = prism(
        [
            (0.0, -d * 0.06),
            (0.0, d * 0.24),
            (-w * 0.62, d * 0.14),
            (-w * 0.62, -d * 0.08),
        ],
        h * 0.8,
        (0, 0, 0),
        wood,
    )  # fmt: skip
    flat = moved(turned(grip, pitch_deg=90), (x - slide * 0.4, h * 0.5, -d * 0.36))
    guard = [(0.0, 0.0, 0.0), (-w * 0.2, 0.0, 0.0), (-w * 0.2, 0.0, d * 0.2)]
    guard += [(0.0, 0.0, d * 0.22)]
    ring = moved(tube(guard, 0.003, steel), (x - slide * 0.4, h / 2, -d * 0.12))
    return [
        box((slide, h * 0.75, d), (x, h * 0.12, 0), steel, bevel=0.004),
        box(frame, (x - slide * 0.5, h * 0.2, -d * 0.16), steel),
        box((0.004, 0.004, 0.006), (w / 2, h * 0.45, d * 0.46), steel),
        flat,
        ring,
    ]


def rifle(piece: SetPiece) -> list[Solid]:
    """A rifle on its side, held at its middle: barrel towards +z, stock to -z."""
    w, h, d = piece.size_m
    steel, wood = main(piece), accent(piece, Matter.WOOD)
    stock = prism(
        [
            (-d * 0.5, -w * 0.62),
            (-d * 0.14, -w * 0.08),
            (d * 0.22, -w * 0.06),
            (d * 0.22, w * 0.12),
            (-d * 0.12, w * 0.16),
            (-d * 0.5, w * 0.1),
        ],
        h * 0.8,
        (0, 0, 0),
        wood,
    )  # fmt: skip
    flat = turned(turned(stock, yaw_deg=-90), roll_deg=-90)
    barrel = turned(cylinder(h * 0.22, d * 0.58, (0, 0, 0), steel), pitch_deg=90)
    lock = box((w * 0.2, h * 0.9, d * 0.16), (w * 0.18, 0, -d * 0.02), steel)
    return [
        moved(flat, (w * 0.1, h * 0.5, 0)),
        moved(barrel, (w * 0.24, h * 0.5, -d * 0.08)),
        lock,
        box((0.006, 0.004, 0.012), (w * 0.34, h * 0.5, d * 0.48), steel),
    ]


def glove(piece: SetPiece) -> list[Solid]:
    """A leather glove, lying flat, its cuff towards -z."""
    w, h, d = piece.size_m
    hide, cuff = main(piece, Matter.LEATHER), accent(piece, Matter.LEATHER)
    solids = [
        ellipsoid((w * 0.33, h / 2, d * 0.23), (-w * 0.06, h / 2, 0), hide),
        box((w * 0.62, h * 0.9, d * 0.3), (-w * 0.06, 0, -d * 0.34), cuff, bevel=0.01),
        tube([(w * 0.2, h / 2, -d * 0.08), (w * 0.42, h / 2, d * 0.12)], h * 0.4, hide),
    ]
    for k, reach in enumerate((0.42, 0.5, 0.47, 0.38)):
        x = w * (0.16 - 0.15 * k)
        finger = [(x, h / 2, d * 0.1), (x * 1.15, h / 2, d * reach)]
        solids.append(tube(finger, h * 0.36, hide))
    return solids


def receiver(piece: SetPiece) -> list[Solid]:
    """The handset of a telephone, lying on its grip."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.PLASTIC, gloss=0.3)
    bow = [(0.0, h * 0.45, -d * 0.44), (0.0, h * 0.78, -d * 0.2)]
    bow += [(0.0, h * 0.78, d * 0.2), (0.0, h * 0.45, d * 0.44)]
    cups = [
        cylinder(w * 0.5, h * 0.5, (0, 0, s * d * 0.4), coat, segments=12)
        for s in (-1, 1)
    ]
    return [tube(bow, w * 0.24, coat, sides=8), *cups]


def bag(piece: SetPiece) -> list[Solid]:
    """A soft bag with two straps that stand up."""
    w, h, d = piece.size_m
    hide, body = main(piece), h * 0.62
    rings = [
        (0.96, 0.9, 0.0), (1.0, 1.0, 0.1), (0.98, 0.92, 0.5), (0.9, 0.6, 0.9),
        (0.86, 0.35, 1.0),
    ]  # fmt: skip
    solids = [_lofted(w, body, d, rings, hide)]
    for s in (-1, 1):
        z = s * d * 0.16
        strap = [
            (-w * 0.22, body * 0.9, z),
            (-w * 0.14, h * 0.94, z * 0.5),
            (0.0, h, z * 0.3),
            (w * 0.14, h * 0.94, z * 0.5),
            (w * 0.22, body * 0.9, z),
        ]
        solids.append(tube(strap, 0.008, accent(piece), sides=7))
    solids.append(box((w * 0.12, 0.03, 0.01), (0, body * 0.7, d * 0.42), STEEL))
    return solids


def _lofted(
    w: float, h: float, d: float, rings: list[tuple[float, float, float]], coat: Coat
) -> Solid:
    return loft(
        np.array(
            [
                rounded_ring(w * a, d * b, radius=d * 0.35 * b, y=h * y)
                for a, b, y in rings
            ]
        ),
        coat,
    )


def tray(piece: SetPiece) -> list[Solid]:
    """A tray with a rim and two handles."""
    w, h, d = piece.size_m
    coat, t = main(piece), 0.008
    solids = [box((w, t, d), (0, 0, 0), coat)]
    solids += [box((t, h, d), (s * (w - t) / 2, 0, 0), coat) for s in (-1, 1)]
    solids += [box((w, h, t), (0, 0, s * (d - t) / 2), coat) for s in (-1, 1)]
    for s in (-1, 1):
        x = s * w / 2
        ear = [(x, h * 0.7, -d * 0.14), (x + s * 0.03, h, -d * 0.1)]
        ear += [(x + s * 0.03, h, d * 0.1), (x, h * 0.7, d * 0.14)]
        solids.append(tube(ear, 0.006, accent(piece)))
    return solids


def umbrella(piece: SetPiece) -> list[Solid]:
    """A furled umbrella, lying, its crook towards +z."""
    w, h, d = piece.size_m
    r, cloth, wood = h / 2, main(piece, Matter.CLOTH), accent(piece, Matter.WOOD)
    furled = lathe(
        [(0.004, 0.0), (r * 0.6, d * 0.08), (r, d * 0.5), (r * 0.7, d * 0.66)],
        cloth,
        segments=10,
    )
    shaft = cylinder(0.006, d * 0.9, (0, 0, 0), STEEL, segments=7)
    hook_r = min(w * 0.4, 0.045)
    bend = [(0.0, d * 0.8, 0.0), (0.0, d * 0.95, 0.0)]
    bend += [
        (hook_r * (1 - np.cos(a)), d * 0.95 + hook_r * np.sin(a), 0.0)
        for a in np.linspace(0.5, 3.3, 6)
    ]
    crook = tube([(float(x), float(y), z) for x, y, z in bend], 0.01, wood, sides=7)
    standing = [furled, shaft, crook]
    return [moved(turned(solid, pitch_deg=90), (0, r, -d / 2)) for solid in standing]


def keys(piece: SetPiece) -> list[Solid]:
    """Three keys on a ring."""
    w, h, _ = piece.size_m
    ring = [
        (0.014 * float(np.cos(a)), h / 2, 0.014 * float(np.sin(a)))
        for a in np.linspace(0, 2 * np.pi, 11)
    ]
    solids = [tube(ring, 0.0015, STEEL)]
    for k, yaw in enumerate((-35.0, 5.0, 40.0)):
        coat = main(piece) if k else shade(main(piece), 0.6)
        parts = [
            cylinder(0.011, 0.0025, (0, 0, 0.022), coat, segments=10),
            box((0.007, 0.0025, w * 0.5), (0, 0, 0.03 + w * 0.25), coat),
            box((0.012, 0.0025, 0.006), (0.004, 0, 0.026 + w * 0.46), coat),
        ]
        up = 0.0004 + 0.0022 * k
        solids += [moved(turned(s, yaw_deg=yaw), (0, up, 0)) for s in parts]
    return solids


def torch(piece: SetPiece) -> list[Solid]:
    """A torch, lying, its lens towards +z."""
    w, h, d = piece.size_m
    r, body = w / 2, main(piece)
    profile = [(r * 0.55, 0.0), (r * 0.6, d * 0.02), (r * 0.6, d * 0.68)]
    profile += [(r, d * 0.8), (r, d * 0.99)]
    lens = lathe(
        [(r * 0.86, d * 0.99), (r * 0.86, d)],
        glow((1.0, 0.9, 0.7), 4000.0),
        segments=14,
    )
    switch = box((0.012, 0.03, 0.004), (0, d * 0.5, r * 0.58), BLACK)
    solids = [lathe(profile, body, segments=14), lens, switch]
    return [moved(turned(s, pitch_deg=90), (0, h / 2, -d / 2)) for s in solids]


def lantern(piece: SetPiece) -> list[Solid]:
    """A storm lantern with a lit chimney and a wire handle."""
    w, h, _ = piece.size_m
    r, iron = w / 2, main(piece)
    solids = [
        lathe([(r, 0), (r, h * 0.12), (r * 0.6, h * 0.2), (r * 0.6, h * 0.24)], iron),
        lathe(
            [(r * 0.5, h * 0.24), (r * 0.66, h * 0.4), (r * 0.5, h * 0.58)],
            glow((1.0, 0.66, 0.3), 700.0),
            segments=12,
            crease_deg=70,
        ),
        lathe([(r * 0.62, h * 0.58), (r * 0.5, h * 0.66), (r * 0.2, h * 0.72)], iron),
    ]
    for s in (-1, 1):
        solids.append(box((0.008, h * 0.5, 0.008), (s * r * 0.8, h * 0.12, 0), iron))
    wire = [(-r * 0.8, h * 0.6, 0.0), (-r * 0.5, h * 0.92, 0.0), (0.0, h * 0.985, 0.0)]
    wire += [(r * 0.5, h * 0.92, 0.0), (r * 0.8, h * 0.6, 0.0)]
    return [*solids, tube(wire, 0.004, STEEL)]


def ball(piece: SetPiece) -> list[Solid]:
    """A ball with a coloured band."""
    _, h, _ = piece.size_m
    r = h / 2
    band = [(r * 0.975, -r * 0.24), (r * 1.004, 0.0), (r * 0.975, r * 0.24)]
    return [
        ellipsoid((r, r, r), (0, r, 0), main(piece), rows=12, segments=18),
        lathe(band, accent(piece), at=(0, r, 0), segments=18, crease_deg=60),
    ]


def knife(piece: SetPiece) -> list[Solid]:
    """A kitchen knife on its side, its point towards +z."""
    w, h, d = piece.size_m
    outline = [(-w / 2, 0.0), (w / 2, 0.0), (w / 2, d * 0.38), (w * 0.1, d * 0.62)]
    blade = turned(prism(outline, 0.002, (0, 0, 0), STEEL), pitch_deg=90)
    return [
        moved(blade, (0, h / 2, 0)),
        box((w * 0.7, h, d * 0.4), (w * 0.1, 0, -d * 0.3), main(piece), bevel=0.005),
    ]


def flowers(piece: SetPiece) -> list[Solid]:
    """A bunch of flowers standing on its stems, wrapped in paper."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    green = Coat((0.07, 0.16, 0.045), Matter.FOLIAGE)
    r = w / 2
    cone = [(r * 0.22, h * 0.12), (r * 0.3, h * 0.3), (r * 0.72, h * 0.68)]
    solids = [
        cylinder(r * 0.2, h * 0.3, (0, 0, 0), green, segments=8),
        lathe(cone, accent(piece, Matter.PAPER), segments=14, crease_deg=70),
    ]
    for k in range(13):
        a, out = k * 2.4, r * 0.75 * float(np.sqrt((k + 0.5) / 13))
        y = h * (0.9 - 0.16 * (out / r) ** 2) - 0.02 * float(rng.uniform(0, 1))
        at = (float(np.sin(a)) * out, y, float(np.cos(a)) * out)
        size = r * float(rng.uniform(0.2, 0.3))
        coat = shade(Coat(piece.color, Matter.FOLIAGE), float(rng.uniform(0.7, 1.25)))
        solids.append(
            ellipsoid((size, size * 0.7, size), at, coat, rows=5, segments=8,
                      lumps=0.2, seed=piece.seed + k)
        )  # fmt: skip
        if k % 3 == 0:
            leaf = ellipsoid((size, size * 0.3, size * 1.4), at, green, rows=4,
                             segments=6)  # fmt: skip
            solids.append(moved(leaf, (0, -size * 0.9, 0)))
    return solids


def pen(piece: SetPiece) -> list[Solid]:
    """A ball pen on its side, its point towards +z."""
    w, h, d = piece.size_m
    barrel = cylinder(h / 2, d * 0.86, (0, -d / 2, 0), main(piece), segments=8)
    tip = cylinder(h / 2, d * 0.14, (0, d * 0.36, 0), STEEL, top=0.001, segments=8)
    lying = [turned(s, pitch_deg=90) for s in (barrel, tip)]
    clip = box((w * 0.3, h * 0.2, d * 0.3), (0, h, -d * 0.32), STEEL)
    return [*(moved(s, (0, h / 2, 0)) for s in lying), clip]


def film_can(piece: SetPiece) -> list[Solid]:
    """A round can for film, or the lid of one where it is flat."""
    w, h, _ = piece.size_m
    r = w / 2
    sides = [
        (r, 0.0), (r, h * 0.8), (r * 0.97, h), (r * 0.9, h), (r * 0.88, h * 0.9),
        (r * 0.35, h * 0.9), (r * 0.32, h * 0.97),
    ]  # fmt: skip
    body = lathe(sides, main(piece), segments=28)
    if h < 0.03:
        return [body]
    tape = lathe([(r * 1.006, 0.0), (r * 1.006, h * 0.3)], PAGE, segments=28)
    return [body, moved(tape, (0, h * 0.4, 0))]


def film_strip(piece: SetPiece) -> list[Solid]:
    """A length of film: dark, with a row of frames that light shines through."""
    w, h, d = piece.size_m
    base = box((w, h, d), (0, 0, 0), main(piece))
    frame, pitch = accent(piece), 0.03
    many = max(1, int(d / pitch))
    shown = [
        box((w * 0.62, h * 1.6, pitch * 0.68), (0, 0, (k + 0.5) * pitch - d / 2), frame)
        for k in range(many)
    ]
    return [base, *shown]


def chain(piece: SetPiece) -> list[Solid]:
    """A chain that hangs in a bight, link by link."""
    w, h, d = piece.size_m
    links = 2 * max(6, int(h / 0.05)) + 1
    solids = []
    for k in range(links):
        t = 2.0 * k / (links - 1) - 1.0
        at = (0.5 * w * t, h * (t * t * 0.92 + 0.04), 0.0)
        slope = float(np.degrees(np.arctan2(1.84 * h * t, 0.5 * w)))
        ring = [
            (0.03 * float(np.cos(a)), 0.014 * float(np.sin(a)), 0.0)
            for a in np.linspace(0, 2 * np.pi, 9)
        ]
        link = tube(ring, d * 0.12, main(piece), sides=4)
        link = turned(link, pitch_deg=90.0 * (k % 2))
        solids.append(moved(turned(link, roll_deg=slope), at))
    return solids


KINDS = {
    "pen": pen,
    "film-can": film_can,
    "film-strip": film_strip,
    "chain": chain,
    "cup": cup,
    "mug": cup,
    "glass": glass,
    "bottle": bottle,
    "vase": vase,
    "plate": plate,
    "letter": letter,
    "photo": letter,
    "book": book,
    "newspaper": newspaper,
    "mobile": mobile,
    "pistol": pistol,
    "rifle": rifle,
    "glove": glove,
    "receiver": receiver,
    "bag": bag,
    "tray": tray,
    "umbrella": umbrella,
    "keys": keys,
    "torch": torch,
    "lantern": lantern,
    "ball": ball,
    "knife": knife,
    "flowers": flowers,
}
