"""Groups of pieces that many templates share."""

from __future__ import annotations

from previz.direct.places.dressing import WALL_M, YAW_DEG, Dressing, Hole, Side, near
from previz.direct.places.items import FACADE, Item
from previz.direct.places.palette import Paint, Swatch
from previz.direct.places.style import HOME, Style
from previz.model import RGB, Matter, Opening, SetPiece

__all__ = [
    "Hole",
    "chair_at",
    "desk_group",
    "dining",
    "door",
    "front_row",
    "greenery",
    "ground",
    "hang",
    "lounge",
    "pictures",
    "room",
    "sides",
    "strips",
    "vista",
    "window",
]


OCHRE: RGB = (0.38, 0.24, 0.13)
"""Plaster of house fronts between the palette's colours."""

_SIDES: tuple[Side, ...] = ("n", "s", "w", "e")

RUG = Item("rug", (3.3, 0.015, 2.5), "accent", "cloth2", Matter.CLOTH)
SOFA = Item("sofa", (2.2, 0.85, 0.95), "cloth", "cloth2", Matter.CLOTH)
ARMCHAIR = Item("armchair", (0.88, 0.88, 0.88), "cloth2", "accent", Matter.CLOTH)


def window(side: Side, along: float, width: float = 1.7, sill: float = 0.85) -> Hole:
    """A window whose head is at about 2.3 m."""
    return Hole(side, "window", along, width, 2.3 - sill, sill)


def door(side: Side, along: float, width: float = 0.95) -> Hole:
    """A door."""
    return Hole(side, "door", along, width, 2.08)


def room(
    d: Dressing,
    holes: tuple[Hole, ...],
    *,
    floor: Matter = Matter.WOOD,
    wall: Paint = "wall",
    matter: Matter = Matter.PLASTER,
    ceiling: RGB = (0.62, 0.6, 0.55),
    ground: Paint | None = None,
    trim: Paint = "trim",
    style: Style = HOME,
) -> None:
    """Build floor, ceiling and four walls with these holes, finished in a style."""
    whole = (d.w + 2 * WALL_M, 0.15, d.d + 2 * WALL_M)
    d.put(Item("floor", whole, ground or "floor", ground or "floor2", floor), 0, 0)
    d.add("ceiling", whole, 0, 0, y=d.h, color=ceiling, matter=Matter.PLASTER)
    shell = Item("wall", whole, wall, trim, matter)
    for side in _SIDES:
        _wall(d, shell, side, tuple(hole for hole in holes if hole.side == side))
    d.holes, d.style = holes, style
    d.views = frozenset(hole.side for hole in holes if hole.kind == "window")
    _trim(d, trim)


def _wall(d: Dressing, item: Item, side: Side, holes: tuple[Hole, ...]) -> None:
    """Build one wall of a room with its holes; only its length and height differ."""
    length = d.w + 2 * WALL_M if side in "ns" else d.d
    x, z = d.by(side, 0.0, -WALL_M / 2)
    flip = {"n": 1, "s": -1, "w": -1, "e": 1}[side]
    openings = tuple(
        Opening(
            kind=hole.kind,
            x_m=round(flip * hole.along, 3),
            y_m=hole.sill,
            width_m=hole.width,
            height_m=hole.height,
        )
        for hole in holes
    )
    wall = item.sized(length, d.h, WALL_M)
    d.put(wall, x, z, yaw=YAW_DEG[side], openings=openings)


def _trim(d: Dressing, trim: Paint) -> None:
    """Add the dado, and what runs under the ceiling, of the room's style."""
    style = d.style
    if style.above:
        high = {"cornice": 0.12, "beams": 0.26, "ducts": 0.75}[style.above]
        d.add(
            style.above, (d.w, high, d.d), 0, 0, y=d.h - high - 0.001,
            color="wood" if style.above == "beams" else (0.56, 0.54, 0.49),
            accent=(0.42, 0.43, 0.44), matter=Matter.PLASTER,
        )  # fmt: skip
    if style.dado is None or not d.chance(style.dado_share):
        return
    color: Paint = trim if style.dado is Matter.WOOD else "cloth2"
    color = (0.6, 0.59, 0.55) if style.dado is Matter.TILE else color
    walls = [piece for piece in d.pieces if piece.kind == "wall"]
    for wall in walls:
        w, _, t = wall.size_m
        inner = w - 2 * WALL_M if wall.yaw_deg in (0.0, 180.0) else w - 0.05
        x, z = near(wall, 0.0, t / 2 + 0.0125)
        d.add(
            "dado", (inner, style.dado_m, 0.025), x, z, yaw=wall.yaw_deg, color=color,
            matter=style.dado, openings=wall.openings,
        )  # fmt: skip


