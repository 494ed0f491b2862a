"""A script scene played out in time: beats, marks, and the moments worth a shot."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from previz.direct.actions import Event, people_named, sentences
from previz.direct.beginnings import SPOKEN
from previz.direct.blocking import Company
from previz.direct.cast import Cast, is_heard_only
from previz.direct.floor import Floor, apart_m
from previz.direct.laid_out import things_told
from previz.direct.lexicon import Kind
from previz.direct.signs import BOARD, told_lettering
from previz.direct.timing import action_seconds, phrases
from previz.direct.understanding import Reading, is_crowd, read_scene
from previz.model import (
    Beat,
    Blocking,
    Element,
    ElementKind,
    Prop,
    Rate,
    ScriptScene,
    Swing,
)

__all__ = ["Moment", "Staged", "play_scene"]

_SHOWN = (ElementKind.ACTION, ElementKind.CENTERED)
_TAIL_S = 0.75
_LEFT_S = 0.4
"""How long a scene goes on after somebody has left the picture."""
_EMPTY_S = 4.0
_SHORTEST_SCENE_S = 3.0
_TO_THE_CUT = re.compile(
    r"(?:(?:(?:END(?: OF)?|RESUME) )?"
    r"(?:MONTAGE|SERIES OF SHOTS|INTERCUT(?:TING)?|FLASHBACKS?)\b[^a-z\n]*"
    r"|(?:BACK TO|END) [A-Z][^a-z\n]*|SUPER(?:IMPOSE)?:.*|TITLE(?: CARD)?:.*)$"
)
"""Paragraphs that tell the cut what to do, or what is lettered over it: no time."""
_STANDS_OPEN = re.compile(
    r"\bdoors? (?:stands?|hangs?|is|are|yawns?) (?:\w+ )?open\b", re.I
)
_PEAK = re.compile(r"[!！]|\.{3}|…|--\s*$")


@dataclass(frozen=True)
class Moment:
    """A stretch of a scene that one picture can hold: a sentence or an event.

    Attributes:
        start: First frame, in the scene.
        end: The frame after the last.
        beat: Id of the beat it belongs to.
        speaker: Id of who speaks and is seen; empty for action and for voices.
        addressee: Id of who is spoken to and is seen, or empty.
        event: What happens, for action.
        people: Ids of who it is about, all of them here.
        spoken: Whether it is speech.
        peak: Whether it carries strong feeling.
        text: The sentence.
        also: Ids of the beats that others speak at the same time.
        contact: Frame at which a hand touches what the event is about, if one does.
    """

    start: int
    end: int
    beat: str
    speaker: str = ""
    addressee: str = ""
    event: Event | None = None
    people: tuple[str, ...] = ()
    spoken: bool = False
    peak: bool = False
    text: str = ""
    also: tuple[str, ...] = ()
    contact: int | None = None


@dataclass(frozen=True)
class Staged:
    """A scene in time, before any camera.

    Attributes:
        beats: With their frames.
        blocking: Marks of everybody who is seen.
        moments: What pictures can hold, without gap from frame 0 to the end.
        length_frames: Of the scene.
        notes: Transitions and directions to the cut, each with its frame.
        props: What hands move.
        swings: What opens and shuts.
        moved: Ids of the set's pieces that are props here.
    """

    beats: tuple[Beat, ...]
    blocking: tuple[Blocking, ...]
    moments: tuple[Moment, ...]
    length_frames: int
    notes: tuple[tuple[int, str], ...]
    props: tuple[Prop, ...] = ()
    swings: tuple[Swing, ...] = ()
    moved: frozenset[str] = frozenset()


def play_scene(
    scene: ScriptScene,
    *,
    cast: Cast,
    floor: Floor,
    rate: Rate,
    prefix: str,
    driver: str = "",
    seed: int = 0,
    earlier: frozenset[str] = frozenset(),
) -> Staged:
    """Play a scene from its first frame to its last.

    Args:
        scene: As written.
        cast: Who everybody is.
        floor: Where they can be.
        rate: Frames a second.
        prefix: Start of the beats' ids.
        driver: Id of who has the wheel, inside a vehicle; empty if nobody tells.
        seed: Varies how the things look that people hold.
        earlier: Nouns that the film has told of before this scene.
    """
    reading = _with_boards(read_scene(scene, cast), scene, floor)
    if floor.vehicle and driver in reading.people:
        reading = _at_the_wheel(reading, driver)
    company = Company(floor, rate=rate, seed=seed)
    company.start(
        [p for p in reading.people if p not in reading.later],
        {**reading.at_work, **reading.states},
    )
    told = [e.text for e in scene.elements if e.kind is ElementKind.ACTION]
    if any(_STANDS_OPEN.search(text) for text in told):
        company.leave_doors_open()
    company.lay_out(things_told(" ".join(told[:2]), cast=cast), earlier=earlier)
    player = _Player(company, reading, cast, rate, prefix)
    for index, element in enumerate(scene.elements):
        player.take(index, element, scene.elements)
    return player.finish()


def _with_boards(reading: Reading, scene: ScriptScene, floor: Floor) -> Reading:
    """Let the insert of what a board says be one of the board, where there is one."""
    told = told_lettering(scene)
    if told is None or floor.piece_for(BOARD) is None:
        return reading
    shown = {
        i: tuple(
            replace(e, words=BOARD)
            if e.kind is Kind.INSERT and " ".join(e.words).upper() == told
            else e
            for e in events
        )
        for i, events in reading.events.items()
    }
    return replace(reading, events=shown)


def _at_the_wheel(reading: Reading, driver: str) -> Reading:
    """Let the driver choose a seat before everybody else, and take theirs."""
    people = (driver, *(p for p in reading.people if p != driver))
    seat = Event(Kind.SIT, (driver,), words=("driver",))
    return replace(reading, people=people, states={**reading.states, driver: seat})


def _to_the_cut(text: str) -> bool:
    first = next((i for i, letter in enumerate(text) if letter.isalnum()), len(text))
    return _TO_THE_CUT.match(text, first) is not None


@dataclass(frozen=True)
class _Played:
    """An event of the action with its frames, and when a hand touches its object."""

    event: Event
    begin: int
    end: int
    contact: int | None


class _Player:
    """Gives each element its time, in order."""

    def __init__(
        self, company: Company, reading: Reading, cast: Cast, rate: Rate, prefix: str
    ) -> None:
        self._company = company
        self._reading = reading
        self._cast = cast
        self._rate = rate
        self._prefix = prefix
        self._clock = 0
        self._speech_start = 0
        self._beats: list[Beat] = []
        self._moments: list[Moment] = []
        self._notes: list[tuple[int, str]] = []
        self._last_speakers: list[str] = []

    def take(self, index: int, element: Element, elements: tuple[Element, ...]) -> None:
        """Play one element."""
        if element.kind in SPOKEN:
            self._speech(index, element, elements)
        elif element.kind is ElementKind.TRANSITION or _to_the_cut(element.text):
            self._notes.append((self._clock, element.text.strip().rstrip(":.")))
        elif element.kind in _SHOWN:
            self._action(index, element)

    @property
    def _next_beat(self) -> str:
        """Id of the beat that is being played."""
        return f"{self._prefix}-b{len(self._beats) + 1}"

    def _beat(self, element: Element, start: int, end: int, character: str) -> None:
        beat = Beat(
            id=self._next_beat,
            element=element,
            start_frame=start,
            length_frames=max(1, end - start),
            character=character,
        )
        self._beats.append(beat)

    def _action(self, index: int, element: Element) -> None:
        start = self._clock
        events = self._reading.events.get(index, ())
        played = self._played(events)
        least = start + self._rate.frames(action_seconds(element.text))
        end = max(least, self._clock, start + 1)
        introduces = all(p.event in self._settled() for p in played)
        if introduces:
            self._moments.extend(self._sentences(element.text, start, end))
        else:
            self._moments.extend(self._of_events(played, element.text, end))
        self._clock = end
        who = next((s for e in events for s in e.subjects), "")
        self._beat(element, start, end, who)

    def _played(self, events: tuple[Event, ...]) -> list[_Played]:
        """Play events one after the other; return those that take time."""
        played: list[_Played] = []
        for event in events:
            begin, touched = self._clock, None
            if event.quiet:
                self._company.tell(event, begin)
                continue
            if event in self._settled():
                self._clock += self._rate.frames(1.5)
                self._company.tell(event, begin)
            else:
                self._clock = max(self._company.play(event, begin), begin + 1)
                touched = self._company.contact
            played.append(_Played(event, begin, self._clock, touched))
        return played

    def _of_events(self, played: list[_Played], text: str, end: int) -> list[Moment]:
        """Return a moment for each event; the last goes on to the paragraph's end."""
        moments = []
        actor = next(iter(people_named(text, cast=self._cast)), "")
        for done in played:
            event = done.event
            actor = event.subjects[0] if event.subjects else actor
            doers = event.subjects or ((actor,) if event.kind is Kind.INSERT else ())
            people = (*doers, event.target) if event.target else doers
            moment = Moment(
                done.begin,
                end if done is played[-1] else done.end,
                self._next_beat,
                event=event,
                people=tuple(dict.fromkeys(people)),
                peak=event.kind in (Kind.EMBRACE, Kind.REVEAL),
                text=event.text,
                contact=done.contact,
            )
            moments.append(moment)
        return moments

    def _settled(self) -> tuple[Event, ...]:
        """Return what is a state and no event as long as nobody has spoken."""
        return () if self._last_speakers else tuple(self._reading.states.values())

    def _sentences(self, text: str, start: int, end: int) -> list[Moment]:
        """Return what each sentence is about, timed by its share of the words.

        Neighbours about the same people stay one moment.
        """
        parts: list[tuple[str, tuple[str, ...]]] = []
        for sentence in sentences(text) or (text,):
            named = people_named(sentence, cast=self._cast)
            here = tuple(p for p in named if p in self._company.here)
            if parts and parts[-1][1] == here:
                parts[-1] = (f"{parts[-1][0]} {sentence}", here)
            else:
                parts.append((sentence, here))
        whole = max(1, sum(len(part) for part, _ in parts))
        moments, said = [], 0
        for part, people in parts:
            begin = start + (end - start) * said // whole
            said += len(part)
            over = start + (end - start) * said // whole
            if over > begin:
                moment = Moment(begin, over, self._next_beat, people=people, text=part)
                moments.append(moment)
        return moments

    def _speech(
        self, index: int, element: Element, elements: tuple[Element, ...]
    ) -> None:
        voices = self._cast.voices(element.character)
        heard = is_heard_only(element) or is_crowd(element.character)
        if not voices:
            voices = tuple(self._last_speakers[-2:]) or self._company.here[:1]
        seen = tuple(v for v in voices if v in self._company.here and not heard)
        speaker = seen[0] if seen else ""
        addressee = self._addressee(index, element, elements, speaker)
        start = self._speech_start if element.dual and self._moments else self._clock
        self._speech_start = start
        self._join_in(start, seen)
        end = self._say(element, start, seen, addressee)
        self._look(start, seen, addressee)
        if heard and not seen:
            self._listen(start)
        if speaker and addressee:
            self._company.address(speaker, addressee, start)
        for voice in seen:
            self._company.speak(
                voice,
                start,
                parenthetical=element.parenthetical,
                stress="!" in element.text,
            )
        self._beat(element, start, end, voices[0] if voices else "")
        self._clock = max(self._clock, end)
        self._last_speakers.extend(v for v in seen if v not in self._last_speakers[-1:])

    def _join_in(self, start: int, seen: tuple[str, ...]) -> None:
        """Add who speaks at the same time to the speech that goes on already."""
        if start >= self._clock:
            return
        self._moments = [
            replace(m, also=(*m.also, self._next_beat), people=(*m.people, *seen))
            if m.spoken and m.end > start
            else m
            for m in self._moments
        ]

    def _say(
        self, element: Element, start: int, seen: tuple[str, ...], addressee: str
    ) -> int:
        """Add a moment for each phrase as far as it is heard alone; return its end."""
        at = start
        for part in phrases(element.text, parenthetical=element.parenthetical):
            end = at + max(1, self._rate.frames(part.seconds))
            if end > self._clock:
                moment = Moment(
                    max(at, self._clock),
                    end,
                    self._next_beat,
                    seen[0] if seen else "",
                    addressee,
                    people=seen,
                    spoken=True,
                    peak=bool(_PEAK.search(part.text)),
                    text=part.text,
                )
                self._moments.append(moment)
            at = end
        return at

    def _look(self, frame: int, speakers: tuple[str, ...], addressee: str) -> None:
        if not speakers:
            return
        for speaker in speakers:
            self._company.look(speaker, addressee, frame)
        delay = self._rate.frames(0.25)
        for other in self._company.here:
            if other not in speakers:
                self._company.look(other, speakers[0], frame + delay)

    def _listen(self, frame: int) -> None:
        """Let those who hear a voice look up from what they have in hand."""
        for person in self._company.here:
            self._company.look(person, "", frame + self._rate.frames(0.25))

    def _addressee(
        self, index: int, element: Element, elements: tuple[Element, ...], speaker: str
    ) -> str:
        """Return who is spoken to: whoever is named, else the last, next or nearest."""
        here = [p for p in self._company.here if p != speaker]
        to = re.match(r"\(?to (.+?)\)?$", element.parenthetical.strip(), re.I)
        text = to.group(1).title() if to else element.text
        named = [i for m in self._cast.mentions(text) for i in m.ids if i in here]
        vocative = [
            i
            for m in self._cast.mentions(element.text)
            if re.match(r"\s*[,.!?]", element.text[m.end :][:2]) or m.start == 0
            for i in m.ids
            if i in here
        ]
        if to and named:
            return named[0]
        if vocative:
            return vocative[0]
        for last in reversed(self._last_speakers):
            if last in here:
                return last
        for following in elements[index + 1 :]:
            if following.kind in SPOKEN and not is_heard_only(following):
                for voice in self._cast.voices(following.character):
                    if voice in here:
                        return voice
        place = self._company.position(speaker)
        if place is None or not here:
            return here[0] if here and not speaker else ""

        def gap(other: str) -> float:
            there = self._company.position(other)
            return apart_m(place, there) if there is not None else 1e9

        return min(here, key=gap)

    def finish(self) -> Staged:
        """Return the scene, with a moment of rest at its end."""
        shown = self._moments[-1].people if self._moments else ()
        left = bool(shown) and not set(shown) & set(self._company.here)
        length = max(
            self._clock + self._rate.frames(_LEFT_S if left else _TAIL_S),
            self._rate.frames(_SHORTEST_SCENE_S),
        )
        if not self._moments:
            length = self._rate.frames(_EMPTY_S)
            self._moments.append(Moment(0, length, "", people=self._company.here))
        last = self._moments[-1]
        self._moments[-1] = replace(last, end=length)
        return Staged(
            beats=tuple(self._beats),
            blocking=self._company.blocking(length),
            moments=tuple(self._moments),
            length_frames=length,
            notes=tuple((min(frame, length - 1), text) for frame, text in self._notes),
            props=self._company.props,
            swings=self._company.swings,
            moved=self._company.moved,
        )
