"""Edits that bring people into a scene and take them out of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from previz.direct.company import joined, left_by, newcomer
from previz.edits.edit import (
    AbstractEdit,
    Name,
    name_of,
    place_words,
)
from previz.model import Film, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["AddPerson", "RemovePerson"]

Facing = Annotated[float, Field(ge=-360, le=360, examples=[90.0])]


class AddPerson(AbstractEdit):
    """Bring somebody into a scene, for all of it; somebody new without a name."""

    kind: Literal["add_person"] = "add_person"
    scene: Name
    character: Annotated[str, Field(max_length=80, examples=["ann"])] = ""
    position_m: Vec3
    facing_deg: Facing = 0.0

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with them on a mark there."""
        scene = film.find_scene(self.scene)
        who = self.character
        if who:
            film.find_character(who)
        else:
            person = newcomer(film)
            film = film.changed(characters=(*film.characters, person))
            who = person.id
        fresh = joined(
            scene,
            who,
            position_m=self.position_m,
            facing_deg=self.facing_deg,
            rate=film.rate,
            assets=assets,
        )
        return film.with_scene(fresh)

    def words(self, film: Film) -> str:
        """Say who comes in where."""
        scene = film.find_scene(self.scene)
        who = self.character
        name = name_of(film, who) if who else newcomer(film).name
        return f"Scene {scene.number}: {name} in {place_words(scene, self.position_m)}"


class RemovePerson(AbstractEdit):
    """Take somebody out of a scene in which they say and carry nothing."""

    kind: Literal["remove_person"] = "remove_person"
    scene: Name
    character: Name

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without them in the scene; they stay in the cast."""
        scene = film.find_scene(self.scene)
        return film.with_scene(left_by(scene, scene.blocking_of(self.character)))

    def words(self, film: Film) -> str:
        """Say who goes."""
        scene = film.find_scene(self.scene)
        return f"Scene {scene.number}: {name_of(film, self.character)} out"
