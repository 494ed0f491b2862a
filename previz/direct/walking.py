"""How people cross the floor, walk up to somebody, sit, stand and turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from previz.direct.actions import Event
from previz.direct.bedside import BED_M, bedside
from previz.direct.doors import way_of
from previz.direct.entrances import LONGEST_WALK_M, across, exit_spot, leave_set
from previz.direct.floor import apart_m, bearing_deg, step
from previz.direct.lexicon import Kind
from previz.direct.refining import STEP_BACK
from previz.direct.starting import POSTURES, leaning_place, spot_of
from previz.direct.troupe import Actor, Troupe
from previz.model import Posture, SetPiece, Spot, Vec3

__all__ = [
    "approach",
    "cross",
    "named_place",
    "stand",
    "take_posture",
    "turn",
    "walk_up",
]

_GAPS_M = {
    Kind.EMBRACE: 0.5,
    Kind.TOUCH: 0.6,
    Kind.SHAKE_HANDS: 0.9,
    Kind.HAND_OVER: 0.85,
    Kind.OFFER: 0.85,
}
_STEP_M = 1.1
_AT_DOOR_M = 2.6
_THROUGH = frozenset({"in", "in.", "inside", "inside.", "out", "out."})
_SITS_BACK_M, _SEAT_M, _HIGHEST_M = 0.45, 0.45, 0.35


def cross(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Walk to what the words name, else to another place of the floor."""
    floor, taken = troupe.floor, troupe.taken(actor.id)
    if STEP_BACK[0] in event.words:
        return _step_back(troupe, actor, event, frame)
    spot = floor.spot_for(event.words)
    if spot is None:
        piece = floor.piece_for(event.words)
        if piece is None:
            goal = _elsewhere(troupe, actor, event, taken)
        elif "behind" in event.words:
            goal = _hidden(troupe, actor, piece)
        else:
            goal = floor.by_piece(piece, actor.position, taken)
        facing = bearing_deg(goal, piece.position_m) if piece is not None else None
        return troupe.go(actor, goal, frame, pace_m_s=event.pace_m_s, facing_deg=facing)
    goal = stand_by(troupe, spot, taken)
    facing = spot.facing_deg if spot.posture is Posture.STAND else None
    way = way_of(floor.set_, spot) if spot.exit else None
    if way is not None and way.piece:
        facing = bearing_deg(goal, way.outside)
    here = apart_m(goal, spot.position_m) < 0.1
    return troupe.go(
        actor,
        goal,
        frame,
        pace_m_s=event.pace_m_s,
        facing_deg=facing,
        spot=spot.name if here else "",
    )


