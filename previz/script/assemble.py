"""Make a screenplay of paragraphs: pages, scenes, and a clear word when there are none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from previz.errors import ScriptError
from previz.model import Element, Screenplay, ScriptScene, Slugline
from previz.script.layout import page_numbers
from previz.script.paragraph import Paragraph
from previz.script.slugline import parse_slugline

__all__ = ["assemble"]


def assemble(
    paragraphs: Sequence[Paragraph],
    *,
    title_page: Sequence[tuple[str, str]],
    source: str,
    missing_line: int = 0,
) -> Screenplay:
    """Group paragraphs into scenes and number their pages.

    What stands before the first heading (FADE IN:, a section) goes to the head of
    the first scene.

    Args:
        paragraphs: In the order of the source.
        title_page: Keys as written and their values.
        source: File that was read, for errors; the screenplay keeps its last part.
        missing_line: Line to name when there is no scene heading; 0 for none.

    Raises:
        ScriptError: If no paragraph is a scene heading.
    """
    if not any(item.kind is None for item in paragraphs):
        raise ScriptError(
            _no_scene(paragraphs), source=source or None, line=missing_line
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
        title=_value(title_page, _TITLE_KEYS),
        author=_value(title_page, _AUTHOR_KEYS),
        source=PurePath(source).name,
        title_page=tuple(title_page),
        scenes=tuple(scenes),
        pages=pages[-1],
    )


_TITLE_KEYS = (
    "title",
    "titel",
    "titre",
    "título",
    "titolo",
    "タイトル",
    "题名",
    "标题",
)
_AUTHOR_KEYS = ("author", "authors", "writer", "writers", "autor", "auteur", "作者")


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


def _no_scene(paragraphs: Sequence[Paragraph]) -> str:
    return (
        f"Screenplay.scenes must hold at least one scene heading, got none in "
        f"{len(paragraphs)} paragraphs. Looked for a line with an empty line before it "
        "that begins with INT., EXT., EST., INT./EXT. or I/E, or is forced with a "
        "period: a Fountain file needs a heading such as INT. KITCHEN - NIGHT."
    )
