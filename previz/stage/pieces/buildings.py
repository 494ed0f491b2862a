"""House fronts, houses and what stands on roofs."""

from __future__ import annotations

import numpy as np

from previz.model import RGB, Matter, SetPiece, Vec3
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


WARES: tuple[RGB, ...] = (
    (0.09, 0.07, 0.06),
    (0.34, 0.08, 0.06),
    (0.1, 0.2, 0.26),
    (0.42, 0.36, 0.24),
    (0.36, 0.22, 0.06),
)


def _pane(rng: np.random.Generator, share: float) -> Coat:
    """Return a window's glass, a share of them lit."""
    if rng.random() >= share:
        return PANE
    return lit_pane(LIT[int(rng.integers(4))], float(rng.uniform(1.5, 6)))


def facade(piece: SetPiece) -> list[Solid]:
    """A building's front: ground floor with door, storeys of windows, cornice.

    Some windows glow; by day that glow drowns in the daylight.
    """
    w, h, d = piece.size_m
    solids = [box((w, h - 0.4, d), (0, 0, 0), main(piece))]
    solids.append(box((w + 0.3, 0.18, d + 0.3), (0, h - 0.45, 0.08), STONE, bevel=0.03))
    solids.append(box((w + 0.1, 0.27, d + 0.1), (0, h - 0.27, 0.03), main(piece)))
    solids.append(box((w, 0.16, 0.1), (0, 3.3, d / 2 + 0.05), STONE, bevel=0.02))
    solids.append(box((w, 0.5, 0.06), (0, 0, d / 2 + 0.03), STONE))
    return solids + _ground_floor(piece) + _storeys(piece) + _top(piece)


def _top(piece: SetPiece) -> list[Solid]:
    """What stands above the cornice: a slate mansard, a ridge or a flat roof's clutter.

    High buildings are flat; chimneys and dormers break the line against the sky.
    """
    w, h, d = piece.size_m
    rng = np.random.default_rng([piece.seed, 17])
    form = int(rng.integers(3))
    brick = shade(main(piece, Matter.BRICK), 0.75)
    solids: list[Solid] = []
    if h < 15.5 and form == 0:
        solids += _mansard(w, h, d)
    elif h < 13.0 and form == 1:
        ridge = [(-d / 2 - 0.3, 0.0), (d / 2 + 0.3, 0.0), (0.0, d * 0.36)]
        tiles = Coat((0.2, 0.085, 0.055), Matter.TILE)
        roof = turned(prism(ridge, w, (0, 0, 0), tiles), yaw_deg=-90)
        solids.append(moved(roof, (0, h, 0)))
    else:
        hut = (w * 0.16, 1.6, d * 0.4)
        x = w * float(rng.uniform(-0.3, 0.3))
        solids.append(box(hut, (x, h, -d * 0.1), brick))
        solids.append(box((0.7, 0.7, 0.7), (x + w * 0.16, h, 0), shade(STONE, 0.6)))
        solids.append(cylinder(0.03, 2.4, (x, h + 1.6, -d * 0.1), IRON, segments=5))
    clay = Coat((0.3, 0.13, 0.07), Matter.TILE)
    for k in range(1 + int(rng.integers(2))):
        x = (k - 0.5) * w * 0.7 + float(rng.uniform(-0.1, 0.1)) * w
        tall = float(rng.uniform(1.6, 2.2)) + (1.6 if form < 2 else 0.0)
        solids.append(box((0.9, tall, 0.6), (x, h, -d * 0.12), brick))
        for s in (-1, 1):
            pot = (x + s * 0.22, h + tall, -d * 0.12)
            solids.append(cylinder(0.11, 0.42, pot, clay, segments=7))
    return solids


