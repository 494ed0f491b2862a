"""Tables, cupboards, kitchens and bars."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from previz.model import RGB, Matter, SetPiece, Vec3
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.joints import Joint, drawer, hinged, hollow, part_of
from previz.stage.pieces.seating import four_legs, tapered_leg
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    lathe,
    moved,
    turned,
)

__all__ = [
    "BOOK_COLORS",
    "JOINTS",
    "KINDS",
    "STEEL",
    "books",
    "carcass",
    "front_joints",
    "fronts",
]

STEEL = Coat((0.55, 0.56, 0.58), Matter.METAL)
DARK = Coat((0.035, 0.035, 0.04), Matter.PLASTIC)

BOOK_COLORS: tuple[RGB, ...] = (
    (0.33, 0.09, 0.07),
    (0.08, 0.15, 0.24),
    (0.45, 0.36, 0.2),
    (0.11, 0.2, 0.13),
    (0.5, 0.47, 0.4),
    (0.22, 0.12, 0.08),
    (0.42, 0.2, 0.06),
    (0.06, 0.07, 0.09),
    (0.3, 0.31, 0.33),
)
"""Spines on a shelf: linear reflectances of cloth and paper bindings."""


def table(piece: SetPiece) -> list[Solid]:
    """A table on four tapered legs with an apron."""
    w, h, d = piece.size_m
    wood = main(piece)
    solids = four_legs(w * 0.95, d * 0.93, h - 0.035, accent(piece), leg=0.07)
    solids.append(box((w, 0.04, d), (0, h - 0.04, 0), wood, bevel=0.01))
    for s in (-1, 1):
        solids.append(
            box((w * 0.84, 0.09, 0.022), (0, h - 0.13, s * d * 0.42), shade(wood, 0.85))
        )
        solids.append(
            box((0.022, 0.09, d * 0.8), (s * w * 0.43, h - 0.13, 0), shade(wood, 0.85))
        )
    return solids


def round_table(piece: SetPiece) -> list[Solid]:
    """A round café table on one foot."""
    w, h, _ = piece.size_m
    iron, r = accent(piece, Matter.METAL), w / 2
    return [
        lathe([(r * 0.62, 0), (r * 0.6, 0.02), (0.05, 0.06), (0.03, 0.12)], iron),
        cylinder(0.032, h - 0.08, (0, 0.04, 0), iron, segments=10),
        cylinder(r * 0.5, 0.02, (0, h - 0.055, 0), iron),
        lathe(
            [(r - 0.012, h - 0.036), (r, h - 0.026), (r, h - 0.008), (r - 0.01, h)],
            main(piece),
            segments=26,
        ),
    ]


def side_table(piece: SetPiece) -> list[Solid]:
    """A bedside cabinet with a drawer and an open shelf."""
    w, h, d = piece.size_m
    wood = main(piece)
    solids = [
        box((w, 0.03, d), (0, h - 0.03, 0), wood, bevel=0.008),
        box((w * 0.94, 0.03, d * 0.94), (0, 0.12, 0), wood),
        *carcass((w * 0.94, 0.17, d * 0.92), (0, h - 0.2, 0), shade(wood, 0.85)),
    ]
    solids += part_of(
        "drawer-1",
        [
            box((w * 0.86, 0.14, 0.02), (0, h - 0.185, d * 0.47), wood, bevel=0.008),
            cylinder(0.014, 0.03, (0, h - 0.13, d * 0.49), STEEL, segments=8),
            *hollow(
                [], _tray((w * 0.84, 0.11, d * 0.82), (0, h - 0.178, d * 0.04), wood)
            ),
        ],
    )
    return solids + four_legs(w * 0.96, d * 0.96, h - 0.03, wood, leg=0.04)


def side_table_joints(piece: SetPiece) -> dict[str, Joint]:
    """The drawer comes out by two thirds of its depth."""
    _, h, d = piece.size_m
    return {"drawer-1": drawer(d * 0.6, grip=(0.0, h - 0.115, d * 0.49 + 0.02))}


def desk(piece: SetPiece) -> list[Solid]:
    """A desk: top, one pedestal of drawers, modesty panel; people sit at +z."""
    w, h, d = piece.size_m
    wood, dark = main(piece), accent(piece)
    solids = [
        box((w, 0.035, d), (0, h - 0.035, 0), wood, bevel=0.008),
        box((0.04, h - 0.035, d * 0.92), (-w / 2 + 0.04, 0, 0), dark),
        box((w - 0.12, h * 0.5, 0.02), (0, h * 0.42, -d * 0.42), dark),
    ]
    px = w / 2 - 0.25
    solids += carcass((0.42, h - 0.08, d * 0.9), (px, 0.04, 0), dark)
    tall = (h - 0.16) / 3
    for k in range(3):
        y = 0.07 + k * (h - 0.13) / 3
        tray = _tray((0.37, tall * 0.75, d * 0.84), (px, y + 0.01, d * 0.02), wood)
        solids += part_of(
            f"drawer-{3 - k}",
            [
                box((0.39, tall, 0.02), (px, y, d * 0.455), wood, bevel=0.006),
                box((0.13, 0.014, 0.02), (px, y + 0.1, d * 0.475), STEEL),
                *hollow([], tray),
            ],
        )
    return solids


def desk_joints(piece: SetPiece) -> dict[str, Joint]:
    """Three drawers, counted from the top."""
    w, h, d = piece.size_m
    return {
        f"drawer-{3 - k}": drawer(
            d * 0.6,
            grip=(w / 2 - 0.25, 0.07 + k * (h - 0.13) / 3 + 0.107, d * 0.475 + 0.015),
        )
        for k in (2, 1, 0)
    }


def _tray(size: Vec3, at: Vec3, coat: Coat) -> list[Solid]:
    """Bottom, sides and back of a drawer, open above, behind its front."""
    (w, h, d), (x, y, z) = size, at
    pale, t = shade(coat, 1.2), 0.012
    return [
        box((w, t, d), at, pale),
        box((w, h, t), (x, y, z - d / 2 + t / 2), pale),
        *[box((t, h, d), (x + s * (w - t) / 2, y, z), pale) for s in (-1, 1)],
    ]


def carcass(
    size: Vec3, at: Vec3, coat: Coat, *, shelves: int = 0, bevel: float = 0.0
) -> list[Solid]:
    """A cabinet's body, open towards +z with shelves inside where one looks in."""
    (w, h, d), (x, y, z) = size, at
    t, inside = 0.02, shade(coat, 0.8)
    solids = [
        box((w, h, t), (x, y, z - d / 2 + t / 2), coat),
        *[box((t, h, d), (x + s * (w - t) / 2, y, z), coat) for s in (-1, 1)],
        *[box((w - 2 * t, t, d), (x, y + v, z), coat) for v in (0.0, h - t)],
    ]
    for k in range(shelves):
        up = y + h * (k + 1) / (shelves + 1)
        solids.append(box((w - 2 * t, 0.015, d * 0.85), (x, up, z - d * 0.06), inside))
    return hollow([box(size, at, coat, bevel=bevel)], solids)


