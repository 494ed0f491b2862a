"""Where tales play: cabin, tavern, throne hall, the bridge of a spaceship."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, Side, grown
from previz.direct.places.palette import HOMES, INSTITUTIONS
from previz.direct.places.parts import (
    chair_at,
    dining,
    door,
    room,
    window,
)
from previz.direct.places.style import PLAIN, Style
from previz.model import RGB, Matter

__all__ = ["cabin", "spaceship_bridge", "tavern", "throne_hall"]

LOG: RGB = (0.24, 0.14, 0.07)
STONE: RGB = (0.36, 0.34, 0.3)
IRON: RGB = (0.06, 0.06, 0.065)
SEA: RGB = (0.05, 0.12, 0.15)
_LONG: tuple[Side, Side] = ("w", "e")
TORCHES: tuple[tuple[Side, float], ...] = (
    ("w", -1.4),
    ("w", 3.0),
    ("s", 2.9),
    ("n", -2.6),
)
RUSTIC = Style(
    above="beams",
    window="curtain",
    heated=False,
    hangings=("wall-shelf", "picture"),
    corners=("crates",),
)


_place = partial(grown, palettes=HOMES)


def cabin(rng: np.random.Generator, *, people: int) -> Dressing:
    """Log walls under beams, a fire, a plank table, a cot under blankets."""
    d = _place("cabin", (6.4, 2.7, 5.6), rng, people)
    p = d.palette
    room(
        d,
        (window("w", 0.8, 1.1, 1.0), window("s", 1.6, 1.0, 1.0), door("s", -1.6)),
        wall=LOG,
        matter=Matter.WOOD,
        ceiling=(0.2, 0.12, 0.06),
        trim=(0.2, 0.11, 0.05),
        style=RUSTIC,
    )
    d.against(
        "n",
        -0.8,
        "fireplace",
        (1.7, 2.4, 0.6),
        color=STONE,
        accent=LOG,
        matter=Matter.STONE,
    )
    dining(d, 0.4, 0.7, seats=max(4, min(6, people)))
    d.against("e", -1.5, "bed", (1.1, 0.95, 2.0), color=LOG, accent=p.cloth2)
    d.pieces[-1] = d.pieces[-1].changed(
        position_m=(d.w / 2 - 0.6, 0.0, -d.d / 2 + 1.1), yaw_deg=0.0
    )
    d.add(
        "armchair",
        (0.86, 0.9, 0.86),
        -1.9,
        -0.9,
        yaw=150,
        color=p.cloth,
        accent=p.accent,
        matter=Matter.CLOTH,
    )
    d.add("rug", (2.0, 0.015, 1.4), -0.8, -1.0, color=p.accent, accent=p.dark)
    d.against("e", 1.0, "cupboard", (1.1, 1.9, 0.5), color=LOG)
    d.against("w", -1.6, "crates", (1.0, 0.8, 0.6), color=LOG)
    d.against("w", -0.6, "stove", (0.6, 0.85, 0.55), color=IRON)
    d.add("table-lamp", (0.24, 0.36, 0.24), 1.04, 0.7, y=0.76, color=IRON)
    d.wish("fire", ("fire", "fireplace", "hearth"), -0.8, -d.d / 2 + 1.4, 180.0)
    return d


def tavern(rng: np.random.Generator, *, people: int) -> Dressing:
    """Long tables and benches under beams, casks, a great fire, torches."""
    d = _place("tavern", (9.0, 3.3, 7.4), rng, people)
    p = d.palette
    room(
        d,
        (
            window("w", 1.6, 1.3, 1.0),
            window("s", 1.4, 1.3, 1.0),
            door("s", -2.6, 1.2),
            door("e", 2.4),
        ),
        wall=(0.5, 0.42, 0.3),
        ceiling=(0.18, 0.11, 0.06),
        floor=Matter.STONE,
        trim=(0.19, 0.1, 0.05),
        ground=(0.26, 0.24, 0.2),
        style=Style(
            dado=Matter.WOOD,
            dado_m=1.2,
            above="beams",
            window="",
            heated=False,
            hangings=("wall-shelf",),
            corners=("crates",),
        ),
    )
    d.against(
        "n",
        0.2,
        "fireplace",
        (2.4, 2.6, 0.8),
        color=STONE,
        accent=p.dark,
        matter=Matter.STONE,
    )
    d.add("bar-counter", (2.8, 1.1, 0.7), 2.9, -1.0, yaw=-90, color=LOG, accent=p.dark)
    for along in (-2.0, -1.2, -0.4):
        d.against("e", along, "barrel", (0.72, 0.95, 0.72), color=LOG)
    for x, z in ((-2.4, -0.7), (-2.2, 1.7), (0.9, 1.9)):
        table = d.add(
            "table", (2.0, 0.76, 0.8), x, z, yaw=d.jitter(5), color=LOG, accent=p.dark
        )
        d.on(table, "tableware", (1.2, 0.1, 0.5), color=(0.3, 0.2, 0.1), accent=IRON)
        d.on(table, "table-lamp", (0.18, 0.3, 0.18), right=0.78, color=IRON)
        for s in (-1, 1):
            d.add(
                "bench",
                (1.7, 0.5, 0.36),
                x,
                z + s * 0.66,
                yaw=90.0 + 90.0 * s,
                color=LOG,
                accent=LOG,
            )
    for side, along in TORCHES:
        d.against(side, along, "torch", (0.14, 0.6, 0.2), y=1.5, color=IRON)
    d.add("chandelier", (1.4, 1.2, 1.4), -0.8, 0.6, y=d.h - 1.22, color=IRON)
    d.wish("fire", ("fire", "fireplace", "hearth"), 0.2, -d.d / 2 + 1.7, 180.0)
    d.wish("behind the bar", ("behind", "innkeeper", "barman"), 3.7, -1.0, -90.0)
    return d


def throne_hall(rng: np.random.Generator, *, people: int) -> Dressing:
    """A throne on its steps at the end of a carpet, columns, banners, fire."""
    d = _place("throne hall", (10.4, 6.4, 13.0), rng, people)
    red: RGB = (0.32, 0.03, 0.03) if d.chance(0.6) else (0.05, 0.08, 0.2)
    tall = [Hole(s, "window", z, 1.1, 2.8, 2.6) for s in _LONG for z in (-2.6, 1.4)]
    room(
        d,
        (*tall, door("s", 0.0, 2.2), Hole("n", "window", 0.0, 1.6, 2.6, 3.2)),
        wall=STONE,
        matter=Matter.STONE,
        floor=Matter.STONE,
        ceiling=(0.25, 0.23, 0.2),
        trim=(0.2, 0.12, 0.06),
        ground=(0.3, 0.29, 0.26),
        style=PLAIN,
    )
    n = -d.d / 2
    d.add(
        "landing",
        (5.0, 0.18, 3.2),
        0,
        n + 1.6,
        color=STONE,
        accent=STONE,
        matter=Matter.STONE,
    )
    d.add(
        "throne",
        (0.95, 2.2, 0.85),
        0,
        n + 1.0,
        y=0.18,
        color=(0.2, 0.11, 0.04),
        accent=red,
    )
    for s in (-1, 1):
        d.add(
            "armchair",
            (0.8, 1.1, 0.75),
            s * 1.6,
            n + 1.2,
            y=0.18,
            color=red,
            accent=IRON,
            matter=Matter.CLOTH,
        )
        for k, z in enumerate((-4.2, -1.2, 1.8, 4.6)):
            d.add(
                "column",
                (0.7, d.h, 0.7),
                s * (d.w / 2 - 1.4),
                z,
                color=(0.42, 0.4, 0.35),
                matter=Matter.STONE,
            )
            if k % 2 == 0:
                d.add(
                    "torch",
                    (0.16, 0.7, 0.24),
                    s * (d.w / 2 - 1.86),
                    z,
                    yaw=-s * 90.0,
                    y=1.9,
                    color=IRON,
                )
        for z in (-4.6, -0.6, 3.4):
            d.against(
                "e" if s > 0 else "w",
                z,
                "banner",
                (1.0, 2.8, 0.06),
                y=2.4,
                color=red,
                accent=(0.5, 0.38, 0.12),
            )
        d.add(
            "bench",
            (2.4, 0.5, 0.42),
            s * 2.5,
            3.0,
            yaw=-s * 90.0,
            color=LOG,
            accent=LOG,
        )
    d.add("rug", (1.7, 0.015, 9.6), 0, 1.4, color=red, accent=(0.5, 0.38, 0.12))
    for z in (-1.6, 2.6):
        d.add("chandelier", (2.0, 2.4, 2.0), 0, z, y=d.h - 2.42, color=IRON)
    d.wish(
        "before the throne", ("throne", "king", "queen", "kneel"), 0.0, n + 4.2, 180.0
    )
    d.wish("carpet", ("carpet", "aisle", "hall"), 0.0, 2.0, 180.0)
    return d


def spaceship_bridge(rng: np.random.Generator, *, people: int) -> Dressing:
    """A captain's seat before two helms and a window full of stars."""
    d = _place("spaceship bridge", (9.0, 3.2, 8.0), rng, people, palettes=INSTITUTIONS)
    hull: RGB = (0.34, 0.35, 0.37) if d.chance(0.5) else (0.16, 0.17, 0.2)
    dark: RGB = (0.07, 0.075, 0.085)
    room(
        d,
        (door("s", 0.0, 1.5), door("w", 2.6, 1.1)),
        wall=hull,
        floor=Matter.METAL,
        ceiling=(0.2, 0.2, 0.22),
        trim=dark,
        ground=(0.1, 0.105, 0.115),
        style=PLAIN,
    )
    n = -d.d / 2
    d.against("n", 0.0, "star-window", (7.0, 2.3, 0.3), y=0.6, color=dark)
    for s in (-1, 1):
        d.add(
            "console",
            (1.8, 1.0, 0.75),
            s * 1.5,
            n + 1.7,
            yaw=180 - s * 8,
            color=hull,
            accent=dark,
        )
        chair_at(
            d,
            s * 1.5,
            n + 2.65,
            180,
            kind="office-chair",
            size=(0.66, 1.2, 0.66),
            color=dark,
            accent=dark,
        )
        for z in (-0.4, 1.6):
            if s > 0 or z < 1:
                d.against(
                    "e" if s > 0 else "w",
                    z,
                    "console",
                    (1.7, 1.15, 0.7),
                    color=hull,
                    accent=dark,
                )
        d.add(
            "column",
            (0.5, d.h, 0.5),
            s * (d.w / 2 - 0.35),
            n + 0.5,
            color=dark,
            matter=Matter.METAL,
        )
    x, z = d.by("e", -0.4, 1.2)
    chair_at(
        d,
        x,
        z,
        90,
        kind="office-chair",
        size=(0.62, 1.1, 0.62),
        color=dark,
        accent=dark,
    )
    d.add(
        "landing",
        (2.2, 0.15, 2.0),
        0.0,
        0.9,
        color=hull,
        accent=dark,
        matter=Matter.METAL,
    )
    d.add(
        "armchair",
        (0.95, 1.3, 0.95),
        0.0,
        0.95,
        yaw=180,
        y=0.15,
        color=dark,
        accent=(0.3, 0.05, 0.03),
        matter=Matter.LEATHER,
    )
    d.add(
        "railing",
        (2.6, 0.95, 0.07),
        -2.6,
        2.2,
        color=dark,
        accent=hull,
        matter=Matter.METAL,
    )
    for x, z in ((-1.8, -1.2), (1.8, -1.2), (0.0, 2.4)):
        d.add("strip-light", (1.8, 0.08, 0.2), x, z, y=d.h - 0.09, color=(0.6,) * 3)
    d.wish("helm", ("helm", "console", "controls", "pilot"), 0.0, n + 2.4, 180.0)
    d.wish("captain's chair", ("captain", "chair", "command"), 1.4, 1.4, 180.0)
    d.wish("viewport", ("window", "viewport", "screen", "stars"), 0.0, n + 0.9, 180.0)
    return d
