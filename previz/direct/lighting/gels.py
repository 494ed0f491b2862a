"""Gels by name: mired shifts for correction, colours for effect.

Shifts and transmissions are those that Lee Filters prints for its lighting filters
(CTO 204 to 206 and 223, CTB 201 to 203 and 218, straw 441 to 443, plus green 244 to
246, minus green 247 to 249, neutral density 209 to 211), transmissions rounded.
"""

from __future__ import annotations

from dataclasses import dataclass

from previz.errors import UnknownNameError
from previz.model import RGB, Light

__all__ = ["GELS", "Gel", "gel", "gelled"]


@dataclass(frozen=True)
class Gel:
    """A sheet in front of a lamp.

    Attributes:
        mired: By how much it shifts a colour temperature; positive is warmer. 0 for
            what is no correction of temperature.
        passes: Share of light that passes.
        tint: What it does to linear Rec.709 at a luminance of 1.
    """

    mired: float
    passes: float
    tint: RGB

    @property
    def rgb(self) -> RGB:
        """What `Light.gel` takes."""
        r, g, b = (self.passes * channel for channel in self.tint)
        return r, g, b


# Tints of CTO and straw on 5600 K, of CTB on 3200 K, each lamp being the balance: the
# shifted black body's colour by Bradford adaptation; straw a little yellower.
GELS: dict[str, Gel] = {
    "clear": Gel(0.0, 1.0, (1.0, 1.0, 1.0)),
    "full cto": Gel(159.0, 0.55, (1.642, 0.879, 0.309)),
    "half cto": Gel(109.0, 0.71, (1.43, 0.926, 0.463)),
    "quarter cto": Gel(64.0, 0.79, (1.245, 0.963, 0.647)),
    "eighth cto": Gel(26.0, 0.85, (1.097, 0.987, 0.842)),
    "full ctb": Gel(-137.0, 0.34, (0.452, 1.03, 2.312)),
    "half ctb": Gel(-78.0, 0.55, (0.676, 1.032, 1.638)),
    "quarter ctb": Gel(-35.0, 0.69, (0.851, 1.019, 1.254)),
    "eighth ctb": Gel(-18.0, 0.81, (0.923, 1.01, 1.125)),
    "full straw": Gel(160.0, 0.57, (1.547, 0.915, 0.23)),
    "half straw": Gel(81.0, 0.71, (1.255, 0.976, 0.487)),
    "quarter straw": Gel(42.0, 0.79, (1.128, 0.992, 0.696)),
    # CC30, CC15 and CC07: densities of 0.3, 0.15 and 0.075 in the other channels.
    "plus green": Gel(0.0, 0.74, (0.583, 1.166, 0.583)),
    "half plus green": Gel(0.0, 0.82, (0.772, 1.09, 0.772)),
    "quarter plus green": Gel(0.0, 0.86, (0.879, 1.046, 0.879)),
    "minus green": Gel(0.0, 0.58, (1.562, 0.781, 1.562)),
    "half minus green": Gel(0.0, 0.71, (1.264, 0.895, 1.264)),
    "quarter minus green": Gel(0.0, 0.8, (1.126, 0.95, 1.126)),
    "nd3": Gel(0.0, 0.5, (1.0, 1.0, 1.0)),
    "nd6": Gel(0.0, 0.25, (1.0, 1.0, 1.0)),
    "nd9": Gel(0.0, 0.125, (1.0, 1.0, 1.0)),
    "moonlight": Gel(0.0, 0.5, (0.62, 1.0, 2.1)),
    "neon magenta": Gel(0.0, 0.3, (2.9, 0.25, 2.8)),
    "neon cyan": Gel(0.0, 0.4, (0.12, 1.12, 2.42)),
}


def gel(name: str) -> Gel:
    """Return a gel by its name, in any case.

    Raises:
        UnknownNameError: If there is no such gel.
    """
    found = GELS.get(name.strip().lower())
    if found is None:
        raise UnknownNameError("gel.name", name, GELS)
    return found


def gelled(light: Light, name: str) -> Light:
    """Return a light with a gel before it, over what it already has.

    The colour multiplies; the colour temperature stays the lamp's own, so that the
    camera's balance does not follow the gel.

    Raises:
        UnknownNameError: If there is no such gel.
    """
    r, g, b = gel(name).rgb
    return light.changed(gel=(light.gel[0] * r, light.gel[1] * g, light.gel[2] * b))
