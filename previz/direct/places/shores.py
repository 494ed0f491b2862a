"""Out of town: a camp in the woods, a graveyard, a pier, the deck of a boat."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, grown
from previz.direct.places.items import (
    BENCH,
    BIN,
    CRATES,
    FACADE,
    HEDGE,
    HILL,
    IRON,
    LAMP_POST,
    LOG,
    PATH,
    ROCK,
    STONE,
    TIMBER,
    TUFTS,
    Item,
)
from previz.direct.places.palette import STREETS, Paint, Swatch
from previz.direct.places.parts import greenery, ground, sides
from previz.model import RGB, Matter

__all__ = ["boat_deck", "camp", "graveyard", "pier"]

NAVY: RGB = (0.06, 0.14, 0.22)
HULL_WHITE: RGB = (0.5, 0.49, 0.46)

CAMPFIRE = Item("campfire", (1.2, 0.75, 1.2), STONE)
TENT = Item("tent", (2.3, 1.6, 2.6), matter=Matter.CLOTH)
PROVISIONS = Item("box", (0.6, 0.4, 0.4), (0.2, 0.12, 0.06))
LANTERN = Item("table-lamp", (0.2, 0.32, 0.2), IRON)
RING: list[tuple[float, float]] = [
    (-6.4, -5.0), (-2.0, -6.2), (2.4, -6.0), (6.6, -4.6), (-7.2, 3.4), (7.2, 4.0),
]  # fmt: skip
"""Trees round the camp."""

GRAVEYARD_PATH = PATH.sized(1.8, 0.012, 26).painted(
    (0.3, 0.27, 0.22), (0.22, 0.2, 0.15)
)
GRAVESTONE = Item("gravestone", (0.62, 0.95, 0.15), matter=Matter.STONE)
GREYS: tuple[RGB, ...] = ((0.34, 0.34, 0.31), (0.26, 0.27, 0.25), (0.4, 0.38, 0.34))
CHAPEL = Item(
    "church-front", (12.0, 14.0, 12.0), STONE, (0.12, 0.07, 0.04), Matter.STONE
)
GRAVEYARD_RAIL = Item("railing", (4.8, 1.3, 0.1), IRON, IRON, Matter.METAL)

SEA = Item("water", (600, 0.2, 600), (0.05, 0.12, 0.15), matter=Matter.WATER)
COAST = HILL.painted((0.13, 0.16, 0.15)).of(Matter.GROUND)
PLANKS = Item("floor", (44, 0.22, 5.4), (0.27, 0.21, 0.15), TIMBER)
PILES = Item("posts", (43, 1.0, 0.3), (0.2, 0.15, 0.1))
PIER_LAMP = LAMP_POST.sized(0.4, 3.8, 0.9).painted(IRON)
MOORED_HOUSE = Item("ship-house", (3.4, 4.2, 2.4), (0.55, 0.54, 0.5), NAVY)
MOORED_HULL = Item("landing", (9.0, 0.9, 3.6), (0.3, 0.2, 0.11), NAVY)
NETS = Item("box", (0.7, 0.45, 0.5), (0.35, 0.3, 0.2))
CASK = Item("barrel", (0.6, 0.85, 0.6), TIMBER)

HULL = Item("landing", (16, 2.4, 5.8), (0.28, 0.16, 0.08), HULL_WHITE)
DECK = Item("floor", (16, 0.12, 5.6), (0.3, 0.19, 0.1), TIMBER)
RAIL = Item(
    "railing", (16, 1.0, 0.08), (0.5, 0.5, 0.48), (0.3, 0.16, 0.07), Matter.METAL
)
WHEELHOUSE = Item("ship-house", (3.6, 4.6, 3.0), (0.56, 0.55, 0.52), (0.3, 0.04, 0.03))
LOCKER = Item("box", (0.9, 0.5, 0.6), HULL_WHITE)
DECK_LAMP = LAMP_POST.sized(0.3, 3.2, 0.5).painted(IRON)
DECK_CHAIR = Item("chair", (0.5, 0.9, 0.52), TIMBER, "cloth")
MAST = Item("mast", (5.6, 8.5, 5.0), TIMBER, (0.5, 0.47, 0.38))


_place = partial(grown, palettes=STREETS, interior=False)


def camp(rng: np.random.Generator, *, people: int) -> Dressing:
    """A fire in a ring of logs between tents, dark trees round the clearing."""
    d = _place("camp", (14.0, 9.0, 12.0), rng, people)
    ground(d, 180, (0.13, 0.12, 0.06), Matter.GROUND)
    canvas: Paint = (0.33, 0.29, 0.17) if d.chance(0.5) else (0.36, 0.12, 0.04)
    d.put(CAMPFIRE, 0.0, -0.2)
    tents = ((-3.6, -3.2, 32), (3.4, -3.6, -28), (5.4, 0.6, -80))
    for x, z, yaw in tents[: 2 + (people > 3)]:
        d.put(TENT.painted(canvas), x, z, yaw=yaw)
    for x, z, yaw in ((-2.0, 0.3, 80), (1.9, 0.5, -70), (0.1, 2.0, 0)):
        d.put(LOG, x, z, yaw=yaw + d.jitter(8))
    d.put(CRATES.sized(1.1, 0.8, 0.7), -5.4, 0.4, yaw=60)
    d.put(PROVISIONS, -2.0, -2.4, yaw=20)
    d.put(LANTERN, -2.0, -2.4, y=0.4)
    firs = [*RING[::2], (-11, -8), (5, -11), (12, -6), (-3.4, -11)]
    greenery(d, firs, kind="conifer")
    greenery(d, [*RING[1::2], (-12, 2), (11, 9), (-8, 11), (0, -13)])
    for x, z in ((4.6, 2.8), (-4.8, 3.4)):
        d.put(ROCK, x, z, yaw=d.jitter(180))
    d.put(TUFTS, 0, 4.4)
    d.put(HILL.painted((0.1, 0.13, 0.09)), 10, -70)
    sides(d, depth=3.6)
    d.wish("fire", ("fire", "campfire", "flames"), 1.1, -1.3, -60.0)
    d.wish("tent", ("tent", "tents"), -2.2, -1.4, 40.0)
    return d


def graveyard(rng: np.random.Generator, *, people: int) -> Dressing:
    """Leaning stones in rows, bare trees, railings, a chapel on the rise."""
    d = _place("graveyard", (16.0, 9.0, 13.0), rng, people)
    ground(d, 180, (0.12, 0.15, 0.06), Matter.GRASS)
    d.put(GRAVEYARD_PATH, 0.4, -2.0)
    _rows_of_stones(d)
    d.put(CHAPEL, -9.0, -24.0, yaw=12)
    greenery(d, [(-7.0, -6.0), (7.4, -5.4), (4.0, -10)], kind="bare-tree")
    greenery(d, [(-12, -10), (12, -12), (15, -2), (-15, 3)])
    greenery(d, [(10.4, -9.0), (-4.6, -12.0)], kind="poplar")
    for x in (-7.4, -2.6, 2.2, 7.0):
        d.put(GRAVEYARD_RAIL, x, -7.2)
    d.put(BENCH.painted((0.2, 0.13, 0.07), IRON), 2.2, -0.2, yaw=-90)
    d.put(HEDGE.sized(6.0, 1.2, 0.9), -5.0, 5.4)
    d.put(TUFTS.sized(14, 0.26, 4).painted((0.14, 0.17, 0.06)), 0, 4.4)
    sides(d, depth=0.4)
    grave = ("grave", "gravestone", "headstone", "stone", "tomb")
    d.wish("grave", grave, -3.6, -1.0, 180.0, needed=True)
    d.wish("path", ("path", "way", "gate"), 0.4, 2.2, 180.0)
    return d


def _rows_of_stones(d: Dressing) -> None:
    """Three rows of graves on both sides of the path; some have lost their stone."""
    for row, z in enumerate((-4.6, -2.2, 2.6)):
        for x in (-6.2, -4.5, -2.9, 3.4, 5.0, 6.6):
            if d.chance(0.14):
                continue
            stone = GRAVESTONE.sized(0.62, 0.95 + d.jitter(0.3), 0.15)
            d.put(
                stone.painted(GREYS[(row + int(abs(x))) % 3]),
                x + d.jitter(0.25),
                z + d.jitter(0.2),
                yaw=d.jitter(9),
            )


def _sea(d: Dressing, y: float) -> None:
    """Water to the horizon, a coast far off on one side."""
    d.put(SEA, 0, 0, y=y)
    for x, z, w in ((-90, -190, 160), (120, -220, 120)):
        d.put(COAST.sized(w, 16, 50), x, z, y=y)


def pier(rng: np.random.Generator, *, people: int) -> Dressing:
    """Planks over the water between piles, lamps, nets and crates, a moored boat."""
    d = _place("pier", (14.0, 8.0, 5.4), rng, people)
    _sea(d, -1.3)
    d.put(PLANKS.sized(44, 0.22, d.d), 4.0, 0)
    for s in (-1, 1):
        d.put(PILES, 4.0, s * (d.d / 2 - 0.05))
        for x in (-5.5, 2.5, 10.5):
            z = s * (d.d / 2 - 0.45)
            d.put(PIER_LAMP, x + s * 1.6, z, yaw=90.0 + 90.0 * s)
    d.put(MOORED_HOUSE, 3.0, d.north - 2.4, y=-0.6)
    d.put(MOORED_HULL, 2.2, d.north - 2.4, y=-1.4)
    d.put(CRATES.sized(1.3, 1.0, 0.9), -3.6, d.north + 0.9, yaw=10)
    for x in (-2.2, -1.5):
        d.put(CASK, x, d.north + 0.8)
    d.put(BENCH.painted((0.24, 0.15, 0.08), IRON), 0.8, d.south - 0.8, yaw=180)
    d.put(BIN.painted(IRON), 2.4, d.south - 0.7)
    d.put(NETS, 4.6, d.north + 0.8, yaw=15)
    _harbour(d)
    sides(d, depth=0.2)
    edge = ("edge", "water", "rail", "boat", "sea")
    d.wish("edge", edge, -0.4, d.north + 0.75, 180.0)
    return d


def _harbour(d: Dressing) -> None:
    """The quay where the pier begins, and houses on it."""
    tones: tuple[Swatch, ...] = ("wall", "trim", "cloth2")
    for k, x in enumerate((-34, -20, -47)):
        house = FACADE.sized(13, 8 + 2 * k, 6).painted(tones[k])
        d.put(house, x, -26.0 + 3 * k, y=-1)
    d.add(
        "ground", (60, 1.0, 70), -47, -30, y=-0.95, color=(0.22, 0.2, 0.17),
        matter=Matter.STONE,
    )  # fmt: skip


def boat_deck(rng: np.random.Generator, *, people: int) -> Dressing:
    """A deck of planks inside its rail, the wheelhouse behind, the sea all round."""
    d = _place("boat deck", (10.5, 8.0, 5.0), rng, people)
    _sea(d, -1.9)
    d.put(HULL.sized(d.w + 5.5, 2.4, d.d + 0.8), -1.2, 0, y=-2.6)
    d.put(DECK.sized(d.w + 5.4, 0.12, d.d + 0.6), -1.2, 0)
    for s in (-1, 1):
        d.put(RAIL.sized(d.w + 5.2, 1.0, 0.08), -1.2, s * (d.d / 2 + 0.2))
    d.put(RAIL.sized(d.d + 0.4, 1.0, 0.08), d.east + 1.4, 0, yaw=90)
    d.put(WHEELHOUSE, d.west - 0.3, 0, yaw=90)
    bench = BENCH.sized(1.7, 0.85, 0.6).painted((0.3, 0.17, 0.08), IRON)
    d.put(bench, 0.6, d.north + 0.5)
    d.put(CRATES.sized(1.2, 0.9, 0.8), 3.6, d.south - 0.7, yaw=12)
    d.put(CASK, 4.4, d.north + 0.6)
    d.put(LOCKER, -0.5, d.south - 0.6)
    for x, s in ((2.6, -1), (-1.8, 1)):
        d.put(DECK_LAMP, x, s * (d.d / 2 - 0.35), yaw=90.0 + 90.0 * s)
    d.put(DECK_CHAIR, 1.9, 0.8, yaw=-60 + d.jitter(20))
    d.put(MAST, 1.2, 0.0)
    d.wish(
        "wheelhouse", ("wheelhouse", "cabin", "door", "bridge"), d.west + 2.0, 0.6,
        90.0, leave=True, needed=True,
    )  # fmt: skip
    rail = ("rail", "railing", "edge", "water", "sea", "side")
    d.wish("rail", rail, 0.8, d.south - 0.6, 0.0)
    d.wish("bow", ("bow", "front", "prow"), d.east - 0.8, 0.0, 90.0)
    return d
