"""Public buildings from outside: hospitals, schools, courts, museums, churches."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing
from previz.direct.places.palette import STREETS, pick
from previz.direct.places.parts import front_row, greenery, sides, vista
from previz.model import RGB, Matter, Vec3

__all__ = ["church_front", "classical_front", "public_front"]

BRICKS: tuple[RGB, ...] = ((0.3, 0.17, 0.12), (0.45, 0.34, 0.2), (0.24, 0.3, 0.3))
LAWN: RGB = (0.12, 0.16, 0.06)


def public_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A modern building's lit doors under a canopy, a bus stop before it."""
    d = _open("public front", rng, people)
    wall = BRICKS[int(d.rng.integers(len(BRICKS)))]
    _forecourt(d)
    d.add(
        "modern-front", (30.0, 14.0, 8.0), 0, -d.d / 2 - 3.4, color=wall,
        accent=(0.5, 0.49, 0.46), matter=Matter.BRICK,
    )  # fmt: skip
    _waiting(d, doors=2.3)
    return d


def classical_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A stone portico up its steps, as courts, museums and banks have."""
    d = _open("classical front", rng, people)
    _forecourt(d)
    d.add(
        "classical-front", (28.0, 12.0, 8.0), 0, -d.d / 2 - 4.2,
        color=(0.4, 0.38, 0.33), accent=(0.13, 0.08, 0.045), matter=Matter.STONE,
    )  # fmt: skip
    _waiting(d, doors=4.6)
    return d


def church_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A church with its tower behind a lawn and a path."""
    d = _open("church front", rng, people)
    _forecourt(d)
    d.add(
        "church-front", (17.0, 19.0, 16.0), -2.2, -d.d / 2 - 9.0,
        color=(0.4, 0.37, 0.31), accent=(0.14, 0.075, 0.04), matter=Matter.STONE,
    )  # fmt: skip
    _waiting(d, doors=1.0)
    return d


def _forecourt(d: Dressing) -> None:
    """Paving before the building, lawns beside it, the street and its far side."""
    p = d.palette
    d.add(
        "ground", (160, 0.1, 160), 0, 0, y=-0.002, color=p.floor, matter=Matter.ASPHALT
    )
    d.add(
        "sidewalk", (90, 0.1, 9.0), 0, -d.d / 2 + 4.0, y=-0.09, color=p.floor2,
        accent=(0.42, 0.41, 0.38), matter=Matter.STONE,
    )  # fmt: skip
    for s in (-1, 1):
        d.add(
            "ground", (22, 0.06, 4.4), s * 17.0, -d.d / 2 + 2.4, y=0.04, color=LAWN,
            matter=Matter.GRASS,
        )  # fmt: skip
    d.add("marking", (90, 0.01, 0.12), 0, d.d / 2 + 0.2, color=(0.5, 0.48, 0.42))
    front_row(d, d.d / 2 + 9.5, yaw=180.0, count=3)
    vista(d, -d.d / 2 - 2.0, d.d / 2 + 9.5)
    greenery(d, [(-9.4, -4.4), (9.6, -4.6), (-14.5, -3.4), (15.0, -3.6)])


def _waiting(d: Dressing, *, doors: float) -> None:
    """Benches, lamps, planting and the bus stop; people come and go by the doors."""
    p = d.palette
    kerb = -d.d / 2 + 7.4
    size: Vec3 = (3.2, 0.85, 0.9)
    for s in (-1, 1):
        d.add(
            "hedge", size, s * 6.2, -d.d / 2 + 1.4, color=p.leaf, matter=Matter.FOLIAGE
        )
        d.add(
            "lamp-post", (0.5, 4.4, 1.4), s * 6.2, kerb, yaw=180, color=(0.05,) * 3,
            matter=Matter.METAL,
        )  # fmt: skip
    d.add(
        "bench", (1.8, 0.88, 0.62), 4.5, -d.d / 2 + 2.7, color=(0.24, 0.12, 0.05),
        accent=p.dark,
    )  # fmt: skip
    d.add(
        "bin", (0.5, 0.95, 0.5), 6.1, -d.d / 2 + 2.8, color=p.dark, matter=Matter.METAL
    )
    d.add(
        "bus-stop", (3.0, 2.5, 1.2), -6.2, kerb - 0.7, color=(0.1, 0.13, 0.14),
        accent=(0.4, 0.3, 0.12), matter=Matter.PLASTIC,
    )  # fmt: skip
    d.add("bench", (1.9, 0.88, 0.5), -6.2, kerb - 1.0, color=(0.2, 0.2, 0.19))
    d.add(
        "car", (1.82, 1.46, 4.6), 8.6, kerb + 2.0, yaw=90, color=(0.1, 0.13, 0.15),
        matter=Matter.METAL,
    )  # fmt: skip
    sides(d, depth=kerb - 2.2)
    d.wish(
        "doors", ("door", "doors", "entrance", "steps", "doorway", "building"),
        0.0, -d.d / 2 + doors, 0.0, leave=True, needed=True,
    )  # fmt: skip
    d.wish("kerb", ("kerb", "curb", "street", "road"), 1.6, kerb - 0.7, 0.0)


def _open(template: str, rng: np.random.Generator, people: int) -> Dressing:
    return Dressing(
        template,
        interior=False,
        size_m=(20.0, 10.0, 13.0),
        palette=pick(STREETS, rng),
        rng=rng,
        people=people,
    )