def chair_at(
    d: Dressing,
    x: float,
    z: float,
    yaw: float,
    *,
    kind: str = "chair",
    size: tuple[float, float, float] = (0.46, 0.92, 0.5),
    color: Paint = "wood",
    accent: Paint = "cloth2",
) -> SetPiece:
    """Put a chair; its sitter faces yaw."""
    return d.add(kind, size, x, z, yaw=yaw, color=color, accent=accent)


def dining(
    d: Dressing, x: float, z: float, *, seats: int, wide: float = 1.5
) -> SetPiece:
    """Put a table with chairs at its long sides, then its ends, and things on it."""
    long = wide + 0.55 * max(0, (seats - 4 + 1) // 2)
    deep = 0.85
    table = d.add("table", (long, 0.75, deep), x, z, accent="dark")
    each = max(1, min(seats, 2 * int(long / 0.6)) + 1) // 2
    left = seats
    for side in (1, -1):
        for k in range(each):
            if left == 0:
                break
            at = x + (k - (each - 1) / 2) * long / max(each, 1)
            chair_at(d, at, z + side * (deep / 2 + 0.16), 180.0 if side > 0 else 0.0)
            left -= 1
    d.on(
        table,
        "tableware",
        (min(1.2, long * 0.8), 0.1, 0.7),
        color=(0.62, 0.6, 0.55),
        accent="accent",
    )
    return table


def lounge(d: Dressing, x: float, z: float, *, facing: float = 180.0) -> None:
    """Put a sofa, two armchairs and a low table on a rug; the sofa faces `facing`."""
    turn = 1.0 if facing == 0 else -1.0
    d.put(RUG, x, z)
    d.put(SOFA, x, z - turn * 1.35, yaw=facing)
    for s in (-1, 1):
        yaw = facing + 180.0 - s * 38.0 * turn
        d.put(ARMCHAIR, x + s * 1.35, z + turn * 0.95, yaw=yaw)
    low = d.add("coffee-table", (1.1, 0.42, 0.6), x, z - turn * 0.1)
    d.on(low, "papers", (0.26, 0.09, 0.32), right=-0.28)
    d.on(low, "plant", (0.3, 0.38, 0.3), right=0.3, color="leaf", accent="trim")


def desk_group(d: Dressing, x: float, z: float, *, facing: float) -> None:
    """Put a desk with its screen, lamp, phone and papers, a chair and a visitor's.

    Args:
        d: The plan.
        x: Middle of the desk.
        z: Middle of the desk.
        facing: Where whoever works at it looks, in degrees.
    """
    yaw = facing + 180.0 + d.jitter(2.0)
    desk = d.add("desk", (1.5, 0.75, 0.75), x, z, yaw=yaw, color="wood", accent="dark")
    d.on(desk, "computer", (0.52, 0.46, 0.34), right=0.1, front=-0.1, color="dark")
    d.on(desk, "papers", (0.26, 0.12, 0.32), right=-0.48, front=0.1, yaw=d.jitter(12))
    d.on(desk, "table-lamp", (0.22, 0.4, 0.22), right=-0.6, front=-0.22, color="accent")
    d.on(desk, "phone", (0.18, 0.1, 0.18), right=0.56, front=-0.05, color=(0.03,) * 3)
    at = near(desk, 0.0, 0.72)
    chair_at(
        d, *at, facing + d.jitter(10), kind="office-chair", size=(0.6, 1.05, 0.6),
        color="cloth", accent="dark",
    )  # fmt: skip
    at = near(desk, 0.25, -0.75)
    chair_at(d, *at, yaw + d.jitter(12), accent="cloth")


def strips(d: Dressing, *places: tuple[float, float]) -> None:
    """Hang fluorescent fittings under the ceiling."""
    for x, z in places:
        d.add("strip-light", (1.5, 0.08, 0.28), x, z, y=d.h - 0.09, color=(0.6,) * 3)


def pictures(d: Dressing, side: Side, *places: float) -> None:
    """Hang a picture at each place along a wall, 1.3 m up."""
    for along in places:
        w = 0.6 + abs(d.jitter(0.35))
        h = w * (0.75 if d.chance(0.6) else 1.2)
        d.against(
            side,
            along,
            "picture",
            (w, h, 0.035),
            y=1.62 - h / 2,
            gap=0.012,
            color="dark",
            accent="cloth",
        )


def hang(d: Dressing, item: Item, x: float, z: float, *, gap: float = 0.02) -> SetPiece:
    """Hang an item from the ceiling."""
    return d.put(item, x, z, y=d.h - item.size_m[1] - gap)


def ground(
    d: Dressing, wide_m: float, color: Paint, matter: Matter, *, y: float = -0.001
) -> None:
    """Lay ground that reaches so far all round."""
    d.put(Item("ground", (wide_m, 0.1, wide_m), color, matter=matter), 0, 0, y=y)


def sides(d: Dressing, *, depth: float = 0.0) -> None:
    """Let people come and go at the left and right ends of an open set."""
    x = d.w / 2 - 0.9
    ends = ("street", "road", "path")
    d.wish("left", ("left", *ends), -x, depth, 90.0, leave=True, needed=True)
    d.wish("right", ("right", *ends), x, depth, -90.0, leave=True)


def front_row(
    d: Dressing, z: float, *, yaw: float, count: int, drop: float = 0.0
) -> None:
    """Line up house fronts along x whose fronts stand at z."""
    tones: tuple[Paint, ...] = ("wall", "cloth2", "trim", OCHRE)
    trims: tuple[Swatch, ...] = ("wood", "cloth", "dark")
    width = (d.w + 14) / count
    back = -1.0 if yaw == 0 else 1.0
    for k in range(count):
        x = -(d.w + 14) / 2 + width * (k + 0.5)
        tall = 10.0 + 3.0 * int(d.rng.integers(0, 3))
        front = FACADE.sized(width - 0.02, tall, 6.0).of(
            Matter.BRICK if k % 2 else Matter.STONE
        )
        tone = tones[(k + int(d.rng.integers(2))) % 4]
        d.put(front.painted(tone, trims[k % 3]), x, z + back * 3.0, yaw=yaw, y=drop)


def vista(d: Dressing, near: float, far: float, *, drop: float = 0.0) -> None:
    """Let a street go on: more fronts along it, one across each end, towers behind.

    Args:
        d: The street, whose own fronts reach 7 m beyond its playing area.
        near: Where the fronts that face +z stand.
        far: Where those that face -z stand.
        drop: How far below the playing area the ground lies.
    """
    p = d.palette
    tones: tuple[RGB, ...] = (p.cloth2, p.wall, OCHRE, p.trim)
    half, first = (d.w + 14) / 2, int(d.rng.integers(4))
    rows: list[tuple[float, float, float, float, float]] = []
    for s in (-1, 1):
        rows.append(
            (16.0, s * (half + 8.1), near - 3.5, 0.0, 9.0 + 3.0 * d.chance(0.5))
        )
        rows.append((16.0, s * (half + 8.1), far + 3.5, 180.0, 11.0))
        rows.append((34.0, s * (half + 22.0), (near + far) / 2, -s * 90.0, 14.0))
    for k, x in enumerate((-16.0, 5.0, 21.0)):
        tall = 21.0 + 5.0 * ((k + first) % 3) + d.jitter(2.0)
        rows.append((13.0, x + d.jitter(3.0), near - 22.0 - 7.0 * (k % 2), 0.0, tall))
    for k, (wide, x, z, yaw, tall) in enumerate(rows):
        d.add(
            "facade", (wide, tall, 7.0), x, z, yaw=yaw, y=drop,
            color=tones[(k + first) % 4], accent=(p.wood, p.dark)[k % 2],
            matter=Matter.STONE if k % 2 else Matter.BRICK,
        )  # fmt: skip


TREES: dict[str, tuple[float, float]] = {
    "tree": (6.6, 0.72), "conifer": (8.5, 0.5), "poplar": (9.0, 0.24),
    "bare-tree": (6.4, 0.66), "palm": (6.8, 0.66),
}  # fmt: skip
"""Height in metres of each kind of tree, and its width as a share of it."""


def greenery(
    d: Dressing,
    spots: list[tuple[float, float]],
    *,
    kind: str = "tree",
    drop: float = 0.0,
) -> None:
    """Plant trees of varied size at these floor points."""
    for x, z in spots:
        tall, wide = TREES[kind]
        tall *= 1.0 + d.jitter(0.2)
        size = (tall * wide, tall, tall * wide)
        tint = 1.0 + d.jitter(0.25)
        r, g, b = d.palette.leaf
        d.add(
            kind,
            size,
            x + d.jitter(0.3),
            z + d.jitter(0.3),
            y=drop,
            yaw=d.jitter(180.0),
            color=(r * tint, g * tint, b),
            accent=(0.11, 0.07, 0.045),
            matter=Matter.FOLIAGE,
        )
