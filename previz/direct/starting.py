"""Where everybody is when a scene begins, and which spots there are to take."""

from __future__ import annotations

from collections.abc import Sequence

from previz.direct.actions import Event
from previz.direct.floor import GAP_M, apart_m, bearing_deg, step
from previz.direct.lexicon import GROUND, Kind
from previz.direct.troupe import Actor, Troupe
from previz.model import Posture, Spot, Vec3

__all__ = ["POSTURES", "leaning_place", "put", "spot_of", "start"]

POSTURES = {
    Kind.SIT: Posture.SIT,
    Kind.LEAN: Posture.LEAN,
    Kind.CROUCH: Posture.CROUCH,
    Kind.LIE: Posture.LIE,
}


def start(troupe: Troupe, people: Sequence[str], states: dict[str, Event]) -> None:
    """Place who is there when the scene begins.

    Args:
        troupe: Nobody is in it yet.
        people: Ids, the most important first.
        states: What the first lines say they are doing: sitting, standing …
    """
    waiting = []
    for person in people:
        event = states.get(person)
        if event is not None and event.kind is Kind.LEAN:
            if not _lean(troupe, person, event):
                waiting.append(person)
            continue
        spot = spot_of(troupe, event) if event is not None else None
        if spot is None:
            waiting.append(person)
            continue
        put(troupe, person, spot.position_m, spot.facing_deg, spot=spot)
    if len(waiting) > 1 and not troupe.actors and _is_walkable(troupe):
        _meet(troupe, waiting[0], waiting[1])
        waiting = waiting[2:]
    for person in waiting:
        _join(troupe, person)
    _face_each_other(troupe, people)
    for person in people:
        _settle(troupe, person, states.get(person))


def put(
    troupe: Troupe,
    person: str,
    place: Vec3,
    facing_deg: float,
    *,
    spot: Spot | None = None,
) -> Actor:
    """Put somebody new on the set, at a spot or standing."""
    actor = Actor(
        person,
        (round(place[0], 3), place[1], round(place[2], 3)),
        facing_deg,
        posture=spot.posture if spot else Posture.STAND,
        spot=spot.name if spot else "",
    )
    troupe.actors[person] = actor
    return actor


def spot_of(troupe: Troupe, event: Event) -> Spot | None:
    """Return the free spot that an event names or, to sit or lie on, any; or None."""
    floor, taken = troupe.floor, troupe.taken()
    posture = POSTURES.get(event.kind)
    if posture is None:
        spot = floor.spot_for(event.words)
        clear = spot is not None and all(
            apart_m(spot.position_m, other) >= GAP_M for other in taken
        )
        return spot if clear else None
    spot = floor.spot_for(event.words, posture=posture)
    free = floor.spots(posture, taken)
    if posture is Posture.LIE and GROUND & set(event.words):
        return None
    if spot is not None and spot in free:
        return _beside(troupe, spot, free, event)
    if spot is not None and free:
        wanted = spot.position_m
        return min(free, key=lambda s: apart_m(s.position_m, wanted))
    if not free and "asleep" in event.words:
        free = floor.spots(Posture.SIT, taken)
    return free[0] if free and posture is not Posture.LEAN else None


def leaning_place(
    troupe: Troupe, event: Event, near: Vec3, taken: Sequence[Vec3]
) -> tuple[Vec3, float] | None:
    """Return where and which way one leans by what an event names, or None."""
    if troupe.floor.vehicle:
        return None
    spot = troupe.floor.spot_for(event.words)
    if spot is not None and troupe.floor.open(spot.position_m):
        near = spot.position_m
    return troupe.floor.leaning(near, taken)


def _is_walkable(troupe: Troupe) -> bool:
    if troupe.floor.vehicle:
        return False
    middle, axis = troupe.floor.meeting
    return all(troupe.floor.open(step(middle, axis + t, 0.68)) for t in (0.0, 180.0))


def _meet(troupe: Troupe, first: str, second: str) -> None:
    middle, axis = troupe.floor.meeting
    put(troupe, first, step(middle, axis + 180.0, 0.68), axis)
    put(troupe, second, step(middle, axis, 0.68), axis + 180.0)


def _join(troupe: Troupe, person: str) -> None:
    """Put somebody where there is room: by the others, else at the best place."""
    floor, taken = troupe.floor, troupe.taken()
    if not _is_walkable(troupe):
        for posture in (Posture.SIT, Posture.STAND, Posture.LEAN):
            spots = floor.spots(posture, taken)
            if spots:
                spot = spots[0]
                put(troupe, person, spot.position_m, spot.facing_deg, spot=spot)
                return
    if not taken:
        middle, axis = floor.meeting
        put(troupe, person, middle, axis + 90.0)
        return
    anchor = next(a for a in troupe.actors.values() if a.exit is None)
    many = len(taken) >= 6
    place = floor.near(
        anchor.position,
        taken,
        distance_m=1.35,
        facing_deg=anchor.facing_deg,
        line_of_sight=not many,
    )
    put(troupe, person, place, bearing_deg(place, anchor.position))


def _lean(troupe: Troupe, person: str, event: Event) -> bool:
    """Put somebody with the back to what the words name; False if nothing is."""
    middle = troupe.floor.meeting[0]
    place = leaning_place(troupe, event, middle, troupe.taken())
    if place is None:
        return False
    put(troupe, person, *place).posture = Posture.LEAN
    return True


def _beside(troupe: Troupe, spot: Spot, free: Sequence[Spot], event: Event) -> Spot:
    """Return the one of several like spots that is by what else is named."""
    alike = [s for s in free if set(s.words) & set(event.words) & set(spot.words)]
    by = troupe.floor.spot_for(w for w in event.words if w not in spot.words)
    if by is None:
        return spot
    return min(alike, key=lambda s: apart_m(s.position_m, by.position_m))


def _face_each_other(troupe: Troupe, people: Sequence[str]) -> None:
    for person in people:
        actor = troupe.actors[person]
        if actor.posture is not Posture.STAND or (actor.spot and len(people) == 1):
            continue
        others = [troupe.actors[p].position for p in people if p != person]
        if others:
            nearest = min(others, key=lambda o: (apart_m(o, actor.position), o))
            if apart_m(nearest, actor.position) < 4.0:
                actor.facing_deg = bearing_deg(actor.position, nearest)


def _settle(troupe: Troupe, person: str, event: Event | None) -> None:
    """Take the posture that the first lines name where no spot offers it."""
    actor = troupe.actors[person]
    posture = POSTURES.get(event.kind) if event is not None else None
    if posture in (Posture.CROUCH, Posture.LIE) and actor.posture is Posture.STAND:
        actor.posture = posture
