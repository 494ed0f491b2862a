"""Where things are made and kept: warehouse, garage, laboratory, library, stage."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, grown
from previz.direct.places.palette import HOMES, INSTITUTIONS
from previz.direct.places.parts import chair_at, door, room, strips, window
from previz.direct.places.style import BARE, PLAIN, TILED, Style
from previz.model import RGB, Matter

__all__ = ["garage", "laboratory", "library", "theatre_stage", "warehouse"]

STEEL: RGB = (0.4, 0.41, 0.43)
RUST: RGB = (0.3, 0.12, 0.04)
CONCRETE: RGB = (0.3, 0.29, 0.27)


_place = partial(
    grown, palettes=INSTITUTIONS, wider_m=(-0.3, 0.6), deeper_m=(-0.2, 0.6)
)


def warehouse(rng: np.random.Generator, *, people: int) -> Dressing:
    """High racking in aisles, trusses and ducts, drums, crates, a roller door."""
    d = _place("warehouse", (13.0, 6.2, 12.0), rng, people)
    high = [Hole("w", "window", z, 2.2, 1.1, 4.0) for z in (-3.4, 0.0, 3.4)]
    room(
        d,
        (
            door("s", 2.2, 3.2),
            door("e", 4.4),
            *high,
            Hole("e", "window", -1.0, 2.2, 1.1, 4.0),
        ),
        wall=(0.36, 0.33, 0.29),
        matter=Matter.BRICK,
        floor=Matter.STONE,
        ceiling=(0.2, 0.2, 0.2),
        trim=(0.2, 0.2, 0.2),
        ground=CONCRETE,
        style=BARE,
    )
    for x in (-4.2, -1.2):
        d.add(
            "pallet-rack",
            (6.0, 4.2, 1.1),
            x,
            -2.0,
            yaw=90,
            color=RUST,
            accent=(0.42, 0.2, 0.03),
        )
    d.against(
        "n", 3.4, "pallet-rack", (5.2, 4.2, 1.1), color=RUST, accent=(0.42, 0.2, 0.03)
    )
    for k, (x, z) in enumerate(((4.9, -1.6), (5.5, -1.1), (4.8, -0.8), (5.5, 0.1))):
        d.add(
            "barrel",
            (0.58, 0.88, 0.58),
            x,
            z,
            color=((0.05, 0.12, 0.2), RUST)[k % 2],
            matter=Matter.METAL,
        )
    for x, z in ((1.6, -4.0), (3.4, -3.6), (-5.2, 4.4), (-3.6, 4.7)):
        d.add(
            "crates", (1.5, 1.1, 1.0), x, z, yaw=d.jitter(25), color=(0.33, 0.21, 0.11)
        )
    table = d.add(
        "table",
        (1.8, 0.78, 0.8),
        2.6,
        0.4,
        yaw=d.jitter(10),
        color=(0.3, 0.22, 0.14),
        accent=STEEL,
    )
    d.on(table, "papers", (0.28, 0.08, 0.34), right=0.4)
    for x, z, yaw in ((2.4, 1.2, 180), (2.9, -0.4, 0)):
        chair_at(d, x, z, yaw + d.jitter(14), color=STEEL, accent=d.palette.dark)
    d.add(
        "trolley",
        (1.0, 1.0, 0.6),
        -0.4,
        3.4,
        yaw=30,
        color=(0.42, 0.26, 0.04),
        matter=Matter.METAL,
    )
    d.against(
        "e", 2.4, "workbench", (2.2, 1.7, 0.7), color=(0.3, 0.2, 0.1), accent=STEEL
    )
    for x, z in ((-2.7, -2.0), (2.6, 0.4), (2.4, -3.6)):
        d.add("pendant", (0.55, 2.7, 0.55), x, z, y=d.h - 2.72, color=STEEL)
    d.wish(
        "between the racks", ("aisle", "racks", "shelves", "between"), -2.7, -1.6, 0.0
    )
    d.wish(
        "roller door",
        ("door", "gate", "loading"),
        2.2,
        d.d / 2 - 0.9,
        180.0,
        leave=True,
    )
    return d


def garage(rng: np.random.Generator, *, people: int) -> Dressing:
    """A car with its bonnet to the bench, tools on the wall, tyres, drums, a jack."""
    d = _place("garage", (8.4, 3.4, 8.0), rng, people)
    room(
        d,
        (
            door("s", 0.6, 2.8),
            door("e", 2.6),
            Hole("w", "window", 1.6, 1.6, 0.9, 1.7),
            Hole("w", "window", -1.6, 1.6, 0.9, 1.7),
        ),
        wall=(0.4, 0.4, 0.37),
        floor=Matter.STONE,
        ceiling=(0.3, 0.3, 0.29),
        trim=(0.22, 0.24, 0.26),
        ground=CONCRETE,
        style=BARE,
    )
    paint = (
        (0.3, 0.035, 0.03),
        (0.05, 0.1, 0.19),
        (0.06, 0.16, 0.12),
        (0.42, 0.3, 0.06),
    )
    d.add(
        "car",
        (1.82, 1.46, 4.5),
        0.5,
        -0.3,
        yaw=180 + d.jitter(5),
        matter=Matter.METAL,
        color=paint[int(d.rng.integers(4))],
    )
    d.against(
        "n", -1.2, "workbench", (3.0, 1.9, 0.75), color=(0.32, 0.21, 0.11), accent=STEEL
    )
    d.against("n", 2.2, "shelf", (2.0, 2.1, 0.5), color=STEEL, accent=STEEL)
    d.against(
        "w", 0.0, "workbench", (2.0, 0.92, 0.65), color=(0.3, 0.2, 0.1), accent=STEEL
    )
    d.against("e", -0.6, "lockers", (1.2, 1.85, 0.5), color=(0.3, 0.05, 0.04))
    for k in range(4):
        d.add(
            "tyre",
            (0.64, 0.2, 0.64),
            -3.4 + d.jitter(0.03),
            3.2,
            y=0.2 * k,
            color=(0.03,) * 3,
        )
    d.add("tyre", (0.64, 0.2, 0.64), -2.6, 3.4, color=(0.03,) * 3)
    for x, z in ((3.6, -2.6), (3.6, -1.9)):
        d.add(
            "barrel",
            (0.58, 0.88, 0.58),
            x,
            z,
            color=(0.05, 0.12, 0.2),
            matter=Matter.METAL,
        )
    d.add(
        "trolley",
        (0.7, 0.95, 0.45),
        -1.4,
        -1.6,
        yaw=70,
        color=(0.35, 0.03, 0.03),
        matter=Matter.METAL,
    )
    d.add(
        "stool", (0.4, 0.5, 0.4), -1.9, 0.6, color=(0.05,) * 3, accent=(0.3, 0.03, 0.03)
    )
    d.add(
        "chair", (0.46, 0.92, 0.5), 3.4, 0.9, yaw=-90, color=STEEL, accent=(0.05,) * 3
    )
    d.against("e", 1.3, "clock", (0.4, 0.4, 0.05), y=2.1, color=(0.05,) * 3)
    strips(d, (-1.2, -0.6), (1.8, -0.6), (0.4, 2.2))
    d.wish("bonnet", ("hood", "bonnet", "engine"), 0.5, -3.0, 0.0)
    d.wish(
        "garage door",
        ("door", "gate", "driveway"),
        0.6,
        d.d / 2 - 0.8,
        180.0,
        leave=True,
    )
    return d


def laboratory(rng: np.random.Generator, *, people: int) -> Dressing:
    """White benches with flasks, an island down the middle, screens, cupboards."""
    d = _place("laboratory", (8.6, 3.0, 6.8), rng, people)
    p = d.palette
    room(
        d,
        (window("w", -1.4, 1.8, 1.1), window("w", 1.4, 1.8, 1.1), door("e", 2.2, 1.2)),
        floor=Matter.TILE,
        wall=(0.45, 0.48, 0.47),
        style=TILED,
    )
    white, slate = (0.6, 0.61, 0.6), (0.05, 0.055, 0.06)
    for along in (-2.4, 0.4):
        d.against("n", along, "lab-bench", (2.6, 1.7, 0.75), color=white, accent=slate)
    d.against("n", 2.9, "fridge", (0.85, 1.95, 0.75), color=white)
    for x in (-1.35, 1.35):
        d.add("lab-bench", (2.5, 0.95, 0.8), x, 0.25, color=white, accent=slate)
        d.add("stool", (0.4, 0.62, 0.4), x - 0.5, 0.98, color=p.dark, accent=p.cloth)
    for k in range(max(1, min(3, people - 1))):
        d.add(
            "stool",
            (0.4, 0.62, 0.4),
            1.9 - 1.5 * k,
            -0.55,
            yaw=d.jitter(40),
            color=p.dark,
            accent=p.cloth,
        )
    desk = d.against("e", -0.9, "desk", (1.6, 0.75, 0.7), color=white, accent=p.dark)
    for right in (-0.35, 0.3):
        d.on(desk, "computer", (0.5, 0.46, 0.3), right=right, front=-0.1, color=p.dark)
    x, z = d.by("e", -0.9, 1.05)
    chair_at(d, x, z, 90, kind="office-chair", size=(0.6, 1.05, 0.6), color=p.cloth)
    d.against("s", -1.6, "shelf", (2.4, 2.1, 0.42), color=white, accent=STEEL)
    d.against("s", 1.0, "lockers", (1.6, 1.85, 0.5), color=white)
    d.against(
        "s",
        2.6,
        "blackboard",
        (1.4, 1.1, 0.05),
        y=0.95,
        color=(0.6, 0.6, 0.58),
        accent=STEEL,
    )
    strips(d, (-1.4, -1.2), (1.4, -1.2), (-1.4, 1.4), (1.4, 1.4))
    d.wish("island", ("bench", "island", "microscope"), 0.0, 1.5, 180.0)
    return d


def library(rng: np.random.Generator, *, people: int) -> Dressing:
    """Stacks of books in aisles, reading tables under green lamps, tall windows."""
    d = _place("library", (9.8, 3.8, 8.4), rng, people, palettes=HOMES)
    p = d.palette
    tall = tuple(Hole("w", "window", z, 1.2, 2.3, 1.0) for z in (-2.4, 0.2, 2.8))
    room(
        d,
        (*tall, door("s", 2.6, 1.5)),
        trim=p.wood,
        style=Style(window="", corners=("plant",)),
    )
    for along in (-3.2, -1.7, 1.3, 2.8):
        d.against(
            "n", along, "bookcase", (1.45, 2.7, 0.36), color=p.wood, accent=p.accent
        )
    for z in (-1.7, 1.0):
        for s in (-1, 1):
            d.add(
                "bookcase",
                (2.4, 2.1, 0.34),
                d.w / 2 - 1.5,
                z + s * 0.175,
                yaw=90.0 - 90.0 * s,
                color=p.wood,
                accent=p.cloth,
            )
    for z in (-1.0, 1.7):
        table = d.add("table", (2.2, 0.76, 1.0), -1.7, z, color=p.wood, accent=p.dark)
        for right in (-0.6, 0.6):
            d.on(
                table,
                "table-lamp",
                (0.3, 0.42, 0.3),
                right=right,
                color=(0.1, 0.3, 0.12),
            )
        d.on(table, "papers", (0.26, 0.14, 0.32), right=0.1, front=0.2)
        for s in (-1, 1):
            for x in (-0.55, 0.55):
                chair_at(d, -1.7 + x, z + s * 0.68, 90.0 + 90.0 * s + d.jitter(9))
    d.against("s", -1.2, "bookcase", (1.8, 1.2, 0.34), color=p.wood, accent=p.accent)
    d.against(
        "s", -3.2, "reception", (1.7, 1.05, 0.75), gap=0.9, color=p.wood, accent=p.dark
    )
    d.add("rug", (3.2, 0.015, 4.6), -1.7, 0.4, color=p.accent, accent=p.cloth2)
    for z in (-1.0, 1.7):
        d.add("pendant", (0.6, 1.3, 0.6), -1.7, z, y=d.h - 1.32, color=p.dark)
    d.wish(
        "between the stacks",
        ("stacks", "aisle", "shelves", "books"),
        d.w / 2 - 1.6,
        1.1,
        180.0,
    )
    d.wish("issue desk", ("desk", "counter", "librarian"), -3.2, d.d / 2 - 2.6, 0.0)
    return d


def theatre_stage(rng: np.random.Generator, *, people: int) -> Dressing:
    """Boards between drapes and painted flats, lamps above, the house in front."""
    d = _place("theatre stage", (11.0, 5.6, 9.0), rng, people, palettes=HOMES)
    p = d.palette
    red: RGB = (0.3, 0.04, 0.035) if d.chance(0.6) else (0.05, 0.08, 0.18)
    room(
        d,
        (Hole("s", "archway", 0.0, 9.4, 4.6), door("w", -3.0), door("e", -3.0)),
        wall=(0.05, 0.05, 0.055),
        ceiling=(0.04, 0.04, 0.04),
        trim=(0.05, 0.05, 0.05),
        ground=(0.17, 0.1, 0.055),
        style=PLAIN,
    )
    n, s = -d.d / 2, d.d / 2
    d.add(
        "ducts",
        (d.w, 0.75, d.d),
        0,
        0,
        y=d.h - 0.76,
        color=(0.1, 0.1, 0.1),
        accent=(0.08,) * 3,
    )
    for side in (-1, 1):
        d.add(
            "drape",
            (1.9, 4.4, 0.35),
            side * (d.w / 2 - 1.0),
            s - 0.6,
            color=red,
            accent=p.dark,
        )
        d.add(
            "drape",
            (1.5, 4.2, 0.3),
            side * (d.w / 2 - 0.85),
            -0.8,
            color=red,
            accent=p.dark,
        )
    d.against(
        "n",
        0.0,
        "banner",
        (7.4, 4.2, 0.06),
        gap=0.3,
        color=(0.13, 0.2, 0.27),
        accent=(0.2, 0.28, 0.34),
    )
    d.add(
        "arch",
        (2.4, 3.2, 0.3),
        -2.0,
        n + 1.0,
        color=(0.45, 0.4, 0.32),
        accent=(0.4, 0.36, 0.3),
        matter=Matter.STONE,
    )
    d.add("stairs", (1.6, 0.9, 1.4), 2.4, n + 1.5, color=p.wood, accent=p.dark)
    d.add(
        "sofa",
        (2.0, 0.85, 0.9),
        0.6,
        -0.9,
        yaw=d.jitter(15),
        color=p.cloth,
        accent=p.accent,
        matter=Matter.CLOTH,
    )
    d.add("table", (0.9, 0.75, 0.9), -2.4, 0.3, yaw=d.jitter(20), color=p.wood)
    for x, yaw in ((-3.1, 90), (-1.7, -90)):
        chair_at(d, x, 0.3, yaw + d.jitter(10))
    d.add("floor-lamp", (0.45, 1.7, 0.45), 2.0, -1.2, color=p.dark, matter=Matter.METAL)
    for x in (-3.0, 0.0, 3.0):
        d.add("pendant", (0.42, 1.7, 0.42), x, 1.2, y=d.h - 1.72, color=(0.06,) * 3)
    d.add(
        "ground",
        (20, 0.1, 14),
        0,
        s + 7.0,
        y=-1.0,
        color=(0.12, 0.05, 0.04),
        matter=Matter.CLOTH,
    )
    for row in range(5):
        for side in (-1, 1):
            d.add(
                "theatre-seats",
                (4.0, 1.0, 0.7),
                side * 2.5,
                s + 2.6 + row * 1.1,
                yaw=180,
                y=-1.0,
                color=red,
                accent=p.dark,
            )
    d.add(
        "banner",
        (22, 9, 0.1),
        0,
        s + 13.0,
        yaw=180,
        y=-1.0,
        color=(0.07, 0.03, 0.03),
        accent=(0.09, 0.04, 0.035),
        matter=Matter.CLOTH,
    )
    d.wish("centre stage", ("centre", "center", "stage", "spotlight"), 0.0, 1.0, 0.0)
    d.wish(
        "wings",
        ("wings", "wing", "curtain", "backstage"),
        -d.w / 2 + 1.2,
        0.9,
        90.0,
        leave=True,
    )
    return d
