"""A figure's materials by name, and how each looks on a character."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from previz.model import Character, Matter
from previz.stage.geometry import MATTERS, Materials

__all__ = ["MATERIALS", "material", "materials_of"]

MATERIALS: tuple[str, ...] = (
    "skin", "flush", "beard", "lips", "lid", "mouth", "tongue", "teeth", "lash",
    "white", "iris", "limbus", "pupil", "hair", "brow", "fringe", "top", "trim",
    "shirt", "bottom", "shoes", "sole", "belt", "hat", "band",
)  # fmt: skip
"""In the order of a figure's table."""


def material(name: str) -> int:
    """Return the row of a material by name."""
    return MATERIALS.index(name)


def materials_of(character: Character) -> Materials:
    """Return a character's table of materials."""
    skin, hair = np.array(character.skin), np.array(character.hair)
    wear = character.wardrobe
    top, bottom, shoes = (np.array(c) for c in (wear.top, wear.bottom, wear.shoes))
    hat = np.array(wear.hat if wear.hat is not None else wear.top)
    iris = _iris(character)
    pale = np.clip(top * 0.35 + 0.34, 0, 0.85)
    shirt = pale if wear.shirt is None else np.array(wear.shirt)
    looks: dict[str, tuple[NDArray[np.float64], float, Matter]] = {
        "skin": (skin, 0.52, Matter.SKIN),
        "flush": (skin * (1.05, 0.93, 0.91), 0.50, Matter.SKIN),
        "beard": (_beard(character), 0.56, Matter.SKIN),
        "lips": (skin * (0.86, 0.66, 0.65) + (0.010, 0.0, 0.0), 0.42, Matter.SKIN),
        "lid": (skin * (0.62, 0.44, 0.42), 0.50, Matter.SKIN),
        "mouth": (np.array([0.075, 0.018, 0.016]), 0.45, Matter.SKIN),
        "tongue": (np.array([0.32, 0.11, 0.10]), 0.40, Matter.SKIN),
        "teeth": (np.array([0.60, 0.56, 0.48]), 0.30, Matter.SKIN),
        "lash": (_lash(character), 0.60, Matter.HAIR),
        "white": (np.array([0.55, 0.53, 0.50]), 0.25, Matter.SKIN),
        "iris": (iris, 0.15, Matter.SKIN),
        "limbus": (iris * 0.35, 0.20, Matter.SKIN),
        "pupil": (np.array([0.008, 0.008, 0.008]), 0.10, Matter.SKIN),
        "hair": (hair, 0.48, Matter.HAIR),
        "fringe": (hair * 0.55 + skin * 0.36, 0.60, Matter.HAIR),
        "brow": (_brow(character), 0.70, Matter.HAIR),
        "top": (top, 0.86, Matter.CLOTH),
        "trim": (top * 0.62, 0.86, Matter.CLOTH),
        "shirt": (shirt, 0.86, Matter.CLOTH),
        "bottom": (bottom, 0.84, Matter.CLOTH),
        "shoes": (shoes, 0.42, Matter.LEATHER),
        "sole": (shoes * 0.40 + (0.055, 0.045, 0.036), 0.80, Matter.LEATHER),
        "belt": (np.array([0.022, 0.015, 0.010]), 0.45, Matter.LEATHER),
        "hat": (hat, 0.82, Matter.CLOTH),
        "band": (hat * 0.35, 0.70, Matter.CLOTH),
    }
    rows = [looks[name] for name in MATERIALS]
    return Materials(
        base_color=np.clip([r[0] for r in rows], 0, 1).astype(np.float32),
        roughness=np.array([r[1] for r in rows], np.float32),
        metalness=np.zeros(len(rows), np.float32),
        matter=np.array([MATTERS.index(r[2]) for r in rows], np.uint8),
        emission=np.zeros((len(rows), 3), np.float32),
    )


def _beard(character: Character) -> NDArray[np.float64]:
    """Return the skin of chin and jaw: shaved on men, as elsewhere on others."""
    skin, hair = np.array(character.skin), np.array(character.hair)
    grown = float(np.interp(character.age, (15, 22), (0, 1)))
    share = 0.11 * grown * (1 - min(2 * character.femininity, 1.0))
    return np.asarray(skin * (1 - share) + share * np.minimum(hair + 0.02, skin))


def _brow(character: Character) -> NDArray[np.float64]:
    """Return the colour of brows: hair through which skin shows.

    White brows are shaded by their ridge: a brow that is no darker than its skin tells
    no feeling.
    """
    skin, hair = np.array(character.skin), np.array(character.hair)
    faded = float(np.interp(character.age, (50, 75), (0, 1)))
    share = 0.28 + 0.14 * character.femininity + 0.25 * faded
    mixed = hair * 0.85 * (1 - share) + skin * 0.75 * share
    return np.asarray(mixed * min(1.0, 0.55 * float(skin.mean() / mixed.mean())))


def _lash(character: Character) -> NDArray[np.float64]:
    """Return the colour of lashes: made up on women, faint on others and children."""
    skin, hair = np.array(character.skin), np.array(character.hair)
    grown = float(np.interp(character.age, (11, 18), (0, 1)))
    faded = float(np.interp(character.age, (50, 75), (0, 1)))
    share = 0.62 - 0.42 * grown * character.femininity * (1 - faded)
    return np.asarray((hair * 0.30 + 0.006) * (1 - share) + skin * 0.62 * share)


def _iris(character: Character) -> NDArray[np.float64]:
    fair = float(np.mean(character.skin)) > 0.30 and character.manner % 3 == 0
    return np.array([0.06, 0.11, 0.14] if fair else [0.065, 0.034, 0.017])
