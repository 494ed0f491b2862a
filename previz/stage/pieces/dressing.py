"""What makes a set lived in: lamps, pictures, textiles, plants, machines."""

from __future__ import annotations

import numpy as np

from previz.model import RGB, Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, main, shade, toward
from previz.stage.pieces.furniture import BOOK_COLORS
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

__all__ = ["KINDS", "LAMP_LUMINANCE_CD_M2"]

LAMP_LUMINANCE_CD_M2 = 130.0
"""A lit fabric shade, seen from outside."""

WARM: RGB = (1.0, 0.72, 0.42)
BLACK = Coat((0.025, 0.025, 0.028), Matter.PLASTIC)
CREAM = Coat((0.62, 0.58, 0.48), Matter.PAPER)


def _lampshade(radius: float, height: float, y: float) -> Solid:
    profile = [(radius, 0.0), (radius * 0.66, height)]
    return lathe(profile, glow(WARM, LAMP_LUMINANCE_CD_M2), at=(0, y, 0), segments=18)


def table_lamp(piece: SetPiece) -> list[Solid]:
    """A turned foot and a glowing shade."""
    w, h, _ = piece.size_m
    r = w / 2
    foot = [
        (r * 0.5, 0),
        (r * 0.5, 0.02),
        (r * 0.22, 0.05),
        (r * 0.42, h * 0.25),
        (r * 0.12, h * 0.5),
        (r * 0.1, h * 0.62),
    ]
    return [
        lathe(foot, main(piece, Matter.TILE), crease_deg=60),
        _lampshade(r, h * 0.44, h * 0.56),
    ]


def floor_lamp(piece: SetPiece) -> list[Solid]:
    """A standard lamp."""
    w, h, _ = piece.size_m
    r, metal = w / 2, main(piece, Matter.METAL)
    return [
        lathe([(r * 0.75, 0), (r * 0.72, 0.02), (0.03, 0.04)], metal),
        cylinder(0.014, h - 0.3, (0, 0.03, 0), metal, segments=8),
        _lampshade(r, 0.3, h - 0.3),
    ]


def pendant(piece: SetPiece) -> list[Solid]:
    """A hanging lamp; its height is cord and shade, its base the shade's rim."""
    w, h, _ = piece.size_m
    r = w / 2
    metal = main(piece, Matter.PLASTIC)
    bowl = [
        (r * 0.97, 0.0),
        (r, 0.01),
        (r * 0.9, r * 0.35),
        (r * 0.5, r * 0.7),
        (0.04, r * 0.85),
        (0.03, r),
    ]
    return [
        lathe(bowl, metal, segments=18, crease_deg=60),
        ellipsoid(
            (r * 0.5, r * 0.2, r * 0.5), (0, -0.005, 0), glow(WARM, 500.0), rows=6
        ),
        cylinder(0.006, max(0.02, h - r), (0, r, 0), BLACK, segments=5),
    ]


def strip_light(piece: SetPiece) -> list[Solid]:
    """A fluorescent fitting under a ceiling; its base is the diffuser."""
    w, h, d = piece.size_m
    return [
        box((w, h * 0.6, d), (0, h * 0.4, 0), main(piece, Matter.PLASTIC)),
        box(
            (w - 0.04, h * 0.5, d - 0.04),
            (0, 0, 0),
            glow((0.94, 1.0, 0.97), 900.0),
            bevel=0.02,
        ),
    ]


