"""Things a scene's action names, put where they are free of the others."""

from __future__ import annotations

# A table reads best with one entry a line.
# ruff: noqa: E501
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from previz.direct.places.dressing import SHELL, YAW_DEG, Dressing, Side, near
from previz.direct.places.items import Item
from previz.model import RGB, Matter, SetPiece, Vec3

__all__ = ["PROPS", "add_props"]


@dataclass(frozen=True)
class Prop:
    """What to build for a word, and where it belongs."""

    kind: str
    size: Vec3
    where: str
    color: RGB = (0.28, 0.16, 0.08)
    accent: RGB = (0.1, 0.06, 0.03)
    matter: Matter = Matter.WOOD

    @property
    def item(self) -> Item:
        """The thing itself."""
        return Item(self.kind, self.size, self.color, self.accent, self.matter)


LEAF: RGB = (0.07, 0.15, 0.045)
PIANO = Prop("piano", (1.5, 1.22, 0.66), "wall", (0.035, 0.025, 0.02))
TV = Prop("tv", (1.4, 1.15, 0.42), "wall")
SOFA = Prop(
    "sofa", (2.0, 0.85, 0.95), "wall", (0.09, 0.17, 0.19), (0.5, 0.3, 0.1), Matter.CLOTH
)
CAR = Prop(
    "car", (1.8, 1.45, 4.5), "ground", (0.3, 0.04, 0.03), (0.05,) * 3, Matter.METAL
)
TREE = Prop(
    "tree", (4.6, 6.4, 4.6), "ground", LEAF, (0.11, 0.07, 0.045), Matter.FOLIAGE
)
BOOKS = Prop("papers", (0.26, 0.1, 0.32), "top")
PHONE = Prop(
    "phone", (0.22, 0.12, 0.2), "top", (0.03, 0.03, 0.035), matter=Matter.PLASTIC
)
SUITCASE = Prop(
    "suitcase", (0.68, 0.5, 0.22), "floor", (0.16, 0.085, 0.045), matter=Matter.LEATHER
)
TROLLEY = Prop(
    "trolley", (0.95, 0.95, 0.55), "wall", (0.42, 0.43, 0.44), (0.5, 0.52, 0.52),
    Matter.METAL,
)  # fmt: skip
TRUCK = Prop(
    "pickup-truck", (1.95, 1.85, 5.2), "ground", (0.15, 0.2, 0.19),
    matter=Matter.METAL,
)  # fmt: skip
REEL = Prop("film-reel", (0.36, 0.09, 0.36), "top", matter=Matter.METAL)
PROJECTOR = Prop(
    "projector", (0.55, 1.75, 1.15), "floor", (0.13, 0.16, 0.15), matter=Matter.METAL
)
CRATES = Prop("crates", (1.3, 0.95, 0.8), "wall", (0.33, 0.2, 0.1))
CARTON = Prop("box", (0.5, 0.36, 0.4), "wall", (0.36, 0.23, 0.12), matter=Matter.PAPER)
BOOKCASE = Prop("bookcase", (1.1, 2.0, 0.34), "wall")
PICTURE = Prop(
    "picture", (0.7, 0.55, 0.035), "hung", (0.12, 0.07, 0.03), (0.09, 0.16, 0.2)
)
WARDROBE = Prop("cupboard", (1.2, 2.1, 0.6), "wall")
BICYCLE = Prop(
    "bicycle", (0.5, 1.05, 1.75), "ground", (0.06, 0.2, 0.2), matter=Matter.METAL
)

