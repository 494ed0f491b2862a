"""What a clause says besides its verb: what somebody has with them, and feels."""

from __future__ import annotations

import re

from previz.direct.lexicon import EMOTIONS, NEGATIONS
from previz.direct.objects import object_of
from previz.direct.refining import BODY_PARTS
from previz.direct.verbs import WORD, plain

__all__ = ["carried", "feeling_of", "in_both_hands"]

_WITH_IT = re.compile(
    r"(?:an?|the|his|her|their|one|two|another) ((?:[\w-]+ ){0,3}?[\w-]+) "
    r"(?:under|over|in|on|to|at|against|between) (?:his|her|their|one|both|the other) "
    r"(?:\w+ )?"
    r"(?:arms?|hands?|shoulders?|coat|lap|chest|fist|elbow|teeth|knees|finger|fingers)",
    re.I,
)
"""What somebody has with them: "a folder under his coat"."""
_IN_HAND = re.compile(r"((?:[\w-]+ )?[\w-]+) in hand\b", re.I)
_HELD_TO = re.compile(
    r"(?:an?|the|his|her) ((?:\w+ ){0,2}?\w+) (?:held|clutched|pressed|tucked|gripped) "
    r"(?:to|against|in|under|tight|close)\b",
    re.I,
)
_HELD_ROUND = re.compile(
    r"(?:both |his |her |their )?(?:two )?hands? (?:round|around|on|over) "
    r"(?:an?|the|his|her) ((?:\w+ ){0,2}?\w+) ?[.,;]?$",
    re.I,
)
_BOTH = re.compile(r"\b(?:both|two) hands (?:round|around|on|over)\b", re.I)
_LUGGAGE = re.compile(
    r"(?:no more than )?(?:an?|his|her) (?:\w+ )?"
    r"(suitcase|bag|briefcase|valise|umbrella|lantern|torch|flashlight)[.,]?$",
    re.I,
)
"""What comes with somebody where a clause says no more: "a hat and a suitcase"."""


def carried(clause: str) -> str:
    """Return the noun of what somebody is said to have in hand or under an arm."""
    clause = " ".join(clause.split())
    for pattern in (_WITH_IT, _IN_HAND, _HELD_ROUND, _HELD_TO, _LUGGAGE):
        match = pattern.match(clause)
        if match:
            noun = object_of(match.group(1).lower().split()).thing
            return "" if noun in BODY_PARTS else noun
    inside = _WITH_IT.search(clause)
    return object_of(inside.group(1).lower().split()).thing if inside else ""


def in_both_hands(clause: str) -> bool:
    """Whether a clause puts both hands to what it says somebody holds."""
    return bool(_BOTH.search(clause))


def feeling_of(clause: str) -> tuple[str, float] | None:
    """Return emotion and strength that a clause names, unless it denies them."""
    words = [m.group().lower().replace("’", "'") for m in WORD.finditer(clause)]
    for index, word in enumerate(words):
        known = EMOTIONS.get(word) or EMOTIONS.get(plain(word))
        denied = set(words[max(0, index - 3) : index]) & (NEGATIONS | {"too", "less"})
        if known is not None and not denied:
            return known
    return None
