"""Make a screenplay of paragraphs: pages and scenes, or say why there are none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import PurePath

from previz.errors import ScriptError
from previz.model import Element, Screenplay, ScriptScene, Slugline
from previz.script.layout import page_numbers
from previz.script.paragraph import Paragraph
from previz.script.slugline import parse_slugline
from previz.script.words import AUTHOR_KEYS, TITLE_KEYS

__all__ = ["assemble"]


def assemble(
    paragraphs: Sequence[Paragraph],
    *,
    title_page: Sequence[tuple[str, str]],
    source: str,
    looked_for: str,
    near_miss_line: int = 0,
) -> Screenplay:
    """Group paragraphs into scenes and number their pages.

    What stands before the first heading (FADE IN:, a section) goes to the head of
    the first scene.

    Args:
        paragraphs: In the order of the source.
        title_page: Keys as written and their values.
        source: File that was read, for errors; the screenplay keeps its last part.
        looked_for: What a scene heading is in this format, for the error.
        near_miss_line: Line to name when there is no scene heading; 0 for none.

    Raises:
        ScriptError: If no paragraph is a scene heading.
    """
    if not any(item.kind is None for item in paragraphs):
        raise ScriptError(
            "Screenplay.scenes must hold at least one scene heading, got none in "
            f"{len(paragraphs)} paragraphs. Looked for {looked_for}.",
            source=source or None,
            line=near_miss_line,
        )
    pages = page_numbers(paragraphs)
    scenes: list[ScriptScene] = []
    slugline: Slugline | None = None
    elements: list[Element] = []
    for item, page in zip(paragraphs, pages, strict=True):
        if item.kind is not None:
            elements.append(_element(item, page))
            continue
        if slugline is not None:
            scenes.append(ScriptScene(slugline=slugline, elements=tuple(elements)))
            elements = []
        slugline = parse_slugline(
            item.text, line=item.line, page=page, number=item.number
        )
    assert slugline is not None
    scenes.append(ScriptScene(slugline=slugline, elements=tuple(elements)))
    return Screenplay(
        title=_value(title_page, TITLE_KEYS),
        author=_value(title_page, AUTHOR_KEYS),
        source=os.fsencode(PurePath(source).name).decode("utf-8", "replace"),
        title_page=tuple(title_page),
        scenes=tuple(scenes),
        pages=pages[-1],
    )


def _value(title_page: Sequence[tuple[str, str]], keys: tuple[str, ...]) -> str:
    for key, value in title_page:
        if key.lower() in keys:
            return " ".join(value.split())
    return ""


def _element(item: Paragraph, page: int) -> Element:
    assert item.kind is not None
    return Element(
        kind=item.kind,
        text=item.text,
        line=item.line,
        page=page,
        character=item.character,
        extension=item.extension,
        parenthetical=item.parenthetical,
        dual=item.dual,
    )
