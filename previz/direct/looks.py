"""How characters look: told by the text where it tells, else spread by the seed.

People of one film must be told apart at a glance in a wide shot: heights and builds
are spread by a low discrepancy sequence, skin and hair by a seeded shuffle, costumes
by a designed palette.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from previz.direct.costume import wardrobe
from previz.direct.lexicon import word_set
from previz.direct.names import dice
from previz.model import RGB, Character

__all__ = ["Hints", "look"]

_SKINS: tuple[RGB, ...] = (
    (0.60, 0.41, 0.33), (0.52, 0.34, 0.25), (0.215, 0.120, 0.078), (0.44, 0.27, 0.18),
    (0.56, 0.38, 0.27), (0.30, 0.175, 0.112), (0.39, 0.235, 0.16), (0.15, 0.084, 0.057),
)  # fmt: skip
_HAIRS: tuple[RGB, ...] = (
    (0.018, 0.013, 0.010), (0.085, 0.042, 0.020), (0.030, 0.018, 0.011),
    (0.30, 0.19, 0.085), (0.15, 0.055, 0.022), (0.055, 0.030, 0.016),
)  # fmt: skip
_HAIR_WORDS: dict[str, RGB] = {
    "white": (0.60, 0.59, 0.57), "grey": (0.30, 0.30, 0.30),
    "gray": (0.30, 0.30, 0.30),
    "silver": (0.45, 0.45, 0.46), "red": (0.22, 0.06, 0.02),
    "blond": (0.36, 0.25, 0.11),
    "blonde": (0.36, 0.25, 0.11), "fair": (0.32, 0.22, 0.10),
    "black": (0.012, 0.01, 0.01),
    "dark": (0.02, 0.014, 0.01), "brown": (0.06, 0.032, 0.016),
}  # fmt: skip
_GREYS: tuple[RGB, ...] = ((0.42, 0.42, 0.41), (0.26, 0.26, 0.26), (0.60, 0.59, 0.57))
_HEAVY = word_set(
    "fat heavy burly stocky large big huge heavyset enormous stout portly"
)
_SLIGHT = word_set("thin slim skinny slight lean gaunt wiry frail slender")


@dataclass(frozen=True)
class Hints:
    """What the screenplay tells of somebody; None where it does not.

    Attributes:
        femininity: 0 to 1.
        age: Years.
        words: Lower-case words of what the text says where it introduces them.
        text: That text, lower-case.
    """

    femininity: float | None
    age: float | None
    words: frozenset[str]
    text: str


def look(
    identifier: str, *, name: str, index: int, hints: Hints, seed: int
) -> Character:
    """Return the character with this id, name and place in the cast."""
    random = dice(seed, identifier)
    feminine = hints.femininity
    if feminine is None:
        feminine = float(index % 2 == 0)
    age = hints.age if hints.age is not None else 24 + 34 * _spread(index, base=3)
    build = 0.22 + 0.5 * _spread(index, base=2)
    build = 0.85 if hints.words & _HEAVY else 0.12 if hints.words & _SLIGHT else build
    tall = 0.06 * (2 * _spread(index, base=2) - 1) + 0.06 * ("tall" in hints.words)
    shift = int(dice(seed, "film").integers(0, 24))
    hair = _told_hair(hints.text) or _hair(index + shift, age, random.random())
    manner = int(random.integers(0, 2**31))
    return Character(
        id=identifier,
        name=name,
        age=round(age, 1),
        height_m=round(_height(age, feminine) * (1 + tall * 0.8), 3),
        build=round(build, 3),
        femininity=0.9 if feminine > 0.5 else 0.1,
        skin=_SKINS[(index * 3 + shift) % len(_SKINS)],
        hair=hair,
        hair_style=_hair_style(feminine, age, index),
        wardrobe=wardrobe(
            index,
            shift=shift,
            feminine=feminine,
            words=hints.words,
            text=hints.text,
        ),
        manner=manner,
        seed=manner,
    )


def _spread(index: int, *, base: int) -> float:
    """Return the van der Corput number of `index` in `base`, 0 to 1."""
    value, denominator, rest = 0.0, 1.0, index + 1
    while rest:
        denominator *= base
        rest, digit = divmod(rest, base)
        value += digit / denominator
    return value


def _height(age: float, feminine: float) -> float:
    """Return a middling height in metres (CDC growth charts, rounded)."""
    grown = 1.64 if feminine > 0.5 else 1.77
    child = 0.76 + 0.062 * (age - 1)
    shrink = 0.03 * min(1.0, max(0.0, (age - 60) / 25))
    return min(grown, child) - shrink


def _told_hair(text: str) -> RGB | None:
    match = re.search(r"\b(\w+)(?:-| )hair", text)
    return _HAIR_WORDS.get(match[1]) if match else None


def _hair(index: int, age: float, chance: float) -> RGB:
    if age >= 62 or (age >= 50 and chance < 0.5):
        return _GREYS[index % len(_GREYS)]
    return _HAIRS[index % len(_HAIRS)]


def _hair_style(
    feminine: float, age: float, index: int
) -> Literal["short", "bob", "long", "bun", "bald"]:
    if feminine > 0.5:
        styles: tuple[Literal["bob", "long", "bun"], ...] = ("bob", "long", "bun")
        return styles[index % 3]
    return "bald" if age > 45 and index % 3 == 2 else "short"
