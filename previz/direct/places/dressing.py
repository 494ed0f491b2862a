"""The floor plan on which a template puts pieces and says where people can be."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np

from previz.direct.places.items import Item
from previz.direct.places.palette import STREETS, Paint, Palette, pick
from previz.direct.places.style import PLAIN, Style
from previz.model import Matter, Opening, SetPiece, Spot, Vec3

__all__ = [
    "SHELL",
    "WALL_M",
    "YAW_DEG",
    "Dressing",
    "Hole",
    "Side",
    "Wish",
    "grown",
    "near",
    "open_air",
]

Side = Literal["n", "s", "w", "e"]
"""A wall of the room: n stands at -z and faces +z, w stands at -x and faces +x."""

YAW_DEG: dict[Side, float] = {"n": 0.0, "s": 180.0, "w": 90.0, "e": -90.0}
WALL_M = 0.2
SHELL = frozenset(
    {"wall", "floor", "ceiling", "ground", "rug", "dado", "cornice", "beams", "ducts"}
)
"""Kinds that other pieces stand on, under or before."""


@dataclass(frozen=True)
class Hole:
    """An opening of the room: on which wall, where along it, how big."""

    side: Side
    kind: Literal["door", "window", "archway"]
    along: float
    width: float = 0.95
    height: float = 2.08
    sill: float = 0.0


@dataclass(frozen=True)
class Wish:
    """A place where a person should be able to stand, before it is fitted in."""

    name: str
    words: tuple[str, ...]
    x: float
    z: float
    facing_deg: float
    exit: bool = False
    needed: bool = False


class Dressing:
    """A set on its way from template to value.

    Args:
        template: Name of the template.
        interior: Whether walls enclose it.
        size_m: Playing area: width, height, depth.
        palette: Colours to dress it in.
        rng: The only source of chance.
        people: How many the script brings together here.
    """

    def __init__(
        self,
        template: str,
        *,
        interior: bool,
        size_m: Vec3,
        palette: Palette,
        rng: np.random.Generator,
        people: int,
    ) -> None:
        self.template = template
        self.interior = interior
        growth = 1.0 + 0.05 * min(12, max(0, people - 4))
        self.w = round(size_m[0] * growth, 2)
        self.h = size_m[1]
        self.d = round(size_m[2] * growth, 2)
        self.palette = palette
        self.rng = rng
        self.people = people
        self.pieces: list[SetPiece] = []
        self.wishes: list[Wish] = []
        self.seats: list[Spot] = []
        self.holes: tuple[Hole, ...] = ()
        self.style: Style = PLAIN
        self.views: frozenset[Side] = frozenset()
        self._counts: dict[str, int] = {}

    @property
    def north(self) -> float:
        """World z of the edge at the back."""
        return -self.d / 2

    @property
    def south(self) -> float:
        """World z of the edge in front."""
        return self.d / 2

    @property
    def west(self) -> float:
        """World x of the edge on the left."""
        return -self.w / 2

    @property
    def east(self) -> float:
        """World x of the edge on the right."""
        return self.w / 2

    def put(
        self,
        item: Item,
        x: float,
        z: float,
        *,
        yaw: float = 0.0,
        y: float = 0.0,
        openings: tuple[Opening, ...] = (),
    ) -> SetPiece:
        """Put an item on the plan and return the piece that it became."""
        number = self._counts.get(item.kind, 0) + 1
        self._counts[item.kind] = number
        identifier = item.kind if number == 1 else f"{item.kind}-{number}"
        piece = SetPiece(
            id=identifier,
            kind=item.kind,
            position_m=(round(x, 3), round(y, 3), round(z, 3)),
            yaw_deg=yaw,
            size_m=item.size_m,
            color=self.palette.rgb(item.color),
            accent=self.palette.rgb(item.accent),
            matter=item.matter,
            openings=openings,
            seed=(zlib.crc32(identifier.encode()) + int(self.rng.integers(1 << 16)))
            % (1 << 31),
        )
        self.pieces.append(piece)
        return piece

    def put_against(
        self,
        item: Item,
        side: Side,
        along: float,
        *,
        y: float = 0.0,
        gap: float = 0.02,
    ) -> SetPiece:
        """Put an item with its back to a wall; `along` is its world x or z."""
        x, z = self.by(side, along, item.size_m[2] / 2 + gap)
        return self.put(item, x, z, yaw=YAW_DEG[side], y=y)

    def put_on(
        self,
        item: Item,
        piece: SetPiece,
        *,
        right: float = 0.0,
        front: float = 0.0,
        yaw: float = 0.0,
        height: float | None = None,
    ) -> SetPiece:
        """Put an item on top of a piece, offset and turned in that piece's space."""
        x, z = near(piece, right, front)
        top = piece.size_m[1] if height is None else height
        return self.put(
            item, x, z, yaw=piece.yaw_deg + yaw, y=piece.position_m[1] + top
        )

    def add(
        self,
        kind: str,
        size: Vec3,
        x: float,
        z: float,
        *,
        yaw: float = 0.0,
        y: float = 0.0,
        color: Paint = "wood",
        accent: Paint = "dark",
        matter: Matter = Matter.WOOD,
        openings: tuple[Opening, ...] = (),
    ) -> SetPiece:
        """Put what stands here only: as `put`, of an item that nothing else names."""
        item = Item(kind, size, color, accent, matter)
        return self.put(item, x, z, yaw=yaw, y=y, openings=openings)

    def against(
        self,
        side: Side,
        along: float,
        kind: str,
        size: Vec3,
        *,
        y: float = 0.0,
        gap: float = 0.02,
        color: Paint = "wood",
        accent: Paint = "dark",
        matter: Matter = Matter.WOOD,
    ) -> SetPiece:
        """Put what stands here only with its back to a wall, as `put_against`."""
        item = Item(kind, size, color, accent, matter)
        return self.put_against(item, side, along, y=y, gap=gap)

    def by(self, side: Side, along: float, away: float) -> tuple[float, float]:
        """Return the floor point so far away from a wall, as (x, z)."""
        match side:
            case "n":
                return along, -self.d / 2 + away
            case "s":
                return along, self.d / 2 - away
            case "w":
                return -self.w / 2 + away, along
            case "e":
                return self.w / 2 - away, along

    def on(
        self,
        piece: SetPiece,
        kind: str,
        size: Vec3,
        *,
        right: float = 0.0,
        front: float = 0.0,
        yaw: float = 0.0,
        height: float | None = None,
        color: Paint = "wood",
        accent: Paint = "dark",
        matter: Matter = Matter.WOOD,
    ) -> SetPiece:
        """Put what stands here only on top of a piece, as `put_on`."""
        item = Item(kind, size, color, accent, matter)
        return self.put_on(
            item, piece, right=right, front=front, yaw=yaw, height=height
        )

    def wish(
        self,
        name: str,
        words: tuple[str, ...],
        x: float,
        z: float,
        facing: float,
        *,
        leave: bool = False,
        needed: bool = False,
    ) -> None:
        """Ask for a standing spot; `finish` fits it between the pieces."""
        self.wishes.append(Wish(name, words, x, z, facing, leave, needed))

    def jitter(self, spread: float) -> float:
        """Return a small chance offset within ±spread."""
        return float(self.rng.uniform(-spread, spread))

    def chance(self, share: float) -> bool:
        """Say yes with this probability."""
        return bool(self.rng.random() < share)


