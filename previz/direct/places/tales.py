"""Where tales play: cabin, tavern, throne hall, the bridge of a spaceship."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Hole, Side, grown
from previz.direct.places.items import COLUMN, CRATES, IRON, STONE, TIMBER, Item
from previz.direct.places.palette import HOMES, INSTITUTIONS, Paint
from previz.direct.places.parts import chair_at, dining, door, hang, room, window
from previz.direct.places.style import PLAIN, Style
from previz.model import RGB, Matter, Vec3

__all__ = ["cabin", "spaceship_bridge", "tavern", "throne_hall"]

_LONG: tuple[Side, Side] = ("w", "e")
TORCHES: tuple[tuple[Side, float], ...] = (
    ("w", -1.4),
    ("w", 3.0),
    ("s", 2.9),
    ("n", -2.6),
)
RUSTIC = Style(
    above="beams",
    heated=False,
    hangings=("wall-shelf", "picture"),
    corners=("crates",),
)
SMOKY = Style(
    dado=Matter.WOOD,
    dado_m=1.2,
    above="beams",
    window="",
    heated=False,
    hangings=("wall-shelf",),
    corners=("crates",),
)
"""A tavern's."""
GOLD: RGB = (0.5, 0.38, 0.12)
DARK_HULL: RGB = (0.07, 0.075, 0.085)

FIREPLACE = Item("fireplace", (1.7, 2.4, 0.6), STONE, TIMBER, Matter.STONE)
COT = Item("bed", (1.1, 0.95, 2.0), TIMBER, "cloth2")
EASY_CHAIR = Item("armchair", (0.86, 0.9, 0.86), "cloth", "accent", Matter.CLOTH)
HEARTH_RUG = Item("rug", (2.0, 0.015, 1.4), "accent")
CUPBOARD = Item("cupboard", (1.1, 1.9, 0.5), TIMBER)
KINDLING = CRATES.sized(1.0, 0.8, 0.6).painted(TIMBER)
IRON_STOVE = Item("stove", (0.6, 0.85, 0.55), IRON)
LANTERN = Item("table-lamp", (0.24, 0.36, 0.24), IRON)

GREAT_FIRE = FIREPLACE.sized(2.4, 2.6, 0.8).trimmed("dark")
BAR = Item("bar-counter", (2.8, 1.1, 0.7), TIMBER)
CASK = Item("barrel", (0.72, 0.95, 0.72), TIMBER)
LONG_TABLE = Item("table", (2.0, 0.76, 0.8), TIMBER)
PLANK_BENCH = Item("bench", (1.7, 0.5, 0.36), TIMBER, TIMBER)
TORCH = Item("torch", (0.14, 0.6, 0.2), IRON)
CHANDELIER = Item("chandelier", (1.4, 1.2, 1.4), IRON)

DAIS = Item("landing", (5.0, 0.18, 3.2), STONE, STONE, Matter.STONE)
THRONE = Item("throne", (0.95, 2.2, 0.85), (0.2, 0.11, 0.04))
COURT_CHAIR = Item("armchair", (0.8, 1.1, 0.75), accent=IRON, matter=Matter.CLOTH)
BANNER = Item("banner", (1.0, 2.8, 0.06), accent=GOLD)
CARPET = Item("rug", (1.7, 0.015, 9.6), accent=GOLD)

STARS = Item("star-window", (7.0, 2.3, 0.3), DARK_HULL)
CONSOLE = Item("console", (1.8, 1.0, 0.75), accent=DARK_HULL)
COMMAND_STEP = Item("landing", (2.2, 0.15, 2.0), accent=DARK_HULL, matter=Matter.METAL)
COMMAND_CHAIR = Item(
    "armchair", (0.95, 1.3, 0.95), DARK_HULL, (0.3, 0.05, 0.03), Matter.LEATHER
)
BRIDGE_RAIL = Item("railing", (2.6, 0.95, 0.07), DARK_HULL, matter=Matter.METAL)
STRIP = Item("strip-light", (1.8, 0.08, 0.2), (0.6, 0.6, 0.6))


_place = partial(grown, palettes=HOMES)


