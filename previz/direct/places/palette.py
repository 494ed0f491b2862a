"""Designed colour schemes for sets, as linear Rec.709 reflectances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from previz.model import RGB

__all__ = ["HOMES", "INSTITUTIONS", "STREETS", "Paint", "Palette", "Swatch", "pick"]

Swatch = Literal[
    "wall", "trim", "floor", "floor2", "wood", "dark", "cloth", "cloth2", "accent",
    "leaf",
]  # fmt: skip
"""A colour of whatever palette a place is dressed in."""

Paint = RGB | Swatch
"""A reflectance, or the name of one of the palette's."""


@dataclass(frozen=True)
class Palette:
    """The colours of one place; each is a reflectance from 0.02 to 0.75."""

    wall: RGB
    trim: RGB
    floor: RGB
    floor2: RGB
    wood: RGB
    dark: RGB
    cloth: RGB
    cloth2: RGB
    accent: RGB
    leaf: RGB = (0.07, 0.15, 0.045)

    def rgb(self, paint: Paint) -> RGB:
        """Return a paint's reflectance in this palette."""
        if isinstance(paint, str):
            color: RGB = getattr(self, paint)
            return color
        return paint


HOMES = (
    Palette(
        wall=(0.54, 0.45, 0.33), trim=(0.62, 0.57, 0.48), floor=(0.27, 0.15, 0.075),
        floor2=(0.2, 0.12, 0.07), wood=(0.31, 0.17, 0.08), dark=(0.1, 0.055, 0.03),
        cloth=(0.07, 0.17, 0.19), cloth2=(0.5, 0.27, 0.08), accent=(0.42, 0.1, 0.06),
    ),
    Palette(
        wall=(0.33, 0.39, 0.3), trim=(0.6, 0.58, 0.5), floor=(0.31, 0.2, 0.11),
        floor2=(0.22, 0.16, 0.1), wood=(0.36, 0.22, 0.11), dark=(0.13, 0.075, 0.04),
        cloth=(0.42, 0.16, 0.07), cloth2=(0.55, 0.47, 0.33), accent=(0.08, 0.2, 0.19),
    ),
    Palette(
        wall=(0.27, 0.35, 0.41), trim=(0.64, 0.62, 0.57), floor=(0.22, 0.13, 0.075),
        floor2=(0.4, 0.38, 0.34), wood=(0.25, 0.14, 0.08), dark=(0.07, 0.05, 0.045),
        cloth=(0.46, 0.34, 0.16), cloth2=(0.11, 0.17, 0.28), accent=(0.45, 0.17, 0.06),
    ),
    Palette(
        wall=(0.52, 0.36, 0.2), trim=(0.58, 0.52, 0.42), floor=(0.2, 0.11, 0.06),
        floor2=(0.3, 0.2, 0.13), wood=(0.24, 0.12, 0.06), dark=(0.08, 0.045, 0.03),
        cloth=(0.12, 0.19, 0.12), cloth2=(0.4, 0.12, 0.08), accent=(0.08, 0.15, 0.24),
    ),
    Palette(
        wall=(0.5, 0.31, 0.24), trim=(0.6, 0.54, 0.47), floor=(0.28, 0.17, 0.1),
        floor2=(0.18, 0.1, 0.07), wood=(0.3, 0.18, 0.1), dark=(0.1, 0.06, 0.045),
        cloth=(0.12, 0.15, 0.23), cloth2=(0.52, 0.42, 0.28), accent=(0.1, 0.2, 0.15),
    ),
)  # fmt: skip
"""Kitchens, living rooms, bedrooms, bars."""

INSTITUTIONS = (
    Palette(
        wall=(0.46, 0.52, 0.46), trim=(0.24, 0.32, 0.28), floor=(0.36, 0.38, 0.34),
        floor2=(0.2, 0.25, 0.22), wood=(0.38, 0.25, 0.13), dark=(0.1, 0.1, 0.1),
        cloth=(0.1, 0.21, 0.27), cloth2=(0.44, 0.5, 0.5), accent=(0.5, 0.3, 0.08),
    ),
    Palette(
        wall=(0.56, 0.5, 0.4), trim=(0.2, 0.14, 0.09), floor=(0.28, 0.22, 0.16),
        floor2=(0.14, 0.11, 0.08), wood=(0.34, 0.2, 0.1), dark=(0.07, 0.06, 0.055),
        cloth=(0.1, 0.14, 0.25), cloth2=(0.4, 0.14, 0.08), accent=(0.44, 0.3, 0.1),
    ),
    Palette(
        wall=(0.42, 0.47, 0.52), trim=(0.13, 0.18, 0.25), floor=(0.3, 0.31, 0.33),
        floor2=(0.17, 0.19, 0.22), wood=(0.42, 0.29, 0.16), dark=(0.06, 0.07, 0.08),
        cloth=(0.36, 0.17, 0.06), cloth2=(0.12, 0.18, 0.27), accent=(0.5, 0.4, 0.12),
    ),
)  # fmt: skip
"""Offices, corridors, schools, wards."""

STREETS = (
    Palette(
        wall=(0.29, 0.13, 0.09), trim=(0.48, 0.44, 0.37), floor=(0.07, 0.07, 0.075),
        floor2=(0.3, 0.29, 0.27), wood=(0.07, 0.13, 0.11), dark=(0.05, 0.05, 0.055),
        cloth=(0.42, 0.09, 0.06), cloth2=(0.45, 0.36, 0.22), accent=(1.0, 0.2, 0.12),
    ),
    Palette(
        wall=(0.46, 0.33, 0.19), trim=(0.54, 0.47, 0.36), floor=(0.08, 0.08, 0.082),
        floor2=(0.33, 0.31, 0.28), wood=(0.2, 0.07, 0.045), dark=(0.05, 0.05, 0.05),
        cloth=(0.08, 0.18, 0.2), cloth2=(0.28, 0.16, 0.1), accent=(0.15, 0.6, 1.0),
    ),
    Palette(
        wall=(0.21, 0.30, 0.31), trim=(0.52, 0.45, 0.34), floor=(0.065, 0.068, 0.075),
        floor2=(0.27, 0.27, 0.27), wood=(0.06, 0.09, 0.16), dark=(0.05, 0.05, 0.055),
        cloth=(0.4, 0.25, 0.06), cloth2=(0.35, 0.15, 0.1), accent=(0.2, 1.0, 0.5),
    ),
)  # fmt: skip
"""Streets, alleys, roofs."""


def pick(choices: tuple[Palette, ...], rng: np.random.Generator) -> Palette:
    """Return one of the palettes."""
    return choices[int(rng.integers(len(choices)))]
