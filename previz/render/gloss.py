"""How matter answers light: what its surface mirrors, and what its body throws back.

The truth's matter is the principled material (Burley 2012, Physically Based Shading at
Disney). Lamps are answered by its formulas; what comes from all round by what it gives
back of even light along a line of sight, which is measured once and kept as a few
numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.render.kernel import woven
from previz.stage import MATTERS

__all__ = [
    "DIFFUSE_GAIN", "FLATNESS", "HEAD_ON", "LEAST_MATT", "SHINES", "THROWN_BACK",
    "TRAITS", "Answer", "along", "answer_of", "fifth", "matt_towards", "mirrored_of",
]  # fmt: skip

TRAITS: dict[str, dict[str, float]] = {
    "wood": {"clearcoat": 0.15, "clearcoat_gloss": 0.6},
    "tile": {"clearcoat": 0.5, "clearcoat_gloss": 0.9},
    "plastic": {"specular": 0.5, "clearcoat": 0.2, "clearcoat_gloss": 0.8},
    "metal": {"anisotropic": 0.35},
    "cloth": {"sheen": 0.5, "sheen_tint": 0.5, "specular": 0.15, "flatness": 0.4},
    "garment": {"sheen": 0.5, "sheen_tint": 0.5, "specular": 0.15, "flatness": 0.4},
    "bark": {"specular": 0.2},
    "leather": {"clearcoat": 0.25, "clearcoat_gloss": 0.5},
    "skin": {"flatness": 0.7, "specular": 0.45, "sheen": 0.1},
    "hair": {"anisotropic": 0.8, "specular": 0.6, "sheen": 0.2},
    "foliage": {"flatness": 0.3, "sheen": 0.15, "specular": 0.35},
    "grass": {"flatness": 0.3, "sheen": 0.3, "specular": 0.2},
    "ground": {"specular": 0.2},
    "asphalt": {"specular": 0.4},
    "brick": {"specular": 0.25},
    "plaster": {"specular": 0.25},
    "paper": {"specular": 0.25, "flatness": 0.3},
    "water": {"specular": 0.5},
    "strand": {"anisotropic": 0.8, "specular": 0.5},
    "pane": {"specular": 0.75},
    "lit pane": {"specular": 0.75},
}
"""Of the principled material, by matter; what is not told is usual."""

_USUAL = {"specular": 0.5}


def _trait(name: str) -> NDArray[np.float64]:
    """Return a trait by place in `MATTERS`."""
    usual = _USUAL.get(name, 0.0)
    return np.array([TRAITS.get(x.value, {}).get(name, usual) for x in MATTERS])


HEAD_ON = 0.08 * _trait("specular")
"""Reflectance at normal incidence of what is no metal, by place in `MATTERS`."""

FLATNESS = _trait("flatness")
"""How much of what the body throws back went on below the surface, which makes it
paler along its outlines, darker head on."""

_COAT, _SHEEN = _trait("clearcoat"), _trait("sheen")

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

DIFFUSE_GAIN = 1.03
"""What the matt part reflects of even light over its colour."""

THROWN_BACK = np.array([SHINES.get(x.value, 0.0) for x in MATTERS])
"""`SHINES` by place in `MATTERS`."""

_MIRROR, _EDGE, _MATT, _FLAT = range(4)

_FURNACE = np.array([
    [[0.67, 2.061, -3.935, 1.519], [5.748, -12.332, 7.141, 0.055],
     [-4.506, 10.221, -4.895, -1.001]],
    [[0.011, -0.06, 0.1, -0.051], [-0.394, 2.291, -3.638, 1.751],
     [1.595, -6.242, 8.154, -3.504]],
    [[0.925, 0.378, -0.579, 0.299], [-0.106, 0.707, -0.969, 0.283],
     [-0.276, -0.125, 1.662, -0.614]],
    [[0.714, 0.315, -0.511, 0.255], [1.369, 1.077, -1.579, 0.521],
     [-1.209, -0.935, 2.514, -1.018]],
])  # fmt: skip
"""What is given back of even light by cosine μ to the line of sight and roughness r:
Σ a(r)·(1 - μ)^(0, 2, 4), each a(r) a cubic. Of the reflectance head on; besides it,
along the surface; by the body; and by a body of flatness 1. Fitted to a white furnace
for r from 0.2 to 1, within 0.02."""

Answer = tuple[
    float, float, float, float, float, float, float, float, float, float,
]  # fmt: skip
"""How a surface gives back even light along lines of sight: its gloss (for powers 0, 2
and 4 of 1 - μ), what a metal adds along the surface (likewise), the gloss of a white
metal, and its body (likewise)."""


@woven
def fifth(x: float) -> float:
    """Return x⁵ of a number from 0 to 1."""
    x = max(x, 0.0)
    return x * x * x * x * x


@woven
def _fitted(what: int, power: int, r: float) -> float:
    a = _FURNACE[what, power]
    return float(a[0] + r * (a[1] + r * (a[2] + r * a[3])))


@woven
def answer_of(matter: int, roughness: float) -> Answer:
    """Return how a surface gives back even light.

    Args:
        matter: Place in `MATTERS`.
        roughness: 0 to 1.
    """
    h, coat, sheen = HEAD_ON[matter], _COAT[matter], _SHEEN[matter]
    flat, r = FLATNESS[matter], roughness
    e0, e2, e4 = _fitted(1, 0, r), _fitted(1, 1, r), _fitted(1, 2, r)
    return (
        h * _fitted(0, 0, r) + e0 + 0.024 * coat,
        h * _fitted(0, 1, r) + e2 - 0.03 * coat + 0.06 * sheen,
        h * _fitted(0, 2, r) + e4 + 0.009 * coat + 0.03 * sheen,
        1.3 * e0, 1.3 * e2, 1.3 * e4,
        1.0 - 0.58 * r * r,
        _fitted(2, 0, r) + flat * (_fitted(3, 0, r) - _fitted(2, 0, r)),
        _fitted(2, 1, r) + flat * (_fitted(3, 1, r) - _fitted(2, 1, r)),
        _fitted(2, 2, r) + flat * (_fitted(3, 2, r) - _fitted(2, 2, r)),
    )  # fmt: skip


@woven
def along(facing: float, a0: float, a2: float, a4: float) -> float:
    """Return three numbers of an `Answer` at a cosine to the line of sight."""
    x = (1.0 - facing) * (1.0 - facing)
    return a0 + x * (a2 + x * a4)


@woven
def mirrored_of(gloss: float, edge: float, white: float, base: float, metal: float
) -> float:  # fmt: skip
    """Return the share of even light that a surface mirrors.

    Args:
        gloss: Of what is no metal, along the line of sight.
        edge: What a metal adds there.
        white: Gloss of a white metal.
        base: Colour.
        metal: Metalness.
    """
    of_metal = base * white + (1.0 - base) * edge
    return min(max(gloss + (of_metal - gloss) * metal, 0.002), 1.0)


@woven
def matt_towards(nl: float, nv: float, half: float, roughness: float, flat: float
) -> float:  # fmt: skip
    """Return what a body gives back of a lamp, over what even matter does.

    Args:
        nl: Cosine of the light's way to the normal, over 0.
        nv: Cosine of the line of sight to the normal, over 0.
        half: Square of the cosine of half the angle between the two.
        roughness: 0 to 1.
        flat: As `FLATNESS`.
    """
    fl, fv = fifth(1.0 - nl), fifth(1.0 - nv)
    back = 2.0 * roughness * half
    even = (1.0 - 0.5 * fl) * (1.0 - 0.5 * fv)
    even += back * (fl + fv + fl * fv * (back - 1.0))
    if flat <= 0.0:
        return even
    below = (1.0 + fl * (0.5 * back - 1.0)) * (1.0 + fv * (0.5 * back - 1.0))
    below = 1.25 * (below * (1.0 / (nl + nv) - 0.5) + 0.5)
    return even + flat * (below - even)
