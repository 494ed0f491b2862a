"""Read the title page of a Fountain file: `Key: value` lines at its head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from previz.script.marks import Line, plain
from previz.script.slugline import is_heading
from previz.script.words import AUTHOR_KEYS, OTHER_KEYS, TITLE_KEYS

__all__ = ["split_title_page"]

_KEY = re.compile(r"(?P<key>[^\s:：][^:：]{0,60})[:：](?P<value>.*)")
_KNOWN = frozenset(TITLE_KEYS + AUTHOR_KEYS + OTHER_KEYS)


def split_title_page(
    lines: Sequence[Line],
) -> tuple[list[tuple[str, str]], list[Line]]:
    r"""Split the title page from the body.

    A title page is the first block of lines, up to an empty one, when each of its
    lines is a key with a value or an indented continuation (a tab or three spaces)
    and at least one key is a known one such as Title. Any other head is body.

    Returns:
        Keys as written with their values (lines joined by `\n`), and the rest.
    """
    start = next((at for at, line in enumerate(lines) if line.text.strip()), 0)
    end = start
    while end < len(lines) and lines[end].text.strip():
        end += 1
    entries: list[tuple[str, list[str]]] = []
    for line in lines[start:end]:
        indented = line.text.startswith(("\t", "   "))
        if indented and entries:
            entries[-1][1].append(line.text.strip())
            continue
        found = _KEY.match(line.text.strip())
        if not found or is_heading(line.text):
            end = _end_of_keys(entries, lines, start, line)
            break
        value = found["value"].strip()
        entries.append((found["key"].strip(), [value] if value else []))
    if not any(key.lower() in _KNOWN for key, _ in entries):
        return [], list(lines)
    page = [(key, "\n".join(plain(part) for part in value)) for key, value in entries]
    return page, list(lines[end:])


def _end_of_keys(
    entries: Sequence[object], lines: Sequence[Line], start: int, stop: Line
) -> int:
    """Return where the body begins when the title page ends without an empty line."""
    if not entries:
        return start
    return next(at for at, line in enumerate(lines) if line.number == stop.number)
