"""A set piece put elsewhere, with what is on it, who sits on it, and who walks by."""

from __future__ import annotations

import math
from itertools import pairwise

from previz.direct.floor import apart_m
from previz.direct.remarking import replanned
from previz.model import Blocking, Mark, Posture, Rate, Scene, SetPiece, Spot, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["rearranged", "resettled", "rests_on", "seat_of"]

_SEAT_M = 0.25
"""A seat this near to a piece's footprint goes where the piece goes."""
_SEATED_M = 0.3
_BY_M = 0.2
"""A way that comes nearer to a piece is walked round it."""
_AT_MARK_M = 0.6
"""Beside their mark people may be as near to a piece as they were put."""
_HEAD_M = 1.9
_GRAIN_M = 0.1
_SEATS = frozenset({Posture.SIT, Posture.LIE})


def rearranged(
    scene: Scene,
    old: SetPiece,
    new: SetPiece,
    *,
    rate: Rate,
    assets: Assets = NO_ASSETS,
) -> Scene:
    """Return the scene with a piece put elsewhere, turned or of another size.

    What stands on it goes along, and so do its seats and whoever has a mark there.
    Ways that would lead through it are walked round it.

    Args:
        scene: The scene.
        old: One of the pieces of its set.
        new: The same piece where it goes.
        rate: Of the film.
        assets: The film's imported meshes and motion.

    Raises:
        ModelError: If somebody could no more get where they go in time.
    """
    fresh = _carried_along(scene, old, new)
    spots = zip(scene.set.spots, fresh.set.spots, strict=True)
    moved = {was.name: was for was, now in spots if now != was}
    blocking = tuple(
        resettled(fresh, b, moved, old, new, rate=rate, assets=assets)
        for b in scene.blocking
    )
    return fresh.changed(blocking=blocking)


def _carried_along(scene: Scene, old: SetPiece, new: SetPiece) -> Scene:
    """Return the scene with the piece, and what stands on it, where it goes."""
    pieces = tuple(
        new if p.id == old.id else _piece_along(p, old, new) for p in scene.set.pieces
    )
    spots = tuple(_spot_along(s, old, new) for s in scene.set.spots)
    props = tuple(p.changed(piece=_piece_along(p.piece, old, new)) for p in scene.props)
    return scene.changed(set=scene.set.changed(pieces=pieces, spots=spots), props=props)


def resettled(
    scene: Scene,
    blocking: Blocking,
    moved: dict[str, Spot],
    old: SetPiece,
    new: SetPiece,
    *,
    rate: Rate,
    assets: Assets,
) -> Blocking:
    """Return somebody's blocking, whose marks went along, with ways walked anew.

    Args:
        scene: With the piece where it now is.
        blocking: Of one of its people.
        moved: The spots that went along, as they were, by name.
        old: The piece as it was.
        new: The piece as it is.
        rate: Of the film.
        assets: The film's imported meshes and motion.

    Raises:
        ModelError: If somebody could no more get where they go in time.
    """
    marks, again = list(blocking.marks), set()
    for index, mark in enumerate(marks):
        seat = moved.get(mark.spot)
        if seat is not None and apart_m(seat.position_m, mark.position_m) < _SEATED_M:
            marks[index] = mark.changed(
                position_m=_carried(mark.position_m, old, new),
                facing_deg=_turned(mark.facing_deg + new.yaw_deg - old.yaw_deg),
            )
            again |= {index, index + 1}
    again |= {
        i for i in range(1, len(marks)) if _in_the_way(marks[i - 1], marks[i], new)
    }
    for index in sorted(again):
        if 0 < index < len(marks):
            pair = (marks[index - 1], marks[index])
            marks[index - 1 : index + 1] = replanned(
                scene, blocking.character, pair, about=1, rate=rate, assets=assets
            )
    fresh = tuple(marks)
    return blocking if fresh == blocking.marks else blocking.changed(marks=fresh)


def _in_the_way(come: Mark, mark: Mark, piece: SetPiece) -> bool:
    """Whether the way between two marks leads through a piece that stands there."""
    if piece.position_m[1] > _HEAD_M or piece.size_m[1] < 0.05:
        return False
    points = (come.position_m, *mark.via, mark.position_m)
    for a, b in pairwise(points):
        steps = max(1, math.ceil(apart_m(a, b) / _GRAIN_M))
        for step in range(steps + 1):
            x, z = (a[k] + (b[k] - a[k]) * step / steps for k in (0, 2))
            at = (x, 0.0, z)
            ends = min(apart_m(at, points[0]), apart_m(at, points[-1]))
            if ends > _AT_MARK_M and _within(at, piece, margin_m=_BY_M):
                return True
    return False


def rests_on(piece: SetPiece, other: SetPiece) -> bool:
    """Whether a piece stands or lies on another."""
    top = other.position_m[1] + other.size_m[1]
    on_top = other.position_m[1] + 0.1 < piece.position_m[1] <= top + 0.05
    return on_top and _within(piece.position_m, other, margin_m=0.0)


def seat_of(spot: Spot, piece: SetPiece) -> bool:
    """Whether a spot is a place to sit or lie on a piece."""
    seat = spot.posture in _SEATS and not spot.exit
    return seat and _within(spot.position_m, piece, margin_m=_SEAT_M)


def _piece_along(piece: SetPiece, old: SetPiece, new: SetPiece) -> SetPiece:
    """Return a piece where another put it that it stands on, if it does."""
    if not rests_on(piece, old):
        return piece
    top = old.position_m[1] + old.size_m[1]
    x, y, z = _carried(piece.position_m, old, new)
    on_top = piece.position_m[1] >= top - 0.05
    return piece.changed(
        position_m=(x, y + on_top * (new.size_m[1] - old.size_m[1]), z),
        yaw_deg=_turned(piece.yaw_deg + new.yaw_deg - old.yaw_deg),
    )


def _spot_along(spot: Spot, old: SetPiece, new: SetPiece) -> Spot:
    """Return a seat's spot where its piece went, other spots as they are."""
    if not seat_of(spot, old):
        return spot
    return spot.changed(
        position_m=_carried(spot.position_m, old, new),
        facing_deg=_turned(spot.facing_deg + new.yaw_deg - old.yaw_deg),
    )


def _within(place: Vec3, piece: SetPiece, *, margin_m: float) -> bool:
    turn = math.radians(piece.yaw_deg)
    x, z = place[0] - piece.position_m[0], place[2] - piece.position_m[2]
    across = x * math.cos(turn) - z * math.sin(turn)
    deep = x * math.sin(turn) + z * math.cos(turn)
    return (
        abs(across) <= piece.size_m[0] / 2 + margin_m
        and abs(deep) <= piece.size_m[2] / 2 + margin_m
    )


def _carried(place: Vec3, old: SetPiece, new: SetPiece) -> Vec3:
    """Return where a place goes that moves with a piece from `old` to `new`."""
    turn = math.radians(new.yaw_deg - old.yaw_deg)
    x, y, z = (p - o for p, o in zip(place, old.position_m, strict=True))
    return (
        round(new.position_m[0] + x * math.cos(turn) + z * math.sin(turn), 6),
        round(new.position_m[1] + y, 6),
        round(new.position_m[2] - x * math.sin(turn) + z * math.cos(turn), 6),
    )


def _turned(yaw_deg: float) -> float:
    return (yaw_deg + 180.0) % 360.0 - 180.0
