"""Public buildings from outside: hospitals, schools, courts, museums, churches."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, open_air
from previz.direct.places.items import (
    BENCH,
    BIN,
    CAR,
    HEDGE,
    LAMP_POST,
    SIDEWALK,
    Item,
)
from previz.direct.places.parts import front_row, greenery, ground, sides, vista
from previz.model import RGB, Matter

__all__ = ["church_front", "classical_front", "public_front"]

BRICKS: tuple[RGB, ...] = ((0.3, 0.17, 0.12), (0.45, 0.34, 0.2), (0.24, 0.3, 0.3))

MODERN = Item(
    "modern-front", (30.0, 14.0, 8.0), accent=(0.5, 0.49, 0.46), matter=Matter.BRICK
)
PORTICO = Item(
    "classical-front", (28.0, 12.0, 8.0), (0.4, 0.38, 0.33), (0.13, 0.08, 0.045),
    Matter.STONE,
)  # fmt: skip
CHURCH = Item(
    "church-front", (17.0, 19.0, 16.0), (0.4, 0.37, 0.31), (0.14, 0.075, 0.04),
    Matter.STONE,
)  # fmt: skip
LAWN = Item("ground", (22, 0.06, 4.4), (0.12, 0.16, 0.06), matter=Matter.GRASS)
BUS_STOP = Item(
    "bus-stop", (3.0, 2.5, 1.2), (0.1, 0.13, 0.14), (0.4, 0.3, 0.12), Matter.PLASTIC
)


_place = partial(open_air, size_m=(20.0, 10.0, 13.0))


def public_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A modern building's lit doors under a canopy, a bus stop before it."""
    d = _place("public front", rng=rng, people=people)
    wall = BRICKS[int(d.rng.integers(len(BRICKS)))]
    _forecourt(d)
    d.put(MODERN.painted(wall), 0, d.north - 3.4)
    _waiting(d, doors=2.3)
    return d


def classical_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A stone portico up its steps, as courts, museums and banks have."""
    d = _place("classical front", rng=rng, people=people)
    _forecourt(d)
    d.put(PORTICO, 0, d.north - 4.2)
    _waiting(d, doors=4.6)
    return d


def church_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A church with its tower behind a lawn and a path."""
    d = _place("church front", rng=rng, people=people)
    _forecourt(d)
    d.put(CHURCH, -2.2, d.north - 9.0)
    _waiting(d, doors=1.0)
    return d


def _forecourt(d: Dressing) -> None:
    """Paving before the building, lawns beside it, the street and its far side."""
    ground(d, 160, "floor", Matter.ASPHALT, y=-0.002)
    d.put(SIDEWALK.sized(90, 0.1, 9.0), 0, d.north + 4.0, y=-0.09)
    for s in (-1, 1):
        d.put(LAWN, s * 17.0, d.north + 2.4, y=0.04)
    d.add("marking", (90, 0.01, 0.12), 0, d.south + 0.2, color=(0.5, 0.48, 0.42))
    front_row(d, d.south + 9.5, yaw=180.0, count=3)
    vista(d, d.north - 2.0, d.south + 9.5)
    greenery(d, [(-9.4, -4.4), (9.6, -4.6), (-14.5, -3.4), (15.0, -3.6)])


def _waiting(d: Dressing, *, doors: float) -> None:
    """Benches, lamps, planting and the bus stop; people come and go by the doors."""
    kerb = d.north + 7.4
    for s in (-1, 1):
        d.put(HEDGE.sized(3.2, 0.85, 0.9), s * 6.2, d.north + 1.4)
        d.put(LAMP_POST.sized(0.5, 4.4, 1.4), s * 6.2, kerb, yaw=180)
    d.put(BENCH.sized(1.8, 0.88, 0.62), 4.5, d.north + 2.7)
    d.put(BIN, 6.1, d.north + 2.8)
    d.put(BUS_STOP, -6.2, kerb - 0.7)
    d.put(BENCH.sized(1.9, 0.88, 0.5).painted((0.2, 0.2, 0.19)), -6.2, kerb - 1.0)
    d.put(CAR.painted((0.1, 0.13, 0.15)), 8.6, kerb + 2.0, yaw=90)
    sides(d, depth=kerb - 2.2)
    d.wish(
        "doors", ("door", "doors", "entrance", "steps", "doorway", "building"),
        0.0, d.north + doors, 0.0, leave=True, needed=True,
    )  # fmt: skip
    d.wish("kerb", ("kerb", "curb", "street", "road"), 1.6, kerb - 0.7, 0.0)
