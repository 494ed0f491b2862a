"""Finish a room by its style: walls, windows and corners that nobody dressed yet."""

from __future__ import annotations

import math
from collections.abc import Iterator

from previz.direct.places.dressing import SHELL, Dressing, Hole, Side
from previz.model import RGB, Matter, SetPiece, Vec3

__all__ = ["MOST_PIECES", "finish_room"]

MOST_PIECES = 54
"""Finishing stops here, so that what the script names still finds room."""

Stretch = tuple[float, float]
"""A free part of a wall, from and to along it, in metres."""

HANGINGS: dict[str, tuple[Vec3, float]] = {
    "picture": ((0.75, 0.56, 0.035), 1.34),
    "noticeboard": ((1.2, 0.85, 0.03), 1.15),
    "clock": ((0.36, 0.36, 0.05), 1.95),
    "mirror": ((0.6, 0.9, 0.04), 1.1),
    "wall-shelf": ((0.95, 0.42, 0.2), 1.3),
}
"""Size of what is hung, and how high its lower edge."""

CORNERS: dict[str, Vec3] = {
    "plant": (0.62, 1.35, 0.62),
    "floor-lamp": (0.44, 1.65, 0.44),
    "bin": (0.34, 0.5, 0.34),
    "coat-stand": (0.55, 1.75, 0.55),
    "crates": (1.1, 0.85, 0.7),
}
_SIDES: tuple[Side, ...] = ("n", "s", "w", "e")


def finish_room(d: Dressing) -> None:
    """Add what the room's style asks for where nothing stands yet."""
    for hole in d.holes:
        if hole.kind == "window":
            _dress_window(d, hole)
    _fill_corners(d)
    _hang(d)


def _dress_window(d: Dressing, hole: Hole) -> None:
    """A radiator under it, and curtains or a blind where it has none."""
    style, p = d.style, d.palette
    x, z = d.by(hole.side, hole.along, 0.3)
    below = hole.width * 0.5
    if (
        style.heated
        and 0.6 < hole.sill < 1.3
        and _free(d, x, z, below, 0.0, 0.6, before=frozenset({"curtain"}))
    ):
        size = (round(min(1.5, hole.width * 0.8), 2), 0.52, 0.1)
        d.against(
            hole.side, hole.along, "radiator", size, gap=0.03, color=(0.6, 0.58, 0.53)
        )
    if hole.width < 0.7 or len(d.pieces) >= MOST_PIECES:
        return
    if style.window == "curtain" and not _curtained(d, x, z):
        wide = min(hole.width + 0.9, 2 * _room_beside(d, hole) - 0.1)
        ends = [d.by(hole.side, hole.along + s * wide / 2, 0.1) for s in (-1, 1)]
        clear = all(_free(d, *end, 0.2, 0.5, 2.4) for end in ends)
        if clear and wide > hole.width + 0.3:
            d.against(
                hole.side, hole.along, "curtain", (round(wide, 2), 2.1, 0.13),
                y=max(0.06, min(0.36, hole.sill - 0.3)), color=p.cloth2, accent=p.dark,
                matter=Matter.CLOTH,
            )  # fmt: skip
    if style.window == "blind" and not _curtained(d, x, z):
        down = hole.height * (0.2 + abs(d.jitter(0.12)))
        d.against(
            hole.side, hole.along, "blind", (hole.width - 0.12, round(down, 2), 0.05),
            y=round(hole.sill + hole.height - down - 0.06, 2), gap=-0.085,
            color=p.trim if min(p.trim) > 0.3 else (0.5, 0.48, 0.43),
        )  # fmt: skip


def _curtained(d: Dressing, x: float, z: float) -> bool:
    return any(
        piece.kind in ("curtain", "blind")
        and math.hypot(piece.position_m[0] - x, piece.position_m[2] - z) < 1.0
        for piece in d.pieces
    )


def _room_beside(d: Dressing, hole: Hole) -> float:
    """How far the wall reaches from a window's middle, or to the next opening."""
    length = d.w if hole.side in "ns" else d.d
    reach = length / 2 - abs(hole.along)
    for other in d.holes:
        if other.side == hole.side and other is not hole:
            reach = min(reach, abs(other.along - hole.along) - other.width / 2 - 0.1)
    return reach


def _footprint(piece: SetPiece) -> tuple[float, float]:
    """Half extents of a turned piece along world x and z."""
    yaw = math.radians(piece.yaw_deg)
    c, s = abs(math.cos(yaw)), abs(math.sin(yaw))
    w, _, depth = piece.size_m
    return (c * w + s * depth) / 2, (s * w + c * depth) / 2


