"""The gallery as one table of Markdown: what each thing does, its unit, its source."""

from __future__ import annotations

import re

from previz.gallery.entries import ENTRIES
from previz.gallery.entry import CHAPTERS, Entry

__all__ = ["entries_table", "file_stem"]

_HEAD = """\
# Camera, lens and light

Written by `make gallery`, as its pictures are: an effect is shown off and on, a move
at its beginning, middle and end. Angles are in degrees, lengths in
metres, gear in millimetres. Every control at its off value changes nothing.

| chapter | name | what it does | unit | source |
|---|---|---|---|---|
"""


def file_stem(entry: Entry) -> str:
    """Return the name of an entry's files, without their ending."""
    words = re.sub(r"[^a-z0-9]+", "-", f"{entry.chapter} {entry.name}".lower())
    return words.strip("-")


def entries_table() -> str:
    """Return Markdown with one row an entry, by chapter."""
    rows = [
        f"| {chapter} | [{entry.name}](gallery/{file_stem(entry)}.jpg) | {entry.does} "
        f"| {entry.unit} | {entry.source} |"
        for chapter in CHAPTERS
        for entry in ENTRIES
        if entry.chapter == chapter
    ]
    return _HEAD + "\n".join(rows) + "\n"
