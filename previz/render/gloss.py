"""How much of the light that meets matter its surface mirrors."""

from __future__ import annotations

import numpy as np

from previz.render.kernel import woven
from previz.stage import MATTERS

__all__ = [
    "HEAD_ON", "LEAST_MATT", "SHINES", "SPECULAR", "THROWN_BACK", "fifth", "grazing",
    "thrown_towards",
]  # fmt: skip

SPECULAR: dict[str, float] = {
    "cloth": 0.15, "skin": 0.45, "hair": 0.6, "leather": 0.5, "foliage": 0.35,
    "grass": 0.2, "ground": 0.2, "asphalt": 0.4, "brick": 0.25, "plaster": 0.25,
    "paper": 0.25,
}  # fmt: skip
"""Of what is no usual dielectric, as in the principled material (Burley 2012)."""

_USUAL = 0.5

HEAD_ON = np.array([0.08 * SPECULAR.get(x.value, _USUAL) for x in MATTERS])
"""Reflectance at normal incidence of what is no metal, by place in `MATTERS`."""

SHINES = {
    "plaster": 0.014, "wood": 0.062, "brick": 0.013, "tile": 0.094, "stone": 0.035,
    "asphalt": 0.023, "ground": 0.01, "grass": 0.013, "foliage": 0.025,
    "plastic": 0.073, "cloth": 0.014, "leather": 0.064, "paper": 0.016,
    "garment": 0.014, "bark": 0.01,
    "water": 0.06, "skin": 0.056, "hair": 0.06, "emitter": 0.049,
}  # fmt: skip
"""What a black surface of a matter still reflects of even light, measured in a white
furnace at its usual roughness. Base colours are what surfaces reflect in all, so this
comes off the matt part, up to four tenths of it: its hue stays."""

LEAST_MATT = 0.6

_FACES = 0.5

THROWN_BACK = np.array(
    [SHINES.get(x.value, 0.0) * (_FACES if x.value == "skin" else 1.0) for x in MATTERS]
)
"""`SHINES` by place in `MATTERS`; of skin half, so that dark faces read in a picture
that no network has finished."""


@woven
def fifth(x: float) -> float:
    """Return x⁵ of a number from 0 to 1."""
    x = max(x, 0.0)
    return x * x * x * x * x


@woven
def grazing(facing: float, roughness: float) -> float:
    """Return how far a surface at a cosine to the line of sight has become a mirror.

    Schlick 1994, less where it is rough.
    """
    return fifth(1.0 - facing) * (1.0 - roughness)


@woven
def thrown_towards(facing: float, roughness: float) -> float:
    """Return what matt matter shows at a cosine to the line of sight, of what head on.

    Burley 2012 under light from all round: seen along the surface what is rough is
    brighter, what is smooth darker.
    """
    return 1.0 + fifth(1.0 - facing) * (roughness - 0.5)
