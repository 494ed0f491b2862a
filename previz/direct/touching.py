"""What is touched: doors and drawers, furniture, other people."""

from __future__ import annotations

from previz.direct.actions import Event
from previz.direct.doors import doorway_at
from previz.direct.entrances import to_handle
from previz.direct.floor import apart_m
from previz.direct.hands import done, reach_out, step_to, touched
from previz.direct.lexicon import Kind
from previz.direct.objects import single
from previz.direct.troupe import Actor, Troupe
from previz.direct.walking import named_place, walk_up
from previz.model import ActKind, Posture, Vec3

__all__ = ["embrace", "knock", "open_or_shut", "push", "shake_hands", "touch"]


def open_or_shut(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Go to a door, a drawer or a lid and open or shut it."""
    noun = single(event.object.thing or "door")
    kind = ActKind.OPEN if event.kind is Kind.OPEN else ActKind.CLOSE
    found = _leaf(troupe, actor, noun)
    if found is None:
        return reach_out(troupe, actor, event, frame)
    piece, part, place = found
    way = doorway_at(troupe.floor.set_, place)
    if way is not None and way.piece == piece and way.part == part:
        frame = to_handle(troupe, actor, way, frame, pace_m_s=event.pace_m_s)
    else:
        frame = step_to(troupe, actor, place, event, frame)
    contact = touched(troupe, frame)
    if part and kind is ActKind.OPEN:
        troupe.leaves.open(piece, part, contact)
    elif part:
        troupe.leaves.shut(piece, part, contact)
    troupe.act(actor, kind, contact, target=piece, seconds=0.2)
    return done(troupe, contact, 0.8)


def _leaf(troupe: Troupe, actor: Actor, noun: str) -> tuple[str, str, Vec3] | None:
    """Return piece, part and where to take hold of what opens under a name."""
    floor = troupe.floor
    if noun in ("door", "gate"):
        ways = [doorway_at(floor.set_, s.position_m) for s in floor.exits]
        doors = [w for w in ways if w is not None and w.part]
        if doors:
            door = min(doors, key=lambda w: apart_m(w.middle, actor.position))
            return door.piece, door.part, (*door.middle[:1], 1.05, door.middle[2])
    named = floor.piece_for((noun,))
    near = sorted(
        (p for p in floor.set_.pieces if troupe.leaves.part_of(p, noun) is not None),
        key=lambda p: apart_m(p.position_m, actor.position),
    )
    alike = [
        p
        for p in near
        if p.kind != "wall" and (troupe.leaves.part_of(p, noun) or "").startswith(noun)
    ]
    piece = named if named is not None else next(iter(alike), None)
    if piece is None:
        return None
    part = troupe.leaves.part_of(piece, noun)
    if part is None:
        return piece.id, "", piece.position_m
    return piece.id, part.partition("/")[0], troupe.leaves.grip(piece, part)


def knock(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Go to a door and knock."""
    noun = next(iter(event.object.place), "") or event.object.thing or "door"
    found = _leaf(troupe, actor, single(noun))
    if found is None:
        return reach_out(troupe, actor, event, frame)
    piece, _, place = found
    frame = step_to(troupe, actor, place, event, frame)
    contact = touched(troupe, frame)
    troupe.act(actor, ActKind.KNOCK, contact, target=piece, seconds=0.8)
    return done(troupe, contact, 1.0)


def push(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Push somebody or something."""
    target = troupe.present(event.target)
    if target is not None:
        return touch(troupe, actor, event, frame, kind=ActKind.PUSH)
    name, place = named_place(troupe, event)
    if place is None:
        return frame + troupe.seconds(event.kind)
    frame = step_to(troupe, actor, place, event, frame)
    contact = touched(troupe, frame)
    troupe.act(actor, ActKind.PUSH, contact, target=name, hand="both", seconds=0.8)
    return done(troupe, contact, 0.9)


def touch(
    troupe: Troupe,
    actor: Actor,
    event: Event,
    frame: int,
    *,
    kind: ActKind = ActKind.TOUCH,
) -> int:
    """Walk up to somebody and put a hand on them."""
    target = troupe.present(event.target)
    if target is None:
        return reach_out(troupe, actor, event, frame)
    near = Event(Kind.TOUCH, (actor.id,), target.id, pace_m_s=event.pace_m_s)
    contact = touched(troupe, walk_up(troupe, actor, target, near, frame))
    troupe.act(actor, kind, contact, target=target.id, seconds=1.2)
    return done(troupe, contact, 1.2)


def embrace(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Let two embrace."""
    return _together(troupe, actor, event, frame, ActKind.EMBRACE, 1.8)


def shake_hands(troupe: Troupe, actor: Actor, event: Event, frame: int) -> int:
    """Let two shake hands."""
    return _together(troupe, actor, event, frame, ActKind.SHAKE_HANDS, 1.2)


def _together(
    troupe: Troupe,
    actor: Actor,
    event: Event,
    frame: int,
    kind: ActKind,
    seconds: float,
) -> int:
    """Let two do the same to each other at one frame."""
    target = troupe.present(event.target)
    if target is None:
        return frame + troupe.seconds(event.kind)
    ready = walk_up(troupe, actor, target, event, frame)
    if target.posture is Posture.STAND and target.arrived <= ready:
        turns = troupe.seconds(Kind.TURN)
        begin = max(ready - turns, target.arrived)
        ready = max(ready, troupe.face(target, actor.position, begin))
    troupe.look(target.id, actor.id, max(frame, ready - troupe.rate.frames(1.0)))
    contact = touched(troupe, ready)
    troupe.act(actor, kind, contact, target=target.id, seconds=seconds)
    troupe.act(target, kind, contact, target=actor.id, seconds=seconds)
    return done(troupe, contact, seconds + 0.4)