def near(piece: SetPiece, right: float, front: float) -> tuple[float, float]:
    """Return the floor point at an offset in a piece's own space, as (x, z)."""
    yaw = math.radians(piece.yaw_deg)
    x, _, z = piece.position_m
    return (
        x + math.cos(yaw) * right + math.sin(yaw) * front,
        z - math.sin(yaw) * right + math.cos(yaw) * front,
    )


def grown(
    template: str,
    size_m: Vec3,
    rng: np.random.Generator,
    people: int,
    *,
    palettes: tuple[Palette, ...],
    interior: bool = True,
    wider_m: tuple[float, float] = (-0.2, 0.5),
    deeper_m: tuple[float, float] = (-0.1, 0.5),
) -> Dressing:
    """Return the bare floor of a template: about so large, in one of the palettes.

    Args:
        template: Its name.
        size_m: Playing area: width, height, depth.
        rng: The only source of chance.
        people: How many the script brings together here.
        palettes: Colours to choose from.
        interior: Whether walls enclose it.
        wider_m: Least and most that chance adds to the width.
        deeper_m: Least and most that it adds to the depth.
    """
    width = size_m[0] + float(rng.uniform(*wider_m))
    depth = size_m[2] + float(rng.uniform(*deeper_m))
    return Dressing(
        template,
        interior=interior,
        size_m=(width, size_m[1], depth),
        palette=pick(palettes, rng),
        rng=rng,
        people=people,
    )


def open_air(
    template: str, size_m: Vec3, rng: np.random.Generator, people: int
) -> Dressing:
    """Return the bare ground of a template under the sky, exactly so large.

    Args:
        template: Its name.
        size_m: Playing area: width, height, depth.
        rng: The only source of chance.
        people: How many the script brings together here.
    """
    return Dressing(
        template,
        interior=False,
        size_m=size_m,
        palette=pick(STREETS, rng),
        rng=rng,
        people=people,
    )
