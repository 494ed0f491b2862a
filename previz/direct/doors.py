"""Doors that people go through, and leaves, drawers and lids that they open."""

from __future__ import annotations

import math
from dataclasses import dataclass

from previz.direct.floor import apart_m, step
from previz.model import Rate, Set, SetPiece, Spot, Swing, SwingKey, Vec3
from previz.stage.pieces import parts_of

__all__ = ["Doorway", "Leaves", "doorway_at", "way_of"]

_NEAR_M = 1.6
"""A way out this near to a door leads through it."""
_OUTSIDE_M = 0.42
_TO_HANDLE = 0.5
"""How far from the middle of the door towards its handle one stands outside."""
_INSIDE_M = 0.95
"""Out of the way of a leaf that opens into the room."""
_BESIDE_M = (0.2, 0.42)
"""Past the handle and off the wall: where a hand reaches it and no leaf sweeps."""
_PASSAGES = frozenset({"alley", "passage"})
"""Words of ways out between two houses, which no leaf shuts."""
_DEEP_M = 1.9
_OPENS_S = 0.6
_SHUTS_S = 0.7


@dataclass(frozen=True)
class Doorway:
    """A hole in a wall that people go through.

    Attributes:
        piece: Id of the wall.
        part: The leaf's name; empty for an archway.
        middle: On the floor, in the opening.
        inside: On the floor, before it.
        outside: On the floor, beyond the wall.
        beside: On the floor inside, by the handle and clear of the leaf.
        handle: Where a hand takes the leaf while it is shut.
    """

    piece: str
    part: str
    middle: Vec3
    inside: Vec3
    outside: Vec3
    beside: Vec3
    handle: Vec3


def doorway_at(set_: Set, place: Vec3) -> Doorway | None:
    """Return the doorway that a way out leads through; None in the open."""
    found: list[tuple[float, Doorway]] = []
    for piece in set_.pieces:
        if piece.kind != "wall":
            continue
        doors = 0
        for opening in piece.openings:
            doors += opening.kind == "door"
            if opening.kind == "window" or opening.y_m > 0.3:
                continue
            part = f"door-{doors}" if opening.kind == "door" else ""
            way = _doorway(piece, part, opening.x_m)
            far = apart_m(way.middle, place)
            if far < _NEAR_M:
                found.append((far, way))
    return min(found, key=lambda f: f[0])[1] if found else None


def way_of(set_: Set, spot: Spot) -> Doorway | None:
    """Return the doorway or the passage that a way out is; None in the open."""
    way = doorway_at(set_, spot.position_m)
    if way is not None or not _PASSAGES & set(spot.words):
        return way
    mouth = spot.position_m
    deep = step(mouth, spot.facing_deg + 180.0, _DEEP_M)
    outside = (round(deep[0], 3), 0.0, round(deep[2], 3))
    return Doorway("", "", mouth, mouth, outside, mouth, mouth)


def _doorway(piece: SetPiece, part: str, x_m: float) -> Doorway:
    def at(z_m: float, *, x_m: float = x_m, y_m: float = 0.0) -> Vec3:
        turn = math.radians(piece.yaw_deg)
        c, s = math.cos(turn), math.sin(turn)
        px, _, pz = piece.position_m
        return (
            round(px + c * x_m + s * z_m, 3),
            y_m,
            round(pz - s * x_m + c * z_m, 3),
        )

    thick = piece.size_m[2] / 2
    joints = parts_of(piece)
    joint = joints.get(part) or joints.get(f"{part}/left")
    inside = at(thick + _INSIDE_M)
    outside = at(-thick - _OUTSIDE_M)
    beside = handle = inside
    if joint is not None:
        shut = joint.at(0.0)
        x, y, _ = (float(v) for v in shut[:3, :3] @ joint.grip + shut[:3, 3])
        past, off = _BESIDE_M
        handle = at(0.0, x_m=x, y_m=y)
        outside = at(-thick - _OUTSIDE_M, x_m=x_m + _TO_HANDLE * (x - x_m))
        if part in joints:
            beside = at(thick + off, x_m=x + math.copysign(past, x - x_m))
    return Doorway(piece.id, part, at(0.0), inside, outside, beside, handle)


class Leaves:
    """What opens and shuts during a scene.

    Args:
        set_: The set.
        rate: Frames a second.
    """

    def __init__(self, set_: Set, *, rate: Rate) -> None:
        self._set = set_
        self._rate = rate
        self._keys: dict[tuple[str, str], dict[int, float]] = {}

    def part_of(self, piece: SetPiece, noun: str) -> str | None:
        """Return the part of a piece that a noun means, or None if nothing opens."""
        names = list(parts_of(piece))
        return next(
            (n for n in names if n.startswith(noun)), names[0] if names else None
        )

    def grip(self, piece: SetPiece, part: str) -> Vec3:
        """Return where a hand takes a part, in the world, metres."""
        x, y, z = parts_of(piece)[part].grip
        turn = math.radians(piece.yaw_deg)
        c, s = math.cos(turn), math.sin(turn)
        px, py, pz = piece.position_m
        return (px + c * x + s * z, py + y, pz - s * x + c * z)

    def is_open(self, piece: str, part: str) -> bool:
        """Whether a part was left open."""
        keys = self._keys.get((piece, part), {})
        return bool(keys) and keys[max(keys)] > 0.1

    def left_open(self, piece: str, part: str) -> None:
        """Let a part stand open from the start."""
        self._keys.setdefault((piece, part), {0: 0.9})

    def open(self, piece: str, part: str, frame: int, *, share: float = 0.9) -> int:
        """Open a part from `frame` on; return when it is open."""
        return self._move(piece, part, frame, share, self._rate.frames(_OPENS_S))

    def shut(self, piece: str, part: str, frame: int) -> int:
        """Shut a part from `frame` on; return when it is shut."""
        if (piece, part) not in self._keys:
            # Whoever shuts what nobody has opened found it open.
            self._keys[piece, part] = {0: 0.9}
        return self._move(piece, part, frame, 0.0, self._rate.frames(_SHUTS_S))

    def _move(self, piece: str, part: str, frame: int, share: float, lasts: int) -> int:
        keys = self._keys.setdefault((piece, part), {0: 0.0})
        later = [f for f in keys if f > frame]
        now = keys[max((f for f in keys if f <= frame), default=min(keys))]
        for f in later:
            del keys[f]
        if now != share:
            keys[frame] = now
            keys[frame + lasts] = share
        return frame + lasts

    def swings(self) -> tuple[Swing, ...]:
        """Return all that opened or shut, in the order in which it first did."""
        return tuple(
            Swing(
                piece=piece,
                part=part,
                keys=tuple(SwingKey(frame=f, open=keys[f]) for f in sorted(keys)),
            )
            for (piece, part), keys in self._keys.items()
            if len(keys) > 1 or keys[min(keys)] > 0
        )
