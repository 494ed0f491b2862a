"""What was written: a screenplay as scenes of elements, each with its line."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from previz.model.base import Model

__all__ = ["Element", "ElementKind", "Screenplay", "ScriptScene", "Setting", "Slugline"]


class ElementKind(StrEnum):
    """What an element of a screenplay is, in Fountain's words."""

    ACTION = "action"
    DIALOGUE = "dialogue"
    LYRIC = "lyric"
    CENTERED = "centered"
    TRANSITION = "transition"
    SECTION = "section"
    SYNOPSIS = "synopsis"
    NOTE = "note"
    PAGE_BREAK = "page_break"


class Setting(StrEnum):
    """Where a slugline says the scene is shot."""

    INTERIOR = "INT"
    EXTERIOR = "EXT"
    BOTH = "INT/EXT"
    UNKNOWN = ""


class Element(Model):
    """One paragraph of a screenplay, or one speech.

    A speech carries its cue (`character`, `extension`, `parenthetical`); emphasis
    marks are removed from `text`.
    """

    kind: ElementKind
    text: str
    line: Annotated[int, Field(ge=1, description="Line in the source, from 1.")] = 1
    page: Annotated[int, Field(ge=1, description="Page of the screenplay.")] = 1
    character: Annotated[str, Field(description="The cue as written; ANN.")] = ""
    extension: Annotated[str, Field(description="V.O., O.S., CONT'D …")] = ""
    parenthetical: str = ""
    dual: Annotated[
        bool, Field(description="Spoken at the same time as the speech before it.")
    ] = False


class Slugline(Model):
    """A scene heading: `INT. KITCHEN - NIGHT #12A#`."""

    text: str
    setting: Setting = Setting.UNKNOWN
    place: str = ""
    time: Annotated[str, Field(description="As written: NIGHT, CONTINUOUS, …")] = ""
    number: Annotated[str, Field(description="Scene number as written.")] = ""
    line: Annotated[int, Field(ge=1)] = 1
    page: Annotated[int, Field(ge=1)] = 1


class ScriptScene(Model):
    """A slugline and what is written below it."""

    slugline: Slugline
    elements: tuple[Element, ...] = ()


class Screenplay(Model):
    """A whole screenplay as it was written."""

    title: str = ""
    author: str = ""
    source: Annotated[str, Field(description="File name it was read from.")] = ""
    title_page: tuple[tuple[str, str], ...] = ()
    scenes: tuple[ScriptScene, ...] = ()
    pages: Annotated[int, Field(ge=0)] = 0