def _mansard(w: float, h: float, d: float) -> list[Solid]:
    """A slate roof with steep flanks and a row of dormers."""
    slate = Coat((0.1, 0.1, 0.115), Matter.TILE)
    slope = [(-d / 2, 0.0), (d / 2, 0.0), (d / 2 - 0.9, 2.3), (-d / 2 + 0.9, 2.3)]
    roof = turned(prism(slope, w, (0, 0, 0), slate), yaw_deg=-90)
    solids = [moved(roof, (0, h, 0))]
    count = max(1, round(w / 3.4))
    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        solids.append(box((1.2, 1.5, 1.0), (x, h + 0.25, d / 2 - 0.75), STONE))
        solids.append(box((0.85, 1.05, 0.05), (x, h + 0.45, d / 2 - 0.23), PANE))
        solids.append(box((1.45, 0.14, 1.2), (x, h + 1.75, d / 2 - 0.72), slate))
    return solids


def _is_far(piece: SetPiece) -> bool:
    """Whether a front stands so far off that its windows need no bars."""
    return max(abs(piece.position_m[0]), abs(piece.position_m[2])) > 12


def _storeys(piece: SetPiece) -> list[Solid]:
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    storeys = int((h - 3.9) / 3.0)
    columns = max(1, round(w / 2.3))
    z = d / 2
    solids: list[Solid] = []
    far = _is_far(piece)
    for row in range(storeys):
        y = 4.1 + row * (h - 4.2) / max(1, storeys)
        for k in range(columns):
            x = -w / 2 + w * (k + 0.5) / columns
            pane = _pane(rng, 0.3)
            solids += _sash(x, y, z, 1.05, 1.65, pane, accent(piece), plain=far)
            solids += _hung(x, y, z, 1.05, 1.65, rng)
    return solids


def _sash(
    x: float,
    y: float,
    z: float,
    w: float,
    h: float,
    pane: Coat,
    frame: Coat,
    *,
    plain: bool,
) -> list[Solid]:
    """A window on a front: pane, sill, lintel and, near by, its bars."""
    wood = Coat(frame.color, Matter.WOOD)
    if plain:
        # Two sashes of glass on their frame, as far as one can tell from there.
        half, middle = w / 2 - 0.07, y + h / 2
        panes = [
            _upright(x, half, low, high, z + 0.016)
            for low, high in ((y + 0.07, middle - 0.04), (middle + 0.04, y + h - 0.07))
        ]
        return [
            quads([_upright(x, w / 2, y, y + h, z + 0.01)], wood),
            quads(panes, pane),
            box((w + 0.2, 0.12, 0.14), (x, y - 0.1, z + 0.04), STONE),
        ]
    ring = _upright(x, w / 2, y, y + h, z + 0.012)
    solids = [
        quads([ring], pane),
        box((w + 0.24, 0.1, 0.16), (x, y - 0.1, z + 0.05), STONE),
        box((w + 0.2, 0.18, 0.08), (x, y + h, z + 0.03), STONE),
    ]
    for s in (-1, 1):
        solids.append(box((0.07, h, 0.06), (x + s * (w / 2 - 0.02), y, z + 0.02), wood))
    solids.append(box((w, 0.06, 0.055), (x, y + h * 0.5, z + 0.02), wood))
    solids.append(box((0.04, h, 0.05), (x, y, z + 0.02), wood))
    return solids


def _upright(x: float, half: float, low: float, high: float, z: float) -> list[Vec3]:
    """Return corners of a rectangle that faces +z."""
    return [(x - half, low, z), (x + half, low, z), (x + half, high, z),
            (x - half, high, z)]  # fmt: skip


def _hung(
    x: float, y: float, z: float, w: float, h: float, rng: np.random.Generator
) -> list[Solid]:
    """Return a blind or curtains behind some windows: somebody lives there."""
    cloth = shade(Coat((0.5, 0.47, 0.4), Matter.CLOTH), float(rng.uniform(0.55, 1.0)))
    kind, drawn = float(rng.random()), float(rng.uniform(0.2, 0.55))
    if kind < 0.28:
        top = y + h - 0.07
        return [
            quads([_upright(x, w / 2 - 0.07, top - drawn * h, top, z + 0.02)], cloth)
        ]
    if kind < 0.5:
        half = 0.11 + 0.10 * drawn
        sides = [
            _upright(
                x + s * (w / 2 - 0.07 - half), half, y + 0.07, y + h - 0.07, z + 0.02
            )
            for s in (-1, 1)
        ]
        return [quads(sides, cloth)]
    return []