def picture(piece: SetPiece) -> list[Solid]:
    """A framed picture of a landscape or of bold shapes; hangs on its back."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    frame, t = main(piece), min(0.05, w * 0.08)
    solids = [
        box((t, h, d), (s * (w - t) / 2, 0, 0), frame, bevel=0.008) for s in (-1, 1)
    ]
    solids += [
        box((w - 2 * t, t, d), (0, y, 0), frame, bevel=0.008) for y in (0.0, h - t)
    ]
    iw, ih, z = w - 2 * t, h - 2 * t, d * 0.1
    solids.append(box((iw, ih, d * 0.5), (0, t, -d * 0.2), CREAM))
    mat = min(iw, ih) * float(rng.uniform(0.06, 0.14))
    pw, ph = iw - 2 * mat, ih - 2 * mat
    sky = Coat(toward(piece.accent, (0.6, 0.62, 0.6), 0.55), Matter.PAPER)
    solids.append(box((pw, ph, 0.004), (0, t + mat, z), sky))
    top = ph * float(rng.uniform(0.35, 0.55))
    for k, share in enumerate((0.25, 0.6, 1.0)):
        level = top * (1 - 0.3 * k)
        xs = np.linspace(-pw / 2, pw / 2, 7)
        ridge = [(float(x), float(level * rng.uniform(0.75, 1.0))) for x in xs]
        outline = [(-pw / 2, 0.0), (pw / 2, 0.0), *ridge[::-1]]
        coat = Coat(toward((0.45, 0.46, 0.45), piece.accent, share), Matter.PAPER)
        layer = prism(
            outline, 0.003, (0, t + mat, z + 0.004 * (k + 1)), shade(coat, 1 - 0.25 * k)
        )
        solids.append(layer)
    return solids


def rug(piece: SetPiece) -> list[Solid]:
    """A rug with two borders."""
    w, h, d = piece.size_m
    coat, edge = main(piece, Matter.CLOTH), accent(piece, Matter.CLOTH)
    t = min(h, 0.015)
    inner = Coat(toward(piece.color, piece.accent, 0.35), Matter.CLOTH)
    return [
        box((w, t, d), (0, 0, 0), edge),
        box((w - 0.2, t + 0.002, d - 0.2), (0, 0, 0), coat),
        box((w - 0.42, t + 0.004, d - 0.42), (0, 0, 0), inner),
        box((w - 0.5, t + 0.006, d - 0.5), (0, 0, 0), coat),
    ]


def curtain(piece: SetPiece) -> list[Solid]:
    """A pair of drawn-back curtains on a rail; w spans the window."""
    w, h, d = piece.size_m
    cloth = main(piece, Matter.CLOTH)
    solids: list[Solid] = [
        tube(
            [(-w / 2, h - 0.03, 0), (w / 2, h - 0.03, 0)],
            0.014,
            accent(piece, Matter.METAL),
        )
    ]
    span = min(0.42, w * 0.2)
    for s in (-1, 1):
        folds = 5
        xs = np.linspace(0, span, folds * 4 + 1)
        wave = np.sin(xs / span * folds * 2 * np.pi) * d * 0.3
        front = np.stack([xs, wave + 0.008], 1)
        back = np.stack([xs, wave - 0.008], 1)[::-1]
        outline = np.concatenate([front, back])
        column = prism(
            [(float(x), float(z)) for x, z in outline[::-1]], h - 0.06, (0, 0, 0), cloth
        )
        column = turned(column, pitch_deg=90)
        x0 = -w / 2 + 0.02 if s < 0 else w / 2 - 0.02 - span
        solids.append(moved(column, (x0, (h - 0.06) / 2 + 0.015, 0)))
    return solids


def plant(piece: SetPiece) -> list[Solid]:
    """A pot plant: leaves on stems out of a tapered pot."""
    w, h, _ = piece.size_m
    rng = np.random.default_rng(piece.seed)
    r = min(w * 0.3, h * 0.2)
    pot = [
        (r * 0.7, 0), (r, r * 1.6), (r * 1.06, r * 1.6), (r * 1.06, r * 1.8),
        (r * 0.9, r * 1.8), (r * 0.88, r * 1.6),
    ]  # fmt: skip
    solids = [lathe(pot, accent(piece, Matter.TILE), segments=16)]
    stem = Coat((0.1, 0.08, 0.03), Matter.WOOD)
    green = Coat(piece.color, Matter.FOLIAGE)
    base = r * 1.6
    for k in range(11):
        a = k * 2.4 + float(rng.uniform(-0.3, 0.3))
        sin, cos = float(np.sin(a)), float(np.cos(a))
        reach = w * 0.42 * float(rng.uniform(0.45, 1.0))
        tall = base + (h - base) * float(rng.uniform(0.5, 0.93))
        tip = (sin * reach, tall, cos * reach)
        middle = (sin * reach * 0.35, base + (tall - base) * 0.6, cos * reach * 0.35)
        if k < 8:
            solids.append(tube([(0, base, 0), middle, tip], 0.006, stem, sides=4))
        coat = shade(green, float(rng.uniform(0.75, 1.3)))
        size = (w * 0.1, 0.014, w * 0.2)
        leaf = ellipsoid(size, (0, 0, 0), coat, rows=5, segments=6)
        leaf = turned(leaf, pitch_deg=float(rng.uniform(5, 40)))
        leaf = turned(leaf, yaw_deg=float(np.degrees(a)))
        solids.append(moved(leaf, tip))
    return solids


def clock(piece: SetPiece) -> list[Solid]:
    """A wall clock at ten past ten."""
    w, h, d = piece.size_m
    r = min(w, h) / 2
    face = turned(
        lathe([(r * 0.9, 0), (r * 0.9, d * 0.6)], CREAM, segments=24), pitch_deg=90
    )
    rim = turned(
        lathe(
            [(r, 0), (r, d), (r * 0.88, d), (r * 0.88, d * 0.5)],
            main(piece),
            segments=24,
        ),
        pitch_deg=90,
    )
    solids = [moved(s, (0, h / 2, -d / 2)) for s in (face, rim)]
    for roll, length in ((60.0, 0.5), (-60.0, 0.72)):
        hand = turned(box((0.02, r * length, 0.006), (0, 0, 0), BLACK), roll_deg=roll)
        solids.append(moved(hand, (0, h / 2, d * 0.15)))
    return solids


def mirror(piece: SetPiece) -> list[Solid]:
    """A framed mirror."""
    w, h, d = piece.size_m
    glass = Coat((0.5, 0.55, 0.57), Matter.GLASS)
    t = 0.04
    solids = [box((w - t, h - t, d * 0.6), (0, t / 2, -d * 0.1), glass)]
    for s in (-1, 1):
        solids.append(box((t, h, d), (s * (w - t) / 2, 0, 0), main(piece), bevel=0.01))
    return solids + [
        box((w - 2 * t, t, d), (0, y, 0), main(piece), bevel=0.01) for y in (0.0, h - t)
    ]


def blackboard(piece: SetPiece) -> list[Solid]:
    """A board on a wall with chalk lines and a ledge; base at the ledge."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    slate = main(piece, Matter.STONE)
    chalk = Coat((0.6, 0.6, 0.57), Matter.PAPER)
    solids = [
        box((w, h, d * 0.5), (0, 0, -d * 0.2), slate),
        box((w, 0.05, d * 2), (0, -0.02, d * 0.3), accent(piece), bevel=0.008),
        box((w + 0.06, 0.05, d), (0, h - 0.02, 0), accent(piece), bevel=0.008),
    ]
    for s in (-1, 1):
        solids.append(box((0.05, h, d), (s * w / 2, 0, 0), accent(piece), bevel=0.008))
    for k in range(5):
        length = w * float(rng.uniform(0.15, 0.42))
        x = -w * 0.42 + length / 2 + (w * 0.45 if k % 2 else 0)
        solids.append(
            box((length, 0.016, 0.004), (x, h * (0.85 - 0.13 * k), d * 0.07), chalk)
        )
    return solids


