"""Take a scene heading apart: setting, place, time of day, scene number.

The words for inside, outside and the times of day stand in `words`, in several
languages. Long ones (INTERIOR, INNEN, 内景) count only in capitals or in a script
without capitals, so that prose such as "Interior design is a career." stays prose.
"""

from __future__ import annotations

import re

from previz.model import Setting, Slugline
from previz.script.words import (
    INSIDE,
    OUTSIDE,
    REMARKS,
    TIME_COMPANIONS,
    TIME_PHRASES,
    TIMES,
)

__all__ = ["is_heading", "parse_slugline", "split_number", "time_word"]

_SHORT = ("INT", "EXT", "EST")


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_ONE = _alternatives(INSIDE + OUTSIDE)
_PREFIX = re.compile(
    rf"(?P<setting>I\.?/E|E\.?/I|(?:{_ONE})(?: ?\.? ?/ ?(?:{_ONE}))?)"
    r"(?P<mark> ?[.。:：]| |$)",
    re.IGNORECASE,
)
_DASH = re.compile(r" (?:--?|[–—―－]+) ")
_STOP = re.compile(r"(?<=\w)[.,、。] ")
_BRACKETED_END = re.compile(r"^(?P<place>[^(（]*)[(（](?P<time>[^()（）]*)[)）]$")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def is_heading(text: str) -> bool:
    """Tell whether a line begins as a scene heading does, INT. or EXT. and their like.

    Args:
        text: The line; what stands round it is the caller's concern.
    """
    found = _PREFIX.match(_squeeze(text[:200]))
    if not found:
        return False
    setting, mark = found["setting"], found["mark"]
    capital = setting == setting.upper() or "ß" in setting
    words = re.split(r"[ ./]+", setting.upper())
    short = all(word in _SHORT or len(word) == 1 for word in words if word)
    if short and mark.strip():
        return True
    return capital or (short and bool(_DASH.search(_squeeze(text))))


def split_number(text: str) -> tuple[str, str]:
    """Split `INT. KITCHEN - NIGHT #12A#` into the heading and its scene number."""
    text = text.strip()
    if len(text) < 3 or not text.endswith("#"):
        return text, ""
    start = text.rfind("#", 0, len(text) - 1)
    number = text[start + 1 : -1]
    plain = number.replace("-", "").replace(".", "")
    if start < 0 or not plain.isalnum() or len(number) > 20:
        return text, ""
    return text[:start].rstrip(), number


def time_word(text: str) -> str:
    """Return the plain English word for a written time, or "" when it names none.

    `LATER THAT NIGHT` gives NIGHT, `夜` gives NIGHT, `MAGIC HOUR` gives DUSK.
    """
    upper = _squeeze(text).upper()
    if upper in TIME_PHRASES:
        return TIME_PHRASES[upper]
    words = [TIMES[word] for word in _words(upper) if word in TIMES]
    return next((w for w in words if w not in ("LATER", "SAME")), "".join(words[:1]))


def parse_slugline(
    text: str, *, line: int = 1, page: int = 1, number: str = ""
) -> Slugline:
    """Read a scene heading.

    The time is the parts between dashes that name a time of day, wherever they
    stand after the place; a part such as FLASHBACK stays with the time. Where no
    part names a time, all of it is place.

    Args:
        text: The heading without its number and without a forcing period.
        line: Line in the source, from 1.
        page: Page of the screenplay, from 1.
        number: Scene number as written.
    """
    text = _squeeze(text)
    found = _PREFIX.match(text) if is_heading(text) else None
    setting = _setting(found["setting"]) if found else Setting.UNKNOWN
    rest = text[found.end() :].lstrip(" .") if found else text
    place, time = _place_and_time(rest)
    return Slugline(
        text=text,
        setting=setting,
        place=place,
        time=time,
        number=number,
        line=line,
        page=page,
    )


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _words(upper: str) -> list[str]:
    """Split into words, and at hyphens: MID-MORNING, but not APRÈS-MIDI."""
    return [
        part
        for word in _WORD.findall(upper)
        for part in ([word] if word in TIMES else word.split("-"))
    ]


def _setting(prefix: str) -> Setting:
    if "/" in prefix:
        return Setting.BOTH
    return Setting.INTERIOR if prefix.upper() in INSIDE else Setting.EXTERIOR


def _place_and_time(rest: str) -> tuple[str, str]:
    parts = [part.strip() for part in _DASH.split(f" {rest} ")]
    named = [index > 0 and _is_time(part) for index, part in enumerate(parts)]
    if not any(named):
        return _without_dash(rest)
    timed = [
        is_time or (index > 0 and _is_remark(part))
        for index, (part, is_time) in enumerate(zip(parts, named, strict=True))
    ]
    place = [part for part, is_time in zip(parts, timed, strict=True) if not is_time]
    time = [part for part, is_time in zip(parts, timed, strict=True) if is_time]
    return " - ".join(filter(None, place)), " - ".join(time)


def _without_dash(rest: str) -> tuple[str, str]:
    """Find a time behind a stop or in brackets: `KITCHEN. NIGHT`, `台所（夜）`."""
    bracketed = _BRACKETED_END.match(rest)
    if bracketed and _is_time(bracketed["time"]):
        return bracketed["place"].strip(), bracketed["time"].strip()
    stops = list(_STOP.finditer(rest))
    if stops and _is_time(rest[stops[-1].end() :]):
        return rest[: stops[-1].start()], rest[stops[-1].end() :].strip()
    return rest, ""


def _is_time(part: str) -> bool:
    upper = re.sub(r"[(（][^()（）]*[)）]", " ", part).strip(" .,-").upper()
    if upper in TIME_PHRASES:
        return True
    words = _words(upper)
    return any(word in TIMES for word in words) and all(
        word in TIMES or word in TIME_COMPANIONS or word in REMARKS for word in words
    )


def _is_remark(part: str) -> bool:
    words = _words(part.upper())
    return bool(words) and all(word in REMARKS for word in words)
