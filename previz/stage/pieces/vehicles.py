"""A sedan from outside, and one to sit in."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from previz.model import Matter, SetPiece, Vec3
from previz.stage.pieces.coats import Coat, accent, glow, main, shade
from previz.stage.pieces.joints import Joint, hinged, hollow, part_of
from previz.stage.pieces.seating import cushion
from previz.stage.pieces.solids import (
    Solid,
    box,
    cylinder,
    lathe,
    loft,
    moved,
    quads,
    tube,
    turned,
)

__all__ = ["JOINTS", "KINDS"]

RUBBER = Coat((0.02, 0.02, 0.022), Matter.PLASTIC)
CHROME = Coat((0.62, 0.63, 0.65), Matter.METAL)
TINT = Coat((0.035, 0.045, 0.05), Matter.GLASS)


def car(piece: SetPiece) -> list[Solid]:
    """A four-door saloon, nose towards +z; its front doors open."""
    w, h, d = piece.size_m
    paint = main(piece, Matter.PLASTIC, gloss=0.55)
    body, glass, *frame = [_body(w, h, d, paint), *_cabin(w, h, d, paint)]
    solids = hollow([body, glass], _opened_car(body, w, h, d))
    solids += [*frame, *_wheels(w, h, d), *_trim(w, h, d, paint)]
    for part, s in CAR_DOORS:
        solids += part_of(part, _front_door(s, w, h, d, paint))
    return solids


CAR_DOORS = (("door-1", 1), ("door-2", -1))
"""The driver's door, on the car's left, and the one across."""
DOOR_Z = (-0.05, 0.18)
"""Ends of a front door as shares of the length: stations of the body's skin."""
DOOR_Y = (0.12, 0.94)
"""Its lower and upper edge as shares of the body's side."""
PILLAR_Z = -0.06


def car_joints(piece: SetPiece) -> dict[str, Joint]:
    """The front doors turn about their front edges."""
    w, h, d = piece.size_m
    return {
        part: hinged(
            (s * w * 0.485, 0.0, d * DOOR_Z[1] - 0.01),
            turn_deg=-s * 68.0,
            grip=(s * w / 2, h * 0.51, d * -0.03),
        )
        for part, s in CAR_DOORS
    }


def _opened_car(body: Solid, w: float, h: float, d: float) -> list[Solid]:
    """The skin without its front doors, the other panes, and what one sees inside."""
    middle = body.positions[body.triangles].mean(axis=1)
    low, high = (h * (0.13 + (0.62 - 0.13) * share) for share in DOOR_Y)
    within = (middle[:, 2] > d * DOOR_Z[0]) & (middle[:, 2] < d * DOOR_Z[1])
    side = (middle[:, 1] > low) & (middle[:, 1] < high) & (abs(middle[:, 0]) > w * 0.4)
    skin = replace(body, triangles=body.triangles[~(within & side)], closed=False)
    trim = Coat((0.05, 0.045, 0.04), Matter.PLASTIC)
    hide = Coat((0.1, 0.07, 0.05), Matter.LEATHER)
    inside = [
        box((w * 0.84, 0.05, d * 0.56), (0, h * 0.15, -d * 0.06), trim),
        box((w * 0.84, h * 0.28, 0.4), (0, h * 0.3, d * 0.21), trim, bevel=0.05),
        box((w * 0.84, h * 0.4, 0.2), (0, h * 0.18, -d * 0.3), trim, bevel=0.05),
    ]
    for x in (-w * 0.22, w * 0.22):
        inside += [moved(s, (x, h * 0.1, d * 0.02)) for s in _seat(w * 0.28, h, hide)]
    return [skin, *_panes(w, h, d), *inside]


def _panes(w: float, h: float, d: float) -> list[Solid]:
    """Windscreen, rear window and rear side windows, each seen from both sides."""
    panes = []
    for s in (-1, 1):
        low, top = s * w * 0.455, s * w * 0.36
        pillar = d * PILLAR_Z
        panes.append(
            _both_sides(
                [
                    (low, h * 0.61, -d * 0.34), (low, h * 0.61, pillar),
                    (top, h * 0.955, pillar - 0.02), (top, h * 0.955, -d * 0.18),
                ]
            )
        )  # fmt: skip
    for z0, z1 in ((d * 0.2, d * 0.035), (-d * 0.36, -d * 0.2)):
        low, top = w * 0.4, w * 0.31
        panes.append(
            _both_sides(
                [
                    (-low, h * 0.61, z0), (low, h * 0.61, z0),
                    (top, h * 0.955, z1), (-top, h * 0.955, z1),
                ]
            )
        )  # fmt: skip
    return panes


