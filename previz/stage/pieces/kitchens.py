"""Kitchens, bars and bathrooms."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from previz.model import RGB, Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.furniture import (
    BOOK_COLORS,
    STEEL,
    carcass,
    front_joints,
    fronts,
)
from previz.stage.pieces.joints import Joint, hinged, hollow, part_of
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

__all__ = ["JOINTS", "KINDS"]

DARK = Coat((0.035, 0.035, 0.04), Matter.PLASTIC)


def counter(piece: SetPiece) -> list[Solid]:
    """A kitchen run: doors and drawers, worktop, a sink with a tap, a splashback."""
    w, h, d = piece.size_m
    tiles = Coat(shade(main(piece), 1.35).color, Matter.TILE)
    solids = _base_unit(piece)
    solids += _sunk_top(piece, sink=min(0.56, w * 0.4), x=-w * 0.18)
    solids.append(box((w, 0.55, 0.012), (0, h, -d / 2 + 0.006), tiles))
    enamel = Coat((0.32, 0.06, 0.04), Matter.PLASTIC, gloss=0.3)
    kettle = [
        (0.085, 0), (0.09, 0.05), (0.07, 0.16), (0.04, 0.19), (0.012, 0.2),
        (0.012, 0.225),
    ]  # fmt: skip
    solids.append(lathe(kettle, enamel, at=(w * 0.3, h, 0.02), crease_deg=50))
    for k, tall in enumerate((0.2, 0.16, 0.13)):
        jar = Coat((0.6, 0.55, 0.45), Matter.TILE)
        solids.append(cylinder(0.05, tall, (w * 0.14 - k * 0.12, h, -d * 0.3), jar))
    return solids


def _sunk_top(piece: SetPiece, *, sink: float, x: float) -> list[Solid]:
    """A stone top with a steel sink so wide let into it at x, and its tap."""
    w, h, d = piece.size_m
    top, steel = accent(piece, Matter.STONE), shade(STEEL, 1.1)
    deep = d * 0.62
    solids = []
    for x0, x1 in ((-w / 2, x - sink / 2), (x + sink / 2, w / 2)):
        at = ((x0 + x1) / 2, h - 0.04, 0)
        solids.append(box((x1 - x0, 0.04, d), at, top, bevel=0.004))
    for z0, z1 in ((-d / 2, -deep / 2), (deep / 2, d / 2)):
        solids.append(box((sink, 0.04, z1 - z0), (x, h - 0.04, (z0 + z1) / 2), top))
    solids.append(box((sink, 0.012, deep), (x, h - 0.2, 0), steel))
    for s in (-1, 1):
        solids.append(box((0.012, 0.19, deep), (x + s * sink / 2, h - 0.19, 0), steel))
        solids.append(box((sink, 0.19, 0.012), (x, h - 0.19, s * deep / 2), steel))
    tap = [(x, h, -deep / 2 - 0.05), (x, h + 0.26, -deep / 2 - 0.05)]
    tap += [(x, h + 0.32, -deep / 2 + 0.02), (x, h + 0.26, -deep / 2 + 0.12)]
    solids.append(tube(tap, 0.014, STEEL, sides=7))
    return solids


def worktop(piece: SetPiece) -> list[Solid]:
    """A base unit with a plain worktop: a kitchen island or a shop counter."""
    w, h, d = piece.size_m
    slab = box(
        (w + 0.04, 0.045, d + 0.05),
        (0, h - 0.045, 0),
        accent(piece, Matter.STONE),
        bevel=0.008,
    )
    return [*_base_unit(piece), slab]


def _base_unit(piece: SetPiece) -> list[Solid]:
    w, h, d = piece.size_m
    front = main(piece)
    solids = [
        *carcass((w - 0.02, h - 0.14, d - 0.04), (0, 0.1, -0.02), shade(front, 0.85)),
        box((w - 0.06, 0.1, d - 0.12), (0, 0, -0.03), shade(front, 0.3)),
    ]
    return solids + fronts(
        w - 0.02, h - 0.15, d - 0.08, 0.105, front, doors=max(1, round(w / 0.55))
    )


def base_unit_joints(piece: SetPiece) -> dict[str, Joint]:
    """The doors below a worktop."""
    w, h, d = piece.size_m
    doors = max(1, round(w / 0.55))
    return front_joints(w - 0.02, h - 0.15, d - 0.08, 0.105, doors=doors)


def wall_cabinet(piece: SetPiece) -> list[Solid]:
    """A hung cabinet; its base is the cabinet's underside."""
    w, h, d = piece.size_m
    body = carcass((w, h, d - 0.03), (0, 0, -0.015), shade(main(piece), 0.9), shelves=1)
    doors = max(1, round(w / 0.5))
    return body + fronts(w, h, d - 0.03, 0.0, main(piece), doors=doors)


