"""Where people stay and wait: diner, hotel, lobby, departure hall, subway car."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, Side, grown
from previz.direct.places.palette import HOMES, INSTITUTIONS
from previz.direct.places.parts import (
    chair_at,
    door,
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
_LONG: tuple[Side, Side] = ("w", "e")


_place = partial(grown, palettes=HOMES)


def diner(rng: np.random.Generator, *, people: int) -> Dressing:
    """Booths under the windows, a counter with chrome stools, the pass behind it."""
    d = _place("diner", (9.6, 2.9, 6.4), rng, people)
    p = d.palette
    vinyl = VINYLS[int(d.rng.integers(3))]
    places = (-3.2, -0.9, 1.4)
    room(
        d,
        (
            *(window("s", x, 2.0, 0.95) for x in places),
            door("s", 3.7, 1.0),
            window("w", 1.0, 2.0, 0.95),
            door("n", -3.6),
        ),
        floor=Matter.TILE,
        style=Style(
            dado=Matter.TILE,
            above="",
            window="",
            heated=False,
            hangings=("picture", "clock"),
            corners=("coat-stand", "bin"),
        ),
    )
    for x in places:
        z = d.d / 2 - 0.78
        table = d.add(
            "table", (0.75, 0.75, 1.2), x, z, color=(0.55, 0.53, 0.48), accent=CHROME
        )
        d.on(table, "tableware", (0.55, 0.1, 0.5), color=(0.62,) * 3, accent=vinyl)
        for s in (-1, 1):
            d.add(
                "booth-seat",
                (1.25, 1.1, 0.6),
                x + s * 0.79,
                z,
                yaw=-s * 90.0,
                color=vinyl,
                accent=p.wood,
                matter=Matter.LEATHER,
            )
        d.add("pendant", (0.34, 0.85, 0.34), x, z, y=d.h - 0.87, color=vinyl)
    n = -d.d / 2
    d.add("worktop", (6.0, 1.05, 0.65), 0.4, n + 1.75, color=vinyl, accent=CHROME)
    count = max(5, min(7, people + 2))
    for k in range(count):
        x = 0.4 + (k - (count - 1) / 2) * 0.78
        chair_at(
            d,
            x,
            n + 2.42,
            180,
            kind="bar-stool",
            size=(0.4, 0.74, 0.4),
            color=CHROME,
            accent=vinyl,
        )
    d.against("n", 1.2, "shelf", (2.2, 2.0, 0.4), color=CHROME, accent=CHROME)
    d.against("n", -0.8, "stove", (0.8, 0.95, 0.66), color=CHROME)
    d.against("n", -1.8, "fridge", (0.8, 1.9, 0.7), color=CHROME)
    d.on(
        d.pieces[[q.kind for q in d.pieces].index("worktop")],
        "computer",
        (0.36, 0.34, 0.34),
        right=-2.5,
        yaw=180,
        color=p.dark,
    )
    strips(d, (-1.5, -0.2), (2.0, -0.2))
    d.wish("behind the counter", ("behind", "waitress", "cook"), 0.4, n + 1.0, 0.0)
    d.wish("booth", ("booth", "table"), -2.0, d.d / 2 - 2.2, 0.0)
    return d


def hotel_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """Two beds or one wide, a desk with a mirror, a case on its stand, drapes."""
    d = _place("hotel room", (6.2, 2.6, 5.4), rng, people)
    p = d.palette
    room(
        d,
        (window("e", 0.2, 2.4, 0.5), door("s", -2.2), door("w", 1.4, 0.85)),
        style=HOME,
    )
    twin = d.chance(0.5)
    beds = ((-0.9, 1.2), (0.9, 1.2)) if twin else ((0.0, 1.9),)
    for along, wide in beds:
        d.against("n", along, "bed", (wide, 1.1, 2.05), color=p.wood, accent=p.cloth2)
    for along in (0.0,) if twin else (-1.3, 1.3):
        table = d.against("n", along, "side-table", (0.5, 0.55, 0.42))
        d.on(table, "table-lamp", (0.3, 0.5, 0.3), right=-0.09, color=p.accent)
    d.on(d.pieces[-2], "phone", (0.17, 0.1, 0.18), right=0.16, color=p.dark)
    d.against("s", 0.4, "desk", (1.5, 0.75, 0.55), color=p.wood, accent=p.dark)
    d.against("s", 0.4, "mirror", (0.9, 0.8, 0.04), y=1.0, color=p.wood)
    x, z = d.by("s", 0.4, 0.85)
    chair_at(d, x, z, 0.0 + d.jitter(15))
    d.against("s", 1.9, "tv", (1.2, 1.1, 0.42), color=p.wood)
    d.add(
        "armchair",
        (0.84, 0.88, 0.84),
        d.w / 2 - 0.75,
        1.0,
        yaw=-70,
        color=p.cloth,
        accent=p.accent,
        matter=Matter.CLOTH,
    )
    d.against("w", -0.6, "bench", (1.0, 0.5, 0.45), color=p.wood, accent=p.dark)
    d.against("w", -0.6, "suitcase", (0.66, 0.46, 0.2), y=0.47, gap=0.14, color=p.cloth)
    d.against("w", -1.9, "cupboard", (1.0, 2.05, 0.58), color=p.wood)
    d.add("rug", (2.4, 0.015, 1.4), 0.2, 0.9, color=p.cloth2, accent=p.accent)
    pictures(d, "n", *((-0.9, 0.9) if twin else (0.0,)))
    d.wish("bathroom door", ("bathroom", "door"), -d.w / 2 + 0.7, 1.4, 90.0, leave=True)
    return d


def hotel_lobby(rng: np.random.Generator, *, people: int) -> Dressing:
    """A reception with its keys, a lounge on a rug between columns, a chandelier."""
    d = _place("hotel lobby", (10.5, 4.2, 9.0), rng, people)
    p = d.palette
    room(
        d,
        (
            door("s", 0.0, 1.9),
            window("s", -3.2, 2.0, 0.6),
            window("s", 3.2, 2.0, 0.6),
            door("e", -2.4, 1.2),
            door("w", -3.2),
        ),
        floor=Matter.TILE,
        trim=p.wood,
        style=PUBLIC,
    )
    n = -d.d / 2
    d.add(
        "reception",
        (3.6, 1.12, 0.85),
        -1.6,
        n + 1.9,
        color=p.wood,
        accent=(0.45, 0.43, 0.38),
    )
    d.against("n", -1.6, "pigeonholes", (2.8, 1.3, 0.26), y=1.0, color=p.wood)
    d.add("table-lamp", (0.3, 0.5, 0.3), -3.0, n + 2.1, y=1.12, color=p.accent)
    lounge(d, 1.2, 1.0, facing=0.0)
    for x, z in ((-3.9, -0.7), (3.9, -0.7), (-3.9, 2.0), (3.9, 2.0)):
        d.add(
            "column",
            (0.5, d.h, 0.5),
            x,
            z,
            color=(0.5, 0.46, 0.38),
            matter=Matter.STONE,
        )
    d.add(
        "chandelier", (1.5, 1.4, 1.5), 0.0, -0.6, y=d.h - 1.42, color=(0.5, 0.38, 0.17)
    )
    for along in (-0.4, 2.6):
        d.against(
            "w",
            along,
            "sofa",
            (1.9, 0.85, 0.9),
            color=p.cloth2,
            accent=p.accent,
            matter=Matter.CLOTH,
        )
    d.against("e", 0.6, "side-table", (0.6, 0.75, 0.4), color=p.wood)
    d.add(
        "trolley",
        (0.95, 1.2, 0.55),
        2.9,
        n + 1.2,
        yaw=20,
        color=(0.5, 0.38, 0.17),
        matter=Matter.METAL,
    )
    d.add("suitcase", (0.68, 0.5, 0.22), 1.6, n + 1.7, yaw=12, color=p.cloth)
    d.against("n", 1.6, "clock", (0.5, 0.5, 0.06), y=2.2, color=p.dark)
    pictures(d, "e", 1.9)
    d.wish(
        "reception",
        ("reception", "desk", "counter", "front desk"),
        -1.6,
        n + 3.1,
        180.0,
    )
    d.wish("behind the desk", ("behind", "clerk", "concierge"), -1.6, n + 1.0, 0.0)
    return d


def waiting_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """Rows of joined seats before a wall of glass, a desk, a board, a machine."""
    d = _place("waiting room", (11.0, 3.6, 8.0), rng, people, palettes=INSTITUTIONS)
    p = d.palette
    glass = tuple(window("n", x, 2.6, 0.4) for x in (-3.6, -0.6, 2.4))
    room(
        d,
        (*glass, door("s", -3.4, 1.9), door("e", -1.8, 1.2)),
        floor=Matter.TILE,
        style=Style(
            above="",
            window="",
            heated=False,
            hangings=("picture", "clock"),
            corners=("plant", "bin"),
        ),
    )
    for z, yaw in ((-1.9, 180.0), (-1.28, 0.0), (1.1, 180.0), (1.72, 0.0)):
        for x in (-2.6, 0.6):
            d.add(
                "waiting-seats",
                (2.4, 0.85, 0.58),
                x,
                z,
                yaw=yaw,
                color=p.cloth,
                accent=CHROME,
                matter=Matter.PLASTIC,
            )
    d.add("reception", (2.0, 1.1, 0.75), 3.9, 0.6, yaw=-90, color=p.trim, accent=p.wood)
    d.against("e", 0.6, "screen", (2.6, 1.0, 0.12), y=1.9, color=p.dark)
    d.against(
        "s", 1.0, "cupboard", (1.0, 1.85, 0.7), color=p.accent, matter=Matter.PLASTIC
    )
    d.against(
        "s", 2.3, "payphone", (0.62, 2.1, 0.5), color=p.dark, matter=Matter.PLASTIC
    )
    d.add("bin", (0.42, 0.9, 0.42), -4.4, 0.0, color=CHROME, matter=Matter.METAL)
    d.add("suitcase", (0.66, 0.5, 0.22), -1.2, -0.85, yaw=24, color=p.cloth2)
    for x in (-4.2, 2.6):
        d.add(
            "column",
            (0.5, d.h, 0.5),
            x,
            2.9,
            color=(0.5, 0.49, 0.46),
            matter=Matter.STONE,
        )
    strips(d, (-2.6, -1.6), (0.6, -1.6), (-2.6, 1.4), (0.6, 1.4), (3.6, 0.0))
    d.wish("gate", ("gate", "desk", "counter", "check"), 2.7, 0.6, 90.0)
    d.wish("windows", ("window", "glass", "view"), -0.6, -d.d / 2 + 0.8, 180.0)
    return d


def subway_car(rng: np.random.Generator, *, people: int) -> Dressing:
    """Benches along both sides under the windows, poles, doors at the ends."""
    d = _place(
        "subway car", (3.3, 2.5, 11.0), rng, min(people, 8), palettes=INSTITUTIONS
    )
    p = d.palette
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
            d.against(
                side,
                z,
                "waiting-seats",
                (1.8, 0.88, 0.52),
                gap=0.01,
                color=p.cloth,
                accent=CHROME,
                matter=Matter.PLASTIC,
            )
        x = (1 if side == "e" else -1) * (d.w / 2 - 0.62)
        d.add("grab-rail", (0.05, d.h, 9.6), x, 0.0, color=CHROME, matter=Matter.METAL)
    for z in (-4.4, -0.9, 2.7):
        d.add("strip-light", (0.3, 0.08, 2.2), 0.0, z, y=d.h - 0.09, color=(0.6,) * 3)
    d.wish("pole", ("pole", "strap", "rail"), 0.2, 0.6, 0.0)
    d.wish("end of the car", ("end", "back"), 0.0, -4.8, 0.0)
    return d
