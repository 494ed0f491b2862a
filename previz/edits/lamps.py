"""Edits that bring lights in and take them out."""

from __future__ import annotations

from typing import Literal

from previz.direct.names import unique
from previz.direct.stock import hung, lamp_named
from previz.edits.edit import AbstractEdit, Name, place_words
from previz.edits.place import light_of
from previz.errors import ModelError
from previz.model import Film, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = ["AddLight", "DuplicateLight", "RemoveLight"]

_MOST_LIGHTS = 64
"""Each lamp costs every picture of the scene a few milliseconds."""


class AddLight(AbstractEdit):
    """Bring a lamp in from stock, aimed at a place and as bright as the scene's key.

    `stock` is the name of one of `previz.direct.stock.LAMPS`.
    """

    kind: Literal["add_light"] = "add_light"
    scene: Name
    stock: Name
    position_m: Vec3
    aim_m: Vec3

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the lamp on."""
        scene = film.find_scene(self.scene)
        _check_room(len(scene.lights))
        lamp = hung(
            lamp_named(self.stock),
            position_m=self.position_m,
            aim_m=self.aim_m,
            exposure_ev100=scene.exposure_ev100,
        )
        lamp = lamp.changed(id=unique(lamp.id, {li.id for li in scene.lights}))
        return film.with_scene(scene.changed(lights=(*scene.lights, lamp)))

    def words(self, film: Film) -> str:
        """Say what the gaffer hangs where."""
        scene = film.find_scene(self.scene)
        where = place_words(scene, self.position_m)
        return f"Scene {scene.number}: {lamp_named(self.stock).label} {where}"


class DuplicateLight(AbstractEdit):
    """Hang another light like one that is there; beside it unless told where."""

    kind: Literal["duplicate_light"] = "duplicate_light"
    scene: Name
    light: Name
    position_m: Vec3 | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the light twice."""
        scene = film.find_scene(self.scene)
        _check_room(len(scene.lights))
        old = light_of(scene, self.light)
        x, y, z = old.position_m
        copy = old.changed(
            id=unique(old.id, {li.id for li in scene.lights}),
            position_m=self.position_m or (round(x + 0.6, 3), y, z),
        )
        return film.with_scene(scene.changed(lights=(*scene.lights, copy)))

    def words(self, film: Film) -> str:
        """Say what there is another of."""
        scene = film.find_scene(self.scene)
        return f"Scene {scene.number}: another {light_of(scene, self.light).role}"


class RemoveLight(AbstractEdit):
    """Take a light out; the exposure stays."""

    kind: Literal["remove_light"] = "remove_light"
    scene: Name
    light: Name

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film without the light."""
        scene = film.find_scene(self.scene)
        gone = light_of(scene, self.light)
        lights = tuple(li for li in scene.lights if li.id != gone.id)
        return film.with_scene(scene.changed(lights=lights))

    def words(self, film: Film) -> str:
        """Say what goes."""
        scene = film.find_scene(self.scene)
        return f"Scene {scene.number}: {light_of(scene, self.light).role} out"


def _check_room(count: int) -> None:
    if count >= _MOST_LIGHTS:
        raise ModelError(
            f"Scene.lights must be <= {_MOST_LIGHTS}, got {count + 1}. Take one out "
            "first."
        )
