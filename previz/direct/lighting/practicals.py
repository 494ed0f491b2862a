"""The lamps of the set that burn for the picture."""

from __future__ import annotations

import math

import numpy as np

from previz.direct.lighting.ways import rounded
from previz.model import Light, LightKind, LightRole, Set, SetPiece

__all__ = ["LAMPS", "practicals"]


LAMPS: dict[str, tuple[float, float, float]] = {
    "pendant": (130.0, 2800.0, -0.12),
    "floor-lamp": (95.0, 2700.0, -0.15),
    "table-lamp": (60.0, 2700.0, -0.12),
    "strip-light": (330.0, 4100.0, -0.06),
    "lamp-post": (520.0, 2900.0, -0.35),
    "stair-house": (90.0, 2800.0, -0.3),
    "canopy": (120.0, 3400.0, -0.8),
    "station-canopy": (640.0, 4000.0, -0.6),
    "chandelier": (240.0, 2500.0, -1.0),
    "torch": (70.0, 2000.0, 0.05),
    "fireplace": (90.0, 1950.0, -1.9),
    "campfire": (160.0, 1950.0, 0.0),
    "bus-stop": (70.0, 3600.0, -0.25),
}
"""Candela, kelvin, and how far below the piece's top its lamp hangs."""


def practicals(set_: Set, *, most: int, share: float) -> list[Light]:
    """Point lights in the lamps of the set, the ones nearest its middle."""
    found = [
        piece
        for piece in set_.pieces
        if piece.kind in LAMPS
        and abs(piece.position_m[0]) < set_.size_m[0] / 2 + 3
        and abs(piece.position_m[2]) < set_.size_m[2] / 2 + 3
    ]
    found.sort(
        key=lambda p: (
            math.hypot(p.position_m[0], p.position_m[2]) - 0.004 * LAMPS[p.kind][0]
        )
    )
    dash = [p for p in set_.pieces if p.kind == "car-interior"]
    lights = [_dashboard(p) for p in dash]
    for k, piece in enumerate(found[: most - len(lights)]):
        candela, kelvin, below = LAMPS[piece.kind]
        _, h, d = piece.size_m
        reach = {"lamp-post": 0.8 * min(1.2, d), "stair-house": d / 2 + 0.3}.get(
            piece.kind, 0.0
        )
        yaw = math.radians(piece.yaw_deg)
        x, y, z = piece.position_m
        lamp_y = (
            y + below if piece.kind in ("pendant", "strip-light") else y + h + below
        )
        place = np.array([x + math.sin(yaw) * reach, lamp_y, z + math.cos(yaw) * reach])
        lights.append(
            Light(
                id=f"lamp-{k + 1}",
                kind=LightKind.POINT,
                role=LightRole.PRACTICAL,
                position_m=rounded(place),
                aim_m=rounded(place - (0, 1.0, 0)),
                intensity=round(candela * share, 1),
                color_temperature_k=kelvin,
            )
        )
    return lights


def _dashboard(piece: SetPiece) -> Light:
    """The glow of a car's dials on faces, stronger than life."""
    x, y, z = piece.position_m
    w, h, d = piece.size_m
    return Light(
        id="dashboard",
        kind=LightKind.AREA,
        role=LightRole.PRACTICAL,
        position_m=rounded(np.array([x, y + h * 0.66, z + d * 0.27])),
        aim_m=rounded(np.array([x, y + h * 0.85, z - d * 0.1])),
        width_m=w * 0.8,
        height_m=0.25,
        intensity=3.2,
        color_temperature_k=5200.0,
    )
