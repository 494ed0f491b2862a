"""What an imported surface is made of, guessed from the words that name it."""

from __future__ import annotations

import re

from previz.assets.parts import Paint
from previz.model import Matter

__all__ = ["matter_of"]

_WORDS: dict[Matter, str] = {
    Matter.GLASS: "glass window pane bottle windscreen windshield crystal",
    Matter.LEATHER: "leather hide",
    Matter.FOLIAGE: "leaf leaves foliage plant bush hedge ivy",
    Matter.GRASS: "grass lawn turf",
    Matter.CLOTH: (
        "cloth fabric textile cotton wool linen velvet felt curtain drape cushion "
        "pillow upholstery carpet rug blanket canvas denim silk seat"
    ),
    Matter.BRICK: "brick bricks",
    Matter.TILE: "tile tiles ceramic porcelain",
    Matter.STONE: "stone rock marble granite concrete cement pebble",
    Matter.ASPHALT: "asphalt tarmac road",
    Matter.GROUND: "ground soil dirt sand earth mud",
    Matter.PLASTER: "plaster wall stucco drywall paint",
    Matter.PAPER: "paper card cardboard book books page",
    Matter.WATER: "water",
    Matter.SKIN: "skin",
    Matter.HAIR: "hair fur",
    Matter.WOOD: (
        "wood wooden oak walnut pine birch teak mahogany timber plank bark trunk "
        "bamboo wicker"
    ),
    Matter.METAL: (
        "metal steel iron brass chrome copper aluminium aluminum gold silver bronze tin"
    ),
    Matter.PLASTIC: "plastic rubber vinyl acrylic",
}
_MATTER = {word: matter for matter, words in _WORDS.items() for word in words.split()}
_BROKEN = re.compile(r"[a-z]+|[A-Z][a-z]*")
_GLASSY = 0.6
"""Less opaque than this is glass."""


def matter_of(paint: Paint, name: str) -> Matter:
    """Return what a part is made of: by its light and metal, its name, else plastic.

    The material's name counts before the object's.
    """
    if max(paint.emission) > 0:
        return Matter.EMITTER
    if paint.opacity < _GLASSY:
        return Matter.GLASS
    if (paint.metalness or 0.0) >= 0.5:
        return Matter.METAL
    for text in (paint.name, name):
        words = [word.lower() for word in _BROKEN.findall(text)]
        for word in words:
            for spelt in (word, word.removesuffix("s")):
                matter = _MATTER.get(spelt)
                # What is called metal but says that it is none is painted.
                if matter is Matter.METAL and paint.metalness == 0.0:
                    continue
                if matter is not None:
                    return matter
    return Matter.PLASTIC