def cabin(rng: np.random.Generator, *, people: int) -> Dressing:
    """Log walls under beams, a fire, a plank table, a cot under blankets."""
    d = _place("cabin", (6.4, 2.7, 5.6), rng, people)
    room(
        d, (window("w", 0.8, 1.1, 1.0), window("s", 1.6, 1.0, 1.0), door("s", -1.6)),
        wall=TIMBER, matter=Matter.WOOD, ceiling=(0.2, 0.12, 0.06),
        trim=(0.2, 0.11, 0.05), style=RUSTIC,
    )  # fmt: skip
    d.put_against(FIREPLACE, "n", -0.8)
    dining(d, 0.4, 0.7, seats=max(4, min(6, people)))
    d.put_against(COT, "e", -1.5)
    d.pieces[-1] = d.pieces[-1].changed(
        position_m=(d.east - 0.6, 0.0, d.north + 1.1), yaw_deg=0.0
    )
    d.put(EASY_CHAIR, -1.9, -0.9, yaw=150)
    d.put(HEARTH_RUG, -0.8, -1.0)
    d.put_against(CUPBOARD, "e", 1.0)
    d.put_against(KINDLING, "w", -1.6)
    d.put_against(IRON_STOVE, "w", -0.6)
    d.put(LANTERN, 1.04, 0.7, y=0.76)
    d.wish("fire", ("fire", "fireplace", "hearth"), -0.8, d.north + 1.4, 180.0)
    return d


def tavern(rng: np.random.Generator, *, people: int) -> Dressing:
    """Long tables and benches under beams, casks, a great fire, torches."""
    d = _place("tavern", (9.0, 3.3, 7.4), rng, people)
    glass = (window("w", 1.6, 1.3, 1.0), window("s", 1.4, 1.3, 1.0))
    room(
        d, (*glass, door("s", -2.6, 1.2), door("e", 2.4)),
        wall=(0.5, 0.42, 0.3), ceiling=(0.18, 0.11, 0.06), floor=Matter.STONE,
        trim=(0.19, 0.1, 0.05), ground=(0.26, 0.24, 0.2), style=SMOKY,
    )  # fmt: skip
    d.put_against(GREAT_FIRE, "n", 0.2)
    d.put(BAR, 2.9, -1.0, yaw=-90)
    for along in (-2.0, -1.2, -0.4):
        d.put_against(CASK, "e", along)
    for x, z in ((-2.4, -0.7), (-2.2, 1.7), (0.9, 1.9)):
        _long_table(d, x, z)
    for side, along in TORCHES:
        d.put_against(TORCH, side, along, y=1.5)
    hang(d, CHANDELIER, -0.8, 0.6)
    d.wish("fire", ("fire", "fireplace", "hearth"), 0.2, d.north + 1.7, 180.0)
    d.wish("behind the bar", ("behind", "innkeeper", "barman"), 3.7, -1.0, -90.0)
    return d


def _long_table(d: Dressing, x: float, z: float) -> None:
    """A table set for drinkers under a lamp of its own, between two benches."""
    table = d.put(LONG_TABLE, x, z, yaw=d.jitter(5))
    d.on(table, "tableware", (1.2, 0.1, 0.5), color=(0.3, 0.2, 0.1), accent=IRON)
    d.on(table, "table-lamp", (0.18, 0.3, 0.18), right=0.78, color=IRON)
    for s in (-1, 1):
        d.put(PLANK_BENCH, x, z + s * 0.66, yaw=90.0 + 90.0 * s)


def throne_hall(rng: np.random.Generator, *, people: int) -> Dressing:
    """A throne on its steps at the end of a carpet, columns, banners, fire."""
    d = _place("throne hall", (10.4, 6.4, 13.0), rng, people)
    red: Paint = (0.32, 0.03, 0.03) if d.chance(0.6) else (0.05, 0.08, 0.2)
    tall = [Hole(s, "window", z, 1.1, 2.8, 2.6) for s in _LONG for z in (-2.6, 1.4)]
    room(
        d, (*tall, door("s", 0.0, 2.2), Hole("n", "window", 0.0, 1.6, 2.6, 3.2)),
        wall=STONE, matter=Matter.STONE, floor=Matter.STONE,
        ceiling=(0.25, 0.23, 0.2), trim=(0.2, 0.12, 0.06), ground=(0.3, 0.29, 0.26),
        style=PLAIN,
    )  # fmt: skip
    d.put(DAIS, 0, d.north + 1.6)
    d.put(THRONE.trimmed(red), 0, d.north + 1.0, y=0.18)
    for s in (-1, 1):
        d.put(COURT_CHAIR.painted(red), s * 1.6, d.north + 1.2, y=0.18)
        _colonnade(d, s)
        for z in (-4.6, -0.6, 3.4):
            d.put_against(BANNER.painted(red), "e" if s > 0 else "w", z, y=2.4)
        d.put(PLANK_BENCH.sized(2.4, 0.5, 0.42), s * 2.5, 3.0, yaw=-s * 90.0)
    d.put(CARPET.painted(red), 0, 1.4)
    for z in (-1.6, 2.6):
        hang(d, CHANDELIER.sized(2.0, 2.4, 2.0), 0, z)
    court = ("throne", "king", "queen", "kneel")
    d.wish("before the throne", court, 0.0, d.north + 4.2, 180.0)
    d.wish("carpet", ("carpet", "aisle", "hall"), 0.0, 2.0, 180.0)
    return d


