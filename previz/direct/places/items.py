"""Things that sets are dressed with, as they are made: size, colours, matter."""

from __future__ import annotations

from dataclasses import dataclass, replace

from previz.direct.places.palette import Paint
from previz.model import RGB, Matter, Vec3

__all__ = [
    "BENCH",
    "BIN",
    "BLACK",
    "BUSH",
    "CAR",
    "COLUMN",
    "CRATES",
    "FACADE",
    "HEDGE",
    "HILL",
    "IRON",
    "LAMP_POST",
    "LOG",
    "PATH",
    "ROCK",
    "SEATS",
    "SIDEWALK",
    "STONE",
    "TIMBER",
    "TUFTS",
    "Item",
]

BLACK: RGB = (0.05, 0.05, 0.05)
IRON: RGB = (0.06, 0.06, 0.065)
STONE: RGB = (0.36, 0.34, 0.3)
TIMBER: RGB = (0.24, 0.14, 0.07)


@dataclass(frozen=True)
class Item:
    """A thing before it stands anywhere.

    Attributes:
        kind: Kind of set piece that it becomes.
        size_m: Width, height, depth.
        color: Of most of it, its own or one of the place's palette.
        accent: Of the rest of it.
        matter: What it is made of.
    """

    kind: str
    size_m: Vec3
    color: Paint = "wood"
    accent: Paint = "dark"
    matter: Matter = Matter.WOOD

    def sized(self, width: float, height: float, depth: float) -> Item:
        """Return it in another size, in metres."""
        return replace(self, size_m=(width, height, depth))

    def painted(self, color: Paint, accent: Paint | None = None) -> Item:
        """Return it in another colour, or in two."""
        return replace(
            self, color=color, accent=self.accent if accent is None else accent
        )

    def trimmed(self, accent: Paint) -> Item:
        """Return it with another accent."""
        return replace(self, accent=accent)

    def of(self, matter: Matter) -> Item:
        """Return it made of something else."""
        return replace(self, matter=matter)


FACADE = Item("facade", (12, 9, 6), "wall", "wood", Matter.BRICK)
SIDEWALK = Item("sidewalk", (90, 0.12, 4.6), "floor2", (0.42, 0.41, 0.38), Matter.STONE)
LAMP_POST = Item("lamp-post", (0.5, 4.8, 1.6), BLACK, matter=Matter.METAL)
BENCH = Item("bench", (1.7, 0.88, 0.62), (0.24, 0.12, 0.05))
BIN = Item("bin", (0.5, 0.95, 0.5), "dark", matter=Matter.METAL)
CAR = Item("car", (1.82, 1.46, 4.6), matter=Matter.METAL)
CRATES = Item("crates", (1.3, 0.95, 0.85), (0.3, 0.2, 0.1))
HEDGE = Item("hedge", (3.4, 1.0, 0.8), "leaf", matter=Matter.FOLIAGE)
BUSH = Item("bush", (1.5, 0.85, 1.3), "leaf", matter=Matter.FOLIAGE)
TUFTS = Item("grass", (13, 0.3, 5), (0.12, 0.15, 0.05), matter=Matter.GRASS)
HILL = Item("hill", (90, 18, 40), (0.13, 0.17, 0.08), matter=Matter.GRASS)
PATH = Item("rug", (70, 0.012, 2.6), matter=Matter.GROUND)
ROCK = Item("rock", (1.3, 0.8, 1.1), (0.24, 0.24, 0.2), matter=Matter.STONE)
LOG = Item("log", (2.0, 0.45, 0.5), (0.13, 0.085, 0.05))
COLUMN = Item("column", (0.5, 4.0, 0.5), matter=Matter.STONE)
SEATS = Item("theatre-seats", (2.9, 1.0, 0.7))
