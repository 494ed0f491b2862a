"""Rooms people live in."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, grown
from previz.direct.places.palette import HOMES
from previz.direct.places.parts import dining, door, lounge, pictures, room, window
from previz.direct.places.style import TILED
from previz.model import Matter

__all__ = ["bathroom", "bedroom", "kitchen", "living_room"]


_home = partial(grown, palettes=HOMES, wider_m=(-0.3, 0.6), deeper_m=(-0.2, 0.5))


def kitchen(rng: np.random.Generator, *, people: int) -> Dressing:
    """A counter under the window, stove and fridge beside it, a table to talk at."""
    d = _home("kitchen", (6.4, 2.75, 5.6), rng, people)
    p = d.palette
    room(
        d,
        (window("n", -0.5, 1.8, 1.15), window("w", 0.6, 1.3), door("e", 1.5)),
        floor=Matter.TILE if d.chance(0.5) else Matter.WOOD,
    )
    fronts, top = p.cloth if d.chance(0.6) else p.trim, (0.5, 0.47, 0.41)
    d.against("n", -0.5, "counter", (2.4, 0.92, 0.62), color=fronts, accent=top)
    d.against("n", 1.06, "stove", (0.66, 0.92, 0.64), color=(0.6, 0.58, 0.53))
    d.against("n", 2.05, "fridge", (0.72, 1.85, 0.7), color=(0.58, 0.6, 0.56))
    d.against("n", -2.3, "worktop", (1.1, 0.92, 0.62), color=fronts, accent=top)
    d.against("n", -2.3, "wall-cabinet", (1.1, 0.72, 0.36), y=1.5, color=fronts)
    d.against("n", 1.06, "wall-cabinet", (0.72, 0.5, 0.36), y=1.72, color=fronts)
    table = dining(d, 0.15, 0.55, seats=max(4, min(8, people)))
    d.add(
        "pendant", (0.46, 0.85, 0.46), table.position_m[0], table.position_m[2],
        y=d.h - 0.87, color="accent",
    )  # fmt: skip
    d.against("e", -0.4, "cupboard", (1.1, 1.95, 0.5))
    d.against(
        "w", -0.95, "plant", (0.6, 1.15, 0.6), color="leaf", accent="accent", gap=0.1
    )
    d.against("w", 0.6, "curtain", (1.75, 1.65, 0.12), y=0.75, color="cloth2")
    d.against("w", -1.7, "clock", (0.34, 0.34, 0.05), y=1.75, color="dark")
    pictures(d, "e", 0.55)
    pictures(d, "s", -1.4, 0.2)
    d.against("s", 2.0, "bookcase", (0.9, 1.1, 0.3), accent="accent")
    return d


def living_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """A sofa group on a rug, television, bookcases, lamps, a wide window."""
    d = _home("living room", (7.0, 2.8, 6.0), rng, people)
    room(d, (window("n", 0.9, 2.2, 0.7), window("w", 0.4, 1.5, 0.7), door("e", 1.6)))
    d.against("n", 0.9, "curtain", (3.0, 2.1, 0.14), y=0.38, color="cloth2")
    d.against("w", 0.4, "curtain", (2.2, 2.1, 0.14), y=0.38, color="cloth2")
    lounge(d, 0.25, -0.05, facing=0.0)
    d.against("e", -0.5, "tv", (1.5, 1.2, 0.42))
    d.against("n", -1.5, "bookcase", (1.2, 2.1, 0.34), accent="accent")
    d.against("n", -2.75, "bookcase", (1.1, 2.1, 0.34), accent="cloth")
    d.against(
        "n", 2.9, "floor-lamp", (0.45, 1.65, 0.45), gap=0.18, color="dark",
        matter=Matter.METAL,
    )  # fmt: skip
    d.against(
        "w", -0.95, "plant", (0.75, 1.6, 0.75), color="leaf", accent="trim", gap=0.1
    )
    side = d.against("w", 2.1, "side-table", (0.5, 0.6, 0.45))
    d.on(side, "table-lamp", (0.34, 0.55, 0.34), color="accent")
    d.against("s", 1.2, "cupboard", (1.5, 0.9, 0.45))
    pictures(d, "s", -1.6, -0.4, 1.2)
    pictures(d, "e", -1.8)
    return d


def bedroom(rng: np.random.Generator, *, people: int) -> Dressing:
    """A bed between night tables, wardrobe, desk, an armchair at the window."""
    d = _home("bedroom", (6.2, 2.75, 5.6), rng, people)
    room(
        d, (window("e", -0.7, 1.6, 0.75), window("n", 2.0, 1.0, 0.85), door("s", -1.8))
    )
    d.against("n", -0.5, "bed", (1.65, 1.05, 2.1), accent="cloth")
    for along in (-1.75, 0.75):
        table = d.against("n", along, "side-table", (0.5, 0.55, 0.42))
        d.on(table, "table-lamp", (0.32, 0.5, 0.32), color="accent")
    d.add("rug", (2.6, 0.015, 1.9), 0.0, 1.1, color="accent", accent="cloth2")
    d.against("w", 0.9, "cupboard", (1.5, 2.15, 0.6))
    d.against("e", 1.4, "desk", (1.2, 0.75, 0.6))
    desk_x, desk_z = d.by("e", 1.4, 0.95)
    d.add("chair", (0.46, 0.92, 0.5), desk_x, desk_z, yaw=90, accent="cloth2")
    d.add("armchair", (0.86, 0.88, 0.86), d.w / 2 - 0.75, -d.d / 2 + 0.95, yaw=-40,
          color="cloth2", accent="accent", matter=Matter.CLOTH)  # fmt: skip
    d.against("e", -0.7, "curtain", (2.3, 2.0, 0.13), y=0.42, color="cloth2")
    d.against("s", 0.6, "mirror", (0.6, 1.2, 0.04), y=0.75, color="dark")
    d.against(
        "s", 2.3, "plant", (0.6, 1.25, 0.6), color="leaf", accent="trim", gap=0.15
    )
    pictures(d, "n", -0.5)
    pictures(d, "w", -1.0, -1.9)
    return d


def bathroom(rng: np.random.Generator, *, people: int) -> Dressing:
    """A tub under the window, basin and mirror, tiles."""
    d = _home("bathroom", (5.2, 2.7, 4.6), rng, people)
    p = d.palette
    room(
        d,
        (window("n", 0.9, 1.1, 1.2), door("s", -1.3)),
        floor=Matter.TILE,
        wall=p.cloth,
        style=TILED,
    )
    white = (0.68, 0.67, 0.64)
    d.against("n", 0.9, "bath", (1.75, 0.6, 0.8), color=white, matter=Matter.TILE)
    d.against("w", 0.2, "basin", (0.6, 0.86, 0.48), color=white, matter=Matter.TILE)
    d.against("w", 0.2, "mirror", (0.6, 0.85, 0.04), y=1.2)
    d.against("w", -1.2, "toilet", (0.4, 0.82, 0.66), color=white, matter=Matter.TILE)
    d.against("e", 0.9, "cupboard", (0.8, 1.7, 0.4), color="trim")
    d.add("rug", (1.3, 0.015, 0.8), 0.5, -0.6, color="accent", accent="cloth2")
    d.against("s", 1.4, "stool", (0.4, 0.5, 0.4), gap=0.2, accent="cloth2")
    d.against("e", -0.5, "plant", (0.5, 1.0, 0.5), color="leaf", accent="trim", gap=0.1)
    pictures(d, "s", 0.7)
    return d
