"""Which shots cover a scene: what each is of, how tight, and when it is cut.

The rules, in the order in which they speak:

1. A new place opens on an establishing shot, a known one on a master, for 2 to 5 s.
2. Movement is followed wide enough to see where it goes (FS, MLS); an entrance or an
   exit keeps its door in frame; a run is handheld. What a face does is an MCU, what
   arms do an MS; what two do with one another is a two-shot, whoever stands by.
3. Dialogue opens in a two-shot (three and more: a group shot), goes to overs and, as
   the scene goes on, to singles: MS, MCU after 45 %, CU after 75 % or at a peak (an
   exclamation, words that trail off). Every sixth exchange of a group goes wide again.
4. A speech of more than 6.5 s draws nearer to who speaks, with glances of a second and
   a half at who listens (`previz.direct.speeches`); a voice that is not seen gives all
   of it to a listener.
5. What is named in capitals, called for or lights up gets an insert; a reveal is a
   push-in that ends on what is revealed.
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
    cut_on_exits,
    flowing,
    long_enough,
    merged,
    one_opening,
    without_jumps,
)
from previz.direct.lexicon import Kind
from previz.direct.plan import Plan
from previz.direct.speeches import LONG_SPEECH_S, Picture, pictures
from previz.direct.staging import Moment, Staged
from previz.model import Angle, Coverage, Move, Rate, ShotSize

__all__ = ["cover"]

_OPENING_S = 2.0
_REGROUP = 6
_GESTURES = dict.fromkeys((Kind.FEEL, Kind.NOD, Kind.SHAKE_HEAD), ShotSize.MCU) | (
    dict.fromkeys(
        (Kind.SHRUG, Kind.DESPAIR, Kind.WAVE, Kind.READ, Kind.DRINK, Kind.POINT),
        ShotSize.MS,
    )
)
"""What a face or the arms alone do is seen from near: the rest of a body is still."""
_HANDLED = (Kind.HANDLE, Kind.CARRY, Kind.POUR)
"""What hands do to things is seen from as near, wherever they go for it."""
_HEAVY = ("drag", "haul", "hoist", "lug", "wheel")
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
    speeches = _speeches(_cuttable(staged.moments, rate))
    plans = [p for part in speeches for p in chooser.plans(part)]
    plans = one_opening(plans, rate)
    plans = flowing(merged(plans, rate), rate)
    plans = long_enough(plans, rate)
    gone = {
        b.character: b.exit_frame for b in staged.blocking if b.exit_frame is not None
    }
    plans = cut_on_exits(plans, gone=gone, rate=rate)
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


def _speeches(moments: list[Moment]) -> list[list[Moment]]:
    """Group what one person says without a break; all else stands alone."""
    result: list[list[Moment]] = []
    for moment in moments:
        last = result[-1][-1] if result else None
        goes_on = (
            last is not None
            and last.spoken
            and moment.spoken
            and not last.also
            and not moment.also
            and last.beat == moment.beat
        )
        if goes_on:
            result[-1].append(moment)
        else:
            result.append([moment])
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
        self._opens = rate.frames(_OPENING_S)
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
        self._seen_alone: dict[str, int] = {}

    def here(self, moment: Moment) -> tuple[str, ...]:
        """Return who is on the set during a moment."""
        return tuple(
            c
            for c in self._cast
            if self._span[c][0] < moment.end and self._span[c][1] > moment.start
        )

    def plans(self, moments: list[Moment]) -> list[Plan]:
        """Return the plans for a speech, or for one moment of anything else."""
        result: list[Plan] = []
        for index, moment in enumerate(moments):
            if self._draws_nearer(moments[index:]):
                return [*result, *self._long_speech(moments[index:])]
            result += self.plan(moment)
        return result

    def plan(self, moment: Moment) -> list[Plan]:
        """Return one plan for a moment, or two where it has two parts."""
        if moment.start < self._opens:
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

    def _begin(self, moment: Moment) -> None:
        """Count a speech once, at its first moment."""
        if moment.beat != self._beat:
            self._beat, self._speech_from = moment.beat, moment.start
            self._exchange += 1

    def _draws_nearer(self, moments: list[Moment]) -> bool:
        """Whether the rest of a speech is long, to somebody, and no wide view."""
        first = moments[0]
        if not first.spoken or first.also or first.start < self._opens:
            return False
        here = set(self.here(first)) & set(self.here(moments[-1]))
        if not {first.speaker, first.addressee} <= here:
            return False
        self._begin(first)
        if first.start == self._speech_from and self._goes_wide(first):
            return False
        length = self._rate.seconds(moments[-1].end - first.start)
        return length > LONG_SPEECH_S

    def _goes_wide(self, moment: Moment) -> bool:
        if self._exchange == 1 and not moment.peak:
            return True
        return len(self.here(moment)) > 2 and self._exchange % _REGROUP == 0

    def _long_speech(self, moments: list[Moment]) -> list[Plan]:
        ends = [m.end for m in moments]
        parts = pictures(ends, start=moments[0].start, rate=self._rate)
        return [self._part(moments[0], part) for part in parts]

    def _part(self, speech: Moment, part: Picture) -> Plan:
        moment = replace(speech, start=part.start, end=part.end)
        speaker, listener = speech.speaker, speech.addressee
        if part.both:
            pair = tuple(c for c in self.here(moment) if c in (speaker, listener))
            return self._make(
                moment, Coverage.TWO_SHOT, ShotSize.MS, pair, partner=pair[-1]
            )
        if part.listening:
            return self._make(
                moment, Coverage.REACTION, part.size, (listener,), partner=speaker
            )
        over = part.size is ShotSize.MS and part.start < self._length * 0.45
        push = part.last and part.size is ShotSize.CU
        return self._make(
            moment,
            Coverage.OTS if over else Coverage.SINGLE,
            part.size,
            (speaker,),
            partner=listener,
            move=Move.PUSH_IN if push else Move.STATIC,
        )

    def _speech(self, moment: Moment) -> Plan:
        self._begin(moment)
        if not moment.speaker or moment.speaker not in self.here(moment):
            return self._listening(moment)
        here = self.here(moment)
        both = tuple(p for p in here if p in moment.people)
        if moment.also and len(both) == 2:
            return self._make(
                moment, Coverage.TWO_SHOT, ShotSize.MS, both, partner=both[-1]
            )
        partner = moment.addressee if moment.addressee in here else ""
        if not partner:
            return self._alone(moment)
        if not self._goes_wide(moment):
            return self._across(moment, partner)
        return self._together(moment, here, partner)

    def _together(self, moment: Moment, here: tuple[str, ...], partner: str) -> Plan:
        if len(here) > 2:
            return self._make(moment, Coverage.GROUP, ShotSize.LS, here)
        pair = tuple(c for c in here if c in (moment.speaker, partner))
        return self._make(
            moment, Coverage.TWO_SHOT, ShotSize.MS, pair, partner=pair[-1]
        )

    def _across(self, moment: Moment, partner: str) -> Plan:
        progress = moment.start / max(1, self._length)
        who = (moment.speaker,)
        tight = moment.peak and progress > 0.35
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
                return [self._embrace(moment)]
            case Kind.REVEAL:
                return [self._reveal(moment)]
            case Kind.INSERT:
                return [self._insert(moment)]
            case Kind.SHINE:
                shown = self._on_set(event.words)
                return [self._insert(moment) if shown else self._quiet(moment)]
            case Kind.LOOK | Kind.TURN:
                return self._looking(moment)
            case Kind.STOP:
                return [self._make(moment, Coverage.SINGLE, ShotSize.MCU, who[:1])]
        if event.kind is Kind.PICK_UP:
            return [self._whole(moment, Coverage.SINGLE, ShotSize.MS)]
        if len(who) > 1:
            return [self._together_at(moment, who)]
        if event.kind in _HANDLED and event.verb not in _HEAVY:
            return [self._whole(moment, Coverage.FOLLOW, ShotSize.MS)]
        size = _GESTURES.get(event.kind)
        if size is not None:
            return [self._make(moment, Coverage.SINGLE, size, who[:1])]
        return [self._whole(moment, Coverage.SINGLE, ShotSize.FS)]

    def _whole(self, moment: Moment, coverage: Coverage, size: ShotSize) -> Plan:
        """Plan a shot of whoever acts that sees all of the way they make in it."""
        who = moment.people[:1]
        return self._make(moment, coverage, size, who, travels=True)

    def _embrace(self, moment: Moment) -> Plan:
        who = moment.people
        return self._make(
            moment,
            Coverage.TWO_SHOT,
            ShotSize.MS,
            who,
            partner=who[-1],
            move=Move.PUSH_IN,
        )

    def _together_at(self, moment: Moment, who: tuple[str, ...]) -> Plan:
        """Show what two do with one another: the two of them, whoever stands by."""
        pair = tuple(p for p in self.here(moment) if p in who)
        if len(pair) != 2 or len(self.here(moment)) == 2:
            return self._wide(moment)
        return self._make(
            moment, Coverage.TWO_SHOT, ShotSize.MLS, pair, partner=pair[-1]
        )

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
        # Once all have gone, the place is seen where they went.
        gone = any(left <= moment.start for _, left in self._span.values())
        where = ("door",) if gone else ()
        return self._make(moment, Coverage.MASTER, size, words=where)

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
