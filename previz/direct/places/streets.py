"""Streets, alleys, roofs and platforms."""

from __future__ import annotations

import numpy as np

from previz.direct.places.dressing import Dressing, open_air
from previz.direct.places.items import (
    BENCH,
    BIN,
    BLACK,
    CAR,
    CRATES,
    FACADE,
    HEDGE,
    LAMP_POST,
    SIDEWALK,
    Item,
)
from previz.direct.places.palette import Paint, Swatch
from previz.direct.places.parts import front_row, greenery, ground, sides, vista
from previz.direct.places.picture_houses import picture_house
from previz.model import RGB, Matter

__all__ = ["alley", "home_front", "platform", "rooftop", "street"]

CINEMAS = frozenset({"cinema", "marquee", "movies", "theater", "theatre", "odeon"})
"""Words that ask for a picture house among a street's fronts."""
ALLEYS = frozenset({"alley", "alleyway", "passage"})
"""Words that ask for a gap between two fronts."""
_GAP_M = 2.6

PAINTS: tuple[RGB, ...] = (
    (0.3, 0.035, 0.03),
    (0.05, 0.1, 0.19),
    (0.42, 0.41, 0.38),
    (0.06, 0.11, 0.08),
    (0.45, 0.3, 0.06),
)
"""Of cars."""

KERB_BENCH = Item("bench", (1.7, 0.85, 0.6), (0.22, 0.12, 0.06))
HOUSE = Item("house", (9.0, 6.4, 7.0), "trim", "cloth")
NEON = Item("sign", (2.4, 0.5, 0.14), (0.05, 0.05, 0.055), "accent")

FIRE_ESCAPE = Item("fire-escape", (3.2, 6.0, 1.0), "dark")
DUMPSTER = Item("dumpster", (1.9, 1.35, 1.1), (0.05, 0.15, 0.1), matter=Matter.METAL)
OLD_CRATES = CRATES.sized(1.1, 0.8, 0.8).painted((0.28, 0.18, 0.1))
CARTON = Item("box", (0.6, 0.4, 0.45), (0.36, 0.24, 0.13), matter=Matter.PAPER)
BICYCLE = Item("bicycle", (0.5, 1.05, 1.75), "cloth", matter=Matter.METAL)

ROOF = Item("floor", (13, 0.3, 8), (0.24, 0.23, 0.22), "floor2", Matter.STONE)
PARAPET = Item("parapet", (13, 0.95, 0.36), "wall", (0.42, 0.4, 0.36), Matter.BRICK)
STAIR_HOUSE = Item("stair-house", (2.8, 2.7, 2.6), "wall", "cloth", Matter.BRICK)
WATER_TANK = Item("water-tank", (2.5, 4.6, 2.5), (0.24, 0.14, 0.08), (0.12, 0.1, 0.09))
ROOF_UNIT = Item("roof-unit", (1.7, 1.2, 1.1), (0.42, 0.43, 0.43), matter=Matter.METAL)
LOW_UNIT = Item("roof-unit", (1.3, 1.0, 0.9), (0.38, 0.4, 0.4), matter=Matter.METAL)
ROOF_CHAIR = Item("chair", (0.5, 0.9, 0.52), "cloth", "cloth2")
POT_PLANT = Item("plant", (0.6, 1.1, 0.6), "leaf", "cloth")