def noticeboard(piece: SetPiece) -> list[Solid]:
    """A cork board with papers."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    solids = [
        box((w, h, d), (0, 0, 0), accent(piece), bevel=0.008),
        box((w - 0.06, h - 0.06, d), (0, 0.03, 0.006), main(piece, Matter.PAPER)),
    ]
    for k in range(6):
        color = toward(
            BOOK_COLORS[int(rng.integers(len(BOOK_COLORS)))], (0.7, 0.68, 0.6), 0.6
        )
        pw, ph = float(rng.uniform(0.12, 0.2)), float(rng.uniform(0.14, 0.24))
        x = -w / 2 + 0.18 + (k % 3) * (w - 0.36) / 2
        y = h * (0.12 if k < 3 else 0.55)
        paper = turned(
            box((pw, min(ph, h * 0.36), 0.004), (0, 0, 0), Coat(color, Matter.PAPER)),
            roll_deg=float(rng.uniform(-6, 6)),
        )
        solids.append(moved(paper, (x, y, d / 2 + 0.01)))
    return solids


def carton(piece: SetPiece) -> list[Solid]:
    """A box with a taped lid."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.PAPER)
    return [
        box((w, h, d), (0, 0, 0), coat, bevel=0.004),
        box((w * 0.14, 0.003, d * 1.002), (0, h - 0.001, 0), shade(coat, 1.4)),
        box((w * 0.14, h * 0.3, 0.003), (0, h * 0.7, d / 2), shade(coat, 1.4)),
    ]


