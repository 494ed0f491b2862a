"""Who is in a scene: somebody joins it, or leaves it for good."""

from __future__ import annotations

from previz.direct.looks import Hints, look
from previz.direct.names import unique
from previz.direct.remarking import moved_mark
from previz.errors import ModelError
from previz.model import Blocking, Character, Film, Mark, Rate, Scene, Shot, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["joined", "left_by", "newcomer"]

_MOST_PEOPLE = 60
_NO_HINTS = Hints(None, None, frozenset(), "")


def newcomer(film: Film) -> Character:
    """Return somebody new to a film, as it would cast its next one."""
    taken = {character.id for character in film.characters}
    number = 1
    while f"extra-{number}" in taken:
        number += 1
    return look(
        unique(f"extra-{number}", taken),
        name=f"Extra {number}",
        index=len(film.characters),
        hints=_NO_HINTS,
        seed=film.seed,
    )


def joined(
    scene: Scene,
    character: str,
    *,
    position_m: Vec3,
    facing_deg: float,
    rate: Rate,
    assets: Assets = NO_ASSETS,
) -> Scene:
    """Return the scene with somebody on one mark from its start to its end.

    Near a free seat they sit.

    Args:
        scene: The scene.
        character: Id of who is not in it yet.
        position_m: Where; its height does not count.
        facing_deg: 0 faces +z, 90 faces +x.
        rate: Of the film.
        assets: The film's imported meshes and motion.

    Raises:
        ModelError: If they are in it, nobody can stand there, or it is full.
    """
    if any(one.character == character for one in scene.blocking):
        raise ModelError(
            f"AddPerson.character must not be in scene {scene.number} yet, got "
            f"{character}. Add a mark for them instead."
        )
    if len(scene.blocking) >= _MOST_PEOPLE:
        raise ModelError(
            f"Scene.blocking must be <= {_MOST_PEOPLE} people, got one more. Take "
            "somebody out first."
        )
    # A mark is only checked where it is not yet.
    away = (position_m[0] + 1.0, 0.0, position_m[2])
    mark = Mark(
        position_m=away,
        facing_deg=facing_deg,
        arrive_frame=0,
        leave_frame=scene.length_frames,
    )
    blocking = Blocking(character=character, marks=(mark,))
    return moved_mark(
        scene.changed(blocking=(*scene.blocking, blocking)),
        blocking,
        0,
        to=position_m,
        facing_deg=None if _is_seat(scene, position_m) else facing_deg,
        rate=rate,
        assets=assets,
    )


def _is_seat(scene: Scene, place: Vec3) -> bool:
    return any(
        spot.posture != "stand"
        and abs(spot.position_m[0] - place[0]) < 0.3
        and abs(spot.position_m[2] - place[2]) < 0.3
        for spot in scene.set.spots
    )


def left_by(scene: Scene, blocking: Blocking) -> Scene:
    """Return the scene without somebody; nobody looks at them or reaches for them.

    Args:
        scene: The scene.
        blocking: Theirs.

    Raises:
        ModelError: If they say or hold something in it, or a shot is of them.
    """
    who = blocking.character
    why = ""
    if any(beat.character == who for beat in scene.beats):
        why = "who speaks or acts in its beats"
    elif any(hold.character == who for prop in scene.props for hold in prop.holds):
        why = "who holds a prop"
    else:
        of = [shot.slate for shot in scene.shots if who in _held(shot)]
        why = f"of whom {of[0]} is" if of else ""
    if why:
        raise ModelError(
            "RemovePerson.character must be somebody without whom scene "
            f"{scene.number} plays, got {who}, {why}. Change that first."
        )
    rest = tuple(
        one.changed(
            gazes=tuple(gaze for gaze in one.gazes if gaze.target != who),
            acts=tuple(act for act in one.acts if act.target != who),
        )
        for one in scene.blocking
        if one.character != who
    )
    return scene.changed(blocking=rest)


def _held(shot: Shot) -> set[str]:
    """Return whom a shot is of, or its camera holds or focuses on."""
    camera = shot.camera
    aimed = camera.aim.subjects if camera.aim is not None else ()
    moved = (move.subject for move in camera.moves)
    focused = (key.subject for key in camera.focus)
    return {*shot.subjects, *aimed, *moved, *focused}