PROPS: dict[str, Prop] = {
    "piano": PIANO,
    "projector": PROJECTOR,
    "phone": PHONE,
    "telephone": PHONE,
    "tv": TV,
    "television": TV,
    "bed": Prop("bed", (1.5, 1.0, 2.05), "wall", accent=(0.12, 0.17, 0.28)),
    "sofa": SOFA,
    "couch": SOFA,
    "armchair": Prop("armchair", (0.9, 0.88, 0.88), "floor", (0.4, 0.16, 0.07), (0.5, 0.4, 0.2), Matter.CLOTH),
    "chair": Prop("chair", (0.46, 0.92, 0.5), "floor"),
    "stool": Prop("stool", (0.4, 0.5, 0.4), "floor"),
    "table": Prop("table", (1.3, 0.75, 0.8), "floor"),
    "desk": Prop("desk", (1.4, 0.75, 0.7), "floor"),
    "computer": Prop("computer", (0.55, 0.5, 0.5), "top", matter=Matter.PLASTIC),
    "laptop": Prop("laptop", (0.34, 0.25, 0.24), "top", (0.3, 0.3, 0.31), matter=Matter.PLASTIC),
    "fridge": Prop("fridge", (0.7, 1.8, 0.68), "wall", (0.55, 0.56, 0.54), matter=Matter.PLASTIC),
    "refrigerator": Prop("fridge", (0.7, 1.8, 0.68), "wall", (0.55, 0.56, 0.54), matter=Matter.PLASTIC),
    "stove": Prop("stove", (0.62, 0.92, 0.62), "wall", (0.6, 0.6, 0.58), matter=Matter.PLASTIC),
    "lamp": Prop("floor-lamp", (0.42, 1.6, 0.42), "wall", (0.1, 0.08, 0.05), matter=Matter.METAL),
    "lantern": Prop("table-lamp", (0.22, 0.34, 0.22), "top", (0.1, 0.08, 0.05), matter=Matter.METAL),
    "mirror": Prop("mirror", (0.6, 0.9, 0.04), "hung"),
    "clock": Prop("clock", (0.36, 0.36, 0.05), "hung"),
    "picture": PICTURE,
    "painting": PICTURE,
    "photograph": PICTURE,
    "portrait": PICTURE,
    "poster": PICTURE,
    "bookcase": BOOKCASE,
    "bookshelf": BOOKCASE,
    "shelves": BOOKCASE,
    "wardrobe": WARDROBE,
    "closet": WARDROBE,
    "cupboard": WARDROBE,
    "book": BOOKS,
    "books": BOOKS,
    "letter": BOOKS,
    "papers": BOOKS,
    "documents": BOOKS,
    "reel": REEL,
    "reels": REEL,
    "plant": Prop("plant", (0.6, 1.2, 0.6), "wall", LEAF, (0.4, 0.16, 0.08), Matter.FOLIAGE),
    "rug": Prop("rug", (2.2, 0.015, 1.5), "under", (0.4, 0.1, 0.06), (0.5, 0.4, 0.25), Matter.CLOTH),
    "carpet": Prop("rug", (2.2, 0.015, 1.5), "under", (0.4, 0.1, 0.06), (0.5, 0.4, 0.25), Matter.CLOTH),
    "box": CARTON,
    "boxes": CARTON,
    "suitcase": SUITCASE,
    "luggage": SUITCASE,
    "trolley": TROLLEY,
    "gurney": TROLLEY,
    "cart": TROLLEY,
    "payphone": Prop("payphone", (0.62, 2.1, 0.5), "wall", (0.08, 0.12, 0.2), matter=Matter.PLASTIC),
    "truck": TRUCK,
    "pickup": TRUCK,
    "trunk": Prop("box", (0.9, 0.5, 0.5), "wall", (0.16, 0.09, 0.05)),
    "crate": CRATES,
    "crates": CRATES,
    "blackboard": Prop("blackboard", (2.4, 1.2, 0.05), "hung", (0.05, 0.08, 0.07)),
    "screen": Prop("screen", (2.4, 1.6, 0.12), "wall", matter=Matter.CLOTH),
    "altar": Prop("altar", (1.6, 1.0, 0.7), "wall", (0.45, 0.43, 0.38), (0.62, 0.6, 0.54), Matter.STONE),
    "tree": TREE,
    "trees": TREE,
    "oak": TREE,
    "bush": Prop("bush", (1.4, 1.0, 1.2), "ground", LEAF, matter=Matter.FOLIAGE),
    "rock": Prop("rock", (1.4, 0.9, 1.1), "ground", (0.26, 0.25, 0.23), matter=Matter.STONE),
    "log": Prop("log", (2.2, 0.45, 0.5), "ground", (0.13, 0.085, 0.05)),
    "bench": Prop("bench", (1.6, 0.85, 0.6), "wall", (0.24, 0.12, 0.05)),
    "car": CAR,
    "taxi": CAR,
    "cab": CAR,
    "sedan": CAR,
    "bicycle": BICYCLE,
    "bike": BICYCLE,
    "dumpster": Prop("dumpster", (1.9, 1.35, 1.1), "ground", (0.06, 0.16, 0.1), matter=Matter.METAL),
    "streetlight": Prop("lamp-post", (0.5, 4.6, 1.4), "ground", (0.06,) * 3, matter=Matter.METAL),
    "lamppost": Prop("lamp-post", (0.5, 4.6, 1.4), "ground", (0.06,) * 3, matter=Matter.METAL),
    "fence": Prop("fence", (3.6, 1.3, 0.15), "wall", (0.3, 0.22, 0.14)),
}  # fmt: skip
"""Nouns of the action that a set can be given."""

