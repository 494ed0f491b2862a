"""What every edit is: a frozen wish that makes a new film of one, and says so."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Collection, Sequence
from typing import Annotated, Any

from pydantic import Field

from previz.camera import camera_at
from previz.errors import ModelError
from previz.model import LAST_FRAME, Film, Model, Rate, Scene, Shot, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = [
    "AbstractEdit",
    "Frame",
    "Index",
    "Name",
    "chosen",
    "degrees",
    "given",
    "metres",
    "name_of",
    "place_words",
    "with_shot",
]

Name = Annotated[str, Field(min_length=1, max_length=80, examples=["2B"])]
"""An id, or what stands for it: a shot's slate, a scene's number."""

Index = Annotated[int, Field(ge=0, le=100_000, examples=[0])]
"""Which of several, from 0."""

Frame = Annotated[int, Field(ge=0, le=LAST_FRAME, examples=[24])]


class AbstractEdit(Model):
    """One thing a director asks for.

    It comes from a cell or a browser and is not trusted: what a film cannot hold is
    refused, and the film is as it was.
    """

    @abstractmethod
    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the edit made.

        Args:
            film: As it was.
            assets: Its imported meshes and motion.

        Raises:
            UnknownNameError: If it names what the film has not.
            ModelError: If the film cannot hold what is asked for.
            PrevizError: If it cannot be solved: a framing, a move, a way.
        """

    @abstractmethod
    def words(self, film: Film) -> str:
        """Say the edit as it is called on a set, against the film before it.

        Raises:
            UnknownNameError: If it names what the film has not.
        """


def given(edit: AbstractEdit, *, but: Collection[str]) -> dict[str, Any]:
    """Return the fields of an edit that are not None, without its kind and some more.

    Args:
        edit: The edit.
        but: The names of fields that say what is edited.
    """
    fields = {n: getattr(edit, n) for n in type(edit).model_fields}
    left = {"kind", *but}
    return {n: v for n, v in fields.items() if v is not None and n not in left}


def with_shot(film: Film, shot: Shot) -> Film:
    """Return the film with a shot in place of the one with its id.

    Raises:
        PrevizError: If its camera became one whose lens cannot do its moves.
    """
    scene, old = film.find_shot(shot.id)
    if shot.camera.moves and shot.camera != old.camera:
        _check_filmed(shot, film.rate)
    return film.with_scene(scene.with_shot(shot))


def _check_filmed(shot: Shot, rate: Rate) -> None:
    long = shot.length_frames
    for frame in {*range(0, long, max(long // 24, 1)), long - 1}:
        camera_at(shot.camera, length_frames=long, frame=frame, rate=rate)


def chosen(field: str, index: int, things: Sequence[object]) -> int:
    """Return `index` where there is such a thing.

    Raises:
        ModelError: If there is none.
    """
    if index < len(things):
        return index
    rule = f"0 to {len(things) - 1}" if things else "of one that is there"
    raise ModelError(f"{field} must be {rule}, got {index}. Pass one that is there.")


def name_of(film: Film, character: str) -> str:
    """Return what somebody is called: Ann."""
    name = film.find_character(character).name
    return name.title() if name.isupper() else name


def metres(value: float) -> str:
    """Return a length for a line of the history: 1.20 m."""
    return f"{value:.2f} m"


def degrees(value: float) -> str:
    """Return an angle for a line of the history: 12.5°."""
    return f"{value:.1f}".removesuffix(".0") + "°"


def place_words(scene: Scene, place: Vec3, *, lead: str = "to") -> str:
    """Say a place by the spot it is on, or the nearest thing: "to the window".

    Far from everything it is said in metres on the plan.
    """
    spots = [(s.position_m, s.name) for s in scene.set.spots]
    pieces = [
        (p.position_m, p.kind)
        for p in scene.set.pieces
        if p.position_m[1] < 1.0 and p.kind not in _UNNAMED
    ]
    for near, nouns in ((0.35, spots), (1.0, [*spots, *pieces])):
        if nouns:
            at, noun = min(nouns, key=lambda n: _apart(n[0], place))
            if _apart(at, place) <= near:
                return f"{lead} the {noun.replace('-', ' ')}"
    return f"{lead} x {place[0]:.2f}, z {place[2]:.2f} m"


_UNNAMED = frozenset({"wall", "floor", "ceiling", "ground", "road", "pavement"})


def _apart(a: Vec3, b: Vec3) -> float:
    return math.hypot(a[0] - b[0], a[2] - b[2])
