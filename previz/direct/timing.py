"""How long things take, by stated rules.

- Speech: 160 words a minute. Conversational American English runs at 150 to 170
  words a minute (Yuan, Liberman, Cieri, "Towards an integrated understanding of
  speaking rate in conversation", Interspeech 2006); Chinese, Japanese and Korean
  at about 5 written characters a second (broadcasters read 300 a minute).
- Pauses: 0.35 s at a sentence's end, 0.5 s at an ellipsis or a dash, 0.12 s at a
  comma, 1 s for a written beat, 2 s for a long one.
- Action: what the verbs take (a walk is its distance at 1.3 m/s, Bohannon 1997,
  "Comfortable and maximum walking speed"; a sit 1.2 s), and at least 4 words a
  second, so that a full page (about 250 words) plays in about a minute, never
  less than 1.5 s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from previz.direct.lexicon import Kind

__all__ = [
    "EVENT_SECONDS",
    "WALK_M_S",
    "Phrase",
    "action_seconds",
    "phrases",
]

WALK_M_S = 1.3
WORDS_PER_SECOND = 160 / 60
CHARACTERS_PER_SECOND = 5.0
ACTION_WORDS_PER_SECOND = 4.0
SHORTEST_ACTION_S = 1.5
SHORTEST_SPEECH_S = 1.0
LONGEST_BREATH_S = 5.0
"""A longer sentence is taken in two breaths, at a comma."""
BREATH_S = 0.25
"""Before and after a speech."""

EVENT_SECONDS: dict[Kind, float] = {
    Kind.SIT: 1.2,
    Kind.STAND: 1.2,
    Kind.LEAN: 1.0,
    Kind.CROUCH: 1.2,
    Kind.LIE: 2.0,
    Kind.TURN: 0.8,
    Kind.LOOK: 1.0,
    Kind.PICK_UP: 1.5,
    Kind.PUT_DOWN: 1.4,
    Kind.HAND_OVER: 1.6,
    Kind.OFFER: 1.4,
    Kind.CARRY: 1.2,
    Kind.HANDLE: 1.5,
    Kind.DROP: 1.2,
    Kind.THROW: 1.6,
    Kind.POUR: 2.2,
    Kind.DRINK: 1.8,
    Kind.READ: 2.2,
    Kind.PHONE: 1.8,
    Kind.OPEN: 1.5,
    Kind.CLOSE: 1.4,
    Kind.KNOCK: 1.5,
    Kind.PUSH: 1.4,
    Kind.POINT: 1.4,
    Kind.TOUCH: 1.5,
    Kind.SHAKE_HANDS: 1.8,
    Kind.WAVE: 1.5,
    Kind.NOD: 1.0,
    Kind.SHAKE_HEAD: 1.3,
    Kind.SHRUG: 1.2,
    Kind.DESPAIR: 2.2,
    Kind.GATHER: 1.0,
    Kind.LINE_UP: 1.0,
    Kind.FEEL: 1.2,
    Kind.EMBRACE: 2.0,
    Kind.STOP: 0.8,
    Kind.REVEAL: 2.5,
    Kind.INSERT: 1.8,
    Kind.SHINE: 2.4,
}
"""Seconds of what does not travel."""

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f]")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_SENTENCE = re.compile(
    r".+?(?:(?:(?<![.!?…])|(?<=^[.!?…]))[.!?…]++[\"”’)]*+(?=\s|$)|[。！？]+[」』]?|--(?=\s|$)|$)",
    re.S,
)
_LONG_PAUSE = re.compile(r"long (?:beat|pause|silence)", re.I)
_PAUSE = re.compile(r"\b(?:beat|pause|pauses|silence|hesitates|sighs)\b", re.I)


@dataclass(frozen=True)
class Phrase:
    """A sentence of a speech and how long it takes, its closing pause included."""

    text: str
    seconds: float


def phrases(text: str, *, parenthetical: str = "") -> tuple[Phrase, ...]:
    """Split a speech at its sentence ends and time each sentence.

    A pause in the parenthetical comes before the first; a breath starts and ends
    the speech. The parts last at least `SHORTEST_SPEECH_S` together.
    """
    noted = " ".join(re.findall(r"[(（]([^()（）]*)[)）]", text))
    clean = re.sub(r"[(（][^()（）]*[)）]", " ", text)
    sentences = [p.strip() for p in _SENTENCE.findall(clean) if p.strip()]
    parts = [q for p in sentences or [clean.strip()] for q in _breaths(p)]
    seconds = [_words_seconds(part) + _pause_seconds(part) for part in parts]
    seconds[0] += BREATH_S + _written_pause(f"{parenthetical} {noted}")
    seconds[-1] += BREATH_S
    short = max(0.0, SHORTEST_SPEECH_S - sum(seconds))
    seconds[-1] += short
    return tuple(Phrase(p, s) for p, s in zip(parts, seconds, strict=True))


def _breaths(sentence: str) -> list[str]:
    """Split a sentence that outlasts a breath at the comma nearest to its middle."""
    commas = [m.end() for m in re.finditer(r"[,;:、，](?=\s|\w)", sentence)]
    if _words_seconds(sentence) < LONGEST_BREATH_S or not commas:
        return [sentence]
    middle = len(sentence) / 2
    at = min(commas, key=lambda c: abs(c - middle))
    first, second = sentence[:at].strip(), sentence[at:].strip()
    return [*_breaths(first), *_breaths(second)] if first and second else [sentence]


def action_seconds(text: str) -> float:
    """Return the least time a paragraph of action takes, by its words, in seconds."""
    spoken = _words_seconds(text) * WORDS_PER_SECOND / ACTION_WORDS_PER_SECOND
    return max(SHORTEST_ACTION_S, spoken)


def _words_seconds(text: str) -> float:
    dense = len(_CJK.findall(text))
    words = len(_WORD.findall(_CJK.sub(" ", text)))
    return words / WORDS_PER_SECOND + dense / CHARACTERS_PER_SECOND


def _pause_seconds(text: str) -> float:
    trailing = len(re.findall(r"\.{3,}|…+|-{2,}|—+", text))
    commas = len(re.findall(r"[,;:、，]", text))
    ends = 1 if re.search(r"[.!?。！？][\"”’)」』]*$", text) else 0
    return 0.5 * trailing + 0.12 * commas + 0.35 * ends


def _written_pause(text: str) -> float:
    if _LONG_PAUSE.search(text):
        return 2.0
    return 1.0 if _PAUSE.search(text) else 0.0