def _both_sides(corners: list[Vec3]) -> Solid:
    return quads([corners, corners[::-1]], TINT)


def _front_door(s: int, w: float, h: float, d: float, paint: Coat) -> list[Solid]:
    """A door as it lies in the skin: leaf, window, lining and handle."""
    rings = []
    for z, top in ((DOOR_Z[0], 0.63), (DOOR_Z[1], 0.615)):
        outside = _section(w / 2 + 0.003, h * 0.13, h * top, d * z)[1:5]
        inside = outside[::-1] - (0.09, 0.0, 0.0)
        ring = np.concatenate([outside, inside]) * (s, 1.0, 1.0)
        rings.append(ring)
    sill, pillar = h * 0.605, d * PILLAR_Z
    low, top = s * w * 0.455, s * w * 0.36
    window = [
        (low, sill, pillar), (low, sill, d * 0.18),
        (top, h * 0.955, d * 0.02), (top, h * 0.955, pillar - 0.02),
    ]  # fmt: skip
    lining = Coat((0.05, 0.045, 0.04), Matter.PLASTIC)
    rest = (s * (w / 2 - 0.12), h * 0.38, d * 0.04)
    handle = (s * (w / 2 - 0.002), h * 0.5, -d * 0.03)
    leaf = [
        loft(np.array(rings), paint),
        _both_sides(window),
        box((0.05, h * 0.08, d * 0.15), rest, lining, bevel=0.02),
    ]
    bar = box((0.03, 0.025, 0.15), handle, CHROME, bevel=0.008)
    return [*hollow([], leaf), bar]


def _section(half: float, low: float, high: float, z: float) -> NDArray[np.float64]:
    """A cross-section of the body: rocker, widest at the waist, rounded shoulder."""
    right = [
        (0.86, 0.0),
        (0.97, 0.12),
        (1.0, 0.5),
        (0.98, 0.78),
        (0.9, 0.94),
        (0.6, 1.0),
    ]
    points = [(half * x, low + (high - low) * y, z) for x, y in right]
    return np.array(points + [(-x, y, z_) for x, y, z_ in points[::-1]])


def _body(w: float, h: float, d: float, paint: Coat) -> Solid:
    low = h * 0.14
    stations = (
        (-0.5, 0.8, 0.3, 0.55),
        (-0.485, 0.9, 0.16, 0.6),
        (-0.45, 0.97, 0.14, 0.63),
        (-0.3, 1.0, 0.13, 0.64),
        (-0.05, 1.0, 0.13, 0.63),
        (0.18, 1.0, 0.13, 0.615),
        (0.34, 0.98, 0.13, 0.575),
        (0.45, 0.93, 0.14, 0.52),
        (0.485, 0.84, 0.16, 0.46),
        (0.5, 0.72, 0.24, 0.4),
    )
    rings = [
        _section(w / 2 * wide, h * bottom if bottom > 0.14 else low, h * top, d * z)
        for z, wide, bottom, top in stations
    ]
    return loft(np.array(rings), paint)


def _cabin(w: float, h: float, d: float, paint: Coat) -> list[Solid]:
    """The greenhouse: glass all round under a painted roof, with its pillars."""
    sill, top = h * 0.61, h * 0.955
    lower = (-d * 0.36, d * 0.2, w * 0.455)
    upper = (-d * 0.2, d * 0.035, w * 0.36)

    def ring(share: float) -> NDArray[np.float64]:
        back, front, half = (
            a + (b - a) * share for a, b in zip(lower, upper, strict=True)
        )
        return _cabin_ring(back, front, half, sill + (top - sill) * share)

    base, crown = ring(0.0), ring(1.0)
    roof = [
        crown,
        crown + np.array([0, h * 0.025, 0]),
        crown * (0.9, 1, 0.85) + (0, h * 0.045, 0),
    ]
    solids = [
        loft(np.array([base, ring(0.5), crown]), TINT),
        loft(np.array(roof), paint),
    ]
    for corner in (0, 1, 4, 5):
        pillar = [tuple(base[corner]), tuple(crown[corner])]
        solids.append(tube(pillar, 0.038, paint, sides=5))
    middle, line = d * -0.06, lower[2] + 0.01
    for s in (-1, 1):
        post = [(s * lower[2], sill, middle), (s * upper[2], top, middle - 0.02)]
        solids.append(tube(post, 0.035, paint, sides=5))
        chrome = [(s * line, sill + 0.01, z) for z in lower[:2]]
        solids.append(tube(chrome, 0.018, CHROME, sides=5))
    return solids


