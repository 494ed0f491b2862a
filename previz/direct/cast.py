"""Who is in the film: one character for each voice and each person introduced."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from previz.direct import names
from previz.direct.lexicon import (
    AGE_WORDS,
    COLLECTIVES,
    CROWDS,
    DETERMINERS,
    FEMALE,
    FEMALE_NAMES,
    GOWNS,
    IRREGULAR,
    MALE,
    MALE_NAMES,
    NOT_PEOPLE,
    NUMBERS,
    PERSON_NOUNS,
    VERBS,
    word_set,
)
from previz.direct.looks import Hints, look
from previz.model import Character, Element, ElementKind, Screenplay

__all__ = ["SHAPE", "Cast", "Mention", "cast_of", "is_heard_only"]

SHAPE = re.compile(r"\b(?:A|The) (?:\w+ )?(?:figure|shape|silhouette|shadow)\b")
"""Somebody who is seen before the text says who it is."""

_LETTERS = [chr(code) for code in range(ord("A"), 0x0557)]
"""Of Latin, Greek, Cyrillic and Armenian."""
_UPPER = "".join(letter for letter in _LETTERS if letter.isupper())
_LOWER = "".join(letter for letter in _LETTERS if letter.islower())
_CAPS_WORD = rf"[{_UPPER}](?:[{_UPPER}'’.\-]*[{_UPPER}])(?![{_LOWER}])"
_CAPS = re.compile(
    rf"(?<![\w'’]){_CAPS_WORD}(?:[ ]+(?:A[ ])?(?:{_CAPS_WORD}|#?\d+\b))*"
)
_AGE = re.compile(
    r"^[\s,(]*(?:[\w\s]{0,20}?\b)?(early|mid|late)?[\s\-]*(?:(\d)0'?s|(\d{1,2})\b(?!\s*%)|"
    r"(twenties|thirties|forties|fifties|sixties|seventies|eighties))",
    re.I,
)
_KIN = re.compile(r"\s*(?:\([^)]*\))?\s*,\s*(his|her)\s+(?:\w+\s+)?(\w+)", re.I)
"""Whose somebody is: "her nephew" after a name."""
_SPLIT = re.compile(r"\s*(?:&|/|,|\+|\bAND\b)\s*")
_TOLD_WEIGHT, _NAME_WEIGHT, _NEAR_WEIGHT = 6, 4, 2
"""What a noun, a common name and a pronoun beside the name count; others count 1."""
_HEARD_ONLY = re.compile(r"\b(?:V\.?\s?O|O\.?\s?S|O\.?\s?C|ON PHONE|FILTERED)\b", re.I)
_TITLES = word_set(
    "mr mrs ms miss dr doctor detective sergeant officer captain inspector professor "
    "old young little big tall the first second"
)


_SPELT = {"dr": "doctor", "sgt": "sergeant", "capt": "captain"}
"""Titles by which the text may call somebody: DR. OKORO is the doctor."""


@dataclass(frozen=True)
class Mention:
    """A place in a text that names characters; `start` and `end` are offsets."""

    start: int
    end: int
    ids: tuple[str, ...]
    possessive: bool


@dataclass(frozen=True)
class Cast:
    """The characters of a film and the words that mean them.

    Attributes:
        characters: In order of appearance.
        by_key: Character ids by the key of a cue; empty for "BOTH" and the like.
        by_form: Character ids by a lower-case name or part of one.
        told: Ids of those whose gender the text tells.
    """

    characters: tuple[Character, ...]
    by_key: dict[str, tuple[str, ...]]
    by_form: dict[str, tuple[str, ...]]
    told: frozenset[str]
    _pattern: re.Pattern[str] = field(repr=False)

    def voices(self, cue: str) -> tuple[str, ...]:
        """Return who speaks under `cue`; nobody in particular gives ()."""
        return self.by_key.get(names.key(cue), ())

    def femininity(self, character: str) -> float:
        """Return how feminine a character is read, 0 to 1."""
        return next(c.femininity for c in self.characters if c.id == character)

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Return where `text` names characters, in order."""
        found = []
        for match in self._pattern.finditer(text):
            word = match.group(1)
            known = word[0].isupper() or not word[0].isascii()
            if not known and not re.search(
                r"\b(?:the|a|an|this|that|two|three|four|other)\s$",
                text[max(0, match.start() - 8) : match.start()],
                re.I,
            ):
                continue
            ids = self.by_form[word.lower()]
            found.append(
                Mention(match.start(), match.end(1), ids, bool(match.group(2)))
            )
        return tuple(found)


