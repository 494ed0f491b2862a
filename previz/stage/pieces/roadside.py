"""Open roads and what stands by them: wires, mesas, pumps, a store, a truck."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from previz.model import RGB, Matter, SetPiece
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    lathe,
    loft,
    moved,
    prism,
    quads,
    tube,
    turned,
)
from previz.stage.pieces.street import sign

__all__ = ["KINDS"]

PAINT: RGB = (0.46, 0.36, 0.07)
EDGE = Coat((0.42, 0.41, 0.37), Matter.ASPHALT)
RUBBER = Coat((0.02, 0.02, 0.022), Matter.PLASTIC)
CHROME = Coat((0.5, 0.51, 0.53), Matter.METAL)
GLASS = Coat((0.035, 0.045, 0.05), Matter.GLASS)
POLE = Coat((0.115, 0.08, 0.055), Matter.WOOD)
WHITE: RGB = (0.58, 0.56, 0.5)


def road(piece: SetPiece) -> list[Solid]:
    """A two-lane road along x that bends away from +z at its right end."""
    w, _, d = piece.size_m
    line = _road_line(w)
    gravel = accent(piece, Matter.GROUND)
    d = min(d, w * 0.36)
    solids = [
        _strip(line, -d * 0.78, d * 0.78, 0.006, gravel),
        _strip(line, -d / 2, d / 2, 0.02, main(piece, Matter.ASPHALT)),
    ]
    for side in (-1, 1):
        at = side * (d / 2 - 0.25)
        solids.append(_strip(line, at - 0.06, at + 0.06, 0.032, EDGE))
    solids.append(_dashes(line, Coat(PAINT, Matter.ASPHALT)))
    return solids


def _road_line(length: float) -> np.ndarray:
    """The road's middle, shape (n, 2): straight, then round to -z."""
    bend = length * 0.07
    radius = length * 0.3
    straight = np.linspace(-length / 2, bend, 25)
    turn = np.linspace(0, np.radians(58), 13)[1:]
    curve = np.stack(
        [bend + radius * np.sin(turn), -radius * (1 - np.cos(turn))], axis=1
    )
    end = curve[-1] + np.outer([0.15, 0.3], [np.cos(turn[-1]), -np.sin(turn[-1])]) * (
        length
    )
    return np.concatenate(
        [np.stack([straight, np.zeros_like(straight)], 1), curve, end]
    )


