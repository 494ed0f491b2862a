"""Gather one speech: its cue, what is said, sung and meant."""

from __future__ import annotations

from previz.model import ElementKind
from previz.script.paragraph import Cue, Paragraph

__all__ = ["Speech"]


class Speech:
    """A speech that is being read.

    It becomes one paragraph, or several when a parenthetical or a song stands in
    its middle; only the first of a dual speech is dual. A speech of which nothing
    is said keeps its cue and an empty text.

    Args:
        cue: Who speaks.
        line: Line of the cue.
    """

    def __init__(self, cue: Cue, *, line: int) -> None:
        self._cue = cue
        self._line = line
        self._said: list[str] = []
        self._meant: list[str] = []
        self._done: list[Paragraph] = []

    def say(self, text: str, *, line: int) -> None:
        """Add a line of speech."""
        if not any(self._said):
            self._said = []
            self._line = line
        self._said.append(text)

    def pause(self) -> None:
        """Add an empty line within the speech."""
        self._said.append("")

    def mean(self, text: str, *, line: int) -> None:
        """Add a parenthetical; in the middle of a speech it begins a new part."""
        if any(self._said):
            self._end_part()
        if not self._meant:
            self._line = line
        self._meant.append(text)

    def sing(self, text: str, *, line: int) -> None:
        """Add a line of lyrics."""
        if any(self._said):
            self._end_part()
        self._add(ElementKind.LYRIC, text, line)

    def close(self) -> list[Paragraph]:
        """Return the speech's paragraphs."""
        if any(self._said) or self._meant or not self._done:
            self._end_part()
        return self._done

    def _end_part(self) -> None:
        self._add(ElementKind.DIALOGUE, "\n".join(self._said).strip(), self._line)
        self._said = []

    def _add(self, kind: ElementKind, text: str, line: int) -> None:
        self._done.append(
            Paragraph(
                kind,
                text,
                line,
                character=self._cue.character,
                extension=self._cue.extension,
                parenthetical=", ".join(filter(None, self._meant)),
                dual=self._cue.dual and not self._done,
                continues=bool(self._done),
            )
        )
        self._meant = []