def wall_cabinet_joints(piece: SetPiece) -> dict[str, Joint]:
    """Every door."""
    w, h, d = piece.size_m
    return front_joints(w, h, d - 0.03, 0.0, doors=max(1, round(w / 0.5)))


def stove(piece: SetPiece) -> list[Solid]:
    """A cooker with oven door, knobs, four rings and a pot."""
    w, h, d = piece.size_m
    body = main(piece, Matter.PLASTIC)
    solids = [
        *hollow(
            [box((w, h - 0.04, d - 0.04), (0, 0, -0.02), body, bevel=0.01)],
            _oven(w, h, d, body),
        ),
        box((w, 0.04, d), (0, h - 0.04, 0), DARK, bevel=0.008),
        box((w, 0.16, 0.03), (0, h, -d / 2 + 0.015), body, bevel=0.008),
        *part_of("door-1", _oven_door(w, h, d, body)),
    ]
    for k in range(5):
        knob = turned(cylinder(0.022, 0.03, (0, 0, 0), DARK, segments=9), pitch_deg=90)
        solids.append(moved(knob, (-w * 0.34 + k * w * 0.17, h * 0.83, d / 2 - 0.02)))
    for sx in (-1, 1):
        for sz in (-1, 1):
            solids.append(
                lathe(
                    [(0.09, 0), (0.1, 0.012), (0.07, 0.02)],
                    shade(DARK, 1.6),
                    at=(sx * w * 0.24, h, sz * d * 0.2),
                )
            )
    pot = [
        (0.1, 0.02),
        (0.115, 0.03),
        (0.115, 0.14),
        (0.12, 0.145),
        (0.06, 0.17),
        (0.015, 0.175),
        (0.02, 0.2),
    ]
    solids.append(lathe(pot, shade(STEEL, 0.8), at=(-w * 0.24, h, -d * 0.2)))
    return solids


def _oven(w: float, h: float, d: float, body: Coat) -> list[Solid]:
    deep = d - 0.04
    return [
        box((w, h * 0.2, deep), (0, 0, -0.02), body, bevel=0.01),
        box((w, h * 0.3 - 0.04, deep), (0, h * 0.7, -0.02), body, bevel=0.01),
        *carcass((w, h * 0.5, deep), (0, h * 0.2, -0.02), shade(DARK, 2.0), shelves=1),
    ]


def _oven_door(w: float, h: float, d: float, body: Coat) -> list[Solid]:
    dark = Coat((0.02, 0.02, 0.025), Matter.GLASS)
    z = d / 2
    front = (w * 0.86, h * 0.46, 0.03)
    return [
        box(front, (0, h * 0.2, z - 0.03), shade(body, 0.8), bevel=0.01),
        box((w * 0.62, h * 0.24, 0.02), (0, h * 0.3, z - 0.02), dark),
        tube(
            [(-w * 0.36, h * 0.7, z + 0.03), (w * 0.36, h * 0.7, z + 0.03)],
            0.012,
            STEEL,
        ),
    ]


def stove_joints(piece: SetPiece) -> dict[str, Joint]:
    """The oven's door falls forward."""
    _, h, d = piece.size_m
    return {
        "door-1": hinged(
            (0.0, h * 0.2, d / 2 - 0.02),
            axis=(1.0, 0.0, 0.0),
            turn_deg=85.0,
            grip=(0.0, h * 0.7, d / 2 + 0.03),
        )
    }


def fridge(piece: SetPiece) -> list[Solid]:
    """A tall refrigerator: cold room below, freezer above with notes on its door."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.PLASTIC, gloss=0.3)
    body, deep = shade(coat, 0.9), d - 0.07
    solids = hollow(
        [box((w, h - 0.04, deep), (0, 0.03, -0.035), body, bevel=0.015)],
        [
            *carcass((w, h * 0.62, deep), (0, 0.03, -0.035), body, shelves=3),
            *carcass((w, h * 0.38 - 0.07, deep), (0, h * 0.62 + 0.03, -0.035), body),
            box((w * 0.3, 0.02, 0.1), (0, h * 0.6, 0), glow((1.0, 0.95, 0.85), 900.0)),
        ],
    )
    rng = np.random.default_rng(piece.seed)
    for part, low, high, grip in _fridge_doors(h):
        leaf = box((w, high - low, 0.06), (0, low, d / 2 - 0.035), coat, bevel=0.018)
        size = (0.025, grip[1] - grip[0], 0.04)
        bar = box(size, (-w / 2 + 0.07, grip[0], d / 2 + 0.015), STEEL, bevel=0.008)
        notes = _notes(w, h, d / 2, rng) if part == "door-2" else []
        solids += part_of(part, [leaf, bar, *notes])
    return solids


def _fridge_doors(h: float) -> list[tuple[str, float, float, tuple[float, float]]]:
    """Return part, lower and upper edge, and the handle's ends of both doors."""
    return [
        ("door-1", 0.06, h * 0.64, (h * 0.42, h * 0.61)),
        ("door-2", h * 0.65, h, (h * 0.68, h * 0.82)),
    ]


