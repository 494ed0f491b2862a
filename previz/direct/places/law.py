"""Where the law is: interrogation room, police station, courtroom, cell."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, grown
from previz.direct.places.items import BIN, FACADE, Item
from previz.direct.places.palette import INSTITUTIONS, Paint, pick
from previz.direct.places.parts import (
    chair_at,
    desk_group,
    door,
    hang,
    room,
    strips,
    window,
)
from previz.direct.places.style import PLAIN, PUBLIC, WORK
from previz.model import RGB, Matter

__all__ = ["courtroom", "interrogation_room", "police_station", "prison_cell"]

CONCRETE: RGB = (0.32, 0.32, 0.3)
IRON: RGB = (0.07, 0.075, 0.08)
CORK: RGB = (0.33, 0.21, 0.11)
WHITE: RGB = (0.55, 0.55, 0.52)
WALNUT: RGB = (0.11, 0.06, 0.03)

BARE_TABLE = Item("table", (1.5, 0.75, 0.8), (0.3, 0.3, 0.31), IRON)
ONE_WAY_GLASS = Item("mirror", (2.2, 1.1, 0.05), "dark")
LAMP = Item("pendant", (0.42, 0.9, 0.42), "dark")
FILES = Item("cupboard", (0.9, 1.3, 0.42), (0.24, 0.27, 0.25))
JOINED_SEATS = Item("waiting-seats", (1.2, 0.85, 0.55), "cloth", IRON)
BOARD = Item("noticeboard", (1.2, 0.85, 0.03), CORK)
CLOCK = Item("clock", (0.34, 0.34, 0.05), "dark")
PAPER_BIN = BIN.sized(0.34, 0.5, 0.34).of(Matter.WOOD)

DUTY_COUNTER = Item("reception", (2.6, 1.1, 0.8))
BARS = Item("cell-bars", (3.4, 2.5, 0.12), IRON, matter=Matter.METAL)
CELL_BENCH = Item("bench", (1.8, 0.85, 0.5), (0.2, 0.2, 0.2), IRON)
LOCKERS = Item("lockers", (1.9, 1.85, 0.5), "cloth")
LOW_FILES = Item("cupboard", (1.0, 1.35, 0.45), (0.3, 0.33, 0.31))
WAITING_BENCH = Item("bench", (1.7, 0.85, 0.5))
LAW_BOOKS = Item("bookcase", (1.2, 2.0, 0.34), accent="accent")

STEP = Item("landing", (5.4, 0.3, 2.0), accent=WALNUT)
JUDGES_BENCH = Item("judges-bench", (3.2, 1.25, 1.0), accent=WALNUT)
JUDGES_CHAIR = Item("armchair", (0.8, 1.25, 0.75), WALNUT, WALNUT, Matter.LEATHER)
COUNSEL_TABLE = Item("table", (1.9, 0.76, 0.8), accent=WALNUT)
JURY_PEW = Item("pew", (2.4, 0.95, 0.62))
PUBLIC_PEW = Item("pew", (3.0, 0.95, 0.62))
COURT_RAIL = Item("railing", (3.2, 0.95, 0.08), accent=WALNUT)
COURT_BANNER = Item("banner", (0.9, 2.0, 0.05), "cloth", "accent")
COURT_LAMP = Item("pendant", (0.6, 1.2, 0.6), WALNUT)

BUNK = Item("bunk", (0.95, 1.75, 2.0), (0.16, 0.18, 0.17), (0.2, 0.2, 0.22))
TOILET = Item("toilet", (0.4, 0.78, 0.62), WHITE, matter=Matter.TILE)
BASIN = Item("basin", (0.5, 0.85, 0.42), WHITE, matter=Matter.TILE)
CELL_TABLE = Item("table", (0.8, 0.74, 0.5), (0.3, 0.31, 0.3), IRON)
CELL_STOOL = Item("stool", (0.36, 0.45, 0.36), IRON, IRON)
CELL_SHELF = Item("wall-shelf", (0.9, 0.4, 0.2), (0.3, 0.2, 0.1))
CELL_LIGHT = Item("strip-light", (1.2, 0.08, 0.24), (0.6, 0.6, 0.6))


_place = partial(grown, palettes=INSTITUTIONS)


def interrogation_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """A bare table under one lamp, the dark glass of a one-way mirror, a camera."""
    d = _place("interrogation room", (5.0, 2.7, 4.4), rng, min(people, 6))
    r, g, b = d.palette.wall
    tone = CONCRETE if d.chance(0.5) else (r * 0.6, g * 0.6, b * 0.6)
    room(
        d, (door("e", 1.2), Hole("w", "window", 0.9, 0.7, 0.4, 1.95)),
        wall=tone, ceiling=(0.4, 0.4, 0.38), floor=Matter.TILE, trim=(0.2, 0.21, 0.2),
        ground=(0.25, 0.26, 0.25), style=PLAIN,
    )  # fmt: skip
    table = d.put(BARE_TABLE, 0.0, -0.1)
    chairs = (
        (0.0, -0.78, 0), (-0.38, 0.6, 180), (0.4, 0.62, 180), (1.15, -0.1, -90),
    )  # fmt: skip
    for x, z, yaw in chairs[: max(3, min(4, people))]:
        chair_at(d, x, z, yaw + d.jitter(6), color=IRON, accent="dark")
    d.put_against(ONE_WAY_GLASS, "n", 0.0, y=1.0)
    hang(d, LAMP, 0.0, -0.1)
    d.on(table, "papers", (0.26, 0.07, 0.33), right=0.3, front=0.15)
    d.on(table, "tableware", (0.3, 0.1, 0.2), right=-0.45, color=(0.6, 0.6, 0.6))
    d.put_against(FILES, "e", -0.9)
    d.put_against(JOINED_SEATS, "s", -1.2)
    d.put_against(BOARD, "w", -1.0, y=1.15)
    d.put_against(CLOCK, "s", 0.9, y=2.0)
    d.put(PAPER_BIN, d.east - 0.4, d.north + 0.4)
    d.wish("mirror", ("mirror", "glass", "window"), 0.9, d.north + 0.7, 180.0)
    return d


def police_station(rng: np.random.Generator, *, people: int) -> Dressing:
    """Desks back to back, a duty counter, a holding cell's bars, lockers, boards."""
    d = _place("police station", (9.4, 3.0, 7.6), rng, people)
    glass = [window("w", z, 1.8, 0.95) for z in (-1.2, 1.6)]
    holes = (door("s", -3.0, 1.5), *glass, door("n", 3.4))
    room(d, holes, floor=Matter.TILE, style=WORK)
    for x, z in ((-1.4, -1.5), (1.4, -1.5), (0.0, 0.9))[: 2 + (people > 3)]:
        desk_group(d, x, z, facing=0.0 if z < 0 else 180.0)
    d.put(DUTY_COUNTER, -2.7, 1.5)
    d.put_against(BARS, "n", -2.2, gap=0.9)
    d.put_against(CELL_BENCH, "n", -2.2)
    d.put_against(LOCKERS, "e", -1.6)
    d.put_against(LOW_FILES, "e", 0.6)
    d.put_against(WAITING_BENCH, "e", 2.4)
    d.put_against(BOARD.sized(2.0, 1.1, 0.03), "n", 1.2, y=1.05)
    d.put_against(LAW_BOOKS, "s", 1.6)
    strips(d, (-1.6, -1.6), (1.6, -1.6), (0.0, 1.2))
    d.wish("duty desk", ("counter", "desk", "duty", "reception"), -2.7, 2.6, 180.0)
    return d


