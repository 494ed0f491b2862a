"""Everybody's blocking over a scene, from what happens in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from previz.direct import entrances, groups, starting, walking
from previz.direct.actions import Event
from previz.direct.doors import way_of
from previz.direct.feelings import faded, feel, spoken_feeling
from previz.direct.floor import Floor, apart_m
from previz.direct.handling import HANDLED, handle
from previz.direct.hands import bring
from previz.direct.laid_out import lay_out
from previz.direct.lexicon import EMOTIONS, Kind
from previz.direct.timing import EVENT_SECONDS
from previz.direct.troupe import Actor, Troupe
from previz.model import Blocking, Posture, Prop, Rate, Swing, Vec3

__all__ = ["Company"]

_WALKED: dict[Kind, Callable[[Troupe, Actor, Event, int], int]] = {
    Kind.EXIT: entrances.leave_set,
    Kind.SIT: walking.take_posture,
    Kind.LIE: walking.take_posture,
    Kind.LEAN: walking.take_posture,
    Kind.CROUCH: walking.take_posture,
    Kind.STAND: walking.stand,
    Kind.CROSS: walking.cross,
    Kind.ENTER: walking.cross,
    Kind.APPROACH: walking.approach,
    Kind.FOLLOW: walking.approach,
    Kind.TURN: walking.turn,
}
_BY_STEALTH = frozenset({"creep", "sneak", "tiptoe", "slip"})
_NOTICED_S = 0.5
"""From coming in until those who are here look up."""
_TOGETHER = {Kind.GATHER: groups.gather, Kind.LINE_UP: groups.line_up}


class Company:
    """The people of one scene and what they do, as time goes on.

    Calls come in order of time; `blocking`, `props` and `swings` close the books.

    Args:
        floor: Where they can be.
        rate: Frames a second.
        seed: Varies how things look.
    """

    def __init__(self, floor: Floor, *, rate: Rate, seed: int = 0) -> None:
        self._floor = floor
        self._rate = rate
        self._troupe = Troupe(floor, rate=rate, seed=seed)

    @property
    def here(self) -> tuple[str, ...]:
        """Who is on the set now."""
        return self._troupe.here

    @property
    def contact(self) -> int | None:
        """When the hand touched in the event that was played last, if it did."""
        return self._troupe.contact

    def position(self, character: str) -> Vec3 | None:
        """Return where somebody is, or is going; None when they are not here."""
        actor = self._troupe.present(character)
        return actor.position if actor is not None else None

    def start(self, people: Sequence[str], states: dict[str, Event]) -> None:
        """Place who is there when the scene begins.

        Args:
            people: Ids, the most important first.
            states: What the first lines say they are doing: sitting, standing …
        """
        starting.start(self._troupe, people, states)

    def lay_out(self, nouns: tuple[str, ...], *, earlier: frozenset[str]) -> None:
        """Lay things out that are there from the start.

        Args:
            nouns: What the first lines say lies there.
            earlier: Nouns that the film has told of before: "the tape" is that of a
                can which was seen.
        """
        self._troupe.earlier = earlier
        lay_out(self._troupe, nouns)

    def leave_doors_open(self) -> None:
        """Let the doors that people go through stand open from the start."""
        ways = [way_of(self._floor.set_, spot) for spot in self._floor.exits]
        for way in ways:
            if way is not None and way.part:
                self._troupe.leaves.left_open(way.piece, way.part)

    def play(self, event: Event, frame: int) -> int:
        """Let an event happen at `frame`; return the frame at which it is over."""
        self._troupe.contact = None
        together = _TOGETHER.get(event.kind)
        if event.kind is Kind.CROSS and len(event.subjects) > 1 and not event.words:
            together = groups.abreast
        people = [a for s in event.subjects if (a := self._troupe.present(s))]
        if together is not None and people:
            end = together(self._troupe, people, event, frame)
            self.tell(event, frame)
            return end
        ends = [frame]
        for index, subject in enumerate(event.subjects):
            delay = self._rate.frames(0.35) * index
            ends.append(self._play_one(subject, event, frame + delay))
        self.tell(event, frame)
        seconds = EVENT_SECONDS.get(event.kind, 1.0)
        return max(*ends, frame + self._rate.frames(seconds))

    def tell(self, event: Event, frame: int) -> None:
        """Show what an event says that people have in hand and feel."""
        felt = event.feeling
        if event.kind is Kind.FEEL and felt is None:
            felt = EMOTIONS.get(event.verb)
        for subject in event.subjects:
            actor = self._troupe.present(subject)
            if actor is None:
                continue
            if event.carries:
                bring(
                    self._troupe,
                    actor,
                    event.carries,
                    frame,
                    by_elbow=event.by_elbow,
                    both=event.both_hands,
                )
            if felt is not None:
                feel(actor.feelings, felt, frame)

    def _play_one(self, person: str, event: Event, frame: int) -> int:
        actor = self._troupe.actors.get(person)
        if event.kind is Kind.ENTER and (actor is None or actor.exit is not None):
            end = entrances.enter(self._troupe, person, event, frame)
            self._notice(person, event)
            return end
        if actor is None or actor.exit is not None:
            return frame
        if self._floor.vehicle and event.kind is not Kind.EXIT:
            return self._in_a_seat(actor, event, frame)
        if event.kind in HANDLED:
            return handle(self._troupe, actor, event, frame)
        if event.kind in _WALKED:
            return _WALKED[event.kind](self._troupe, actor, event, frame)
        if event.kind is Kind.LOOK:
            name, _ = walking.named_place(self._troupe, event)
            self.look(person, event.target or name, frame)
        elif event.kind is Kind.FEEL and event.target:
            self.look(person, event.target, frame)
        return frame + self._troupe.seconds(event.kind)

    def _notice(self, person: str, event: Event) -> None:
        """Let those who are here look at who comes in, unless that is by stealth."""
        if event.verb in _BY_STEALTH:
            return
        actor = self._troupe.actors[person]
        came = max(actor.enter, actor.marks[-1].leave_frame if actor.marks else 0)
        seen = came + self._rate.frames(_NOTICED_S)
        for other in self._troupe.here:
            self.look(other, person, seen)

    def _in_a_seat(self, actor: Actor, event: Event, frame: int) -> int:
        """Do in a car what can be done in its seats: hands and looks, no ways."""
        walks = event.kind in _WALKED or event.kind in (Kind.OPEN, Kind.CLOSE)
        if event.kind in HANDLED and not walks:
            place = (actor.position, actor.posture, len(actor.marks))
            end = handle(self._troupe, actor, event, frame)
            if len(actor.marks) == place[2]:
                return end
            actor.position, actor.posture = place[0], place[1]
            del actor.marks[place[2] :]
            actor.arrived, actor.via = 0, ()
            return frame + self._troupe.seconds(event.kind)
        name, _ = walking.named_place(self._troupe, event)
        self.look(actor.id, event.target or name, frame)
        return frame + self._troupe.seconds(event.kind)

    def look(self, person: str, target: str, frame: int) -> None:
        """Turn somebody's eyes to a person or a spot from `frame` on."""
        self._troupe.look(person, target, frame)

    def speak(
        self, person: str, frame: int, *, parenthetical: str = "", stress: bool = False
    ) -> None:
        """Let a speech show: what its parenthetical names, with stress if shouted.

        Punctuation adds to what a face says already; it invents nothing.
        """
        actor = self._troupe.present(person)
        if actor is None:
            return
        said = spoken_feeling(parenthetical)
        last = actor.feelings[-1] if actor.feelings else None
        fresh = last is not None and frame - last.frame < self._rate.frames(5.0)
        if said is not None:
            feel(actor.feelings, said, frame, stress=stress)
        elif stress and fresh and last is not None and last.strength < 1.0:
            feel(actor.feelings, (last.emotion, last.strength), frame, stress=True)

    def address(self, speaker: str, listener: str, frame: int) -> None:
        """Let two people who stand turned away from each other turn to talk."""
        pair = (self._troupe.present(speaker), self._troupe.present(listener))
        for actor, other in (pair, pair[::-1]):
            if actor is None or other is None:
                continue
            if actor.posture is not Posture.STAND or actor.arrived > frame:
                continue
            if apart_m(actor.position, other.position) < 0.2:
                continue
            # Whoever speaks has turned when the first word falls.
            begin = frame - self._troupe.seconds(Kind.TURN)
            self._troupe.face(actor, other.position, begin)

    def blocking(self, length_frames: int) -> tuple[Blocking, ...]:
        """Return everybody's marks over a scene that lasts `length_frames`."""
        result = []
        for actor in self._troupe.actors.values():
            actor.leave(max(length_frames, actor.arrived))
            result.append(
                Blocking(
                    character=actor.id,
                    marks=tuple(actor.marks),
                    gazes=tuple(actor.gazes),
                    acts=tuple(sorted(actor.acts, key=lambda a: a.frame)),
                    feelings=faded(
                        actor.feelings, rate=self._rate, until=length_frames
                    ),
                    enter_frame=actor.enter,
                    exit_frame=actor.exit,
                )
            )
        return tuple(result)

    @property
    def props(self) -> tuple[Prop, ...]:
        """What hands moved."""
        return self._troupe.things.props()

    @property
    def swings(self) -> tuple[Swing, ...]:
        """What opened and shut."""
        return self._troupe.leaves.swings()

    @property
    def moved(self) -> frozenset[str]:
        """Ids of the set's pieces that are props in this scene."""
        return self._troupe.things.moved
