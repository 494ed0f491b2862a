"""What is fixed to a room: dados, cornices, beams, radiators, blinds, hearths."""

from __future__ import annotations

import numpy as np

from previz.model import Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    ellipsoid,
    lathe,
    moved,
    prism,
    tube,
    turned,
)

__all__ = ["KINDS"]

CASING_M = 0.068
"""How far an opening's trim reaches beyond it."""
BRASS = Coat((0.5, 0.38, 0.17), Matter.METAL)
IRON = Coat((0.06, 0.06, 0.065), Matter.METAL)


def dado(piece: SetPiece) -> list[Solid]:
    """The lower wall: wooden panels, tiles or a painted band, round its openings."""
    _, h, t = piece.size_m
    coat, foot = main(piece), 0.108
    solids: list[Solid] = []
    for x0, x1, top in _stretches(piece):
        wide, tall, x = x1 - x0, top - foot, (x0 + x1) / 2
        if wide < 0.03 or tall < 0.05:
            continue
        thin = t if piece.matter is Matter.WOOD else 0.008
        z = -t / 2 + thin / 2
        if piece.matter is Matter.WOOD:
            solids += _panels(x, foot, wide, tall, t, coat)
            continue
        solids.append(box((wide, tall, thin), (x, foot, z), coat))
        if top > h - 0.01:
            cap = (wide, 0.022, 0.014)
            solids.append(box(cap, (x, h - 0.022, -t / 2 + 0.007), accent(piece)))
    return solids


def _stretches(piece: SetPiece) -> list[tuple[float, float, float]]:
    """Return where the dado runs: from x to x, and how high (below a window's sill)."""
    w, h, _ = piece.size_m
    low = sorted(
        (o.x_m - o.width_m / 2 - CASING_M, o.x_m + o.width_m / 2 + CASING_M,
         o.y_m - 0.05)
        for o in piece.openings
        if o.y_m < h + 0.06
    )  # fmt: skip
    runs, at = [], -w / 2
    for x0, x1, sill in low:
        runs += [(at, min(x0, w / 2), h), (max(at, x0), min(x1, w / 2), min(h, sill))]
        at = max(at, x1)
    return [*runs, (at, w / 2, h)]


def _panels(
    x: float, y: float, wide: float, tall: float, t: float, coat: Coat
) -> list[Solid]:
    """Stiles, rails and sunk panels side by side, under a rail.

    Side by side, so that light kept at their corners is light that they get.
    """
    count = max(1, round(wide / 0.6))
    stile, low, high = min(0.08, wide * 0.2), 0.08, 0.13
    solids = []
    for k in range(count):
        length, at = wide / count, x + wide * ((k + 0.5) / count - 0.5)
        solids += [
            box((length, 0.035, t * 1.6), (at, y + tall - 0.035, t * 0.3), coat),
            box((length, high - 0.035, t), (at, y + tall - high, 0), coat),
            box((length, low, t), (at, y, 0), coat),
        ]
    each, inner = (wide - stile) / count, tall - low - high
    for k in range(count + 1):
        at = x - wide / 2 + stile / 2 + each * k
        solids.append(box((stile, inner, t), (at, y + low, 0), coat))
        if k < count:
            panel = (each - stile, inner, t * 0.4)
            solids.append(
                box(panel, (at + each / 2, y + low, -t * 0.3), shade(coat, 0.9))
            )
    return solids


def cornice(piece: SetPiece) -> list[Solid]:
    """A moulding where walls and ceiling meet, all round a room of this size."""
    w, h, d = piece.size_m
    coat = main(piece)
    solids = []
    for drop, out in ((h, 0.025), (h * 0.55, 0.06), (h * 0.25, 0.1)):
        for s in (-1, 1):
            y = h - drop
            solids.append(box((w, drop - 0.002, out), (0, y, s * (d - out) / 2), coat))
            solids.append(
                box((out, drop - 0.004, d - 2 * out), (s * (w - out) / 2, y, 0), coat)
            )
    return solids


