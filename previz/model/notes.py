"""What is said about a shot: notes with drawings, and whether it is approved."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from previz.model.base import Model
from previz.model.look import FrameNumber

__all__ = ["Note", "Status", "Stroke"]

Share = Annotated[float, Field(ge=0, le=1, examples=[0.5])]

Stroke = Annotated[
    tuple[tuple[Share, Share], ...], Field(min_length=1, max_length=2000)
]
"""A line drawn on the picture, as shares of it from its top left corner."""


class Status(StrEnum):
    """Where a shot stands."""

    OPEN = "open"
    APPROVED = "approved"
    HOLD = "hold"


class Note(Model):
    """A note on a shot's frame: words, and lines drawn on the picture."""

    frame: FrameNumber
    text: Annotated[str, Field(max_length=2000)] = ""
    strokes: Annotated[tuple[Stroke, ...], Field(max_length=200)] = ()
    author: Annotated[str, Field(max_length=80)] = ""
