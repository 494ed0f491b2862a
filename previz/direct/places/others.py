"""The inside of a car, and the honest stage for places nobody told us of."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing, open_air
from previz.direct.places.items import (
    BENCH,
    BUSH,
    CAR,
    FACADE,
    HILL,
    LAMP_POST,
    PATH,
    ROCK,
    SIDEWALK,
    TUFTS,
    Item,
)
from previz.direct.places.palette import HOMES, Swatch, pick
from previz.direct.places.parts import (
    chair_at,
    door,
    front_row,
    greenery,
    ground,
    room,
    sides,
    window,
)
from previz.direct.places.roads import open_road_outside
from previz.model import RGB, Matter, Posture, Spot

__all__ = ["car", "neutral_exterior", "neutral_interior"]

RED: RGB = (0.3, 0.035, 0.03)
PALE: RGB = (0.42, 0.41, 0.38)
_REAR = ("back", "rear", "behind")

CABIN = Item(
    "car-interior", (1.75, 1.32, 3.0), accent=(0.045, 0.045, 0.05),
    matter=Matter.LEATHER,
)  # fmt: skip
WAY = PATH.sized(90, 0.012, 3.4).painted((0.37, 0.30, 0.20), (0.28, 0.22, 0.14))
RAIL_FENCE = Item("fence", (5.6, 1.05, 0.12), (0.2, 0.14, 0.09))
LOW_WALL = Item(
    "parapet", (6.0, 0.8, 0.4), (0.4, 0.37, 0.32), (0.44, 0.42, 0.38), Matter.STONE
)


def car(rng: np.random.Generator, *, people: int, land: str = "city") -> Dressing:
    """Two front seats and a bench, a street or open road beyond the windows.

    Args:
        rng: The only source of chance.
        people: How many are together here.
        land: What is driven through: "city", "arid" or "green".
    """
    d = open_air("car", (9.0, 6.0, 10.0), rng, min(people, 4))
    d.put(CABIN.painted((0.2, 0.1, 0.055) if d.chance(0.5) else (0.1, 0.1, 0.11)), 0, 0)
    if land == "city":
        _street_outside(d)
    else:
        open_road_outside(d, dry=land == "arid")
    _seat(d, "driver", ("driver", "wheel", "drives", "driving"), 0.42, -0.06)
    _seat(d, "passenger", ("passenger", "seat"), -0.42, -0.06)
    _seat(d, "back seat", _REAR, -0.4, -1.02)
    _seat(d, "back seat", _REAR, 0.4, -1.02)
    out = ("outside", "door", "window", "out", "street")
    for s, name in ((-1, "kerb side"), (1, "road side")):
        d.wish(name, out, s * 1.75, 0.1, -s * 90.0, leave=True, needed=True)
    return d


def _seat(d: Dressing, name: str, words: tuple[str, ...], x: float, z: float) -> None:
    """Say that somebody can sit here, facing the road."""
    seat = Spot(
        name=name,
        words=words,
        position_m=(x, 0.0, z),
        facing_deg=0.0,
        posture=Posture.SIT,
    )
    d.seats.append(seat)


def _street_outside(d: Dressing) -> None:
    """A street past a standing car: fronts, lamps, trees, other cars."""
    low = -0.2
    ground(d, 140, "floor", Matter.ASPHALT, y=low)
    tones: tuple[Swatch, ...] = ("wall", "trim", "cloth2")
    for s in (-1, 1):
        yaw = -s * 90.0
        for k, tone in enumerate(tones):
            front = FACADE.sized(13.0, 11.0 + 2 * k, 6.0).painted(tone)
            d.put(front, s * 13.0, -15 + 13.1 * k, yaw=yaw, y=low)
        for z in (-9.0, 4.0, 14.0):
            d.put(LAMP_POST, s * 6.4, z, yaw=yaw, y=low)
        pavement = SIDEWALK.sized(60, 0.14, 4.0).trimmed((0.42, 0.42, 0.42))
        d.put(pavement, s * 8.0, 0, yaw=yaw, y=low)
        greenery(d, [(s * 7.8, 9.0), (s * 7.8, -5.0)])
    front_row(d, 42.0, yaw=180.0, count=2, drop=low)
    front_row(d, -42.0, yaw=0.0, count=2, drop=low)
    d.put(CAR.painted(RED), 3.6, 12.0, y=low, yaw=180)
    d.put(CAR.painted(PALE), -0.2, -13.0, y=low)


def neutral_interior(rng: np.random.Generator, *, people: int) -> Dressing:
    """A plain room that claims nothing: chairs, a table, one window, one door."""
    d = Dressing(
        "neutral interior",
        interior=True,
        size_m=(7.0, 3.0, 6.0),
        palette=pick(HOMES, rng),
        rng=rng,
        people=people,
    )
    room(d, (window("n", 0.6, 1.8), window("w", 0.4, 1.5), door("e", 1.4)))
    table = d.add("table", (1.5, 0.75, 0.85), 0.4, -0.6)
    for k in range(max(2, min(6, people))):
        row, column = divmod(k, 2)
        x = 0.4 + (row - (max(2, min(6, people)) - 1) // 2 / 2) * 0.62
        chair_at(d, x, -0.6 + (0.6 if column else -0.6), 180.0 if column else 0.0)
    d.on(table, "papers", (0.26, 0.06, 0.32), right=0.3)
    d.against("n", -2.2, "bookcase", (1.2, 1.9, 0.34), color="wood", accent="accent")
    d.against(
        "e",
        -1.6,
        "floor-lamp",
        (0.42, 1.6, 0.42),
        gap=0.2,
        color="dark",
        matter=Matter.METAL,
    )
    d.against(
        "w", -1.6, "plant", (0.6, 1.2, 0.6), color="leaf", accent="accent", gap=0.1
    )
    return d


def neutral_exterior(rng: np.random.Generator, *, people: int) -> Dressing:
    """Open ground that claims nothing: a low wall, a tree, far hills."""
    d = open_air("neutral exterior", (16.0, 8.0, 12.0), rng, people)
    ground(d, 220, (0.17, 0.19, 0.075), Matter.GRASS)
    d.put(WAY, 0, -0.2)
    for x, z, w in ((-4.6, 4.2, 5), (3.6, 4.6, 6), (-7.0, -4.4, 3), (1.6, -5.4, 5)):
        d.put(TUFTS.sized(w, 0.35, 2.2).painted((0.15, 0.2, 0.07)), x, z)
    for x, z, h in (
        (-7.6, -2.8, 1.3), (6.9, 4.6, 1.1), (1.4, -7.4, 1.6), (-9.6, 4.8, 1.5),
    ):  # fmt: skip
        d.put(BUSH.sized(h * 1.3, h, h * 1.2), x, z, yaw=d.jitter(90.0))
    for x in (-14.0, -8.4, -2.8, 2.8, 8.4, 14.0):
        d.put(RAIL_FENCE, x, -9.4)
    d.put(LOW_WALL, -2.6, -3.4)
    d.put(BENCH.sized(1.7, 0.85, 0.6).painted((0.24, 0.13, 0.06)), 3.2, -2.2)
    greenery(d, [(5.8, -3.6), (-6.6, -5.2)])
    greenery(d, [(-12, -15), (9, -17), (17, -9), (-17, 3), (0, -21)])
    for x, z, w, h in (
        (-45, -60, 90, 13), (40, -75, 110, 17), (90, -10, 60, 12), (0, 85, 140, 12),
    ):  # fmt: skip
        d.put(HILL.sized(w, h, 45).painted((0.15, 0.18, 0.11)), x, z)
    rock = ROCK.sized(1.2, 0.7, 1.0).painted((0.3, 0.29, 0.26))
    d.put(rock, -5.2, 1.8, yaw=40)
    sides(d, depth=0.8)
    return d
