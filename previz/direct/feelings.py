"""What faces say, from the words of action and parentheticals, and how it fades."""

from __future__ import annotations

import re
from collections.abc import Sequence

from previz.direct.lexicon import EMOTIONS
from previz.model import Emotion, Feeling, Rate

__all__ = ["faded", "feel", "spoken_feeling"]

_FULL_S, _LINGERS_S = 4.0, 7.0
_LEFT = 0.45
"""What is left of a feeling while it lingers."""
_WORD = re.compile(r"[a-z\-]+")
_STRESS = 0.2


def spoken_feeling(parenthetical: str) -> tuple[str, float] | None:
    """Return emotion and strength that a parenthetical names, or None."""
    for word in _WORD.findall(parenthetical.lower()):
        if word in EMOTIONS:
            return EMOTIONS[word]
    return None


def feel(
    feelings: list[Feeling],
    said: tuple[str, float],
    frame: int,
    *,
    stress: bool = False,
) -> None:
    """Let a face say something from `frame` on; stress makes it say so more."""
    emotion, strength = said
    while feelings and feelings[-1].frame >= frame:
        feelings.pop()
    strength = min(1.0, strength + (_STRESS if stress else 0.0))
    feelings.append(
        Feeling(frame=frame, emotion=Emotion(emotion), strength=round(strength, 2))
    )


def faded(
    feelings: Sequence[Feeling], *, rate: Rate, until: int
) -> tuple[Feeling, ...]:
    """Return the feelings with what time makes of them: weaker, then none.

    Args:
        feelings: As the text names them, in order.
        rate: Frames a second.
        until: The scene's last frame.
    """
    result: list[Feeling] = []
    for index, felt in enumerate(feelings):
        ends = feelings[index + 1].frame if index + 1 < len(feelings) else until
        result.append(felt)
        lasts = 0.6 + felt.strength
        weaker = felt.frame + rate.frames(_FULL_S * lasts)
        gone = weaker + rate.frames(_LINGERS_S * lasts)
        if weaker < ends:
            low = round(felt.strength * _LEFT, 2)
            result.append(felt.changed(frame=weaker, strength=low))
        if gone < ends:
            result.append(Feeling(frame=gone, emotion=Emotion.NEUTRAL, strength=0.0))
    return tuple(result)
