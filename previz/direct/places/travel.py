"""Where people stay and wait: diner, hotel, lobby, departure hall, subway car."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Side, grown
from previz.direct.places.items import COLUMN, Item
from previz.direct.places.palette import HOMES, INSTITUTIONS, Paint
from previz.direct.places.parts import (
    chair_at,
    door,
    hang,
    lounge,
    pictures,
    room,
    strips,
    window,
)
from previz.direct.places.style import HOME, PLAIN, PUBLIC, Style
from previz.model import RGB, Matter

__all__ = ["diner", "hotel_lobby", "hotel_room", "subway_car", "waiting_room"]

CHROME: RGB = (0.5, 0.51, 0.53)
VINYLS: tuple[RGB, ...] = ((0.4, 0.04, 0.035), (0.05, 0.22, 0.22), (0.42, 0.25, 0.05))
BRASS: RGB = (0.5, 0.38, 0.17)
_LONG: tuple[Side, Side] = ("w", "e")
_DINER = Style(
    dado=Matter.TILE,
    above="",
    window="",
    heated=False,
    hangings=("picture", "clock"),
    corners=("coat-stand", "bin"),
)
_GATE = Style(
    above="",
    window="",
    heated=False,
    hangings=("picture", "clock"),
    corners=("plant", "bin"),
)

BOOTH_TABLE = Item("table", (0.75, 0.75, 1.2), (0.55, 0.53, 0.48), CHROME)
BOOTH_SEAT = Item("booth-seat", (1.25, 1.1, 0.6), accent="wood", matter=Matter.LEATHER)
BOOTH_LAMP = Item("pendant", (0.34, 0.85, 0.34))
COUNTER = Item("worktop", (6.0, 1.05, 0.65), accent=CHROME)
PASS_SHELF = Item("shelf", (2.2, 2.0, 0.4), CHROME, CHROME)
GRIDDLE = Item("stove", (0.8, 0.95, 0.66), CHROME)
FRIDGE = Item("fridge", (0.8, 1.9, 0.7), CHROME)

HOTEL_DESK = Item("desk", (1.5, 0.75, 0.55))
HOTEL_CHAIR = Item("armchair", (0.84, 0.88, 0.84), "cloth", "accent", Matter.CLOTH)
CASE_STAND = Item("bench", (1.0, 0.5, 0.45))
SUITCASE = Item("suitcase", (0.66, 0.46, 0.2), "cloth")
WARDROBE = Item("cupboard", (1.0, 2.05, 0.58))
BEDSIDE_RUG = Item("rug", (2.4, 0.015, 1.4), "cloth2", "accent")

RECEPTION = Item("reception", (3.6, 1.12, 0.85), accent=(0.45, 0.43, 0.38))
KEYS = Item("pigeonholes", (2.8, 1.3, 0.26))
DESK_LAMP = Item("table-lamp", (0.3, 0.5, 0.3), "accent")
CHANDELIER = Item("chandelier", (1.5, 1.4, 1.5), BRASS)
LOBBY_SOFA = Item("sofa", (1.9, 0.85, 0.9), "cloth2", "accent", Matter.CLOTH)
CONSOLE_TABLE = Item("side-table", (0.6, 0.75, 0.4))
BELL_CART = Item("trolley", (0.95, 1.2, 0.55), BRASS, matter=Matter.METAL)
LOBBY_CLOCK = Item("clock", (0.5, 0.5, 0.06), "dark")

ROW_OF_SEATS = Item("waiting-seats", (2.4, 0.85, 0.58), "cloth", CHROME, Matter.PLASTIC)
GATE_DESK = Item("reception", (2.0, 1.1, 0.75), "trim", "wood")
DEPARTURES = Item("screen", (2.6, 1.0, 0.12), "dark")
VENDING = Item("cupboard", (1.0, 1.85, 0.7), "accent", matter=Matter.PLASTIC)
PAYPHONE = Item("payphone", (0.62, 2.1, 0.5), "dark", matter=Matter.PLASTIC)
CHROME_BIN = Item("bin", (0.42, 0.9, 0.42), CHROME, matter=Matter.METAL)


_place = partial(grown, palettes=HOMES)


def diner(rng: np.random.Generator, *, people: int) -> Dressing:
    """Booths under the windows, a counter with chrome stools, the pass behind it."""
    d = _place("diner", (9.6, 2.9, 6.4), rng, people)
    vinyl = VINYLS[int(d.rng.integers(3))]
    booths = (-3.2, -0.9, 1.4)
    glass = (window("s", x, 2.0, 0.95) for x in booths)
    holes = (*glass, door("s", 3.7, 1.0), window("w", 1.0, 2.0, 0.95), door("n", -3.6))
    room(d, holes, floor=Matter.TILE, style=_DINER)
    for x in booths:
        _booth(d, x, d.south - 0.78, vinyl)
    counter = d.put(COUNTER.painted(vinyl), 0.4, d.north + 1.75)
    count = max(5, min(7, people + 2))
    for k in range(count):
        x = 0.4 + (k - (count - 1) / 2) * 0.78
        chair_at(
            d, x, d.north + 2.42, 180, kind="bar-stool", size=(0.4, 0.74, 0.4),
            color=CHROME, accent=vinyl,
        )  # fmt: skip
    d.put_against(PASS_SHELF, "n", 1.2)
    d.put_against(GRIDDLE, "n", -0.8)
    d.put_against(FRIDGE, "n", -1.8)
    d.on(counter, "computer", (0.36, 0.34, 0.34), right=-2.5, yaw=180, color="dark")
    strips(d, (-1.5, -0.2), (2.0, -0.2))
    behind = ("behind", "waitress", "cook")
    d.wish("behind the counter", behind, 0.4, d.north + 1.0, 0.0)
    d.wish("booth", ("booth", "table"), -2.0, d.south - 2.2, 0.0)
    return d


def _booth(d: Dressing, x: float, z: float, vinyl: Paint) -> None:
    """A laid table between two upholstered seats, under its lamp."""
    table = d.put(BOOTH_TABLE, x, z)
    d.on(table, "tableware", (0.55, 0.1, 0.5), color=(0.62, 0.62, 0.62), accent=vinyl)
    for s in (-1, 1):
        d.put(BOOTH_SEAT.painted(vinyl), x + s * 0.79, z, yaw=-s * 90.0)
    hang(d, BOOTH_LAMP.painted(vinyl), x, z)


def hotel_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """Two beds or one wide, a desk with a mirror, a case on its stand, drapes."""
    d = _place("hotel room", (6.2, 2.6, 5.4), rng, people)
    holes = (window("e", 0.2, 2.4, 0.5), door("s", -2.2), door("w", 1.4, 0.85))
    room(d, holes, style=HOME)
    twin = d.chance(0.5)
    for along, wide in ((-0.9, 1.2), (0.9, 1.2)) if twin else ((0.0, 1.9),):
        d.against("n", along, "bed", (wide, 1.1, 2.05), accent="cloth2")
    for along in (0.0,) if twin else (-1.3, 1.3):
        table = d.against("n", along, "side-table", (0.5, 0.55, 0.42))
        d.on(table, "table-lamp", (0.3, 0.5, 0.3), right=-0.09, color="accent")
    d.on(table, "phone", (0.17, 0.1, 0.18), right=0.16, color="dark")
    d.put_against(HOTEL_DESK, "s", 0.4)
    d.against("s", 0.4, "mirror", (0.9, 0.8, 0.04), y=1.0)
    chair_at(d, *d.by("s", 0.4, 0.85), 0.0 + d.jitter(15))
    d.against("s", 1.9, "tv", (1.2, 1.1, 0.42))
    d.put(HOTEL_CHAIR, d.east - 0.75, 1.0, yaw=-70)
    d.put_against(CASE_STAND, "w", -0.6)
    d.put_against(SUITCASE, "w", -0.6, y=0.47, gap=0.14)
    d.put_against(WARDROBE, "w", -1.9)
    d.put(BEDSIDE_RUG, 0.2, 0.9)
    pictures(d, "n", *((-0.9, 0.9) if twin else (0.0,)))
    bathroom = ("bathroom", "door")
    d.wish("bathroom door", bathroom, d.west + 0.7, 1.4, 90.0, leave=True)
    return d


def hotel_lobby(rng: np.random.Generator, *, people: int) -> Dressing:
    """A reception with its keys, a lounge on a rug between columns, a chandelier."""
    d = _place("hotel lobby", (10.5, 4.2, 9.0), rng, people)
    glass = [window("s", x, 2.0, 0.6) for x in (-3.2, 3.2)]
    holes = (door("s", 0.0, 1.9), *glass, door("e", -2.4, 1.2), door("w", -3.2))
    room(d, holes, floor=Matter.TILE, trim="wood", style=PUBLIC)
    d.put(RECEPTION, -1.6, d.north + 1.9)
    d.put_against(KEYS, "n", -1.6, y=1.0)
    d.put(DESK_LAMP, -3.0, d.north + 2.1, y=1.12)
    lounge(d, 1.2, 1.0, facing=0.0)
    column = COLUMN.sized(0.5, d.h, 0.5).painted((0.5, 0.46, 0.38))
    for x, z in ((-3.9, -0.7), (3.9, -0.7), (-3.9, 2.0), (3.9, 2.0)):
        d.put(column, x, z)
    hang(d, CHANDELIER, 0.0, -0.6)
    for along in (-0.4, 2.6):
        d.put_against(LOBBY_SOFA, "w", along)
    d.put_against(CONSOLE_TABLE, "e", 0.6)
    d.put(BELL_CART, 2.9, d.north + 1.2, yaw=20)
    d.put(SUITCASE.sized(0.68, 0.5, 0.22), 1.6, d.north + 1.7, yaw=12)
    d.put_against(LOBBY_CLOCK, "n", 1.6, y=2.2)
    pictures(d, "e", 1.9)
    desk = ("reception", "desk", "counter", "front desk")
    d.wish("reception", desk, -1.6, d.north + 3.1, 180.0)
    behind = ("behind", "clerk", "concierge")
    d.wish("behind the desk", behind, -1.6, d.north + 1.0, 0.0)
    return d


def waiting_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """Rows of joined seats before a wall of glass, a desk, a board, a machine."""
    d = _place("waiting room", (11.0, 3.6, 8.0), rng, people, palettes=INSTITUTIONS)
    glass = tuple(window("n", x, 2.6, 0.4) for x in (-3.6, -0.6, 2.4))
    holes = (*glass, door("s", -3.4, 1.9), door("e", -1.8, 1.2))
    room(d, holes, floor=Matter.TILE, style=_GATE)
    for z, yaw in ((-1.9, 180.0), (-1.28, 0.0), (1.1, 180.0), (1.72, 0.0)):
        for x in (-2.6, 0.6):
            d.put(ROW_OF_SEATS, x, z, yaw=yaw)
    d.put(GATE_DESK, 3.9, 0.6, yaw=-90)
    d.put_against(DEPARTURES, "e", 0.6, y=1.9)
    d.put_against(VENDING, "s", 1.0)
    d.put_against(PAYPHONE, "s", 2.3)
    d.put(CHROME_BIN, -4.4, 0.0)
    case = SUITCASE.sized(0.66, 0.5, 0.22).painted("cloth2")
    d.put(case, -1.2, -0.85, yaw=24)
    column = COLUMN.sized(0.5, d.h, 0.5).painted((0.5, 0.49, 0.46))
    for x in (-4.2, 2.6):
        d.put(column, x, 2.9)
    strips(d, (-2.6, -1.6), (0.6, -1.6), (-2.6, 1.4), (0.6, 1.4), (3.6, 0.0))
    d.wish("gate", ("gate", "desk", "counter", "check"), 2.7, 0.6, 90.0)
    d.wish("windows", ("window", "glass", "view"), -0.6, d.north + 0.8, 180.0)
    return d


def subway_car(rng: np.random.Generator, *, people: int) -> Dressing:
    """Benches along both sides under the windows, poles, doors at the ends."""
    d = _place(
        "subway car", (3.3, 2.5, 11.0), rng, min(people, 8), palettes=INSTITUTIONS
    )
    glass = tuple(window(s, z, 1.9, 0.95) for s in _LONG for z in (-3.6, 0.0, 3.6))
    leaves = tuple(door(s, z, 1.4) for s in _LONG for z in (-1.8, 1.8))
    room(
        d,
        (*glass, *leaves, door("s", 0.0, 0.8)),
        floor=Matter.STONE,
        wall=(0.5, 0.51, 0.5),
        ceiling=(0.56, 0.56, 0.54),
        trim=CHROME,
        ground=(0.14, 0.14, 0.15),
        style=PLAIN,
    )
    for side in _LONG:
        for z in (-3.6, 0.0, 3.6):
            d.put_against(ROW_OF_SEATS.sized(1.8, 0.88, 0.52), side, z, gap=0.01)
        x = (1 if side == "e" else -1) * (d.w / 2 - 0.62)
        d.add("grab-rail", (0.05, d.h, 9.6), x, 0.0, color=CHROME, matter=Matter.METAL)
    for z in (-4.4, -0.9, 2.7):
        d.add("strip-light", (0.3, 0.08, 2.2), 0.0, z, y=d.h - 0.09, color=(0.6,) * 3)
    d.wish("pole", ("pole", "strap", "rail"), 0.2, 0.6, 0.0)
    d.wish("end of the car", ("end", "back"), 0.0, -4.8, 0.0)
    return d
