"""Streets, alleys, roofs and platforms."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing
from previz.direct.places.palette import STREETS, pick
from previz.direct.places.parts import front_row, greenery, sides, vista
from previz.direct.places.picture_houses import picture_house
from previz.model import RGB, Matter

__all__ = ["alley", "home_front", "platform", "rooftop", "street"]

CINEMAS = frozenset({"cinema", "marquee", "movies", "theater", "theatre", "odeon"})
"""Words that ask for a picture house among a street's fronts."""
ALLEYS = frozenset({"alley", "alleyway", "passage"})
"""Words that ask for a gap between two fronts."""
_GAP_M = 2.6

EARTH: RGB = (0.15, 0.11, 0.07)
GRASS: RGB = (0.13, 0.19, 0.06)
CARS: tuple[RGB, ...] = (
    (0.3, 0.035, 0.03),
    (0.05, 0.1, 0.19),
    (0.42, 0.41, 0.38),
    (0.06, 0.11, 0.08),
    (0.45, 0.3, 0.06),
)


def street(
    rng: np.random.Generator,
    *,
    people: int,
    house: bool = False,
    words: frozenset[str] = frozenset(),
) -> Dressing:
    """A street: fronts behind a pavement, the road, the other side's fronts.

    Args:
        rng: The only source of chance.
        people: How many the script brings together here.
        house: Whether a detached house stands in it.
        words: Of the action; a cinema or an alley among them gets its front or gap.
    """
    d = _open("street", (20.0, 12.0, 13.0), rng, people)
    p = d.palette
    cinema = not house and bool(words & CINEMAS)
    d.add(
        "ground", (140, 0.1, 140), 0, 0, y=-0.001, color=p.floor, matter=Matter.ASPHALT
    )
    walk = -d.d / 2 + 2.4
    for z, yaw in ((walk - 0.6, 0.0), (d.d / 2 + 1.0, 180.0)):
        d.add(
            "sidewalk",
            (d.w + 60, 0.12, 4.6),
            0,
            z,
            y=-0.1,
            yaw=yaw,
            color=p.floor2,
            accent=(0.42, 0.41, 0.38),
            matter=Matter.STONE,
        )
    front = walk - 2.75
    if house:
        d.add("house", (9.0, 6.4, 7.0), 0, front - 4.0, color=p.trim, accent=p.cloth)
        greenery(d, [(-7.5, front - 1.4), (7.6, front - 2.2)])
        for s in (-1, 1):
            d.add(
                "hedge",
                (3.4, 1.0, 0.8),
                s * 3.3,
                front - 0.1,
                color=p.leaf,
                matter=Matter.FOLIAGE,
            )
        d.add(
            "facade",
            (12, 9, 6),
            -17,
            front - 7,
            color=p.wall,
            accent=p.wood,
            matter=Matter.BRICK,
        )
        d.add(
            "facade",
            (12, 10, 6),
            17,
            front - 7,
            color=p.cloth2,
            accent=p.wood,
            matter=Matter.STONE,
        )
    else:
        first = len(d.pieces)
        front_row(d, front, yaw=0.0, count=3)
        if words & ALLEYS:
            _gap(d, first, front)
        if cinema:
            picture_house(d, first + 1, front)
        else:
            d.add(
                "sign",
                (2.4, 0.5, 0.14),
                3.2,
                front + 0.13,
                y=3.42,
                color=(0.05, 0.05, 0.055),
                accent=p.accent,
            )
    front_row(d, d.d / 2 + 3.3, yaw=180.0, count=3)
    vista(d, front, d.d / 2 + 3.3)
    d.add("marking", (d.w + 50, 0.01, 0.12), 0, 1.5, color=(0.55, 0.53, 0.46))
    for x in (-6.4, 6.6):
        d.add(
            "lamp-post",
            (0.5, 4.8, 1.6),
            x,
            walk + 1.35,
            color=(0.05,) * 3,
            matter=Matter.METAL,
        )
    for k, (x, z) in enumerate(((-5.4, 2.9), (6.4, 5.0), (-9.6, 5.0))):
        color = CARS[int(d.rng.integers(len(CARS)))]
        yaw = 90.0 if k else -90.0
        if k:
            z = d.d / 2 - 1.6
        else:
            z = walk + 2.75
            x = -8.2
        d.add("car", (1.82, 1.46, 4.6), x, z, yaw=yaw, color=color, matter=Matter.METAL)
    beside = -6.6 if cinema else 1.6
    d.add(
        "bench",
        (1.7, 0.85, 0.6),
        beside,
        walk - 0.9,
        y=0.0,
        color=(0.22, 0.12, 0.06),
        accent=p.dark,
    )
    d.add(
        "bin",
        (0.5, 0.95, 0.5),
        beside + 1.4,
        walk - 0.9,
        color=p.dark,
        matter=Matter.METAL,
    )
    tree = -8.8 if cinema else -2.6
    greenery(d, [(tree, walk + 1.0)] + ([(9.4, walk + 0.9)] if d.chance(0.6) else []))
    side = walk - 0.1
    if not cinema:
        d.wish(
            "doorway",
            ("door", "doorway", "entrance", "front", "porch", "step"),
            0.2,
            front + 1.3,
            0.0,
            leave=True,
        )
    d.wish(
        "kerb", ("kerb", "curb", "edge", "pavement", "sidewalk"), 3.8, walk + 1.0, 0.0
    )
    d.wish("road", ("road", "street", "across"), 0.8, 2.2, 180.0)
    sides(d, depth=side)
    return d