def crates(piece: SetPiece) -> list[Solid]:
    """Wooden crates stacked at odd angles."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    spots = [(-0.25, 0.0), (0.25, 0.0), (-0.1, 0.5)]
    solids: list[Solid] = []
    for x, level in spots:
        size = (w * 0.46, h * 0.49, min(d * 0.8, w * 0.5))
        yaw = float(rng.uniform(-12, 12))
        crate = _crate(size, shade(main(piece), float(rng.uniform(0.8, 1.2))))
        solids += [moved(turned(s, yaw_deg=yaw), (x * w, level * h, 0)) for s in crate]
    return solids


def _crate(size: tuple[float, float, float], coat: Coat) -> list[Solid]:
    w, h, d = size
    solids = [box((w - 0.03, h - 0.01, d - 0.03), (0, 0.005, 0), shade(coat, 0.5))]
    for k in range(3):
        y, slat = h * (0.02 + 0.33 * k), h * 0.28
        solids.append(box((w, slat, 0.018), (0, y, d / 2 - 0.009), coat))
        solids.append(box((w, slat, 0.018), (0, y, -d / 2 + 0.009), coat))
        for s in (-1, 1):
            solids.append(
                box((0.018, slat, d - 0.04), (s * (w / 2 - 0.009), y, 0), coat)
            )
    for sx in (-1, 1):
        for sz in (-1, 1):
            solids.append(
                box(
                    (0.05, h, 0.05),
                    (sx * (w / 2 - 0.03), 0, sz * (d / 2 - 0.03)),
                    shade(coat, 0.85),
                )
            )
    return solids


def tableware(piece: SetPiece) -> list[Solid]:
    """Cups, plates and a bowl of fruit on a table top."""
    w, h, d = piece.size_m
    china = main(piece, Matter.TILE)
    solids = _fruit_bowl(accent(piece, Matter.TILE))
    plate = [(0.05, 0), (0.11, 0.015), (0.11, 0.02), (0.05, 0.008)]
    rim = min(h, 0.085)
    cup = [(0.025, 0), (0.036, 0.03), (0.038, rim), (0.032, rim), (0.03, 0.03)]
    for sx, sz in ((-1, -1), (1, 1), (-1, 1), (1, -1)):
        x, z = sx * w * 0.36, sz * d * 0.3
        solids.append(lathe(plate, china, at=(x, 0, z), segments=9))
        solids.append(lathe(cup, china, at=(x + 0.13, 0, z - sz * 0.1), segments=7))
    return solids


def _fruit_bowl(china: Coat) -> list[Solid]:
    """A bowl in the middle with three fruits in it."""
    bowl = [
        (0.05, 0), (0.12, 0.05), (0.15, 0.09), (0.14, 0.09), (0.1, 0.05), (0.03, 0.02),
    ]  # fmt: skip
    solids = [lathe(bowl, china, crease_deg=60, segments=10)]
    fruits: tuple[RGB, ...] = ((0.42, 0.05, 0.03), (0.5, 0.3, 0.04), (0.25, 0.33, 0.06))
    for k, color in enumerate(fruits):
        a = k * 2.1
        at = (float(np.sin(a)) * 0.05, 0.085, float(np.cos(a)) * 0.05)
        coat = Coat(color, Matter.PLASTIC)
        solids.append(ellipsoid((0.042, 0.04, 0.042), at, coat, rows=5, segments=8))
    return solids


def paper_stack(piece: SetPiece) -> list[Solid]:
    """Papers and books left on a desk."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    solids, y = [], 0.0
    while y < h - 0.01:
        t = float(rng.uniform(0.015, 0.04))
        color = (
            BOOK_COLORS[int(rng.integers(len(BOOK_COLORS)))]
            if rng.random() < 0.6
            else CREAM.color
        )
        sheet = box(
            (w * float(rng.uniform(0.75, 1)), t, d * float(rng.uniform(0.8, 1))),
            (0, 0, 0),
            Coat(color, Matter.PAPER),
        )
        solids.append(
            moved(turned(sheet, yaw_deg=float(rng.uniform(-15, 15))), (0, y, 0))
        )
        y += t
    return solids


def towel_flag(piece: SetPiece) -> list[Solid]:
    """A banner or flag hung flat, in two colours."""
    w, h, d = piece.size_m
    return [
        box((w, h, d), (0, 0, 0), main(piece, Matter.CLOTH)),
        box((w, h * 0.3, d * 1.2), (0, h * 0.35, 0), accent(piece, Matter.CLOTH)),
    ]


def light_pool(piece: SetPiece) -> list[Solid]:
    """A glowing panel, one-sided, facing +z: a distant lit wall or a light box."""
    w, h, _ = piece.size_m
    ring = [(-w / 2, 0, 0), (w / 2, 0, 0), (w / 2, h, 0), (-w / 2, h, 0)]
    return [quads([ring], glow(piece.color, 60.0))]


KINDS = {
    "table-lamp": table_lamp,
    "floor-lamp": floor_lamp,
    "pendant": pendant,
    "strip-light": strip_light,
    "picture": picture,
    "rug": rug,
    "curtain": curtain,
    "plant": plant,
    "clock": clock,
    "mirror": mirror,
    "blackboard": blackboard,
    "noticeboard": noticeboard,
    "box": carton,
    "crates": crates,
    "tableware": tableware,
    "papers": paper_stack,
    "banner": towel_flag,
    "light-panel": light_pool,
}
