"""Read Final Draft (.fdx), versions 8 to 13.

Written here on the standard library's expat because screenplay-tools 0.0.10 keeps
only the first run of text of each paragraph (one italic word loses the rest of it),
drops dual dialogue, scene numbers, the title page and all lines, takes a Shot for a
scene, and lets declared entities expand. Here declared entities are refused, and
expat fetches nothing: no network, no other file.

`line` is the line of the XML file on which the paragraph's text begins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.parsers import expat

from previz.errors import ScriptError
from previz.model import ElementKind, Screenplay
from previz.script.assemble import assemble
from previz.script.limits import refuse_long
from previz.script.paragraph import Paragraph, clean, split_cue
from previz.script.slugline import is_heading, split_number
from previz.script.speech import Speech

__all__ = ["parse_fdx"]

_KINDS = {
    "Action": ElementKind.ACTION,
    "General": ElementKind.ACTION,
    "Shot": ElementKind.ACTION,
    "Transition": ElementKind.TRANSITION,
    "Cast List": ElementKind.NOTE,
    "Note": ElementKind.NOTE,
    "Summary": ElementKind.SYNOPSIS,
    "Synopsis": ElementKind.SYNOPSIS,
    "New Act": ElementKind.SECTION,
    "End of Act": ElementKind.SECTION,
    "Lyrics": ElementKind.LYRIC,
    "Singing": ElementKind.LYRIC,
}
_SUNG = ("Lyrics", "Singing")
_HEADINGS = ("Scene Heading", "Scene Heading (Top of Page)")
_ASIDE = {"ScriptNote": ElementKind.NOTE, "Summary": ElementKind.SYNOPSIS}


class _Raw(NamedTuple):
    """A paragraph as it stands in the file."""

    type: str
    text: str
    line: int
    number: str = ""
    centred: bool = False
    new_page: bool = False
    dual: int = 0  # which DualDialogue block, from 1; 0 for none
    title_page: bool = False


class _Open:
    """A paragraph that is being read."""

    def __init__(self, raw: _Raw) -> None:
        self.raw = raw
        self.text: list[str] = []
        self.line = 0

    def close(self) -> bool:
        """Put the text into `raw`; tell whether there is any."""
        lines = "".join(self.text).split("\n")
        text = "\n".join(line.strip() for line in lines).strip()
        self.raw = self.raw._replace(text=text, line=self.line)
        return bool(text)


def parse_fdx(text: str, *, source: str = "") -> Screenplay:
    """Read a screenplay from the text of a Final Draft file.

    Args:
        text: The XML text.
        source: File name, for errors and for `Screenplay.source`.

    Raises:
        ScriptError: If the XML is broken, declares entities, is no Final Draft
            document or has no scene heading.
    """
    refuse_long(text, source=source)
    reader = _Reader(source)
    reader.read(clean(text))
    body = [raw for raw in reader.found if not raw.title_page]
    title = [raw.text for raw in reader.found if raw.title_page]
    return assemble(
        _paragraphs(body),
        title_page=_title_page(title),
        source=source,
        looked_for="a paragraph of type Scene Heading, such as INT. KITCHEN - NIGHT",
    )


class _Reader:
    """Gathers the paragraphs that expat reports."""

    def __init__(self, source: str) -> None:
        self.found: list[_Raw] = []
        self._begun: list[_Open] = []
        self._source = source
        self._path: list[str] = []
        self._open: list[_Open] = []
        self._aside: list[ElementKind] = []
        self._duals = 0
        self._dual_depth = 0
        self._lines_before = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._entity

    def read(self, text: str) -> None:
        self._lines_before = text.count("\n", 0, len(text) - len(text.lstrip()))
        try:
            self._parser.Parse(text.strip(), True)  # noqa: FBT003 (expat's own)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise self._error(
                f"Screenplay.text must be well-formed XML, got a fault ({reason}). "
                "Save the screenplay again in Final Draft."
            ) from None
        self.found = [opened.raw for opened in self._begun if opened.close()]

    def _error(self, message: str) -> ScriptError:
        return ScriptError(message, source=self._source or None, line=self._line())

    def _line(self) -> int:
        return self._lines_before + self._parser.CurrentLineNumber

    def _entity(self, name: str, *_: object) -> None:
        raise self._error(
            f"Screenplay.text must declare no XML entities, got {name[:40]!r}. "
            "Final Draft writes none; export the screenplay again."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path and tag != "FinalDraft":
            raise self._error(
                "Screenplay.text must be a Final Draft document (<FinalDraft>), got "
                f"<{tag[:40]}>. Pass an .fdx file or a Fountain file."
            )
        self._path.append(tag)
        if tag in _ASIDE:
            self._aside.append(_ASIDE[tag])
        elif tag == "DualDialogue":
            self._duals += 1
            self._dual_depth += 1
        elif tag == "Paragraph":
            paragraph = _Open(self._raw(attributes))
            self._open.append(paragraph)
            self._begun.append(paragraph)

    def _raw(self, attributes: dict[str, str]) -> _Raw:
        kind = attributes.get("Type", "Action")
        if self._aside:
            kind = "Note" if self._aside[-1] is ElementKind.NOTE else "Summary"
        return _Raw(
            type=kind,
            text="",
            line=0,
            number=attributes.get("Number", "").strip(),
            centred=attributes.get("Alignment") == "Center",
            new_page=attributes.get("StartsNewPage") == "Yes",
            dual=self._duals if self._dual_depth else 0,
            title_page="TitlePage" in self._path[:3],
        )

    def _characters(self, text: str) -> None:
        if not self._open or self._path[-1] != "Text":
            return
        paragraph = self._open[-1]
        if not paragraph.line and text.strip():
            paragraph.line = self._line()
        paragraph.text.append(text)

    def _end(self, tag: str) -> None:
        self._path.pop()
        if tag in _ASIDE:
            self._aside.pop()
        elif tag == "DualDialogue":
            self._dual_depth -= 1
        elif tag == "Paragraph":
            self._open.pop()


def _paragraphs(body: Sequence[_Raw]) -> list[Paragraph]:
    """Turn the file's paragraphs into ours: a cue and what follows become a speech."""
    done: list[Paragraph] = []
    notes: list[Paragraph] = []
    speech: Speech | None = None
    dual_block = 0
    for raw in body:
        if raw.type == "Note":
            notes.append(_single(raw))
            continue
        spoken = raw.type in ("Parenthetical", "Dialogue", *_SUNG)
        if not (spoken and speech is not None):
            done += [*(speech.close() if speech is not None else ()), *notes]
            speech, notes = None, []
        if raw.new_page:
            done.append(Paragraph(ElementKind.PAGE_BREAK, "", raw.line))
        if raw.type == "Character":
            beside = bool(raw.dual) and raw.dual == dual_block
            dual_block = raw.dual
            cue = split_cue(raw.text)._replace(dual=beside)
            speech = Speech(cue, line=raw.line)
        elif speech is not None:
            _speak(speech, raw)
        else:
            done.append(_single(raw))
    return [*done, *(speech.close() if speech is not None else ()), *notes]


