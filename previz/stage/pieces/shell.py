"""What holds a place together: floors, walls with their openings, stairs, rails."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter, Opening, SetPiece
from previz.stage.pieces.coats import Coat, accent, main, shade
from previz.stage.pieces.joints import Joint, hinged, part_of
from previz.stage.pieces.solids import Solid, box, cylinder, lathe, prism, quads, tube

__all__ = ["JOINTS", "KINDS"]


DOOR_TURN_DEG = 95.0
"""How far a door opens."""

CELL_M = 0.8
"""Large surfaces are cut into cells of about this size, for light kept per cell."""


SEAMS_M = (0.05, 0.25)
"""Distances from an end at which a wall's face stands, and a little inside it."""


def slab(piece: SetPiece) -> list[Solid]:
    """A level surface whose top is at the piece's base: ground, road."""
    w, h, d = piece.size_m
    return [box((w, h, d), (0, -h, 0), main(piece))]


def sheet(width: float, depth: float, y: float, coat: Coat, *, up: bool) -> Solid:
    """A level surface of cells, seen from above or from below."""
    x, z = _framed(-width / 2, width / 2), _framed(-depth / 2, depth / 2)
    ring = np.empty((len(x) - 1, len(z) - 1, 4, 3))
    ring[..., 1] = y
    near, far = (z[1:], z[:-1]) if up else (z[:-1], z[1:])
    for k, (xs, zs) in enumerate(
        ((x[:-1], near), (x[1:], near), (x[1:], far), (x[:-1], far))
    ):
        ring[..., k, 0], ring[..., k, 2] = xs[:, None], zs[None, :]
    return quads(ring, coat)


def floor(piece: SetPiece) -> list[Solid]:
    """A floor; tile shows its chequer."""
    w, h, d = piece.size_m
    under = box((w, h, d), (0, -h - 0.005, 0), main(piece))
    solids = [under, sheet(w, d, 0.0, main(piece), up=True)]
    if piece.matter is Matter.TILE:
        step = 0.6
        columns, rows = int(np.ceil(w / step)), int(np.ceil(d / step))
        ix, iz = np.meshgrid(np.arange(columns), np.arange(rows), indexing="ij")
        odd = (ix + iz) % 2 == 1
        x0, z0 = -w / 2 + ix[odd] * step, -d / 2 + iz[odd] * step
        x1, z1 = np.minimum(x0 + step, w / 2), np.minimum(z0 + step, d / 2)
        y = np.full_like(x0, 0.002)
        ring = np.stack(
            [
                np.stack([x0, y, z1], -1),
                np.stack([x1, y, z1], -1),
                np.stack([x1, y, z0], -1),
                np.stack([x0, y, z0], -1),
            ],
            axis=1,
        )
        if len(ring):
            solids.append(quads(ring, accent(piece)))
    return solids


def ceiling(piece: SetPiece) -> list[Solid]:
    """A ceiling; its base is the room's height."""
    w, h, d = piece.size_m
    over = box((w, h, d), (0, 0.005, 0), main(piece))
    return [over, sheet(w, d, 0.0, main(piece), up=False)]


def wall(piece: SetPiece) -> list[Solid]:
    """A wall with real holes, frames and skirting; its front (+z) faces the room."""
    solids = [_pierced(piece), *_skirting(piece), *_switches(piece)]
    doors = iter(_doors(piece))
    for opening in piece.openings:
        if opening.kind == "window":
            solids += _window(piece, opening)
        elif opening.kind == "door":
            solids += _door(piece, opening, next(doors))
        else:
            solids += _casing(piece, opening, accent(piece, Matter.WOOD))
    return solids


def _cuts(piece: SetPiece) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    w, h, _ = piece.size_m
    xs, ys = {-w / 2, w / 2}, {0.0, h}
    for o in piece.openings:
        xs |= {o.x_m - o.width_m / 2, o.x_m + o.width_m / 2}
        ys |= {o.y_m, o.y_m + o.height_m}
    for end, inward in ((-w / 2, 1), (w / 2, -1)):
        xs |= {end + inward * away for away in SEAMS_M}
    ys |= {0.05, h - 0.05}
    return _parted(xs, -w / 2, w / 2), _parted(ys, 0.0, h)


