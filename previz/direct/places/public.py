"""Rooms where people meet, wait and pass."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, Side, grown
from previz.direct.places.items import COLUMN, CRATES, SEATS, Item
from previz.direct.places.palette import HOMES, INSTITUTIONS, Paint, Palette, pick
from previz.direct.places.parts import (
    chair_at,
    door,
    hang,
    pictures,
    room,
    strips,
    window,
)
from previz.direct.places.style import PLAIN, PUBLIC, WORK
from previz.model import RGB, Matter, Vec3

__all__ = ["bar", "booth", "cafe", "church", "cinema", "corridor", "stairwell"]

_LONG_SIDES: tuple[Side, Side] = ("w", "e")

CORK: RGB = (0.33, 0.21, 0.11)
STEP_STONE: RGB = (0.4, 0.38, 0.34)

BOTTLES = Item("bottle-shelf", (4.6, 2.5, 0.42), (0.12, 0.06, 0.035))
BAR = Item("bar-counter", (5.2, 1.1, 0.75), (0.15, 0.075, 0.04), (0.1, 0.05, 0.03))
PIANO = Item("piano", (1.5, 1.22, 0.66), (0.04, 0.028, 0.02))
STOOL = Item("stool", (0.42, 0.5, 0.42), "dark", "accent")
CAFE_TABLE = Item("round-table", (0.78, 0.74, 0.78))
CAFE_COUNTER = Item("worktop", (3.0, 1.05, 0.7), "cloth")
SHELF = Item("shelf", (2.8, 2.0, 0.36))
BOOKCASE = Item("bookcase", (1.3, 2.0, 0.34), accent="accent")
PLANT = Item("plant", (0.65, 1.4, 0.65), "leaf", "accent")
LAMP = Item("pendant", (0.36, 1.0, 0.36), "accent")

BENCH = Item("bench", (1.5, 0.85, 0.5))
BOARD = Item("noticeboard", (1.5, 0.95, 0.03), CORK)
CLOCK = Item("clock", (0.36, 0.36, 0.05), "dark")
METAL_CUPBOARD = Item("cupboard", (1.0, 1.9, 0.4), "trim", matter=Matter.METAL)
FLIGHT = Item("stairs", (1.5, 1.75, 3.0), STEP_STONE, (0.28, 0.27, 0.25), Matter.STONE)
LANDING = Item("landing", (5.6, 1.75, 1.3), STEP_STONE, "trim", Matter.STONE)
BALUSTRADE = Item("railing", (3.8, 0.98, 0.06), "dark", "wood", Matter.METAL)

CHANCEL = Item(
    "landing", (5.0, 0.15, 2.6), (0.42, 0.4, 0.35), (0.36, 0.33, 0.28), Matter.STONE
)
ALTAR = Item(
    "altar", (2.0, 1.0, 0.8), (0.46, 0.43, 0.37), (0.6, 0.57, 0.5), Matter.STONE
)
PULPIT = Item("pulpit", (0.6, 1.2, 0.5))
PEW = Item("pew", (2.7, 0.95, 0.62), (0.22, 0.11, 0.05))
AISLE_RUG = Item("rug", (1.2, 0.012, 8.0), "accent", (0.45, 0.34, 0.14))

SCREEN = Item("screen", (6.8, 3.2, 0.16), matter=Matter.CLOTH)
APRON = Item("landing", (7.6, 0.55, 1.1))
CURTAIN = Item("curtain", (1.4, 4.3, 0.3))
WALL_LAMP = Item("table-lamp", (0.24, 0.4, 0.24), (0.5, 0.38, 0.16))

PROJECTOR = Item(
    "projector", (0.55, 1.75, 1.2), (0.12, 0.17, 0.16), matter=Matter.METAL
)
REWIND_BENCH = Item("desk", (2.0, 0.85, 0.65))
REEL: Vec3 = (0.36, 0.09, 0.36)


def _hall(
    template: str,
    size_m: Vec3,
    rng: np.random.Generator,
    people: int,
    *,
    wider_m: float,
    palettes: tuple[Palette, ...] = HOMES,
) -> Dressing:
    """Return a room of this height and depth, by chance up to so much wider."""
    width, height, depth = size_m
    return Dressing(
        template,
        interior=True,
        size_m=(width + float(rng.uniform(0, wider_m)), height, depth),
        palette=pick(palettes, rng),
        rng=rng,
        people=people,
    )


def bar(rng: np.random.Generator, *, people: int) -> Dressing:
    """A long counter with stools before lit bottles, tables towards the window."""
    d = grown(
        "bar", (8.0, 3.0, 6.4), rng, people, palettes=HOMES, wider_m=(0, 0.8),
        deeper_m=(0, 0.5),
    )  # fmt: skip
    r, g, b = d.palette.wall
    room(
        d, (window("w", 0.9, 1.9, 0.8), door("s", -2.6, 1.1), door("e", 2.1)),
        wall=(r * 0.55, g * 0.45, b * 0.42), ceiling=(0.3, 0.24, 0.18), style=PUBLIC,
    )  # fmt: skip
    d.put_against(BOTTLES, "n", 0.6)
    counter = d.put(BAR, 0.6, d.north + 2.15)
    _bar_stools(d, max(4, min(6, people)))
    d.on(counter, "table-lamp", (0.26, 0.42, 0.26), right=2.2, color=(0.45, 0.34, 0.16))
    _cafe_tables(d, [(-1.9, 1.6), (0.3, 1.9), (2.3, 1.5)])
    for x in (-0.9, 0.6, 2.1):
        hang(d, LAMP, x, d.north + 2.15)
    d.put_against(PIANO, "e", -0.6)
    d.put(STOOL, *d.by("e", -0.6, 1.12), yaw=90)
    pictures(d, "e", 0.9)
    pictures(d, "w", -1.2, 2.6)
    pictures(d, "s", 0.0, 1.4)
    behind = ("behind", "barman", "bartender")
    d.wish("behind the bar", behind, 0.6, d.north + 1.1, 0.0)
    return d


def _bar_stools(d: Dressing, count: int) -> None:
    """A row of stools at the bar, facing the bottles."""
    for k in range(count):
        x = 0.6 + (k - (count - 1) / 2) * 0.86
        chair_at(
            d, x, d.north + 2.9, 180, kind="bar-stool", size=(0.42, 0.76, 0.42),
            color="dark", accent="accent",
        )  # fmt: skip


def cafe(rng: np.random.Generator, *, people: int) -> Dressing:
    """Small tables at a wide window, a counter with cakes at the back."""
    d = grown(
        "cafe", (7.4, 3.0, 6.2), rng, people, palettes=HOMES, wider_m=(0, 0.8),
        deeper_m=(0, 0.5),
    )  # fmt: skip
    glass = (window("w", 0.4, 3.0, 0.6), window("s", 1.2, 2.4, 0.6))
    floor = Matter.TILE if d.chance(0.5) else Matter.WOOD
    room(d, (*glass, door("s", -1.9, 1.05)), floor=floor, style=PUBLIC)
    counter = d.put(CAFE_COUNTER, 1.3, d.north + 1.75)
    d.put_against(SHELF, "n", 1.3)
    d.put_against(BOOKCASE, "n", -1.8)
    d.on(counter, "plant", (0.34, 0.42, 0.34), right=1.2, color="leaf", accent="trim")
    d.on(
        counter, "tableware", (1.0, 0.1, 0.5), right=-0.4, color=(0.62, 0.6, 0.55),
        accent="accent",
    )  # fmt: skip
    tables = [(-2.2, 0.1), (-0.2, 0.75), (1.9, 0.9), (-2.1, 2.0)]
    _cafe_tables(d, tables[: 3 + (people > 6)])
    for x in (0.6, 2.0):
        hang(d, LAMP.sized(0.38, 0.9, 0.38), x, d.north + 1.75)
    d.put_against(PLANT.sized(0.8, 1.7, 0.8), "e", 1.0, gap=0.1)
    d.put_against(BOARD.sized(1.2, 0.9, 0.03).painted("dark", "wood"), "e", -0.6, y=1.2)
    pictures(d, "e", 0.2)
    behind = ("behind", "barista", "waiter")
    d.wish("behind the counter", behind, 1.3, d.north + 0.9, 0.0)
    return d


def _cafe_tables(d: Dressing, places: list[tuple[float, float]]) -> None:
    """Round tables for two, every second with a lamp."""
    for n, (x, z) in enumerate(places):
        top = d.put(CAFE_TABLE, x, z)
        if n % 2 == 0:
            d.on(top, "table-lamp", (0.2, 0.32, 0.2), color="accent")
        for s in (-1, 1):
            chair_at(d, x + s * 0.62, z, -s * 90.0, accent="accent")


def corridor(rng: np.random.Generator, *, people: int) -> Dressing:
    """A long passage of doors, a window at its far end, a bench to wait on."""
    d = _hall(
        "corridor", (3.4, 2.8, 12.0), rng, min(people, 8), wider_m=0.5,
        palettes=INSTITUTIONS,
    )  # fmt: skip
    holes = [window("n", 0.0, 1.5, 0.8), door("s", 0.0, 1.5)]
    holes += [door("w", z) for z in (-3.6, 0.4, 3.8)]
    holes += [door("e", z) for z in (-2.2, 2.0)]
    room(d, tuple(holes), floor=Matter.TILE, style=WORK)
    d.put_against(BENCH, "e", -0.1)
    d.put_against(PLANT, "e", -4.6, gap=0.06)
    d.put_against(BOARD, "w", -1.6, y=1.15)
    d.put_against(CLOCK, "e", 0.9, y=2.05)
    d.put_against(METAL_CUPBOARD, "w", 2.1)
    pictures(d, "e", -3.6, 3.5)
    pictures(d, "w", 5.1)
    strips(d, (0.0, -4.2), (0.0, -1.4), (0.0, 1.4), (0.0, 4.2))
    return d


def stairwell(rng: np.random.Generator, *, people: int) -> Dressing:
    """A hall with a flight of stairs, a landing, rails and a tall window."""
    d = _hall(
        "stairwell", (5.6, 4.4, 7.0), rng, min(people, 8), wider_m=0.5,
        palettes=INSTITUTIONS,
    )  # fmt: skip
    tall = Hole("n", "window", 1.2, 1.3, 2.0, 1.9)
    doors = (door("w", 2.2), door("e", 1.6), door("s", -0.6, 1.4))
    room(d, (tall, *doors), floor=Matter.TILE, style=WORK)
    _, rise, run = FLIGHT.size_m
    x, top = d.east - 0.85, d.north + 1.3
    d.put(FLIGHT, x, top + run / 2)
    d.put(LANDING.sized(d.w, rise, 1.3), 0, d.north + 0.65)
    rail = BALUSTRADE.sized(d.w - 1.75, 0.98, 0.06)
    d.put(rail, d.west + rail.size_m[0] / 2, d.north + 1.27, y=rise)
    bench = d.put_against(BENCH.sized(1.4, 0.85, 0.5), "w", 0.2)
    hang(d, LAMP.sized(0.5, 1.1, 0.5).painted("dark"), -0.4, 0.9)
    d.put_against(BOARD.sized(1.1, 0.8, 0.03), "w", -1.6, y=1.2)
    d.put_against(PLANT, "s", 1.7, gap=0.08)
    pictures(d, "e", 2.9)
    pictures(d, "w", bench.position_m[2])
    foot = ("stairs", "steps", "bottom")
    d.wish("bottom of the stairs", foot, x, top + run + 0.6, 0.0)
    d.wish("under the stairs", ("under", "landing"), -1.4, d.north + 2.2, 0.0)
    return d


def church(rng: np.random.Generator, *, people: int) -> Dressing:
    """A nave of pews towards an altar, columns, high windows."""
    d = _hall("church", (9.0, 6.2, 12.0), rng, min(people, 10), wider_m=0.8)
    high = [
        Hole(s, "window", z, 1.1, 3.0, 1.9)
        for s in _LONG_SIDES
        for z in (-3.0, 0.2, 3.4)
    ]
    room(
        d, (*high, door("s", 0.0, 1.8), Hole("n", "window", 0.0, 1.4, 3.2, 2.2)),
        floor=Matter.STONE, wall=(0.52, 0.47, 0.38), ceiling=(0.42, 0.35, 0.26),
        style=PLAIN,
    )  # fmt: skip
    d.put(CHANCEL, 0, d.north + 1.3)
    d.put(ALTAR, 0, d.north + 1.0, y=0.15)
    d.put(PULPIT, -1.9, d.north + 2.9)
    for row in range(5):
        for s in (-1, 1):
            d.put(PEW, s * 2.15, -1.3 + row * 1.25, yaw=180)
    column = COLUMN.sized(0.5, d.h, 0.5).painted((0.48, 0.45, 0.38))
    for s in (-1, 1):
        for z in (-1.9, 1.9):
            d.put(column, s * (d.w / 2 - 0.55), z)
    d.put(AISLE_RUG, 0, 0.6)
    d.wish("altar", ("altar", "front"), 0.0, d.north + 3.2, 180.0)
    return d


def cinema(rng: np.random.Generator, *, people: int) -> Dressing:
    """Rows of seats before a screen, an aisle, wall lamps."""
    d = _hall("cinema", (9.6, 4.6, 10.4), rng, min(people, 10), wider_m=0.6)
    red: RGB = (0.32, 0.05, 0.045) if d.chance(0.6) else (0.06, 0.1, 0.17)
    wall: Paint = (red[0] * 0.55, red[1] * 0.8, red[2] * 0.8)
    doors = (door("s", -3.2, 1.4), door("e", -3.6))
    room(d, doors, wall=wall, ceiling=(0.16, 0.13, 0.11), style=PLAIN)
    d.put_against(SCREEN, "n", 0.0, y=0.9, gap=0.12)
    d.put_against(APRON, "n", 0.0, gap=0.3)
    for s in (-1, 1):
        d.put_against(CURTAIN.painted(red), "n", s * (d.w / 2 - 0.55))
    for row in range(5):
        for s in (-1, 1):
            d.put(SEATS.painted(red), s * 2.25, -0.8 + row * 1.05, yaw=180)
    for side in _LONG_SIDES:
        for along in (-1.6, 1.2, 3.8):
            d.put_against(WALL_LAMP, side, along, y=2.0)
    d.wish("aisle", ("aisle", "middle"), 0.0, 1.0, 180.0)
    front = ("screen", "stage", "front")
    d.wish("front of the screen", front, 0.0, d.north + 2.6, 0.0)
    return d


def booth(rng: np.random.Generator, *, people: int) -> Dressing:
    """A projection booth: two projectors at their ports, a rewind bench, reels."""
    d = _hall("projection booth", (5.8, 2.8, 4.9), rng, people, wider_m=0.5)
    ports = [Hole("n", "window", x, 0.34, 0.28, 1.1) for x in (-1.1, 0.9)]
    ports += [Hole("n", "window", -0.1, 0.5, 0.4, 1.3)]
    d.put(SCREEN.sized(7.0, 3.4, 0.2), 0, -12.0, y=-1.2)
    grey: Paint = (0.3, 0.33, 0.3)
    holes = (door("s", 1.7), *ports)
    room(d, holes, wall=grey, ceiling=(0.3, 0.29, 0.26), style=PLAIN)
    for x in (-1.1, 0.9):
        d.put(PROJECTOR, x, d.north + 0.95, yaw=180)
    bench = d.put_against(REWIND_BENCH, "w", 0.5)
    d.on(bench, "film-reel", REEL, right=0.5)
    d.on(bench, "film-reel", REEL, right=0.1, front=-0.05)
    d.on(bench, "table-lamp", (0.26, 0.42, 0.26), right=-0.75, color="accent")
    d.put(STOOL.sized(0.4, 0.55, 0.4), *d.by("w", 0.5, 1.05), yaw=-90)
    d.put_against(SHELF.sized(1.8, 2.0, 0.42), "e", 0.3)
    chair_at(d, -0.6, 1.1, 160, accent="accent")
    d.put_against(BOARD.sized(1.0, 0.8, 0.03), "s", -1.2, y=1.25)
    d.put_against(CRATES.sized(1.0, 0.8, 0.6).painted("wood"), "s", -2.2)
    d.put_against(CLOCK.sized(0.32, 0.32, 0.05), "e", -1.4, y=1.8)
    pictures(d, "s", 0.3)
    hang(d, LAMP.sized(0.34, 0.7, 0.34).painted("dark"), 0.0, 0.6)
    return d