def _step_back(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Step back from what is before one, and go on facing it."""
    goal = troupe.floor.near(
        actor.position,
        troupe.taken(actor.id),
        distance_m=_STEP_M,
        facing_deg=actor.facing_deg + 180.0,
        line_of_sight=False,
    )
    facing = actor.facing_deg
    return troupe.go(actor, goal, frame, pace_m_s=event.pace_m_s, facing_deg=facing)


def _hidden(troupe: Troupe, actor: Actor, piece: SetPiece) -> Vec3:
    """Return a place behind a piece, as whoever is nearest sees it."""
    others = [troupe.actors[p].position for p in troupe.here if p != actor.id]
    middle = troupe.floor.meeting[0]
    seen_from = min(others, key=lambda o: apart_m(o, actor.position), default=middle)
    return troupe.floor.behind(piece, actor.position, seen_from, troupe.taken(actor.id))


def stand_by(troupe: Troupe, spot: Spot, taken: Sequence[Vec3]) -> Vec3:
    """Return where to stand at a spot: on it, or by its side."""
    place = spot.position_m
    on_it = spot.posture is Posture.STAND and not spot.exit
    if on_it and troupe.floor.free(place, taken):
        return place
    return troupe.floor.near(
        place,
        taken,
        distance_m=0.8,
        facing_deg=spot.facing_deg,
        line_of_sight=False,
    )


def _elsewhere(
    troupe: Troupe, actor: Actor, event: Event, taken: Sequence[Vec3]
) -> Vec3:
    """Return a place to walk to when the text names none that is here."""
    spots = [
        s.position_m
        for s in troupe.floor.spots(Posture.STAND, taken)
        if 1.2 < apart_m(s.position_m, actor.position) < LONGEST_WALK_M
        and troupe.floor.free(s.position_m, taken)
    ]
    if spots:
        wanted = 3.0 if not event.running else 6.0
        return min(spots, key=lambda p: abs(apart_m(p, actor.position) - wanted))
    return troupe.floor.near(
        actor.position,
        [*taken, actor.position],
        distance_m=2.0,
        facing_deg=actor.facing_deg,
        line_of_sight=False,
    )


def approach(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Walk up to somebody, or after them out of the picture."""
    target = troupe.actors.get(event.target)
    if target is None:
        return cross(troupe, actor, event, frame) if event.words else frame
    if target.exit is not None:
        return leave_set(troupe, actor, event, frame)
    if event.kind is Kind.FOLLOW and _THROUGH & set(event.text.lower().split()[-1:]):
        return _follow_through(troupe, actor, target, event, frame)
    end = walk_up(troupe, actor, target, event, frame)
    return end if end > frame else frame + troupe.seconds(event.kind)


def _follow_through(
    troupe: Troupe, actor: Actor, target: Actor, event: Event, frame: int
) -> int:
    """Follow those who stand at a door through it: they go first."""
    door = exit_spot(troupe, replace(event, words=("door",)), target.position)
    first = [
        a
        for i in troupe.here
        if (a := troupe.actors[i]) is not actor
        and (a is target or apart_m(a.position, door.position_m) < _AT_DOOR_M)
    ]
    first.sort(key=lambda a: apart_m(a.position, door.position_m))
    out = replace(event, kind=Kind.EXIT, words=door.words)
    for k, other in enumerate(first):
        leave_set(troupe, other, out, frame + troupe.rate.frames(0.8) * k)
    after = frame + troupe.rate.frames(0.8)
    return leave_set(troupe, actor, out, after)


def walk_up(
    troupe: Troupe, actor: Actor, target: Actor, event: Event, frame: int
) -> int:
    """Walk up to somebody so near as an event needs; return when one is there."""
    gap = _GAPS_M.get(event.kind, 1.1)
    troupe.look(actor.id, target.id, frame)
    near = event.kind in (Kind.EMBRACE, Kind.TOUCH)
    if apart_m(actor.position, target.position) < gap + (0.1 if near else 0.3):
        return troupe.face(actor, target.position, frame)
    taken = troupe.taken(actor.id, *((target.id,) if near else ()))
    toward = bearing_deg(target.position, actor.position)
    if target.posture is not Posture.STAND:
        # In front of somebody who sits, not behind the back of the chair.
        off = math.remainder(toward - target.facing_deg, 360.0)
        toward = target.facing_deg + min(max(off, -100.0), 100.0)
    goal = None if near else across(troupe, target, taken)
    goal = goal or troupe.floor.near(
        target.position, taken, distance_m=gap, facing_deg=toward, line_of_sight=False
    )
    end = troupe.go(
        actor,
        goal,
        max(frame, min(target.arrived, frame + troupe.rate.frames(3.0))),
        pace_m_s=event.pace_m_s,
        facing_deg=bearing_deg(goal, target.position),
    )
    return end


def turn(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Turn to somebody or something, or at least look there."""
    target = troupe.present(event.target)
    goal = target.position if target is not None else None
    name = event.target
    if goal is None:
        name, goal = named_place(troupe, event)
    end = frame + troupe.seconds(Kind.TURN)
    if goal is None or apart_m(goal, actor.position) < 0.2:
        return end
    if actor.posture is Posture.STAND:
        bearing = bearing_deg(actor.position, goal)
        end = max(end, troupe.turn(actor, bearing, frame))
    troupe.look(actor.id, name, frame)
    return end


def named_place(troupe: Troupe, event: Event) -> tuple[str, Vec3 | None]:
    """Return name and place of the thing, piece or spot that words name."""
    last = troupe.things.last
    if last is not None and event.object.place[:1] in (("it",), ("them",)):
        return last.id, last.place
    for word in (event.object.thing, *event.object.place, *event.words):
        thing = troupe.things.known(word) if word else None
        if thing is not None:
            return thing.id, thing.place
    words = (*event.object.place, event.object.thing, *event.words)
    spot = troupe.floor.spot_for(words)
    if spot is not None:
        return spot.name, spot.position_m
    piece = troupe.floor.piece_for(words)
    return (piece.id, piece.position_m) if piece is not None else ("", None)


def stand(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Rise; who stands already walks to what is named."""
    if actor.posture is Posture.STAND:
        moves = event.words and troupe.floor.spot_for(event.words) is not None
        if moves:
            return cross(troupe, actor, event, frame)
        return frame + troupe.seconds(event.kind)
    goal = troupe.floor.near(
        actor.position,
        troupe.taken(actor.id),
        distance_m=0.55,
        facing_deg=actor.facing_deg,
        line_of_sight=False,
    )
    return troupe.go(actor, goal, frame, facing_deg=actor.facing_deg)


def take_posture(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Sit, lie, lean or crouch; with no seat left one stands by the seats."""
    posture = POSTURES[event.kind]
    spot = spot_of(troupe, event)
    if actor.posture is posture:
        return frame + troupe.seconds(event.kind)
    leaning = None
    if posture is Posture.LEAN:
        taken = troupe.taken(actor.id)
        leaning = leaning_place(troupe, event, actor.position, taken)
    rock = troupe.floor.piece_for(event.words) if posture is Posture.SIT else None
    if spot is None and rock is not None and not troupe.floor.spots(posture, ()):
        return _on_rock(troupe, actor, rock, event, frame)
    if spot is None and leaning is None and posture in (Posture.SIT, Posture.LEAN):
        seats = [s for s in troupe.floor.set_.spots if s.posture is posture]
        if not seats or posture is Posture.LEAN:
            return frame + troupe.seconds(event.kind)
        near = min(seats, key=lambda s: apart_m(s.position_m, actor.position))
        goal = stand_by(troupe, near, troupe.taken(actor.id))
        if apart_m(goal, actor.position) < 0.6:
            return frame + troupe.seconds(event.kind)
        return troupe.go(actor, goal, frame, pace_m_s=event.pace_m_s)
    goal = spot.position_m if spot is not None else actor.position
    facing = spot.facing_deg if spot is not None else actor.facing_deg
    if leaning is not None:
        goal, facing = leaning
    if posture is Posture.CROUCH:
        goal, facing, frame = _crouches(troupe, actor, event, frame)
    if spot is not None and posture is Posture.SIT:
        goal, facing = _bedside(troupe, spot, actor.position) or (goal, facing)
    return troupe.go(
        actor,
        goal,
        frame,
        pace_m_s=event.pace_m_s,
        facing_deg=facing,
        posture=posture,
        spot=spot.name if spot is not None else "",
    )


def _crouches(
    troupe: Troupe, actor: Actor, event: Event, frame: int
) -> tuple[Vec3, float, int]:
    """Return where, facing which way and from when somebody crouches.

    Behind a piece that is named, beside somebody who is, or on the spot.
    """
    piece = troupe.floor.piece_for(event.words) if "behind" in event.words else None
    if piece is not None:
        return _hidden(troupe, actor, piece), actor.facing_deg, frame
    target = troupe.present(event.target)
    if target is None:
        return actor.position, actor.facing_deg, frame
    beside = Event(Kind.TOUCH, (actor.id,), target.id, pace_m_s=event.pace_m_s)
    frame = walk_up(troupe, actor, target, beside, frame)
    return actor.position, bearing_deg(actor.position, target.position), frame


def _on_rock(
    troupe: Troupe, actor: Actor, piece: SetPiece, event: Event, frame: int
) -> int:
    """Sit down on the edge of a rock or a crate, of whatever height one can."""
    place = troupe.floor.by_piece(piece, actor.position, troupe.taken(actor.id))
    facing = bearing_deg(piece.position_m, place)
    x, _, z = step(place, facing + 180.0, _SITS_BACK_M)
    top = piece.position_m[1] + piece.size_m[1]
    rise = round(min(max(top - _SEAT_M, 0.0), _HIGHEST_M), 3)
    return troupe.go(
        actor,
        (x, rise, z),
        frame,
        pace_m_s=event.pace_m_s,
        facing_deg=facing,
        posture=Posture.SIT,
    )


def _bedside(troupe: Troupe, spot: Spot, come_from: Vec3) -> tuple[Vec3, float] | None:
    for actor in troupe.actors.values():
        lies = actor.posture is Posture.LIE and actor.exit is None
        if lies and apart_m(actor.position, spot.position_m) < BED_M:
            lying = (actor.position, actor.facing_deg)
            return bedside(troupe.floor, spot, lying=lying, come_from=come_from)
    return None
