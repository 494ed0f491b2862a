"""Where the law is: interrogation room, police station, courtroom, cell."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, grown
from previz.direct.places.palette import INSTITUTIONS, pick
from previz.direct.places.parts import chair_at, desk_group, door, room, strips, window
from previz.direct.places.style import PLAIN, PUBLIC, WORK
from previz.model import RGB, Matter

__all__ = ["courtroom", "interrogation_room", "police_station", "prison_cell"]

CONCRETE: RGB = (0.32, 0.32, 0.3)
IRON: RGB = (0.07, 0.075, 0.08)


_place = partial(grown, palettes=INSTITUTIONS)


def interrogation_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """A bare table under one lamp, the dark glass of a one-way mirror, a camera."""
    d = _place("interrogation room", (5.0, 2.7, 4.4), rng, min(people, 6))
    p = d.palette
    tone = (
        CONCRETE
        if d.chance(0.5)
        else (p.wall[0] * 0.6, p.wall[1] * 0.6, p.wall[2] * 0.6)
    )
    room(
        d,
        (door("e", 1.2), Hole("w", "window", 0.9, 0.7, 0.4, 1.95)),
        wall=tone,
        ceiling=(0.4, 0.4, 0.38),
        floor=Matter.TILE,
        trim=(0.2, 0.21, 0.2),
        ground=(0.25, 0.26, 0.25),
        style=PLAIN,
    )
    table = d.add(
        "table", (1.5, 0.75, 0.8), 0.0, -0.1, color=(0.3, 0.3, 0.31), accent=IRON
    )
    for k in range(max(3, min(4, people))):
        x, z, yaw = (
            (0.0, -0.78, 0),
            (-0.38, 0.6, 180),
            (0.4, 0.62, 180),
            (1.15, -0.1, -90),
        )[k]
        chair_at(d, x, z, yaw + d.jitter(6), color=IRON, accent=p.dark)
    d.against("n", 0.0, "mirror", (2.2, 1.1, 0.05), y=1.0, color=p.dark)
    d.add("pendant", (0.42, 0.9, 0.42), 0.0, -0.1, y=d.h - 0.92, color=p.dark)
    d.on(table, "papers", (0.26, 0.07, 0.33), right=0.3, front=0.15)
    d.on(table, "tableware", (0.3, 0.1, 0.2), right=-0.45, color=(0.6,) * 3)
    d.against("e", -0.9, "cupboard", (0.9, 1.3, 0.42), color=(0.24, 0.27, 0.25))
    d.against("s", -1.2, "waiting-seats", (1.2, 0.85, 0.55), color=p.cloth, accent=IRON)
    d.against(
        "w", -1.0, "noticeboard", (1.2, 0.85, 0.03), y=1.15, color=(0.33, 0.21, 0.11)
    )
    d.against("s", 0.9, "clock", (0.34, 0.34, 0.05), y=2.0, color=p.dark)
    d.add("bin", (0.34, 0.5, 0.34), d.w / 2 - 0.4, -d.d / 2 + 0.4, color=p.dark)
    d.wish("mirror", ("mirror", "glass", "window"), 0.9, -d.d / 2 + 0.7, 180.0)
    return d


def police_station(rng: np.random.Generator, *, people: int) -> Dressing:
    """Desks back to back, a duty counter, a holding cell's bars, lockers, boards."""
    d = _place("police station", (9.4, 3.0, 7.6), rng, people)
    p = d.palette
    room(
        d,
        (
            door("s", -3.0, 1.5),
            window("w", -1.2, 1.8, 0.95),
            window("w", 1.6, 1.8, 0.95),
            door("n", 3.4),
        ),
        floor=Matter.TILE,
        style=WORK,
    )
    for x, z in ((-1.4, -1.5), (1.4, -1.5), (0.0, 0.9))[: 2 + (people > 3)]:
        desk_group(d, x, z, facing=0.0 if z < 0 else 180.0)
    d.add("reception", (2.6, 1.1, 0.8), -2.7, 1.5, yaw=0.0, color=p.wood, accent=p.dark)
    d.against(
        "n",
        -2.2,
        "cell-bars",
        (3.4, 2.5, 0.12),
        gap=0.9,
        color=IRON,
        matter=Matter.METAL,
    )
    d.against("n", -2.2, "bench", (1.8, 0.85, 0.5), color=(0.2, 0.2, 0.2), accent=IRON)
    d.against("e", -1.6, "lockers", (1.9, 1.85, 0.5), color=p.cloth)
    d.against("e", 0.6, "cupboard", (1.0, 1.35, 0.45), color=(0.3, 0.33, 0.31))
    d.against("e", 2.4, "bench", (1.7, 0.85, 0.5), color=p.wood, accent=p.dark)
    d.against(
        "n", 1.2, "noticeboard", (2.0, 1.1, 0.03), y=1.05, color=(0.33, 0.21, 0.11)
    )
    d.against("s", 1.6, "bookcase", (1.2, 2.0, 0.34), color=p.wood, accent=p.accent)
    strips(d, (-1.6, -1.6), (1.6, -1.6), (0.0, 1.2))
    d.wish("duty desk", ("counter", "desk", "duty", "reception"), -2.7, 2.6, 180.0)
    return d


