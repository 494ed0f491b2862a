"""How several people stand and walk: in a ring, in a line, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from previz.direct.actions import Event
from previz.direct.floor import bearing_deg, step
from previz.direct.timing import WALK_M_S
from previz.direct.troupe import Actor, Troupe
from previz.direct.walking import cross, named_place

__all__ = ["abreast", "gather", "line_up"]

_RING_M = 1.15
_FILE_M = 0.8


def gather(troupe: Troupe, people: Sequence[Actor], event: Event, frame: int) -> int:
    """Let several stand in a ring round what is named, or round their middle."""
    _, place = named_place(troupe, event)
    piece = troupe.floor.piece_for((*event.object.place, *event.words))
    radius = _RING_M
    if piece is not None:
        place = piece.position_m
        radius = max(piece.size_m[0], piece.size_m[2]) / 2 + 0.55
    if place is None:
        n = len(people)
        place = (
            sum(a.position[0] for a in people) / n,
            0.0,
            sum(a.position[2] for a in people) / n,
        )
    first = bearing_deg(place, people[0].position)
    ends = [frame]
    taken = troupe.taken(*(a.id for a in people))
    share = 360.0 / max(len(people), 3)
    order = sorted(
        people[1:],
        key=lambda a: (bearing_deg(place, a.position) - first) % 360.0,
    )
    for k, actor in enumerate((people[0], *order)):
        goal = troupe.floor.near(
            place,
            taken,
            distance_m=radius,
            facing_deg=first + share * k,
            line_of_sight=False,
        )
        taken.append(goal)
        facing = bearing_deg(goal, place)
        ends.append(
            troupe.go(actor, goal, frame, pace_m_s=event.pace_m_s, facing_deg=facing)
        )
    return max(ends)


def abreast(troupe: Troupe, people: Sequence[Actor], event: Event, frame: int) -> int:
    """Let several walk side by side, to where the first of them goes."""
    first = people[0]
    ends = [cross(troupe, first, event, frame)]
    goal, ahead = first.position, first.facing_deg
    taken = troupe.taken(*(a.id for a in people))
    for k, actor in enumerate(people[1:]):
        side = 90.0 if k % 2 else -90.0
        beside = step(goal, ahead + side, _FILE_M * (1 + k // 2))
        if not troupe.floor.free(beside, [*taken, goal]):
            beside = troupe.floor.near(goal, [*taken, goal], distance_m=_FILE_M)
        taken.append(beside)
        end = troupe.go(actor, beside, frame, pace_m_s=event.pace_m_s, facing_deg=ahead)
        ends.append(end)
    return max(ends)


def line_up(troupe: Troupe, people: Sequence[Actor], event: Event, frame: int) -> int:
    """Let several stand shoulder to shoulder, all facing one way."""
    middle, axis = troupe.floor.meeting
    name, place = named_place(troupe, event)
    if place is not None and name:
        middle = troupe.floor.near(place, (), distance_m=1.2, line_of_sight=False)
    across = max(
        (axis, axis + 90.0),
        key=lambda turned: (
            troupe.floor.reach_m(middle, turned)
            + troupe.floor.reach_m(middle, turned + 180.0)
        ),
    )
    taken = troupe.taken(*(a.id for a in people))
    ends = [frame]
    for k, actor in enumerate(people):
        off = (k - (len(people) - 1) / 2) * _FILE_M
        wanted = step(middle, across, off)
        goal = (
            wanted
            if troupe.floor.free(wanted, taken)
            else troupe.floor.near(wanted, taken, distance_m=0.4, line_of_sight=False)
        )
        taken.append(goal)
        ends.append(
            troupe.go(
                actor,
                goal,
                frame,
                pace_m_s=event.pace_m_s or WALK_M_S,
                facing_deg=across + 90.0,
            )
        )
    return max(ends)