def _framed(low: float, high: float) -> NDArray[np.float64]:
    """Cuts between two ends, with narrow ones where a wall's face may stand.

    Light kept at a corner that another piece hides then darkens a seam, not a cell.
    """
    near = {e + s * away for e, s in ((low, 1), (high, -1)) for away in SEAMS_M}
    ends = near if high - low > 2.0 else set()
    return _parted({low, high} | ends, low, high)


def _parted(cuts: set[float], low: float, high: float) -> NDArray[np.float64]:
    """The cuts within low and high, with more between those far apart."""
    line = sorted(c for c in cuts if low <= c <= high)
    parts = [
        np.linspace(a, b, max(1, min(16, round((b - a) / CELL_M))) + 1)[:-1]
        for a, b in pairwise(line)
        if b - a > 1e-6
    ]
    return np.concatenate([*parts, [high]])


def _pierced(piece: SetPiece) -> Solid:
    """The wall as cells of a grid without the openings' cells, with reveals."""
    xs, ys = _cuts(piece)
    z = piece.size_m[2] / 2
    middle_x, middle_y = (xs[1:] + xs[:-1]) / 2, (ys[1:] + ys[:-1]) / 2
    full = np.zeros((len(middle_x) + 2, len(middle_y) + 2), bool)
    full[1:-1, 1:-1] = True
    for o in piece.openings:
        across = np.abs(middle_x - o.x_m) < o.width_m / 2
        up = (middle_y > o.y_m) & (middle_y < o.y_m + o.height_m)
        full[1:-1, 1:-1] &= ~(across[:, None] & up[None, :])
    ring: list[list[tuple[float, float, float]]] = []
    for i, j in np.argwhere(full) - 1:
        x0, x1, y0, y1 = xs[i], xs[i + 1], ys[j], ys[j + 1]
        ring.append([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)])
        ring.append([(x1, y0, -z), (x0, y0, -z), (x0, y1, -z), (x1, y1, -z)])
        if not full[i, j + 1]:
            ring.append([(x0, y0, -z), (x0, y0, z), (x0, y1, z), (x0, y1, -z)])
        if not full[i + 2, j + 1]:
            ring.append([(x1, y0, z), (x1, y0, -z), (x1, y1, -z), (x1, y1, z)])
        if not full[i + 1, j]:
            ring.append([(x0, y0, -z), (x1, y0, -z), (x1, y0, z), (x0, y0, z)])
        if not full[i + 1, j + 2]:
            ring.append([(x0, y1, z), (x1, y1, z), (x1, y1, -z), (x0, y1, -z)])
    return quads(ring, main(piece), closed=True)


def _skirting(piece: SetPiece) -> list[Solid]:
    w, _, t = piece.size_m
    if piece.matter is Matter.BRICK:
        return []
    gaps = sorted(
        (o.x_m - o.width_m / 2, o.x_m + o.width_m / 2)
        for o in piece.openings
        if o.y_m < 0.1
    )
    runs, at = [], -w / 2
    for start, end in gaps:
        runs.append((at, start))
        at = end
    runs.append((at, w / 2))
    solids = []
    for a, b in runs:
        count = max(1, round((b - a) / CELL_M))
        each = (b - a) / count
        for k in range(count if b - a > 0.05 else 0):
            foot = (a + each * (k + 0.5), 0, t / 2 + 0.008)
            solids.append(box((each, 0.11, 0.016), foot, accent(piece, Matter.WOOD)))
    return solids


def _switches(piece: SetPiece) -> list[Solid]:
    """A switch at each door's handle side and a socket near each end of the wall."""
    w, _, t = piece.size_m
    if piece.matter is not Matter.PLASTER:
        return []
    plate = Coat((0.6, 0.59, 0.55), Matter.PLASTIC)
    doors = [o for o in piece.openings if o.kind == "door"]
    places = [(o.x_m + o.width_m / 2 + 0.18, 1.05) for o in doors]
    places += [(x, 0.3) for x in (-w / 2 + 0.75, w / 2 - 0.75)]
    shown = [
        (x, y)
        for x, y in places
        if abs(x) < w / 2 - 0.1
        and all(abs(x - o.x_m) > o.width_m / 2 + 0.14 for o in piece.openings)
    ]
    return [box((0.085, 0.085, 0.012), (x, y, t / 2 + 0.006), plate) for x, y in shown]


