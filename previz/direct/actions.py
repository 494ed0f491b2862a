"""Read sentences of action into events: who does what, to whom, where.

English by rule, on purpose shallow: a clause has a subject (a name, a pronoun, "they",
"the two", or the last subject), a verb of the tables, and an object (a person or the
words that may name a spot). What is negated, or what things do, is no event. Another
language gives no events and is still timed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from previz.direct.besides import carried, feeling_of, in_both_hands
from previz.direct.cast import Cast, Mention
from previz.direct.lexicon import (
    ABSENCES,
    DETERMINERS,
    NEGATIONS,
    NOT_PEOPLE,
    NUMBERS,
    PACE_WORDS,
    PACES_M_S,
    PERSON_NOUNS,
    RESTING,
    RUNNING,
    STATIVE,
    VERBS,
    Kind,
    word_set,
)
from previz.direct.objects import Object, object_of
from previz.direct.reference import Recent, owner, subjects_of, target_of
from previz.direct.refining import ASLEEP, BODY_PARTS, TO, refine, rests_as
from previz.direct.timing import WALK_M_S
from previz.direct.verbs import WORD, plain

__all__ = ["Event", "Recent", "nouns", "people_named", "read_action", "sentences"]

_SENTENCE = re.compile(
    r"(?:\b(?:Dr|Mr|Mrs|Ms|Sgt|Capt|Lt|Prof)\.(?= )|[^.!?。！？\n])+[.!?。！？]*", re.I
)
"""A sentence; the point after a title ends none."""
_CLAUSE = re.compile(
    r"(?:[,;:]|--|—|–|\bthen\b|\band\b|\bas\b|\bwhile\b|\bbefore\b|\bto\b(?=\s+reveal))\s*",
    re.I,
)
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
_CAPS = re.compile(r"(?<![\w'’])[A-Z]{2}[A-Z\-]*(?:[ ]+[A-Z]{2}[A-Z\-]*)*(?![\w])")
_INSERT = re.compile(
    r"\b(?:INSERT|CLOSE ON|CLOSE-UP|CLOSEUP|ECU|EXTREME CLOSE(?:-| )UP|ANGLE ON)\b"
    r"[\s:\-–—]*(?:OF|ON)?\s*(.*)"
)
_SHINES = re.compile(
    r"\s*(?:(?:and|now|then|suddenly)\s)?(?:(?:above|across|behind|below|beyond|high|"
    r"in|on|opposite|outside|over|up)\b[^,]*,\s)*(?:the|an?|one|another|its|that)\s"
    r"((?:[\w-]+\s){0,3}?(?:square|pane|window|booth))"
    r"(?:\s(?:of|in|above|across|over)\s[\w' ]+?)?\s(?:is |starts to |begins to )?"
    r"(lights? up|lit|flickers?|blinks?|glows?|comes? on|goes? (?:out|dark))\b",
    re.I,
)
"""What glass does by itself: "the small square of glass lights up"."""
_STOPWORDS = word_set(
    "with from through him her them his their its it there here other another who "
    "slowly quickly carefully"
)
_BE = word_set("is are was were be been being gets")
_WE_SEE = re.compile(
    r"\s*(?:we (?:see|find|discover|reveal|meet)|there(?:'s| is))\s", re.I
)
_PICTURED = re.compile(
    r"\s*(?:on|in) the (?:film|screen|tape|photo|photograph|picture|tv|painting)"
    r"\s*[:,]",
    re.I,
)
"""A paragraph that says what a picture shows: nobody here does it."""
_NOUNS_TOO = word_set(
    "hand hands eye eyes head face back point light phone drink place"
)
_HEADS = word_set("on in behind at over round around under above beside")
_AT_A_RUN = {"at", "run"}
_OWNED = (Kind.TOUCH, Kind.PUT_DOWN, Kind.EMBRACE, Kind.SHAKE_HANDS)
_WITH = (Kind.ENTER, Kind.EXIT, Kind.CROSS, Kind.APPROACH, Kind.STAND, Kind.SIT)
_ALSO_HAS = re.compile(
    r"\s*(?:an?|his|her|their)\s+(?:[\w-]+\s+){0,2}?[\w-]+[.]?$", re.I
)
"""The rest of "enters with a lantern and a saddlebag"."""
_WHERE = re.compile(r"\s*(?:in|on|at|by|under|against)\s", re.I)


_NOTHING = Object()


@dataclass(frozen=True)
class Event:
    """Something that happens.

    Attributes:
        kind: What.
        subjects: Ids of who does it; empty for a reveal or an insert of a thing.
        target: Id of the person it is done to, or empty.
        words: Lower-case words of the object, for finding a spot or a set piece.
        running: Whether it is done at a run.
        text: The clause.
        verb: The plain form of its verb.
        object: What it is done to and where, cut from the words after the verb.
        pace_m_s: How fast who does it walks.
        carries: A noun for what the subjects have with them, or empty.
        by_elbow: Whether that lies by their elbow, on the table they sit at.
        both_hands: Whether both hands hold it.
        feeling: Emotion and strength that it shows, if any.
        quiet: Whether it only says what somebody has or feels and takes no time.
    """

    kind: Kind
    subjects: tuple[str, ...] = ()
    target: str = ""
    words: tuple[str, ...] = ()
    running: bool = False
    text: str = ""
    verb: str = ""
    object: Object = _NOTHING
    pace_m_s: float = WALK_M_S
    carries: str = ""
    by_elbow: bool = False
    both_hands: bool = False
    feeling: tuple[str, float] | None = None
    quiet: bool = False


def read_action(
    text: str, *, cast: Cast, recent: Recent
) -> tuple[tuple[Event, ...], Recent]:
    """Read one paragraph; return its events in order and who was spoken of last."""
    events: list[Event] = []
    if _PICTURED.match(text):
        return (), recent
    for sentence in _SENTENCE.findall(text):
        found, recent = _read_sentence(sentence.strip(), cast=cast, recent=recent)
        shown = text.isupper() or any(e.kind is Kind.INSERT for e in (*events, *found))
        things = [] if shown else _things_in_capitals(sentence, cast)
        # A thing is seen before whoever has it leaves.
        leaves = next((i for i, e in enumerate(found) if e.kind is Kind.EXIT), None)
        at = len(found) if leaves is None else leaves
        events.extend((*found[:at], *things, *found[at:]))
    return _offered_to(events), recent


def _offered_to(events: list[Event]) -> tuple[Event, ...]:
    """Return the events with offers made to whoever acts on them next.

    "Ann holds out the can. Bo looks at it." offers it to Bo.
    """
    result = list(events)
    for index, (event, after) in enumerate(pairwise(events)):
        others = [s for s in after.subjects if s not in event.subjects]
        if event.kind is Kind.OFFER and not event.target and others:
            result[index] = replace(event, target=others[0])
    return tuple(result)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph."""
    return tuple(s.strip() for s in _SENTENCE.findall(text) if s.strip())