def _free(
    d: Dressing,
    x: float,
    z: float,
    half: float,
    low: float,
    high: float,
    *,
    before: frozenset[str] = frozenset(),
) -> bool:
    """Whether no piece stands in a square about a floor point between two heights.

    Kinds in `before` may stand there: a radiator stands behind a curtain.
    """
    for piece in d.pieces:
        if piece.kind in SHELL or piece.kind in before:
            continue
        px, py, pz = piece.position_m
        if py >= high or py + piece.size_m[1] <= low:
            continue
        hx, hz = _footprint(piece)
        if abs(px - x) < hx + half and abs(pz - z) < hz + half:
            return False
    return True


def _fill_corners(d: Dressing) -> None:
    """Put something small into up to two free corners away from doors."""
    kinds = list(d.style.corners)
    start = int(d.rng.integers(4))
    filled = 0
    for k in range(4):
        if not kinds or filled >= 2 or len(d.pieces) >= MOST_PIECES:
            return
        sx, sz = ((1, 1), (-1, 1), (-1, -1), (1, -1))[(start + k) % 4]
        kind = kinds[0]
        size = CORNERS[kind]
        x = sx * (d.w / 2 - size[0] / 2 - 0.1)
        z = sz * (d.d / 2 - size[2] / 2 - 0.1)
        if _by_a_door(d, x, z) or not _free(d, x, z, size[0] / 2 + 0.12, 0.0, 2.0):
            continue
        kinds.pop(0)
        filled += 1
        _stand(d, kind, size, x, z)


def _stand(d: Dressing, kind: str, size: Vec3, x: float, z: float) -> None:
    p = d.palette
    colors: dict[str, tuple[RGB, RGB, Matter]] = {
        "plant": (p.leaf, p.accent, Matter.FOLIAGE),
        "floor-lamp": (p.dark, p.dark, Matter.METAL),
        "bin": (p.dark, p.dark, Matter.METAL),
        "coat-stand": (p.wood, p.cloth, Matter.WOOD),
        "crates": (p.wood, p.dark, Matter.WOOD),
    }
    color, accent, matter = colors[kind]
    d.add(
        kind, size, x, z, yaw=math.degrees(math.atan2(-x, -z)) + d.jitter(15.0),
        color=color, accent=accent, matter=matter,
    )  # fmt: skip


def _by_a_door(d: Dressing, x: float, z: float) -> bool:
    return any(
        math.hypot(
            *(a - b for a, b in zip(d.by(h.side, h.along, 0.0), (x, z), strict=True))
        )
        < h.width / 2 + 0.75
        for h in d.holes
        if h.kind != "window"
    )


def _hang(d: Dressing) -> None:
    """Hang the style's things in turn where a wall is bare at eye height."""
    kinds = d.style.hangings
    count = int(d.rng.integers(3))
    for side in _SIDES if kinds else ():
        for start, end in list(_bare(d, side)):
            if end - start < 1.15 or len(d.pieces) >= MOST_PIECES:
                continue
            kind = kinds[count % len(kinds)]
            (w, h, depth), y = HANGINGS[kind]
            if w > end - start - 0.3 or y + h > d.h - 0.1:
                continue
            count += 1
            scale = 1.0 + d.jitter(0.15) if kind == "picture" else 1.0
            spare = max(0.0, (end - start - w) / 2 - 0.3)
            d.against(
                side, (start + end) / 2 + d.jitter(min(0.4, spare)), kind,
                (round(w * scale, 2), round(h * scale, 2), depth), y=y, gap=0.022,
                color=(0.33, 0.21, 0.11) if kind == "noticeboard" else d.palette.dark,
                accent=d.palette.cloth if kind != "noticeboard" else d.palette.dark,
            )  # fmt: skip


def _bare(d: Dressing, side: Side) -> Iterator[Stretch]:
    """Yield the parts of a wall with nothing before them from 1.2 to 2 m up."""
    length = d.w if side in "ns" else d.d
    taken = [(-length / 2 - 1, -length / 2 + 0.15), (length / 2 - 0.15, length / 2 + 1)]
    for hole in d.holes:
        if hole.side == side:
            half = hole.width / 2 + 0.2
            taken.append((hole.along - half, hole.along + half))
    for piece in d.pieces:
        x, y, z = piece.position_m
        hx, hz = _footprint(piece)
        low, high = y, y + piece.size_m[1]
        if piece.kind in SHELL or high < 1.25 or low > 2.1:
            continue
        along, half = (x, hx) if side in "ns" else (z, hz)
        edge = {"n": z - hz, "s": -z - hz, "w": x - hx, "e": -x - hx}[side]
        wall = d.d / 2 if side in "ns" else d.w / 2
        if -0.3 < edge + wall < 0.5 and abs(along) < length / 2:
            taken.append((along - half - 0.12, along + half + 0.12))
    taken.sort()
    at = taken[0][1]
    for start, end in taken[1:]:
        if start > at:
            yield at, start
        at = max(at, end)