def courtroom(rng: np.random.Generator, *, people: int) -> Dressing:
    """The judge's bench on its step, the witness stand, two tables, the public."""
    d = _place("courtroom", (10.2, 4.2, 10.6), rng, people)
    p = d.palette
    oak: RGB = (0.24, 0.125, 0.06) if d.chance(0.6) else (0.34, 0.21, 0.11)
    dark: RGB = (0.11, 0.06, 0.03)
    d.palette = p
    room(
        d,
        (
            door("s", 0.0, 1.7),
            door("e", -4.0),
            *(Hole("w", "window", z, 1.3, 2.2, 1.4) for z in (-2.8, 0.2, 3.2)),
        ),
        trim=oak,
        style=PUBLIC,
        wall=(0.52, 0.48, 0.4),
    )
    n = -d.d / 2
    d.add("landing", (5.4, 0.3, 2.0), 0, n + 1.0, color=oak, accent=dark)
    d.add("judges-bench", (3.2, 1.25, 1.0), 0, n + 1.55, y=0.3, color=oak, accent=dark)
    d.add(
        "armchair",
        (0.8, 1.25, 0.75),
        0,
        n + 0.62,
        y=0.3,
        color=dark,
        accent=dark,
        matter=Matter.LEATHER,
    )
    d.add(
        "judges-bench", (1.4, 1.05, 0.9), 2.9, n + 2.6, yaw=-14, color=oak, accent=dark
    )
    chair_at(d, 2.85, n + 2.2, -10, color=oak)
    d.add("judges-bench", (1.9, 0.95, 0.7), 0, n + 2.75, color=oak, accent=dark)
    for s in (-1, 1):
        table = d.add("table", (1.9, 0.76, 0.8), s * 1.75, 0.1, color=oak, accent=dark)
        d.on(table, "papers", (0.28, 0.1, 0.34), right=s * 0.4, yaw=180)
        for x in (-0.45, 0.45):
            chair_at(
                d, s * 1.75 + x, 0.72, 180 + d.jitter(8), color=oak, accent=p.cloth
            )
    for row in range(2):
        d.add(
            "pew",
            (2.4, 0.95, 0.62),
            -d.w / 2 + 0.6 + row * 0.85,
            -1.9,
            yaw=90,
            color=oak,
        )
    for row in range(3):
        for s in (-1, 1):
            d.add(
                "pew", (3.0, 0.95, 0.62), s * 2.3, 2.6 + row * 1.0, yaw=180, color=oak
            )
    for s in (-1, 1):
        d.add("railing", (3.2, 0.95, 0.08), s * 2.35, 1.75, color=oak, accent=dark)
        d.against(
            "n",
            s * 2.2,
            "banner",
            (0.9, 2.0, 0.05),
            y=1.6,
            color=p.cloth,
            accent=p.accent,
        )
    for x, z in ((-2.0, 0.4), (2.0, 0.4)):
        d.add("pendant", (0.6, 1.2, 0.6), x, z, y=d.h - 1.22, color=dark)
    d.wish("bar", ("bar", "rail", "aisle"), 0.0, 1.2, 180.0)
    d.wish("floor of the court", ("floor", "well", "jury", "bench"), 0.0, -1.0, 180.0)
    return d


