"""Places: sets made of set pieces, with the spots where people can be."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from previz.model.base import RGB, Identifier, Length, Model, Vec3

__all__ = [
    "BarnDoors",
    "Flag",
    "Gobo",
    "Light",
    "LightKind",
    "LightRole",
    "Matter",
    "Opening",
    "Posture",
    "Set",
    "SetPiece",
    "Spot",
]


class Matter(StrEnum):
    """What a surface is made of."""

    PLASTER = "plaster"
    WOOD = "wood"
    BRICK = "brick"
    TILE = "tile"
    STONE = "stone"
    ASPHALT = "asphalt"
    GROUND = "ground"
    GRASS = "grass"
    FOLIAGE = "foliage"
    GLASS = "glass"
    METAL = "metal"
    PLASTIC = "plastic"
    CLOTH = "cloth"
    LEATHER = "leather"
    PAPER = "paper"
    WATER = "water"
    SKIN = "skin"
    HAIR = "hair"
    EMITTER = "emitter"


class Opening(Model):
    """A hole in a wall piece: x along the wall from its centre, y from the floor."""

    kind: Literal["door", "window", "archway"]
    x_m: float
    y_m: Annotated[float, Field(ge=0)] = 0.0
    width_m: Annotated[float, Field(gt=0, examples=[0.9])]
    height_m: Annotated[float, Field(gt=0, examples=[2.05])]


class SetPiece(Model):
    """One piece of a set: furniture, a wall, a tree; built from its kind by `stage`.

    `size_m` is width (x), height (y), depth (z) before `yaw_deg` turns the piece
    about y; `position_m` is the middle of its base. An imported piece names the
    SHA-256 of its mesh in the film's assets. Signs and boards show their lettering.
    """

    id: Identifier
    kind: Annotated[str, Field(examples=["table"])]
    position_m: Vec3 = (0.0, 0.0, 0.0)
    yaw_deg: float = 0.0
    size_m: tuple[Length, Length, Length]
    color: RGB = (0.5, 0.5, 0.5)
    accent: Annotated[RGB, Field(description="Second colour: legs, cushions.")] = (
        0.25,
        0.25,
        0.25,
    )
    matter: Matter = Matter.WOOD
    openings: tuple[Opening, ...] = ()
    seed: Annotated[int, Field(ge=0)] = 0
    lettering: Annotated[str, Field(max_length=40, examples=["ORPHEUM"])] = ""
    asset: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""


class Posture(StrEnum):
    """How a person holds a mark."""

    STAND = "stand"
    SIT = "sit"
    LEAN = "lean"
    CROUCH = "crouch"
    LIE = "lie"


class Spot(Model):
    """A place of the set where a person can be, under the words that name it.

    `facing_deg` turns about y: 0 faces +z, 90 faces +x.
    """

    name: Annotated[str, Field(examples=["window"])]
    words: Annotated[
        tuple[str, ...], Field(description="Lower-case words that mean it.")
    ] = ()
    position_m: Vec3
    facing_deg: float = 0.0
    posture: Posture = Posture.STAND
    exit: Annotated[bool, Field(description="People enter and leave here.")] = False


class LightKind(StrEnum):
    """What a light is physically."""

    SUN = "sun"
    SKY = "sky"
    AREA = "area"
    POINT = "point"


class LightRole(StrEnum):
    """What a light is for, in the words of a set."""

    KEY = "key"
    FILL = "fill"
    BACK = "back"
    KICKER = "kicker"
    BOUNCE = "bounce"
    PRACTICAL = "practical"
    WINDOW = "window"
    SUN = "sun"
    MOON = "moon"
    SKY = "sky"
    SCREEN = "screen"
    BACKING = "backing"


class Gobo(StrEnum):
    """What a flag is cut to."""

    SOLID = "solid"
    WINDOW = "window"
    BLINDS = "blinds"
    LEAVES = "leaves"
    SLASH = "slash"
    DOTS = "dots"


class Flag(Model):
    """A rectangle that stands in a light's way, in the world.

    `normal` is the direction it faces; its height lies as near the vertical as it
    can. A gobo's pattern fills it; light passes where the pattern is open, and not
    beside the pattern unless the flag is solid.
    """

    position_m: Vec3
    normal: Vec3
    width_m: Length
    height_m: Length
    gobo: Gobo = Gobo.SOLID
    seed: Annotated[int, Field(ge=0)] = 0

    @model_validator(mode="after")
    def _faces_somewhere(self) -> Self:
        if math.hypot(*self.normal) < 1e-6:
            raise ValueError(
                f"Flag.normal must be a direction, got {self.normal}. Pass one such as "
                "(0.0, 0.0, 1.0)."
            )
        return self


class BarnDoors(Model):
    """Four leaves at the lamp: how far each lets light off the axis, in degrees.

    90 is wide open; 0 cuts at the axis; negative cuts past it.
    """

    left_deg: Annotated[float, Field(ge=-60, le=90)] = 90.0
    right_deg: Annotated[float, Field(ge=-60, le=90)] = 90.0
    top_deg: Annotated[float, Field(ge=-60, le=90)] = 90.0
    bottom_deg: Annotated[float, Field(ge=-60, le=90)] = 90.0


class Light(Model):
    """One light.

    `intensity` is lux at normal incidence for a sun, lux on open level ground for a
    sky, candela on axis for an area or a point. A sun shines from `position_m`
    towards `aim_m` as a direction only. An area is a one-sided rectangle of
    `width_m` by `height_m` facing `aim_m`. A point with a `beam_deg` is a spot: half
    of its axial candela at the beam's edge (its full angle), a tenth at the field's.
    """

    id: Identifier
    kind: LightKind
    role: LightRole = LightRole.KEY
    position_m: Vec3 = (0.0, 2.5, 0.0)
    aim_m: Vec3 = (0.0, 0.0, 0.0)
    width_m: Annotated[float, Field(ge=0, le=10_000)] = 0.5
    height_m: Annotated[float, Field(ge=0, le=10_000)] = 0.5
    intensity: Annotated[float, Field(ge=0, le=1e9, examples=[400.0])]
    color_temperature_k: Annotated[
        float, Field(ge=1000, le=40000, examples=[5600.0])
    ] = 5600.0
    gel: Annotated[RGB, Field(description="Multiplies the light's colour.")] = (
        1.0,
        1.0,
        1.0,
    )
    beam_deg: Annotated[float, Field(gt=0, le=180, examples=[40.0])] | None = None
    field_deg: Annotated[float, Field(gt=0, le=180, examples=[55.0])] | None = None
    barn_doors: BarnDoors | None = None
    flags: tuple[Flag, ...] = ()


class Set(Model):
    """A dressed place. Right-handed, y up, floor at y = 0, centred on the origin.

    `size_m` is the playing area's width (x), height (y) and depth (z): the walls of
    an interior stand on its edges.
    """

    id: Identifier
    name: str
    template: Annotated[str, Field(examples=["kitchen"])]
    interior: bool
    size_m: tuple[Length, Length, Length]
    pieces: tuple[SetPiece, ...] = ()
    spots: tuple[Spot, ...] = ()
