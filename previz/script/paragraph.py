"""What both readers make first: paragraphs in the order of the source."""

from __future__ import annotations

import re
from typing import NamedTuple

from previz.model import ElementKind

__all__ = ["Cue", "Paragraph", "clean", "split_cue"]

_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


class Paragraph(NamedTuple):
    """One paragraph of the source; `kind` is None for a scene heading.

    `continues` marks the later parts of one speech, which print no cue of their own.
    """

    kind: ElementKind | None
    text: str
    line: int
    character: str = ""
    extension: str = ""
    parenthetical: str = ""
    dual: bool = False
    continues: bool = False
    number: str = ""


class Cue(NamedTuple):
    """Who speaks, and how: `ANN (V.O.) (CONT'D) ^`."""

    character: str
    extension: str
    dual: bool


def split_cue(text: str) -> Cue:
    """Take a cue apart; several extensions are joined by a comma."""
    text = text.strip()
    dual = text.endswith("^")
    text = text.rstrip("^ \t")
    found = _BRACKETED.search(text)
    if not found or not text[: found.start()].strip():
        return Cue(text, "", dual)
    extensions = [part.strip() for part in _BRACKETED.findall(text[found.start() :])]
    return Cue(text[: found.start()].strip(), ", ".join(filter(None, extensions)), dual)


def clean(text: str) -> str:
    r"""Return text with `\n` line ends and without characters that no text holds.

    Line numbers stay true: CR LF and a lone CR both end one line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)