def courtroom(rng: np.random.Generator, *, people: int) -> Dressing:
    """The judge's bench on its step, the witness stand, two tables, the public."""
    d = _place("courtroom", (10.2, 4.2, 10.6), rng, people)
    oak: Paint = (0.24, 0.125, 0.06) if d.chance(0.6) else (0.34, 0.21, 0.11)
    tall = [Hole("w", "window", z, 1.3, 2.2, 1.4) for z in (-2.8, 0.2, 3.2)]
    room(
        d, (door("s", 0.0, 1.7), door("e", -4.0), *tall),
        trim=oak, style=PUBLIC, wall=(0.52, 0.48, 0.4),
    )  # fmt: skip
    bench = JUDGES_BENCH.painted(oak)
    d.put(STEP.painted(oak), 0, d.north + 1.0)
    d.put(bench, 0, d.north + 1.55, y=0.3)
    d.put(JUDGES_CHAIR, 0, d.north + 0.62, y=0.3)
    d.put(bench.sized(1.4, 1.05, 0.9), 2.9, d.north + 2.6, yaw=-14)
    chair_at(d, 2.85, d.north + 2.2, -10, color=oak)
    d.put(bench.sized(1.9, 0.95, 0.7), 0, d.north + 2.75)
    for s in (-1, 1):
        table = d.put(COUNSEL_TABLE.painted(oak), s * 1.75, 0.1)
        d.on(table, "papers", (0.28, 0.1, 0.34), right=s * 0.4, yaw=180)
        for x in (-0.45, 0.45):
            yaw = 180 + d.jitter(8)
            chair_at(d, s * 1.75 + x, 0.72, yaw, color=oak, accent="cloth")
    _public(d, oak)
    for x in (-2.0, 2.0):
        hang(d, COURT_LAMP, x, 0.4)
    d.wish("bar", ("bar", "rail", "aisle"), 0.0, 1.2, 180.0)
    d.wish("floor of the court", ("floor", "well", "jury", "bench"), 0.0, -1.0, 180.0)
    return d