def people_named(text: str, *, cast: Cast) -> tuple[str, ...]:
    """Return who a paragraph says is there: named, not as an owner, not in a photo."""
    found: dict[str, None] = {}
    words = [(m.end(), m.group().lower()) for m in WORD.finditer(text)]
    ends = [end for end, _ in words]
    for mention in cast.mentions(text):
        at = bisect_right(ends, mention.start)
        before = [word for _, word in words[max(0, at - 3) : at]]
        if not mention.possessive and not set(before) & ABSENCES:
            found.update(dict.fromkeys(mention.ids))
    return tuple(found)


def nouns(text: str) -> frozenset[str]:
    """Return lower-case words that stand where nouns stand: after a determiner."""
    found: set[str] = set()
    words = [w.lower() for w in WORD.findall(text)]
    for index, word in enumerate(words):
        if word in DETERMINERS or word in ("at", "on", "into", "behind"):
            found.update(
                w for w in words[index + 1 : index + 4] if w not in DETERMINERS
            )
    return frozenset(w.removesuffix("'s") for w in found)


def _read_sentence(
    sentence: str, *, cast: Cast, recent: Recent
) -> tuple[list[Event], Recent]:
    shown = _insert_or_shine(sentence, cast)
    if shown is not None:
        return [shown], recent
    events: list[Event] = []
    listed: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    for clause in _CLAUSE.split(_ASIDE.sub(" ", sentence)):
        clause = clause.rstrip()
        if seen := _WE_SEE.match(clause):
            clause = clause[seen.end() :]
        event, recent = _read_clause(clause, cast=cast, recent=recent, where=where)
        if event is not None and _known_to_rest(event, events):
            continue
        event = _with_the_rest(clause, event, events, recent)
        if event is None and _WHERE.match(clause):
            # "In the armchair, Ann dozes": where comes before who.
            where = _content_words(clause, ())
        if event is not None and recent.subject == event.subjects and listed:
            # "Ann, Bob and Cid sit": the names before the verb's clause join in.
            joined = tuple(dict.fromkeys((*listed, *event.subjects)))
            doers = tuple(s for s in joined if s != event.target)
            event = replace(event, subjects=doers)
            recent = replace(recent, subject=joined)
        if event is not None:
            events.append(event)
            listed = () if not event.quiet else listed
        elif recent.subject and _starts_with_name(clause, cast):
            listed = tuple(dict.fromkeys((*listed, *recent.subject)))
    return events, recent