def _casing(piece: SetPiece, o: Opening, coat: Coat) -> list[Solid]:
    """Trim round an opening, proud of both faces of the wall."""
    t, face = piece.size_m[2], 0.08
    depth = t + 0.04
    sides = [
        box(
            (face, o.height_m, depth),
            (o.x_m + s * (o.width_m + face) / 2 - s * 0.015, o.y_m, 0),
            coat,
            bevel=0.008,
        )
        for s in (-1, 1)
    ]
    top = box(
        (o.width_m + 2 * face, face, depth + 0.01),
        (o.x_m, o.y_m + o.height_m - 0.015, 0),
        coat,
        bevel=0.008,
    )
    return [*sides, top]


def _window(piece: SetPiece, o: Opening) -> list[Solid]:
    """Frame, sash and mullions; no pane, so that light comes in."""
    t = piece.size_m[2]
    coat = accent(piece, Matter.WOOD)
    solids = _casing(piece, o, coat)
    solids.append(
        box(
            (o.width_m + 0.2, 0.04, t + 0.16),
            (o.x_m, o.y_m - 0.035, 0.05),
            coat,
            bevel=0.01,
        )
    )
    bar, z = 0.055, -t * 0.15
    for s in (-1, 1):
        solids.append(
            box(
                (bar, o.height_m, 0.05),
                (o.x_m + s * (o.width_m - bar) / 2, o.y_m, z),
                coat,
            )
        )
    for y in (o.y_m, o.y_m + o.height_m - bar, o.y_m + o.height_m * 0.62):
        solids.append(box((o.width_m, bar, 0.05), (o.x_m, y, z), coat))
    lights = max(2, round(o.width_m / 0.75))
    for k in range(1, lights):
        x = o.x_m - o.width_m / 2 + o.width_m * k / lights
        solids.append(box((bar * 0.8, o.height_m, 0.045), (x, o.y_m, z), coat))
    return solids


def _doors(piece: SetPiece) -> list[str]:
    """Return the names of a wall's doors, in order of its openings."""
    count = sum(o.kind == "door" for o in piece.openings)
    return [f"door-{k + 1}" for k in range(count)]


def _leaves(o: Opening, door: str) -> list[tuple[str, float, int]]:
    """Return part, middle and side of the handle (-1 or 1) of each leaf of a door."""
    if o.width_m <= 1.3:
        return [(door, o.x_m, 1)]
    quarter = o.width_m / 4
    return [
        (f"{door}/left", o.x_m - quarter, 1),
        (f"{door}/right", o.x_m + quarter, -1),
    ]


def wall_joints(piece: SetPiece) -> dict[str, Joint]:
    """Doors open into the room (+z), on hinges away from their handles."""
    joints = {}
    doors = iter(_doors(piece))
    for o in (o for o in piece.openings if o.kind == "door"):
        leaves = _leaves(o, next(doors))
        half = o.width_m / len(leaves) / 2 - 0.018
        face = piece.size_m[2] * 0.1 + 0.025
        for part, x, side in leaves:
            joints[part] = hinged(
                (x - side * half, 0.0, face),
                turn_deg=-side * DOOR_TURN_DEG,
                grip=(x + side * (half - 0.057), o.y_m + 1.05, face + 0.04),
            )
    return joints


