"""The inside of a car, and the honest stage for places nobody told us of."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing
from previz.direct.places.palette import HOMES, STREETS, pick
from previz.direct.places.parts import (
    chair_at,
    door,
    front_row,
    greenery,
    room,
    sides,
    window,
)
from previz.direct.places.roads import open_road_outside
from previz.model import RGB, Matter, Posture, Spot

__all__ = ["car", "neutral_exterior", "neutral_interior"]

RED: RGB = (0.3, 0.035, 0.03)
PALE: RGB = (0.42, 0.41, 0.38)


def car(rng: np.random.Generator, *, people: int, land: str = "city") -> Dressing:
    """Two front seats and a bench, a street or open road beyond the windows.

    Args:
        rng: The only source of chance.
        people: How many are together here.
        land: What is driven through: "city", "arid" or "green".
    """
    d = Dressing(
        "car",
        interior=False,
        size_m=(9.0, 6.0, 10.0),
        palette=pick(STREETS, rng),
        rng=rng,
        people=min(people, 4),
    )
    leather = (0.2, 0.1, 0.055) if d.chance(0.5) else (0.1, 0.1, 0.11)
    d.add(
        "car-interior",
        (1.75, 1.32, 3.0),
        0,
        0,
        color=leather,
        accent=(0.045, 0.045, 0.05),
        matter=Matter.LEATHER,
    )
    if land == "city":
        _street_outside(d)
    else:
        open_road_outside(d, dry=land == "arid")
    seats = (
        ("driver", ("driver", "wheel", "drives", "driving"), 0.42, -0.06),
        ("passenger", ("passenger", "seat"), -0.42, -0.06),
        ("back seat", ("back", "rear", "behind"), -0.4, -1.02),
        ("back seat", ("back", "rear", "behind"), 0.4, -1.02),
    )
    for name, words, x, z in seats:
        d.seats.append(
            Spot(
                name=name,
                words=words,
                position_m=(x, 0.0, z),
                facing_deg=0.0,
                posture=Posture.SIT,
            )
        )
    for s, name in ((-1, "kerb side"), (1, "road side")):
        d.wish(
            name,
            ("outside", "door", "window", "out", "street"),
            s * 1.75,
            0.1,
            -s * 90.0,
            leave=True,
            needed=True,
        )
    return d


def _street_outside(d: Dressing) -> None:
    """A street past a standing car: fronts, lamps, trees, other cars."""
    p = d.palette
    d.add("ground", (140, 0.1, 140), 0, 0, y=-0.2, color=p.floor, matter=Matter.ASPHALT)
    for s in (-1, 1):
        yaw = -s * 90.0
        for k, tone in enumerate((p.wall, p.trim, p.cloth2)):
            d.add(
                "facade",
                (13.0, 11.0 + 2 * k, 6.0),
                s * 13.0,
                -15 + 13.1 * k,
                yaw=yaw,
                y=-0.2,
                color=tone,
                accent=p.wood,
                matter=Matter.BRICK,
            )
        for z in (-9.0, 4.0, 14.0):
            d.add(
                "lamp-post",
                (0.5, 4.8, 1.6),
                s * 6.4,
                z,
                yaw=yaw,
                y=-0.2,
                color=(0.05,) * 3,
                matter=Matter.METAL,
            )
        d.add(
            "sidewalk",
            (60, 0.14, 4.0),
            s * 8.0,
            0,
            yaw=yaw,
            y=-0.2,
            color=p.floor2,
            accent=(0.42,) * 3,
            matter=Matter.STONE,
        )
        greenery(d, [(s * 7.8, 9.0), (s * 7.8, -5.0)])
    front_row(d, 42.0, yaw=180.0, count=2, drop=-0.2)
    front_row(d, -42.0, yaw=0.0, count=2, drop=-0.2)
    paint = Matter.METAL
    d.add("car", (1.82, 1.46, 4.6), 3.6, 12.0, y=-0.2, yaw=180, color=RED, matter=paint)
    d.add("car", (1.82, 1.46, 4.6), -0.2, -13.0, y=-0.2, color=PALE, matter=paint)


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
    p = d.palette
    room(d, (window("n", 0.6, 1.8), window("w", 0.4, 1.5), door("e", 1.4)))
    table = d.add("table", (1.5, 0.75, 0.85), 0.4, -0.6)
    for k in range(max(2, min(6, people))):
        row, column = divmod(k, 2)
        x = 0.4 + (row - (max(2, min(6, people)) - 1) // 2 / 2) * 0.62
        chair_at(d, x, -0.6 + (0.6 if column else -0.6), 180.0 if column else 0.0)
    d.on(table, "papers", (0.26, 0.06, 0.32), right=0.3)
    d.against("n", -2.2, "bookcase", (1.2, 1.9, 0.34), color=p.wood, accent=p.accent)
    d.against(
        "e",
        -1.6,
        "floor-lamp",
        (0.42, 1.6, 0.42),
        gap=0.2,
        color=p.dark,
        matter=Matter.METAL,
    )
    d.against(
        "w", -1.6, "plant", (0.6, 1.2, 0.6), color=p.leaf, accent=p.accent, gap=0.1
    )
    return d


def neutral_exterior(rng: np.random.Generator, *, people: int) -> Dressing:
    """Open ground that claims nothing: a low wall, a tree, far hills."""
    d = Dressing(
        "neutral exterior",
        interior=False,
        size_m=(16.0, 8.0, 12.0),
        palette=pick(STREETS, rng),
        rng=rng,
        people=people,
    )
    d.add(
        "ground", (220, 0.1, 220), 0, 0, y=-0.001, color=(0.17, 0.19, 0.075),
        matter=Matter.GRASS,
    )  # fmt: skip
    d.add(
        "rug", (90, 0.012, 3.4), 0, -0.2, color=(0.37, 0.30, 0.20),
        accent=(0.28, 0.22, 0.14), matter=Matter.GROUND,
    )  # fmt: skip
    for x, z, w in (
        (-4.6, 4.2, 5.0),
        (3.6, 4.6, 6.0),
        (-7.0, -4.4, 3.0),
        (1.6, -5.4, 5),
    ):
        d.add(
            "grass", (w, 0.35, 2.2), x, z, color=(0.15, 0.2, 0.07), matter=Matter.GRASS
        )
    for x, z, tall in (
        (-7.6, -2.8, 1.3),
        (6.9, 4.6, 1.1),
        (1.4, -7.4, 1.6),
        (-9.6, 4.8, 1.5),
    ):
        d.add(
            "bush", (tall * 1.3, tall, tall * 1.2), x, z, yaw=d.jitter(90.0),
            color=d.palette.leaf, matter=Matter.FOLIAGE,
        )  # fmt: skip
    for x in (-14.0, -8.4, -2.8, 2.8, 8.4, 14.0):
        d.add(
            "fence", (5.6, 1.05, 0.12), x, -9.4, color=(0.2, 0.14, 0.09),
            matter=Matter.WOOD,
        )  # fmt: skip
    d.add(
        "parapet",
        (6.0, 0.8, 0.4),
        -2.6,
        -3.4,
        color=(0.4, 0.37, 0.32),
        accent=(0.44, 0.42, 0.38),
        matter=Matter.STONE,
    )
    d.add(
        "bench",
        (1.7, 0.85, 0.6),
        3.2,
        -2.2,
        color=(0.24, 0.13, 0.06),
        accent=d.palette.dark,
    )
    greenery(
        d,
        [(5.8, -3.6), (-6.6, -5.2), (-12, -15), (9, -17), (17, -9), (-17, 3), (0, -21)],
    )
    for x, z, w, h in (
        (-45, -60, 90, 13),
        (40, -75, 110, 17),
        (90, -10, 60, 12),
        (0, 85, 140, 12),
    ):
        d.add("hill", (w, h, 45), x, z, color=(0.15, 0.18, 0.11), matter=Matter.GRASS)
    d.add(
        "rock",
        (1.2, 0.7, 1.0),
        -5.2,
        1.8,
        yaw=40,
        color=(0.3, 0.29, 0.26),
        matter=Matter.STONE,
    )
    sides(d, depth=0.8)
    return d