def _ground_floor(piece: SetPiece) -> list[Solid]:
    """A door with steps and, on the longer side, wide windows or a shop front."""
    w, _, d = piece.size_m
    rng = np.random.default_rng(piece.seed + 1)
    z = d / 2
    door_x = w * (-0.28 if piece.seed % 2 else 0.28)
    wood = Coat(piece.accent, Matter.WOOD)
    solids = [
        box((1.35, 2.75, 0.16), (door_x, 0, z + 0.04), STONE, bevel=0.02),
        box((1.02, 2.2, 0.06), (door_x, 0.14, z + 0.11), wood, bevel=0.01),
        box((1.02, 0.34, 0.05), (door_x, 2.37, z + 0.11), lit_pane(LIT[0], 6.0)),
        box((1.6, 0.14, 0.7), (door_x, 0, z + 0.35), STONE, bevel=0.02),
        cylinder(
            0.035,
            0.07,
            (door_x + 0.4, 1.1, z + 0.16),
            Coat((0.55, 0.42, 0.2), Matter.METAL),
        ),
    ]
    for y in (0.3, 1.3):
        solids.append(
            box(
                (0.72, 0.85, 0.03), (door_x, y, z + 0.14), shade(wood, 0.8), bevel=0.012
            )
        )
    side = -1 if door_x > 0 else 1
    room = w / 2 + abs(door_x) - 1.1
    middle = side * (w / 2 - 0.3 - room / 2)
    if room > 3.0 and rng.random() < 0.55 and not _is_far(piece):
        solids += _shop_front(piece, middle, room - 0.3, z)
    else:
        count = max(1, round(room / 2.2))
        for k in range(count):
            x = middle - room / 2 + room * (k + 0.5) / count
            solids += _sash(
                x, 0.95, z, 1.1, 1.7, _pane(rng, 0.4), wood, plain=_is_far(piece)
            )
    return solids


def _display(x: float, w: float, z: float, seed: int) -> list[Solid]:
    """One pane of a shop window: a lit back wall and what is for sale."""
    rng = np.random.default_rng([seed, 53])
    low = float(rng.uniform(1.3, 2.3))
    solids = []
    for foot, head, level in ((0.5, 1.25, 0.75), (1.25, 2.05, 1.0), (2.05, 2.7, 0.5)):
        ring = [
            (x - w / 2, foot, z + 0.02),
            (x + w / 2, foot, z + 0.02),
            (x + w / 2, head, z + 0.02),
            (x - w / 2, head, z + 0.02),
        ]
        wall = lit_pane(LIT[0], low * level, seen=(0.17, 0.145, 0.115))
        solids.append(quads([ring], wall))
    for _ in range(3):
        ware = Coat(WARES[int(rng.integers(len(WARES)))], Matter.CLOTH)
        width, height = float(rng.uniform(0.1, 0.28)), float(rng.uniform(0.15, 0.6))
        at = x + float(rng.uniform(-0.4, 0.4)) * w
        solids.append(box((width, height, 0.03), (at, 0.5, z + 0.04), ware, bevel=0.01))
    return solids


