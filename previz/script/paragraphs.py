"""Tell the kinds of Fountain's lines and gather them into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from previz.model import ElementKind
from previz.script.marks import Line, plain
from previz.script.paragraph import Cue, Paragraph, split_cue
from previz.script.slugline import is_heading, split_number
from previz.script.speech import Speech

__all__ = ["Reader"]

_PAGE_BREAK = re.compile(r"={3,}$")
_FORCED_HEADING = re.compile(r"\.(?=[^\s.])")
_TRANSITION = re.compile(
    r".*\bTO:$|FADE (?:IN|OUT|UP|TO \w+)[:.]$|(?:CUT|SMASH CUT|MATCH CUT|JUMP CUT) "
    r"?(?:TO [\w ]+)?[:.]$|(?:DISSOLVE|WIPE|IRIS (?:IN|OUT))[:.]$"
)
_SYNOPSIS = re.compile(r"=(?!=)")


class Reader:
    """Reads lines without boneyard and notes into paragraphs, in one pass."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._done: list[Paragraph] = []
        self._action: list[str] = []
        self._action_line = 0
        self._speech: Speech | None = None
        self._after_blank = True

    def read(self) -> list[Paragraph]:
        """Return the paragraphs in the order of the source."""
        for at, line in enumerate(self._lines):
            text = line.text.strip()
            if text:
                self._read_line(at, line, text)
                continue
            if self._speech is not None and len(line.text) >= 2:
                self._speech.pause()
            else:
                self._end()
                self._after_blank = True
        self._end()
        return self._done

    def _read_line(self, at: int, line: Line, text: str) -> None:
        if self._forced(line, text):
            return
        if self._speech is not None:
            if text[0] in "(（" and text[-1] in ")）":
                self._speech.mean(plain(text[1:-1].strip()), line=line.number)
            else:
                self._speech.say(plain(text), line=line.number)
            return
        if self._after_blank:
            bare = text.strip("*_") if text[0] in "*_" else text
            if is_heading(bare) and self._stands_alone(at, bare):
                self._heading(line, bare)
                return
            if self._is_transition(at, bare):
                self._single(ElementKind.TRANSITION, line, bare)
                return
            if self._is_cue(at, bare):
                self._begin_speech(line, split_cue(plain(bare)))
                return
        self._add_action(line, line.text)

    def _forced(self, line: Line, text: str) -> bool:
        """Read a line whose first mark says what it is; tell whether it did."""
        mark = text[0]
        if mark not in "!@.>#=~":
            return False
        in_speech = self._speech is not None
        if mark == "!":
            if in_speech or self._after_blank:
                self._end()
            indent = line.text[: line.text.index("!")]
            self._add_action(line, indent + text[1:])
        elif mark == "@" and text.strip("@.:^()（） \t"):
            self._begin_speech(line, split_cue(plain(text[1:])))
        elif mark == "." and _FORCED_HEADING.match(text):
            self._heading(line, text[1:])
        elif mark == ">":
            centred = text.endswith("<") and len(text) > 1
            kind = ElementKind.CENTERED if centred else ElementKind.TRANSITION
            self._single(kind, line, text[1:-1] if centred else text[1:])
        elif mark == "~":
            self._lyric(line, text[1:])
        elif _PAGE_BREAK.match(text):
            self._single(ElementKind.PAGE_BREAK, line, "")
        elif mark == "#" and not (in_speech and text.lstrip("#")[:1].strip()):
            self._single(ElementKind.SECTION, line, text.lstrip("#"))
        elif _SYNOPSIS.match(text) and not (in_speech and text[1:2].strip()):
            self._single(ElementKind.SYNOPSIS, line, text[1:])
        else:
            return False
        return True

    # What a line may be when nothing forces it.

    def _next(self, at: int) -> str:
        """Return the next line's text, stripped; "" at the end."""
        return self._lines[at + 1].text.strip() if at + 1 < len(self._lines) else ""

    def _stands_alone(self, at: int, text: str) -> bool:
        """Tell whether a heading may stand above the next line."""
        following = self._next(at)
        return not following or "." in text[:12] or "。" in text[:6]

    def _is_transition(self, at: int, text: str) -> bool:
        if not _TRANSITION.match(text) or text != text.upper():
            return False
        following = self._next(at)
        return not following or is_heading(following) or following[0] == "."

    def _is_cue(self, at: int, text: str) -> bool:
        following = self._next(at)
        if not following or following[0] in "!@>" or _PAGE_BREAK.match(following):
            return False
        if _FORCED_HEADING.match(following):
            return False
        name = re.split(r"[(（]", text, maxsplit=1)[0].rstrip("^ \t")
        letters = name.replace("ß", "SS")
        return letters == letters.upper() and letters != letters.lower()

    # What is being gathered.

    def _end(self) -> None:
        """Close the paragraph or speech that is open."""
        if self._speech is not None:
            self._done += self._speech.close()
            self._speech = None
        if self._action:
            text = plain("\n".join(self._action))
            self._done.append(Paragraph(ElementKind.ACTION, text, self._action_line))
            self._action = []

    def _add_action(self, line: Line, text: str) -> None:
        self._after_blank = False
        if not self._action:
            self._action_line = line.number
        if self._action or text.strip():
            self._action.append(text.rstrip().expandtabs(4))

    def _single(self, kind: ElementKind, line: Line, text: str) -> None:
        self._end()
        text = plain(text.strip())
        if text or kind is ElementKind.PAGE_BREAK:
            self._done.append(Paragraph(kind, text, line.number))
        self._after_blank = True

    def _heading(self, line: Line, text: str) -> None:
        self._end()
        heading, number = split_number(text)
        heading = plain(heading).strip() or text.strip()
        self._done.append(Paragraph(None, heading, line.number, number=number))
        self._after_blank = True

    def _begin_speech(self, line: Line, cue: Cue) -> None:
        self._end()
        before = self._done[-1] if self._done else None
        beside = before is not None and bool(before.character) and not before.dual
        self._speech = Speech(cue._replace(dual=cue.dual and beside), line=line.number)
        self._after_blank = False

    def _lyric(self, line: Line, text: str) -> None:
        text = plain(text.strip())
        if not text:
            return
        if self._speech is not None:
            self._speech.sing(text, line=line.number)
            return
        self._end()
        self._done.append(Paragraph(ElementKind.LYRIC, text, line.number))
        self._after_blank = False