def prison_cell(rng: np.random.Generator, *, people: int) -> Dressing:
    """A bunk, a basin, a small barred window; the front is bars on the landing."""
    d = _place("prison cell", (4.2, 2.8, 4.8), rng, min(people, 4))
    d.palette = pick(INSTITUTIONS, rng)
    tone: RGB = (0.4, 0.42, 0.37) if d.chance(0.5) else CONCRETE
    room(
        d,
        (Hole("s", "archway", 0.0, 2.6, 2.4), Hole("n", "window", 0.2, 0.9, 0.7, 1.65)),
        wall=tone,
        floor=Matter.STONE,
        ceiling=(0.4, 0.4, 0.38),
        trim=(0.14, 0.15, 0.15),
        ground=(0.3, 0.3, 0.28),
        style=PLAIN,
    )
    n, e = -d.d / 2, d.w / 2
    d.add(
        "cell-bars", (2.6, 2.4, 0.1), 0, d.d / 2 + 0.04, color=IRON, matter=Matter.METAL
    )
    d.add(
        "cell-bars",
        (0.9, 0.7, 0.06),
        0.2,
        n - 0.12,
        y=1.65,
        color=IRON,
        matter=Matter.METAL,
    )
    d.add(
        "ground",
        (14, 0.1, 6),
        0,
        d.d / 2 + 3.0,
        y=-0.04,
        color=(0.2, 0.2, 0.2),
        matter=Matter.STONE,
    )
    d.add(
        "facade",
        (14.0, 9.0, 3.0),
        0,
        d.d / 2 + 6.0,
        yaw=180,
        color=tone,
        accent=IRON,
        matter=Matter.BRICK,
    )
    d.against(
        "w",
        -1.2,
        "bunk",
        (0.95, 1.75, 2.0),
        color=(0.16, 0.18, 0.17),
        accent=(0.2, 0.2, 0.22),
    )
    d.pieces[-1] = d.pieces[-1].changed(
        position_m=(-d.w / 2 + 0.5, 0.0, n + 1.1), yaw_deg=0.0
    )
    white = (0.55, 0.55, 0.52)
    d.against("e", -1.5, "toilet", (0.4, 0.78, 0.62), color=white, matter=Matter.TILE)
    d.against("e", -0.6, "basin", (0.5, 0.85, 0.42), color=white, matter=Matter.TILE)
    d.against("e", -0.6, "mirror", (0.4, 0.5, 0.03), y=1.3, color=IRON)
    table = d.against(
        "n", 0.75, "table", (0.8, 0.74, 0.5), color=(0.3, 0.31, 0.3), accent=IRON
    )
    d.on(table, "papers", (0.24, 0.09, 0.3))
    d.add("stool", (0.36, 0.45, 0.36), 0.8, n + 0.95, color=IRON, accent=IRON)
    d.against("e", 0.8, "wall-shelf", (0.9, 0.4, 0.2), y=1.35, color=(0.3, 0.2, 0.1))
    d.add("strip-light", (1.2, 0.08, 0.24), 0, 0.2, y=d.h - 0.09, color=(0.6,) * 3)
    d.against("w", 1.4, "bench", (1.3, 0.8, 0.42), color=(0.2, 0.2, 0.2), accent=IRON)
    d.wish(
        "bars",
        ("bars", "gate", "door"),
        e * 0.2,
        d.d / 2 - 0.6,
        0.0,
        leave=True,
        needed=True,
    )
    return d
