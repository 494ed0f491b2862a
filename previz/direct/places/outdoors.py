"""Parks, woods, shores and meadows."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing, open_air
from previz.direct.places.items import (
    BENCH,
    BIN,
    BUSH,
    FACADE,
    HILL,
    LAMP_POST,
    LOG,
    PATH,
    ROCK,
    TUFTS,
    Item,
)
from previz.direct.places.palette import Paint, Swatch
from previz.direct.places.parts import greenery, ground, sides
from previz.model import RGB, Matter

__all__ = ["beach", "field", "forest", "park"]

FOAM: RGB = (0.66, 0.69, 0.68)
WEED: RGB = (0.13, 0.10, 0.06)
SAND: RGB = (0.5, 0.41, 0.28)
WET_SAND: RGB = (0.3, 0.24, 0.16)

GRAVEL = PATH.painted((0.36, 0.3, 0.21), (0.26, 0.21, 0.14))
TRACK = PATH.sized(120, 0.012, 2.4).painted((0.32, 0.24, 0.15), (0.26, 0.2, 0.11))
GREEN_BIN = BIN.painted((0.05, 0.12, 0.08))
SHADE_BUSH = BUSH.painted((0.06, 0.12, 0.035))
DUNE = HILL.painted((0.42, 0.37, 0.22))
SHORE_ROCK = ROCK.painted((0.2, 0.18, 0.16))
DUNE_GRASS = TUFTS.painted((0.24, 0.27, 0.10))
DRIFTWOOD = LOG.sized(2.6, 0.42, 0.5).painted((0.4, 0.34, 0.26))
PALM = Item("palm", (4.2, 6.4, 4.2), "leaf", (0.2, 0.14, 0.08), Matter.FOLIAGE)
WATER = Item("water", (400, 0.2, 240), (0.05, 0.13, 0.16), matter=Matter.WATER)
TOWEL = Item("rug", (0.8, 0.014, 1.7), accent=(0.55, 0.52, 0.45), matter=Matter.CLOTH)
BAG = Item("bag", (0.42, 0.34, 0.2), (0.4, 0.3, 0.14))
GROYNE = Item("posts", (2.4, 0.9, 0.3), (0.16, 0.13, 0.1))
FIELD_FENCE = Item("fence", (5.2, 1.15, 0.14), (0.3, 0.24, 0.17))
FARM = Item("house", (8, 5.6, 6), (0.5, 0.46, 0.38), "cloth")

PARK_TREES: list[tuple[float, float]] = [
    (-6.6, -4.6), (-2.4, -5.6), (2.0, -5.2), (6.4, -4.2), (-7.4, 3.8), (7.0, 4.4),
    (-11, -9), (-5.5, -12), (1.0, -11), (7.5, -10), (13, -7), (-14, 2), (14, 3),
    (-9, 12), (0, 13), (9, 12),
]  # fmt: skip
CLEARING: list[tuple[float, float]] = [
    (-5.6, -3.6), (-2.2, -4.8), (2.4, -4.4), (5.8, -3.2), (-6.6, 2.6), (6.4, 3.4),
]  # fmt: skip
"""The innermost trees of a wood."""
BEHIND: list[tuple[float, float]] = [
    (-4.0, -8.0), (0.4, -9.0), (4.6, -8.2), (-11, -1), (11, 0.5), (-3.5, 11), (3.0, 12),
]  # fmt: skip
"""Those behind them."""
DEEP: list[tuple[float, float]] = [
    (-8, -14), (-2, -15), (5, -15), (11, -12), (-14, -7), (15, -5),
]  # fmt: skip
"""Those that close the view."""
FIELD_TREES: list[tuple[float, float]] = [
    (-5.4, -3.4), (-16, -14), (-9, -19), (12, -16), (19, -22), (22, 6), (-22, 9),
]  # fmt: skip


def park(rng: np.random.Generator, *, people: int) -> Dressing:
    """A path with benches and lamps through lawn and trees, a town beyond."""
    d = open_air("park", (16.0, 9.0, 13.0), rng, people)
    ground(d, 160, (0.13, 0.19, 0.06), Matter.GRASS)
    d.put(GRAVEL, 0, 0.4)
    for x in (-2.6, 3.4):
        d.put(BENCH, x, -1.5)
    d.put(LAMP_POST.sized(0.5, 4.2, 1.3), 0.5, -1.6)
    d.put(GREEN_BIN, 5.0, -1.4)
    greenery(d, PARK_TREES)
    r, g, b = d.palette.leaf
    bush = BUSH.sized(1.7, 1.0, 1.3).painted((r * 1.2, g * 1.1, b))
    for x, z in ((-4.6, -4.0), (4.4, -3.6), (-5.8, 5.2), (5.0, 5.6)):
        d.put(bush, x, z, yaw=d.jitter(180))
    d.put(TUFTS.sized(14, 0.3, 4).painted((0.16, 0.22, 0.07)), 0, 4.6)
    tones: tuple[Swatch, ...] = ("wall", "trim", "cloth2")
    for k, x in enumerate((-22, 0, 24)):
        house = FACADE.sized(18, 13 + 4 * (k % 2), 6).of(Matter.STONE)
        d.put(house.painted(tones[k]), x, -34 - 3 * (k % 2))
    sides(d, depth=0.4)
    d.wish("path", ("path", "way"), 0.0, 0.6, 0.0)
    d.wish("under the tree", ("tree", "trees", "shade"), -5.2, -3.1, 20.0)
    return d


def forest(rng: np.random.Generator, *, people: int) -> Dressing:
    """A clearing among firs and broad-leaved trees, a log, boulders."""
    d = open_air("forest", (15.0, 10.0, 13.0), rng, people)
    ground(d, 160, (0.11, 0.11, 0.05), Matter.GROUND)
    outer = [(a * 2.05 + d.jitter(1.5), b * 2.1 + d.jitter(1.5)) for a, b in CLEARING]
    outer += BEHIND
    greenery(d, CLEARING[::2] + outer[1::2])
    greenery(d, CLEARING[1::2] + outer[::2], kind="conifer")
    greenery(d, DEEP, kind="conifer")
    d.put(LOG.sized(2.8, 0.5, 0.6), -1.6, -2.0, yaw=18)
    for x, z in ((3.4, -1.9), (4.6, 3.4), (-4.6, 4.2)):
        rock = ROCK.sized(1.3 + d.jitter(0.4), 0.85, 1.1)
        d.put(rock, x, z, yaw=d.jitter(180))
    for x, z in ((-4.4, -2.4), (5.6, -1.2), (0.8, -4.0), (-5.6, 0.8)):
        d.put(SHADE_BUSH, x, z, yaw=d.jitter(180))
    d.put(TUFTS.sized(13, 0.32, 4.5), 0, 3.8)
    d.put(TUFTS.sized(13, 0.32, 3.5).painted((0.1, 0.14, 0.05)), 0, -4.0)
    sides(d, depth=0.6)
    d.wish("clearing", ("clearing", "middle"), 0.3, 0.4, 0.0)
    return d


def beach(rng: np.random.Generator, *, people: int) -> Dressing:
    """Sand down to the water, rocks, driftwood, dunes behind."""
    d = open_air("beach", (18.0, 9.0, 13.0), rng, people)
    _sand_and_sea(d)
    for k in range(5):
        rock = SHORE_ROCK.sized(1.6 + d.jitter(0.8), 1.0 + d.jitter(0.4), 1.4)
        x = -7.4 + d.jitter(0.8) + k * 0.7
        d.put(rock, x, -4.6 + k * 1.1, yaw=d.jitter(180))
    _shoreline(d)
    d.put(DRIFTWOOD, 2.6, -0.6, yaw=-22)
    _bathers(d)
    _dunes(d)
    d.put(PALM, 7.6, 4.6)
    d.put(PALM.sized(4.6, 7.4, 4.6), 9.6, 7.4, yaw=120)
    sides(d, depth=0.5)
    sea = ("water", "sea", "shore", "waves", "ocean", "surf")
    d.wish("water", sea, 0.0, -3.6, 180.0)
    d.wish("dunes", ("dune", "dunes", "sand"), -1.0, 4.4, 180.0)
    return d


def _sand_and_sea(d: Dressing) -> None:
    """Dry sand behind, water to the horizon, wet sand between them."""
    sand = Item("ground", (240, 0.2, 120), SAND, matter=Matter.GROUND)
    d.put(sand, 0, 56.0, y=-0.001)
    d.put(WATER, 0, -124.0, y=-0.06)
    d.put(sand.sized(240, 0.1, 2.4).painted(WET_SAND), 0, -4.9, y=-0.05)


def _shoreline(d: Dressing) -> None:
    """Lines of foam before the sand, weed where the tide turned, tufts on the dunes."""
    for z, deep, y in ((-6.0, 0.5, -0.03), (-6.9, 0.7, -0.04), (-9.6, 0.8, -0.045)):
        for k in range(4):
            x = (k - 1.5) * 17.0 + d.jitter(4.0)
            size = (21.0 + d.jitter(7.0), 0.01, deep * (1 + d.jitter(0.3)))
            d.add(
                "foam", size, x, z + d.jitter(0.4), y=y, yaw=d.jitter(2.0),
                color=FOAM, matter=Matter.PLASTER,
            )  # fmt: skip
    for k in range(5):
        x = (k - 2.0) * 7.0 + d.jitter(1.6)
        d.add(
            "foam", (6.0 + d.jitter(2.0), 0.01, 0.3), x, -2.7 + d.jitter(0.3),
            yaw=d.jitter(4.0), color=WEED, matter=Matter.GROUND,
        )  # fmt: skip
    for x, z, w in ((-9.5, 6.2, 5), (4.0, 7.6, 6), (-12.0, 1.4, 2.6), (12.5, 0.8, 3)):
        d.put(DUNE_GRASS.sized(w, 0.75, 2.4), x, z)


def _bathers(d: Dressing) -> None:
    """What people bring: towels and a bag; posts run into the water."""
    stripe: Paint = (0.5, 0.1, 0.07) if d.chance(0.5) else (0.06, 0.2, 0.32)
    for x, z, yaw in ((-3.0, 1.9, 12.0), (-4.4, 2.1, -6.0)):
        d.put(TOWEL.painted(stripe), x, z, yaw=yaw)
    d.put(BAG, -2.2, 1.3, yaw=30)
    for k, x in enumerate((-16.5, -13.7, 12.0)):
        d.put(GROYNE, x, -7.4 - 0.4 * k)


def _dunes(d: Dressing) -> None:
    """Dunes behind the beach, headlands at its ends, grass between."""
    for x, z in ((-30, 34), (6, 30), (40, 36)):
        d.put(DUNE.sized(46, 5 + d.jitter(1.5), 20), x, z)
    headland = HILL.of(Matter.GROUND)
    d.put(headland.sized(60, 13, 30).painted((0.12, 0.15, 0.11)), -58, -44)
    d.put(headland.sized(80, 9, 30).painted((0.14, 0.17, 0.15)), 66, -70)
    d.put(TUFTS.sized(16, 0.5, 5).painted((0.3, 0.3, 0.12)), 0, 9.0)


def field(rng: np.random.Generator, *, people: int) -> Dressing:
    """Open country: meadow, a track, one tree, a fence, hills."""
    d = open_air("field", (18.0, 9.0, 14.0), rng, people)
    ground(d, 260, (0.24, 0.24, 0.08), Matter.GRASS)
    d.put(TRACK, 0, 0.6)
    for x, z, w, h in (
        (-50, -70, 90, 14), (30, -85, 110, 19), (85, -50, 70, 11),
        (-90, -10, 60, 12), (0, 95, 140, 14),
    ):  # fmt: skip
        d.put(HILL.sized(w, h, 50), x, z)
    for along in (-9.0, -3.6, 1.8, 7.2):
        d.put(FIELD_FENCE, along, -5.2)
    greenery(d, FIELD_TREES)
    for away in (4.6, -3.6):
        d.put(TUFTS.sized(17, 0.45, 3.6).painted((0.27, 0.26, 0.09)), 0, away)
    rock = ROCK.sized(1.5, 0.85, 1.2).painted((0.27, 0.26, 0.23))
    d.put(rock, 4.4, -2.4, yaw=30)
    d.put(FARM, 24, -34, yaw=-30)
    sides(d, depth=0.6)
    d.wish("fence", ("fence", "gate"), 1.5, -4.4, 180.0)
    d.wish("track", ("track", "road", "path", "way"), 0.4, 0.6, 0.0)
    return d
