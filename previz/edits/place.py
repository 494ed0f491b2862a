"""Edits of the place: set pieces and lights."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from previz.direct.rearranging import rearranged
from previz.edits.edit import (
    AbstractEdit,
    Name,
    degrees,
    given,
    metres,
    place_words,
)
from previz.errors import ModelError, UnknownNameError
from previz.model import Film, Light, LightKind, Scene, Set, SetPiece, Vec3
from previz.stage import NO_ASSETS, Assets

__all__ = [
    "PlacePiece",
    "SetLight",
    "Yaw",
    "check_reach",
    "light_of",
    "piece_of",
]

Yaw = Annotated[float, Field(ge=-360, le=360, examples=[90.0])]
Intensity = Annotated[float, Field(ge=0, le=1e9, examples=[400.0])]
Kelvin = Annotated[float, Field(ge=1000, le=40000, examples=[5600.0])]

_REACH_M = 400
"""The mountains behind a set stand at 200 m."""
_UNIT = {LightKind.SUN: "lx", LightKind.SKY: "lx"}


class PlacePiece(AbstractEdit):
    """Put a set piece elsewhere or turn it.

    What stands on it and whoever sits on it go along; ways lead round it.
    """

    kind: Literal["place_piece"] = "place_piece"
    scene: Name
    piece: Name
    position_m: Vec3 | None = None
    yaw_deg: Yaw | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the piece put there."""
        scene = film.find_scene(self.scene)
        old = piece_of(scene, self.piece)
        new = old.changed(
            position_m=old.position_m if self.position_m is None else self.position_m,
            yaw_deg=old.yaw_deg if self.yaw_deg is None else self.yaw_deg,
        )
        check_reach(new)
        fresh = rearranged(scene, old, new, rate=film.rate, assets=assets)
        return film.with_scene(fresh)

    def words(self, film: Film) -> str:
        """Say what goes where."""
        scene = film.find_scene(self.scene)
        piece = piece_of(scene, self.piece)
        said = []
        if self.position_m is not None:
            others = tuple(p for p in scene.set.pieces if p.id != piece.id)
            rest: Set = scene.set.changed(pieces=others)
            said.append(place_words(scene.changed(set=rest), self.position_m))
        if self.yaw_deg is not None:
            said.append(f"turned to {degrees(self.yaw_deg)}")
        kind = piece.kind.replace("-", " ")
        return f"Scene {scene.number}: {kind} {', '.join(said) or 'as it was'}"


class SetLight(AbstractEdit):
    """Set a light: how bright, how warm, from where, at what; what is None stays.

    `intensity` is lux for sun and sky, candela on axis for a lamp.
    """

    kind: Literal["set_light"] = "set_light"
    scene: Name
    light: Name
    intensity: Intensity | None = None
    color_temperature_k: Kelvin | None = None
    position_m: Vec3 | None = None
    aim_m: Vec3 | None = None

    def apply(self, film: Film, *, assets: Assets = NO_ASSETS) -> Film:
        """Return the film with the light set."""
        scene = film.find_scene(self.scene)
        light = light_of(scene, self.light)
        fresh = light.changed(**given(self, but=("scene", "light")))
        lights = tuple(fresh if li.id == light.id else li for li in scene.lights)
        return film.with_scene(scene.changed(lights=lights))

    def words(self, film: Film) -> str:
        """Say what the gaffer does."""
        scene = film.find_scene(self.scene)
        light, said = light_of(scene, self.light), []
        if self.intensity is not None:
            said.append(_brighter(light, self.intensity))
        if self.color_temperature_k is not None:
            said.append(f"{self.color_temperature_k:.0f} K")
        if self.position_m is not None:
            height = metres(self.position_m[1])
            said.append(f"{place_words(scene, self.position_m)}, {height} high")
        if self.aim_m is not None:
            said.append(place_words(scene, self.aim_m, lead="aimed at"))
        return f"Scene {scene.number}: {light.role} {', '.join(said) or 'as it was'}"


def _brighter(light: Light, intensity: float) -> str:
    if intensity <= 0:
        return "off"
    if light.intensity <= 0:
        return f"on, {intensity:.0f} {_UNIT.get(light.kind, 'cd')}"
    stops = math.log2(intensity / light.intensity)
    way = "up" if stops > 0 else "down"
    unit = "stop" if round(abs(stops), 1) <= 1 else "stops"
    return f"{way} {abs(stops):.1f} {unit}"


def check_reach(piece: SetPiece) -> None:
    """Let a piece stand in the place or in the view from it, and no farther.

    Raises:
        ModelError: If it stands farther away.
    """
    far = math.hypot(*piece.position_m)
    if far > _REACH_M:
        raise ModelError(
            f"SetPiece.position_m must be within {_REACH_M} m of the set's middle, got "
            f"{far:.0f} m away. Put it nearer."
        )


def piece_of(scene: Scene, name: str) -> SetPiece:
    """Return the set piece with this id.

    Raises:
        UnknownNameError: If the set has none.
    """
    for piece in scene.set.pieces:
        if piece.id == name:
            return piece
    raise UnknownNameError("Set.piece", name, [p.id for p in scene.set.pieces])


def light_of(scene: Scene, name: str) -> Light:
    """Return the light with this id.

    Raises:
        UnknownNameError: If the scene has none.
    """
    for light in scene.lights:
        if light.id == name:
            return light
    raise UnknownNameError("Scene.light", name, [li.id for li in scene.lights])