@dataclass
class _Person:
    name: str
    hints: list[str] = field(default_factory=list)
    age: float | None = None
    votes: Counter[str] = field(default_factory=Counter)


def is_heard_only(element: Element) -> bool:
    """Whether a speech comes from somebody who is not in the picture."""
    return bool(_HEARD_ONLY.search(element.extension))


def cast_of(screenplay: Screenplay, *, seed: int) -> Cast:
    """Cast a screenplay: speakers first met first, and people that act in capitals."""
    people: dict[str, _Person] = {}
    groups: dict[str, tuple[str, ...]] = {}
    cues = _cues(screenplay)
    for scene in screenplay.scenes:
        unseen: list[str] = []
        for element in scene.elements:
            if element.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC):
                for part in cues.get(names.key(element.character), ()):
                    people.setdefault(part, _Person(_display(part)))
            elif element.kind is ElementKind.ACTION:
                _introduce(element.text, cues=cues, people=people, groups=groups)
            if is_heard_only(element):
                unseen += (
                    p for p in cues.get(names.key(element.character), ()) if p in people
                )
            elif len(set(unseen)) == 1 and (shape := SHAPE.search(element.text)):
                # "A figure, no more than a hat": what is seen of who was heard.
                told = element.text[shape.start() :].lower().split(". ")[0]
                people[unseen[0]].hints.append(told)
    _vote(screenplay, people)
    characters, by_name = _characters(people, seed=seed)
    forms = _forms(by_name, groups)
    return Cast(
        characters=characters,
        by_key={cue: tuple(by_name[p] for p in parts) for cue, parts in cues.items()},
        by_form=forms,
        told=frozenset(
            by_name[n] for n, p in people.items() if _femininity(n, p) is not None
        ),
        _pattern=_pattern(forms),
    )


def _cues(screenplay: Screenplay) -> dict[str, tuple[str, ...]]:
    """Return the people that each cue means, as keys of people."""
    found: dict[str, tuple[str, ...]] = {}
    single = {
        names.key(e.character)
        for s in screenplay.scenes
        for e in s.elements
        if e.character and not _SPLIT.search(names.key(e.character))
    }
    for scene in screenplay.scenes:
        for element in scene.elements:
            cue = names.key(element.character)
            if not cue or cue in found:
                continue
            parts = [p for p in _SPLIT.split(cue) if p]
            safe = len(parts) > 1 and all(
                p in single or re.fullmatch(r"[^\W\d_]+(?:[ '.\-]+[^\W\d_]+)*", p)
                for p in parts
            )
            if set(cue.lower().split()) <= COLLECTIVES | CROWDS:
                found[cue] = ()
            else:
                found[cue] = tuple(dict.fromkeys(parts)) if safe else (cue,)
    return found


def _display(name: str) -> str:
    """Return a key as a name to read; the words of other scripts stay as they are."""
    return name.title().replace("'S", "'s") if name.isupper() else name


def _introduce(
    text: str,
    *,
    cues: dict[str, tuple[str, ...]],
    people: dict[str, _Person],
    groups: dict[str, tuple[str, ...]],
) -> None:
    if text.isupper():
        return
    runs = list(_CAPS.finditer(text))
    for place, match in enumerate(runs):
        run = names.key(match.group())
        before, after = text[: match.start()], text[match.end() : match.end() + 60]
        run, count = _strip_count(run, before)
        if set(run.lower().split()) <= CROWDS:
            continue
        known = _known(run, cues, people)
        if known is None and not _is_person(run, before, after, count=count):
            continue
        if count > 1:
            single = run.removesuffix("S")
            members = tuple(f"{single} {i + 1}" for i in range(min(count, 8)))
            groups[run.lower()] = members
        else:
            members = (known or run,)
        for member in members:
            person = people.setdefault(member, _Person(_display(member)))
            if known is not None and len(run) > len(person.name):
                person.hints.append(run.lower())
            about = _about(text, runs, place)
            person.hints.append(about.lower())
            _read_gender(person, before, about, name=len(match.group()))
            if place and (kin := _KIN.match(about[len(match.group()) :])):
                earlier = people.get(names.key(runs[place - 1].group()))
                _vote_word(earlier, kin[1].lower(), _NEAR_WEIGHT)
            if person.age is None:
                person.age = _age(before, run, after)