def _cabin_ring(
    back: float, front: float, half: float, y: float
) -> NDArray[np.float64]:
    """A level outline of the glass with cut corners, shape (8, 3)."""
    r = 0.1
    return np.array(
        [
            (half, y, front - r),
            (half, y, back + r),
            (half - r, y, back),
            (-half + r, y, back),
            (-half, y, back + r),
            (-half, y, front - r),
            (-half + r, y, front),
            (half - r, y, front),
        ]
    )


def _wheels(w: float, h: float, d: float) -> list[Solid]:
    solids: list[Solid] = []
    r = h * 0.225
    for sx in (-1, 1):
        for z in (d * 0.31, -d * 0.3):
            tyre = lathe(
                [
                    (r * 0.62, -0.1),
                    (r * 0.94, -0.1),
                    (r, -0.06),
                    (r, 0.06),
                    (r * 0.94, 0.1),
                    (r * 0.62, 0.1),
                ],
                RUBBER,
                segments=14,
            )
            rim = lathe(
                [
                    (r * 0.62, 0.06),
                    (r * 0.62, 0.102),
                    (r * 0.5, 0.106),
                    (r * 0.16, 0.085),
                    (r * 0.12, 0.11),
                ],
                shade(CHROME, 0.7),
                segments=10,
                crease_deg=60,
            )
            arch = lathe([(r * 1.16, 0.0), (r * 1.16, 0.03)], RUBBER, segments=14)
            for part in (tyre, rim):
                solids.append(
                    moved(turned(part, roll_deg=-90 * sx), (sx * (w / 2 - 0.1), r, z))
                )
            solids.append(
                moved(
                    turned(arch, roll_deg=-90 * sx), (sx * (w / 2 - 0.022), r * 1.02, z)
                )
            )
    return solids


def _trim(w: float, h: float, d: float, paint: Coat) -> list[Solid]:
    """Lights, bumpers, grille, plates, mirrors, handles, door gaps."""
    bumper, plate = shade(paint, 0.5), Coat((0.65, 0.63, 0.5), Matter.PLASTIC)
    solids = [
        box((w * 0.9, h * 0.1, 0.1), (0, h * 0.2, d * 0.487), bumper, bevel=0.03),
        box((w * 0.94, h * 0.11, 0.1), (0, h * 0.22, -d * 0.482), bumper, bevel=0.03),
        box((w * 0.4, h * 0.075, 0.04), (0, h * 0.315, d * 0.495), RUBBER, bevel=0.01),
        box((0.5, 0.1, 0.02), (0, h * 0.34, -d * 0.503), plate),
    ]
    for s in (-1, 1):
        solids += _side_trim(w, h, d, paint, s)
    return solids


def _side_trim(w: float, h: float, d: float, paint: Coat, s: int) -> list[Solid]:
    """Lights, mirror, handle and door gaps of one side: s is 1 at +x."""
    white, red = glow((1.0, 0.95, 0.85), 900.0), glow((1.0, 0.05, 0.03), 60.0)
    head, tail = (w * 0.19, h * 0.075, 0.08), (w * 0.17, h * 0.09, 0.06)
    mirror = (s * (w / 2 + 0.03), h * 0.62, d * 0.16)
    rear = (s * (w / 2 - 0.002), h * 0.5, -d * 0.22)
    solids = [
        box(head, (s * w * 0.31, h * 0.325, d * 0.482), white, bevel=0.03),
        box(tail, (s * w * 0.33, h * 0.42, -d * 0.486), red, bevel=0.02),
        box((0.16, 0.11, 0.07), mirror, paint, bevel=0.03),
        box((0.03, 0.025, 0.15), rear, CHROME, bevel=0.008),
    ]
    # Gaps follow the skin: they say that there are four doors.
    for z in (d * 0.165, -d * 0.06, -d * 0.25):
        line = _section(w / 2 + 0.002, h * 0.13, h * 0.625, z)[1:5]
        gap = [(s * float(x), float(y), float(z_)) for x, y, z_ in line]
        solids.append(tube(gap, 0.007, RUBBER, sides=4))
    sill = (s * (w * 0.485 + 0.003), h * 0.19, -d * 0.04)
    solids.append(box((0.014, 0.014, d * 0.42), sill, RUBBER))
    return solids