def _strip(line: np.ndarray, near: float, far: float, y: float, coat: Coat) -> Solid:
    """A level band beside a line, between two distances to its right (+z)."""
    ahead = np.gradient(line, axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    right = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    a, b = line + right * near, line + right * far
    ring = np.empty((len(line) - 1, 4, 3))
    ring[..., 1] = y
    for k, edge in enumerate((b[:-1], b[1:], a[1:], a[:-1])):
        ring[:, k, 0], ring[:, k, 2] = edge[:, 0], edge[:, 1]
    return quads(ring, coat)


def _dashes(line: np.ndarray, coat: Coat) -> Solid:
    """The broken line along the middle: 3 m of paint in every 9 m."""
    gaps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    along = np.concatenate([[0.0], np.cumsum(gaps)])
    rings = []
    for start in np.arange(0.0, along[-1] - 3.0, 9.0):
        at = np.array([start, start + 3.0])
        ends = np.stack([np.interp(at, along, line[:, k]) for k in (0, 1)], axis=1)
        way = (ends[1] - ends[0]) / np.linalg.norm(ends[1] - ends[0])
        side = np.array([-way[1], way[0]]) * 0.07
        corners = (ends[0] + side, ends[1] + side, ends[1] - side, ends[0] - side)
        rings.append([(c[0], 0.032, c[1]) for c in corners])
    if not rings:
        rings = [[(-0.4, 0.032, 0.07), (0.4, 0.032, 0.07), (0.4, 0.032, -0.07),
                  (-0.4, 0.032, -0.07)]]  # fmt: skip
    return quads(rings, coat)


def telegraph_line(piece: SetPiece) -> list[Solid]:
    """Poles with cross-arms along x, 26 m apart, and the wires between them."""
    w, h, _ = piece.size_m
    count = max(2, round(w / 26.0) + 1)
    places = np.linspace(-w / 2, w / 2, count)
    arm = h * 0.93
    solids: list[Solid] = []
    for x in places:
        at = float(x)
        solids.append(cylinder(0.15, h, (at, 0, 0), POLE, top=0.1, segments=7))
        solids.append(box((0.1, 0.12, 1.7), (at, arm, 0), POLE))
    wire = Coat((0.03, 0.03, 0.032), Matter.PLASTIC)
    for z in (-0.75, 0.0, 0.75):
        for a, b in pairwise(places):
            x = np.linspace(a, b, 5)
            sag = 0.022 * (b - a) * (1 - ((x - x.mean()) / (b - a) * 2) ** 2)
            line = [
                (float(p), arm + 0.16 - float(s), z)
                for p, s in zip(x, sag, strict=True)
            ]
            solids.append(tube(line, 0.016, wire, sides=3))
    return solids


def mesa(piece: SetPiece) -> list[Solid]:
    """A table mountain: a slope of scree under banded cliffs."""
    w, h, d = piece.size_m
    rng = np.random.default_rng(piece.seed)
    angle = np.linspace(0, 2 * np.pi, 22, endpoint=False)[::-1]
    rough = 1 + 0.1 * rng.standard_normal(22).clip(-1.5, 1.5)
    bands = ((1.0, 0.0, 0.86), (0.72, 0.42, 1.0), (0.62, 0.5, 0.8), (0.6, 0.74, 1.08),
             (0.55, 0.8, 0.9), (0.53, 1.0, 1.0))  # fmt: skip
    solids = []
    for (r0, y0, tone), (r1, y1, _) in pairwise(bands):
        rings = [
            np.stack(
                [
                    np.cos(angle) * rough * r * w / 2,
                    np.full(22, y * h),
                    np.sin(angle) * rough * r * d / 2,
                ],
                axis=1,
            )
            for r, y in ((r0, y0), (r1, y1))
        ]
        solids.append(loft(rings, shade(main(piece), tone)))
    return solids


def cactus(piece: SetPiece) -> list[Solid]:
    """A tall cactus with two raised arms."""
    w, h, _ = piece.size_m
    skin, r = main(piece, Matter.FOLIAGE), min(w, h) * 0.11
    trunk = [
        (r * 0.9, 0.0),
        (r, h * 0.3),
        (r, h * 0.86),
        (r * 0.6, h * 0.97),
        (0.02, h),
    ]
    solids = [lathe(trunk, skin, segments=9, crease_deg=80)]
    for s, low, high in ((-1, 0.36, 0.7), (1, 0.5, 0.84)):
        x = s * w * 0.36
        bent = [(0, h * low, 0), (x * 0.75, h * low, 0), (x, h * (low + 0.06), 0)]
        solids.append(tube([*bent, (x, h * high, 0)], r * 0.68, skin, sides=7))
    return solids


def fuel_pump(piece: SetPiece) -> list[Solid]:
    """A petrol pump on its kerb: cabinet, lit dial, hose and nozzle; front at +z."""
    w, h, d = piece.size_m
    paint, trim = main(piece, Matter.PLASTIC, gloss=0.4), accent(piece, Matter.PLASTIC)
    solids = [
        box((w * 1.5, 0.14, d * 1.8), (0, 0, 0), Coat(WHITE, Matter.STONE), bevel=0.02),
        box((w, h * 0.56, d), (0, 0.14, 0), paint, bevel=0.03),
        box((w * 0.96, h * 0.24, d * 0.9), (0, h * 0.56 + 0.14, 0), trim, bevel=0.03),
        box((w * 1.04, h * 0.06, d * 1.04), (0, h * 0.82 + 0.14, 0), paint, bevel=0.02),
    ]
    for s in (-1, 1):
        face = box((w * 0.7, h * 0.13, 0.02), (0, 0, 0), glow((1.0, 0.94, 0.8), 90.0))
        solids.append(moved(face, (0, h * 0.65, s * d * 0.46)))
        plate = box((w * 0.6, h * 0.26, 0.02), (0, 0, 0), shade(paint, 0.75))
        solids.append(moved(plate, (0, h * 0.26, s * d * 0.5)))
    x = w / 2
    hose = [(x, h * 0.66, 0), (x + 0.16, h * 0.5, 0), (x + 0.2, h * 0.3, 0)]
    solids.append(
        tube([(x + 0.2, h * 0.3, 0), (x + 0.04, h * 0.42, 0.1)], 0.02, RUBBER)
    )
    solids.append(tube(hose, 0.02, RUBBER))
    solids.append(box((0.07, 0.2, 0.08), (x + 0.04, h * 0.4, 0.1), CHROME, bevel=0.01))
    return solids


def station_canopy(piece: SetPiece) -> list[Solid]:
    """A flat roof over pumps on two columns, lit from below, banded in colour."""
    w, h, d = piece.size_m
    band, post = accent(piece, Matter.PLASTIC), Coat(WHITE, Matter.PLASTIC)
    solids = [
        box((w, 0.42, d), (0, h - 0.44, 0), post),
        box((w + 0.06, 0.2, d + 0.06), (0, h - 0.32, 0), band, bevel=0.02),
        box((w + 0.1, 0.06, d + 0.1), (0, h - 0.06, 0), shade(post, 0.7)),
    ]
    for s in (-1, 1):
        solids.append(box((0.3, h - 0.44, 0.3), (s * w * 0.3, 0, 0), post, bevel=0.02))
        solids.append(box((0.42, 0.5, 0.42), (s * w * 0.3, 0, 0), band, bevel=0.02))
        for z in (-d * 0.25, d * 0.25):
            lamp = box((1.3, 0.05, 0.5), (0, 0, 0), glow((1.0, 0.94, 0.82), 900.0))
            solids.append(moved(lamp, (s * w * 0.22, h - 0.48, z)))
    return solids


def roadside_store(piece: SetPiece) -> list[Solid]:
    """A low flat-roofed store: lit windows, a glazed door up a step, a sign band."""
    w, h, d = piece.size_m
    wall, band = main(piece), accent(piece, Matter.PLASTIC)
    wood, z = Coat((0.3, 0.28, 0.24), Matter.WOOD), d / 2
    solids = [
        box((w, h - 0.3, d), (0, 0, 0), wall),
        box((w + 0.3, 0.3, d + 0.5), (0, h - 0.3, 0.1), shade(wall, 0.8), bevel=0.02),
        box((w, 0.62, 0.12), (0, h - 0.98, z + 0.06), band, bevel=0.02),
        box((w * 0.99, 0.5, 0.05), (0, 0, z + 0.025), shade(wall, 0.55)),
        box((2.6, 0.17, 1.1), (0, 0, z + 0.55), Coat((0.33, 0.31, 0.28), Matter.STONE),
            bevel=0.03),
    ]  # fmt: skip
    solids += _lit_pane(0.0, 0.2, 1.0, 2.05, z, 9.0, wood)
    for s in (-1, 1):
        wide = max(0.4, w / 2 - 1.5)
        solids += _lit_pane(s * (w / 4 + 0.4), 0.95, wide, 1.4, z, 6.0, wood)
        solids.append(
            box((wide * 0.7, 0.5, 0.03), (s * (w / 4 + 0.4), 0.97, z + 0.05),
                Coat((0.12, 0.07, 0.05), Matter.PAPER))
        )  # fmt: skip
    return solids


def porch(piece: SetPiece) -> list[Solid]:
    """A boarded deck to sit on the edge of, with steps up at its left."""
    w, h, d = piece.size_m
    wood = main(piece, Matter.WOOD)
    solids = [box((w, h - 0.05, d * 0.96), (0, 0, -d * 0.02), shade(wood, 0.45))]
    boards = max(3, round(d / 0.19))
    for k in range(boards):
        z = -d / 2 + d * (k + 0.5) / boards
        plank = shade(wood, 0.9 + 0.07 * (k % 4))
        solids.append(box((w, 0.05, d / boards - 0.012), (0, h - 0.05, z), plank))
    for k, reach in ((1, 0.5), (2, 0.25)):
        tread = (w * 0.26, h * (3 - k - 0.9) * 0.36, reach)
        solids.append(box(tread, (-w * 0.36, 0, d / 2 + reach / 2), shade(wood, 0.8)))
    return solids


def _lit_pane(
    x: float, y: float, w: float, h: float, z: float, level: float, frame: Coat
) -> list[Solid]:
    """A window with a lamp behind it, in its frame."""
    corners = [(x - w / 2, y), (x + w / 2, y), (x + w / 2, y + h), (x - w / 2, y + h)]
    solids = [
        quads([[(a, b, z + 0.03) for a, b in corners]], glow((1.0, 0.8, 0.52), level))
    ]
    for s in (-1, 1):
        solids.append(box((0.08, h, 0.09), (x + s * w / 2, y, z + 0.03), frame))
    for at in (y - 0.04, y + h - 0.04, y + h * 0.68):
        solids.append(box((w, 0.06, 0.08), (x, at, z + 0.03), frame))
    return solids


def pole_sign(piece: SetPiece) -> list[Solid]:
    """A tall lit sign on two poles, to be seen from far down the road."""
    w, h, d = piece.size_m
    board = piece.changed(size_m=(w, max(0.3, h * 0.22), d))
    solids = [moved(part, (0, h * 0.76, 0)) for part in sign(board)]
    face = box(
        (w * 0.8, h * 0.1, d), (0, 0, 0), Coat(WHITE, Matter.PLASTIC), bevel=0.02
    )
    solids.append(moved(face, (0, h * 0.63, 0)))
    for k, s in enumerate((-1, 1)):
        solids.append(cylinder(0.07, h * 0.78, (s * w * 0.3, 0, -d * 0.2), CHROME))
        solids.append(
            box((w * 0.3, h * 0.05, d * 0.3), (s * w * 0.18, h * 0.655, d * 0.4),
                Coat((0.05, 0.05, 0.06) if k else (0.3, 0.05, 0.04), Matter.PLASTIC))
        )  # fmt: skip
    return solids


def pickup_truck(piece: SetPiece) -> list[Solid]:
    """A pick-up, nose towards +z, its bonnet propped open over the engine."""
    w, h, d = piece.size_m
    paint = main(piece, Matter.PLASTIC, gloss=0.25)
    low, waist = h * 0.22, h * 0.56
    side = [
        (-d / 2, low), (d * 0.48, low), (d / 2, low + h * 0.05), (d / 2, waist * 0.94),
        (d * 0.2, waist), (-d / 2, waist),
    ]  # fmt: skip
    cab = [
        (-d * 0.12, waist), (d * 0.19, waist), (d * 0.1, h * 0.97), (d * 0.06, h),
        (-d * 0.08, h), (-d * 0.11, h * 0.97),
    ]  # fmt: skip
    glass = [
        (-d * 0.095, waist + h * 0.05), (d * 0.165, waist + h * 0.05),
        (d * 0.095, h * 0.93), (-d * 0.09, h * 0.93),
    ]  # fmt: skip
    solids = [
        _along_z(side, w * 0.96, paint),
        _along_z(cab, w * 0.84, paint),
        _along_z(glass, w * 0.85, GLASS),
        box((w * 0.8, 0.05, d * 0.34), (0, waist - 0.02, -d * 0.31), RUBBER),
        box((w * 0.66, 0.06, d * 0.2), (0, waist - 0.03, d * 0.34), RUBBER),
    ]
    for s in (-1, 1):
        solids.append(
            box((w * 0.06, h * 0.1, d * 0.36), (s * w * 0.43, waist, -d * 0.31), paint)
        )
    solids.append(box((w * 0.9, h * 0.1, 0.06), (0, waist, -d * 0.485), paint))
    windscreen = box((w * 0.7, h * 0.36, 0.02), (0, 0, 0), GLASS)
    solids.append(
        moved(turned(windscreen, pitch_deg=-33), (0, waist + 0.06, d * 0.185))
    )
    bonnet = box((w * 0.8, 0.04, d * 0.27), (0, 0, d * 0.135), paint, bevel=0.015)
    solids.append(moved(turned(bonnet, pitch_deg=-48), (0, waist + 0.03, d * 0.2)))
    return solids + _truck_trim(w, h, d)


def _along_z(outline: list[tuple[float, float]], width: float, coat: Coat) -> Solid:
    """Push a side view, given as (z, y), out across x."""
    return turned(
        prism([(-z, y) for z, y in outline[::-1]], width, (0, 0, 0), coat), yaw_deg=90
    )


def _truck_trim(w: float, h: float, d: float) -> list[Solid]:
    """Wheels, bumpers, lamps, mirrors."""
    solids: list[Solid] = []
    r = h * 0.21
    for s in (-1, 1):
        for z in (d * 0.33, -d * 0.3):
            tyre = lathe(
                [(r * 0.6, -0.11), (r, -0.09), (r, 0.09), (r * 0.6, 0.11)],
                RUBBER,
                segments=14,
            )
            hub = lathe([(r * 0.58, 0.06), (r * 0.5, 0.115)], shade(CHROME, 0.6))
            for part in (tyre, hub):
                solids.append(
                    moved(turned(part, roll_deg=-90 * s), (s * (w / 2 - 0.1), r, z))
                )
        solids.append(
            box((w * 0.13, h * 0.09, 0.05), (s * w * 0.36, h * 0.4, d * 0.49),
                Coat((0.55, 0.53, 0.48), Matter.GLASS), bevel=0.02)
        )  # fmt: skip
        solids.append(
            box((0.15, 0.18, 0.05), (s * w * 0.53, h * 0.62, d * 0.16), CHROME)
        )
    for z in (d * 0.495, -d * 0.495):
        solids.append(
            box((w * 0.98, h * 0.08, 0.1), (0, h * 0.24, z), CHROME, bevel=0.02)
        )
    solids.append(box((w * 0.5, h * 0.12, 0.04), (0, h * 0.38, d * 0.495), RUBBER))
    return solids


KINDS = {
    "road": road,
    "telegraph-line": telegraph_line,
    "mesa": mesa,
    "cactus": cactus,
    "fuel-pump": fuel_pump,
    "station-canopy": station_canopy,
    "roadside-store": roadside_store,
    "porch": porch,
    "pole-sign": pole_sign,
    "pickup-truck": pickup_truck,
}