def _colonnade(d: Dressing, s: int) -> None:
    """Columns along one long wall, a torch on every second: s is 1 in the east."""
    column = COLUMN.sized(0.7, d.h, 0.7).painted((0.42, 0.4, 0.35))
    for k, z in enumerate((-4.2, -1.2, 1.8, 4.6)):
        d.put(column, s * (d.w / 2 - 1.4), z)
        if k % 2 == 0:
            torch = TORCH.sized(0.16, 0.7, 0.24)
            d.put(torch, s * (d.w / 2 - 1.86), z, yaw=-s * 90.0, y=1.9)


def spaceship_bridge(rng: np.random.Generator, *, people: int) -> Dressing:
    """A captain's seat before two helms and a window full of stars."""
    d = _place("spaceship bridge", (9.0, 3.2, 8.0), rng, people, palettes=INSTITUTIONS)
    hull: Paint = (0.34, 0.35, 0.37) if d.chance(0.5) else (0.16, 0.17, 0.2)
    room(
        d, (door("s", 0.0, 1.5), door("w", 2.6, 1.1)),
        wall=hull, floor=Matter.METAL, ceiling=(0.2, 0.2, 0.22), trim=DARK_HULL,
        ground=(0.1, 0.105, 0.115), style=PLAIN,
    )  # fmt: skip
    d.put_against(STARS, "n", 0.0, y=0.6)
    console = CONSOLE.painted(hull)
    at_wall = console.sized(1.7, 1.15, 0.7)
    _helm(d, console, -1)
    d.put_against(at_wall, "w", -0.4)
    _strut(d, -1)
    _helm(d, console, 1)
    for z in (-0.4, 1.6):
        d.put_against(at_wall, "e", z)
    _strut(d, 1)
    _crew_chair(d, *d.by("e", -0.4, 1.2), 90, size=(0.62, 1.1, 0.62))
    d.put(COMMAND_STEP.painted(hull), 0.0, 0.9)
    d.put(COMMAND_CHAIR, 0.0, 0.95, yaw=180, y=0.15)
    d.put(BRIDGE_RAIL.trimmed(hull), -2.6, 2.2)
    for x, z in ((-1.8, -1.2), (1.8, -1.2), (0.0, 2.4)):
        hang(d, STRIP, x, z, gap=0.01)
    d.wish("helm", ("helm", "console", "controls", "pilot"), 0.0, d.north + 2.4, 180.0)
    d.wish("captain's chair", ("captain", "chair", "command"), 1.4, 1.4, 180.0)
    view = ("window", "viewport", "screen", "stars")
    d.wish("viewport", view, 0.0, d.north + 0.9, 180.0)
    return d


def _helm(d: Dressing, console: Item, s: int) -> None:
    """A console under the stars and the seat of whoever steers; s is 1 on the right."""
    d.put(console, s * 1.5, d.north + 1.7, yaw=180 - s * 8)
    _crew_chair(d, s * 1.5, d.north + 2.65, 180, size=(0.66, 1.2, 0.66))


def _crew_chair(d: Dressing, x: float, z: float, yaw: float, *, size: Vec3) -> None:
    """A dark swivel chair."""
    chair_at(
        d, x, z, yaw, kind="office-chair", size=size, color=DARK_HULL, accent=DARK_HULL
    )


def _strut(d: Dressing, s: int) -> None:
    """A post of the hull beside the window."""
    strut = COLUMN.sized(0.5, d.h, 0.5).painted(DARK_HULL).of(Matter.METAL)
    d.put(strut, s * (d.w / 2 - 0.35), d.north + 0.5)