def books(
    width: float,
    height: float,
    depth: float,
    *,
    rng: np.random.Generator,
    density: float = 0.85,
) -> list[Solid]:
    """A row of books on a board, centred on x, standing on y = 0."""
    solids: list[Solid] = []
    x = -width / 2
    while x < width / 2 - 0.05:
        block = float(rng.uniform(0.03, 0.075))
        if rng.random() < density:
            tall = height * float(rng.uniform(0.68, 0.93))
            color = BOOK_COLORS[int(rng.integers(len(BOOK_COLORS)))]
            deep = depth * float(rng.uniform(0.75, 0.95))
            solids.append(
                box(
                    (block * 0.95, tall, deep),
                    (x + block / 2, 0, depth / 2 - deep / 2 - 0.03),
                    shade(Coat(color, Matter.PAPER), float(rng.uniform(0.8, 1.3))),
                )
            )
        x += block
    return solids


def bookcase(piece: SetPiece) -> list[Solid]:
    """Shelves with books and a few things between them."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    wood, t = main(piece), 0.028
    solids = [
        box((t, h, d), (-w / 2 + t / 2, 0, 0), wood),
        box((t, h, d), (w / 2 - t / 2, 0, 0), wood),
        box((w - 2 * t, h - 0.02, 0.012), (0, 0, -d / 2 + 0.008), shade(wood, 0.7)),
    ]
    count = max(1, round((h - 0.1) / 0.36))
    for k in range(count + 1):
        y = 0.07 + (h - 0.07 - t) * k / count
        solids.append(box((w - 2 * t, t, d * 0.97), (0, y, 0), wood))
        if k == count:
            continue
        clear = (h - 0.1) / count - t
        share = float(rng.uniform(0.55, 0.95))
        row = books((w - 0.1) * share, clear, d, rng=rng)
        side = -1 if rng.random() < 0.5 else 1
        shift = side * (w - 0.1) * (1 - share) / 2
        solids += [moved(b, (shift, y + t, 0)) for b in row]
        if share < 0.82:
            x = -side * (w / 2 - 0.02 - (w - 0.1) * (1 - share) / 2)
            r = min(0.07, (w - 0.1) * (1 - share) * 0.35)
            vase = [
                (r * 0.6, 0),
                (r, clear * 0.2),
                (r * 0.5, clear * 0.5),
                (r * 0.65, clear * 0.6),
            ]
            solids.append(
                lathe(vase, accent(piece, Matter.TILE), at=(x, y + t, 0), crease_deg=75)
            )
    return solids


def shelf(piece: SetPiece) -> list[Solid]:
    """Open metal shelving with boxes and jars."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    post = (0.04, h, 0.04)
    solids = [
        box(post, (sx * (w / 2 - 0.02), 0, sz * (d / 2 - 0.02)), accent(piece))
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    count = max(2, round(h / 0.45))
    clear = (h - 0.14) / (count - 1) - 0.06
    for k in range(count):
        y = 0.1 + (h - 0.14) * k / (count - 1)
        solids.append(box((w, 0.025, d), (0, y, 0), main(piece)))
        if k < count - 1:
            solids += _goods(rng, w, d * 0.75, y + 0.025, clear)
    return solids


def _goods(
    rng: np.random.Generator, w: float, deep: float, y: float, clear: float
) -> Iterator[Solid]:
    """Yield boxes and jars along a board at y with so much room above it."""
    x = -w / 2 + 0.08
    while x < w / 2 - 0.15:
        span = float(rng.uniform(0.1, 0.26))
        span = min(span, w / 2 - 0.05 - x)
        color = BOOK_COLORS[int(rng.integers(len(BOOK_COLORS)))]
        coat = shade(Coat(color, Matter.PAPER), float(rng.uniform(1.0, 1.8)))
        tall = clear * float(rng.uniform(0.5, 0.92))
        at = (x + span / 2, y, 0.02)
        if rng.random() < 0.4:
            yield cylinder(span * 0.4, tall, at, coat, segments=9)
        else:
            yield box((span * 0.92, tall, deep), at, coat)
        x += span + float(rng.uniform(0.0, 0.05))


def cupboard(piece: SetPiece) -> list[Solid]:
    """A wardrobe or cupboard with panelled doors."""
    w, h, d = piece.size_m
    wood = main(piece)
    solids = [
        *carcass((w, h - 0.1, d), (0, 0.07, 0), shade(wood, 0.9), shelves=1),
        box((w * 0.96, 0.07, d * 0.9), (0, 0, -0.02), shade(wood, 0.5)),
        box((w + 0.04, 0.04, d + 0.03), (0, h - 0.04, 0.01), wood, bevel=0.012),
    ]
    return solids + fronts(w, h - 0.13, d, 0.08, wood, doors=max(1, round(w / 0.5)))


def cupboard_joints(piece: SetPiece) -> dict[str, Joint]:
    """Every door."""
    w, h, d = piece.size_m
    return front_joints(w, h - 0.13, d, 0.08, doors=max(1, round(w / 0.5)))


def fronts(
    w: float, h: float, d: float, y: float, coat: Coat, *, doors: int
) -> list[Solid]:
    """Doors with raised panels and pulls on the front of a carcass."""
    each, solids = w / doors, []
    panel = shade(coat, 0.93)
    for k in range(doors):
        x = -w / 2 + each * (k + 0.5)
        pull = x + _handed(k) * (each / 2 - 0.045)
        leaf = (each - 0.012, h - 0.01, 0.022)
        raised = (each * 0.66, h * 0.82, 0.012)
        solids += part_of(
            f"door-{k + 1}",
            [
                box(leaf, (x, y, d / 2 + 0.011), coat, bevel=0.006),
                box(raised, (x, y + h * 0.085, d / 2 + 0.025), panel, bevel=0.006),
                box((0.014, 0.12, 0.022), (pull, y + h * 0.5, d / 2 + 0.032), STEEL,
                    bevel=0.005),
            ],
        )  # fmt: skip
    return solids


def front_joints(
    w: float, h: float, d: float, y: float, *, doors: int
) -> dict[str, Joint]:
    """Return the joints of what `fronts` makes of the same measures."""
    each, joints = w / doors, {}
    for k in range(doors):
        x, side = -w / 2 + each * (k + 0.5), _handed(k)
        joints[f"door-{k + 1}"] = hinged(
            (x - side * (each / 2 - 0.006), y, d / 2 + 0.022),
            turn_deg=-side * 100.0,
            grip=(x + side * (each / 2 - 0.045), y + h * 0.5 + 0.06, d / 2 + 0.06),
        )
    return joints


def _handed(k: int) -> int:
    """Return on which side the door `k` of a row has its handle."""
    return 1 if k % 2 == 0 else -1


def pulpit(piece: SetPiece) -> list[Solid]:
    """A lectern with a slanted board and an open book."""
    w, h, d = piece.size_m
    wood = main(piece)
    board = turned(box((w, 0.03, d * 0.9), (0, 0, 0), wood, bevel=0.01), pitch_deg=18)
    paper = turned(
        box(
            (w * 0.6, 0.03, d * 0.55),
            (0, 0.03, 0),
            Coat((0.65, 0.62, 0.55), Matter.PAPER),
        ),
        pitch_deg=18,
    )
    return [
        box((w * 0.8, 0.06, d * 0.8), (0, 0, 0), shade(wood, 0.8), bevel=0.01),
        box((w * 0.34, h - 0.16, d * 0.34), (0, 0.06, 0), wood, bevel=0.02),
        moved(board, (0, h - 0.14, 0)),
        moved(paper, (0, h - 0.14, 0)),
    ]


def altar(piece: SetPiece) -> list[Solid]:
    """An altar under a cloth, with two candles and a cross."""
    w, h, d = piece.size_m
    cloth = accent(piece, Matter.CLOTH)
    gold = Coat((0.6, 0.45, 0.18), Matter.METAL)
    solids = [
        box((w, h - 0.04, d), (0, 0, 0), main(piece), bevel=0.02),
        box((w + 0.12, 0.04, d + 0.1), (0, h - 0.04, 0), cloth, bevel=0.012),
        box((w * 0.6, 0.42, 0.012), (0, h - 0.42, d / 2 + 0.05), cloth),
        box((0.05, 0.62, 0.04), (0, h, -d * 0.2), gold, bevel=0.008),
        box((0.34, 0.05, 0.04), (0, h + 0.38, -d * 0.2), gold, bevel=0.008),
    ]
    for s in (-1, 1):
        x = s * w * 0.33
        solids.append(
            lathe(
                [(0.07, 0), (0.06, 0.02), (0.02, 0.05), (0.02, 0.2), (0.04, 0.22)],
                gold,
                at=(x, h, 0),
            )
        )
        solids.append(
            cylinder(
                0.02, 0.2, (x, h + 0.22, 0), Coat((0.65, 0.6, 0.5), Matter.PLASTIC)
            )
        )
        flame = lathe(
            [(0.004, 0), (0.014, 0.018), (0.002, 0.06)],
            glow((1.0, 0.62, 0.25), 1500.0),
            at=(x, h + 0.425, 0),
            segments=6,
            crease_deg=80,
        )
        solids.append(flame)
    return solids


def leg_frame_table(piece: SetPiece) -> list[Solid]:
    """A school or office desk: thin top on a steel frame."""
    w, h, d = piece.size_m
    steel = Coat((0.2, 0.21, 0.22), Matter.PLASTIC)
    solids = [box((w, 0.025, d), (0, h - 0.025, 0), main(piece), bevel=0.006)]
    solids.append(
        box((w * 0.8, 0.09, d * 0.7), (0, h - 0.14, -d * 0.05), accent(piece))
    )
    for sx in (-1, 1):
        x = sx * (w / 2 - 0.05)
        for sz in (-1, 1):
            solids.append(
                tapered_leg(h - 0.02, (x, 0, sz * (d / 2 - 0.05)), steel, width=0.03)
            )
        solids.append(box((0.025, 0.025, d - 0.1), (x, 0.12, 0), steel))
    return solids


KINDS = {
    "table": table,
    "coffee-table": table,
    "round-table": round_table,
    "side-table": side_table,
    "desk": desk,
    "school-desk": leg_frame_table,
    "bookcase": bookcase,
    "shelf": shelf,
    "cupboard": cupboard,
    "pulpit": pulpit,
    "altar": altar,
}

JOINTS = {
    "side-table": side_table_joints,
    "desk": desk_joints,
    "cupboard": cupboard_joints,
}
