"""Things that the text says lie there before anybody touches them."""

from __future__ import annotations

import re

from previz.direct.actions import people_named, sentences
from previz.direct.cast import Cast
from previz.direct.hand_props import HAND_PROPS
from previz.direct.lexicon import FEMALE, MALE, word_set
from previz.direct.objects import single
from previz.direct.troupe import Troupe
from previz.model import Posture

__all__ = ["lay_out", "things_told"]

_TOLD = re.compile(r"\ban? ((?:[\w-]+ ){0,3}[\w-]+)", re.I)
_LIES = re.compile(r"\b(?:under|on|beside|next to|by|before|in front of)\b", re.I)
_FURNITURE = word_set("chair lamp ball bin")
_SOMEBODY = MALE | FEMALE | word_set("they them their we")
_NEAR_M = 4.0


def things_told(text: str, *, cast: Cast) -> tuple[str, ...]:
    """Return the nouns of small things that a paragraph lays somewhere.

    Only sentences that tell of nobody count: "Under it, a round film can." and "A gun
    on the table.", not "She takes a cup".

    Args:
        text: Of an action.
        cast: Who the people of its sentences are.
    """
    found: dict[str, None] = {}
    for sentence in sentences(text):
        somebody = set(re.findall(r"\w+", sentence.lower())) & _SOMEBODY
        if somebody or people_named(sentence, cast=cast) or not _LIES.search(sentence):
            continue
        for match in _TOLD.finditer(sentence):
            words = [single(w) for w in match.group(1).lower().split()]
            noun = next((w for w in reversed(words) if w in HAND_PROPS), "")
            if noun and noun not in _FURNITURE:
                found[noun] = None
    return tuple(found)


def lay_out(troupe: Troupe, nouns: tuple[str, ...]) -> None:
    """Lay things on the nearest table to who sits there, or to the middle."""
    seated = [a for a in troupe.actors.values() if a.posture is Posture.SIT]
    near = seated[0].position if seated else troupe.floor.meeting[0]
    piece = troupe.things.any_surface(near, within_m=_NEAR_M)
    for noun in nouns:
        if piece is None or troupe.things.found(noun) is not None:
            continue
        troupe.things.made(noun, troupe.things.on_top(piece, piece.position_m))