def _strip_count(run: str, before: str) -> tuple[str, int]:
    """Take a leading number off `TWO COPS`, or read it from the word before."""
    words = run.split()
    if len(words) > 1 and words[0].lower() in NUMBERS:
        return " ".join(words[1:]), NUMBERS[words[0].lower()]
    last = re.findall(r"[\w]+", before[-16:])
    count = NUMBERS.get(last[-1].lower(), 1) if last else 1
    while len(words) > 1 and words[0].lower() in DETERMINERS:
        words = words[1:]
    return " ".join(words), count if words[-1].endswith("S") else 1


def _known(
    run: str, cues: dict[str, tuple[str, ...]], people: dict[str, _Person]
) -> str | None:
    """Return the person that `run` already names: MAYA REYES is the cue MAYA."""
    if run in cues:
        return cues[run][0] if len(cues[run]) == 1 else None
    if run in people:
        return run
    for word in run.split():
        if word.lower() not in _TITLES and len(cues.get(word, ())) == 1:
            return cues[word][0]
    titled = [
        parts[0]
        for cue, parts in cues.items()
        if len(parts) == 1 and _untitled(cue) == run and cue != run
    ]
    return titled[0] if len(titled) == 1 else None


def _untitled(cue: str) -> str:
    """Return a cue without its titles: OKORO for DR. OKORO."""
    words = cue.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in _TITLES:
        words = words[1:]
    return " ".join(words)


def _is_person(run: str, before: str, after: str, *, count: int) -> bool:
    words = [w.lower() for w in run.split()]
    if not words or all(w in NOT_PEOPLE for w in words) or len(words) > 4:
        return False
    head = words[-1].lstrip("#")
    head = words[-2] if head.isdigit() and len(words) > 1 else head
    if head in PERSON_NOUNS or (count > 1 and head.removesuffix("s") in PERSON_NOUNS):
        return True
    if any(w in NOT_PEOPLE for w in words):
        return False
    if re.match(r"\s*\((?:\w+[\s\-])?\d{1,2}'?s?\b", after) or re.match(
        r",\s*\d{2}\b", after
    ):
        return True
    if words[0] in FEMALE_NAMES or words[0] in MALE_NAMES:
        return True
    bare = before.rstrip()[-1:] in ("", *".!?—-")
    following = re.match(r"\s+([a-z]+)", after)
    return bare and following is not None and _lemma(following.group(1)) in VERBS