def _door(piece: SetPiece, o: Opening, door: str) -> list[Solid]:
    """A framed leaf with sunk panels, closed, with a handle on both sides.

    The leaf is built of stiles, rails and panels that lie side by side, and ends
    just short of its casing, so that light kept at its corners is light that it gets.
    """
    frame = accent(piece, Matter.WOOD)
    leaf = shade(frame, 0.8 if sum(frame.color) > 0.9 else 1.25)
    solids = _casing(piece, o, frame)
    z = piece.size_m[2] * 0.1
    brass = Coat((0.55, 0.42, 0.2), Matter.METAL)
    leaves = _leaves(o, door)
    width = o.width_m / len(leaves)
    for part, x, side in leaves:
        knob = x + side * (width / 2 - 0.075)
        handles = [
            box((0.045, 0.2, 0.075), (knob, o.y_m + 0.95, z), brass, bevel=0.006),
            box((0.13, 0.022, 0.13), (knob - side * 0.04, o.y_m + 1.05, z), brass,
                bevel=0.008),
        ]  # fmt: skip
        body = _leaf(x, o.y_m, width - 0.036, o.height_m - 0.024, z, leaf)
        solids += part_of(part, [*body, *handles])
    return solids


def _leaf(x: float, y: float, w: float, h: float, z: float, coat: Coat) -> list[Solid]:
    """Stiles, rails and four sunk panels of one door leaf, 5 cm thick."""
    stile, thick, sunk = min(0.11, w * 0.16), 0.05, 0.03
    levels = (0.006, 0.1, 0.43, 0.5, 0.94, 1.0)
    solids = []
    for s in (-1, 1):
        post = (stile, h, thick)
        solids.append(box(post, (x + s * (w - stile) / 2, y + 0.006, z), coat))
    for low, high in (levels[0:2], levels[2:4], levels[4:6]):
        rail = (w - 2 * stile, h * (high - low), thick)
        solids.append(box(rail, (x, y + 0.006 + h * low, z), coat))
    inner = w - 2 * stile
    for low, high in (levels[1:3], levels[3:5]):
        at = y + 0.006 + h * low
        tall = h * (high - low)
        solids.append(box((stile * 0.8, tall, thick), (x, at, z), coat))
        for s in (-1, 1):
            panel = ((inner - stile * 0.8) / 2, tall, sunk)
            place = (x + s * (inner + stile * 0.8) / 4, at, z)
            solids.append(box(panel, place, shade(coat, 0.88)))
    return solids


def column(piece: SetPiece) -> list[Solid]:
    """A round column with base and capital."""
    w, h, _ = piece.size_m
    r, coat = w / 2, main(piece)
    return [
        box((w, 0.12, w), (0, 0, 0), coat, bevel=0.01),
        lathe(
            [
                (r * 0.95, 0.12),
                (r * 0.95, 0.2),
                (r * 0.8, 0.26),
                (r * 0.74, h * 0.5),
                (r * 0.7, h - 0.28),
                (r * 0.82, h - 0.2),
                (r * 0.95, h - 0.12),
            ],
            coat,
            segments=18,
        ),
        box((w, 0.12, w), (0, h - 0.12, 0), coat, bevel=0.01),
    ]


def stairs(piece: SetPiece) -> list[Solid]:
    """A flight that rises towards -z, with strings and handrails."""
    w, h, d = piece.size_m
    count = max(2, round(h / 0.175))
    rise, going = h / count, d / count
    tread, riser = main(piece), accent(piece)
    solids = []
    for k in range(count):
        z = d / 2 - going * (k + 0.5)
        top = rise * (k + 1)
        solids.append(box((w * 0.98, top - 0.035, going), (0, 0, z), riser))
        solids.append(
            box(
                (w, 0.035, going + 0.03),
                (0, top - 0.035, z + 0.015),
                tread,
                bevel=0.006,
            )
        )
    iron = Coat((0.05, 0.05, 0.055), Matter.METAL)
    for s in (-1, 1):
        x = s * (w / 2 - 0.05)
        solids.append(
            tube(
                [
                    (x, 0.95 + rise, d / 2 - going / 2),
                    (x, h + 0.95, -d / 2 + going / 2),
                ],
                0.028,
                Coat(toward_wood(piece), Matter.WOOD),
            )
        )
        for k in range(0, count, 2):
            z = d / 2 - going * (k + 0.5)
            solids.append(
                cylinder(0.012, 0.97, (x, rise * (k + 1), z), iron, segments=5)
            )
    return solids


