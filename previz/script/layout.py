"""On which page of the printed screenplay a paragraph stands.

The rule: US Letter, Courier 12 point, 10 characters an inch, 6 lines an inch, 55
lines a page. Action is 60 columns wide, dialogue 35, a parenthetical 25. Two empty
lines stand before a scene heading and one before any other paragraph, none at the
top of a page. A heading or a cue never stands alone at the foot of a page. The right
half of dual dialogue stands beside the left. Sections, synopses and notes are not
printed. East Asian wide characters take two columns. The title page is not counted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from previz.model import ElementKind
from previz.script.paragraph import Paragraph

__all__ = ["LINES_A_PAGE", "page_numbers", "wrapped_lines"]

LINES_A_PAGE = 55
ACTION_COLUMNS = 60
DIALOGUE_COLUMNS = 35
PARENTHETICAL_COLUMNS = 25

_UNPRINTED = (ElementKind.SECTION, ElementKind.SYNOPSIS, ElementKind.NOTE)


def page_numbers(paragraphs: Iterable[Paragraph]) -> list[int]:
    """Return the page, from 1, on which each paragraph begins."""
    pages: list[int] = []
    used = 0  # printed lines before this paragraph, over all pages
    left_height = 0
    for item in paragraphs:
        if item.kind is ElementKind.PAGE_BREAK:
            used += -used % LINES_A_PAGE
            pages.append(used // LINES_A_PAGE + 1)
            continue
        if item.kind in _UNPRINTED:
            pages.append(used // LINES_A_PAGE + 1)
            continue
        height = _height(item)
        if item.dual:
            pages.append(pages[-1] if pages else 1)
            used += max(0, height - left_height)
            left_height = height
            continue
        used = _start(used, item, height)
        pages.append(used // LINES_A_PAGE + 1)
        used += height
        left_height = height
    return pages


def wrapped_lines(text: str, columns: int) -> int:
    """Return how many lines `text` takes when it is wrapped at `columns`."""
    return sum(_wrapped_line(line, columns) for line in text.split("\n"))


def _start(used: int, item: Paragraph, height: int) -> int:
    """Return the printed line, from 0 over all pages, on which `item` begins."""
    on_page = used % LINES_A_PAGE
    if on_page == 0 or item.continues:
        return used
    space = 2 if item.kind is None else 1
    keep = 3 if item.kind is None else min(height, 2)
    if on_page + space + keep > LINES_A_PAGE:
        return used + LINES_A_PAGE - on_page
    return used + space


def _height(item: Paragraph) -> int:
    if not item.character:
        return wrapped_lines(item.text, ACTION_COLUMNS)
    height = wrapped_lines(item.text, DIALOGUE_COLUMNS) if item.text else 0
    if item.parenthetical:
        height += wrapped_lines(f"({item.parenthetical})", PARENTHETICAL_COLUMNS)
    return height if item.continues else height + 1


def _wrapped_line(line: str, columns: int) -> int:
    if line.isascii() and len(line) <= columns:
        return 1
    lines, at = 1, 0
    for word in line.split():
        width = len(word) if word.isascii() else sum(map(_columns, word))
        if at and at + 1 + width > columns:
            lines, at = lines + 1, 0
        at += width + (1 if at else 0)
        lines += (at - 1) // columns
        at = (at - 1) % columns + 1
    return lines


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