def _shop_front(piece: SetPiece, x: float, w: float, z: float) -> list[Solid]:
    """Display windows under a fascia and an awning."""
    wood = Coat(piece.accent, Matter.WOOD)
    solids = [
        box((w, 0.5, 0.14), (x, 0, z + 0.06), wood, bevel=0.015),
        box((w, 0.45, 0.18), (x, 2.7, z + 0.08), wood, bevel=0.02),
    ]
    bars = max(2, round(w / 1.3))
    for k in range(bars + 1):
        solids.append(
            box((0.08, 2.25, 0.12), (x - w / 2 + w * k / bars, 0.48, z + 0.06), wood)
        )
    for k in range(bars):
        solids += _display(
            x - w / 2 + w * (k + 0.5) / bars, w / bars, z, piece.seed + k
        )
    slope = [(0.0, 0.0), (0.0, -0.05), (1.15, -0.55), (1.15, -0.45)]
    for k in range(max(3, round(w / 0.4))):
        n = max(3, round(w / 0.4))
        each = w / n
        stripe = (
            Coat((0.6, 0.57, 0.5), Matter.CLOTH)
            if k % 2
            else Coat(piece.accent, Matter.CLOTH)
        )
        strip = turned(prism(slope[::1], each, (0, 0, 0), stripe), yaw_deg=-90)
        if strip.volume_m3 < 0:
            strip = turned(prism(slope[::-1], each, (0, 0, 0), stripe), yaw_deg=-90)
        solids.append(moved(strip, (x - w / 2 + each * (k + 0.5), 2.72, z + 0.1)))
    return solids


def fire_escape(piece: SetPiece) -> list[Solid]:
    """Platforms with rails and ladders on a front; hangs on its back."""
    w, h, d = piece.size_m
    storeys = max(1, round(h / 3.0))
    solids: list[Solid] = []
    for k in range(storeys):
        y = h * k / storeys + 0.2
        solids.append(box((w, 0.05, d), (0, y, 0), IRON))
        for top in (0.5, 0.95):
            solids.append(box((w, 0.03, 0.03), (0, y + top, d / 2 - 0.02), IRON))
            for s in (-1, 1):
                solids.append(
                    box((0.03, 0.03, d), (s * (w / 2 - 0.015), y + top, 0), IRON)
                )
        for x in np.linspace(-w / 2 + 0.02, w / 2 - 0.02, 8):
            solids.append(box((0.025, 0.95, 0.025), (float(x), y, d / 2 - 0.02), IRON))
        if k < storeys - 1:
            s = 1 if k % 2 else -1
            rise = h / storeys
            for z in (-0.02, 0.3):
                solids.append(
                    tube(
                        [(-s * w * 0.36, y, z), (s * w * 0.3, y + rise, z)],
                        0.03,
                        IRON,
                        sides=4,
                    )
                )
            for step in range(1, 10):
                f = step / 10
                solids.append(
                    box(
                        (0.2, 0.025, 0.32),
                        (-s * w * 0.36 + s * w * 0.66 * f, y + rise * f, 0.14),
                        IRON,
                    )
                )
    return solids


def water_tank(piece: SetPiece) -> list[Solid]:
    """A roof-top water tank on legs under a conical roof."""
    w, h, _ = piece.size_m
    wood, r, low = main(piece), w / 2, h * 0.34
    solids = [
        cylinder(r, h * 0.46, (0, low, 0), wood, segments=20),
        lathe(
            [(r * 1.08, 0), (0.05, h * 0.2)],
            accent(piece),
            at=(0, low + h * 0.46, 0),
            segments=20,
        ),
        box((w * 0.9, 0.12, w * 0.9), (0, low - 0.12, 0), shade(wood, 0.6)),
    ]
    for y in (0.08, 0.22, 0.38):
        hoop = lathe(
            [(r * 1.015, h * y), (r * 1.015, h * y + 0.05)],
            IRON,
            at=(0, low, 0),
            segments=20,
        )
        solids.append(hoop)
    for sx in (-1, 1):
        for sz in (-1, 1):
            a = (sx * r * 0.78, 0, sz * r * 0.78)
            solids.append(box((0.12, low, 0.12), a, shade(wood, 0.6)))
        solids.append(
            tube(
                [(sx * r * 0.78, 0.1, -r * 0.78), (sx * r * 0.78, low - 0.1, r * 0.78)],
                0.035,
                IRON,
            )
        )
    return solids