def _notes(w: float, h: float, face: float, rng: np.random.Generator) -> list[Solid]:
    solids = []
    for k in range(4):
        color = BOOK_COLORS[int(rng.integers(len(BOOK_COLORS)))]
        note = Coat(shade(Coat(color, Matter.PAPER), 2.2).color, Matter.PAPER)
        x, y = float(rng.uniform(-0.05, w * 0.35)), h * 0.7 + 0.09 * (k % 3)
        solids.append(
            box((0.09, 0.07 + 0.03 * (k % 2), 0.006), (x, y, face - 0.002), note)
        )
    return solids


def fridge_joints(piece: SetPiece) -> dict[str, Joint]:
    """Both doors turn about their right edge."""
    w, h, d = piece.size_m
    return {
        part: hinged(
            (w / 2, low, d / 2 - 0.005),
            turn_deg=105.0,
            grip=(-w / 2 + 0.07, (grip[0] + grip[1]) / 2, d / 2 + 0.05),
        )
        for part, low, _, grip in _fridge_doors(h)
    }


def bar_counter(piece: SetPiece) -> list[Solid]:
    """A bar: panelled front towards +z, overhanging top, brass foot rail."""
    w, h, d = piece.size_m
    wood = main(piece)
    brass = Coat((0.55, 0.42, 0.2), Matter.METAL)
    solids = [
        box((w - 0.1, h - 0.05, d - 0.25), (0, 0, -0.05), wood),
        box((w, 0.055, d), (0, h - 0.055, 0), accent(piece), bevel=0.018),
        box((w - 0.08, 0.12, 0.05), (0, 0, d / 2 - 0.155), shade(wood, 0.6)),
    ]
    count = max(2, round(w / 0.65))
    each = (w - 0.1) / count
    face = d / 2 - 0.175
    for k in range(count):
        x = -(w - 0.1) / 2 + each * (k + 0.5)
        solids.append(
            box(
                (each * 0.78, h * 0.56, 0.03),
                (x, h * 0.24, face + 0.015),
                shade(wood, 1.25),
                bevel=0.014,
            )
        )
    rail = d / 2 - 0.04
    solids.append(
        tube([(-w * 0.48, 0.2, rail), (w * 0.48, 0.2, rail)], 0.022, brass, sides=8)
    )
    for k in range(count + 1):
        x = -w * 0.46 + w * 0.92 * k / count
        solids.append(tube([(x, 0.2, rail), (x, 0.17, face - 0.02)], 0.012, brass))
    for k, x in enumerate((-w * 0.12, 0.0, w * 0.12)):
        tap = [(x, h, -d * 0.25), (x, h + 0.3, -d * 0.25), (x, h + 0.32, -d * 0.1)]
        solids.append(tube(tap, 0.018, brass, sides=7))
        grip = Coat(BOOK_COLORS[k], Matter.WOOD)
        solids.append(cylinder(0.014, 0.16, (x, h + 0.28, -d * 0.25), grip, top=0.024))
    return solids


_GLASSES: tuple[RGB, ...] = (
    (0.05, 0.13, 0.06),
    (0.32, 0.14, 0.03),
    (0.42, 0.4, 0.34),
    (0.1, 0.04, 0.03),
    (0.2, 0.28, 0.3),
)
"""Of bottles."""


def bottle_shelf(piece: SetPiece) -> list[Solid]:
    """A back bar: cabinet, mirror and lit shelves of bottles."""
    w, h, d = piece.size_m
    h = max(h, 1.3)
    rng = np.random.default_rng(piece.seed)
    wood = main(piece)
    solids = [
        *carcass((w, 0.9, d), (0, 0, 0), wood, bevel=0.01),
        box((w, 0.04, d + 0.04), (0, 0.9, 0.02), accent(piece), bevel=0.012),
        box((w, h - 0.94, 0.03), (0, 0.94, -d / 2 + 0.015), shade(wood, 0.7)),
        box((w, 0.12, d * 0.8), (0, h - 0.12, -d * 0.1), wood, bevel=0.01),
    ]
    for s in (-1, 1):
        at = (s * (w / 2 - 0.045), 0.94, -d * 0.12)
        solids.append(box((0.09, h - 0.94, d * 0.75), at, wood))
    doors = max(2, round(w / 0.6))
    solids += fronts(w - 0.04, 0.78, d, 0.06, shade(wood, 1.15), doors=doors)
    amber = glow((1.0, 0.72, 0.38), 55.0)
    rows = max(2, round((h - 1.2) / 0.4))
    for row in range(rows):
        y = 0.94 + row * (h - 1.1) / rows
        if row:
            board = (w - 0.2, 0.02, d * 0.55)
            solids.append(box(board, (0, y - 0.02, -d * 0.2), shade(wood, 1.2)))
        lit = (0, y + 0.004, -d / 2 + 0.05)
        solids.append(box((w - 0.24, 0.012, 0.02), lit, amber))
        solids += _bottles(rng, w, (y, -d * 0.18))
    return solids