TOPS = (
    "table",
    "desk",
    "coffee-table",
    "round-table",
    "worktop",
    "side-table",
    "bar-counter",
    "counter",
)
HOUSE_LAMPS = ("floor-lamp", "table-lamp")
"""Outdoors "the lamp" means the street's."""

CARRIED = ("suitcase",)
"""Outdoors these are in somebody's hand, not left on the road."""

MOST_PIECES = 60

Rectangle = tuple[float, float, float, float]
"""Of the floor: least and greatest x, least and greatest z."""

_WALLS: tuple[Side, ...] = ("w", "e", "n", "s")
"""In the order in which a place at them is tried."""

_UNDERFOOT = SHELL | {
    "marking", "grass", "sidewalk", "hill", "mesa", "telegraph-line", "station-canopy",
}  # fmt: skip
"""What a thing may stand on, or under, or is far off."""


def add_props(d: Dressing, words: frozenset[str]) -> None:
    """Add what the words name and the set lacks, free of what stands there."""
    for word in sorted(words & PROPS.keys()):
        prop = PROPS[word]
        if any(piece.kind == prop.kind and _near(d, piece) for piece in d.pieces):
            continue
        if len(d.pieces) >= MOST_PIECES - 1 or (prop.where == "ground" and d.interior):
            continue
        if d.template == "car" and prop.where not in ("ground",):
            continue
        if not d.interior and prop.kind in (*HOUSE_LAMPS, *CARRIED):
            continue
        match prop.where:
            case "top":
                _on_top(d, prop)
            case "hung":
                _hung(d, prop)
            case "under":
                _put(d, prop, 0.0, d.d * 0.12, 0.0)
            case _:
                _on_floor(d, prop)


def _near(d: Dressing, piece: SetPiece) -> bool:
    x, _, z = piece.position_m
    return abs(x) < d.w / 2 + 0.5 and abs(z) < d.d / 2 + 0.5


def _put(
    d: Dressing, prop: Prop, x: float, z: float, yaw: float, y: float = 0.0
) -> None:
    d.put(prop.item, x, z, yaw=yaw, y=y)
    if prop.kind == "piano":
        turn = math.radians(yaw)
        away = prop.size[2] / 2 + 0.4
        d.add(
            "stool", (0.42, 0.5, 0.42), x + math.sin(turn) * away,
            z + math.cos(turn) * away, yaw=yaw + 180, color=prop.color,
            accent=(0.08, 0.03, 0.02),
        )  # fmt: skip


def _on_top(d: Dressing, prop: Prop) -> None:
    for piece in d.pieces:
        if piece.kind in TOPS and _near(d, piece):
            right = piece.size_m[0] * (0.3 if prop.kind != "computer" else 0.0)
            d.put_on(prop.item, piece, right=right)
            return
    if not d.interior:
        return
    stand = Prop("side-table", (0.55, 0.62, 0.45), "wall")
    before = len(d.pieces)
    _on_floor(d, stand)
    if len(d.pieces) > before:
        d.put_on(prop.item, d.pieces[-1])