def _gap(d: Dressing, first: int, front: float) -> None:
    """Open an alley between the second and the third front of a row.

    Args:
        d: The street.
        first: Index of the row's first front.
        front: Where the fronts stand.
    """
    p, row = d.palette, d.pieces[first + 2]
    x, y, z = row.position_m
    w, h, depth = row.size_m
    d.pieces[first + 2] = row.changed(
        position_m=(round(x + _GAP_M / 2, 3), y, z), size_m=(w - _GAP_M, h, depth)
    )
    at = x - w / 2 + _GAP_M / 2
    d.add(
        "facade", (_GAP_M + 5.0, 9.0, 3.0), at, front - 12.0, color=p.trim,
        accent=p.dark, matter=Matter.BRICK,
    )  # fmt: skip
    d.add(
        "crates", (0.9, 0.8, 0.7), at + 0.7, front - 4.4, yaw=90.0,
        color=(0.28, 0.18, 0.1),
    )  # fmt: skip
    d.wish(
        "alley", ("alley", "alleyway", "passage", "mouth"), at, front + 0.7, 0.0,
        leave=True, needed=True,
    )  # fmt: skip


def home_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A detached house in its street."""
    return street(rng, people=people, house=True)


def alley(rng: np.random.Generator, *, people: int) -> Dressing:
    """A narrow gap between brick backs with fire escape, dumpster and crates."""
    d = _open("alley", (5.4, 10.0, 15.0), rng, min(people, 8))
    p = d.palette
    d.add("ground", (90, 0.1, 90), 0, 0, y=-0.001, color=p.floor, matter=Matter.ASPHALT)
    for s, tone in ((-1, p.wall), (1, (0.3, 0.26, 0.22))):
        for k in range(2):
            z = -5.2 + k * 9.6
            d.add(
                "facade",
                (9.6, 10.5 + 2 * ((k + (s > 0)) % 2), 5.0),
                s * (d.w / 2 + 2.75),
                z,
                yaw=-s * 90.0,
                color=tone,
                accent=p.wood,
                matter=Matter.BRICK,
            )
    d.add(
        "facade",
        (16, 12, 5),
        0,
        -d.d / 2 - 9.0,
        color=p.trim,
        accent=p.wood,
        matter=Matter.STONE,
    )
    d.add(
        "facade",
        (16, 11, 5),
        0,
        d.d / 2 + 11.0,
        yaw=180,
        color=p.cloth2,
        accent=p.wood,
        matter=Matter.BRICK,
    )
    d.add(
        "fire-escape",
        (3.2, 6.0, 1.0),
        -d.w / 2 + 0.35,
        -2.4,
        yaw=90,
        y=3.5,
        color=p.dark,
    )
    d.add(
        "dumpster",
        (1.9, 1.35, 1.1),
        -d.w / 2 + 0.75,
        0.9 + d.jitter(0.5),
        yaw=90,
        color=(0.05, 0.15, 0.1),
        matter=Matter.METAL,
    )
    d.add(
        "crates",
        (1.3, 0.95, 0.85),
        d.w / 2 - 0.78,
        -2.9 + d.jitter(0.4),
        yaw=-90 + d.jitter(10),
        color=(0.32, 0.2, 0.1),
    )
    d.add(
        "crates",
        (1.1, 0.8, 0.8),
        -d.w / 2 + 0.7,
        4.6 + d.jitter(0.6),
        yaw=90 + d.jitter(9),
        color=(0.28, 0.18, 0.1),
    )
    d.add(
        "bin", (0.55, 0.95, 0.55), d.w / 2 - 0.6, 2.4, color=p.dark, matter=Matter.METAL
    )
    d.add(
        "box",
        (0.6, 0.4, 0.45),
        d.w / 2 - 0.6,
        -1.75,
        yaw=14,
        color=(0.36, 0.24, 0.13),
        matter=Matter.PAPER,
    )
    d.add(
        "lamp-post",
        (0.5, 4.2, 1.5),
        d.w / 2 - 0.45,
        0.2,
        yaw=-90,
        color=(0.05,) * 3,
        matter=Matter.METAL,
    )
    d.add(
        "sign",
        (1.3, 0.42, 0.12),
        d.w / 2 + 0.19,
        4.6,
        yaw=-90,
        y=2.9,
        color=(0.05,) * 3,
        accent=p.accent,
    )
    if d.chance(0.5):
        d.add(
            "bicycle", (0.5, 1.05, 1.75), -d.w / 2 + 0.4, -5.2, yaw=d.jitter(6),
            color=p.cloth, matter=Matter.METAL,
        )  # fmt: skip
    else:
        d.add("box", (0.7, 0.5, 0.5), -d.w / 2 + 0.6, -5.4, yaw=30, color=p.cloth2)
    d.wish(
        "far end",
        ("end", "far", "mouth", "street"),
        0.0,
        -d.d / 2 + 1.2,
        0.0,
        leave=True,
        needed=True,
    )
    d.wish("near end", ("near", "corner"), 0.0, d.d / 2 - 1.0, 180.0, leave=True)
    d.wish(
        "door", ("door", "doorway", "back door"), d.w / 2 - 0.7, 3.9, -90.0, leave=True
    )
    return d


def rooftop(rng: np.random.Generator, *, people: int) -> Dressing:
    """A flat roof behind its parapet: stair house, tank, units, the city around."""
    d = _open("rooftop", (13.0, 8.0, 10.5), rng, people)
    p = d.palette
    d.add(
        "floor",
        (d.w + 0.8, 0.3, d.d + 0.8),
        0,
        0,
        color=(0.24, 0.23, 0.22),
        accent=p.floor2,
        matter=Matter.STONE,
    )
    for z, length, yaw in (
        (-d.d / 2 - 0.2, d.w + 0.8, 0.0),
        (d.d / 2 + 0.2, d.w + 0.8, 180.0),
    ):
        d.add(
            "parapet",
            (length, 0.95, 0.36),
            0,
            z,
            yaw=yaw,
            color=p.wall,
            accent=(0.42, 0.4, 0.36),
            matter=Matter.BRICK,
        )
    for x, yaw in ((-d.w / 2 - 0.2, 90.0), (d.w / 2 + 0.2, -90.0)):
        d.add(
            "parapet",
            (d.d, 0.95, 0.36),
            x,
            0,
            yaw=yaw,
            color=p.wall,
            accent=(0.42, 0.4, 0.36),
            matter=Matter.BRICK,
        )
    d.add(
        "stair-house",
        (2.8, 2.7, 2.6),
        -d.w / 2 + 1.6,
        -d.d / 2 + 1.6,
        color=p.wall,
        accent=p.cloth,
        matter=Matter.BRICK,
    )
    d.add(
        "water-tank",
        (2.5, 4.6, 2.5),
        d.w / 2 - 1.7,
        -d.d / 2 + 1.7,
        color=(0.24, 0.14, 0.08),
        accent=(0.12, 0.1, 0.09),
    )
    d.add(
        "roof-unit",
        (1.7, 1.2, 1.1),
        d.w / 2 - 1.3,
        1.5,
        yaw=-90,
        color=(0.42, 0.43, 0.43),
        matter=Matter.METAL,
    )
    d.add(
        "roof-unit",
        (1.3, 1.0, 0.9),
        -d.w / 2 + 1.1,
        2.6,
        yaw=90,
        color=(0.38, 0.4, 0.4),
        matter=Matter.METAL,
    )
    d.add("crates", (1.2, 0.8, 0.8), 0.6, -d.d / 2 + 0.75, color=(0.33, 0.2, 0.1))
    for k, x in enumerate((-0.9, 0.2)):
        d.add(
            "chair",
            (0.5, 0.9, 0.52),
            x - 0.8,
            2.0 + 0.25 * k,
            yaw=160 - 40 * k,
            color=p.cloth,
            accent=p.cloth2,
        )
    d.add("box", (0.6, 0.42, 0.45), -0.9, 1.2, yaw=12, color=p.wood)
    d.add("plant", (0.6, 1.1, 0.6), 2.3, -d.d / 2 + 0.6, color=p.leaf, accent=p.cloth)
    d.add(
        "ground",
        (260, 0.1, 260),
        0,
        0,
        y=-22.0,
        color=(0.1, 0.1, 0.11),
        matter=Matter.ASPHALT,
    )
    tones: tuple[RGB, ...] = (p.wall, p.trim, p.cloth2, (0.3, 0.3, 0.31))
    for k in range(14):
        angle = 2 * np.pi * k / 14 + d.jitter(0.12)
        far = 26.0 + 13.0 * (k % 3)
        tall = 20.0 + float(d.rng.uniform(-4, 15))
        yaw = float(np.degrees(np.arctan2(-np.sin(angle), -np.cos(angle))))
        d.add(
            "facade",
            (14.0, tall, 8.0),
            far * float(np.sin(angle)),
            far * float(np.cos(angle)),
            y=-22.0,
            yaw=round(yaw / 90) * 90.0,
            color=tones[k % 4],
            accent=p.wood,
            matter=Matter.BRICK,
        )
    d.wish(
        "door",
        ("door", "doorway", "stairs", "exit"),
        -d.w / 2 + 1.6,
        -d.d / 2 + 3.6,
        0.0,
        leave=True,
        needed=True,
    )
    d.wish("edge", ("edge", "ledge", "parapet", "railing"), 1.5, d.d / 2 - 0.6, 0.0)
    d.wish("far edge", ("edge", "ledge"), -1.6, -d.d / 2 + 0.6, 180.0)
    return d


def platform(rng: np.random.Generator, *, people: int) -> Dressing:
    """A railway platform under a canopy with a train at it."""
    d = _open("train platform", (17.0, 7.0, 7.0), rng, people)
    p = d.palette
    d.add(
        "ground",
        (160, 0.1, 160),
        0,
        0,
        y=-1.05,
        color=(0.17, 0.16, 0.14),
        matter=Matter.GROUND,
    )
    d.add(
        "floor",
        (60, 1.0, d.d),
        0,
        0,
        color=(0.33, 0.31, 0.28),
        accent=p.floor2,
        matter=Matter.STONE,
    )
    d.add("marking", (60, 0.01, 0.1), 0, -d.d / 2 + 0.7, color=(0.6, 0.5, 0.12))
    for z in (-d.d / 2 - 1.7, -d.d / 2 - 6.0):
        d.add("rails", (90, 0.2, 3.0), 0, z, y=-1.0, color=(0.12, 0.08, 0.05))
    x = 6.0 + d.jitter(1.5)
    for k in (0, 1):
        d.add(
            "train",
            (16.0, 3.7, 2.8),
            x + 16.4 * k,
            -d.d / 2 - 1.7,
            y=-0.9,
            color=p.cloth,
            accent=p.trim,
            matter=Matter.METAL,
        )
    d.add(
        "canopy",
        (24, 3.9, 4.4),
        0,
        0.9,
        yaw=180,
        color=(0.06, 0.12, 0.1),
        accent=p.trim,
        matter=Matter.METAL,
    )
    for bx in (-5.4, 1.2):
        d.add(
            "bench",
            (1.8, 0.88, 0.62),
            bx,
            1.6,
            yaw=180,
            color=(0.24, 0.12, 0.05),
            accent=p.dark,
        )
    d.add("bin", (0.5, 0.95, 0.5), -1.9, 1.7, color=p.dark, matter=Matter.METAL)
    d.add(
        "sign",
        (2.0, 0.5, 0.12),
        -2.4,
        2.0,
        yaw=180,
        y=2.6,
        color=(0.05, 0.08, 0.16),
        accent=(1.0, 0.95, 0.85),
    )
    for fx in (-18, 0, 18):
        d.add(
            "facade",
            (18 - 0.02, 7.5, 5),
            fx,
            d.d / 2 + 2.6,
            yaw=180,
            color=p.wall,
            accent=p.wood,
            matter=Matter.BRICK,
        )
    d.add("fence", (60, 1.6, 0.12), 0, -d.d / 2 - 9.0, y=-1.0, color=(0.2, 0.16, 0.11))
    greenery(d, [(-14, -15.5), (-5, -16.5), (4, -15.5), (13, -16.5)])
    for k, fx in enumerate((-20, 2, 24)):
        d.add(
            "facade",
            (20, 11 + 3 * (k % 2), 6),
            fx,
            -30,
            y=-1,
            color=(p.trim, p.cloth2, p.wall)[k],
            accent=p.wood,
            matter=Matter.STONE,
        )
    sides(d, depth=-0.2)
    d.wish(
        "station door",
        ("door", "station", "entrance", "exit"),
        0.0,
        d.d / 2 - 0.7,
        180.0,
        leave=True,
    )
    d.wish(
        "platform edge",
        ("edge", "platform", "track", "tracks", "train"),
        -1.0,
        -d.d / 2 + 1.1,
        180.0,
    )
    return d


def _open(
    template: str,
    size: tuple[float, float, float],
    rng: np.random.Generator,
    people: int,
) -> Dressing:
    return Dressing(
        template,
        interior=False,
        size_m=size,
        palette=pick(STREETS, rng),
        rng=rng,
        people=people,
    )
