"""How people come in and go out: through doors, or at the edge of what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from previz.direct.actions import Event
from previz.direct.doors import Doorway, way_of
from previz.direct.floor import apart_m, bearing_deg, step
from previz.direct.starting import put
from previz.direct.troupe import Actor, Troupe
from previz.model import Act, ActKind, Spot, Vec3

__all__ = [
    "EDGE",
    "LONGEST_WALK_M",
    "across",
    "enter",
    "exit_spot",
    "leave_set",
    "to_handle",
]

EDGE = ("into view",)
"""Words of an entrance that stops as soon as one is seen."""
LONGEST_WALK_M = 8.0
"""Nobody walks farther than this in one go if the text does not ask for it."""
_SEEN_M = 1.2
_OPENS_S = 0.45
"""How long one waits for a door to be open enough."""
_PASSED_S = 0.55
"""From the doorstep until the leaf may be shut behind somebody."""
_COUNTER_M = 2.0
"""From who serves behind a counter to who stands at it."""


def enter(troupe: Troupe, person: str, event: Event, frame: int) -> int:
    """Let somebody come in, through a door where there is one."""
    floor, taken = troupe.floor, troupe.taken(person)
    others = [a for a in troupe.actors.values() if a.exit is None and a.id != person]
    spot = floor.spot_for(event.words)
    middle = floor.meeting[0]
    door = exit_spot(troupe, event, others[0].position if others else middle)
    if spot is not None and not spot.exit and floor.free(spot.position_m, taken):
        goal = spot.position_m
    elif others:
        host = others[0].position
        goal = across(troupe, others[0], taken) or floor.near(
            host, taken, distance_m=1.5, facing_deg=bearing_deg(host, door.position_m)
        )
    else:
        goal = middle
    way = way_of(floor.set_, door)
    begin = way.outside if way else _approach_from(troupe, door.position_m, goal)
    if EDGE[0] in event.words and way is not None:
        goal = way.inside
    elif EDGE[0] in event.words:
        seen = step(begin, bearing_deg(begin, goal), _SEEN_M)
        goal = seen if floor.free(seen, taken) else goal
    actor = troupe.actors.get(person)
    if actor is None:
        actor = put(troupe, person, begin, bearing_deg(begin, goal))
        actor.enter = actor.arrived = frame
    else:
        frame = _come_back(actor, frame)
    facing = bearing_deg(goal, others[0].position) if others else None
    return _through(
        troupe, actor, way, goal, frame, pace_m_s=event.pace_m_s, facing_deg=facing
    )


def across(troupe: Troupe, host: Actor, taken: Sequence[Vec3]) -> Vec3 | None:
    """Return where to stand before the counter that somebody is behind, if so."""
    spot = next((s for s in troupe.floor.set_.spots if s.name == host.spot), None)
    if spot is None or "behind" not in spot.words:
        return None
    before = step(host.position, spot.facing_deg, _COUNTER_M)
    return troupe.floor.near(before, taken, distance_m=0.3, line_of_sight=False)


def _come_back(actor: Actor, frame: int) -> int:
    """Come back after an exit: wait unseen behind the door until now."""
    actor.exit = None
    for thing in actor.hands.values():
        thing.until = None
    return max(frame, actor.arrived)


def _through(
    troupe: Troupe,
    actor: Actor,
    way: Doorway | None,
    goal: Vec3,
    frame: int,
    *,
    pace_m_s: float,
    facing_deg: float | None,
) -> int:
    """Walk in from behind a door: it opens, and falls shut behind one."""
    if way is None:
        return troupe.go(actor, goal, frame, pace_m_s=pace_m_s, facing_deg=facing_deg)
    leaf = way.part and not troupe.leaves.is_open(way.piece, way.part)
    waits = troupe.rate.frames(_OPENS_S) if leaf else 0
    end = troupe.go(
        actor,
        goal,
        frame + waits,
        pace_m_s=pace_m_s,
        facing_deg=facing_deg,
        first=(way.middle, way.inside),
    )
    if leaf:
        left = actor.marks[-1].leave_frame
        opens = max(left - waits, actor.enter)
        troupe.leaves.open(way.piece, way.part, opens)
        _handle(actor, ActKind.OPEN, opens, way)
        steps = apart_m(way.outside, way.inside) / pace_m_s + _PASSED_S
        shut = left + troupe.rate.frames(steps)
        troupe.leaves.shut(way.piece, way.part, shut)
    return end


def _handle(actor: Actor, kind: ActKind, frame: int, way: Doorway) -> None:
    """Put a hand to a door in passing; that is not what a picture is cut on.

    The hand lets go as the leaf starts to swing away from it.
    """
    actor.acts.append(Act(kind=kind, frame=frame, length_frames=2, target=way.piece))


def to_handle(
    troupe: Troupe, actor: Actor, way: Doorway, frame: int, *, pace_m_s: float
) -> int:
    """Stand by the handle of a door, out of the leaf's way; return when one does."""
    x, _, z = way.beside
    solid = troupe.floor.obstacles.inside((x, 1.1, z), margin_m=0.2)
    place = way.inside if solid else way.beside
    facing = bearing_deg(place, way.handle)
    if apart_m(actor.position, place) > 0.25:
        return troupe.go(actor, place, frame, pace_m_s=pace_m_s, facing_deg=facing)
    return troupe.face(actor, way.handle, frame)


