"""Rooms people work in."""

from __future__ import annotations

from functools import partial

import numpy as np

from previz.direct.places.dressing import Dressing, grown
from previz.direct.places.items import Item
from previz.direct.places.palette import HOMES, INSTITUTIONS, pick
from previz.direct.places.parts import chair_at, door, pictures, room, strips, window
from previz.direct.places.style import WARD, WORK
from previz.model import RGB, Matter

__all__ = ["classroom", "hospital_room", "office", "shop"]

CORK: RGB = (0.33, 0.21, 0.11)

MANAGERS_DESK = Item("desk", (1.8, 0.75, 0.85))
BOOKCASE = Item("bookcase", (1.4, 2.1, 0.36), accent="accent")
FILES = Item("cupboard", (1.2, 1.35, 0.45), "trim", matter=Matter.METAL)
PLANT = Item("plant", (0.65, 1.45, 0.65), "leaf", "accent")
SIDE_TABLE = Item("side-table", (0.6, 0.65, 0.5))
BOARD = Item("noticeboard", (1.4, 0.9, 0.03), CORK)
CLOCK = Item("clock", (0.36, 0.36, 0.05), "dark")
OFFICE_RUG = Item("rug", (2.8, 0.015, 2.0), "cloth", "accent")

BLACKBOARD = Item("blackboard", (3.6, 1.25, 0.06), (0.045, 0.08, 0.065), "wood")
TEACHERS_DESK = Item("desk", (1.5, 0.75, 0.7))
SCHOOL_DESK = Item("school-desk", (1.2, 0.74, 0.5), accent="trim")

WARD_BED = Item("hospital-bed", (1.0, 1.05, 2.1), "trim", "cloth2")
CABINET = Item("side-table", (0.5, 0.8, 0.45), "trim")
MONITOR_STAND = Item("side-table", (0.5, 0.95, 0.45), (0.5, 0.51, 0.5))
WARD_CHAIR = Item("armchair", (0.82, 0.95, 0.85), "cloth", "cloth2", Matter.LEATHER)
WARDROBE = Item("cupboard", (0.9, 1.95, 0.55))
BASIN = Item("basin", (0.55, 0.86, 0.45), (0.68, 0.68, 0.68), matter=Matter.TILE)
BED_LIGHT = Item("strip-light", (1.0, 0.09, 0.12), (0.6, 0.6, 0.6))
BED_CURTAIN = Item("curtain", (2.7, 1.9, 0.12), "cloth2", "trim")


_workplace = partial(
    grown, palettes=INSTITUTIONS, wider_m=(-0.2, 0.7), deeper_m=(-0.2, 0.6)
)


def office(rng: np.random.Generator, *, people: int) -> Dressing:
    """A desk before the window with visitors' chairs, files, a second desk."""
    d = _workplace("office", (6.8, 2.9, 5.8), rng, people)
    glass = (window("n", 0.2, 2.6, 0.8), window("e", -0.6, 1.5, 0.8))
    room(d, (*glass, door("s", -2.0)), style=WORK)
    desk = d.put(MANAGERS_DESK, 0.2, -0.75, yaw=180)
    chair_at(
        d, 0.2, -1.65, 0, kind="office-chair", size=(0.62, 1.15, 0.62),
        color="cloth", accent="dark",
    )  # fmt: skip
    d.on(desk, "computer", (0.56, 0.5, 0.5), right=0.5, front=-0.08, color="dark")
    d.on(desk, "papers", (0.28, 0.08, 0.34), right=-0.35, front=0.05)
    d.on(desk, "phone", (0.2, 0.12, 0.2), right=-0.7, color=(0.03, 0.03, 0.03))
    visitors = max(2, min(4, people - 1))
    for k in range(visitors):
        x = 0.2 + (k - (visitors - 1) / 2) * 0.95
        chair_at(d, x, 0.5, 180, accent="cloth")
    d.put_against(BOOKCASE, "w", -1.2)
    d.put_against(BOOKCASE.sized(1.2, 2.1, 0.36).trimmed("cloth"), "w", 0.4)
    d.put_against(FILES, "e", 1.4)
    d.put_against(PLANT, "e", 2.35, gap=0.06)
    side = d.put_against(SIDE_TABLE, "n", 2.35)
    d.on(side, "table-lamp", (0.32, 0.5, 0.32), color="accent")
    d.put_against(BOARD, "s", 0.4, y=1.2)
    d.put_against(CLOCK, "w", 1.7, y=1.8)
    d.put(OFFICE_RUG, 0.2, 0.1)
    pictures(d, "e", 0.75)
    pictures(d, "s", 2.2)
    return d