def roof_unit(piece: SetPiece) -> list[Solid]:
    """An air-handling unit with louvres and a fan."""
    w, h, d = piece.size_m
    steel = main(piece, Matter.PLASTIC)
    solids = [
        box((w, h - 0.12, d), (0, 0.12, 0), steel, bevel=0.02),
        box((w * 0.9, 0.12, d * 0.9), (0, 0, 0), shade(steel, 0.4)),
        lathe(
            [
                (min(w, d) * 0.34, 0),
                (min(w, d) * 0.34, 0.1),
                (min(w, d) * 0.3, 0.1),
                (min(w, d) * 0.28, 0.03),
            ],
            shade(steel, 0.5),
            at=(0, h, 0),
            segments=18,
        ),
    ]
    for k in range(6):
        y = h * 0.25 + k * h * 0.1
        solids.append(box((w * 0.8, h * 0.05, 0.04), (0, y, d / 2), shade(steel, 0.6)))
    return solids


def stair_house(piece: SetPiece) -> list[Solid]:
    """The hut over a stair with a steel door at +z."""
    w, h, d = piece.size_m
    return [
        box((w, h - 0.12, d), (0, 0, 0), main(piece)),
        box((w + 0.3, 0.14, d + 0.3), (0, h - 0.14, 0), STONE, bevel=0.02),
        box((1.15, 2.15, 0.1), (0, 0, d / 2 + 0.01), shade(accent(piece), 0.7)),
        box(
            (0.95, 2.02, 0.08),
            (0, 0.02, d / 2 + 0.04),
            accent(piece, Matter.PLASTIC),
            bevel=0.01,
        ),
        box(
            (0.22, 0.16, 0.16),
            (0, 2.3, d / 2 + 0.08),
            glow((1.0, 0.75, 0.45), 700.0),
            bevel=0.02,
        ),
    ]


def roof(piece: SetPiece) -> list[Solid]:
    """A pitched roof whose ridge runs along x."""
    w, h, d = piece.size_m
    gable = prism([(-d / 2, 0), (d / 2, 0), (0, h)], w, (0, 0, 0), main(piece))
    return [turned(gable, yaw_deg=90)]


def house(piece: SetPiece) -> list[Solid]:
    """A small house: walls, pitched roof, chimney, porch, door and windows."""
    w, h, d = piece.size_m
    eaves = h * 0.58
    z = d / 2
    tiles = Coat((0.16, 0.07, 0.05), Matter.TILE)
    wood = Coat(piece.accent, Matter.WOOD)
    gable = prism(
        [(-d / 2 - 0.35, 0), (d / 2 + 0.35, 0), (0, h - eaves)],
        w + 0.5,
        (0, 0, 0),
        tiles,
    )
    solids = [
        box((w, eaves, d), (0, 0, 0), main(piece)),
        moved(turned(gable, yaw_deg=90), (0, eaves, 0)),
        box(
            (0.6, h * 0.35, 0.6),
            (w * 0.3, h * 0.72, -d * 0.1),
            Coat((0.26, 0.1, 0.07), Matter.BRICK),
        ),
        box((1.3, 2.35, 0.12), (0, 0.1, z + 0.02), STONE, bevel=0.02),
        box((1.0, 2.1, 0.06), (0, 0.15, z + 0.08), wood, bevel=0.01),
        box((2.4, 0.15, 1.3), (0, 0, z + 0.65), STONE, bevel=0.02),
    ]
    canopy = box((2.4, 0.1, 1.3), (0, 2.65, z + 0.65), tiles, bevel=0.02)
    solids.append(canopy)
    for s in (-1, 1):
        solids.append(box((0.12, 2.5, 0.12), (s * 1.05, 0.15, z + 1.15), wood))
        solids += _sash(
            s * w * 0.33,
            0.95,
            z,
            1.25,
            1.35,
            lit_pane(LIT[0], 14.0) if (piece.seed + s) % 3 else PANE,
            wood,
            plain=False,
        )
    return solids


KINDS = {
    "facade": facade,
    "fire-escape": fire_escape,
    "water-tank": water_tank,
    "roof-unit": roof_unit,
    "stair-house": stair_house,
    "roof": roof,
    "house": house,
}