def _speak(speech: Speech, raw: _Raw) -> None:
    if raw.type == "Parenthetical":
        speech.mean(raw.text.strip("()（）").strip(), line=raw.line)
    elif raw.type in _SUNG:
        speech.sing(raw.text, line=raw.line)
    else:
        speech.say(raw.text, line=raw.line)


def _single(raw: _Raw) -> Paragraph:
    unknown = raw.type not in _KINDS
    if raw.type in _HEADINGS or (unknown and is_heading(raw.text)):
        heading, number = split_number(raw.text)
        return Paragraph(None, heading, raw.line, number=raw.number or number)
    kind = _KINDS.get(raw.type, ElementKind.ACTION)
    if kind is ElementKind.ACTION and raw.centred:
        kind = ElementKind.CENTERED
    return Paragraph(kind, raw.text, raw.line)


_CREDIT = re.compile(
    r"(?:(?:screenplay|written|story|teleplay|script)( and directed)? )?by\b|"
    r"(?:an? )?(?:original )?screenplay$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:.*\bdraft\b.*|.*\b(?:19|20)\d\d)$", re.IGNORECASE)


def _title_page(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Name the lines of a title page, which Final Draft leaves unnamed.

    The first is the title; a line such as "written by" is the credit and the line
    after it the author; a line with a year or the word draft is the draft date; any
    other is contact.
    """
    entries: list[tuple[str, str]] = []
    contact: list[str] = []
    named: set[str] = set()
    for text in texts:
        if not named:
            key = "Title"
        elif "Credit" not in named and _CREDIT.match(text):
            key = "Credit"
        elif entries[-1][0] == "Credit":
            key = "Author"
        elif "Draft date" not in named and _DATE.match(text):
            key = "Draft date"
        else:
            contact.append(text)
            continue
        named.add(key)
        entries.append((key, text))
    return entries + ([("Contact", "\n".join(contact))] if contact else [])