def _lemma(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    for ending in ("s", "es"):
        if word.endswith(ending) and word.removesuffix(ending) in VERBS:
            return word.removesuffix(ending)
    return ""


def _about(text: str, runs: list[re.Match[str]], place: int) -> str:
    """Return what a sentence says of the name at `place`, up to the next name."""
    at = runs[place].start()
    end = text.find(". ", at)
    end = end if end >= 0 else len(text)
    following = [run.start() for run in runs[place + 1 :] if run.start() < end]
    return text[at : min(following, default=end)]


def _vote_word(person: _Person | None, word: str, weight: int) -> None:
    """Count a pronoun for somebody."""
    if person is not None and word in FEMALE | MALE:
        person.votes["f" if word in FEMALE else "m"] += weight


def _read_gender(person: _Person, before: str, about: str, *, name: int) -> None:
    """Count what the words next to a name tell: "his mother, ANN", "ANN, a nurse".

    Args:
        person: Gets the votes.
        before: The text up to the name.
        about: The text from the name on, up to the next.
        name: Letters of the name.
    """
    kin = re.search(r"(\w+),?\s*$", before)
    told = PERSON_NOUNS.get(kin[1].lower()) if kin else None
    own = _KIN.match(about[name:])
    if told is None and own:
        told = PERSON_NOUNS.get(own[2].lower())
    if told is None:
        phrase = re.split(r"\b(?:his|her|their|my)\b", about[name : name + 44].lower())
        nouns = (
            PERSON_NOUNS.get(w) for w in re.findall(r"[a-z]+(?!['’])\b", phrase[0])
        )
        told = next((gender for gender in nouns if gender is not None), None)
    if told is not None:
        person.votes["f" if told > 0.5 else "m"] += _TOLD_WEIGHT
    if own:
        # "DELL, her nephew, comes in behind her": she is somebody else.
        return
    for word in re.findall(r"[a-z]+", about[name:].lower()):
        _vote_word(person, "she" if word in GOWNS else word, _NEAR_WEIGHT)


def _age(before: str, run: str, after: str) -> float | None:
    match = _AGE.match(after) if re.match(r"\s*[(,]", after) else None
    if match:
        shift = {"early": 2.0, "mid": 5.0, "late": 8.0}.get(
            (match[1] or "").lower(), 5.0
        )
        if match[2]:
            return min(110.0, int(match[2]) * 10 + shift)
        if match[3]:
            return min(110.0, max(1.0, float(match[3])))
        return AGE_WORDS[match[4].lower()]
    of = re.search(r"\bof (\w+)\b", after[:24])
    if of and NUMBERS.get(of[1].lower(), 0) > 1:
        return float(NUMBERS[of[1].lower()])
    words = re.findall(r"[\w\-]+", f"{before[-18:]} {run} {after[:24]}".lower())
    return next((AGE_WORDS[w] for w in words if w in AGE_WORDS), None)


def _vote(screenplay: Screenplay, people: dict[str, _Person]) -> None:
    """Count the pronouns that follow a name, per person."""
    forms: dict[str, tuple[str, ...]] = {
        f: (p,) for p in people for f in _name_forms(p)
    }
    if not forms:
        return
    pattern = _pattern(forms)
    for scene in screenplay.scenes:
        for element in scene.elements:
            if element.kind is ElementKind.ACTION:
                _vote_paragraph(element.text, pattern, forms, people)


def _vote_paragraph(
    text: str,
    pattern: re.Pattern[str],
    forms: dict[str, tuple[str, ...]],
    people: dict[str, _Person],
) -> None:
    mentions = [
        (m.start(), forms[m.group(1).lower()][0]) for m in pattern.finditer(text)
    ]
    if len({person for _, person in mentions}) != 1:
        return
    person = people[mentions[0][1]]
    for word in re.findall(r"[a-z]+", text[mentions[0][0] :].lower()):
        if word in FEMALE:
            person.votes["f"] += 1
        elif word in MALE:
            person.votes["m"] += 1


def _name_forms(name: str) -> list[str]:
    """Return the lower-case ways to write a name: whole, and its telling words.

    A sign or a picture that stands for a name is no word to look for.
    """
    if not any(letter.isalnum() for letter in name):
        return []
    whole = name.lower()
    words = [
        _SPELT.get(w, w)
        for w in (word.rstrip(".") for word in whole.split())
        if (w in _SPELT or w not in _TITLES) and len(w) > 1
    ]
    return [whole, *(w for w in words if not w.isdigit() and w not in DETERMINERS)]


def _forms(
    ids: dict[str, str], groups: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    whole = {name.lower(): (identifier,) for name, identifier in ids.items()}
    parts = Counter(f for name in ids for f in set(_name_forms(name)))
    single = {
        form: (identifier,)
        for name, identifier in ids.items()
        for form in _name_forms(name)
        if parts[form] == 1
    }
    many = {form: tuple(ids[m] for m in members) for form, members in groups.items()}
    return single | many | whole


def _pattern(forms: dict[str, tuple[str, ...]]) -> re.Pattern[str]:
    listed = "|".join(re.escape(f) for f in sorted(forms, key=lambda f: (-len(f), f)))
    return (
        re.compile(rf"(?<!\w)({listed})(?!\w)(['’]s?(?!\w))?", re.I)
        if listed
        else re.compile(r"(?!)()()")
    )


def _characters(
    people: dict[str, _Person], *, seed: int
) -> tuple[tuple[Character, ...], dict[str, str]]:
    ids: dict[str, str] = {}
    characters = []
    unwritten = 0
    for index, (name, person) in enumerate(people.items()):
        written = any(letter.isalnum() for letter in name)
        unwritten += not written
        ids[name] = names.unique(
            names.slug(name, fallback="person") if written else f"person-{unwritten}",
            frozenset(ids.values()),
        )
        titles = [_SPELT.get(w.strip("."), "") for w in name.lower().split()]
        told = " ".join([*person.hints, *filter(None, titles)])
        hints = Hints(
            femininity=_femininity(name, person),
            age=person.age if person.age is not None else _age("", name, ""),
            words=frozenset(re.findall(r"[a-z]+", told)),
            text=told,
        )
        characters.append(
            look(ids[name], name=person.name, index=index, hints=hints, seed=seed)
        )
    return tuple(characters), ids


def _femininity(name: str, person: _Person) -> float | None:
    votes = Counter(person.votes)
    for word in re.findall(r"[^\W\d_]+", name.lower()):
        if PERSON_NOUNS.get(word) is not None:
            return PERSON_NOUNS[word]
        if word in FEMALE_NAMES or word in MALE_NAMES:
            votes["f" if word in FEMALE_NAMES else "m"] += _NAME_WEIGHT
            break
    if votes["f"] == votes["m"]:
        return None
    return 1.0 if votes["f"] > votes["m"] else 0.0
