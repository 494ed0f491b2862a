"""What an action is done to: the words after a verb, cut at their prepositions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from previz.direct.lexicon import DETERMINERS, NUMBERS, word_set

__all__ = ["Object", "alike", "object_of", "single"]

_PREPOSITIONS = word_set(
    "on onto in into inside at to toward towards from off of over under beneath beside "
    "behind by against across through with between around round near above for next "
    "along past among before after"
)
_PARTICLES = word_set(
    "up down out away back aside forward open shut closed wide again now then too "
    "instead together once there here still alone apart himself herself itself "
    "themselves him her them it's carefully just only both also straight right half "
    "all him. free flat low high fall go drop"
)
_MEASURES = word_set(
    "length piece pair bunch sheet handful stack strip glass cup mug pot bottle box "
    "tray stick wad slice bit sip gulp pile bundle shot bowl plate bag can jug roll "
    "couple pinch swig drag bite"
)
_VESSELS = word_set("glass cup mug pot bottle box tray bowl plate bag can jug shot")
_ALSO = {"strip": "film", "negative": "film"}
_WORDS_KEPT = 4


@dataclass(frozen=True)
class Object:
    """The parts of what follows a verb.

    Attributes:
        thing: The noun that something is done to; "it" and "them" stay as they are.
        of: What it is a measure of: "wine" for a glass of wine.
        places: Each preposition with the words after it.
        source: Whether it comes from where the last place says: "out of", "from".
    """

    thing: str = ""
    of: str = ""
    places: tuple[tuple[str, tuple[str, ...]], ...] = ()
    source: bool = False

    @property
    def place(self) -> tuple[str, ...]:
        """The words of the first place that a thing can be at."""
        for preposition, words in self.places:
            if words and preposition not in ("with", "for", "of", "before", "after"):
                return words
        return ()

    def after(self, *prepositions: str) -> tuple[str, ...]:
        """Return the words after the first of these prepositions."""
        return next((w for p, w in self.places if p in prepositions and w), ())


def object_of(tail: Sequence[str]) -> Object:
    """Cut the words after a verb into its object and its places.

    Args:
        tail: Lower-case words, people's names left out.
    """
    parts: list[tuple[str, list[str]]] = [("", [])]
    source = False
    for index, word in enumerate(tail):
        if word in _PREPOSITIONS:
            before = tail[index - 1] if index else ""
            source = source or word == "from" or (word, before) == ("of", "out")
            parts.append(("from" if (word, before) == ("of", "out") else word, []))
        elif word == "out" and tail[index + 1 : index + 2] != ["of"]:
            source = True
        elif not _empty(word):
            parts[-1][1].append(word.removesuffix("'s"))
    thing, of = _head(parts)
    places = tuple(
        (preposition, tuple(words[:_WORDS_KEPT])) for preposition, words in parts[1:]
    )
    return Object(thing, of, places, source)


def _empty(word: str) -> bool:
    return (
        word in DETERMINERS
        or word in _PARTICLES
        or word in NUMBERS
        or (word.endswith("ly") and len(word) > 4)
    )


def _head(parts: list[tuple[str, list[str]]]) -> tuple[str, str]:
    """Return the noun and what it is a measure of."""
    words = parts[0][1]
    thing = words[-1] if words else ""
    of = parts[1][1] if len(parts) > 1 and parts[1][0] == "of" else []
    name = single(thing)
    if not of or name not in _MEASURES:
        return thing, ""
    return (thing, of[-1]) if name in _VESSELS else (of[-1], "")


def alike(noun: str, other: str) -> bool:
    """Whether two nouns mean the same thing: "the strip" is the length of film."""
    one, two = (_ALSO.get(single(n), single(n)) for n in (noun, other))
    return one == two


def single(noun: str) -> str:
    """Return the singular of a noun, by rule."""
    if noun in ("scissors", "glasses", "trousers", "keys"):
        return {"glasses": "glass", "keys": "key"}.get(noun, noun)
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("ches", "shes", "sses", "xes")):
        return noun[:-2]
    if noun.endswith("ves"):
        return f"{noun[:-3]}fe" if noun == "knives" else f"{noun[:-3]}f"
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
