"""Boards that letters are put up on, over the heads of those who pass."""

from __future__ import annotations

import math

from previz.direct.actions import Event
from previz.direct.floor import bearing_deg
from previz.direct.things import Thing
from previz.direct.troupe import Actor, Troupe
from previz.model import ActKind, SetPiece, Vec3
from previz.stage.pieces.picture_house import board_m

__all__ = ["board_named", "board_seen", "put_up"]

_WORDS = frozenset({"marquee", "board", "billboard"})
_STANDS_OFF_M = 0.32
_READY_S, _SLIDES_S, _AFTER_S = 0.9, 0.6, 1.2


def board_named(troupe: Troupe, words: tuple[str, ...]) -> SetPiece | None:
    """Return the piece whose board for letters the words name, or None."""
    boards = [p for p in troupe.floor.set_.pieces if p.kind == "picture-house"]
    return boards[0] if boards and _WORDS & set(words) else None


def board_seen(piece: SetPiece) -> tuple[Vec3, float] | None:
    """Return the middle of a piece's board and its width in metres, if it has one."""
    if piece.kind != "picture-house":
        return None
    half, low, front = board_m(piece)
    return _world(piece, (0.0, low + 0.3, front), 0.0), 2 * half


def put_up(
    troupe: Troupe,
    actor: Actor,
    thing: Thing,
    board: SetPiece,
    event: Event,
    frame: int,
) -> int:
    """Reach up and slide a letter into a board's rail; return when that is done."""
    foot = _foot(board, actor.position)
    x, _, z = _world(board, foot, _STANDS_OFF_M)
    stand = (round(x, 3), 0.0, round(z, 3))
    facing = bearing_deg(stand, _world(board, foot, 0.0))
    frame = troupe.go(actor, stand, frame, pace_m_s=event.pace_m_s, facing_deg=facing)
    contact = frame + troupe.rate.frames(_READY_S)
    hand = actor.hand_with(thing)
    actor.hands.pop(hand, None)
    tall = max(thing.piece.size_m)
    x, y, z = _world(board, foot, 0.03)
    slid = contact + troupe.rate.frames(_SLIDES_S)
    for at, under in ((contact, 0.8 * tall), (slid, 0.35 * tall)):
        troupe.things.hang(thing, (x, y - under, z), at, yaw_deg=facing + 180.0)
    thing.until = slid + 1
    troupe.act(
        actor, ActKind.PUT_DOWN, contact, target=thing.id, hand=hand, seconds=_SLIDES_S
    )
    troupe.look(actor.id, board.id, contact)
    return contact + troupe.rate.frames(_AFTER_S)


def _foot(board: SetPiece, near: Vec3) -> Vec3:
    """Return the place of the board's rail nearest to somebody, in its own space."""
    half, low, front = board_m(board)
    turn = math.radians(board.yaw_deg)
    dx, dz = near[0] - board.position_m[0], near[2] - board.position_m[2]
    x = math.cos(turn) * dx - math.sin(turn) * dz
    return (min(max(x, -half), half), low, front)


def _world(board: SetPiece, foot: Vec3, off_m: float) -> Vec3:
    """Return a place before a board's rail, `off_m` from it, in the world."""
    turn = math.radians(board.yaw_deg)
    c, s = math.cos(turn), math.sin(turn)
    (px, py, pz), (x, y, z) = board.position_m, (foot[0], foot[1], foot[2] + off_m)
    return (px + c * x + s * z, py + y, pz - s * x + c * z)
