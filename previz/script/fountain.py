"""Read Fountain 1.1 (fountain.io/syntax).

Written here because the libraries do not hold up, measured on fountain-py 0.3.0:
2,000 comments on one line end in a RecursionError; 20,000 open brackets take 10 s
and 40,000 take 37 s (quadratic); `.台所 - 夜` and cues such as ÉLODIE or ЖЕНЯ are
read as action; an element with a comment in it gets the line of the comment's end.
jouvence loops for ever on a stress file. On plain screenplays this reader and
fountain-py agree, which the tests check.

Where the standard leaves a choice:
- A heading needs an empty line before it, or a line that is no paragraph (heading,
  section, synopsis, transition, page break). It need not have one after it when its
  INT or EXT has a period, so that `INT. CAR - DAY` directly above action is a scene.
- FADE IN:, FADE OUT., SMASH CUT: and their like are transitions without a `>`.
- Names in scripts without capitals (Japanese, Chinese) need their `@`.
- A parenthetical in the middle of a speech begins a second element with the same cue.
- Forced marks (`!`, `@`, `.`, `>`, `===`) work inside a speech too; `#` and `=` do
  so only before a space.
- A boneyard or note that is never closed is text: nothing of a script is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from previz.errors import ScriptError
from previz.model import ElementKind, Screenplay
from previz.script.assemble import assemble
from previz.script.limits import refuse_long
from previz.script.marks import Line, Note, plain, without_boneyard, without_notes
from previz.script.paragraph import Paragraph, clean
from previz.script.paragraphs import Reader
from previz.script.slugline import is_heading
from previz.script.titles import split_title_page

__all__ = ["parse_fountain"]


_LOOKED_FOR = (
    "a line with an empty line before it that begins with INT., EXT., EST., INT./EXT. "
    "or I/E, or that a period forces: a Fountain file needs a heading such as "
    "INT. KITCHEN - NIGHT"
)


def parse_fountain(text: str, *, source: str = "") -> Screenplay:
    """Read a screenplay from Fountain text.

    Args:
        text: The file's text; any line ends, with or without a byte order mark.
        source: File name, for errors and for `Screenplay.source`.

    Raises:
        ScriptError: If the text is empty, longer than 20 MB or has no
            scene heading.
    """
    refuse_long(text, source=source)
    lines = without_boneyard(clean(text))
    if not any(line.text.strip() for line in lines):
        raise ScriptError(
            "Screenplay.text must hold a screenplay, got nothing to read. "
            "Write a heading such as INT. KITCHEN - NIGHT and what happens there.",
            source=source or None,
        )
    title_page, body = split_title_page(lines)
    body, notes = without_notes(body)
    paragraphs = _with_notes(Reader(body).read(), notes)
    return assemble(
        paragraphs,
        title_page=title_page,
        source=source,
        looked_for=_LOOKED_FOR,
        near_miss_line=_near_miss(body),
    )


def _with_notes(
    paragraphs: Sequence[Paragraph], notes: Sequence[Note]
) -> list[Paragraph]:
    """Put each note behind the last paragraph that begins on or before its line."""
    merged: list[Paragraph] = []
    waiting = [note for note in reversed(notes) if note.text]
    for item in paragraphs:
        while waiting and waiting[-1].number < item.line:
            merged.append(_note(waiting.pop()))
        merged.append(item)
    merged += [_note(note) for note in reversed(waiting)]
    return merged


def _note(note: Note) -> Paragraph:
    return Paragraph(ElementKind.NOTE, plain(note.text), note.number)


_WRITTEN_SCENE = re.compile(r"\W*(?:scene|int|ext)\b", re.IGNORECASE)


def _near_miss(lines: Sequence[Line]) -> int:
    """Return the first line that looks like a heading but is none, or 0."""
    for line in lines:
        text = line.text.strip()[:80]
        if is_heading(text) or _WRITTEN_SCENE.match(text):
            return line.number
    return 0
