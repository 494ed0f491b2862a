"""Rooms where people meet, wait and pass."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, Side
from previz.direct.places.palette import HOMES, INSTITUTIONS, pick
from previz.direct.places.parts import chair_at, door, pictures, room, strips, window
from previz.direct.places.style import PLAIN, PUBLIC, WORK
from previz.model import Matter

__all__ = ["bar", "booth", "cafe", "church", "cinema", "corridor", "stairwell"]

_LONG_SIDES: tuple[Side, Side] = ("w", "e")


def bar(rng: np.random.Generator, *, people: int) -> Dressing:
    """A long counter with stools before lit bottles, tables towards the window."""
    size = (8.0 + float(rng.uniform(0, 0.8)), 3.0, 6.4 + float(rng.uniform(0, 0.5)))
    d = Dressing(
        "bar",
        interior=True,
        size_m=size,
        palette=pick(HOMES, rng),
        rng=rng,
        people=people,
    )
    p = d.palette
    dim = (p.wall[0] * 0.55, p.wall[1] * 0.45, p.wall[2] * 0.42)
    room(
        d,
        (window("w", 0.9, 1.9, 0.8), door("s", -2.6, 1.1), door("e", 2.1)),
        wall=dim,
        ceiling=(0.3, 0.24, 0.18),
        style=PUBLIC,
    )
    d.against(
        "n",
        0.6,
        "bottle-shelf",
        (4.6, 2.5, 0.42),
        color=(0.12, 0.06, 0.035),
        accent=p.dark,
    )
    counter = d.add(
        "bar-counter",
        (5.2, 1.1, 0.75),
        0.6,
        -d.d / 2 + 2.15,
        color=(0.15, 0.075, 0.04),
        accent=(0.1, 0.05, 0.03),
    )
    for k in range(max(4, min(6, people))):
        count = max(4, min(6, people))
        x = 0.6 + (k - (count - 1) / 2) * 0.86
        chair_at(
            d,
            x,
            -d.d / 2 + 2.9,
            180,
            kind="bar-stool",
            size=(0.42, 0.76, 0.42),
            color=p.dark,
            accent=p.accent,
        )
    d.on(counter, "table-lamp", (0.26, 0.42, 0.26), right=2.2, color=(0.45, 0.34, 0.16))
    _cafe_tables(d, [(-1.9, 1.6), (0.3, 1.9), (2.3, 1.5)])
    for x in (-0.9, 0.6, 2.1):
        d.add(
            "pendant",
            (0.36, 1.0, 0.36),
            x,
            -d.d / 2 + 2.15,
            y=d.h - 1.02,
            color=p.accent,
        )
    d.against("e", -0.6, "piano", (1.5, 1.22, 0.66), color=(0.04, 0.028, 0.02))
    x, z = d.by("e", -0.6, 1.12)
    d.add("stool", (0.42, 0.5, 0.42), x, z, yaw=90, color=p.dark, accent=p.accent)
    pictures(d, "e", 0.9)
    pictures(d, "w", -1.2, 2.6)
    pictures(d, "s", 0.0, 1.4)
    d.wish(
        "behind the bar", ("behind", "barman", "bartender"), 0.6, -d.d / 2 + 1.1, 0.0
    )
    return d


def cafe(rng: np.random.Generator, *, people: int) -> Dressing:
    """Small tables at a wide window, a counter with cakes at the back."""
    size = (7.4 + float(rng.uniform(0, 0.8)), 3.0, 6.2 + float(rng.uniform(0, 0.5)))
    d = Dressing(
        "cafe",
        interior=True,
        size_m=size,
        palette=pick(HOMES, rng),
        rng=rng,
        people=people,
    )
    p = d.palette
    room(
        d,
        (window("w", 0.4, 3.0, 0.6), window("s", 1.2, 2.4, 0.6), door("s", -1.9, 1.05)),
        floor=Matter.TILE if d.chance(0.5) else Matter.WOOD,
        style=PUBLIC,
    )
    counter = d.add(
        "worktop", (3.0, 1.05, 0.7), 1.3, -d.d / 2 + 1.75, color=p.cloth, accent=p.dark
    )
    d.against("n", 1.3, "shelf", (2.8, 2.0, 0.36), color=p.wood, accent=p.dark)
    d.against("n", -1.8, "bookcase", (1.3, 2.0, 0.34), color=p.wood, accent=p.accent)
    d.on(counter, "plant", (0.34, 0.42, 0.34), right=1.2, color=p.leaf, accent=p.trim)
    d.on(
        counter,
        "tableware",
        (1.0, 0.1, 0.5),
        right=-0.4,
        color=(0.62, 0.6, 0.55),
        accent=p.accent,
    )
    _cafe_tables(
        d, [(-2.2, 0.1), (-0.2, 0.75), (1.9, 0.9), (-2.1, 2.0)][: 3 + (people > 6)]
    )
    for x in (0.6, 2.0):
        d.add(
            "pendant",
            (0.38, 0.9, 0.38),
            x,
            -d.d / 2 + 1.75,
            y=d.h - 0.92,
            color=p.accent,
        )
    d.against(
        "e", 1.0, "plant", (0.8, 1.7, 0.8), color=p.leaf, accent=p.accent, gap=0.1
    )
    d.against(
        "e", -0.6, "noticeboard", (1.2, 0.9, 0.03), y=1.2, color=p.dark, accent=p.wood
    )
    pictures(d, "e", 0.2)
    d.wish(
        "behind the counter", ("behind", "barista", "waiter"), 1.3, -d.d / 2 + 0.9, 0.0
    )
    return d


def _cafe_tables(d: Dressing, places: list[tuple[float, float]]) -> None:
    p = d.palette
    for n, (x, z) in enumerate(places):
        top = d.add(
            "round-table", (0.78, 0.74, 0.78), x, z, color=p.wood, accent=p.dark
        )
        lamp = n % 2 == 0
        if lamp:
            d.on(top, "table-lamp", (0.2, 0.32, 0.2), color=p.accent)
        for s in (-1, 1):
            chair_at(d, x + s * 0.62, z, -s * 90.0, accent=p.accent)


def corridor(rng: np.random.Generator, *, people: int) -> Dressing:
    """A long passage of doors, a window at its far end, a bench to wait on."""
    size = (3.4 + float(rng.uniform(0, 0.5)), 2.8, 12.0)
    d = Dressing(
        "corridor",
        interior=True,
        size_m=size,
        palette=pick(INSTITUTIONS, rng),
        rng=rng,
        people=min(people, 8),
    )
    p = d.palette
    holes = [window("n", 0.0, 1.5, 0.8), door("s", 0.0, 1.5)]
    holes += [door("w", z) for z in (-3.6, 0.4, 3.8)] + [
        door("e", z) for z in (-2.2, 2.0)
    ]
    room(d, tuple(holes), floor=Matter.TILE, style=WORK)
    d.against("e", -0.1, "bench", (1.5, 0.85, 0.5), color=p.wood, accent=p.dark)
    d.against(
        "e", -4.6, "plant", (0.65, 1.4, 0.65), color=p.leaf, accent=p.accent, gap=0.06
    )
    d.against(
        "w",
        -1.6,
        "noticeboard",
        (1.5, 0.95, 0.03),
        y=1.15,
        color=(0.33, 0.21, 0.11),
        accent=p.dark,
    )
    d.against("e", 0.9, "clock", (0.36, 0.36, 0.05), y=2.05, color=p.dark)
    d.against("w", 2.1, "cupboard", (1.0, 1.9, 0.4), color=p.trim, matter=Matter.METAL)
    pictures(d, "e", -3.6, 3.5)
    pictures(d, "w", 5.1)
    strips(d, (0.0, -4.2), (0.0, -1.4), (0.0, 1.4), (0.0, 4.2))
    return d


def stairwell(rng: np.random.Generator, *, people: int) -> Dressing:
    """A hall with a flight of stairs, a landing, rails and a tall window."""
    size = (5.6 + float(rng.uniform(0, 0.5)), 4.4, 7.0)
    d = Dressing(
        "stairwell",
        interior=True,
        size_m=size,
        palette=pick(INSTITUTIONS, rng),
        rng=rng,
        people=min(people, 8),
    )
    p = d.palette
    tall = Hole("n", "window", 1.2, 1.3, 2.0, 1.9)
    room(
        d,
        (tall, door("w", 2.2), door("e", 1.6), door("s", -0.6, 1.4)),
        floor=Matter.TILE,
        style=WORK,
    )
    x = d.w / 2 - 0.85
    rise, run = 1.75, 3.0
    z0 = -d.d / 2 + 1.3
    d.add(
        "stairs",
        (1.5, rise, run),
        x,
        z0 + run / 2,
        color=(0.4, 0.38, 0.34),
        accent=(0.28, 0.27, 0.25),
        matter=Matter.STONE,
    )
    d.add(
        "landing",
        (d.w, rise, 1.3),
        0,
        -d.d / 2 + 0.65,
        color=(0.4, 0.38, 0.34),
        accent=p.trim,
        matter=Matter.STONE,
    )
    long = d.w - 1.75
    d.add(
        "railing",
        (long, 0.98, 0.06),
        -d.w / 2 + long / 2,
        -d.d / 2 + 1.27,
        y=rise,
        color=p.dark,
        accent=p.wood,
        matter=Matter.METAL,
    )
    bench = d.against("w", 0.2, "bench", (1.4, 0.85, 0.5), color=p.wood, accent=p.dark)
    d.add("pendant", (0.5, 1.1, 0.5), -0.4, 0.9, y=d.h - 1.12, color=p.dark)
    d.against(
        "w",
        -1.6,
        "noticeboard",
        (1.1, 0.8, 0.03),
        y=1.2,
        color=(0.33, 0.21, 0.11),
        accent=p.dark,
    )
    d.against(
        "s", 1.7, "plant", (0.65, 1.4, 0.65), color=p.leaf, accent=p.accent, gap=0.08
    )
    pictures(d, "e", 2.9)
    pictures(d, "w", bench.position_m[2])
    d.wish(
        "bottom of the stairs", ("stairs", "steps", "bottom"), x, z0 + run + 0.6, 0.0
    )
    d.wish("under the stairs", ("under", "landing"), -1.4, -d.d / 2 + 2.2, 0.0)
    return d


def church(rng: np.random.Generator, *, people: int) -> Dressing:
    """A nave of pews towards an altar, columns, high windows."""
    size = (9.0 + float(rng.uniform(0, 0.8)), 6.2, 12.0)
    d = Dressing(
        "church",
        interior=True,
        size_m=size,
        palette=pick(HOMES, rng),
        rng=rng,
        people=min(people, 10),
    )
    p = d.palette
    tall = [
        Hole(s, "window", z, 1.1, 3.0, 1.9)
        for s in _LONG_SIDES
        for z in (-3.0, 0.2, 3.4)
    ]
    room(
        d,
        (*tall, door("s", 0.0, 1.8), Hole("n", "window", 0.0, 1.4, 3.2, 2.2)),
        floor=Matter.STONE,
        wall=(0.52, 0.47, 0.38),
        ceiling=(0.42, 0.35, 0.26),
        style=PLAIN,
    )
    d.add(
        "landing",
        (5.0, 0.15, 2.6),
        0,
        -d.d / 2 + 1.3,
        color=(0.42, 0.4, 0.35),
        accent=(0.36, 0.33, 0.28),
        matter=Matter.STONE,
    )
    d.add(
        "altar",
        (2.0, 1.0, 0.8),
        0,
        -d.d / 2 + 1.0,
        y=0.15,
        color=(0.46, 0.43, 0.37),
        accent=(0.6, 0.57, 0.5),
        matter=Matter.STONE,
    )
    d.add("pulpit", (0.6, 1.2, 0.5), -1.9, -d.d / 2 + 2.9, color=p.wood)
    for row in range(5):
        z = -1.3 + row * 1.25
        for s in (-1, 1):
            d.add(
                "pew", (2.7, 0.95, 0.62), s * 2.15, z, yaw=180, color=(0.22, 0.11, 0.05)
            )
    for s in (-1, 1):
        for z in (-1.9, 1.9):
            d.add(
                "column",
                (0.5, d.h, 0.5),
                s * (d.w / 2 - 0.55),
                z,
                color=(0.48, 0.45, 0.38),
                matter=Matter.STONE,
            )
    d.add("rug", (1.2, 0.012, 8.0), 0, 0.6, color=p.accent, accent=(0.45, 0.34, 0.14))
    d.wish("altar", ("altar", "front"), 0.0, -d.d / 2 + 3.2, 180.0)
    return d


def cinema(rng: np.random.Generator, *, people: int) -> Dressing:
    """Rows of seats before a screen, an aisle, wall lamps."""
    size = (9.6 + float(rng.uniform(0, 0.6)), 4.6, 10.4)
    d = Dressing(
        "cinema",
        interior=True,
        size_m=size,
        palette=pick(HOMES, rng),
        rng=rng,
        people=min(people, 10),
    )
    p = d.palette
    red = (0.32, 0.05, 0.045) if d.chance(0.6) else (0.06, 0.1, 0.17)
    room(
        d,
        (door("s", -3.2, 1.4), door("e", -3.6)),
        wall=(red[0] * 0.55, red[1] * 0.8, red[2] * 0.8),
        ceiling=(0.16, 0.13, 0.11),
        style=PLAIN,
    )
    d.against(
        "n", 0.0, "screen", (6.8, 3.2, 0.16), y=0.9, gap=0.12, matter=Matter.CLOTH
    )
    d.against(
        "n", 0.0, "landing", (7.6, 0.55, 1.1), gap=0.3, color=p.wood, accent=p.dark
    )
    for s in (-1, 1):
        d.against(
            "n",
            s * (d.w / 2 - 0.55),
            "curtain",
            (1.4, 4.3, 0.3),
            color=red,
            accent=p.dark,
        )
    for row in range(5):
        z = -0.8 + row * 1.05
        for s in (-1, 1):
            d.add(
                "theatre-seats",
                (2.9, 1.0, 0.7),
                s * 2.25,
                z,
                yaw=180,
                color=red,
                accent=p.dark,
            )
    for side in _LONG_SIDES:
        for along in (-1.6, 1.2, 3.8):
            d.against(
                side,
                along,
                "table-lamp",
                (0.24, 0.4, 0.24),
                y=2.0,
                color=(0.5, 0.38, 0.16),
            )
    d.wish("aisle", ("aisle", "middle"), 0.0, 1.0, 180.0)
    d.wish(
        "front of the screen", ("screen", "stage", "front"), 0.0, -d.d / 2 + 2.6, 0.0
    )
    return d


def booth(rng: np.random.Generator, *, people: int) -> Dressing:
    """A projection booth: two projectors at their ports, a rewind bench, reels."""
    size = (5.8 + float(rng.uniform(0, 0.5)), 2.8, 4.9)
    d = Dressing(
        "projection booth",
        interior=True,
        size_m=size,
        palette=pick(HOMES, rng),
        rng=rng,
        people=people,
    )
    p = d.palette
    ports = [Hole("n", "window", x, 0.34, 0.28, 1.1) for x in (-1.1, 0.9)]
    ports += [Hole("n", "window", -0.1, 0.5, 0.4, 1.3)]
    grey = (0.3, 0.33, 0.3)
    d.add("screen", (7.0, 3.4, 0.2), 0, -12.0, y=-1.2, matter=Matter.CLOTH)
    t = (door("s", 1.7), *ports)
    room(d, t, wall=grey, ceiling=(0.3, 0.29, 0.26), style=PLAIN)
    for x in (-1.1, 0.9):
        z = -d.d / 2 + 0.95
        d.add(
            "projector",
            (0.55, 1.75, 1.2),
            x,
            z,
            yaw=180,
            color=(0.12, 0.17, 0.16),
            matter=Matter.METAL,
        )
    bench = d.against("w", 0.5, "desk", (2.0, 0.85, 0.65), color=p.wood, accent=p.dark)
    d.on(bench, "film-reel", (0.36, 0.09, 0.36), right=0.5)
    d.on(bench, "film-reel", (0.36, 0.09, 0.36), right=0.1, front=-0.05)
    d.on(bench, "table-lamp", (0.26, 0.42, 0.26), right=-0.75, color=p.accent)
    x, z = d.by("w", 0.5, 1.05)
    d.add("stool", (0.4, 0.55, 0.4), x, z, yaw=-90, color=p.dark, accent=p.accent)
    d.against("e", 0.3, "shelf", (1.8, 2.0, 0.42), color=p.wood, accent=p.dark)
    chair_at(d, -0.6, 1.1, 160, accent=p.accent)
    d.against(
        "s",
        -1.2,
        "noticeboard",
        (1.0, 0.8, 0.03),
        y=1.25,
        color=(0.33, 0.21, 0.11),
        accent=p.dark,
    )
    d.against("s", -2.2, "crates", (1.0, 0.8, 0.6), color=p.wood)
    d.against("e", -1.4, "clock", (0.32, 0.32, 0.05), y=1.8, color=p.dark)
    pictures(d, "s", 0.3)
    d.add("pendant", (0.34, 0.7, 0.34), 0.0, 0.6, y=d.h - 0.72, color=p.dark)
    return d