PLATFORM = Item("floor", (60, 1.0, 7), (0.33, 0.31, 0.28), "floor2", Matter.STONE)
EDGE_LINE = Item("marking", (60, 0.01, 0.1), (0.6, 0.5, 0.12))
RAILS = Item("rails", (90, 0.2, 3.0), (0.12, 0.08, 0.05))
CARRIAGE = Item("train", (16.0, 3.7, 2.8), "cloth", "trim", Matter.METAL)
CANOPY = Item("canopy", (24, 3.9, 4.4), (0.06, 0.12, 0.1), "trim", Matter.METAL)
STATION_SIGN = Item("sign", (2.0, 0.5, 0.12), (0.05, 0.08, 0.16), (1.0, 0.95, 0.85))
LINE_FENCE = Item("fence", (60, 1.6, 0.12), (0.2, 0.16, 0.11))


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
    d = open_air("street", (20.0, 12.0, 13.0), rng, people)
    ground(d, 140, "floor", Matter.ASPHALT)
    walk, across = d.north + 2.4, d.south + 3.3
    front = walk - 2.75
    cinema = not house and bool(words & CINEMAS)
    for z, yaw in ((walk - 0.6, 0.0), (d.south + 1.0, 180.0)):
        d.put(SIDEWALK.sized(d.w + 60, 0.12, 4.6), 0, z, y=-0.1, yaw=yaw)
    if house:
        _house(d, front)
    else:
        _fronts(d, front, words)
    front_row(d, across, yaw=180.0, count=3)
    vista(d, front, across)
    _roadway(d, walk)
    _kerbside(d, walk, cinema=cinema)
    if not cinema:
        d.wish(
            "doorway", ("door", "doorway", "entrance", "front", "porch", "step"),
            0.2, front + 1.3, 0.0, leave=True,
        )  # fmt: skip
    kerb = ("kerb", "curb", "edge", "pavement", "sidewalk")
    d.wish("kerb", kerb, 3.8, walk + 1.0, 0.0)
    d.wish("road", ("road", "street", "across"), 0.8, 2.2, 180.0)
    sides(d, depth=walk - 0.1)
    return d


def _house(d: Dressing, front: float) -> None:
    """A detached house behind its hedges, between neighbours."""
    d.put(HOUSE, 0, front - 4.0)
    greenery(d, [(-7.5, front - 1.4), (7.6, front - 2.2)])
    for s in (-1, 1):
        d.put(HEDGE, s * 3.3, front - 0.1)
    d.put(FACADE, -17, front - 7)
    stone = FACADE.sized(12, 10, 6).of(Matter.STONE)
    d.put(stone.painted("cloth2"), 17, front - 7)


def _fronts(d: Dressing, front: float, words: frozenset[str]) -> None:
    """A row of fronts, with the picture house or the gap that the words ask for."""
    first = len(d.pieces)
    front_row(d, front, yaw=0.0, count=3)
    if words & ALLEYS:
        _gap(d, first, front)
    if words & CINEMAS:
        picture_house(d, first + 1, front)
    else:
        d.put(NEON, 3.2, front + 0.13, y=3.42)


def _gap(d: Dressing, first: int, front: float) -> None:
    """Open an alley between the second and the third front of a row.

    Args:
        d: The street.
        first: Index of the row's first front.
        front: Where the fronts stand.
    """
    row = d.pieces[first + 2]
    x, y, z = row.position_m
    w, h, depth = row.size_m
    d.pieces[first + 2] = row.changed(
        position_m=(round(x + _GAP_M / 2, 3), y, z), size_m=(w - _GAP_M, h, depth)
    )
    at = x - w / 2 + _GAP_M / 2
    end = FACADE.sized(_GAP_M + 5.0, 9.0, 3.0).painted("trim", "dark")
    d.put(end, at, front - 12.0)
    d.put(OLD_CRATES.sized(0.9, 0.8, 0.7), at + 0.7, front - 4.4, yaw=90.0)
    d.wish(
        "alley", ("alley", "alleyway", "passage", "mouth"), at, front + 0.7, 0.0,
        leave=True, needed=True,
    )  # fmt: skip


def _roadway(d: Dressing, walk: float) -> None:
    """The middle line, lamps at the kerb, cars parked on both sides."""
    d.add("marking", (d.w + 50, 0.01, 0.12), 0, 1.5, color=(0.55, 0.53, 0.46))
    for x in (-6.4, 6.6):
        d.put(LAMP_POST, x, walk + 1.35)
    far = d.south - 1.6
    for x, z, yaw in ((-8.2, walk + 2.75, -90), (6.4, far, 90), (-9.6, far, 90)):
        paint = PAINTS[int(d.rng.integers(len(PAINTS)))]
        d.put(CAR.painted(paint), x, z, yaw=yaw)


def _kerbside(d: Dressing, walk: float, *, cinema: bool) -> None:
    """A bench with its bin and trees along the pavement, clear of a cinema's doors."""
    bench, tree = (-6.6, -8.8) if cinema else (1.6, -2.6)
    d.put(KERB_BENCH, bench, walk - 0.9)
    d.put(BIN, bench + 1.4, walk - 0.9)
    trees = [(tree, walk + 1.0)]
    if d.chance(0.6):
        trees.append((9.4, walk + 0.9))
    greenery(d, trees)


