"""The people of a scene as they move: where each is, holds, looks and walks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from previz.direct.doors import Leaves
from previz.direct.floor import Floor, apart_m, bearing_deg, walked_m
from previz.direct.lexicon import Kind
from previz.direct.navigation import Stood
from previz.direct.things import Thing, Things
from previz.direct.timing import EVENT_SECONDS, WALK_M_S
from previz.model import (
    Act,
    ActKind,
    Feeling,
    Gaze,
    Mark,
    Posture,
    Rate,
    Vec3,
)

__all__ = ["RISE_S", "Actor", "Troupe"]

RISE_S = 1.4
TURNS_FROM_DEG = 50.0
_KEPT_M = 0.62
"""What one keeps from the middle of somebody who stands in the way."""
_PASSING_M = 0.6
_LEAST_M = 0.42
_WAITS_S = 4.0
_GRAIN_FRAMES = 3


@dataclass
class Actor:
    """One character, at the mark that is held or gone to."""

    id: str
    position: Vec3
    facing_deg: float = 0.0
    posture: Posture = Posture.STAND
    spot: str = ""
    arrived: int = 0
    via: tuple[Vec3, ...] = ()
    pace_m_s: float | None = None
    marks: list[Mark] = field(default_factory=list)
    gazes: list[Gaze] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    feelings: list[Feeling] = field(default_factory=list)
    hands: dict[str, Thing] = field(default_factory=dict)
    enter: int = 0
    exit: int | None = None

    def leave(self, frame: int) -> int:
        """Close the mark that is held, not before it was reached."""
        frame = max(frame, self.arrived)
        self.marks.append(
            Mark(
                position_m=self.position,
                facing_deg=round(math.remainder(self.facing_deg, 360.0), 1),
                arrive_frame=self.arrived,
                leave_frame=frame,
                posture=self.posture,
                via=self.via,
                spot=self.spot,
                pace_m_s=self.pace_m_s,
            )
        )
        return frame

    def hand_with(self, thing: Thing | None) -> str:
        """Return the hand that has a thing, or empty if none has."""
        return next((hand for hand, held in self.hands.items() if held is thing), "")

    def at(self, frame: int) -> Vec3:
        """Return about where the body is at a frame of what is planned so far."""
        if frame >= self.arrived or not self.marks:
            return self.position
        for before, after in pairwise(self.marks):
            if frame < after.arrive_frame:
                return _between(
                    (before.position_m, *after.via, after.position_m),
                    (before.leave_frame, after.arrive_frame),
                    frame,
                )
        last = self.marks[-1]
        return _between(
            (last.position_m, *self.via, self.position),
            (last.leave_frame, self.arrived),
            frame,
        )


def _between(path: Sequence[Vec3], frames: tuple[int, int], frame: int) -> Vec3:
    """Return where an even walk along `path` has come at a frame."""
    first, last = frames
    left = walked_m(path) * min(max((frame - first) / max(last - first, 1), 0.0), 1.0)
    for a, b in pairwise(path):
        long = apart_m(a, b)
        if left <= long:
            share = left / max(long, 1e-9)
            x, z = (a[k] + (b[k] - a[k]) * share for k in (0, 2))
            return (x, 0.0, z)
        left -= long
    return path[-1]


class Troupe:
    """The people of one scene, their things, and the leaves they open.

    Args:
        floor: Where they can be.
        rate: Frames a second.
        seed: Varies how things look.
    """

    def __init__(self, floor: Floor, *, rate: Rate, seed: int) -> None:
        self.floor = floor
        self.rate = rate
        self.actors: dict[str, Actor] = {}
        self.things = Things(floor, rate=rate, seed=seed)
        self.leaves = Leaves(floor.set_, rate=rate)
        self.earlier: frozenset[str] = frozenset()
        """Nouns that the film has told of before this scene."""
        self.contact: int | None = None
        """When the hand touched in what was played last."""

    @property
    def here(self) -> tuple[str, ...]:
        """Who is on the set now."""
        return tuple(i for i, a in self.actors.items() if a.exit is None)

    def present(self, person: str) -> Actor | None:
        """Return somebody who is on the set now, or None."""
        actor = self.actors.get(person)
        return actor if actor is not None and actor.exit is None else None

    def taken(self, *without: str) -> list[Vec3]:
        """Return where everybody stands or is going to, but for these."""
        return [
            a.position
            for i, a in self.actors.items()
            if i not in without and a.exit is None
        ]

    def seconds(self, kind: Kind) -> int:
        """Return how many frames an event takes that does not travel."""
        return self.rate.frames(EVENT_SECONDS.get(kind, 1.0))

    def look(self, person: str, target: str, frame: int) -> None:
        """Turn somebody's eyes to a person, a spot or a thing from `frame` on."""
        actor = self.actors.get(person)
        if actor is None or target == person:
            return
        if actor.gazes and actor.gazes[-1].frame >= frame:
            actor.gazes.pop()
        if not actor.gazes or actor.gazes[-1].target != target:
            actor.gazes.append(Gaze(frame=frame, target=target))

    def act(
        self,
        actor: Actor,
        kind: ActKind,
        frame: int,
        *,
        target: str = "",
        hand: str = "",
        seconds: float = 0.5,
    ) -> None:
        """Let hands or head do something whose moment is `frame`."""
        actor.acts.append(
            Act(
                kind=kind,
                frame=frame,
                length_frames=self.rate.frames(seconds),
                target=target,
                hand=hand,
            )
        )
        self.contact = frame

    def face(self, actor: Actor, place: Vec3, frame: int) -> int:
        """Turn a standing body to a place; return when it has turned."""
        if actor.posture is not Posture.STAND or apart_m(actor.position, place) < 0.2:
            return frame
        bearing = bearing_deg(actor.position, place)
        away = abs(math.remainder(bearing - actor.facing_deg, 360.0))
        if away < TURNS_FROM_DEG:
            return max(frame, actor.arrived)
        return self.turn(actor, bearing, frame)

    def turn(self, actor: Actor, bearing: float, frame: int) -> int:
        """Turn a standing body on the spot; return when it has turned."""
        frame = actor.leave(frame)
        actor.arrived = frame + self.seconds(Kind.TURN)
        actor.facing_deg, actor.via, actor.pace_m_s = bearing, (), None
        return actor.arrived

    def go(
        self,
        actor: Actor,
        goal: Vec3,
        frame: int,
        *,
        pace_m_s: float = WALK_M_S,
        facing_deg: float | None = None,
        posture: Posture = Posture.STAND,
        spot: str = "",
        first: Sequence[Vec3] = (),
        last: Sequence[Vec3] = (),
    ) -> int:
        """Walk to `goal`; return the frame at which the posture there is taken.

        Whoever sits or lies gets up first: the stage plays rising before the mark
        is left and sitting down after the next is reached. A goal that cannot be
        reached is gone to as near as one can, and stood at. Whoever would walk into
        somebody waits until they have passed.

        Args:
            actor: Who walks.
            goal: Where to, metres.
            frame: From when on.
            pace_m_s: How fast.
            facing_deg: Which way the mark faces; the way that was walked if None.
            posture: How the mark is held.
            spot: Name of the set's spot, if it is one.
            first: Points to walk through before all else: a doorway.
            last: Points to walk through after all else.
        """
        if actor.posture is not Posture.STAND:
            frame += self.rate.frames(RISE_S)
        start = first[-1] if first else actor.position
        end = last[0] if last else goal
        way = self.floor.ways.way(start, end, self._stood(actor))
        if not way.reached:
            goal, posture, spot, last = way.goal, Posture.STAND, "", ()
        via = (*first, *way.via, *last)
        path = (actor.position, *via, goal)
        length = max(1, self.rate.frames(walked_m(path) / pace_m_s + 0.3))
        frame = actor.leave(self._after_others(actor, path, frame, length))
        before = next((p for p in reversed(path[:-1]) if apart_m(p, goal) > 0.1), None)
        along = bearing_deg(before, goal) if before is not None else actor.facing_deg
        actor.arrived = frame + length
        actor.facing_deg = along if facing_deg is None else facing_deg
        actor.position = (round(goal[0], 3), goal[1], round(goal[2], 3))
        actor.posture, actor.spot, actor.via = posture, spot, via
        actor.pace_m_s = pace_m_s
        settling = RISE_S if posture is not Posture.STAND else 0.0
        return actor.arrived + self.rate.frames(settling)

    def _stood(self, actor: Actor) -> list[Stood]:
        """Return who is walked round: everybody, where they stand or will."""
        return [
            (a.position[0], a.position[2], _KEPT_M)
            for a in self.actors.values()
            if a is not actor and a.exit is None
        ]

    def _after_others(
        self, actor: Actor, path: Sequence[Vec3], frame: int, length: int
    ) -> int:
        """Return when to set out so that nobody who walks is met too near."""
        frame = max(frame, actor.arrived)
        walking = [
            a
            for a in self.actors.values()
            if a is not actor
            and a.arrived > frame
            and (a.exit is None or a.exit > frame)
        ]
        if not walking:
            return frame
        for delay in range(0, self.rate.frames(_WAITS_S), self.rate.frames(0.25)):
            if all(self._pass(path, frame + delay, length, a) for a in walking):
                return frame + delay
        return frame

    def _pass(
        self, path: Sequence[Vec3], leave: int, length: int, other: Actor
    ) -> bool:
        """Whether a walk never comes too near to somebody else's."""
        until = min(max(leave + length, other.arrived), other.exit or 1 << 40)
        ends = min(
            apart_m(path[0], other.at(leave)), apart_m(path[-1], other.at(until))
        )
        least = max(_LEAST_M, min(_PASSING_M, ends - 0.05))
        return all(
            apart_m(_between(path, (leave, leave + length), f), other.at(f)) >= least
            for f in range(leave, until + 1, _GRAIN_FRAMES)
        )
