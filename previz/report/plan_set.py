"""The set on a plan: grid, floor, furniture, walls with their openings."""

from __future__ import annotations

import math

from previz.model import Opening, Set, SetPiece, Vec3
from previz.report.sheet import Sheet

__all__ = ["draw_set"]

_ON_TOP_M = 0.3
"""What stands higher stands on something else and gets no name."""

_UNSEEN = {"ceiling", "pendant", "floor", "ground", "slab", "hill", "canopy"} | {
    "mesa",
    "telegraph-line",
    "station-canopy",
}
_FLAT = {"rug", "sidewalk", "marking", "papers", "water", "rails", "landing", "road"}
_ROUND = {"tree", "conifer", "palm", "bush", "plant", "stool", "column", "lamp", "rock"}
_WALLS = {"wall", "parapet"}
_HOUSES = {"facade", "house", "roof", "train", "roadside-store"} | {
    "modern-front",
    "classical-front",
    "church-front",
}
_WALL_INK, _PIECE_INK, _PIECE_FILL = "#b9bbbd", "#75797d", "#26292d"


def draw_set(sheet: Sheet, set_: Set) -> None:
    """Draw a set from above, the walls last."""
    half_x, half_z = set_.size_m[0] / 2, set_.size_m[2] / 2
    if set_.interior:
        corners = [
            (-half_x, -half_z),
            (half_x, -half_z),
            (half_x, half_z),
            (-half_x, half_z),
        ]
        sheet.polygon([(x, 0.0, z) for x, z in corners], fill="#202327")
    _grid(sheet)
    seen = [piece for piece in set_.pieces if piece.kind not in _UNSEEN]
    for piece in sorted(seen, key=lambda p: -p.size_m[0] * p.size_m[2]):
        if piece.kind not in _WALLS:
            _furniture(sheet, piece)
    for piece in seen:
        if piece.kind in _WALLS:
            _wall(sheet, piece)


def _grid(sheet: Sheet) -> None:
    left, top, right, bottom = sheet.view
    step = 1 if right - left < 30 else 5
    for x in range(math.ceil(left / step) * step, math.floor(right) + 1, step):
        sheet.line((x, 0, top), (x, 0, bottom), stroke="#24272a", width=1)
    for z in range(math.ceil(top / step) * step, math.floor(bottom) + 1, step):
        sheet.line((left, 0, z), (right, 0, z), stroke="#24272a", width=1)


def _world(piece: SetPiece, x: float, z: float) -> Vec3:
    """Turn a place on a piece into the world; yaw 90 turns +z to +x."""
    turn = math.radians(piece.yaw_deg)
    return (
        piece.position_m[0] + x * math.cos(turn) + z * math.sin(turn),
        0.0,
        piece.position_m[2] - x * math.sin(turn) + z * math.cos(turn),
    )


def _box(piece: SetPiece, x0: float, x1: float, z0: float, z1: float) -> list[Vec3]:
    return [_world(piece, x, z) for x, z in ((x0, z0), (x1, z0), (x1, z1), (x0, z1))]


def _furniture(sheet: Sheet, piece: SetPiece) -> None:
    wide, _, deep = (side / 2 for side in piece.size_m)
    title = piece.kind
    if piece.kind in _FLAT:
        sheet.polygon(
            _box(piece, -wide, wide, -deep, deep),
            fill="#2b2e33",
            stroke="#3c4046",
            opacity=0.5,
            title=title,
        )
        return
    if piece.kind in _ROUND:
        rim = [
            _world(
                piece,
                wide * math.cos(a / 12 * math.pi),
                deep * math.sin(a / 12 * math.pi),
            )
            for a in range(24)
        ]
        sheet.polygon(
            rim, fill=_PIECE_FILL, stroke=_PIECE_INK, opacity=0.8, title=title
        )
        return
    house = piece.kind in _HOUSES
    sheet.polygon(
        _box(piece, -wide, wide, -deep, deep),
        fill="#34373b" if house else _PIECE_FILL,
        stroke=_WALL_INK if house else _PIECE_INK,
        width=1.6 if house else 1,
        title=title,
    )
    if house or piece.position_m[1] > _ON_TOP_M:
        return
    room = min(2 * wide, 2 * deep) / sheet.px(1)
    if room > 24 and max(wide, deep) * 2 / sheet.px(1) > len(piece.kind) * 6.4 + 8:
        x, _, z = piece.position_m
        at = (x, 0.0, z + sheet.px(3.5))
        sheet.text(at, title, fill="#8d9195", px=10, anchor="middle")


def _wall(sheet: Sheet, piece: SetPiece) -> None:
    half = piece.size_m[0] / 2
    thick = max(piece.size_m[2], sheet.px(3.5)) / 2
    at = -half
    low = [o for o in piece.openings if o.y_m < 1.6]
    for opening in sorted(low, key=lambda o: o.x_m):
        left = max(at, opening.x_m - opening.width_m / 2)
        right = min(half, opening.x_m + opening.width_m / 2)
        if left > at:
            sheet.polygon(_box(piece, at, left, -thick, thick), fill=_WALL_INK)
        if right > left:
            _opening(sheet, piece, opening, left, right, thick)
        at = max(at, right)
    if half > at:
        sheet.polygon(_box(piece, at, half, -thick, thick), fill=_WALL_INK)


def _opening(
    sheet: Sheet,
    piece: SetPiece,
    opening: Opening,
    left: float,
    right: float,
    thick: float,
) -> None:
    ends = _world(piece, left, 0), _world(piece, right, 0)
    if opening.kind == "window":
        pane = _box(piece, left, right, -thick, thick)
        sheet.polygon(pane, fill="#202327", stroke=_WALL_INK, width=1, title="window")
        sheet.line(*ends, stroke=_WALL_INK, width=1)
        return
    for side in (-thick, thick):
        edge = [_world(piece, left, side), _world(piece, right, side)]
        sheet.path(edge, stroke="#5c6064", width=1, dash="3 3", round_=False)
    if opening.kind == "door":
        wide = right - left
        arc = [
            _world(piece, left + wide * math.sin(a), wide * math.cos(a))
            for a in (i * math.pi / 24 for i in range(13))
        ]
        leaf = [ends[0], *arc]
        sheet.path(leaf, stroke="#8d9195", width=1, dash="", round_=False)