def beams(piece: SetPiece) -> list[Solid]:
    """Ceiling joists along z over one girder along x."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    coat = main(piece, Matter.WOOD)
    count = max(2, round(w / 1.1))
    solids = []
    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        tone = shade(coat, float(rng.uniform(0.85, 1.1)))
        solids.append(box((0.14, h * 0.6, d), (x, h * 0.4, 0), tone, bevel=0.012))
    return [*solids, box((w, h * 0.45, 0.2), (0, 0, 0), coat, bevel=0.015)]


def ducts(piece: SetPiece) -> list[Solid]:
    """Steel trusses along z, a round duct and pipes along x, under a high roof."""
    w, h, d = piece.size_m
    steel, tin = main(piece, Matter.METAL), accent(piece, Matter.METAL)
    solids: list[Solid] = []
    for k in range(max(2, round(w / 3.2))):
        x = -w / 2 + w * (k + 0.5) / max(2, round(w / 3.2))
        for y in (0.0, h - 0.09):
            solids.append(box((0.09, 0.09, d), (x, y, 0), steel))
        bays = max(2, round(d / 1.1))
        for n in range(bays):
            z0, z1 = -d / 2 + d * n / bays, -d / 2 + d * (n + 1) / bays
            ends = [(x, 0.05, z0), (x, h - 0.05, z1)]
            path = ends if n % 2 else [(x, h - 0.05, z0), (x, 0.05, z1)]
            solids.append(tube(path, 0.022, steel, sides=4))
    r = min(0.3, h * 0.38)
    pipe = turned(cylinder(r, w, (0, -w / 2, 0), tin, segments=14), roll_deg=90)
    solids.append(moved(pipe, (0, -r * 0.55, -d * 0.28)))
    for k, z in enumerate((0.2, 0.27, 0.32)):
        ends = [(-w / 2, -0.03, d * z), (w / 2, -0.03, d * z)]
        solids.append(tube(ends, 0.03 - 0.006 * k, shade(steel, 1.3 + k), sides=6))
    return solids


def radiator(piece: SetPiece) -> list[Solid]:
    """A ribbed radiator on feet with its valve."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.PLASTIC)
    count = max(3, round(w / 0.075))
    solids = [
        box((w / count * 0.62, h - 0.1, d * 0.8),
            (-w / 2 + w * (k + 0.5) / count, 0.08, 0), coat)
        for k in range(count)
    ]  # fmt: skip
    for y in (0.13, h - 0.07):
        ends = [(-w / 2 - 0.04, y, 0.0), (w / 2, y, 0.0)]
        solids.append(tube(ends, 0.018, coat, sides=6))
    for s in (-1, 1):
        solids.append(box((0.035, 0.1, d * 0.6), (s * (w / 2 - 0.06), 0, 0), coat))
    solids.append(cylinder(0.014, 0.14, (-w / 2 - 0.035, 0, 0), BRASS, segments=6))
    return solids


def blind(piece: SetPiece) -> list[Solid]:
    """A slatted blind in a window's reveal, let down over the piece's height."""
    w, h, d = piece.size_m
    coat = main(piece, Matter.PLASTIC)
    count = max(3, min(26, round(h / 0.045)))
    solids = [
        box((w, 0.035, d * 0.8), (0, h - 0.035, 0), shade(coat, 0.85)),
        box((w, 0.02, d * 0.6), (0, 0, 0), shade(coat, 0.85)),
    ]
    for k in range(count):
        slat = box((w * 0.99, 0.003, 0.034), (0, 0, 0), coat)
        y = 0.03 + (h - 0.08) * k / count
        solids.append(moved(turned(slat, pitch_deg=28), (0, y, 0)))
    for s in (-1, 1):
        solids.append(box((0.006, h, 0.004), (s * w * 0.33, 0, d * 0.3), coat))
    return solids