def _bottles(
    rng: np.random.Generator, w: float, at: tuple[float, float]
) -> Iterator[Solid]:
    """Yield a row of bottles along a shelf at a height and depth."""
    x = -w / 2 + 0.2
    while x < w / 2 - 0.18:
        tall = float(rng.uniform(0.22, 0.31))
        r = float(rng.uniform(0.032, 0.044))
        coat = Coat(_GLASSES[int(rng.integers(5))], Matter.GLASS, gloss=0.2)
        bottle = [(r, 0), (r, tall * 0.58), (r * 0.36, tall * 0.74), (r * 0.32, tall)]
        yield lathe(bottle, coat, at=(x, *at), segments=7)
        x += r * 2 + float(rng.uniform(0.02, 0.09))


def bottle_shelf_joints(piece: SetPiece) -> dict[str, Joint]:
    """The doors of the cabinet below."""
    w, _, d = piece.size_m
    return front_joints(w - 0.04, 0.78, d, 0.06, doors=max(2, round(w / 0.6)))


def bath(piece: SetPiece) -> list[Solid]:
    """A bath tub."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.TILE)
    outer = [
        rounded_ring(w * s, d * s, radius=0.25, y=y)
        for s, y in ((0.8, 0.0), (0.92, h * 0.4), (0.97, h * 0.96), (1.0, h))
    ]
    inner = [
        rounded_ring(w * s - 0.1, d * s - 0.1, radius=0.22, y=y)
        for s, y in ((1.0, h), (0.95, h * 0.6), (0.85, h * 0.25), (0.8, h * 0.2))
    ]
    tap = tube(
        [(w * 0.46, h, 0), (w * 0.46, h + 0.16, 0), (w * 0.38, h + 0.14, 0)],
        0.018,
        STEEL,
    )
    return [loft(np.array(outer + inner), coat), tap]


def basin(piece: SetPiece) -> list[Solid]:
    """A wash basin on a pedestal."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.TILE)
    bowl = [
        rounded_ring(w * s, d * s, radius=w * 0.35, y=y)
        for s, y in ((0.4, h - 0.22), (0.9, h - 0.08), (1.0, h))
    ]
    inner = [
        rounded_ring(w * s, d * s, radius=w * 0.3, y=y)
        for s, y in ((0.86, h), (0.7, h - 0.08), (0.3, h - 0.13))
    ]
    foot = lathe([(0.13, 0), (0.1, 0.06), (0.075, 0.3), (0.1, h - 0.2)], coat)
    tap = tube(
        [(0, h, -d * 0.42), (0, h + 0.13, -d * 0.4), (0, h + 0.11, -d * 0.2)],
        0.016,
        STEEL,
    )
    return [loft(np.array(bowl + inner), coat), foot, tap]


def toilet(piece: SetPiece) -> list[Solid]:
    """A lavatory with cistern."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.TILE)
    bowl = [
        rounded_ring(w * s, d * 0.6 * s, radius=w * 0.45, y=y)
        for s, y in ((0.6, 0.0), (0.55, 0.14), (0.95, 0.34), (1.0, 0.42))
    ]
    return [
        moved(loft(np.array(bowl), coat), (0, 0, d * 0.14)),
        box((w, h - 0.42, d * 0.26), (0, 0.42, -d * 0.36), coat, bevel=0.03),
        moved(
            loft(
                np.array(
                    [
                        rounded_ring(w, d * 0.62, radius=w * 0.45, y=y)
                        for y in (0.42, 0.45)
                    ]
                ),
                shade(coat, 0.9),
            ),
            (0, 0, d * 0.14),
        ),
    ]


KINDS = {
    "counter": counter,
    "worktop": worktop,
    "wall-cabinet": wall_cabinet,
    "stove": stove,
    "fridge": fridge,
    "bar-counter": bar_counter,
    "bottle-shelf": bottle_shelf,
    "bath": bath,
    "basin": basin,
    "toilet": toilet,
}

JOINTS = {
    "counter": base_unit_joints,
    "worktop": base_unit_joints,
    "wall-cabinet": wall_cabinet_joints,
    "stove": stove_joints,
    "fridge": fridge_joints,
    "bottle-shelf": bottle_shelf_joints,
}
