"""What a scene's paragraphs say happens, before anything is given time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from previz.direct import names
from previz.direct.actions import Event, Recent, people_named, read_action
from previz.direct.beginnings import SPOKEN, at_work, first_events, initial_states
from previz.direct.cast import SHAPE, Cast, is_heard_only
from previz.direct.entrances import EDGE
from previz.direct.lexicon import CROWDS, Kind
from previz.model import ElementKind, ScriptScene

__all__ = ["Reading", "bodies", "is_crowd", "read_scene"]


@dataclass(frozen=True)
class Reading:
    """What a scene's paragraphs say.

    Attributes:
        events: What happens, by the index of the element that tells it.
        people: Ids of who is seen, in order of importance.
        later: Ids of who comes in only after the scene has begun.
        states: How people are at the start, by id.
        at_work: What people are busy with at the start, by id.
    """

    events: dict[int, tuple[Event, ...]]
    people: tuple[str, ...]
    later: frozenset[str]
    states: dict[str, Event]
    at_work: dict[str, Event]


def bodies(scene: ScriptScene, *, cast: Cast) -> tuple[str, ...]:
    """Return who is seen in a scene, in order of importance."""
    return read_scene(scene, cast).people


def is_crowd(cue: str) -> bool:
    """Whether a cue names a crowd, which is heard and has no body of its own."""
    return bool(set(names.key(cue).lower().split()) & CROWDS)


def read_scene(scene: ScriptScene, cast: Cast) -> Reading:
    """Return what a scene says: who is seen, what they do, and how they begin."""
    speakers: dict[str, int] = {}
    named: dict[str, None] = {}
    events: dict[int, tuple[Event, ...]] = {}
    recent = Recent()
    offstage: set[str] = set()
    for index, element in enumerate(scene.elements):
        voices = cast.voices(element.character)
        if element.kind in SPOKEN and is_heard_only(element):
            offstage.update(v for v in voices if v not in speakers and v not in named)
        elif element.kind in SPOKEN and not is_crowd(element.character):
            for voice in voices:
                speakers[voice] = speakers.get(voice, 0) + 1
                recent = recent.after((voice,), cast)
        elif element.kind is ElementKind.ACTION:
            text = _named(element.text, offstage, cast)
            events[index], recent = read_action(text, cast=cast, recent=recent)
            people = people_named(text, cast=cast)
            named.update(dict.fromkeys(people))
            events[index] = _appearing(people, offstage, events[index])
            offstage.difference_update(people)
    events = _consistent(scene, cast, events)
    events = _coming(scene, cast, events)
    first = first_events(scene, cast, events)
    people = tuple(sorted(speakers, key=lambda s: -speakers[s]))
    people += tuple(n for n in named if n not in speakers)
    later = frozenset(
        p for p, e in first.items() if e is not None and e.kind is Kind.ENTER
    )
    states = initial_states(scene, events, first)
    return Reading(events, people, later, states, at_work(scene, events, first))


def _named(text: str, offstage: set[str], cast: Cast) -> str:
    """Return an action with the name of who was heard for the shape that is seen.

    "A figure stands in the alley. It steps into the light." after a voice means
    whose voice it was.
    """
    found = SHAPE.search(text)
    if found is None or len(offstage) != 1 or people_named(text, cast=cast):
        return text
    (who,) = offstage
    name = next(c.name for c in cast.characters if c.id == who)
    shown = f"{text[: found.start()]}{name}{text[found.end() :]}"
    return re.sub(r"\bIt (?=steps|walks|comes|moves|turns|stands)", f"{name} ", shown)


def _appearing(
    people: tuple[str, ...], offstage: set[str], events: tuple[Event, ...]
) -> tuple[Event, ...]:
    """Return events with entrances of those who were only heard until now.

    Who is seen before doing a step is seen at the edge: "She stands in the alley. She
    steps into the light."
    """
    result = list(events)
    for person in (p for p in people if p in offstage):
        theirs = [e for e in result if person in e.subjects]
        if theirs and theirs[0].kind is Kind.ENTER:
            continue
        steps = any(e.kind in (Kind.ENTER, Kind.CROSS) for e in theirs)
        words = (*EDGE, *theirs[0].words) if steps else ()
        at = result.index(theirs[0]) if theirs else 0
        if at and _turns_to_nothing(result[at - 1]):
            # "They turn. A figure stands in the alley."
            result[at - 1] = replace(result[at - 1], words=theirs[0].words)
        entrance = Event(Kind.ENTER, (person,), words=words, text="comes into view")
        result.insert(at, entrance)
    return tuple(result)


def _turns_to_nothing(event: Event) -> bool:
    return event.kind is Kind.TURN and not (event.target or event.words)


def _coming(
    scene: ScriptScene, cast: Cast, events: dict[int, tuple[Event, ...]]
) -> dict[int, tuple[Event, ...]]:
    """Read who is first heard of walking up, after others have talked, as coming in."""
    talked = False
    told: set[str] = set()
    result = dict(events)
    for index, element in enumerate(scene.elements):
        if element.kind in SPOKEN:
            talked = True
            told.update(cast.voices(element.character))
        found = list(result.get(index, ()))
        for k, event in enumerate(found):
            fresh = talked and not told & set(event.subjects)
            if fresh and event.kind in (Kind.APPROACH, Kind.CROSS):
                found[k] = replace(event, kind=Kind.ENTER, target="")
            told.update(event.subjects)
        if found:
            result[index] = tuple(found)
        if element.kind is ElementKind.ACTION:
            told.update(people_named(element.text, cast=cast))
    return result


def _consistent(
    scene: ScriptScene, cast: Cast, events: dict[int, tuple[Event, ...]]
) -> dict[int, tuple[Event, ...]]:
    """Read exits of people who go on acting or speaking here as what they mean.

    The first thing they do: they come out of somewhere, so they enter. Later: they
    cross the floor.
    """
    last: dict[str, int] = {}
    for index, element in enumerate(scene.elements):
        if element.kind in SPOKEN and not is_heard_only(element):
            last.update(dict.fromkeys(cast.voices(element.character), index))
        last.update({s: index for e in events.get(index, ()) for s in e.subjects})
    done: set[str] = set()
    result: dict[int, tuple[Event, ...]] = {}
    for index, element in enumerate(scene.elements):
        found = []
        for event in events.get(index, ()):
            stays = any(last[s] > index for s in event.subjects)
            comes = not done & set(event.subjects)
            if event.kind is Kind.EXIT and (
                stays or (comes and "out of" in event.text)
            ):
                kind = Kind.ENTER if comes else Kind.CROSS
                event = replace(event, kind=kind)
            done.update(event.subjects)
            found.append(event)
        if index in events:
            result[index] = tuple(found)
        if element.kind in SPOKEN and not is_heard_only(element):
            done.update(cast.voices(element.character))
    return result
