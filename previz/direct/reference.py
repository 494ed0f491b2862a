"""Who is meant: the subject of a verb, whom it is done to, and pronouns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from previz.direct.cast import Cast, Mention
from previz.direct.lexicon import DETERMINERS, NUMBERS, word_set
from previz.direct.refining import TO

__all__ = ["Recent", "owner", "subjects_of", "target_of"]

_THEY = word_set("they them")
_NO_SUBJECT = word_set(
    "is are still fast sound now just again but who then starts begins to up out back"
)
"""Words before a verb that name nobody."""


@dataclass(frozen=True)
class Recent:
    """Who the next pronoun means."""

    subject: tuple[str, ...] = ()
    him: str = ""
    her: str = ""
    present: tuple[str, ...] = ()

    def after(self, ids: tuple[str, ...], cast: Cast) -> Recent:
        """Return the state after `ids` were named."""
        him, her = self.him, self.her
        for identifier in ids:
            feminine = cast.femininity(identifier) > 0.5
            known = her if feminine else him
            if identifier not in cast.told and known in cast.told:
                continue
            if feminine:
                her = identifier
            else:
                him = identifier
        present = tuple(dict.fromkeys((*self.present, *ids)))
        return replace(self, him=him, her=her, present=present)


def subjects_of(
    before: list[tuple[int, str]], mentions: list[Mention], recent: Recent
) -> tuple[str, ...]:
    """Return who does it, by the words before a verb and the names among them."""
    if mentions:
        return tuple(dict.fromkeys(i for m in mentions for i in m.ids))
    words = [w for _, w in before]
    if "he" in words:
        return (recent.him,) if recent.him else recent.subject
    if "she" in words:
        return (recent.her,) if recent.her else recent.subject
    if set(words) & _THEY or words[:2] == ["the", "two"] or words[:1] == ["both"]:
        return recent.subject if len(recent.subject) > 1 else recent.present[-2:]
    if words[:1] in (["everyone"], ["everybody"], ["all"]):
        return recent.present
    if words[:1] in (["the"], ["all"]) and words[1:2] and words[1] in NUMBERS:
        return recent.present[-NUMBERS[words[1]] :]
    told = [w for w in words if not w.endswith("ly") and w not in _NO_SUBJECT]
    return () if told else recent.subject


def target_of(
    tail: list[str],
    after: list[Mention],
    subjects: tuple[str, ...],
    recent: Recent,
    cast: Cast,
) -> str:
    """Return whom it is done to, by the words after a verb and the names there."""
    for mention in after:
        others = [i for i in mention.ids if i not in subjects]
        if others:
            return others[0]
    near = tail[:6]
    # "follows her in", but "her in-laws" and "her bag" are hers.
    along = tail[:-1] if tail[-1:] in (["in"], ["out"], ["inside"]) else tail
    ends = {
        w
        for w, following in zip(near, [*along[1:6], "to"], strict=False)
        if w in ("him", "her", "them") and following in TO | DETERMINERS
    }
    if "him" in near:
        return _other("him", subjects, recent, cast)
    if "her" in ends and (along[-1:] == ["her"] or near[0] == "her"):
        return _other("her", subjects, recent, cast)
    if "them" in near or ("each" in near and "other" in near):
        return next((p for p in reversed(recent.present) if p not in subjects), "")
    return ""


def owner(
    tail: list[str],
    after: str,
    subjects: tuple[str, ...],
    recent: Recent,
    cast: Cast,
) -> str:
    """Return whose shoulder or hand it is."""
    for mention in cast.mentions(after):
        others = [i for i in mention.ids if i not in subjects]
        if mention.possessive and others:
            return others[0]
    for word in tail:
        if word in ("his", "her", "their"):
            return _other(word, subjects, recent, cast)
    return ""


def _other(word: str, subjects: tuple[str, ...], recent: Recent, cast: Cast) -> str:
    """Return who "him" or "her" is when it is none of the subjects."""
    if word in ("him", "his") and recent.him not in subjects:
        return recent.him
    if word == "her" and recent.her not in subjects:
        return recent.her
    feminine = word == "her"
    for person in reversed(recent.present):
        alike = word in ("their", "them") or (cast.femininity(person) > 0.5) == feminine
        if person not in subjects and alike:
            return person
    return ""
