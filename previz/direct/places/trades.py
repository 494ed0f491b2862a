"""Where things are made and kept: warehouse, garage, laboratory, library, stage."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, grown
from previz.direct.places.items import BLACK, CAR, CRATES, SEATS, Item
from previz.direct.places.palette import HOMES, INSTITUTIONS, Paint
from previz.direct.places.parts import chair_at, door, hang, room, strips, window
from previz.direct.places.style import BARE, PLAIN, TILED, Style
from previz.model import RGB, Matter

__all__ = ["garage", "laboratory", "library", "theatre_stage", "warehouse"]

STEEL: RGB = (0.4, 0.41, 0.43)
RUST: RGB = (0.3, 0.12, 0.04)
CONCRETE: RGB = (0.3, 0.29, 0.27)
BLUE: RGB = (0.05, 0.12, 0.2)
RUBBER: RGB = (0.03, 0.03, 0.03)
PAINTS: tuple[RGB, ...] = (
    (0.3, 0.035, 0.03),
    (0.05, 0.1, 0.19),
    (0.06, 0.16, 0.12),
    (0.42, 0.3, 0.06),
)
"""Of the car that is mended."""

RACK = Item("pallet-rack", (6.0, 4.2, 1.1), RUST, (0.42, 0.2, 0.03))
DRUM = Item("barrel", (0.58, 0.88, 0.58), BLUE, matter=Matter.METAL)
CASES = CRATES.sized(1.5, 1.1, 1.0).painted((0.33, 0.21, 0.11))
PACKING_TABLE = Item("table", (1.8, 0.78, 0.8), (0.3, 0.22, 0.14), STEEL)
TRUCK = Item("trolley", (1.0, 1.0, 0.6), (0.42, 0.26, 0.04), matter=Matter.METAL)
WORKBENCH = Item("workbench", (2.2, 1.7, 0.7), (0.3, 0.2, 0.1), STEEL)
HIGH_LAMP = Item("pendant", (0.55, 2.7, 0.55), STEEL)

TOOL_WALL = Item("workbench", (3.0, 1.9, 0.75), (0.32, 0.21, 0.11), STEEL)
STEEL_SHELF = Item("shelf", (2.0, 2.1, 0.5), STEEL, STEEL)
LOCKERS = Item("lockers", (1.2, 1.85, 0.5), (0.3, 0.05, 0.04))
TYRE = Item("tyre", (0.64, 0.2, 0.64), RUBBER)
TOOL_CART = Item("trolley", (0.7, 0.95, 0.45), (0.35, 0.03, 0.03), matter=Matter.METAL)
CREEPER_STOOL = Item("stool", (0.4, 0.5, 0.4), BLACK, (0.3, 0.03, 0.03))
STEEL_CHAIR = Item("chair", (0.46, 0.92, 0.5), STEEL, BLACK)
CLOCK = Item("clock", (0.4, 0.4, 0.05), BLACK)

LAB_STOOL = Item("stool", (0.4, 0.62, 0.4), "dark", "cloth")
WHITEBOARD = Item("blackboard", (1.4, 1.1, 0.05), (0.6, 0.6, 0.58), STEEL)

STACK = Item("bookcase", (2.4, 2.1, 0.34), "wood", "cloth")
WALL_OF_BOOKS = Item("bookcase", (1.45, 2.7, 0.36), "wood", "accent")
READING_TABLE = Item("table", (2.2, 0.76, 1.0))
READING_LAMP = Item("pendant", (0.6, 1.3, 0.6), "dark")
ISSUE_DESK = Item("reception", (1.7, 1.05, 0.75))
LIBRARY_RUG = Item("rug", (3.2, 0.015, 4.6), "accent", "cloth2")

GRID = Item("ducts", (11, 0.75, 9), (0.1, 0.1, 0.1), (0.08, 0.08, 0.08))
DRAPE = Item("drape", (1.9, 4.4, 0.35))
BACKCLOTH = Item("banner", (7.4, 4.2, 0.06), (0.13, 0.2, 0.27), (0.2, 0.28, 0.34))
FLAT = Item("arch", (2.4, 3.2, 0.3), (0.45, 0.4, 0.32), (0.4, 0.36, 0.3), Matter.STONE)
STEPS = Item("stairs", (1.6, 0.9, 1.4))
STAGE_SOFA = Item("sofa", (2.0, 0.85, 0.9), "cloth", "accent", Matter.CLOTH)
STAGE_TABLE = Item("table", (0.9, 0.75, 0.9))
STANDING_LAMP = Item("floor-lamp", (0.45, 1.7, 0.45), "dark", matter=Matter.METAL)
SPOT_LAMP = Item("pendant", (0.42, 1.7, 0.42), (0.06, 0.06, 0.06))
HOUSE_FLOOR = Item("ground", (20, 0.1, 14), (0.12, 0.05, 0.04), matter=Matter.CLOTH)
HOUSE_BACK = Item(
    "banner", (22, 9, 0.1), (0.07, 0.03, 0.03), (0.09, 0.04, 0.035), Matter.CLOTH
)


_place = partial(
    grown, palettes=INSTITUTIONS, wider_m=(-0.3, 0.6), deeper_m=(-0.2, 0.6)
)


def warehouse(rng: np.random.Generator, *, people: int) -> Dressing:
    """High racking in aisles, trusses and ducts, drums, crates, a roller door."""
    d = _place("warehouse", (13.0, 6.2, 12.0), rng, people)
    high = [Hole("w", "window", z, 2.2, 1.1, 4.0) for z in (-3.4, 0.0, 3.4)]
    east = Hole("e", "window", -1.0, 2.2, 1.1, 4.0)
    room(
        d, (door("s", 2.2, 3.2), door("e", 4.4), *high, east),
        wall=(0.36, 0.33, 0.29), matter=Matter.BRICK, floor=Matter.STONE,
        ceiling=(0.2, 0.2, 0.2), trim=(0.2, 0.2, 0.2), ground=CONCRETE, style=BARE,
    )  # fmt: skip
    for x in (-4.2, -1.2):
        d.put(RACK, x, -2.0, yaw=90)
    d.put_against(RACK.sized(5.2, 4.2, 1.1), "n", 3.4)
    for k, (x, z) in enumerate(((4.9, -1.6), (5.5, -1.1), (4.8, -0.8), (5.5, 0.1))):
        d.put(DRUM.painted((BLUE, RUST)[k % 2]), x, z)
    for x, z in ((1.6, -4.0), (3.4, -3.6), (-5.2, 4.4), (-3.6, 4.7)):
        d.put(CASES, x, z, yaw=d.jitter(25))
    table = d.put(PACKING_TABLE, 2.6, 0.4, yaw=d.jitter(10))
    d.on(table, "papers", (0.28, 0.08, 0.34), right=0.4)
    for x, z, yaw in ((2.4, 1.2, 180), (2.9, -0.4, 0)):
        chair_at(d, x, z, yaw + d.jitter(14), color=STEEL, accent="dark")
    d.put(TRUCK, -0.4, 3.4, yaw=30)
    d.put_against(WORKBENCH, "e", 2.4)
    for x, z in ((-2.7, -2.0), (2.6, 0.4), (2.4, -3.6)):
        hang(d, HIGH_LAMP, x, z)
    aisle = ("aisle", "racks", "shelves", "between")
    d.wish("between the racks", aisle, -2.7, -1.6, 0.0)
    gate = ("door", "gate", "loading")
    d.wish("roller door", gate, 2.2, d.south - 0.9, 180.0, leave=True)
    return d


def garage(rng: np.random.Generator, *, people: int) -> Dressing:
    """A car with its bonnet to the bench, tools on the wall, tyres, drums, a jack."""
    d = _place("garage", (8.4, 3.4, 8.0), rng, people)
    glass = [Hole("w", "window", z, 1.6, 0.9, 1.7) for z in (1.6, -1.6)]
    room(
        d, (door("s", 0.6, 2.8), door("e", 2.6), *glass),
        wall=(0.4, 0.4, 0.37), floor=Matter.STONE, ceiling=(0.3, 0.3, 0.29),
        trim=(0.22, 0.24, 0.26), ground=CONCRETE, style=BARE,
    )  # fmt: skip
    yaw = 180 + d.jitter(5)
    car = CAR.sized(1.82, 1.46, 4.5).painted(PAINTS[int(d.rng.integers(4))])
    d.put(car, 0.5, -0.3, yaw=yaw)
    d.put_against(TOOL_WALL, "n", -1.2)
    d.put_against(STEEL_SHELF, "n", 2.2)
    d.put_against(WORKBENCH.sized(2.0, 0.92, 0.65), "w", 0.0)
    d.put_against(LOCKERS, "e", -0.6)
    for k in range(4):
        d.put(TYRE, -3.4 + d.jitter(0.03), 3.2, y=0.2 * k)
    d.put(TYRE, -2.6, 3.4)
    for z in (-2.6, -1.9):
        d.put(DRUM, 3.6, z)
    d.put(TOOL_CART, -1.4, -1.6, yaw=70)
    d.put(CREEPER_STOOL, -1.9, 0.6)
    d.put(STEEL_CHAIR, 3.4, 0.9, yaw=-90)
    d.put_against(CLOCK, "e", 1.3, y=2.1)
    strips(d, (-1.2, -0.6), (1.8, -0.6), (0.4, 2.2))
    d.wish("bonnet", ("hood", "bonnet", "engine"), 0.5, -3.0, 0.0)
    gate = ("door", "gate", "driveway")
    d.wish("garage door", gate, 0.6, d.south - 0.8, 180.0, leave=True)
    return d


def laboratory(rng: np.random.Generator, *, people: int) -> Dressing:
    """White benches with flasks, an island down the middle, screens, cupboards."""
    d = _place("laboratory", (8.6, 3.0, 6.8), rng, people)
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
        d.put(LAB_STOOL, x - 0.5, 0.98)
    for k in range(max(1, min(3, people - 1))):
        d.put(LAB_STOOL, 1.9 - 1.5 * k, -0.55, yaw=d.jitter(40))
    desk = d.against("e", -0.9, "desk", (1.6, 0.75, 0.7), color=white, accent="dark")
    for right in (-0.35, 0.3):
        d.on(desk, "computer", (0.5, 0.46, 0.3), right=right, front=-0.1, color="dark")
    x, z = d.by("e", -0.9, 1.05)
    chair_at(d, x, z, 90, kind="office-chair", size=(0.6, 1.05, 0.6), color="cloth")
    d.against("s", -1.6, "shelf", (2.4, 2.1, 0.42), color=white, accent=STEEL)
    d.against("s", 1.0, "lockers", (1.6, 1.85, 0.5), color=white)
    d.put_against(WHITEBOARD, "s", 2.6, y=0.95)
    strips(d, (-1.4, -1.2), (1.4, -1.2), (-1.4, 1.4), (1.4, 1.4))
    d.wish("island", ("bench", "island", "microscope"), 0.0, 1.5, 180.0)
    return d


def library(rng: np.random.Generator, *, people: int) -> Dressing:
    """Stacks of books in aisles, reading tables under green lamps, tall windows."""
    d = _place("library", (9.8, 3.8, 8.4), rng, people, palettes=HOMES)
    tall = tuple(Hole("w", "window", z, 1.2, 2.3, 1.0) for z in (-2.4, 0.2, 2.8))
    style = Style(window="", corners=("plant",))
    room(d, (*tall, door("s", 2.6, 1.5)), trim="wood", style=style)
    for along in (-3.2, -1.7, 1.3, 2.8):
        d.put_against(WALL_OF_BOOKS, "n", along)
    for z in (-1.7, 1.0):
        for s in (-1, 1):
            d.put(STACK, d.east - 1.5, z + s * 0.175, yaw=90.0 - 90.0 * s)
    for z in (-1.0, 1.7):
        _reading_table(d, -1.7, z)
    d.put_against(WALL_OF_BOOKS.sized(1.8, 1.2, 0.34), "s", -1.2)
    d.put_against(ISSUE_DESK, "s", -3.2, gap=0.9)
    d.put(LIBRARY_RUG, -1.7, 0.4)
    for z in (-1.0, 1.7):
        hang(d, READING_LAMP, -1.7, z)
    stacks = ("stacks", "aisle", "shelves", "books")
    d.wish("between the stacks", stacks, d.east - 1.6, 1.1, 180.0)
    d.wish("issue desk", ("desk", "counter", "librarian"), -3.2, d.south - 2.6, 0.0)
    return d


def _reading_table(d: Dressing, x: float, z: float) -> None:
    """A table with two green lamps, papers, and four chairs at its long sides."""
    table = d.put(READING_TABLE, x, z)
    for right in (-0.6, 0.6):
        d.on(table, "table-lamp", (0.3, 0.42, 0.3), right=right, color=(0.1, 0.3, 0.12))
    d.on(table, "papers", (0.26, 0.14, 0.32), right=0.1, front=0.2)
    for s in (-1, 1):
        for aside in (-0.55, 0.55):
            chair_at(d, x + aside, z + s * 0.68, 90.0 + 90.0 * s + d.jitter(9))


def theatre_stage(rng: np.random.Generator, *, people: int) -> Dressing:
    """Boards between drapes and painted flats, lamps above, the house in front."""
    d = _place("theatre stage", (11.0, 5.6, 9.0), rng, people, palettes=HOMES)
    red: Paint = (0.3, 0.04, 0.035) if d.chance(0.6) else (0.05, 0.08, 0.18)
    room(
        d, (Hole("s", "archway", 0.0, 9.4, 4.6), door("w", -3.0), door("e", -3.0)),
        wall=(0.05, 0.05, 0.055), ceiling=(0.04, 0.04, 0.04), trim=BLACK,
        ground=(0.17, 0.1, 0.055), style=PLAIN,
    )  # fmt: skip
    hang(d, GRID.sized(d.w, 0.75, d.d), 0, 0, gap=0.01)
    for s in (-1, 1):
        d.put(DRAPE.painted(red), s * (d.w / 2 - 1.0), d.south - 0.6)
        leg = DRAPE.sized(1.5, 4.2, 0.3).painted(red)
        d.put(leg, s * (d.w / 2 - 0.85), -0.8)
    d.put_against(BACKCLOTH, "n", 0.0, gap=0.3)
    d.put(FLAT, -2.0, d.north + 1.0)
    d.put(STEPS, 2.4, d.north + 1.5)
    d.put(STAGE_SOFA, 0.6, -0.9, yaw=d.jitter(15))
    d.put(STAGE_TABLE, -2.4, 0.3, yaw=d.jitter(20))
    for x, yaw in ((-3.1, 90), (-1.7, -90)):
        chair_at(d, x, 0.3, yaw + d.jitter(10))
    d.put(STANDING_LAMP, 2.0, -1.2)
    for x in (-3.0, 0.0, 3.0):
        hang(d, SPOT_LAMP, x, 1.2)
    _house(d, red)
    d.wish("centre stage", ("centre", "center", "stage", "spotlight"), 0.0, 1.0, 0.0)
    wings = ("wings", "wing", "curtain", "backstage")
    d.wish("wings", wings, d.west + 1.2, 0.9, 90.0, leave=True)
    return d


def _house(d: Dressing, color: Paint) -> None:
    """Rows of seats below the edge of the stage, and the wall behind them."""
    low = -1.0
    d.put(HOUSE_FLOOR, 0, d.south + 7.0, y=low)
    seats = SEATS.sized(4.0, 1.0, 0.7).painted(color)
    for row in range(5):
        for s in (-1, 1):
            d.put(seats, s * 2.5, d.south + 2.6 + row * 1.1, yaw=180, y=low)
    d.put(HOUSE_BACK, 0, d.south + 13.0, yaw=180, y=low)