def _public(d: Dressing, oak: Paint) -> None:
    """The jury's pews, the public's behind the rail, and banners at the bench."""
    for row in range(2):
        d.put(JURY_PEW.painted(oak), d.west + 0.6 + row * 0.85, -1.9, yaw=90)
    for row in range(3):
        for s in (-1, 1):
            d.put(PUBLIC_PEW.painted(oak), s * 2.3, 2.6 + row * 1.0, yaw=180)
    for s in (-1, 1):
        d.put(COURT_RAIL.painted(oak), s * 2.35, 1.75)
        d.put_against(COURT_BANNER, "n", s * 2.2, y=1.6)


def prison_cell(rng: np.random.Generator, *, people: int) -> Dressing:
    """A bunk, a basin, a small barred window; the front is bars on the landing."""
    d = _place("prison cell", (4.2, 2.8, 4.8), rng, min(people, 4))
    d.palette = pick(INSTITUTIONS, rng)
    tone: Paint = (0.4, 0.42, 0.37) if d.chance(0.5) else CONCRETE
    room(
        d,
        (Hole("s", "archway", 0.0, 2.6, 2.4), Hole("n", "window", 0.2, 0.9, 0.7, 1.65)),
        wall=tone, floor=Matter.STONE, ceiling=(0.4, 0.4, 0.38),
        trim=(0.14, 0.15, 0.15), ground=(0.3, 0.3, 0.28), style=PLAIN,
    )  # fmt: skip
    _bars_and_landing(d, tone)
    d.put_against(BUNK, "w", -1.2)
    d.pieces[-1] = d.pieces[-1].changed(
        position_m=(d.west + 0.5, 0.0, d.north + 1.1), yaw_deg=0.0
    )
    d.put_against(TOILET, "e", -1.5)
    d.put_against(BASIN, "e", -0.6)
    d.against("e", -0.6, "mirror", (0.4, 0.5, 0.03), y=1.3, color=IRON)
    table = d.put_against(CELL_TABLE, "n", 0.75)
    d.on(table, "papers", (0.24, 0.09, 0.3))
    d.put(CELL_STOOL, 0.8, d.north + 0.95)
    d.put_against(CELL_SHELF, "e", 0.8, y=1.35)
    hang(d, CELL_LIGHT, 0, 0.2, gap=0.01)
    d.put_against(CELL_BENCH.sized(1.3, 0.8, 0.42), "w", 1.4)
    d.wish(
        "bars", ("bars", "gate", "door"), d.east * 0.2, d.south - 0.6, 0.0,
        leave=True, needed=True,
    )  # fmt: skip
    return d


def _bars_and_landing(d: Dressing, tone: Paint) -> None:
    """Bars in front and in the window; the landing and its far wall outside."""
    d.put(BARS.sized(2.6, 2.4, 0.1), 0, d.south + 0.04)
    d.put(BARS.sized(0.9, 0.7, 0.06), 0.2, d.north - 0.12, y=1.65)
    d.add(
        "ground", (14, 0.1, 6), 0, d.south + 3.0, y=-0.04, color=(0.2, 0.2, 0.2),
        matter=Matter.STONE,
    )  # fmt: skip
    far = FACADE.sized(14.0, 9.0, 3.0).painted(tone, IRON)
    d.put(far, 0, d.south + 6.0, yaw=180)
