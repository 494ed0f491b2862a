"""What boards and signs say, where the action tells it."""

from __future__ import annotations

import re

from previz.model import ElementKind, ScriptScene, Set

__all__ = ["BOARD", "told_lettering", "with_lettering"]

BOARD = ("marquee",)
"""Words of a board that shows lettering."""
_BOARDS = frozenset({"picture-house"})
"""Kinds of pieces that show lettering."""
_CAPITALS = r"([A-Z0-9][A-Z0-9'!.-]*(?: [A-Z0-9'!.-]+)*)"
_SAYS = re.compile(
    rf"\b(?i:says|reads|spells|announces|now showing)(?: (?i:the word))?:? "
    rf"[\"“”'*]*{_CAPITALS}(?![a-z])"
)
_NAMED = re.compile(
    rf"\b(?i:marquee|board|sign)(?i: of)?(?i: the)? {_CAPITALS}(?![a-z])"
)
_NOTHING = re.compile(r"\bletters?\b[^.]*\b(?:spells? nothing|missing|gone)\b", re.I)


def told_lettering(script: ScriptScene) -> str | None:
    """Return what the last board that a scene's action tells of says, or None.

    "The letters left on the marquee of the ODEON spell nothing" leaves some of them.
    """
    told = None
    for element in script.elements:
        if element.kind is not ElementKind.ACTION:
            continue
        said, named = _SAYS.search(element.text), _NAMED.search(element.text)
        if said is not None:
            told = said.group(1)
        elif named is not None:
            name = named.group(1)
            broken = _NOTHING.search(element.text) is not None
            told = "".join(
                " " if broken and k % 3 == 0 else c for k, c in enumerate(name)
            )
    return told.rstrip(".") if told is not None else None


def with_lettering(set_: Set, script: ScriptScene) -> Set:
    """Return the set as it is in a scene: its boards say what the action tells."""
    told = told_lettering(script)
    if told is None or not any(p.kind in _BOARDS for p in set_.pieces):
        return set_
    pieces = tuple(
        p.changed(lettering=told[:40]) if p.kind in _BOARDS else p for p in set_.pieces
    )
    return set_.changed(pieces=pieces)
