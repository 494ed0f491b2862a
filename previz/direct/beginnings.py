"""What people are doing as a scene begins: read from its first paragraphs."""

from __future__ import annotations

from previz.direct.actions import Event
from previz.direct.cast import Cast, is_heard_only
from previz.direct.lexicon import STATIVE, Kind
from previz.model import ElementKind, ScriptScene

__all__ = ["SPOKEN", "at_work", "first_events", "initial_states"]

SPOKEN = (ElementKind.DIALOGUE, ElementKind.LYRIC)
"""Elements that somebody says."""


def first_events(
    scene: ScriptScene, cast: Cast, events: dict[int, tuple[Event, ...]]
) -> dict[str, Event | None]:
    """Return the first thing that each person does; None for speaking."""
    first: dict[str, Event | None] = {}
    for index, element in enumerate(scene.elements):
        if element.kind in SPOKEN and not is_heard_only(element):
            for voice in cast.voices(element.character):
                first.setdefault(voice, None)
        for event in events.get(index, ()):
            for subject in event.subjects:
                first.setdefault(subject, event)
    return first


def initial_states(
    scene: ScriptScene,
    events: dict[int, tuple[Event, ...]],
    first: dict[str, Event | None],
) -> dict[str, Event]:
    """Return what people are already doing when the scene begins.

    "Ann sits at the table." in the first two paragraphs, before anybody speaks, is
    a state; later it is something that happens.
    """
    states: dict[str, Event] = {}
    paragraphs = 0
    for index, element in enumerate(scene.elements):
        if element.kind in SPOKEN or paragraphs >= 2:
            break
        if element.kind is not ElementKind.ACTION:
            continue
        paragraphs += 1
        for event in events[index]:
            placed = event.kind in STATIVE or (event.kind is Kind.LOOK and event.words)
            if placed:
                for subject in event.subjects:
                    if first.get(subject) is event:
                        states.setdefault(subject, event)
    return states


def at_work(
    scene: ScriptScene,
    events: dict[int, tuple[Event, ...]],
    first: dict[str, Event | None],
) -> dict[str, Event]:
    """Return what people's hands do first as a scene begins: they are there already.

    "Ann slides the last letter into the board." finds her before the board.
    """
    shown = (i for i, e in enumerate(scene.elements) if e.kind is ElementKind.ACTION)
    return {
        subject: event
        for event in events.get(next(shown, -1), ())
        for subject in event.subjects
        if event.kind in (Kind.PUT_DOWN, Kind.HANDLE) and first.get(subject) is event
    }