def fireplace(piece: SetPiece) -> list[Solid]:
    """A hearth with logs and embers in a chimney breast under a mantelpiece."""
    w, h, d = piece.size_m
    stone, wood = main(piece), Coat(piece.accent, Matter.WOOD)
    hole, tall, soot = w * 0.52, min(0.78, h * 0.4), Coat((0.03,) * 3, Matter.BRICK)
    jamb = (w - hole) / 2
    solids = [box((jamb, tall, d), (s * (w - jamb) / 2, 0, 0), stone) for s in (-1, 1)]
    mantel = 1.12 if h > 1.3 else h - 0.1
    solids += [
        box((w, mantel - tall, d), (0, tall, 0), stone),
        box((hole, tall, 0.05), (0, 0, -d / 2 + 0.03), soot),
        box((w + 0.2, 0.07, d + 0.14), (0, mantel, 0.07), wood, bevel=0.015),
        box((w + 0.1, 0.04, 0.4), (0, 0, d / 2 + 0.2), shade(stone, 0.8)),
    ]
    if h > mantel + 0.2:
        solids.append(
            box((w * 0.86, h - mantel - 0.07, d * 0.8), (0, mantel + 0.07, -d * 0.1),
                stone)
        )  # fmt: skip
    bark = Coat((0.12, 0.075, 0.045), Matter.WOOD)
    for k, (x, y) in enumerate(((-0.08, 0.06), (0.07, 0.06), (0.0, 0.15))):
        ends = [
            (x - hole * 0.26, y, 0.03 * k),
            (x + hole * 0.26, y + 0.02, 0.05 - 0.04 * k),
        ]
        solids.append(tube(ends, 0.05, bark, sides=6))
    ember = glow((1.0, 0.42, 0.12), 220.0)
    solids.append(ellipsoid((hole * 0.28, 0.035, d * 0.2), (0, 0.03, 0), ember, rows=4))
    for x, tip in ((-0.1, 0.3), (0.02, 0.42), (0.12, 0.26)):
        flame = [(0.045, 0.0), (0.055, tip * 0.3), (0.004, tip)]
        solids.append(
            lathe(flame, glow((1.0, 0.5, 0.16), 420.0), at=(x, 0.12, -0.02),
                  segments=6, crease_deg=80)
        )  # fmt: skip
    return solids


def coat_stand(piece: SetPiece) -> list[Solid]:
    """A stand with hooks, a coat and a hat on it."""
    w, h, _ = piece.size_m
    wood, cloth = main(piece, Matter.WOOD), accent(piece, Matter.CLOTH)
    solids = [
        lathe([(0.2, 0), (0.19, 0.03), (0.03, 0.07), (0.022, h)], wood, segments=10)
    ]
    for k in range(4):
        a = k * np.pi / 2
        x, z = float(np.sin(a)), float(np.cos(a))
        path = [(0.0, h - 0.22, 0.0), (x * w * 0.3, h - 0.16, z * w * 0.3)]
        solids.append(tube([*path, (x * w * 0.4, h - 0.04, z * w * 0.4)], 0.012, wood))
    coat = [(0.2, 0.0), (0.21, 0.2), (0.15, 0.6), (0.12, 0.85), (0.03, 0.92)]
    solids.append(
        lathe(coat, cloth, at=(w * 0.16, h - 1.1, 0.06), segments=9, crease_deg=80)
    )
    hat = [(0.15, 0), (0.15, 0.015), (0.085, 0.03), (0.075, 0.12), (0.03, 0.13)]
    solids.append(lathe(hat, shade(cloth, 0.6), at=(-w * 0.2, h - 0.05, 0)))
    return solids


def wall_shelf(piece: SetPiece) -> list[Solid]:
    """A board on brackets with jars, books and boxes on it."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    wood = main(piece, Matter.WOOD)
    solids = [box((w, 0.03, d), (0, 0.12, 0), wood, bevel=0.006)]
    for s in (-1, 1):
        arm = [(0.0, 0.0), (0.0, 0.12), (-d * 0.8, 0.12)]
        bracket = turned(prism(arm[::-1], 0.025, (0, 0, 0), wood), yaw_deg=90)
        if bracket.volume_m3 < 0:
            bracket = turned(prism(arm, 0.025, (0, 0, 0), wood), yaw_deg=90)
        solids.append(moved(bracket, (s * w * 0.36, 0, -d / 2)))
    x = -w / 2 + 0.07
    while x < w / 2 - 0.1:
        span = float(rng.uniform(0.05, 0.13))
        tall = (h - 0.16) * float(rng.uniform(0.45, 1.0))
        tint = shade(accent(piece, Matter.PAPER), float(rng.uniform(0.6, 2.2)))
        if rng.random() < 0.5:
            solids.append(
                cylinder(span * 0.45, tall, (x + span / 2, 0.15, 0), tint, segments=8)
            )
        else:
            solids.append(box((span, tall, d * 0.6), (x + span / 2, 0.15, 0), tint))
        x += span + float(rng.uniform(0.005, 0.12))
    return solids


KINDS = {
    "dado": dado,
    "cornice": cornice,
    "beams": beams,
    "ducts": ducts,
    "radiator": radiator,
    "blind": blind,
    "fireplace": fireplace,
    "coat-stand": coat_stand,
    "wall-shelf": wall_shelf,
}
