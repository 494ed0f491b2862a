"""A long speech: how often the listener is seen, and how the speaker draws nearer.

A speech that is too long for one picture is cut at the ends of its sentences. Each time
the listener is seen for a moment, about a second and a half, while a sentence closes;
the next sentence starts on the speaker again, as near as before or nearer: MS, MCU,
CU. Where that alternation would go on for long, every second glance is the two of them
instead (K. Reisz and G. Millar, "The Technique of Film Editing", 2nd ed., ch. 5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from previz.model import Rate, ShotSize

__all__ = ["LONG_SPEECH_S", "Picture", "pictures"]

LONG_SPEECH_S = 6.5
"""Up to here one picture holds a speech."""

_HELD_S = 7.5
_SHORTEST_HELD_S = 2.2
_LONGEST_HELD_S = 8.8
_GLANCE_S = 1.5
_SNAP_S = 2.5
_SIZES = (ShotSize.MS, ShotSize.MCU, ShotSize.CU)
_MANY = 6


@dataclass(frozen=True)
class Picture:
    """A part of a long speech. Frames count from the scene's start.

    Attributes:
        start: First frame.
        end: The frame after the last.
        size: How near.
        listening: Whether it is of the listener.
        both: Whether it is of both people.
        last: Whether the speech ends on it.
    """

    start: int
    end: int
    size: ShotSize
    listening: bool = False
    both: bool = False
    last: bool = False


def pictures(ends: Sequence[int], *, start: int, rate: Rate) -> tuple[Picture, ...]:
    """Part a speech into pictures of who speaks and glances at who listens.

    Args:
        ends: Frames at which its sentences end, rising; the last ends the speech.
        start: Its first frame, before `ends`.
        rate: Frames a second.

    Returns:
        Pictures without gap from `start` to the last of `ends`, the speaker first and
        last. Sizes never widen.
    """
    end = ends[-1]
    glance = rate.frames(_GLANCE_S)
    held = rate.frames(_HELD_S)
    count = max(2, -(-(end - start + glance) // (held + glance)))
    result: list[Picture] = []
    at = start
    for index in range(count):
        size = _size(index, count)
        over = end
        if index < count - 1:
            back = _cut_back(ends, at, end, left=count - index, rate=rate)
            over = back - glance
        last = index == count - 1
        result.append(Picture(at, over, size, last=last))
        if not last:
            both = count > _MANY and index % 2 == 1
            result.append(Picture(over, back, size, listening=not both, both=both))
            at = back
    return tuple(result)


def _size(index: int, count: int) -> ShotSize:
    """Return how near the speaker is in one of `count` pictures."""
    if count == 2:
        return _SIZES[index + 1]
    return _SIZES[(2 * index + 1) * len(_SIZES) // (2 * count)]


def _cut_back(ends: Sequence[int], at: int, end: int, *, left: int, rate: Rate) -> int:
    """Return where the next sentence starts on the speaker: near an equal share.

    Args:
        ends: Frames at which sentences end.
        at: Where the picture before starts.
        end: Where the speech ends.
        left: How many pictures of the speaker are still to come, this one included.
        rate: Frames a second.
    """
    glance = rate.frames(_GLANCE_S)
    least, most = rate.frames(_SHORTEST_HELD_S), rate.frames(_LONGEST_HELD_S)
    wanted = at + (end - at + glance) // left

    def fits(cut: int) -> bool:
        rest = (end - cut - (left - 2) * glance) // (left - 1)
        return least <= cut - glance - at <= most and least <= rest <= most

    near = [e for e in ends if abs(e - wanted) <= rate.frames(_SNAP_S) and fits(e)]
    return min(near, key=lambda e: abs(e - wanted), default=wanted)
