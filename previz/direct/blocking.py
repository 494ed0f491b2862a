"""People's marks over a scene, from what happens in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from previz.direct.actions import Event
from previz.direct.bedside import BED_M, bedside
from previz.direct.floor import GAP_M, Floor, apart_m, bearing_deg, step, walked_m
from previz.direct.lexicon import GROUND, Kind
from previz.direct.timing import EVENT_SECONDS, RUN_M_S, WALK_M_S
from previz.model import Blocking, Gaze, Mark, Posture, Rate, Spot, Vec3

__all__ = ["Company"]

_RISE_S = 1.4
_LONGEST_WALK_M = 8.0
_TURNS_FROM_DEG = 50.0
_POSTURES = {
    Kind.SIT: Posture.SIT,
    Kind.LEAN: Posture.LEAN,
    Kind.CROUCH: Posture.CROUCH,
    Kind.LIE: Posture.LIE,
}


@dataclass
class _Actor:
    id: str
    position: Vec3
    facing_deg: float = 0.0
    posture: Posture = Posture.STAND
    spot: str = ""
    arrived: int = 0
    via: tuple[Vec3, ...] = ()
    marks: list[Mark] = field(default_factory=list)
    gazes: list[Gaze] = field(default_factory=list)
    enter: int = 0
    exit: int | None = None

    def leave(self, frame: int) -> int:
        """Close the mark that is held, not before it was reached."""
        frame = max(frame, self.arrived)
        self.marks.append(
            Mark(
                position_m=self.position,
                facing_deg=round(_wrapped(self.facing_deg), 1),
                arrive_frame=self.arrived,
                leave_frame=frame,
                posture=self.posture,
                via=self.via,
                spot=self.spot,
            )
        )
        return frame


class Company:
    """The people of one scene and what they do, as time goes on.

    Calls come in order of time; `blocking` closes the books.
    """

    def __init__(self, floor: Floor, *, rate: Rate) -> None:
        self._floor = floor
        self._rate = rate
        self._actors: dict[str, _Actor] = {}

    @property
    def here(self) -> tuple[str, ...]:
        """Who is on the set now."""
        return tuple(i for i, a in self._actors.items() if a.exit is None)

    def position(self, character: str) -> Vec3 | None:
        """Return where somebody is, or is going; None when they are not here."""
        actor = self._actors.get(character)
        return actor.position if actor is not None and actor.exit is None else None

    def _taken(self, *without: str) -> list[Vec3]:
        return [
            a.position
            for i, a in self._actors.items()
            if i not in without and a.exit is None
        ]

    def start(self, people: Sequence[str], states: dict[str, Event]) -> None:
        """Place who is there when the scene begins.

        Args:
            people: Ids, the most important first.
            states: What the first lines say they are doing: sitting, standing …
        """
        waiting = []
        for person in people:
            event = states.get(person)
            if event is not None and event.kind is Kind.LEAN:
                if not self._lean(person, event):
                    waiting.append(person)
                continue
            spot = self._spot_of(event) if event is not None else None
            if spot is None:
                waiting.append(person)
                continue
            self._put(person, spot.position_m, spot.facing_deg, spot=spot)
        if len(waiting) > 1 and not self._actors and self._floor_is_walkable():
            self._meet(waiting[0], waiting[1])
            waiting = waiting[2:]
        for person in waiting:
            self._join(person)
        self._face_each_other(people)
        for person in people:
            self._settle(person, states.get(person))

    def _floor_is_walkable(self) -> bool:
        if self._floor.vehicle:
            return False
        middle, axis = self._floor.meeting
        return all(self._floor.open(step(middle, axis + t, 0.68)) for t in (0.0, 180.0))

    def _meet(self, first: str, second: str) -> None:
        middle, axis = self._floor.meeting
        self._put(first, step(middle, axis + 180.0, 0.68), axis)
        self._put(second, step(middle, axis, 0.68), axis + 180.0)

    def _join(self, person: str) -> None:
        """Put somebody where there is room: by the others, else at the best place."""
        taken = self._taken()
        if not self._floor_is_walkable():
            for posture in (Posture.SIT, Posture.STAND, Posture.LEAN):
                spots = self._floor.spots(posture, taken)
                if spots:
                    self._put(
                        person, spots[0].position_m, spots[0].facing_deg, spot=spots[0]
                    )
                    return
        if not taken:
            middle, axis = self._floor.meeting
            self._put(person, middle, axis + 90.0)
            return
        anchor = next(a for a in self._actors.values() if a.exit is None)
        many = len(taken) >= 6
        place = self._floor.near(
            anchor.position,
            taken,
            distance_m=1.35,
            facing_deg=anchor.facing_deg,
            line_of_sight=not many,
        )
        self._put(person, place, bearing_deg(place, anchor.position))

    def _put(
        self, person: str, place: Vec3, facing_deg: float, *, spot: Spot | None = None
    ) -> None:
        self._actors[person] = _Actor(
            person,
            (round(place[0], 3), place[1], round(place[2], 3)),
            facing_deg,
            posture=spot.posture if spot else Posture.STAND,
            spot=spot.name if spot else "",
        )

    def _lean(self, person: str, event: Event) -> bool:
        """Put somebody with the back to what the words name; False if nothing is."""
        middle = self._floor.meeting[0]
        place = self._leaning_place(event, middle, self._taken())
        if place is None:
            return False
        self._put(person, *place)
        self._actors[person].posture = Posture.LEAN
        return True

    def _leaning_place(
        self, event: Event, near: Vec3, taken: Sequence[Vec3]
    ) -> tuple[Vec3, float] | None:
        if self._floor.vehicle:
            return None
        spot = self._floor.spot_for(event.words)
        if spot is not None and self._floor.open(spot.position_m):
            near = spot.position_m
        return self._floor.leaning(near, taken)

    def _spot_of(self, event: Event) -> Spot | None:
        posture = _POSTURES.get(event.kind)
        taken = self._taken()
        if posture is not None:
            spot = self._floor.spot_for(event.words, posture=posture)
            free = self._floor.spots(posture, taken)
            if posture is Posture.LIE and GROUND & set(event.words):
                return None
            if spot is not None and spot in free:
                return self._beside(spot, free, event)
            if spot is not None and free:
                wanted = spot.position_m
                return min(free, key=lambda s: apart_m(s.position_m, wanted))
            if not free and "asleep" in event.words:
                free = self._floor.spots(Posture.SIT, taken)
            return free[0] if free and posture is not Posture.LEAN else None
        spot = self._floor.spot_for(event.words)
        if spot is None:
            return None
        clear = all(apart_m(spot.position_m, other) >= GAP_M for other in taken)
        return spot if clear else None

    def _beside(self, spot: Spot, free: Sequence[Spot], event: Event) -> Spot:
        """Return the one of several like spots that is by what else is named."""
        alike = [s for s in free if set(s.words) & set(event.words) & set(spot.words)]
        by = self._floor.spot_for(w for w in event.words if w not in spot.words)
        if by is None:
            return spot
        return min(alike, key=lambda s: apart_m(s.position_m, by.position_m))

    def _face_each_other(self, people: Sequence[str]) -> None:
        for person in people:
            actor = self._actors[person]
            if actor.posture is not Posture.STAND or (actor.spot and len(people) == 1):
                continue
            others = [self._actors[p].position for p in people if p != person]
            if others:
                nearest = min(others, key=lambda o: (apart_m(o, actor.position), o))
                if apart_m(nearest, actor.position) < 4.0:
                    actor.facing_deg = bearing_deg(actor.position, nearest)

    def _settle(self, person: str, event: Event | None) -> None:
        """Take the posture that the first lines name where no spot offers it."""
        actor = self._actors[person]
        posture = _POSTURES.get(event.kind) if event is not None else None
        if posture in (Posture.CROUCH, Posture.LIE) and actor.posture is Posture.STAND:
            actor.posture = posture

    def play(self, event: Event, frame: int) -> int:
        """Let an event happen at `frame`; return the frame at which it is over."""
        ends = [frame]
        for index, subject in enumerate(event.subjects):
            delay = self._rate.frames(0.35) * index
            ends.append(self._play_one(subject, event, frame + delay))
        seconds = EVENT_SECONDS.get(event.kind, 1.0)
        return max(*ends, frame + self._rate.frames(seconds))

    def _play_one(self, person: str, event: Event, frame: int) -> int:
        actor = self._actors.get(person)
        if event.kind is Kind.ENTER and (actor is None or actor.exit is not None):
            return self._enter(person, event, frame)
        if actor is None or actor.exit is not None:
            return frame
        if self._floor.vehicle and event.kind is not Kind.EXIT:
            self.look(person, self._what(event), frame)
            return frame + self._seconds(event.kind)
        match event.kind:
            case Kind.EXIT:
                return self._exit(actor, event, frame)
            case Kind.SIT | Kind.LIE | Kind.LEAN | Kind.CROUCH:
                return self._take_posture(actor, event, frame)
            case Kind.STAND:
                return self._stand(actor, event, frame)
            case Kind.CROSS | Kind.ENTER:
                return self._cross(actor, event, frame)
            case Kind.APPROACH | Kind.EMBRACE | Kind.FOLLOW:
                return self._approach(actor, event, frame)
            case Kind.PICK_UP:
                return self._reach(actor, event, frame)
            case Kind.TURN:
                return self._turn(actor, event, frame)
            case Kind.LOOK:
                self.look(person, self._what(event), frame)
        return frame + self._seconds(event.kind)

    def _seconds(self, kind: Kind) -> int:
        return self._rate.frames(EVENT_SECONDS.get(kind, 1.0))

    def look(self, person: str, target: str, frame: int) -> None:
        """Turn somebody's eyes to a person or a spot from `frame` on."""
        actor = self._actors.get(person)
        if actor is None or target == person:
            return
        if actor.gazes and actor.gazes[-1].frame >= frame:
            actor.gazes.pop()
        if not actor.gazes or actor.gazes[-1].target != target:
            actor.gazes.append(Gaze(frame=frame, target=target))

    def address(self, speaker: str, listener: str, frame: int) -> None:
        """Let two people who stand turned away from each other turn to talk."""
        pair = (self._actors.get(speaker), self._actors.get(listener))
        for actor, other in (pair, pair[::-1]):
            if actor is None or other is None or actor.exit is not None:
                continue
            if actor.posture is not Posture.STAND or actor.arrived > frame:
                continue
            bearing = bearing_deg(actor.position, other.position)
            away = abs(math.remainder(bearing - actor.facing_deg, 360.0))
            if away < _TURNS_FROM_DEG or apart_m(actor.position, other.position) < 0.2:
                continue
            # Whoever speaks has turned when the first word falls.
            frame_left = actor.leave(frame - self._seconds(Kind.TURN))
            actor.arrived = frame_left + self._seconds(Kind.TURN)
            actor.facing_deg, actor.via = bearing, ()

    def _what(self, event: Event) -> str:
        if event.target:
            return event.target
        spot = self._floor.spot_for(event.words)
        return spot.name if spot is not None else ""

    def _go(
        self,
        actor: _Actor,
        goal: Vec3,
        frame: int,
        *,
        running: bool,
        facing_deg: float | None = None,
        posture: Posture = Posture.STAND,
        spot: str = "",
    ) -> int:
        """Walk to `goal`; return the frame at which the posture there is taken.

        Whoever sits or lies gets up first: the stage plays rising before the mark
        is left and sitting down after the next is reached.
        """
        if actor.posture is not Posture.STAND:
            frame += self._rate.frames(_RISE_S)
        frame = actor.leave(frame)
        via = self._floor.walk(actor.position, goal)
        path = (actor.position, *via, goal)
        speed = RUN_M_S if running else WALK_M_S
        seconds = walked_m(path) / speed + 0.3
        last = next((p for p in reversed(path[:-1]) if apart_m(p, goal) > 0.1), None)
        along = bearing_deg(last, goal) if last is not None else actor.facing_deg
        actor.arrived = frame + max(1, self._rate.frames(seconds))
        actor.facing_deg = along if facing_deg is None else facing_deg
        actor.position = (round(goal[0], 3), goal[1], round(goal[2], 3))
        actor.posture, actor.spot, actor.via = posture, spot, via
        settling = _RISE_S if posture is not Posture.STAND else 0.0
        return actor.arrived + self._rate.frames(settling)

    def _exit_spot(self, event: Event, near: Vec3) -> Spot:
        named = [s for s in self._floor.exits if set(s.words) & set(event.words)]
        return min(
            named or list(self._floor.exits), key=lambda s: apart_m(s.position_m, near)
        )

    def _enter(self, person: str, event: Event, frame: int) -> int:
        taken = self._taken(person)
        others = [a for a in self._actors.values() if a.exit is None and a.id != person]
        spot = self._floor.spot_for(event.words)
        middle = self._floor.meeting[0]
        door = self._exit_spot(event, others[0].position if others else middle)
        if (
            spot is not None
            and not spot.exit
            and self._floor.free(spot.position_m, taken)
        ):
            goal = spot.position_m
        elif others:
            host = others[0].position
            goal = self._floor.near(
                host,
                taken,
                distance_m=1.5,
                facing_deg=bearing_deg(host, door.position_m),
            )
        else:
            goal = middle
        start = self._approach_from(door.position_m, goal)
        known = self._actors.get(person)
        if known is not None:
            return self._return(known, start, goal, frame, running=event.running)
        self._put(person, start, bearing_deg(start, goal))
        actor = self._actors[person]
        actor.enter = actor.arrived = frame
        facing = bearing_deg(goal, others[0].position) if others else None
        return self._go(actor, goal, frame, running=event.running, facing_deg=facing)

    def _return(
        self, actor: _Actor, start: Vec3, goal: Vec3, frame: int, *, running: bool
    ) -> int:
        """Come back after an exit: wait unseen at the door until now."""
        frame = max(frame, actor.arrived)
        actor.exit = None
        return self._go(actor, goal, frame, running=running)

    def _approach_from(self, door: Vec3, goal: Vec3) -> Vec3:
        """Return where to come into view: at the door, or as far as a walk may last."""
        far = apart_m(door, goal)
        if far <= _LONGEST_WALK_M:
            return door
        share = _LONGEST_WALK_M / far
        place = tuple(g + (d - g) * share for d, g in zip(door, goal, strict=True))
        return (
            (place[0], 0.0, place[2])
            if self._floor.open((place[0], 0.0, place[2]))
            else door
        )

    def _exit(self, actor: _Actor, event: Event, frame: int) -> int:
        door = self._exit_spot(event, actor.position)
        goal = self._approach_from(door.position_m, actor.position)
        if apart_m(goal, actor.position) < 0.3:
            goal = step(goal, door.facing_deg + 180.0, 0.8)
        end = self._go(actor, goal, frame, running=event.running)
        actor.exit = end
        return end

    def _cross(self, actor: _Actor, event: Event, frame: int) -> int:
        taken = self._taken(actor.id)
        spot = self._floor.spot_for(event.words)
        if spot is None:
            goal = self._elsewhere(actor, event, taken)
            return self._go(actor, goal, frame, running=event.running)
        goal = self._stand_by(spot, taken)
        facing = spot.facing_deg if spot.posture is Posture.STAND else None
        here = apart_m(goal, spot.position_m) < 0.1
        return self._go(
            actor,
            goal,
            frame,
            running=event.running,
            facing_deg=facing,
            spot=spot.name if here else "",
        )

    def _stand_by(self, spot: Spot, taken: Sequence[Vec3]) -> Vec3:
        place = spot.position_m
        if (
            spot.posture is Posture.STAND
            and not spot.exit
            and self._floor.free(place, taken)
        ):
            return place
        return self._floor.near(
            place,
            taken,
            distance_m=0.8,
            facing_deg=spot.facing_deg,
            line_of_sight=False,
        )

    def _elsewhere(self, actor: _Actor, event: Event, taken: Sequence[Vec3]) -> Vec3:
        """Return a place to walk to when the text names none that is here."""
        spots = [
            s.position_m
            for s in self._floor.spots(Posture.STAND, taken)
            if 1.2 < apart_m(s.position_m, actor.position) < _LONGEST_WALK_M
            and self._floor.free(s.position_m, taken)
        ]
        if spots:
            wanted = 3.0 if not event.running else 6.0
            return min(spots, key=lambda p: abs(apart_m(p, actor.position) - wanted))
        return self._floor.near(
            actor.position,
            [*taken, actor.position],
            distance_m=2.0,
            facing_deg=actor.facing_deg,
            line_of_sight=False,
        )

    def _approach(self, actor: _Actor, event: Event, frame: int) -> int:
        target = self._actors.get(event.target)
        if target is None:
            return self._cross(actor, event, frame) if event.words else frame
        if target.exit is not None:
            return self._exit(actor, event, frame)
        gap = 0.8 if event.kind is Kind.EMBRACE else 1.1
        if apart_m(actor.position, target.position) < gap + 0.4:
            self.look(actor.id, target.id, frame)
            return frame + self._seconds(event.kind)
        taken = self._taken(actor.id)
        toward = bearing_deg(target.position, actor.position)
        goal = self._floor.near(
            target.position,
            taken,
            distance_m=gap,
            facing_deg=toward,
            line_of_sight=False,
        )
        end = self._go(
            actor,
            goal,
            frame,
            running=event.running,
            facing_deg=bearing_deg(goal, target.position),
        )
        self.look(actor.id, target.id, frame)
        held = self._seconds(event.kind) if event.kind is Kind.EMBRACE else 0
        return end + held

    def _reach(self, actor: _Actor, event: Event, frame: int) -> int:
        spot = self._floor.spot_for(event.words)
        far = spot is not None and apart_m(spot.position_m, actor.position) > 1.2
        if spot is not None and far and actor.posture is Posture.STAND:
            goal = self._stand_by(spot, self._taken(actor.id))
            facing = (
                bearing_deg(goal, spot.position_m)
                if apart_m(goal, spot.position_m) > 0.2
                else spot.facing_deg
            )
            frame = self._go(
                actor, goal, frame, running=event.running, facing_deg=facing
            )
        return frame + self._seconds(event.kind)

    def _turn(self, actor: _Actor, event: Event, frame: int) -> int:
        goal = self.position(event.target) if event.target else None
        if goal is None:
            spot = self._floor.spot_for(event.words)
            goal = spot.position_m if spot is not None else None
        if goal is None or apart_m(goal, actor.position) < 0.2:
            return frame + self._seconds(Kind.TURN)
        if actor.posture is Posture.STAND:
            frame = actor.leave(frame)
            actor.arrived = frame + self._seconds(Kind.TURN)
            actor.facing_deg = bearing_deg(actor.position, goal)
            actor.via = ()
        self.look(actor.id, self._what(event), frame)
        return max(actor.arrived, frame + self._seconds(Kind.TURN))

    def _take_posture(self, actor: _Actor, event: Event, frame: int) -> int:
        posture = _POSTURES[event.kind]
        spot = self._spot_of(event)
        if actor.posture is posture:
            return frame + self._seconds(event.kind)
        leaning = None
        if posture is Posture.LEAN:
            taken = self._taken(actor.id)
            leaning = self._leaning_place(event, actor.position, taken)
        if spot is None and leaning is None and posture in (Posture.SIT, Posture.LEAN):
            return frame + self._seconds(event.kind)
        goal = spot.position_m if spot is not None else actor.position
        facing = spot.facing_deg if spot is not None else actor.facing_deg
        if leaning is not None:
            goal, facing = leaning
        if spot is not None and posture is Posture.SIT:
            goal, facing = self._bedside(spot, actor.position) or (goal, facing)
        return self._go(
            actor,
            goal,
            frame,
            running=event.running,
            facing_deg=facing,
            posture=posture,
            spot=spot.name if spot is not None else "",
        )

    def _bedside(self, spot: Spot, come_from: Vec3) -> tuple[Vec3, float] | None:
        for actor in self._actors.values():
            lies = actor.posture is Posture.LIE and actor.exit is None
            if lies and apart_m(actor.position, spot.position_m) < BED_M:
                lying = (actor.position, actor.facing_deg)
                return bedside(self._floor, spot, lying=lying, come_from=come_from)
        return None

    def _stand(self, actor: _Actor, event: Event, frame: int) -> int:
        if actor.posture is Posture.STAND:
            moves = event.words and self._floor.spot_for(event.words) is not None
            return (
                self._cross(actor, event, frame)
                if moves
                else frame + self._seconds(event.kind)
            )
        goal = self._floor.near(
            actor.position,
            self._taken(actor.id),
            distance_m=0.55,
            facing_deg=actor.facing_deg,
            line_of_sight=False,
        )
        return self._go(actor, goal, frame, running=False, facing_deg=actor.facing_deg)

    def blocking(self, length_frames: int) -> tuple[Blocking, ...]:
        """Return everybody's marks over a scene that lasts `length_frames`."""
        result = []
        for actor in self._actors.values():
            actor.leave(max(length_frames, actor.arrived))
            result.append(
                Blocking(
                    character=actor.id,
                    marks=tuple(actor.marks),
                    gazes=tuple(actor.gazes),
                    enter_frame=actor.enter,
                    exit_frame=actor.exit,
                )
            )
        return tuple(result)


def _wrapped(angle_deg: float) -> float:
    return math.remainder(angle_deg, 360.0)