def _hung(d: Dressing, prop: Prop) -> None:
    """Hang it where no opening and nothing tall stands in the way."""
    if not d.interior:
        return
    walls = [piece for piece in d.pieces if piece.kind == "wall"]
    for side in ("n", "w", "e", "s"):
        wall = next(p for p in walls if p.yaw_deg == YAW_DEG[side])
        length = d.w if side in "ns" else d.d
        for along in np.linspace(-length * 0.4, length * 0.4, 9):
            x, z = d.by(side, float(along), prop.size[2] / 2 + 0.012)
            flip = {"n": 1, "s": -1, "w": -1, "e": 1}[side]
            half = prop.size[0] / 2 + 0.15
            if any(
                abs(flip * along - o.x_m) < o.width_m / 2 + half for o in wall.openings
            ):
                continue
            box = _footprint(prop.size, x, z, YAW_DEG[side], grow=0.12)
            if any(
                _overlap(
                    box,
                    _footprint(p.size_m, p.position_m[0], p.position_m[2], p.yaw_deg),
                )
                for p in d.pieces
                if p.kind not in SHELL and p.position_m[1] + p.size_m[1] > 1.2
            ):
                continue
            _put(d, prop, x, z, YAW_DEG[side], y=1.6 - prop.size[1] / 2)
            return


def _on_floor(d: Dressing, prop: Prop) -> None:
    """Try places along the walls, then over the floor; give up when it is full."""
    taken = _taken(d)
    for x, z, yaw in _tries(d, prop):
        x0, x1, z0, z1 = _footprint(prop.size, x, z, yaw)
        inside = x0 > d.west and x1 < d.east and z0 > d.north and z1 < d.south
        roomy = _footprint(prop.size, x, z, yaw, grow=0.12)
        if inside and not any(_overlap(roomy, other) for other in taken):
            _put(d, prop, x, z, yaw)
            return


def _tries(d: Dressing, prop: Prop) -> Iterator[tuple[float, float, float]]:
    """Yield where a prop might stand, best first, as (x, z, yaw)."""
    w, _, depth = prop.size
    if prop.where == "wall" and d.interior:
        for side in _WALLS:
            end = (d.w if side in "ns" else d.d) / 2 - w / 2 - 0.1
            for along in np.linspace(-end, end, 9):
                yield (*d.by(side, float(along), depth / 2 + 0.03), YAW_DEG[side])
    if prop.kind == "pickup-truck":
        for x in (1.6, -1.6, 4.0):
            yield x, -0.33 * d.d, 84.0
    for z in (0.3, -0.3, 0.12, -0.12, 0.42, -0.42):
        for x in (0.3, -0.3, 0.18, -0.18, 0.42, -0.42, 0.0):
            yield x * d.w, z * d.d, 0.0 if z < 0 else 180.0
            yield x * d.w, z * d.d, 90.0


def _taken(d: Dressing) -> list[Rectangle]:
    """Floor where nothing more may stand: under pieces, on wishes, before doors."""
    standing = [
        _footprint(p.size_m, p.position_m[0], p.position_m[2], p.yaw_deg)
        for p in d.pieces
        if p.kind not in _UNDERFOOT and p.position_m[1] < 1.9
    ]
    wished = [
        (wish.x - 0.5, wish.x + 0.5, wish.z - 0.5, wish.z + 0.5) for wish in d.wishes
    ]
    return [*standing, *wished, *_doorways(d)]


def _doorways(d: Dressing) -> list[Rectangle]:
    """Floor that must stay free for doors."""
    zones = []
    for piece in d.pieces:
        for o in piece.openings:
            if o.kind == "window":
                continue
            x, z = near(piece, o.x_m, 0.7)
            zones.append((x - 0.75, x + 0.75, z - 0.75, z + 0.75))
    return zones


def _footprint(
    size: Vec3, x: float, z: float, yaw_deg: float, *, grow: float = 0.0
) -> Rectangle:
    """The axis-aligned floor rectangle (x0, x1, z0, z1) round a turned piece."""
    yaw = math.radians(yaw_deg)
    c, s = abs(math.cos(yaw)), abs(math.sin(yaw))
    a, b = size[0] / 2 + grow, size[2] / 2 + grow
    half_x, half_z = c * a + s * b, s * a + c * b
    return x - half_x, x + half_x, z - half_z, z + half_z


def _overlap(a: Rectangle, b: Rectangle) -> bool:
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
