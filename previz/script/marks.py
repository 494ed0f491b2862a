"""Remove what Fountain hides or marks: boneyard, notes, emphasis.

Every line that is left keeps its number in the source. A boneyard or a note that
spans lines ends the line it begins on; what follows its close stands on the line of
the close. Every pass is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

__all__ = ["Line", "Note", "plain", "without_boneyard", "without_notes"]

_RUN = re.compile(r"\\[*_]|\*+|_+")


class Line(NamedTuple):
    """A line of the source, counted from 1, and what of it is to be read."""

    number: int
    text: str


class Note(NamedTuple):
    """A `[[note]]` and the line that it begins on."""

    number: int
    text: str


def without_boneyard(text: str) -> list[Line]:
    r"""Split into lines and drop all between `/*` and `*/`.

    A line of which nothing else is left is dropped whole, so that a comment between
    a cue and its speech does not part them. A `/*` that is never closed is text.

    Args:
        text: The source with `\n` line ends.
    """
    lines: list[Line] = []
    open_ = False
    last_close = text.rfind("*/")
    offset = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        if not open_ and (offset > last_close or "/*" not in raw):
            lines.append(Line(number, raw))
        else:
            kept, open_ = _outside(raw, offset, last_close, open_=open_)
            if kept.strip():
                lines.append(Line(number, kept))
        offset += len(raw) + 1
    return lines


def _outside(
    raw: str, offset: int, last_close: int, *, open_: bool
) -> tuple[str, bool]:
    """Return what of a line stands outside the boneyard, and whether one is open."""
    kept: list[str] = []
    at = 0
    while True:
        if open_:
            close = raw.find("*/", at)
            if close < 0:
                return _join(kept), True
            at, open_ = close + 2, False
            if not kept:
                at = len(raw) - len(raw[at:].lstrip())
        start = raw.find("/*", at)
        if start < 0 or offset + start + 2 > last_close:
            kept.append(raw[at:])
            return _join(kept), False
        kept.append(raw[at:start])
        at, open_ = start + 2, True


def _join(kept: list[str]) -> str:
    """Join what stood round something removed, with one space at the seam."""
    joined = kept[0] if kept else ""
    pieces = [joined]
    for piece in kept[1:]:
        blank_before = not pieces[-1] or pieces[-1][-1:] in " \t"
        pieces.append(piece.lstrip(" \t") if blank_before else piece)
    return "".join(pieces)


def without_notes(lines: Iterable[Line]) -> tuple[list[Line], list[Note]]:
    """Take the `[[notes]]` out of the lines.

    A note may span lines, but not an empty one unless that holds two spaces. A `[[`
    that is not closed before then is text. A line of which nothing is left is
    dropped, so that a note does not end the paragraph it stands in.
    """
    kept: list[Line] = []
    notes: list[Note] = []
    for block in _blocks(lines):
        if any("[[" in line.text for line in block):
            left, found = _block_without_notes(block)
            kept += left
            notes += found
        else:
            kept += block
    return kept, notes


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Group lines up to and including each truly empty one."""
    block: list[Line] = []
    for line in lines:
        block.append(line)
        if len(line.text) < 2 and not line.text.strip():
            yield block
            block = []
    if block:
        yield block


def _block_without_notes(block: list[Line]) -> tuple[list[Line], list[Note]]:
    kept: list[Line] = []
    notes: list[Note] = []
    last = max((at for at, line in enumerate(block) if "]]" in line.text), default=-1)
    last_close = block[last].text.rfind("]]") if last >= 0 else -1
    begun: tuple[int, list[str]] | None = None
    for index, (number, text) in enumerate(block):
        pieces: list[str] = []
        at = 0
        inside = begun is not None
        while True:
            if begun is not None:
                close = text.find("]]", at)
                if close < 0:
                    begun[1].append(text[at:])
                    break
                note = "\n".join([*begun[1], text[at:close]])
                notes.append(Note(begun[0], note.strip()))
                at, begun = close + 2, None
                if inside and not pieces:
                    at = len(text) - len(text[at:].lstrip())
            start = text.find("[[", at)
            closes = index < last or (index == last and start + 2 <= last_close)
            if start < 0 or not closes:
                pieces.append(text[at:])
                break
            pieces.append(text[at:start])
            at, begun = start + 2, (number, [])
        left = _join(pieces)
        if left.strip() or not (inside or text.strip()):
            kept.append(Line(number, left))
    return kept, notes


def plain(text: str) -> str:
    r"""Remove `*italic*`, `**bold**`, `_underline_` marks and honour `\*` and `\_`.

    A mark works within one line, next to a letter on its inner side, and in pairs;
    any other asterisk or underscore stays. An underscore between letters or digits
    stays too (`SNAKE_CASE`).
    """
    if not any(mark in text for mark in "*_"):
        return text
    return "\n".join(_plain_line(line) for line in text.split("\n"))


def _plain_line(line: str) -> str:
    runs = list(_RUN.finditer(line))
    gone = [0] * len(runs)
    openers: dict[str, list[list[int]]] = {"*": [], "_": []}
    for index, run in enumerate(runs):
        mark, length = run[0][0], len(run[0])
        if mark == "\\" or length > 3:
            continue
        opens, closes = _sides(line, run)
        left = 0
        stack = openers[mark]
        while closes and stack and left < length:
            opener, free = stack[-1]
            pair = min(free, length - left)
            left += pair
            gone[opener] += pair
            if free == pair:
                stack.pop()
            else:
                stack[-1][1] = free - pair
        gone[index] += left
        if opens and left < length:
            stack.append([index, length - left])
    return _rebuilt(line, runs, gone)


def _sides(line: str, run: re.Match[str]) -> tuple[bool, bool]:
    """Tell whether a run of marks can open and can close emphasis."""
    before = line[run.start() - 1 : run.start()] if run.start() else ""
    after = line[run.end() : run.end() + 1]
    opens, closes = bool(after.strip()), bool(before.strip())
    if run[0][0] == "_" and before.isalnum() and after.isalnum():
        return False, False
    return opens, closes


def _rebuilt(line: str, runs: list[re.Match[str]], gone: list[int]) -> str:
    pieces: list[str] = []
    at = 0
    for index, run in enumerate(runs):
        pieces.append(line[at : run.start()])
        if run[0][0] == "\\":
            pieces.append(run[0][1])
        else:
            pieces.append(run[0][gone[index] :])
        at = run.end()
    pieces.append(line[at:])
    return "".join(pieces)
