"""What shapes are covered with: colour, matter, gloss and glow."""

from __future__ import annotations

from dataclasses import dataclass

from previz.model import RGB, Matter, SetPiece

__all__ = ["ROUGHNESS", "Coat", "accent", "glow", "lit_pane", "main", "shade", "toward"]

ROUGHNESS: dict[Matter, float] = {
    Matter.PLASTER: 0.9,
    Matter.WOOD: 0.5,
    Matter.BRICK: 0.92,
    Matter.TILE: 0.25,
    Matter.STONE: 0.75,
    Matter.ASPHALT: 0.85,
    Matter.GROUND: 0.95,
    Matter.GRASS: 0.95,
    Matter.FOLIAGE: 0.8,
    Matter.GLASS: 0.08,
    Matter.METAL: 0.35,
    Matter.PLASTIC: 0.4,
    Matter.CLOTH: 0.95,
    Matter.LEATHER: 0.5,
    Matter.PAPER: 0.85,
    Matter.WATER: 0.06,
    Matter.SKIN: 0.5,
    Matter.HAIR: 0.5,
    Matter.EMITTER: 0.6,
}
"""Perceptual roughness of each matter, 0 to 1."""


@dataclass(frozen=True)
class Coat:
    """A surface: linear Rec.709 reflectance, matter, and luminance in cd/m²."""

    color: RGB
    matter: Matter
    emission: RGB = (0.0, 0.0, 0.0)
    gloss: float = 0.0

    @property
    def roughness(self) -> float:
        """Perceptual roughness, 0 to 1; `gloss` polishes the matter's own."""
        return ROUGHNESS[self.matter] * (1.0 - self.gloss)

    @property
    def metalness(self) -> float:
        """1 for bare metal; painted metal is plastic to the light."""
        return 1.0 if self.matter is Matter.METAL else 0.0


def main(piece: SetPiece, matter: Matter | None = None, *, gloss: float = 0.0) -> Coat:
    """Return the piece's first colour on its own matter, or on another."""
    return Coat(piece.color, matter or piece.matter, gloss=gloss)


def accent(
    piece: SetPiece, matter: Matter | None = None, *, gloss: float = 0.0
) -> Coat:
    """Return the piece's second colour on its own matter, or on another."""
    return Coat(piece.accent, matter or piece.matter, gloss=gloss)


def shade(coat: Coat, factor: float) -> Coat:
    """Return the coat darker (< 1) or lighter (> 1), within what surfaces reflect."""
    r, g, b = (min(0.85, max(0.015, channel * factor)) for channel in coat.color)
    return Coat((r, g, b), coat.matter, coat.emission, coat.gloss)


def toward(color: RGB, other: RGB, share: float) -> RGB:
    """Mix two colours; share 0 gives the first, 1 the other."""
    r, g, b = ((1 - share) * a + share * c for a, c in zip(color, other, strict=True))
    return r, g, b


def lit_pane(
    color: RGB, luminance_cd_m2: float, *, seen: RGB = (0.06, 0.065, 0.07)
) -> Coat:
    """Return the glass before a lit room; by day as dark as before any other.

    Args:
        color: Hue of the light.
        luminance_cd_m2: Of the room as seen through the glass.
        seen: What the pane reflects of the daylight.
    """
    return Coat(seen, Matter.EMITTER, glow(color, luminance_cd_m2).emission)


def glow(color: RGB, luminance_cd_m2: float) -> Coat:
    """Return a glowing coat of this hue whose luminance is as given."""
    weight = 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2]
    r, g, b = (channel / max(weight, 1e-6) * luminance_cd_m2 for channel in color)
    return Coat((0.7, 0.7, 0.7), Matter.EMITTER, (r, g, b))