def car_interior(piece: SetPiece) -> list[Solid]:
    """The inside of a saloon around two front seats and a bench, nose at +z.

    Floor, doors to the waist, pillars, roof rails and dashboard; the roof and the
    glass are left out, so that a camera and its light can work.
    """
    w, h, d = piece.size_m
    trim, leather = accent(piece, Matter.PLASTIC), main(piece, Matter.LEATHER)
    half, waist = w / 2, h * 0.58
    solids = [box((w, 0.08, d), (0, 0, 0), shade(trim, 0.5))]
    for s in (-1, 1):
        door = box(
            (0.1, waist - 0.1, d * 0.94),
            (s * (half - 0.05), 0.1, -0.02),
            trim,
            bevel=0.03,
        )
        rest = box(
            (0.09, 0.07, d * 0.34),
            (s * (half - 0.13), waist - 0.24, -d * 0.06),
            leather,
            bevel=0.025,
        )
        ledge = box(
            (0.13, 0.04, d * 0.94),
            (s * (half - 0.05), waist - 0.02, -0.02),
            shade(trim, 0.8),
            bevel=0.012,
        )
        solids += [door, rest, ledge]
        solids += _pillars(s, half, waist, h, d, trim)
    solids += _dashboard(w, h, d, trim)
    for x in (-w * 0.24, w * 0.24):
        solids += [moved(part, (x, 0, 0.02)) for part in _seat(w * 0.3, h, leather)]
    solids += _rear_bench(w, h, d, leather)
    console = box(
        (w * 0.13, 0.3, d * 0.34), (0, 0.08, 0.12), shade(trim, 1.3), bevel=0.03
    )
    lever = tube([(0, 0.38, 0.3), (0.0, 0.52, 0.26)], 0.016, CHROME)
    return [*solids, console, lever]


def _pillars(
    s: int, half: float, waist: float, h: float, d: float, trim: Coat
) -> list[Solid]:
    x, top = s * (half - 0.05), h - 0.05
    inner = s * (half - 0.16)
    return [
        tube([(x, waist, d * 0.4), (inner, top, d * 0.14)], 0.035, trim, sides=7),
        tube([(x, waist, -d * 0.1), (inner, top, -d * 0.1)], 0.045, trim, sides=7),
        tube([(x, waist, -d * 0.46), (inner, top, -d * 0.3)], 0.06, trim, sides=7),
        tube([(inner, top, d * 0.14), (inner, top, -d * 0.3)], 0.035, trim, sides=7),
    ]


def _dashboard(w: float, h: float, d: float, trim: Coat) -> list[Solid]:
    """Dashboard, dials, wheel on the left of the car (+x, seen from inside)."""
    z, top, wheel_x = d * 0.36, h * 0.6, w * 0.24
    face = z - 0.172
    shelf, hood = (w - 0.14, 0.03, 0.5), (w * 0.3, 0.11, 0.2)
    dials, radio = glow((0.5, 0.8, 1.0), 18.0), glow((0.6, 0.8, 1.0), 10.0)
    glove = (-w * 0.24, top - 0.17, z - 0.17)
    header = [(-w * 0.38, h - 0.05, d * 0.14), (w * 0.38, h - 0.05, d * 0.14)]
    solids = [
        box((w - 0.12, 0.26, 0.34), (0, top - 0.24, z), trim, bevel=0.06),
        box(shelf, (0, top + 0.0, z + 0.14), shade(trim, 0.7), bevel=0.012),
        box(hood, (wheel_x, top - 0.02, z - 0.07), shade(trim, 0.8), bevel=0.03),
        box((w * 0.24, 0.06, 0.01), (wheel_x, top + 0.0, face), dials),
        box((w * 0.17, 0.12, 0.012), (0, top - 0.16, face), radio),
        box((w * 0.3, 0.1, 0.02), glove, shade(trim, 1.4), bevel=0.01),
        tube(header, 0.035, trim),
        box((0.24, 0.07, 0.03), (0, h - 0.17, d * 0.12), RUBBER, bevel=0.02),
    ]
    return solids + [
        moved(turned(part, pitch_deg=24), (wheel_x, top - 0.06, z - 0.32))
        for part in _steering_wheel(trim)
    ]