def classroom(rng: np.random.Generator, *, people: int) -> Dressing:
    """Rows of desks before a blackboard, windows down one side."""
    d = _workplace("classroom", (8.4, 3.1, 7.4), rng, people)
    windows = tuple(window("w", z, 1.6, 0.9) for z in (-2.1, 0.0, 2.1))
    room(d, (*windows, door("e", -2.4)), style=WORK)
    d.put_against(BLACKBOARD, "n", 0.0, y=0.95)
    desk = d.put(TEACHERS_DESK, 1.7, -2.1, yaw=180)
    d.on(desk, "papers", (0.3, 0.1, 0.34), right=0.3)
    chair_at(d, 1.7, -2.75, 0, accent="cloth")
    for row in range(3 if people < 14 else 4):
        for column in range(3):
            x, z = (column - 1) * 2.15, -0.35 + row * 1.25
            _school_desk(d, x, z, papers=(row + column) % 3 == 0)
    d.put_against(BOOKCASE.sized(1.6, 1.2, 0.34), "e", 0.6)
    d.put_against(BOARD.sized(1.8, 1.0, 0.03), "e", 2.6, y=1.15)
    d.put_against(CLOCK, "n", 2.6, y=2.3)
    strips(d, (0.0, -0.8), (0.0, 1.6))
    return d


def _school_desk(d: Dressing, x: float, z: float, *, papers: bool) -> None:
    """A desk for two pupils, with chairs as long as the room is not full."""
    table = d.put(SCHOOL_DESK, x, z)
    if papers:
        d.on(table, "papers", (0.22, 0.04, 0.28), right=d.jitter(0.3))
    for s in (-1, 1):
        if len(d.pieces) < 42:
            seat = x + s * 0.3
            chair_at(d, seat, z + 0.48, 180, size=(0.4, 0.8, 0.42), accent="cloth")


def hospital_room(rng: np.random.Generator, *, people: int) -> Dressing:
    """A ward bed with its cabinet, visitors' chairs, a curtain rail, a window."""
    d = _workplace("hospital room", (6.4, 2.8, 5.6), rng, people)
    holes = (window("w", -0.2, 2.0, 0.85), door("e", 1.3, 1.15))
    room(d, holes, floor=Matter.TILE, style=WARD)
    d.put_against(WARD_BED, "n", 0.0)
    cabinet = d.put_against(CABINET, "n", -0.95)
    d.on(cabinet, "plant", (0.28, 0.4, 0.28), color="leaf", accent="accent")
    machine = d.put_against(MONITOR_STAND, "n", 1.0)
    d.on(machine, "computer", (0.42, 0.4, 0.34), color="dark")
    for k in range(max(2, min(4, people))):
        x, z = -1.75 + 0.1 * k, -1.2 + 0.75 * k
        chair_at(d, x, z, 90, color="trim", accent="cloth")
    d.put(WARD_CHAIR, 2.1, -0.75, yaw=-70)
    d.put_against(WARDROBE, "n", -2.4)
    d.put_against(BASIN, "e", -1.9)
    d.against("e", -1.9, "mirror", (0.5, 0.7, 0.03), y=1.3, color="trim")
    d.put_against(BED_LIGHT, "n", 0.0, y=1.75)
    d.put_against(BED_CURTAIN, "w", -0.2, y=0.55)
    d.against("s", 0.6, "tv", (1.2, 1.1, 0.4))
    strips(d, (0.0, 0.7))
    pictures(d, "s", -1.6)
    return d


def shop(rng: np.random.Generator, *, people: int) -> Dressing:
    """A counter with a till, shelves of goods, a wide shop window."""
    d = _workplace("shop", (7.4, 3.1, 6.2), rng, people)
    d.palette = pick(HOMES, rng)
    room(
        d,
        (window("n", 1.1, 3.2, 0.55), door("n", -2.3, 1.05), door("e", 2.0)),
        style=WORK,
    )
    till = d.add("worktop", (2.4, 1.0, 0.65), 1.6, 1.15, yaw=180)
    d.on(till, "computer", (0.4, 0.36, 0.34), right=0.5, yaw=180, color="dark")
    d.on(till, "papers", (0.25, 0.09, 0.3), right=-0.5)
    for along in (-1.7, 0.2, 2.1):
        d.against("w", along, "shelf", (1.7, 2.0, 0.42))
    d.against("s", 1.6, "shelf", (2.6, 2.1, 0.4))
    d.against("s", -1.6, "bookcase", (1.6, 2.1, 0.36), accent="accent")
    d.add("shelf", (1.9, 1.3, 0.5), -0.9, 0.5, yaw=90, color="trim")
    d.against(
        "e", -1.6, "plant", (0.7, 1.5, 0.7), color="leaf", accent="accent", gap=0.1
    )
    d.against("e", -0.4, "crates", (1.1, 0.85, 0.7))
    for x in (-1.6, 1.6):
        d.add("pendant", (0.42, 0.8, 0.42), x, 0.6, y=d.h - 0.82, color="dark")
    d.add("stool", (0.4, 0.6, 0.4), 1.6, 1.95, yaw=180, color="dark", accent="accent")
    pictures(d, "e", 0.6)
    return d