def _insert_or_shine(sentence: str, cast: Cast) -> Event | None:
    """Return what a whole sentence shows: an insert, or a light that does something."""
    insert = _INSERT.search(sentence)
    if insert and insert.group(1):
        named = people_named(insert.group(1), cast=cast)
        words = _content_words(insert.group(1), ())
        return Event(Kind.INSERT, (), named[0] if named else "", words, text=sentence)
    shine = _SHINES.match(sentence)
    if shine:
        words = _content_words(shine.group(1), ())
        verb = _shining(shine.group(2))
        return Event(Kind.SHINE, (), "", words, text=sentence, verb=verb)
    return None


def _shining(said: str) -> str:
    """Return what a light does by how it is said: light, shine, flicker or darken."""
    first = said.lower().split()[0].removesuffix("s").removesuffix("e")
    if first in ("light", "com"):
        return "light"
    return {"flicker": "flicker", "blink": "flicker", "go": "darken"}.get(
        first, "shine"
    )


def _with_the_rest(
    clause: str, event: Event | None, events: list[Event], recent: Recent
) -> Event | None:
    """Return the event with what the clause says of hands and faces besides.

    Where the clause tells nothing else, that goes to the sentence's last event of
    the same people, or is an event that takes no time.
    """
    has, felt = carried(clause), feeling_of(clause)
    second = events and events[-1].carries and _ALSO_HAS.match(clause)
    if event is None and second and not has:
        noun = object_of([w.lower() for w in WORD.findall(clause)]).thing
        who = events[-1].subjects
        return Event(Kind.FEEL, who, text=clause, carries=noun, quiet=True)
    besides = Event(
        Kind.FEEL,
        recent.subject,
        text=clause,
        carries=has,
        by_elbow=bool(has) and "elbow" in clause,
        both_hands=bool(has) and in_both_hands(clause),
        feeling=felt,
        quiet=True,
    )
    if event is not None:
        return _having(event, besides, event)
    if not (has or felt) or not recent.subject:
        return None
    if events and events[-1].subjects == recent.subject:
        events[-1] = _having(events[-1], events[-1], besides)
        return None
    return besides


def _having(event: Event, first: Event, second: Event) -> Event:
    """Return an event with what two say of hands and faces; the first counts more."""
    return replace(
        event,
        carries=first.carries or second.carries,
        by_elbow=first.by_elbow or second.by_elbow,
        both_hands=first.both_hands or second.both_hands,
        feeling=first.feeling or second.feeling,
    )


def _known_to_rest(event: Event, events: list[Event]) -> bool:
    """Whether "asleep" adds to a posture that the sentence has told already."""
    return event.words == ASLEEP and any(
        e.kind in STATIVE and set(e.subjects) & set(event.subjects) for e in events
    )


def _starts_with_name(clause: str, cast: Cast) -> bool:
    return any(m.start < 4 and not m.possessive for m in cast.mentions(clause)[:1])