def _steering_wheel(trim: Coat) -> list[Solid]:
    """Rim, spoke, hub and column, upright round the origin."""
    rim = [
        (0.19 * float(np.cos(a)), 0.19 * float(np.sin(a)), 0.0)
        for a in np.linspace(0, 2 * np.pi, 17)
    ]
    return [
        *(tube([a, b], 0.017, RUBBER) for a, b in pairwise(rim)),
        box((0.36, 0.035, 0.02), (0, -0.02, 0), RUBBER, bevel=0.008),
        box((0.12, 0.1, 0.035), (0, -0.05, 0), shade(trim, 1.2), bevel=0.016),
        tube([(0, 0, 0), (0, 0, 0.22)], 0.03, RUBBER),
    ]


def _seat(width: float, h: float, leather: Coat) -> list[Solid]:
    """A front seat with side bolsters and a head rest."""
    back = cushion((width, h * 0.43, 0.16), (0, 0, 0), leather, puff=0.4)
    head = cushion((width * 0.5, 0.17, 0.1), (0, 0, 0), leather, puff=0.6)
    solids = [
        box((width * 0.8, 0.18, 0.4), (0, 0.08, 0), RUBBER),
        cushion((width, 0.17, 0.52), (0, 0.26, 0.02), leather),
        moved(turned(back, pitch_deg=-14), (0, 0.38, -0.26)),
        moved(turned(head, pitch_deg=-10), (0, 0.38 + h * 0.44, -0.38)),
    ]
    for s in (-1, 1):
        side = cushion((0.09, h * 0.32, 0.2), (0, 0, 0), shade(leather, 0.85))
        solids.append(
            moved(turned(side, pitch_deg=-14), (s * width * 0.46, 0.42, -0.24))
        )
    return solids


def _rear_bench(w: float, h: float, d: float, leather: Coat) -> list[Solid]:
    back = cushion((w * 0.86, h * 0.42, 0.16), (0, 0, 0), leather, puff=0.35)
    z = -d * 0.36
    sill = quads(
        [
            [
                (-w * 0.45, h * 0.58, -d / 2),
                (-w * 0.45, h * 0.58, z - 0.2),
                (w * 0.45, h * 0.58, z - 0.2),
                (w * 0.45, h * 0.58, -d / 2),
            ]
        ],
        shade(leather, 0.6),
    )
    return [
        box((w * 0.8, 0.18, 0.42), (0, 0.08, z + 0.08), RUBBER),
        cushion((w * 0.86, 0.17, 0.52), (0, 0.26, z + 0.1), leather),
        moved(turned(back, pitch_deg=-16), (0, 0.36, z - 0.14)),
        sill,
    ]


def bicycle(piece: SetPiece) -> list[Solid]:
    """A bicycle on its stand, along z."""
    _, h, d = piece.size_m
    paint = main(piece, Matter.METAL)
    r = h * 0.33
    front, back = (0.0, r, d / 2 - r), (0.0, r, -d / 2 + r)
    saddle, head = (0.0, h * 0.85, -d * 0.14), (0.0, h * 0.8, d * 0.2)
    crank = (0.0, r * 0.95, -d * 0.04)
    frame = [
        (back, saddle), (back, crank), (crank, saddle), (crank, head), (saddle, head),
        (head, front),
    ]  # fmt: skip
    solids = [tube([a, b], 0.016, paint) for a, b in frame]
    tyre = [(r - 0.035, -0.016), (r, -0.012), (r, 0.012), (r - 0.035, 0.016)]
    wheel = turned(lathe(tyre, RUBBER, segments=20), roll_deg=90)
    solids += [moved(wheel, hub) for hub in (front, back)]
    ends = [(s * 0.28, h * 0.95, d * 0.16) for s in (-1, 1)]
    solids.append(box((0.14, 0.05, 0.26), (0, h * 0.86, -d * 0.16), RUBBER, bevel=0.02))
    solids.append(tube([ends[0], (0, h * 0.93, d * 0.2), ends[1]], 0.014, CHROME))
    solids.append(cylinder(0.015, h * 0.2, (0, h * 0.78, d * 0.2), CHROME, segments=6))
    return solids


KINDS = {"car": car, "car-interior": car_interior, "bicycle": bicycle}

JOINTS = {"car": car_joints}
