"""Which shots cover a scene: what each is of, how tight, and when it is cut.

The rules, in the order in which they speak:

1. A new place opens on an establishing shot, a known one on a master, for 2 to 5 s.
2. Movement is followed wide enough to see where it goes (FS, MLS); an entrance or an
   exit keeps its door in frame; a run is handheld.
3. Dialogue opens in a two-shot (three and more: a group shot), goes to overs and, as
   the scene goes on, to singles: MS, MCU after 45 %, CU after 75 % or at a peak (an
   exclamation, words that trail off). Every sixth exchange of a group goes wide again.
4. A speech of more than 5 s gives one of its sentences to a listener; a voice that is
   not seen gives all of them.
5. What is named in capitals or called for gets an insert; a reveal is a push-in that
   ends on what is revealed.
6. Cuts fall on the ends of sentences and events. No shot is shorter than 1.2 s or
   longer than 9 s where the text gives a place to cut; the same subject is never cut
   to itself in nearly the same size.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from previz.direct.actions import nouns
from previz.direct.cutting import (
    LONGEST_S,
    flowing,
    long_enough,
    merged,
    one_opening,
    without_jumps,
)
from previz.direct.lexicon import Kind
from previz.direct.plan import Plan
from previz.direct.staging import Moment, Staged
from previz.model import Angle, Coverage, Move, Rate, ShotSize

__all__ = ["cover"]

_OPENING_S = 2.0
_LONG_SPEECH_S = 5.0
_REGROUP = 6
_TRAVELS = (Kind.ENTER, Kind.EXIT, Kind.CROSS, Kind.APPROACH, Kind.FOLLOW)


def cover(
    staged: Staged,
    *,
    rate: Rate,
    new_place: bool,
    interior: bool,
    on_set: Callable[[tuple[str, ...]], bool],
) -> tuple[Plan, ...]:
    """Plan the shots of a scene; they follow each other from frame 0 to its end.

    Args:
        staged: What happens and when.
        rate: Frames a second.
        new_place: Whether the film has not shown the place yet.
        interior: Whether it is a room.
        on_set: Whether words name a piece of the set.
    """
    chooser = _Chooser(
        staged, rate, new_place=new_place, interior=interior, on_set=on_set
    )
    plans = [p for m in _cuttable(staged.moments, rate) for p in chooser.plan(m)]
    plans = one_opening(plans, rate)
    plans = flowing(merged(plans, rate), rate)
    plans = long_enough(plans, rate)
    plans = without_jumps(merged(plans, rate))
    return tuple(merged(plans, rate))


def _cuttable(moments: tuple[Moment, ...], rate: Rate) -> list[Moment]:
    """Split moments longer than two thirds of the longest shot, in equal parts."""
    result = []
    longest = rate.frames(LONGEST_S * 2 / 3)
    for moment in moments:
        length = moment.end - moment.start
        parts = -(-length // longest)
        edges = [moment.start + length * i // parts for i in range(parts + 1)]
        for a, b in pairwise(edges):
            result.append(replace(moment, start=a, end=b))
    return result


class _Chooser:
    """Chooses a setup for each moment, remembering what was shown."""

    def __init__(
        self,
        staged: Staged,
        rate: Rate,
        *,
        new_place: bool,
        interior: bool,
        on_set: Callable[[tuple[str, ...]], bool],
    ) -> None:
        self._on_set = on_set
        self._empty = 0
        self._details: set[str] = set()
        self._rate = rate
        self._length = staged.length_frames
        self._interior = interior
        self._new = new_place
        acting = {p for m in staged.moments for p in (m.speaker, *m.people)}
        self._cast = tuple(
            b.character for b in staged.blocking if b.character in acting
        )
        end = staged.length_frames + 1
        self._span = {
            b.character: (b.enter_frame, end if b.exit_frame is None else b.exit_frame)
            for b in staged.blocking
        }
        self._opened = False
        self._speaker = ""
        self._speech_from = 0
        self._beat = ""
        self._exchange = 0
        self._reacted = False
        self._seen_alone: dict[str, int] = {}

    def here(self, moment: Moment) -> tuple[str, ...]:
        """Return who is on the set during a moment."""
        return tuple(
            c
            for c in self._cast
            if self._span[c][0] < moment.end and self._span[c][1] > moment.start
        )

    def plan(self, moment: Moment) -> list[Plan]:
        """Return one plan for a moment, or two where it has two parts."""
        if moment.start < self._rate.frames(_OPENING_S):
            return [self._opening(moment)]
        if moment.spoken:
            return [self._speech(moment)]
        if moment.event is not None:
            return self._event(moment)
        return [self._quiet(moment)]

    def _make(
        self,
        moment: Moment,
        coverage: Coverage,
        size: ShotSize,
        subjects: tuple[str, ...] = (),
        **more: object,
    ) -> Plan:
        here = self.here(moment)
        kept = tuple(dict.fromkeys(s for s in subjects if s in here))
        beats = (moment.beat, *moment.also) if moment.beat else moment.also
        return Plan(
            moment.start,
            moment.end,
            coverage,
            size,
            subjects=kept,
            beats=beats,
            **more,  # type: ignore[arg-type]
        )

    def _opening(self, moment: Moment) -> Plan:
        here = self.here(moment)
        event = moment.event
        door = event is not None and event.kind in (Kind.ENTER, Kind.EXIT)
        if self._new:
            size = ShotSize.LS if self._interior else ShotSize.EWS
            return self._make(
                moment,
                Coverage.ESTABLISHING,
                size,
                here,
                angle=Angle.HIGH if not self._interior else Angle.EYE,
                move=Move.PUSH_IN if not here else Move.STATIC,
                door=door,
            )
        return self._make(moment, Coverage.MASTER, ShotSize.LS, here, door=door)

    def _wide(self, moment: Moment) -> Plan:
        here = self.here(moment)
        if len(here) == 2:
            return self._make(
                moment, Coverage.TWO_SHOT, ShotSize.MLS, here, partner=here[1]
            )
        if len(here) > 2:
            return self._make(moment, Coverage.GROUP, ShotSize.LS, here)
        return self._make(moment, Coverage.MASTER, ShotSize.FS, here)

    def _speech(self, moment: Moment) -> Plan:
        if moment.beat != self._beat:
            self._beat, self._speech_from, self._reacted = (
                moment.beat,
                moment.start,
                False,
            )
            self._exchange += 1
        if not moment.speaker or moment.speaker not in self.here(moment):
            return self._listening(moment)
        spoken = self._rate.seconds(moment.end - self._speech_from)
        here = self.here(moment)
        both = tuple(p for p in here if p in moment.people)
        if moment.also and len(both) == 2:
            return self._make(
                moment, Coverage.TWO_SHOT, ShotSize.MS, both, partner=both[-1]
            )
        partner = moment.addressee if moment.addressee in here else ""
        short = self._rate.seconds(moment.end - moment.start) <= 4.0
        begun = self._rate.seconds(moment.start - self._speech_from)
        if (
            partner
            and begun >= 2.5
            and spoken > _LONG_SPEECH_S
            and short
            and not self._reacted
        ):
            self._reacted = True
            return self._make(
                moment,
                Coverage.REACTION,
                ShotSize.MCU,
                (partner,),
                partner=moment.speaker,
            )
        if not partner:
            return self._alone(moment)
        if self._exchange == 1 and not moment.peak:
            return self._together(moment, here, partner)
        if len(here) > 2 and self._exchange % _REGROUP == 0:
            return self._make(moment, Coverage.GROUP, ShotSize.LS, here)
        return self._across(moment, partner, spoken)

    def _together(self, moment: Moment, here: tuple[str, ...], partner: str) -> Plan:
        if len(here) > 2:
            return self._make(moment, Coverage.GROUP, ShotSize.LS, here)
        pair = tuple(c for c in here if c in (moment.speaker, partner))
        return self._make(
            moment, Coverage.TWO_SHOT, ShotSize.MS, pair, partner=pair[-1]
        )

    def _across(self, moment: Moment, partner: str, spoken: float) -> Plan:
        progress = moment.start / max(1, self._length)
        who = (moment.speaker,)
        tight = self._reacted or (moment.peak and progress > 0.35)
        if progress > 0.75 or tight:
            size = ShotSize.CU if progress > 0.4 else ShotSize.MCU
            push = (
                size is ShotSize.CU
                and moment.peak
                and moment.end - moment.start > self._rate.frames(2.5)
            )
            return self._make(
                moment,
                Coverage.SINGLE,
                size,
                who,
                partner=partner,
                move=Move.PUSH_IN if push else Move.STATIC,
            )
        if progress > 0.45:
            return self._make(
                moment, Coverage.SINGLE, ShotSize.MCU, who, partner=partner
            )
        return self._make(
            moment,
            Coverage.OTS,
            ShotSize.MS if progress < 0.25 else ShotSize.MCU,
            who,
            partner=partner,
        )

    def _alone(self, moment: Moment) -> Plan:
        count = self._seen_alone.get(moment.speaker, 0)
        self._seen_alone[moment.speaker] = count + 1
        size = (ShotSize.MS, ShotSize.MS, ShotSize.CU, ShotSize.CU, ShotSize.MLS)[
            count % 5
        ]
        angle = Angle.LOW if moment.peak and size is ShotSize.MLS else Angle.EYE
        return self._make(moment, Coverage.SINGLE, size, (moment.speaker,), angle=angle)

    def _listening(self, moment: Moment) -> Plan:
        here = self.here(moment)
        listener = (
            moment.addressee if moment.addressee in here else (here[0] if here else "")
        )
        if not listener:
            return self._quiet(moment)
        size = ShotSize.MCU if moment.start < self._length * 0.6 else ShotSize.CU
        return self._make(moment, Coverage.REACTION, size, (listener,))

    def _event(self, moment: Moment) -> list[Plan]:
        event = moment.event
        assert event is not None
        who = moment.people
        if event.kind in _TRAVELS:
            return [self._travel(moment, event.kind, running=event.running)]
        match event.kind:
            case Kind.EMBRACE:
                return [
                    self._make(
                        moment,
                        Coverage.TWO_SHOT,
                        ShotSize.MS,
                        who,
                        partner=who[-1],
                        move=Move.PUSH_IN,
                    )
                ]
            case Kind.REVEAL:
                return [self._reveal(moment)]
            case Kind.INSERT:
                return [self._insert(moment)]
            case Kind.LOOK | Kind.TURN:
                return self._looking(moment)
            case Kind.STOP:
                return [self._make(moment, Coverage.SINGLE, ShotSize.MCU, who[:1])]
            case Kind.PICK_UP:
                return [
                    self._make(
                        moment, Coverage.SINGLE, ShotSize.MS, who[:1], travels=True
                    )
                ]
        if len(who) > 1:
            return [self._wide(moment)]
        return [self._make(moment, Coverage.SINGLE, ShotSize.FS, who[:1], travels=True)]

    def _travel(self, moment: Moment, kind: Kind, *, running: bool) -> Plan:
        who = (
            moment.people if kind in (Kind.APPROACH, Kind.FOLLOW) else moment.people[:2]
        )
        size = ShotSize.LS if running and not self._interior else ShotSize.FS
        return self._make(
            moment,
            Coverage.FOLLOW,
            size,
            who,
            move=Move.HANDHELD if running else Move.PAN,
            door=kind in (Kind.ENTER, Kind.EXIT),
            travels=True,
        )

    def _reveal(self, moment: Moment) -> Plan:
        event = moment.event
        assert event is not None
        if event.target:
            return self._make(
                moment,
                Coverage.SINGLE,
                ShotSize.MS,
                (event.target,),
                move=Move.PUSH_IN,
                note="reveal",
            )
        if event.words and self._on_set(event.words):
            return replace(self._insert(moment), move=Move.PUSH_IN, note="reveal")
        note = " ".join(("reveal", *event.words))
        return replace(self._wide(moment), move=Move.PULL_OUT, note=note)

    def _insert(self, moment: Moment) -> Plan:
        event = moment.event
        assert event is not None
        if event.target:
            return self._make(moment, Coverage.INSERT, ShotSize.ECU, (event.target,))
        thing = " ".join(event.words)
        if self._on_set(event.words):
            return self._make(
                moment, Coverage.INSERT, ShotSize.CU, (), words=event.words, note=thing
            )
        here = self.here(moment)
        holder = tuple(p for p in moment.people if p in here) or here
        if not here:
            return replace(self._unpeopled(moment), note=f"{thing}: not on the set")
        return self._make(
            moment,
            Coverage.INSERT,
            ShotSize.MCU,
            holder[:1],
            angle=Angle.HIGH,
            note=f"{thing}: a prop, in the hands of whoever has it",
        )

    def _looking(self, moment: Moment) -> list[Plan]:
        event = moment.event
        assert event is not None
        here = self.here(moment)
        partner = event.target if event.target in here else ""
        first = self._make(
            moment, Coverage.SINGLE, ShotSize.MCU, event.subjects[:1], partner=partner
        )
        if len(event.subjects) > 1:
            return [self._wide(moment)]
        half = (moment.start + moment.end) // 2
        short = half - moment.start < self._rate.frames(1.4)
        if not event.words or partner or short or not self._on_set(event.words):
            return [first]
        point = replace(self._insert(moment), start=half, note="point of view")
        return [replace(first, end=half), point]

    def _unpeopled(self, moment: Moment) -> Plan:
        """Show an empty place in turn: whole, then a thing in it that is named."""
        self._empty += 1
        words = sorted(nouns(moment.text) - self._details)
        named = next((w for w in words if self._on_set((w,))), "")
        if named and self._empty % 2:
            self._details.add(named)
            return self._make(
                moment,
                Coverage.INSERT,
                ShotSize.CU,
                words=(named,),
                note=named,
            )
        size = ShotSize.LS if self._empty % 2 else ShotSize.EWS
        return self._make(moment, Coverage.MASTER, size)

    def _quiet(self, moment: Moment) -> Plan:
        if not self.here(moment):
            return self._unpeopled(moment)
        if len(moment.people) == 1:
            later = moment.start > self._length // 2
            size = ShotSize.MS if later else ShotSize.MLS
            return self._make(moment, Coverage.SINGLE, size, moment.people)
        if len(moment.people) == 2:
            return self._make(
                moment,
                Coverage.TWO_SHOT,
                ShotSize.MLS,
                moment.people,
                partner=moment.people[-1],
            )
        return self._wide(moment)