def home_front(rng: np.random.Generator, *, people: int) -> Dressing:
    """A detached house in its street."""
    return street(rng, people=people, house=True)


def alley(rng: np.random.Generator, *, people: int) -> Dressing:
    """A narrow gap between brick backs with fire escape, dumpster and crates."""
    d = open_air("alley", (5.4, 10.0, 15.0), rng, min(people, 8))
    ground(d, 90, "floor", Matter.ASPHALT)
    _brick_backs(d)
    d.put(FIRE_ESCAPE, d.west + 0.35, -2.4, yaw=90, y=3.5)
    d.put(DUMPSTER, d.west + 0.75, 0.9 + d.jitter(0.5), yaw=90)
    crates = CRATES.painted((0.32, 0.2, 0.1))
    d.put(crates, d.east - 0.78, -2.9 + d.jitter(0.4), yaw=-90 + d.jitter(10))
    d.put(OLD_CRATES, d.west + 0.7, 4.6 + d.jitter(0.6), yaw=90 + d.jitter(9))
    d.put(BIN.sized(0.55, 0.95, 0.55), d.east - 0.6, 2.4)
    d.put(CARTON, d.east - 0.6, -1.75, yaw=14)
    d.put(LAMP_POST.sized(0.5, 4.2, 1.5), d.east - 0.45, 0.2, yaw=-90)
    neon = NEON.sized(1.3, 0.42, 0.12).painted(BLACK)
    d.put(neon, d.east + 0.19, 4.6, yaw=-90, y=2.9)
    if d.chance(0.5):
        d.put(BICYCLE, d.west + 0.4, -5.2, yaw=d.jitter(6))
    else:
        d.add("box", (0.7, 0.5, 0.5), d.west + 0.6, -5.4, yaw=30, color="cloth2")
    d.wish(
        "far end", ("end", "far", "mouth", "street"), 0.0, d.north + 1.2, 0.0,
        leave=True, needed=True,
    )  # fmt: skip
    d.wish("near end", ("near", "corner"), 0.0, d.south - 1.0, 180.0, leave=True)
    door = ("door", "doorway", "back door")
    d.wish("door", door, d.east - 0.7, 3.9, -90.0, leave=True)
    return d


def _brick_backs(d: Dressing) -> None:
    """Two houses on each side of an alley, and one across each of its ends."""
    tones: tuple[tuple[int, Paint], ...] = ((-1, "wall"), (1, (0.3, 0.26, 0.22)))
    for s, tone in tones:
        for k in range(2):
            back = FACADE.sized(9.6, 10.5 + 2 * ((k + (s > 0)) % 2), 5.0)
            x, z = s * (d.w / 2 + 2.75), -5.2 + k * 9.6
            d.put(back.painted(tone), x, z, yaw=-s * 90.0)
    far = FACADE.sized(16, 12, 5).of(Matter.STONE)
    d.put(far.painted("trim"), 0, d.north - 9.0)
    d.put(FACADE.sized(16, 11, 5).painted("cloth2"), 0, d.south + 11.0, yaw=180)


def rooftop(rng: np.random.Generator, *, people: int) -> Dressing:
    """A flat roof behind its parapet: stair house, tank, units, the city around."""
    d = open_air("rooftop", (13.0, 8.0, 10.5), rng, people)
    d.put(ROOF.sized(d.w + 0.8, 0.3, d.d + 0.8), 0, 0)
    _parapets(d)
    d.put(STAIR_HOUSE, d.west + 1.6, d.north + 1.6)
    d.put(WATER_TANK, d.east - 1.7, d.north + 1.7)
    d.put(ROOF_UNIT, d.east - 1.3, 1.5, yaw=-90)
    d.put(LOW_UNIT, d.west + 1.1, 2.6, yaw=90)
    crates = CRATES.sized(1.2, 0.8, 0.8).painted((0.33, 0.2, 0.1))
    d.put(crates, 0.6, d.north + 0.75)
    d.put(ROOF_CHAIR, -1.7, 2.0, yaw=160)
    d.put(ROOF_CHAIR, -0.6, 2.25, yaw=120)
    d.add("box", (0.6, 0.42, 0.45), -0.9, 1.2, yaw=12)
    d.put(POT_PLANT, 2.3, d.north + 0.6)
    _city_below(d, -22.0)
    d.wish(
        "door", ("door", "doorway", "stairs", "exit"), d.west + 1.6, d.north + 3.6, 0.0,
        leave=True, needed=True,
    )  # fmt: skip
    edge = ("edge", "ledge", "parapet", "railing")
    d.wish("edge", edge, 1.5, d.south - 0.6, 0.0)
    d.wish("far edge", ("edge", "ledge"), -1.6, d.north + 0.6, 180.0)
    return d