def toward_wood(piece: SetPiece) -> tuple[float, float, float]:
    """A handrail's brown, darker than the tread."""
    r, g, b = piece.color
    return max(r * 0.6, 0.06), max(g * 0.45, 0.04), max(b * 0.35, 0.03)


def landing(piece: SetPiece) -> list[Solid]:
    """A platform one can stand on; its top is the piece's height."""
    w, h, d = piece.size_m
    return [
        box((w, h - 0.04, d), (0, 0, 0), accent(piece)),
        box((w, 0.04, d), (0, h - 0.04, 0), main(piece), bevel=0.006),
    ]


def railing(piece: SetPiece) -> list[Solid]:
    """Handrail on balusters along x."""
    w, h, _ = piece.size_m
    coat, rail = main(piece), accent(piece)
    solids = [
        box((w, 0.05, 0.06), (0, h - 0.05, 0), rail, bevel=0.012),
        box((w, 0.03, 0.03), (0, 0.1, 0), coat),
    ]
    count = max(2, round(w / 0.14))
    for k in range(count + 1):
        x = -w / 2 + w * k / count
        post = k % 8 == 0 or k == count
        solids.append(
            cylinder(0.022 if post else 0.009, h - 0.05, (x, 0, 0), coat, segments=5)
        )
    return solids


def parapet(piece: SetPiece) -> list[Solid]:
    """A low wall with a coping."""
    w, h, d = piece.size_m
    return [
        box((w, h - 0.07, d * 0.8), (0, 0, 0), main(piece)),
        box((w, 0.07, d), (0, h - 0.07, 0), accent(piece, Matter.STONE), bevel=0.012),
    ]


def fence(piece: SetPiece) -> list[Solid]:
    """Boards on two rails with posts."""
    w, h, d = piece.size_m
    coat = main(piece)
    solids = [
        box((w, 0.09, 0.04), (0, h * f, -0.02), shade(coat, 0.8)) for f in (0.22, 0.75)
    ]
    count = max(2, round(w / 0.16))
    rng = np.random.default_rng(piece.seed)
    for k in range(count):
        x = -w / 2 + w * (k + 0.5) / count
        top = h * float(rng.uniform(0.96, 1.0))
        half = w / count * 0.44
        solids.append(
            prism(
                [
                    (-half, 0),
                    (half, 0),
                    (half, top - 0.06),
                    (0, top),
                    (-half, top - 0.06),
                ],
                0.022,
                (x, 0, 0.012),
                shade(coat, float(rng.uniform(0.85, 1.1))),
            )
        )
    for k in range(max(2, round(w / 2.2)) + 1):
        x = -w / 2 + w * k / max(2, round(w / 2.2))
        solids.append(box((0.1, h * 0.95, min(d, 0.1)), (x, 0, -0.06), coat))
    return solids


def arch(piece: SetPiece) -> list[Solid]:
    """A free-standing round arch on two piers."""
    w, h, d = piece.size_m
    pier = max(0.18, w * 0.12)
    radius = w / 2 - pier
    spring = max(0.2, h - radius - pier)
    angles = np.linspace(0, np.pi, 13)
    inner = [(radius * np.cos(a), spring + radius * np.sin(a)) for a in angles]
    outline = [(-w / 2, 0.0), (-radius, 0.0), *inner[::-1], (radius, 0.0)]
    outline += [(w / 2, 0.0), (w / 2, h), (-w / 2, h)]
    return [
        prism([(float(x), float(y)) for x, y in outline], d, (0, 0, 0), main(piece)),
        box((w + 0.1, 0.12, d + 0.1), (0, h - 0.12, 0), accent(piece), bevel=0.015),
    ]


KINDS = {
    "floor": floor,
    "ground": slab,
    "ceiling": ceiling,
    "wall": wall,
    "column": column,
    "stairs": stairs,
    "landing": landing,
    "railing": railing,
    "parapet": parapet,
    "fence": fence,
    "arch": arch,
}

JOINTS = {"wall": wall_joints}