@dataclass(frozen=True)
class _Told:
    """A clause whose verb is found, and who does it.

    Attributes:
        text: The clause.
        words: Its words in lower case, each with its offset.
        at: Index of the verb among them.
        subjects: Ids of who does it.
        after: Mentions of people after the verb, who do not do it.
        where: Words that told earlier where it is.
    """

    text: str
    words: list[tuple[int, str]]
    at: int
    subjects: tuple[str, ...]
    after: list[Mention]
    where: tuple[str, ...]

    @property
    def verb(self) -> str:
        """Plain form of the verb."""
        return plain(self.words[self.at][1])

    @property
    def tail(self) -> list[str]:
        """The words after the verb."""
        return [word for _, word in self.words[self.at + 1 :]]

    @property
    def negated(self) -> bool:
        """Whether it is said not to happen."""
        before = self.words[max(0, self.at - 4) : self.at]
        return bool({word for _, word in before} & NEGATIONS)

    @property
    def passive(self) -> bool:
        """Whether it is done to the subject."""
        return _passive(self.words, self.at)


def _read_clause(
    clause: str, *, cast: Cast, recent: Recent, where: tuple[str, ...] = ()
) -> tuple[Event | None, Recent]:
    """Read one clause; return its event, if it has one, and who was spoken of last."""
    mentions = tuple(m for m in cast.mentions(clause) if not m.possessive)
    named = tuple(dict.fromkeys(i for m in mentions for i in m.ids))
    words = [
        (m.start(), m.group().lower().replace("’", "'")) for m in WORD.finditer(clause)
    ]
    spoken = recent.after(named, cast)
    at = _verb_at(words, mentions)
    if at is None or _only_describes(words, at, mentions, recent, where=where):
        alone = bool(mentions) and mentions[0].start < 4
        return None, replace(spoken, subject=named) if alone else spoken
    offset, token = words[at]
    kind = VERBS[plain(token)]
    before = [m for m in mentions if m.start < offset]
    after = [m for m in mentions if m.start > offset]
    subjects = subjects_of(words[:at], before, recent)
    if not before and after and kind in STATIVE and _WHERE.match(clause):
        # "On the sofa sits Ann."
        subjects, after = after[0].ids, after[1:]
        where = _content_words(clause[:offset], ())
    if not subjects and kind in (Kind.ENTER, Kind.MOVE) and after and not words[:at]:
        subjects, after = after[0].ids, after[1:]
    if not subjects and kind is not Kind.REVEAL:
        # "The road comes and goes": what a thing does, nobody does after it.
        return None, replace(spoken, subject=())
    told = _Told(clause, words, at, subjects, after, where)
    if told.negated:
        return None, spoken
    return _happens(told, cast=cast, recent=recent, spoken=spoken)


def _happens(
    told: _Told, *, cast: Cast, recent: Recent, spoken: Recent
) -> tuple[Event | None, Recent]:
    """Return the event of a clause: what it comes to, to whom and with what.

    Args:
        told: The clause.
        cast: Who everybody is.
        recent: Who was spoken of last before the clause.
        spoken: The same after it.
    """
    verb, tail, subjects = told.verb, told.tail, told.subjects
    kind = VERBS[verb]
    target = target_of(tail, told.after, subjects, recent, cast)
    done_to = object_of(_without(told.words[told.at + 1 :], told.text, cast))
    if tail[:1] == ["by"] and target and told.passive:
        subjects, target = (target,), subjects[0] if subjects else ""
    elif told.passive and kind not in (Kind.SIT, Kind.REVEAL, Kind.LIE):
        return None, spoken
    if kind in STATIVE:
        tail = [*tail, *told.where]
    refined, words_after = refine(kind, verb, tail, done_to, target=target)
    if refined is None:
        return None, replace(spoken, subject=subjects)
    if not target and refined in _OWNED:
        said = told.text[told.words[told.at][0] :]
        target = owner(tail, said, subjects, recent, cast)
    if not target and refined is Kind.HAND_OVER:
        # "He gives back the canteen": to whoever else was spoken of last.
        others = (p for p in reversed(spoken.present) if p not in subjects)
        target = next(others, "")
    event = Event(
        refined,
        tuple(s for s in subjects if s != target),
        target,
        _about(told, refined, words_after, done_to),
        running=verb in RUNNING or set(tail) >= _AT_A_RUN,
        text=told.text,
        verb=verb,
        object=done_to,
        pace_m_s=_pace(verb, told.words),
        carries=_brought(refined, done_to),
    )
    if refined is not Kind.REVEAL and not event.subjects:
        return None, spoken
    return event, replace(spoken, subject=subjects or recent.subject)