def leave_set(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Let somebody go out, through a door where there is one."""
    door = exit_spot(troupe, event, actor.position)
    way = way_of(troupe.floor.set_, door)
    if way is None:
        goal = _approach_from(troupe, door.position_m, actor.position)
        if apart_m(goal, actor.position) < 0.3:
            goal = step(goal, door.facing_deg + 180.0, 0.8)
        end = troupe.go(actor, goal, frame, pace_m_s=event.pace_m_s)
    else:
        end = _out_through(troupe, actor, way, frame, pace_m_s=event.pace_m_s)
    actor.exit = end
    for thing in actor.hands.values():
        thing.until = end
    return end


def _out_through(
    troupe: Troupe, actor: Actor, way: Doorway, frame: int, *, pace_m_s: float
) -> int:
    leaf = way.part and not troupe.leaves.is_open(way.piece, way.part)
    if leaf:
        frame = to_handle(troupe, actor, way, frame, pace_m_s=pace_m_s)
        touches = max(frame, actor.arrived) + troupe.rate.frames(0.25)
        _handle(actor, ActKind.OPEN, touches, way)
        open_at = troupe.leaves.open(way.piece, way.part, touches)
        frame = open_at
    end = troupe.go(
        actor, way.outside, frame, pace_m_s=pace_m_s, last=(way.inside, way.middle)
    )
    if leaf:
        troupe.leaves.shut(way.piece, way.part, end)
    return end


def exit_spot(troupe: Troupe, event: Event, near: Vec3) -> Spot:
    """Return where one comes in and goes out: as words name it, else nearest."""
    exits = troupe.floor.exits
    named = [s for s in exits if set(s.words) & set(event.words)]
    if not named and not troupe.floor.set_.interior:
        # In the open one comes and goes by the street, not out of a house.
        named = [s for s in exits if way_of(troupe.floor.set_, s) is None]
    return min(named or exits, key=lambda s: apart_m(s.position_m, near))


def _approach_from(troupe: Troupe, door: Vec3, goal: Vec3) -> Vec3:
    """Return where to come into view: at the edge, or as far as a walk may last."""
    far = apart_m(door, goal)
    if far <= LONGEST_WALK_M:
        return door
    share = LONGEST_WALK_M / far
    x, z = (goal[k] + (door[k] - goal[k]) * share for k in (0, 2))
    return (x, 0.0, z) if troupe.floor.open((x, 0.0, z)) else door
