"""A set piece brought in, or taken out with all that was done at it."""

from __future__ import annotations

from previz.direct.names import unique
from previz.direct.places.fitting import seats_of
from previz.direct.rearranging import resettled, rests_on, seat_of
from previz.errors import ModelError
from previz.model import Blocking, Posture, Rate, Scene, SetPiece, Shot, Spot
from previz.stage import NO_ASSETS, Assets

__all__ = ["brought_in", "taken_out"]

_STAYS = frozenset({"floor", "ground", "road", "sidewalk", "water"})
_BUILT = _STAYS | {"wall", "ceiling"}
_MOST_PIECES = 400
"""The fullest place of the toolkit has 60; each is walked round, lit and drawn."""


def brought_in(
    scene: Scene, piece: SetPiece, *, rate: Rate, assets: Assets = NO_ASSETS
) -> Scene:
    """Return the scene with one more set piece, and places to sit where it has any.

    Ways that would lead through it are walked round it.

    Args:
        scene: The scene.
        piece: What comes in; its id becomes another where it is taken.
        rate: Of the film.
        assets: The film's imported meshes and motion.

    Raises:
        ModelError: If it is built rather than brought, the set is full, or somebody
            could no more get where they go in time.
    """
    if piece.kind in _BUILT:
        raise ModelError(
            f"SetPiece.kind must be what can be carried in, got {piece.kind}, which "
            "the set is built of. Bring furniture."
        )
    if len(scene.set.pieces) >= _MOST_PIECES:
        raise ModelError(
            f"Set.pieces must be <= {_MOST_PIECES}, got {len(scene.set.pieces) + 1}. "
            "Take one out first."
        )
    taken = {p.id for p in scene.set.pieces} | {p.id for p in scene.props}
    new = piece.changed(id=unique(piece.id, taken))
    named = {spot.name for spot in scene.set.spots}
    fresh_spots: list[Spot] = []
    for spot in seats_of(new):
        name = _free(spot.name, named)
        named.add(name)
        fresh_spots.append(spot.changed(name=name))
    fresh = scene.changed(
        set=scene.set.changed(
            pieces=(*scene.set.pieces, new), spots=(*scene.set.spots, *fresh_spots)
        )
    )
    blocking = tuple(
        resettled(fresh, one, {}, new, new, rate=rate, assets=assets)
        for one in scene.blocking
    )
    return fresh.changed(blocking=blocking)


def taken_out(scene: Scene, piece: SetPiece) -> Scene:
    """Return the scene without a set piece and what stands on it.

    Whoever sat on it stands; nobody looks at it or handles it any more.

    Args:
        scene: The scene.
        piece: One of the pieces of its set.

    Raises:
        ModelError: If the set stands on it, a prop lies on it, or a camera looks at
            it.
    """
    if piece.kind in _STAYS:
        raise ModelError(
            f"RemovePiece.piece must be what can be carried out, got {piece.kind}, "
            "which the set stands on. Hide it instead."
        )
    gone = {piece.id} | {p.id for p in scene.set.pieces if rests_on(p, piece)}
    for prop in scene.props:
        if prop.id not in gone and rests_on(prop.piece, piece):
            raise ModelError(
                f"RemovePiece.piece must be free of props, got {piece.id}, on which "
                f"{prop.id} lies. Move the prop first."
            )
    for shot in scene.shots:
        for name in sorted(gone & _looked_at(shot)):
            raise ModelError(
                f"RemovePiece.piece must be what no camera holds, got {name}, which "
                f"{shot.slate} aims at or focuses on. Change the shot first."
            )
    pieces = tuple(p for p in scene.set.pieces if p.id not in gone)
    lost = {spot.name for spot in scene.set.spots if seat_of(spot, piece)}
    spots = tuple(spot for spot in scene.set.spots if spot.name not in lost)
    return scene.changed(
        set=scene.set.changed(pieces=pieces, spots=spots),
        swings=tuple(s for s in scene.swings if s.piece not in gone),
        blocking=tuple(_without(one, gone, lost) for one in scene.blocking),
    )


def _free(name: str, taken: set[str]) -> str:
    """Return a spot's name, with a number where it is taken: chair 2."""
    if name not in taken:
        return name
    return next(n for k in range(2, 1 << 30) if (n := f"{name} {k}") not in taken)


def _looked_at(shot: Shot) -> set[str]:
    camera = shot.camera
    held = camera.aim.subjects if camera.aim is not None else ()
    moved = (move.subject for move in camera.moves)
    focused = (key.subject for key in camera.focus)
    return {*held, *moved, *focused}


def _without(blocking: Blocking, gone: set[str], lost: set[str]) -> Blocking:
    """Return somebody's blocking without a seat and without what was done at it."""
    marks = tuple(
        mark.changed(
            spot="",
            posture=Posture.STAND,
            position_m=(mark.position_m[0], 0.0, mark.position_m[2]),
        )
        if mark.spot in lost
        else mark
        for mark in blocking.marks
    )
    away = gone | lost
    return blocking.changed(
        marks=marks,
        acts=tuple(act for act in blocking.acts if act.target not in away),
        gazes=tuple(gaze for gaze in blocking.gazes if gaze.target not in away),
    )
