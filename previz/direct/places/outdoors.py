"""Streets, roofs, woods and shores."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing
from previz.direct.places.palette import STREETS, pick
from previz.direct.places.parts import greenery, sides
from previz.model import RGB, Matter

__all__ = ["beach", "field", "forest", "park"]

EARTH: RGB = (0.15, 0.11, 0.07)
GRASS: RGB = (0.13, 0.19, 0.06)
CARS: tuple[RGB, ...] = (
    (0.3, 0.035, 0.03),
    (0.05, 0.1, 0.19),
    (0.42, 0.41, 0.38),
    (0.06, 0.11, 0.08),
    (0.45, 0.3, 0.06),
)


def _open(
    template: str,
    size: tuple[float, float, float],
    rng: np.random.Generator,
    people: int,
) -> Dressing:
    return Dressing(
        template,
        interior=False,
        size_m=size,
        palette=pick(STREETS, rng),
        rng=rng,
        people=people,
    )


def park(rng: np.random.Generator, *, people: int) -> Dressing:
    """A path with benches and lamps through lawn and trees, a town beyond."""
    d = _open("park", (16.0, 9.0, 13.0), rng, people)
    p = d.palette
    d.add("ground", (160, 0.1, 160), 0, 0, y=-0.001, color=GRASS, matter=Matter.GRASS)
    d.add(
        "rug",
        (70, 0.012, 2.6),
        0,
        0.4,
        color=(0.36, 0.3, 0.21),
        accent=(0.26, 0.21, 0.14),
        matter=Matter.GROUND,
    )
    for x in (-2.6, 3.4):
        d.add(
            "bench", (1.7, 0.88, 0.62), x, -1.5, color=(0.24, 0.12, 0.05), accent=p.dark
        )
    d.add(
        "lamp-post", (0.5, 4.2, 1.3), 0.5, -1.6, color=(0.05,) * 3, matter=Matter.METAL
    )
    d.add(
        "bin",
        (0.5, 0.95, 0.5),
        5.0,
        -1.4,
        color=(0.05, 0.12, 0.08),
        matter=Matter.METAL,
    )
    ring = [
        (-6.6, -4.6),
        (-2.4, -5.6),
        (2.0, -5.2),
        (6.4, -4.2),
        (-7.4, 3.8),
        (7.0, 4.4),
    ]
    ring += [
        (-11, -9),
        (-5.5, -12),
        (1.0, -11),
        (7.5, -10),
        (13, -7),
        (-14, 2),
        (14, 3),
        (-9, 12),
        (0, 13),
        (9, 12),
    ]
    greenery(d, ring)
    for x, z in ((-4.6, -4.0), (4.4, -3.6), (-5.8, 5.2), (5.0, 5.6)):
        d.add(
            "bush",
            (1.7, 1.0, 1.3),
            x,
            z,
            yaw=d.jitter(180),
            color=(p.leaf[0] * 1.2, p.leaf[1] * 1.1, p.leaf[2]),
            matter=Matter.FOLIAGE,
        )
    d.add("grass", (14, 0.3, 4), 0, 4.6, color=(0.16, 0.22, 0.07), matter=Matter.GRASS)
    for k, x in enumerate((-22, 0, 24)):
        d.add(
            "facade",
            (18, 13 + 4 * (k % 2), 6),
            x,
            -34 - 3 * (k % 2),
            color=(p.wall, p.trim, p.cloth2)[k],
            accent=p.wood,
            matter=Matter.STONE,
        )
    sides(d, depth=0.4)
    d.wish("path", ("path", "way"), 0.0, 0.6, 0.0)
    d.wish("under the tree", ("tree", "trees", "shade"), -5.2, -3.1, 20.0)
    return d


def forest(rng: np.random.Generator, *, people: int) -> Dressing:
    """A clearing among firs and broad-leaved trees, a log, boulders."""
    d = _open("forest", (15.0, 10.0, 13.0), rng, people)
    p = d.palette
    d.add(
        "ground",
        (160, 0.1, 160),
        0,
        0,
        y=-0.001,
        color=(0.11, 0.11, 0.05),
        matter=Matter.GROUND,
    )
    inner = [
        (-5.6, -3.6),
        (-2.2, -4.8),
        (2.4, -4.4),
        (5.8, -3.2),
        (-6.6, 2.6),
        (6.4, 3.4),
    ]
    outer = [(a * 2.05 + d.jitter(1.5), b * 2.1 + d.jitter(1.5)) for a, b in inner]
    outer += [
        (-4.0, -8.0),
        (0.4, -9.0),
        (4.6, -8.2),
        (-11, -1),
        (11, 0.5),
        (-3.5, 11),
        (3.0, 12),
    ]
    greenery(d, inner[::2] + outer[1::2])
    greenery(d, inner[1::2] + outer[::2], kind="conifer")
    greenery(
        d,
        [(-8, -14), (-2, -15), (5, -15), (11, -12), (-14, -7), (15, -5)],
        kind="conifer",
    )
    d.add("log", (2.8, 0.5, 0.6), -1.6, -2.0, yaw=18, color=(0.13, 0.085, 0.05))
    for x, z in ((3.4, -1.9), (4.6, 3.4), (-4.6, 4.2)):
        d.add(
            "rock",
            (1.3 + d.jitter(0.4), 0.85, 1.1),
            x,
            z,
            yaw=d.jitter(180),
            color=(0.24, 0.24, 0.2),
            matter=Matter.STONE,
        )
    for x, z in ((-4.4, -2.4), (5.6, -1.2), (0.8, -4.0), (-5.6, 0.8)):
        d.add(
            "bush",
            (1.5, 0.85, 1.3),
            x,
            z,
            yaw=d.jitter(180),
            color=(0.06, 0.12, 0.035),
            matter=Matter.FOLIAGE,
        )
    d.add(
        "grass", (13, 0.32, 4.5), 0, 3.8, color=(0.12, 0.15, 0.05), matter=Matter.GRASS
    )
    d.add(
        "grass", (13, 0.32, 3.5), 0, -4.0, color=(0.1, 0.14, 0.05), matter=Matter.GRASS
    )
    d.palette = p
    sides(d, depth=0.6)
    d.wish("clearing", ("clearing", "middle"), 0.3, 0.4, 0.0)
    return d


def beach(rng: np.random.Generator, *, people: int) -> Dressing:
    """Sand down to the water, rocks, driftwood, dunes behind."""
    d = _open("beach", (18.0, 9.0, 13.0), rng, people)
    d.add(
        "ground",
        (240, 0.2, 120),
        0,
        56.0,
        y=-0.001,
        color=(0.5, 0.41, 0.28),
        matter=Matter.GROUND,
    )
    d.add(
        "water",
        (400, 0.2, 240),
        0,
        -124.0,
        y=-0.06,
        color=(0.05, 0.13, 0.16),
        matter=Matter.WATER,
    )
    d.add(
        "ground",
        (240, 0.1, 2.4),
        0,
        -4.9,
        y=-0.05,
        color=(0.3, 0.24, 0.16),
        matter=Matter.GROUND,
    )
    for k in range(5):
        d.add(
            "rock",
            (1.6 + d.jitter(0.8), 1.0 + d.jitter(0.4), 1.4),
            -7.4 + d.jitter(0.8) + k * 0.7,
            -4.6 + k * 1.1,
            yaw=d.jitter(180),
            color=(0.2, 0.18, 0.16),
            matter=Matter.STONE,
        )
    _shoreline(d)
    d.add("log", (2.6, 0.42, 0.5), 2.6, -0.6, yaw=-22, color=(0.4, 0.34, 0.26))
    _bathers(d)
    for x, z in ((-30, 34), (6, 30), (40, 36)):
        d.add(
            "hill",
            (46, 5 + d.jitter(1.5), 20),
            x,
            z,
            color=(0.42, 0.37, 0.22),
            matter=Matter.GRASS,
        )
    d.add(
        "hill", (60, 13, 30), -58, -44, color=(0.12, 0.15, 0.11), matter=Matter.GROUND
    )
    d.add("hill", (80, 9, 30), 66, -70, color=(0.14, 0.17, 0.15), matter=Matter.GROUND)
    d.add("grass", (16, 0.5, 5), 0, 9.0, color=(0.3, 0.3, 0.12), matter=Matter.GRASS)
    d.add(
        "palm",
        (4.2, 6.4, 4.2),
        7.6,
        4.6,
        color=d.palette.leaf,
        accent=(0.2, 0.14, 0.08),
        matter=Matter.FOLIAGE,
    )
    d.add(
        "palm",
        (4.6, 7.4, 4.6),
        9.6,
        7.4,
        yaw=120,
        color=d.palette.leaf,
        accent=(0.2, 0.14, 0.08),
        matter=Matter.FOLIAGE,
    )
    sides(d, depth=0.5)
    d.wish(
        "water", ("water", "sea", "shore", "waves", "ocean", "surf"), 0.0, -3.6, 180.0
    )
    d.wish("dunes", ("dune", "dunes", "sand"), -1.0, 4.4, 180.0)
    return d


def _shoreline(d: Dressing) -> None:
    """Lines of foam before the sand, weed where the tide turned, tufts on the dunes."""
    foam: RGB = (0.66, 0.69, 0.68)
    for z, deep, y in ((-6.0, 0.5, -0.03), (-6.9, 0.7, -0.04), (-9.6, 0.8, -0.045)):
        for k in range(4):
            x = (k - 1.5) * 17.0 + d.jitter(4.0)
            size = (21.0 + d.jitter(7.0), 0.01, deep * (1 + d.jitter(0.3)))
            d.add(
                "foam", size, x, z + d.jitter(0.4), y=y, yaw=d.jitter(2.0),
                color=foam, matter=Matter.PLASTER,
            )  # fmt: skip
    for k in range(5):
        x = (k - 2.0) * 7.0 + d.jitter(1.6)
        d.add(
            "foam", (6.0 + d.jitter(2.0), 0.01, 0.3), x, -2.7 + d.jitter(0.3),
            yaw=d.jitter(4.0), color=(0.13, 0.10, 0.06), matter=Matter.GROUND,
        )  # fmt: skip
    tufts: RGB = (0.24, 0.27, 0.10)
    for x, z, w in (
        (-9.5, 6.2, 5.0),
        (4.0, 7.6, 6.0),
        (-12.0, 1.4, 2.6),
        (12.5, 0.8, 3),
    ):
        d.add("grass", (w, 0.75, 2.4), x, z, color=tufts, matter=Matter.GRASS)


def _bathers(d: Dressing) -> None:
    """What people bring: a boat drawn up, towels, a parasol, a bag."""
    stripe: RGB = (0.5, 0.1, 0.07) if d.chance(0.5) else (0.06, 0.2, 0.32)
    for x, z, yaw in ((-3.0, 1.9, 12.0), (-4.4, 2.1, -6.0)):
        d.add(
            "rug", (0.8, 0.014, 1.7), x, z, yaw=yaw, color=stripe,
            accent=(0.55, 0.52, 0.45), matter=Matter.CLOTH,
        )  # fmt: skip
    d.add("bag", (0.42, 0.34, 0.2), -2.2, 1.3, yaw=30, color=(0.4, 0.3, 0.14))
    for k, x in enumerate((-16.5, -13.7, 12.0)):
        d.add(
            "posts", (2.4, 0.9, 0.3), x, -7.4 - 0.4 * k, color=(0.16, 0.13, 0.1),
            matter=Matter.WOOD,
        )  # fmt: skip


def field(rng: np.random.Generator, *, people: int) -> Dressing:
    """Open country: meadow, a track, one tree, a fence, hills."""
    d = _open("field", (18.0, 9.0, 14.0), rng, people)
    d.add(
        "ground",
        (260, 0.1, 260),
        0,
        0,
        y=-0.001,
        color=(0.24, 0.24, 0.08),
        matter=Matter.GRASS,
    )
    d.add(
        "rug",
        (120, 0.012, 2.4),
        0,
        0.6,
        color=(0.32, 0.24, 0.15),
        accent=(0.26, 0.2, 0.11),
        matter=Matter.GROUND,
    )
    for x, z, w, h in (
        (-50, -70, 90, 14),
        (30, -85, 110, 19),
        (85, -50, 70, 11),
        (-90, -10, 60, 12),
        (0, 95, 140, 14),
    ):
        d.add("hill", (w, h, 50), x, z, color=(0.13, 0.17, 0.08), matter=Matter.GRASS)
    for along in (-9.0, -3.6, 1.8, 7.2):
        d.add("fence", (5.2, 1.15, 0.14), along, -5.2, color=(0.3, 0.24, 0.17))
    greenery(
        d,
        [(-5.4, -3.4), (-16, -14), (-9, -19), (12, -16), (19, -22), (22, 6), (-22, 9)],
    )
    for away in (4.6, -3.6):
        d.add(
            "grass",
            (17, 0.45, 3.6),
            0,
            away,
            color=(0.27, 0.26, 0.09),
            matter=Matter.GRASS,
        )
    d.add(
        "rock",
        (1.5, 0.85, 1.2),
        4.4,
        -2.4,
        yaw=30,
        color=(0.27, 0.26, 0.23),
        matter=Matter.STONE,
    )
    d.add(
        "house",
        (8, 5.6, 6),
        24,
        -34,
        yaw=-30,
        color=(0.5, 0.46, 0.38),
        accent=d.palette.cloth,
    )
    sides(d, depth=0.6)
    d.wish("fence", ("fence", "gate"), 1.5, -4.4, 180.0)
    d.wish("track", ("track", "road", "path", "way"), 0.4, 0.6, 0.0)
    return d