def _about(
    told: _Told, kind: Kind, after: Sequence[str], done_to: Object
) -> tuple[str, ...]:
    """Return the words that may name a spot or a piece, nobody's name among them."""
    words = _content_words(" ".join(after), _spans_words(told.after, told.text))
    if done_to.after("behind") and kind in (*_WITH, Kind.CROUCH, Kind.LEAN):
        return ("behind", *words)
    return words


def _pace(verb: str, words: list[tuple[int, str]]) -> float:
    pace = PACES_M_S.get(verb, WALK_M_S)
    if {word for _, word in words} >= _AT_A_RUN:
        pace = PACES_M_S["run"]
    for _, word in words:
        pace *= PACE_WORDS.get(word, 1.0)
    return round(pace, 2)


def _brought(kind: Kind, done_to: Object) -> str:
    """Return what somebody comes or stands "with"."""
    words = done_to.after("with")
    if kind not in _WITH or not words or words[-1] in BODY_PARTS:
        return ""
    return words[-1]


def _without(words: list[tuple[int, str]], clause: str, cast: Cast) -> tuple[str, ...]:
    """Return words that are part of nobody's name."""
    spans = [(m.start, m.end) for m in cast.mentions(clause)]
    return tuple(w for at, w in words if not any(a <= at < b for a, b in spans))


def _verb_at(words: list[tuple[int, str]], mentions: tuple[Mention, ...]) -> int | None:
    """Return the index of the clause's verb: the first that is no noun here."""
    names_at = {m.start for m in mentions}
    for index, (offset, word) in enumerate(words):
        if offset in names_at or not plain(word):
            continue
        before = words[index - 1][1] if index else ""
        group = (
            before in NUMBERS and index > 1 and words[index - 2][1] in ("the", "all")
        )
        determined = before in DETERMINERS and not group
        if determined or before in ("of", "at", "in", "on"):
            continue
        if word in _NOUNS_TOO and _is_noun(words, index, before):
            continue
        if (
            word.endswith("ing")
            and index
            and before.endswith("ly") is False
            and before in PERSON_NOUNS
        ):
            continue
        return index
    return None


def _is_noun(words: list[tuple[int, str]], index: int, before: str) -> bool:
    """Whether a word such as "hands" is a thing here: "both hands round a cup"."""
    after = words[index + 1][1] if index + 1 < len(words) else ""
    owned = before.endswith("'s") or before in ("both", "with", "empty", "bare")
    return owned or (index == 0 and after in _HEADS)


def _only_describes(
    words: list[tuple[int, str]],
    at: int,
    mentions: tuple[Mention, ...],
    recent: Recent,
    *,
    where: tuple[str, ...],
) -> bool:
    """Whether a word of rest is of a thing: "hair tucked under a cap"."""
    offset, token = words[at]
    verb = plain(token)
    if verb not in RESTING:
        return False
    tail = [*(w for _, w in words[at + 1 :]), *where]
    named = list(mentions) if not words[:at] else []
    before = [m for m in mentions if m.start < offset] or named
    somebody = subjects_of(words[:at], before, recent)
    return not somebody or rests_as(verb, tail)[0] is None


def _passive(words: list[tuple[int, str]], at: int) -> bool:
    token = words[at][1]
    earlier = {w for _, w in words[max(0, at - 2) : at]}
    return bool(earlier & _BE) and not token.endswith("ing") and token not in VERBS


def _spans_words(mentions: list[Mention], clause: str) -> tuple[str, ...]:
    return tuple(
        w.lower() for m in mentions for w in WORD.findall(clause[m.start : m.end])
    )


def _content_words(text: str, without: tuple[str, ...]) -> tuple[str, ...]:
    words = (w.lower().replace("’", "'").removesuffix("'s") for w in WORD.findall(text))
    return tuple(
        w
        for w in words
        if w not in DETERMINERS
        and w not in TO
        and w not in _STOPWORDS
        and w not in without
        and w not in ("of", "on", "and", "a", "down")
    )[:6]


def _things_in_capitals(text: str, cast: Cast) -> list[Event]:
    """Return an insert for the first thing that is written in capitals."""
    taken = [(m.start, m.end) for m in cast.mentions(text)]
    for match in _CAPS.finditer(text):
        words = match.group().lower().split()
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        if any(w in NOT_PEOPLE or plain(w) or w in PERSON_NOUNS for w in words):
            continue
        return [Event(Kind.INSERT, (), "", tuple(words), text=match.group())]
    return []
