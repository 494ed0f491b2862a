"""Who drives: read from the action, so that the right person has the wheel."""

from __future__ import annotations

import re

from previz.direct.actions import sentences
from previz.direct.cast import Cast
from previz.model import ElementKind, ScriptScene

__all__ = ["driver_of"]

_DRIVING = re.compile(
    r"\b(?:drives|driving|steers|steering"
    r"|(?:at|behind|takes) the (?:steering )?wheel|in the driver['’]s seat)\b",
    re.I,
)


def driver_of(scene: ScriptScene, *, cast: Cast) -> str:
    """Return the id of whoever the action says drives, or empty.

    It is the person named last before the words that tell of driving; if nobody is,
    the first named after them in the same sentence.
    """
    for element in scene.elements:
        if element.kind is not ElementKind.ACTION:
            continue
        for sentence in sentences(element.text):
            told = _DRIVING.search(sentence)
            if told is None:
                continue
            named = [m for m in cast.mentions(sentence) if not m.possessive]
            before = [m for m in named if m.end <= told.start()]
            if before or named:
                return (before[-1] if before else named[0]).ids[0]
    return ""
