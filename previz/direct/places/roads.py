"""Open country with a road through it, and the filling station beside one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from previz.direct.places.dressing import Dressing, open_air
from previz.direct.places.items import BIN, BUSH, CRATES, ROCK, Item
from previz.direct.places.parts import front_row, greenery, ground, sides
from previz.model import RGB, Matter, Vec3

__all__ = [
    "country_road",
    "desert",
    "desert_road",
    "gas_station",
    "open_road_outside",
]

PAINTS: tuple[RGB, ...] = (
    (0.13, 0.19, 0.19), (0.3, 0.24, 0.15), (0.24, 0.06, 0.04), (0.1, 0.13, 0.09),
)  # fmt: skip
"""What a filling station and its pumps are painted in."""

SIZE_M: Vec3 = (18.0, 9.0, 14.0)

ROAD = Item("road", (320, 0.05, 7.0), (0.1, 0.098, 0.095), matter=Matter.ASPHALT)
WIRES = Item("telegraph-line", (208, 7.5, 1.7), (0.12, 0.08, 0.05))
CACTUS = Item("cactus", (2.0, 4.0, 1.2), (0.07, 0.1, 0.05), matter=Matter.FOLIAGE)
COUNTRY_FENCE = Item("fence", (5.2, 1.1, 0.14), (0.27, 0.23, 0.18))

APRON = Item("ground", (26, 0.05, 19), (0.22, 0.205, 0.18), matter=Matter.STONE)
STORE = Item(
    "roadside-store", (9.4, 3.8, 5.0), (0.46, 0.41, 0.32), matter=Matter.PLASTER
)
PORCH = Item("porch", (4.6, 0.45, 1.5), (0.2, 0.15, 0.1))
CANOPY = Item(
    "station-canopy", (8.6, 4.5, 4.6), (0.5, 0.48, 0.42), matter=Matter.PLASTIC
)
PUMP = Item(
    "fuel-pump", (0.62, 1.75, 0.5), accent=(0.5, 0.48, 0.43), matter=Matter.PLASTIC
)
POLE_SIGN = Item(
    "pole-sign", (2.6, 7.4, 0.3), (0.05, 0.05, 0.055), (1.0, 0.82, 0.5), Matter.PLASTIC
)


@dataclass(frozen=True)
class Land:
    """What open country is made of: colours, and whether it is dry."""

    ground: RGB
    shoulder: RGB
    scrub: RGB
    far: RGB
    rock: RGB
    dry: bool


ARID = Land(
    ground=(0.35, 0.245, 0.15), shoulder=(0.3, 0.22, 0.145), scrub=(0.15, 0.15, 0.085),
    far=(0.3, 0.15, 0.09), rock=(0.3, 0.19, 0.12), dry=True,
)  # fmt: skip
GREEN = Land(
    ground=(0.2, 0.2, 0.08), shoulder=(0.27, 0.22, 0.15), scrub=(0.11, 0.14, 0.05),
    far=(0.13, 0.17, 0.09), rock=(0.27, 0.26, 0.23), dry=False,
)  # fmt: skip


def _country(d: Dressing, land: Land, *, y: float = 0.0) -> None:
    """Put ground to the horizon and what stands far off on every side."""
    matter = Matter.GROUND if land.dry else Matter.GRASS
    ground(d, 900, land.ground, matter, y=y - 0.002)
    ranges = (
        (-70, -150, 90, 26), (60, -190, 120, 34), (175, -70, 80, 24),
        (-185, -30, 90, 22), (-60, 180, 110, 26), (90, 160, 80, 20),
    )  # fmt: skip
    for k, (x, z, w, h) in enumerate(ranges):
        tint = 1.0 + 0.12 * (k % 3 - 1)
        r, g, b = (channel * tint for channel in land.far)
        kind = "mesa" if land.dry and k % 3 != 1 else "hill"
        d.add(
            kind, (w, h if kind == "mesa" else h * 0.6, w * 0.6), x, z, y=y,
            yaw=d.jitter(25.0), color=(r, g, b),
            matter=Matter.STONE if land.dry else Matter.GRASS,
        )  # fmt: skip


def _scrub(d: Dressing, land: Land, places: tuple[tuple[float, float], ...]) -> None:
    """Scatter low growth and stones at these floor points."""
    for k, (x, z) in enumerate(places):
        size = 0.55 + abs(d.jitter(0.35))
        r, g, b = land.scrub
        tint = 1.0 + d.jitter(0.3)
        if k % 4 == 3:
            item = ROCK.sized(size * 1.5, size * 0.7, size * 1.4).painted(land.rock)
        else:
            item = BUSH.sized(size * 1.5, size, size * 1.4)
            item = item.painted((r * tint, g * tint, b * tint))
        at = x + d.jitter(0.6), z + d.jitter(0.5)
        d.put(item, *at, yaw=d.jitter(180.0))


NEAR_SCRUB = (
    (-7.6, -5.8), (-4.2, -6.3), (-2.6, -5.8), (2.0, -6.6), (8.6, -7.0), (-6.4, 6.4),
    (5.2, 6.6), (-13, -9), (-9, -14), (-3, -11), (4, -13), (10, -9.5), (15, -13),
    (-17, 8), (-9, 11), (1, 12), (9, 10), (18, 9), (22, -8), (-23, -7),
)  # fmt: skip


def _road(d: Dressing, land: Land, z: float, *, wires: float = -11.0) -> None:
    """A two-lane road along x with wires so far beside it."""
    d.put(ROAD.trimmed(land.shoulder), 0, z)
    d.put(WIRES, -6.0, z + wires)


def _open_road(
    template: str, land: Land, rng: np.random.Generator, people: int, *, road: bool
) -> Dressing:
    d = open_air(template, SIZE_M, rng, people)
    _country(d, land)
    _scrub(d, land, NEAR_SCRUB)
    if road:
        _road(d, land, 1.2)
    if land.dry:
        for x, z, h in ((-12.5, -12.0, 4.2), (17.0, -16.0, 5.0), (-20.0, 13.0, 3.6)):
            d.put(CACTUS.sized(h * 0.5, h, h * 0.3), x, z, yaw=d.jitter(40.0))
    else:
        greenery(d, [(-16, -14), (-24, -20), (14, -18), (26, -13), (21, 14), (-20, 16)])
        for x in (-9.2, -4.0, 1.2, 6.4):
            d.put(COUNTRY_FENCE, x, -7.4)
    boulder = ROCK.sized(1.9, 1.1, 1.5).painted(land.rock)
    d.put(boulder, -5.6, -4.0, yaw=d.jitter(90.0))
    sides(d, depth=1.2 if road else 0.4)
    d.wish("road", ("road", "highway", "way", "line"), 0.4, 1.0, 0.0)
    d.wish("shoulder", ("shoulder", "side", "verge", "ditch"), -1.4, -3.4, 0.0)
    return d


def desert_road(rng: np.random.Generator, *, people: int) -> Dressing:
    """A road through dry country, table mountains far off."""
    return _open_road("desert road", ARID, rng, people, road=True)


def country_road(rng: np.random.Generator, *, people: int) -> Dressing:
    """A road through green country, hills far off."""
    return _open_road("country road", GREEN, rng, people, road=True)


def desert(rng: np.random.Generator, *, people: int) -> Dressing:
    """Dry country without a road."""
    return _open_road("desert", ARID, rng, people, road=False)


def gas_station(
    rng: np.random.Generator, *, people: int, land: str = "arid"
) -> Dressing:
    """Pumps under a lit canopy, a store with a porch, a tall sign by the road.

    Args:
        rng: The only source of chance.
        people: How many are together here.
        land: What lies around: "arid", "green" or "city".
    """
    d = open_air("gas station", SIZE_M, rng, people)
    band = PAINTS[int(d.rng.integers(len(PAINTS)))]
    around = GREEN if land == "green" else ARID
    if land == "city":
        ground(d, 140, "floor", Matter.ASPHALT, y=-0.002)
        front_row(d, -16.0, yaw=0.0, count=3)
        front_row(d, 24.0, yaw=180.0, count=3)
    else:
        _country(d, around)
        _scrub(d, around, tuple((x * 1.5, z * 2.0 - 2.0) for x, z in NEAR_SCRUB))
    _road(d, around, 11.5, wires=6.5)
    d.put(APRON, 0, 0.5, y=0.012)
    d.put(STORE.trimmed(band), 1.6, -7.4)
    d.put(PORCH, 2.6, -4.15)
    d.put(CANOPY.trimmed(band), -2.6, 1.5)
    for x in (-3.9, -1.3):
        d.put(PUMP.painted(band), x, 1.5)
    d.put(POLE_SIGN, 7.6, 6.2, yaw=-35)
    d.put(BIN, -0.9, -4.4)
    d.put(CRATES.sized(1.1, 0.8, 0.7).painted((0.3, 0.19, 0.1)), 6.3, -4.4)
    sides(d, depth=4.6)
    d.wish("doorway", ("door", "doorway", "store", "shop"), 1.6, -2.7, 0.0, leave=True)
    d.wish("wall", ("wall", "side"), -2.2, -4.3, 20.0)
    d.wish("pump", ("pump", "pumps", "gas"), -2.6, 2.6, 180.0)
    d.wish("road", ("road", "highway"), 2.4, 5.6, 180.0, leave=True)
    return d


def open_road_outside(d: Dressing, *, dry: bool) -> None:
    """Put the road that a car at the origin drives along, towards +z."""
    land = ARID if dry else GREEN
    low = -0.2
    _country(d, land, y=low)
    d.put(ROAD.trimmed(land.shoulder), -1.9, 0, yaw=-90, y=low)
    d.put(WIRES, 8.0, 6.0, yaw=90, y=low)
    places = [(s * (6.5 + 2.1 * k), -22.0 + 7.3 * k) for s in (-1, 1) for k in range(7)]
    before = len(d.pieces)
    _scrub(d, land, tuple(places))
    d.pieces[before:] = [
        piece.changed(position_m=(piece.position_m[0], low, piece.position_m[2]))
        for piece in d.pieces[before:]
    ]
    if not dry:
        greenery(d, [(-13, 18), (15, -14), (-17, -9), (19, 24), (-22, 34)])