def _parapets(d: Dressing) -> None:
    """A low wall on each edge of a roof."""
    for z, yaw in ((d.north - 0.2, 0.0), (d.south + 0.2, 180.0)):
        d.put(PARAPET.sized(d.w + 0.8, 0.95, 0.36), 0, z, yaw=yaw)
    for x, yaw in ((d.west - 0.2, 90.0), (d.east + 0.2, -90.0)):
        d.put(PARAPET.sized(d.d, 0.95, 0.36), x, 0, yaw=yaw)


def _city_below(d: Dressing, y: float) -> None:
    """The ground so far below a roof, and a ring of houses that face it."""
    ground(d, 260, (0.1, 0.1, 0.11), Matter.ASPHALT, y=y)
    tones: tuple[Paint, ...] = ("wall", "trim", "cloth2", (0.3, 0.3, 0.31))
    for k in range(14):
        angle = 2 * np.pi * k / 14 + d.jitter(0.12)
        far = 26.0 + 13.0 * (k % 3)
        house = FACADE.sized(14.0, 20.0 + float(d.rng.uniform(-4, 15)), 8.0)
        yaw = float(np.degrees(np.arctan2(-np.sin(angle), -np.cos(angle))))
        d.put(
            house.painted(tones[k % 4]),
            far * float(np.sin(angle)),
            far * float(np.cos(angle)),
            y=y,
            yaw=round(yaw / 90) * 90.0,
        )


def platform(rng: np.random.Generator, *, people: int) -> Dressing:
    """A railway platform under a canopy with a train at it."""
    d = open_air("train platform", (17.0, 7.0, 7.0), rng, people)
    ground(d, 160, (0.17, 0.16, 0.14), Matter.GROUND, y=-1.05)
    d.put(PLATFORM.sized(60, 1.0, d.d), 0, 0)
    d.put(EDGE_LINE, 0, d.north + 0.7)
    for z in (d.north - 1.7, d.north - 6.0):
        d.put(RAILS, 0, z, y=-1.0)
    x = 6.0 + d.jitter(1.5)
    for k in (0, 1):
        d.put(CARRIAGE, x + 16.4 * k, d.north - 1.7, y=-0.9)
    d.put(CANOPY, 0, 0.9, yaw=180)
    for x in (-5.4, 1.2):
        d.put(BENCH.sized(1.8, 0.88, 0.62), x, 1.6, yaw=180)
    d.put(BIN, -1.9, 1.7)
    d.put(STATION_SIGN, -2.4, 2.0, yaw=180, y=2.6)
    _round_the_station(d)
    sides(d, depth=-0.2)
    station = ("door", "station", "entrance", "exit")
    d.wish("station door", station, 0.0, d.south - 0.7, 180.0, leave=True)
    edge = ("edge", "platform", "track", "tracks", "train")
    d.wish("platform edge", edge, -1.0, d.north + 1.1, 180.0)
    return d


def _round_the_station(d: Dressing) -> None:
    """The station behind the platform; trees and houses beyond the line."""
    for x in (-18, 0, 18):
        d.put(FACADE.sized(18 - 0.02, 7.5, 5), x, d.south + 2.6, yaw=180)
    d.put(LINE_FENCE, 0, d.north - 9.0, y=-1.0)
    greenery(d, [(-14, -15.5), (-5, -16.5), (4, -15.5), (13, -16.5)])
    tones: tuple[Swatch, ...] = ("trim", "cloth2", "wall")
    for k, x in enumerate((-20, 2, 24)):
        house = FACADE.sized(20, 11 + 3 * (k % 2), 6).of(Matter.STONE)
        d.put(house.painted(tones[k]), x, -30, y=-1)
