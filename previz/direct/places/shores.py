"""Out of town: a camp in the woods, a graveyard, a pier, the deck of a boat."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, grown
from previz.direct.places.palette import STREETS
from previz.direct.places.parts import (
    greenery,
    sides,
)
from previz.model import RGB, Matter

__all__ = ["boat_deck", "camp", "graveyard", "pier"]

LOG: RGB = (0.24, 0.14, 0.07)
STONE: RGB = (0.36, 0.34, 0.3)
IRON: RGB = (0.06, 0.06, 0.065)
SEA: RGB = (0.05, 0.12, 0.15)


_place = partial(grown, palettes=STREETS, interior=False)


def camp(rng: np.random.Generator, *, people: int) -> Dressing:
    """A fire in a ring of logs between tents, dark trees round the clearing."""
    d = _place("camp", (14.0, 9.0, 12.0), rng, people)
    d.add(
        "ground",
        (180, 0.1, 180),
        0,
        0,
        y=-0.001,
        color=(0.13, 0.12, 0.06),
        matter=Matter.GROUND,
    )
    canvas: RGB = (0.33, 0.29, 0.17) if d.chance(0.5) else (0.36, 0.12, 0.04)
    d.add("campfire", (1.2, 0.75, 1.2), 0.0, -0.2, color=STONE)
    for x, z, yaw in ((-3.6, -3.2, 32), (3.4, -3.6, -28), (5.4, 0.6, -80))[
        : 2 + (people > 3)
    ]:
        d.add("tent", (2.3, 1.6, 2.6), x, z, yaw=yaw, color=canvas, matter=Matter.CLOTH)
    for x, z, yaw in ((-2.0, 0.3, 80), (1.9, 0.5, -70), (0.1, 2.0, 0)):
        d.add(
            "log",
            (2.0, 0.45, 0.5),
            x,
            z,
            yaw=yaw + d.jitter(8),
            color=(0.13, 0.085, 0.05),
        )
    d.add("crates", (1.1, 0.8, 0.7), -5.4, 0.4, yaw=60, color=(0.3, 0.2, 0.1))
    d.add("box", (0.6, 0.4, 0.4), -2.0, -2.4, yaw=20, color=(0.2, 0.12, 0.06))
    d.add("table-lamp", (0.2, 0.32, 0.2), -2.0, -2.4, y=0.4, color=IRON)
    ring = [
        (-6.4, -5.0),
        (-2.0, -6.2),
        (2.4, -6.0),
        (6.6, -4.6),
        (-7.2, 3.4),
        (7.2, 4.0),
    ]
    greenery(
        d, [*ring[::2], (-11, -8), (5, -11), (12, -6), (-3.4, -11)], kind="conifer"
    )
    greenery(d, [*ring[1::2], (-12, 2), (11, 9), (-8, 11), (0, -13)])
    for x, z in ((4.6, 2.8), (-4.8, 3.4)):
        d.add(
            "rock",
            (1.3, 0.8, 1.1),
            x,
            z,
            yaw=d.jitter(180),
            color=(0.24, 0.24, 0.2),
            matter=Matter.STONE,
        )
    d.add("grass", (13, 0.3, 5), 0, 4.4, color=(0.12, 0.15, 0.05), matter=Matter.GRASS)
    d.add("hill", (90, 18, 40), 10, -70, color=(0.1, 0.13, 0.09), matter=Matter.GRASS)
    sides(d, depth=3.6)
    d.wish("fire", ("fire", "campfire", "flames"), 1.1, -1.3, -60.0)
    d.wish("tent", ("tent", "tents"), -2.2, -1.4, 40.0)
    return d


def graveyard(rng: np.random.Generator, *, people: int) -> Dressing:
    """Leaning stones in rows, bare trees, railings, a chapel on the rise."""
    d = _place("graveyard", (16.0, 9.0, 13.0), rng, people)
    d.add(
        "ground",
        (180, 0.1, 180),
        0,
        0,
        y=-0.001,
        color=(0.12, 0.15, 0.06),
        matter=Matter.GRASS,
    )
    d.add(
        "rug",
        (1.8, 0.012, 26),
        0.4,
        -2.0,
        color=(0.3, 0.27, 0.22),
        accent=(0.22, 0.2, 0.15),
        matter=Matter.GROUND,
    )
    grey = ((0.34, 0.34, 0.31), (0.26, 0.27, 0.25), (0.4, 0.38, 0.34))
    for row, z in enumerate((-4.6, -2.2, 2.6)):
        for x in (-6.2, -4.5, -2.9, 3.4, 5.0, 6.6):
            if d.chance(0.14):
                continue
            tall = 0.95 + d.jitter(0.3)
            d.add(
                "gravestone",
                (0.62, tall, 0.15),
                x + d.jitter(0.25),
                z + d.jitter(0.2),
                yaw=d.jitter(9),
                color=grey[(row + int(abs(x))) % 3],
                matter=Matter.STONE,
            )
    d.add(
        "church-front",
        (12.0, 14.0, 12.0),
        -9.0,
        -24.0,
        yaw=12,
        color=(0.36, 0.34, 0.3),
        accent=(0.12, 0.07, 0.04),
        matter=Matter.STONE,
    )
    greenery(d, [(-7.0, -6.0), (7.4, -5.4), (4.0, -10)], kind="bare-tree")
    greenery(d, [(-12, -10), (12, -12), (15, -2), (-15, 3)])
    greenery(d, [(10.4, -9.0), (-4.6, -12.0)], kind="poplar")
    for x in (-7.4, -2.6, 2.2, 7.0):
        d.add(
            "railing",
            (4.8, 1.3, 0.1),
            x,
            -7.2,
            color=IRON,
            accent=IRON,
            matter=Matter.METAL,
        )
    d.add(
        "bench",
        (1.7, 0.88, 0.62),
        2.2,
        -0.2,
        yaw=-90,
        color=(0.2, 0.13, 0.07),
        accent=IRON,
    )
    d.add(
        "hedge", (6.0, 1.2, 0.9), -5.0, 5.4, color=d.palette.leaf, matter=Matter.FOLIAGE
    )
    d.add("grass", (14, 0.26, 4), 0, 4.4, color=(0.14, 0.17, 0.06), matter=Matter.GRASS)
    sides(d, depth=0.4)
    d.wish(
        "grave",
        ("grave", "gravestone", "headstone", "stone", "tomb"),
        -3.6,
        -1.0,
        180.0,
        needed=True,
    )
    d.wish("path", ("path", "way", "gate"), 0.4, 2.2, 180.0)
    return d


def _sea(d: Dressing, y: float) -> None:
    """Water to the horizon, a coast far off on one side."""
    d.add("water", (600, 0.2, 600), 0, 0, y=y, color=SEA, matter=Matter.WATER)
    for x, z, w in ((-90, -190, 160), (120, -220, 120)):
        d.add(
            "hill",
            (w, 16, 50),
            x,
            z,
            y=y,
            color=(0.13, 0.16, 0.15),
            matter=Matter.GROUND,
        )


def pier(rng: np.random.Generator, *, people: int) -> Dressing:
    """Planks over the water between piles, lamps, nets and crates, a moored boat."""
    d = _place("pier", (14.0, 8.0, 5.4), rng, people)
    _sea(d, -1.3)
    d.add("floor", (44, 0.22, d.d), 4.0, 0, color=(0.27, 0.21, 0.15), accent=LOG)
    for s in (-1, 1):
        d.add(
            "posts", (43, 1.0, 0.3), 4.0, s * (d.d / 2 - 0.05), color=(0.2, 0.15, 0.1)
        )
        for x in (-5.5, 2.5, 10.5):
            d.add(
                "lamp-post",
                (0.4, 3.8, 0.9),
                x + s * 1.6,
                s * (d.d / 2 - 0.45),
                yaw=90.0 + 90.0 * s,
                color=IRON,
                matter=Matter.METAL,
            )
    d.add(
        "ship-house",
        (3.4, 4.2, 2.4),
        3.0,
        -d.d / 2 - 2.4,
        y=-0.6,
        color=(0.55, 0.54, 0.5),
        accent=(0.06, 0.14, 0.22),
    )
    d.add(
        "landing",
        (9.0, 0.9, 3.6),
        2.2,
        -d.d / 2 - 2.4,
        y=-1.4,
        color=(0.3, 0.2, 0.11),
        accent=(0.06, 0.14, 0.22),
    )
    d.add(
        "crates", (1.3, 1.0, 0.9), -3.6, -d.d / 2 + 0.9, yaw=10, color=(0.3, 0.2, 0.1)
    )
    for x in (-2.2, -1.5):
        d.add("barrel", (0.6, 0.85, 0.6), x, -d.d / 2 + 0.8, color=LOG)
    d.add(
        "bench",
        (1.7, 0.88, 0.62),
        0.8,
        d.d / 2 - 0.8,
        yaw=180,
        color=(0.24, 0.15, 0.08),
        accent=IRON,
    )
    d.add("bin", (0.5, 0.95, 0.5), 2.4, d.d / 2 - 0.7, color=IRON, matter=Matter.METAL)
    d.add("box", (0.7, 0.45, 0.5), 4.6, -d.d / 2 + 0.8, yaw=15, color=(0.35, 0.3, 0.2))
    for k, x in enumerate((-34, -20, -47)):
        d.add(
            "facade",
            (13, 8 + 2 * k, 6),
            x,
            -26.0 + 3 * k,
            y=-1,
            color=(d.palette.wall, d.palette.trim, d.palette.cloth2)[k],
            accent=d.palette.wood,
            matter=Matter.BRICK,
        )
    d.add(
        "ground",
        (60, 1.0, 70),
        -47,
        -30,
        y=-0.95,
        color=(0.22, 0.2, 0.17),
        matter=Matter.STONE,
    )
    sides(d, depth=0.2)
    d.wish(
        "edge", ("edge", "water", "rail", "boat", "sea"), -0.4, -d.d / 2 + 0.75, 180.0
    )
    return d


def boat_deck(rng: np.random.Generator, *, people: int) -> Dressing:
    """A deck of planks inside its rail, the wheelhouse behind, the sea all round."""
    d = _place("boat deck", (10.5, 8.0, 5.0), rng, people)
    _sea(d, -1.9)
    d.add(
        "landing",
        (d.w + 5.5, 2.4, d.d + 0.8),
        -1.2,
        0,
        y=-2.6,
        color=(0.28, 0.16, 0.08),
        accent=(0.5, 0.49, 0.46),
    )
    d.add(
        "floor",
        (d.w + 5.4, 0.12, d.d + 0.6),
        -1.2,
        0,
        color=(0.3, 0.19, 0.1),
        accent=LOG,
    )
    for s in (-1, 1):
        d.add(
            "railing",
            (d.w + 5.2, 1.0, 0.08),
            -1.2,
            s * (d.d / 2 + 0.2),
            color=(0.5, 0.5, 0.48),
            accent=(0.3, 0.16, 0.07),
            matter=Matter.METAL,
        )
    d.add(
        "railing",
        (d.d + 0.4, 1.0, 0.08),
        d.w / 2 + 1.4,
        0,
        yaw=90,
        color=(0.5, 0.5, 0.48),
        accent=(0.3, 0.16, 0.07),
        matter=Matter.METAL,
    )
    d.add(
        "ship-house",
        (3.6, 4.6, 3.0),
        -d.w / 2 - 0.3,
        0,
        yaw=90,
        color=(0.56, 0.55, 0.52),
        accent=(0.3, 0.04, 0.03),
    )
    d.add(
        "bench",
        (1.7, 0.85, 0.6),
        0.6,
        -d.d / 2 + 0.5,
        color=(0.3, 0.17, 0.08),
        accent=IRON,
    )
    d.add("crates", (1.2, 0.9, 0.8), 3.6, d.d / 2 - 0.7, yaw=12, color=(0.3, 0.2, 0.1))
    d.add("barrel", (0.6, 0.85, 0.6), 4.4, -d.d / 2 + 0.6, color=LOG)
    d.add("box", (0.9, 0.5, 0.6), -0.5, d.d / 2 - 0.6, color=(0.5, 0.49, 0.46))
    for x, s in ((2.6, -1), (-1.8, 1)):
        d.add(
            "lamp-post",
            (0.3, 3.2, 0.5),
            x,
            s * (d.d / 2 - 0.35),
            yaw=90.0 + 90.0 * s,
            color=IRON,
            matter=Matter.METAL,
        )
    d.add(
        "chair",
        (0.5, 0.9, 0.52),
        1.9,
        0.8,
        yaw=-60 + d.jitter(20),
        color=LOG,
        accent=d.palette.cloth,
    )
    d.add("mast", (5.6, 8.5, 5.0), 1.2, 0.0, color=LOG, accent=(0.5, 0.47, 0.38))
    d.wish(
        "wheelhouse",
        ("wheelhouse", "cabin", "door", "bridge"),
        -d.w / 2 + 2.0,
        0.6,
        90.0,
        leave=True,
        needed=True,
    )
    d.wish(
        "rail",
        ("rail", "railing", "edge", "water", "sea", "side"),
        0.8,
        d.d / 2 - 0.6,
        0.0,
    )
    d.wish("bow", ("bow", "front", "prow"), d.w / 2 - 0.8, 0.0, 90.0)
    return d
